"""Paying rewards and keeping the fund in the browser, on a desk and on a phone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from council.domain.money.fund_writing import add_spending, set_plan
from council.models import DecisionLine
from tests.council_decisions_world import empty_draft, issued
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGES = ("chi-tien/", "chi-tien/ghi-chi/?tatca=1", "quy/", "quy/2026/", "quy/2026/du-toan/", "quy/2026/khoan-chi/moi/")


def test_the_standing_body_pays_and_keeps_the_fund(
    page: Page, live_server: Any, sign_in: Callable[[str], None], accessible: Callable[[], None], console: list[str]
) -> None:
    world = build_world()
    actor = world.person("standing")
    issued(world, empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An", year=2026), on=date(2026, 1, 5))
    set_plan(world.council, 2026, fields={"planned": 500_000_000, "basis": "QĐ 12/QĐ-UBND", "note": ""}, actor=actor)
    spending = {"kind": "movement", "spent_on": date(2026, 1, 6), "amount": 30_000_000, "document": "UNC 7"}
    add_spending(world.council, 2026, fields=spending | {"content": "Hội nghị sơ kết phong trào"}, actor=actor)
    sign_in("standing")

    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for path in PAGES:
            page.goto(f"{live_server.url}/hoi-dong/{path}")
            accessible()
    page.goto(f"{live_server.url}/hoi-dong/chi-tien/")
    page.get_by_label("Trần Văn Bảy").check()
    page.get_by_role("button", name="Ghi đã chi các trường hợp đã chọn").click()
    page.get_by_label("Ngày chi").fill("06/01/2026")
    page.get_by_label("Chứng từ chi").fill("UNC 125")
    page.get_by_role("button", name="Ghi đã chi").click()

    expect(page.get_by_text("Đã ghi chi 1 trường hợp.")).to_be_visible()
    expect(page.get_by_text("Chi 06/01/2026, UNC 125.")).to_be_visible()
    accessible()
    assert DecisionLine.objects.get(name="Trần Văn Bảy").paid_on == date(2026, 1, 6)
    assert timezone.localdate() >= date(2026, 1, 6)
