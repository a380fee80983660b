"""How the papers look: NĐ 30/2020, Phụ lục I, measured on the finished PDF."""

import io
from datetime import date

import pikepdf
import pytest

from blocs.models import BlocYear
from reports.documents.bloc import IssueFacts
from reports.documents.blocks import Heading, Letterhead, Note, Paper, Paragraph
from reports.documents.fonts import BLANK, is_version_two, printable
from reports.documents.pdf import PaperFetcher, layout, paper_pdf, seal_of
from reports.documents.registry import KINDS, render_pdf
from tests.factories import (
    AgencyFactory,
    BlocFactory,
    BlocYearFactory,
    CommendationFactory,
    MembershipFactory,
    PledgeFactory,
    RecipientCountFactory,
    TargetFactory,
)
from tests.papers_world import build_bloc_year
from tests.pdf_reading import MM, fonts_of, lines_of, pages_of, text_of
from tests.wide_world import widen

ISSUE = IssueFacts(5, date(2021, 1, 5), "Phạm Hồng Quảng", "Giám đốc", "ma-xac-minh-0123456789")
SIZES = {
    "score-summary": (297, 210),
    "review-comments": (297, 210),
    "ballot-form": (148, 210),
}  # others are A4, upright
FACES = {"LiberationSerif2", "LiberationSerif2-Bold", "LiberationSerif2-Italic", "LiberationSerif2-Bold-Italic"}


@pytest.fixture
def year(db):
    return build_bloc_year()


def find(lines, text):
    return next(line for line in lines if text in line.text)


def body_of(lines):
    """Everything but page numbers, which stand in the top margin."""
    return [line for line in lines if not (line.text.isdigit() and line.bottom < 20 * MM)]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_embeds_only_the_one_typeface(year, kind):
    fonts = fonts_of(render_pdf(kind, year, issue=ISSUE))

    assert {name for name, _ in fonts} <= FACES
    assert all(embedded for _, embedded in fonts)


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_same_rows_give_the_same_bytes(year, kind):
    assert render_pdf(kind, year) == render_pdf(kind, BlocYear.objects.get(pk=year.pk))


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_paper_is_tagged_and_names_its_language_and_title(year, kind):
    with pikepdf.open(io.BytesIO(render_pdf(kind, year))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "vi"
        assert year.bloc.name in str(pdf.docinfo["/Title"])
        assert "/CreationDate" not in pdf.docinfo
        width, height = (round(float(side) / MM) for side in pdf.pages[0].mediabox[2:])
    assert (width, height) == SIZES.get(kind, (210, 297))


def test_text_keeps_to_the_margins(year):
    lines = lines_of(render_pdf("mid-year-review", year, issue=ISSUE))

    assert min(line.left for line in lines) >= 30 * MM - 1
    assert max(line.right for line in lines) <= (210 - 15) * MM + 2
    assert min(line.top for line in body_of(lines)) >= 20 * MM - 2
    assert max(line.bottom for line in lines) <= (297 - 20) * MM + 1


def test_the_page_number_is_hidden_on_page_1_and_centred_above_the_text_from_page_2(year):
    lines = lines_of(render_pdf("mid-year-review", year))

    numbers = [line for line in lines if line.text.isdigit() and line.bottom < 20 * MM]
    centre = (30 + (210 - 15)) / 2 * MM
    assert [(line.page, line.text, line.size) for line in numbers] == [(n, str(n), 13) for n in range(2, 6)]
    assert all(abs((line.left + line.right) / 2 - centre) < 2 for line in numbers)


def test_the_head_of_the_paper_has_the_sizes_and_weights_of_the_decree(year):
    lines = [line for line in lines_of(render_pdf("mid-year-review", year, issue=ISSUE)) if line.page == 1]

    looks = {
        text: (find(lines, text).size, find(lines, text).bold, find(lines, text).italic)
        for text in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "ỦY BAN NHÂN DÂN",
            "SỞ THÔNG TIN VÀ",
            "Số: 05/BC-STTTT",
            "Quảng Nam, ngày 05 tháng 01 năm 2021",
            "BÁO CÁO",
            "Sơ kết phong trào thi đua",
            "báo cáo sơ kết phong trào",
            "I. ĐẶC ĐIỂM, TÌNH HÌNH",
        )
    }
    assert looks == {
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (13, True, False),
        "Độc lập - Tự do - Hạnh phúc": (14, True, False),
        "ỦY BAN NHÂN DÂN": (13, False, False),
        "SỞ THÔNG TIN VÀ": (13, True, False),
        "Số: 05/BC-STTTT": (13, False, False),
        "Quảng Nam, ngày 05 tháng 01 năm 2021": (14, False, True),
        "BÁO CÁO": (14, True, False),
        "Sơ kết phong trào thi đua": (14, True, False),
        "báo cáo sơ kết phong trào": (14, False, False),
        "I. ĐẶC ĐIỂM, TÌNH HÌNH": (14, True, False),
    }


