"""What decisions ask of the standing body: cases without a decision, old drafts, signed papers that are missing."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from awards.enums import NominationState
from awards.models import Nomination
from blocs.tables.access import access_of
from council.enums import DecisionState
from council.models import Decision

OLD_DRAFT = timedelta(days=10)
SCAN_WAITS = timedelta(days=3)
MOST = 20


@provides_todos
def passed_without_decision(user: User) -> Iterable[Todo]:
    """Passed nominations that stand in no decision, by session. One query."""
    councils = access_of(user).standing_ids
    if not councils:
        return
    rows = Nomination.objects.filter(
        dossier__council__in=councils,
        state=NominationState.PASSED,
        decision_lines__isnull=True,
        agenda_items__outcome="passed",
    )
    by_session = rows.values("agenda_items__session", "agenda_items__session__title").annotate(found=Count("pk"))
    for each in by_session.order_by("agenda_items__session")[:MOST]:
        yield Todo(
            text=f"Lập quyết định khen thưởng cho {each['found']} trường hợp Hội đồng đã thông qua",
            url=reverse("council:decision-from-session", args=[each["agenda_items__session"]]),
            about=each["agenda_items__session__title"],
        )


@provides_todos
def old_drafts(user: User) -> Iterable[Todo]:
    """Drafts that wait for ten days and longer. One query."""
    councils = access_of(user).standing_ids
    if not councils:
        return
    before = timezone.now() - OLD_DRAFT
    rows = Decision.objects.filter(council__in=councils, state=DecisionState.DRAFT, created_at__lt=before)
    for row in rows.order_by("created_at", "pk")[:MOST]:
        yield Todo(text="Ban hành hoặc xóa dự thảo quyết định", url=row.get_absolute_url(), about=row.title)


@provides_todos
def missing_scans(user: User) -> Iterable[Todo]:
    """Decisions issued three days ago and longer without their signed paper. One query."""
    councils = access_of(user).standing_ids
    if not councils:
        return
    before = timezone.now() - SCAN_WAITS
    rows = Decision.objects.filter(council__in=councils, scans__isnull=True, issued_at__lt=before)
    for row in rows.exclude(state=DecisionState.DRAFT).order_by("issued_on", "pk")[:MOST]:
        yield Todo(text="Đính kèm bản ký của quyết định", url=row.get_absolute_url(), about=f"{row}: {row.title}")
