"""The agenda from a spreadsheet: send it, look at what it means, answer, confirm, take back."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from awards.domain.scanning import scanned
from awards.enums import ImportKind
from awards.imports.table import read_table
from blocs.views.attempts import attempt_told
from council.domain.sessions.agenda import BEFORE_MEETING
from council.domain.sessions.agenda_file import AgendaLine, answered, match_rows
from council.domain.sessions.agenda_importing import import_items, imports_of, undo_import
from council.forms.agenda_files import AgendaFileForm
from council.models import CouncilSession
from council.views.fetching import RUN, actor_of, session_or_404
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls
from scoring.imports.workbook import FileRefused

SALT = "council.agenda-file"
KEPT_SECONDS = 24 * 60 * 60
SHOWN, MOST_QUESTIONS = 300, 200
STALE = "Bản xem trước này đã quá một ngày hoặc không còn dùng được. Hãy gửi lại tệp."
TOO_OPEN = (
    "Có {count} dòng chưa rõ là trường hợp nào. Hãy ghi đơn vị công tác, chức vụ trong tệp như hồ sơ rồi gửi lại."
)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file; it is read at once and nothing is kept."""
    session = session_or_404(request, pk)
    require(request.user, RUN, session)
    form = AgendaFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return preview(request, session, *read(session, form.cleaned_data["file"]))
        except (FileRefused, TransitionRefused) as refusal:
            form.add_error("file", str(refusal))
    context = {"session": session, "form": form, "imports": imports_of(session), "kind": ImportKind.NOMINEES.value}
    context |= {"is_open": session.state in BEFORE_MEETING, "nav": "council"}
    return render(request, "council/sessions/agenda_file.html", context)


def read(session: CouncilSession, file: Any) -> tuple[str, list[AgendaLine]]:
    scanned(file)
    file.seek(0)
    return str(file.name), match_rows(session, read_table(file.read(), ImportKind.NOMINEES).rows)


def preview(
    request: HttpRequest,
    session: CouncilSession,
    file_name: str,
    lines: list[AgendaLine],
    wrong: dict[int, str] | None = None,
) -> HttpResponse:
    """What the file says and what it asks; ``wrong``: what is still to be answered, by row."""
    context = preview_of(lines, wrong or {})
    ready = not context["faults"] and not context["too_open"]
    context |= {"session": session, "file_name": file_name, "nav": "council"}
    context["held"] = sealed(session, file_name, lines) if ready else ""
    return render(request, "council/sessions/agenda_preview.html", context)


def preview_of(lines: list[AgendaLine], wrong: dict[int, str]) -> dict[str, Any]:
    faults = [(line.number, header, sentence) for line in lines for header, sentence in line.faults]
    asked = [(line, wrong.get(line.number, "")) for line in lines if line.choices]
    too_open = TOO_OPEN.format(count=len(asked)) if len(asked) > MOST_QUESTIONS else ""
    return {
        "total": len(lines),
        "faults": faults[:SHOWN],
        "more_faults": max(len(faults) - SHOWN, 0),
        "asked": [] if too_open else asked,
        "wrong": bool(wrong),
        "too_open": too_open,
        "lines": lines[:SHOWN],
        "more_lines": max(len(lines) - SHOWN, 0),
    }


def sealed(session: CouncilSession, file_name: str, lines: list[AgendaLine]) -> str:
    """What was read, as the confirming post brings it back: signed, no row of the database."""
    rows = [asdict(line) for line in lines]
    return signing.dumps({"session": session.pk, "file": file_name, "rows": rows}, salt=SALT, compress=True)


def opened(session: CouncilSession, held: str) -> tuple[str, list[AgendaLine]]:
    """The same back; TransitionRefused for anything that this page did not write for this session."""
    try:
        found = signing.loads(held, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature as fault:
        raise TransitionRefused(STALE) from fault
    if found["session"] != session.pk:
        raise TransitionRefused(STALE)
    lines = [AgendaLine(**row) for row in found["rows"]]
    for line in lines:
        line.choices = tuple((pk, words) for pk, words in line.choices)
    return str(found["file"]), lines


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_or_404(request, pk)
    require(request.user, RUN, session)
    try:
        file_name, lines = opened(session, request.POST.get("held", ""))
        wrong = answered(lines, {line.number: request.POST.get(f"row-{line.number}", "") for line in lines})
        if wrong:
            return preview(request, session, file_name, lines, wrong)
        keys = [line.chosen for line in lines if line.chosen is not None]
        count = import_items(session, keys, file_name=file_name, actor=actor_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("council:agenda-import", session.pk)
    messages.success(request, f"Đã đưa {count} trường hợp từ tệp «{file_name}» vào nội dung phiên họp.")
    return redirect("council:agenda", session.pk)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Ask, then take the whole import back."""
    session = session_or_404(request, pk)
    require(request.user, RUN, session)
    made = next((each for each in imports_of(session) if each.key == key), None)
    if made is None:
        raise Http404
    back = reverse("council:agenda-import", args=[session.pk])
    if request.method == "POST":
        reason, actor = without_controls(request.POST.get("reason", "")), actor_of(request)
        act = lambda: undo_import(session, key, reason=reason, actor=actor)  # noqa: E731
        attempt_told(request, act, done=f"Đã hoàn tác lần nhập tệp «{made.file_name}».")
        return redirect(back)
    lead = f"Rút khỏi nội dung phiên họp {made.count} trường hợp đã nhập từ tệp «{made.file_name}»."
    context = {"heading": "Hoàn tác nhập nội dung", "lead": lead, "back": back, "submit": "Hoàn tác", "nav": "council"}
    return render(request, "web/confirm_page.html", context)
