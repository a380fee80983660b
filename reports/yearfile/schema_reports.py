"""What a year file tells of reporting: rounds with their outline, reports of agencies, reviews, words of papers."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class OutlinePart:
    """One figure or table of a section: its key and columns."""

    key: str
    values: dict[str, Any]


@dataclass(frozen=True)
class SectionPart:
    key: str
    values: dict[str, Any]
    figures: tuple[OutlinePart, ...] = ()
    tables: tuple[OutlinePart, ...] = ()

    def column_keys(self, table: str) -> tuple[str, ...]:
        """Keys of the columns of one of its tables; () where there is none."""
        found = next((part for part in self.tables if part.key == table), None)
        return tuple(column["key"] for column in found.values["columns"] or ()) if found else ()


@dataclass(frozen=True)
class MoreTimePart:
    """More time for one agency to send its report."""

    agency: str
    values: dict[str, Any]


@dataclass(frozen=True)
class ReportRoundPart:
    kind: str
    state: str | None
    province: bool  # opened by the province, whose outline it uses
    values: dict[str, Any]
    sections: tuple[SectionPart, ...] = ()
    extensions: tuple[MoreTimePart, ...] = ()

    def section(self, key: str) -> SectionPart | None:
        return next((part for part in self.sections if part.key == key), None)


@dataclass(frozen=True)
class FigurePart:
    section: str
    key: str
    value: Decimal | None
    note: str


@dataclass(frozen=True)
class TablePart:
    section: str
    key: str
    rows: tuple[dict[str, str], ...]  # cells that say something, by their column's key


@dataclass(frozen=True)
class TextVersionPart:
    """A text as it stood; figures and tables in ``content`` are named ``section/key``."""

    number: int
    made_at: datetime | None
    reason: str
    content: dict[str, Any]


@dataclass(frozen=True)
class ReportPart:
    agency: str
    kind: str
    round: int  # its place in report_rounds, from 1; 0: none
    state: str | None
    sent_at: datetime | None
    texts: dict[str, str] = field(default_factory=dict)
    figures: tuple[FigurePart, ...] = ()
    tables: tuple[TablePart, ...] = ()
    remarks: tuple[dict[str, Any], ...] = ()
    versions: tuple[TextVersionPart, ...] = ()


@dataclass(frozen=True)
class CommentPart:
    agency: str
    values: dict[str, Any]


@dataclass(frozen=True)
class ReviewPart:
    kind: str
    state: str | None
    values: dict[str, Any]
    comments: tuple[CommentPart, ...] = ()
    versions: tuple[TextVersionPart, ...] = ()


@dataclass(frozen=True)
class PaperTextPart:
    kind: str
    part: str
    text: str
