"""Tra cứu: one box over everything the reader may see."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from blocs.domain.searching import search_all
from khoithidua.web.text import tidy


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    query = tidy(request.GET.get("q", ""))[:200]
    groups = search_all(user, query)
    context = {"query": query, "groups": groups, "found": any(group.results for group in groups), "nav": "search"}
    return render(request, "blocs/search.html", context)
