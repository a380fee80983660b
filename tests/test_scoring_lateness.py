"""Deadlines of self-scoring, extensions, and deductions for lateness that write themselves."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import Notice
from reports.domain.workflow import AGENCY_REPORT
from scoring.domain.deadlines import Deadline, deadline_of, grant_extension
from scoring.domain.lateness import delays_of, refresh_lateness
from scoring.domain.sheets import save_self
from scoring.domain.workflow import SCORE_SHEET
from scoring.domain.writing import versions_of
from scoring.models import ScoreSheet, SheetExtension, YearRules
from tests.factories import AgencyReportFactory, PassageFactory
from tests.scoring_world import Scores, build_scores
from tests.world import World

DUE = date(2020, 11, 30)
BEFORE, ON_DAY, AFTER = "2020-11-20 10:00+07:00", "2020-11-30 23:50+07:00", "2020-12-05 10:00+07:00"


@pytest.fixture
def scores(world: World) -> Scores:
    world.year.scores_due = DUE
    world.year.save(update_fields=["scores_due"])
    return build_scores(world)


def whole(scores: Scores, agency: Any = None) -> ScoreSheet:
    return scores.filled(agency or scores.world.syt, 50, state="draft")


def typed(scores: Scores, sheet: ScoreSheet) -> None:
    entries = scores.ids(A1={"self_points": 7})
    save_self(sheet, entries=entries, actor=scores.world.person("officer"), expected=versions_of(sheet))


def days_of(sheet: ScoreSheet) -> int | None:
    return sheet.lines.filter(criterion__code="L").values_list("times", flat=True).first()


# The deadline


@pytest.mark.parametrize(
    ("on", "over", "late"),
    [(date(2020, 11, 29), False, 0), (DUE, False, 0), (date(2020, 12, 1), True, 1), (date(2020, 12, 10), True, 10)],
)
def test_the_due_day_itself_is_in_time(on: date, over: bool, late: int) -> None:
    assert (Deadline(DUE).is_over(on), Deadline(DUE).days_late(on)) == (over, late)


def test_without_a_due_date_nothing_is_late() -> None:
    assert (Deadline(None).is_over(DUE), Deadline(None).days_late(DUE)) == (False, None)


def test_after_the_deadline_nothing_is_written_and_the_sentence_says_whom_to_ask(scores: Scores) -> None:
    sheet = whole(scores)
    with time_machine.travel(ON_DAY, tick=False):
        typed(scores, sheet)

    with time_machine.travel(AFTER, tick=False):
        with pytest.raises(TransitionRefused) as refused:
            typed(scores, sheet)
        with pytest.raises(TransitionRefused) as not_sent:
            SCORE_SHEET.perform(sheet, "submit", actor=scores.world.person("leader"))

    sentence = (
        "Đã hết hạn (hạn tự chấm điểm là ngày 30/11/2020) nên phiếu không sửa và không gửi được nữa. "
        f"Hãy đề nghị thư ký khối ({scores.world.stttt.label}) hoặc Thường trực Hội đồng gia hạn."
    )
    assert (str(refused.value), str(not_sent.value)) == (sentence, sentence)
    assert ScoreSheet.objects.get(pk=sheet.pk).state == "draft"


def test_the_head_is_told_to_ask_somebody_else(scores: Scores) -> None:
    sheet = whole(scores, scores.world.stttt)

    with time_machine.travel(AFTER, tick=False), pytest.raises(TransitionRefused, match="phó khối hoặc Thường trực"):
        typed(scores, sheet)


def test_where_the_bloc_only_warns_a_late_sheet_is_taken_and_its_days_are_kept(scores: Scores) -> None:
    YearRules.objects.create(bloc_year=scores.world.year, closes_on_due=False, basis="Quy chế khối")
    sheet = whole(scores)

    with time_machine.travel(AFTER, tick=False):
        typed(scores, sheet)
        SCORE_SHEET.perform(sheet, "submit", actor=scores.world.person("leader"))

    assert (sheet.state, sheet.late_days) == ("submitted", 5)


def test_an_extension_opens_the_sheet_and_is_recorded_and_told(scores: Scores) -> None:
    sheet, world = whole(scores), scores.world
    secretary = world.person("secretary")

    with time_machine.travel(AFTER, tick=False):
        grant_extension(sheet, until=date(2020, 12, 6), reason="Bão số 9", actor=secretary, today=date(2020, 12, 5))
        typed(scores, sheet)
        SCORE_SHEET.perform(sheet, "submit", actor=world.person("leader"))

    assert (sheet.state, sheet.late_days) == ("submitted", 5)
    entry = audit.entries_of(sheet).get(action="Gia hạn phiếu chấm điểm")
    assert (entry.actor, entry.after, entry.reason) == (secretary, {"until": "2020-12-06"}, "Bão số 9")
    assert set(
        Notice.objects.filter(text__contains="được gia hạn đến hết ngày 06/12/2020").values_list("user", flat=True)
    ) == {
        world.person("officer").pk,
        world.person("leader").pk,
    }


def test_the_latest_extension_holds_and_ends(scores: Scores) -> None:
    sheet = whole(scores)
    for until in (date(2020, 12, 20), date(2020, 12, 8)):
        grant_extension(sheet, until=until, reason="x", actor=None, today=date(2020, 12, 5))

    assert deadline_of(sheet).last_day == date(2020, 12, 8)
    day_after, sentence = "2020-12-09 08:00+07:00", "được gia hạn đến ngày 08/12/2020"
    with time_machine.travel(day_after, tick=False), pytest.raises(TransitionRefused, match=sentence):
        typed(scores, sheet)


@pytest.mark.parametrize(
    ("until", "reason", "sentence"),
    [
        (DUE, "x", r"phải sau hạn tự chấm điểm \(30/11/2020\)"),
        (date(2020, 12, 4), "x", "Ngày 04/12/2020 đã qua"),
        (date(2020, 12, 6), "  ", "Hãy ghi lý do gia hạn"),
    ],
)
def test_an_odd_extension_is_refused(scores: Scores, until: date, reason: str, sentence: str) -> None:
    sheet = whole(scores)

    with pytest.raises(TransitionRefused, match=sentence):
        grant_extension(sheet, until=until, reason=reason, actor=None, today=date(2020, 12, 5))
    assert SheetExtension.objects.count() == 0


def test_the_same_extension_is_not_granted_twice(scores: Scores) -> None:
    sheet = whole(scores)

    def grant(reason: str) -> None:
        grant_extension(sheet, until=date(2020, 12, 8), reason=reason, actor=None, today=date(2020, 12, 5))

    grant("Bão")
    with pytest.raises(TransitionRefused, match="Đã gia hạn đến ngày 08/12/2020 với lý do này rồi"):
        grant(" Bão ")
    grant("Bão số 2")
    assert list(sheet.extensions.values_list("reason", flat=True)) == ["Bão", "Bão số 2"]


def test_a_sent_sheet_needs_no_extension(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="submitted")

    with pytest.raises(TransitionRefused, match="Đơn vị đã gửi phiếu"):
        grant_extension(sheet, until=date(2020, 12, 6), reason="x", actor=None, today=date(2020, 12, 5))


def test_a_sheet_returned_late_may_be_worked_on_for_the_days_of_an_explanation(scores: Scores) -> None:
    sheet = whole(scores)
    with time_machine.travel(BEFORE, tick=False):
        SCORE_SHEET.perform(sheet, "submit", actor=scores.world.person("leader"))

    with time_machine.travel(AFTER, tick=False):
        SCORE_SHEET.perform(sheet, "return", actor=None, reason="Bổ sung minh chứng")
        typed(scores, sheet)

    assert deadline_of(sheet).extended_to == date(2020, 12, 10)
    assert [entry.action for entry in audit.entries_of(sheet)].count("Gia hạn phiếu chấm điểm") == 1


@pytest.mark.parametrize(("again", "late"), [("2020-12-10 10:00+07:00", 0), ("2020-12-20 10:00+07:00", 5)])
@pytest.mark.parametrize("closes", [True, False])
def test_a_unit_that_was_in_time_is_not_late_by_a_return(scores: Scores, closes: bool, again: str, late: int) -> None:
    YearRules.objects.create(bloc_year=scores.world.year, closes_on_due=closes)
    sheet = whole(scores)
    with time_machine.travel(BEFORE, tick=False):
        SCORE_SHEET.perform(sheet, "submit", actor=None)
    first = ScoreSheet.objects.get(pk=sheet.pk).submitted_at
    with time_machine.travel(AFTER, tick=False):
        SCORE_SHEET.perform(sheet, "return", actor=None, reason="Bổ sung minh chứng")
    SheetExtension.objects.filter(sheet=sheet).update(until=date(2020, 12, 15))
    YearRules.objects.update(closes_on_due=False)

    with time_machine.travel(again, tick=False):
        SCORE_SHEET.perform(sheet, "submit", actor=None)

    sheet.refresh_from_db()
    expected = late if closes else 0
    assert (sheet.submitted_at, sheet.late_days, days_of(sheet)) == (first, expected, expected)


def test_a_sheet_returned_in_time_keeps_its_deadline(scores: Scores) -> None:
    sheet = whole(scores)
    with time_machine.travel(BEFORE, tick=False):
        SCORE_SHEET.perform(sheet, "submit", actor=scores.world.person("leader"))
        SCORE_SHEET.perform(sheet, "return", actor=None, reason="Bổ sung minh chứng")

    assert deadline_of(sheet).extended_to is None


# Lateness


def test_sending_the_sheet_late_deducts_at_once(scores: Scores) -> None:
    sheet = whole(scores)
    grant_extension(sheet, until=date(2020, 12, 20), reason="x", actor=None, today=date(2020, 12, 5))

    with time_machine.travel("2020-12-07 08:00+07:00", tick=False):
        SCORE_SHEET.perform(sheet, "submit", actor=scores.world.person("leader"))

    assert days_of(sheet) == 7
    assert [str(delay) for delay in delays_of(scores.world.year, scores.world.syt.pk)] == [
        "phiếu tự chấm điểm muộn 7 ngày"
    ]


def test_sending_in_time_is_known_as_no_days(scores: Scores) -> None:
    sheet = whole(scores)

    with time_machine.travel(BEFORE, tick=False):
        SCORE_SHEET.perform(sheet, "submit", actor=scores.world.person("leader"))

    assert (sheet.late_days, days_of(sheet)) == (0, 0)


def sent_report(scores: Scores, at: str) -> Any:
    year = scores.world.year
    year.mid_year_due = date(2020, 7, 15)
    year.save(update_fields=["mid_year_due"])
    report = AgencyReportFactory(bloc_year=year, agency=scores.world.syt, kind="mid-year")
    PassageFactory(report=report, review=None)
    with time_machine.travel(at, tick=False):
        AGENCY_REPORT.perform(report, "sign_off", actor=None)
    return report


def test_a_late_report_deducts_at_once_with_its_source(client: Client, scores: Scores) -> None:
    sheet = whole(scores)

    sent_report(scores, "2020-07-27 08:00+07:00")
    client.force_login(scores.world.person("officer"))
    page = client.get(f"/phieu-cham/{sheet.pk}/").content.decode()

    assert days_of(sheet) == 12
    assert "tính tự động từ số ngày chậm: 12 ngày" in page
    assert "báo cáo sơ kết 6 tháng đầu năm muộn 12 ngày" in page


def test_the_longest_delay_counts_once(scores: Scores) -> None:
    sheet = whole(scores)
    sent_report(scores, "2020-07-18 08:00+07:00")
    ScoreSheet.objects.filter(pk=sheet.pk).update(late_days=9)

    days = refresh_lateness(scores.world.year, scores.world.syt.pk, actor=None)

    assert (days, days_of(sheet)) == (9, 9)
    assert [delay.days for delay in delays_of(scores.world.year, scores.world.syt.pk)] == [9, 3]


def test_imported_days_stay_unless_a_record_says_more(scores: Scores) -> None:
    sheet = whole(scores)
    scores.line(sheet, "L", times=10)

    sent_report(scores, "2020-07-18 08:00+07:00")
    assert days_of(sheet) == 10
    ScoreSheet.objects.filter(pk=sheet.pk).update(late_days=11)
    refresh_lateness(scores.world.year, scores.world.syt.pk, actor=None)

    assert days_of(sheet) == 11


def test_an_agreed_sheet_does_not_change_by_itself(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="agreed")

    sent_report(scores, "2020-07-27 08:00+07:00")

    assert days_of(sheet) is None


def test_another_unit_is_not_charged(scores: Scores) -> None:
    other = scores.filled(scores.world.sldtbxh, 50, state="draft")

    sent_report(scores, "2020-07-27 08:00+07:00")

    assert days_of(other) is None


# The page


def test_the_secretariat_gives_more_time_on_its_page_and_never_sees_the_draft(client: Client, scores: Scores) -> None:
    sheet, world = whole(scores), scores.world
    client.force_login(world.person("secretary"))
    url = f"/khoi/{world.year.pk}/han-tu-cham/"
    data = {"agency": str(world.syt.pk), "until": "15/12/2020", "reason": "Mất điện toàn tỉnh"}

    with time_machine.travel(AFTER, tick=False):
        response = client.post(url, data, follow=True)

    page = response.content.decode()
    assert SheetExtension.objects.get().until == date(2020, 12, 15)
    assert "Mất điện toàn tỉnh" in page
    assert client.get(f"/phieu-cham/{sheet.pk}/").status_code == 404


def test_nobody_gives_the_own_unit_more_time(client: Client, scores: Scores) -> None:
    whole(scores, scores.world.stttt)
    client.force_login(scores.world.person("secretary"))
    url = f"/khoi/{scores.world.year.pk}/han-tu-cham/"
    data = {"agency": str(scores.world.stttt.pk), "until": "15/12/2020", "reason": "x"}

    with time_machine.travel(AFTER, tick=False):
        client.post(url, data)
        assert SheetExtension.objects.count() == 0
        client.force_login(scores.world.person("deputy_officer"))
        client.post(url, data)

    assert SheetExtension.objects.get().granted_by == scores.world.person("deputy_officer")


def test_the_page_of_the_unit_says_until_when(client: Client, scores: Scores) -> None:
    sheet = whole(scores)
    client.force_login(scores.world.person("officer"))
    url = f"/phieu-cham/{sheet.pk}/"

    with time_machine.travel(BEFORE, tick=False):
        assert "Hạn tự chấm điểm: hết ngày 30/11/2020." in client.get(url).content.decode()
    with time_machine.travel(AFTER, tick=False):
        assert "Đã hết hạn (hạn tự chấm điểm là ngày 30/11/2020)" in client.get(url).content.decode()
        grant_extension(sheet, until=date(2020, 12, 9), reason="x", actor=None, today=date(2020, 12, 5))
        assert "được gia hạn đến hết ngày 09/12/2020" in client.get(url).content.decode()
