"""What a dump of the database tells about a secret round of the council: who voted, totals by item, nothing more.

As tests/test_ballot_secrecy.py, with what is new here: many marks of one voter, recusals that would give a whole
ballot away by what is missing from it, opinions on paper. Seven members, seven items, each says yes to one alone.
"""

import logging
import re
import sys
from datetime import UTC, datetime
from math import sqrt
from random import Random
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client
from django.views.debug import ExceptionReporter

from council.domain.votes.casting import room_for
from council.models import Ballot, BallotItem, BallotUrn, BallotVoter, OpenVote
from scoring.domain.polling.ballots import urn_name
from scoring.domain.polling.urn import unseal
from tests.council_votes_world import Room, build_room, rows_of
from tests.test_ballot_secrecy import FAR, by_key, changed, dump, dumped

SEVEN = 7
ROUNDS = 24


def one_yes(place: int) -> str:
    """A ballot that agrees to one item and to no other."""
    return "".join("y" if place == other else "n" for other in range(SEVEN))


@pytest.fixture
def room(db: None) -> Room:
    return build_room(members=SEVEN, items=SEVEN)


def address(room: Room, ballot: Ballot, number: int) -> str:
    return f"/bieu-quyet/{ballot.pk}/phieu/{room.voter(ballot, number).pk}/"


def posted(ballot: Ballot, marks: str, **extra: str) -> dict[str, str]:
    words = {"y": "yes", "n": "no", "-": "blank"}
    return {f"mark-{row.pk}": words[mark] for row, mark in zip(rows_of(ballot), marks, strict=True)} | extra


def test_a_cast_changes_one_mark_of_a_voter_and_the_seal_and_nothing_else(client: Client, room: Room) -> None:
    ballot = room.opened()
    client.force_login(room.person(3))
    url = address(room, ballot, 3)
    before = dump()

    client.get(url)
    client.post(url, {"every": "yes"})
    client.post(url, posted(ballot, one_yes(2), go="1"))
    asked = dump()
    client.post(url, posted(ballot, one_yes(2), confirmed="1"))
    after = dump()

    assert changed(before, asked) == {}
    assert changed(before, after) == {"council_ballotvoter": {"has_voted"}, "council_balloturn": {"sealed"}}
    assert [row["id"] for row in after["council_ballotvoter"] if row["has_voted"]] == [room.voter(ballot, 3).pk]


def test_no_column_of_a_voter_the_urn_or_a_count_is_a_time() -> None:
    kinds = [
        (model.__name__, field.name)
        for model in (Ballot, BallotItem, BallotVoter, BallotUrn, OpenVote)
        for field in model._meta.concrete_fields
        if field.get_internal_type() in ("DateTimeField", "TimeField")
    ]

    assert kinds == []


def test_the_seal_has_one_length_whoever_votes_and_whatever_is_marked(room: Room) -> None:
    room.recuse(0, room.items()[0])
    ballot = room.opened()
    lengths, seals = set(), set()
    for number, marks in enumerate(["-" * 7, "y" * 7, "n" * 7, one_yes(3), "yn-yn-y", "-n-----", "ynynyny"]):
        seal = BallotUrn.objects.get(ballot=ballot).sealed
        lengths.add(len(seal))
        seals.add(seal)
        room.cast(ballot, number, marks)
    lengths.add(len(BallotUrn.objects.get(ballot=ballot).sealed))

    assert (len(lengths), len(seals)) == (1, 7)
    assert room_for([1, 123]) >= len("[-1],[-123],")


def test_a_dump_during_the_vote_is_the_same_for_every_mark_but_for_the_seal(room: Room) -> None:
    ballot = room.opened()

    dumps = [dumped(lambda place=place: room.cast(ballot, 3, one_yes(place))) for place in range(SEVEN)]

    assert [changed(dumps[0], each) for each in dumps[1:]] == [{"council_balloturn": {"sealed"}}] * (SEVEN - 1)


