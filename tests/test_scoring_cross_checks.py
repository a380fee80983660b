"""Cross-checking: the checker sees the dealt sheet alone, gives points or agrees, and the mean is kept."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from blocs.models import Agency, BlocYear
from scoring.domain.cross_checking import agree_rest, load_check, mean, save_check
from scoring.domain.cross_finishing import finish_check
from scoring.domain.dealing import deal_by_hand
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.domain.workflow import SCORE_SHEET
from scoring.models import CrossCheck, CrossDeal, ScoreSheet
from tests.factories import AppointmentFactory, CriterionFactory, MembershipFactory, UserFactory
from tests.scoring_forms import untouched
from tests.scoring_world import Scores, build_scores
from tests.world import PERSONAS, World

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def person_of(agency: Agency, duty: str = "officer") -> Any:
    user = UserFactory(email=f"{agency.code}-{duty}@example.vn", full_name=f"Người {agency.code}")
    AppointmentFactory(user=user, agency=agency, duty=duty)
    return user


def sent(scores: Scores, agency: Agency) -> ScoreSheet:
    """A1 self 50, A2 by formula, A3 Tốt, A4 twice: A1 alone waits for a checker's points."""
    sheet = scores.sheet(agency, "submitted")
    scores.line(sheet, "A1", self_points=D(50), explanation="Báo cáo số 12")
    scores.line(sheet, "A2", plan=D(100), actual=D(100))
    scores.line(sheet, "A3", level="Tốt")
    scores.line(sheet, "A4", times=2)
    return sheet


def dealt(scores: Scores, sheet: ScoreSheet, *checkers: Agency) -> list[CrossCheck]:
    deal_by_hand(sheet.bloc_year, wanted={sheet.pk: [each.code for each in checkers]}, due=None, reason="", actor=None)
    return [CrossCheck.objects.get(sheet=sheet, checker=each) for each in checkers]


@pytest.fixture
def check(scores: Scores) -> CrossCheck:
    """Sở Y tế checks the sheet of Sở Lao động."""
    return dealt(scores, sent(scores, scores.world.sldtbxh), scores.world.syt)[0]


def give(scores: Scores, check: CrossCheck, *, version: int | None = None, **cells: Any) -> CrossCheck:
    expected = check.version if version is None else version
    return save_check(check, entries=scores.ids(**cells), actor=None, expected_version=expected)


def test_a_concluded_year_takes_no_checks(scores: Scores, check: CrossCheck) -> None:
    BlocYear.objects.filter(pk=scores.world.year.pk).update(state="concluded")

    with pytest.raises(TransitionRefused, match="«Đã tổng kết» nên không ghi điểm được"):
        give(scores, check, A1={"points": D(50)})
    with pytest.raises(TransitionRefused, match="nên không ghi điểm được"):
        finish_check(check, actor=None)


# Who sees what


@pytest.mark.parametrize("name", PERSONAS)
def test_a_dealt_sheet_is_seen_by_its_checker_and_who_runs_or_watches(
    scores: Scores, check: CrossCheck, name: str
) -> None:
    person = scores.world.person(name)

    seen = CrossCheck.objects.visible_to(person)

    allowed = {"officer", "leader", "secretary", "head_leader", "standing", "observer"}
    assert set(seen) == ({check} if name in allowed else set())
    may_write = person.has_perm("scoring.write_check", check)
    assert may_write is (name in {"officer", "leader"})


def test_the_checked_agency_and_a_returned_sheet_stay_hidden(scores: Scores, check: CrossCheck) -> None:
    own = person_of(scores.world.sldtbxh)
    assert set(CrossCheck.objects.visible_to(own)) == set()

    SCORE_SHEET.perform(check.sheet, "return", actor=None, reason="Bổ sung")

    assert set(CrossCheck.objects.visible_to(scores.world.person("officer"))) == set()


def test_who_checks_whom_stays_out_of_the_history_of_members(client: Client, scores: Scores, check: CrossCheck) -> None:
    def told(name: str) -> bool:
        client.force_login(scores.world.person(name))
        return "Phân công chấm chéo" in client.get(f"/lich-su/blocs.blocyear/{scores.world.year.pk}/").content.decode()

    assert [told(name) for name in ("officer", "secretary")] == [False, True]


