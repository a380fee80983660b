"""The door to this app's tables."""

from council.tables.certificates import CertificateBook, CertificateLayout, CertificatePrint, LayoutElement
from council.tables.decisions import Decision, DecisionLine, DecisionScan, Issuer, NumberBook, PartyOpinion
from council.tables.money import FundSpending, FundYear
from council.tables.practice import Practice, Remit, VoteSetting
from council.tables.sessions import AgendaItem, CouncilSession, Recusal, Seat
from council.tables.statistics import StaffFigure
from council.tables.votes import Ballot, BallotItem, BallotUrn, BallotVoter, OpenVote

__all__ = [
    "AgendaItem",
    "Ballot",
    "BallotItem",
    "BallotUrn",
    "BallotVoter",
    "CertificateBook",
    "CertificateLayout",
    "CertificatePrint",
    "CouncilSession",
    "Decision",
    "DecisionLine",
    "DecisionScan",
    "FundSpending",
    "FundYear",
    "Issuer",
    "LayoutElement",
    "NumberBook",
    "OpenVote",
    "PartyOpinion",
    "Practice",
    "Recusal",
    "Remit",
    "Seat",
    "StaffFigure",
    "VoteSetting",
]
