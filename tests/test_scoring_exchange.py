"""Criteria tables as XLSX: what is read, what is refused and where, and that a table read back is the same."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment

from scoring.domain.parts import Part
from scoring.exports.criteria import EXAMPLE, rejects_bytes, set_bytes, template_bytes
from scoring.imports import workbook
from scoring.imports.criteria import Reading, read_table
from scoring.imports.workbook import (
    BOMB,
    DAMAGED,
    EMPTY,
    ENCRYPTED,
    MACROS,
    NOT_XLSX,
    OLD_XLS,
    PROGRAM,
    TOO_BIG,
    FileRefused,
)
from scoring.presets import KEYS, preset

D = Decimal
HEADER = ("Mã", "Tiêu chí", "Mã nhóm cha", "Cách chấm", "Điểm tối đa")
AGENCIES = {"syt": ("syt",), "so y te": ("syt",), "so nong nghiep": ("snn", "snn2")}


def book_of(rows: Sequence[Sequence[Any]], *, header: Sequence[str] = HEADER, title: str = "Tiêu chí") -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(rows: Sequence[Sequence[Any]], *, header: Sequence[str] = HEADER) -> Reading:
    return read_table(saved(book_of(rows, header=header)), agencies=AGENCIES)


def sentences(reading: Reading) -> list[str]:
    return [str(fault) for fault in reading.faults]


def test_a_plain_table_is_read_with_its_groups() -> None:
    reading = read([("A", "Chuyên môn", None, "Nhóm tiêu chí", 60), ("A1", "Chỉ tiêu", "A", "Chấm điểm trực tiếp", 60)])

    assert reading.faults == ()
    assert reading.parts == (
        Part("A", "Chuyên môn", D(60), "group"),
        Part("A1", "Chỉ tiêu", D(60), "judged", "A"),
    )


@pytest.mark.parametrize("key", KEYS)
def test_every_ready_made_table_read_back_from_excel_is_the_same(key: str) -> None:
    reading = read_table(set_bytes(preset(key).parts), agencies={})

    assert reading.faults == ()
    assert reading.parts == preset(key).parts


def test_parameters_that_no_words_say_come_back_the_same() -> None:
    odd = Part(
        "T",
        "Thưởng",
        D("7.25"),
        "choice",
        unit="%",
        least=D("-1.5"),
        most=D("99.1234"),
        floor_percent=D("85"),
        options={"levels": [{"name": "A; B = tốt!", "points": 3}], "step": 0.25, "bars": ["flag"]},
        appraised_by="agency",
        appraiser="syt",
    )

    reading = read_table(set_bytes([odd]), agencies=AGENCIES)

    assert reading.faults == ()
    assert reading.parts == (odd,)


def test_the_template_offers_lists_and_examples_and_reads_as_empty() -> None:
    book = load_workbook(BytesIO(template_bytes()))

    assert book.sheetnames == ["Tiêu chí", "Hướng dẫn", "Ví dụ"]
    lists = {str(each.sqref): each.formula1 for each in book["Tiêu chí"].data_validations.dataValidation}
    assert lists == {
        "D2:D2001": "'Hướng dẫn'!$D$2:$D$9",
        "F2:F2001": "'Hướng dẫn'!$E$2:$E$6",
        "K2:K2001": "'Hướng dẫn'!$F$2:$F$4",
    }
    assert [book["Hướng dẫn"][f"D{row}"].value for row in (2, 9)] == ["Nhóm tiêu chí", "Điểm trừ"]
    with pytest.raises(FileRefused, match="chưa có tiêu chí nào"):
        read_table(template_bytes(), agencies={})


def test_the_examples_of_the_template_are_read_as_they_are_meant() -> None:
    book = load_workbook(BytesIO(template_bytes()))
    del book["Tiêu chí"]
    book["Ví dụ"].title = "Tiêu chí"

    assert read_table(saved(book), agencies={}).parts == EXAMPLE


def test_the_sheet_prints_on_a4_landscape_with_a_frozen_header() -> None:
    sheet = load_workbook(BytesIO(set_bytes(preset("cum-347").parts)))["Tiêu chí"]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == "'Tiêu chí'!$A$1:$M$231"
    assert sheet.freeze_panes == "C2"
    assert sheet["E2"].value == 700
    assert sheet["E2"].data_type == "n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_is_never_a_formula_in_an_export(text: str) -> None:
    content = set_bytes([Part("A", text, D(1), unit=text[:60])])

    cell = load_workbook(BytesIO(content))["Tiêu chí"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert read_table(content, agencies={}).parts == (Part("A", text, D(1), unit=text[:60]),)


def test_headers_are_found_in_any_order_case_and_accent_below_a_title() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Bảng 2026"
    sheet.append(["BẢNG TIÊU CHÍ CỦA KHỐI"])
    sheet.append([])
    sheet.append(["  điểm  TỐI ĐA", unicodedata.normalize("NFD", "Tiêu chí"), "MA", "cach cham", "Ghi chú riêng"])
    sheet.append(["9,5", unicodedata.normalize("NFD", "Cải cách hành chính"), "A", "BONUS", "x"])
    sheet.append([])
    sheet.append([None, "   ", None, None, None])
    sheet.append([10.25, "Khác", 2, "dem so luong", None])

    reading = read_table(saved(book), agencies={})

    assert reading.sheet == "Bảng 2026"
    assert reading.passed_over == ("Ghi chú riêng",)
    assert reading.faults == ()
    assert reading.parts == (
        Part("A", "Cải cách hành chính", D("9.5"), "bonus"),
        Part("2", "Khác", D("10.25"), "count"),
    )


def test_every_fault_is_named_by_sheet_row_and_column() -> None:
    reading = read(
        [
            ("A", "Nhóm", None, "Nhóm tiêu chí", 60),
            ("A1", "Một", "A", "Chấm bừa", "sáu mươi"),
            ("A1", "Hai", "Z", None, -5),
            (None, "Ba", "A", None, "1.234"),
            ("A4", None, "A", None, None),
            ("A5", "Năm", "A", None, "9,123"),
        ]
    )

    assert sentences(reading) == [
        "Trang «Tiêu chí», dòng 3, cột A (Mã): «A1» được dùng ở nhiều dòng (3, 4). Hãy đặt mỗi tiêu chí một mã.",
        "Trang «Tiêu chí», dòng 3, cột D (Cách chấm): «Chấm bừa» không có trong danh sách. Hãy chọn một trong: "
        "Nhóm tiêu chí; Chấm điểm trực tiếp; Định lượng (kế hoạch, thực hiện); Chọn mức; Đếm số lượng; "
        "Trừ dần từ điểm tối đa; Điểm thưởng; Điểm trừ.",
        "Trang «Tiêu chí», dòng 3, cột E (Điểm tối đa): «sáu mươi» không phải là số. Hãy nhập số, ví dụ 9,5.",
        "Trang «Tiêu chí», dòng 4, cột A (Mã): «A1» được dùng ở nhiều dòng (3, 4). Hãy đặt mỗi tiêu chí một mã.",
        "Trang «Tiêu chí», dòng 4, cột E (Điểm tối đa): -5 phải từ 0 đến 999999,99. Hãy ghi lại.",
        "Trang «Tiêu chí», dòng 5, cột A (Mã): đang bỏ trống. Hãy điền mục này.",
        "Trang «Tiêu chí», dòng 5, cột E (Điểm tối đa): «1.234» có thể là 1234 hoặc 1,234. "
        "Hãy ghi 1234 hoặc 1,234 (dấu phẩy là dấu thập phân).",
        "Trang «Tiêu chí», dòng 6, cột B (Tiêu chí): đang bỏ trống. Hãy điền mục này.",
        "Trang «Tiêu chí», dòng 6, cột E (Điểm tối đa): đang bỏ trống. Hãy ghi một số, ví dụ 9,5.",
        "Trang «Tiêu chí», dòng 7, cột E (Điểm tối đa): 9,123 có quá 2 chữ số thập phân. Hãy làm tròn.",
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("A1", "Một", "Z", None, 5)], "không có dòng nào mang mã «Z». Hãy thêm nhóm đó hoặc ghi lại mã."),
        (
            [("A", "Một", "B", None, 5), ("B", "Hai", "A", None, 5)],
            "nhóm này nằm bên trong chính tiêu chí này. Hãy ghi lại mã nhóm cha.",
        ),
        (
            [("A", "Một", None, "Chấm điểm trực tiếp", 5), ("B", "Hai", "A", None, 5)],
            "có tiêu chí con nên phải là «Nhóm tiêu chí». Hãy đổi cách chấm, hoặc chuyển các mục con.",
        ),
        ([("X" * 41, "Một", None, None, 5)], "dài tối đa 40 ký tự (hiện có 41). Hãy viết gọn lại."),
        ([("A", "n" * 1001, None, None, 5)], "dài tối đa 1000 ký tự (hiện có 1001). Hãy viết gọn lại."),
        ([("A", "Một", None, None, "=5*2")], "ô chứa công thức. Hãy chép ô rồi dán lại dưới dạng giá trị."),
        ([("A", "=B9", None, None, 5)], "ô chứa công thức. Hãy chép ô rồi dán lại dưới dạng giá trị."),
        ([("A", "Một", None, None, True)], "ô chứa giá trị đúng/sai của Excel. Hãy gõ lại nội dung."),
    ],
)
def test_what_cannot_stand_in_a_table_is_refused_in_a_sentence(rows: Any, sentence: str) -> None:
    reading = read(rows)

    assert sentence in [fault.sentence for fault in reading.faults]


def test_a_code_that_excel_made_a_date_is_asked_back() -> None:
    reading = read([(datetime(2026, 2, 1, tzinfo=UTC).replace(tzinfo=None), "Một", None, None, 5)])

    assert [fault.sentence.partition(".")[0] for fault in reading.faults] == ["Excel đã đổi ô này thành ngày tháng"]


def test_levels_place_the_rows_where_no_parent_is_named() -> None:
    reading = read(
        [(1, "A", "Nhóm", 10), (2, "A1", "Một", 10), (1, "B", "Hai", 5)],
        header=("Cấp", "Mã", "Tiêu chí", "Điểm tối đa"),
    )

    assert [(part.code, part.parent, part.kind) for part in reading.parts] == [
        ("A", "", "group"),
        ("A1", "A", "judged"),
        ("B", "", "judged"),
    ]


@pytest.mark.parametrize(("lead", "indent"), [("    ", 0), ("", 1)])
def test_an_indent_places_the_rows_where_neither_parent_nor_level_is_named(lead: str, indent: int) -> None:
    rows = [("A", "Nhóm", 10), ("A1", f"{lead}Một", 4), ("A2", f"{lead}Hai", 6)]
    book = book_of(rows, header=("Mã", "Tiêu chí", "Điểm tối đa"))
    for cell in ("B3", "B4"):
        book.worksheets[0][cell].alignment = Alignment(indent=indent)

    reading = read_table(saved(book), agencies={})

    assert [(part.code, part.parent, part.name) for part in reading.parts] == [
        ("A", "", "Nhóm"),
        ("A1", "A", "Một"),
        ("A2", "A", "Hai"),
    ]


def test_merged_cells_hold_for_the_rows_they_span() -> None:
    book = book_of(
        [("A", "Nhóm", None, "Nhóm tiêu chí", 10), ("A1", "Một", "A", "Điểm thưởng", 4), ("A2", "Hai", None, None, 6)]
    )
    book.worksheets[0].merge_cells("C3:C4")
    book.worksheets[0].merge_cells("D3:D4")

    reading = read_table(saved(book), agencies={})

    assert [(part.code, part.parent, part.kind) for part in reading.parts] == [
        ("A", "", "group"),
        ("A1", "A", "bonus"),
        ("A2", "A", "bonus"),
    ]


def test_a_group_may_come_after_what_it_holds() -> None:
    reading = read([("A1", "Một", "A", None, 10), ("A", "Nhóm", None, None, 10)])

    assert [part.code for part in reading.parts] == ["A", "A1"]


@pytest.mark.parametrize(
    ("by", "name", "expected"),
    [
        (None, "Sở Y tế", ("agency", "syt")),
        ("Cơ quan chuyên môn", "SYT", ("agency", "syt")),
        ("Cơ quan thường trực Hội đồng", None, ("standing", "")),
        (None, None, ("secretariat", "")),
    ],
)
def test_who_appraises_is_read(by: str | None, name: str | None, expected: tuple[str, str]) -> None:
    reading = read(
        [("A", "Một", 5, by, name)], header=("Mã", "Tiêu chí", "Điểm tối đa", "Ai thẩm định", "Cơ quan thẩm định")
    )

    assert reading.faults == ()
    assert [(part.appraised_by, part.appraiser) for part in reading.parts] == [expected]


@pytest.mark.parametrize(
    ("by", "name", "sentence"),
    [
        ("Cơ quan chuyên môn", None, "đang bỏ trống. Hãy ghi cơ quan chuyên môn thẩm định tiêu chí này."),
        (
            None,
            "Sở Lạ",
            "không có cơ quan «Sở Lạ» trong danh mục. Hãy ghi mã, tên hoặc tên gọi tắt như trong danh mục.",
        ),
        (None, "Sở Nông nghiệp", "có nhiều cơ quan mang tên «Sở Nông nghiệp». Hãy ghi mã của cơ quan."),
        (
            "Thư ký khối",
            "Sở Y tế",
            "chỉ ghi khi «Ai thẩm định» là cơ quan chuyên môn. Hãy bỏ trống hoặc đổi người thẩm định.",
        ),
    ],
)
def test_an_agency_that_cannot_appraise_is_refused(by: str | None, name: str | None, sentence: str) -> None:
    reading = read(
        [("A", "Một", 5, by, name)], header=("Mã", "Tiêu chí", "Điểm tối đa", "Ai thẩm định", "Cơ quan thẩm định")
    )

    assert [fault.sentence for fault in reading.faults] == [sentence]


@pytest.mark.parametrize(
    ("kind", "text", "options"),
    [
        (
            "Chọn mức",
            "A=10; B = 7,5;C=0!",
            {
                "levels": [
                    {"name": "A", "points": 10},
                    {"name": "B", "points": "7.5"},
                    {"name": "C", "points": 0, "voids": True},
                ]
            },
        ),
        (
            "Chọn mức",
            "Đạt=5\nKhông đạt=0, mất toàn tiêu chí",
            {"levels": [{"name": "Đạt", "points": 5}, {"name": "Không đạt", "points": 0, "voids": True}]},
        ),
        ("Đếm số lượng", "Mỗi lần=0,5", {"per": "0.5"}),
        ("Điểm trừ", "chậm 5 ngày=5; chậm từ 10 ngày trở lên = 10", {"from": "lateness", "bands": [[5, 5], [10, 10]]}),
        (
            "Điểm trừ",
            "mỗi lần=20; không xét=cờ, bằng khen; chế tài=noXS",
            {"per": 20, "bars": ["flag", "certificate"], "sanction": "noXS"},
        ),
        (
            "Định lượng",
            "vượt tối đa=10; vượt cả bảng=20; bước=0,25",
            {"surplus_cap": 10, "surplus_total": 20, "step": "0.25"},
        ),
    ],
)
def test_parameters_are_read_in_peoples_words(kind: str, text: str, options: dict[str, Any]) -> None:
    reading = read([("A", "Một", 10, kind, text)], header=("Mã", "Tiêu chí", "Điểm tối đa", "Cách chấm", "Tham số"))

    assert reading.faults == ()
    assert reading.parts[0].options == options


@pytest.mark.parametrize(
    ("kind", "text", "start"),
    [
        ("Chọn mức", "A", "«A» chưa đúng."),
        ("Chọn mức", "A=", "Mức «A» chưa có điểm."),
        ("Chọn mức", "A=mười", "«mười» không phải là số."),
        ("Đếm số lượng", "giá=5", "Không có tham số «giá» cho cách chấm này."),
        ("Điểm trừ", "không xét=huân chương", "«huân chương» không phải hình thức khen."),
        ("Điểm trừ", "{hỏng", "Phần ghi trong ngoặc {…} không đọc được."),
    ],
)
def test_parameters_that_mean_nothing_are_refused(kind: str, text: str, start: str) -> None:
    reading = read([("A", "Một", 10, kind, text)], header=("Mã", "Tiêu chí", "Điểm tối đa", "Cách chấm", "Tham số"))

    assert [fault.sentence.startswith(start) for fault in reading.faults] == [True]


def test_a_percent_cell_is_read_as_people_see_it() -> None:
    book = book_of([("A", "Một", 10, 0.85)], header=("Mã", "Tiêu chí", "Điểm tối đa", "Mức sàn (%)"))
    book.worksheets[0]["D2"].number_format = "0%"

    assert read_table(saved(book), agencies={}).parts[0].floor_percent == 85


def test_rejects_are_the_same_form_and_read_back_once_corrected() -> None:
    first = read([("A", "Nhóm", None, "Nhóm tiêu chí", 10), ("A1", "Một", "A", None, "mười")])
    book = load_workbook(BytesIO(rejects_bytes(first.rejects())))
    sheet = book["Tiêu chí"]

    assert [cell.value for cell in sheet[1]][-1] == "Lỗi"
    assert [sheet["N2"].value, sheet["N3"].value] == [
        None,
        "Điểm tối đa: «mười» không phải là số. Hãy nhập số, ví dụ 9,5.",
    ]
    sheet["E3"] = 10
    again = read_table(saved(book), agencies={})
    assert again.faults == ()
    assert [(part.code, part.parent, part.max_points) for part in again.parts] == [("A", "", D(10)), ("A1", "A", D(10))]


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def altered(name: str, change: Any) -> bytes:
    with ZipFile(BytesIO(saved(book_of([("A", "Một", None, None, 5)])))) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    files[name] = change(files[name])
    return zipped(files)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", EMPTY),
        (b"MZ\x90\x00" + b"\x00" * 100, PROGRAM),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, OLD_XLS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ENCRYPTED),
        (b"%PDF-1.7", NOT_XLSX),
        ("Mã,Tiêu chí".encode(), NOT_XLSX),
        (b"PK\x03\x04 broken", DAMAGED),
        (zipped({"word/document.xml": b"<a/>"}), NOT_XLSX),
        (zipped({"xl/workbook.xml": b"<a/>"}), DAMAGED),
        (zipped({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}), MACROS),
        (zipped({"xl/workbook.xml": b"<a/>", SHEET: b" " * 9_000_000}), BOMB),
        (zipped({"xl/workbook.xml": b"<a/>", "xl/media/a.bin": b" " * 16_000_000}), BOMB),
        (zipped({f"xl/{n}.bin": b"" for n in range(201)}), BOMB),
        (altered(SHEET, lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml), DAMAGED),
        (
            altered(
                SHEET,
                lambda xml: xml.replace(
                    b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                ),
            ),
            BOMB,
        ),
        (
            altered(
                SHEET,
                lambda xml: xml.replace(
                    b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="&#65;1:XFD9"/></mergeCells>'
                ),
            ),
            DAMAGED,
        ),
        (altered(SHEET, lambda xml: xml[:-30]), DAMAGED),
        (b"PK\x03\x04" + b"\x00" * (5 * 1024 * 1024), TOO_BIG),
    ],
)
def test_what_is_no_harmless_spreadsheet_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        workbook.open_workbook(content)

    assert str(refusal.value) == sentence


def test_a_table_of_more_than_2000_rows_is_refused() -> None:
    most = read([(f"A{n}", "Một", None, None, 1) for n in range(2000)])

    assert len(most.parts) == 2000
    with pytest.raises(FileRefused, match="hơn 2000 dòng"):
        read([(f"A{n}", "Một", None, None, 1) for n in range(2001)])


def test_a_cell_far_below_is_refused_before_the_rows_between_are_made() -> None:
    book = book_of([("A", "Một", None, None, 1)])
    book.worksheets[0].cell(1_048_576, 1, "x")

    with pytest.raises(FileRefused, match="tận dòng 1048576"):
        read_table(saved(book), agencies={})


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (("Mã", "Tiêu chí", "Cách chấm"), "Trang «Tiêu chí» thiếu cột «Điểm tối đa»."),
        (("Cột 1", "Cột 2"), "Không thấy dòng tiêu đề"),
    ],
)
def test_a_table_without_its_columns_is_refused(header: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read([("A", "Một", "x")], header=header)

    assert str(refusal.value).startswith(sentence)
