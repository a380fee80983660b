"""Sessions of the council and decisions of a year file as data. ``values`` hold columns of the row by name."""

from dataclasses import dataclass
from typing import Any

Case = tuple[str, str, str]  # a nomination: code of its dossier, subject, award


@dataclass(frozen=True)
class SeatPart:
    agency: str
    values: dict[str, Any]


@dataclass(frozen=True)
class RecusalPart:
    seat: int
    values: dict[str, Any]


@dataclass(frozen=True)
class RoundPart:
    """What one ballot said of an item; seats that did not agree are named of open votes alone."""

    ballot: int
    values: dict[str, Any]
    against: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()


@dataclass(frozen=True)
class ItemPart:
    case: Case
    values: dict[str, Any]
    recusals: tuple[RecusalPart, ...] = ()
    rounds: tuple[RoundPart, ...] = ()


@dataclass(frozen=True)
class BallotVoterPart:
    seat: int
    on_paper: bool | None
    voted: bool | None


@dataclass(frozen=True)
class CouncilBallotPart:
    award: str
    values: dict[str, Any]
    voters: tuple[BallotVoterPart, ...] = ()


@dataclass(frozen=True)
class SessionPart:
    """``total``: how many items the whole agenda had; the file holds those of its own dossiers."""

    year: int
    number: int
    total: int
    values: dict[str, Any]
    seats: tuple[SeatPart, ...] = ()
    items: tuple[ItemPart, ...] = ()
    ballots: tuple[CouncilBallotPart, ...] = ()


@dataclass(frozen=True)
class IssuerPart:
    agency: str
    values: dict[str, Any]


@dataclass(frozen=True)
class LinePart:
    code: str
    subject: str
    award: str
    agency: str
    earlier: str
    case: Case | None
    values: dict[str, Any]  # what never changes once issued
    follows: dict[str, Any]  # what came of it later: revoked, in the book, paid


@dataclass(frozen=True)
class DecisionPart:
    """``total``: how many lines the whole paper has; the file holds those of its own dossiers and members."""

    code: str
    state: str
    issuer: IssuerPart
    session: tuple[int, int] | None
    corrects: str
    total: int
    values: dict[str, Any]
    opinions: tuple[dict[str, Any], ...] = ()
    lines: tuple[LinePart, ...] = ()
