"""Rows of the consolidated table: ``{% load board %}``. Thousands of cells, so each kind of cell is made once."""

from decimal import Decimal

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from khoithidua.web.numbers import plain_number
from scoring.domain.matrix import Line, Mark, Section

register = template.Library()

SHORT = ("TC", "CC", "TĐ", "TN")
CELL = '<td class="num">{}</td>'
FAR = '<td class="num differs">{} <span aria-hidden="true">≠</span><span class="visually-hidden">lệch nhau</span></td>'
FAR_IN_FULL = '<td class="num differs">{} <span aria-hidden="true">≠</span><small class="four">{}</small></td>'
PROVISIONAL = ' <span class="badge text-bg-light">tạm tính</span>'


class Cells(dict[Mark, str]):
    """Each mark as a cell, written once."""

    def __missing__(self, mark: Mark) -> str:
        self[mark] = cell = self.written(mark)
        return cell

    def written(self, mark: Mark) -> str:
        if not mark.assigned:
            return CELL.format("KG")
        return (FAR if mark.four else CELL).format(points_text(mark.points))


class FullCells(Cells):
    """The same with all four columns where they differ."""

    def written(self, mark: Mark) -> str:
        if mark.four is None:
            return super().written(mark)
        columns = zip(SHORT, mark.four, strict=True)
        four = "\n".join(f"{name} {points_text(points)}" for name, points in columns)
        return FAR_IN_FULL.format(points_text(mark.points), four)


@register.simple_tag
def board_rows(section: Section, in_full: bool = False) -> SafeString:
    """The body of a section's table; ``in_full`` writes all four columns into cells that differ.

    Cells hold digits only; what people typed, the criterion, is escaped.
    """
    cells = FullCells() if in_full else Cells()
    return SafeString("".join(row_html(line, cells) for line in section.lines))


def row_html(line: Line, cells: Cells) -> str:
    node = line.node
    return (
        f'<tr class="{"table-group" if node.is_group else "leaf"}"><th scope="row" class="depth-{min(node.depth, 5)}">'
        f"{escape(f'{node.code}. {node.name}')}{PROVISIONAL if line.provisional else ''}</th>"
        f'<td class="num">{plain_number(node.max_points)}</td>{"".join([cells[mark] for mark in line.marks])}</tr>'
    )


@register.filter
def points_text(points: Decimal | None) -> str:
    """Points as people read them; a dash where nobody has given any."""
    return "–" if points is None else plain_number(points)
