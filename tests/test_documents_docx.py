"""Papers as Word documents: the text of the PDF paragraph by paragraph, styles and pages of NĐ 30/2020, equal bytes."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
import zxingcpp
from django.core.management import call_command
from docx import Document
from PIL import Image

from blocs.models import BlocYear
from khoithidua.web.charts import Bar, horizontal_bars
from reports.documents.bloc import IssueFacts
from reports.documents.blocks import (
    Align,
    Annex,
    Chart,
    Column,
    Family,
    Heading,
    Letterhead,
    Note,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
    Width,
)
from reports.documents.chart_images import chart_height, chart_png
from reports.documents.council_registry import SESSION_KINDS, session_paper
from reports.documents.docx import paper_docx
from reports.documents.docx_styles import LOOKS
from reports.documents.dossier_registry import DOSSIER_KINDS, dossier_paper
from reports.documents.pdf import paper_pdf, seal_of
from reports.documents.registry import KINDS, paper_of
from reports.documents.review_charts import LOOK
from reports.documents.rich_text import RichParagraph, Run
from tests.awards_world import DossierFactory, SubjectFactory, nominate
from tests.council_papers_world import told_room
from tests.docx_reading import SOFFICE, W, converted, names_of, paragraphs_of, part_of
from tests.factories import AgencyFactory, BlocFactory, BlocYearFactory, MembershipFactory, PledgeFactory, TargetFactory
from tests.papers_world import build_bloc_year
from tests.pdf_reading import fonts_of, pages_of, tagged_texts_of
from tests.wide_world import widen
from tests.world import World

ISSUE = IssueFacts(5, date(2021, 1, 5), "Phạm Hồng Quảng", "Giám đốc", "ma-xac-minh-0123456789")
TWIPS_A_MM = 1440 / 25.4
WIDE = {"score-summary"}


@pytest.fixture
def year(db):
    return build_bloc_year()


def broad_year() -> BlocYear:
    """Twenty members with names of 200 letters and two targets each."""
    bloc = BlocFactory(name=("Khối thi đua " + "các cơ quan " * 20)[:200].strip())
    year = BlocYearFactory(bloc=bloc)
    pledge = PledgeFactory(bloc_year=year)
    for n in range(20):
        name = f"Sở {n} " + ("x" * 190 if n == 3 else "Văn hóa, Thể thao và Du lịch " * 10)
        agency = AgencyFactory(council=bloc.council, name=name[:200].strip())
        MembershipFactory(bloc_year=year, agency=agency, role="head" if n == 0 else "member", position=n)
        TargetFactory(pledge=pledge, agency=agency, name=f"Chỉ tiêu {n}", unit="lượt", plan=12000, mid_year="7000.5")
        TargetFactory(pledge=pledge, agency=agency, name="Chỉ tiêu dài " * 20)
    widen(year, members=20, leaves=8)
    return year


def bare(texts: list[str]) -> list[str]:
    """Texts without their blanks: where lines break, a PDF has none."""
    return [kept for text in texts if (kept := "".join(text.split()))]


def rejoined(parts: list[str], like: list[str]) -> list[str]:
    """``parts`` with those put together that are one text in ``like``: a page's end cuts a paragraph in two tags."""
    left, found = iter(parts), []
    for text in like:
        part = next(left, "")
        while part and len(part) < len(text) and text.startswith(part) and (more := next(left, "")):
            part += more
        found.append(part)
    return [*found, *left]


def assert_same_text(paper: Paper, code: str = "") -> None:
    words = bare([text for _, text in paragraphs_of(paper_docx(paper, code=code))])
    assert words == rejoined(bare(tagged_texts_of(paper_pdf(paper, code=code))), words)
    assert len(words) > 5


def test_every_kind_of_the_demo_years_says_what_its_pdf_says(db):
    call_command("load_demo", stdout=None)
    years = BlocYear.objects.order_by("pk")

    for year in years:
        for kind in KINDS:
            assert_same_text(paper_of(kind, year))

    assert {(each.bloc.code, each.year) for each in years} >= {
        ("qn-tham-muu-iii", 2019), ("qn-tham-muu-iii", 2020), ("mau-khoi-1", 2025), ("mau-khoi-1", 2026),
    }  # fmt: skip


