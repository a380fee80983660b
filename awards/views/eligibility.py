"""Kiểm tra điều kiện: what one person or unit holds, may be proposed for, and still lacks."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.domain.prospects import Outlook, Prospect, open_freezes, outlook_for, told
from awards.domain.subject_page import matching_words
from awards.enums import VerdictKind
from awards.forms.eligibility import DayForm
from awards.law.checks import Verdict
from awards.law.names import name_of
from awards.models import Subject
from awards.views.subjects import subject_or_404
from khoithidua.web.downloads import xlsx_response
from khoithidua.web.listing import PER_PAGE
from khoithidua.web.text import tidy

HEADER = ["Danh hiệu, hình thức", "Kết quả", "Điều kiện", "Căn cứ", "Sớm nhất"]
GROUPS = (
    (Verdict.ELIGIBLE, "Đủ điều kiện đề nghị"),
    (Verdict.NEEDS_DECISION, "Cần bổ sung thông tin hoặc xem xét, quyết định"),
    (Verdict.INELIGIBLE, "Chưa đủ điều kiện"),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Choose whom to check."""
    query = tidy(request.GET.get("q", ""))[:200]
    form = DayForm({"ngay": request.GET.get("ngay", "")})
    rows = Subject.objects.visible_to(request.user).current().select_related("agency")
    page = Paginator(matching_words(rows, query), PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "query": query, "form": form, "day": form.day(), "nav": "awards"}
    return render(request, "awards/eligibility.html", context)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer for one subject on one day; ``?xuat=xlsx`` gives it as a table."""
    subject = subject_or_404(request, pk)
    form = DayForm({"ngay": request.GET.get("ngay", "")})
    outlook = outlook_for(subject, form.day())
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response(f"Kiểm tra điều kiện {subject}", HEADER, exported(outlook))
    groups = [
        (label, [shown(each) for each in outlook.of_verdict(verdict)], verdict is Verdict.INELIGIBLE)
        for verdict, label in GROUPS
    ]
    context: dict[str, Any] = {
        "subject": subject,
        "form": form,
        "outlook": outlook,
        "groups": [group for group in groups if group[1]],
        "held": held(outlook),
        "open_freezes": len(open_freezes(outlook.base)),
        "nav": "awards",
    }
    return render(request, "awards/eligibility_of.html", context)


def shown(prospect: Prospect) -> tuple[Prospect, str]:
    return prospect, told(prospect)


def held(outlook: Outlook) -> dict[str, Any]:
    """Grades and awards in the order people read them: the newest first."""
    awards = sorted(outlook.base.awards or (), key=lambda each: each.year or 0, reverse=True)
    return {
        "grades": sorted((outlook.base.grades or {}).items(), reverse=True),
        "awards": [(name_of(each.award), each.year, each.decided_on) for each in awards],
    }


def exported(outlook: Outlook) -> Iterator[list[Any]]:
    """One row for each check of each award."""
    for each in outlook.prospects:
        for check in each.judgement.checks:
            verdict = VerdictKind(each.verdict.value).label
            yield [each.award.name, verdict, check.text, check.citation, told(each)]
