"""The report's editor in a real browser: formatting, saving by itself, lost networks and sessions, two at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from reports.domain.passages import save_passage
from reports.domain.presence import sign_of_life
from reports.models import AgencyReport, Passage, ReportRound, RoundFigure, RoundSection, RoundTable
from tests.factories import AgencyReportFactory, PassageFactory
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SURFACE = "#soan-lessons"
STATUS = "#muc-lessons .editor-status"
SAVED = f"{STATUS} .saved-at"
VERSION = "#phien-ban-lessons"


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def report(world: World, sign_in: Callable[[str], None], page: Page, live_server: Any) -> AgencyReport:
    made = AgencyReportFactory(bloc_year=world.year, agency=world.syt)
    PassageFactory(report=made, review=None, section="lessons", text="Bản đầu.", version=1)
    sign_in("leader")
    page.goto(f"{live_server.url}{made.get_absolute_url()}")
    return made


def stored(report: AgencyReport) -> tuple[str, int]:
    passage = Passage.objects.get(report=report, section="lessons")
    return passage.text, passage.version


def kept(page: Page) -> int:
    """How many unsaved texts this browser keeps."""
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ktd-ban-nhap')).length"))


def paste(page: Page, html: str, text: str) -> None:
    """What a clipboard with both kinds does to the surface that has the focus."""
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        [html, text],
    )


def test_typing_is_saved_with_the_second(page: Page, report: AgencyReport, console: list[str]) -> None:
    page.fill(SURFACE, "Bản hai.")
    expect(page.locator(SAVED)).to_have_text(re.compile(r"Đã lưu lúc \d\d:\d\d:\d\d"))
    expect(page.locator(VERSION)).to_have_value("2")
    page.locator(SURFACE).press_sequentially(" Thêm.")
    expect(page.locator(VERSION)).to_have_value("3")

    assert (stored(report), kept(page)) == (("Bản hai. Thêm.", 3), 0)


def test_bold_italic_and_lists_become_marks(
    page: Page, report: AgencyReport, console: list[str], accessible: Callable[[], None]
) -> None:
    page.locator(SURFACE).press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Control+b")
    page.keyboard.type("Đậm")
    page.keyboard.press("Control+b")
    page.keyboard.type(" và ")
    page.keyboard.press("Control+i")
    page.keyboard.type("nghiêng")
    page.keyboard.press("Control+i")
    page.keyboard.press("Enter")
    page.click("#muc-lessons >> text=Danh sách")
    page.keyboard.type("Một")
    page.keyboard.press("Enter")
    page.keyboard.type("Hai")
    expect(page.locator(VERSION)).to_have_value(re.compile("[2-9]"))
    expect(page.locator("#noi-dung-lessons")).to_have_value("**Đậm** và __nghiêng__\n- Một\n- Hai")
    accessible()
    page.set_viewport_size({"width": 390, "height": 844})
    accessible()
    page.wait_for_timeout(1500)
    page.reload()
    expect(page.locator(f"{SURFACE} b")).to_have_text("Đậm")
    expect(page.locator(f"{SURFACE} li")).to_have_text(["Một", "Hai"])

    assert stored(report)[0] == "**Đậm** và __nghiêng__\n- Một\n- Hai"


def test_a_table_grows_and_every_step_is_undone(page: Page, report: AgencyReport, console: list[str]) -> None:
    page.locator(SURFACE).press("Control+End")
    page.keyboard.press("Enter")
    page.get_by_role("toolbar", name="Định dạng: Bài học").get_by_text("Bảng", exact=True).click()
    page.locator(f"{SURFACE} th").first.click()
    page.click("#muc-lessons >> text=Thêm cột")
    page.locator(f"{SURFACE} td").first.click()
    page.click("#muc-lessons >> text=Thêm dòng")
    area = page.locator("#noi-dung-lessons")
    expect(area).to_have_value("Bản đầu.\n| Cột 1 | Cột 2 |  |\n|  |  |  |\n|  |  |  |\n|  |  |  |")
    page.locator(SURFACE).press("Control+z")
    expect(area).to_have_value("Bản đầu.\n| Cột 1 | Cột 2 |  |\n|  |  |  |\n|  |  |  |")
    page.locator(f"{SURFACE} td").first.click()
    page.keyboard.type("a|b")
    expect(area).to_have_value(re.compile(re.escape("| a\\|b |  |  |")))


def test_word_s_clipboard_is_cleaned_and_fetches_nothing(
    page: Page, report: AgencyReport, console: list[str], live_server: Any
) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.locator(SURFACE).press("Control+a")
    html = (
        '<p class=MsoNormal style="color:red"><b>Đậm</b> thường</p><img src="https://vi.du/x.png" onerror="alert(1)">'
        "<script>alert(1)</script><table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    paste(page, html, "Đậm thường")
    expect(page.locator("#noi-dung-lessons")).to_have_value("**Đậm** thường\n| A | B |\n| 1 | 2 |")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")

    assert [url for url in fetched if not url.startswith(live_server.url)] == []
    assert page.locator(f"{SURFACE} [style], {SURFACE} img, {SURFACE} script").count() == 0


def test_tags_that_are_typed_stay_words(page: Page, report: AgencyReport, console: list[str]) -> None:
    page.fill(SURFACE, "<img src=x onerror=alert(1)> & <b>x</b>")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")
    page.reload()
    expect(page.locator(SURFACE)).to_have_text("<img src=x onerror=alert(1)> & <b>x</b>")


def test_a_press_right_after_typing_waits_for_the_text(page: Page, report: AgencyReport, console: list[str]) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill(SURFACE, "Câu cuối cùng trước khi gửi.")
    page.click("text=Duyệt và gửi báo cáo")
    expect(page.locator("text=Đã thực hiện: duyệt và gửi báo cáo.")).to_be_visible()

    report.refresh_from_db()
    assert (report.state, stored(report)[0]) == ("signed_off", "Câu cuối cùng trước khi gửi.")


def test_a_press_is_held_back_while_the_text_cannot_be_saved(page: Page, report: AgencyReport, world: World) -> None:
    save_passage(report, "lessons", "Của cán bộ.", actor=world.person("officer"), version=1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill(SURFACE, "Của lãnh đạo.")
    page.click("text=Duyệt và gửi báo cáo")
    expect(page.locator(".waits")).to_contain_text("Chưa thực hiện vì mục «Bài học kinh nghiệm» chưa lưu được.")

    report.refresh_from_db()
    assert (report.state, stored(report)[0]) == ("draft", "Của cán bộ.")


def test_a_lost_network_keeps_the_text_and_saves_it_later(page: Page, report: AgencyReport) -> None:
    page.context.set_offline(True)
    page.fill(SURFACE, "Gõ khi mất mạng.")
    expect(page.locator(STATUS)).to_contain_text("mất kết nối với máy chủ")
    assert (stored(report)[0], kept(page)) == ("Bản đầu.", 1)
    page.context.set_offline(False)
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")

    assert (stored(report), kept(page)) == (("Gõ khi mất mạng.", 2), 0)


def test_text_typed_without_network_is_offered_after_reload(page: Page, report: AgencyReport) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(True)
    page.fill(SURFACE, "**Gõ** khi mất mạng.")
    expect(page.locator(STATUS)).to_contain_text("mất kết nối với máy chủ")
    page.route("**/muc/**", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    page.unroute("**/muc/**")
    expect(page.locator(SURFACE)).to_have_text("Bản đầu.")
    page.locator(SURFACE).press_sequentially("Gõ tiếp trước khi chọn. ")
    expect(page.locator(VERSION)).to_have_value("2")
    page.click("text=Khôi phục nội dung chưa lưu")
    expect(page.locator(f"{SURFACE} b")).to_have_text("Gõ")
    expect(page.locator(f"{STATUS} .conflict")).to_be_visible()
    page.click("text=Ghi đè bằng bản của tôi")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")

    assert (stored(report)[0], kept(page)) == ("**Gõ** khi mất mạng.", 0)


def test_an_ended_session_offers_the_text_after_signing_in(
    page: Page, report: AgencyReport, sign_in: Callable[[str], None], live_server: Any
) -> None:
    page.context.clear_cookies(name="sessionid")
    page.fill(SURFACE, "Gõ khi đã mất phiên.")
    page.wait_for_url(re.compile("/tai-khoan/dang-nhap/"))
    sign_in("leader")
    page.goto(f"{live_server.url}{report.get_absolute_url()}")
    page.click("text=Khôi phục nội dung chưa lưu")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")

    assert (stored(report), kept(page)) == (("Gõ khi đã mất phiên.", 2), 0)


def test_two_tabs_lose_nothing_and_are_put_together_by_hand(
    page: Page, report: AgencyReport, live_server: Any, accessible: Callable[[], None]
) -> None:
    second = page.context.new_page()
    second.goto(f"{live_server.url}{report.get_absolute_url()}")
    page.fill(SURFACE, "Của thẻ một.")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu lúc")
    second.fill(SURFACE, "Của thẻ hai.")
    expect(second.locator(f"{STATUS} .conflict ins").last).to_contain_text("hai")
    assert (stored(report)[0], kept(second)) == ("Của thẻ một.", 1)
    second.click("text=Ghép hai bản để tự sửa")
    expect(second.locator(SURFACE)).to_contain_text("Của thẻ một.")
    expect(second.locator(SURFACE)).to_contain_text("Của thẻ hai.")
    second.click("#muc-lessons button[type=submit]")
    expect(second.locator(VERSION)).to_have_value("3")
    second.close()

    assert stored(report)[0] == "Của thẻ một.\nCủa thẻ hai."


def test_two_persons_are_told_of_each_other(page: Page, report: AgencyReport, world: World, console: list[str]) -> None:
    page.locator(SURFACE).click()
    page.wait_for_timeout(500)
    sign_of_life(report, world.person("officer"), "lessons", now=timezone.now())
    page.locator("#soan-directions").click()
    expect(page.locator("#co-mat")).to_contain_text("Người officer đang soạn mục «Bài học kinh nghiệm».")
    expect(page.locator("#muc-lessons .present-here")).to_be_visible()


def test_without_javascript_the_text_area_and_its_legend_stand(
    browser: Any, live_server: Any, report: AgencyReport, page: Page
) -> None:
    plain = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    tab = plain.new_page()
    tab.goto(f"{live_server.url}{report.get_absolute_url()}")
    expect(tab.locator("#muc-lessons .editor-legend")).to_be_visible()
    tab.fill("#noi-dung-lessons", "**Gõ** không có JavaScript.")
    tab.click("#muc-lessons button[type=submit]")
    expect(tab.locator("text=Đã lưu mục «Bài học kinh nghiệm» lúc")).to_be_visible()
    plain.close()

    assert stored(report) == ("**Gõ** không có JavaScript.", 2)


def test_rows_of_a_table_are_added_in_the_page(
    page: Page, report: AgencyReport, world: World, live_server: Any, console: list[str], accessible: Callable[[], None]
) -> None:
    asked = ReportRound.objects.create(
        council=world.council, bloc_year=world.year, kind="ad-hoc", state="open", title="Đột xuất", year=2020
    )
    section = RoundSection.objects.create(round=asked, key="a", title="Kết quả")
    columns = [{"key": "ten", "label": "Tên", "kind": "text"}]
    table = RoundTable.objects.create(section=section, key="b", title="Mô hình", columns=columns)
    other = AgencyReportFactory(bloc_year=world.year, agency=world.syt, kind="ad-hoc", round=asked)
    page.goto(f"{live_server.url}{other.get_absolute_url()}")
    page.set_viewport_size({"width": 390, "height": 844})
    for number in range(3):
        if number == 2:
            page.click(f"#bang-{table.pk} >> text=Thêm dòng")
        page.fill(f"[name=o-{number}-0]", f"Mô hình {number}")
    accessible()
    page.click(f"#bang-{table.pk} button[type=submit]")
    expect(page.locator("text=Đã lưu bảng.")).to_be_visible()

    assert [row.cells["ten"] for row in table.rows.all()] == ["Mô hình 0", "Mô hình 1", "Mô hình 2"]


def test_figures_that_were_typed_hold_the_press_back(
    page: Page, report: AgencyReport, world: World, live_server: Any
) -> None:
    asked = ReportRound.objects.create(
        council=world.council, bloc_year=world.year, kind="annual", state="open", title="Năm", year=2020
    )
    section = RoundSection.objects.create(round=asked, key="lessons", title="Kết quả")
    figure = RoundFigure.objects.create(section=section, key="b", label="Số sáng kiến")
    other = AgencyReportFactory(bloc_year=world.year, agency=world.syt, kind="annual", round=asked)
    PassageFactory(report=other, review=None, section="lessons", text="Có.", version=1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{live_server.url}{other.get_absolute_url()}")
    page.fill(f"#id_so-{figure.pk}-value", "12")
    page.click("text=Duyệt và gửi báo cáo")
    expect(page.locator(".waits")).to_contain_text("còn số liệu đã gõ mà chưa lưu: Số liệu mục Kết quả")
    page.click("#so-lieu-lessons button[type=submit]")
    expect(page.locator("text=Đã lưu 1 số liệu.")).to_be_visible()
    page.click("text=Duyệt và gửi báo cáo")
    expect(page.locator("text=Đã thực hiện: duyệt và gửi báo cáo.")).to_be_visible()
