"""Rounds of votes of the council: rule, voters, counts, fates, next round, conclusions."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.domain.workflow import TransitionRefused
from accounts.models import AuditEntry
from awards.models import CouncilRule, Dossier
from council.domain.votes.casting import cast_marks
from council.domain.votes.demands import demand_of
from council.domain.votes.entering import Figures, add_latecomers, enter_count, enter_paper
from council.domain.votes.flag_cap import flag_warnings
from council.domain.votes.preparing import Plan, prepare_ballots
from council.domain.votes.rounds import break_tie, decide_item, prepare_next_round
from council.domain.votes.settling import settle
from council.domain.votes.workflow import BALLOT
from council.models import Ballot, BallotUrn, BallotVoter, OpenVote, Practice, VoteSetting
from scoring.domain.wording import FieldFaults
from tests.awards_world import award
from tests.council_votes_world import Room, build_room, counts_of, fates_of, rows_of
from tests.council_world import HELD, appraised_dossier, put_on_agenda, vote_setting

pytestmark = pytest.mark.django_db


# The demand


def test_the_decree_goes_before_the_provinces_setting() -> None:
    room = build_room()
    council = room.world.council.pk

    national = demand_of(council, award("cstd-toan-quoc"), HELD)
    own = demand_of(council, award("cstd-tinh"), HELD)

    assert national is not None
    assert own is not None
    assert (national.percent, national.source) == (90, "national")
    assert (own.percent, own.source) == (80, "province")


def test_a_setting_for_the_award_goes_before_the_one_for_all_and_the_later_before_the_earlier() -> None:
    room = build_room()
    council = room.world.council.pk
    vote_setting(room.world, "cstd-tinh", 85, valid_from=date(2025, 7, 1))
    vote_setting(room.world, "cstd-tinh", 90, valid_from=date(2026, 1, 1), mode="open")

    found = demand_of(council, award("cstd-tinh"), HELD)
    before = demand_of(council, award("cstd-tinh"), date(2025, 12, 31))

    assert found is not None
    assert before is not None
    assert (found.percent, found.ballot_required, before.percent) == (90, False, 85)


def test_a_vote_without_a_rule_cannot_be_prepared_and_the_sentence_says_where_to_set_it() -> None:
    room = build_room()
    VoteSetting.objects.all().delete()

    with pytest.raises(TransitionRefused, match=r"Chưa có tỷ lệ phiếu .* Quy chế"):
        room.prepared()
    assert not Ballot.objects.exists()


def test_without_the_councils_working_rules_nothing_is_prepared() -> None:
    room = build_room()
    Practice.objects.all().delete()

    with pytest.raises(TransitionRefused, match="Chưa ghi quy chế làm việc"):
        room.prepared()


# Preparing


def test_items_of_two_awards_make_two_rounds_and_an_item_set_apart_its_own() -> None:
    room = build_room(items=3)
    put_on_agenda(room.session, *appraised_dossier(room.world, 2, "co-tinh").nominations.all())
    items = room.items()

    made = prepare_ballots(room.session, items=items, plan=Plan(apart={items[1].pk}), actor=room.secretary)

    assert [(each.award.code, [row.item_id for row in rows_of(each)]) for each in made] == [
        ("cstd-tinh", [items[0].pk, items[2].pk]),
        ("cstd-tinh", [items[1].pk]),
        ("co-tinh", [items[3].pk, items[4].pk]),
    ]
    assert {(each.mode, each.percent, each.recused_in_base) for each in made} == {("secret", 80, True)}


def test_a_dossier_sent_under_the_old_decree_is_voted_by_that_decree() -> None:
    room = build_room(items=2)
    first = room.items()[0].nomination
    Dossier.objects.filter(pk=first.dossier_id).update(received_on=date(2025, 6, 30))

    ballot = room.prepared()

    assert (ballot.percent, ballot.legal_basis) == (90, "Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7")
    assert ballot.written_counts


def test_a_ballot_that_the_rule_makes_secret_cannot_be_open() -> None:
    room = build_room()

    with pytest.raises(FieldFaults) as wrong:
        room.prepared(mode="open")

    assert "phải bỏ phiếu kín" in wrong.value.faults["mode"]


def test_an_item_is_in_one_round_at_a_time() -> None:
    room = build_room()
    room.prepared(room.items()[0])

    with pytest.raises(TransitionRefused, match="Đã có trong lượt biểu quyết khác"):
        room.prepared()


def test_places_need_a_basis_and_one_award() -> None:
    room = build_room()
    put_on_agenda(room.session, *appraised_dossier(room.world, 1, "co-tinh").nominations.all())

    with pytest.raises(FieldFaults) as wrong:
        room.prepared(places=2)

    assert set(wrong.value.faults) == {"places", "places_basis"}


# Opening


def test_a_round_opens_in_an_open_session_with_quorum_only() -> None:
    room = build_room(present=10)
    ballot = room.prepared()

    with pytest.raises(TransitionRefused, match="Chưa đủ người để biểu quyết"):
        BALLOT.perform(ballot, "open", actor=room.secretary)
    room.session.state = "called"
    room.session.save(update_fields=["state"])
    with pytest.raises(TransitionRefused, match="chưa khai mạc"):
        BALLOT.perform(ballot, "open", actor=room.secretary)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.voters.count()) == ("draft", 0)


def test_voters_are_those_present_and_absentees_who_write_where_that_counts() -> None:
    room = build_room(present=11)
    seats = list(room.session.seats.all())
    seats[11].attendance = "written"
    seats[11].save(update_fields=["attendance"])

    ballot = room.opened()

    assert (ballot.eligible, ballot.present, ballot.written, ballot.issued) == (13, 11, 1, 12)
    assert set(ballot.voters.values_list("seat", flat=True)) == {each.pk for each in seats[:12]}


def test_where_absentees_do_not_write_they_get_no_ballot_and_stay_in_the_base() -> None:
    room = build_room(present=11, absent="uncounted")
    room.session.seats.filter(attendance="absent").update(attendance="written")

    ballot = room.opened()
    room.cast_all(ballot, *["yyy"] * 11)
    room.close(ballot)

    assert (ballot.written, ballot.issued) == (0, 11)
    assert counts_of(ballot) == [(11, 0, 0, 0, 13, 11)] * 3
    assert fates_of(ballot) == ["passed"] * 3


def test_a_written_session_needs_nobody_in_the_room() -> None:
    room = build_room(present=0)
    room.session.kind = "written"
    room.session.save(update_fields=["kind"])
    room.session.seats.update(attendance="")

    ballot = room.opened()
    room.cast_all(ballot, *["yyn"] * 13)
    room.close(ballot)

    assert (ballot.present, ballot.written) == (0, 13)
    assert fates_of(ballot) == ["passed", "passed", "failed"]


def test_a_secret_electronic_round_needs_three_voters_on_every_item() -> None:
    room = build_room(members=5)
    for number in (0, 1, 2):
        room.recuse(number, room.items()[1])
    ballot = room.prepared()

    with pytest.raises(TransitionRefused, match="ít nhất 3"):
        BALLOT.perform(ballot, "open", actor=room.secretary)


def test_somebody_who_comes_late_gets_a_ballot() -> None:
    room = build_room(present=11)
    ballot = room.opened()
    room.cast(ballot, 0, "yyy")
    room.session.seats.filter(pk=room.seat(12).pk).update(attendance="present")

    assert add_latecomers(ballot, actor=room.secretary) == 1
    assert add_latecomers(ballot, actor=room.secretary) == 0
    room.cast(ballot, 12, "yyy")
    assert ballot.voters.filter(has_voted=True).count() == 2


# Casting


def test_only_the_member_casts_once_and_never_on_what_the_member_keeps_out_of() -> None:
    room = build_room()
    room.recuse(3, room.items()[0])
    ballot = room.opened()
    voter = room.voter(ballot, 3)

    with pytest.raises(TransitionRefused, match="không có quyền"):
        cast_marks(ballot, voter=voter.pk, marks={}, actor=room.person(4))
    with pytest.raises(TransitionRefused, match="không tham gia"):
        room.cast(ballot, 3, "yyy")
    receipt = room.cast(ballot, 3, "-yn")
    with pytest.raises(TransitionRefused, match="đã bỏ"):
        room.cast(ballot, 3, "-yy")
    assert len(receipt) == 11
    assert ballot.voters.filter(has_voted=True).count() == 1


def test_a_mark_on_another_rounds_row_is_refused() -> None:
    room = build_room()
    first = room.opened(room.items()[0])
    other = rows_of(room.prepared(room.items()[1]))[0]

    with pytest.raises(TransitionRefused, match="không thuộc lượt"):
        cast_marks(first, voter=room.voter(first, 0).pk, marks={other.pk: "yes"}, actor=room.person(0))
    with pytest.raises(TransitionRefused, match="không thuộc lượt"):
        cast_marks(first, voter=room.voter(first, 0).pk, marks={rows_of(first)[0].pk: "x"}, actor=room.person(0))


def test_an_authorised_substitute_casts_and_the_member_does_not() -> None:
    room = build_room()
    seat, stranger = room.seat(5), room.world.person("stranger")
    seat.attendance, seat.substitute = "substitute", stranger
    seat.substitute_name, seat.authorisation = str(stranger), "Giấy ủy quyền số 5"
    seat.save()
    ballot = room.opened()

    with pytest.raises(TransitionRefused, match="không có quyền"):
        room.cast(ballot, 5, "yyy")
    voter = room.voter(ballot, 5)
    assert cast_marks(ballot, voter=voter.pk, marks={}, actor=stranger)


def test_an_open_vote_keeps_names_and_marks_and_has_no_urn() -> None:
    room = build_room()
    vote_setting(room.world, "cstd-tinh", 50, more_than=True, mode="open")
    ballot = room.opened(mode="open")

    assert room.cast(ballot, 0, "yn-") == ""
    for number in range(1, 13):
        room.cast(ballot, number, "yyn")
    room.close(ballot)

    items = [str(each.pk) for each in room.items()]
    assert OpenVote.objects.get(seat=room.seat(0)).marks == dict(zip(items, ["yes", "no", ""], strict=True))
    assert not BallotUrn.objects.exists()
    assert counts_of(ballot) == [(13, 0, 0, 0, 13, 7), (12, 1, 0, 0, 13, 7), (0, 12, 1, 0, 13, 7)]
    assert fates_of(ballot) == ["passed", "passed", "failed"]


# Counting


def test_a_round_is_not_counted_below_three_secret_votes() -> None:
    room = build_room()
    ballot = room.opened()
    room.cast_all(ballot, "yyy", "yyy")

    with pytest.raises(TransitionRefused, match="ít nhất 3"):
        room.close(ballot)
    room.cast(ballot, 2, "yyy")
    room.close(ballot)

    assert (ballot.state, ballot.cast, ballot.note) == (
        "closed",
        3,
        "Kết thúc khi còn 10 thành viên chưa bỏ phiếu: Hết giờ bỏ phiếu",
    )


def test_three_votes_do_not_suffice_for_an_item_that_one_of_them_keeps_out_of() -> None:
    room = build_room()
    room.recuse(0, room.items()[1])
    ballot = room.opened()
    room.cast_all(ballot, "y-y", "yyy", "yyy")

    with pytest.raises(TransitionRefused, match="mới có 2 phiếu kín"):
        room.close(ballot)


def test_a_count_that_does_not_match_the_marks_of_voters_is_refused() -> None:
    room = build_room()
    ballot = room.opened()
    room.cast_all(ballot, "yyy", "yyy", "yyy")
    BallotVoter.objects.filter(ballot=ballot, seat=room.seat(3)).update(has_voted=True)

    with pytest.raises(TransitionRefused, match="dữ liệu đã bị can thiệp"):
        room.close(ballot)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.receipts) == ("open", [])


def test_receipts_are_published_in_alphabetical_order_and_the_urn_is_empty_after_the_count() -> None:
    room = build_room()
    ballot = room.opened()
    receipts = [room.cast(ballot, number, "yyy") for number in range(13)]
    room.close(ballot)

    assert ballot.receipts == sorted(receipts)
    assert BallotUrn.objects.get(ballot=ballot).sealed == ""


@pytest.mark.parametrize(("in_base", "base", "needed", "fate"), [(True, 13, 11, "failed"), (False, 12, 10, "passed")])
def test_a_recused_member_is_in_the_base_or_out_of_it_by_the_councils_rules(
    in_base: bool, base: int, needed: int, fate: str
) -> None:
    room = build_room(items=1, recused_in_base=in_base)
    room.recuse(12, room.items()[0])
    ballot = room.opened()
    room.cast_all(ballot, *["y"] * 10, "n", "n")
    room.close(ballot)

    assert counts_of(ballot) == [(10, 2, 0, 1, base, needed)]
    assert fates_of(ballot) == [fate]


def test_a_share_of_those_present_leaves_absentees_out() -> None:
    room = build_room(items=1, present=11, absent="uncounted")
    vote_setting(room.world, "cstd-tinh", 50, more_than=True, base="present")
    ballot = room.opened()
    room.cast_all(ballot, *["y"] * 6, *["n"] * 5)
    room.close(ballot)

    assert counts_of(ballot) == [(6, 5, 0, 0, 11, 6)]
    assert fates_of(ballot) == ["passed"]


# Places, ties, rounds


def test_more_pass_than_places_the_most_votes_first_and_the_rest_is_over() -> None:
    room = build_room(items=3)
    ballot = room.opened(places=2, places_basis="Kế hoạch 12/KH-UBND")
    room.cast_all(ballot, *["yyy"] * 11, "yyn", "ynn")
    room.close(ballot)

    assert [row.yes for row in rows_of(ballot)] == [13, 12, 11]
    assert fates_of(ballot) == ["passed", "passed", "over-quota"]


def test_places_that_another_round_filled_are_not_filled_again() -> None:
    room = build_room(items=2)
    items = room.items()
    rule: dict[str, Any] = {"places": 1, "places_basis": "Kế hoạch 12/KH-UBND"}
    for item in items:
        ballot = room.opened(item, **rule)
        room.cast_all(ballot, *["y"] * 13)
        room.close(ballot)

    assert [fates_of(each) for each in Ballot.objects.order_by("pk")] == [["passed"], ["over-quota"]]


def test_a_tie_at_the_last_place_waits_for_the_chair_whose_decision_is_recorded() -> None:
    room = build_room(items=3)
    ballot = room.opened(places=2, places_basis="Kế hoạch 12/KH-UBND")
    room.cast_all(ballot, *["yyy"] * 11, "ynn", "ynn")
    room.close(ballot)
    rows = rows_of(ballot)
    assert fates_of(ballot) == ["passed", "tied", "tied"]

    with pytest.raises(TransitionRefused, match="Bằng phiếu"):
        settle(room.session, actor=room.secretary)
    with pytest.raises(TransitionRefused, match="chọn đúng 1"):
        break_tie(ballot, chosen={rows[1].pk, rows[2].pk}, by="Ủy viên số 1", reason="x", actor=room.secretary)
    with pytest.raises(TransitionRefused, match="lý do"):
        break_tie(ballot, chosen={rows[1].pk}, by="Ủy viên số 1", reason=" ", actor=room.secretary)
    break_tie(ballot, chosen={rows[2].pk}, by="Ủy viên số 1", reason="Tiêu biểu hơn", actor=room.secretary)

    assert fates_of(ballot) == ["passed", "over-quota", "passed"]
    assert room.items()[2].settled_by == "Ủy viên số 1"
    assert AuditEntry.objects.filter(action="Chủ tịch quyết định khi bằng phiếu").count() == 1


def test_what_failed_is_voted_once_more_and_then_the_competent_person_decides() -> None:
    room = build_room(items=2)
    ballot = room.opened()
    room.cast_all(ballot, *["yy"] * 10, "yn", "yn", "yn")
    room.close(ballot)
    second = prepare_next_round(ballot, actor=room.secretary)
    assert [row.item_id for row in rows_of(second)] == [room.items()[1].pk]
    BALLOT.perform(second, "open", actor=room.secretary)
    room.cast_all(second, *["y"] * 10, "n", "n", "n")
    room.close(second)

    with pytest.raises(TransitionRefused, match="đủ 2 vòng"):
        prepare_next_round(second, actor=room.secretary)
    item = room.items()[1]
    with pytest.raises(TransitionRefused, match="chức vụ"):
        decide_item(item, passed=True, by="", reason="x", actor=room.secretary)
    decide_item(item, passed=True, by="Ông A, Chủ tịch", reason="Thành tích nổi bật", actor=room.secretary)

    item.refresh_from_db()
    assert (item.outcome, item.settled_by, item.nomination.state) == ("passed", "Ông A, Chủ tịch", "passed")


def test_nobody_passes_what_a_decrees_own_share_refused() -> None:
    room = build_room(items=1, code="cstd-toan-quoc", max_rounds=1)
    ballot = room.opened()
    room.cast_all(ballot, *["y"] * 11, "n", "n")
    room.close(ballot)

    with pytest.raises(TransitionRefused, match="90% phiếu theo Nghị định 152"):
        decide_item(room.items()[0], passed=True, by="Ông A", reason="x", actor=room.secretary)


def test_one_round_where_the_rules_allow_one() -> None:
    room = build_room(items=1, max_rounds=1)
    ballot = room.opened()
    room.cast_all(ballot, *["n"] * 13)
    room.close(ballot)

    with pytest.raises(TransitionRefused, match="đủ 1 vòng"):
        prepare_next_round(ballot, actor=room.secretary)


# Cancelling


def test_a_cancelled_round_leaves_an_empty_urn_and_frees_its_items() -> None:
    room = build_room()
    ballot = room.opened()
    room.cast(ballot, 0, "yyy")

    with pytest.raises(TransitionRefused, match="lý do"):
        BALLOT.perform(ballot, "cancel", actor=room.secretary)
    BALLOT.perform(ballot, "cancel", actor=room.secretary, reason="Mất điện")

    assert BallotUrn.objects.get(ballot=ballot).sealed == ""
    assert room.prepared().pk != ballot.pk


def test_a_result_is_annulled_with_a_reason_unless_something_stands_on_it() -> None:
    room = build_room(items=1)
    ballot = room.opened()
    room.cast_all(ballot, *["n"] * 13)
    room.close(ballot)
    second = prepare_next_round(ballot, actor=room.secretary)
    with pytest.raises(TransitionRefused, match="Đã có vòng 2"):
        BALLOT.perform(ballot, "annul", actor=room.secretary, reason="Kiểm sai")
    BALLOT.perform(second, "cancel", actor=room.secretary, reason="Không cần")
    BALLOT.perform(ballot, "annul", actor=room.secretary, reason="Kiểm sai")

    assert counts_of(ballot) == [(None,) * 6]
    assert AuditEntry.objects.get(action="Bỏ kết quả kiểm phiếu").before["items"] != {}


# Paper


def test_a_committees_count_is_checked_by_its_sums_and_closes_the_round() -> None:
    room = build_room(items=2)
    room.recuse(4, room.items()[1])
    ballot = room.opened(channel="counted")
    first, second = (row.pk for row in rows_of(ballot))
    committee = [{"name": "Lê Văn Kiểm", "title": "Trưởng ban"}]

    with pytest.raises(FieldFaults) as wrong:
        enter_count(
            ballot,
            figures=Figures(issued=14, cast=15, invalid=16),
            counts={first: (12, 2)},
            actor=room.secretary,
        )
    assert set(wrong.value.faults) == {"issued", "cast", "invalid", "committee", str(first), str(second)}
    figures = Figures(issued=13, cast=13, invalid=1, committee=committee)
    with pytest.raises(FieldFaults) as wrong:
        enter_count(ballot, figures=figures, counts={first: (11, 1), second: (11, 1)}, actor=room.secretary)
    assert set(wrong.value.faults) == {str(second)}
    enter_count(ballot, figures=figures, counts={first: (11, 1), second: (11, 0)}, actor=room.secretary)

    ballot.refresh_from_db()
    assert (ballot.state, ballot.cast, ballot.invalid, ballot.committee) == ("closed", 13, 1, committee)
    assert counts_of(ballot) == [(11, 1, 0, 0, 13, 11), (11, 0, 0, 1, 13, 11)]


def test_written_opinions_on_paper_go_into_the_urn_of_a_secret_round_and_nowhere_else() -> None:
    room = build_room(present=11)
    room.session.seats.filter(attendance="absent").update(attendance="written")
    ballot = room.opened()
    rows = [row.pk for row in rows_of(ballot)]
    away = [room.voter(ballot, 11).pk, room.voter(ballot, 12).pk]
    present = room.voter(ballot, 0).pk

    with pytest.raises(TransitionRefused, match="dự họp"):
        enter_paper(ballot, voters=[present], counts={rows[0]: (1, 0)}, actor=room.secretary)
    with pytest.raises(FieldFaults):
        enter_paper(ballot, voters=away, counts={rows[0]: (2, 1)}, actor=room.secretary)
    receipts = enter_paper(ballot, voters=away, counts={rows[0]: (2, 0), rows[1]: (1, 1)}, actor=room.secretary)
    room.cast_all(ballot, *["yyy"] * 11)
    room.close(ballot)

    assert len(receipts) == 2
    assert set(receipts) <= set(ballot.receipts)
    assert counts_of(ballot) == [(13, 0, 0, 0, 13, 11), (12, 1, 0, 0, 13, 11), (11, 0, 2, 0, 13, 11)]
    assert {(row.paper_yes, row.paper_no) for row in rows_of(ballot)} == {(None, None)}
    entry = AuditEntry.objects.get(action="Nhập ý kiến bằng văn bản gửi trên giấy")
    assert entry.after == {"voters": [str(room.seat(11)), str(room.seat(12))]}


def test_written_opinions_on_paper_stand_beside_the_votes_of_an_open_round() -> None:
    room = build_room(items=1, present=11)
    vote_setting(room.world, "cstd-tinh", 80, mode="open")
    room.session.seats.filter(attendance="absent").update(attendance="written")
    ballot = room.opened()
    row = rows_of(ballot)[0]
    away = [room.voter(ballot, 11).pk, room.voter(ballot, 12).pk]
    assert enter_paper(ballot, voters=away, counts={row.pk: (1, 1)}, actor=room.secretary) == []
    room.cast_all(ballot, *["y"] * 11)
    room.close(ballot)

    assert counts_of(ballot) == [(12, 1, 0, 0, 13, 11)]


# Conclusions


def test_the_council_of_thirteen_with_absentees_a_recusal_two_rounds_a_tie_and_a_quota() -> None:
    """Issue point 1: eleven in the room, one absentee by device, one on paper, seat 2 keeps out of the last item."""
    room = build_room(items=5, present=11)
    room.session.seats.filter(attendance="absent").update(attendance="written")
    room.recuse(2, room.items()[4])
    first = room.opened(places=3, places_basis="Kế hoạch 12/KH-UBND")
    for number in range(12):
        near = "n" if number in (0, 1, 3) else "y"
        last = "-" if number == 2 else "n" if number in (0, 1) else "y"
        room.cast(first, number, f"y{near}{near}{'y' if number >= 9 else 'n'}{last}")
    on_paper(room, first)
    room.close(first)
    assert counts_of(first) == [
        (13, 0, 0, 0, 13, 11),
        (10, 3, 0, 0, 13, 11),
        (10, 3, 0, 0, 13, 11),
        (4, 9, 0, 0, 13, 11),
        (10, 2, 0, 1, 13, 11),
    ]
    assert fates_of(first) == ["passed", "failed", "failed", "failed", "failed"]

    second = prepare_next_round(first, actor=room.secretary)
    BALLOT.perform(second, "open", actor=room.secretary)
    for number in range(12):
        last = "-" if number == 2 else "n" if number == 0 else "y"
        room.cast(second, number, f"{'ny'[number > 0]}{'ny'[number > 1]}{'ny'[number >= 9]}{last}")
    on_paper(room, second)
    room.close(second)
    assert [row.yes for row in rows_of(second)] == [12, 11, 4, 11]
    assert fates_of(second) == ["passed", "tied", "failed", "tied"]

    last_row = rows_of(second)[3]
    break_tie(second, chosen={last_row.pk}, by="Ủy viên số 1", reason="Tiêu biểu hơn", actor=room.secretary)
    found = settle(room.session, actor=room.secretary)

    assert (len(found.passed), len(found.failed), found.left) == (3, 2, [])
    items = room.items()
    expected = ["passed", "passed", "failed", "failed", "passed"]
    assert [each.outcome for each in items] == [each.nomination.state for each in items] == expected
    chair = "Chủ tịch Hội đồng quyết định khi bằng phiếu: Tiêu biểu hơn"
    assert [each.reason for each in items] == [
        "Đạt 13/13 phiếu (cần 11 phiếu, 80%).",
        "Đạt 12/13 phiếu (cần 11 phiếu, 80%).",
        f"Đạt 11/13 phiếu (cần 11 phiếu, 80%) nhưng vượt số lượng tối đa 3 theo Kế hoạch 12/KH-UBND. {chair}",
        "Không đạt: 4/13 phiếu đồng ý (cần 11 phiếu, 80%).",
        f"Đạt 11/13 phiếu (cần 11 phiếu, 80%). {chair}",
    ]


def on_paper(room: Room, ballot: Ballot) -> None:
    """The last member agrees to everything in writing."""
    counts = {row.pk: (1, 0) for row in rows_of(ballot)}
    enter_paper(ballot, voters=[room.voter(ballot, 12).pk], counts=counts, actor=room.secretary)


def test_a_session_is_not_concluded_while_a_round_runs_or_by_strangers() -> None:
    room = build_room()
    ballot = room.opened()

    with pytest.raises(TransitionRefused, match="chưa kết thúc"):
        settle(room.session, actor=room.secretary)
    room.cast_all(ballot, *["yyy"] * 13)
    room.close(ballot)
    with pytest.raises(PermissionDenied):
        settle(room.session, actor=room.world.person("council_member"))


@pytest.mark.parametrize("items", [3, 12])
def test_concluding_takes_as_many_queries_for_many_items_as_for_few(items: int, django_assert_num_queries: Any) -> None:
    room = build_room(items=items)
    ballot = room.opened()
    room.cast_all(ballot, *["y" * (items - 1) + "n"] * 13)
    room.close(ballot)

    with django_assert_num_queries(QUERIES_OF_SETTLING):
        settle(room.session, actor=room.secretary)


QUERIES_OF_SETTLING = 33


# The government's flags


def leaders(room: Room, count: int) -> None:
    CouncilRule.objects.create(
        council=room.world.council,
        key="flag-leaders-of-year",
        value=count,
        valid_from=date(2020, 1, 1),
        valid_to=date(2020, 12, 31),
        legal_basis="Báo cáo 45/BC-SNV",
    )


@pytest.mark.parametrize(("known", "nominees", "allowed"), [(34, 6, True), (34, 7, False), (4, 1, False), (5, 1, True)])
def test_the_cap_on_government_flags_blocks_where_the_leaders_are_known(
    known: int, nominees: int, allowed: bool
) -> None:
    room = build_room(items=nominees, code="co-chinh-phu")
    leaders(room, known)

    if allowed:
        assert room.prepared().rows.count() == nominees
    else:
        with pytest.raises(TransitionRefused, match="Nghị định 152/2025/NĐ-CP, Điều 7 khoản 1"):
            room.prepared()


def test_the_cap_only_warns_where_the_leaders_are_not_known() -> None:
    room = build_room(items=7, code="co-chinh-phu")

    assert room.prepared().rows.count() == 7
    assert ["chưa có số tập thể dẫn đầu" in each for each in flag_warnings(room.session, room.items())] == [True]
