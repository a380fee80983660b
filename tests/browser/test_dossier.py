"""One dossier in the browser: made, signed off, sent, supplemented in one field, appraised; by keyboard on a phone."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from awards.domain.checking import recheck_dossier
from awards.imports.jobs import work_off
from awards.models import Attachment, Dossier, ImportBatch, Nomination, Subject
from blocs.models import BlocYear
from reports.yearfile.dumping import dump_year
from reports.yearfile.loading import load
from reports.yearfile.reading import read_text
from tests.appraisal_world import colleague
from tests.awards_world import DossierFactory, SubjectFactory, grade, nominate, record
from tests.test_awards_imports import NINE
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = datetime(2026, 1, 15, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
FIGHTER, WORKER, CERTIFIED = "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung"
PROVINCIAL_FIGHTER = "Chiến sĩ thi đua cấp tỉnh"
MAIN = "ii-thanh-tich"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """The dossier of 2025 is made and judged in January 2026, under the law of 2022 and the decree of 2025."""
    with time_machine.travel(DAY, tick=True):
        yield


@pytest.fixture
def scene(transactional_db: None) -> World:
    """The bloc-year of 2025; two people in the register of Sở Y tế, one of them without the years for the title."""
    world = build_world()
    BlocYear.objects.filter(pk=world.year.pk).update(year=2025)
    colleague(world)
    fighter, worker = (registered(world, name) for name in (FIGHTER, WORKER))
    grade(fighter, y2025="HTXS", y2024="HTXS", y2023="HTT")
    record(fighter, "cstd-co-so", 2024)
    grade(worker, y2025="HTT")
    return world


def registered(world: World, name: str) -> Subject:
    made: Subject = SubjectFactory(
        agency=world.syt, council=world.council, name=name, unit="Phòng Nghiệp vụ Y", post="Chuyên viên"
    )
    return made


def nominee_sheet() -> bytes:
    """The nine columns that provinces use, with a form of award that may mean several."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(NINE)
    sheet.append((1, "Bà", CERTIFIED, "", "Phòng Tổ chức", "Công trạng", "Bằng khen", "", "Y tế"))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