def test_the_standing_body_does_not_see_checks_of_its_own_agency(scores: Scores) -> None:
    world = scores.world
    MembershipFactory(bloc_year=world.year, agency=world.snv, role="member", position=9)
    check = dealt(scores, sent(scores, world.snv), world.syt)[0]

    assert set(CrossCheck.objects.visible_to(world.person("standing"))) == set()
    assert set(CrossCheck.objects.visible_to(world.person("secretary"))) == {check}


def test_the_checker_does_not_see_the_sheet_itself(client: Client, scores: Scores, check: CrossCheck) -> None:
    client.force_login(scores.world.person("officer"))

    assert client.get(f"/phieu-cham/{check.sheet_id}/").status_code == 404
    page = client.get(f"/cham-cheo/{check.pk}/").content.decode()
    assert "Báo cáo số 12" in page
    assert "Đồng ý tất cả các dòng còn lại" in page


def test_lateness_is_told_in_days(client: Client, scores: Scores, check: CrossCheck) -> None:
    scores.line(check.sheet, "L", times=0)
    client.force_login(scores.world.person("officer"))

    page = client.get(f"/cham-cheo/{check.pk}/").content.decode()

    assert ("<span>0 ngày</span>" in page, "0 lần" in page, "<span>2 lần</span>" in page) == (True, False, True)


# Points and reasons


def test_a_differing_score_needs_a_reason(scores: Scores, check: CrossCheck) -> None:
    with pytest.raises(ScoreFaults) as refused:
        give(scores, check, A1={"points": D(45)}, A2={"points": D(4)}, T={"points": D(1)})
    assert refused.value.faults == {
        "A1": "Điểm 45 khác điểm tự chấm (50). Hãy ghi lý do.",
        "A2": "Điểm 4 khác điểm tự chấm (5). Hãy ghi lý do.",
        "T": "Điểm 1 khác điểm tự chấm (chưa có). Hãy ghi lý do.",
    }

    give(scores, check, A1={"points": D(45), "reason": "Thiếu minh chứng"}, A2={"points": D(5)})

    found = {line.criterion.code: (line.points, line.reason) for line in check.lines.select_related("criterion")}
    assert found == {"A1": (D(45), "Thiếu minh chứng"), "A2": (D(5), "")}
    assert (check.version, audit.entries_of(check).get().action) == (1, "Lưu điểm chấm chéo")


@pytest.mark.parametrize(
    ("code", "cells", "sentence"),
    [
        ("A1", {"points": D("50.5")}, "Điểm 50,5 lớn hơn điểm tối đa 50. Hãy nhập lại."),
        ("A1", {"points": D(-1)}, "Điểm -1 nhỏ hơn 0. Hãy nhập từ 0 đến 50."),
        ("A1", {"points": "chín"}, "Hãy nhập một số, ví dụ 9,5."),
        ("A1", {"agreed_points": D(1)}, "Ô này không sửa được khi chấm chéo. Hãy tải lại trang."),
        ("L", {"points": D(0)}, "Ô này không sửa được khi chấm chéo. Hãy tải lại trang."),
    ],
)
def test_bad_input_changes_nothing(scores: Scores, check: CrossCheck, code: str, cells: Any, sentence: str) -> None:
    with pytest.raises(ScoreFaults) as refused:
        give(scores, check, A4={"points": D(10)}, **{code: cells})

    assert refused.value.faults == {code: sentence}
    assert check.lines.count() == 0


def test_a_criterion_of_another_bloc_is_refused(scores: Scores, check: CrossCheck) -> None:
    foreign = CriterionFactory(criteria_set__bloc_year=scores.world.other_year)

    with pytest.raises(ScoreFaults, match="không thuộc bộ tiêu chí của phiếu"):
        save_check(check, entries={foreign.pk: {"points": D(1)}}, actor=None, expected_version=0)


def test_the_second_of_two_colleagues_is_told(scores: Scores, check: CrossCheck) -> None:
    give(scores, check, A1={"points": D(50)})

    with pytest.raises(StaleSheet, match="vừa lưu phần chấm chéo này"):
        give(scores, check, version=0, A1={"points": D(40), "reason": "x"})
    assert check.lines.get().points == D(50)


# Finishing


def test_a_check_is_done_when_every_due_line_has_points(scores: Scores, check: CrossCheck) -> None:
    with pytest.raises(TransitionRefused, match="Còn 1 tiêu chí chưa chấm: A1"):
        finish_check(check, actor=scores.world.person("leader"))

    assert agree_rest(check, actor=scores.world.person("officer")) == 1
    finish_check(check, actor=scores.world.person("leader"))

    sheet = ScoreSheet.objects.get(pk=check.sheet_id)
    assert (check.done_by, sheet.state) == (scores.world.person("leader"), "cross_checked")
    assert {line.criterion.code: line.cross_points for line in sheet.lines.all()} == {
        "A1": D(50), "A2": None, "A3": None, "A4": None,
    }  # fmt: skip
    with pytest.raises(TransitionRefused, match="đã hoàn thành chấm chéo"):
        give(scores, check, A1={"points": D(50)})


