"""Charts as SVG text: whatever the figures are, each is told, and nothing breaks out of the picture."""

import re
from decimal import Decimal
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from khoithidua.web.charts import (
    Bar,
    Look,
    Part,
    Series,
    Target,
    columns,
    figure,
    horizontal_bars,
    percents,
    share_bar,
    target_bars,
)
from khoithidua.web.charts.drawing import INK, SOFT
from khoithidua.web.charts.fills import FILLS, UNSURE
from khoithidua.web.charts.measuring import text_width, wrapped
from reports.documents.fonts import FAMILY, font_face_css
from tests.pdf_reading import fonts_of, text_of

SVG = "{http://www.w3.org/2000/svg}"
LONG = ("Tập thể lao động xuất sắc của các cơ quan, đơn vị trực thuộc Ủy ban nhân dân tỉnh " * 3)[:200]
YEARS = ["2022", "2023", "2024", "2025", "2026"]


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  (our own picture)


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in tree(svg).iter(f"{SVG}text")]


def bars_of(svg: str) -> list[ElementTree.Element]:
    """Rectangles that show a value: not those inside patterns."""
    root = tree(svg)
    return [each for each in root if each.tag == f"{SVG}rect"]


def every_kind(look: Look, name: str = "hinh") -> dict[str, str]:
    return {
        "bars": horizontal_bars(f"{name}-a", "Theo hình thức", [Bar(LONG, 3), Bar("Bằng khen", 1234567)], look=look),
        "columns": columns(f"{name}-b", "Theo năm", YEARS, [Series("Cấp tỉnh", [1, 2, None, 4, 5])], look=look),
        "share": share_bar(f"{name}-c", "Tỷ trọng", [Part("Trực tiếp", 2), Part("Chưa rõ", 1, True)], look=look),
        "targets": target_bars(f"{name}-d", "Chỉ tiêu", [Target("Thu ngân sách", 100, 95, "tỷ đồng")], look=look),
        "empty": horizontal_bars(f"{name}-e", "Trống", [], look=look),
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (999, "999"),
        (1234, "1.234"),
        (1234567, "1.234.567"),
        (Decimal("9.50"), "9,5"),
        (Decimal("12345.125"), "12.345,125"),
        (Decimal("100.00"), "100"),
        (None, "chưa có số liệu"),
    ],
)
def test_figures_are_written_as_vietnamese_papers_do(value: Any, words: str) -> None:
    assert figure(value) == words


@pytest.mark.parametrize("values", [[1, 1, 1], [1, 2, 4], [62, 20, 10, 5, 4, 6, 30], [1, 999999], [0, 5]])
def test_percentages_add_up_to_a_hundred(values: list[int]) -> None:
    assert sum(percents(values)) == 100


def test_of_nothing_there_are_no_percentages() -> None:
    assert percents([0, 0]) == [0, 0]
    assert percents([]) == []


