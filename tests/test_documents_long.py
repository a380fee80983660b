"""Annexes of thousands of names: laid out in parts by two processes, joined, and like one paper to the reader."""

import io
import logging
import re

import pikepdf
import pytest
from django.conf import settings
from weasyprint import CSS

from reports.documents.blocks import Align, Annex, Column, Letterhead, Paper, Paragraph, Print, Row, Table, Width
from reports.documents.long_papers import LONG_ROWS, PAGES_A_PART, PROCESSES, long_paper_pdf, parts_of, runs_of
from reports.documents.page_cuts import LETTERS, WIDTHS, line_count, page_cuts
from reports.documents.paper_data import FILE_NAME
from reports.documents.part_layout import Part, page_rules, part_markup, part_pdf
from reports.documents.pdf import PaperFetcher, layout, paper_pdf
from tests.html_layout import as_html
from tests.pdf_reading import MM, lines_of, pages_of, text_of
from tests.test_documents_pdfa import PAINTED, is_dictionary, metadata_of

COLUMNS = (
    Column("TT", Width.NARROW, Align.CENTER),
    Column("Họ và tên", Width.WIDE, heads=True),
    Column("Chức vụ, đơn vị", Width.WIDE),
)
UNITS = (
    "Sở Y tế",
    "Trường Trung học phổ thông chuyên Nguyễn Bỉnh Khiêm, phường Tam Kỳ",
    "Ủy ban nhân dân xã Núi Thành",
)


def annex_of(number: int, *, label: str = "Phụ lục", landscape: bool = False, prefix: str = "Người") -> Annex:
    groups = [Row(("I. Cá nhân",), strong=True, span=True)]
    rows = [Row((str(place), f"{prefix} số {place:04d}", UNITS[place % 3])) for place in range(1, number + 1)]
    half = len(rows) // 2
    rows[half:half] = [Row(("II. Tập thể",), strong=True, span=True)]
    table = Table("", COLUMNS, tuple(groups + rows))
    return Annex(label, "DANH SÁCH ĐƯỢC TẶNG BẰNG KHEN", "(Kèm theo Quyết định số 05/QĐ-UBND)", (table,), landscape)


def paper_of(*annexes: Annex) -> Paper:
    head = Letterhead(
        "", "ỦY BAN NHÂN DÂN TỈNH MẪU", "Số: 05/QĐ-UBND", "Tỉnh Mẫu, ngày 05 tháng 01 năm 2026", draft=False
    )
    return Paper(
        "Quyết định khen thưởng", head, "QUYẾT ĐỊNH", "Về việc tặng Bằng khen", (Paragraph("Điều 1."),), annexes=annexes
    )


@pytest.fixture(scope="module")
def long_pdf():
    parts: list[tuple[int, int]] = []
    content = long_paper_pdf(paper_of(annex_of(900)), code="ma-0123456789", on_part=lambda *told: parts.append(told))
    return content, parts


def test_every_name_stands_once_and_in_its_order(long_pdf):
    numbers = re.findall(r"Người số (\d{4})", text_of(long_pdf[0]))

    assert numbers == [f"{place:04d}" for place in range(1, 901)]


def test_page_numbers_go_on_and_headers_come_again(long_pdf):
    pages = pages_of(long_pdf[0])
    top: dict[int, str] = {}
    for line in lines_of(long_pdf[0]):
        if line.bottom < 20 * MM:
            top[line.page] = line.text

    assert top == {place: str(place - 1) for place in range(3, len(pages) + 1)}
    assert all("Họ và tên" in page for page in pages[1:])


def test_progress_is_told_part_by_part(long_pdf):
    done = [part for part, _ in long_pdf[1]]

    assert done == list(range(1, long_pdf[1][0][1] + 1))
    assert len(done) > 1


def test_tags_of_all_parts_hang_in_one_tree(long_pdf):
    with pikepdf.open(io.BytesIO(long_pdf[0])) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        kinds = [str(each.S) for each in walk(document)]
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(numbers[place]) for place in range(0, len(numbers), 2)]
        used = [int(page.obj.StructParents) for page in pdf.pages]

    assert kinds.count("/TR") >= 900
    assert len(set(keys)) == len(keys)
    assert set(used) <= set(keys)
    assert len(set(used)) == len(used)


def walk(node):
    yield node
    held = node.get("/K")
    for child in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield from walk(child)


def test_the_whole_stays_tagged_titled_and_the_same_each_time(long_pdf):
    with pikepdf.open(io.BytesIO(long_pdf[0])) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "vi"
        assert str(pdf.docinfo["/Title"]) == "Quyết định khen thưởng"

    assert long_paper_pdf(paper_of(annex_of(900)), code="ma-0123456789") == long_pdf[0]


def test_an_issued_long_paper_is_for_the_archive_from_its_first_page_to_its_last():
    """PDF/A-3u (ISO 19005-3): metadata, colours, fonts and attachment read off the joined file."""
    data = '{"so": "Đ"}'.encode()
    content = long_paper_pdf(paper_of(annex_of(420)), code="ma-0123456789", data=data)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        said = metadata_of(pdf)
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("3", "U")
        assert said["dc:title"] == str(pdf.docinfo["/Title"]) == "Quyết định khen thưởng"
        assert set(pdf.docinfo.keys()) == {"/Title", "/Author", "/Producer"}
        [intent] = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes()[12:20] == b"mntrRGB "
        [named] = pdf.Root.AF
        assert str(named.AFRelationship) == "/Data"
        assert pdf.attachments[FILE_NAME].get_file().read_bytes() == data
        assert len(pdf.trailer.ID) == 2
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        assert_archival_objects(pdf)
    assert content[:8] == b"%PDF-1.7"
    assert max(content[9:15]) > 127
    assert long_paper_pdf(paper_of(annex_of(420)), code="ma-0123456789", data=data) == content


