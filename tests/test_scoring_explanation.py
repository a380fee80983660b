"""Explanation: asked once, answered line by line within the period, and then kept or changed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from scoring.domain.explaining import disputed_lines, save_answers
from scoring.domain.sheets import save_appraisal
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.domain.workflow import SCORE_SHEET
from scoring.models import ScoreSheet, YearRules
from tests.scoring_forms import Untouched
from tests.scoring_world import Scores, build_scores
from tests.world import World

D = Decimal
ASKED_ON = "2020-12-10T09:00:00+07:00"
LAST_DAY = "2020-12-15T09:00:00+07:00"
AFTER = "2020-12-16T09:00:00+07:00"


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def appraised(scores: Scores, points: Any = 45) -> ScoreSheet:
    """A1 self 50 appraised at ``points``; the other lines follow from their figures."""
    sheet = scores.filled(scores.world.syt, 50, state="appraised")
    scores.line(sheet, "T", self_points=D(5), appraised_points=D(5))
    line = sheet.lines.get(criterion=scores.criteria["A1"])
    line.appraised_points, line.agreed_points, line.appraisal_reason = D(points), None, "Thiếu minh chứng"
    line.save()
    return sheet


@pytest.fixture
def asked(scores: Scores) -> ScoreSheet:
    sheet = appraised(scores)
    with time_machine.travel(ASKED_ON, tick=False):
        SCORE_SHEET.perform(sheet, "ask", actor=scores.world.person("secretary"))
    return sheet


def answer(scores: Scores, sheet: ScoreSheet, text: str = "Đã bổ sung tại Báo cáo số 15", version: int = 0) -> None:
    a1 = scores.criteria["A1"].pk
    save_answers(sheet, answers={a1: text}, actor=scores.world.person("officer"), expected={a1: version})


# Asking


def test_asking_sets_the_last_day_by_the_rules_and_tells_the_unit(scores: Scores) -> None:
    YearRules.objects.create(bloc_year=scores.world.year, explanation_days=3, basis="Quy chế")
    sheet = appraised(scores)

    with time_machine.travel(ASKED_ON, tick=False):
        SCORE_SHEET.perform(sheet, "ask", actor=scores.world.person("secretary"))

    assert (sheet.state, sheet.explanation_due) == ("explanation", date(2020, 12, 13))
    assert set(Notice.objects.values_list("user__email", flat=True)) == {"officer@example.vn", "leader@example.vn"}


def test_nothing_is_asked_where_no_score_differs(scores: Scores) -> None:
    sheet = appraised(scores, points=50)

    with pytest.raises(TransitionRefused, match="Không có dòng nào điểm thẩm định khác"):
        SCORE_SHEET.perform(sheet, "ask", actor=scores.world.person("secretary"))


@pytest.mark.parametrize("name", ["officer", "leader", "deputy_officer", "observer", "stranger"])
def test_only_who_decides_the_sheet_asks(scores: Scores, name: str) -> None:
    sheet = appraised(scores)

    with pytest.raises(PermissionDenied):
        SCORE_SHEET.perform(sheet, "ask", actor=scores.world.person(name))


# Answering


@time_machine.travel(LAST_DAY, tick=False)
def test_the_unit_answers_each_line_and_its_leader_sends(scores: Scores, asked: ScoreSheet) -> None:
    leader = scores.world.person("leader")
    with pytest.raises(TransitionRefused, match="Còn 1 dòng chưa giải trình: A1"):
        SCORE_SHEET.perform(asked, "explain", actor=leader)

    answer(scores, asked)
    with pytest.raises(PermissionDenied):
        SCORE_SHEET.perform(asked, "explain", actor=scores.world.person("officer"))
    SCORE_SHEET.perform(asked, "explain", actor=leader)

    line = asked.lines.get(criterion=scores.criteria["A1"])
    assert (line.answer, line.answered_points, line.version) == ("Đã bổ sung tại Báo cáo số 15", D(45), 1)
    assert (asked.state, asked.explained_at is not None) == ("appraised", True)
    told = set(Notice.objects.filter(text__contains="đã thẩm định").values_list("user__email", flat=True))
    assert told == {"secretary@example.vn", "head_leader@example.vn"}


@time_machine.travel(LAST_DAY, tick=False)
def test_only_lines_that_differ_are_answered(scores: Scores, asked: ScoreSheet) -> None:
    with pytest.raises(ScoreFaults, match="không có điểm chênh lệch"):
        save_answers(asked, answers={scores.criteria["T"].pk: "x"}, actor=None, expected=asked.version)

    assert [each.node.code for each in disputed_lines(asked)] == ["A1"]
    assert asked.lines.exclude(answer="").count() == 0


@time_machine.travel(LAST_DAY, tick=False)
def test_the_second_of_two_colleagues_is_told(scores: Scores, asked: ScoreSheet) -> None:
    answer(scores, asked)

    with pytest.raises(StaleSheet, match="Người officer đã sửa tiêu chí A1"):
        answer(scores, asked, "Ý khác")
    assert asked.lines.get(criterion=scores.criteria["A1"]).answer == "Đã bổ sung tại Báo cáo số 15"


@time_machine.travel(LAST_DAY, tick=False)
def test_points_stay_while_the_unit_explains(scores: Scores, asked: ScoreSheet) -> None:
    entries = scores.ids(A1={"appraised_points": D(40)})

    with pytest.raises(TransitionRefused, match="«Đang giải trình»"):
        save_appraisal(asked, entries=entries, actor=None, expected=asked.version)
    assert scores.world.person("secretary").has_perm("scoring.appraise_sheet", asked) is False


# The end of the period


@time_machine.travel(AFTER, tick=False)
def test_after_the_last_day_it_closes_by_itself(scores: Scores, asked: ScoreSheet) -> None:
    with pytest.raises(TransitionRefused, match=r"Đã hết hạn giải trình \(ngày 15/12/2020\)"):
        answer(scores, asked)
    with pytest.raises(TransitionRefused, match="Đã hết hạn giải trình"):
        SCORE_SHEET.perform(asked, "explain", actor=scores.world.person("leader"))

    SCORE_SHEET.perform(asked, "end_explanation", actor=scores.world.person("secretary"))

    assert (asked.state, asked.explained_at) == ("appraised", None)


@time_machine.travel(LAST_DAY, tick=False)
def test_the_secretariat_does_not_cut_the_period_short(scores: Scores, asked: ScoreSheet) -> None:
    with pytest.raises(TransitionRefused, match="còn được giải trình đến hết ngày 15/12/2020"):
        SCORE_SHEET.perform(asked, "end_explanation", actor=scores.world.person("secretary"))


@pytest.mark.parametrize("end", ["explain", "end_explanation"])
def test_it_is_asked_once(scores: Scores, asked: ScoreSheet, end: str) -> None:
    with time_machine.travel(LAST_DAY if end == "explain" else AFTER, tick=False):
        if end == "explain":
            answer(scores, asked)
        SCORE_SHEET.perform(asked, end, actor=None)

    with pytest.raises(TransitionRefused, match="giải trình một lần"):
        SCORE_SHEET.perform(asked, "ask", actor=scores.world.person("secretary"))


def test_a_returned_sheet_begins_anew(scores: Scores, asked: ScoreSheet) -> None:
    with time_machine.travel(LAST_DAY, tick=False):
        answer(scores, asked)
        SCORE_SHEET.perform(asked, "explain", actor=None)
        SCORE_SHEET.perform(asked, "return", actor=scores.world.person("secretary"), reason="Chấm lại")

    line = asked.lines.get(criterion=scores.criteria["A1"])
    assert (asked.explanation_due, asked.explained_at) == (None, None)
    assert (line.answer, line.answered_points, line.appraisal_reason, line.appraised_points) == ("", None, "", None)


# Afterwards


@time_machine.travel(LAST_DAY, tick=False)
def test_the_appraiser_keeps_or_changes_with_a_reason(scores: Scores, asked: ScoreSheet) -> None:
    answer(scores, asked)
    SCORE_SHEET.perform(asked, "explain", actor=None)
    actor = scores.world.person("secretary")
    blank = scores.ids(A1={"appraised_points": D(50), "appraisal_reason": ""})

    with pytest.raises(ScoreFaults, match=r"A1: Điểm 50 khác điểm trước giải trình \(45\). Hãy ghi lý do."):
        save_appraisal(asked, entries=blank, actor=actor, expected=asked.version)
    changed = scores.ids(A1={"appraised_points": D(50), "appraisal_reason": "Chấp nhận giải trình"})
    save_appraisal(asked, entries=changed, actor=actor, expected=asked.version)

    line = asked.lines.get(criterion=scores.criteria["A1"])
    assert (line.appraised_points, line.answered_points) == (D(50), D(45))
    assert audit.entries_of(asked)[0].before == {
        "A1.appraised_points": "45.00",
        "A1.appraisal_reason": "Thiếu minh chứng",
    }


# The page


def url_of(sheet: ScoreSheet) -> str:
    return f"/phieu-cham/{sheet.pk}/giai-trinh/"


def form_of(page: bytes, key: str) -> dict[str, str]:
    reader = Untouched()
    reader.feed(page.decode())
    return next(form for form in reader.forms if key in form)


@time_machine.travel(LAST_DAY, tick=False)
def test_the_officer_answers_on_the_page_and_the_leader_sends(
    client: Client, scores: Scores, asked: ScoreSheet
) -> None:
    key = f"c{scores.criteria['A1'].pk}-answer"
    client.force_login(scores.world.person("officer"))
    page = client.get(url_of(asked))

    client.post(url_of(asked), form_of(page.content, key) | {key: "Đã bổ sung"})
    client.force_login(scores.world.person("leader"))
    sent = client.post(f"/phieu-cham/{asked.pk}/thuc-hien/", {"transition": "explain"})

    asked.refresh_from_db()
    assert "Thiếu minh chứng" in page.content.decode()
    assert (sent.status_code, asked.state) == (302, "appraised")
    assert asked.lines.get(criterion=scores.criteria["A1"]).answer == "Đã bổ sung"


@time_machine.travel(LAST_DAY, tick=False)
def test_the_second_colleague_keeps_what_was_typed(client: Client, scores: Scores, asked: ScoreSheet) -> None:
    key = f"c{scores.criteria['A1'].pk}-answer"
    client.force_login(scores.world.person("leader"))
    older = form_of(client.get(url_of(asked)).content, key)
    answer(scores, asked)

    told = client.post(url_of(asked), older | {key: "Ý của lãnh đạo"})

    assert told.status_code == 409
    assert "Ý của lãnh đạo" in told.content.decode()
    assert asked.lines.get(criterion=scores.criteria["A1"]).answer == "Đã bổ sung tại Báo cáo số 15"


@time_machine.travel(LAST_DAY, tick=False)
def test_others_read_or_see_nothing(client: Client, scores: Scores, asked: ScoreSheet) -> None:
    answers = {}
    for name in ("secretary", "standing", "observer", "deputy_officer", "stranger"):
        client.force_login(scores.world.person(name))
        answers[name] = (client.get(url_of(asked)).status_code, client.post(url_of(asked), {}).status_code)

    assert answers == {
        "secretary": (200, 403), "standing": (200, 403), "observer": (200, 403),
        "deputy_officer": (404, 404), "stranger": (404, 404),
    }  # fmt: skip


@time_machine.travel(AFTER, tick=False)
def test_after_the_last_day_the_page_has_no_boxes(client: Client, scores: Scores, asked: ScoreSheet) -> None:
    client.force_login(scores.world.person("officer"))

    page = client.get(url_of(asked)).content.decode()

    assert "Đã hết hạn giải trình nên không ghi thêm được" in page
    assert f"c{scores.criteria['A1'].pk}-answer" not in page


@time_machine.travel(LAST_DAY, tick=False)
def test_the_columns_stand_side_by_side_on_the_sheet(client: Client, scores: Scores, asked: ScoreSheet) -> None:
    asked.lines.filter(criterion=scores.criteria["A1"]).update(
        cross_points=D("47.5"), cross_reason="Sở Giáo dục và Đào tạo: Lệch số", answer="Đã bổ sung"
    )
    client.force_login(scores.world.person("officer"))

    page = client.get(f"/phieu-cham/{asked.pk}/").content.decode()

    shown = [text in page for text in ("47,5", "Sở Giáo dục và Đào tạo: Lệch số", "Đơn vị giải trình", "Đã bổ sung")]
    assert shown == [True] * 4
    assert page.index("Tự chấm</th>") < page.index("Chấm chéo</th>") < page.index("Thẩm định</th>")
    assert page.index("Thẩm định</th>") < page.index("Thống nhất</th>")


@pytest.mark.parametrize("lines", [1, 3])
@time_machine.travel(LAST_DAY, tick=False)
def test_the_page_takes_constant_queries(
    client: Client, scores: Scores, asked: ScoreSheet, django_assert_num_queries: Any, lines: int
) -> None:
    for code in ("A3", "A4")[: lines - 1]:
        asked.lines.filter(criterion=scores.criteria[code]).update(appraised_points=D(1))
    client.force_login(scores.world.person("officer"))
    client.get("/")

    with django_assert_num_queries(11):
        client.get(url_of(asked))