def test_the_sheet_keeps_the_mean_of_the_finished_checks_and_their_reasons(scores: Scores) -> None:
    world = scores.world
    sheet = sent(scores, world.sldtbxh)
    first, second = dealt(scores, sheet, world.syt, world.sgddt)
    give(
        scores, first, A1={"points": D("45.25"), "reason": "Thiếu minh chứng"}, A2={"points": D(4), "reason": "Sai số"}
    )
    give(scores, second, A1={"points": D(50)})

    finish_check(first, actor=None)
    sheet.refresh_from_db()
    assert sheet.state == "submitted"
    assert sheet.lines.get(criterion=scores.criteria["A1"]).cross_points is None
    finish_check(second, actor=None)

    sheet.refresh_from_db()
    lines = {line.criterion.code: line for line in sheet.lines.all()}
    assert (sheet.state, sheet.version) == ("cross_checked", 1)
    assert (lines["A1"].cross_points, lines["A1"].cross_reason) == (
        D("47.63"), f"{world.syt.label}: Thiếu minh chứng",
    )  # fmt: skip
    # The second checker agreed with the 5 points that the formula gives.
    assert lines["A2"].cross_points == D("4.50")
    assert lines["A3"].cross_points is None


def test_means_are_rounded_half_up() -> None:
    assert mean([D("1.00"), D("1.01")]) == D("1.01")
    assert mean([D(1), D(1), D(2)]) == D("1.33")


def test_a_sheet_is_not_appraised_past_a_check_under_way(scores: Scores, check: CrossCheck) -> None:
    secretary = scores.world.person("secretary")
    check.sheet.lines.update(appraised_points=D(1))

    for name in ("appraise", "cross_check"):
        with pytest.raises(TransitionRefused, match=f"Chưa chấm chéo xong: {scores.world.syt.label}"):
            SCORE_SHEET.perform(check.sheet, name, actor=secretary)


def test_a_sheet_without_a_dealing_is_appraised_at_once(scores: Scores) -> None:
    sheet = sent(scores, scores.world.syt)
    sheet.lines.filter(criterion=scores.criteria["A1"]).update(appraised_points=D(50))

    with pytest.raises(TransitionRefused, match="chưa được phân công chấm chéo"):
        SCORE_SHEET.perform(sheet, "cross_check", actor=None)
    SCORE_SHEET.perform(sheet, "appraise", actor=scores.world.person("secretary"))

    assert sheet.state == "appraised"


def test_a_returned_sheet_keeps_its_checks_to_be_done_again(scores: Scores, check: CrossCheck) -> None:
    agree_rest(check, actor=None)
    finish_check(check, actor=None)
    sheet = ScoreSheet.objects.get(pk=check.sheet_id)

    SCORE_SHEET.perform(sheet, "return", actor=scores.world.person("secretary"), reason="Bổ sung A1")

    check.refresh_from_db()
    assert (check.done_at, check.lines.get().points) == (None, D(50))
    assert sheet.lines.get(criterion=scores.criteria["A1"]).cross_points is None
    assert audit.entries_of(check)[0].action == "Mở lại chấm chéo vì phiếu được trả lại"


# The pages


def test_a_checker_scores_on_the_page_and_finishes(client: Client, scores: Scores, check: CrossCheck) -> None:
    client.force_login(scores.world.person("officer"))
    url, a1 = f"/cham-cheo/{check.pk}/", scores.criteria["A1"].pk

    client.post(
        url,
        untouched(client.get(url).content) | {f"c{a1}-points": "45,5", f"c{a1}-reason": "Thiếu", "lam": "hoan-thanh"},
    )

    check.refresh_from_db()
    assert check.done_at is not None
    assert ScoreSheet.objects.get(pk=check.sheet_id).lines.get(criterion=a1).cross_points == D("45.5")


