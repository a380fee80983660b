"""Filling in, appraising and agreeing on a sheet; what is refused changes nothing."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from scoring.domain.board import load_sheet
from scoring.domain.disqualifying import disqualify, undisqualify
from scoring.domain.sheets import (
    missing_codes,
    open_sheets,
    publish_scores,
    record_lateness,
    save_agreed,
    save_appraisal,
    save_self,
    set_women_70,
    unsent,
    withdraw_publication,
)
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.domain.workflow import SCORE_SHEET, return_reason
from scoring.models import ScoreLine, ScoreSheet
from tests.factories import CriterionFactory
from tests.scoring_world import Scores, build_scores
from tests.world import World, build_world

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def fill(scores: Scores, sheet: ScoreSheet) -> None:
    plan = {"plan": D(100), "version": 0}
    ScoreLine.objects.get_or_create(sheet=sheet, criterion=scores.criteria["A2"], defaults=plan)
    entries = scores.ids(
        A1={"self_points": D("48.5"), "explanation": "Báo cáo số 12"},
        A2={"actual": D(120)},
        A3={"level": "Tốt"},
        A4={"times": 3},
    )
    save_self(sheet, entries=entries, actor=scores.world.person("officer"), expected=sheet.version)


# Opening


def test_every_member_gets_one_sheet_once(scores: Scores) -> None:
    world = scores.world
    scores.sheet(world.syt, "draft")

    made = open_sheets(world.year, actor=world.person("secretary"))
    again = open_sheets(world.year, actor=world.person("secretary"))

    assert [sheet.agency.code for sheet in made] == ["stttt", "sgddt", "sldtbxh"]
    assert again == []
    assert {sheet.criteria_set for sheet in made} == {scores.criteria_set}
    assert [entry.action for entry in audit.entries_of(made[0])] == ["Mở phiếu chấm điểm"]


@pytest.mark.parametrize("state", ["draft", "locked"])
def test_no_sheet_is_opened_without_an_open_set(world: World, state: str) -> None:
    build_scores(world, state=state)

    with pytest.raises(TransitionRefused, match="Chưa có bộ tiêu chí đang áp dụng"):
        open_sheets(world.year, actor=None)
    assert ScoreSheet.objects.count() == 0


# What is missing


def test_missing_are_the_assigned_lines_without_what_their_kind_needs(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    assert missing_codes(sheet, "self_points") == ["A1", "A2", "A3", "A4"]

    scores.line(sheet, "A1", assigned=False)
    scores.line(sheet, "A2", actual=5)
    scores.line(sheet, "A3", level="Tốt")
    scores.line(sheet, "A4", self_points=0)

    assert missing_codes(sheet, "self_points") == []
    assert missing_codes(sheet, "appraised_points") == ["A4"]


def test_other_formulas_need_their_plan_and_a_claimed_bonus_its_appraisal(scores: Scores) -> None:
    scores.criteria["A2"].formula = "proportional"
    scores.criteria["A2"].save(update_fields=["formula"])
    sheet = scores.filled(scores.world.syt, 50)
    ScoreLine.objects.filter(sheet=sheet, criterion=scores.criteria["A2"]).update(plan=None)
    scores.line(sheet, "T", self_points=5)

    assert missing_codes(sheet, "self_points") == ["A2"]
    assert missing_codes(sheet, "agreed_points") == ["A2", "T"]


# The unit's own scores


def test_own_scores_are_saved_with_one_entry_of_what_changed(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    fill(scores, sheet)
    officer = scores.world.person("officer")

    save_self(
        sheet,
        entries=scores.ids(A1={"self_points": D("48.50")}, A4={"times": 4}),
        actor=officer,
        expected=1,
    )

    history = list(audit.entries_of(sheet))
    assert sheet.version == 2
    assert [(entry.action, entry.actor) for entry in history] == [("Lưu điểm tự chấm", officer)] * 2
    assert (history[0].before, history[0].after) == ({"A4.times": 3}, {"A4.times": 4})
    assert missing_codes(sheet, "self_points") == []


def test_saving_the_same_again_writes_nothing(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    fill(scores, sheet)

    fill(scores, sheet)

    assert (sheet.version, audit.entries_of(sheet).count()) == (1, 1)


def test_a_blank_is_kept_blank_and_not_zero(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    fill(scores, sheet)

    save_self(sheet, entries=scores.ids(A1={"self_points": None}), actor=None, expected=1)

    assert missing_codes(sheet, "self_points") == ["A1"]
    assert sheet.lines.get(criterion=scores.criteria["A1"]).self_points is None


@pytest.mark.parametrize(
    ("code", "cells", "sentence"),
    [
        ("A1", {"self_points": D("50.5")}, "Điểm 50,5 lớn hơn điểm tối đa 50. Hãy nhập lại."),
        ("A1", {"self_points": D(-1)}, "Điểm -1 nhỏ hơn 0. Hãy nhập từ 0 đến 50."),
        ("A1", {"self_points": D("1.005")}, "Điểm 1,005 có quá hai chữ số thập phân. Hãy làm tròn."),
        ("A1", {"self_points": D("NaN")}, "Hãy nhập một số, ví dụ 9,5."),
        ("A1", {"self_points": "chín"}, "Hãy nhập một số, ví dụ 9,5."),
        ("A1", {"actual": D(1)}, "Chỉ tiêu chí định lượng mới có kế hoạch và thực hiện."),
        ("A1", {"agreed_points": D(1)}, "Ô này không sửa được ở bước hiện tại. Hãy tải lại trang."),
        ("A1", {"assigned": None}, "Hãy chọn được giao hoặc không được giao."),
        (
            "A2",
            {"self_points": D(1)},
            "Điểm của tiêu chí này được tính từ kế hoạch và thực hiện, không nhập tay.",
        ),
        (
            "A2",
            {"plan": D(90)},
            "Kế hoạch do thư ký khối ghi và khóa, đơn vị không tự ghi. Nếu kế hoạch sai, hãy báo thư ký khối.",
        ),
        ("A2", {"actual": D(10) ** 14}, "Số quá lớn hoặc có quá nhiều chữ số. Hãy kiểm tra lại."),
        ("A3", {"level": "Kém"}, "Mức «Kém» không có trong tiêu chí này. Hãy chọn lại mức."),
        ("A3", {"self_points": D(1)}, "Điểm của tiêu chí này được tính từ mức đã chọn, không nhập tay."),
        ("A4", {"times": -1}, "Số lần phải là số nguyên không âm."),
        ("L", {"self_points": D(0)}, "Điểm trừ do chậm hạn được tính tự động, không nhập tay."),
        ("L", {"times": 0}, "Số ngày chậm được ghi tự động, không nhập tay."),
    ],
)
def test_bad_input_is_refused_in_a_sentence_and_nothing_is_saved(
    scores: Scores, code: str, cells: Any, sentence: str
) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    good = {"T": {"self_points": D(1)}}

    with pytest.raises(ScoreFaults) as refused:
        save_self(sheet, entries=scores.ids(**good, **{code: cells}), actor=None, expected=0)

    assert refused.value.faults == {code: sentence}
    assert (sheet.lines.count(), audit.entries_of(sheet).count()) == (0, 0)


def test_a_criterion_of_another_bloc_is_refused(scores: Scores) -> None:
    foreign = CriterionFactory(criteria_set__bloc_year=scores.world.other_year)
    sheet = scores.sheet(scores.world.syt, "draft")

    for pk in (foreign.pk, scores.criteria["A"].pk):
        with pytest.raises(ScoreFaults, match="không thuộc bộ tiêu chí của phiếu"):
            save_self(sheet, entries={pk: {"self_points": D(1)}}, actor=None, expected=0)
    assert ScoreLine.objects.count() == 0


def test_a_sent_sheet_is_not_edited(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="submitted")

    with pytest.raises(TransitionRefused, match="«Đã gửi»"):
        save_self(sheet, entries=scores.ids(A1={"self_points": D(1)}), actor=None, expected=0)
    with pytest.raises(TransitionRefused, match="«Đã gửi»"):
        save_agreed(sheet, entries=scores.ids(A1={"agreed_points": D(1)}), actor=None, expected=0)


def test_the_second_of_two_editors_is_told_who_was_first(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    fill(scores, sheet)

    with pytest.raises(StaleSheet, match=r"^Người officer đã sửa phiếu này lúc \d\d:\d\d ngày \d\d/\d\d/\d{4}"):
        save_self(sheet, entries=scores.ids(A1={"self_points": D(1)}), actor=None, expected=0)

    assert sheet.lines.get(criterion=scores.criteria["A1"]).self_points == D("48.5")


def test_the_leader_can_send_a_whole_sheet_and_not_a_part(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    leader = scores.world.person("leader")

    with pytest.raises(TransitionRefused, match="Còn 4 tiêu chí chưa có điểm tự chấm: A1, A2, A3, A4"):
        SCORE_SHEET.perform(sheet, "submit", actor=leader)
    fill(scores, sheet)
    SCORE_SHEET.perform(sheet, "submit", actor=leader)

    assert sheet.state == "submitted"


# Appraisal and agreement


def test_a_differing_appraisal_needs_a_reason(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="submitted")
    secretary = scores.world.person("secretary")

    with pytest.raises(ScoreFaults) as refused:
        save_appraisal(
            sheet,
            entries=scores.ids(
                A1={"appraised_points": D(45)}, A2={"appraised_points": D(4)}, A3={"appraisal_reason": ""}
            ),
            actor=secretary,
            expected=0,
        )
    assert refused.value.faults == {
        "A1": "Điểm 45 khác điểm trước đó (50). Hãy ghi lý do chênh lệch.",
        "A2": "Điểm 4 khác điểm trước đó (5). Hãy ghi lý do chênh lệch.",
    }

    save_appraisal(
        sheet,
        entries=scores.ids(
            A1={"appraised_points": D(45), "appraisal_reason": "Thiếu minh chứng"}, A2={"appraised_points": D(5)}
        ),
        actor=secretary,
        expected=0,
    )
    assert sheet.lines.get(criterion=scores.criteria["A1"]).appraised_points == D(45)
    assert audit.entries_of(sheet).get().after == {
        "A1.appraised_points": "45",
        "A1.appraisal_reason": "Thiếu minh chứng",
        "A2.appraised_points": "5",
    }


def test_points_for_what_was_not_claimed_need_a_reason(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="submitted")

    with pytest.raises(ScoreFaults, match=r"P: Điểm 5 khác điểm trước đó \(chưa có\)"):
        save_appraisal(sheet, entries=scores.ids(P={"appraised_points": D(5)}), actor=None, expected=0)


def test_a_differing_agreement_needs_a_reason(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 45, state="appraised")
    entries = scores.ids(A1={"agreed_points": D(47)})

    with pytest.raises(ScoreFaults, match=r"A1: Điểm 47 khác điểm trước đó \(45\)"):
        save_agreed(sheet, entries=entries, actor=None, expected=0)

    entries = scores.ids(A1={"agreed_points": D(47), "reason": "Hội nghị thống nhất"})
    save_agreed(sheet, entries=entries, actor=None, expected=0)
    assert sheet.lines.get(criterion=scores.criteria["A1"]).agreed_points == D(47)


# Lateness, women, disqualification, publication


def test_days_late_are_recorded_by_the_system(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")

    record_lateness(sheet, code="L", days=7, actor=None)
    record_lateness(sheet, code="L", days=7, actor=None)

    assert sheet.lines.get().times == 7
    assert [entry.action for entry in audit.entries_of(sheet)] == ["Ghi số ngày chậm"]
    with pytest.raises(KeyError):
        record_lateness(sheet, code="P", days=7, actor=None)


def test_the_share_of_women_is_recorded(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt)

    set_women_70(sheet, value=True, actor=None)

    assert sheet.women_70 is True
    assert audit.entries_of(sheet).get().after == {"women_70": True}


def test_a_disqualification_has_a_reason_once_and_is_lifted_with_one(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt)
    secretary = scores.world.person("secretary")
    ground = "Lãnh đạo bị kỷ luật cảnh cáo."

    disqualify(sheet, reason=f" {ground} ", actor=secretary)
    for reason, sentence in ((" ", "Hãy ghi lý do"), (ground, "đã được ghi"), ("x" * 501, "không quá 500")):
        with pytest.raises(TransitionRefused, match=sentence):
            disqualify(sheet, reason=reason, actor=secretary)
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do xét lại"):
        undisqualify(sheet, ground=ground, reason="", actor=secretary)

    undisqualify(sheet, ground=ground, reason="Đã hủy quyết định kỷ luật", actor=secretary)

    assert list(sheet.disqualifications.all()) == []
    assert [entry.reason for entry in audit.entries_of(sheet)] == ["Đã hủy quyết định kỷ luật", ground]
    with pytest.raises(TransitionRefused, match="không còn"):
        undisqualify(sheet, ground=ground, reason="lại", actor=secretary)


def test_scores_are_published_and_withdrawn_with_history(scores: Scores) -> None:
    year, member = scores.world.year, scores.world.person("deputy_officer")
    with pytest.raises(TransitionRefused, match="Chưa có đơn vị nào gửi phiếu"):
        publish_scores(year, actor=None)
    sheet = scores.filled(scores.world.syt, 50, state="submitted")
    assert set(ScoreSheet.objects.visible_to(member)) == set()

    publish_scores(year, actor=scores.world.person("secretary"), confirm=True)

    assert set(ScoreSheet.objects.visible_to(scores.world.person("deputy_officer"))) == {sheet}
    with pytest.raises(TransitionRefused, match="đã được công bố"):
        publish_scores(year, actor=None)
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        withdraw_publication(year, reason="", actor=None)

    withdraw_publication(year, reason="Còn một phiếu phải sửa", actor=None)

    assert year.scores_published_at is None
    assert [entry.action for entry in audit.entries_of(year)] == ["Thu hồi công bố điểm", "Công bố điểm"]
    with pytest.raises(TransitionRefused, match="chưa được công bố"):
        withdraw_publication(year, reason="lại", actor=None)


def test_publishing_names_who_has_not_sent_a_sheet(scores: Scores) -> None:
    world = scores.world
    scores.filled(world.syt, 50, state="submitted")
    scores.sheet(world.sldtbxh, "draft")

    with pytest.raises(TransitionRefused) as refused:
        publish_scores(world.year, actor=None)

    assert [(each.agency, each.is_opened) for each in unsent(world.year)] == [
        (world.stttt, False),
        (world.sgddt, False),
        (world.sldtbxh, True),
    ]
    assert str(refused.value) == (
        f"Chưa gửi phiếu chấm điểm: {world.stttt.label} (chưa lập phiếu), {world.sgddt.label} (chưa lập phiếu), "
        f"{world.sldtbxh.label} (đang soạn). Hãy đợi các đơn vị gửi, hoặc đánh dấu «Vẫn công bố» rồi công bố lại."
    )
    assert BlocYear.objects.get(pk=world.year.pk).scores_published_at is None


def test_scores_are_published_without_asking_once_all_have_sent(scores: Scores) -> None:
    world = scores.world
    for agency in (world.stttt, world.sgddt, world.syt, world.sldtbxh):
        scores.filled(agency, 50, state="submitted")

    publish_scores(world.year, actor=None)

    assert unsent(world.year) == []
    assert BlocYear.objects.get(pk=world.year.pk).scores_published_at is not None


# Return


def test_a_returned_sheet_counts_by_the_agencys_own_points(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 45, state="appraised")
    sheet.lines.filter(criterion=scores.criteria["A1"]).update(cross_points=D(44), reason="Thiếu minh chứng")
    secretary = scores.world.person("secretary")

    SCORE_SHEET.perform(sheet, "return", actor=secretary, reason="Bổ sung minh chứng A1")

    line = sheet.lines.get(criterion=scores.criteria["A1"])
    assert (sheet.state, sheet.version) == ("draft", 1)
    assert (line.self_points, line.cross_points, line.appraised_points, line.agreed_points) == (D(50), None, None, None)
    assert line.reason == ""
    assert load_sheet(sheet)[1].settled["A1"].points == D(50)
    returned, cleared = audit.entries_of(sheet)
    assert (returned.action, returned.reason) == ("Trả lại đơn vị", "Bổ sung minh chứng A1")
    assert cleared.before == {
        "A1.cross_points": "44.00",
        "A1.appraised_points": "45.00",
        "A1.agreed_points": "45.00",
        "A1.reason": "Thiếu minh chứng",
    }
    assert return_reason(sheet) == "Bổ sung minh chứng A1"


def test_a_sheet_that_nobody_judged_returns_as_it_was(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "submitted")
    scores.line(sheet, "A1", self_points=D(50))

    with pytest.raises(PermissionDenied):
        SCORE_SHEET.perform(sheet, "return", actor=scores.world.person("leader"), reason="tự rút")
    SCORE_SHEET.perform(sheet, "return", actor=None, reason="Đơn vị xin sửa")

    assert [entry.action for entry in audit.entries_of(sheet)] == ["Trả lại đơn vị"]
    assert sheet.lines.get().self_points == D(50)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'")
def test_of_two_appraisers_at_once_the_second_is_told() -> None:
    scores = build_scores(build_world())
    sheet = scores.filled(scores.world.syt, 50, state="submitted")
    barrier, answers = threading.Barrier(2), []

    def appraise(points: int) -> None:
        entries = scores.ids(A1={"appraised_points": D(points), "appraisal_reason": f"lý do {points}"})
        barrier.wait(timeout=10)
        try:
            save_appraisal(ScoreSheet.objects.get(pk=sheet.pk), entries=entries, actor=None, expected=0)
            answers.append("saved")
        except StaleSheet:
            answers.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=appraise, args=(points,)) for points in (40, 41)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(answers) == ["saved", "told"]
    assert audit.entries_of(sheet).count() == 1
