"""The page of a score sheet: what it draws, what saving it changes, what it says."""

from decimal import Decimal

import lxml.html
import pytest
from django.test import Client

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from scoring.domain.sheets import missing_codes, unagreed_codes
from scoring.domain.unappraised import unappraised_codes
from scoring.domain.workflow import SCORE_SHEET
from scoring.models import Criterion, ScoreSheet
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


@pytest.mark.parametrize(("state", "persona"), [("draft", "officer"), ("submitted", "secretary")])
def test_what_is_claimed_is_never_unassigned(client: Client, scores: Scores, state: str, persona: str) -> None:
    sheet = scores.sheet(scores.world.syt, state)
    page = as_person(client, scores, persona).get(url_of(sheet)).content
    pk = scores.criteria["P"].pk
    form = untouched(page) | {
        f"c{pk}-assigned-shown": "1",
        f"c{pk}-not-assigned": "1",
        f"c{pk}-explanation": "Không có",
    }

    refused = client.post(url_of(sheet), form).content.decode()

    boxes = [f'name="c{scores.criteria[code].pk}-not-assigned"' in page.decode() for code in ("A1", "T", "P")]
    assert boxes == [True, False, False]
    assert "Điểm thưởng, điểm trừ không phải tiêu chí được giao nên không đánh dấu «Không được giao»." in refused
    assert not sheet.lines.exists()


def test_a_cell_that_says_and_asks_nothing_takes_no_room_on_a_phone(client: Client, scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="draft")
    as_person(client, scores, "officer")

    own = lxml.html.fromstring(client.get(url_of(sheet)).content.decode())
    (row,) = own.xpath(f'//tr[@id="dong-{scores.criteria["T"].pk}"]')

    assert {cell.get("data-label"): "is-blank" in cell.get("class") for cell in row.xpath("td")} == {
        "Tối đa": False,
        "Số liệu": True,
        "Tự chấm": False,
        "Chấm chéo": True,
        "Thẩm định": True,
        "Thống nhất": True,
        "Giải trình, lý do": False,
        "Minh chứng": False,
    }


def appraised_sheet(scores: Scores) -> ScoreSheet:
    """Appraised, nothing agreed: A1 40, T claimed with 5 and not appraised, P found by the appraiser alone."""
    sheet = scores.filled(scores.world.sldtbxh, 40, state="appraised")
    sheet.lines.update(agreed_points=None)
    scores.line(sheet, "T", self_points=D(5))
    scores.line(sheet, "P", appraised_points=D(2), appraisal_reason="Nộp thiếu báo cáo")
    return sheet


def test_what_a_checker_alone_found_is_agreed_on_too(scores: Scores) -> None:
    sheet = appraised_sheet(scores)

    with pytest.raises(TransitionRefused, match="Còn 3 tiêu chí chưa có điểm thống nhất: A1, T, P"):
        SCORE_SHEET.perform(sheet, "agree", actor=scores.world.person("secretary"))
    assert missing_codes(sheet, "agreed_points") == ["A1", "T"]


def test_one_button_takes_the_appraised_points_for_what_is_blank(client: Client, scores: Scores) -> None:
    sheet = appraised_sheet(scores)
    as_person(client, scores, "secretary")
    form = untouched(client.get(url_of(sheet)).content)
    typed = {f"c{scores.criteria['T'].pk}-{name}": text for name, text in (("agreed_points", "3"), ("reason", "Họp"))}

    page = client.post(url_of(sheet), form | typed | {"lam": "lay-diem"}, follow=True).content.decode()

    assert "Đã lấy điểm thẩm định cho 2 dòng còn lại." in page
    found = dict(sheet.lines.values_list("criterion__code", "agreed_points"))
    assert found == {"A1": D(40), "A2": None, "A3": None, "A4": None, "T": D(3), "P": D(2)}
    assert audit.entries_of(sheet).get().action == "Lấy điểm thẩm định cho các dòng còn lại"
    SCORE_SHEET.perform(sheet, "agree", actor=scores.world.person("secretary"))


