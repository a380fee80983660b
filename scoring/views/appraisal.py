"""Appraisal by criterion or by sheet; everybody meets the own lines alone."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from khoithidua.web.guards import require
from scoring.domain.appraising import (
    AppraisalRefused,
    AppraisedLine,
    Key,
    accept_rest,
    appraiser_names,
    load_appraisal,
    per_sheet,
    save_appraisals,
    stored_lines,
)
from scoring.domain.authority import years_to_appraise
from scoring.forms.checking import (
    FRESH,
    UNTOUCHED,
    Attempt,
    LineRow,
    TypedLine,
    appraisal_cells,
    read_line,
    row_of_line,
)
from scoring.models import ScoreLine
from scoring.views.evidence_lists import evidence_by_line

Typed = Mapping[Key, TypedLine]
UNREADABLE = "Chưa lưu: có ô không đọc được, xem câu nhắc ở từng dòng."


def appraised_year(request: HttpRequest, pk: int) -> BlocYear:
    """The bloc-year for who appraises in it: 404 for a stranger, 403 for a member who does not."""
    years = years_to_appraise(request.user)  # type: ignore[arg-type]
    year = get_object_or_404(years.select_related("bloc"), pk=pk)
    require(request.user, "scoring.appraise_year", year)
    return year


def frame_of(request: HttpRequest, year: BlocYear) -> dict[str, Any]:
    """A specialised agency from outside the bloc sees none of its other rooms."""
    inside = BlocYear.objects.visible_to(request.user).filter(pk=year.pk).exists()
    return {"year": year, "tab": "board", "nav": "sheets", "inside": inside}


@require_GET
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for this person, by criterion and by sheet."""
    year = appraised_year(request, pk)
    mine = load_appraisal(year, request.user)  # type: ignore[arg-type]
    names = appraiser_names(mine)
    context = {"criteria": [(work, names.get(work.node.id, "")) for work in mine.criteria], "sheets": mine.sheets}
    return render(request, "scoring/appraisal.html", frame_of(request, year) | context)


@require_http_methods(["GET", "POST"])
def by_criterion(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """One criterion on all sheets."""
    year = appraised_year(request, pk)
    mine = load_appraisal(year, request.user)  # type: ignore[arg-type]
    lines = found(mine.of_criterion(criterion_pk))
    here = reverse("scoring:appraise-criterion", args=[pk, criterion_pk])
    nodes = [work.node for work in mine.criteria]
    around = beside(nodes, [node.id for node in nodes].index(criterion_pk))
    context = {"node": lines[0].node, "around": around, "by": "criterion"}
    return work_on(request, year, lines, here, context)


@require_http_methods(["GET", "POST"])
def by_sheet(request: HttpRequest, pk: int, sheet_pk: int) -> HttpResponse:
    """The own criteria on one sheet."""
    year = appraised_year(request, pk)
    mine = load_appraisal(year, request.user)  # type: ignore[arg-type]
    lines = found(mine.of_sheet(sheet_pk))
    here = reverse("scoring:appraise-sheet", args=[pk, sheet_pk])
    sheets = [work.sheet for work in mine.sheets]
    around = beside(sheets, [sheet.pk for sheet in sheets].index(sheet_pk))
    context = {"sheet": lines[0].sheet, "around": around, "by": "sheet"}
    return work_on(request, year, lines, here, context)


def found(lines: tuple[AppraisedLine, ...]) -> tuple[AppraisedLine, ...]:
    """404 where nothing of it is this person's: another's criterion, a draft, the own sheet."""
    if not lines:
        raise Http404
    return lines


def beside(items: list[Any], index: int) -> tuple[Any, Any]:
    """What comes before and after in the list, if anything."""
    return (items[index - 1] if index else None), (items[index + 1] if index + 1 < len(items) else None)


def work_on(
    request: HttpRequest, year: BlocYear, lines: tuple[AppraisedLine, ...], here: str, context: dict[str, Any]
) -> HttpResponse:
    """Show the lines, or save what was typed and come back."""
    if request.method == "GET":
        return lines_page(request, year, lines, context)
    require(request.user, "scoring.write_appraisal", year)
    stored = stored_lines(lines)
    typed = {
        line.key: read_line(request.POST, prefix_of(line), appraisal_cells(line, stored.get(line.key)))
        for line in lines
    }
    refusal = attempt(request, lines, typed)
    if refusal is None:
        return redirect(here)
    messages.error(request, str(refusal))
    faults = refusal.faults if isinstance(refusal, AppraisalRefused) else {}
    status = 409 if isinstance(refusal, AppraisalRefused) and refusal.is_stale else 200
    return lines_page(request, year, lines, context, Attempt(typed, faults, status))


def attempt(request: HttpRequest, lines: Iterable[AppraisedLine], typed: Typed) -> TransitionRefused | None:
    """Save what was changed and tell it; the refusal, if any."""
    if any(line.fault for line in typed.values()):
        return TransitionRefused(UNREADABLE)
    try:
        messages.success(request, write(request, tuple(lines), typed))
    except TransitionRefused as refusal:
        return refusal
    return None


def write(request: HttpRequest, lines: tuple[AppraisedLine, ...], typed: Typed) -> str:
    """Do what the pressed button says; the sentence to show."""
    actor: Any = request.user
    changed = {key: line.changed for key, line in typed.items() if line.changed}
    if request.POST.get("lam") == "dong-y":
        seen = {line.key: typed[line.key].version for line in lines if prefix_of(line) in request.POST}
        count = accept_rest(lines, typed=changed, seen=seen, actor=actor)
        return f"Đã đồng ý với điểm tự chấm ở {count} dòng còn lại."
    expected = per_sheet({key: typed[key].version for key in changed})
    sheets = {line.sheet.pk: line.sheet for line in lines}
    save_appraisals(sheets, entries=per_sheet(changed), expected=expected, actor=actor)
    return "Đã lưu điểm thẩm định."


def prefix_of(line: AppraisedLine) -> str:
    return f"d{line.sheet.pk}-{line.node.id}"


def lines_page(
    request: HttpRequest,
    year: BlocYear,
    lines: tuple[AppraisedLine, ...],
    context: dict[str, Any],
    tried: Attempt = FRESH,
) -> HttpResponse:
    may_write = request.user.has_perm("scoring.write_appraisal", year) and any(line.is_open for line in lines)
    context |= {"rows": rows_of(request.user, lines, tried), "may_write": may_write}
    return render(request, "scoring/appraisal_lines.html", frame_of(request, year) | context, status=tried.status)


def rows_of(user: Any, lines: tuple[AppraisedLine, ...], tried: Attempt) -> list[LineRow]:
    stored = stored_lines(lines)
    files = evidence_by_line(user, {line.sheet.pk for line in lines})
    return [
        line_row(
            line,
            stored.get(line.key),
            typed=tried.typed.get(line.key, UNTOUCHED),
            fault=tried.faults.get(line.key, ""),
            evidence=files.get(line.key, ()),
        )
        for line in lines
    ]


def line_row(line: AppraisedLine, stored: ScoreLine | None, *, typed: TypedLine, **more: Any) -> LineRow:
    version = stored.version if stored else 0
    cells = appraisal_cells(line, stored)
    return row_of_line(line, prefix_of(line), cells, typed=typed, version=version, stored=stored, **more)
