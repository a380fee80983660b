"""Tin hội nghị: the draft from the records, the own text, and both as plain text."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from blocs.models import BlocYear
from blocs.views.fetching import actor_of
from khoithidua.web.downloads import attachment, file_name
from khoithidua.web.guards import require
from reports.documents.news import KIND, TITLES, collect, text_of
from reports.documents.news_text import FEWEST, MOST, draft, title_of, word_count
from reports.documents.rich_text import parse, plain
from reports.domain.news import NewsRefused, StaleNews, own_news, save_news
from reports.forms_review import NewsForm
from reports.views.fetching import year_or_404

CONFLICT, REFUSED = 409, 400


def news_year(request: HttpRequest, pk: int, kind: str) -> BlocYear:
    year = year_or_404(request, pk)
    require(request.user, "reports.read_words", year)
    if kind not in TITLES:
        raise Http404
    return year


@require_http_methods(["GET", "POST"])
def news(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The item in an editor; an empty text goes back to the draft."""
    year = news_year(request, pk, kind)
    if request.method == "GET":
        return page(request, year, kind)
    require(request.user, "reports.write_words", year)
    form = NewsForm(request.POST)
    if not form.is_valid():
        return page(request, year, kind, status=REFUSED, form=form)
    text = "" if "draft" in request.POST else form.cleaned_data["text"]
    try:
        save_news(year, kind, text, version=form.cleaned_data["version"], actor=actor_of(request))
    except StaleNews as stale:
        form = NewsForm({"text": form.cleaned_data["text"], "version": stale.version})
        return page(request, year, kind, status=CONFLICT, form=form, refusal=str(stale), theirs=stale)
    except NewsRefused as refusal:
        return page(request, year, kind, status=REFUSED, form=form, refusal=str(refusal))
    messages.success(request, "Đã lưu tin." if text else "Tin trở lại theo bản dự thảo từ số liệu.")
    return redirect("reports:news", pk, kind)


def page(
    request: HttpRequest, year: BlocYear, kind: str, *, status: int = 200, form: NewsForm | None = None, **more: Any
) -> HttpResponse:
    context = news_context(year, kind)
    context["form"] = form or NewsForm(initial={"text": context["text"], "version": context["version"]})
    context["may_write"] = actor_of(request).has_perm("reports.write_words", year)
    return render(request, "reports/review/news.html", context | more, status=status)


def news_context(year: BlocYear, kind: str) -> dict[str, Any]:
    """The item as it stands, how long it is, and the draft beside an own text."""
    facts, row = collect(year, kind), own_news(year, kind)
    text, drafted = text_of(facts), draft(facts)
    return {
        "year": year,
        "kind": kind,
        "paper_kind": KIND,
        "title": TITLES[kind],
        "headline": title_of(facts),
        "text": text,
        "version": row.version if row else 0,
        "row": row if facts.own else None,
        "pieces": parse(text),
        "drafted": drafted,
        "drafted_pieces": parse(drafted),
        "words": word_count(text) if drafted or facts.own else 0,
        "fewest": FEWEST,
        "most": MOST,
        "nav": "reports",
    }


@require_GET
def news_text(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Title and paragraphs as a text file (UTF-8), without marks."""
    year = news_year(request, pk, kind)
    facts = collect(year, kind)
    content = f"{title_of(facts)}\n\n{plain(text_of(facts)).replace(chr(10), chr(10) * 2)}\n"
    name = file_name(f"{TITLES[kind]} {year}", "txt")
    return attachment(content.encode(), name=name, content_type="text/plain; charset=utf-8")
