"""Every fact of the two source articles that the year file holds stands in the compiled reviews, typed by nobody."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

import reports.demo
from accounts.models import User
from blocs.models import BlocYear
from reports.documents.blocks import Paper
from reports.documents.registry import paper_of, render_pdf
from reports.domain.compilation import compile_review
from reports.domain.drafts import PAPER_OF_REVIEW
from reports.enums import ReviewKind
from reports.models import BlocReview
from tests.pdf_reading import text_of

FILE = Path(reports.demo.__file__).parent / "qn-tham-muu-iii-2020.yaml"
# What the article says -> how the review says it.
BOTH = {
    "tên khối": "Khối thi đua các cơ quan tham mưu III",
    "7 đơn vị thành viên": "Năm 2020, Khối thi đua các cơ quan tham mưu III có 07 đơn vị thành viên:",
    "trưởng khối và người đứng đầu": "- Trưởng khối: Sở Thông tin và Truyền thông (đồng chí Phạm Hồng Quảng, Giám "
    "đốc);",
    "phó khối": "- Phó khối: Sở Giáo dục và Đào tạo;",
    "các thành viên": "- Các thành viên: Sở Lao động - Thương binh và Xã hội; Sở Y tế; Sở Văn hóa, Thể thao và Du "
    "lịch; Đài Phát thanh - Truyền hình Quảng Nam; Báo Quảng Nam.",
    "phong trào nông thôn mới": "“Quảng Nam chung sức xây dựng nông thôn mới” giai đoạn 2016 - 2020",
    "phong trào vì người nghèo": "“Quảng Nam chung tay vì người nghèo - không để ai bị bỏ lại phía sau” giai đoạn "
    "2016 - 2020",
    "đợt thi đua đặc biệt": "- Đợt thi đua đặc biệt chào mừng Đại hội Đảng các cấp, tiến tới Đại hội Đảng bộ tỉnh "
    "lần thứ XXII và Đại hội XIII của Đảng.",
    "không có đơn thư": "không có đơn thư khiếu nại, tố cáo về công tác thi đua, khen thưởng.",
    "Báo Quảng Nam: giấy khen của Tổng Biên tập": "Báo Quảng Nam | Giấy khen | Tổng Biên tập Báo Quảng Nam | 01 tập"
    " thể, 10 cá nhân",
    "Báo Quảng Nam: giấy khen của Ban Tuyên giáo": "Giấy khen | Ban Tuyên giáo | 01 cá nhân | Thành tích trong "
    "phòng, chống dịch Covid-19 | Đã tặng",
    "Báo Quảng Nam: phóng viên tiêu biểu": "Ban Tuyên giáo Trung ương | 01 cá nhân | Phóng viên tiêu biểu xuất sắc "
    "| Đã tặng",
    "Đài: 3 tập thể, 12 cá nhân": "Đài Phát thanh - Truyền hình Quảng Nam | Bằng khen | Chưa rõ | 03 tập thể, 12 cá"
    " nhân",
    "Đài: tuyên truyền Covid-19": "Thành tích xuất sắc trong công tác tuyên truyền phòng, chống dịch Covid-19 | Đã "
    "tặng",
    "Sở LĐ-TB&XH: an toàn vệ sinh lao động": "Ủy ban nhân dân tỉnh | 03 tập thể | Thành tích xuất sắc trong công "
    "tác an toàn vệ sinh lao động năm 2019 | Đã đề nghị",
    "Sở LĐ-TB&XH: nhà bia": "01 tập thể | Thành tích xuất sắc trong việc xây dựng công trình Nhà bia ghi danh liệt "
    "sỹ quê hương tỉnh Thanh Hóa hy sinh trong kháng chiến tại tỉnh Quảng Nam | Đã đề nghị",
    "Sở TT&TT: bằng khen của Bộ": "Bộ Thông tin và Truyền thông | 02 cá nhân | - | Đã tặng",
    "Sở TT&TT: đề nghị UBND tỉnh": "Ủy ban nhân dân tỉnh | 02 tập thể, 02 cá nhân | Thành tích trong công tác cải "
    "cách hành chính và công tác phòng, chống dịch Covid-19 | Đã đề nghị",
    "Sở VH-TT&DL: toàn dân đoàn kết": "27 gia đình, 32 thôn/khối phố, 36 cơ quan, 02 doanh nghiệp, 01 xã, 02 phường"
    " | Phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa” năm 2019 | Đã đề nghị",
    "Sở VH-TT&DL: cải cách hành chính, Covid-19": "03 tập thể, 04 cá nhân | Thành tích trong công tác cải cách hành"
    " chính và công tác phòng, chống dịch Covid-19 | Đã đề nghị",
    "Sở Y tế: nhiều tập thể, cá nhân": "Thủ tướng Chính phủ | Nhiều tập thể, nhiều cá nhân | Thành tích xuất sắc "
    "trong công tác phòng, chống dịch Covid-19 trên địa bàn tỉnh | Đã đề nghị",
    "tổng số được khen": "Tổng số đã được khen thưởng: 04 tập thể, 26 cá nhân.",
    "tổng số đề nghị": "09 tập thể, 06 cá nhân; 27 gia đình, 32 thôn/khối phố, 36 cơ quan, 02 doanh nghiệp, 01 xã, "
    "02 phường.",
}
MID_YEAR = BOTH | {
    "ngày họp, người chủ trì": "Hội nghị sơ kết 6 tháng đầu năm được tổ chức ngày 17 tháng 7 năm 2020, do đồng chí "
    "Phạm Hồng Quảng, Giám đốc Sở Thông tin và Truyền thông chủ trì.",
    "thành viên Hội đồng theo dõi dự": "Khách mời: Đại diện thành viên Hội đồng Thi đua - Khen thưởng tỉnh theo dõi"
    " Khối.",
    "thống nhất phương hướng": "Thống nhất phương hướng triển khai nhiệm vụ thi đua, khen thưởng 6 tháng cuối năm "
    "2020.",
    "tham mưu cơ chế chính sách": "Các đơn vị tham mưu cơ chế, chính sách trên địa bàn tỉnh",
    "cải cách hành chính, tiết kiệm": "cải cách thể chế, cải cách hành chính, thực hành tiết kiệm, chống tham ô, "
    "lãng phí.",
    "chương trình công tác, giao ước": "Từ đầu năm, các đơn vị ban hành chương trình công tác, phát động phong trào"
    " thi đua",
    "quy chế, cụm thi đua cấp huyện": "ban hành Quy chế hoạt động thi đua, hướng dẫn các cụm thi đua",
    "thẩm định hồ sơ công khai": "công khai, minh bạch, đúng quy định, quan tâm chuyên viên, nhân viên và người lao"
    " động",
    "khó khăn, vướng mắc": "Hội nghị đã nêu các khó khăn, vướng mắc khi thực hiện nhiệm vụ",
    "phương hướng 6 tháng cuối năm": "Triển khai nhiệm vụ thi đua, khen thưởng 6 tháng cuối năm 2020",
}
ANNUAL = BOTH | {
    "ngày họp tổng kết": "Hội nghị tổng kết năm được tổ chức ngày 02 tháng 3 năm 2021.",
    "kinh tế - xã hội, quốc phòng, an ninh": "thi đua phát triển kinh tế - xã hội, bảo đảm quốc phòng, an ninh",
    "công nghệ thông tin, nông thôn mới": "ứng dụng công nghệ thông tin trong chỉ đạo, điều hành; phối hợp thực "
    "hiện chương trình mục tiêu quốc gia xây dựng nông thôn mới.",
    "đền ơn đáp nghĩa, an sinh": "đền ơn đáp nghĩa và công tác an sinh xã hội.",
    "quốc phòng, quân sự, tự vệ": "Tất cả các đơn vị hoàn thành tốt nhiệm vụ quốc phòng, quân sự, tự vệ.",
    "an toàn về an ninh trật tự": "được công nhận đạt tiêu chuẩn “An toàn về an ninh trật tự”.",
    "đánh giá, chấm điểm": "Đánh giá kết quả công tác thi đua, khen thưởng và chấm điểm thi đua năm 2020;",
    "Cờ Chính phủ": "- Đề nghị tặng Cờ thi đua của Chính phủ cho 01 đơn vị: Sở Lao động - Thương binh và Xã hội;",
    "Cờ UBND tỉnh": "- Đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh cho 02 đơn vị: Đài Phát thanh - Truyền hình"
    " Quảng Nam; Sở Thông tin và Truyền thông.",
    "phát động, ký giao ước 2021": "Phát động thi đua chào mừng các ngày lễ lớn và ký giao ước thi đua năm 2021.",
}
FACTS = {"mid-year": MID_YEAR, "annual": ANNUAL}


@pytest.fixture
def year(db: None) -> BlocYear:
    call_command("load_demo", stdout=StringIO())
    return BlocYear.objects.get(bloc__code="qn-tham-muu-iii", year=2020)


def words_of(paper: Paper) -> str:
    """All that the paper says, a row of a table with bars between its cells."""
    blocks = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    return "\n".join(line for block in blocks for line in lines_of(block))


def lines_of(block: Any) -> Iterator[str]:
    if block.block == "table":
        yield from (" | ".join(row.cells) for row in block.rows)
    else:
        yield getattr(block, "text", "")


@pytest.mark.parametrize("kind", ["mid-year", "annual"])
def test_each_fact_of_the_article_stands_in_the_review(year: BlocYear, kind: str) -> None:
    review = BlocReview.objects.get(bloc_year=year, kind=kind)
    compile_review(review, actor=User.objects.get(email="thuky@demo.vn"))

    paper = paper_of(PAPER_OF_REVIEW[ReviewKind(kind)], year)

    said = words_of(paper)
    assert [fact for fact, words in FACTS[kind].items() if words not in said] == []


@pytest.mark.parametrize("kind", ["mid-year", "annual"])
def test_no_sentence_and_no_name_of_the_year_file_is_lost(year: BlocYear, kind: str) -> None:
    """The list above by hand, this one by the file: whatever it holds for the review."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    said = words_of(paper_of(PAPER_OF_REVIEW[ReviewKind(kind)], year))

    lost = [words for words in held(told, kind) if words not in said]

    assert lost == []


