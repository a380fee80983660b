"""Public verification of papers, decisions and certificates by their code: no sign-in, a limit on guessing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from khoithidua.web.limiting import limited
from reports.domain.verifying import find
from reports.forms import VerifyForm


@require_GET
@limited("verify")
def verify_search(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request.GET or None)
    if form.is_valid():
        return redirect("reports:verify", code=form.cleaned_data["code"])
    return unindexed(render(request, "reports/verify.html", {"form": form}))


@require_GET
@limited("verify")
def verify_page(request: HttpRequest, code: str) -> HttpResponse:
    """What everybody may know of what this code stands on; nothing else of it."""
    found = find("".join(code.split()))
    context = {"found": found, "document": found and found.document, "code": code, "form": VerifyForm()}
    return unindexed(render(request, "reports/verify.html", context, status=200 if found else 404))


def unindexed(response: HttpResponse) -> HttpResponse:
    """Codes do not belong in search engines, nor in anybody's cache."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response