def test_the_nation_stands_right_of_the_issuer_on_the_same_height(year):
    lines = lines_of(render_pdf("mid-year-review", year))

    nation, ours = find(lines, "CỘNG HÒA"), find(lines, "ỦY BAN NHÂN DÂN")
    motto, place = find(lines, "Độc lập"), find(lines, "Quảng Nam, ngày")
    assert nation.top == ours.top
    assert nation.left > ours.right
    assert abs((nation.left + nation.right) - (motto.left + motto.right)) <= 2
    assert abs((place.left + place.right) - (motto.left + motto.right)) <= 2


def test_first_lines_are_indented_and_paragraphs_apart(year):
    lines = lines_of(render_pdf("mid-year-review", year))

    first, second = find(lines, "báo cáo sơ kết"), find(lines, "công tác khen thưởng 6 tháng đầu năm và phương")
    assert abs(first.left - (30 * MM + 12.7 * MM)) <= 1
    assert abs(second.left - 30 * MM) <= 1
    assert find(lines, "- Phó khối").top - find(lines, "Giám đốc);").top >= second.top - first.top + 5


def test_the_foot_has_authority_name_and_recipients(year):
    lines = lines_of(render_pdf("mid-year-review", year, issue=ISSUE))

    looks = [
        (line.text, line.size, line.bold, line.italic)
        for line in lines
        if line.page == lines[-1].page and line.top >= find(lines, "Nơi nhận:").top - 3
    ]
    for expected in (
        ("Nơi nhận:", 12, True, True),
        ("- Các đơn vị thành viên Khối;", 11, False, False),
        ("- Lưu: VT.", 11, False, False),
        ("TM. KHỐI THI ĐUA", 14, True, False),
        ("TRƯỞNG KHỐI", 14, True, False),
        ("GIÁM ĐỐC SỞ THÔNG TIN VÀ", 14, True, False),
        ("Phạm Hồng Quảng", 14, True, False),
    ):
        assert expected in looks


def test_a_deputy_signs_in_the_leaders_place(year):
    issue = IssueFacts(12, date(2020, 7, 17), "Trần Thị B", "Phó Giám đốc", "x" * 22)

    text = text_of(render_pdf("mid-year-review", year, issue=issue))

    assert "Số: 12/BC-STTTT" in text
    assert "Quảng Nam, ngày 17 tháng 7 năm 2020" in text
    assert "KT. TRƯỞNG KHỐI PHÓ GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG Trần Thị B" in text


def test_a_draft_says_so_and_leaves_number_and_day_open(year):
    draft, issued = (text_of(render_pdf("mid-year-review", year, issue=issue)) for issue in (None, ISSUE))

    assert "DỰ THẢO" in draft
    assert "Số: /BC-STTTT DỰ THẢO Quảng Nam, ngày tháng năm 2020" in " ".join(draft.split())
    assert "xac-minh" not in draft
    assert "DỰ THẢO" not in issued
    assert "/xac-minh/ma-xac-minh-0123456789" in issued.replace(" ", "")


def test_an_annex_counts_its_own_pages(year):
    pledge = PledgeFactory(bloc_year=year)
    for member in year.memberships.all():
        for n in range(10):
            TargetFactory(pledge=pledge, agency=member.agency, name=f"Chỉ tiêu số {n}")

    lines = lines_of(render_pdf("mid-year-review", year))

    annex = next(line.page for line in lines if line.text == "Phụ lục")
    numbers = {line.page: line.text for line in lines if line.text.isdigit() and line.bottom < 20 * MM}
    assert annex not in numbers
    assert numbers[annex + 1] == "2"


def test_table_heads_repeat_and_rows_stay_whole(year):
    agency = year.memberships.first().agency
    for n in range(30):
        row = CommendationFactory(bloc_year=year, agency=agency, position=50 + n, reason=f"thành tích số {n} " * 12)
        RecipientCountFactory(commendation=row)

    pages = [page for page in pages_of(render_pdf("mid-year-review", year)) if "thành tích số" in page]

    assert len(pages) >= 4
    assert all("Hình thức khen thưởng" in page for page in pages)
    assert all(page.count(f"hành tích số {n} ") in (0, 12) for page in pages for n in range(30))


