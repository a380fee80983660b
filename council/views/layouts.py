"""Layouts of certificates: the list, the editor, copying, taking out of use, deleting, the scan of the form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from blocs.views.attempts import attempt, attempt_told
from council.domain.certificates.form_scans import drop_scan, put_scan
from council.domain.certificates.layouts import (
    LayoutChanged,
    add_layout,
    copy_layout,
    edit_layout,
    remove_layout,
    set_active,
    spoken_elements,
)
from council.domain.certificates.starting import begin_layout, starts
from council.filters_certificates import LayoutFilter
from council.forms.certificates import ElementSet, FormScanForm, LayoutForm, draft_of, element_set
from council.models import CertificateLayout
from council.views.decision_fetching import actor_of, council_of, issuers_of
from khoithidua.web.downloads import attachment
from khoithidua.web.guards import require
from khoithidua.web.listing import Column, Listing, build_listing
from khoithidua.web.numbers import plain_number
from khoithidua.web.text import without_controls
from khoithidua.web.uploads import kind_of

WRITE = "council.write_layout"
SANDBOX = "default-src 'none'; sandbox"
NOTHING = "(không có)"


def size_of(row: CertificateLayout) -> str:
    return f"{plain_number(row.width)} × {plain_number(row.height)}"


COLUMNS = (
    Column("ten", "Tên mẫu", lambda row: row.name, ("name",)),
    Column("ban-hanh", "Cơ quan ban hành", lambda row: row.issuer.name if row.issuer else "Mọi cơ quan"),
    Column("hinh-thuc", "Danh hiệu, hình thức", lambda row: row.award.name if row.award else "Mọi hình thức"),
    Column("kho", "Khổ phôi (mm)", size_of, ("width", "height", "name")),
    Column("dung", "Đang dùng", lambda row: "Có" if row.active else "Không", ("-active", "name")),
)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    council = council_of(request)
    rows = CertificateLayout.objects.visible_to(request.user).filter(council=council).select_related("issuer", "award")
    listing = build_listing(
        request,
        rows,
        title="Mẫu bằng",
        columns=COLUMNS,
        search=("search_key",),
        filterset=LayoutFilter,
        default_sort="ten",
    )
    if not isinstance(listing, Listing):
        return listing
    context = {"listing": listing, "starts": {key: name for key, (name, _) in starts().items()}, "nav": "council"}
    return render(request, "council/certificates/layouts.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """One of the ready-made layouts, to be adjusted."""
    council, which = council_of(request), request.POST.get("mau", "")
    if which not in starts():
        raise Http404
    try:
        made = begin_layout(council, which, actor=actor_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("council:layouts")
    messages.success(request, "Đã thêm mẫu ví dụ. Hãy chỉnh kích thước và vị trí theo phôi của đơn vị.")
    return redirect(made)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    council, data = council_of(request), request.POST or None
    form, rows = LayoutForm(data, issuers=issuers_of(request, council.pk)), element_set(data)
    made = None
    if request.method == "POST" and rows.is_valid() and form.is_valid():
        made = attempt(form, lambda: add_layout(council, draft_of(form, rows), actor=actor_of(request)))
    if made is not None:
        messages.success(request, "Đã thêm mẫu.")
        return redirect(made)
    return editor(request, None, form, rows)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor; the version that the page was opened on comes back with it."""
    layout, data = own_layout(request, pk), request.POST or None
    form = LayoutForm(data, instance=own_layout(request, pk), issuers=issuers_of(request, layout.council_id))
    form.remember(layout.version)
    rows = element_set(data, layout)
    if request.method != "POST" or not (rows.is_valid() and form.is_valid()):
        return editor(request, layout, form, rows)
    try:
        edit_layout(layout, draft_of(form, rows), seen=form.seen_version(), actor=actor_of(request))
    except TransitionRefused as refusal:
        return refused(request, layout, form, rows, refusal)
    messages.success(request, "Đã lưu mẫu.")
    return redirect(layout)


