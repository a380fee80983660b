"""Votes from preparation to the result: rules, attendance, quorum, ballots, counts, rounds."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import AuditEntry, Notice, User
from blocs.domain.succession import succession_of
from blocs.domain.workflow import BLOC_YEAR
from blocs.models import BlocYear, Quota, Succession
from scoring.domain.polling.ballots import cast_ballot
from scoring.domain.polling.counting import CHOSEN, FAILED, TIED, count_ballots, elect
from scoring.domain.polling.preparing import Plan, Presence, change_poll, prepare_poll, record_attendance
from scoring.domain.polling.results import (
    Figures,
    adopt_result,
    enter_count,
    prepare_next_round,
    results_by_round,
)
from scoring.domain.polling.workflow import POLL
from scoring.domain.polls import needed_votes, outcomes, record_poll, remove_poll, vote_passes
from scoring.domain.wording import PollFaults
from scoring.models import Disqualification, LockedStanding, Poll, PollVoter, Urn, YearRules
from tests.factories import AgencyFactory, AppointmentFactory, ScoreSheetFactory, UserFactory
from tests.polling_world import Electorate, build_electorate, options_of, voter_of, votes_of


@pytest.fixture
def seven(db: None) -> Electorate:
    return build_electorate(7)


def refusal(action: Any) -> str:
    with pytest.raises(TransitionRefused) as refused:
        action()
    return str(refused.value)


# Pure rules


@pytest.mark.parametrize(
    ("yes", "percent", "passes"), [(10, 80, False), (11, 80, True), (11, 90, False), (12, 90, True)]
)
def test_ten_of_thirteen_fails_eighty_percent_and_twelve_passes_ninety(yes: int, percent: int, passes: bool) -> None:
    """domain.md G.1: council of 13."""
    assert vote_passes(yes=yes, base=13, percent=percent) is passes
    assert (yes >= needed_votes(base=13, percent=percent)) is passes


@pytest.mark.parametrize(
    ("votes", "needed", "places", "fates"),
    [
        ({1: 6, 2: 5, 3: 1}, 5, 1, {1: CHOSEN, 2: FAILED, 3: FAILED}),
        ({1: 6, 2: 5, 3: 1}, 5, 2, {1: CHOSEN, 2: CHOSEN, 3: FAILED}),
        ({1: 6, 2: 5, 3: 5}, 5, 2, {1: CHOSEN, 2: TIED, 3: TIED}),
        ({1: 6, 2: 6, 3: 6}, 5, 2, {1: TIED, 2: TIED, 3: TIED}),
        ({1: 6, 2: 6, 3: 6}, 5, None, {1: CHOSEN, 2: CHOSEN, 3: CHOSEN}),
        ({1: 6, 2: 6, 3: 2}, 5, 2, {1: CHOSEN, 2: CHOSEN, 3: FAILED}),
        ({1: 6, 2: 5}, 5, 0, {1: FAILED, 2: FAILED}),
        ({1: 4}, 5, 1, {1: FAILED}),
        ({1: 4}, None, 1, {1: None}),
    ],
)
def test_places_go_from_the_most_votes_down_and_a_tie_at_the_last_is_open(
    votes: dict[int, int], needed: int | None, places: int | None, fates: dict[int, str | None]
) -> None:
    """TT 25/2025/TT-BKHCN, Điều 23."""
    assert elect(votes, needed=needed, places=places) == fates


def test_a_ballot_that_names_nobody_or_too_much_is_invalid() -> None:
    counted = count_ballots([(1,), (1, 2), (), (1, 2, 3), (9,)], options=[1, 2, 3], max_choices=2)

    assert (counted.cast, counted.invalid, counted.votes) == (5, 3, {1: 2, 2: 1, 3: 0})


# Preparation


def test_a_poll_is_prepared_with_every_member_as_a_voter(seven: Electorate) -> None:
    poll = seven.prepared()

    assert (poll.state, poll.round) == ("draft", 1)
    assert [str(each) for each in options_of(poll)] == ["Đơn vị 00", "Đơn vị 01", "Đơn vị 02"]
    assert [row.agency for row in poll.voters.order_by("pk")] == seven.agencies
    entry = audit.entries_of(poll).get()
    assert (entry.action, entry.after["options"]) == ("Chuẩn bị bỏ phiếu", ["Đơn vị 00", "Đơn vị 01", "Đơn vị 02"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"award": ""}, "award"),
        ({"purpose": "head"}, "award"),
        ({"mode": "consensus"}, "mode"),
        ({"threshold": 101}, "threshold"),
        ({"quorum": 0}, "quorum"),
        ({"max_choices": 4}, "max_choices"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(seven: Electorate, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(PollFaults) as refused:
        seven.prepared(**changes)

    assert [*refused.value.faults] == [field]
    assert Poll.objects.count() == 0


def test_only_members_that_may_get_a_flag_are_on_its_ballot(seven: Electorate) -> None:
    barred = ScoreSheetFactory(bloc_year=seven.year, agency=seven.agencies[1])
    Disqualification.objects.create(sheet=barred, reason="Để xảy ra vi phạm")
    stranger = AgencyFactory(council=seven.year.bloc.council, code="la", name="Đơn vị lạ")
    plan = Plan(mode="secret", channel="paper", base="members", threshold=80, award="co-tinh")

    with pytest.raises(PollFaults) as barred_fault:
        prepare_poll(seven.year, plan=plan, agencies=seven.agencies[:2], actor=None)
    with pytest.raises(PollFaults) as strange_fault:
        prepare_poll(seven.year, plan=plan, agencies=[stranger], actor=None)

    assert barred_fault.value.faults == {
        "options": "Thuộc trường hợp không xét hình thức này: Đơn vị 01. Hãy bỏ khỏi phiếu."
    }
    assert "Không phải thành viên của khối trong năm" in strange_fault.value.faults["options"]
    assert Poll.objects.count() == 0


def test_one_question_has_one_first_round(seven: Electorate) -> None:
    first = seven.prepared()

    assert refusal(seven.prepared).startswith("Đã có cuộc bỏ phiếu này")
    POLL.perform(first, "cancel", actor=seven.leader(0), reason="Đổi cách bỏ phiếu")
    assert seven.prepared().round == 1


def test_a_poll_changes_until_it_opens(seven: Electorate) -> None:
    poll = seven.prepared()
    plan = Plan(mode="secret", channel="paper", base="present", threshold=66, award="co-chinh-phu")

    changed = change_poll(poll, plan=plan, agencies=seven.agencies[3:5], actor=seven.leader(0))
    POLL.perform(changed, "open", actor=seven.leader(0))

    assert (changed.channel, changed.base, changed.threshold, changed.award) == ("paper", "present", 66, "co-tinh")
    assert [str(each) for each in options_of(changed)] == ["Đơn vị 03", "Đơn vị 04"]
    assert "không đổi được" in refusal(
        lambda: change_poll(poll, plan=plan, agencies=seven.agencies[:2], actor=seven.leader(0))
    )


# Attendance and quorum


def present(poll: Poll, seven: Electorate, *numbers: int) -> dict[int, Presence]:
    return {
        voter_of(poll, agency).pk: Presence(is_present=number in numbers)
        for number, agency in enumerate(seven.agencies)
    }


def test_without_a_quorum_a_poll_does_not_open(seven: Electorate) -> None:
    poll = seven.prepared(quorum=67)
    record_attendance(poll, entries=present(poll, seven, 0, 1, 2, 3), actor=seven.leader(0))

    sentence = refusal(lambda: POLL.perform(poll, "open", actor=seven.leader(0)))
    record_attendance(poll, entries=present(poll, seven, 0, 1, 2, 3, 4), actor=seven.leader(0))
    POLL.perform(poll, "open", actor=seven.leader(0))

    assert sentence == (
        "Mới có 4 trên 7 thành viên có mặt, chưa đủ 67 % theo quy định. Hãy ghi thêm người có mặt hoặc hoãn bỏ phiếu."
    )
    assert (poll.state, poll.eligible, poll.present, poll.issued) == ("open", 7, 5, 5)


def test_without_a_threshold_a_poll_does_not_open(seven: Electorate) -> None:
    poll = seven.prepared(threshold=None)

    assert "tỷ lệ phiếu tối thiểu" in refusal(lambda: POLL.perform(poll, "open", actor=seven.leader(0)))


def test_a_secret_ballot_of_two_is_not_secret(seven: Electorate) -> None:
    poll = seven.prepared()
    record_attendance(poll, entries=present(poll, seven, 0, 1), actor=seven.leader(0))

    assert "ít nhất 3 người" in refusal(lambda: POLL.perform(poll, "open", actor=seven.leader(0)))


def test_recusal_needs_a_reason_and_takes_the_ballot_away(seven: Electorate) -> None:
    poll = seven.prepared()
    own = voter_of(poll, seven.agencies[1]).pk

    with pytest.raises(PollFaults) as refused:
        record_attendance(poll, entries={own: Presence(True, recused=True)}, actor=seven.leader(0))
    record_attendance(poll, entries={own: Presence(True, recused=True, reason="Có tên trên phiếu")}, actor=None)
    POLL.perform(poll, "open", actor=seven.leader(0))

    assert refused.value.faults == {str(own): "Hãy ghi lý do không tham gia bỏ phiếu."}
    assert "không tham gia bỏ phiếu" in refusal(lambda: seven.cast(poll, 1, 0))
    assert (poll.recused, poll.issued) == (1, 6)
    entry = audit.entries_of(poll).filter(action="Ghi danh sách bỏ phiếu").get()
    assert entry.after == {"recusals": ["Đơn vị 01 (Có tên trên phiếu)"]}


@pytest.mark.parametrize(("kept", "needed"), [(True, 6), (False, 5)])
def test_whether_the_recused_stay_in_the_base_is_said_by_the_rules(seven: Electorate, kept: bool, needed: int) -> None:
    poll = seven.prepared(recused_in_base=kept)
    own = voter_of(poll, seven.agencies[6]).pk
    record_attendance(poll, entries={own: Presence(True, recused=True, reason="Có liên quan")}, actor=None)
    POLL.perform(poll, "open", actor=seven.leader(0))
    for number in range(6):
        seven.cast(poll, number, 0 if number < 5 else 1)
    seven.close(poll)

    found = results_by_round(poll)[0]
    assert (found.votes, found.needed, found.passed) == (5, needed, not kept)


def test_who_has_voted_is_not_put_aside(seven: Electorate) -> None:
    poll = seven.opened()
    seven.cast(poll, 1, 0)
    voted, waiting = voter_of(poll, seven.agencies[1]).pk, voter_of(poll, seven.agencies[2]).pk

    with pytest.raises(PollFaults) as refused:
        record_attendance(
            poll, entries={voted: Presence(True, recused=True, reason="x"), waiting: Presence(False)}, actor=None
        )

    assert {*refused.value.faults} == {str(voted), str(waiting)}
    assert PollVoter.objects.filter(poll=poll, is_present=True, recused=False).count() == 7


def test_who_comes_late_still_votes(seven: Electorate) -> None:
    poll = seven.prepared()
    record_attendance(poll, entries=present(poll, seven, 0, 1, 2, 3), actor=None)
    POLL.perform(poll, "open", actor=seven.leader(0))
    late = voter_of(poll, seven.agencies[6]).pk

    sentence = refusal(lambda: seven.cast(poll, 6, 0))
    record_attendance(poll, entries={late: Presence(True)}, actor=None)
    for number in (0, 1, 6):
        seven.cast(poll, number, 0)
    seven.close(poll)

    assert "chưa được ghi là có mặt" in sentence
    assert (poll.present, poll.issued, poll.cast) == (5, 5, 3)


# Electronic ballots


def test_seven_ballots_are_counted(seven: Electorate) -> None:
    poll = seven.opened()

    receipts = [seven.cast(poll, number, *([0] if number < 5 else [1] if number < 6 else [])) for number in range(7)]
    seven.close(poll)

    assert (poll.state, poll.issued, poll.cast, poll.invalid) == ("closed", 7, 7, 1)
    assert votes_of(poll) == {"dv00": 5, "dv01": 1, "dv02": 0}
    assert poll.receipts == sorted(receipts)
    assert Urn.objects.get(poll=poll).sealed == ""
    found = outcomes(seven.year)
    assert [(each.agency.code, each.votes, each.needed, each.passed) for each in found] == [
        ("dv00", 5, 6, False),
        ("dv01", 1, 6, False),
        ("dv02", 0, 6, False),
    ]


def unchanged(poll: Poll) -> tuple[Any, ...]:
    return (
        Urn.objects.get(poll=poll).sealed,
        list(PollVoter.objects.filter(poll=poll).order_by("pk").values_list()),
        AuditEntry.objects.count(),
    )


def test_what_may_not_be_cast_is_refused_and_changes_nothing(seven: Electorate) -> None:
    poll, other = seven.opened(), seven.opened(award="co-chinh-phu")
    seven.cast(poll, 1, 0)
    own = voter_of(poll, seven.agencies[2]).pk
    good, forged = options_of(poll)[0].pk, options_of(other)[0].pk
    before = unchanged(poll)

    def cast(**changes: Any) -> str:
        values: dict[str, Any] = {"voter": own, "choices": [good], "actor": seven.leader(2)} | changes
        return refusal(lambda: cast_ballot(poll, **values))

    assert "đã bỏ phiếu. Mỗi đơn vị, mỗi người chỉ bỏ một phiếu" in refusal(lambda: seven.cast(poll, 1, 1))
    assert "không có quyền bỏ phiếu này" in cast(actor=seven.leader(3))
    assert "không có quyền bỏ phiếu này" in cast(voter=voter_of(other, seven.agencies[2]).pk)
    assert "lựa chọn không thuộc cuộc bỏ phiếu này" in cast(choices=[forged])
    assert "tối đa 1, bạn đã chọn 2" in cast(choices=[good, options_of(poll)[1].pk])
    assert unchanged(poll) == before


def test_an_officer_who_does_not_sign_does_not_cast(seven: Electorate) -> None:
    officer = UserFactory(email="can-bo@example.vn")
    AppointmentFactory(user=officer, agency=seven.agencies[2], duty="officer")
    poll = seven.opened()
    own = voter_of(poll, seven.agencies[2]).pk

    sentence = refusal(lambda: cast_ballot(poll, voter=own, choices=[], actor=User.objects.get(pk=officer.pk)))

    assert "chỉ lãnh đạo hoặc người được ủy quyền ký mới bỏ" in sentence
    assert not voter_of(poll, seven.agencies[2]).has_voted


def test_a_person_casts_the_own_ballot_only(seven: Electorate) -> None:
    poll = seven.prepared()
    member = PollVoter.objects.create(poll=poll, person=seven.leaders[3])
    POLL.perform(poll, "open", actor=seven.leader(0))
    choice = options_of(poll)[0].pk

    assert "không có quyền" in refusal(
        lambda: cast_ballot(poll, voter=member.pk, choices=[choice], actor=seven.leader(4))
    )
    cast_ballot(poll, voter=member.pk, choices=[choice], actor=seven.leader(3))

    member.refresh_from_db()
    assert member.has_voted


@pytest.mark.parametrize(
    ("state", "words"), [("draft", "chưa mở"), ("closed", "đã kết thúc"), ("cancelled", "đã bị hủy")]
)
def test_a_poll_that_is_not_open_takes_no_ballot(seven: Electorate, state: str, words: str) -> None:
    poll = seven.prepared()
    if state != "draft":
        POLL.perform(poll, "open", actor=seven.leader(0))
        for number in range(3):
            seven.cast(poll, number, 0)
    if state == "closed":
        seven.close(poll)
    if state == "cancelled":
        POLL.perform(poll, "cancel", actor=seven.leader(0), reason="Sai danh sách")

    sentence = refusal(lambda: seven.cast(poll, 5, 0))

    assert words in sentence
    assert not voter_of(poll, seven.agencies[5]).has_voted


def test_cancelling_needs_a_reason_and_empties_the_urn(seven: Electorate) -> None:
    poll = seven.opened()
    seven.cast(poll, 1, 0)

    assert "Hãy ghi lý do" in refusal(lambda: POLL.perform(poll, "cancel", actor=seven.leader(0)))
    POLL.perform(poll, "cancel", actor=seven.leader(0), reason="Mất điện")

    assert Urn.objects.get(poll=poll).sealed == ""
    assert not poll.tallies.exists()


def test_two_ballots_are_not_opened(seven: Electorate) -> None:
    poll = seven.opened()
    seven.cast(poll, 0, 0)
    seven.cast(poll, 1, 1)

    assert refusal(lambda: seven.close(poll)).startswith("Mới có 2 phiếu.")
    assert not poll.tallies.exists()


def test_an_urn_that_was_put_back_to_an_earlier_state_is_not_counted(seven: Electorate) -> None:
    poll = seven.opened()
    for number in range(3):
        seven.cast(poll, number, 0)
    old = Urn.objects.get(poll=poll).sealed
    seven.cast(poll, 3, 0)
    Urn.objects.filter(poll=poll).update(sealed=old)

    sentence = refusal(lambda: seven.close(poll))

    assert sentence.startswith("Hòm phiếu có 3 phiếu nhưng danh sách ghi 4 người đã bỏ phiếu")
    assert Poll.objects.get(pk=poll.pk).state == "open"


def test_an_urn_of_another_poll_or_another_key_does_not_open(seven: Electorate, settings: Any) -> None:
    poll, other = seven.opened(), seven.opened(award="co-chinh-phu")
    for number in range(3):
        seven.cast(poll, number, 0)
    sealed = Urn.objects.get(poll=poll).sealed

    Urn.objects.filter(poll=other).update(sealed=sealed)
    assert refusal(lambda: seven.cast(other, 4, 0)).startswith("Không mở được hòm phiếu")
    settings.SECRET_KEY, kept = "another", settings.SECRET_KEY
    assert refusal(lambda: seven.close(poll)).startswith("Không mở được hòm phiếu")
    settings.SECRET_KEY_FALLBACKS = [kept]
    seven.close(poll)
    assert votes_of(poll)["dv00"] == 3


def test_only_the_secretariat_opens_and_closes(seven: Electorate) -> None:
    poll = seven.prepared()

    with pytest.raises(PermissionDenied):
        POLL.perform(poll, "open", actor=seven.leader(3))
    POLL.perform(poll, "open", actor=seven.leader(0))
    for number in range(3):
        seven.cast(poll, number, 0)
    with pytest.raises(PermissionDenied):
        POLL.perform(poll, "close", actor=seven.leader(3))

    assert Poll.objects.get(pk=poll.pk).state == "open"


def test_voters_are_told_of_opening_and_closing_never_of_a_ballot(seven: Electorate) -> None:
    poll = seven.opened()
    told = Notice.objects.count()
    for number in range(3):
        seven.cast(poll, number, 0)

    assert (told, Notice.objects.count()) == (6, 6)
    seven.close(poll)
    assert Notice.objects.count() == 12


# Counts by hand


PAPER: dict[str, Any] = {"issued": 7, "cast": 7, "invalid": 1, "committee": [{"name": "Bà A", "title": "Trưởng ban"}]}


def paper(seven: Electorate, **changes: Any) -> Poll:
    return seven.opened(channel="paper", max_choices=2, **changes)


def counted(poll: Poll, seven: Electorate, votes: tuple[int, ...] = (6, 5, 1), **changes: Any) -> Poll:
    by_unit = dict(zip(seven.agencies, votes, strict=False))
    return enter_count(poll, figures=Figures(**PAPER | changes), votes=by_unit, actor=seven.leader(0))


def test_a_committee_counts_paper_ballots(seven: Electorate) -> None:
    Quota.objects.create(bloc_year=seven.year, award="co-tinh", limit=1)
    poll = counted(paper(seven, threshold=66), seven)

    assert (poll.state, poll.issued, poll.cast, poll.invalid) == ("closed", 7, 7, 1)
    assert poll.committee == [{"name": "Bà A", "title": "Trưởng ban"}]
    assert [(row.agency.code, row.needed, row.passed, row.fate) for row in results_by_round(poll)] == [
        ("dv00", 5, True, CHOSEN),
        ("dv01", 5, True, FAILED),
        ("dv02", 5, False, FAILED),
    ]


@pytest.mark.parametrize(
    ("changes", "votes", "field"),
    [
        ({"issued": 8}, (6, 5, 1), "issued"),
        ({"cast": 7, "issued": 6}, (6, 5, 1), "cast"),
        ({"invalid": 8}, (0, 0, 0), "invalid"),
        ({}, (7, 0, 0), "dv00"),
        ({}, (6, 6, 1), "votes"),
        ({}, (6, 5), "votes"),
        ({"committee": ()}, (6, 5, 1), "committee"),
        ({"issued": None}, (6, 5, 1), "issued"),
    ],
)
def test_counts_that_cannot_be_are_refused(
    seven: Electorate, changes: dict[str, Any], votes: tuple[int, ...], field: str
) -> None:
    poll = paper(seven)

    with pytest.raises(PollFaults) as refused:
        counted(poll, seven, votes, **changes)

    assert field in refused.value.faults
    assert Poll.objects.get(pk=poll.pk).state == "open"
    assert not poll.tallies.exists()


def test_nobody_issues_a_ballot_to_the_recused(seven: Electorate) -> None:
    poll = seven.prepared(channel="paper", max_choices=2)
    own = voter_of(poll, seven.agencies[6]).pk
    record_attendance(poll, entries={own: Presence(True, recused=True, reason="Có liên quan")}, actor=None)
    POLL.perform(poll, "open", actor=seven.leader(0))

    with pytest.raises(PollFaults) as refused:
        counted(poll, seven, (5, 1, 0))

    assert refused.value.faults["issued"].endswith("số có mặt trừ người không tham gia bỏ phiếu (7 - 1).")


def test_a_show_of_hands_is_counted_from_the_draft(seven: Electorate) -> None:
    poll = seven.prepared(mode="show-of-hands", channel="counted", max_choices=3)
    figures = Figures()

    enter_count(poll, figures=figures, votes=dict(zip(seven.agencies, (7, 2, 0), strict=False)), actor=seven.leader(0))

    poll.refresh_from_db()
    assert (poll.state, poll.cast, poll.invalid, votes_of(poll)["dv00"]) == ("closed", None, None, 7)


def test_a_wrong_count_is_corrected_and_its_history_tells(seven: Electorate) -> None:
    poll = counted(paper(seven), seven)

    counted(poll, seven, (5, 5, 1))

    entry = audit.entries_of(poll).first()
    assert entry is not None
    assert (entry.action, entry.after) == ("Sửa kết quả kiểm phiếu", {"votes": {"dv00": 5, "dv01": 5, "dv02": 1}})


def test_an_electronic_count_is_not_typed_changed_or_removed(seven: Electorate) -> None:
    poll = seven.opened()
    assert "không ghi kết quả bằng tay" in refusal(lambda: counted(poll, seven))
    for number in range(4):
        seven.cast(poll, number, 0)
    seven.close(poll)

    assert "không xóa được" in refusal(lambda: remove_poll(poll, reason="x", actor=seven.leader(0)))
    assert "không sửa" in refusal(
        lambda: record_poll(
            seven.year,
            award="co-tinh",
            mode="secret",
            base="members",
            threshold=50,
            eligible=7,
            present=7,
            cast=7,
            invalid=0,
            votes={seven.agencies[0]: 7},
            actor=None,
        )
    )
    assert votes_of(poll)["dv00"] == 4


def test_an_annulled_result_decides_nothing_and_its_history_keeps_it(seven: Electorate) -> None:
    poll = seven.opened()
    for number in range(4):
        seven.cast(poll, number, 0)
    seven.close(poll)

    POLL.perform(poll, "annul", actor=seven.leader(0), reason="Danh sách thiếu một đơn vị")

    assert (poll.state, outcomes(seven.year)) == ("cancelled", [])
    entry = audit.entries_of(poll).filter(action="Bỏ kết quả kiểm phiếu").get()
    assert entry.before["votes"] == {"dv00": 4, "dv01": 0, "dv02": 0}


@pytest.mark.parametrize(("tie_break", "refused"), [("ballot", True), ("bonus", False)])
def test_votes_that_parted_equal_units_in_a_locked_ranking_stay(
    seven: Electorate, tie_break: str, refused: bool
) -> None:
    poll = counted(paper(seven), seven)
    LockedStanding.objects.create(
        bloc_year=seven.year,
        version=1,
        locked_at=datetime(2026, 11, 26, tzinfo=UTC),
        content={"units": [{"tie_broken_by": tie_break}]},
        sha256="0" * 64,
    )

    def correct() -> Poll:
        return counted(poll, seven, (5, 5, 1))

    if refused:
        assert "đã khóa (phiên bản 1) nên không sửa được nữa" in refusal(correct)
        assert "đã khóa" in refusal(lambda: POLL.perform(poll, "annul", actor=seven.leader(0), reason="x"))
    else:
        correct()
    assert votes_of(poll)["dv00"] == (6 if refused else 5)


def lock_by_votes(seven: Electorate, *tie_break: str) -> LockedStanding:
    """A locked ranking of which no units were equal when it was locked."""
    content = {"criteria_set": {"tie_break": [*tie_break]}, "units": [{"tie_broken_by": ""}]}
    return LockedStanding.objects.create(
        bloc_year=seven.year, version=1, locked_at=datetime(2026, 11, 26, tzinfo=UTC), content=content, sha256="0" * 64
    )


def test_a_locked_ranking_that_follows_votes_takes_no_new_ones(seven: Electorate) -> None:
    prepared = seven.prepared(award="co-chinh-phu")
    polled, on_paper = seven.opened(), paper(seven, award="bang-khen")
    for number in range(4):
        seven.cast(polled, number, 0)
    lock_by_votes(seven, "ballot", "bonus")
    values: dict[str, Any] = {"mode": "secret", "base": "members", "threshold": 50, "eligible": 7, "present": 7}
    values |= {"cast": 7, "invalid": 0, "votes": {seven.agencies[0]: 7}, "actor": None}

    assert "đã khóa (phiên bản 1)" in refusal(lambda: seven.close(polled))
    assert "đã khóa" in refusal(lambda: POLL.perform(prepared, "open", actor=seven.leader(0)))
    Poll.objects.all().update(state="cancelled")
    assert "đã khóa" in refusal(lambda: record_poll(seven.year, award="co-tinh", **values))
    Poll.objects.filter(pk=on_paper.pk).update(award="co-tinh", state="open")
    assert "đã khóa" in refusal(lambda: counted(on_paper, seven))


def test_votes_on_flags_go_on_after_a_locked_ranking_that_does_not_follow_them(seven: Electorate) -> None:
    poll = seven.opened()
    for number in range(4):
        seven.cast(poll, number, 0)
    lock_by_votes(seven, "bonus")

    assert seven.close(poll).state == "closed"


def test_a_vote_ends_before_all_have_voted_only_with_a_reason_in_its_note(seven: Electorate) -> None:
    poll = seven.opened(base="present", note="Theo Quy chế")
    for number in range(3):
        seven.cast(poll, number, 0)

    at_once = refusal(lambda: POLL.perform(poll, "close", actor=seven.leader(0)))
    without = refusal(lambda: POLL.perform(poll, "close_early", actor=seven.leader(0), reason=" "))
    assert at_once.startswith("Còn 4 đơn vị có mặt chưa bỏ phiếu.")
    assert without.startswith("Hãy ghi lý do")
    POLL.perform(poll, "close_early", actor=seven.leader(0), reason="Hết giờ họp")

    assert (poll.state, poll.cast) == ("closed", 3)
    assert poll.note == "Theo Quy chế\nKết thúc khi còn 4 đơn vị chưa bỏ phiếu: Hết giờ họp"


def test_a_vote_of_all_who_are_present_ends_without_a_reason(seven: Electorate) -> None:
    poll = seven.opened()
    for number in range(7):
        seven.cast(poll, number, 0)

    assert "Mọi người có mặt đã bỏ phiếu" in refusal(
        lambda: POLL.perform(poll, "close_early", actor=seven.leader(0), reason="x")
    )
    POLL.perform(poll, "close", actor=seven.leader(0))
    assert (poll.state, poll.note) == ("closed", "")


def test_a_year_that_is_handed_over_takes_no_ballots_and_is_not_handed_over_while_a_poll_is_open(
    seven: Electorate,
) -> None:
    poll = seven.opened()
    BlocYear.objects.filter(pk=seven.year.pk).update(state="concluded")
    Succession.objects.create(bloc_year=seven.year, head=seven.agencies[1])

    sentence = refusal(lambda: BLOC_YEAR.perform(seven.year, "hand_over", actor=None))
    BlocYear.objects.filter(pk=seven.year.pk).update(state="handed_over")

    assert sentence.startswith("Còn cuộc bỏ phiếu đang mở.")
    assert "đã bàn giao nên không nhận phiếu" in refusal(lambda: seven.cast(poll, 1, 0))
    assert not voter_of(poll, seven.agencies[1]).has_voted


# Rounds


def test_the_second_round_is_about_those_that_did_not_pass(seven: Electorate) -> None:
    Quota.objects.create(bloc_year=seven.year, award="co-tinh", limit=2)
    asked = {"note": "Quy chế, Điều 9", "question": "Chọn cờ", "quorum": 50}
    first = counted(paper(seven, threshold=66, **asked), seven, (6, 4, 1), invalid=0)

    second = prepare_next_round(first, actor=seven.leader(0))

    assert (second.round, second.state, second.channel, second.max_choices) == (2, "draft", "paper", 2)
    assert [str(each) for each in options_of(second)] == ["Đơn vị 01", "Đơn vị 02"]
    assert second.voters.count() == 7
    kept = ("note", "question", "quorum", "committee")
    assert [getattr(second, name) for name in kept] == [getattr(first, name) for name in kept]
    assert (second.note, second.question, second.quorum) == ("Quy chế, Điều 9", "Chọn cờ", 50)
    assert second.committee == PAPER["committee"]
    POLL.perform(second, "open", actor=seven.leader(0))
    enter_count(
        second,
        figures=Figures(**PAPER),
        votes={seven.agencies[1]: 4, seven.agencies[2]: 3},
        actor=seven.leader(0),
    )
    assert [(row.agency.code, row.fate) for row in results_by_round(second)] == [("dv01", FAILED), ("dv02", FAILED)]
    assert "đủ 2 vòng" in refusal(lambda: prepare_next_round(second, actor=seven.leader(0)))


def test_the_second_round_is_about_those_tied_at_the_last_place(seven: Electorate) -> None:
    Quota.objects.create(bloc_year=seven.year, award="co-tinh", limit=1)
    first = counted(paper(seven, threshold=50), seven, (5, 5, 1))

    second = prepare_next_round(first, actor=seven.leader(0))

    assert [str(each) for each in options_of(second)] == ["Đơn vị 00", "Đơn vị 01"]
    assert refusal(lambda: prepare_next_round(first, actor=seven.leader(0))) == "Đã có vòng 2."
    assert "Đã có kết quả vòng 2" in refusal(lambda: POLL.perform(first, "annul", actor=seven.leader(0), reason="x"))


def test_the_second_round_fills_only_the_places_that_are_left(seven: Electorate) -> None:
    Quota.objects.create(bloc_year=seven.year, award="co-tinh", limit=2)
    second = prepare_next_round(counted(paper(seven, threshold=66), seven, (6, 4, 1), invalid=0), actor=seven.leader(0))
    POLL.perform(second, "open", actor=seven.leader(0))

    votes = {seven.agencies[1]: 6, seven.agencies[2]: 5}
    enter_count(second, figures=Figures(**PAPER), votes=votes, actor=seven.leader(0))

    assert [(row.agency.code, row.passed, row.fate) for row in results_by_round(second)] == [
        ("dv01", True, CHOSEN),
        ("dv02", True, FAILED),
    ]
    assert refusal(lambda: prepare_next_round(second, actor=seven.leader(0))) == "Vòng này đã chọn xong."


def test_no_further_round_once_all_is_decided(seven: Electorate) -> None:
    Quota.objects.create(bloc_year=seven.year, award="co-tinh", limit=1)
    first = counted(paper(seven, threshold=50), seven, (6, 4, 1))

    assert refusal(lambda: prepare_next_round(first, actor=seven.leader(0))) == "Vòng này đã chọn xong."


def test_the_rules_of_the_year_say_how_many_rounds(seven: Electorate) -> None:
    YearRules.objects.create(bloc_year=seven.year, poll_rounds=1, basis="Quy chế khối, Điều 9")
    first = counted(paper(seven), seven, (4, 4, 1))

    assert "đủ 1 vòng" in refusal(lambda: prepare_next_round(first, actor=seven.leader(0)))


# Next year's head and deputies


def elected(seven: Electorate, purpose: str, votes: tuple[int, ...]) -> Poll:
    poll = seven.prepared(
        purpose=purpose, award="", mode="show-of-hands", channel="counted", max_choices=None, threshold=51
    )
    enter_count(poll, figures=Figures(), votes=dict(zip(seven.agencies, votes, strict=False)), actor=seven.leader(0))
    poll.refresh_from_db()
    return poll


def test_the_chosen_lead_next_year(seven: Electorate) -> None:
    head = elected(seven, "head", (1, 5, 1))
    deputy = elected(seven, "deputy", (4, 0, 4))

    adopt_result(head, actor=seven.leader(0))
    adopt_result(deputy, actor=seven.leader(0))

    agreed = succession_of(seven.year)
    assert agreed is not None
    assert (agreed.mode, agreed.head) == ("election", seven.agencies[1])
    assert {*agreed.deputies.all()} == {seven.agencies[0], seven.agencies[2]}
    assert outcomes(seven.year) == []
    assert {each.purpose for each in outcomes(seven.year, purpose=None)} == {"head", "deputy"}


def test_nobody_chosen_is_nobody_written(seven: Electorate) -> None:
    poll = elected(seven, "head", (3, 3, 1))

    assert "Chưa đơn vị nào được chọn" in refusal(lambda: adopt_result(poll, actor=seven.leader(0)))
    assert "Chỉ ghi được theo kết quả" in refusal(
        lambda: adopt_result(counted(paper(seven), seven), actor=seven.leader(0))
    )
    assert succession_of(seven.year) is None
