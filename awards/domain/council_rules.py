"""What the decrees leave to the province: the keys there are, and the value a council set, in force on a day.

A key without a row is "chưa quy định": never a default. NĐ 152/2025, Điều 6 khoản 2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from awards.domain.council_rule_keys import BY_KEY, DayMonth, RuleType
from awards.models import CouncilRule
from awards.tables.catalogue import in_period
from blocs.models import Agency, Council
from blocs.tables.access import access_of
from khoithidua.web.text import search_key


@dataclass(frozen=True)
class SettingsOf:
    council_id: int


def councils_of(user: User) -> QuerySet[Council]:
    """Councils whose settings this person may read: of own agencies and seats; administrators read all."""
    if user.is_staff:
        return Council.objects.all()
    access = access_of(user)
    own = Agency.objects.filter(pk__in=access.agency_ids).values("council")
    return Council.objects.filter(Q(pk__in=own) | Q(pk__in=access.standing_ids | access.seat_ids))


def settings_place(council: Council) -> SettingsOf:
    """What permission predicates read: an object that belongs to the council."""
    return SettingsOf(council.pk)


@dataclass(frozen=True)
class RuleValue:
    """A value in force: bool, int, DayMonth, or a list of texts, as its key's type says; and its legal basis."""

    value: Any
    legal_basis: str


def rule_value(council: Council | int, key: str, on: date) -> RuleValue | None:
    """What ``council`` set for ``key`` on the day ``on``; None: nothing is set. One query.

    Raises KeyError for a key that is not in the registry.
    """
    BY_KEY[key]
    return rule_values(council, on, key).get(key)


def rule_values(council: Council | int, on: date, *keys: str) -> dict[str, RuleValue]:
    """Every value of ``council`` in force on ``on`` (or those of ``keys``), in one query; the later row holds."""
    council_id = council if isinstance(council, int) else council.pk
    rows = CouncilRule.objects.filter(in_period(on), council=council_id).order_by("valid_from", "pk")
    if keys:
        rows = rows.filter(key__in=keys)
    return {row.key: RuleValue(read_value(row), row.legal_basis) for row in rows if row.key in BY_KEY}


def read_value(row: CouncilRule) -> Any:
    """The stored value as its key's type reads it."""
    if BY_KEY[row.key].type is RuleType.DAY_MONTH and isinstance(row.value, str):
        return DayMonth.read(row.value)
    return row.value


CATEGORY_KEYS = {
    "cong-trang": "dossier-due-cong-trang",
    "phong-trao": "dossier-due-phong-trao",
    "cong-hien": "dossier-due-cong-hien",
    "nien-han": "dossier-due-nien-han",
    "doi-ngoai": "dossier-due-doi-ngoai",
}
EDUCATION_KEY, EDUCATION_AGENCIES = "dossier-due-giao-duc", "education-agencies"


@dataclass(frozen=True)
class Deadline:
    day: date
    legal_basis: str


def dossier_deadline(
    council: Council | int, *, category: str, year: int, on: date, agency: Agency | None = None
) -> Deadline | None:
    """The last day for dossiers of ``category`` for the year ``year``; None: not set. One query, or two.

    Where the province set a day for schools and education offices and named them, ``agency`` among them has that one
    for merit awards.
    """
    keys = [CATEGORY_KEYS[category]] if category in CATEGORY_KEYS else []
    schools = [EDUCATION_KEY, EDUCATION_AGENCIES] if agency is not None and category == "cong-trang" else []
    found = rule_values(council, on, *keys, *schools) if keys else {}
    if agency is not None and EDUCATION_KEY in found and is_named(agency, found.get(EDUCATION_AGENCIES)):
        keys = [EDUCATION_KEY, *keys]
    return next(deadlines(found, keys, year), None)


def is_named(agency: Agency, lines: RuleValue | None) -> bool:
    """Whether a setting's lines name the agency, or the one that it belongs to."""
    named = {search_key(str(line)) for line in lines.value} if lines is not None else set()
    return bool(named) and bool(named & (names_of(agency) | (names_of(agency.parent) if agency.parent else set())))


def names_of(agency: Agency) -> set[str]:
    """What a line may call an agency, without regard to case and accents."""
    return {search_key(each) for each in (agency.name, agency.label, agency.code) if each}


def registration_deadline(council: Council | int, year: int, on: date) -> Deadline | None:
    """The last day to register for ``year``; None: not set. One query."""
    keys = ["registration-due"]
    return next(deadlines(rule_values(council, on, *keys), keys, year), None)


def deadlines(found: Mapping[str, RuleValue], keys: list[str], year: int) -> Iterator[Deadline]:
    for key in keys:
        if key in found and isinstance(found[key].value, DayMonth):
            yield Deadline(found[key].value.in_year(year), found[key].legal_basis)
