"""A score sheet in a real browser: each line saves itself, is refused or told of a second writer beside the line."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scoring.models import ScoreLine, ScoreSheet
from tests.scoring_world import Scores, build_scores
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scores(transactional_db: None) -> Scores:
    return build_scores(build_world())


@pytest.fixture
def sheet(scores: Scores, sign_in: Callable[[str], None], page: Page, live_server: Any) -> ScoreSheet:
    made = scores.sheet(scores.world.syt, "draft")
    scores.line(made, "A2", plan=100)
    sign_in("officer")
    page.goto(f"{live_server.url}/phieu-cham/{made.pk}/")
    return made


def box(scores: Scores, code: str, name: str) -> str:
    return f"[name=c{scores.criteria[code].pk}-{name}]"


def status(scores: Scores, code: str) -> str:
    return f"#dong-{scores.criteria[code].pk} .line-status"


def points(sheet: ScoreSheet, code: str) -> Any:
    return ScoreLine.objects.filter(sheet=sheet, criterion__code=code).values_list("self_points", flat=True).first()


def typed(page: Page, place: str, text: str) -> None:
    """As a person at the keyboard: type, then go on to the next field."""
    page.fill(place, text)
    page.press(place, "Tab")


def test_a_line_saves_itself_and_the_figures_follow(
    page: Page, scores: Scores, sheet: ScoreSheet, console: list[str], accessible: Callable[[], None]
) -> None:
    typed(page, box(scores, "A1", "self_points"), "40,5")

    expect(page.locator(status(scores, "A1"))).to_contain_text("Đã lưu lúc")
    expect(page.locator("[data-sheet=progress]")).to_have_text("1/4 tiêu chí")
    accessible()
    typed(page, box(scores, "A2", "actual"), "100")
    expect(page.locator(f"#dong-{scores.criteria['A2'].pk} [data-points]")).to_have_text("5")
    typed(page, box(scores, "A1", "self_points"), "41")
    expect(page.locator("[data-sheet=progress]")).to_have_text("2/4 tiêu chí")
    expect(page.locator(box(scores, "A1", "seen"))).to_have_value(re.compile('"self_points": "41"'))

    assert points(sheet, "A1") == 41


def test_a_fault_stands_beside_its_line_and_goes_when_it_is_mended(
    page: Page, scores: Scores, sheet: ScoreSheet
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    typed(page, box(scores, "A1", "self_points"), "60")
    expect(page.locator(status(scores, "A1"))).to_have_text("Điểm 60 lớn hơn điểm tối đa 50. Hãy nhập lại.")

    typed(page, box(scores, "A1", "self_points"), "50")
    expect(page.locator(status(scores, "A1"))).to_contain_text("Đã lưu lúc")

    assert points(sheet, "A1") == 50


def test_the_second_of_two_tabs_is_told_and_chooses(
    page: Page, scores: Scores, sheet: ScoreSheet, accessible: Callable[[], None]
) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    typed(page, box(scores, "A1", "self_points"), "40")
    expect(page.locator(status(scores, "A1"))).to_contain_text("Đã lưu lúc")

    typed(other, box(scores, "A4", "times"), "3")
    expect(other.locator(status(scores, "A4"))).to_contain_text("Đã lưu lúc")
    typed(other, box(scores, "A1", "self_points"), "45")
    expect(other.locator(status(scores, "A1"))).to_contain_text("Bản đang lưu: tự chấm 40.")
    assert points(sheet, "A1") == 40
    expect(other.locator(box(scores, "A1", "self_points"))).to_have_value("45")

    other.click("text=Giữ bản của tôi ở dòng này")
    expect(other.locator(status(scores, "A1"))).to_contain_text("Đã lưu lúc")

    assert points(sheet, "A1") == 45
    accessible()


WHOLE_TABS = """() => {
  const strip = document.querySelector(".year-nav").getBoundingClientRect();
  const shown = [...document.querySelectorAll(".year-nav a")].filter((each) => {
    const place = each.getBoundingClientRect();
    return place.right > strip.left + 1 && place.left < strip.right - 1;
  });
  const whole = (each) => {
    const place = each.getBoundingClientRect();
    return place.left >= strip.left - 1 && place.right <= strip.right + 1;
  };
  return [whole(shown[0]), whole(document.querySelector(".year-nav [aria-current]")), shown.every(whole)];
}"""


def test_no_room_of_the_bloc_is_cut_off(page: Page, scores: Scores, sheet: ScoreSheet, live_server: Any) -> None:
    found = {}
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}/khoi/{scores.world.year.pk}/bang-diem/")
        found[width] = page.evaluate(WHOLE_TABS)

    assert found[1280] == found[768] == [True, True, True]
    assert found[390][:2] == [True, True]


def test_on_a_phone_a_name_and_its_fault_have_the_whole_width(
    page: Page, scores: Scores, sheet: ScoreSheet, accessible: Callable[[], None]
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()
    row = page.locator(f"#dong-{scores.criteria['A1'].pk}")
    group = page.locator(".table-group").first

    widths = [
        place.bounding_box()["width"] / whole.bounding_box()["width"]  # type: ignore[index]
        for place, whole in ((row.locator("th"), row), (group.locator("th"), group))
    ]

    assert [width > 0.95 for width in widths] == [True, True]
    assert row.locator("th").evaluate("(each) => getComputedStyle(each).display") == "block"
    assert group.locator("th").evaluate("(each) => getComputedStyle(each).display") == "block"
    expect(row.locator("[data-label='Chấm chéo']")).to_be_hidden()
    expect(row.locator("[data-label='Tự chấm']")).to_be_visible()
    accessible()


def test_the_board_gives_a_units_name_room(page: Page, scores: Scores, sheet: ScoreSheet, live_server: Any) -> None:
    scores.filled(scores.world.sgddt, 44, state="submitted")
    scores.world.year.scores_published_at = "2020-12-20T08:00:00Z"
    scores.world.year.save()
    page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(f"{live_server.url}/khoi/{scores.world.year.pk}/bang-diem/")

    assert page.locator(".board-results th[data-label='Đơn vị']").first.bounding_box()["width"] >= 240  # type: ignore[index]
