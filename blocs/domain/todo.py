"""What composition and handover ask of people."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from blocs.domain.in_play import memberships_in_play
from blocs.enums import Role, YearState
from blocs.models import BlocYear
from blocs.tables.access import access_of


@provides_todos
def standing_body(user: User) -> Iterable[Todo]:
    """Years to compose, and handed-over years whose next year does not exist yet."""
    councils = access_of(user).standing_ids
    if not councils:
        return
    head = Exists(BlocYear.objects.filter(pk=OuterRef("pk"), memberships__role=Role.HEAD))
    following = Exists(BlocYear.objects.filter(bloc=OuterRef("bloc"), year=OuterRef("year") + 1))
    rows = BlocYear.objects.filter(bloc__council__in=councils).annotate(has_head=head, has_next=following)
    waiting = rows.filter(
        Q(state=YearState.PLANNING, has_head=False) | Q(state=YearState.HANDED_OVER, has_next=False)
    ).select_related("bloc")
    for year in waiting:
        if year.state == YearState.PLANNING:
            yield Todo("Chọn thành viên và trưởng khối", reverse("blocs:members", args=[year.pk]), str(year))
        else:
            yield Todo(f"Lập năm {year.year + 1}", reverse("blocs:succession", args=[year.pk]), str(year))


@provides_todos
def secretariat(user: User) -> Iterable[Todo]:
    """Years ready to start, and concluded years to hand over: one query where there are any."""
    headed = access_of(user).headed_ids
    asking = [
        member.bloc_year_id
        for member in memberships_in_play(user)
        if member.bloc_year_id in headed and member.bloc_year.state in (YearState.PLANNING, YearState.CONCLUDED)
    ]
    if not asking:
        return
    rows = BlocYear.objects.filter(pk__in=asking)
    counted: Any = rows.annotate(size=Count("memberships"), next_head=F("succession__head"))
    for year in counted.select_related("bloc"):
        page = reverse("blocs:succession", args=[year.pk])
        if year.state == YearState.PLANNING and year.size >= 2:
            yield Todo("Bắt đầu năm thi đua", year.get_absolute_url(), str(year))
        elif year.state == YearState.CONCLUDED and year.next_head is None:
            yield Todo("Chọn trưởng khối năm sau", page, str(year))
        elif year.state == YearState.CONCLUDED:
            yield Todo("Bàn giao cho trưởng khối năm sau", page, str(year))
