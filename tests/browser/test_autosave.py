"""The editor in a real browser: it saves by itself, tells of a second writer, and keeps what a lost session left."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reports.domain.passages import save_passage
from reports.models import BlocReview, Passage
from tests.factories import BlocReviewFactory, PassageFactory
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "#soan-lessons"
STATUS = "#muc-lessons .editor-status"
SAVED = f"{STATUS} .saved-at"


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def review(world: World, sign_in: Callable[[str], None], page: Page, live_server: Any) -> BlocReview:
    made = BlocReviewFactory(bloc_year=world.year)
    PassageFactory(review=made, section="lessons", text="Bản đầu.", version=1)
    sign_in("secretary")
    page.goto(f"{live_server.url}/bao-cao-khoi/{made.pk}/")
    return made


def stored(review: BlocReview) -> tuple[str, int]:
    passage = Passage.objects.get(review=review, section="lessons")
    return passage.text, passage.version


def kept(page: Page) -> int:
    """How many unsaved texts this browser keeps."""
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ktd-ban-nhap')).length"))


def test_typing_is_saved_by_itself_and_the_next_save_knows_its_version(
    page: Page, review: BlocReview, console: list[str]
) -> None:
    page.fill(TEXT, "Bản hai.")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")
    expect(page.locator("#phien-ban-lessons")).to_have_value("2")
    page.fill(TEXT, "Bản ba.")
    expect(page.locator("#phien-ban-lessons")).to_have_value("3")

    assert stored(review) == ("Bản ba.", 3)
    assert kept(page) == 0


def test_a_second_writer_is_told_and_chooses(
    page: Page, review: BlocReview, world: World, accessible: Callable[[], None]
) -> None:
    save_passage(review, "lessons", "Bản của trưởng khối.", actor=world.person("head_leader"), version=1)

    page.fill(TEXT, "Bản của thư ký.")
    expect(page.locator(f"{STATUS} .their-text").first).to_have_text("Bản của trưởng khối.")
    accessible()
    assert (stored(review), kept(page)) == (("Bản của trưởng khối.", 2), 1)
    page.click("text=Ghi đè bằng bản của tôi")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")

    assert (stored(review), kept(page)) == (("Bản của thư ký.", 3), 0)


def test_giving_way_brings_the_other_text(page: Page, review: BlocReview, world: World) -> None:
    save_passage(review, "lessons", "Bản của trưởng khối.", actor=world.person("head_leader"), version=1)

    page.fill(TEXT, "Bản của thư ký.")
    page.click("text=Bỏ bản của tôi")
    expect(page.locator(TEXT)).to_have_text("Bản của trưởng khối.")
    # htmx wakes the new editor 20 ms after it stands there: faster than a person, slower than a test.
    expect(page.locator(".htmx-added, .htmx-settling")).to_have_count(0)
    page.fill(TEXT, "Sửa tiếp trên bản đó.")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")

    assert (stored(review), kept(page)) == (("Sửa tiếp trên bản đó.", 3), 0)


def test_text_typed_after_the_session_ended_is_offered_back(
    page: Page, review: BlocReview, sign_in: Callable[[str], None], live_server: Any
) -> None:
    page.context.clear_cookies(name="sessionid")

    page.fill(TEXT, "Gõ khi đã mất phiên.")
    page.wait_for_url(re.compile("/tai-khoan/dang-nhap/"))
    sign_in("secretary")
    page.goto(f"{live_server.url}/bao-cao-khoi/{review.pk}/")
    page.click("text=Khôi phục nội dung chưa lưu")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")

    assert (stored(review), kept(page)) == (("Gõ khi đã mất phiên.", 2), 0)


def test_another_person_at_the_same_browser_is_offered_nothing(
    page: Page, review: BlocReview, sign_in: Callable[[str], None], live_server: Any
) -> None:
    page.context.clear_cookies(name="sessionid")
    page.fill(TEXT, "Gõ khi đã mất phiên.")
    page.wait_for_url(re.compile("/tai-khoan/dang-nhap/"))

    sign_in("head_leader")
    page.goto(f"{live_server.url}/bao-cao-khoi/{review.pk}/")

    expect(page.locator(TEXT)).to_have_text("Bản đầu.")
    expect(page.locator(".draft-offer")).to_have_count(0)
