"""Who would be proposed by scores and votes, what departs from that, what is left before concluding."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from blocs.models import BlocYear, Quota, Succession
from scoring.domain.concluding import checks_of, meeting_of
from scoring.domain.departures import latest_votes, marks_of
from scoring.domain.polls import outcomes
from scoring.domain.ranking import standings
from scoring.domain.suggesting import Suggestion, suggestions
from scoring.models import LockedStanding, Poll, Proposal
from tests.factories import ConferenceFactory, ProposalFactory
from tests.scoring_world import Scores, build_scores
from tests.world import World


@pytest.fixture
def scores(world: World) -> Scores:
    """Ranked: syt, sldtbxh, sgddt, stttt."""
    scores = build_scores(world)
    for agency, points in ((world.syt, 50), (world.sldtbxh, 45), (world.sgddt, 40), (world.stttt, 35)):
        scores.filled(agency, points)
    return scores


def poll(world: World, award: str = "co-tinh", *, round: int = 1, **votes: int) -> Poll:
    made = Poll.objects.create(
        bloc_year=world.year, award=award, round=round, mode="secret", base="members", threshold=80, eligible=4
    )
    for code, count in votes.items():
        made.tallies.create(agency=getattr(world, code), votes=count)
    return made


def quota(world: World, award: str, limit: int) -> None:
    Quota.objects.create(bloc_year=world.year, award=award, limit=limit)


def found(world: World) -> list[Suggestion]:
    year = world.year
    limits = dict(Quota.objects.filter(bloc_year=year).values_list("award", "limit"))
    return suggestions(year, rows=standings(year), proposals=Proposal.objects.all(), limits=limits)


def told(world: World) -> dict[str, list[tuple[str, str]]]:
    return {each.award: [(row.agency.code, row.verdict) for row in each.candidates] for each in found(world)}


def marks(world: World) -> dict[str, tuple[str, ...]]:
    rows = list(Proposal.objects.filter(bloc_year=world.year).select_related("agency").order_by("position", "pk"))
    limits = dict(Quota.objects.filter(bloc_year=world.year).values_list("award", "limit"))
    votes = latest_votes(outcomes(world.year))
    by_pk = marks_of(rows, rows=standings(world.year), limits=limits, votes=votes)
    return {row.agency.code: by_pk[row.pk] for row in rows}


# Suggestions


def test_places_go_by_rank_and_the_higher_flag_first(world: World, scores: Scores) -> None:
    quota(world, "co-chinh-phu", 1)
    quota(world, "co-tinh", 2)

    assert told(world) == {
        "co-chinh-phu": [("syt", "suggested"), ("sldtbxh", "over"), ("sgddt", "over"), ("stttt", "over")],
        "co-tinh": [("syt", "other_flag"), ("sldtbxh", "suggested"), ("sgddt", "suggested"), ("stttt", "over")],
    }


def test_a_unit_that_the_vote_refused_is_passed_over(world: World, scores: Scores) -> None:
    quota(world, "co-tinh", 1)
    poll(world, syt=3, sldtbxh=4)

    assert told(world)["co-tinh"][:2] == [("syt", "refused"), ("sldtbxh", "suggested")]
    assert [row.sentence for row in found(world)[0].candidates[:2]] == [
        "Không đạt tỷ lệ phiếu ở vòng 1: 3 phiếu, cần 4.",
        "Theo thứ tự điểm; đạt 4 phiếu, cần 4.",
    ]


def test_the_latest_round_counts(world: World, scores: Scores) -> None:
    quota(world, "co-tinh", 1)
    poll(world, syt=3, sldtbxh=2)
    poll(world, round=2, syt=4)

    assert told(world)["co-tinh"][:2] == [("syt", "suggested"), ("sldtbxh", "refused")]


def test_barred_units_get_no_flag_and_certificates_only_where_the_ground_allows(world: World, scores: Scores) -> None:
    """domain.md C5.4: each ground blocks flags, optionally certificates too."""
    quota(world, "co-tinh", 4)
    quota(world, "bk-tinh", 4)
    world.year.sheets.get(agency=world.syt).disqualifications.create(reason="Có đơn thư đúng")
    world.year.sheets.get(agency=world.sgddt).disqualifications.create(reason="Kỷ luật", bars_certificates=True)

    result = told(world)

    assert dict(result["co-tinh"]) == {
        "sldtbxh": "suggested", "stttt": "suggested", "syt": "barred", "sgddt": "barred",
    }  # fmt: skip
    assert dict(result["bk-tinh"]) == {
        "sldtbxh": "suggested", "stttt": "suggested", "syt": "unranked", "sgddt": "barred",
    }  # fmt: skip


def test_equals_across_the_last_place_are_left_to_the_conference(world: World) -> None:
    """TT 25/2025/TT-BKHCN, Điều 23: a tie at the last place is decided, not computed."""
    scores = build_scores(world)
    for agency, points in ((world.syt, 50), (world.sldtbxh, 45), (world.sgddt, 45), (world.stttt, 35)):
        scores.filled(agency, points)
    quota(world, "co-tinh", 2)
    before = dict(told(world)["co-tinh"])
    poll(world, sldtbxh=4, sgddt=4, syt=4)

    assert before == {"syt": "suggested", "sldtbxh": "tied", "sgddt": "tied", "stttt": "over"}
    assert dict(told(world)["co-tinh"]) == before


def test_votes_order_units_that_share_a_rank(world: World) -> None:
    """domain.md C5.5: higher total, then more votes."""
    scores = build_scores(world, tie_break=[])
    for agency in (world.syt, world.sldtbxh):
        scores.filled(agency, 45)
    quota(world, "co-tinh", 1)
    Poll.objects.filter(pk=poll(world, sldtbxh=4, syt=3).pk).update(threshold=50)

    assert told(world)["co-tinh"] == [("sldtbxh", "suggested"), ("syt", "over")]


def test_what_is_proposed_already_takes_its_place(world: World, scores: Scores) -> None:
    quota(world, "co-tinh", 2)
    ProposalFactory(bloc_year=world.year, agency=world.sgddt, award="co-tinh")

    (each,) = found(world)

    assert (each.limit, each.proposed, each.left) == (2, 1, 1)
    assert dict(told(world)["co-tinh"]) == {
        "syt": "suggested", "sldtbxh": "over", "sgddt": "proposed", "stttt": "over",
    }  # fmt: skip


def test_without_quota_only_who_was_voted_on_is_suggested(world: World, scores: Scores) -> None:
    poll(world, "bk-tinh", stttt=4, syt=2)

    assert dict(told(world)["bk-tinh"]) == {
        "syt": "refused", "sldtbxh": "over", "sgddt": "over", "stttt": "suggested",
    }  # fmt: skip


def test_a_unit_that_was_not_voted_on_takes_no_place_from_one_that_was(world: World, scores: Scores) -> None:
    quota(world, "co-tinh", 1)
    poll(world, sldtbxh=4)

    assert told(world)["co-tinh"][:2] == [("syt", "over"), ("sldtbxh", "suggested")]
    assert found(world)[0].candidates[0].sentence == "Chưa bỏ phiếu cho đơn vị này."


def test_a_flag_won_by_vote_is_settled_before_the_other_flag(world: World, scores: Scores) -> None:
    """The first in rank won the province's flag in round 2: the other flag goes to the next in rank."""
    quota(world, "co-chinh-phu", 1)
    quota(world, "co-tinh", 1)
    poll(world, syt=3, sldtbxh=2)
    poll(world, round=2, syt=4)

    assert told(world) == {
        "co-chinh-phu": [("syt", "other_flag"), ("sldtbxh", "suggested"), ("sgddt", "over"), ("stttt", "over")],
        "co-tinh": [("syt", "suggested"), ("sldtbxh", "refused"), ("sgddt", "over"), ("stttt", "over")],
    }


