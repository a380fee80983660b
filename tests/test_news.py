"""Tin hội nghị: drafted from the records without a wrong number, edited, copied, issued as text and papers."""

import re
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

import reports.demo
from blocs.models import BlocYear
from reports.documents import news
from reports.documents.news_text import draft, title_of, word_count
from reports.documents.registry import paper_of, render_docx, render_pdf
from reports.domain.news import StaleNews, save_news
from reports.models import PaperText
from tests.factories import BlocYearFactory, ConferenceFactory
from tests.papers_world import build_bloc_year
from tests.pdf_reading import text_of
from tests.world import World

FILE = Path(reports.demo.__file__).parent / "qn-tham-muu-iii-2020.yaml"
NUMBER = re.compile(r"\d+")


@pytest.fixture
def year(db: None, capsys: pytest.CaptureFixture[str]) -> BlocYear:
    call_command("load_demo")
    return BlocYear.objects.get(bloc__code="qn-tham-muu-iii", year=2020)


def item(year: BlocYear, kind: str) -> str:
    return draft(news.collect(year, kind))


def known_numbers() -> set[int]:
    """Numbers of the year file, and the sums and counts that this test makes of them itself."""
    raw = FILE.read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.safe_load(raw)
    found = {int(each) for each in NUMBER.findall(raw)} | {len(told["members"]), len(told["movements"])}
    for status in ("awarded", "proposed"):
        rows = [row for row in told["commendations"] if row["status"] == status]
        for group in (rows, *([row for row in rows if row["agency"] == code] for code in {r["agency"] for r in rows})):
            for kind in {kind for row in group for kind in row["recipients"]}:
                found.add(sum(row["recipients"].get(kind) or 0 for row in group))
    awards = [each["award"] for each in told["proposals"]]
    return found | {awards.count(award) for award in awards}


@pytest.mark.parametrize("kind", ["mid-year", "annual"])
def test_no_number_of_the_item_is_missing_from_the_records(year: BlocYear, kind: str) -> None:
    facts = news.collect(year, kind)
    numbers = {int(each) for each in NUMBER.findall(f"{title_of(facts)}\n{draft(facts)}")}

    assert numbers - known_numbers() == set()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (
            "mid-year",
            (
                "Ngày 17/7/2020, Khối thi đua các cơ quan tham mưu III tổ chức hội nghị sơ kết",
                "Đồng chí Phạm Hồng Quảng, Giám đốc Sở Thông tin và Truyền thông chủ trì hội nghị.",
                "đại diện thành viên Hội đồng Thi đua - Khen thưởng tỉnh theo dõi Khối",
            ),
        ),
        (
            "annual",
            (
                "Ngày 2/3/2021, Khối thi đua các cơ quan tham mưu III tổ chức hội nghị tổng kết",
                "Khối thống nhất đề nghị tặng Cờ thi đua của Chính phủ cho 01 đơn vị (Sở Lao động - Thương binh và Xã "
                "hội); Cờ thi đua của Ủy ban nhân dân tỉnh cho 02 đơn vị (Đài Phát thanh - Truyền hình Quảng Nam; Sở "
                "Thông tin và Truyền thông).",
                "ký giao ước thi đua năm 2021",
                "số liệu đã tổng hợp của 6 tháng đầu năm 2020",
            ),
        ),
    ],
)
def test_the_item_names_head_deputy_members_movements_and_results(
    year: BlocYear, kind: str, told: tuple[str, ...]
) -> None:
    text = item(year, kind)

    for words in (
        "Khối có 07 đơn vị thành viên, do Sở Thông tin và Truyền thông làm trưởng khối và Sở Giáo dục và Đào tạo làm "
        "phó khối",
        *("Sở Lao động - Thương binh và Xã hội", "Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch"),
        *("Đài Phát thanh - Truyền hình Quảng Nam", "Báo Quảng Nam"),
        "03 phong trào, đợt thi đua",
        "“Quảng Nam chung sức xây dựng nông thôn mới” giai đoạn 2016 - 2020",
        "không để ai bị bỏ lại phía sau",
        "đợt thi đua đặc biệt chào mừng Đại hội Đảng các cấp",
        "04 tập thể, 26 cá nhân được khen thưởng",
        "09 tập thể, 06 cá nhân; 27 gia đình, 32 thôn/khối phố, 36 cơ quan, 02 doanh nghiệp, 01 xã, 02 phường",
        "Sở Y tế đã đề nghị Bằng khen của Thủ tướng Chính phủ cho nhiều tập thể, nhiều cá nhân",
        "không có đơn thư khiếu nại",
        *told,
    ):
        assert words in text
    assert 200 <= word_count(text) <= 400


