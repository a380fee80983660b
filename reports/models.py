"""Reports of agencies, reviews of blocs, and papers that were issued."""

from reports.tables.jobs import PaperJob
from reports.tables.papers import IssuedDocument
from reports.tables.reports import (
    AgencyReport,
    BlocReview,
    FigureValue,
    Passage,
    Presence,
    Remark,
    ReviewComment,
    TableRow,
    TextVersion,
)
from reports.tables.rounds import (
    ReportRound,
    RoundExtension,
    RoundFigure,
    RoundSection,
    RoundTable,
)
from reports.tables.wording import PaperText, Wording

__all__ = [
    "AgencyReport",
    "BlocReview",
    "FigureValue",
    "IssuedDocument",
    "PaperJob",
    "PaperText",
    "Passage",
    "Presence",
    "Remark",
    "ReportRound",
    "ReviewComment",
    "RoundExtension",
    "RoundFigure",
    "RoundSection",
    "RoundTable",
    "TableRow",
    "TextVersion",
    "Wording",
]
