"""The steps of a bloc-year that its rooms know: pledge, movements, annual conference."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blocs.domain.pledging import existing_pledge
from blocs.domain.timeline import Step, is_closed, provides_steps, step_state
from blocs.enums import ConferenceKind, PledgeState, YearState
from blocs.models import BlocYear, Conference, Pledge


@provides_steps
def pledge_step(bloc_year: BlocYear, user: User) -> Iterable[Step]:
    """Two queries at most: signatures, members."""
    pledge = existing_pledge(bloc_year)
    yield Step(
        order=20,
        title="Ký kết giao ước thi đua",
        url=reverse("blocs:pledge", args=[bloc_year.pk]),
        state=step_state(
            done=pledge is not None and pledge.state == PledgeState.SIGNED,
            started=pledge is not None,
            due=bloc_year.pledge_due,
            today=timezone.localdate(),
            closed=is_closed(bloc_year),
        ),
        words=pledge_words(bloc_year, pledge),
        due=bloc_year.pledge_due,
    )


def pledge_words(bloc_year: BlocYear, pledge: Pledge | None) -> str:
    if pledge is None:
        return "Chưa soạn giao ước."
    if pledge.state == PledgeState.SIGNED:
        return f"Đã ký kết ngày {pledge.signed_on:%d/%m/%Y}." if pledge.signed_on else "Đã ký kết."
    if pledge.state == PledgeState.OPEN:
        return f"{pledge.signatures.count()}/{bloc_year.memberships.count()} đơn vị đã ký."
    return "Đang dự thảo."


@provides_steps
def movements_step(bloc_year: BlocYear, user: User) -> Iterable[Step]:
    """One query."""
    count = bloc_year.movements.aggregate(count=Count("pk"))["count"]
    yield Step(
        order=30,
        title="Phong trào thi đua",
        url=reverse("blocs:movements", args=[bloc_year.pk]),
        state=step_state(
            done=count > 0,
            started=bloc_year.state != YearState.PLANNING and not is_closed(bloc_year),
            due=None,
            today=timezone.localdate(),
            closed=is_closed(bloc_year),
        ),
        words=f"{count} phong trào." if count else "Chưa ghi phong trào nào.",
    )


@provides_steps
def annual_conference_step(bloc_year: BlocYear, user: User) -> Iterable[Step]:
    """One query where the conferences were not read before. One on a day to come is planned, not held."""
    today = timezone.localdate()
    held = [each for each in bloc_year.conferences.all() if each.kind == ConferenceKind.ANNUAL_REVIEW]
    found = max(held, key=lambda each: (each.held_on or date.min, each.pk), default=None)
    yield Step(
        order=70,
        title="Hội nghị tổng kết năm",
        url=found.get_absolute_url() if found else reverse("blocs:conferences", args=[bloc_year.pk]),
        state=step_state(
            done=found is not None and (found.held_on is None or found.held_on <= today),
            started=found is not None or bloc_year.state == YearState.SCORING,
            due=None,
            today=today,
            closed=is_closed(bloc_year),
        ),
        words=conference_words(found, bloc_year),
    )


def conference_words(found: Conference | None, bloc_year: BlocYear) -> str:
    if found is None:
        return "Chưa tổ chức."
    if found.held_on is None:
        return "Đã ghi hội nghị, chưa có ngày."
    planned = found.held_on > timezone.localdate()
    return f"{'Dự kiến' if planned else 'Đã tổ chức'} ngày {found.held_on:%d/%m/%Y}."