def refused(
    request: HttpRequest, layout: CertificateLayout, form: LayoutForm, rows: ElementSet, refusal: TransitionRefused
) -> HttpResponse:
    """The page with what was typed; where somebody else saved first, with what is saved now as well (409)."""
    form.add_error(None, str(refusal))
    if not isinstance(refusal, LayoutChanged):
        return editor(request, layout, form, rows)
    form.renew(refusal.version)
    saved = own_layout(request, layout.pk)
    theirs = form.spoken(saved) | spoken_elements(list(saved.elements.all()))
    mine = form.spoken(form.instance) | spoken_elements(rows.elements())
    differences = [
        (name, theirs.get(name, NOTHING), mine.get(name, NOTHING))
        for name in {**theirs, **mine}
        if theirs.get(name) != mine.get(name)
    ]
    return editor(request, layout, form, rows, differences=differences, status=409)


def editor(
    request: HttpRequest,
    layout: CertificateLayout | None,
    form: LayoutForm,
    rows: ElementSet,
    *,
    differences: list[tuple[str, str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"layout": layout, "form": form, "rows": rows, "differences": differences or [], "nav": "council"}
    return render(request, "council/certificates/layout.html", context, status=status)


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    made = copy_layout(own_layout(request, pk), actor=actor_of(request))
    messages.success(request, f"Đã sao thành «{made.name}».")
    return redirect(made)


@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out of use, or back into it."""
    layout, active = own_layout(request, pk), request.POST.get("dung") == "1"
    set_active(layout, active=active, actor=actor_of(request))
    messages.success(request, "Đã dùng lại mẫu." if active else "Đã ngừng dùng mẫu.")
    return redirect(layout)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    layout = own_layout(request, pk)
    if request.method == "POST":
        reason = without_controls(request.POST.get("reason", ""))
        attempt_told(
            request,
            lambda: remove_layout(layout, reason=reason, actor=actor_of(request)),
            done=f"Đã xóa mẫu «{layout.name}».",
        )
        return redirect("council:layouts")
    lead = f"Xóa mẫu «{layout.name}» và ảnh quét của phôi? Chỉ xóa được mẫu chưa in bằng nào."
    context = {"heading": "Xóa mẫu bằng", "lead": lead, "back": layout.get_absolute_url(), "submit": "Xóa mẫu"}
    return render(request, "web/confirm_page.html", context | {"nav": "council"})


@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload the picture of the form, or with ``bo`` take it away."""
    layout = own_layout(request, pk)
    if request.method == "POST" and "bo" in request.POST:
        drop_scan(layout, actor=actor_of(request))
        messages.success(request, "Đã bỏ ảnh quét của phôi.")
        return redirect(layout)
    form = FormScanForm(request.POST or None, request.FILES or None)
    done = None
    if request.method == "POST":
        done = attempt(form, lambda: put_scan(layout, file=form.picture(), actor=actor_of(request)))
    if done is not None:
        messages.success(request, "Đã tải ảnh quét của phôi. Ảnh chỉ làm nền khi xem thử, không in.")
        return redirect(layout)
    return render(request, "council/certificates/scan.html", {"layout": layout, "form": form, "nav": "council"})


@require_GET
def scan_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture behind the preview, for who keeps the layout."""
    layout = own_layout(request, pk)
    if not layout.scan or not layout.scan.storage.exists(str(layout.scan.name)):
        raise Http404
    kind = kind_of(layout.scan)
    if kind is None:
        raise Http404
    response = attachment(layout.scan.read(), name="phoi", content_type=kind.content_type, inline=True)
    response["Content-Security-Policy"] = SANDBOX
    return response


def own_layout(request: HttpRequest, pk: int) -> CertificateLayout:
    """For the standing body alone; members who may read the council's rules get 403."""
    rows: Any = CertificateLayout.objects.visible_to(request.user).select_related("council", "issuer", "award")
    found: CertificateLayout = get_object_or_404(rows, pk=pk)
    require(request.user, WRITE, found)
    return found
