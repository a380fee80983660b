"""What stands under one heading on the page of an agency's report: text, figures, tables, remarks."""

from dataclasses import dataclass, field
from typing import Any

from reports.domain.asked import Asked, AskedTable, asked_of
from reports.domain.returning import remarks_by_section
from reports.forms_asked import FigureForm, TableForm
from reports.models import AgencyReport, FigureValue, Remark
from reports.views.editing import Editor, editors_of


@dataclass(frozen=True)
class FigureLine:
    """A figure with its form, and what another person saved meanwhile."""

    form: FigureForm
    theirs: FigureValue | None = None

    @property
    def asked(self) -> Any:
        return self.form.asked


@dataclass(frozen=True)
class Typed:
    """Figures or a table that could not be saved, as they were typed, and why."""

    figures: list[FigureLine] = field(default_factory=list)
    table: TableForm | None = None
    theirs: list[list[str]] | None = None
    sentence: str = ""


@dataclass(frozen=True)
class TablePart:
    form: TableForm
    theirs: list[list[str]] | None = None
    sentence: str = ""


@dataclass(frozen=True)
class Part:
    """One heading of the report."""

    editor: Editor
    figures: list[FigureLine]
    tables: list[TablePart]
    remarks: list[Remark]
    sentence: str = ""  # why its figures were not saved

    @property
    def typed_by_hand(self) -> bool:
        """Whether there is a figure to type at all."""
        return any(not line.asked.is_known for line in self.figures)


def parts_of(report: AgencyReport, *, instead: Editor | None = None, typed: Typed | None = None) -> list[Part]:
    """All headings in order; ``instead`` and ``typed`` stand for what was typed and could not be saved."""
    asked, typed = asked_of(report), typed or Typed()
    remarks = remarks_by_section(report)
    return [
        part_of(editor, asked, remarks.get(editor.written.section, []), typed)
        for editor in editors_of(report, instead=instead)
    ]


def part_of(editor: Editor, asked: Asked, remarks: list[Remark], typed: Typed) -> Part:
    section = editor.written.section
    known = {line.asked.figure.pk: line for line in typed.figures}
    rows = asked.figures.get(section, [])
    return Part(
        editor,
        [known.get(each.figure.pk) or FigureLine(FigureForm(asked=each)) for each in rows],
        [table_part(each, typed) for each in asked.tables.get(section, [])],
        remarks,
        typed.sentence if any(each.figure.pk in known for each in rows) else "",
    )


def table_part(asked: AskedTable, typed: Typed) -> TablePart:
    if typed.table is not None and typed.table.asked.table.pk == asked.table.pk:
        return TablePart(typed.table, typed.theirs, typed.sentence)
    return TablePart(TableForm(asked))
