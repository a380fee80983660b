"""Verdicts reached by other inputs than those of now: seen as older, checked again before anybody relies on them."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.domain.workflow import TransitionRefused
from awards.domain.appraising import Ruling, judge_nomination, seen_of
from awards.domain.batching import perform_rulings
from awards.domain.catalogue_editing import change_award
from awards.domain.catalogue_parts import AWARD_FIELDS
from awards.domain.checking import recheck_dossier, renew, renew_dossier
from awards.domain.open_matters import frozen_subjects
from awards.domain.panel import panel_of
from awards.domain.rule_writing import set_rule, take_back_rule
from awards.domain.workflow import DOSSIER
from awards.models import Dossier, Freeze, Nomination
from blocs.domain.petitions import add_petition, change_petition
from blocs.models import BlocYear, Movement, Petition
from tests.appraisal_world import case_of, sent_dossier
from tests.awards_world import SubjectFactory, nominate
from tests.world import World

GOOD = Ruling("find_eligible", "Đủ giấy tờ")


@pytest.fixture(autouse=True)
def _day() -> Any:
    with time_machine.travel("2026-03-05 09:00+07:00", tick=False):
        yield


@pytest.fixture
def dossier(world: World) -> Dossier:
    """A person and the agency itself, checked today."""
    made = sent_dossier(world, year=2025)
    nominate(made, SubjectFactory(agency=world.syt, kind="collective", is_agency=True, name="Sở Y tế"), "co-tinh")
    recheck_dossier(made)
    return made


def person(dossier: Dossier) -> Nomination:
    return dossier.nominations.select_related("subject", "award", "dossier").get(subject__is_agency=False)


def agency(dossier: Dossier) -> Nomination:
    return dossier.nominations.select_related("subject", "award", "dossier").get(subject__is_agency=True)


def petition(world: World, **fields: Any) -> Petition:
    values = {"agency": world.syt, "received_on": date(2026, 3, 4), "subject": "Đơn tố cáo", "status": "open"}
    return add_petition(world.year, fields=values | fields, actor=world.person("standing"))


def set_months(world: World, value: int) -> Any:
    period = {"valid_from": None, "valid_to": None, "note": ""}
    basis = "Quyết định số 1/QĐ-UBND"
    given = {"value": value, "legal_basis": basis} | period
    return set_rule(world.council, "attendance-months", **given, actor=world.person("standing"))


def test_what_was_checked_by_the_inputs_of_now_is_left(dossier: Dossier) -> None:
    before = list(dossier.nominations.values_list("checked_at", "inputs"))
    with time_machine.travel("2026-03-06 09:00+07:00", tick=False):
        assert renew_dossier(dossier) == 0

    assert list(dossier.nominations.values_list("checked_at", "inputs")) == before


def test_a_value_of_the_province_makes_answers_older_without_touching_them(world: World, dossier: Dossier) -> None:
    checked = set(dossier.nominations.values_list("checked_at", flat=True))

    rule = set_months(world, 11)

    assert set(dossier.nominations.values_list("checked_at", flat=True)) == checked
    assert renew_dossier(dossier) == 2
    assert renew_dossier(dossier) == 0
    take_back_rule(rule, reason="Nhầm", actor=world.person("standing"))
    assert renew_dossier(dossier) == 2


def test_a_value_for_other_days_changes_nothing(world: World, dossier: Dossier) -> None:
    rule = set_months(world, 11)
    rule.valid_from = date(2027, 1, 1)
    rule.save()

    assert renew_dossier(dossier) == 0


def test_a_change_of_the_catalogue_makes_answers_older(world: World, dossier: Dossier) -> None:
    award = person(dossier).award
    fields = {name: getattr(award, name) for name in AWARD_FIELDS} | {"name": "Chiến sĩ thi đua cơ sở mới"}
    change_award(award, fields=fields, seen=None, actor=world.person("standing"))

    assert renew_dossier(dossier) == 2


def test_a_petition_makes_the_answer_about_its_agency_older(world: World, dossier: Dossier) -> None:
    kept = petition(world)

    assert renew_dossier(dossier) == 1
    row = agency(dossier)
    assert any(each["rule"] == "A4-4" and each["passed"] is not True for each in row.checks["checks"])
    fields = {"agency": world.syt, "received_on": kept.received_on, "subject": kept.subject, "status": "resolved"}
    change_petition(kept, fields=fields, reason="Kết luận 1", actor=world.person("standing"))
    assert renew_dossier(dossier) == 1
    row.refresh_from_db()
    assert not any(each["rule"] == "A4-4" and each["passed"] is not True for each in row.checks["checks"])


def test_a_movement_that_changes_and_a_law_of_another_release_make_answers_older(
    world: World, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    movement = Movement.objects.create(council=world.council, name="Chuyển đổi số", scope="province", starts=2024)
    Dossier.objects.filter(pk=dossier.pk).update(movement=movement)
    assert renew_dossier(Dossier.objects.get(pk=dossier.pk)) == 2
    Movement.objects.update(ends=2025)
    assert renew_dossier(Dossier.objects.get(pk=dossier.pk)) == 2

    monkeypatch.setattr("awards.domain.check_inputs.rules_digest", lambda: "another")
    assert renew_dossier(Dossier.objects.get(pk=dossier.pk)) == 2


def test_a_matter_that_begins_by_its_day_makes_the_answer_older(dossier: Dossier) -> None:
    row = person(dossier)
    Freeze.objects.create(subject=row.subject, kind="discipline", since=date(2026, 3, 9), cleared_on=date(2026, 3, 12))
    found = []
    for day in (5, 9, 10, 12):
        with time_machine.travel(f"2026-03-{day:02d} 09:00+07:00", tick=False):
            found.append(renew_dossier(dossier))

    assert found == [0, 1, 0, 1]


def test_a_draft_is_judged_by_the_law_of_each_day(world: World) -> None:
    draft = sent_dossier(world, state="draft", to=None)
    recheck_dossier(draft)

    assert renew_dossier(draft) == 0
    with time_machine.travel("2026-03-06 09:00+07:00", tick=False):
        assert renew_dossier(draft) == 1


def test_a_concluded_dossier_keeps_what_was_known(world: World, dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(state="concluded")
    set_months(world, 11)

    assert renew_dossier(Dossier.objects.get(pk=dossier.pk)) == 0
    assert renew([agency(dossier)]) == 0


@pytest.mark.parametrize("name", ["awards:dossier", "awards:appraisal"])
def test_opening_the_dossier_shows_the_answer_of_now(client: Client, world: World, dossier: Dossier, name: str) -> None:
    Nomination.objects.filter(dossier=dossier).update(verdict="eligible")
    client.force_login(world.person("standing"))
    petition(world)

    page = client.get(reverse(name, args=[dossier.pk])).content.decode()

    assert agency(dossier).verdict != "eligible"
    assert agency(dossier).get_verdict_display() in page


@pytest.mark.parametrize("name", ["awards:nomination", "awards:appraise"])
def test_opening_a_case_shows_the_answer_of_now(client: Client, world: World, dossier: Dossier, name: str) -> None:
    case = agency(dossier)
    petition(world)
    client.force_login(world.person("standing"))

    page = client.get(reverse(name, args=[case.pk])).content.decode()

    (told,) = [each["text"] for each in agency(dossier).checks["checks"] if each["rule"] == "A4-4"]
    assert told not in str(case.checks)
    assert told in page


def test_a_result_is_written_against_the_check_of_now(world: World, dossier: Dossier) -> None:
    """What the rules say now stands, not what they said when the page was opened."""
    case = person(dossier)
    Nomination.objects.filter(pk=case.pk).update(verdict="ineligible", inputs="older")

    judge_nomination(case, Ruling("find_eligible"), actor=world.person("standing"))

    assert person(dossier).verdict == "needs-decision"
    assert person(dossier).state == "eligible"


def test_an_open_petition_keeps_its_agency_from_being_found_eligible(world: World, dossier: Dossier) -> None:
    petition(world)
    case = agency(dossier)

    with pytest.raises(TransitionRefused, match="chưa kết luận"):
        judge_nomination(case, GOOD, actor=world.person("standing"))
    seen = {row.pk: seen_of(row) for row in dossier.nominations.all()}
    outcome = perform_rulings(dossier, GOOD, seen=seen, actor=world.person("standing"))

    assert [row for row, _ in outcome.left] == [case]
    assert agency(dossier).state == "pending"


@pytest.mark.parametrize(
    ("fields", "frozen"),
    [
        ({}, True),
        ({"status": "verifying"}, True),
        ({"status": "resolved"}, False),
        ({"received_on": None}, True),
        ({"received_on": date(2026, 3, 6)}, False),
    ],
)
def test_which_petitions_hold_an_agency(world: World, dossier: Dossier, fields: Any, frozen: bool) -> None:
    petition(world, **fields)
    petition(world, agency=world.sgddt)

    found = frozen_subjects(dossier.nominations.all())

    assert found == ({agency(dossier).subject_id} if frozen else set())


def test_a_matter_opened_after_the_result_keeps_the_appraisal_from_ending(world: World, dossier: Dossier) -> None:
    standing = world.person("standing")
    for case in dossier.nominations.all():
        judge_nomination(case, GOOD, actor=standing)
    petition(world)

    with pytest.raises(TransitionRefused, match="Hãy thẩm định lại"):
        DOSSIER.perform(dossier, "appraise", actor=standing)
    Petition.objects.update(status="dismissed")
    DOSSIER.perform(dossier, "appraise", actor=standing)

    assert dossier.state == "appraised"


def test_the_panel_counts_agencies_with_a_petition(world: World, dossier: Dossier) -> None:
    before = panel_of(dossier).frozen
    petition(world)

    assert (before, panel_of(dossier).frozen) == (0, 1)


def test_an_undated_petition_of_a_year_to_come_holds_nobody(world: World, dossier: Dossier) -> None:
    petition(world, received_on=None)
    BlocYear.objects.filter(pk=world.year.pk).update(year=2027)

    assert frozen_subjects(dossier.nominations.all()) == set()


@pytest.mark.parametrize("cases", [0, 60])
@pytest.mark.parametrize(("with_agency", "queries"), [(True, 8), (False, 3)])
def test_looking_for_older_answers_takes_constant_queries(
    world: World, dossier: Dossier, django_assert_num_queries: Any, cases: int, with_agency: bool, queries: int
) -> None:
    for number in range(cases):
        case_of(dossier, f"Người {number}")
    if not with_agency:
        dossier.nominations.filter(subject__is_agency=True).delete()
    recheck_dossier(dossier)

    with django_assert_num_queries(queries):
        assert renew_dossier(dossier) == 0


def test_a_matter_that_others_share_no_mark_with_is_seen_on_either_side(dossier: Dossier) -> None:
    """Most rows share one mark; whoever has a matter, or had one when checked, has one of his own."""
    others = [case_of(dossier, f"Người {number}") for number in range(3)]
    recheck_dossier(dossier)
    freeze = Freeze.objects.create(subject=others[1].subject, kind="discipline", since=date(2026, 3, 1))

    assert renew_dossier(dossier) == 1
    assert renew_dossier(dossier) == 0
    freeze.delete()
    assert renew_dossier(dossier) == 1
    Nomination.objects.filter(pk=others[2].pk).update(inputs="")
    assert renew_dossier(dossier) == 1
