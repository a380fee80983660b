"""Votes as counted, and the proposals that follow or depart from them."""

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from blocs.enums import Award
from blocs.models import BlocYear, Quota
from scoring.domain.disqualifying import disqualify
from scoring.domain.outcome import propose, warnings, withdraw_proposal
from scoring.domain.polls import needed_votes, outcomes, record_poll, vote_passes
from scoring.domain.wording import PollFaults
from scoring.models import Poll, PollVoter, Proposal, ScoreSheet
from tests.scoring_world import Scores, build_scores
from tests.world import World, build_world

# Thresholds


@pytest.mark.parametrize(
    ("base", "percent", "needed"), [(13, 80, 11), (13, 90, 12), (9, 90, 9), (9, 80, 8), (15, 90, 14), (15, 80, 12)]
)
def test_the_fewest_votes_that_pass(base: int, percent: int, needed: int) -> None:
    """domain.md G.1, from NĐ 98/2023, Điều 30 khoản 7."""
    assert needed_votes(base=base, percent=percent) == needed
    assert vote_passes(yes=needed, base=base, percent=percent)
    assert not vote_passes(yes=needed - 1, base=base, percent=percent)


def test_the_published_votes_pass_and_fail() -> None:
    """domain.md G.1: council 13, threshold 80 %: 10 yes fails, 11 passes; 90 %: 11 fails, 12 passes."""
    assert [vote_passes(yes=yes, base=13, percent=80) for yes in (10, 11)] == [False, True]
    assert [vote_passes(yes=yes, base=13, percent=90) for yes in (11, 12)] == [False, True]


@pytest.mark.parametrize("percent", [1, 33, 50, 66, 67, 80, 90, 100])
def test_needed_votes_and_passing_agree_for_every_council(percent: int) -> None:
    for base in range(1, 101):
        needed = needed_votes(base=base, percent=percent)
        assert [vote_passes(yes=yes, base=base, percent=percent) for yes in (needed - 1, needed)] == [False, True]


# Polls


def count(world: World, **changes: Any) -> Poll:
    values: dict[str, Any] = {
        "award": "co-tinh",
        "mode": "secret",
        "base": "members",
        "threshold": 80,
        "eligible": 7,
        "present": 7,
        "cast": 7,
        "invalid": 1,
        "votes": {world.syt: 6, world.sgddt: 5},
        "actor": None,
    }
    return record_poll(world.year, **values | changes)


def told(world: World) -> list[tuple[str, int, str, int, int | None, bool | None]]:
    return [
        (each.award, each.round, each.agency.code, each.votes, each.needed, each.passed)
        for each in outcomes(world.year)
    ]


def test_counts_of_a_poll_that_the_reader_may_not_see_stay_hidden(client: Client, world: World) -> None:
    own, other = count(world), count(world, award="co-chinh-phu")
    PollVoter.objects.create(poll=own, agency=world.syt)
    BlocYear.objects.filter(pk=world.year.pk).update(state="running", scores_published_at=None)

    def awards(name: str) -> set[str]:
        client.force_login(world.person(name))
        return {each.award for each in client.get(f"/khoi/{world.year.pk}/de-nghi/").context["outcomes"]}

    assert awards("officer") == {own.award}
    assert awards("secretary") == {own.award, other.award}


def test_a_count_gives_its_outcome(world: World) -> None:
    count(world)
    count(world, award="co-chinh-phu", base="present", present=5, cast=5, invalid=0, votes={world.syt: 4})

    assert told(world) == [
        ("co-chinh-phu", 1, "syt", 4, 4, True),
        ("co-tinh", 1, "syt", 6, 6, True),
        ("co-tinh", 1, "sgddt", 5, 6, False),
    ]


def test_unknown_counts_decide_nothing(world: World) -> None:
    count(world, mode="consensus", threshold=None, eligible=None, present=None, cast=None, invalid=None)
    count(world, award="bk-tinh", base="present", present=None, cast=None, votes={world.syt: 6})

    assert told(world) == [
        ("bk-tinh", 1, "syt", 6, None, None),
        ("co-tinh", 1, "syt", 6, None, None),
        ("co-tinh", 1, "sgddt", 5, None, None),
    ]


