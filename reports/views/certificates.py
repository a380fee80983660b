"""Certificates: printing those of a decision, fetching a small file at once, previewing a layout."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.workflow import TransitionRefused
from council.domain.certificates.book import in_force
from council.domain.certificates.limits import layout_faults
from council.domain.certificates.printing import KIND_PREFIX, Printed, print_certificates, printed_lines
from council.forms.certificates import ElementSet, LayoutForm, element_set
from council.models import CertificateLayout, Decision, Issuer
from khoithidua.web.downloads import attachment, file_name
from reports.documents.certificate_drawing import Drawing, drawing_of
from reports.documents.certificate_sheets import elements_of, in_type, printing_pdf, sheet_of, unfit_of
from reports.domain.certificate_samples import choices_of, sample_of
from reports.domain.paper_jobs import ask_for_paper
from reports.forms_certificates import PrintForm
from reports.views.certificate_fetching import decision_to_print, layout_to_preview, printing_of

AT_ONCE = 20  # more certificates than this are the worker's
PRINTS_SHOWN = 10


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose form, names and offset; what does not fit is told before anything is printed."""
    decision = decision_to_print(request, pk)
    lines = printed_lines(decision)
    form = PrintForm(request.POST or None, decision=decision, lines=lines, places=request.GET.get("so", ""))
    checked = checked_print(decision, form) if request.method == "POST" and form.is_valid() else None
    if checked is not None and "in" in request.POST and checked.may_print:
        answer = printed(request, decision, form, checked.lines)
        if answer is not None:
            return answer
    checked = checked or first_check(decision, form, lines)
    return render(request, "reports/certificates.html", context_of(decision, form, lines) | {"checked": checked})


def context_of(decision: Decision, form: PrintForm, lines: list[Printed]) -> dict[str, Any]:
    """What the page tells of the decision; three queries, however many lines."""
    return {
        "decision": decision,
        "form": form,
        "revoked": list(decision.lines.filter(revoked_on__isnull=False).order_by("position")),
        "count": len(lines),
        "corrected": [each for each in lines if each.is_corrected],
        "unnumbered": sum(each.line.book_number is None for each in lines),
        "prints": decision.certificate_prints.select_related("layout", "printed_by")[:PRINTS_SHOWN],
        "at_once": AT_ONCE,
        "nav": "council",
    }


@dataclass(frozen=True)
class Checked:
    """What would be printed, and which of it does not fit."""

    layout: CertificateLayout
    lines: list[Printed]
    unfit: list[Any]
    is_confirmed: bool

    @property
    def may_print(self) -> bool:
        return not self.unfit or self.is_confirmed


def checked_print(decision: Decision, form: PrintForm) -> Checked:
    layout, lines = form.cleaned_data["layout"], form.chosen
    return Checked(layout, lines, unfit_of(decision, layout, lines), form.cleaned_data["anyway"])


def first_check(decision: Decision, form: PrintForm, lines: list[Printed]) -> Checked | None:
    """Of a page just opened: every name on the proposed form."""
    if form.is_bound or form.proposed is None:
        return None
    fit = [each for each in lines if form.proposed.award_id in (None, each.line.award_id)]
    return Checked(form.proposed, fit, unfit_of(decision, form.proposed, fit), is_confirmed=False)


def printed(request: HttpRequest, decision: Decision, form: PrintForm, lines: list[Printed]) -> HttpResponse | None:
    """Record the printing and lead to its file, or say on the form why not."""
    given = {name: form.cleaned_data[name] for name in ("dx", "dy")}
    user: Any = request.user
    try:
        made = print_certificates(
            decision, form.cleaned_data["layout"], lines=[each.line for each in lines], actor=user, **given
        )
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if len(made.lines) <= AT_ONCE:
        return redirect("reports:certificate-file", decision.pk, made.pk)
    messages.success(request, f"Đang lập {len(made.lines)} bằng ở chế độ nền.")
    return redirect(ask_for_paper(f"{KIND_PREFIX}{made.pk}", decision, actor=user))


@require_GET
def file(request: HttpRequest, pk: int, printing: int) -> HttpResponse:
    """The file of one printing: a small one at once, a large one from the worker."""
    decision = decision_to_print(request, pk)
    found = printing_of(decision, printing)
    if not in_force(decision).filter(pk__in=found.lines).exists():
        messages.warning(request, "Mọi trường hợp của lần in này đã bị hủy bỏ, thu hồi nên không còn bằng nào để in.")
        return redirect("reports:certificates", pk)
    if len(found.lines) > AT_ONCE:
        return redirect("reports:decision-paper-job", pk, f"{KIND_PREFIX}{found.pk}")
    name = file_name(f"Bằng theo {found.decision}", "pdf")
    return attachment(printing_pdf(found), name=name, content_type="application/pdf", inline=True)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The layout as saved, or as it stands in the editor's form; nothing is saved."""
    layout = layout_to_preview(request, pk)
    data = request.POST if request.method == "POST" else None
    issuers = Issuer.objects.visible_to(request.user).filter(council=layout.council_id)
    form, rows = LayoutForm(data, instance=layout_to_preview(request, pk), issuers=issuers), element_set(data, layout)
    context = preview_context(request, layout, form, rows)
    part = "certificate_preview" if getattr(request, "htmx", False) else "certificate_preview_page"
    response = render(request, f"reports/{part}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def preview_context(
    request: HttpRequest, layout: CertificateLayout, form: LayoutForm, rows: ElementSet
) -> dict[str, Any]:
    user: Any = request.user
    which = (request.POST or request.GET).get("mau-thu", "")[:20]
    drawing, misfits, off = shown_of(layout, form, rows, sample_of(which, layout, user))
    return {
        "layout": layout,
        "drawing": drawing,
        "misfits": misfits,
        "faults": faults_of(rows) if form.is_bound else [],
        "off": off,
        "samples": choices_of(layout, user),
        "which": which,
        "nav": "council",
    }


def shown_of(
    layout: CertificateLayout, form: LayoutForm, rows: ElementSet, sample: Any
) -> tuple[Drawing, Any, list[str]]:
    """The drawing of what is sound already (the saved size where the typed one is none), misfits, what is off."""
    width, height, elements = layout.width, layout.height, elements_of(layout)
    if form.is_bound:
        form.is_valid()
        width = form.cleaned_data.get("width") or width
        height = form.cleaned_data.get("height") or height
        elements = in_type(rows.elements())
    sheet = sheet_of(elements, sample.texts)
    drawing = drawing_of(sheet, elements, width=float(width), height=float(height), code=sample.code)
    return drawing, sheet.misfits, layout_faults(width, height, elements)


def faults_of(rows: ElementSet) -> list[str]:
    """Which rows are left out of the preview, and why."""
    return [
        f"{number}. {form.heading}: {' '.join(str(errors[0]) for errors in form.errors.values())}"
        for number, form in enumerate(rows.forms, 1)
        if form.errors
    ]