def test_every_kind_of_a_broad_bloc_says_what_its_pdf_says(db):
    year = broad_year()

    for kind in KINDS:
        assert_same_text(paper_of(kind, year, issue=ISSUE), code=ISSUE.code)


@pytest.mark.parametrize("kind", list(KINDS))
def test_an_empty_year_says_what_its_pdf_says(db, kind):
    assert_same_text(paper_of(kind, BlocYearFactory()))


def test_papers_of_dossiers_say_what_their_pdf_says(db, world: World):
    dossier = DossierFactory(agency=world.syt)
    nominate(dossier, SubjectFactory(agency=world.syt, name="Trần Thị <B> & “C”"))
    for kind in DOSSIER_KINDS:
        assert_same_text(dossier_paper(kind, dossier))


def test_papers_of_sessions_say_what_their_pdf_says(db):
    session = told_room().session

    for kind in SESSION_KINDS:
        assert_same_text(session_paper(kind, session))


def test_the_same_paper_is_the_same_bytes_in_another_year(year):
    paper = paper_of("annual-review", year, issue=ISSUE)

    with time_machine.travel("2021-01-05 08:00"):
        first = paper_docx(paper, code=ISSUE.code)
    with time_machine.travel("2031-06-07 09:30"):
        again = paper_docx(paper, code=ISSUE.code)

    assert first == again
    with ZipFile(BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_names_its_title_author_and_language(year):
    paper = paper_of("mid-year-review", year)

    core = Document(BytesIO(paper_docx(paper))).core_properties

    assert (core.title, core.author, core.language) == (paper.name, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "vi-VN")
    assert (core.created.year, core.last_modified_by, core.comments) == (1980, "", "")
    language = part_of(paper_docx(paper), "word/styles.xml").find(f".//{W}docDefaults//{W}lang")
    assert language.get(f"{W}val") == "vi-VN"


def test_a_title_longer_than_a_file_can_hold_is_cut():
    head = Letterhead("", "A", "", "x", draft=False)

    core = Document(BytesIO(paper_docx(Paper("t" * 400, head, "K", "S", ())))).core_properties

    assert (len(core.title), core.title[-1]) == (255, "…")


def test_nothing_of_the_file_lies_outside_it(year):
    content = paper_docx(paper_of("annual-review", year, issue=ISSUE), code=ISSUE.code)

    pictures = {name for name in names_of(content) if name.startswith("word/media/image")}
    assert set(names_of(content)) - pictures == {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/_rels/document.xml.rels",
        "word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/header1.xml",
    }  # fmt: skip
    assert len(pictures) == 3
    for name in names_of(content):
        if name.endswith(".rels"):
            assert [each for each in part_of(content, name) if each.get("TargetMode") == "External"] == []


def test_parts_of_the_decree_have_styles_of_their_own(year):
    """NĐ 30/2020, Phụ lục I: which part is written in which size and weight."""
    found = dict(reversed([(words, style) for style, words in paragraphs_of(
        paper_docx(paper_of("mid-year-review", year, issue=ISSUE), code=ISSUE.code))]))  # fmt: skip

    looks = {}
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN", "SỞ THÔNG TIN VÀ",
        "Số: 05/BC-STTTT", "Quảng Nam, ngày 05 tháng 01 năm 2021", "BÁO CÁO", "I. ĐẶC ĐIỂM, TÌNH HÌNH",
        "1. Tổ chức của Khối", "- Phó khối: Sở Giáo dục và Đào tạo;", "Nơi nhận:", "- Lưu: VT.", "TRƯỞNG KHỐI",
        "Phạm Hồng Quảng",
    ):  # fmt: skip
        look = LOOKS[found[words]]
        looks[words] = (look.name, look.size, look.bold, look.italic)
    assert looks == {
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": ("Quốc hiệu", 13, True, False),
        "Độc lập - Tự do - Hạnh phúc": ("Tiêu ngữ", 14, True, False),
        "ỦY BAN NHÂN DÂN": ("Cơ quan chủ quản", 13, False, False),
        "SỞ THÔNG TIN VÀ": ("Tên cơ quan", 13, True, False),
        "Số: 05/BC-STTTT": ("Số ký hiệu", 13, False, False),
        "Quảng Nam, ngày 05 tháng 01 năm 2021": ("Địa danh", 14, False, True),
        "BÁO CÁO": ("Tên loại", 14, True, False),
        "I. ĐẶC ĐIỂM, TÌNH HÌNH": ("Đề mục", 14, True, False),
        "1. Tổ chức của Khối": ("Tiểu mục", 14, True, False),
        "- Phó khối: Sở Giáo dục và Đào tạo;": ("Nội dung", 14, False, False),
        "Nơi nhận:": ("Nơi nhận", 12, True, True),
        "- Lưu: VT.": ("Danh sách nơi nhận", 11, False, False),
        "TRƯỞNG KHỐI": ("Quyền hạn, chức vụ", 14, True, False),
        "Phạm Hồng Quảng": ("Họ tên người ký", 14, True, False),
    }


