"""Criteria tables as Excel files, and ready-made tables to start from."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.workflow import TransitionRefused
from khoithidua.web.downloads import XLSX, attachment, file_name
from khoithidua.web.guards import require
from scoring.domain.building import agency_codes, appraiser_names, build_tree, has_lines
from scoring.domain.parts import parts_of, tree_of
from scoring.domain.ready_settings import HUNG_YEN, apply_hung_yen
from scoring.domain.starting import start_set
from scoring.domain.tree_checks import faults_of
from scoring.domain.tree_warnings import warnings_of
from scoring.enums import SetState
from scoring.exports.criteria import rejects_bytes, set_bytes, template_bytes
from scoring.forms.exchange import ReadySettingForm, UploadForm
from scoring.imports.criteria import Reading, read_table
from scoring.imports.holding import FileGone, held, hold, release
from scoring.imports.workbook import FileRefused
from scoring.models import CriteriaSet
from scoring.presets import KEYS, Preset, preset, presets
from scoring.views.fetching import visible_set, visible_year

SHOWN_FAULTS = 200


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The empty form, for everybody who signs in."""
    return attachment(template_bytes(), name="mau-bo-tieu-chi.xlsx", content_type=XLSX)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    current = visible_set(request, pk)
    name = file_name(f"Bộ tiêu chí {current.bloc_year} phiên bản {current.version}", "xlsx")
    return attachment(set_bytes(parts_of(current)), name=name, content_type=XLSX)


@require_http_methods(["GET", "POST"])
def import_table(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file, see what it says; nothing is written yet."""
    current = draft_set(request, pk)
    form = UploadForm(request.POST or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)  # type: ignore[misc]
    context = page_of(current, form)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            reading = read_table(content, agencies=agency_codes(current))
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            token = hold(content, set_pk=current.pk, user_pk=request.user.pk)  # type: ignore[arg-type]
            context |= preview_of(reading, current) | {"token": token, "passed_over": reading.passed_over}
    return render(request, "scoring/exchange_import.html", context)


@require_POST
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the file that was just previewed, all of it or nothing."""
    current = draft_set(request, pk)
    owner: Any = {"set_pk": current.pk, "user_pk": request.user.pk}
    token = request.POST.get("token", "")
    try:
        reading = read_table(held(token, **owner), agencies=agency_codes(current))
        if reading.faults:
            raise FileRefused(str(reading.faults[0]))
        replace = request.POST.get("replace") == "on"
        build_tree(current, parts=reading.parts, source="Tệp Excel", replace=replace, actor=request.user)  # type: ignore[arg-type]
    except (FileGone, FileRefused, TransitionRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("scoring:criteria-import", pk)
    release(token, **owner)
    messages.success(request, f"Đã nhập {len(reading.parts)} tiêu chí từ tệp Excel vào bộ tiêu chí dự thảo.")
    return redirect("scoring:criteria", current.bloc_year_id)


@require_GET
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """The previewed file in the form of the template, with its faults in the column «Lỗi»."""
    current = draft_set(request, pk)
    try:
        content = held(request.GET.get("tep", ""), set_pk=current.pk, user_pk=request.user.pk)  # type: ignore[arg-type]
        reading = read_table(content, agencies=agency_codes(current))
    except (FileGone, FileRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("scoring:criteria-import", pk)
    return attachment(rejects_bytes(reading.rejects()), name="tieu-chi-can-sua.xlsx", content_type=XLSX)


@require_GET
def samples(request: HttpRequest, pk: int) -> HttpResponse:
    """Ready-made tables with their sources and what each lacks."""
    year = visible_year(request, pk)
    require(request.user, "scoring.edit_criteria", year)
    context = {"year": year, "tab": "criteria", "nav": "years", "samples": presets()}
    return render(request, "scoring/exchange_samples.html", context)


@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One ready-made table in full; a draft set from it, and for a ready setting dates and quotas too."""
    year = visible_year(request, pk)
    require(request.user, "scoring.edit_criteria", year)
    if key not in KEYS:
        raise Http404
    form = ReadySettingForm(request.POST or None) if key == HUNG_YEN else None
    if request.method == "POST" and (form is None or form.is_valid()):
        for sentence in started(request, year, key, form):
            messages.info(request, sentence)
        messages.success(request, "Đã lập bộ tiêu chí dự thảo từ mẫu. Hãy sửa cho đúng quy định của khối.")
        return redirect("scoring:criteria", pk)
    context = {"year": year, "tab": "criteria", "nav": "years", "form": form} | sample_page(preset(key))
    return render(request, "scoring/exchange_sample.html", context)


def started(request: HttpRequest, year: Any, key: str, form: ReadySettingForm | None) -> list[str]:
    """Sentences on what was set and what was left beside the criteria."""
    actor: Any = request.user
    if form is None:
        start_set(year, source=key, actor=actor)
        return []
    applied = apply_hung_yen(year, actor=actor, **form.cleaned_data)
    return [" ".join(("Đã đặt theo hướng dẫn:", *applied.done)), " ".join(("Giữ nguyên:", *applied.left))]


def sample_page(ready: Preset) -> dict[str, Any]:
    faults = faults_of(ready.tree, scale=ready.scale, tie_break=ready.tie_break)
    warnings = warnings_of(ready.tree)
    return {"sample": ready, "tree": ready.tree, "faults": faults, "warnings": warnings, "appraisers": {}}


def draft_set(request: HttpRequest, pk: int) -> CriteriaSet:
    current = visible_set(request, pk)
    require(request.user, "scoring.edit_criteria", current)
    return current


def page_of(current: CriteriaSet, form: UploadForm) -> dict[str, Any]:
    """What the page shows before a file is chosen: whether one could be imported at all."""
    return {
        "set": current,
        "year": current.bloc_year,
        "tab": "criteria",
        "nav": "years",
        "form": form,
        "is_draft": current.state == SetState.DRAFT,
        "existing": current.criteria.count(),
        "scored": has_lines(current),
    }


def preview_of(reading: Reading, current: CriteriaSet) -> dict[str, Any]:
    """The faults of a file, or its criteria with what keeps them from being opened later."""
    if reading.faults:
        shown = reading.faults[:SHOWN_FAULTS]
        return {"faults": shown, "fault_count": len(reading.faults), "more": len(reading.faults) - len(shown)}
    tree = tree_of(reading.parts)
    return {
        "tree": tree,
        "checks": faults_of(tree, scale=current.scale, tie_break=current.tie_break),
        "warnings": warnings_of(tree),
        "appraisers": appraiser_names(current, reading.parts),
    }
