"""A whole year-end in the browser: three members, one explanation, one disqualification, one tie, one second round."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from blocs.models import Agency, Appointment, Membership
from reports.yearfile.dumping import dump_year
from reports.yearfile.loading import load
from reports.yearfile.reading import read_text
from scoring.domain.ranking import standings
from scoring.domain.standing_content import is_intact
from scoring.models import CrossCheck, LockedStanding, Poll, Proposal, ScoreSheet
from tests.factories import CriteriaSetFactory, CriterionFactory
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Who signs for each member, and who fills in its sheet.
LEADERS = {"stttt": "head_leader", "sgddt": "deputy_officer", "syt": "leader"}
OWN_POINTS = {"stttt": ("60", "38"), "sgddt": ("55", "35"), "syt": ("56", "35")}


@pytest.fixture
def scene(transactional_db: None) -> World:
    """A bloc of three at the end of its year: an open table of two criteria, ties broken by the ballot."""
    world = build_world()
    Membership.objects.filter(bloc_year=world.year, agency=world.sldtbxh).delete()
    Appointment.objects.filter(agency=world.sgddt, duty="officer").update(signs=True)
    Agency.objects.filter(pk=world.stttt.pk).update(symbol="STTTT")
    criteria = CriteriaSetFactory(bloc_year=world.year, scale=100, tie_break=["ballot"])
    CriterionFactory(criteria_set=criteria, code="A", name="Hoàn thành nhiệm vụ", max_points=60, position=0)
    CriterionFactory(criteria_set=criteria, code="B", name="Hoạt động của khối", max_points=40, position=1)
    return world


class YearEnd:
    """The persons' steps, each as one would do it on the pages."""

    def __init__(self, page: Page, base: str, world: World, sign_in: Callable[[str], None], check: Callable[[], None]):
        self.page, self.base, self.world, self.sign_in, self.axe = page, base, world, sign_in, check
        self.year = f"{base}/khoi/{world.year.pk}/"
        self.seen: set[str] = set()

    def agency(self, code: str) -> Agency:
        return getattr(self.world, code)

    def sheet(self, code: str) -> ScoreSheet:
        return ScoreSheet.objects.get(agency=self.agency(code))

    def check(self) -> None:
        """axe on every room once, wide and on a phone, however many persons pass through it."""
        room = re.sub(r"\d+", "n", self.page.url) + (self.page.locator("h1").first.text_content() or "")
        if room not in self.seen:
            self.seen.add(room)
            for width, height in ((390, 844), (1280, 720)):
                self.page.set_viewport_size({"width": width, "height": height})
                self.axe()

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.year}{path}")
        self.check()

    def press(self, name: str, said: str = "") -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        if said:
            expect(self.page.locator("#thong-diep")).to_contain_text(said)
        self.check()

    def open_sheets(self) -> None:
        self.sign_in("secretary")
        self.go("bang-diem/")
        self.press("Lập phiếu cho các đơn vị chưa có", "Đã lập 3 phiếu")

    def score_itself(self, code: str) -> None:
        self.sign_in(LEADERS[code])
        self.go(f"{self.base}/phieu-cham/{self.sheet(code).pk}/")
        for criterion, points in zip("AB", OWN_POINTS[code], strict=True):
            self.page.get_by_label(f"Điểm tự chấm {criterion}").fill(points)
        self.press("Lưu phiếu", "Đã lưu phiếu chấm điểm")
        self.press("Duyệt và gửi phiếu chấm")

        assert self.sheet(code).state == "submitted"

    def deal(self) -> None:
        self.sign_in("secretary")
        self.go("cham-cheo/")
        self.press("Bốc thăm")

        assert CrossCheck.objects.count() == 3

    def cross_check(self, code: str) -> None:
        self.sign_in(LEADERS[code])
        self.go(f"{self.base}/cham-cheo/{CrossCheck.objects.get(checker=self.agency(code)).pk}/")
        self.press("Đồng ý tất cả các dòng còn lại")
        self.press("Hoàn thành chấm chéo")

    def appraise(self, code: str, persona: str, *, points: str = "", reason: str = "") -> None:
        self.sign_in(persona)
        sheet = self.sheet(code)
        self.go(f"tham-dinh/phieu/{sheet.pk}/")
        label = self.agency(code).label
        for criterion, own in zip("AB", OWN_POINTS[code], strict=True):
            given = points if points and criterion == "A" else own
            self.page.get_by_label(f"Điểm thẩm định {criterion} của {label}").fill(given)
        if reason:
            self.page.get_by_label(f"Lý do thẩm định khác A của {label}").fill(reason)
        self.press("Lưu điểm thẩm định")
        self.go(f"{self.base}/phieu-cham/{sheet.pk}/")
        self.press("Xác nhận đã thẩm định")

        assert self.sheet(code).state == "appraised"

    def explain(self, code: str) -> None:
        self.sign_in("secretary")
        self.go(f"{self.base}/phieu-cham/{self.sheet(code).pk}/")
        self.press("Yêu cầu giải trình")
        self.sign_in(LEADERS[code])
        self.go(f"{self.base}/phieu-cham/{self.sheet(code).pk}/giai-trinh/")
        self.page.locator("textarea").first.fill("Nhất trí với điểm thẩm định.")
        self.press("Lưu giải trình")
        self.press("Ký gửi giải trình")

        assert self.sheet(code).state == "appraised"

    def agree(self, code: str, persona: str, points: tuple[str, str]) -> None:
        self.sign_in(persona)
        self.go(f"{self.base}/phieu-cham/{self.sheet(code).pk}/")
        for criterion, given in zip("AB", points, strict=True):
            self.page.get_by_label(f"Điểm thống nhất {criterion}").fill(given)
        self.press("Lưu phiếu", "Đã lưu phiếu chấm điểm")
        self.press("Xác nhận điểm thống nhất")

        assert self.sheet(code).state == "agreed"

    def disqualify(self, code: str) -> None:
        self.sign_in("standing")
        self.go(f"{self.base}/phieu-cham/{self.sheet(code).pk}/khong-xet/")
        self.page.get_by_label("Hoặc ghi lý do khác").fill("Lãnh đạo đơn vị bị kỷ luật cảnh cáo")
        self.press("Lưu")

    def vote(self, choices: dict[str, str]) -> None:
        for code, choice in choices.items():
            self.sign_in(LEADERS[code])
            poll = Poll.objects.get(state="open")
            self.go(f"{self.base}/bo-phieu/{poll.pk}/")
            self.page.get_by_role("link", name="Bỏ phiếu cho").click()
            self.page.get_by_label(self.agency(choice).name).check()
            self.press("Tiếp tục")
            self.press("Bỏ phiếu")
            expect(self.page.locator(".ballot-receipt")).not_to_be_empty()
            self.check()

    def run_polls(self) -> None:
        self.sign_in("secretary")
        self.go("bo-phieu/chuan-bi/")
        self.prepare_poll()
        self.vote({"stttt": "sgddt", "sgddt": "sgddt", "syt": "syt"})
        self.close_poll()
        self.press("Chuẩn bị vòng 2")
        self.open_poll()
        self.vote({"stttt": "sgddt", "sgddt": "sgddt", "syt": "sgddt"})
        self.close_poll()

    def prepare_poll(self) -> None:
        page = self.page
        page.get_by_label("Bỏ phiếu về").select_option(label="Cờ thi đua của Ủy ban nhân dân tỉnh")
        for code in ("sgddt", "syt"):
            page.get_by_label(self.agency(code).name).check()
        page.get_by_label("Tỷ lệ phiếu tối thiểu (%)").fill("80")
        page.get_by_label("Số lựa chọn tối đa trên một phiếu").fill("1")
        self.press("Lưu")
        self.open_poll()

    def open_poll(self) -> None:
        self.press("Mở bỏ phiếu")

    def close_poll(self) -> None:
        self.sign_in("secretary")
        self.go(f"{self.base}/bo-phieu/{Poll.objects.get(state='open').pk}/")
        self.press("Kết thúc và kiểm phiếu")

    def lock_and_propose(self) -> None:
        self.sign_in("head_leader")
        self.go("xep-hang/")
        self.press("Khóa kết quả xếp hạng")
        self.go("bang-diem/")
        self.press("Công bố điểm", "Đã công bố điểm")
        self.go("de-nghi/them/")
        self.page.get_by_label("Hình thức đề nghị").select_option(label="Cờ thi đua của Ủy ban nhân dân tỉnh")
        self.page.get_by_label("Đơn vị").select_option(label=self.agency("sgddt").name)
        self.press("Lưu")


