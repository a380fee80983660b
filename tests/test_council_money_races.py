"""Two clerks at one payment list, and two at one fund (PostgreSQL)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection  # noqa: F401 (the condition of skipif)

from accounts.domain.audit import faults
from accounts.models import AuditEntry
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.domain.money.fund_writing import add_spending
from council.domain.money.paying import PAID, pay, stamp_of, unpay
from council.models import DecisionLine, FundSpending, FundYear
from tests.council_decisions_world import chair, empty_draft, issued
from tests.test_council_decisions_races import together
from tests.world import World, build_world

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="row locks need PostgreSQL"),
]
ISSUED, PAID_ON = date(2026, 1, 5), date(2026, 1, 6)


def paying(world: World, keys: list[int], note: str) -> Callable[[], int]:
    return lambda: pay(keys, paid_on=PAID_ON, note=note, actor=world.person("standing"))


def listed(world: World) -> list[int]:
    made = issued(world, empty_draft(world, *[f"Người số {number}" for number in range(20)]), on=ISSUED)
    return list(made.lines.order_by("pk").values_list("pk", flat=True))


def test_of_two_clerks_with_two_vouchers_one_pays_and_the_other_is_told() -> None:
    world = build_world()
    keys = listed(world)

    found = together([paying(world, keys, "UNC 1"), paying(world, keys[::-1], "UNC 2")])

    assert found[0].startswith("Chưa ghi chi trường hợp nào: 20 trường hợp đã được ghi chi")
    assert found[1] == "done"
    assert DecisionLine.objects.values("paid_note").distinct().count() == 1
    assert AuditEntry.objects.filter(action=PAID).count() == 20
    assert list(faults()) == []


def test_a_form_sent_many_times_at_once_pays_once() -> None:
    world = build_world()
    keys = listed(world)

    found = together([paying(world, keys, "UNC 1")] * 5)

    assert found == ["done"] * 5
    assert AuditEntry.objects.filter(action=PAID).count() == 20


def test_paying_and_revoking_at_once_end_as_paid_and_due_back_or_not_paid() -> None:
    world = build_world()
    keys = listed(world)
    line = DecisionLine.objects.select_related("decision").get(pk=keys[0])
    given = {"issuer": chair(world), "reason": "Khai man.", "actor": None}
    draft = draft_later(line.decision, kind="revocation", lines=[line], **given)

    found = together([paying(world, keys[:1], "UNC 1"), lambda: issue(draft, actor=None, issued_on=date(2026, 1, 6))])

    line.refresh_from_db()
    assert line.revoked_on == date(2026, 1, 6)
    told = [each for each in found if each != "done"]
    assert (line.paid_on is None) == bool(told)
    assert all("đã bị hủy bỏ, không chi" in each for each in told)


def test_two_who_take_one_mark_back_do_it_once() -> None:
    world = build_world()
    keys = listed(world)
    paying(world, keys, "UNC 1")()
    seen = stamp_of(list(DecisionLine.objects.all()))

    found = together([lambda: unpay(keys, seen=seen, reason="Nhầm", actor=world.person("standing"))] * 2)

    assert found == ["done"] * 2
    assert AuditEntry.objects.filter(action="Bỏ ghi đã chi tiền thưởng").count() == 20


def test_a_spending_sent_twice_into_a_fund_that_is_not_there_yet_is_one() -> None:
    world = build_world()
    fields = {"kind": "items", "spent_on": PAID_ON, "amount": 5, "content": "Khung bằng", "document": "PC 1"}

    found = together([lambda: add_spending(world.council, 2026, fields=fields, actor=world.person("standing"))] * 4)

    assert found.count("done") == 1
    assert all("bấm hai lần" in each for each in found if each != "done")
    assert (FundYear.objects.count(), FundSpending.objects.count()) == (1, 1)
