"""Toàn cảnh khen thưởng: the awards of a province at a glance, with the way from each number to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from council.domain.dashboard.figures import Breakdown, Figure, cut
from council.domain.dashboard.page import Dashboard, councils_of, dashboard_of, table_of
from council.domain.dashboard.proposals import OUTCOMES, Proposals
from council.domain.register.reading import register_of
from council.filters_dashboard import DashboardFilter
from council.views.fetching import actor_of
from khoithidua.web.charts import Bar, Part, Series, columns, horizontal_bars, share_bar
from khoithidua.web.downloads import xlsx_response
from khoithidua.web.guards import require

TITLE = "Toàn cảnh khen thưởng"
MAY = "council.see_dashboard"


@dataclass(frozen=True)
class Panel:
    """A chart and the table with the same figures."""

    breakdown: Breakdown
    chart: SafeString
    second: SafeString | str = ""


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    require(request.user, MAY)
    user = actor_of(request)
    chosen = DashboardFilter(request.GET, register_of(user), councils=list(councils_of(user)))
    found = dashboard_of(chosen.qs, user, chosen.asked)
    conditions = conditions_of(chosen)
    if request.GET.get("xuat") == "xlsx":
        return exported(found, conditions)
    context = {"found": found, "filter": chosen, "panels": panels_of(found), "conditions": conditions, "nav": "council"}
    return render(request, "council/dashboard/page.html", context | proposals_context(found.proposals))


def conditions_of(chosen: DashboardFilter) -> list[tuple[str, str]]:
    """What the figures are of, in words: for print and for the file."""
    found = []
    for field in chosen.form:
        words = dict(field.field.choices).get(field.value() or "", "Tất cả")
        found.append((field.label, str(words)))
    return found


def exported(found: Dashboard, conditions: Sequence[tuple[str, str]]) -> HttpResponse:
    blank = [None] * len(found.asked.years)
    rows: list[Sequence[Any]] = [["Điều kiện", f"{label}: {words}", *blank] for label, words in conditions]
    headers = ["Mục", "Chỉ tiêu", *map(str, found.asked.years)]
    return xlsx_response(f"{TITLE} năm {found.asked.year}", headers, [*rows, *table_of(found)])


def panels_of(found: Dashboard) -> list[Panel]:
    return [
        Panel(found.levels, by_year(found.levels, found.asked.years)),
        Panel(found.forms, bars(found.forms.key, found.forms.title, found.forms.figures)),
        Panel(found.kinds, share(found.kinds)),
        Panel(found.people, share(found.people)),
        Panel(found.categories, bars(found.categories.key, found.categories.title, found.categories.figures)),
        Panel(found.fields, bars(found.fields.key, found.fields.title, cut(found.fields))),
        agencies_panel(found),
    ]


def by_year(breakdown: Breakdown, years: Sequence[int]) -> SafeString:
    series = [Series(each.label, each.values, each.unsure) for each in breakdown.figures]
    return columns(breakdown.key, breakdown.title, list(map(str, years)), series, stacked=True)


def bars(key: str, title: str, figures: Sequence[Figure]) -> SafeString:
    """What counts anything this year; the table also has what counted before."""
    return horizontal_bars(key, title, [Bar(each.label, each.now, each.unsure) for each in figures if each.now])


def share(breakdown: Breakdown) -> SafeString:
    return share_bar(
        breakdown.key, breakdown.title, [Part(each.label, each.now, each.unsure) for each in breakdown.figures]
    )


def agencies_panel(found: Dashboard) -> Panel:
    agencies = found.agencies
    if agencies.is_short:
        return Panel(agencies.breakdown, bars("don-vi", "Đơn vị có khen thưởng", [*agencies.top, *agencies.unsure]))
    return Panel(
        agencies.breakdown,
        bars("don-vi", "Đơn vị có nhiều khen thưởng nhất", agencies.top),
        bars("don-vi-it", "Đơn vị có ít khen thưởng nhất", [*agencies.bottom, *agencies.unsure]),
    )


def proposals_context(proposals: Proposals | None) -> dict[str, Any]:
    """The panel of what was proposed, where the reader sees dossiers."""
    if proposals is None or not proposals.total:
        return {"outcomes": OUTCOMES}
    years = [each.label for each in proposals.by_year]
    series = [
        Series(outcome, [each.counts[place] for each in proposals.by_year]) for place, outcome in enumerate(OUTCOMES)
    ]
    return {"outcomes": OUTCOMES, "proposed": columns("de-nghi", "Đề nghị và kết quả", years, series, stacked=True)}
