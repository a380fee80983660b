"""The consolidated table and the ranking of a bloc-year."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from blocs.tables.access import access_of
from khoithidua.web.downloads import xlsx_response
from khoithidua.web.guards import require
from khoithidua.web.numbers import plain_number
from scoring.domain.ranking import Row, Table, consolidated
from scoring.domain.sheets import Unsent, open_sheets, publish_scores, withdraw_publication
from scoring.models import ScoreSheet
from scoring.views.fetching import visible_year

HEADERS = ("Hạng", "Đơn vị", "Điểm nội dung", "Điểm thưởng", "Điểm trừ", "Tổng điểm", "Tỷ lệ (%)", "Ghi chú")


@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    year = visible_year(request, pk)
    whole = sees_whole(request, year)
    table = consolidated(year)
    rows, drafts = visible_part(request, table, whole=whole)
    if request.GET.get("xuat") == "xlsx":
        return export(year, rows, whole=whole)
    context: dict[str, Any] = {"year": year, "tab": "board", "nav": "years", "rows": rows, "whole": whole}
    context["set"] = table.criteria_set
    context["lines"] = lines_of(table, rows) if "chi-tiet" in request.GET else []
    context["pending"] = drafts
    context["unsent"] = awaited(year, table) if request.user.has_perm("scoring.see_board", year) else []
    context["may_publish"] = request.user.has_perm("scoring.publish", year)
    context["may_open"] = request.user.has_perm("scoring.edit_criteria", year)
    return render(request, "scoring/board.html", context)


def sees_whole(request: HttpRequest, year: BlocYear) -> bool:
    """Ranks are shown to who may see every sheet: those who run or watch the bloc, members once published."""
    return (
        year.scores_published_at is not None
        or year.pk in access_of(request.user).observed_ids
        or request.user.has_perm("scoring.see_board", year)
    )


def visible_part(request: HttpRequest, table: Table, *, whole: bool) -> tuple[list[Row], list[ScoreSheet]]:
    """The rows and drafts that ``ScoreSheet.visible_to`` leaves.

    Who sees the whole sees every sent sheet and one's own drafts, without asking the database again;
    a test holds both together.
    """
    if whole:
        own = access_of(request.user).agency_ids
        return list(table.rows), [sheet for sheet in table.drafts if sheet.agency_id in own]
    seen = set(ScoreSheet.objects.visible_to(request.user).values_list("pk", flat=True))
    rows = [row for row in table.rows if row.standing.sheet_id in seen]
    return rows, [sheet for sheet in table.drafts if sheet.pk in seen]


def awaited(year: BlocYear, table: Table) -> list[Unsent]:
    """``unsent`` from the table that was read already, for who runs the bloc."""
    if table.criteria_set is None:
        return []
    sent = {row.standing.agency.pk for row in table.rows}
    drafts = {sheet.agency_id for sheet in table.drafts}
    columns = ("bloc_year", "position", "agency__name", "agency__short_name")
    rows = year.memberships.select_related("agency").only(*columns).order_by()
    members = sorted(rows, key=lambda each: (each.position, each.pk))
    return [Unsent(each.agency, each.agency_id in drafts) for each in members if each.agency_id not in sent]


def lines_of(table: Table, rows: list[Row]) -> list[tuple[Any, list[str]]]:
    """Criteria × members for the wide table: each node with the members' official points, as text."""
    return [
        (
            node,
            [
                points_text(row.groups.get(node.code) if node.is_group else row.cells[node.code].official)
                for row in rows
            ],
        )
        for node in table.tree.nodes
    ]


def points_text(points: Decimal | None) -> str:
    return "–" if points is None else plain_number(points)


def export(year: BlocYear, rows: list[Row], *, whole: bool) -> HttpResponse:
    values = [
        (
            row.standing.rank if whole else None,
            row.standing.agency.name,
            row.standing.base,
            row.standing.bonus,
            row.standing.deduction,
            row.standing.total,
            row.standing.percent,
            "; ".join(row.standing.disqualifications),
        )
        for row in rows
    ]
    return xlsx_response(f"Bảng tổng hợp điểm {year}", HEADERS, values)


@require_POST
def open_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a sheet for each member that has none."""
    year = visible_year(request, pk)
    require(request.user, "scoring.edit_criteria", year)
    try:
        made = open_sheets(year, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, f"Đã lập {len(made)} phiếu chấm điểm.")
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("scoring:board", year.pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the scores to the members, or withdraw them with a reason."""
    year = visible_year(request, pk)
    require(request.user, "scoring.publish", year)
    actor: Any = request.user
    try:
        if request.POST.get("thu-hoi"):
            withdraw_publication(year, reason=request.POST.get("reason", ""), actor=actor)
            messages.success(request, "Đã thu hồi công bố điểm.")
        else:
            publish_scores(year, actor=actor, confirm="van-cong-bo" in request.POST)
            messages.success(request, "Đã công bố điểm cho các đơn vị thành viên.")
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("scoring:board", year.pk)
