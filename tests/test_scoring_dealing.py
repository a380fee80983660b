"""Dealing sheets for cross-checking: the draw is even and repeatable, and never gives anybody the own sheet."""

import hashlib
import random
from collections import Counter

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from scoring.domain.dealing import deal, deal_by_hand, deal_by_lot, dealt_sheets, seats
from scoring.models import CrossCheck, CrossDeal, ScoreSheet
from tests.scoring_world import Scores, build_scores
from tests.world import World


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def sent(scores: Scores, *agencies: str) -> dict[str, ScoreSheet]:
    names = agencies or ("stttt", "sgddt", "syt", "sldtbxh")
    return {name: scores.filled(getattr(scores.world, name), 50, state="submitted") for name in names}


def checkers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for check in CrossCheck.objects.select_related("sheet__agency", "checker"):
        found.setdefault(check.sheet.agency.code, set()).add(check.checker.code)
    return found


def draw(scores: Scores, **options: object) -> CrossDeal:
    wanted = {"per_sheet": 1, "due": None, "reason": "", "actor": scores.world.person("secretary")} | options
    return deal_by_lot(scores.world.year, **wanted)  # type: ignore[arg-type]


def test_nobody_chooses_who_checks_the_own_agency(scores: Scores) -> None:
    sheets, world = sent(scores), scores.world
    wanted = {sheets["stttt"].pk: ["syt"]}

    with pytest.raises(TransitionRefused, match="Không tự chọn đơn vị chấm phiếu của cơ quan mình"):
        deal_by_hand(world.year, wanted=wanted, due=None, reason="", actor=world.person("secretary"))
    assert checkers() == {}
    deal_by_hand(world.year, wanted=wanted, due=None, reason="", actor=world.person("standing"))
    assert checkers() == {"stttt": {"syt"}}


def test_the_page_of_dealing_by_hand_leaves_the_own_agency_out(client: Client, scores: Scores) -> None:
    sent(scores)
    client.force_login(scores.world.person("secretary"))

    form = client.get(f"/khoi/{scores.world.year.pk}/cham-cheo/phan-cong/").context["form"]

    assert {each.sheet.agency.code for each in form.sheets} == {"sgddt", "syt", "sldtbxh"}


# The draw


@given(st.integers(2, 24), st.data())
def test_every_draw_is_even_and_never_ones_own(size: int, data: st.DataObject) -> None:
    codes = [f"dv{number}" for number in range(size)]
    owners = codes[: data.draw(st.integers(1, size))]
    per_sheet = data.draw(st.integers(1, size - 1))

    dealt = deal(owners, codes, per_sheet=per_sheet, seed=data.draw(st.text("0123456789abcdef", max_size=32)))

    loads = Counter(code for checked in dealt.values() for code in checked)
    assert list(dealt) == owners
    assert all(owner not in checked and len(set(checked)) == per_sheet for owner, checked in dealt.items())
    assert max(loads[code] for code in codes) - min(loads[code] for code in codes) <= 1


@given(st.integers(2, 24), st.randoms(use_true_random=False))
def test_a_draw_does_not_depend_on_the_order_of_its_input(size: int, shuffler: random.Random) -> None:
    codes = [f"dv{number}" for number in range(size)]
    shuffled = shuffler.sample(codes, size)

    assert deal(codes, (), per_sheet=1, seed="a1") == deal(shuffled, (), per_sheet=1, seed="a1")


def test_the_circle_can_be_made_again_by_hand() -> None:
    codes = ["bqn", "dptth", "stttt", "syt"]
    by_hash = sorted(codes, key=lambda code: hashlib.sha256(f"c0ffee:{code}".encode()).hexdigest())

    assert seats(codes, codes, per_sheet=1, seed="c0ffee") == tuple(by_hash)
    assert deal(codes, codes, per_sheet=1, seed="c0ffee")[by_hash[0]] == (by_hash[1],)
    assert deal(codes, codes, per_sheet=1, seed="c0ffee")[by_hash[3]] == (by_hash[0],)


@pytest.mark.parametrize(
    ("owners", "others", "per_sheet", "sentence"),
    [
        ([], ["a", "b"], 1, "Chưa có phiếu nào được gửi"),
        (["a"], [], 1, "chỉ có một đơn vị"),
        (["a", "b", "c"], [], 3, "chỉ có thể do 1 đến 2 đơn vị chấm"),
        (["a", "b"], [], 0, "chỉ có thể do 1 đến 1 đơn vị chấm"),
    ],
)
def test_an_impossible_draw_is_refused_in_a_sentence(
    owners: list[str], others: list[str], per_sheet: int, sentence: str
) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        deal(owners, others, per_sheet=per_sheet, seed="a1")


# Dealing by lot


