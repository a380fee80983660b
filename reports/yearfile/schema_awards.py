"""Subjects and dossiers of a year file as data. ``values`` hold columns of the row by name."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class UsePart:
    """An initiative used for an award before, or outside, this system's dossiers."""

    award: str
    year: int | None


@dataclass(frozen=True)
class HistoryPart:
    """One line of a subject's history; ``award`` of the register's lines, ``uses`` of initiatives."""

    values: dict[str, Any]
    award: str = ""
    uses: tuple[UsePart, ...] = ()


@dataclass(frozen=True)
class SubjectPart:
    code: str
    kind: str
    name: str
    agency: str
    values: dict[str, Any]
    aliases: tuple[str, ...] = ()
    history: dict[str, tuple[HistoryPart, ...]] = field(default_factory=dict)  # by section: grades, records …


@dataclass(frozen=True)
class AttachmentPart:
    """What is known of a file: the file itself travels with the archive of the year."""

    values: dict[str, Any]


@dataclass(frozen=True)
class NominationPart:
    subject: str
    award: str
    state: str | None
    values: dict[str, Any]
    attested: dict[str, Any]
    texts: tuple[tuple[str, str], ...] = ()
    initiatives: tuple[str, ...] = ()
    papers: tuple[AttachmentPart, ...] = ()


@dataclass(frozen=True)
class SupplementPart:
    values: dict[str, Any]
    nomination: tuple[str, str] | None = None  # subject and award


@dataclass(frozen=True)
class OpinionPart:
    asked: str
    values: dict[str, Any]
    nominations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class VersionPart:
    number: int
    sent_at: datetime | None
    content: Any


@dataclass(frozen=True)
class DossierPart:
    code: str
    agency: str
    state: str | None
    movement: str
    values: dict[str, Any]
    nominations: tuple[NominationPart, ...] = ()
    papers: tuple[AttachmentPart, ...] = ()
    supplements: tuple[SupplementPart, ...] = ()
    opinions: tuple[OpinionPart, ...] = ()
    versions: tuple[VersionPart, ...] = ()
