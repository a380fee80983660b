"""Figures that are typed, and the forms as files: PDF and Excel."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.domain.audit import entries_of
from council.domain.statistics.periods import chosen
from council.domain.statistics.reading import Statistics, read_form
from council.domain.statistics.typing_figures import save_figures
from council.models import StaffFigure
from reports.documents.statistics_form import NARROWED, statistics_pdf
from reports.documents.statistics_workbook import statistics_workbook
from tests.pdf_reading import fonts_of, run, text_of
from tests.statistics_world import entered, subject
from tests.world import World

pytestmark = [pytest.mark.django_db]
TODAY = date(2026, 11, 22)
STATE = (
    *("hc-sao-vang", "hc-ho-chi-minh", "hc-doc-lap-nhat", "hc-doc-lap-nhi", "hc-doc-lap-ba", "hc-lao-dong-nhat"),
    *("hc-lao-dong-nhi", "hc-lao-dong-ba", "hc-dung-cam", "nha-giao-uu-tu", "thay-thuoc-uu-tu", "bk-thu-tuong"),
)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


def read(world: World, code: str) -> Statistics:
    period = chosen("2026", "nam", TODAY)
    return read_form(world.council, code, period, reader=world.person("standing"), today=TODAY)


def edit(client: Client, world: World, code: str, **data: str) -> Any:
    client.force_login(world.person("standing"))
    return client.post(reverse("council:statistics-edit", args=[world.council.pk, code]) + "?nam=2026", data)


def kept(world: World) -> dict[tuple[str, str], int | None]:
    rows = StaffFigure.objects.filter(council=world.council, year=2026)
    return {(row.row, row.column): row.value for row in rows}


def test_figures_are_typed_added_up_and_told_to_the_trail(client: Client, world: World) -> None:
    answer = edit(client, world, "0604", **{"d02-1": "0", "d03-1": "0", "d04-1": "1", "d05-1": "2"})

    assert answer.status_code == 302
    assert kept(world) == {("02", "1"): 0, ("03", "1"): 0, ("04", "1"): 1, ("05", "1"): 2}
    assert read(world, "0604").filled.values["01", "1"] == 3
    entry = entries_of(world.council).first()
    assert entry is not None
    assert entry.action == "Ghi số liệu biểu 0604.N/BNV-TĐKT năm 2026"
    assert entry.after["Dòng 04, ban thuộc Sở Nội vụ"] == 1


def test_an_empty_cell_is_not_zero_and_can_be_emptied_again(client: Client, world: World) -> None:
    edit(client, world, "0604", **{"d02-1": "4"})
    assert kept(world) == {("02", "1"): 4}
    assert read(world, "0604").filled.values["01", "1"] is None

    edit(client, world, "0604", **{"d02-1": "", "base": '{"d02-1": "4"}'})

    assert kept(world) == {("02", "1"): None}


@pytest.mark.parametrize("typed", ["-1", "1,5", "abc", "100001", "1.000.000.000"])
def test_what_is_no_count_is_asked_for_again_and_kept_in_the_box(client: Client, world: World, typed: str) -> None:
    answer = edit(client, world, "0605", **{"d02-1": typed, "d03-1": "7"})

    assert answer.status_code == 200
    assert typed in answer.content.decode()
    assert 'class="fault"' in answer.content.decode()
    assert kept(world) == {}


def test_two_people_on_one_figure_see_both_values(client: Client, world: World) -> None:
    edit(client, world, "0605", **{"d02-1": "5", "base": "{}"})

    answer = edit(client, world, "0605", **{"d02-1": "6", "d03-1": "2", "base": '{"d02-1": "", "d03-1": ""}'})

    assert answer.status_code == 409
    assert "Bản đang lưu: «5». Bản của bạn: «6»." in answer.content.decode()
    assert kept(world) == {("02", "1"): 5}


def test_figures_of_two_people_in_other_cells_both_stay(client: Client, world: World) -> None:
    edit(client, world, "0605", **{"d02-1": "5", "base": '{"d02-1": ""}'})

    edit(client, world, "0605", **{"d02-1": "", "d03-1": "2", "base": '{"d02-1": "", "d03-1": ""}'})

    assert kept(world) == {("02", "1"): 5, ("03", "1"): 2}


def test_the_verb_itself_refuses_who_is_not_of_the_standing_body(world: World) -> None:
    with pytest.raises(PermissionDenied):
        save_figures(world.council, "0604", 2026, values={"d02-1": 1}, base={}, actor=world.person("council_member"))


@pytest.mark.parametrize("code", ["0601", "0603", "0699"])
def test_counted_forms_are_not_typed(client: Client, world: World, code: str) -> None:
    assert edit(client, world, code).status_code == 404


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("0601", "SỐ PHONG TRÀO THI ĐUA"),
        ("0602", "SỐ LƯỢNG KHEN THƯỞNG CẤP NHÀ NƯỚC"),
        ("0603", "SỐ LƯỢNG KHEN THƯỞNG CẤP BỘ, BAN, NGÀNH"),
        ("0604", "SỐ LƯỢNG TỔ CHỨC LÀM CÔNG TÁC THI ĐUA, KHEN THƯỞNG"),
        ("0605", "SỐ LƯỢNG CÔNG CHỨC LÀM CÔNG TÁC THI ĐUA, KHEN THƯỞNG"),
    ],
)
def test_each_form_prints_on_landscape_a4_with_head_and_foot(
    client: Client, world: World, code: str, title: str
) -> None:
    client.force_login(world.person("standing"))
    answer = client.get(reverse("reports:statistics-pdf", args=[world.council.pk, code]), {"nam": "2026"})
    pdf, words = answer.content, text_of(answer.content)

    assert "841.89 x 595.276 pts (A4)" in run("pdfinfo", pdf)
    assert all(name.startswith("LiberationSerif") and embedded for name, embedded in fonts_of(pdf))
    for part in (f"Biểu số: {code}.N/BNV-TĐKT", title, "Đơn vị báo cáo: Sở Nội vụ", "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG"):
        assert part in words
    assert statistics_pdf(read(world, code)) == pdf


def test_a_form_too_wide_for_paper_is_summed_up_and_says_so(world: World) -> None:
    for code in STATE:
        entered(world, code)
    found = read(world, "0602")

    words = text_of(statistics_pdf(found))

    assert len(found.form.columns) > 26
    assert NARROWED in words
    assert "Huân chương Sao vàng" not in words
    assert found.narrow().filled.values["1", "2-cn"] == 9
    assert found.narrow().filled.values["1", "1"] == found.filled.values["1", "1"] == 12


def test_the_workbook_has_merged_heads_real_numbers_and_one_page_in_width(client: Client, world: World) -> None:
    entered(world, "hc-lao-dong-ba", whose=subject(world, "Tập thể", "collective"))
    client.force_login(world.person("standing"))
    answer = client.get(reverse("reports:statistics-xlsx", args=[world.council.pk, "0602"]), {"nam": "2026"})
    sheet = load_workbook(BytesIO(answer.content)).active

    total = next(row for row in sheet.iter_rows(min_row=6) if row[0].value == "Tổng số")
    assert [cell.value for cell in total[:6]] == ["Tổng số", "1", None, 1, 1, 0]
    assert "E6:P6" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.freeze_panes == f"D{total[0].row}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (
        "landscape", 9, 1,
    )  # fmt: skip
    assert sheet.print_title_rows == f"$6:${total[0].row - 1}"
    assert sheet.print_area.startswith("'0602.N'!$A$1:$P$")
    missing = next(row for row in sheet.iter_rows(min_row=6) if row[1].value == "4")
    assert {cell.value for cell in missing[3:16]} == {None}


def test_a_name_that_looks_like_a_formula_stays_a_text(world: World) -> None:
    world.snv.name = '=HYPERLINK("x")'
    world.snv.save(update_fields=["name"])
    world.council.refresh_from_db()
    sheet = load_workbook(BytesIO(statistics_workbook(read(world, "0604")))).active

    assert {cell.data_type for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)} == {"s"}