def test_a_draw_is_recorded_with_its_seed_and_can_be_repeated(scores: Scores) -> None:
    sent(scores)
    members = ["stttt", "sgddt", "syt", "sldtbxh"]

    row = draw(scores, per_sheet=2)

    assert len(row.seed) == 32
    assert checkers() == {
        owner: set(codes) for owner, codes in deal(members, members, per_sheet=2, seed=row.seed).items()
    }
    entry = audit.entries_of(scores.world.year).get()
    assert (entry.action, entry.after["seed"], entry.after["per_sheet"]) == ("Bốc thăm chấm chéo", row.seed, 2)
    assert {code: set(entry.after[code]) for code in members} == checkers()


def test_the_checkers_are_told_and_drafts_are_not_dealt(scores: Scores) -> None:
    sent(scores, "syt")
    scores.sheet(scores.world.sldtbxh, "draft")

    draw(scores, per_sheet=3)

    assert checkers() == {"syt": {"stttt", "sgddt", "sldtbxh"}}
    told = set(Notice.objects.values_list("user__email", flat=True))
    assert told == {"secretary@example.vn", "head_leader@example.vn", "deputy_officer@example.vn"}


def test_a_new_draw_replaces_what_is_not_done_and_asks_why(scores: Scores) -> None:
    sheets = sent(scores)
    draw(scores, seed="a1")
    done = CrossCheck.objects.get(sheet=sheets["syt"])
    CrossCheck.objects.filter(pk=done.pk).update(done_at="2020-12-01T08:00:00+07:00")
    seeds = [f"b{number}" for number in range(20)]
    other = next(
        seed
        for seed in seeds
        if deal([*sheets], (), per_sheet=1, seed=seed) != deal([*sheets], (), per_sheet=1, seed="a1")
    )

    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        draw(scores, seed=other)
    draw(scores, seed=other, reason="Một đơn vị xin rút")

    assert CrossCheck.objects.get(sheet=sheets["syt"]) == done
    wanted = deal([*sheets], (), per_sheet=1, seed=other)
    assert {code: found for code, found in checkers().items() if code != "syt"} == {
        code: set(found) for code, found in wanted.items() if code != "syt"
    }
    assert CrossDeal.objects.count() == 2
    assert audit.entries_of(scores.world.year)[0].reason == "Một đơn vị xin rút"


def test_nothing_is_drawn_before_a_sheet_is_sent(scores: Scores) -> None:
    scores.sheet(scores.world.syt, "draft")

    with pytest.raises(TransitionRefused, match="Chưa có phiếu nào được gửi"):
        draw(scores)
    assert CrossDeal.objects.count() == 0


# Dealing by hand


def by_hand(scores: Scores, wanted: dict[int, list[str]], reason: str = "") -> CrossDeal:
    actor = scores.world.person("secretary")
    return deal_by_hand(scores.world.year, wanted=wanted, due=None, reason=reason, actor=actor)


def test_the_secretariat_deals_by_hand_and_other_sheets_stay(scores: Scores) -> None:
    sheets = sent(scores, "syt", "sldtbxh")
    by_hand(scores, {sheets["sldtbxh"].pk: ["stttt"]})

    row = by_hand(scores, {sheets["syt"].pk: ["sgddt", "sldtbxh"]})

    assert (row.seed, row.per_sheet) == ("", 2)
    assert checkers() == {"syt": {"sgddt", "sldtbxh"}, "sldtbxh": {"stttt"}}


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (["syt"], "không được chấm phiếu của chính mình"),
        (["sgddt", "sgddt"], "được chọn hai lần"),
        (["other"], "chỉ thành viên của khối"),
    ],
)
def test_a_wrong_choice_changes_nothing(scores: Scores, codes: list[str], sentence: str) -> None:
    sheets = sent(scores, "syt")

    with pytest.raises(TransitionRefused, match=sentence):
        by_hand(scores, {sheets["syt"].pk: codes})
    assert (CrossCheck.objects.count(), CrossDeal.objects.count()) == (0, 0)


def test_a_finished_check_is_not_taken_away(scores: Scores) -> None:
    sheets = sent(scores, "syt")
    by_hand(scores, {sheets["syt"].pk: ["sgddt", "sldtbxh"]})
    CrossCheck.objects.filter(checker=scores.world.sgddt).update(done_at="2020-12-01T08:00:00+07:00")

    with pytest.raises(TransitionRefused, match="đã chấm xong phiếu"):
        by_hand(scores, {sheets["syt"].pk: ["sldtbxh"]}, reason="Đổi")
    assert checkers() == {"syt": {"sgddt", "sldtbxh"}}


def test_a_sheet_of_another_bloc_or_state_is_refused(scores: Scores) -> None:
    agreed = scores.filled(scores.world.syt, 50)

    with pytest.raises(TransitionRefused, match="không còn chờ chấm chéo"):
        by_hand(scores, {agreed.pk: ["sgddt"]})
    with pytest.raises(TransitionRefused, match="Hãy chọn đơn vị chấm"):
        by_hand(scores, {})


def test_the_page_reads_all_sheets_in_two_queries(scores: Scores, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    sent(scores)
    draw(scores, per_sheet=2)

    with django_assert_num_queries(2):
        rows = dealt_sheets(scores.world.year)

    assert [len(row.checks) for row in rows] == [2, 2, 2, 2]