def test_a_dump_after_the_count_is_the_same_whoever_marked_what_and_when_but_for_the_receipts(room: Room) -> None:
    ballot = room.opened()

    def vote(order: list[int], places: list[int]) -> None:
        for number in order:
            room.cast(ballot, number, one_yes(places[number]))
        room.close(ballot)

    with time_machine.travel(datetime(2026, 11, 20, 3, tzinfo=UTC), tick=False):
        one = dumped(lambda: vote([0, 1, 2, 3, 4, 5, 6], [0, 0, 1, 1, 2, 2, 2]))
        ballot.refresh_from_db()
        two = dumped(lambda: vote([6, 2, 4, 0, 5, 1, 3], [2, 1, 2, 0, 1, 2, 0]))

    differing = {table: names - {"id"} for table, names in changed(by_key(one), by_key(two)).items()}
    known = ("sequences", "sqlite_sequence")
    differing = {table: names for table, names in differing.items() if names and table not in known}
    assert differing.pop("council_ballot") == {"receipts"}
    assert differing in ({}, {"accounts_auditentry": {"hash", "previous_hash"}, "accounts_auditchain": {"tip"}})


def test_an_opened_urn_holds_no_ballot_only_single_marks(room: Room) -> None:
    """Even with the key: a member who keeps out of an item is not found by what is missing."""
    items = room.items()
    for number in range(3):
        room.recuse(number, items[number])
    ballot = room.opened()
    for number in range(SEVEN):
        marks = list(one_yes(number))
        if number < 3:
            marks[number] = "-"
        room.cast(ballot, number, "".join(marks))

    held = unseal(BallotUrn.objects.get(ballot=ballot).sealed, name=urn_name(ballot))

    assert {len(each) for each in held.ballots} == {1}
    assert len(held.ballots) == SEVEN * SEVEN - 3
    assert len(held.receipts) == SEVEN


def test_the_best_guess_of_an_adversary_is_chance(room: Room) -> None:
    """Order of voting, of rows, of receipts and of the opened urn against who said yes to what."""
    hits: dict[str, int] = {}
    for number in range(ROUNDS):
        guesses, truth = observed(room, number)
        for name, guess in guesses.items():
            assert sorted(guess) == list(range(SEVEN))
            hits[name] = hits.get(name, 0) + sum(one == other for one, other in zip(guess, truth, strict=True))

    far = FAR * sqrt(ROUNDS)
    assert {name: count for name, count in hits.items() if abs(count - ROUNDS) > far} == {}
    assert far < (SEVEN - 1) * ROUNDS / 2


def observed(room: Room, number: int) -> tuple[dict[str, list[int]], list[int]]:
    """One round with a drawn assignment: for each adversary, the item guessed for each voter; and the truth."""
    draw = Random(number)  # noqa: S311
    ballot = room.opened()
    truth, order = draw.sample(range(SEVEN), SEVEN), draw.sample(range(SEVEN), SEVEN)
    receipts: dict[int, str] = {voter: room.cast(ballot, voter, one_yes(truth[voter])) for voter in order}
    keys = [row.pk for row in rows_of(ballot)]
    held = unseal(BallotUrn.objects.get(ballot=ballot).sealed, name=urn_name(ballot))
    opened = [keys.index(mark) for (mark,) in held.ballots if mark > 0]
    room.close(ballot)
    ballot.refresh_from_db()
    by_order, by_receipt, by_published = [0] * SEVEN, [0] * SEVEN, [0] * SEVEN
    for place, voter in enumerate(order):
        by_order[voter] = opened[place]
    owner = {code: voter for voter, code in receipts.items()}
    for place, code in enumerate(held.receipts):
        by_receipt[owner[code]] = opened[place]
    for place, code in enumerate(ballot.receipts):
        by_published[owner[code]] = place
    in_order = [order.index(voter) for voter in range(SEVEN)]
    ballot.rows.update(fate="failed")
    Ballot.objects.filter(pk=ballot.pk).update(state="cancelled")
    found = {"opened urn, order of voting": by_order, "opened urn, receipts": by_receipt}
    return found | {"published receipts, rows": by_published, "order of voting, rows": in_order}, truth


# Beside the database


