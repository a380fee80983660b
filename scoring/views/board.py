"""The consolidated table and the ranking of a bloc-year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from blocs.tables.access import access_of
from khoithidua.web.downloads import XLSX, attachment, file_name
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from scoring.domain.grading import Grade, grades_of
from scoring.domain.matrix import COLUMNS, OFFICIAL, differences_of, differing, sections, unit_sections
from scoring.domain.outstanding import NO_SHEET, UNSENT, Wait, outstanding
from scoring.domain.ranking import Row, Table, consolidated
from scoring.domain.sheets import open_sheets, publish_scores, withdraw_publication
from scoring.domain.year_rules import rules_of
from scoring.enums import SetState, SheetState
from scoring.exports.board import BoardFile, board_bytes
from scoring.models import Evidence, LockedStanding, ScoreSheet
from scoring.views.fetching import visible_year


@dataclass(frozen=True)
class Part:
    """What one reader may see of the table; ``whole`` when that is every sent sheet, with the ranking."""

    year: BlocYear
    table: Table
    rows: Sequence[Row]
    drafts: Sequence[ScoreSheet]
    whole: bool


@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The consolidated table: the result of each unit, then every criterion; as a page or a workbook."""
    year = visible_year(request, pk)
    part = visible_part(request, year, with_texts="xuat" in request.GET)
    percent = rules_of(year).difference_percent
    if request.GET.get("xuat") == "xlsx":
        return workbook(request, part, percent)
    context = {"year": year, "tab": "board", "nav": "years", "set": part.table.criteria_set, "whole": part.whole}
    context |= {"rows": part.rows, "pending": part.drafts, "percent": percent}
    context |= details(request, part, percent) | acts(request, part)
    return render(request, "scoring/board.html", context)


def workbook(request: HttpRequest, part: Part, percent: int) -> HttpResponse:
    grades = grades_of(part.table) if part.whole else {}
    title = f"Bảng tổng hợp điểm {part.year}"
    evidence = evidence_titles(request, part)
    content = board_bytes(BoardFile(title, part.table, part.rows, grades, part.whole, percent, evidence))
    return attachment(content, name=file_name(title, "xlsx"), content_type=XLSX)


def evidence_titles(request: HttpRequest, part: Part) -> dict[tuple[int, int], list[str]]:
    """The titles of the evidence that the reader may see, by sheet and criterion; one query."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows = Evidence.objects.visible_to(request.user).filter(sheet__in=[row.standing.sheet_id for row in part.rows])
    for sheet_id, criterion_id, title in rows.order_by("pk").values_list("sheet", "criterion", "title"):
        found[sheet_id, criterion_id].append(title)
    return found


def visible_part(request: HttpRequest, year: BlocYear, *, with_texts: bool) -> Part:
    """The rows and drafts that ``ScoreSheet.visible_to`` leaves.

    Who sees the whole sees every sent sheet and one's own drafts, without asking the database again;
    a test holds both together.
    """
    table = consolidated(year, texts=with_texts)
    if sees_whole(request, year):
        own = access_of(request.user).agency_ids
        return Part(year, table, table.rows, [sheet for sheet in table.drafts if sheet.agency_id in own], True)
    seen = set(ScoreSheet.objects.visible_to(request.user).values_list("pk", flat=True))
    rows = [row for row in table.rows if row.standing.sheet_id in seen]
    return Part(year, table, rows, [sheet for sheet in table.drafts if sheet.pk in seen], False)


def details(request: HttpRequest, part: Part, percent: int) -> dict[str, Any]:
    """Each unit's result, then the lines: of all units in one column, or of one unit in all columns."""
    column = request.GET["cot"] if request.GET.get("cot") in COLUMNS else OFFICIAL
    found = sections(part.table, part.rows, percent=percent, column=column)
    counts = differences_of(found, len(part.rows))
    only = "chenh-lech" in request.GET
    unit = chosen(request, part)
    results = results_of(part, counts)
    return {
        "results": results,
        "graded": any(grade for _, grade, _ in results),
        "differences": sum(counts),
        "columns": COLUMNS,
        "column": column,
        "column_name": COLUMNS[column],
        "only_differing": only,
        "folded": "gon" in request.GET,
        "unit": unit,
        "sections": differing(found) if only else found,
        "unit_sections": unit_sections(found, unit, list(part.rows).index(unit), only=only) if unit else [],
    }


def results_of(part: Part, counts: list[int]) -> list[tuple[Row, Grade | None, int]]:
    """Each unit with its grade, for who sees the whole, and the number of its lines that differ."""
    grades = grades_of(part.table) if part.whole else {}
    return [(row, grades.get(row.standing.sheet_id), count) for row, count in zip(part.rows, counts, strict=True)]


def chosen(request: HttpRequest, part: Part) -> Row | None:
    """The one unit to show: the one asked for, or the only one that the reader may see."""
    if len(part.rows) == 1:
        return part.rows[0]
    asked = request.GET.get("don-vi", "")
    return next((row for row in part.rows if str(row.standing.sheet_id) == asked), None)


def acts(request: HttpRequest, part: Part) -> dict[str, Any]:
    """What the reader may do, who is behind, and the locked ranking in force."""
    year = part.year
    runs = request.user.has_perm("scoring.see_board", year)
    behind = outstanding(year, part.table) if runs else []
    unsent = next((step.waits for step in behind if step.name == UNSENT), ())
    return {
        "behind": behind,
        "unsent": unsent,
        "locked": locked_standing(request, part),
        "may_publish": request.user.has_perm("scoring.publish", year),
        "may_open": request.user.has_perm("scoring.edit_criteria", year) and lacks_sheets(part, unsent),
    }


def lacks_sheets(part: Part, unsent: Sequence[Wait]) -> bool:
    """A member of those who have not sent has no sheet yet, and nothing is locked; also while there are no criteria."""
    table = part.table
    if table.criteria_set is None:
        return True
    if table.criteria_set.state == SetState.LOCKED or any(row.state == SheetState.LOCKED for row in table.rows):
        return False
    return any(wait.detail == NO_SHEET for wait in unsent)


def locked_standing(request: HttpRequest, part: Part) -> LockedStanding | None:
    """The locked ranking in force, for who may see it. Locking locks sheets, so without one nobody asks."""
    if not any(row.state == SheetState.LOCKED for row in part.table.rows):
        return None
    found = LockedStanding.objects.visible_to(request.user).in_force().filter(bloc_year=part.year)
    return found.only("version", "locked_at").first()


def sees_whole(request: HttpRequest, year: BlocYear) -> bool:
    """Ranks are shown to who may see every sheet: those who run or watch the bloc, members once published."""
    return (
        year.scores_published_at is not None
        or year.pk in access_of(request.user).observed_ids
        or request.user.has_perm("scoring.see_board", year)
    )


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
            withdraw_publication(year, reason=without_controls(request.POST.get("reason", "")), actor=actor)
            messages.success(request, "Đã thu hồi công bố điểm.")
        else:
            publish_scores(year, actor=actor, confirm="van-cong-bo" in request.POST)
            messages.success(request, "Đã công bố điểm cho các đơn vị thành viên.")
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("scoring:board", year.pk)