def test_a_corrected_count_replaces_the_first_and_both_are_in_the_history(world: World) -> None:
    secretary = world.person("secretary")
    first = count(world, actor=secretary)
    again = count(world, votes={world.sgddt: 6}, actor=secretary)

    assert again == first
    assert told(world) == [("co-tinh", 1, "sgddt", 6, 6, True)]
    entry = audit.entries_of(first).first()
    assert entry is not None
    assert (entry.before, entry.after) == ({"votes": {"sgddt": 5, "syt": 6}}, {"votes": {"sgddt": 6}})


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"invalid": 8}, "invalid", "Phiếu không hợp lệ (8) không được nhiều hơn số phiếu thu về (7)."),
        ({"cast": 7, "present": 6}, "cast", "Số phiếu thu về (7) không được nhiều hơn có mặt (6)."),
        ({"present": 8, "cast": 8}, "present", "Có mặt (8) không được nhiều hơn tổng số thành viên (7)."),
        ({"present": None, "cast": 8}, "cast", "Số phiếu thu về (8) không được nhiều hơn tổng số thành viên (7)."),
        ({"invalid": -1}, "invalid", "Số lượng không được nhỏ hơn 0."),
        ({"threshold": 101}, "threshold", "Tỷ lệ tối thiểu phải từ 1 đến 100 %."),
        ({"mode": "sms"}, "mode", "Hãy chọn cách biểu quyết."),
        ({"base": "all"}, "base", "Hãy chọn cơ sở tính tỷ lệ."),
        ({"round": 3}, "round", "Mỗi hình thức chỉ bỏ phiếu tối đa 2 vòng."),
        ({"round": 2}, "round", "Chưa có kết quả vòng 1. Hãy ghi vòng 1 trước."),
        ({"invalid": 2}, "syt", "Số phiếu của Sở Y tế (6) nhiều hơn số phiếu hợp lệ (5)."),
    ],
)
def test_counts_that_cannot_be_right_are_refused(world: World, changes: Any, field: str, sentence: str) -> None:
    with pytest.raises(PollFaults) as refused:
        count(world, **changes)

    assert refused.value.faults[field] == sentence
    assert Poll.objects.count() == 0


def test_only_members_of_the_bloc_get_votes(world: World) -> None:
    with pytest.raises(PollFaults) as refused:
        count(world, votes={world.other: 1, world.syt: -1})

    assert refused.value.faults == {
        "other": "Sở Xây dựng không phải thành viên của khối trong năm nên không nhận phiếu được.",
        "syt": "Số phiếu của Sở Y tế không được nhỏ hơn 0.",
    }


# Proposals


@pytest.fixture
def scores(world: World) -> Scores:
    """syt first, sgddt second, stttt third; sldtbxh has no sheet."""
    made = build_scores(world)
    for agency, points in ((world.syt, 50), (world.sgddt, 45), (world.stttt, 40)):
        made.filled(agency, points)
    return made


def test_a_proposal_in_score_order_needs_no_reason(scores: Scores) -> None:
    world, secretary = scores.world, scores.world.person("secretary")

    first = propose(world.year, award="co-chinh-phu", agency=world.syt, actor=secretary)
    second = propose(world.year, award="co-tinh", agency=world.sgddt, actor=secretary)

    assert [(each.agency, each.position) for each in (first, second)] == [(world.syt, 0), (world.sgddt, 1)]
    assert audit.entries_of(first).get().after == {"award": "co-chinh-phu", "agency": "syt"}
    assert warnings(world.year) == ["Chưa gửi phiếu chấm điểm: Sở Lao động - Thương binh và Xã hội."]


