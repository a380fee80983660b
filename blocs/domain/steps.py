"""The first and the last step of a bloc-year: composition and handover."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blocs.domain.timeline import Step, provides_steps, step_state
from blocs.enums import Role, YearState
from blocs.models import BlocYear


@provides_steps
def composition(bloc_year: BlocYear, user: User) -> Iterable[Step]:
    """No query when memberships and agencies were prefetched."""
    rows = list(bloc_year.memberships.all())
    head = next((row.agency.label for row in rows if row.role == Role.HEAD), "chưa chọn")
    words = f"{len(rows)} đơn vị; trưởng khối: {head}." if rows else "Chưa có đơn vị thành viên."
    done = bloc_year.state != YearState.PLANNING
    state = step_state(done=done, started=True, due=None, today=timezone.localdate())
    yield Step(10, "Thành phần khối", reverse("blocs:members", args=[bloc_year.pk]), state, words)


@provides_steps
def handover(bloc_year: BlocYear, user: User) -> Iterable[Step]:
    """No query when the succession and its head were fetched with the year."""
    agreed = getattr(bloc_year, "succession", None)
    done = bloc_year.state == YearState.HANDED_OVER
    started = bloc_year.state == YearState.CONCLUDED
    words = "Chưa chọn trưởng khối năm sau."
    if agreed is not None and agreed.head is not None:
        words = f"Trưởng khối năm {bloc_year.year + 1}: {agreed.head.label}."
    if done and agreed is not None and agreed.handed_over_on:
        words += f" Bàn giao ngày {agreed.handed_over_on:%d/%m/%Y}."
    state = step_state(done=done, started=started, due=None, today=timezone.localdate())
    yield Step(95, "Bàn giao trưởng khối", reverse("blocs:succession", args=[bloc_year.pk]), state, words)
