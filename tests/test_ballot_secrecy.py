"""What a dump of the database tells about a secret electronic ballot: the result, and nothing more.

Each guess of an adversary is a permutation: seven voters, seven units, one vote each. A guess that is
made without knowing the assignment hits one voter in seven on average, whatever the guess (a random
permutation has one fixed point on average, with variance one). So over N polls the hits have mean N and
deviation √N, and a leak would show as up to 7 N.
"""

import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from math import sqrt
from random import Random
from typing import Any

import pytest
import time_machine
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client
from django.views.debug import ExceptionReporter

from scoring.domain.polling.ballots import urn_name
from scoring.domain.polling.urn import unseal
from scoring.models import Poll, PollTally, PollVoter, Urn
from tests.polling_world import Electorate, another_year, build_electorate, options_of, voter_of

VOTERS = 7
POLLS = 24
FAR = 5  # deviations from chance: less than one false alarm in a million runs

Dump = dict[str, list[dict[str, Any]]]


@pytest.fixture
def seven(db: None) -> Electorate:
    return build_electorate(VOTERS)


def dump() -> Dump:
    """Every table with its rows in the order in which the database gives them, and every sequence."""
    found: Dump = {}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in [*tables, *(["sqlite_sequence"] if connection.vendor == "sqlite" else [])]:
            found[table] = rows_of(cursor, f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        if connection.vendor == "postgresql":
            found["sequences"] = rows_of(cursor, "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
    return found


def rows_of(cursor: Any, sql: str) -> list[dict[str, Any]]:
    cursor.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def changed(before: Dump, after: Dump) -> dict[str, set[str]]:
    """Columns that differ, by table; a table with more or fewer rows says so."""
    found: dict[str, set[str]] = {}
    for table, rows in after.items():
        if len(rows) != len(before[table]):
            found[table] = {"number of rows"}
            continue
        columns = {name for old, new in zip(before[table], rows, strict=True) for name in new if old[name] != new[name]}
        if columns:
            found[table] = columns
    return found


def by_key(dump: Dump) -> Dump:
    """The same rows, each table's in the order of its keys."""
    return {
        table: sorted(rows, key=lambda row: (len(str(row.get("id", ""))), str(row.get("id", ""))))
        for table, rows in dump.items()
    }


def cast_on_page(client: Client, seven: Electorate, poll: Poll, number: int, place: int) -> str:
    """The whole way of a voter: sign in, open the ballot, choose, confirm."""
    client.force_login(seven.leader(number))
    url = f"/bo-phieu/{poll.pk}/phieu/{voter_of(poll, seven.agencies[number]).pk}/"
    choice = {"choice": options_of(poll)[place].pk}
    client.get(url)
    client.post(url, choice)
    return str(client.post(url, choice | {"confirmed": "1"}).context["receipt"])


# A cast leaves a mark and a new seal


def test_a_cast_changes_one_mark_and_the_seal_and_nothing_else_in_the_database(
    client: Client, seven: Electorate
) -> None:
    poll = seven.opened(options=VOTERS)
    client.force_login(seven.leader(3))
    voter = voter_of(poll, seven.agencies[3])
    url = f"/bo-phieu/{poll.pk}/phieu/{voter.pk}/"
    choice = {"choice": options_of(poll)[2].pk}
    before = dump()

    client.get(url)
    client.post(url, choice)
    asked = dump()
    client.post(url, choice | {"confirmed": "1"})
    after = dump()

    assert changed(before, asked) == {}
    assert changed(before, after) == {"scoring_pollvoter": {"has_voted"}, "scoring_urn": {"sealed"}}
    marked = [row["id"] for row in after["scoring_pollvoter"] if row["has_voted"]]
    assert marked == [voter.pk]
    assert len(before["scoring_urn"][0]["sealed"]) == len(after["scoring_urn"][0]["sealed"])


def test_no_column_of_a_voter_the_urn_or_a_count_is_a_time() -> None:
    kinds = {
        (model.__name__, field.name): field.get_internal_type()
        for model in (Poll, PollVoter, PollTally, Urn)
        for field in model._meta.concrete_fields
    }

    assert [key for key, kind in kinds.items() if kind in ("DateTimeField", "TimeField")] == []
    assert sorted(key for key, kind in kinds.items() if kind == "DateField") == [
        ("Poll", "closed_on"),
        ("Poll", "opened_on"),
    ]


def test_the_seal_has_one_length_whoever_votes_and_whatever_is_chosen(seven: Electorate) -> None:
    poll = seven.opened(options=VOTERS, max_choices=VOTERS)
    lengths, seals = set(), set()

    for number in range(VOTERS):
        seal = Urn.objects.get(poll=poll).sealed
        lengths.add(len(seal))
        seals.add(seal)
        seven.cast(poll, number, *range(number))

    assert len(lengths) == 1
    assert len(seals) == VOTERS


# The dump does not depend on who chose what


class Undo(Exception):
    """Takes back everything inside a savepoint."""


def dumped(act: Callable[[], object]) -> Dump:
    """The dump after ``act``, which is then undone, sequences apart."""
    found: Dump = {}
    try:
        with transaction.atomic():
            act()
            found = dump()
            raise Undo
    except Undo:
        return found


def test_a_dump_during_the_vote_is_the_same_for_every_choice_but_for_the_seal(seven: Electorate) -> None:
    poll = seven.opened(options=VOTERS)

    dumps = [dumped(lambda place=place: seven.cast(poll, 3, place)) for place in range(VOTERS)]

    assert [changed(dumps[0], each) for each in dumps[1:]] == [{"scoring_urn": {"sealed"}}] * (VOTERS - 1)


def test_a_dump_after_the_count_is_the_same_whoever_chose_what_and_when_but_for_the_receipts(
    seven: Electorate,
) -> None:
    poll = seven.opened(options=VOTERS)

    def vote(order: list[int], places: list[int]) -> None:
        for number in order:
            seven.cast(poll, number, places[number])
        seven.close(poll)

    with time_machine.travel(datetime(2026, 11, 26, 3, tzinfo=UTC), tick=False):
        one = dumped(lambda: vote([0, 1, 2, 3, 4, 5, 6], [0, 0, 1, 1, 2, 2, 2]))
        two = dumped(lambda: vote([6, 2, 4, 0, 5, 1, 3], [2, 1, 2, 0, 1, 2, 0]))

    # Where a rewritten row lands on its page depends on when PostgreSQL prunes the old ones, not on the
    # voter: every cast rewrites all of them alike. What physical order tells is measured by the guesses below.
    differing = changed(by_key(one), by_key(two))
    differing.pop("sequences", None)
    # Numbers drawn from sequences do not come back with a savepoint on PostgreSQL.
    differing = {table: names - {"id"} for table, names in differing.items() if names != {"id"}}
    assert differing.pop("scoring_poll") == {"receipts"}
    assert {table: names for table, names in differing.items() if table != "sqlite_sequence"} in (
        {},
        {"accounts_auditentry": {"hash", "previous_hash"}, "accounts_auditchain": {"tip"}},
    )


# Guesses


class Observation:
    """What an adversary may hold of one poll: dumps before, during and after, and when who voted."""

    def __init__(self, seven: Electorate, poll: Poll) -> None:
        self.voters = [row.pk for row in PollVoter.objects.filter(poll=poll).order_by("agency__code")]
        self.options = [option.agency_id for option in options_of(poll)]
        self.agencies = [agency.pk for agency in seven.agencies]
        self.poll = poll
        self.order: list[int] = []  # voters in the order in which their marks appeared between dumps
        self.seals: list[str] = []
        self.dump: Dump = {}
        self.opened_ballots: list[int] = []
        self.opened_receipts: list[str] = []
        self.receipts: list[str] = []  # by voter, as if each showed the own one

    def tallies(self) -> list[dict[str, Any]]:
        return [row for row in self.dump["scoring_polltally"] if row["poll_id"] == self.poll.pk]

    def units_by(self, key: Callable[[dict[str, Any]], Any] | None = None) -> list[int]:
        """Places of the options in the order of the counted rows."""
        rows = self.tallies() if key is None else sorted(self.tallies(), key=key)
        return [self.options.index(row["agency_id"]) for row in rows]

    def voters_in_table(self) -> list[int]:
        rows = [row for row in self.dump["scoring_pollvoter"] if row["poll_id"] == self.poll.pk]
        return [self.voters.index(row["id"]) for row in rows]


def paired(voters: list[int], options: list[int]) -> dict[int, int]:
    """The guess that the first of these voters chose the first of these options, and so on."""
    return dict(zip(voters, options, strict=True))


def by_bytes(seen: Observation) -> dict[int, int]:
    """Voters by what changed in the seal when they voted, against options in their order."""
    steps = zip(seen.seals, seen.seals[1:], strict=False)
    weights = [sum(old != new for old, new in zip(one, two, strict=True)) for one, two in steps]
    ranked = [voter for _, voter in sorted(zip(weights, seen.order, strict=True))]
    return paired(ranked, list(range(VOTERS)))


def by_first_byte(seen: Observation) -> dict[int, int]:
    ranked = [voter for _, voter in sorted(zip([seal[:4] for seal in seen.seals[1:]], seen.order, strict=True))]
    return paired(ranked, list(range(VOTERS)))


def by_receipt(seen: Observation) -> dict[int, int]:
    """The published list in its order against the counted rows in theirs, each voter showing the own code."""
    published = next(row["receipts"] for row in seen.dump["scoring_poll"] if row["id"] == seen.poll.pk)
    codes = re.findall(r"[A-Z2-9]{5}-[A-Z2-9]{5}", str(published))
    return paired([seen.receipts.index(code) for code in codes], seen.units_by())


def by_opened_urn(seen: Observation) -> dict[int, int]:
    """Even with the key: the ballots as they lay in the opened urn against the order of voting."""
    return paired(seen.order, seen.opened_ballots)


def by_opened_receipts(seen: Observation) -> dict[int, int]:
    """Even with the key and everybody's receipt: receipts and ballots at the same place."""
    return paired([seen.receipts.index(code) for code in seen.opened_receipts], seen.opened_ballots)


GUESSES: dict[str, Callable[[Observation], dict[int, int]]] = {
    "order of voting, order of counted rows": lambda seen: paired(seen.order, seen.units_by()),
    "order of voting, keys of counted rows": lambda seen: paired(seen.order, seen.units_by(lambda row: row["id"])),
    "order of voting, order on the ballot": lambda seen: paired(seen.order, list(range(VOTERS))),
    "order of voting backwards": lambda seen: paired(seen.order[::-1], seen.units_by()),
    "rows of voters, counted rows": lambda seen: paired(seen.voters_in_table(), seen.units_by()),
    "keys of voters, keys of counted rows": lambda seen: paired(
        list(range(VOTERS)), seen.units_by(lambda row: row["id"])
    ),
    "how much of the seal changed": by_bytes,
    "how the seal begins": by_first_byte,
    "published receipts, counted rows": by_receipt,
    "opened urn, order of voting": by_opened_urn,
    "opened urn, receipts": by_opened_receipts,
}


def observed(seven: Electorate, number: int) -> tuple[Observation, dict[int, int]]:
    """One poll with a drawn assignment and order, as the adversary sees it, and the truth."""
    draw = Random(number)  # noqa: S311
    bloc = another_year(seven, number)
    poll = bloc.opened(options=VOTERS, threshold=50)
    places, order = draw.sample(range(VOTERS), VOTERS), draw.sample(range(VOTERS), VOTERS)
    seen = Observation(bloc, poll)
    receipts = {}
    seen.seals.append(Urn.objects.get(poll=poll).sealed)
    for voter in order:
        receipts[voter] = bloc.cast(poll, voter, places[voter])
        seen.order.append(voter)
        seen.seals.append(Urn.objects.get(poll=poll).sealed)
    keys = [option.pk for option in options_of(poll)]
    held = unseal(seen.seals[-1], name=urn_name(poll))
    seen.opened_ballots = [keys.index(ballot[0]) for ballot in held.ballots]
    seen.opened_receipts = list(held.receipts)
    seen.receipts = [receipts[voter] for voter in range(VOTERS)]
    bloc.close(poll)
    seen.dump = dump()
    return seen, dict(enumerate(places))


def test_the_best_guess_of_an_adversary_is_chance(seven: Electorate) -> None:
    hits = dict.fromkeys(GUESSES, 0)
    for number in range(POLLS):
        seen, truth = observed(seven, number)
        for name, guess in GUESSES.items():
            found = guess(seen)
            assert sorted(found) == sorted(found.values()) == list(range(VOTERS))
            hits[name] += sum(truth[voter] == option for voter, option in found.items())

    margin = FAR * sqrt(POLLS)
    assert {name: count for name, count in hits.items() if abs(count - POLLS) > margin} == {}
    assert margin < (VOTERS - 1) * POLLS / 2


def test_the_same_guesses_would_find_a_leak(seven: Electorate) -> None:
    """An urn that kept its order would be read off: the adversaries above are not blind."""
    seen, truth = observed(seven, 0)
    seen.opened_ballots = [truth[voter] for voter in seen.order]

    assert by_opened_urn(seen) == truth


# Beside the database


def test_the_log_of_a_cast_is_the_same_for_every_choice(seven: Electorate, caplog: pytest.LogCaptureFixture) -> None:
    """Even with every statement logged: what differs between two choices is the seal alone."""
    poll = seven.opened(options=VOTERS)

    def logged(place: int) -> list[str]:
        caplog.clear()
        connection.force_debug_cursor = True
        try:
            with caplog.at_level(logging.DEBUG, logger="django"), caplog.at_level(logging.DEBUG):
                dumped(lambda: seven.cast(poll, 3, place))
        finally:
            connection.force_debug_cursor = False
        lines = [each.getMessage() for each in caplog.records if "SELECT * FROM" not in each.getMessage()]
        return [re.sub(r"\(\d+\.\d+\)|[A-Za-z0-9+/=]{200,}|s\d+_x\d+", "…", line) for line in lines]

    first, second = logged(1), logged(5)

    assert len([line for line in first if 'UPDATE "' in line]) == 2
    assert first == second


def test_an_error_report_does_not_tell_the_choice(client: Client, seven: Electorate) -> None:
    poll = seven.opened(options=VOTERS)
    option = options_of(poll)[2]
    poll.options.filter(pk=option.pk).update(id=987654321)
    Urn.objects.filter(poll=poll).delete()
    reports: list[str] = []

    def keep(request: Any, **kwargs: Any) -> None:
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_html())

    got_request_exception.connect(keep)
    client.raise_request_exception = False
    client.force_login(seven.leader(3))
    url = f"/bo-phieu/{poll.pk}/phieu/{voter_of(poll, seven.agencies[3]).pk}/"
    answer = client.post(url, {"choice": "987654321", "confirmed": "1"})
    got_request_exception.disconnect(keep)

    assert (answer.status_code, len(reports)) == (500, 2)
    assert ["987654321" in report for report in reports] == [False, False]
    assert "cast_ballot" in reports[0]


def test_neither_session_nor_address_nor_message_carries_the_choice_or_the_receipt(
    client: Client, seven: Electorate
) -> None:
    poll = seven.opened(options=VOTERS)
    client.force_login(seven.leader(3))
    before = dict(client.session)
    url = f"/bo-phieu/{poll.pk}/phieu/{voter_of(poll, seven.agencies[3]).pk}/"

    done = client.post(url, {"choice": options_of(poll)[2].pk, "confirmed": "1"})

    assert dict(client.session) == before
    assert (done.status_code, done.request["QUERY_STRING"], done.request["PATH_INFO"]) == (200, "", url)
    assert done.context["receipt"] not in str(done.cookies)
    assert "no-store" in done["Cache-Control"]


# PostgreSQL keeps traces of its own


postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="hidden columns of PostgreSQL")


