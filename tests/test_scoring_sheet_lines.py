"""Lines of a sheet saved alone: by two people, in two tabs, with what is refused beside them."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from scoring.domain.sheets import save_appraisal, save_self
from scoring.domain.wording import ScoreFaults, StaleSheet
from scoring.domain.writing import versions_of
from scoring.models import ScoreLine, ScoreSheet
from tests.factories import CriterionFactory
from tests.scoring_forms import untouched
from tests.scoring_world import Scores, build_scores
from tests.world import World, build_world

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


@pytest.fixture
def sheet(scores: Scores) -> ScoreSheet:
    made = scores.sheet(scores.world.syt, "draft")
    scores.line(made, "A2", plan=100)
    return made


def as_person(client: Client, scores: Scores, name: str = "officer") -> Client:
    client.force_login(scores.world.person(name))
    return client


def page_of(client: Client, sheet: ScoreSheet) -> dict[str, str]:
    return untouched(client.get(f"/phieu-cham/{sheet.pk}/").content)


def post_line(client: Client, scores: Scores, sheet: ScoreSheet, page: dict[str, str], code: str, **cells: str) -> Any:
    pk = scores.criteria[code].pk
    data = {name: value for name, value in page.items() if name.startswith(f"c{pk}-")}
    return client.post(
        f"/phieu-cham/{sheet.pk}/dong/{pk}/", data | {f"c{pk}-{name}": text for name, text in cells.items()}
    )


def line_of(sheet: ScoreSheet, code: str) -> ScoreLine:
    return ScoreLine.objects.get(sheet=sheet, criterion__code=code)


def save(scores: Scores, sheet: ScoreSheet, seen: dict[int, int], name: str = "officer", **cells: Any) -> None:
    save_self(sheet, entries=scores.ids(**cells), actor=scores.world.person(name), expected=seen)


# Two people


def test_two_people_write_different_lines_of_one_sheet(scores: Scores, sheet: ScoreSheet) -> None:
    seen = versions_of(sheet)

    save(scores, sheet, seen, A1={"self_points": D(40)})
    save(scores, sheet, seen, "leader", A4={"times": 3})

    assert (line_of(sheet, "A1").self_points, line_of(sheet, "A4").times, sheet.version) == (D(40), 3, 2)


def test_the_second_writer_of_a_line_is_told_and_nothing_of_the_first_is_lost(
    scores: Scores, sheet: ScoreSheet
) -> None:
    seen = versions_of(sheet)
    save(scores, sheet, seen, A1={"self_points": D(40), "explanation": "Báo cáo 12"})

    with pytest.raises(StaleSheet) as told:
        save(scores, sheet, seen, "leader", A1={"self_points": D(41)}, A4={"times": 3})

    assert told.value.codes == ("A1",)
    assert str(told.value).startswith("Người officer đã sửa tiêu chí A1 lúc ")
    line = line_of(sheet, "A1")
    assert (line.self_points, line.explanation, line.version) == (D(40), "Báo cáo 12", 1)
    assert not ScoreLine.objects.filter(sheet=sheet, criterion__code="A4").exists()


def test_wanting_what_stands_already_is_no_conflict(scores: Scores, sheet: ScoreSheet) -> None:
    seen = versions_of(sheet)
    save(scores, sheet, seen, A1={"self_points": D(40)})

    save(scores, sheet, seen, "leader", A1={"self_points": D("40.00")})

    assert audit.entries_of(sheet).count() == 1


# Two tabs


def test_a_tab_that_has_grown_old_sends_back_only_what_was_touched(
    client: Client, scores: Scores, sheet: ScoreSheet
) -> None:
    a1, a4 = scores.criteria["A1"].pk, scores.criteria["A4"].pk
    old = page_of(as_person(client, scores), sheet)
    post_line(client, scores, sheet, old, "A1", self_points="40")

    response = client.post(f"/phieu-cham/{sheet.pk}/", old | {f"c{a4}-times": "3"})

    assert response.status_code == 302
    assert (line_of(sheet, "A1").self_points, line_of(sheet, "A4").times) == (D(40), 3)
    assert old[f"c{a1}-self_points"] == ""


def test_the_second_tab_is_told_beside_the_line_and_keeps_what_was_typed(
    client: Client, scores: Scores, sheet: ScoreSheet
) -> None:
    pk = scores.criteria["A1"].pk
    old = page_of(as_person(client, scores), sheet)
    post_line(client, scores, sheet, old, "A1", self_points="40")

    by_line = post_line(client, scores, sheet, old, "A1", self_points="41")
    whole = client.post(f"/phieu-cham/{sheet.pk}/", old | {f"c{pk}-self_points": "41"})
    page = whole.content.decode()

    assert (by_line.status_code, whole.status_code) == (409, 409)
    assert "Bản đang lưu: tự chấm 40." in by_line.json()["fault"]
    assert "Bản đang lưu: tự chấm 40." in page
    assert 'value="41"' in page
    assert line_of(sheet, "A1").self_points == D(40)

    again = client.post(f"/phieu-cham/{sheet.pk}/", untouched(whole.content))
    assert again.status_code == 302
    assert line_of(sheet, "A1").self_points == D(41)


def test_keeping_ones_own_after_the_sentence_is_a_second_press(
    client: Client, scores: Scores, sheet: ScoreSheet
) -> None:
    old = page_of(as_person(client, scores), sheet)
    post_line(client, scores, sheet, old, "A1", self_points="40")
    told = post_line(client, scores, sheet, old, "A1", self_points="41").json()

    kept = post_line(client, scores, sheet, old, "A1", self_points="41", seen=told["seen"])

    assert kept.status_code == 200
    assert line_of(sheet, "A1").self_points == D(41)


# One line


def test_a_saved_line_says_when_and_renews_the_figures(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    page = page_of(as_person(client, scores), sheet)

    answer = post_line(client, scores, sheet, page, "A2", actual="97,5").json()

    assert answer["saved"].startswith("Đã lưu lúc ")
    assert (answer["points"], answer["progress"], answer["total"]) == ("4,88", "1/4 tiêu chí", "chưa đủ")
    assert line_of(sheet, "A2").actual == D("97.5")


@pytest.mark.parametrize(("text", "stored"), [("9,5", "9.5"), ("9.5", "9.5"), (" 09,50 ", "9.5"), ("1.234,5", None)])
def test_a_comma_and_a_point_are_both_read(
    client: Client, scores: Scores, sheet: ScoreSheet, text: str, stored: str | None
) -> None:
    page = page_of(as_person(client, scores), sheet)

    answer = post_line(client, scores, sheet, page, "A1", self_points=text)

    found = ScoreLine.objects.filter(sheet=sheet, criterion__code="A1").values_list("self_points", flat=True).first()
    assert (answer.status_code, found) == ((200, D(stored)) if stored else (422, None))


@pytest.mark.parametrize(
    ("code", "cells", "sentence"),
    [
        ("A1", {"self_points": "50,5"}, "Điểm 50,5 lớn hơn điểm tối đa 50. Hãy nhập lại."),
        ("A1", {"self_points": "-1"}, "Điểm -1 nhỏ hơn 0. Hãy nhập từ 0 đến 50."),
        ("A1", {"self_points": "chín"}, "«chín» không phải là số. Hãy nhập số, ví dụ 9,5."),
        ("A4", {"times": "hai"}, "«hai» không phải là số nguyên không âm. Hãy ghi số lần, ví dụ 3."),
        ("A1", {"not-assigned": "1"}, "Hãy ghi ở ô Giải trình vì sao đơn vị không được giao tiêu chí này."),
        ("A1", {"agreed_points": "1"}, "Ô này không sửa được ở bước hiện tại. Hãy tải lại trang."),
    ],
)
def test_what_is_refused_is_told_beside_the_line(
    client: Client, scores: Scores, sheet: ScoreSheet, code: str, cells: dict[str, str], sentence: str
) -> None:
    page = page_of(as_person(client, scores), sheet)

    answer = post_line(client, scores, sheet, page, code, **cells)

    assert (answer.status_code, answer.json()) == (422, {"fault": sentence})
    assert [line.criterion.code for line in sheet.lines.all()] == ["A2"]


def test_not_assigned_is_taken_with_its_reason(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    page = page_of(as_person(client, scores), sheet)
    cells = {"not-assigned": "1", "explanation": "Không có bộ phận một cửa"}

    answer = post_line(client, scores, sheet, page, "A1", **cells)

    assert answer.json()["progress"] == "0/3 tiêu chí"
    assert line_of(sheet, "A1").assigned is False


def test_a_line_of_a_sent_sheet_is_refused(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    page = page_of(as_person(client, scores), sheet)
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="submitted")

    answer = post_line(client, scores, sheet, page, "A1", self_points="40")

    assert answer.status_code == 403
    with pytest.raises(TransitionRefused, match="«Đã gửi»"):
        save(scores, sheet, {}, A1={"self_points": D(1)})
    assert not ScoreLine.objects.filter(criterion__code="A1").exists()


def test_a_line_of_another_bloc_is_not_found(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    foreign = CriterionFactory(criteria_set__bloc_year=scores.world.other_year)
    as_person(client, scores)

    answer = client.post(f"/phieu-cham/{sheet.pk}/dong/{foreign.pk}/", {f"c{foreign.pk}-self_points": "1"})

    assert answer.status_code == 404
    with pytest.raises(ScoreFaults, match="không thuộc bộ tiêu chí"):
        save_self(sheet, entries={foreign.pk: {"self_points": D(1)}}, actor=None, expected={})


def test_a_stranger_cannot_save_a_line(client: Client, scores: Scores, sheet: ScoreSheet) -> None:
    for name in ("stranger", "deputy_officer", "secretary"):
        as_person(client, scores, name)
        assert post_line(client, scores, sheet, {}, "A1", self_points="1").status_code == 404


@pytest.mark.parametrize("seen", ["", "x", "[]", "[1]", '["1", {}]', "[0, 3]", "null"])
def test_a_page_that_does_not_say_what_it_saw_overwrites_nothing(
    client: Client, scores: Scores, sheet: ScoreSheet, seen: str
) -> None:
    save(scores, sheet, {}, A1={"self_points": D(40)})
    key = f"c{scores.criteria['A1'].pk}"
    data = {key: "1", f"{key}-seen": seen, f"{key}-self_points": "41", "version": "0"}

    response = as_person(client, scores).post(f"/phieu-cham/{sheet.pk}/", data)

    assert response.status_code == 409
    assert line_of(sheet, "A1").self_points == D(40)


# Queries


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    client: Client, scores: Scores, django_assert_num_queries: Any, count: int
) -> None:
    world = scores.world
    for agency in (world.syt, world.sldtbxh, world.sgddt)[:count]:
        scores.filled(agency, 50, state="submitted")
    as_person(client, scores, "standing")

    with django_assert_num_queries(8):
        page = client.get("/cham-diem/").content.decode()

    assert page.count("4/4 tiêu chí") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_takes_the_same_queries_for_any_number_of_lines(
    client: Client, scores: Scores, sheet: ScoreSheet, django_assert_num_queries: Any, count: int
) -> None:
    for code in ("A1", "A3", "A4")[:count]:
        scores.line(sheet, code, explanation="x")
    as_person(client, scores)

    with django_assert_num_queries(17):
        client.get(f"/phieu-cham/{sheet.pk}/")


# Races


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("codes", "expected"), [(("A1", "A1"), ["saved", "told"]), (("A1", "A4"), ["saved", "saved"])])
def test_two_appraisers_at_once_never_lose_a_reason(codes: tuple[str, str], expected: list[str]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite runs one writer at a time.")
    scores = build_scores(build_world())
    sheet = scores.filled(scores.world.syt, 50, state="submitted")
    seen = versions_of(sheet)
    answers: list[str] = []

    def appraise(code: str, points: int) -> None:
        cells = {code: {"appraised_points": D(points), "appraisal_reason": f"Lý do {points}"}}
        try:
            save_appraisal(ScoreSheet.objects.get(pk=sheet.pk), entries=scores.ids(**cells), actor=None, expected=seen)
            answers.append("saved")
        except StaleSheet:
            answers.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=appraise, args=args) for args in zip(codes, (4, 5), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(answers) == expected
    assert ScoreLine.objects.filter(sheet=sheet).exclude(appraisal_reason="").count() == expected.count("saved")