def test_the_rest_is_not_taken_from_a_page_that_has_grown_old(client: Client, scores: Scores) -> None:
    sheet = appraised_sheet(scores)
    as_person(client, scores, "secretary")
    form = untouched(client.get(url_of(sheet)).content)
    sheet.lines.filter(criterion__code="A1").update(appraised_points=D(30), version=5)

    told = client.post(url_of(sheet), form | {"lam": "lay-diem"})

    assert told.status_code == 409
    assert not sheet.lines.filter(agreed_points__isnull=False).exists()


@pytest.mark.parametrize("code", ["T", "P"])
def test_so_many_points_each_time_are_counted_and_not_typed(client: Client, scores: Scores, code: str) -> None:
    criterion = scores.criteria[code]
    Criterion.objects.filter(pk=criterion.pk).update(options={"per": 4})
    sheet = scores.sheet(scores.world.syt, "draft")
    as_person(client, scores, "officer")
    form = untouched(client.get(url_of(sheet)).content)

    counted = client.post(url_of(sheet), form | {f"c{criterion.pk}-times": "3"}, follow=True).content.decode()
    refused = client.post(url_of(sheet), {"version": "1", f"c{criterion.pk}": "1", f"c{criterion.pk}-self_points": "1"})

    assert (f"c{criterion.pk}-times" in form, f"c{criterion.pk}-self_points" in form) == (True, False)
    line = sheet.lines.get(criterion=criterion)
    assert (line.times, line.self_points) == (3, None)
    assert "<span data-points>10</span>" in counted
    assert "được tính từ số lần, không nhập tay" in refused.content.decode()


def test_a_bonus_without_points_each_time_is_typed(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    form = untouched(as_person(client, scores, "officer").get(url_of(sheet)).content)

    pk = scores.criteria["T"].pk
    assert (f"c{pk}-times" in form, f"c{pk}-self_points" in form) == (False, True)


def test_a_counted_deduction_is_due_in_the_later_columns(scores: Scores) -> None:
    Criterion.objects.filter(pk=scores.criteria["P"].pk).update(options={"per": 4})
    sheet = scores.filled(scores.world.syt, 50, state="submitted")
    scores.line(sheet, "P", times=1)

    assert unappraised_codes(sheet) == ["P"]
    assert unagreed_codes(sheet) == ["P"]


def test_control_characters_are_left_out_of_what_is_typed(client: Client, scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="draft")
    as_person(client, scores, "officer")
    data = untouched(client.get(url_of(sheet)).content)
    cell = f"c{scores.criteria['A1'].pk}-explanation"

    response = client.post(url_of(sheet), data | {cell: "Dòng 1\x00\x9f\r\n\tdòng\x07 2"})

    assert response.status_code == 302
    assert sheet.lines.get(criterion=scores.criteria["A1"]).explanation == "Dòng 1\n\tdòng 2"


@pytest.mark.parametrize("forged", ["[" * 90_000, "[" * 400_000, "null", '["1", {}]'])
def test_a_forged_mark_of_a_line_is_no_fault_of_the_server(client: Client, scores: Scores, forged: str) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="draft")
    as_person(client, scores, "officer")
    data = untouched(client.get(url_of(sheet)).content)
    pk = scores.criteria["A1"].pk

    response = client.post(url_of(sheet), data | {f"c{pk}-seen": forged, f"c{pk}-self_points": "48"})

    assert response.status_code in (302, 409)


def test_a_reason_is_kept_without_control_characters(client: Client, scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="submitted")
    as_person(client, scores, "secretary")

    client.post(f"{url_of(sheet)}thuc-hien/", {"transition": "return", "reason": "Thiếu\x00 minh\x9f chứng"})

    assert audit.entries_of(sheet)[0].reason == "Thiếu minh chứng"