def test_three_members_play_the_year_end(
    page: Page,
    live_server: Any,
    scene: World,
    sign_in: Callable[[str], None],
    accessible: Callable[[], None],
    console: list[str],
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    end = YearEnd(page, live_server.url, scene, sign_in, accessible)

    end.open_sheets()
    for code in LEADERS:
        end.score_itself(code)
    end.deal()
    for code in LEADERS:
        end.cross_check(code)
    end.appraise("stttt", "deputy_officer")
    end.appraise("sgddt", "secretary")
    end.appraise("syt", "secretary", points="55", reason="Thiếu minh chứng của chỉ tiêu 3")
    end.explain("syt")
    end.agree("stttt", "deputy_officer", ("60", "38"))
    end.agree("sgddt", "secretary", ("55", "35"))
    end.agree("syt", "secretary", ("55", "35"))
    end.disqualify("stttt")
    end.run_polls()
    end.lock_and_propose()

    first, second = Poll.objects.order_by("round")
    assert (first.round, second.round, second.cast, second.invalid) == (1, 2, 3, 0)
    assert [(row.agency.code, row.rank, row.tie_broken_by) for row in standings(scene.year)] == [
        ("sgddt", 1, "ballot"),
        ("syt", 2, "ballot"),
        ("stttt", None, None),
    ]
    assert is_intact(LockedStanding.objects.get())
    assert [(row.agency.code, row.award) for row in Proposal.objects.all()] == [("sgddt", "co-tinh")]
    exported = dump_year(scene.year)
    assert load(read_text(exported)).changed is False