def test_what_is_not_on_record_is_left_out(year: BlocYear) -> None:
    text = item(year, "annual")

    assert not re.search(r"chưa (có|rõ)|None|lúc \d|tại , ", text)
    assert "chủ trì" not in text  # the article does not say who chaired
    assert "dẫn đầu" not in text


def test_a_year_without_records_yields_no_item(db: None) -> None:
    year = BlocYearFactory()

    assert item(year, "annual") == ""
    assert news.NOTHING in [block.text for block in paper_of("news", year).blocks]


def test_time_place_and_attendance_are_told_once_they_are_known(world: World) -> None:
    meeting = ConferenceFactory(
        bloc_year=world.year,
        kind="annual-review",
        held_on=date(2021, 1, 5),
        starts=time(8, 30),
        place="Hội trường Sở Y tế",
        attendance_listed=True,
    )
    meeting.attendances.create(agency=world.syt, level="leader")

    text = item(world.year, "annual")

    assert "Ngày 5/1/2021, lúc 08 giờ 30 phút, tại Hội trường Sở Y tế, Khối tham mưu III tổ chức" in text
    assert "Có 01/04 đơn vị thành viên dự họp; vắng:" in text


def test_the_secretariat_edits_and_goes_back_to_the_draft(client: Client, world: World) -> None:
    ConferenceFactory(bloc_year=world.year, kind="annual-review", held_on=date(2021, 1, 5))
    url = f"/khoi/{world.year.pk}/tin-hoi-nghi/annual/"
    client.force_login(world.person("secretary"))

    client.post(url, {"text": "Tin **của khối** có bảy từ.", "version": 0})
    own = client.get(url).content.decode()
    text = client.get(f"{url}tin.txt").content.decode()
    client.post(url, {"text": "bỏ qua", "version": 1, "draft": "1"})
    back = client.get(url).content.decode()

    assert "Hiện có 6 từ" in own
    assert text == f"{title_of(news.collect(world.year, 'annual'))}\n\nTin của khối có bảy từ.\n"
    assert "Ngày 5/1/2021" in back
    assert PaperText.objects.get().text == ""


def test_two_writers_of_one_item_do_not_overwrite_each_other(client: Client, world: World) -> None:
    save_news(world.year, "annual", "Bản của lãnh đạo.", version=0, actor=world.person("head_leader"))
    client.force_login(world.person("secretary"))

    page = client.post(f"/khoi/{world.year.pk}/tin-hoi-nghi/annual/", {"text": "Bản của thư ký.", "version": 0})

    assert page.status_code == 409
    assert "Bản của lãnh đạo." in page.content.decode()
    assert "Bản của thư ký." in page.content.decode()
    with pytest.raises(StaleNews):
        save_news(world.year, "annual", "Khác nữa.", version=0, actor=world.person("secretary"))


@pytest.mark.parametrize("name", ["officer", "standing", "observer", "stranger"])
def test_others_do_not_write_it(world: World, name: str) -> None:
    with pytest.raises(PermissionDenied):
        save_news(world.year, "annual", "Tin.", version=0, actor=world.person(name))


def test_markup_stays_text(client: Client, world: World) -> None:
    save_news(world.year, "annual", "<script>alert(1)</script>", version=0, actor=world.person("secretary"))
    client.force_login(world.person("secretary"))

    page = client.get(f"/khoi/{world.year.pk}/tin-hoi-nghi/annual/").content.decode()

    assert "<script>alert" not in page
    assert "<script>alert(1)</script>." in text_of(render_pdf("news", world.year, subject="annual"))


def test_the_paper_has_no_number_and_says_the_same(db: None) -> None:
    year = build_bloc_year()
    paper = paper_of("news", year, subject="mid-year")

    text = text_of(render_pdf("news", year, subject="mid-year"))

    assert (paper.letterhead.number, paper.letterhead.draft, paper.signature) == ("", False, None)
    assert "Số:" not in text
    for line in item(year, "mid-year").splitlines():
        assert line.split(";")[0][:60] in text
    assert render_docx("news", year, subject="mid-year")[:2] == b"PK"
