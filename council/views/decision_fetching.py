"""Decisions and what belongs to them, fetched through their scopes: what a person does not see is 404."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from blocs.models import Council
from blocs.tables.access import access_of
from council.models import Decision, DecisionLine, Issuer
from khoithidua.web.guards import require

WRITE, ISSUE = "council.write_decision", "council.issue_decision"


def decision_or_404(request: HttpRequest, pk: int) -> Decision:
    rows = Decision.objects.visible_to(request.user).select_related("issuer", "session", "corrects", "issued_by")
    return get_object_or_404(rows, pk=pk)


def own_decision(request: HttpRequest, pk: int) -> Decision:
    """For the standing body alone; who else sees it gets 403."""
    decision = decision_or_404(request, pk)
    require(request.user, WRITE, decision)
    return decision


def own_line(request: HttpRequest, pk: int) -> DecisionLine:
    rows = DecisionLine.objects.visible_to(request.user).select_related("decision__issuer", "award", "subject")
    line = get_object_or_404(rows, pk=pk)
    require(request.user, WRITE, line.decision)
    return line


def council_of(request: HttpRequest) -> Council:
    """The council whose standing body this person works in; 403 for everybody else."""
    councils = access_of(request.user).standing_ids
    if not councils:
        raise PermissionDenied(WRITE)
    return get_object_or_404(Council, pk=min(councils))


def issuers_of(request: HttpRequest, council_id: int) -> QuerySet[Issuer]:
    rows: Any = Issuer.objects.visible_to(request.user)
    found: QuerySet[Issuer] = rows.filter(council=council_id, active=True)
    return found


def actor_of(request: HttpRequest) -> Any:
    """The signed-in person, as verbs name who acts."""
    return request.user
