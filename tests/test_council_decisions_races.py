"""Numbers and issuing under concurrency, and issuing that is killed half way (PostgreSQL)."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from accounts.domain.workflow import TransitionRefused
from accounts.models import AuditEntry
from awards.models import AwardRecord, Dossier, Nomination
from council.domain.decisions.drafting import draft_from_session
from council.domain.decisions.issuing import issue
from council.models import Decision, DecisionLine, NumberBook
from tests.council_decisions_world import chair, closed_session, drafted, empty_draft
from tests.world import build_world

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="row locks and lost connections need PostgreSQL"),
]
DAY = date(2026, 1, 5)
AT_ONCE, MOST = 100, 2000


def together(acts: list[Callable[[], Any]]) -> list[str]:
    """What each act ended with, all begun at once in threads of their own."""
    barrier, answers = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        barrier.wait(timeout=60)
        try:
            act()
            answers.append("done")
        except TransitionRefused as refusal:
            answers.append(str(refusal))
        except Exception as error:
            answers.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    return sorted(answers)


def issuing(decision: Decision) -> Callable[[], None]:
    return lambda: issue(Decision.objects.get(pk=decision.pk), actor=None, issued_on=DAY)


def room_for(threads: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        return int(cursor.fetchone()[0]) > threads + 20


def test_a_hundred_requests_at_once_get_a_hundred_numbers_that_follow_each_other() -> None:
    world = build_world()
    drafts = [empty_draft(world, f"Người số {number}") for number in range(AT_ONCE)]
    waves = [drafts] if room_for(AT_ONCE) else [drafts[:50], drafts[50:]]

    found = [answer for wave in waves for answer in together([issuing(each) for each in wave])]

    assert found == ["done"] * AT_ONCE
    assert sorted(Decision.objects.values_list("number", flat=True)) == list(range(1, AT_ONCE + 1))
    assert NumberBook.objects.get().last == AT_ONCE


def test_of_two_clerks_who_issue_one_decision_one_does_and_the_other_is_told() -> None:
    decision = drafted(build_world())

    found = together([issuing(decision)] * 2)

    assert (
        found[0] == "Quyết định đã ban hành, số 01/QĐ-UBND ngày 05/01/2026, nên không sửa, không ban hành lại "
        "được. Hãy tải lại trang; cần thay đổi thì lập quyết định đính chính hoặc hủy bỏ."
    )
    assert found[1] == "done"
    assert (AwardRecord.objects.count(), NumberBook.objects.get().last) == (2, 1)


def test_of_two_clerks_who_draft_one_session_one_does() -> None:
    world = build_world()
    session, issuer = closed_session(world), chair(world)

    found = together([lambda: draft_from_session(session, issuer=issuer, actor=None)] * 2)

    assert found[1] == "done"
    assert found[0].startswith("Không còn trường hợp nào chờ lập quyết định")
    assert Decision.objects.count() == 1


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


def issue_in_a_process(decision: Decision, *, killed_at: int) -> bool:
    """Issue in a process of its own that dies after ``killed_at`` statements; whether it lived to the end."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            row = Decision.objects.get(pk=decision.pk)
            with connection.execute_wrapper(KilledAt(killed_at)):
                issue(row, actor=None, issued_on=DAY)
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


def traces(trail: int) -> tuple[Any, ...]:
    """Everything that issuing writes, and whether the trail grew."""
    return (
        Decision.objects.get().state,
        Decision.objects.get().number,
        DecisionLine.objects.exclude(code=None).count(),
        AwardRecord.objects.count(),
        NumberBook.objects.count(),
        set(Nomination.objects.values_list("state", flat=True)),
        Dossier.objects.get().state,
        AuditEntry.objects.count() - trail,
    )


def test_issuing_that_is_killed_after_any_statement_leaves_nothing() -> None:
    decision = drafted(build_world(), passed=2, failed=1)
    reverse("council:decision", args=[decision.pk])  # loads every view once, instead of in each process
    trail, deaths = AuditEntry.objects.count(), 0

    for at in range(1, MOST):
        if issue_in_a_process(decision, killed_at=at):
            break
        deaths += 1
        untouched = ("draft", None, 0, 0, 0, {"passed", "failed"}, "in_session", 0)
        assert traces(trail) == untouched, f"killed after statement {at}"

    assert deaths >= 50
    assert traces(trail)[:7] == ("issued", 1, 2, 2, 1, {"awarded", "refused"}, "concluded")