def test_a_unit_tied_after_it_won_the_vote_keeps_its_chance(world: World) -> None:
    """TT 25/2025/TT-BKHCN, Điều 23: the conference decides a tie; the other flag does not take it away."""
    scores = build_scores(world, tie_break=[])
    for agency, points in ((world.syt, 50), (world.sldtbxh, 50), (world.sgddt, 40)):
        scores.filled(agency, points)
    quota(world, "co-chinh-phu", 1)
    quota(world, "co-tinh", 1)
    poll(world, syt=4, sldtbxh=4)

    assert [dict(told(world)[award]) for award in ("co-chinh-phu", "co-tinh")] == [
        {"syt": "other_flag", "sldtbxh": "other_flag", "sgddt": "suggested"},
        {"syt": "tied", "sldtbxh": "tied", "sgddt": "over"},
    ]


# Departures


def test_a_proposal_in_order_within_quota_and_votes_has_no_mark(world: World, scores: Scores) -> None:
    quota(world, "co-tinh", 1)
    poll(world, syt=4)
    ProposalFactory(bloc_year=world.year, agency=world.syt)

    assert marks(world) == {"syt": ()}


def test_departures_name_who_is_passed_over_quota_and_votes(world: World, scores: Scores) -> None:
    quota(world, "co-tinh", 1)
    poll(world, syt=4, sgddt=3)
    ProposalFactory(bloc_year=world.year, agency=world.syt, position=0)
    ProposalFactory(bloc_year=world.year, agency=world.sgddt, position=1)

    assert marks(world) == {
        "syt": (),
        "sgddt": (
            f"Khác thứ tự điểm: đơn vị hạng 3, trong khi chưa đề nghị Cờ thi đua cho {world.sldtbxh.label} (hạng 2).",
            "Vượt chỉ tiêu: đề nghị thứ 2, khối được đề nghị 1 Cờ thi đua của Ủy ban nhân dân tỉnh.",
            "Không đạt tỷ lệ phiếu ở vòng 1: 3 phiếu, cần 4.",
        ),
    }