def held(told: dict[str, Any], kind: str) -> Iterator[str]:
    """Words of the year file that belong into the review of ``kind``."""
    names = {each["code"]: each["name"] for each in told["agencies"]}
    yield from (names[each["agency"]] for each in told["members"])
    yield from (each["name"] for each in told["movements"])
    for section in told["narrative"][kind.replace("-", "_")].values():
        yield from section
    meeting = next(each for each in told["conferences"] if each["kind"] == f"{kind}-review")
    yield from (line.rstrip(" .") for line in meeting["conclusions"])
    yield from (meeting.get("guests") or [])
    for row in told["commendations"]:
        yield from (words for words in (row["issuer"], row["reason"], names[row["agency"]]) if words)
    if kind == "annual":
        yield from (names[each["agency"]] for each in told["proposals"])


def test_the_printed_review_shows_tables_and_charts(year: BlocYear) -> None:
    text = text_of(render_pdf("mid-year-review", year))

    assert "Tổng hợp khen thưởng theo đơn vị" in text
    assert "Biểu đồ: Số tập thể, cá nhân đã được khen thưởng của từng đơn vị" in text
    assert "Biểu đồ: Số tập thể, cá nhân đã đề nghị khen thưởng của từng đơn vị" in text


def test_sums_by_agency_and_form_keep_many_a_word(year: BlocYear) -> None:
    paper = paper_of("mid-year-review", year)
    tables = {block.caption: block for block in paper.blocks if block.block == "table"}

    by_agency = {row.cells[1]: row.cells[2:] for row in tables["Tổng hợp khen thưởng theo đơn vị"].rows}

    assert by_agency == {
        "Báo Quảng Nam": ("01", "12", "-", "-", "-", "-"),
        "Đài Phát thanh - Truyền hình Quảng Nam": ("03", "12", "-", "-", "-", "-"),
        "Sở Lao động - Thương binh và Xã hội": ("-", "-", "-", "04", "-", "-"),
        "Sở Thông tin và Truyền thông": ("-", "02", "-", "02", "02", "-"),
        "Sở Văn hóa, Thể thao và Du lịch": ("-", "-", "-", "03", "04", "100"),
        "Sở Y tế": ("-", "-", "-", "nhiều", "nhiều", "-"),
    }


def test_a_chart_draws_no_bar_for_what_is_not_counted(year: BlocYear) -> None:
    charts = [block for block in paper_of("mid-year-review", year).blocks if block.block == "chart"]

    assert [chart.bars for chart in charts] == [
        (
            ("Báo Quảng Nam", "13"),
            ("Đài Phát thanh - Truyền hình Quảng Nam", "15"),
            ("Sở Thông tin và Truyền thông", "2"),
        ),
        (
            ("Sở Lao động - Thương binh và Xã hội", "4"),
            ("Sở Thông tin và Truyền thông", "4"),
            ("Sở Văn hóa, Thể thao và Du lịch", "7"),
            ("Sở Y tế", "chưa có số liệu"),
        ),
    ]
    assert all("<script" not in chart.svg and "href" not in chart.svg for chart in charts)
