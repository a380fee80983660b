"""The register of subjects: list, one subject, adding and changing."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from awards.domain.subject_before import predecessors_of
from awards.domain.subject_page import nominations_of, sections_of
from awards.domain.subjects import add_subject, edit_subject, matches_for, told
from awards.enums import SubjectKind
from awards.filters_subjects import SubjectFilter, agencies_of
from awards.forms.subjects import SubjectForm
from awards.models import Freeze, Subject
from awards.views.seen_forms import attempt_seen
from blocs.models import Council
from blocs.tables.access import access_of
from blocs.views.attempts import attempt
from blocs.views.fetching import actor_of
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing

SEARCHED = ("search_key", "aliases__search_key", "agency__search_key")
COLUMNS = (
    Column("ten", "Tên", lambda row: row.name, ("person_sort_key",)),
    Column("loai", "Loại", lambda row: row.get_kind_display(), ("kind", "person_sort_key")),
    Column("don-vi", "Đơn vị quản lý", lambda row: row.agency.label if row.agency else "", ("agency__sort_key",)),
    Column("cong-tac", "Đơn vị công tác, địa chỉ", lambda row: row.unit),
    Column("chuc-vu", "Chức vụ", lambda row: row.post),
    Column("phan-loai", "Phân loại", lambda row: row.get_group_display()),
    Column("dinh-danh", "Số định danh", lambda row: row.masked_id),
    Column("xac-minh", "Đang xác minh", lambda row: "Có" if row.has_freeze else ""),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    freezes = Freeze.objects.visible_to(request.user).filter(subject=OuterRef("pk"), cleared_on__isnull=True)
    rows = Subject.objects.visible_to(request.user).select_related("agency").annotate(has_freeze=Exists(freezes))
    # A name and another name of one subject may both hold the words that are looked for.
    rows = rows.distinct() if request.GET.get("q") else rows
    listing = build_listing(
        request,
        rows,
        title="Sổ đối tượng khen thưởng",
        columns=COLUMNS,
        search=SEARCHED,
        filterset=SubjectFilter,
        default_sort="ten",
    )
    if not isinstance(listing, Listing):
        return listing
    may_add = request.user.has_perm("awards.add_subject")
    return render(request, "awards/subjects.html", {"listing": listing, "may_add": may_add, "nav": "awards"})


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor_of(request)
    subject = subject_or_404(request, pk)
    kept = subject.merged_into
    context = {
        "subject": subject,
        "aliases": subject.aliases.all(),
        "sections": sections_of(subject, user),
        "before": predecessors_of(subject, user),
        "nominations": nominations_of(subject, user),
        "merges": subject.merges.filter(undone_at__isnull=True).select_related("gone", "merged_by"),
        "kept": kept if kept and Subject.objects.visible_to(user).filter(pk=kept.pk).exists() else None,
        "may_edit": user.has_perm("awards.edit_subject", subject),
        "may_merge": user.has_perm("awards.merge_subjects", subject),
        "nav": "awards",
    }
    return render(request, "awards/subject.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require(request.user, "awards.add_subject")
    asked = request.GET.get("loai")
    kind = asked if asked in SubjectKind.values else SubjectKind.INDIVIDUAL.value
    form = SubjectForm(request.POST or None, kind=kind, **offered(request))
    doubles = doubles_of(request, form) if request.method == "POST" and form.is_valid() else []
    if request.method == "POST" and form.is_valid() and not doubles and (added := attempt(form, adding(request, form))):
        messages.success(request, "Đã thêm vào sổ đối tượng.")
        return redirect(added)
    context = {"form": form, "doubles": doubles, "kind": kind, "kinds": SubjectKind.choices}
    return form_page(request, "Thêm đối tượng", reverse("awards:subjects"), context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    subject = subject_or_404(request, pk)
    require(request.user, "awards.edit_subject", subject)
    initial = {"aliases": list(subject.aliases.values_list("name", flat=True))}
    seen, name = subject.version, subject.name
    form = SubjectForm(
        request.POST or None, instance=subject, kind=subject.kind, initial=initial, **offered(request, subject)
    )
    form.remember(seen)
    if request.method == "POST" and attempt_edit(request, form, subject):
        messages.success(request, "Đã lưu đối tượng.")
        return redirect("awards:subject", pk)
    return form_page(request, f"Sửa «{name}»", reverse("awards:subject", args=[pk]), {"form": form})


def subject_or_404(request: HttpRequest, pk: int) -> Subject:
    rows = Subject.objects.visible_to(request.user).select_related("agency", "merged_into", "council")
    return get_object_or_404(rows, pk=pk)


def offered(request: HttpRequest, subject: Subject | None = None) -> dict[str, Any]:
    """The agencies that this person may write in; only the standing body's people may leave it open."""
    standing = access_of(request.user).standing_ids
    agencies = agencies_of(request)
    if subject is not None:
        agencies = agencies.filter(council=subject.council_id)
    return {"agencies": agencies, "agency_due": not standing}


def council_of(request: HttpRequest, form: SubjectForm) -> Council:
    """The province of the chosen agency, or that of the standing body."""
    agency = form.cleaned_data["agency"]
    if agency is not None:
        council: Council = agency.council
        return council
    return get_object_or_404(Council, pk=min(access_of(request.user).standing_ids))


def doubles_of(request: HttpRequest, form: SubjectForm) -> list[str]:
    """Sentences on who may be the same; none once the person said to add all the same."""
    if request.POST.get("confirm"):
        return []
    found = matches_for(council_of(request, form).pk, [form.wanted()])[0]
    return list(dict.fromkeys(told(match, access_of(request.user)) for match in found))


def adding(request: HttpRequest, form: SubjectForm) -> Any:
    fields = form.row_fields()
    return lambda: add_subject(
        council=council_of(request, form),
        kind=form.kind,
        name=fields.pop("name"),
        agency=fields.pop("agency"),
        actor=actor_of(request),
        id_number=form.cleaned_data.get("id_number", ""),
        aliases=form.cleaned_data["aliases"],
        **fields,
    )


def attempt_edit(request: HttpRequest, form: SubjectForm, subject: Subject) -> Subject | None:
    """The saved row, or None with the form saying why not."""
    if not form.is_valid():
        return None
    given: dict[str, Any] = {
        "fields": form.row_fields(),
        "id_number": form.typed_id(),
        "aliases": form.cleaned_data["aliases"],
        "seen": form.seen_version(),
    }
    return attempt_seen(form, lambda: edit_subject(subject, actor=actor_of(request), **given))


def form_page(request: HttpRequest, heading: str, back: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, "awards/subject_form.html", {"heading": heading, "back": back, "nav": "awards"} | context)