def hidden(table: str, poll: Poll) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        sql = f"SELECT xmin::text, xmax::text, cmin::text, ctid::text, * FROM {table} WHERE poll_id = %s"  # noqa: S608
        cursor.execute(sql, [poll.pk])
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.postgres
@postgres
@pytest.mark.django_db(transaction=True)
def test_hidden_columns_of_voters_do_not_tell_who_voted_when() -> None:
    """Every voter's row is of the same transaction after each cast, so none is newer than another."""
    seven = build_electorate(VOTERS)
    poll = seven.opened(options=VOTERS)

    for number in (4, 0, 6):
        seven.cast(poll, number, number)
        rows = hidden("scoring_pollvoter", poll)
        assert len({row["xmin"] for row in rows}) == len({row["cmin"] for row in rows}) == 1
        assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)


@pytest.mark.postgres
@postgres
@pytest.mark.django_db(transaction=True)
def test_guesses_by_hidden_columns_are_chance() -> None:
    seven = build_electorate(VOTERS)
    hits = dict.fromkeys(("xmin", "ctid", "tally ctid"), 0)
    for number in range(POLLS):
        seen, truth = observed(seven, number)
        rows, tallies = hidden("scoring_pollvoter", seen.poll), hidden("scoring_polltally", seen.poll)
        counted = [seen.options.index(row["agency_id"]) for row in sorted(tallies, key=lambda row: row["ctid"])]
        for name in ("xmin", "ctid"):
            ranked = [seen.voters.index(row["id"]) for row in sorted(rows, key=lambda row: row[name])]
            hits[name] += sum(truth[voter] == option for voter, option in paired(ranked, counted).items())
        hits["tally ctid"] += sum(truth[voter] == option for voter, option in paired(seen.order, counted).items())

    assert {name: count for name, count in hits.items() if abs(count - POLLS) > FAR * sqrt(POLLS)} == {}
