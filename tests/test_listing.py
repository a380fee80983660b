"""One list for all pages: search, order, paging, export."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from openpyxl import load_workbook

from blocs.models import Agency
from khoithidua.web.downloads import xlsx_bytes
from khoithidua.web.listing import PER_PAGE, Column, build_listing
from tests.factories import AgencyFactory, CouncilFactory

COLUMNS = (
    Column("ten", "Tên", lambda row: row.name, ("sort_key",)),
    Column("ma", "Mã", lambda row: row.code, ("-code",)),
    Column("tat", "Gọi tắt", lambda row: row.short_name or None),
)


def listed(**query: str) -> Any:
    request = RequestFactory().get("/", query)
    rows = Agency.objects.all()
    return build_listing(request, rows, title="Đơn vị", columns=COLUMNS, search=["search_key"], default_sort="ten")


@pytest.fixture
def agencies(db: None) -> None:
    council = CouncilFactory()
    for code, name in [("a", "Sở Y tế"), ("b", "Đài Truyền hình"), ("c", "Ban Dân tộc"), ("d", "=1+1")]:
        AgencyFactory(council=council, code=code, name=name)


def codes(listing: Any) -> list[str]:
    return [row.code for row in listing.page]


def test_search_wants_every_word_without_accents(agencies: None) -> None:
    assert codes(listed(q="TẾ  y")) == ["a"]
    assert codes(listed(q="dai hinh")) == ["b"]
    assert codes(listed(q="dai te")) == []
    assert listed(q="dai").filtered
    assert not listed().filtered


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("ten", ["d", "c", "b", "a"]),
        ("-ten", ["a", "b", "c", "d"]),
        ("ma", ["d", "c", "b", "a"]),
        ("-ma", ["a", "b", "c", "d"]),
        ("mat-khau", ["d", "c", "b", "a"]),
        ("tat", ["d", "c", "b", "a"]),
    ],
)
def test_order_is_one_of_the_columns_or_the_default(agencies: None, sort: str, expected: list[str]) -> None:
    assert codes(listed(sap=sort)) == expected


def test_a_column_sorts_one_way_then_the_other(agencies: None) -> None:
    assert listed(sap="ten").next_sort("ten") == "-ten"
    assert listed(sap="-ten").next_sort("ten") == "ten"


@pytest.mark.parametrize(
    ("page", "number", "size"), [("1", 1, PER_PAGE), ("2", 2, 2), ("99", 2, 2), ("x", 1, PER_PAGE)]
)
def test_pages_are_cut_and_a_wrong_page_is_a_near_one(db: None, page: str, number: int, size: int) -> None:
    council = CouncilFactory()
    for _ in range(PER_PAGE + 2):
        AgencyFactory(council=council)

    listing = listed(trang=page)

    assert (listing.page.number, len(listing.page.object_list), listing.total) == (number, size, PER_PAGE + 2)


def test_export_holds_all_found_rows_and_no_formula(agencies: None) -> None:
    answer = listed(xuat="xlsx", sap="ten")

    assert isinstance(answer, HttpResponse)
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Tên", "Mã", "Gọi tắt"],
        ["=1+1", "d", None],
        ["Ban Dân tộc", "c", None],
        ["Đài Truyền hình", "b", None],
        ["Sở Y tế", "a", None],
    ]
    assert sheet["A2"].data_type == "s"
    assert sheet.freeze_panes == "A2"
    assert "don-vi.xlsx" in answer["Content-Disposition"]


def test_each_kind_of_cell_keeps_its_look_in_every_book() -> None:
    for _ in range(2):
        content = xlsx_bytes("Bảng", ["Ngày"], [[date(2020, 7, 17)], ["a"], [datetime(2020, 7, 17, 8, tzinfo=UTC)]])
        rows = [row[0] for row in load_workbook(BytesIO(content)).active.iter_rows()]

        assert [(each.number_format, each.font.b) for each in rows] == [
            ("General", True),
            ("dd/mm/yyyy", False),
            ("General", False),
            ("dd/mm/yyyy", False),
        ]
        assert {(each.alignment.vertical, each.alignment.wrap_text) for each in rows} == {("top", True)}


def test_export_keeps_the_search(agencies: None) -> None:
    answer = listed(xuat="xlsx", q="so y te")

    sheet = load_workbook(BytesIO(answer.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["Sở Y tế"]
