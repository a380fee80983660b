"""Locking a ranking is whole or not at all: killed at any statement, or tried twice at once (PostgreSQL)."""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from scoring.domain.sheets import save_self
from scoring.domain.standing import lock_standing
from scoring.domain.standing_content import is_intact
from scoring.models import CriteriaSet, LockedStanding, ScoreSheet
from tests.scoring_world import Scores
from tests.standing_world import build_agreed, sheet_of
from tests.world import build_world

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="row locks and lost connections need PostgreSQL"),
]
MOST = 2000


class KilledAt:
    """An execute wrapper that kills its own process right after the ``at``-th statement."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        result = execute(*args)
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def lock_in_a_process(year_id: int, *, killed_at: int) -> bool:
    """Lock in a process of its own that dies after ``killed_at`` statements; whether it lived to the end."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            year = BlocYear.objects.select_related("bloc").get(pk=year_id)
            with connection.execute_wrapper(KilledAt(killed_at)):
                lock_standing(year, actor=None)
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


def two_units(scores: Scores) -> int:
    """The bloc with its first two units alone, so that there are few statements to die at; the year's key."""
    left = ["sgddt", "sldtbxh"]
    scores.world.year.memberships.filter(agency__code__in=left).delete()
    ScoreSheet.objects.filter(bloc_year=scores.world.year, agency__code__in=left).delete()
    return scores.world.year.pk


def found(year_id: int) -> tuple[int, set[str], str]:
    sheets = ScoreSheet.objects.filter(bloc_year=year_id)
    (set_state,) = CriteriaSet.objects.filter(bloc_year=year_id).values_list("state", flat=True)
    return LockedStanding.objects.count(), set(sheets.values_list("state", flat=True)), set_state


def test_a_process_killed_at_any_statement_leaves_no_standing_or_a_whole_one() -> None:
    year_id = two_units(build_agreed(build_world()))
    reverse("scoring:standing", args=[year_id])  # loads every view once, instead of in each process
    deaths = 0

    for at in range(1, MOST):
        if lock_in_a_process(year_id, killed_at=at):
            break
        deaths += 1
        assert found(year_id) == (0, {"agreed"}, "open"), f"killed after statement {at}"

    assert deaths >= 30
    assert found(year_id) == (1, {"locked"}, "locked")
    standing = LockedStanding.objects.get()
    assert (standing.version, is_intact(standing), len(standing.content["units"])) == (1, True, 2)


def together(*acts: Callable[[], None]) -> list[str]:
    """What each act ended with, all begun at once in threads of their own."""
    barrier, answers = threading.Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        barrier.wait(timeout=10)
        try:
            act()
            answers.append("done")
        except TransitionRefused:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answers)


def test_of_two_who_lock_at_once_one_makes_the_only_version() -> None:
    year = build_agreed(build_world()).world.year

    def lock() -> None:
        lock_standing(BlocYear.objects.get(pk=year.pk), actor=None)

    assert together(lock, lock) == ["done", "refused"]
    assert [(each.version, is_intact(each)) for each in LockedStanding.objects.all()] == [(1, True)]


def write_and_lock(scores: Scores) -> list[str]:
    year, sheet = scores.world.year, sheet_of(scores, "sldtbxh")
    entries = scores.ids(A1={"self_points": 1})
    return together(
        lambda: lock_standing(BlocYear.objects.get(pk=year.pk), actor=None) and None,
        lambda: save_self(sheet, entries=entries, actor=None, expected=0) and None,
    )


def test_a_score_written_at_the_moment_of_locking_is_never_lost_from_the_frozen_table() -> None:
    scores = build_agreed(build_world())
    sheet = sheet_of(scores, "sldtbxh")
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="draft")
    sheet.disqualifications.create(reason="Không gửi phiếu.")

    answers = write_and_lock(scores)

    # Whoever takes the sheet first decides: both went one after the other, or the writer came too late.
    written = sheet.lines.get(criterion=scores.criteria["A1"]).self_points == 1
    assert answers == (["done", "done"] if written else ["done", "refused"])
    assert is_intact(LockedStanding.objects.get())
