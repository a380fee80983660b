"""Units that nothing separates: head and deputy decide, and the decision is the last tie-break (domain.md C5.5)."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from scoring.domain.criteria import load_tree
from scoring.domain.deciding_ties import decide_tie
from scoring.domain.ranking import standings
from scoring.domain.standing import lock_standing
from scoring.domain.tree_checks import faults_of
from scoring.domain.workflow import SCORE_SHEET
from scoring.models import Poll, PollTally, ScoreSheet
from tests.factories import MembershipFactory
from tests.scoring_world import Scores
from tests.standing_world import build_agreed, set_fields, sheet_of
from tests.world import World

REASON = "Trưởng khối và phó khối thống nhất theo TT 01/2024/TT-TANDTC, Điều 29"


@pytest.fixture
def scores(world: World) -> Scores:
    """Sở Y tế and Sở Lao động share the first rank; the decision is the last tie-break."""
    made = build_agreed(world, sldtbxh=50)
    set_fields(made, tie_break=["ballot", "bonus", "decision"])
    return made


def order_of(scores: Scores) -> list[tuple[str, int | None, str | None]]:
    return [(each.agency.code, each.rank, each.tie_broken_by) for each in standings(scores.world.year)]


def decide(scores: Scores, *codes: str, actor: Any = None, reason: str = REASON) -> None:
    sheets = [sheet_of(scores, code) for code in codes]
    decide_tie(scores.world.year, sheets=sheets, reason=reason, actor=actor)


def refusal(scores: Scores, *codes: str, **options: Any) -> str:
    with pytest.raises(TransitionRefused) as refused:
        decide(scores, *codes, **options)
    assert set(ScoreSheet.objects.values_list("decided_place", flat=True)) == {None}
    return str(refused.value)


def test_a_decision_separates_units_that_nothing_else_does(scores: Scores) -> None:
    assert order_of(scores)[:2] == [("sldtbxh", 1, None), ("syt", 1, None)]
    standing = scores.world.person("standing")

    decide(scores, "syt", "sldtbxh", actor=standing)

    assert order_of(scores)[:2] == [("syt", 1, "decision"), ("sldtbxh", 2, "decision")]
    entry = audit.entries_of(scores.world.year).get()
    assert (entry.actor, entry.reason, entry.after) == (standing, REASON, {"syt": 1, "sldtbxh": 2})


def test_a_ballot_comes_before_the_decision(scores: Scores) -> None:
    decide(scores, "syt", "sldtbxh")
    poll = Poll.objects.create(bloc_year=scores.world.year, award="co-tinh", mode="secret", base="members")
    for code, votes in (("syt", 1), ("sldtbxh", 3)):
        PollTally.objects.create(poll=poll, agency=getattr(scores.world, code), votes=votes)

    assert order_of(scores)[:2] == [("sldtbxh", 1, "ballot"), ("syt", 2, "ballot")]


def test_a_decided_tie_no_longer_keeps_the_ranking_open_and_is_frozen_with_it(scores: Scores) -> None:
    with pytest.raises(TransitionRefused, match="Còn đơn vị bằng nhau ở hạng 1"):
        lock_standing(scores.world.year, actor=None)
    decide(scores, "syt", "sldtbxh")

    units = lock_standing(scores.world.year, actor=None).content["units"]

    assert [(unit["agency"]["code"], unit["rank"], unit.get("tie_broken_by")) for unit in units][:2] == [
        ("syt", 1, "decision"),
        ("sldtbxh", 2, "decision"),
    ]


def test_only_units_that_are_still_tied_are_decided_and_all_of_them(scores: Scores) -> None:
    sentence = "Các đơn vị này không còn bằng nhau ở một hạng, hoặc danh sách chưa đủ. Hãy tải lại trang rồi xếp lại."

    assert refusal(scores, "syt", "sgddt") == sentence
    assert refusal(scores, "syt") == sentence
    assert refusal(scores, "syt", "sldtbxh", "sgddt") == sentence
    assert refusal(scores, "syt", "syt") == sentence
    decide(scores, "syt", "sldtbxh")
    with pytest.raises(TransitionRefused, match="không còn bằng nhau"):
        decide(scores, "sldtbxh", "syt")


def test_a_decision_needs_a_reason_and_agreed_sheets(scores: Scores) -> None:
    assert refusal(scores, "syt", "sldtbxh", reason=" ") == (
        "Hãy ghi lý do quyết định thứ tự và ai đã thống nhất (trưởng khối, phó khối)."
    )
    SCORE_SHEET.perform(sheet_of(scores, "sgddt"), "reopen", actor=None, reason="Xem lại")
    assert refusal(scores, "syt", "sldtbxh") == (
        "Phiếu chưa được thống nhất điểm: Sở Giáo dục và Đào tạo. Hãy thống nhất mọi phiếu trước khi quyết định thứ tự."
    )


def test_without_the_word_in_the_criteria_set_nobody_decides(scores: Scores) -> None:
    set_fields(scores, tie_break=["ballot"])

    assert refusal(scores, "syt", "sldtbxh").startswith("Bộ tiêu chí không nêu căn cứ")


def test_nobody_decides_on_the_own_agency(scores: Scores) -> None:
    for code in ("stttt", "syt", "sldtbxh"):
        sheet_of(scores, code).lines.filter(criterion=scores.criteria["A1"]).update(agreed_points=30)

    assert refusal(scores, "stttt", "syt", "sldtbxh", actor=scores.world.person("secretary")) == (
        "Đơn vị của bạn nằm trong số các đơn vị bằng nhau. "
        "Trưởng khối, phó khối được giao tổng hợp điểm hoặc cơ quan thường trực quyết định thay."
    )
    decide(scores, "syt", "stttt", "sldtbxh", actor=scores.world.person("standing"))
    assert [code for code, _, _ in order_of(scores)] == ["sgddt", "syt", "stttt", "sldtbxh"]


def test_the_standing_body_does_not_decide_on_its_own_agency(scores: Scores) -> None:
    snv = scores.world.snv
    MembershipFactory(bloc_year=scores.world.year, agency=snv, role="member", position=9)
    scores.filled(snv, 50)
    standing = scores.world.person("standing")

    assert refusal(scores, "snv", "syt", "sldtbxh", actor=standing).startswith("Đơn vị của bạn nằm trong số")
    decide(scores, "syt", "snv", "sldtbxh", actor=scores.world.person("secretary"))
    assert [code for code, _, _ in order_of(scores)][:3] == ["syt", "snv", "sldtbxh"]


def test_a_decided_tie_stays_out_of_the_history_of_members_until_publication(client: Client, scores: Scores) -> None:
    decide(scores, "syt", "sldtbxh", actor=scores.world.person("standing"))
    here = f"/lich-su/blocs.blocyear/{scores.world.year.pk}/"

    def told(name: str) -> bool:
        client.force_login(scores.world.person(name))
        return REASON in client.get(here).content.decode()

    assert [told(name) for name in ("officer", "secretary", "observer", "standing")] == [False, True, True, True]
    BlocYear.objects.filter(pk=scores.world.year.pk).update(scores_published_at=timezone.now())
    assert told("officer") is True


def test_opening_an_agreed_sheet_again_drops_every_decision(scores: Scores) -> None:
    decide(scores, "syt", "sldtbxh")

    SCORE_SHEET.perform(sheet_of(scores, "sgddt"), "reopen", actor=None, reason="Xem lại A1")

    assert order_of(scores)[:2] == [("sldtbxh", 1, None), ("syt", 1, None)]
    latest = audit.entries_of(scores.world.year)[0]
    assert (latest.before, latest.after) == ({"syt": 1, "sldtbxh": 2}, {"syt": None, "sldtbxh": None})


def test_a_locked_ranking_is_not_decided_any_more(scores: Scores) -> None:
    lock_standing(scores.world.year, actor=None, confirm_ties=True)

    assert "đã khóa (phiên bản 1)" in refusal(scores, "syt", "sldtbxh")


def test_a_decision_for_one_tie_says_nothing_of_a_new_one(scores: Scores) -> None:
    decide(scores, "syt", "sldtbxh")
    sheet_of(scores, "sgddt").lines.filter(criterion=scores.criteria["A1"]).update(agreed_points=50)

    assert order_of(scores)[:3] == [("sgddt", 1, None), ("sldtbxh", 1, None), ("syt", 1, None)]


def test_the_decision_is_a_tie_break_that_a_table_may_name(scores: Scores) -> None:
    tree = load_tree(scores.criteria_set)

    assert faults_of(tree, scale=scores.criteria_set.scale, tie_break=["group:A", "decision"]) == []
    assert faults_of(tree, scale=scores.criteria_set.scale, tie_break=["lot"]) == [
        "Thứ tự phân hạng có mục «lot» mà hệ thống không biết."
    ]


# Pages


def test_who_runs_the_scores_puts_tied_units_in_order_on_the_page(client: Any, scores: Scores) -> None:
    client.force_login(scores.world.person("standing"))
    page, url = f"/khoi/{scores.world.year.pk}/xep-hang/", f"/khoi/{scores.world.year.pk}/xep-hang/thu-tu/?hang=1"
    assert f'{page}thu-tu/?hang=1"' in client.get(page).content.decode()
    places = {f"place_{sheet_of(scores, code).pk}": place for place, code in enumerate(("syt", "sldtbxh"), start=1)}

    answer = client.post(url, places | {"reason": REASON})

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert order_of(scores)[0] == ("syt", 1, "decision")
    assert client.get(url).status_code == 404


def test_the_same_place_twice_is_refused_and_what_was_typed_stays(client: Any, scores: Scores) -> None:
    client.force_login(scores.world.person("standing"))
    places = {f"place_{sheet_of(scores, code).pk}": 1 for code in ("syt", "sldtbxh")}

    answer = client.post(f"/khoi/{scores.world.year.pk}/xep-hang/thu-tu/?hang=1", places | {"reason": REASON})

    content = answer.content.decode()
    assert "Hãy ghi mỗi đơn vị một thứ tự khác nhau, từ 1 đến 2." in content
    assert REASON in content
    assert order_of(scores)[0] == ("sldtbxh", 1, None)


def test_a_member_neither_sees_nor_decides_a_tie(client: Any, scores: Scores) -> None:
    BlocYear.objects.filter(pk=scores.world.year.pk).update(scores_published_at=None)
    client.force_login(scores.world.person("officer"))

    assert client.get(f"/khoi/{scores.world.year.pk}/xep-hang/thu-tu/?hang=1").status_code == 403
    assert "bằng nhau" not in client.get(f"/khoi/{scores.world.year.pk}/xep-hang/").content.decode()
