"""Mẫu câu chữ: the words of papers that the standing body keeps for its province."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from blocs.models import BlocYear, Council
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from reports.documents.blocks import Paper
from reports.documents.registry import KINDS
from reports.documents.subjects import NoSubject
from reports.documents.wording.fields import fields_of
from reports.documents.wording.filling import LIMIT, faults_of
from reports.documents.wording.parts import Part, part_of
from reports.domain.drafts import may_see_draft
from reports.domain.paper_subjects import subject_of
from reports.domain.wording import (
    StaleWords,
    WordsRefused,
    clean,
    compared,
    councils_kept_by,
    parts_with_versions,
    previewed,
    reuse_wording,
    save_wording,
    standing,
    versions_of,
)
from reports.forms import WordingForm

CONFLICT = 409
SHOWN_YEARS = 50


def council_or_404(request: HttpRequest, pk: int) -> Council:
    """A council whose standing body this person works in."""
    return get_object_or_404(councils_kept_by(actor_of(request)), pk=pk)


def part_or_404(kind: str, key: str) -> Part:
    found = part_of(kind, key) if kind in KINDS else None
    if found is None:
        raise Http404
    return found


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The councils whose words this person keeps; a single one opens at once."""
    require(request.user, "blocs.see_directory_tools")
    councils = list(councils_kept_by(actor_of(request)))
    if len(councils) == 1:
        return redirect("reports:wording-of", councils[0].pk)
    return render(request, "reports/wording/choice.html", {"councils": councils, "nav": "reports"})


@require_safe
def council(request: HttpRequest, pk: int) -> HttpResponse:
    found = council_or_404(request, pk)
    kinds = [(KINDS[kind], parts) for kind, parts in parts_with_versions(found)]
    return render(request, "reports/wording/index.html", {"council": found, "kinds": kinds, "nav": "reports"})


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, pk: int, kind: str, part: str) -> HttpResponse:
    """One part: its text, the fields it may hold, a preview on a real year, its versions."""
    held, found = council_or_404(request, pk), part_or_404(kind, part)
    require(request.user, "reports.edit_wording", held)
    versions = versions_of(held, found)
    in_force = standing(found, versions).chosen
    text = versions[0].text if versions else in_force.text
    form = WordingForm(request.POST or None, initial={"text": text, "seen": versions[0].number if versions else 0})
    desk = Desk(held, found, form)
    if request.method == "POST" and form.is_valid():
        return preview(request, desk) if request.POST.get("lam") == "xem" else save(request, desk)
    return page(request, desk)


@dataclass(frozen=True)
class Desk:
    """What the page of one part works on."""

    council: Council
    part: Part
    form: WordingForm


def save(request: HttpRequest, desk: Desk) -> HttpResponse:
    given: dict[str, Any] = {name: desk.form.cleaned_data[name] for name in ("seen", "note")}
    text = desk.form.cleaned_data["text"]
    try:
        row = save_wording(desk.council, desk.part, text, actor=actor_of(request), **given)
    except WordsRefused as refusal:
        for fault in refusal.faults:
            desk.form.add_error("text", fault)
        return page(request, desk)
    except StaleWords as stale:
        return page(request, desk, status=CONFLICT, stale=stale)
    return done(request, desk.council, desk.part, row)


def done(request: HttpRequest, council: Council, part: Part, row: Any) -> HttpResponse:
    said = f"Đã lưu bản {row.number} của phần «{part.label}»." if row else "Nội dung không đổi nên không lập bản mới."
    messages.success(request, said)
    return redirect("reports:wording-part", council.pk, part.kind, part.key)


def preview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The typed text in a real paper, not saved."""
    text = clean(desk.form.cleaned_data["text"])
    if faults := faults_of(text, fields_of(desk.part.kind)):
        for fault in faults:
            desk.form.add_error("text", fault)
        return page(request, desk)
    year = get_object_or_404(years_of(request, desk.council), pk=desk.form.cleaned_data["year"] or 0)
    return page(request, desk, paper=paper_with(request, desk.part, text, year), year=year)


def paper_with(request: HttpRequest, part: Part, text: str, year: BlocYear) -> Paper:
    user = actor_of(request)
    if not may_see_draft(user, year, part.kind):
        raise Http404
    try:
        return previewed(part, text, year, subject_of(user, year, part.kind, ""))
    except NoSubject as unknown:
        raise Http404 from unknown


def years_of(request: HttpRequest, council: Council) -> Any:
    years = BlocYear.objects.visible_to(request.user).filter(bloc__council=council)
    return years.select_related("bloc__council__standing_agency")


def page(request: HttpRequest, desk: Desk, *, status: int = 200, **more: Any) -> HttpResponse:
    versions = versions_of(desk.council, desk.part)
    context = {
        "council": desk.council,
        "part": desk.part,
        "kind": KINDS[desk.part.kind],
        "form": desk.form,
        "limit": LIMIT,
        "fields": fields_of(desk.part.kind).items(),
        "versions": versions,
        "chosen": standing(desk.part, versions).chosen,
        "years": years_of(request, desk.council)[:SHOWN_YEARS],
        "nav": "reports",
        **more,
    }
    return render(request, "reports/wording/part.html", context, status=status)


@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, pk: int, kind: str, part: str, number: int) -> HttpResponse:
    """One version beside the one before it; a POST makes its text the newest version again."""
    held, found = council_or_404(request, pk), part_or_404(kind, part)
    require(request.user, "reports.edit_wording", held)
    versions = versions_of(held, found)
    row = next((each for each in versions if each.number == number), None)
    if row is None:
        raise Http404
    if request.method == "POST":
        return reuse(request, found, row, versions[0].number)
    before = next((each for each in versions if each.number < number), None)
    context = {"council": held, "part": found, "kind": KINDS[kind], "row": row, "before": before, "nav": "reports"}
    context |= {"newest": versions[0], "lines": compared(before.text if before else found.text, row.text)}
    return render(request, "reports/wording/version.html", context)


def reuse(request: HttpRequest, part: Part, row: Any, seen: int) -> HttpResponse:
    """A version that is broken by now cannot come back: it says why."""
    try:
        made = reuse_wording(row, part, seen=seen, actor=actor_of(request))
    except (WordsRefused, StaleWords) as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:wording-version", row.council_id, part.kind, part.key, row.number)
    return done(request, row.council, part, made)
