"""What a layout may not say: nothing off the form, no size that no letter has, no colour that is none."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from council.domain.certificates.fitting import LEADING
from council.domain.certificates.keys import (
    LARGEST_SIDE,
    LARGEST_SIZE,
    MOST_ELEMENTS,
    MOST_LINES,
    NARROWEST,
    SMALLEST_CODE,
    SMALLEST_SIDE,
    SMALLEST_SIZE,
    Key,
)
from council.domain.certificates.placing import POINTS_A_MM, Element

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
ALIGNS = frozenset({"left", "center", "right"})


def height_of(element: Element) -> float:
    """Millimetres that a full box takes downwards; a code is a square."""
    if element.key == Key.QR:
        return float(element.width)
    return element.lines * float(element.size) * LEADING / POINTS_A_MM


def layout_faults(width: Decimal, height: Decimal, elements: Sequence[Element]) -> list[str]:
    """What is wrong with a layout as sentences that say what to do; empty where nothing is."""
    found = [
        f"Phôi phải rộng và cao từ {SMALLEST_SIDE} đến {LARGEST_SIDE} mm. Hãy đo lại phôi."
        for side in (width, height)
        if not (side.is_finite() and SMALLEST_SIDE <= side <= LARGEST_SIDE)
    ][:1]
    if len(elements) > MOST_ELEMENTS:
        found.append(f"Một mẫu có tối đa {MOST_ELEMENTS} nội dung. Hãy bỏ bớt.")
    for number, element in enumerate(elements, 1):
        found += [f"Nội dung {number}: {fault}" for fault in element_faults(element)]
    if found:
        return found
    return [
        f"Nội dung {number} ({Key(element.key).label}) vượt ra ngoài phôi {width:f} × {height:f} mm. "
        "Hãy giảm cách trái, cách trên, chiều rộng hoặc số dòng."
        for number, element in enumerate(elements, 1)
        if is_off(element, width, height)
    ]


def element_faults(element: Element) -> Iterator[str]:
    if not all(each.is_finite() for each in (element.left, element.top, element.width, element.size)):
        yield "vị trí và cỡ chữ phải là số."
        return
    least = SMALLEST_CODE if element.key == Key.QR else NARROWEST
    checks = (
        (element.key in Key.values, "hãy chọn nội dung trong danh sách."),
        (element.left >= 0 and element.top >= 0, "cách trái và cách trên phải từ 0 mm."),
        (element.width >= least, f"phải rộng ít nhất {least} mm."),
        (1 <= element.lines <= MOST_LINES, f"số dòng từ 1 đến {MOST_LINES}."),
        (SMALLEST_SIZE <= element.size <= LARGEST_SIZE, f"cỡ chữ từ {SMALLEST_SIZE} đến {LARGEST_SIZE} pt."),
        (COLOUR.fullmatch(element.colour) and element.align in ALIGNS, "hãy chọn lại màu và cách căn."),
        (element.key != Key.FIXED or element.text.strip(), "hãy ghi chữ cố định, hoặc bỏ nội dung này."),
    )
    yield from (sentence for holds, sentence in checks if not holds)


def is_off(element: Element, width: Decimal, height: Decimal) -> bool:
    return element.left + element.width > width or float(element.top) + height_of(element) > float(height)