def test_the_log_of_a_cast_is_the_same_for_every_mark(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    ballot = room.opened()

    def logged(place: int) -> list[str]:
        caplog.clear()
        connection.force_debug_cursor = True
        try:
            with caplog.at_level(logging.DEBUG, logger="django"), caplog.at_level(logging.DEBUG):
                dumped(lambda: room.cast(ballot, 3, one_yes(place)))
        finally:
            connection.force_debug_cursor = False
        lines = [each.getMessage() for each in caplog.records if "SELECT * FROM" not in each.getMessage()]
        return [re.sub(r"\(\d+\.\d+\)|[A-Za-z0-9+/=]{200,}|s\d+_x\d+", "…", line) for line in lines]

    first, second = logged(1), logged(5)

    assert len([line for line in first if 'UPDATE "' in line]) == 2
    assert first == second


def test_an_error_report_does_not_tell_the_marks_nor_by_names_of_fields(client: Client, room: Room) -> None:
    ballot = room.opened()
    BallotUrn.objects.filter(ballot=ballot).delete()
    reports: list[str] = []

    def keep(request: Any, **kwargs: Any) -> None:
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_html())

    got_request_exception.connect(keep)
    client.raise_request_exception = False
    client.force_login(room.person(3))
    answers = [
        client.post(address(room, ballot, 3), posted(ballot, marks, confirmed="1")).status_code
        for marks in (one_yes(2), one_yes(5))
    ]
    got_request_exception.disconnect(keep)

    assert (answers, len(reports)) == ([500, 500], 4)
    assert "cast_marks" in reports[0]
    tidy = [
        re.sub(r"0x[0-9a-f]+|\d{4}-\d\d-\d\d|\d+:\d+:\d+\S*|\d{8,}|csrf\S+|boundary\S+", "…", each) for each in reports
    ]
    assert told_of_marks(tidy[0]) == told_of_marks(tidy[2]) != []


def told_of_marks(report: str) -> list[str]:
    """Lines of a report that name a field of a mark."""
    return sorted(line.strip() for line in report.splitlines() if line.strip().startswith("mark-"))


def test_neither_session_nor_address_nor_message_carries_a_mark_or_the_receipt(client: Client, room: Room) -> None:
    ballot = room.opened()
    client.force_login(room.person(3))
    before = dict(client.session)
    url = address(room, ballot, 3)

    done = client.post(url, posted(ballot, one_yes(2), confirmed="1"))

    assert dict(client.session) == before
    assert (done.status_code, done.request["QUERY_STRING"], done.request["PATH_INFO"]) == (200, "", url)
    assert done.context["receipt"] not in str(done.cookies)
    assert "no-store" in done["Cache-Control"]


def test_urns_votes_and_voters_are_not_in_the_admin_site() -> None:
    shown = {model._meta.label for model in admin.site._registry}
    names = {"council.BallotUrn", "council.BallotVoter", "council.OpenVote", "council.BallotItem", "council.Ballot"}

    assert names <= {model._meta.label for model in apps.get_models()}
    assert shown & names == set()


@pytest.mark.parametrize("persona", ["standing", "council_member", "administrator"])
def test_no_page_tells_a_total_before_the_count(client: Client, room: Room, persona: str) -> None:
    ballot = room.opened()
    for number in range(5):
        room.cast(ballot, number, "nnnnnnn")
    client.force_login(room.world.person(persona))

    pages = [
        client.get(url)
        for url in (
            f"/bieu-quyet/{ballot.pk}/",
            f"/phien-hop/{room.session.pk}/ket-qua/",
            f"/phien-hop/{room.session.pk}/trinh-chieu/",
        )
    ]

    for page in pages:
        assert page.status_code == (404 if persona == "administrator" else 200)
        assert "Không đồng ý" not in page.content.decode()


postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="hidden columns of PostgreSQL")


@pytest.mark.postgres
@postgres
@pytest.mark.django_db(transaction=True)
def test_hidden_columns_of_voters_do_not_tell_who_voted_when() -> None:
    room = build_room(members=SEVEN, items=2)
    ballot = room.opened()

    for number in (4, 0, 6):
        room.cast(ballot, number, "yn")
        with connection.cursor() as cursor:
            cursor.execute("SELECT xmin::text, cmin::text FROM council_ballotvoter WHERE ballot_id = %s", [ballot.pk])
            assert len(set(cursor.fetchall())) == 1
