"""Statutory forms with their rows, and a list read for the agenda, in the browser: on a desk and on a phone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.agenda_file_world import row, sheet
from tests.council_decisions_world import empty_draft, issued
from tests.council_world import appraised_dossier, council_session
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})


def test_a_number_of_a_form_leads_to_its_rows(
    page: Page, live_server: Any, sign_in: Callable[[str], None], accessible: Callable[[], None], console: list[str]
) -> None:
    world = build_world()
    issued(world, empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An", year=2026), on=date(2026, 1, 5))
    sign_in("standing")
    forms = f"{live_server.url}/hoi-dong/thong-ke/{world.council.pk}/bieu"

    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for code in ("0601", "0602", "0604", "0605"):
            page.goto(f"{forms}/{code}/?nam=2026")
            accessible()
        page.goto(f"{forms}/0605/nhap/?nam=2026")
        accessible()
        page.goto(f"{forms}/0603/?nam=2026")
        accessible()
        page.get_by_role("row", name="Cá nhân 05 Người").get_by_role("link", name="2").first.click()
        expect(page.get_by_text("Đỗ Thị An")).to_be_visible()
        accessible()


def test_a_list_is_read_back_before_it_becomes_the_agenda(
    page: Page,
    live_server: Any,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    console: list[str],
    tmp_path: Path,
) -> None:
    world = build_world()
    dossier = appraised_dossier(world, 1, "cstd-tinh")
    case, session = dossier.nominations.get(), council_session(world)
    wrong, asked = tmp_path / "sai.xlsx", tmp_path / "hoi.xlsx"
    wrong.write_bytes(sheet(row("Không Có Ai")).read())
    asked.write_bytes(sheet(row(case.name, unit="Đơn vị ghi khác")).read())
    sign_in("standing")

    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for path in (wrong, asked):
            page.goto(f"{live_server.url}/hoi-dong/phien/{session.pk}/noi-dung/nhap/")
            accessible()
            page.get_by_label("Danh sách đề nghị (Excel)").set_input_files(path)
            page.get_by_role("button", name="Đọc tệp và xem trước").click()
            expect(page.get_by_role("heading", name=f"Xem trước «{path.name}»")).to_be_visible()
            accessible()
    page.get_by_label("Dòng 2").select_option(str(case.pk))
    page.get_by_role("button", name="Đưa 1 trường hợp vào nội dung").click()

    expect(page.get_by_text("Đã đưa 1 trường hợp từ tệp")).to_be_visible()
    accessible()
    assert session.items.get().nomination == case
