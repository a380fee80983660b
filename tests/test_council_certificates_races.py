"""The book of certificates under concurrency (PostgreSQL)."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection

from council.domain.certificates.book import begin_book
from council.domain.certificates.printing import print_certificates
from council.models import CertificateBook, CertificateLayout, Decision, DecisionLine
from tests.awards_world import award
from tests.council_certificates_world import start_layout
from tests.council_decisions_world import chair, empty_draft, issued
from tests.test_council_decisions_races import together
from tests.world import build_world

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="row locks need PostgreSQL"),
]
ZERO = Decimal(0)


def printing_of(decision: Decision, layout: CertificateLayout) -> Callable[[], object]:
    def act() -> object:
        row = Decision.objects.get(pk=decision.pk)
        return print_certificates(row, layout, lines=list(row.lines.all()), dx=ZERO, dy=ZERO, actor=None)

    return act


def test_decisions_printed_at_once_get_numbers_that_follow_each_other() -> None:
    world = build_world()
    decisions = [
        issued(world, empty_draft(world, *(f"Người {place}-{name}" for name in range(3)))) for place in range(12)
    ]
    layout = start_layout(world)

    found = together([printing_of(each, layout) for each in decisions])

    assert found == ["done"] * 12
    numbers = DecisionLine.objects.order_by("book_number").values_list("book_number", flat=True)
    assert [*numbers] == list(range(1, 37))
    for each in decisions:
        first, second, third = each.lines.order_by("position").values_list("book_number", flat=True)
        assert (second, third) == (first + 1, first + 2)
    assert CertificateBook.objects.get().last == 36


def test_one_decision_printed_by_two_clerks_is_entered_once() -> None:
    world = build_world()
    decision, layout = issued(world, empty_draft(world, "Một", "Hai")), start_layout(world)

    assert together([printing_of(decision, layout)] * 6) == ["done"] * 6
    assert [*decision.lines.order_by("position").values_list("book_number", flat=True)] == [1, 2]


def test_a_book_is_begun_by_one_of_two() -> None:
    world = build_world()
    issuer, form = chair(world), award("bk-tinh")

    found = together([lambda: begin_book(issuer, form, 2026, last=40, actor=None)] * 2)

    assert found[0] == "done" or found[1] == "done"
    assert sum(answer.startswith("Sổ «") for answer in found) == 1
