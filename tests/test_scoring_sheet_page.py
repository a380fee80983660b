"""The page of a score sheet: what it draws, what saving it changes, what it says."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.domain import audit
from scoring.domain.workflow import SCORE_SHEET
from scoring.models import ScoreSheet
from tests.scoring_forms import untouched
from tests.scoring_world import Scores, build_scores
from tests.world import World

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def as_person(client: Client, scores: Scores, name: str) -> Client:
    client.force_login(scores.world.person(name))
    return client


def url_of(sheet: ScoreSheet) -> str:
    return f"/phieu-cham/{sheet.pk}/"


@pytest.mark.parametrize(
    ("state", "persona"), [("draft", "officer"), ("submitted", "secretary"), ("appraised", "secretary")]
)
def test_saving_an_untouched_page_changes_nothing(client: Client, scores: Scores, state: str, persona: str) -> None:
    sheet = scores.filled(scores.world.syt, 50, state=state)
    scores.line(sheet, "T", assigned=False)
    scores.line(sheet, "L", times=7)
    before = list(sheet.lines.order_by("pk").values())
    as_person(client, scores, persona)

    response = client.post(url_of(sheet), untouched(client.get(url_of(sheet)).content))

    sheet.refresh_from_db()
    assert response.status_code == 302
    assert list(sheet.lines.order_by("pk").values()) == before
    assert (sheet.version, audit.entries_of(sheet).count()) == (0, 0)


def test_a_page_without_the_box_never_assigns_a_line(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "submitted")
    line = scores.line(sheet, "A1", assigned=False)
    data = {"version": "0", f"c{line.criterion_id}": "1"}

    as_person(client, scores, "secretary").post(url_of(sheet), data)

    line.refresh_from_db()
    assert line.assigned is False


def test_the_appraiser_corrects_what_is_not_assigned(client: Client, scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="submitted")
    as_person(client, scores, "secretary")
    data = untouched(client.get(url_of(sheet)).content)

    client.post(url_of(sheet), data | {f"c{scores.criteria['A1'].pk}-not-assigned": "1"})

    assert sheet.lines.get(criterion=scores.criteria["A1"]).assigned is False
    assert audit.entries_of(sheet).get().after == {"A1.assigned": False}


def test_a_returned_sheet_says_why_to_its_agency(client: Client, scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 45, state="submitted")
    SCORE_SHEET.perform(sheet, "return", actor=None, reason="Bổ sung minh chứng A1")

    page = as_person(client, scores, "officer").get(url_of(sheet)).content.decode()

    assert "Phiếu được trả lại. Lý do: Bổ sung minh chứng A1" in page
    assert as_person(client, scores, "deputy_officer").get(url_of(sheet)).status_code == 404


@pytest.mark.parametrize(
    ("state", "persona"), [("draft", "officer"), ("submitted", "secretary"), ("appraised", "secretary")]
)
def test_a_deduction_for_lateness_has_no_box_to_fill_in(
    client: Client, scores: Scores, state: str, persona: str
) -> None:
    sheet = scores.sheet(scores.world.syt, state)
    scores.line(sheet, "L", times=7)
    late = scores.criteria["L"].pk

    response = as_person(client, scores, persona).get(url_of(sheet))

    assert "tính tự động từ số ngày chậm: 7 ngày" in response.content.decode()
    drawn = {name for name in untouched(response.content) if name.startswith(f"c{late}-")}
    words = {"draft": "explanation", "submitted": "appraisal_reason", "appraised": "reason"}
    assert drawn == {f"c{late}-seen", f"c{late}-{words[state]}"}


@pytest.mark.parametrize(
    ("state", "cells"),
    [
        ("draft", {"self_points": "1"}),
        ("draft", {"times": "1"}),
        ("draft", {"assigned-shown": "1", "not-assigned": "1"}),
        ("submitted", {"appraised_points": "1", "reason": "x"}),
        ("appraised", {"agreed_points": "1", "reason": "x"}),
    ],
)
def test_a_forged_box_for_lateness_is_refused(
    client: Client, scores: Scores, state: str, cells: dict[str, str]
) -> None:
    sheet = scores.sheet(scores.world.syt, state)
    line = scores.line(sheet, "L", times=7)
    before = sheet.lines.values().get()
    as_person(client, scores, "officer" if state == "draft" else "secretary")

    response = client.post(
        url_of(sheet),
        {"version": "0", f"c{line.criterion_id}": "1"}
        | {f"c{line.criterion_id}-{name}": text for name, text in cells.items()},
    )

    assert "tự động, không nhập tay." in response.content.decode()
    assert sheet.lines.values().get() == before


def test_progress_counts_due_lines_and_computed_ones(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    scores.line(sheet, "A1", assigned=False)
    scores.line(sheet, "A2", plan=100, actual=100)
    scores.line(sheet, "A3", level="Tốt")
    scores.line(sheet, "T", self_points=5)

    page = as_person(client, scores, "officer").get(url_of(sheet)).content.decode()

    assert 'đã chấm <span data-sheet="progress">2/3 tiêu chí</span>' in page


@pytest.mark.parametrize(("state", "words"), [("draft", "chưa gửi"), ("agreed", "không ghi")])
def test_an_unknown_time_of_sending_is_not_called_unsent(
    client: Client, scores: Scores, state: str, words: str
) -> None:
    sheet = scores.sheet(scores.world.syt, state)

    page = as_person(client, scores, "officer").get("/cham-diem/").content.decode()

    assert f'<td data-label="Gửi lúc">{words}</td>' in page
    assert ("thời điểm gửi: không ghi" in client.get(url_of(sheet)).content.decode()) == (state == "agreed")


def test_all_wrong_cells_are_told_at_once(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    cells = {"A1-self_points": "60", "T-self_points": "-1", "A2-actual": "1.234"}
    cells |= {"A4-self_points": "1e1", "A4-times": "1.5"}
    as_person(client, scores, "officer")
    data = untouched(client.get(url_of(sheet)).content)
    for name, text in cells.items():
        code, _, column = name.partition("-")
        data[f"c{scores.criteria[code].pk}-{column}"] = text

    page = client.post(url_of(sheet), data).content.decode()

    assert "Chưa lưu: 4 tiêu chí cần sửa" in page
    assert "Điểm 60 lớn hơn điểm tối đa 50. Hãy nhập lại." in page
    assert "Điểm -1 nhỏ hơn 0. Hãy nhập từ 0 đến 10." in page
    assert "«1e1» không phải là số." in page
    assert "«1.234» có thể là 1234 hoặc 1,234." in page
    assert "«1.5» không phải là số nguyên không âm. Hãy ghi số lần, ví dụ 3." in page
    assert 'value="1.234"' in page
    assert sheet.lines.count() == 0


def test_grouped_thousands_and_decimals_are_read(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    key = f"c{scores.criteria['A2'].pk}"
    as_person(client, scores, "officer")

    client.post(url_of(sheet), {"version": "0", key: "1", f"{key}-actual": "1.234.567,5"})

    assert sheet.lines.get().actual == D("1234567.5")


# The board


def test_the_board_names_who_has_not_sent_to_those_who_run_the_bloc(client: Client, scores: Scores) -> None:
    world = scores.world
    scores.filled(world.syt, 50, state="submitted")
    scores.line(scores.sheet(world.sldtbxh, "draft"), "A1", self_points=D("43.21"))
    url = f"/khoi/{world.year.pk}/bang-diem/"

    page = as_person(client, scores, "secretary").get(url).content.decode()

    assert f"{world.stttt.label} (chưa lập phiếu)" in page
    assert f"{world.sldtbxh.label} (đang soạn)" in page
    assert "43,21" not in page
    assert "(đang soạn)" in as_person(client, scores, "standing").get(url).content.decode()
    assert "(đang soạn)" not in as_person(client, scores, "officer").get(url).content.decode()


def test_publishing_early_is_ticked_on_purpose(client: Client, scores: Scores) -> None:
    year = scores.world.year
    scores.filled(scores.world.syt, 50, state="submitted")
    url = f"/khoi/{year.pk}/bang-diem/cong-bo/"
    as_person(client, scores, "secretary")

    refused = client.post(url, follow=True).content.decode()
    year.refresh_from_db()
    assert year.scores_published_at is None
    assert "hoặc đánh dấu «Vẫn công bố»" in refused
    client.post(url, {"van-cong-bo": "1"})

    year.refresh_from_db()
    assert year.scores_published_at is not None


def test_a_board_without_criteria_leads_to_them(client: Client, world: World) -> None:
    url, link = f"/khoi/{world.year.pk}/bang-diem/", "Đến trang Tiêu chí"

    client.force_login(world.person("secretary"))
    as_secretary = client.get(url).content.decode()
    client.force_login(world.person("officer"))
    as_member = client.get(url).content.decode()

    assert "Khối chưa có bộ tiêu chí nên chưa lập được phiếu" in as_secretary
    assert link in as_secretary
    assert "Khối chưa có bộ tiêu chí nên chưa có bảng điểm" in as_member
    assert link not in as_member
