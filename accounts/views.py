"""Home, notices, history of an object, and pages that belong to nobody else."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.history import readable_entries
from accounts.domain.todo import todos_for
from accounts.domain.wording import FIELD_WORDS as FIELD_WORDS  # the apps above add their words through here
from accounts.domain.wording import changed_rows
from accounts.models import Notice


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Việc cần làm."""
    user: Any = request.user
    notices = Notice.objects.visible_to(user).unread()[:10]
    return render(
        request,
        "accounts/home.html",
        {"todos": todos_for(user), "notices": notices, "today": timezone.localdate(), "nav": "home"},
    )


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    rows = Notice.objects.visible_to(request.user)
    page = Paginator(rows, 25).get_page(request.GET.get("trang"))
    return render(request, "accounts/notices.html", {"page": page})


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    count = Notice.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    messages.success(request, f"Đã đánh dấu đọc {count} thông báo.")
    return redirect("home")


@require_GET
def history(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Every recorded act on one object that the reader can see, as far as it is the reader's to know."""
    user: Any = request.user
    obj = visible_object(request, label, pk)
    page = Paginator(readable_entries(obj, user), 50).get_page(request.GET.get("trang"))
    entries = [(entry, changed_rows(entry, obj)) for entry in page]
    return render(request, "accounts/history.html", {"object": obj, "page": page, "entries": entries})


def visible_object(request: HttpRequest, label: str, pk: int) -> Model:
    try:
        model: Any = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if not hasattr(model.objects, "visible_to"):
        raise Http404
    found: Model = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    return found


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the process answers."""
    return HttpResponse("ok", content_type="text/plain")
