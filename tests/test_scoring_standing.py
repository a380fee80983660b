"""The ranking is locked whole, with a hash that anybody can check; what it froze stays."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from scoring.domain.disqualifying import disqualify, undisqualify
from scoring.domain.frozen import frozen_sentence, refuse_frozen
from scoring.domain.ranking import standings
from scoring.domain.sheets import save_self, set_women_70
from scoring.domain.standing import lock_standing, reopen_standing
from scoring.domain.standing_content import canonical, digest, is_intact
from scoring.domain.workflow import SCORE_SHEET
from scoring.models import CriteriaSet, LockedStanding, ScoreSheet
from tests.scoring_world import Scores, build_scores
from tests.standing_world import build_agreed, set_fields, sheet_of
from tests.world import World

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_agreed(world)


def states(scores: Scores) -> set[str]:
    return set(ScoreSheet.objects.filter(bloc_year=scores.world.year).values_list("state", flat=True))


def refusal(scores: Scores, **options: Any) -> str:
    with pytest.raises(TransitionRefused) as refused:
        lock_standing(scores.world.year, actor=None, **options)
    assert not LockedStanding.objects.exists()
    return str(refused.value)


def test_locking_freezes_the_whole_table_with_its_hash(scores: Scores) -> None:
    secretary = scores.world.person("secretary")
    disqualify(sheet_of(scores, "sldtbxh"), reason="Không ký giao ước.", evidence="Biên bản 02", actor=secretary)

    standing = lock_standing(scores.world.year, actor=secretary)

    standing.refresh_from_db()
    assert (standing.version, standing.locked_by, is_intact(standing)) == (1, secretary, True)
    assert states(scores) == {"locked"}
    assert CriteriaSet.objects.get().state == "locked"
    units = standing.content["units"]
    assert [(unit["agency"]["code"], unit.get("rank"), unit["total"]) for unit in units] == [
        ("syt", 1, "85.00"),
        ("sgddt", 2, "80.00"),
        ("stttt", 3, "75.00"),
        ("sldtbxh", None, "70.00"),
    ]
    assert units[0]["lines"]["A1"] == {
        "assigned": True,
        "self_points": "50.00",
        "appraised_points": "50.00",
        "agreed_points": "50.00",
        "computed": "50.00",
        "official": "50.00",
        "surplus": "0",
        "column": "agreed",
    }
    assert units[3]["grounds"] == [
        {"reason": "Không ký giao ước.", "evidence": "Biên bản 02", "bars_certificates": False}
    ]
    assert standing.content["criteria_set"] == {"version": 1, "scale": "100.00", "tie_break": []}
    assert [entry.action for entry in audit.entries_of(standing)] == ["Khóa kết quả xếp hạng"]
    assert audit.entries_of(sheet_of(scores, "syt"))[0].actor == secretary


def test_the_frozen_table_says_what_the_live_one_said(scores: Scores) -> None:
    before = [(each.agency.code, each.rank, f"{each.total:f}") for each in standings(scores.world.year)]

    content = lock_standing(scores.world.year, actor=None).content

    assert [(unit["agency"]["code"], unit["rank"], unit["total"]) for unit in content["units"]] == before
    assert [(each.agency.code, each.rank, f"{each.total:f}") for each in standings(scores.world.year)] == before


def test_grades_are_frozen_with_the_ranks(scores: Scores) -> None:
    set_fields(scores, grading={"of": "points", "bands": [{"name": "Giỏi", "from": 80}, {"name": "Khá"}]})

    units = lock_standing(scores.world.year, actor=None).content["units"]

    assert [unit["grade"]["name"] for unit in units] == ["Giỏi", "Giỏi", "Khá", "Khá"]


def test_the_hash_is_sha256_of_sorted_json_without_blanks() -> None:
    content = {"b": "Sở Y tế", "a": [1, None, True]}

    assert canonical(content) == '{"a":[1,null,true],"b":"Sở Y tế"}'.encode()
    assert digest(content) == "e9dc626a57e71ff9454c1d16a10ff4c79bb58ca31d14b4cc9cc4001c10fe0f60"
    assert digest(content) == digest({"a": [1, None, True], "b": "Sở Y tế"})
    assert digest(content) != digest(content | {"b": "Sở Y Tế"})


# What keeps it open


def test_a_sheet_that_is_not_agreed_keeps_the_ranking_open(scores: Scores) -> None:
    SCORE_SHEET.perform(sheet_of(scores, "syt"), "reopen", actor=None, reason="Xem lại A1")

    assert refusal(scores) == "Phiếu chưa được thống nhất điểm: Sở Y tế."
    assert states(scores) == {"agreed", "appraised"}


def test_members_without_a_sheet_and_unsent_sheets_are_named(world: World) -> None:
    scores = build_scores(world)
    scores.filled(world.syt, 50)
    scores.sheet(world.sgddt, "draft")

    assert refusal(scores) == (
        "Chưa lập phiếu chấm điểm: Sở Thông tin và Truyền thông, Sở Lao động - Thương binh và Xã hội. "
        "Chưa gửi phiếu chấm điểm: Sở Giáo dục và Đào tạo. "
        "Hãy đợi đơn vị gửi, hoặc ghi lý do không xét cho đơn vị không gửi."
    )


def test_a_unit_that_never_sent_keeps_nobody_waiting_once_that_is_its_ground(scores: Scores) -> None:
    ScoreSheet.objects.filter(agency=scores.world.sldtbxh).update(state="draft")
    disqualify(sheet_of(scores, "sldtbxh"), reason="Không gửi phiếu chấm điểm.", actor=None)

    content = lock_standing(scores.world.year, actor=None).content

    assert [unit["agency"]["code"] for unit in content["units"]] == ["syt", "sgddt", "stttt"]
    assert content["not_sent"] == [
        {
            "agency": {
                "code": "sldtbxh",
                "name": "Sở Lao động - Thương binh và Xã hội",
                "label": scores.world.sldtbxh.label,
            },
            "grounds": [{"reason": "Không gửi phiếu chấm điểm.", "evidence": "", "bars_certificates": False}],
        }
    ]
    late = sheet_of(scores, "sldtbxh")
    with pytest.raises(TransitionRefused, match="đã khóa"):
        SCORE_SHEET.perform(late, "submit", actor=None)
    with pytest.raises(TransitionRefused, match="đã khóa"):
        save_self(late, entries=scores.ids(A1={"self_points": D(1)}), actor=None, expected=0)
    with pytest.raises(TransitionRefused, match="đã khóa"):
        set_women_70(late, value=True, actor=None)


def test_provisional_points_keep_the_ranking_open(scores: Scores) -> None:
    line = sheet_of(scores, "syt").lines.get(criterion=scores.criteria["A1"])
    line.agreed_points = line.appraised_points = None
    line.save()

    assert refusal(scores) == "Điểm còn tạm tính, chưa được thẩm định hết: Sở Y tế."


def test_an_unsound_table_keeps_the_ranking_open(scores: Scores) -> None:
    set_fields(scores, scale=90, grading={"bands": [{"name": "Giỏi"}]})

    assert refusal(scores) == (
        "Bảng tiêu chí chưa đúng: Các phần của bảng cộng lại được 100 điểm, khác thang điểm 90. "
        "Bảng tiêu chí chưa đúng: Phần xếp loại cần ít nhất hai mức."
    )


def test_a_shared_rank_must_be_decided_or_confirmed(world: World) -> None:
    scores = build_agreed(world, sgddt=50)

    assert refusal(scores) == (
        "Còn đơn vị bằng nhau ở hạng 1: Sở Giáo dục và Đào tạo, Sở Y tế. "
        "Hãy quyết định thứ tự, hoặc xác nhận để các đơn vị đồng hạng."
    )
    units = lock_standing(world.year, actor=None, confirm_ties=True).content["units"]
    assert [unit["rank"] for unit in units] == [1, 1, 3, 4]


def test_without_criteria_or_sheets_there_is_nothing_to_lock(world: World) -> None:
    with pytest.raises(TransitionRefused, match="Chưa có bộ tiêu chí đang áp dụng"):
        lock_standing(world.year, actor=None)
    build_scores(world)
    with pytest.raises(TransitionRefused, match="Chưa có phiếu chấm điểm nào được gửi"):
        lock_standing(world.year, actor=None)


def test_a_year_that_was_handed_over_is_not_locked_any_more(scores: Scores) -> None:
    BlocYear.objects.filter(pk=scores.world.year.pk).update(state="handed_over")

    assert refusal(scores) == "Năm thi đua đã bàn giao nên không khóa kết quả được nữa."


@pytest.mark.parametrize("persona", ["officer", "leader", "deputy_officer", "observer", "administrator"])
def test_only_who_runs_the_scores_locks(scores: Scores, persona: str) -> None:
    with pytest.raises(PermissionDenied):
        lock_standing(scores.world.year, actor=scores.world.person(persona))

    assert not LockedStanding.objects.exists()
    assert states(scores) == {"agreed"}


# While it is locked


def test_while_locked_everything_that_would_change_it_is_refused(scores: Scores) -> None:
    ground = disqualify(sheet_of(scores, "stttt"), reason="Bị kỷ luật.", actor=None)
    lock_standing(scores.world.year, actor=None)
    sheet = sheet_of(scores, "syt")
    sentence = (
        "Kết quả xếp hạng của khối đã khóa (phiên bản 1) nên không sửa được nữa. "
        "Nếu cần sửa, hãy mở lại kết quả xếp hạng và ghi lý do ở trang Xếp hạng."
    )

    for act in (
        lambda: refuse_frozen(scores.world.year),
        lambda: disqualify(sheet, reason="Nộp chậm.", actor=None),
        lambda: undisqualify(ground.sheet, ground=ground.reason, reason="Nhầm", actor=None),
        lambda: lock_standing(scores.world.year, actor=None),
    ):
        with pytest.raises(TransitionRefused) as refused:
            act()
        assert str(refused.value) == sentence
    for name in ("return", "reopen", "agree", "appraise", "submit"):
        with pytest.raises(TransitionRefused):
            SCORE_SHEET.perform(sheet, name, actor=None, reason="thử")
    assert frozen_sentence(scores.world.other_year) == ""


def test_sheets_are_never_locked_or_unlocked_by_a_button(scores: Scores) -> None:
    secretary = scores.world.person("secretary")
    assert "lock" not in {each.transition.name for each in SCORE_SHEET.options(sheet_of(scores, "syt"), secretary)}
    lock_standing(scores.world.year, actor=secretary)

    assert SCORE_SHEET.options(sheet_of(scores, "syt"), secretary) == []


# Reopening


def test_reopening_needs_a_reason_and_the_next_lock_is_the_next_version(scores: Scores) -> None:
    secretary = scores.world.person("secretary")
    first = lock_standing(scores.world.year, actor=secretary)
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do mở lại"):
        reopen_standing(first, reason="  ", actor=secretary)

    reopen_standing(first, reason="Điểm A1 của Sở Y tế ghi nhầm", actor=secretary)

    assert (first.reopened_by, first.reopen_reason) == (secretary, "Điểm A1 của Sở Y tế ghi nhầm")
    assert states(scores) == {"agreed"}
    assert CriteriaSet.objects.get().state == "open"
    line = sheet_of(scores, "syt").lines.get(criterion=scores.criteria["A1"])
    line.agreed_points = D(30)
    line.save()
    second = lock_standing(scores.world.year, actor=secretary)
    assert [(each.version, is_intact(each)) for each in LockedStanding.objects.order_by("version")] == [
        (1, True),
        (2, True),
    ]
    assert first.content["units"][0]["agency"]["code"] == "syt"
    assert second.content["units"][0]["agency"]["code"] == "sgddt"
    assert [entry.action for entry in audit.entries_of(first)] == ["Mở lại kết quả xếp hạng", "Khóa kết quả xếp hạng"]


def test_a_standing_is_reopened_once(scores: Scores) -> None:
    standing = lock_standing(scores.world.year, actor=None)
    reopen_standing(standing, reason="Nhầm", actor=None)

    with pytest.raises(TransitionRefused, match="đã được mở lại"):
        reopen_standing(standing, reason="Nhầm nữa", actor=None)


@pytest.mark.parametrize("state", ["concluded", "handed_over"])
def test_after_the_year_is_concluded_the_standing_body_reopens_the_year_first(scores: Scores, state: str) -> None:
    standing = lock_standing(scores.world.year, actor=None)
    BlocYear.objects.filter(pk=scores.world.year.pk).update(state=state)

    with pytest.raises(TransitionRefused, match="Cơ quan thường trực cần mở lại năm thi đua trước"):
        reopen_standing(standing, reason="Nhầm", actor=None)

    assert states(scores) == {"locked"}


def test_an_older_criteria_set_stays_locked_when_a_standing_is_reopened(scores: Scores) -> None:
    set_fields(scores, version=2)
    CriteriaSet.objects.create(bloc_year=scores.world.year, version=1, state="locked")
    standing = lock_standing(scores.world.year, actor=None)

    reopen_standing(standing, reason="Nhầm", actor=None)

    assert dict(CriteriaSet.objects.values_list("version", "state")) == {1: "locked", 2: "open"}


# What the database itself refuses


@pytest.mark.parametrize(
    "column", ["content = '{}'", "sha256 = 'x'", "version = 9", "locked_at = reopened_at", "bloc_year_id = 1"]
)
def test_the_database_refuses_to_change_what_was_locked(scores: Scores, column: str) -> None:
    standing = lock_standing(scores.world.year, actor=None)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE scoring_lockedstanding SET {column}")  # noqa: S608

    standing.refresh_from_db()
    assert (standing.version, is_intact(standing)) == (1, True)


def test_the_database_refuses_to_delete_a_standing(scores: Scores) -> None:
    standing = lock_standing(scores.world.year, actor=None)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        standing.delete()

    assert LockedStanding.objects.count() == 1


# Who sees it


def test_members_see_the_standing_once_scores_are_published_and_strangers_never(scores: Scores) -> None:
    standing = lock_standing(scores.world.year, actor=None)

    def seen_by(persona: str) -> set[LockedStanding]:
        return set(LockedStanding.objects.visible_to(scores.world.person(persona)))

    before = {name: seen_by(name) for name in ("secretary", "standing", "observer", "officer", "stranger")}
    BlocYear.objects.filter(pk=scores.world.year.pk).update(scores_published_at=standing.locked_at)

    assert before == {
        "secretary": {standing},
        "standing": {standing},
        "observer": {standing},
        "officer": set(),
        "stranger": set(),
    }
    assert (seen_by("officer"), seen_by("deputy_officer"), seen_by("stranger")) == ({standing}, {standing}, set())