def test_departing_from_the_score_order_needs_a_reason(scores: Scores) -> None:
    world = scores.world
    sentence = "Sở Giáo dục và Đào tạo được đề nghị Cờ thi đua trong khi đơn vị xếp hạng cao hơn chưa được đề nghị: "

    with pytest.raises(TransitionRefused, match=f"^{sentence}Sở Y tế. Hãy ghi lý do.$"):
        propose(world.year, award="co-tinh", agency=world.sgddt, actor=None)
    with pytest.raises(TransitionRefused, match="Sở Y tế, Sở Giáo dục và Đào tạo, Sở Thông tin"):
        propose(world.year, award="co-tinh", agency=world.sldtbxh, actor=None)
    propose(world.year, award="co-tinh", agency=world.sgddt, reason="Khối bỏ phiếu suy tôn", actor=None)

    assert warnings(world.year)[0] == f"{sentence}Sở Y tế. Lý do: Khối bỏ phiếu suy tôn."


@pytest.mark.parametrize("award", ["bk-tinh", "bk-thu-tuong", "giay-khen"])
def test_a_certificate_out_of_score_order_needs_a_reason(scores: Scores, award: str) -> None:
    """Passed over is who has no proposal at all: the unit with the flag is not, the second in rank is."""
    world = scores.world
    sentence = (
        f"Sở Thông tin và Truyền thông được đề nghị {Award(award).label} "
        "trong khi đơn vị xếp hạng cao hơn chưa được đề nghị hình thức nào: Sở Giáo dục và Đào tạo."
    )
    propose(world.year, award="co-tinh", agency=world.syt, actor=None)

    with pytest.raises(TransitionRefused) as refused:
        propose(world.year, award=award, agency=world.stttt, actor=None)
    propose(world.year, award=award, agency=world.stttt, reason="Mô hình mới", actor=None)
    departing = warnings(world.year)[0]
    propose(world.year, award=award, agency=world.sgddt, actor=None)

    assert str(refused.value) == f"{sentence} Hãy ghi lý do."
    assert departing == f"{sentence} Lý do: Mô hình mới."
    assert not any("xếp hạng cao hơn" in line for line in warnings(world.year))


def test_a_unit_barred_from_certificates_is_not_passed_over(scores: Scores) -> None:
    world = scores.world
    ground = disqualify(ScoreSheet.objects.get(agency=world.syt), reason="Bị kỷ luật.", actor=None)
    ground.bars_certificates = True
    ground.save()

    propose(world.year, award="bk-tinh", agency=world.sgddt, actor=None)

    assert not any("xếp hạng cao hơn" in line for line in warnings(world.year))


def test_a_disqualified_unit_gets_no_flag_and_is_not_passed_over(scores: Scores) -> None:
    world = scores.world
    disqualify(ScoreSheet.objects.get(agency=world.syt), reason="Không ký giao ước.", actor=None)

    with pytest.raises(TransitionRefused, match="thuộc trường hợp không xét"):
        propose(world.year, award="co-tinh", agency=world.syt, reason="vẫn xét", actor=None)
    propose(world.year, award="co-tinh", agency=world.sgddt, actor=None)

    assert [each.agency for each in Proposal.objects.all()] == [world.sgddt]


def test_what_no_reason_can_help_is_refused(scores: Scores) -> None:
    world = scores.world
    propose(world.year, award="co-tinh", agency=world.syt, actor=None)

    for award, agency, sentence in (
        ("co-tinh", world.syt, "đã được đề nghị hình thức này"),
        ("co-chinh-phu", world.syt, "không được đề nghị đồng thời Cờ thi đua của Chính phủ và của tỉnh"),
        ("co-tinh", world.other, "không phải thành viên của khối"),
        ("co-vang", world.sgddt, "không có trong danh mục"),
    ):
        with pytest.raises(TransitionRefused, match=sentence):
            propose(world.year, award=award, agency=agency, reason="có lý do", actor=None)
    assert Proposal.objects.count() == 1