def test_every_style_that_a_paper_uses_is_in_the_file_under_its_vietnamese_name(year):
    content = paper_docx(paper_of("annual-review", year, issue=ISSUE), code=ISSUE.code)

    named = {
        each.get(f"{W}styleId"): each.find(f"{W}name").get(f"{W}val") for each in part_of(content, "word/styles.xml")
        if each.tag == f"{W}style"
    }  # fmt: skip
    used = {each.get(f"{W}val") for each in part_of(content).iter(f"{W}pStyle", f"{W}tblStyle")}
    assert used <= set(named)
    assert {style: look.name for style, look in LOOKS.items()}.items() <= named.items()
    fonts = part_of(content, "word/fontTable.xml")
    assert [each.get(f"{W}name") for each in fonts] == ["Times New Roman"]
    assert fonts.find(f".//{W}altName").get(f"{W}val") == "Liberation Serif"


def two_annexes() -> Paper:
    table = Table("", (Column("TT", Width.SNUG, Align.CENTER), Column("Tên", Width.WIDE)), (Row(("1", "a")),))
    return Paper(
        "Thử",
        Letterhead("Ủy ban", "Sở", "Số: 01/BC", "Quảng Nam", draft=False),
        "BÁO CÁO",
        "Thử",
        (Paragraph("Nội dung."),),
        signature=Signature(("GIÁM ĐỐC",), name="A"),
        annexes=(
            Annex("Phụ lục I", "MỘT", "(Kèm theo)", (table,), landscape=True),
            Annex("Phụ lục II", "HAI", "", (Paragraph("x"),)),
        ),
    )


def test_pages_have_the_margins_of_the_decree_and_annexes_count_their_own():
    sections = part_of(paper_docx(two_annexes())).findall(f".//{W}sectPr")

    def millimetres(section, tag, *names):
        return tuple(round(int(section.find(W + tag).get(W + name)) / TWIPS_A_MM) for name in names)

    assert [millimetres(each, "pgSz", "w", "h") for each in sections] == [(210, 297), (297, 210), (210, 297)]
    for each in sections:
        assert millimetres(each, "pgMar", "top", "right", "bottom", "left") == (20, 15, 20, 30)
        assert each.find(f"{W}pgNumType").get(f"{W}start") == "1"
        assert each.find(f"{W}titlePg") is not None
    [header] = sections[0].findall(f"{W}headerReference")
    assert header.get(f"{W}type") == "default"  # page 1 has none
    assert [each.findall(f"{W}headerReference") for each in sections[1:]] == [[], []]


def test_the_page_number_stands_in_the_middle_of_the_top_margin(year):
    header = part_of(paper_docx(paper_of("mid-year-review", year)), "word/header1.xml")

    [field] = header.iter(f"{W}fldSimple")
    assert field.get(f"{W}instr").strip() == "PAGE"
    style = header.find(f".//{W}pStyle").get(f"{W}val")
    assert (LOOKS[style].name, LOOKS[style].size, LOOKS[style].align) == ("Số trang", 13, "center")


def ruled_tables(content: bytes):
    return [each for each in part_of(content).iter(f"{W}tbl") if each.find(f"{W}tblPr/{W}tblStyle") is not None]


