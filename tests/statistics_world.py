"""Movements and awards of every kind for the statutory statistics; each combination once, nothing random."""

from datetime import date
from itertools import product
from typing import Any

from awards.enums import Category, SubjectGroup
from awards.models import AwardForm, AwardRecord, Subject
from blocs.models import Movement
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.domain.decisions.lines import edit_line
from council.models import Decision, DecisionLine
from tests.council_decisions_world import chair
from tests.world import World

# Of each column of 0602 and 0603, and one that 0603 has no column for.
CODES = (
    *("hc-lao-dong-ba", "hc-lao-dong-nhat", "gt-nha-nuoc", "nha-giao-uu-tu", "co-chinh-phu", "bk-thu-tuong"),
    *("cstd-toan-quoc", "bk-tinh", "cstd-tinh", "co-tinh", "ky-niem-chuong", "tt-ld-xuat-sac"),
)
KINDS = ("individual", "collective", "household")


def subject(world: World, name: str, kind: str = "individual", group: str = "", **rest: Any) -> Subject:
    values = {"council": world.council, "agency": world.syt, "name": name, "kind": kind, "group": group}
    return Subject.objects.create(**values | rest)


def entered(
    world: World, code: str = "bk-tinh", on: date | None = date(2026, 3, 1), year: int = 2026, **rest: Any
) -> AwardRecord:
    """A line of the register that no decision of this system wrote."""
    whose = rest.pop("whose", None) or subject(world, "Người nhập tay")
    return AwardRecord.objects.create(
        subject=whose, award=AwardForm.objects.get(code=code), year=year, decided_on=on, **rest
    )


def many_awards(world: World, times: int = 1) -> int:
    """Each kind × group × category × award once, over all days of two years; how many."""
    awards = [AwardForm.objects.get(code=code) for code in CODES]
    combinations = [(k, g, c) for k, g, c in product(KINDS, SubjectGroup.values, Category.values)] * times
    people = [
        Subject(council=world.council, agency=world.syt, name=f"Đối tượng {n}", kind=kind, group=group, code=f"tk-{n}")
        for n, (kind, group, _) in enumerate(combinations)
    ]
    made = Subject.objects.bulk_create(people)
    AwardRecord.objects.bulk_create(
        AwardRecord(
            subject=whose,
            award=awards[n * 5 % len(awards)],
            year=2025 + n // 5 % 2,
            category=category,
            decided_on=None if n % 17 == 0 else date(2025 + n // 5 % 2, 1 + n // 12 % 12, 1 + n % 28),
            revoked_on=date(2026, 1 + n % 12, 15) if n % 5 == 0 else None,
        )
        for n, (whose, (_, _, category)) in enumerate(zip(made, combinations, strict=True))
    )
    return len(combinations)


def movement(world: World, name: str = "Thi đua", **rest: Any) -> Movement:
    return Movement.objects.create(council=world.council, name=name, **rest)


def many_movements(world: World) -> int:
    """Each scope × kind × years × day of launch once; how many."""
    spans = ((None, None), (2026, None), (2026, 2026), (2026, 2027), (2025, 2027), (2024, 2027), (2022, 2026))
    days = (None, date(2026, 2, 3), date(2025, 11, 30))
    found = list(product(("nation", "province", "bloc", "agency"), ("regular", "thematic", "special"), spans, days))
    for number, (scope, kind, (starts, ends), day) in enumerate(found):
        movement(world, f"Phong trào {number}", scope=scope, kind=kind, starts=starts, ends=ends, launched_on=day)
    return len(found)


def later(world: World, decision: Decision, kind: str, line: DecisionLine, on: date, **fields: str) -> Decision:
    """A correction or a revocation of one line, issued ``on``."""
    actor = world.person("standing")
    made = draft_later(decision, lines=[line], kind=kind, issuer=chair(world), reason="Ghi sai.", actor=actor)
    if fields:
        edit_line(made.lines.get(), fields=fields, base=None, actor=None)
    issue(made, actor=actor, issued_on=on)
    return made