class DossierRoad:
    """The persons' steps, each as one would do it on the pages."""

    def __init__(self, page: Page, base: str, sign_in: Callable[[str], None], check: Callable[[], None]) -> None:
        self.page, self.base, self.sign_in, self.axe = page, base, sign_in, check
        self.seen: set[str] = set()

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get()

    def case(self, name: str) -> Nomination:
        return Nomination.objects.get(name=name)

    def check(self) -> None:
        """axe on every room once, wide and on a phone, however many persons pass through it."""
        room = re.sub(r"\d+", "n", self.page.url) + (self.page.locator("h1").first.text_content() or "")
        if room not in self.seen:
            self.seen.add(room)
            for width, height in ((390, 844), (1280, 720)):
                self.page.set_viewport_size({"width": width, "height": height})
                self.axe()

    def go(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")
        self.check()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.check()

    def press(self, name: str, said: str = "") -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        if said:
            expect(self.page.locator("#thong-diep")).to_contain_text(said)
        self.check()

    def make(self) -> None:
        self.sign_in("officer")
        self.go("/ho-so/lap-moi/")
        self.page.get_by_label("Trích yếu").fill("Đề nghị khen thưởng tổng kết năm 2025")
        self.page.get_by_label("Năm xét").fill("2025")
        self.page.get_by_label("Số tờ trình").fill("12/TTr-SYT")
        self.press("Lưu", "Đã lập hồ sơ")

        assert self.dossier.state == "draft"

    def add(self, name: str, award: str) -> None:
        self.go(f"/ho-so/{self.dossier.pk}/")
        self.follow("Thêm từ sổ đối tượng")
        self.page.get_by_label("Danh hiệu, hình thức đề nghị").select_option(label=award)
        self.page.get_by_label(name).check()
        self.press("Thêm vào hồ sơ", "Đã thêm 1 trường hợp")

    def import_sheet(self) -> None:
        """«Bằng khen» alone is asked back; the worker writes; the page tells what came of it."""
        self.follow("Nhập danh sách từ tệp")
        sheet = {"name": "danh sách.xlsx", "mimeType": "", "buffer": nominee_sheet()}
        self.page.get_by_label("Tệp Excel").set_input_files(sheet)  # type: ignore[arg-type]
        self.press("Đọc tệp và xem trước")
        expect(self.page.locator("main")).to_contain_text("«Bằng khen» có thể là nhiều hình thức")
        expect(self.page.get_by_role("button", name="Nhập 1 dòng")).to_have_count(0)
        self.page.get_by_label(f"Dòng 2 ({CERTIFIED})").select_option(value="bk-tinh")
        self.press("Lưu lựa chọn", "Đã lưu lựa chọn")
        self.press("Nhập 1 dòng")
        expect(self.page.locator("progress")).to_be_visible()
        batch = ImportBatch.objects.get()
        work_off(batch.pk, batch.requested_by_id)
        expect(self.page.locator("main")).to_contain_text("Đã thêm 1 trường hợp đề nghị vào hồ sơ")
        self.check()
        self.follow("Mở hồ sơ")

    def read_the_refusal(self) -> None:
        self.follow(FIGHTER)
        checks = self.page.locator("section[aria-labelledby=kiem-tra-dieu-kien]")
        expect(checks.locator("h2")).to_have_text("Kiểm tra điều kiện: Chưa đủ điều kiện")
        row = checks.locator("tbody tr", has_text="Năm 2025 chưa đạt Chiến sĩ thi đua cơ sở; cần 3 năm liên tục.")
        expect(row.locator("th")).to_have_text("Không đạt")
        expect(row).to_contain_text("Luật TĐKT 2022, Điều 22 khoản 1")

    def write_report(self, name: str) -> None:
        """Typing is enough: the section saves itself."""
        self.go(f"/de-nghi/{self.case(name).pk}/")
        self.page.fill(f"#noi-dung-{MAIN}", "Chủ trì đề án chuyển đổi số khám chữa bệnh.")
        expect(self.page.locator(f"#muc-{MAIN} .saved-at")).to_contain_text("Đã lưu lúc")

    def upload_papers(self, folder: Path) -> None:
        """The submission that the system lays out is printed, signed, and uploaded wherever a paper is missing."""
        self.go(f"/ho-so/{self.dossier.pk}/")
        address = self.page.get_by_role("link", name="Tờ trình đề nghị khen thưởng (PDF)").get_attribute("href")
        paper = folder / "Bản ký.pdf"
        paper.write_bytes(self.page.request.get(f"{self.base}{address}").body())
        for place in (f"/ho-so/{self.dossier.pk}/", *(f"/de-nghi/{row.pk}/" for row in Nomination.objects.all())):
            self.go(place)
            while (lacking := self.page.locator("section[aria-labelledby^=giay-to] tr", has=self.page.locator("strong")
            )).count():  # fmt: skip
                lacking.first.locator("a.row-acts").click()
                self.page.get_by_label("Tệp").set_input_files(paper)
                self.press("Tải lên", "Đã thêm «Bản ký.pdf»")
                self.go(place)

    def send(self) -> None:
        self.sign_in("leader")
        self.go(f"/ho-so/{self.dossier.pk}/")
        self.press("Duyệt hồ sơ", "Đã thực hiện: duyệt hồ sơ")
        assert self.dossier.state == "signed_off"
        self.sign_in("officer")
        self.go(f"/ho-so/{self.dossier.pk}/")
        self.press("Gửi hồ sơ", "Đã thực hiện: gửi hồ sơ")

        assert self.dossier.state == "submitted"

    def receive_and_assign(self) -> None:
        self.sign_in("standing")
        self.go("/tham-dinh/")
        self.follow(self.dossier.code)
        self.press("Tiếp nhận hồ sơ", "Đã thực hiện: tiếp nhận hồ sơ")
        self.follow("Phân công")
        self.page.get_by_label("Người thẩm định").select_option(label="Người colleague")
        self.press("Lưu", "Đã phân công Người colleague thẩm định hồ sơ")
        expect(self.page.get_by_role("link", name="Yêu cầu bổ sung")).to_have_count(0)

        assert self.dossier.state == "received"

    def ask_for_the_post(self) -> None:
        self.sign_in("colleague")
        self.go(f"/ho-so/{self.dossier.pk}/")
        self.follow("Mở trang thẩm định")
        self.follow(CERTIFIED)
        self.follow("Yêu cầu bổ sung")
        self.page.locator("summary", has_text="Thông tin của trường hợp").click()
        self.page.get_by_label("Chức vụ", exact=True).check()
        self.page.get_by_label("Yêu cầu về Chức vụ").fill("Ghi rõ chức vụ hiện nay.")
        self.press("Gửi yêu cầu bổ sung", "Đã yêu cầu bổ sung 1 nội dung")

        assert self.dossier.state == "supplement"

    def supplement_the_post(self) -> None:
        """Only the field that was asked for is open: no other field, no other nomination, not the head."""
        self.sign_in("officer")
        self.go(f"/de-nghi/{self.case(FIGHTER).pk}/")
        expect(self.page.get_by_role("link", name="Sửa", exact=True)).to_have_count(0)
        expect(self.page.locator("main textarea")).to_have_count(0)
        self.go(f"/ho-so/{self.dossier.pk}/")
        for closed in ("Sửa thông tin", "Thêm từ sổ đối tượng", "Thêm giấy tờ khác"):
            expect(self.page.get_by_role("link", name=closed)).to_have_count(0)
        self.follow(f"{CERTIFIED}: Chức vụ")
        self.follow("Sửa")
        shown = self.page.locator("main form").locator("input:not([type=hidden]), select, textarea")
        assert [each.get_attribute("name") for each in shown.all()] == ["post"]
        self.page.get_by_label("Chức vụ").fill("Phó Trưởng phòng")
        self.press("Lưu", f"Đã lưu «{CERTIFIED}»")
        self.go(f"/ho-so/{self.dossier.pk}/")
        self.press("Gửi bổ sung", "Đã thực hiện: gửi bổ sung")

        assert self.dossier.state == "received"
        assert self.case(CERTIFIED).post == "Phó Trưởng phòng"

    def judge(self, name: str, result: str, reason: str = "", article: str = "") -> None:
        self.go(f"/ho-so/{self.dossier.pk}/tham-dinh/")
        self.follow(name)
        self.page.get_by_label(result, exact=True).check()
        self.page.get_by_label("Lý do, ý kiến thẩm định").fill(reason)
        self.page.get_by_label("Căn cứ (điều, khoản)", exact=True).fill(article)
        self.press("Lưu", f"Đã ghi kết quả thẩm định của {name}")

    def appraise(self) -> None:
        self.sign_in("colleague")
        self.go(f"/ho-so/{self.dossier.pk}/tham-dinh/")
        self.press("Chấp nhận", "Đã chấp nhận nội dung bổ sung")
        self.judge(WORKER, "Đủ điều kiện")
        self.judge(FIGHTER, "Không đủ điều kiện", "Chưa đủ 03 lần liên tục.", "Luật TĐKT 2022, Điều 22 khoản 1")
        self.judge(CERTIFIED, "Cần Hội đồng xem xét", "Cần xác minh quá trình công tác.")
        self.press("Kết thúc thẩm định", "Đã thực hiện: kết thúc thẩm định")
        self.go(f"/ho-so/{self.dossier.pk}/phien-ban/")

        assert self.dossier.state == "appraised"


@pytest.fixture
def road(
    page: Page,
    live_server: Any,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    console: list[str],
) -> DossierRoad:
    page.on("dialog", lambda dialog: dialog.accept())
    return DossierRoad(page, live_server.url, sign_in, accessible)


def test_a_dossier_is_made_supplemented_in_one_field_and_appraised(
    page: Page, scene: World, road: DossierRoad, tmp_path: Path
) -> None:
    road.make()
    road.add(FIGHTER, PROVINCIAL_FIGHTER)
    road.add(WORKER, "Lao động tiên tiến")
    road.import_sheet()
    road.read_the_refusal()
    assert verdicts() == {FIGHTER: "ineligible", WORKER: "eligible", CERTIFIED: "ineligible"}
    road.write_report(FIGHTER)
    road.write_report(CERTIFIED)
    road.upload_papers(tmp_path)
    road.send()
    road.receive_and_assign()
    road.ask_for_the_post()
    road.supplement_the_post()
    road.appraise()

    states = dict(Nomination.objects.values_list("name", "state"))
    assert states == {FIGHTER: "ineligible", WORKER: "eligible", CERTIFIED: "needs_decision"}
    road.go(f"/ho-so/{road.dossier.pk}/")
    expect(page.locator("main")).to_contain_text("Đã thẩm định")
    exported = dump_year(BlocYear.objects.get(pk=scene.year.pk))
    assert all(told in exported for told in (road.dossier.code, CERTIFIED, "Phó Trưởng phòng", "appraised"))
    assert load(read_text(exported)).changed is False
    assert dump_year(BlocYear.objects.get(pk=scene.year.pk)) == exported
    strangers_see_nothing(page, road)


def verdicts() -> dict[str, str]:
    return dict(Nomination.objects.values_list("name", "verdict"))


def strangers_see_nothing(page: Page, road: DossierRoad) -> None:
    dossier, case, paper = road.dossier, road.case(FIGHTER), Attachment.objects.earliest("pk")
    road.sign_in("stranger")
    for path in (
        f"/ho-so/{dossier.pk}/",
        f"/ho-so/{dossier.pk}/tham-dinh/",
        f"/ho-so/{dossier.pk}/van-ban/to-trinh.pdf",
        f"/de-nghi/{case.pk}/",
        f"/giay-to/{paper.pk}/",
    ):
        assert page.request.get(f"{road.base}{path}").status == 404, path


# By keyboard

FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary"
# Of radio buttons that belong together Tab reaches one; the arrow keys go on from there.
MARK = f"""() => {{
  document.querySelectorAll("details").forEach((one) => {{ one.open = true; }});
  const group = (one) => [...document.getElementsByName(one.name)];
  const stop = (one) => one.type !== "radio" || one === (group(one).find((each) => each.checked) ?? group(one)[0]);
  const shown = [...document.querySelectorAll({FOCUSABLE!r})].filter((one) => one.checkVisibility() && stop(one));
  shown.forEach((one, place) => {{ one.dataset.place = place; }});
  document.body.tabIndex = -1;
  document.body.focus();
  return shown.map((one) => one.outerHTML.slice(0, 120));
}}"""
FOCUSED = "() => document.activeElement === document.body ? 'out' : document.activeElement.dataset.place ?? ''"


def unreached(page: Page) -> list[str]:
    """What is seen on the page and never gets the focus while one presses Tab through all of it."""
    shown = page.evaluate(MARK)
    reached: set[str] = set()
    for _ in range(2 * len(shown) + 20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    return [html for place, html in enumerate(shown) if str(place) not in reached]


@pytest.mark.parametrize("persona", ["officer", "standing"])
def test_every_link_button_and_field_is_reached_by_tab_on_a_phone(
    page: Page, scene: World, road: DossierRoad, persona: str
) -> None:
    state = "draft" if persona == "officer" else "received"
    dossier = DossierFactory(agency=scene.syt, year=2025, state=state, assigned_to=scene.person("standing"))
    for subject in Subject.objects.order_by("pk"):
        case = nominate(dossier, subject)
    recheck_dossier(dossier)
    page.set_viewport_size({"width": 390, "height": 844})
    road.sign_in(persona)
    appraisal = () if persona == "officer" else (f"/ho-so/{dossier.pk}/tham-dinh/",)
    for path in (f"/ho-so/{dossier.pk}/", f"/de-nghi/{case.pk}/", *appraisal):
        page.goto(f"{road.base}{path}")
        road.axe()

        assert unreached(page) == []