def test_a_certificate_marks_better_ranked_units_without_any_proposal(world: World, scores: Scores) -> None:
    ProposalFactory(bloc_year=world.year, agency=world.syt, position=0)
    ProposalFactory(bloc_year=world.year, agency=world.sgddt, award="bk-tinh", position=1)

    assert marks(world) == {
        "syt": (),
        "sgddt": (
            "Khác thứ tự điểm: đơn vị hạng 3, trong khi chưa đề nghị hình thức nào cho "
            f"{world.sldtbxh.label} (hạng 2).",
        ),
    }


# What is left


def left(world: World) -> dict[str, tuple[bool, str]]:
    year = BlocYear.objects.get(pk=world.year.pk)
    rows = list(Proposal.objects.all())
    found = checks_of(year, meeting=meeting_of(year), proposals=rows, unexplained=[])
    return {check.text: (check.done, check.detail) for check in found}


def test_what_is_left_is_told_and_vanishes_when_done(world: World, scores: Scores) -> None:
    before = left(world)
    ProposalFactory(bloc_year=world.year, agency=world.syt)
    poll(world, syt=4)
    now = timezone.now()
    LockedStanding.objects.create(bloc_year=world.year, version=1, locked_at=now, content={}, sha256="0" * 64)
    BlocYear.objects.filter(pk=world.year.pk).update(scores_published_at=now)
    ConferenceFactory(
        bloc_year=world.year, kind="annual-review", held_on=date(2021, 1, 5), starts=time(8), ends=time(11),
        chair_name="A", secretary_name="B", attendance_listed=True, conclusions=["Thống nhất"],
    )  # fmt: skip
    Succession.objects.create(bloc_year=world.year, head=world.sgddt, mode="rotation")

    assert before == {
        "Thống nhất điểm của mọi đơn vị": (True, "4/4 phiếu chấm đã thống nhất"),
        "Khóa kết quả xếp hạng": (False, "chưa khóa"),
        "Bỏ phiếu, biểu quyết và kiểm phiếu": (False, "chưa ghi cuộc bỏ phiếu nào"),
        "Đề nghị tặng cờ, khen thưởng, có lý do khi khác thứ tự": (False, "chưa có đề nghị"),
        "Công bố điểm cho các thành viên": (False, "chưa công bố"),
        "Ghi hội nghị tổng kết": (False, "chưa ghi hội nghị"),
        "Chọn trưởng khối, phó khối năm sau": (False, "chưa chọn"),
    }
    assert [done for done, _ in left(world).values()] == [True] * 7


