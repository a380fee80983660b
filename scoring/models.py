"""The door to everything that scoring remembers."""

from scoring.tables.checking import CrossCheck, CrossDeal, CrossLine
from scoring.tables.criteria import CriteriaSet, Criterion, YearRules
from scoring.tables.outcome import Proposal, outcome_scope, outcome_visible
from scoring.tables.polls import Poll, PollOption, PollTally, PollVoter, Urn
from scoring.tables.sheets import Disqualification, Evidence, ScoreLine, ScoreSheet, SheetExtension
from scoring.tables.standing import LockedStanding

__all__ = [
    "CriteriaSet",
    "Criterion",
    "CrossCheck",
    "CrossDeal",
    "CrossLine",
    "Disqualification",
    "Evidence",
    "LockedStanding",
    "Poll",
    "PollOption",
    "PollTally",
    "PollVoter",
    "Proposal",
    "ScoreLine",
    "ScoreSheet",
    "SheetExtension",
    "Urn",
    "YearRules",
    "outcome_scope",
    "outcome_visible",
]
