"""Sections of the achievement report: saved one by one, with htmx and without."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.domain.workflow import TransitionRefused
from awards.domain.texts import StaleText, save_text, sections_of
from awards.forms.nominations import TextForm
from awards.models import Nomination, NominationText
from awards.views.fetching import actor_of, own_nomination
from awards.views.nomination_page import Editor, context_of, editor_of, typed_in

CONFLICT = 409
REFUSED = 422
ODD_FORM = "Trang đã cũ hoặc nội dung có ký tự không hợp lệ nên chưa lưu được. Hãy sao chép nội dung rồi tải lại trang."


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Saves one section. GET is where a lost session comes back to after signing in."""
    nomination = own_nomination(request, pk)
    editor = stored_editor(nomination, section)
    if request.method == "GET":
        return back_to(nomination, section)
    form = TextForm(request.POST)
    if not form.is_valid():
        return obstacle(request, nomination, replace(editor, typed=typed_in(request), error=ODD_FORM), REFUSED)
    if form.cleaned_data["take"]:
        return taken(request, nomination, editor)
    typed, version = form.cleaned_data["text"], form.cleaned_data["version"]
    try:
        row = save_text(nomination, section, typed, actor=actor_of(request), version=form.base_version)
    except StaleText as conflict:
        return obstacle(request, nomination, replace(editor, typed=typed, version=version, conflict=conflict), CONFLICT)
    except TransitionRefused as refusal:
        told = replace(editor, typed=typed, version=version, error=str(refusal))
        return obstacle(request, nomination, told, REFUSED)
    return saved(request, nomination, row)


def stored_editor(nomination: Nomination, section: str) -> Editor:
    found = next((each for each in sections_of(nomination) if each.section == section), None)
    if found is None:
        raise Http404
    return editor_of(nomination, found, is_open=True)


def back_to(nomination: Nomination, section: str) -> HttpResponse:
    return redirect(f"{nomination.get_absolute_url()}#muc-{section}")


def saved(request: HttpRequest, nomination: Nomination, row: NominationText) -> HttpResponse:
    if getattr(request, "htmx", False):
        return render(request, "awards/nomination_saved.html", {"row": row})
    messages.success(request, "Đã lưu mục của báo cáo thành tích.")
    return back_to(nomination, row.section)


def taken(request: HttpRequest, nomination: Nomination, editor: Editor) -> HttpResponse:
    """The writer gave way: the editor shows what the other one wrote."""
    section = editor.written.section
    if not getattr(request, "htmx", False):
        return back_to(nomination, section)
    response = render(request, "awards/nomination_editor.html", {"editor": editor})
    response["HX-Retarget"] = f"#muc-{section}"
    response["HX-Reswap"] = "outerHTML"
    return response


def obstacle(request: HttpRequest, nomination: Nomination, editor: Editor, status: int) -> HttpResponse:
    """What stands in the way: beside the text for htmx, on the whole page otherwise."""
    if getattr(request, "htmx", False):
        return render(request, "awards/nomination_obstacle.html", {"editor": editor}, status=status)
    context = context_of(request, nomination, instead=editor)
    return render(request, "awards/nomination.html", context, status=status)