def test_a_conference_without_its_secretary_is_not_whole(world: World, scores: Scores) -> None:
    ConferenceFactory(bloc_year=world.year, kind="annual-review", held_on=date(2021, 1, 5), chair_name="A")

    assert left(world)["Ghi hội nghị tổng kết và kết luận"] == (
        False, "còn thiếu giờ bắt đầu, giờ kết thúc, thư ký, danh sách dự, kết luận",
    )  # fmt: skip


# The page


def page(client: Client, world: World, name: str) -> str:
    client.force_login(world.person(name))
    return client.get(f"/khoi/{world.year.pk}/de-nghi/").content.decode()


def test_who_decides_sees_suggestions_and_what_is_left(client: Client, world: World, scores: Scores) -> None:
    quota(world, "co-tinh", 1)
    Succession.objects.create(bloc_year=world.year, head=world.sgddt, mode="rotation")
    ConferenceFactory(
        bloc_year=world.year, kind="annual-review", held_on=date(2021, 1, 5), conclusions=["Thống nhất <b>"]
    )

    seen = page(client, world, "secretary")

    assert "Gợi ý theo thứ tự điểm và phiếu" in seen
    assert f"hinh-thuc=co-tinh&amp;don-vi={world.syt.pk}" in seen
    assert "Việc trước khi kết thúc tổng kết" in seen
    assert "Thống nhất &lt;b&gt;" in seen
    assert "Trưởng khối: Sở Giáo dục và Đào tạo (luân phiên)." in seen


@pytest.mark.parametrize("name", ["officer", "deputy_officer", "observer"])
def test_readers_see_no_suggestions(client: Client, world: World, scores: Scores, name: str) -> None:
    quota(world, "co-tinh", 1)

    seen = page(client, world, name)

    assert "Gợi ý theo thứ tự điểm" not in seen
    assert "Việc trước khi kết thúc" not in seen


def test_marks_wait_for_the_scores_to_be_published(client: Client, world: World, scores: Scores) -> None:
    ProposalFactory(bloc_year=world.year, agency=world.sgddt, reason="Mô hình mới")
    BlocYear.objects.filter(pk=world.year.pk).update(state="concluded")
    concluded = page(client, world, "officer")
    BlocYear.objects.filter(pk=world.year.pk).update(scores_published_at=timezone.now())

    assert ("Mô hình mới" in concluded, "hạng 3" in concluded) == (True, False)
    assert "Khác thứ tự điểm: đơn vị hạng 3" in page(client, world, "officer")


def test_a_suggestion_fills_in_the_form(client: Client, world: World, scores: Scores) -> None:
    client.force_login(world.person("secretary"))

    form = client.get(f"/khoi/{world.year.pk}/de-nghi/them/?hinh-thuc=bk-tinh&don-vi={world.syt.pk}").content.decode()

    assert '<option value="bk-tinh" selected>' in form
    assert f'<option value="{world.syt.pk}" selected>' in form


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_constant_queries(
    client: Client, world: World, scores: Scores, django_assert_num_queries: Any, rows: int
) -> None:
    quota(world, "co-tinh", 1)
    poll(world, **dict.fromkeys(("syt", "sldtbxh", "sgddt")[:rows], 4))
    for agency in (world.syt, world.sldtbxh, world.sgddt)[:rows]:
        ProposalFactory(bloc_year=world.year, agency=agency)
    client.force_login(world.person("secretary"))

    with django_assert_num_queries(24):
        client.get(f"/khoi/{world.year.pk}/de-nghi/")
