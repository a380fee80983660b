"""Figures and tables that an agency fills into its report."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from blocs.rules import is_own_agency
from reports.domain.asked import (
    AskedTable,
    StaleFigures,
    StaleTable,
    figures_of,
    save_figures,
    save_table,
    tables_of,
)
from reports.domain.passages import PassageRefused
from reports.forms_asked import FigureForm, TableForm
from reports.models import AgencyReport
from reports.views.agency_reports import report_page
from reports.views.editing import CONFLICT, REFUSED, place_or_404
from reports.views.fetching import report_or_404
from reports.views.report_parts import FigureLine, Typed

CHECK = "Chưa lưu số liệu: có ô chưa đúng. Hãy sửa các ô được đánh dấu rồi lưu lại."
COMPARE = "Số đang lưu ghi dưới mỗi ô. Hãy so lại; bấm lưu lần nữa thì số bạn gõ thay số đó."


@require_POST
def report_figures(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Save the figures of one section, or answer with what was typed and why it was not saved."""
    report, key = writable_or_error(request, pk), section
    place_or_404(report, key)
    asked = [each for each in figures_of(report).get(key, []) if not each.is_known]
    forms = [FigureForm(request.POST, asked=each) for each in asked]
    lines = [FigureLine(form) for form in forms]
    valid = [form.is_valid() for form in forms]
    if not all(valid):
        return report_page(request, report, typed=Typed(lines, sentence=CHECK), status=REFUSED)
    user: Any = request.user
    try:
        count = save_figures(report, [form.entry for form in forms], actor=user)
    except StaleFigures as conflict:
        return stale_figures(request, report, forms, conflict)
    except PassageRefused as refusal:
        return report_page(request, report, typed=Typed(lines, sentence=str(refusal)), status=REFUSED)
    messages.success(request, f"Đã lưu {count} số liệu." if count else "Số liệu không có gì thay đổi.")
    return redirect(f"{report.get_absolute_url()}#so-lieu-{key}")


def stale_figures(
    request: HttpRequest, report: AgencyReport, forms: list[FigureForm], conflict: StaleFigures
) -> HttpResponse:
    """Both values on the page; the forms now know the newest versions, so that saving again is a choice."""
    for form in forms:
        theirs = conflict.theirs.get(form.asked.figure.pk)
        if theirs is not None:
            form.renew(theirs.version)
    lines = [FigureLine(form, conflict.theirs.get(form.asked.figure.pk)) for form in forms]
    typed = Typed(lines, sentence=f"{conflict} {COMPARE}")
    return report_page(request, report, typed=typed, status=CONFLICT)


@require_POST
def report_table(request: HttpRequest, pk: int, table: int) -> HttpResponse:
    """Save the rows of one table; what was typed stays on the page when it cannot be saved."""
    report = writable_or_error(request, pk)
    asked = table_or_404(report, table)
    form = TableForm(asked, request.POST)
    if not form.is_valid():
        return report_page(request, report, typed=Typed(table=form, sentence=form.error), status=REFUSED)
    user: Any = request.user
    try:
        changed = save_table(report, asked.table, form.rows, seen=form.seen, actor=user)
    except StaleTable as conflict:
        form.seen = asked.seen
        typed = Typed(table=form, theirs=conflict.theirs, sentence=str(conflict))
        return report_page(request, report, typed=typed, status=CONFLICT)
    except PassageRefused as refusal:
        return report_page(request, report, typed=Typed(table=form, sentence=str(refusal)), status=REFUSED)
    messages.success(request, "Đã lưu bảng." if changed else "Bảng không có gì thay đổi.")
    return redirect(f"{report.get_absolute_url()}#bang-{table}")


def writable_or_error(request: HttpRequest, pk: int) -> AgencyReport:
    """The report of the reader's own agency; others who see it are forbidden to write."""
    report = report_or_404(request, pk)
    if not is_own_agency(request.user, report):
        raise PermissionDenied
    return report


def table_or_404(report: AgencyReport, pk: int) -> AskedTable:
    groups = tables_of(report).values() if report.round else []
    for each in (each for group in groups for each in group):
        if each.table.pk == pk:
            return each
    raise Http404
