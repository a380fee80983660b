"""The sendings of a dossier and what differs between any two: for its makers and the standing body."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from awards.domain.versions import difference
from awards.views.appraisal_fetching import seen_dossier


@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """All sendings; the last two compared unless ``?tu=`` and ``?den=`` name others."""
    dossier = seen_dossier(request, pk)
    rows = list(dossier.versions.select_related("sent_by").defer("content").order_by("number"))
    numbers = [row.number for row in rows]
    if len(numbers) < 2:
        return render(request, "awards/versions.html", {"dossier": dossier, "versions": rows, "nav": "awards"})
    old, new = named(request, "tu", numbers[-2]), named(request, "den", numbers[-1])
    if old not in numbers or new not in numbers:
        raise Http404
    content = dict(dossier.versions.filter(number__in=[old, new]).values_list("number", "content"))
    context = {"dossier": dossier, "versions": rows, "old": old, "new": new, "nav": "awards"}
    return render(request, "awards/versions.html", context | {"difference": difference(content[old], content[new])})


def named(request: HttpRequest, name: str, default: int) -> int:
    given = request.GET.get(name, "")
    if not given:
        return default
    return int(given) if given.isdecimal() and len(given) < 6 else 0
