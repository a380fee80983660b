"""What a paper is about where a year has several: a movement, a conference, a poll, a unit's score sheet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils import timezone

from blocs.models import BlocMovement, BlocYear, Conference
from reports.documents.words import long_date
from scoring.enums import PollChannel, PollMode, PollState
from scoring.models import Poll, ScoreSheet

T = TypeVar("T")


class NoSubject(LookupError):
    """The key names nothing in this bloc-year; the message is a sentence that lists what there is."""


@dataclass(frozen=True)
class Subject:
    """One of several; ``key`` is how addresses and commands name it."""

    key: str
    title: str


def movements_of(bloc_year: BlocYear) -> list[BlocMovement]:
    return list(bloc_year.movements.select_related("movement"))


def conferences_of(bloc_year: BlocYear) -> list[Conference]:
    rows = bloc_year.conferences.select_related("chair_agency").prefetch_related("attendances__agency")
    return list(rows.order_by("held_on", "pk"))


def paper_polls_of(bloc_year: BlocYear) -> list[Poll]:
    """Secret polls on paper that are not cancelled: an electronic one has no form to print."""
    rows = Poll.objects.filter(bloc_year=bloc_year, mode=PollMode.SECRET, channel=PollChannel.PAPER)
    return list(rows.exclude(state=PollState.CANCELLED).prefetch_related("options__agency"))


def sheets_of(bloc_year: BlocYear) -> list[ScoreSheet]:
    order = {pk: place for place, pk in enumerate(bloc_year.memberships.in_order().values_list("agency", flat=True))}
    rows = bloc_year.sheets.select_related("agency")
    return sorted(rows, key=lambda row: (order.get(row.agency_id, len(order)), row.pk))


def movement_subjects(bloc_year: BlocYear) -> list[Subject]:
    return [Subject(str(row.pk), row.movement.name) for row in movements_of(bloc_year)]


def conference_subjects(bloc_year: BlocYear) -> list[Subject]:
    rows = bloc_year.conferences.order_by("held_on", "pk")
    return [Subject(str(row.pk), conference_title(row)) for row in rows]


def conference_title(row: Conference) -> str:
    return f"{row.get_kind_display()}{f', {long_date(row.held_on)}' if row.held_on else ' (chưa có ngày)'}"


def poll_subjects(bloc_year: BlocYear) -> list[Subject]:
    return [Subject(str(row.pk), str(row)) for row in paper_polls_of(bloc_year)]


def sheet_subjects(bloc_year: BlocYear) -> list[Subject]:
    return [Subject(row.agency.code, row.agency.name) for row in sheets_of(bloc_year)]


def chosen(rows: Sequence[T], key: str, *, key_of: Callable[[T], str], default: T | None) -> T | None:
    """The row that ``key`` names, ``default`` for no key. Raises NoSubject."""
    if not key:
        return default
    for row in rows:
        if key_of(row) == key:
            return row
    raise NoSubject(f"Không có mục «{key}». Hãy chọn một trong: {', '.join(map(key_of, rows)) or 'chưa có mục nào'}.")


def by_pk(row: BlocMovement | Conference | Poll) -> str:
    return str(row.pk)


def next_conference(rows: Iterable[Conference], today: date | None = None) -> Conference | None:
    """The next one to come, else the latest; one without a day comes after those with one."""
    rows = list(rows)
    day = today or timezone.localdate()
    coming = [row for row in rows if row.held_on is not None and row.held_on >= day]
    past = [row for row in rows if row.held_on is not None]
    last = past or rows
    return next(iter(coming), None) or (last[-1] if last else None)
