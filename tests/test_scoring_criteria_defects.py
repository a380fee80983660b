"""The validator finds what is wrong with a table: the defects of Thanh Hóa's draft, and others.

Source: Thanh Hóa's draft framework 2026-2031 (domain-2.md 3.4) with the defects listed under its
``flaws_found_in_draft``; each is built here with the draft's own numbers.
"""

from decimal import Decimal
from typing import Any

import pytest

from scoring.domain.tree import Node, Tree
from scoring.domain.tree_checks import faults_of
from scoring.domain.tree_warnings import place_of, warnings_of

D = Decimal


def leaf(code: str, maximum: Any, **fields: Any) -> Node:
    values: dict[str, Any] = {"kind": "judged", "name": f"Tiêu chí {code}", "options": {}, "formula": ""} | fields
    values = {"id": 0, "floor_percent": None, "appraiser_id": None, "path": (), "children": ()} | values
    return Node(code=code, max_points=D(str(maximum)), **values)


def group(code: str, maximum: Any, *children: Node, **fields: Any) -> Node:
    return leaf(code, maximum, kind="group", children=children, **fields)


def faults(*roots: Node, scale: Any = None) -> list[str]:
    tree = Tree(0, roots)
    total = sum((root.max_points for root in roots if root.kind not in ("bonus", "deduction")), D(0))
    return faults_of(tree, scale=D(str(scale)) if scale is not None else total, tie_break=[])


def warnings(*roots: Node) -> list[str]:
    return warnings_of(Tree(0, roots))


# The defects of Thanh Hóa's draft


def test_components_of_iii_3_add_up_to_nine_over_a_cap_of_six() -> None:
    """Commune III.3: "đạt yêu cầu 3,0" + "chất lượng tối đa 3,0", component cap 3, criterion cap 6."""
    components = (leaf("III.3.a", 3), leaf("III.3.b", 3), leaf("III.3.c", 3))
    inner = group("III.3.c", 3, leaf("III.3.c1", "3.0"), leaf("III.3.c2", "3.0"))

    assert faults(group("III.3", 6, *components)) == [
        "Nhóm III.3 ghi tối đa 6 điểm nhưng các tiêu chí con cộng lại được 9 điểm. Hãy sửa cho khớp."
    ]
    assert faults(group("III.3", 6, leaf("III.3.a", "1.5"), leaf("III.3.b", "1.5"), inner)) == [
        "Nhóm III.3.c ghi tối đa 3 điểm nhưng các tiêu chí con cộng lại được 6 điểm. Hãy sửa cho khớp."
    ]


def test_bonus_items_of_viii_add_up_to_thirteen_over_a_cap_of_ten() -> None:
    items = [leaf(f"VIII.{place}", points, kind="bonus") for place, points in enumerate((5, 3, 2, 3), start=1)]

    assert warnings(group("VIII", 10, *items)) == [
        "Nhóm VIII tối đa 10 điểm nhưng các mục bên trong cộng lại được 13 điểm; phần vượt không được tính."
    ]


@pytest.mark.parametrize(
    ("code", "column", "text", "sentence"),
    [
        ("IX.7", 5, -10, "Tiêu chí IX.7: cột điểm tối đa ghi 5 nhưng lời văn ghi 10. Hãy sửa cho một mức duy nhất."),
        ("IX.6", 3, -6, "Tiêu chí IX.6: cột điểm tối đa ghi 3 nhưng lời văn ghi 6. Hãy sửa cho một mức duy nhất."),
    ],
)
def test_the_column_of_ix_says_less_than_the_text(code: str, column: int, text: int, sentence: str) -> None:
    """IX.7 (province): column −5, text "tối đa −10". IX.6 (commune): column −3, text "tối đa −6"."""
    base, item = leaf("A", 100), leaf(code, column, kind="deduction", options={"stated_max": text})

    assert faults(base, item) == [sentence]


def test_the_text_of_a_criterion_is_read_too() -> None:
    item = leaf(
        "IX.7", 5, kind="deduction", name="Người đứng đầu bị kỷ luật: mỗi trường hợp trừ 5 điểm, tối đa -10 điểm"
    )

    assert warnings(item) == ["Tiêu chí IX.7: nội dung ghi «tối đa 10» nhưng điểm tối đa là 5."]


def test_a_condition_without_a_threshold_is_found() -> None:
    """The condition on innovation is referred to, but has no threshold."""
    item = leaf("V.1", 6, options={"condition": "đổi mới sáng tạo"})

    assert faults(item) == [
        "Tiêu chí V.1: điều kiện «đổi mới sáng tạo» chưa có ngưỡng. "
        "Hãy ghi ngưỡng cụ thể để chấm, ví dụ «từ 2 sáng kiến»."
    ]
    assert faults(leaf("V.1", 6, options={"condition": "đổi mới sáng tạo", "threshold": "từ 2 mô hình"})) == []


