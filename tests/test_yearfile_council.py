"""Sessions, decisions and the records that they wrote travel with the year file, verification codes and all."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest
import time_machine
import yaml
from django.db import transaction
from django.db.models import Model
from django.test import Client

from accounts.models import AuditEntry
from awards.models import AwardRecord
from blocs.domain.workflow import restore_state
from blocs.models import BlocYear
from council.domain.decisions.page import missing_lines
from council.domain.from_files import came_by_file, whole_of
from council.domain.votes.electorate import electorate_of
from council.domain.votes.viewing import exceptions_of
from council.models import (
    AgendaItem,
    Ballot,
    BallotItem,
    BallotUrn,
    CertificateBook,
    CouncilSession,
    Decision,
    DecisionLine,
    Issuer,
    NumberBook,
    OpenVote,
    PartyOpinion,
    Recusal,
    Seat,
)
from council.views.agenda import missing_items
from reports.yearfile import reading_decisions as decisions
from reports.yearfile import reading_sessions as sessions
from reports.yearfile.dumping import dump_year
from reports.yearfile.dumping_results import left_out
from reports.yearfile.faults import Fault, YearFileError
from reports.yearfile.loading import load
from reports.yearfile.reading import read_text
from tests.council_decisions_world import DAY, empty_draft, issued
from tests.council_world import appraised_dossier, council_session
from tests.council_year_world import build_decided
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def decided() -> World:
    return build_decided()


def import_text(told: str | dict[str, Any], **kwargs: Any) -> BlocYear:
    text = told if isinstance(told, str) else json.dumps(told, default=str)
    return BlocYear.objects.get(pk=load(read_text(text), **kwargs).bloc_year.pk)


def faults_of(told: dict[str, Any]) -> list[Fault]:
    with pytest.raises(YearFileError) as refused:
        import_text(told)
    return refused.value.faults


@cache
def exported_years() -> tuple[str, str]:
    """The files of both blocs of a decided year, in a database that holds nothing of it any more."""
    with transaction.atomic():
        world = build_decided()
        texts = dump_year(world.year), dump_year(world.other_year)
        transaction.set_rollback(True)
    return texts


def exported() -> str:
    return exported_years()[0]


def tree() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(exported())
    return told


def test_a_decided_year_makes_an_equal_year_in_an_empty_system() -> None:
    assert dump_year(import_text(exported())) == exported()


def test_a_decided_year_changes_nothing_where_it_was_decided(decided: World) -> None:
    text = dump_year(decided.year)
    entries = AuditEntry.objects.count()

    outcomes = [load(read_text(text), replace=replace) for replace in (False, True)]

    assert [each.changed for each in outcomes] == [False, False]
    assert AuditEntry.objects.count() == entries
    assert dump_year(decided.year) == text


def test_the_same_file_twice_writes_nothing_the_second_time() -> None:
    import_text(exported())
    entries = AuditEntry.objects.count()

    outcomes = [load(read_text(exported()), replace=replace) for replace in (False, True)]

    assert [each.changed for each in outcomes] == [False, False]
    assert AuditEntry.objects.count() == entries


# What comes with the file


def test_names_of_decisions_are_lines_of_the_register_in_the_new_system() -> None:
    import_text(exported())

    lines = DecisionLine.objects.filter(decision__kind="award").select_related("record", "nomination")
    assert [(line.record.subject_id, line.record.award_id) for line in lines] == [
        (line.subject_id, line.award_id) for line in lines
    ]
    assert [line.record.nomination_id for line in lines] == [line.nomination_id for line in lines]
    assert {line.record.source for line in lines} == {"decision"}
    assert set(AwardRecord.objects.filter(revoked_on=DAY)) == {line.record for line in lines if line.revoked_on}
    assert AwardRecord.objects.count() == lines.count() == 5


def test_a_printed_code_leads_to_the_same_paper_after_a_restore(client: Client) -> None:
    codes = [line["code"] for decision in tree()["decisions"] for line in decision["lines"]]

    import_text(exported())

    pages = {client.get(f"/xac-minh/{code}/", follow=True).status_code for code in codes}
    assert pages == {200}
    assert set(DecisionLine.objects.values_list("code", flat=True)) == set(codes)


def test_a_file_without_the_records_still_fills_the_register() -> None:
    told = tree()
    for subject in told["subjects"]:
        subject.pop("records", None)

    import_text(told)

    lines = DecisionLine.objects.filter(decision__kind="award")
    assert [line.record.revoked_on for line in lines] == [line.revoked_on for line in lines]
    assert AwardRecord.objects.count() == 5


def test_the_next_numbers_follow_the_highest_that_came(world: World) -> None:
    told = tree() | {"province": world.council.province}
    told["bloc"]["code"] = "khoi-khac"

    import_text(told)
    found = issued(world, empty_draft(world, "Trần Văn Mới"))

    assert (found.number, found.symbol) == (6, "QĐ-UBND")
    assert CertificateBook.objects.get().last == 7


def test_a_book_that_is_further_here_stays_so() -> None:
    import_text(exported())
    CertificateBook.objects.update(last=90)
    NumberBook.objects.update(last=80)

    load(read_text(exported()), replace=True)

    assert (CertificateBook.objects.get().last, set(NumberBook.objects.values_list("last", flat=True))) == (90, {80})


def test_two_blocs_bring_their_parts_of_one_session_and_one_decision() -> None:
    import_text(exported())
    session, decision = CouncilSession.objects.get(), Decision.objects.get(number=2)
    before = (session.items.count(), decision.lines.count(), Ballot.objects.count())
    assert (whole_of(session, before[0]), whole_of(decision, before[1])) == (9, 5)

    import_text(exported_years()[1])

    assert before == (6, 3, 3)
    assert (session.items.count(), decision.lines.count(), Ballot.objects.count()) == (9, 5, 3)
    assert (session.seats.count(), Decision.objects.count()) == (13, 5)
    assert [dump_year(year) for year in BlocYear.objects.order_by("pk")] == list(exported_years())


def test_pages_say_how_much_of_a_shared_decision_and_session_came() -> None:
    import_text(exported())
    session, decision = CouncilSession.objects.get(), Decision.objects.get(number=2)
    told = missing_lines(decision), missing_items(session)

    import_text(exported_years()[1])

    assert [words.split(" (")[0] for words in told] == [
        "Hệ thống mới có 3 trong 5 trường hợp của quyết định này",
        "Hệ thống mới có 6 trong 9 trường hợp của phiên họp này",
    ]
    assert (missing_lines(decision), missing_items(session)) == ("", "")


def test_who_did_not_agree_in_an_open_vote_is_named_as_in_the_minutes() -> None:
    import_text(exported())

    ballot = Ballot.objects.get(mode="open", channel="electronic")
    rows = list(ballot.rows.select_related("item").order_by("position"))
    votes = list(ballot.open_votes.select_related("seat").order_by("seat__position"))
    (first, second) = exceptions_of(rows, electorate_of(ballot), votes)
    assert first.out == ["Ủy viên số 4"]
    last = ballot.session.seats.order_by("position", "pk")[12].name
    assert (second.against, second.silent) == ([f"Ủy viên số {n}" for n in (1, 2, 3, 4)], [last])


def test_no_file_holds_who_voted_what_in_secret() -> None:
    told = tree()["sessions"][0]

    secret = next(number for number, each in enumerate(told["ballots"], 1) if each["mode"] == "secret")
    assert [sorted(voter) for voter in told["ballots"][secret - 1]["voters"]] == [["seat", "voted"]] * 13
    rounds = [each for item in told["items"] for each in item.get("rounds", ()) if each["ballot"] == secret]
    assert {key for each in rounds for key in each} == {
        *("ballot", "position", "yes", "no", "blank", "recused", "base_count", "needed", "fate")
    }
    import_text(exported())
    assert not BallotUrn.objects.exclude(sealed="").exists()
    assert not OpenVote.objects.filter(ballot__mode="secret").exists()


def test_what_is_under_way_stays_where_it_is(decided: World) -> None:
    dossier = appraised_dossier(decided, 1)
    council_session(decided, dossier, state="called", title="Phiên sau")
    empty_draft(decided, "Trần Văn Dự Thảo", year=2020)

    told = yaml.safe_load(dump_year(decided.year))

    assert [each["number"] for each in told["sessions"]] == [1]
    assert {each["state"] for each in told["decisions"]} == {"issued"}
    assert left_out(decided.year)[-2:] == [
        "Phiên 2 năm 2026: Phiên sau chưa kết thúc nên không có trong tệp.",
        "1 bản ký của quyết định không có trong tệp năm; hãy giữ thư mục tệp và đính kèm lại nếu cần.",
    ]


# What is final


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda t: t["decisions"][0].update(title="Khác"), "decisions[0].title"),
        (lambda t: t["decisions"][0].update(issued_on="2026-11-19"), "decisions[0].issued_on"),
        (lambda t: t["decisions"][1]["lines"][0].update(name="Người Khác"), "decisions[1].lines[0].name"),
        (lambda t: t["decisions"][1]["lines"][0].update(amount=1), "decisions[1].lines[0].amount"),
        (lambda t: t["decisions"][1]["lines"][0].update(book_number=9), "decisions[1].lines[0].book_number"),
        (lambda t: t["decisions"][0]["lines"][0].update(code="x" * 22), "decisions[0].lines[0]"),
        (lambda t: t["decisions"][0]["opinions"][0].update(agreed=False), "decisions[0].opinions.agreed"),
        (lambda t: t["sessions"][0].update(conclusion="Khác"), "sessions[0].conclusion"),
        (lambda t: t["sessions"][0]["items"][1].update(outcome="passed"), "sessions[0].items[1].outcome"),
        (lambda t: t["sessions"][0]["items"][1]["rounds"][0].update(against=[1]), "sessions[0].ballots.marks"),
        (lambda t: t["sessions"][0]["items"][2]["rounds"][0].update(yes=10), "sessions[0].items[2].rounds[0].yes"),
        (lambda t: t["sessions"][0]["seats"][3].update(attendance="absent"), "sessions[0].seats[3].attendance"),
    ],
)
def test_what_was_decided_here_is_not_rewritten_by_a_file(
    decided: World, change: Callable[[dict[str, Any]], Any], path: str, replace: bool
) -> None:
    before = dump_year(decided.year)
    told = yaml.safe_load(before)
    change(told)

    with pytest.raises(YearFileError) as refused:
        load(read_text(json.dumps(told, default=str)), replace=replace)

    assert path in [fault.path for fault in refused.value.faults]
    assert dump_year(decided.year) == before


def test_a_name_is_never_added_to_a_decision_that_was_issued_here(decided: World) -> None:
    told = yaml.safe_load(dump_year(decided.year))
    lines = told["decisions"][0]["lines"]
    lines.append(lines[0] | {"code": "z" * 22, "position": 99, "nomination": None})
    told["decisions"][0]["total"] = 99

    assert [str(fault) for fault in faults_of(told)] == [
        "decisions[0].lines[1]: Quyết định này ban hành trong hệ thống và không có dòng này. "
        "Quyết định đã ban hành không sửa được; muốn sửa phải có quyết định đính chính."
    ]


def test_payments_follow_the_file(decided: World) -> None:
    told = yaml.safe_load(dump_year(decided.year))
    told["decisions"][0]["lines"][0] |= {"paid_on": "2026-11-22", "paid_note": "PC 16"}

    import_text(told)
    import_text(told)

    line = DecisionLine.objects.get(code=told["decisions"][0]["lines"][0]["code"])
    assert (line.paid_on, line.paid_note) == (date(2026, 11, 22), "PC 16")
    assert not came_by_file(line.decision)


def test_a_revocation_here_is_not_undone_by_an_older_file() -> None:
    import_text(exported())
    restore_state(Decision.objects.get(number=1), "revoked", source="thử")

    assert [fault.path for fault in faults_of(tree())] == ["decisions[0].state"]


def test_a_session_under_way_here_is_no_files_to_end(world: World) -> None:
    council_session(world, state="called")
    told = tree() | {"province": world.council.province}
    told["bloc"]["code"] = "khoi-khac"

    paths = [fault.path for fault in faults_of(told)]

    assert paths == ["sessions[0]"]


def test_codes_and_numbers_that_others_have_are_refused(decided: World) -> None:
    told = yaml.safe_load(dump_year(decided.year))
    told["decisions"] = [told["decisions"][0] | {"code": "n" * 22}]
    other = yaml.safe_load(dump_year(decided.year))
    line = other["decisions"][1]["lines"][0]["code"]
    other["decisions"] = [other["decisions"][0] | {"code": line, "number": 77, "lines": []}]

    assert [fault.path for fault in faults_of(told)] == ["decisions[0].number"]
    assert [fault.path for fault in faults_of(other)] == ["decisions[0].code"]


# What cannot be read


def at_decision(place: int, /, **values: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda t: t["decisions"][place].update(values)


def at_line(place: int, /, **values: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda t: t["decisions"][place]["lines"][0].update(values)


def at_item(place: int, /, **values: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda t: t["sessions"][0]["items"][place].update(values)


def at_round(place: int, /, **values: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda t: t["sessions"][0]["items"][place]["rounds"][0].update(values)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (at_decision(0, code="ngan"), "decisions[0].code"),
        (at_decision(0, state="draft"), "decisions[0].state"),
        (at_decision(0, number=0), "decisions[0].number"),
        (at_decision(1, number=1), "decisions[1].number"),
        (at_decision(0, total=0), "decisions[0].total"),
        (at_decision(0, issued_on=None), "decisions[0].issued_on"),
        (at_decision(0, so_hieu="x"), "decisions[0].so_hieu"),
        (at_decision(0, session={"year": 2026, "number": 9}), "decisions[0].session"),
        (at_decision(0, corrects="x" * 22), "decisions[0].corrects"),
        (at_decision(3, corrects="x" * 22), "decisions[3].corrects"),
        (
            at_decision(0, issuer={"kind": "chair", "name": "CT", "symbol": "Q", "seal": 5}),
            "decisions[0].issuer.seal",
        ),
        (at_line(0, code="ngan"), "decisions[0].lines[0].code"),
        (at_line(0, subject="dt-khac"), "decisions[0].lines[0].subject"),
        (at_line(0, award="bang-la"), "decisions[0].lines[0].award"),
        (at_line(0, earlier="x" * 22), "decisions[0].lines[0].earlier"),
        (at_line(3, earlier=None), "decisions[3].lines[0].earlier"),
        (at_line(0, book_number=4), "decisions[0].lines[0].book_number"),
        (at_line(0, nomination={"dossier": "x", "subject": "y", "award": "z"}), "decisions[0].lines[0].nomination"),
        (at_item(0, outcome=""), "sessions[0].items[0].outcome"),
        (at_item(0, subject="dt-khac"), "sessions[0].items[0]"),
        (at_item(0, recusals=[{"seat": 14, "reason": "x"}]), "sessions[0].items[0].recusals[0].seat"),
        (at_item(5, reason=None), "sessions[0].items[5].reason"),
        (at_round(0, ballot=9), "sessions[0].items[0].rounds[0].ballot"),
        (at_round(0, ballot=3), "sessions[0].items[0].rounds[0].ballot"),
        (at_round(0, yes=14), "sessions[0].items[0].rounds[0].yes"),
        (at_round(4, against=[1]), "sessions[0].items[4].rounds[0].against"),
        (at_round(1, silent=[1]), "sessions[0].items[1].rounds[0].silent"),
        (lambda t: t["sessions"][0].update(total=2), "sessions[0].total"),
        (lambda t: t["sessions"].append(t["sessions"][0]), "sessions[1].number"),
        (lambda t: t["sessions"][0]["seats"][4].update(authorisation=None), "sessions[0].seats[4].attendance"),
        (lambda t: t["sessions"][0]["ballots"][0].update(percent=101), "sessions[0].ballots[0].percent"),
        (lambda t: t["sessions"][0]["ballots"][0].update(cast=14), "sessions[0].ballots[0].cast"),
        (lambda t: t["sessions"][0]["ballots"][0]["voters"][0].update(seat=0), "sessions[0].ballots[0].voters[0].seat"),
    ],
)
def test_each_fault_has_its_path_and_writes_nothing(change: Callable[[dict[str, Any]], Any], path: str) -> None:
    told = tree()
    change(told)

    assert path in [fault.path for fault in faults_of(told)]
    assert (CouncilSession.objects.count(), Decision.objects.count(), BlocYear.objects.count()) == (0, 0, 0)


# What is carried, and what is not


NOT_CARRIED = {
    CouncilSession: {"id", "council", "state", "version", "created_by", "search_key"},
    Seat: {"id", "session", "member", "user", "position", "substitute"},
    AgendaItem: {"id", "session", "nomination"},
    Recusal: {"id", "session", "item", "seat"},
    Ballot: {"id", "session", "award", "state", "committee", "receipts"},
    BallotItem: {"id", "ballot", "item"},
    Decision: {
        *("id", "council", "issuer", "state", "session", "corrects", "issued_year", "signer_title", "code"),
        *("issued_by", "created_by", "created_at", "version", "search_key"),
    },
    DecisionLine: {
        *("id", "decision", "nomination", "subject", "award", "agency", "earlier", "record", "code", "search_key"),
    },
    Issuer: {"id", "council", "agency", "signer_title", "active", "version"},
    PartyOpinion: {"id", "decision", "recorded_by"},
}
CARRIED = {
    CouncilSession: ("year", "number", *sessions.COLUMNS),
    Seat: ("agency", *sessions.SEAT_COLUMNS),
    AgendaItem: sessions.ITEM_COLUMNS,
    Recusal: sessions.RECUSAL_COLUMNS,
    Ballot: sessions.BALLOT_COLUMNS,
    BallotItem: sessions.ROUND_COLUMNS,
    Decision: decisions.COLUMNS,
    DecisionLine: (*decisions.LINE_COLUMNS, *decisions.FOLLOWING),
    Issuer: decisions.ISSUER_COLUMNS,
    PartyOpinion: decisions.OPINION_COLUMNS,
}


@pytest.mark.parametrize("model", CARRIED, ids=lambda model: model.__name__)
def test_a_new_column_is_carried_or_named_as_one_that_is_not(model: type[Model]) -> None:
    columns = {field.name for field in model._meta.fields}

    assert columns - set(CARRIED[model]) == NOT_CARRIED[model]
