"""Adding many subjects to a registration, and the comparison of a year."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from awards.domain import registrations as acts
from awards.domain.comparing_registered import compare
from awards.domain.registration_page import SHOWN, agencies_compared, compared_rows
from awards.forms.award_choices import award_options
from awards.forms.registrations import AddLinesForm
from awards.views.registrations import EDIT, registration_or_404, year_asked
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of
from khoithidua.web.downloads import xlsx_response
from khoithidua.web.guards import require
from khoithidua.web.text import tidy, without_controls

PER_PAGE = 50
HEADERS = ("Đối tượng", "Đơn vị", "Danh hiệu, hình thức", "Đăng ký", "Đề nghị", "Được tặng", "Nhận xét")


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the award, search, tick people, register them together."""
    row = registration_or_404(request, pk)
    require(request.user, EDIT, row)
    award = acts.award_named(without_controls(request.GET.get("hinh-thuc", "")))
    query = tidy(request.GET.get("q", ""))[:200]
    found = acts.choosable(row, award, query)
    form = AddLinesForm(request.POST if request.method == "POST" else None, found=found)
    if request.method == "POST" and award is not None and form.is_valid():
        given = {"award": award, "subjects": form.chosen(), "note": form.cleaned_data["note"]}
        if added := attempt(form, lambda: acts.add_lines(row, actor=actor_of(request), **given)):
            messages.success(request, f"Đã đăng ký {added.made} đối tượng: {award}.")
            return redirect(row.get_absolute_url())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    context = {"registration": row, "award": award, "query": query, "page": page, "form": form, "nav": "awards"}
    ticked = {int(each) for each in request.POST.getlist("subject") if each.isdecimal() and len(each) < 12}
    return render(
        request,
        "awards/registration_add.html",
        context | {"choices": award_options(acts.awards_offered()), "ticked": ticked},
    )


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Đăng ký – đề nghị – được tặng of a year, for own agencies or for all that the standing body sees."""
    user, today = actor_of(request), timezone.localdate()
    year = year_asked(request, today.year)
    agencies = agencies_compared(user)
    asked = request.GET.get("don-vi", "")
    agency = next((each for each in agencies if str(each.pk) == asked), None)
    show = request.GET.get("hien", "")
    found = compare(user, year, agency_id=agency.pk if agency else None)
    lines = found.lines(kept=found.narrowed(show))
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response(f"So sánh đăng ký thi đua năm {year}", HEADERS, compared_rows(lines))
    chosen: dict[str, Any] = {"agency": agency, "show": show, "shown": SHOWN, "agencies": agencies, "year": year}
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "totals": found.totals(), "years": acts.years_known(user, today), "nav": "awards"}
    return render(request, "awards/registrations_compared.html", context | chosen)
