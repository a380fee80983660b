"""Tables of papers as workbooks: real types, nothing read as a formula, pages that fit A4."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from blocs.models import BlocYear
from reports.documents.blocks import Align, Annex, Column, Letterhead, Paper, Paragraph, Row, Table, Width
from reports.documents.registry import KINDS, paper_of, render_xlsx
from reports.documents.workbook import paper_workbook, sheet_name, typed
from tests.factories import BlocYearFactory
from tests.papers_world import build_bloc_year
from tests.wide_world import widen

HEAD = Letterhead("", "A", "", "x", draft=False)
NAME, FIGURE, CENTRE = (
    Column("Tên", Width.WIDE, heads=True),
    Column("Số", Width.NARROW, Align.RIGHT),
    Column("Ngày", Width.MIDDLE, Align.CENTER),
)


def opened(paper: Paper):
    content = paper_workbook(paper)
    assert content is not None
    return load_workbook(BytesIO(content))


def paper_with(*rows: Row, **rest) -> Paper:
    return Paper("t", HEAD, "BÁO CÁO", "Về thử", (Table("Bảng thử", (NAME, FIGURE, CENTRE), rows),), **rest)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("12.000", 12000, "#,##0"),
        ("1.234.567", 1234567, "#,##0"),
        ("7.000,5", Decimal("7000.5"), "#,##0.0"),
        ("16,99", Decimal("16.99"), "0.00"),
        ("-3,5", Decimal("-3.5"), "0.0"),
        ("1000", 1000, "0"),
        ("05", 5, "00"),
        ("0", 0, "0"),
        ("58,3%", Decimal("0.583"), "0.0%"),
        ("100%", Decimal(1), "0%"),
        ("05/02/2020", date(2020, 2, 5), "dd/mm/yyyy"),
        ("31/02/2020", "31/02/2020", "General"),
        ("-", "-", "General"),
        ("KG", "KG", "General"),
        ("007", "007", "General"),
        ("1.2", "1.2", "General"),
        ("1.2345", "1.2345", "General"),
        ("0.123", "0.123", "General"),
        ("12345678901234567", "12345678901234567", "General"),
        ("=1+1", "=1+1", "General"),
        ("", "", "General"),
    ],
)
def test_figures_are_read_as_vietnamese_offices_write_them(text, value, form):
    assert typed(text) == (value, form)


def test_cells_have_real_types_and_names_that_look_like_figures_stay_names():
    sheet = opened(paper_with(Row(("2020", "1.250,5", "05/02/2020"))))["Bảng thử"]

    name, figure, day = sheet[sheet.max_row]
    assert (name.value, name.data_type) == ("2020", "s")
    assert (figure.value, figure.data_type, figure.number_format) == (1250.5, "n", "#,##0.0")
    assert (day.value.date(), day.is_date, day.number_format) == (date(2020, 2, 5), True, "dd/mm/yyyy")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://127.0.0.1:9")', "=cmd|' /C'!A0"]
)
def test_text_is_never_a_formula(text):
    paper = Paper("t", HEAD, text, text, (Table(text, (Column(text, heads=True), FIGURE), (Row((text, text)),)),))

    [sheet] = opened(paper).worksheets

    cells = [each for row in sheet.iter_rows() for each in row if each.value is not None]
    assert {each.data_type for each in cells} == {"s"}
    assert [each.value for each in sheet[sheet.max_row]] == [text, text]
    assert [each.hyperlink for each in cells] == [None] * len(cells)


def test_what_no_workbook_may_hold_is_dropped():
    [sheet] = opened(paper_with(Row(("a\x00b\x0bc  d\n🎉", "", "x" * 40_000)))).worksheets

    name, _, long = [each.value for each in sheet[sheet.max_row]]
    assert (name, len(long)) == ("abc d 🎉", 32_767)


def test_titles_stand_above_a_head_that_is_frozen_and_repeated():
    [sheet] = opened(
        paper_with(Row(("a", "1", "-")), Row(("Nhóm",), strong=True, span=True), landscape=True)
    ).worksheets

    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["BÁO CÁO", "Về thử", "Bảng thử"]
    assert [each.value for each in sheet[5]] == ["Tên", "Số", "Ngày"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_area) == ("A6", "$5:$5", "'Bảng thử'!$A$1:$C$7")
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [each.value for each in sheet[7]] == ["Nhóm", None, None]
    assert sheet["A7"].font.bold


def test_annexes_are_sheets_with_their_own_page():
    table = Table("", (NAME, FIGURE, CENTRE), (Row(("a", "1", "")),))
    annexes = tuple(Annex(f"Phụ lục {n}", "DANH SÁCH", "(Kèm theo)", (table,), landscape=n == "I") for n in ("I", "II"))

    book = opened(Paper("t", HEAD, "K", "S", (Paragraph("x"), table), annexes=annexes))

    assert [(each.title, each.page_setup.orientation) for each in book.worksheets] == [
        ("Bảng 1", "portrait"), ("Phụ lục I", "landscape"), ("Phụ lục II", "portrait"),
    ]  # fmt: skip
    assert [book["Phụ lục I"].cell(row, 1).value for row in (1, 2, 3)] == ["Phụ lục I", "DANH SÁCH", "(Kèm theo)"]


def test_names_of_sheets_are_short_allowed_and_different():
    taken: set[str] = set()
    names = []
    for title in (
        "Kết quả chấm điểm thi đua năm 2020",
        "Kết quả chấm điểm thi đua năm 2021",
        "a/b:c*[d]?",
        "'",
        "A B C D",
    ):
        names.append(sheet_name(title, taken))
        taken.add(names[-1].casefold())

    assert names == [
        "Kết quả chấm điểm thi đua năm 2", "Kết quả chấm điểm thi đua n (2)", "a b c d", "Bảng", "A B C D (2)",
    ]  # fmt: skip
    assert max(len(each) for each in names) <= 31


def test_a_paper_without_tables_has_no_workbook(db):
    assert paper_workbook(Paper("t", HEAD, "K", "S", (Paragraph("x"),))) is None
    assert render_xlsx("pledge", BlocYearFactory()) is None


def test_every_tabular_kind_makes_a_workbook_with_the_rows_of_its_paper(db):
    year = build_bloc_year()
    widen(year, members=7, leaves=8)

    for kind, each in KINDS.items():
        content = render_xlsx(kind, BlocYear.objects.get(pk=year.pk))
        if content is None or each.xlsx:
            continue
        tables = [b for b in paper_of(kind, year).blocks if isinstance(b, Table)]
        tables += [b for a in paper_of(kind, year).annexes for b in a.blocks if isinstance(b, Table)]
        sheets = load_workbook(BytesIO(content)).worksheets
        if tables:
            assert len(sheets) >= len(tables)
            for table, sheet in zip(tables, sheets, strict=False):
                assert sheet.max_row - int(sheet.freeze_panes[1:]) + 1 == len(table.rows), kind


@pytest.mark.django_db
def test_the_room_offers_word_and_excel_beside_pdf(client, world):
    client.force_login(world.person("head_leader"))
    room = client.get(reverse("reports:year", args=[world.year.pk])).content.decode()

    for form in ("docx", "xlsx"):
        assert f'/van-ban/pledge/ban-thao.{form}"' in room
    word = client.get(reverse("reports:paper-docx", args=[world.year.pk, "pledge"]))
    assert word["Content-Type"].endswith("wordprocessingml.document")
    assert word["Content-Disposition"].startswith("attachment; filename*=UTF-8''du-thao-ban-giao-uoc-thi-dua-")
    assert word["Content-Disposition"].endswith(".docx")
    assert word.content[:2] == b"PK"


@pytest.mark.django_db
def test_a_paper_that_has_no_table_yet_leads_back_with_a_sentence(client, world):
    client.force_login(world.person("head_leader"))

    answer = client.get(reverse("reports:paper-xlsx", args=[world.year.pk, "ballot-minutes"]), follow=True)

    assert answer.redirect_chain == [(reverse("reports:year", args=[world.year.pk]), 302)]
    assert "chưa có bảng số liệu nào để xuất ra Excel" in answer.content.decode()


@pytest.mark.django_db
def test_a_kind_without_tables_has_no_workbook_address(client, world):
    client.force_login(world.person("head_leader"))

    plain = next(kind for kind, each in KINDS.items() if not each.tabular)
    assert client.get(reverse("reports:paper-xlsx", args=[world.year.pk, plain])).status_code == 404
    assert client.get(reverse("reports:paper-docx", args=[world.year.pk, "khong-co"])).status_code == 404
