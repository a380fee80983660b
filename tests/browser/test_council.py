"""A session of the council in the browser: called, voted on three phones, shown in the hall, settled, decided."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from awards.models import Nomination
from council.models import Ballot, CouncilSession, Decision
from tests.browser.test_ballot import PHONE, signed_in
from tests.council_decisions_world import chair
from tests.council_world import appraised_dossier, full_council, practice, remit, vote_setting
from tests.pdf_reading import codes_of
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TITLE = "Xét khen thưởng tổng kết năm 2026"
MEMBERS = ("thanh-vien-1", "council_member", "observer")
AGREED, REFUSED = "Lê Thị A", "Lê Thị B"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(DAY, tick=True):
        yield


@pytest.fixture
def scene(transactional_db: None) -> World:
    """Three members, the rules of the council, who may issue, and an appraised dossier of two people."""
    world = build_world()
    full_council(world, len(MEMBERS))
    practice(world)
    remit(world)
    vote_setting(world)
    chair(world)
    appraised_dossier(world, cases=2, year=2026)
    return world


class CouncilRoad:
    """The standing body's steps, each as one would do it on the pages."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.seen: set[str] = set()

    @property
    def session(self) -> CouncilSession:
        return CouncilSession.objects.get()

    def check(self, page: Page | None = None) -> None:
        """axe on every room in each of its states once, wide and on a phone; nothing scrolls sideways."""
        shown = page or self.page
        marks = shown.locator("h1, main h2, main .badge, main .btn-primary").all_text_contents()
        room = re.sub(r"[\d\s]+", " ", " ".join([urlsplit(shown.url).path, *marks]))
        if room in self.seen:
            return
        self.seen.add(room)
        shown.emulate_media(reduced_motion="reduce")  # no colour is read half way to another
        for width, height in ((390, 844), (1280, 720)):
            shown.set_viewport_size({"width": width, "height": height})
            found = Axe().run(shown).response["violations"]
            assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == [], shown.url
            assert shown.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, shown.url

    def go(self, name: str, *args: int) -> None:
        self.page.goto(f"{self.base}{reverse(name, args=args)}")
        self.check()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.check()

    def press(self, name: str, said: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        expect(self.page.locator("main")).to_contain_text(said)
        self.check()

    def make(self) -> None:
        self.go("council:practice")
        self.go("council:index")
        self.follow("Lập phiên họp")
        for label, value in (
            ("Nội dung phiên họp", TITLE),
            ("Ngày họp", "20/11/2026"),
            ("Giờ bắt đầu", "09:00"),
            ("Địa điểm", "Phòng họp số 1, Sở Nội vụ"),
            ("Thư ký phiên họp", "Người standing"),
        ):
            self.page.get_by_label(label).first.fill(value)
        self.press("Lập phiên họp", "Đã lập phiên họp")

    def bring_in(self) -> None:
        self.follow("Đưa vào nội dung")
        self.page.get_by_label("Tất cả trường hợp đủ điều kiện đưa ra Hội đồng").check()
        self.press("Đưa vào nội dung", "Đã đưa 2 trường hợp vào nội dung phiên họp.")
        expect(self.page.locator("tbody")).to_contain_text(REFUSED)
        self.follow("Thông tin")

    def call_and_open(self) -> None:
        self.press("Triệu tập", "Đã thực hiện: triệu tập")
        expect(self.page.get_by_role("button", name="Khai mạc", exact=True)).to_be_disabled()
        self.follow("Thành viên, điểm danh")
        expect(self.page.locator("#diem-danh")).to_contain_text("còn thiếu 3 người")
        self.press("Ủy viên số 1 có mặt", "Có mặt 1/3 thành viên")
        self.press("Những người còn lại có mặt", "đủ điều kiện họp")
        expect(self.page.get_by_role("button", name="Những người còn lại có mặt")).to_have_count(0)
        self.follow("Thông tin")
        self.press("Khai mạc", "Đã thực hiện: khai mạc")

    def open_ballot(self) -> Ballot:
        self.follow("Chuẩn bị biểu quyết")
        self.page.get_by_label("Ban kiểm phiếu").fill("Trần Thị Kiểm, Trưởng ban\nLê Văn Phiếu")
        self.press("Chuẩn bị", "Đã chuẩn bị 1 lượt biểu quyết")
        self.press("Mở biểu quyết", "Đã thực hiện: mở biểu quyết")
        return Ballot.objects.get()

    def settle_and_close(self) -> None:
        self.go("council:results", self.session.pk)
        self.press("Ghi kết luận", "Đã kết luận: 1 thông qua, 1 không thông qua.")
        expect(self.page.locator("main")).to_contain_text("Mọi nội dung đã có kết luận.")
        self.go("council:agenda", self.session.pk)
        self.go("council:session", self.session.pk)
        self.press("Kết thúc phiên", "Đã thực hiện: kết thúc phiên")

    def decide(self) -> Decision:
        self.go("council:decisions")
        self.go("council:decisions-waiting")
        expect(self.page.get_by_role("link", name=str(self.session))).to_be_visible()
        self.go("council:session", self.session.pk)
        self.follow("Lập quyết định")
        self.press("Lập dự thảo", "Đã lập 1 dự thảo quyết định.")
        expect(self.page.locator("tbody")).to_contain_text(AGREED)
        expect(self.page.locator("tbody")).not_to_contain_text(REFUSED)
        self.follow("Ban hành")
        self.press("Ban hành", "Đã ban hành")
        return Decision.objects.get()


@pytest.fixture
def road(page: Page, live_server: Any, scene: World, sign_in: Callable[[str], None], console: list[str]) -> CouncilRoad:
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in("standing")
    return CouncilRoad(page, live_server.url)


def listen(page: Page, said: list[str]) -> Page:
    """What another page complains about counts as well."""
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    return page


def vote(page: Page, road: CouncilRoad, persona: str, *, against: str) -> str:
    """One member on a phone: reads, marks all, then what differs, is asked back, casts; the receipt."""
    signed_in(page, road.base, f"{persona}@example.vn")
    page.goto(f"{road.base}{road.session.get_absolute_url()}")
    page.get_by_role("link", name=re.compile("^Bỏ phiếu: ")).click()
    page.get_by_role("button", name="Đồng ý tất cả 2 nội dung").click()
    if against:
        page.get_by_role("group", name=against).get_by_label("Không đồng ý").check()
    road.check(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_label("Lựa chọn của bạn")).to_contain_text(f"Đồng ý: {1 if against else 2} trên 2 nội dung")
    page.get_by_role("button", name="Bỏ phiếu", exact=True).click()
    receipt = page.locator(".ballot-receipt").inner_text()
    road.check(page)
    return receipt


def test_a_council_meets_votes_on_phones_and_its_decision_is_issued(
    page: Page, browser: Browser, road: CouncilRoad, console: list[str]
) -> None:
    road.make()
    road.bring_in()
    road.call_and_open()
    ballot = road.open_ballot()
    hall = listen(page.context.new_page(), console)
    hall.goto(f"{road.base}{reverse('council:projector', args=[road.session.pk])}")
    expect(hall.locator(".projector-number")).to_have_text(re.compile(r"0\s*/3 phiếu đã bỏ"))

    receipts = []
    for number, persona in enumerate(MEMBERS, start=1):
        context = browser.new_context(viewport=PHONE)
        phone = listen(context.new_page(), console)
        receipts.append(vote(phone, road, persona, against=REFUSED if number == 2 else ""))
        context.close()
        expect(hall.locator(".projector-number")).to_have_text(re.compile(rf"{number}\s*/3 phiếu đã bỏ"))
    road.check(hall)

    road.go("council:ballot", ballot.pk)
    expect(page.locator("main")).to_contain_text("Kết quả chỉ hiện sau khi kết thúc")
    road.press("Kết thúc và kiểm phiếu", "Đã thực hiện: kết thúc và kiểm phiếu")
    assert sorted(receipts) == sorted(Ballot.objects.get().receipts)
    expect(hall.locator(".projector-number")).to_have_text(re.compile(r"1\s*/2 nội dung đạt"))
    expect(hall.locator("tr", has_text=REFUSED)).to_contain_text("2")
    road.check(hall)
    hall.close()

    road.settle_and_close()
    assert outcomes() == {AGREED: "passed", REFUSED: "failed"}
    decision = road.decide()
    expect(page.locator("h1")).to_contain_text("Quyết định 01/QĐ-UBND")
    expect(page.locator("tbody")).to_contain_text(AGREED)
    assert outcomes() == {AGREED: "awarded", REFUSED: "refused"}
    the_paper_leads_to_its_verification(page, road, decision)


def outcomes() -> dict[str, str]:
    return dict(Nomination.objects.values_list("name", "state"))


def the_paper_leads_to_its_verification(page: Page, road: CouncilRoad, decision: Decision) -> None:
    """The QR code of the printed decision, read from its picture."""
    address = reverse("reports:decision-paper", args=[decision.pk, "quyet-dinh"])
    (code,) = codes_of(page.request.get(f"{road.base}{address}").body())
    page.context.clear_cookies()
    page.goto(f"{road.base}{urlsplit(code).path}")
    expect(page.locator("main")).to_contain_text("QĐ-UBND")
    expect(page.get_by_role("status").first).to_be_visible()
    road.check()
