"""What a page needs to know of one line after it was saved alone."""

from dataclasses import dataclass

from scoring.domain.board import load_sheet
from scoring.domain.progress import Progress, progress_of
from scoring.domain.ranking import Row, row_of
from scoring.models import ScoreLine, ScoreSheet


@dataclass(frozen=True)
class Saved:
    """One line as it stands now, what it gives, and what that makes of the sheet."""

    line: ScoreLine
    row: Row
    progress: Progress


def saved_line(sheet: ScoreSheet, criterion_id: int) -> Saved:
    """The stored line (a blank one where none is) with the sheet's figures; a fixed number of queries."""
    tree, board = load_sheet(sheet)
    line = ScoreLine.objects.filter(sheet=sheet, criterion=criterion_id).first() or ScoreLine()
    return Saved(line, row_of(tree, board, None), progress_of([sheet])[sheet.pk])


def stored_lines(sheet: ScoreSheet) -> dict[int, ScoreLine]:
    """The lines of a sheet by criterion id; one query."""
    return {line.criterion_id: line for line in ScoreLine.objects.filter(sheet=sheet)}
