"""Figures of a round over all agencies, and the rows behind a figure of one report."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blocs.views.fetching import actor_of
from khoithidua.web.downloads import xlsx_response
from khoithidua.web.guards import require
from reports.domain.rounding.known_sources import SOURCES, rows_seen_by
from reports.domain.rounding.summary import Summary, by_bloc, summary_of, table_of
from reports.enums import FigureSource
from reports.views.fetching import report_or_404
from reports.views.rounds import round_or_404


@require_safe
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """As a page, of the province by blocs; the XLSX always holds every agency."""
    found = round_or_404(request, pk)
    require(request.user, "reports.watch_round", found)
    whole = summary_of(found)
    if request.GET.get("xuat") == "xlsx":
        headers, rows = table_of(whole)
        return xlsx_response(f"Số liệu {found.title}", headers, rows)
    is_province = found.bloc_year_id is None
    context = {
        "round": found,
        "year": found.bloc_year,
        "summary": whole,
        "lines": [(line, named(whole, line.values)) for line in (by_bloc(whole) if is_province else whole.lines)],
        "totals": named(whole, whole.totals),
        "is_province": is_province,
        "nav": "reports",
        "tab": "reports",
    }
    return render(request, "reports/rounds/summary.html", context)


def named(whole: Summary, values: Sequence[Any]) -> list[tuple[str, Any]]:
    """Values with the labels of their figures, for narrow screens."""
    return list(zip((figure.label for figure in whole.figures), values, strict=True))


@require_safe
def figure_rows(request: HttpRequest, pk: int, source: str) -> HttpResponse:
    """The rows that a figure of this report is counted from, as far as the reader sees them."""
    report = report_or_404(request, pk)
    if (found := SOURCES.get(source)) is None:
        raise Http404
    rows, total = rows_seen_by(report, found, actor_of(request))
    cells = [found.cells(report, row) for row in rows]
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response(f"{FigureSource(source).label} {report.agency.label}", found.headings, cells)
    context = {
        "report": report,
        "year": report.bloc_year,
        "title": FigureSource(source).label,
        "counted": found.count(report, found.read(report)),
        "headings": found.headings,
        "rows": [list(zip(found.headings, each, strict=True)) for each in cells],
        "hidden": total - len(rows),
        "nav": "reports",
        "tab": "reports",
    }
    return render(request, "reports/rounds/rows.html", context)
