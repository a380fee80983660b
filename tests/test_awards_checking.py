"""Judging what stands in dossiers: stored verdicts, what meets elsewhere, after a change, in constant queries."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from awards.domain.checking import check_nominations, recheck_dossier, recheck_subjects
from awards.domain.duplicates import known_rivals
from awards.domain.nominations import add_nominations, rely_on
from awards.domain.workflow import DOSSIER
from awards.models import Dossier, Nomination, RequiredPaper, Subject
from tests.awards_world import DossierFactory, SubjectFactory, award, grade, initiative, nominate, record
from tests.world import World

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def dossier(world: World) -> Dossier:
    return DossierFactory(agency=world.syt, year=2025)


def person(world: World, **rest: Any) -> Subject:
    return SubjectFactory(agency=world.syt, council=world.council, **rest)


def judged(row: Nomination) -> Nomination:
    check_nominations([Nomination.objects.select_related("dossier", "subject", "award").get(pk=row.pk)])
    row.refresh_from_db()
    return row


def texts(row: Nomination) -> str:
    return " ".join(each["text"] for each in row.checks["checks"])


def test_the_verdict_is_kept_with_its_sentences_and_articles(world: World, dossier: Dossier) -> None:
    subject = person(world)
    grade(subject, y2025="HTXS")
    row = judged(nominate(dossier, subject, "cstd-co-so"))

    assert (row.rule_set, row.version) == ("R2025", 0)
    assert row.checked_at is not None
    assert all(each["citation"] and each["text"].endswith(".") for each in row.checks["checks"])
    assert {"checks", "notes", "branches", "open_branches", "banner", "duplicates"} == row.checks.keys()


def test_a_person_without_the_three_titles_is_told_so(world: World, dossier: Dossier) -> None:
    subject = person(world)
    grade(subject, y2025="HTXS", y2024="HTXS", y2023="HTXS")
    record(subject, "cstd-co-so", 2025)
    row = judged(nominate(dossier, subject, "cstd-tinh"))

    assert row.verdict == "ineligible"
    assert "Chiến sĩ thi đua cơ sở" in texts(row)


@pytest.mark.parametrize(
    ("received", "rule_set"),
    [
        (date(2023, 12, 31), "R2017"),
        (date(2024, 1, 1), "R2024"),
        (date(2025, 7, 1), "R2025"),
        (date(2026, 10, 1), "R2026"),
    ],
)
def test_the_day_of_receipt_picks_the_law(world: World, received: date, rule_set: str) -> None:
    dossier = DossierFactory(agency=world.syt, year=received.year, received_on=received, state="received")
    row = judged(nominate(dossier, person(world), "ld-tien-tien"))

    assert row.rule_set == rule_set
    assert bool(row.checks["banner"]) == (rule_set == "R2026")


def test_a_change_of_history_is_judged_anew_but_not_in_what_is_concluded(world: World, dossier: Dossier) -> None:
    subject = person(world)
    one = judged(nominate(dossier, subject, "ld-tien-tien"))
    old = nominate(DossierFactory(agency=world.syt, year=2024, state="concluded"), subject, "ld-tien-tien")
    grade(subject, y2025="KHT")

    assert recheck_subjects([subject.pk]) == 1
    one.refresh_from_db()
    old.refresh_from_db()
    assert (one.verdict, old.verdict) == ("ineligible", "")


# What meets elsewhere


def test_another_unit_s_proposal_is_told_without_its_name_once_it_was_sent(world: World, dossier: Dossier) -> None:
    RequiredPaper.objects.all().delete()
    subject = person(world)
    own = judged(nominate(dossier, subject, "bk-tinh"))
    others = DossierFactory(agency=world.other, council=world.council, year=2025, code="HS-KHAC")
    nominate(others, subject, "bk-tinh")
    assert judged(own).checks["duplicates"] == []

    Dossier.objects.filter(pk=others.pk).update(state="signed_off")
    DOSSIER.perform(others, "submit", actor=world.person("stranger"))

    own.refresh_from_db()
    assert own.verdict in ("needs-decision", "ineligible")
    assert own.checks["duplicates"] == [
        "Đang được một đơn vị khác đề nghị Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2025; "
        "hãy trao đổi với cơ quan thường trực Hội đồng trước khi gửi."
    ]
    assert "HS-KHAC" not in str(own.checks)
    assert "Sở Xây dựng" not in str(own.checks)
    loaded = Nomination.objects.select_related("dossier", "award").get(pk=own.pk)
    assert [each.dossier.code for each in known_rivals(dossier, [loaded])[own.pk]] == ["HS-KHAC"]


def test_one_s_own_second_dossier_is_named(world: World, dossier: Dossier) -> None:
    subject = person(world)
    nominate(DossierFactory(agency=world.syt, year=2025, code="HS-HAI"), subject, "bk-tinh")
    row = judged(nominate(dossier, subject, "bk-tinh"))

    assert "Đã có trong hồ sơ HS-HAI với cùng hình thức" in row.checks["duplicates"][0]


def test_two_forms_for_one_year_are_one_achievement(world: World, dossier: Dossier) -> None:
    subject = person(world)
    one, other = nominate(dossier, subject, "bk-tinh"), nominate(dossier, subject, "giay-khen")

    for row in (judged(one), judged(other)):
        clash = next(each for each in row.checks["checks"] if each["rule"] == "A4-1")
        assert (clash["passed"], clash["citation"]) == (None, "Luật TĐKT 2022, Điều 5 khoản 2 điểm c")
        assert row.verdict != "eligible"


def test_two_titles_of_one_year_are_a_note_about_money(world: World, dossier: Dossier) -> None:
    subject = person(world)
    nominate(dossier, subject, "cstd-co-so")
    row = judged(nominate(dossier, subject, "ld-tien-tien"))

    assert [each["rule"] for each in row.checks["notes"] if each["rule"] == "B6"] == ["B6"]
    assert not [each for each in row.checks["checks"] if each["rule"] == "A4-1"]


def test_another_year_is_another_achievement(world: World, dossier: Dossier) -> None:
    subject = person(world)
    nominate(DossierFactory(agency=world.syt, year=2024), subject, "bk-tinh")

    assert judged(nominate(dossier, subject, "bk-tinh")).checks["duplicates"] == []


def test_an_initiative_of_a_title_is_barred_for_a_form(world: World, dossier: Dossier) -> None:
    subject = person(world)
    grade(subject, y2025="HTXS")
    idea = initiative(subject, "province", 2025)
    rely_on(nominate(dossier, subject, "cstd-co-so"), [idea], actor=None)
    form = nominate(dossier, subject, "bk-tinh", branch="74.1.d")
    rely_on(form, [idea], actor=None)

    told = " ".join(each["text"] for each in [*judged(form).checks["checks"], *form.checks["notes"]])
    assert form.verdict != "eligible"
    assert told


# Queries


def test_checking_asks_the_same_of_the_database_for_one_and_sixty(
    world: World, dossier: Dossier, django_assert_num_queries: Any
) -> None:
    nominate(dossier, person(world), "cstd-co-so")
    with django_assert_num_queries(QUERIES):
        recheck_dossier(dossier)
    people = [person(world) for _ in range(59)]
    for each in people:
        grade(each, y2025="HTT")
    add_nominations(dossier, subjects=people, award=award("cstd-co-so"), actor=None)

    with django_assert_num_queries(QUERIES):
        assert recheck_dossier(dossier) == 60


QUERIES = 17


def test_the_button_checks_again(client: Client, world: World, dossier: Dossier) -> None:
    row = nominate(dossier, person(world), "ld-tien-tien")
    client.force_login(world.person("officer"))

    page = client.post(f"/ho-so/{dossier.pk}/kiem-tra/", follow=True).content.decode()

    row.refresh_from_db()
    assert row.verdict
    assert "Đã kiểm tra lại 1 trường hợp." in page
