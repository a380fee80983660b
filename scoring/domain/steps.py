"""Scoring's steps in the timeline of a bloc-year."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blocs.domain.timeline import Step, is_closed, provides_steps, step_state
from blocs.models import BlocYear
from scoring.enums import SetState, SheetState
from scoring.models import CriteriaSet, ScoreSheet, outcome_visible


@provides_steps
def scoring_steps(bloc_year: BlocYear, user: User) -> Iterable[Step]:
    """Criteria, scores and proposals; three queries. Counts say nothing about any one agency."""
    today, closed = timezone.localdate(), is_closed(bloc_year)
    states = list(CriteriaSet.objects.filter(bloc_year=bloc_year).values_list("state", flat=True))
    opened = SetState.OPEN in states or SetState.LOCKED in states
    yield Step(
        50,
        "Bộ tiêu chí chấm điểm",
        reverse("scoring:criteria", args=[bloc_year.pk]),
        step_state(done=opened, started=bool(states), due=None, today=today, closed=closed),
        "Đang áp dụng" if opened else "Đang soạn" if states else "Chưa lập",
    )
    sheets = list(ScoreSheet.objects.filter(bloc_year=bloc_year).values_list("state", flat=True))
    sent = sum(1 for state in sheets if state != SheetState.DRAFT)
    agreed = sum(1 for state in sheets if state in (SheetState.AGREED, SheetState.LOCKED))
    yield Step(
        60,
        "Chấm điểm",
        reverse("scoring:board", args=[bloc_year.pk]),
        step_state(
            done=bool(sheets) and agreed == len(sheets),
            started=bool(sheets),
            due=bloc_year.scores_due,
            today=today,
            closed=closed,
        ),
        f"{sent}/{len(sheets)} phiếu đã gửi, {agreed} đã thống nhất" if sheets else "Chưa lập phiếu chấm",
        bloc_year.scores_due,
    )
    proposed = bloc_year.proposals.count() if outcome_visible(user, bloc_year) else 0
    yield Step(
        80,
        "Đề nghị tặng cờ",
        reverse("scoring:proposals", args=[bloc_year.pk]),
        step_state(done=proposed > 0, started=False, due=None, today=today, closed=closed),
        f"{proposed} đề nghị" if proposed else "Chưa có đề nghị",
    )
