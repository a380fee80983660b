"""One item of the agenda: its page for members, the standing body's note, taking it off, its papers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from awards.domain.conflicts import Conflict
from council.domain.sessions.agenda import RUNNING, edit_item, place_of, remove_item
from council.domain.sessions.item_page import item_context, readable_papers
from council.forms.sessions import ItemForm
from council.views.fetching import RUN, actor_of, item_or_404, runs
from council.views.sessions import CONFLICT
from khoithidua.web.downloads import attachment as download
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls

SANDBOX = "default-src 'none'; sandbox"


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_or_404(request, pk)
    may_run = runs(request, item)
    context = {"item": item, "session": item.session, "runs": may_run, "nav": "council"}
    context["may_change"] = may_run and item.session.state in RUNNING and not item.outcome
    return render(request, "council/sessions/item.html", context | item_context(item, actor_of(request)))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The standing body's note and the place within the award."""
    item = item_or_404(request, pk)
    require(request.user, RUN, item)
    form, status = ItemForm(request.POST or None, item=item, place=place_of(item)), 200
    if request.method == "POST" and form.is_valid():
        given = {"note": form.cleaned_data["note"], "place": form.cleaned_data["place"], "base": form.base()}
        try:
            edit_item(item, actor=actor_of(request), **given)
        except Conflict as conflict:
            form.tell(conflict)
            status = CONFLICT
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã lưu «{item.nomination.name}».")
            return redirect("council:agenda", item.session_id)
    heading = f"Nội dung: {item.nomination.name}"
    context = {"form": form, "heading": heading, "back": item.get_absolute_url(), "nav": "council"}
    return render(request, "web/form_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_or_404(request, pk)
    require(request.user, RUN, item)
    back = reverse("council:agenda", args=[item.session_id])
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        try:
            remove_item(item, actor=actor_of(request), reason=reason)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("council:item-remove", item.pk)
        messages.success(request, f"Đã rút «{item.nomination.name}» khỏi nội dung phiên họp.")
        return redirect(back)
    lead = f"Rút «{item.nomination}» khỏi {item.session}? Hồ sơ không còn nội dung nào sẽ về «Đã thẩm định»."
    context = {"heading": "Rút khỏi nội dung phiên họp", "lead": lead, "back": item.get_absolute_url()}
    return render(request, "web/confirm_page.html", context | {"submit": "Rút", "nav": "council"})


@require_GET
def paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """A file of the item, to be saved: for who sees the item, and of this item alone."""
    row = get_object_or_404(readable_papers(item_or_404(request, pk)), pk=paper)
    if not row.file.storage.exists(str(row.file.name)):
        raise Http404
    response = download(row.file.read(), name=row.file_name, content_type=row.content_type)
    response["Content-Security-Policy"] = SANDBOX
    return response
