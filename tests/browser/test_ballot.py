"""A secret ballot on a phone: without a script, by keyboard alone, and read by axe."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from scoring.models import PollVoter
from tests.factories import PASSWORD
from tests.polling_world import Electorate, build_electorate, voter_of, votes_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE: Any = {"width": 390, "height": 844}


@pytest.fixture
def seven(transactional_db: None) -> Electorate:
    return build_electorate(7)


def signed_in(page: Page, address: str, email: str) -> Page:
    page.goto(f"{address}/tai-khoan/dang-nhap/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    return page


def test_a_voter_votes_on_a_phone_by_keyboard_without_a_script(
    browser: Browser, live_server: Any, seven: Electorate
) -> None:
    poll = seven.opened()
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = signed_in(context.new_page(), live_server.url, seven.leaders[3].email)

    page.get_by_role("link", name="vòng 1 (Đơn vị 03)").press("Enter")
    page.get_by_label("Đơn vị 00").press("Space")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Tiếp tục").press("Enter")
    expect(page.get_by_label("Lựa chọn của bạn")).to_contain_text("Đơn vị 01")
    page.get_by_role("button", name="Chọn lại").press("Enter")
    expect(page.get_by_label("Đơn vị 01")).to_be_checked()
    page.get_by_role("button", name="Tiếp tục").press("Enter")
    page.get_by_role("button", name="Bỏ phiếu", exact=True).press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Đã bỏ phiếu.")
    receipt = page.locator(".ballot-receipt").inner_text()
    context.close()

    assert voter_of(poll, seven.agencies[3]).has_voted
    for number in (0, 1):
        seven.cast(poll, number, 1)
    seven.close(poll)
    assert votes_of(poll) == {"dv00": 0, "dv01": 3, "dv02": 0}
    assert receipt in poll.receipts


def test_pages_of_a_vote_fit_a_phone_and_have_no_fault(
    page: Page, live_server: Any, seven: Electorate, accessible: Callable[[], None], console: list[str]
) -> None:
    closed, opened = seven.opened(), seven.opened(award="co-chinh-phu")
    for number in range(6):
        seven.cast(closed, number, 0)
    seven.close(closed)
    own = PollVoter.objects.get(poll=opened, agency=seven.agencies[0])
    page.set_viewport_size(PHONE)
    signed_in(page, live_server.url, seven.leaders[0].email)

    for path in (
        f"khoi/{seven.year.pk}/bo-phieu/",
        f"khoi/{seven.year.pk}/bo-phieu/chuan-bi/",
        f"bo-phieu/{closed.pk}/",
        f"bo-phieu/{opened.pk}/",
        f"bo-phieu/{opened.pk}/co-mat/",
        f"bo-phieu/{opened.pk}/phieu/{own.pk}/",
    ):
        page.goto(f"{live_server.url}/{path}")
        accessible()
