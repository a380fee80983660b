"""What appraisal asks of people: dossiers to receive and appraise, opinions, postings that end."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from awards.domain.open_questions import OPEN_COMMENTS
from awards.domain.posted import APPRAISED, broken_off
from awards.enums import DossierState
from awards.models import Dossier, Opinion, Posting
from blocs.tables.access import access_of

S = DossierState
MOST = 50
SOON = timedelta(days=3)


@provides_todos
def dossiers_to_appraise(user: User) -> Iterable[Todo]:
    """For the standing body: dossiers to receive that are mine or nobody's, and mine to appraise. One query."""
    councils = access_of(user).standing_ids
    if not councils:
        return
    mine = Q(assigned_to=user)
    waiting = Q(state=S.SUBMITTED) & (mine | Q(assigned_to__isnull=True)) | Q(state=S.RECEIVED) & mine
    unassigned = Q(state=S.RECEIVED, assigned_to__isnull=True)
    rows = Dossier.objects.filter(waiting | unassigned, council__in=councils).select_related("agency")
    for dossier in rows.order_by("appraisal_due", "pk")[:MOST]:
        yield Todo(
            text=f"{words_of(dossier)} {dossier.code} của {dossier.agency.label}",
            url=reverse("awards:appraisal", args=[dossier.pk]),
            about=f"Hồ sơ khen thưởng năm {dossier.year}",
            due=dossier.appraisal_due if dossier.state == S.RECEIVED else None,
        )


def words_of(dossier: Dossier) -> str:
    if dossier.state == S.SUBMITTED:
        return "Tiếp nhận hồ sơ"
    return "Thẩm định hồ sơ" if dossier.assigned_to_id else "Phân công thẩm định hồ sơ"


@provides_todos
def opinions_to_answer(user: User) -> Iterable[Todo]:
    """For the agency that is asked. One query."""
    agencies = access_of(user).agency_ids
    if not agencies:
        return
    rows = Opinion.objects.filter(asked__in=agencies, answered_at__isnull=True)
    open_ones = rows.filter(dossier__state__in=[S.RECEIVED, S.SUPPLEMENT]).select_related("asked")
    for opinion in open_ones.order_by("due", "pk")[:MOST]:
        yield Todo(
            text=f"Trả lời ý kiến: {opinion.get_kind_display().lower()}",
            url=opinion.get_absolute_url(),
            about=opinion.asked.label,
            due=opinion.due,
        )


@provides_todos
def postings_to_follow(user: User) -> Iterable[Todo]:
    """For the standing body: lists whose comments wait, that end within three days, or that were interrupted.

    Two queries, and those of ``broken_off`` when there is a list.
    """
    councils = access_of(user).standing_ids
    if not councils:
        return
    today = timezone.localdate()
    waiting = Count("comments", filter=Q(comments__outcome__in=OPEN_COMMENTS))
    recent = Posting.objects.public().filter(council__in=councils).annotate(waiting=waiting)
    ending = Q(until_on__gte=today, until_on__lte=today + SOON)
    for posting in recent.filter(ending | Q(waiting__gt=0)).order_by("until_on", "pk")[:MOST]:
        yield todo_of_posting(posting, ending_words(posting, today), posting.until_on)
    under_way = Posting.objects.public().filter(council__in=councils, nominations__dossier__state__in=APPRAISED)
    broken = Counter(each.posting for each in broken_off(under_way.distinct()))
    for posting, count in list(broken.items())[:MOST]:
        yield todo_of_posting(posting, f"Cần đăng lại {count} trường hợp: công khai bị gián đoạn", None)


def ending_words(posting: Any, today: date) -> str:
    if posting.until_on < today:
        return f"Xử lý {posting.waiting} ý kiến nhận được trong thời gian công khai"
    return "Tổng hợp, xử lý ý kiến công khai"


def todo_of_posting(posting: Posting, words: str, due: date | None) -> Todo:
    return Todo(text=words, url=posting.get_absolute_url(), about=posting.title, due=due)