def test_passing_a_quota_needs_a_reason(scores: Scores) -> None:
    """domain.md B5 Q3: so many flags per bloc."""
    world = scores.world
    Quota.objects.create(bloc_year=world.year, award="co-tinh", limit=1)
    propose(world.year, award="co-tinh", agency=world.syt, actor=None)

    with pytest.raises(TransitionRefused, match=r"^Khối chỉ được đề nghị 1 Cờ thi đua của Ủy ban"):
        propose(world.year, award="co-tinh", agency=world.sgddt, actor=None)
    propose(world.year, award="co-tinh", agency=world.sgddt, reason="Tỉnh đồng ý thêm", actor=None)

    assert warnings(world.year)[0] == (
        "Khối đề nghị 2 Cờ thi đua của Ủy ban nhân dân tỉnh, vượt số lượng được phân bổ là 1."
    )


def test_two_flags_of_the_province_from_a_bloc_without_scores_are_legal(world: World) -> None:
    """domain.md G.10 (Quảng Nam III, 2020): one Government flag and two of the province, by consensus."""
    for award, agency in (("co-chinh-phu", world.sldtbxh), ("co-tinh", world.syt), ("co-tinh", world.stttt)):
        propose(world.year, award=award, agency=agency, actor=None)

    assert Proposal.objects.count() == 3
    assert warnings(world.year) == []


def test_a_proposal_is_withdrawn_with_a_reason_once(scores: Scores) -> None:
    made = propose(scores.world.year, award="co-tinh", agency=scores.world.syt, actor=None)
    copy = Proposal.objects.get(pk=made.pk)
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do rút đề nghị"):
        withdraw_proposal(made, reason=" ", actor=None)

    withdraw_proposal(made, reason="Đơn vị xin rút", actor=None)

    assert [entry.reason for entry in audit.entries_of(copy)] == ["Đơn vị xin rút", ""]
    with pytest.raises(TransitionRefused, match="đã được rút"):
        withdraw_proposal(copy, reason="lại", actor=None)


def test_warnings_name_what_is_late_missing_or_provisional(scores: Scores) -> None:
    world = scores.world
    world.year.scores_due = date(2020, 12, 10)
    world.year.save(update_fields=["scores_due"])
    propose(world.year, award="co-tinh", agency=world.syt, actor=None)
    # 17:30 UTC is already the next day in Vietnam.
    sent = {world.syt: datetime(2020, 12, 10, 17, 30, tzinfo=UTC), world.sgddt: datetime(2020, 12, 10, 16, tzinfo=UTC)}
    for agency, at in sent.items():
        ScoreSheet.objects.filter(agency=agency).update(submitted_at=at)
    sheet = ScoreSheet.objects.get(agency=world.stttt)
    sheet.lines.filter(criterion=scores.criteria["A4"]).update(times=None)
    sheet.lines.filter(criterion=scores.criteria["A1"]).update(agreed_points=None, appraised_points=None)
    disqualify(ScoreSheet.objects.get(agency=world.syt), reason="Bị kỷ luật.", actor=None)

    assert warnings(world.year) == [
        "Sở Y tế được đề nghị Cờ thi đua trong khi đơn vị xếp hạng cao hơn chưa được đề nghị: Sở Giáo dục và Đào tạo.",
        "Sở Y tế được đề nghị Cờ thi đua của Ủy ban nhân dân tỉnh dù thuộc diện không xét: Bị kỷ luật.",
        "Sở Y tế gửi phiếu chấm điểm ngày 11/12/2020, chậm 1 ngày.",
        "Sở Thông tin và Truyền thông còn thiếu điểm ở các tiêu chí: A4.",
        "Điểm còn tạm tính, chưa được thẩm định hết: Sở Thông tin và Truyền thông.",
        "Chưa gửi phiếu chấm điểm: Sở Lao động - Thương binh và Xã hội.",
    ]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'")
def test_two_flags_for_one_unit_at_once_leave_one() -> None:
    world = build_world()
    barrier, answers = threading.Barrier(2), []

    def try_flag(award: str) -> None:
        barrier.wait(timeout=10)
        try:
            propose(world.year, award=award, agency=world.syt, actor=None)
            answers.append("proposed")
        except TransitionRefused:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_flag, args=(award,)) for award in ("co-tinh", "co-chinh-phu")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(answers) == ["proposed", "refused"]
    assert Proposal.objects.count() == 1