def test_a_bad_cell_is_kept_and_told(client: Client, scores: Scores, check: CrossCheck) -> None:
    client.force_login(scores.world.person("officer"))
    url, a1 = f"/cham-cheo/{check.pk}/", scores.criteria["A1"].pk
    form = untouched(client.get(url).content)

    letters = client.post(url, form | {f"c{a1}-points": "chín"}).content.decode()
    high = client.post(url, form | {f"c{a1}-points": "51", "lam": "dong-y"}).content.decode()

    assert "không phải là số" in letters
    assert 'value="chín"' in letters
    assert "lớn hơn điểm tối đa 50" in high
    assert check.lines.count() == 0


def test_what_a_colleague_saved_is_not_blanked_by_an_older_page(
    client: Client, scores: Scores, check: CrossCheck
) -> None:
    client.force_login(scores.world.person("officer"))
    url, a4 = f"/cham-cheo/{check.pk}/", scores.criteria["A4"].pk
    older = untouched(client.get(url).content)
    give(scores, check, A1={"points": D(50)})

    told = client.post(url, older | {f"c{a4}-points": "8", f"c{a4}-reason": "Chỉ có 1 lần"})
    again = client.post(url, untouched(told.content))

    assert (told.status_code, again.status_code) == (409, 302)
    assert {line.criterion.code: line.points for line in check.lines.all()} == {"A1": D(50), "A4": D(8)}


def test_others_may_read_or_not_but_not_write(client: Client, scores: Scores, check: CrossCheck) -> None:
    url = f"/cham-cheo/{check.pk}/"
    answers = {}
    for name in ("secretary", "standing", "deputy_officer", "stranger"):
        client.force_login(scores.world.person(name))
        answers[name] = (client.get(url).status_code, client.post(url, {"version": "0"}).status_code)

    assert answers == {
        "secretary": (200, 403), "standing": (200, 403), "deputy_officer": (404, 404), "stranger": (404, 404),
    }  # fmt: skip


def test_the_secretariat_draws_on_the_page_and_everybody_can_check_the_seed(client: Client, scores: Scores) -> None:
    world = scores.world
    sent(scores, world.syt)
    url = f"/khoi/{world.year.pk}/cham-cheo/"
    client.force_login(world.person("officer"))
    assert client.post(f"{url}boc-tham/", {"per_sheet": "1"}).status_code == 403
    client.force_login(world.person("secretary"))

    refused = client.post(f"{url}boc-tham/", {"per_sheet": "4"}).content.decode()
    client.post(f"{url}boc-tham/", {"per_sheet": "2", "due": "15/12/2020"})

    assert "chỉ có thể do 1 đến 3 đơn vị chấm" in refused
    client.force_login(world.person("officer"))
    page = client.get(url).content.decode()
    assert CrossDeal.objects.get().seed in page
    assert "SHA-256" in page
    assert "15/12/2020" in page


def test_the_secretariat_deals_by_hand_on_the_page(client: Client, scores: Scores) -> None:
    world = scores.world
    sheet = sent(scores, world.syt)
    url = f"/khoi/{world.year.pk}/cham-cheo/phan-cong/"
    client.force_login(world.person("secretary"))

    twice = client.post(url, {f"s{sheet.pk}-0": "sgddt", f"s{sheet.pk}-1": "sgddt"}).content.decode()
    own = client.post(url, {f"s{sheet.pk}-0": "syt"}).content.decode()
    client.post(url, {f"s{sheet.pk}-0": "sgddt", f"s{sheet.pk}-2": "sldtbxh"})

    assert "được chọn hai lần" in twice
    assert "Lựa chọn này không còn" in own
    assert {each.checker.code for each in CrossCheck.objects.all()} == {"sgddt", "sldtbxh"}


@pytest.mark.parametrize("sheets", [1, 3])
def test_the_pages_take_constant_queries(
    client: Client, scores: Scores, django_assert_num_queries: Any, sheets: int
) -> None:
    world = scores.world
    made = [sent(scores, agency) for agency in (world.sldtbxh, world.sgddt, world.stttt)[:sheets]]
    first, *_ = [dealt(scores, sheet, world.syt)[0] for sheet in made]
    client.force_login(world.person("officer"))
    client.get("/")

    with django_assert_num_queries(10):
        client.get(f"/khoi/{world.year.pk}/cham-cheo/")
    with django_assert_num_queries(12):
        client.get(f"/cham-cheo/{first.pk}/")


def test_the_checked_sheet_is_read_in_five_queries(check: CrossCheck, django_assert_num_queries: Any) -> None:
    check.sheet.criteria_set  # noqa: B018
    with django_assert_num_queries(4):
        load_check(check)