def test_tables_are_as_wide_as_the_page_repeat_their_heads_and_keep_rows_whole(db):
    year = broad_year()

    for kind in ("pledge", "annual-review", "score-summary"):
        tables = ruled_tables(paper_docx(paper_of(kind, year)))
        across = (297 - 45 if kind in WIDE else 210 - 45) * TWIPS_A_MM
        assert tables
        for table in tables:
            grid = [int(each.get(f"{W}w")) for each in table.find(f"{W}tblGrid")]
            line = 0.5 * 20  # half of one at each side, as in the PDF
            assert abs(sum(grid) - (across - line)) < len(grid) + 1
            head, *rows = table.findall(f"{W}tr")
            assert head.find(f"{W}trPr/{W}tblHeader") is not None
            assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (head, *rows))
            assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows)
            for row in rows:
                spans = [int(s.get(f"{W}val")) for s in row.iter(f"{W}gridSpan")]
                assert sum(spans) + len(row.findall(f"{W}tc")) - len(spans) == len(grid)


def test_labels_of_narrow_columns_stand_upright(year):
    widen(year, members=20, leaves=4)

    heads = [table.find(f"{W}tr") for table in ruled_tables(paper_docx(paper_of("score-summary", year)))]

    assert max(len(head.findall(f".//{W}textDirection")) for head in heads) == 20


def test_the_qr_code_of_an_issued_paper_is_an_image_that_says_its_address(year):
    content = paper_docx(paper_of("mid-year-review", year, issue=ISSUE), code=ISSUE.code)

    with ZipFile(BytesIO(content)) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        image = Image.open(BytesIO(archive.read(pictures[-1])))
    bordered = Image.new("L", (image.width + 80, image.height + 80), 255)
    bordered.paste(image.convert("L"), (40, 40))
    assert [code.text for code in zxingcpp.read_barcodes(bordered)] == [seal_of(ISSUE.code).address]
    *_, described = (each for each in part_of(content).iter() if each.tag.endswith("}docPr"))
    assert described.get("descr") == "Mã QR dẫn tới trang xác minh văn bản"
    draft = names_of(paper_docx(paper_of("mid-year-review", year)))
    assert len([name for name in draft if name.startswith("word/media/")]) == len(pictures) - 1


def test_a_chart_is_a_sharp_picture_as_wide_as_the_text_with_its_figures_in_words(year):
    widen(year, members=10, leaves=12)
    paper = paper_of("annual-review", year)
    charts = [each for each in paper.blocks if each.block == "chart"]
    content = paper_docx(paper)

    held = [each for each in part_of(content).iter() if each.tag.endswith("}inline")]
    with ZipFile(BytesIO(content)) as archive:
        images = [Image.open(BytesIO(archive.read(name))) for name in sorted(archive.namelist()) if "/media/" in name]
    assert len(charts) == len(held) == len(images) >= 2
    for chart, inline, image in zip(charts, held, images, strict=True):
        extent = next(each for each in inline if each.tag.endswith("}extent"))
        wide, high = (int(extent.get(side)) / 36_000 for side in ("cx", "cy"))
        assert abs(wide - 165) < 0.1
        assert abs(high - chart_height(chart, 165)) < 0.1
        assert abs(image.width / (wide / 25.4) - 200) < 1
        assert abs(image.height - image.width * high / wide) <= 3  # rounded up to whole pixels of the screen
        assert next(each for each in inline if each.tag.endswith("}docPr")).get("descr") == chart.words
    captions = [text for style, text in paragraphs_of(content) if style == "ChartCaption"]
    assert captions == [chart.caption for chart in charts]


