"""Signs of life from editors, and the marks of what was pasted into one."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from khoithidua.web.guards import require
from reports.documents.rich_text import from_html
from reports.domain.passages import LIMIT, Owner
from reports.domain.presence import others_at_work, sign_of_life
from reports.views.fetching import report_or_404, review_or_404

MOST_HTML = 2_000_000  # letters: Word wraps a page of text into a hundred times as much


@require_POST
def report_presence(request: HttpRequest, pk: int) -> JsonResponse:
    report = report_or_404(request, pk)
    require(request.user, "reports.edit_report", report)
    return present(request, report)


@require_POST
def review_presence(request: HttpRequest, pk: int) -> JsonResponse:
    review = review_or_404(request, pk)
    require(request.user, "reports.edit_review", review)
    return present(request, review)


def present(request: HttpRequest, owner: Owner) -> JsonResponse:
    """Remember this person, answer who else is at work."""
    user: Any = request.user
    now = timezone.now()
    sign_of_life(owner, user, request.POST.get("section", ""), now=now)
    others = others_at_work(owner, user, now=now)
    return JsonResponse({"others": [{"section": each.section, "words": each.words} for each in others]})


@require_POST
def pasted(request: HttpRequest) -> JsonResponse:
    """What a clipboard holds as HTML, in plain marks: sanitised here, never in the page."""
    html = request.POST.get("html", "")
    if len(html) > MOST_HTML:
        return JsonResponse({"error": "Nội dung dán vào quá dài. Hãy dán từng phần."}, status=413)
    return JsonResponse({"text": from_html(html)[:LIMIT]})
