"""Members of the council: adding by search, editing, ending a term."""

from copy import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from blocs.models import Council, CouncilMember
from blocs.views.attempts import attempt
from council.domain.practice.members import add_member, edit_member, end_term, people_matching
from council.domain.practice.page import members_seen_by
from council.domain.practice.writing import WRITE
from council.forms.practice import EndForm, MemberForm, NewMemberForm
from council.views.fetching import actor_of
from council.views.practice import council_or_404, done, form_page, saved
from khoithidua.web.guards import require


def member_or_404(request: HttpRequest, pk: int) -> CouncilMember:
    return get_object_or_404(members_seen_by(actor_of(request)), pk=pk)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    council = council_or_404(request, pk)
    require(request.user, WRITE, council)
    query = request.GET.get("q", "")
    form = NewMemberForm(request.POST or None, council=council, people=people_matching(council, query))
    if request.method == "POST" and attempt(form, lambda: added(request, council, form)) is not None:
        return done(request, f"Đã thêm {form.cleaned_data['user']} vào Hội đồng.", council.pk)
    back = reverse("council:practice-of", args=[council.pk])
    context = {"council": council, "form": form, "query": query, "back": back, "nav": "council"}
    return render(request, "council/practice/member_new.html", context)


def added(request: HttpRequest, council: Council, form: NewMemberForm) -> CouncilMember:
    return add_member(council, user=form.cleaned_data["user"], fields=form.values(), actor=actor_of(request))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    require(request.user, WRITE, member)
    form, status = MemberForm(request.POST or None, council=member.council, instance=copy(member)), 200
    if request.method == "POST" and form.is_valid():
        given = {"fields": form.values(), "base": form.base(), "actor": actor_of(request)}
        refused = saved(form, lambda: edit_member(member, **given))
        if refused is None:
            return done(request, f"Đã lưu {member.user}.", member.council_id)
        status = refused
    return form_page(request, form, f"Thành viên Hội đồng: {member.user}", member.council_id, status)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    require(request.user, WRITE, member)
    form, status = EndForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        refused = saved(form, lambda: end_term(member, actor=actor_of(request), **form.cleaned_data))
        if refused is None:
            return done(request, f"Đã kết thúc nhiệm kỳ của {member.user}.", member.council_id)
        status = refused
    return form_page(request, form, f"Kết thúc nhiệm kỳ: {member.user}", member.council_id, status)