def test_a_chart_is_drawn_with_the_typeface_of_papers_alone(year, monkeypatch, tmp_path):
    """Equal bytes, letters with Vietnamese marks in it, and no font of the machine looked for."""
    drawn = Chart(
        horizontal_bars("a", "Ặ", [Bar("Sở Ặệỹ ữ", 3), Bar("Sở Y tế", None), Bar("Ban", 1, unsure=True)], look=LOOK),
        "Biểu đồ", "Lời",
    )  # fmt: skip
    bare = replace(drawn, svg=re.sub(r">[^<]*</text>", "></text>", drawn.svg))

    ours = chart_png(drawn, 165)

    def ink(png):
        return sum(value < 128 for value in Image.open(BytesIO(png)).convert("L").getdata())

    assert chart_png(drawn, 165) == ours
    assert ink(ours) > ink(chart_png(bare, 165)) + 1000
    (tmp_path / "fonts.conf").write_text("<fontconfig/>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    assert chart_png(drawn, 165) == ours
    with pytest.raises(ValueError, match="viewBox"):
        chart_height(replace(drawn, svg="<svg></svg>"), 165)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
@pytest.mark.parametrize("kind", ["mid-year-review", "annual-review"])
def test_pages_with_charts_break_where_those_of_the_pdf_do(year, kind):
    widen(year, members=10, leaves=12)
    paper = paper_of(kind, year)
    captions = [each.caption for each in paper.blocks if each.block == "chart"]

    theirs, ours = pages_of(converted(paper_docx(paper))), pages_of(paper_pdf(paper))

    def places(pages):
        return [next(n for n, page in enumerate(pages) if caption in " ".join(page.split())) for caption in captions]

    assert captions
    assert abs(len(theirs) - len(ours)) <= 1
    assert all(abs(a - b) <= 1 for a, b in zip(places(theirs), places(ours), strict=True))


def test_written_marks_become_bold_and_italic_runs():
    runs = (Run("Rất "), Run(" đậm", bold=True), Run(" và "), Run("nghiêng", italic=True))
    paper = Paper("t", Letterhead("", "A", "", "x", draft=False), "K", "S", (RichParagraph(runs),))

    content = paper_docx(paper)

    made = [
        (run.find(f"{W}t").text, run.find(f"{W}rPr/{W}b") is not None, run.find(f"{W}rPr/{W}i") is not None)
        for run in part_of(content).iter(f"{W}r")
    ]
    assert [each for each in made if each[0].strip() in ("Rất", "đậm", "và", "nghiêng")] == [
        ("Rất ", False, False), ("đậm", True, False), (" và ", False, False), ("nghiêng", False, True),
    ]  # fmt: skip
    assert_same_text(Paper("t", Letterhead("C", "A", "Số", "x", draft=True), "K", "S", (RichParagraph(runs),)))


def test_the_partys_head_has_its_own_lines():
    head = Letterhead("TỈNH ỦY", "BAN TUYÊN GIÁO", "Số 05-BC/BTGTU", "Quảng Nam", draft=False, family=Family.PARTY)

    words = [text for _, text in paragraphs_of(paper_docx(Paper("t", head, "BÁO CÁO", "S", (Paragraph("x"),))))]

    assert words[:4] == ["TỈNH ỦY", "BAN TUYÊN GIÁO", "*", "ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert not any("CỘNG HÒA" in text or "Độc lập" in text for text in words)


def test_characters_that_no_document_may_hold_are_dropped_and_marks_stay_text():
    text = "a\x00b\x0bc\u200bd \ud800 <w:br/> & ]]> \u202e e\u0301 🎉"
    blocks = (Heading(text), Paragraph(text, label=text), Note(text))

    words = [words for _, words in paragraphs_of(paper_docx(Paper(text, Letterhead(text, text, text, text, draft=True), text, text, blocks)))]  # fmt: skip # noqa: E501

    assert "abcd <w:br/> & ]]> é □" in words
    assert "<w:br/>" in " ".join(words)
    assert [each for each in words if not each.isprintable()] == []


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
@pytest.mark.parametrize("kind", list(KINDS))
def test_libreoffice_lays_it_out_on_as_many_pages_in_the_same_typeface(year, kind):
    widen(year, members=10, leaves=12)
    paper = paper_of(kind, year)

    theirs = converted(paper_docx(paper))

    assert abs(len(pages_of(theirs)) - len(pages_of(paper_pdf(paper)))) <= 1
    assert {name.partition("-")[0] for name, _ in fonts_of(theirs)} == {"LiberationSerif"}
    assert all(embedded for _, embedded in fonts_of(theirs))