def test_clauses_numbered_1_2_5_6_are_found() -> None:
    clauses = [leaf(str(place), 25) for place in (1, 2, 5, 6)]

    assert warnings(*clauses) == ["Mã đánh số không liền nhau (1, 2, 5, 6): thiếu 3, 4. Hãy kiểm tra lại."]


# Other things that editors should see


@pytest.mark.parametrize(
    ("codes", "sentences"),
    [
        (("I", "II", "IV"), ["Mã đánh số không liền nhau (I, II, IV): thiếu III. Hãy kiểm tra lại."]),
        (("IX.1", "IX.4"), ["Mã đánh số không liền nhau (IX.1, IX.4): thiếu IX.2, IX.3. Hãy kiểm tra lại."]),
        (("A1", "A2", "B1", "B2"), []),
        (("a", "b", "d"), []),
        (("2", "3"), []),
    ],
)
def test_gaps_are_looked_for_among_siblings_of_one_numbering(codes: tuple[str, ...], sentences: list[str]) -> None:
    assert warnings(*(leaf(code, 1) for code in codes)) == sentences


def test_roman_numbers_are_read() -> None:
    numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XIV", "XIX"]

    assert [(place_of(each) or ("", 0))[1] for each in numerals] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 19]
    assert place_of("VB") is None


def test_caps_of_bonus_and_deduction_groups_are_compared_with_their_items() -> None:
    """Thanh Hóa's IX: items of 54 points under a cap of 20 are the rule of that table."""
    over = group("IX", 20, *(leaf(f"IX.{place}", 9, kind="deduction") for place in range(1, 7)))
    under = group("T", 10, leaf("T1", 3, kind="bonus"), leaf("T2", 5, kind="bonus"))

    assert warnings(over, under) == [
        "Nhóm IX tối đa 20 điểm nhưng các mục bên trong cộng lại được 54 điểm; phần vượt không bị trừ.",
        "Nhóm T tối đa 10 điểm nhưng các mục bên trong chỉ cộng được 8 điểm, không bao giờ đạt mức tối đa.",
    ]


def test_one_occurrence_is_never_more_than_the_whole() -> None:
    assert faults(leaf("A", 100), leaf("P", 3, kind="deduction", options={"per": 5})) == [
        "Tiêu chí P: mỗi lần 5 điểm nhưng điểm tối đa chỉ 3. Hãy sửa cho khớp."
    ]


def test_a_range_upside_down_is_found() -> None:
    item = leaf("A", 10, kind="quantitative", formula="proportional", unit="%", least=D(100), most=D(0))

    assert faults(item) == ["Tiêu chí A: giá trị nhỏ nhất 100 lớn hơn giá trị lớn nhất 0. Hãy ghi lại khoảng giá trị."]


def test_who_appraises_and_the_agency_go_together() -> None:
    assert faults(leaf("A", 10, appraised_by="agency")) == [
        "Tiêu chí A do cơ quan chuyên môn thẩm định nhưng chưa chọn cơ quan. Hãy chọn cơ quan thẩm định."
    ]
    assert faults(leaf("A", 10, appraised_by="standing", appraiser_id=7)) == [
        "Tiêu chí A có cơ quan thẩm định nhưng người thẩm định không phải là cơ quan chuyên môn. "
        "Hãy chọn «Cơ quan chuyên môn» hoặc bỏ cơ quan."
    ]
    assert faults(leaf("A", 10, appraised_by="agency", appraiser_id=7), leaf("B", 5, appraised_by="standing")) == []


def test_odd_levels_ranges_and_corrected_maxima_are_shown() -> None:
    levels = {"levels": [{"name": "A", "points": 4}, {"name": "B", "points": 2}]}
    roots = (
        leaf("C1", 5, kind="choice", options=levels),
        leaf("C2", 5, kind="quantitative", formula="rate", unit="%", most=D(1)),
        leaf("C3", 4, options={"draft_max": 5}),
    )

    assert warnings(*roots) == [
        "Tiêu chí C1: mức cao nhất chỉ cho 4 điểm, thấp hơn điểm tối đa 5.",
        "Tiêu chí C2: giá trị lớn nhất 1 với đơn vị «%»; nếu ý là 100 % thì hãy ghi 100.",
        "Tiêu chí C3: văn bản nguồn ghi tối đa 5 điểm, bảng này dùng 4.",
    ]


def test_groups_are_added_up_at_every_level() -> None:
    inner = group("A.1", 30, leaf("A.1.1", 10), leaf("A.1.2", 15))
    outer = group("A", 100, inner, leaf("A.2", 60))

    assert faults(outer) == [
        "Nhóm A ghi tối đa 100 điểm nhưng các tiêu chí con cộng lại được 90 điểm. Hãy sửa cho khớp.",
        "Nhóm A.1 ghi tối đa 30 điểm nhưng các tiêu chí con cộng lại được 25 điểm. Hãy sửa cho khớp.",
    ]
