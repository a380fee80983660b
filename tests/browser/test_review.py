"""The bloc's review in a real browser: compiled, commented on by a member, answered, told as news."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reports.models import BlocReview, Passage, ReviewComment
from tests.factories import (
    AgencyReportFactory,
    BlocReviewFactory,
    CommendationFactory,
    ConferenceFactory,
    PassageFactory,
    RecipientCountFactory,
)
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def world(transactional_db: None) -> World:
    made = build_world()
    ConferenceFactory(bloc_year=made.year, kind="mid-year-review", held_on=date(2020, 7, 17))
    for code, count in (("syt", 4), ("sgddt", 2)):
        row = CommendationFactory(bloc_year=made.year, agency=getattr(made, code), issuer="Bộ Y tế")
        RecipientCountFactory(commendation=row, kind="individual", count=count)
    return made


@pytest.fixture
def review(world: World) -> BlocReview:
    made = BlocReviewFactory(bloc_year=world.year)
    report = AgencyReportFactory(bloc_year=world.year, agency=world.syt, state="signed_off")
    PassageFactory(report=report, review=None, section="lessons", text="Khám **100 ca**.\n| Chỉ số | Số |\n| Ca | 5 |")
    return made


def test_a_review_is_compiled_commented_on_and_answered(
    page: Page,
    live_server: Any,
    world: World,
    review: BlocReview,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    console: list[str],
) -> None:
    url = f"{live_server.url}{review.get_absolute_url()}"
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in("secretary")
    page.goto(url)
    page.get_by_role("button", name="Lập dự thảo từ báo cáo các đơn vị").click()
    expect(page.get_by_text("Đã lập dự thảo")).to_be_visible()
    Passage.objects.filter(report__isnull=False).update(text="Khám **120 ca**.")
    page.reload()
    expect(page.get_by_text("đã sửa sau khi ghép")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Lấy nội dung mới của Sở Y tế").click()
    page.goto(f"{url}lay-y-kien/")
    page.get_by_label("Lấy ý kiến đến hết ngày").fill("2099-01-01")
    page.get_by_role("button", name="Gửi lấy ý kiến").click()
    expect(page.get_by_text("Dự thảo đang lấy ý kiến")).to_be_visible()

    sign_in("officer")
    page.set_viewport_size(NARROW)
    page.goto(url)
    accessible()
    page.get_by_role("link", name="Góp ý dự thảo").click()
    page.get_by_label("Nội dung góp ý").fill("Nêu rõ số ca.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("cell", name="Nêu rõ số ca.")).to_be_visible()
    accessible()

    sign_in("secretary")
    page.goto(f"{url}gop-y/")
    page.get_by_role("link", name="Trả lời ý kiến của").click()
    page.get_by_label("Tiếp thu", exact=True).check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Tiếp thu.", exact=True)).to_be_visible()
    accessible()
    assert ReviewComment.objects.get().taken is True
    assert Passage.objects.get(review=review, section="lessons").text == "Sở Y tế:\nKhám **120 ca**."


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_the_preview_with_charts_and_the_news_fit_the_screen(
    page: Page,
    live_server: Any,
    world: World,
    review: BlocReview,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    console: list[str],
    size: Any,
) -> None:
    sign_in("secretary")
    page.set_viewport_size(size)
    page.goto(f"{live_server.url}{review.get_absolute_url()}?xem-truoc=1")
    expect(page.locator("svg.chart")).to_have_count(1)
    accessible()
    page.goto(f"{live_server.url}/khoi/{world.year.pk}/tin-hoi-nghi/mid-year/")
    accessible()
    page.get_by_label("Nội dung tin").fill("Tin của khối.")
    page.get_by_role("button", name="Lưu tin").click()
    expect(page.get_by_text("Hiện có 3 từ")).to_be_visible()
    expect(page.get_by_text("Nội dung do khối tự soạn")).to_be_visible()
    accessible()