@pytest.mark.parametrize("kind", list(KINDS))
def test_twenty_members_with_names_of_300_letters_stay_on_the_page(db, kind):
    bloc = BlocFactory(name=("Khối thi đua " + "các cơ quan " * 40)[:300].strip())
    year = BlocYearFactory(bloc=bloc)
    pledge = PledgeFactory(bloc_year=year)
    for n in range(20):
        name = f"Sở {n} " + ("x" * 290 if n == 3 else "Văn hóa, Thể thao và Du lịch " * 10)
        agency = AgencyFactory(council=bloc.council, name=name[:300].strip())
        MembershipFactory(bloc_year=year, agency=agency, role="head" if n == 0 else "member", position=n)
        TargetFactory(pledge=pledge, agency=agency, name="Chỉ tiêu " * 50)

    lines = lines_of(render_pdf(kind, year, issue=ISSUE))

    page_width, margin = SIZES.get(kind, (210, 297))[0], 12 if kind == "ballot-form" else 15
    assert max(line.right for line in lines) <= (page_width - margin) * MM + 3


def test_html_in_text_is_shown_as_text(year):
    year.bloc.name = "<script>alert(1)</script> <img src=http://127.0.0.1:9/x.png> Khối"
    year.bloc.save()
    passage = year.reviews.get(kind="mid-year").passages.get(section="directions")
    passage.text = "<style>@import url(file:///etc/passwd)</style><b>đậm</b>"
    passage.save()

    text = text_of(render_pdf("mid-year-review", BlocYear.objects.get(pk=year.pk)))

    assert "<script>alert(1)</script> <img src=http://127.0.0.1:9/x.png> Khối" in text
    assert "<style>@import url(file:///etc/passwd)</style><b>đậm</b>" in text


def test_characters_that_the_typeface_lacks_become_boxes_not_another_font(year):
    passage = year.reviews.get(kind="mid-year").passages.get(section="directions")
    passage.text = "Biểu tượng 🎉 và 漢字 và ☐ và a\u200bb\u2011c\u202eđ e\u0301 ạ → hết"
    passage.save()

    pdf = render_pdf("mid-year-review", year)

    assert {name for name, _ in fonts_of(pdf)} <= FACES
    assert f"Biểu tượng {BLANK} và {BLANK}{BLANK} và {BLANK} và ab-cđ é ạ → hết." in text_of(pdf)


def test_every_character_that_is_printed_comes_from_the_one_typeface():
    text = printable("".join(chr(code) for code in (*range(0x20, 0x3000), *range(0x1F300, 0x1F700))))
    paper = Paper(
        "t", Letterhead("", "A", "", "x", draft=False), "K", "S", (Paragraph(text), Note(text), Heading(text))
    )

    assert {name for name, _ in fonts_of(paper_pdf(paper))} <= FACES


def test_a_swept_temporary_folder_does_not_let_another_font_in(year):
    before = render_pdf("pledge", year)
    folder = layout()[1]._folder
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()

    assert render_pdf("pledge", year) == before


def test_printable_text_keeps_every_vietnamese_letter():
    letters = "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"

    assert printable(letters + letters.upper()) == letters + letters.upper()
    assert printable("a\x00b\ufe0fc\u00add") == "abcd"


def test_nothing_is_fetched_but_the_fonts_and_the_papers_own_image():
    image = seal_of("abc").image
    fetcher = PaperFetcher(image)

    fetched = [fetcher.fetch(uri).read()[:4] for uri in fetcher.fonts]

    assert fetched == [b"\x00\x01\x00\x00"] * 4
    assert b"<svg" in fetcher.fetch(image).read()
    for url in (
        "http://127.0.0.1:9/x.png",
        "https://example.vn/a.css",
        "file:///etc/passwd",
        "data:image/svg+xml,<svg/>",
        "ftp://127.0.0.1/a",
        next(iter(fetcher.fonts)) + "/../../secret",
    ):
        with pytest.raises(ValueError, match="fetches nothing"):
            fetcher.fetch(url)


def test_a_font_that_is_not_there_is_an_error_that_names_the_package(monkeypatch, tmp_path):
    from reports.documents import fonts

    monkeypatch.setattr(fonts, "PLACES", (str(tmp_path),))
    fonts.font_files.cache_clear()
    try:
        (error,) = fonts.check_fonts(None)
    finally:
        fonts.font_files.cache_clear()

    assert error.id == "reports.E001"
    assert "fonts-liberation2" in error.msg
    assert not is_version_two(tmp_path / "none.ttf")


def test_a_table_of_twenty_members_keeps_to_the_margins_in_letters_one_can_read(year):
    widen(year, members=20, leaves=12)

    lines = body_of(lines_of(render_pdf("score-summary", year)))

    assert min(line.left for line in lines) >= 30 * MM - 1
    assert max(line.right for line in lines) <= (297 - 15) * MM + 2
    assert max(line.bottom for line in lines) <= (210 - 20) * MM + 1
    assert min(line.size for line in lines) == 8
