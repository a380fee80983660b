"""What is not stated stays not stated, and the words and periods that every rule reads."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from awards.law.checks import Judgement, Verdict
from awards.law.engine import judge
from awards.law.facts import (
    Absence,
    Away,
    BlocResult,
    Category,
    Discipline,
    Freeze,
    FreezeKind,
    Given,
    Grade,
    Initiative,
    Move,
    MovementResult,
    Nominee,
    People,
    Predecessor,
    Sanction,
    Scope,
    SubjectKind,
    Use,
)
from awards.law.names import NAMES, TITLES
from awards.law.rule_sets import RULE_SETS
from tests.law.nominees import person

DAY = date(2024, 6, 30)
COUNTS = ("total", "completed", "ld_tien_tien", "cstd_co_so", "disciplined", "women")
UNSTATED: list[tuple[Any, dict[str, Any]]] = [
    (
        Given("bk-tinh"),
        dict.fromkeys(("year", "decided_on", "achieved_until"))
        | {"category": Category.MERIT, "revoked": False, "achievement": ""},
    ),
    (Use("bk-tinh"), {"year": None}),
    (Initiative("sk", None, None), {"kind": "initiative", "used_for": (), "name": ""}),
    (Freeze(FreezeKind.PRESS, DAY), {"cleared_on": None, "upheld": False}),
    (Discipline(Sanction.WARNING, DAY), {"served_until": None}),
    (Away(Absence.SICK, 2024), {"working_days": None, "months_worked": None}),
    (Move(), dict.fromkeys(("months_at_old_unit", "old_unit_comments", "proposed_by_new_unit"))),
    (Predecessor("Sở A"), {"until": None, "grades": {}, "awards": (), "founded": None}),
    (People(), dict.fromkeys(COUNTS)),
    (BlocResult(), {"rank": None, "targets_exceeded": None, "disqualified": (), "organiser": "province"}),
    (MovementResult(), {"launched_by": "", "years": None, "leads": None, "concluded": None}),
    (
        Nominee("n", "bk-tinh", DAY, SubjectKind.INDIVIDUAL),
        dict.fromkeys(("year", "worker", "manager", "founded", "flag_eligible", "grades", "awards", "initiatives"))
        | dict.fromkeys(("people", "bloc", "movement", "received_on", "achieved_until", "considered_on"))
        | dict.fromkeys(("dissolved_on", "proposed_by_successor"))
        | dict.fromkeys(("name", "branch", "sex", "rule_set", "achievement"), "")
        | dict.fromkeys(("freezes", "disciplines", "aways", "moves", "predecessors"), ())
        | {"category": Category.MERIT, "attested": {}},
    ),
    (Judgement("n", "bk-tinh", "R2024", Verdict.ELIGIBLE, ()), {"notes": (), "branches": (), "banner": ""}),
]


@pytest.mark.parametrize(
    ("fact", "field", "value"),
    [
        pytest.param(fact, field, value, id=f"{type(fact).__name__}-{field}")
        for fact, fields in UNSTATED
        for field, value in fields.items()
    ],
)
def test_a_fact_that_nobody_stated_is_none_and_a_list_that_nobody_filled_is_empty(
    fact: Any, field: str, value: Any
) -> None:
    found = getattr(fact, field)
    assert (found, type(found)) == (value, type(value))


def test_an_award_without_text_is_told_without_any_branch() -> None:
    found = judge(person("khen-thuong", "2024-12-31"))
    assert (found.branches, found.open_branches, found.notes) == ((), (), ())


# --- words and their order -----------------------------------------------------------------------------------------


def test_law_2022_article_8_the_kinds_of_commendation_keep_their_words() -> None:
    assert [each.value for each in Category] == [
        *("cong-trang", "dot-xuat", "phong-trao", "cong-hien", "nien-han", "doi-ngoai")
    ]


def test_decree_152_article_4_the_absences_keep_their_words() -> None:
    assert [each.value for each in Absence] == ["maternity", "sick", "newly-recruited", "other"]


@pytest.mark.parametrize(
    ("kind", "rising"),
    [
        (Grade, ["KHT", "HT", "HTT", "HTXS"]),
        (Scope, ["BASE", "PROVINCE", "NATION"]),
        (Sanction, ["REPRIMAND", "WARNING", "DEMOTION", "DISMISSAL"]),
    ],
)
def test_grades_scopes_and_sanctions_rise_one_by_one_from_the_least(kind: Any, rising: list[str]) -> None:
    assert [(each.name, each.value) for each in kind] == [(name, n) for n, name in enumerate(rising, start=1)]


# --- periods of the law --------------------------------------------------------------------------------------------


def test_every_period_of_the_law_begins_the_day_after_the_one_before_has_ended() -> None:
    for before, after in pairwise(RULE_SETS):
        assert before.ends is not None
        assert after.starts == before.ends + timedelta(days=1), after.code
    assert RULE_SETS[-1].ends is None


def test_every_period_cites_the_law_and_the_decree_of_its_days() -> None:
    assert [(each.code, each.law, each.decree) for each in RULE_SETS] == [
        ("R2017", "Luật TĐKT 2003 (sửa đổi, bổ sung 2013)", "Nghị định 91/2017/NĐ-CP"),
        ("R2024", "Luật TĐKT 2022", "Nghị định 98/2023/NĐ-CP"),
        ("R2025", "Luật TĐKT 2022", "Nghị định 152/2025/NĐ-CP"),
        ("R2026", "Luật TĐKT 2022", "Nghị định 152/2025/NĐ-CP"),
    ]


# --- titles and forms ----------------------------------------------------------------------------------------------


def test_law_2022_articles_19_and_20_these_are_titles_and_everything_else_is_a_form() -> None:
    persons = {"cstd-toan-quoc", "cstd-tinh", "cstd-co-so", "ld-tien-tien"}
    collectives = {"co-chinh-phu", "co-tinh", "co-bo", "tt-ld-xuat-sac", "tt-ld-tien-tien"}
    assert persons | collectives | {"xa-tieu-bieu", "thon-van-hoa", "gia-dinh-van-hoa"} == TITLES


def test_a_certificate_whose_giver_the_source_does_not_name_has_its_own_name() -> None:
    assert NAMES["bang-khen"] == "Bằng khen"
