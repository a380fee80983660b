"""Two specialists at once (PostgreSQL): one result, one told; a dossier finished under somebody's hands."""

import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from accounts.domain.audit import faults
from accounts.domain.workflow import TransitionRefused
from awards.domain.appraising import Ruling, judge_nomination, seen_of
from awards.domain.batching import ASSIGN, STALE, InboxAct, inbox_seen, perform_inbox, perform_rulings
from awards.domain.checking import recheck_dossier, recheck_subjects
from awards.domain.sending import record_sending
from awards.domain.workflow import DOSSIER
from awards.models import Dossier, Freeze, Nomination
from blocs.domain.editing import Stale
from tests.appraisal_world import colleague, sent_dossier
from tests.awards_world import DossierFactory, SubjectFactory, nominate
from tests.world import build_world

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="row locks need PostgreSQL"),
]


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What each of ``acts`` ended with, started together: "done" or the name of the refusal."""
    barrier, found = threading.Barrier(len(acts)), [""] * len(acts)

    def run(index: int) -> None:
        try:
            barrier.wait()
            acts[index]()
            found[index] = "done"
        except (TransitionRefused, PermissionDenied) as refusal:
            found[index] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[index]) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_batches_at_once_each_case_is_decided_once():
    world = build_world()
    dossier = sent_dossier(world, cases=20)
    seen = {case.pk: seen_of(case) for case in dossier.nominations.all()}
    outcomes = {}

    def judge(result: str) -> None:
        ruling = Ruling(result, "Lý do", "Điều 23")
        outcomes[result] = perform_rulings(dossier, ruling, seen=seen, actor=world.person("standing"))

    found = at_once(lambda: judge("find_eligible"), lambda: judge("find_ineligible"))

    assert found == ["done", "done"]
    assert sorted(len(each.done) for each in outcomes.values()) == [0, 20]
    (late,) = [each for each in outcomes.values() if not each.done]
    assert [why for _, why in late.left] == [STALE] * 20
    assert len(set(Nomination.objects.values_list("state", flat=True))) == 1
    assert list(faults()) == []


def test_two_who_assign_the_same_dossiers_in_another_order_do_not_block_each_other():
    world = build_world()
    dossiers = [sent_dossier(world, cases=0, to=None) for _ in range(10)]
    people = [colleague(world, "one"), colleague(world, "two")]
    seen = {each.pk: inbox_seen(each) for each in dossiers}
    outcomes = []

    def hand(person, rows) -> None:
        act = InboxAct(ASSIGN, person)
        outcomes.append(perform_inbox(rows, act, seen=seen, actor=world.person("standing")))

    found = at_once(lambda: hand(people[0], dossiers), lambda: hand(people[1], dossiers[::-1]))

    assert found == ["done", "done"]
    assert sorted(len(each.done) for each in outcomes) == [0, 10]
    assert Dossier.objects.values_list("assigned_to").distinct().count() == 1


def test_an_answer_that_waited_for_a_change_of_facts_has_seen_it():
    """Checking a dossier while somebody adds a petition's freeze: whoever writes last knows of it."""
    world = build_world()
    dossier = sent_dossier(world)
    case = dossier.nominations.select_related("subject").get()

    def freeze() -> None:
        with transaction.atomic():
            Freeze.objects.create(subject=case.subject, kind="discipline", since=date(2026, 3, 1))
            recheck_subjects([case.subject_id])

    for _ in range(5):
        Freeze.objects.all().delete()
        assert at_once(freeze, lambda: recheck_dossier(dossier)) == ["done", "done"]
        rules = {each["rule"]: each["passed"] for each in Nomination.objects.get().checks["checks"]}
        assert rules["A4-4"] is not True


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_dossiers_sent_at_once_each_tells_of_the_other(turned):
    world = build_world()
    subjects = [SubjectFactory(agency=world.syt) for _ in range(8)]
    dossiers = [DossierFactory(agency=agency, state="signed_off") for agency in (world.syt, world.sgddt)]
    for dossier, rows in zip(dossiers, (subjects, subjects[::-1] if turned else subjects), strict=True):
        for subject in rows:
            nominate(dossier, subject)

    def send(dossier) -> None:
        with transaction.atomic():
            Dossier.objects.select_for_update().get(pk=dossier.pk)
            Dossier.objects.filter(pk=dossier.pk).update(state="submitted")
            row = Dossier.objects.get(pk=dossier.pk)
            record_sending(row, None, timezone.now())

    assert at_once(*(partial(send, each) for each in dossiers)) == ["done", "done"]

    told = [row.checks["duplicates"] for row in Nomination.objects.all()]
    assert len(told) == 16
    assert all(told)


def test_of_two_results_at_once_one_holds_and_the_other_is_told():
    world = build_world()
    case = sent_dossier(world).nominations.get()
    seen = seen_of(case)

    def judge(result: str) -> None:
        ruling = Ruling(result, "Lý do", "Điều 23")
        judge_nomination(Nomination.objects.get(pk=case.pk), ruling, actor=world.person("standing"), seen=seen)

    found = at_once(lambda: judge("find_eligible"), lambda: judge("find_ineligible"))

    assert sorted(found) == [Stale.__name__, "done"]
    assert Nomination.objects.get().state == ("eligible" if found[0] == "done" else "ineligible")


def test_a_result_and_the_end_of_the_appraisal_do_not_cross():
    world = build_world()
    dossier = sent_dossier(world)
    case = dossier.nominations.get()
    judge_nomination(case, Ruling("find_eligible", "Đủ"), actor=world.person("standing"))

    def judge() -> None:
        ruling = Ruling("find_needs_decision", "Xem lại")
        judge_nomination(Nomination.objects.get(pk=case.pk), ruling, actor=world.person("standing"))

    def finish() -> None:
        DOSSIER.perform(Dossier.objects.get(pk=dossier.pk), "appraise", actor=world.person("standing"))

    found = at_once(judge, finish)

    assert found[1] == "done"
    late = found[0] != "done"
    assert Nomination.objects.get().state == ("eligible" if late else "needs_decision")