@pytest.mark.parametrize("kind", ["bars", "columns", "share", "targets", "empty"])
@pytest.mark.parametrize("width", [320, 440, 700])
def test_every_chart_is_a_named_image_without_styles_and_scripts(kind: str, width: int) -> None:
    svg = every_kind(Look(width=width))[kind]
    root = tree(svg)

    assert root.get("role") == "img"
    first, second = list(root)[:2]
    assert (first.tag, second.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{first.get('id')} {second.get('id')}"
    assert first.text
    assert second.text
    assert not re.search(r"\sstyle=|<script|<style|\son\w+=|href", svg)


def test_what_people_type_stays_text() -> None:
    nasty = """</text><script>alert("1")</script>&'"""
    svg = str(horizontal_bars("a", nasty, [Bar(nasty, 1)]))

    assert "<script" not in svg
    assert nasty in "".join(texts(svg))
    assert [each.text for each in tree(svg).iter(f"{SVG}title")] == [nasty]


def test_a_name_that_is_no_slug_is_refused() -> None:
    with pytest.raises(ValueError, match="slug"):
        horizontal_bars('x" onload="y', "Tên", [Bar("a", 1)])


def test_ids_of_two_charts_on_one_page_differ() -> None:
    ids = re.findall(
        r'\bid="([^"]+)"', "".join([*every_kind(Look(), "mot").values(), *every_kind(Look(), "hai").values()])
    )

    assert len(ids) == len(set(ids))
    used = re.findall(r"url\(#([^)]+)\)", "".join(every_kind(Look(), "mot").values()))
    assert set(used) <= set(ids)


@pytest.mark.parametrize(
    "svg",
    [
        horizontal_bars("a", "Trống", []),
        columns("a", "Trống", [], []),
        columns("a", "Trống", YEARS, [Series("Khen", [None] * 5)]),
        share_bar("a", "Trống", []),
        share_bar("a", "Trống", [Part("A", None)]),
        target_bars("a", "Trống", []),
    ],
)
def test_nothing_to_draw_is_said_instead_of_an_empty_frame(svg: str) -> None:
    assert texts(svg) == ["Chưa có số liệu"]
    assert bars_of(svg) == []


def test_an_unknown_value_is_said_and_a_zero_is_a_zero() -> None:
    svg = horizontal_bars("a", "Tên", [Bar("Chưa báo cáo", None), Bar("Không có", 0), Bar("Một", 1)])

    assert texts(svg) == ["Chưa báo cáo", "chưa có số liệu", "Không có", "0", "Một", "1"]
    assert len(bars_of(svg)) == 1


def test_bars_that_are_all_zero_are_drawn_as_zeros() -> None:
    svg = horizontal_bars("a", "Tên", [Bar("Một", 0), Bar("Hai", 0)])

    assert texts(svg) == ["Một", "0", "Hai", "0"]
    assert bars_of(svg) == []


@pytest.mark.parametrize("width", [320, 440, 700])
def test_a_huge_value_leaves_the_small_ones_to_be_seen_and_stays_inside(width: int) -> None:
    svg = horizontal_bars("a", "Tên", [Bar("Lớn", 9_999_999_999), Bar("Nhỏ", 1)], look=Look(width=width))
    large, small = bars_of(svg)

    assert float(small.get("width", 0)) >= 1
    label = next(each for each in tree(svg).iter(f"{SVG}text") if each.text == "9.999.999.999")
    assert float(large.get("x", 0)) + float(large.get("width", 0)) < float(label.get("x", 0))
    assert float(label.get("x", 0)) + text_width("9.999.999.999", 14) <= width


@pytest.mark.parametrize("width", [320, 440, 700])
@pytest.mark.parametrize("label", [LONG, "X" * 200, "Đ", "Ủy ban nhân dân " + "y" * 90])
def test_long_names_wrap_whole_and_rows_do_not_overlap(width: int, label: str) -> None:
    svg = horizontal_bars("a", "Tên", [Bar(label, 5), Bar("Sau", 4)], look=Look(width=width))
    shown = texts(svg)
    room = width * 0.4 if width >= 560 else width

    before = shown[: shown.index("5")]
    assert "".join(before).replace(" ", "") == label.replace(" ", "")
    assert all(text_width(each, 14) <= room for each in before)
    bottoms = [float(each.get("y", 0)) for each in tree(svg).iter(f"{SVG}text") if each.text in (*before, "Sau")]
    assert all(after - above >= 14 for above, after in pairwise(bottoms))
    height = float(tree(svg).get("height", 0))
    assert all(float(each.get("y", 0)) < height for each in tree(svg).iter(f"{SVG}text"))


def test_decomposed_letters_are_measured_and_written_composed() -> None:
    assert wrapped("Việt", 400, 14) == ["Việt"]


def test_thirty_bars_are_all_there() -> None:
    svg = horizontal_bars("a", "Tên", [Bar(f"Đơn vị {number}", number) for number in range(1, 31)])

    assert len(bars_of(svg)) == 30
    assert "và 18 mục khác trong bảng" in next(tree(svg).iter(f"{SVG}desc")).text


def test_columns_tell_unknown_years_by_a_mark_and_its_meaning() -> None:
    svg = columns("a", "Tên", YEARS, [Series("Đề nghị", [4, 0, None, 2, 1])])

    assert [each for each in texts(svg) if each not in YEARS] == [
        "4",
        "0",
        "?",
        "2",
        "1",
        "Đề nghị",
        "Dấu ? là chưa có số liệu.",
    ]


def test_a_stack_with_an_unknown_part_is_not_told_as_a_whole() -> None:
    series = [Series("Tỉnh", [5, 7, None]), Series("Cơ sở", [1, None, None])]
    svg = columns("a", "Tên", ["2024", "2025", "2026"], series, stacked=True)

    assert {"6", "7+?", "?"} <= set(texts(svg))
    assert "8" not in texts(svg)


def test_stacked_parts_stand_on_each_other_and_reach_the_floor() -> None:
    svg = columns("a", "Tên", ["2026"], [Series("A", [30]), Series("B", [70])], stacked=True)
    low, high = bars_of(svg)[:2]

    assert float(high.get("y", 0)) + float(high.get("height", 0)) == pytest.approx(float(low.get("y", 0)), abs=0.2)
    assert float(high.get("height", 0)) / float(low.get("height", 0)) == pytest.approx(7 / 3, abs=0.01)


def test_many_years_name_as_many_as_fit() -> None:
    years = [str(year) for year in range(1990, 2027)]
    svg = columns("a", "Tên", years, [Series("Khen", list(range(37)))], look=Look(width=320))
    named = [each for each in tree(svg).iter(f"{SVG}text") if each.text in years]

    assert 3 <= len(named) < 37
    places = sorted(float(each.get("x", 0)) for each in named)
    assert all(after - before >= text_width("2026", 14) for before, after in pairwise(places))
    assert places[0] >= text_width("2026", 14) / 2


def test_more_series_than_fills_are_added_up_as_one() -> None:
    svg = columns("a", "Tên", ["2026"], [Series(f"Nhóm {number}", [number]) for number in range(1, 10)], stacked=True)

    assert "45" in texts(svg)
    assert "Các mục còn lại (4)" in texts(svg)


def test_series_of_another_length_and_negative_values_are_refused() -> None:
    with pytest.raises(ValueError, match="one value for each category"):
        columns("a", "Tên", YEARS, [Series("A", [1])])
    for drawn in (
        lambda: horizontal_bars("a", "Tên", [Bar("A", -1)]),
        lambda: share_bar("a", "Tên", [Part("A", -1)]),
        lambda: target_bars("a", "Tên", [Target("A", 1, -1)]),
        lambda: columns("a", "Tên", ["2026"], [Series("A", [-1])]),
    ):
        with pytest.raises(ValueError, match="negative"):
            drawn()


def test_shares_fill_the_bar_with_the_unsure_part_last() -> None:
    svg = share_bar("a", "Tên", [Part("Chưa rõ", 1, True), Part("A", 999_998), Part("B", 1)])

    assert texts(svg) == ["A: 999.998 (100%)", "B: 1 (dưới 0,1%)", "Chưa rõ: 1 (dưới 0,1%)"]
    drawn = [each for each in bars_of(svg) if float(each.get("height", 0)) == 30]
    ends = [(float(each.get("x", 0)), float(each.get("x", 0)) + float(each.get("width", 0))) for each in drawn]
    assert len(ends) == 3
    assert all(before[1] <= after[0] + 0.2 for before, after in pairwise(ends))
    assert ends[-1][1] <= 440


def test_a_share_with_an_unknown_part_has_no_percentages() -> None:
    svg = share_bar("a", "Tên", [Part("A", 62), Part("B", None)])

    assert texts(svg) == ["A: 62", "B: chưa có số liệu", "Có phần chưa có số liệu nên không tính tỷ lệ."]


def test_a_share_of_zeros_has_no_bar() -> None:
    svg = share_bar("a", "Tên", [Part("A", 0), Part("B", 0)])

    assert texts(svg) == ["A: 0", "B: 0"]
    assert not [each for each in bars_of(svg) if float(each.get("height", 0)) == 30]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target("T", 100, 95, "ca"), "95 / 100 ca, đạt 95%"),
        (Target("T", 15000, Decimal("16250.5"), "tỷ đồng"), "16.250,5 / 15.000 tỷ đồng, đạt 108,3%"),
        (Target("T", 1, 900, ""), "900 / 1, đạt 90.000%"),
        (Target("T", 10, 0), "0 / 10, đạt 0%"),
        (Target("T", 10, None, "ca"), "kế hoạch 10 ca, chưa có số liệu thực hiện"),
        (Target("T", None, 7), "thực hiện 7, chưa có số liệu kế hoạch nên không tính tỷ lệ"),
        (Target("T", 0, 7, "lớp"), "thực hiện 7 lớp, kế hoạch 0 nên không tính tỷ lệ"),
        (Target("T", None, None), "chưa có số liệu"),
    ],
)
def test_a_target_tells_plan_result_and_what_is_missing(target: Target, words: str) -> None:
    svg = target_bars("a", "Tên", [target])

    assert " ".join(texts(svg)[3:]) == words
    assert all(float(each.get("x", 0)) + float(each.get("width", 0)) <= 440 for each in bars_of(svg))


def contrast_on_white(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_fills_stand_out_from_white_and_differ_without_colour() -> None:
    assert all(contrast_on_white(colour) >= 3 for colour in [*(each for each, _ in FILLS), UNSURE])
    assert all(contrast_on_white(colour) >= 4.5 for colour in (INK, SOFT))
    assert len({pattern for _, pattern in FILLS}) == len(FILLS)


def test_a_chart_in_a_pdf_has_its_text_in_the_papers_typeface_and_its_colours() -> None:
    fonts = FontConfiguration()
    body = "".join(every_kind(Look(width=600, family=FAMILY)).values())
    page = HTML(string=f'<!doctype html><html lang="vi"><body>{body}</body></html>')
    pdf = page.write_pdf(stylesheets=[CSS(string=font_face_css(), font_config=fonts)], font_config=fonts)
    found = text_of(pdf)

    for words in (
        "Bằng khen",
        "1.234.567",
        "2026",
        "Trực tiếp: 2 (66,7%)",
        "95 / 100 tỷ đồng, đạt 95%",
        "Chưa có số liệu",
    ):
        assert words in found
    assert "Tập thể lao động xuất sắc" in found
    assert {name for name, _ in fonts_of(pdf)} == {FAMILY}
