"""One bloc-year in the browser: an officer fills in and signs, the secretary compiles and issues."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from blocs.models import Agency, Appointment, Membership, PledgeSignature
from reports.models import AgencyReport, IssuedDocument, Passage
from scoring.models import ScoreLine, ScoreSheet
from tests.factories import (
    CommendationFactory,
    CriteriaSetFactory,
    CriterionFactory,
    PledgeFactory,
    RecipientCountFactory,
    ScoreLineFactory,
    ScoreSheetFactory,
    TargetFactory,
)
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(transactional_db: None) -> World:
    """A running year: an officer who may sign, an open pledge, a sheet to fill, commendations to count."""
    world = build_world()
    Appointment.objects.filter(agency=world.syt, duty="officer").update(signs=True)
    Membership.objects.filter(bloc_year=world.year, role="head").update(
        person="Trần Thị Người Ký", person_title="Giám đốc"
    )
    Agency.objects.filter(pk=world.stttt.pk).update(symbol="STTTT")
    pledge = PledgeFactory(bloc_year=world.year, state="open_for_signature", theme="Thi đua hoàn thành nhiệm vụ")
    TargetFactory(pledge=pledge, agency=world.syt, name="Hồ sơ đúng hạn", plan=98)
    criteria = CriteriaSetFactory(bloc_year=world.year, scale=100)
    CriterionFactory(criteria_set=criteria, code="A", name="Hoàn thành nhiệm vụ", max_points=60, position=0)
    CriterionFactory(
        criteria_set=criteria, code="B", kind="quantitative", formula="proportional", max_points=40, position=1
    )
    sheet = ScoreSheetFactory(bloc_year=world.year, criteria_set=criteria, agency=world.syt)
    ScoreLineFactory(sheet=sheet, criterion=criteria.criteria.get(code="B"), plan=100)
    award = CommendationFactory(bloc_year=world.year, agency=world.syt, status="proposed", award="bk-tinh")
    RecipientCountFactory(commendation=award, kind="individual", count=7)
    return world


def test_officer_and_secretary_play_the_half_year(
    page: Page,
    live_server: Any,
    scene: World,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    console: list[str],
) -> None:
    year = f"{live_server.url}/khoi/{scene.year.pk}/"
    page.on("dialog", lambda dialog: dialog.accept())

    sign_in("officer")
    accessible()
    write_report(page, year, accessible)
    fill_sheet(page, live_server.url, accessible)
    sign_pledge(page, year, accessible)

    sign_in("head_leader")
    compile_and_issue(page, year, accessible)
    download(page, accessible)


def write_report(page: Page, year: str, accessible: Callable[[], None]) -> None:
    page.goto(f"{year}bao-cao/")
    accessible()
    page.get_by_role("button", name="Viết báo cáo").first.click()
    accessible()
    page.locator("#soan-achievements").fill("Khám, chữa bệnh cho 120.000 lượt người.")
    expect(page.locator(".editor-status").first).to_contain_text("lưu lúc", timeout=10_000)
    # Leaving the box saves once more: that answer must have come before the report is closed for writing.
    page.locator("#soan-achievements").blur()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Duyệt và gửi báo cáo").click()
    expect(page.locator("#thong-diep")).to_contain_text("duyệt và gửi báo cáo")

    report = AgencyReport.objects.get()
    assert report.state == "signed_off"
    assert report.passages.get(section="achievements").text == "Khám, chữa bệnh cho 120.000 lượt người."


def fill_sheet(page: Page, base: str, accessible: Callable[[], None]) -> None:
    page.goto(f"{base}/cham-diem/")
    accessible()
    page.get_by_role("link", name="Sở Y tế").click()
    accessible()
    page.get_by_label("Điểm tự chấm A").fill("58,5")
    page.get_by_label("Thực hiện").fill("50")
    page.get_by_role("button", name="Lưu phiếu").click()
    expect(page.locator("#thong-diep")).to_contain_text("Đã lưu phiếu chấm điểm")
    expect(page.locator(".figures")).to_contain_text("78,5")
    accessible()

    assert ScoreSheet.objects.get().state == "draft"
    assert ScoreLine.objects.count() == 2


def sign_pledge(page: Page, year: str, accessible: Callable[[], None]) -> None:
    page.goto(f"{year}giao-uoc/")
    accessible()
    page.get_by_role("button", name="Ký giao ước").click()
    expect(page.locator("#thong-diep")).to_contain_text("đã ký giao ước")
    accessible()

    assert PledgeSignature.objects.get().agency.code == "syt"


def compile_and_issue(page: Page, year: str, accessible: Callable[[], None]) -> None:
    page.goto(f"{year}bao-cao/")
    page.get_by_role("button", name="Soạn báo cáo của khối").first.click()
    accessible()
    page.get_by_role("button", name="Ghép vào cuối mục").first.click()
    expect(page.locator("#noi-dung-achievements")).to_have_value(
        Passage.objects.get(review__isnull=False, section="achievements").text
    )
    page.get_by_role("button", name="Duyệt báo cáo").click()
    expect(page.locator("#thong-diep")).to_contain_text("duyệt báo cáo")
    accessible()
    page.get_by_role("link", name="Ban hành").first.click()
    accessible()
    page.get_by_label("Tôi đã đọc bản dự thảo").check()
    page.get_by_role("button", name="Ban hành").click()
    expect(page.locator("#thong-diep")).to_contain_text("Đã ban hành")
    accessible()

    assert "120.000" in Passage.objects.get(review__isnull=False, section="achievements").text


def download(page: Page, accessible: Callable[[], None]) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải").first.click()
    content = waiting.value.path().read_bytes()

    document = IssuedDocument.objects.get()
    assert content[:5] == b"%PDF-"
    assert hashlib.sha256(content).hexdigest() == document.sha256
    assert document.kind == "mid-year-review"


PAGES = (
    "",
    "thong-tin/",
    "thanh-vien/",
    "giao-uoc/",
    "phong-trao/",
    "phong-trao/them/",
    "hoi-nghi/",
    "hoi-nghi/them/",
    "don-thu/",
    "don-thu/them/",
    "khen-thuong/",
    "khen-thuong/them/",
    "tieu-chi/",
    "bang-diem/",
    "de-nghi/",
    "de-nghi/them/",
    "bo-phieu/",
    "bao-cao/",
    "ban-giao/",
)
WIDE = (
    "/", "/thong-bao/", "/khoi/", "/cham-diem/", "/bao-cao/", "/van-ban/", "/tra-cuu/?q=so+y+te", "/danh-muc/don-vi/",
    "/xac-minh/", "/tai-khoan/xac-thuc-hai-lop/", "/tai-khoan/doi-mat-khau/", "/khong-co-trang-nay/",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["secretary", "standing"])
def test_axe_finds_nothing_on_any_room(
    page: Page,
    live_server: Any,
    scene: World,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    name: str,
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(name)
    for path in [*(f"/khoi/{scene.year.pk}/{each}" for each in PAGES), *WIDE]:
        page.goto(f"{live_server.url}{path}")
        accessible()


def test_every_room_works_without_javascript(browser: Any, live_server: Any, scene: World) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
    page.fill("input[name=login]", "officer@example.vn")
    page.fill("input[name=password]", "mat-khau-thu-nghiem")
    page.click("main button[type=submit]")

    page.goto(f"{live_server.url}/khoi/{scene.year.pk}/bao-cao/")
    page.get_by_role("button", name="Viết báo cáo").first.click()
    page.locator("#noi-dung-achievements").fill("Viết khi không có JavaScript.")
    page.get_by_role("button", name="Lưu mục này").first.click()

    assert Passage.objects.get(text="Viết khi không có JavaScript.").section == "achievements"
    context.close()
