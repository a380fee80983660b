"""Deleting a draft that was never sent: asked first, told in the history of its agency."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.domain.workflow import TransitionRefused
from awards.domain.removing import removal_obstacle, remove_dossier
from awards.models import Dossier
from awards.views.fetching import actor_of, own_dossier
from khoithidua.web.text import without_controls


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """For who makes it alone."""
    dossier = own_dossier(request, pk)
    if request.method == "POST":
        return removed(request, dossier)
    if obstacle := removal_obstacle(dossier):
        messages.warning(request, obstacle)
        return redirect(dossier)
    return render(request, "web/confirm_page.html", asked(dossier))


def removed(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    reason = without_controls(request.POST.get("reason", ""))
    try:
        remove_dossier(dossier, reason=reason, actor=actor_of(request))
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(dossier)
    messages.success(request, f"Đã xóa hồ sơ {dossier.code}. Đối tượng vẫn còn trong sổ đối tượng.")
    return redirect("awards:dossiers")


def asked(dossier: Dossier) -> dict[str, str]:
    lead = (
        f"Xóa hồ sơ {dossier.code} ({dossier.title}) với {dossier.nominations.count()} trường hợp đề nghị, báo cáo "
        f"thành tích và {dossier.attachments.count()} giấy tờ đã tải lên? Không lấy lại được. Đối tượng trong sổ không "
        "bị xóa; tên các trường hợp và mã băm của giấy tờ được giữ trong lịch sử của đơn vị."
    )
    back = dossier.get_absolute_url()
    return {"heading": "Xóa hồ sơ", "lead": lead, "back": back, "submit": "Xóa hồ sơ", "nav": "awards"}
