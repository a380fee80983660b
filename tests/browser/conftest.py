"""A real Chromium on a real server: Debian's browser, silent console, axe on every page."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page

from tests.factories import PASSWORD

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    }


@pytest.fixture
def console(page: Page) -> Iterator[list[str]]:
    """What the browser complained about; a test that uses it ends with none."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text} ({message.location['url']})"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    yield said
    assert said == []


@pytest.fixture(autouse=True)
def quiet_at_the_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages where texts are written tell that they are open: that has ended before the tables are emptied."""
    if not {"page", "transactional_db"} <= set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    page: Page = request.getfixturevalue("page")
    yield
    writing = not page.is_closed() and "/bao-cao" in page.url
    page.close()
    if writing:
        time.sleep(0.4)


@pytest.fixture
def sign_in(page: Page, live_server: Any, transactional_db: None) -> Callable[[str], None]:
    """Sign in as a persona of the world through the real form, however often others have just done so."""

    def act(name: str) -> None:
        cache.clear()  # the limit of tries stands in a table that no test empties
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
        page.fill("input[name=login]", f"{name}@example.vn")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{live_server.url}/")

    return act


@pytest.fixture
def accessible(page: Page) -> Callable[[], None]:
    """axe finds nothing on the present page, and it does not scroll sideways."""
    axe = Axe()

    def check() -> None:
        found = axe.run(page).response["violations"]
        assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, page.url

    return check
