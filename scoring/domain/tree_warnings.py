"""What a criteria table may hold, but its editors should see: each thing a sentence.

Source of most of them: the defects of Thanh Hóa's draft framework (domain-2.md 3.4).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from khoithidua.web.numbers import plain_number
from scoring.domain.computing import ZERO, levels_of, number
from scoring.domain.figures import is_percent
from scoring.domain.totals import BASE, DEDUCTION
from scoring.domain.tree import Node, Tree
from scoring.domain.tree_checks import sections_in
from scoring.enums import CriterionKind

TEXT_MAX = re.compile(r"tối đa[^0-9;,.()]{0,20}?[-−–]?\s?([0-9]+(?:[,.][0-9]+)?)\s*(?:đ\b|điểm)", re.IGNORECASE)
NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>[0-9]{1,4})")
ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
GAPS_SHOWN = 8


def warnings_of(tree: Tree) -> list[str]:
    """Sentences on what is allowed but odd, in document order."""
    return [
        *numbering_gaps(tree.roots),
        *(sentence for node in tree.nodes for sentence in node_warnings(node)),
    ]


def node_warnings(node: Node) -> Iterator[str]:
    yield from text_warnings(node)
    if node.is_group:
        yield from cap_warnings(node)
        yield from numbering_gaps(node.children)
        return
    yield from level_warnings(node)
    if is_percent(node) and node.most is not None and 0 < node.most <= 1:
        yield (
            f"Tiêu chí {node.code}: giá trị lớn nhất {plain_number(node.most)} với đơn vị «{node.unit}»; "
            "nếu ý là 100 % thì hãy ghi 100."
        )


def cap_warnings(node: Node) -> Iterator[str]:
    """A group of bonus or deduction items whose items pass its cap, or can never reach it."""
    sections = sections_in(node)
    if not sections or BASE in sections:
        return
    total = sum((child.max_points for child in node.children), ZERO)
    cap, sum_of = plain_number(node.max_points), plain_number(total)
    end = "phần vượt không bị trừ" if sections == {DEDUCTION} else "phần vượt không được tính"
    if total > node.max_points:
        yield f"Nhóm {node.code} tối đa {cap} điểm nhưng các mục bên trong cộng lại được {sum_of} điểm; {end}."
    elif total < node.max_points:
        yield (
            f"Nhóm {node.code} tối đa {cap} điểm nhưng các mục bên trong chỉ cộng được {sum_of} điểm, "
            "không bao giờ đạt mức tối đa."
        )


def text_warnings(node: Node) -> Iterator[str]:
    """A maximum in the words of the criterion that is not its own, or one that the source once stated."""
    name = f"{'Nhóm' if node.is_group else 'Tiêu chí'} {node.code}"
    for found in TEXT_MAX.findall(node.name):
        if Decimal(found.replace(",", ".")) != node.max_points:
            yield f"{name}: nội dung ghi «tối đa {found}» nhưng điểm tối đa là {plain_number(node.max_points)}."
    draft = number(node.options, "draft_max")
    if draft is not None and draft != node.max_points:
        yield (
            f"{name}: văn bản nguồn ghi tối đa {plain_number(draft)} điểm, bảng này dùng "
            f"{plain_number(node.max_points)}."
        )


def level_warnings(node: Node) -> Iterator[str]:
    """A choice of which even the best level gives less than the maximum."""
    points = [value for level in levels_of(node.options) if (value := number(level, "points")) is not None]
    if node.kind == CriterionKind.CHOICE and points and max(points) < node.max_points:
        yield (
            f"Tiêu chí {node.code}: mức cao nhất chỉ cho {plain_number(max(points))} điểm, "
            f"thấp hơn điểm tối đa {plain_number(node.max_points)}."
        )


def numbering_gaps(siblings: Sequence[Node]) -> Iterator[str]:
    """Siblings numbered 1, 2, 5, 6: something was taken out, or the numbers are wrong."""
    places: dict[str, set[int]] = {}
    for node in siblings:
        if (place := place_of(node.code)) is not None:
            places.setdefault(place[0], set()).add(place[1])
    for stem, numbers in places.items():
        missing = sorted(set(range(min(numbers), max(numbers))) - numbers)
        if missing:
            shown = ", ".join(label_of(stem, each) for each in missing[:GAPS_SHOWN])
            more = " …" if len(missing) > GAPS_SHOWN else ""
            has = ", ".join(label_of(stem, each) for each in sorted(numbers)[:GAPS_SHOWN])
            yield f"Mã đánh số không liền nhau ({has}): thiếu {shown}{more}. Hãy kiểm tra lại."


def place_of(code: str) -> tuple[str, int] | None:
    """ "IX.5" as ("IX.", 5), "IV" as ("#roman", 4); None for a code without a number."""
    if ROMAN.fullmatch(code):
        values = [ROMAN_VALUES[letter] for letter in code]
        signs = [-1 if value < after else 1 for value, after in zip(values, [*values[1:], 0], strict=True)]
        return "#roman", sum(sign * value for sign, value in zip(signs, values, strict=True))
    match = NUMBERED.fullmatch(code)
    return (match["stem"], int(match["number"])) if match else None


def label_of(stem: str, place: int) -> str:
    if stem != "#roman":
        return f"{stem}{place}"
    tens, ones = divmod(place, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