def assert_archival_objects(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        used = {str(each.operator) for each in pikepdf.parse_content_stream(page)}
        assert not used & PAINTED
        assert "/Annots" not in page
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and ("/ca" in each or "/CA" in each):
            assert {float(each.get(name, 1)) for name in ("/ca", "/CA")} == {1.0}
        if is_dictionary(each, "/Font") and str(each.Subtype) == "/Type0":
            assert "/ToUnicode" in each
            assert "/FontFile2" in each.DescendantFonts[0].FontDescriptor
        if isinstance(each, pikepdf.Stream):
            assert "/SMask" not in each
            assert str(each.get("/Filter", "")) in ("", "/FlateDecode")


def test_a_short_annex_is_laid_out_as_any_paper():
    paper = paper_of(annex_of(LONG_ROWS - 5))

    assert long_paper_pdf(paper) == paper_pdf(paper)


def test_long_names_wide_pages_and_a_second_annex_come_out_as_reckoned(caplog):
    name = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở " * 4
    wide = annex_of(420, label="Phụ lục II", landscape=True, prefix=f"{name}{'dài' * 40}")
    short = annex_of(12, label="Phụ lục III", prefix="Đơn vị")

    with caplog.at_level(logging.WARNING):
        text = text_of(long_paper_pdf(paper_of(annex_of(450), wide, short)))

    assert caplog.records == []
    assert len(re.findall(r"Người số \d{4}", text)) == 450
    assert len(re.findall(r"Đơn vị số \d{4}", text)) == 12
    assert text.index("Phụ lục II") < text.index("Phụ lục III")


def test_pages_that_come_out_otherwise_are_laid_out_in_one_piece(monkeypatch, caplog):
    monkeypatch.setitem(LETTERS, Print.FULL, (6, 1.0, 0.1, 0.1))
    paper = paper_of(annex_of(410))

    with caplog.at_level(logging.WARNING):
        content = long_paper_pdf(paper)

    assert "laid out in one piece" in caplog.text
    assert content == paper_pdf(paper)


def whole_html(part: Part) -> bytes:
    """The part read by WeasyPrint's own parser, with its own style sheet."""
    sheet, fonts = layout()
    counted = CSS(string=page_rules(part), font_config=fonts)
    document = as_html(part_markup(part), PaperFetcher()).render(fonts, stylesheets=[sheet, counted], pdf_tags=True)
    return document.write_pdf(pdf_tags=True)


@pytest.mark.parametrize("landscape", [False, True])
def test_a_part_is_the_same_pdf_as_from_html(landscape):
    paper = paper_of(annex_of(420, landscape=landscape))

    for part in parts_of(paper, paper.annexes[0]):
        assert part_pdf(part) == (whole_html(part), True)


def test_a_short_annex_beside_a_long_one_is_the_same_pdf_as_from_html():
    blocks = (Paragraph("Danh sách gồm:"), *annex_of(30).blocks, Paragraph("Điều 2.", label="Ghi chú"))
    part = Part("Quyết định", Annex("Phụ lục II", "DANH SÁCH", "", blocks), first=1, pages=0)

    assert part_pdf(part) == (whole_html(part), True)


def test_names_with_signs_of_markup_stand_as_they_are():
    rows = tuple(Row((str(place), "A & B <i>\"'\x00\x0b\ufffe", "C\u00a0D]]>")) for place in range(LONG_ROWS + 1))
    annex = Annex("Phụ lục", "DANH SÁCH", "", (Table("", COLUMNS, rows),))

    text = text_of(long_paper_pdf(paper_of(annex)))

    assert text.count("A & B <i>\"'") == text.count("D]]>") == LONG_ROWS + 1


@pytest.mark.parametrize("pages", [1, 2, 3, 27, 28, 29, 210])
def test_pages_are_shared_out_evenly(pages):
    runs = list(runs_of(pages))

    assert [start for start, _ in runs] + [pages] == [0] + [end for _, end in runs]
    lengths = [end - start for start, end in runs]
    assert max(lengths) - min(lengths) <= 1
    assert max(lengths) <= PAGES_A_PART
    assert len(runs) % PROCESSES == 0 or pages < PROCESSES


def test_a_line_over_all_columns_never_ends_a_page():
    for number in range(40, 80):
        annex = annex_of(number)
        pages = page_cuts(annex, annex.blocks[0])
        assert not any(page[-1].span for page in pages)
        assert sum(pages, ()) == annex.blocks[0].rows


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("một", 1), ("một hai", 1), ("một " * 30, 6), ("m" * 100, 9)])
def test_lines_are_reckoned_from_the_letters(text, lines):
    assert line_count(text, 120, size=12, face="Regular") == lines


def test_the_reckoning_holds_the_figures_of_the_style_sheet():
    rules = (settings.BASE_DIR / "static" / "documents" / "paper.css").read_text(encoding="utf-8")
    widths = {name: float(width) for name, width in re.findall(r"^th\.(\w+) \{ width: ([\d.]+)mm", rules, re.MULTILINE)}

    assert {str(each): float(width) for each, width in WIDTHS.items()} == widths
    assert "font-size: 12pt; line-height: 1.15; }" in rules
    assert "th, td { padding: 0.8mm 1mm; border: 0.5pt" in rules
    for print_, (size, leading, above, beside) in LETTERS.items():
        if print_ is not Print.FULL:
            assert f"table.{print_} {{ font-size: {size}pt; line-height: {leading}; }}" in rules
            assert f"td {{ padding: {above}mm {beside}mm; }}" in rules
