"""The calendar that working days are counted by."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from awards.domain import holidays as acts
from awards.domain.holidays import is_complete
from awards.forms.catalogue import HolidayForm
from awards.models import Holiday
from awards.views.catalogue import PERMISSION
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.text import without_controls


def year_asked(request: HttpRequest) -> int:
    """``?nam=`` when it names a year that a calendar may have, else this year."""
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else 0
    return year if 2000 <= year <= 2100 else timezone.localdate().year


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Days off of one year, and a form to add one."""
    if request.method == "POST":
        require(request.user, PERMISSION)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: acts.add_holiday(**given, actor=actor_of(request))):
            messages.success(request, "Đã thêm vào lịch.")
            return redirect(f"{reverse('awards:holidays')}?nam={given['day'].year}")
    year = year_asked(request)
    rows = Holiday.objects.visible_to(request.user).filter(day__year=year)
    context = {"rows": rows, "year": year, "before": year - 1, "after": year + 1, "is_complete": is_complete(year)}
    may_edit = request.user.has_perm(PERMISSION)
    return render(request, "awards/holidays.html", context | {"may_edit": may_edit, "form": form if may_edit else None})


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Holiday.objects.visible_to(request.user), pk=pk)
    require(request.user, PERMISSION)
    back = f"{reverse('awards:holidays')}?nam={row.day.year}"
    if request.method == "POST":
        acts.remove_holiday(row, reason=without_controls(request.POST.get("reason", "")), actor=actor_of(request))
        messages.success(request, "Đã xóa khỏi lịch.")
        return redirect(back)
    lead = f"Xóa «{row}». Các thời hạn đã tính trước đây không đổi."
    context = {"heading": "Xóa khỏi lịch nghỉ", "lead": lead, "back": back, "nav": "awards"}
    return render(request, "web/confirm_page.html", context)
