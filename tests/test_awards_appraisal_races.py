"""Two specialists at once (PostgreSQL): one result, one told; a dossier finished under somebody's hands."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.domain.workflow import TransitionRefused
from awards.domain.appraising import Ruling, judge_nomination, seen_of
from awards.domain.workflow import DOSSIER
from awards.models import Dossier, Nomination
from blocs.domain.editing import Stale
from tests.appraisal_world import sent_dossier
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
