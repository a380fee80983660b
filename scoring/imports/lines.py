"""One row of a criteria spreadsheet as a criterion: every fault by its column, in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from khoithidua.web.numbers import plain_number
from khoithidua.web.text import search_key, tidy
from scoring.domain.columns import APPRAISERS, FORMULAS, KINDS
from scoring.domain.parameters import read_parameters
from scoring.domain.parts import Part
from scoring.enums import AppraisedBy, CriterionKind, Formula
from scoring.imports.cells import BLANK, Value

MAX_POINTS = Decimal("999999.99")
MAX_FIGURE = Decimal(10) ** 14
LENGTHS = {"code": 40, "name": 1000, "unit": 60}
NOT_THERE = "không có cơ quan «{name}» trong danh mục. Hãy ghi mã, tên hoặc tên gọi tắt như trong danh mục."
TWICE = "có nhiều cơ quan mang tên «{name}». Hãy ghi mã của cơ quan."


@dataclass
class Line:
    """A row as it was read: its number, its cells by column key, its faults by column key."""

    row: int
    cells: Mapping[str, Value]
    faults: dict[str, str] = field(default_factory=dict)
    parent: str = ""

    def cell(self, key: str) -> Value:
        return self.cells.get(key, BLANK)

    @property
    def code(self) -> str:
        return tidy(self.cell("code").text)

    def fault(self, key: str, sentence: str) -> None:
        """Note a fault; the first of a cell stays."""
        self.faults.setdefault(key, sentence)


def part_of(line: Line, *, has_children: bool, agencies: Mapping[str, tuple[str, ...]]) -> Part:
    """The criterion of ``line``; what could not be read is noted on the line and left at its default.

    ``agencies`` holds codes by ``search_key`` of each code and name.
    """
    for key, value in line.cells.items():
        if value.fault and key != "faults":
            line.fault(key, value.fault)
    kind = kind_of(line, has_children=has_children)
    part = Part(
        code=text_of(line, "code", due=True),
        name=text_of(line, "name", due=True),
        max_points=number_of(line, "max_points", places=2, low=Decimal(0), high=MAX_POINTS, due=True) or Decimal(0),
        kind=kind,
        parent=line.parent,
        formula=choice_of(line, "formula", FORMULAS, Formula),
        unit=text_of(line, "unit"),
        least=number_of(line, "least", places=4, low=-MAX_FIGURE, high=MAX_FIGURE),
        most=number_of(line, "most", places=4, low=-MAX_FIGURE, high=MAX_FIGURE),
        floor_percent=number_of(line, "floor_percent", places=2, low=Decimal(0), high=Decimal(100)),
        options=options_of(line, kind),
    )
    if part.least is not None and part.most is not None and part.least > part.most:
        line.fault("most", f"nhỏ hơn giá trị nhỏ nhất {plain_number(part.least)}. Hãy ghi lại hai giá trị.")
    return appraised(part, line, agencies)


def text_of(line: Line, key: str, *, due: bool = False) -> str:
    text = tidy(line.cell(key).text)
    if due and not text:
        line.fault(key, "đang bỏ trống. Hãy điền mục này.")
    if len(text) > LENGTHS[key]:
        line.fault(key, f"dài tối đa {LENGTHS[key]} ký tự (hiện có {len(text)}). Hãy viết gọn lại.")
    return text


def number_of(line: Line, key: str, *, places: int, low: Decimal, high: Decimal, due: bool = False) -> Decimal | None:
    """The number of a cell with at most ``places`` decimals, within its limits; None when blank or at fault."""
    if line.cell(key).fault:
        return None
    try:
        value = line.cell(key).decimal()
    except ValueError as fault:
        line.fault(key, str(fault))
        return None
    if value is None:
        if due:
            line.fault(key, "đang bỏ trống. Hãy ghi một số, ví dụ 9,5.")
        return None
    if not low <= value <= high:
        line.fault(key, f"{plain_number(value)} phải từ {plain_number(low)} đến {plain_number(high)}. Hãy ghi lại.")
        return None
    rounded = round(value, places)
    if rounded != value:
        line.fault(key, f"{plain_number(value)} có quá {places} chữ số thập phân. Hãy làm tròn.")
        return None
    return rounded


def choice_of(line: Line, key: str, words: Mapping[str, str], choices: Any) -> str:
    text = tidy(line.cell(key).text)
    if not text or line.cell(key).fault:
        return ""
    found = words.get(search_key(text)) or words.get(search_key(text.partition("(")[0]))
    if found is None:
        labels = "; ".join(choice.label for choice in choices)
        line.fault(key, f"«{text[:60]}» không có trong danh sách. Hãy chọn một trong: {labels}.")
        return ""
    return found


def kind_of(line: Line, *, has_children: bool) -> str:
    """Blank means a group where criteria stand under it, else points given."""
    kind = choice_of(line, "kind", KINDS, CriterionKind)
    if not kind:
        return CriterionKind.GROUP.value if has_children else CriterionKind.JUDGED.value
    if has_children and kind != CriterionKind.GROUP:
        line.fault("kind", "có tiêu chí con nên phải là «Nhóm tiêu chí». Hãy đổi cách chấm, hoặc chuyển các mục con.")
    return kind


def options_of(line: Line, kind: str) -> dict[str, Any]:
    if line.cell("options").fault:
        return {}
    try:
        return read_parameters(line.cell("options").text, kind)
    except ValueError as fault:
        line.fault("options", str(fault))
        return {}


def appraised(part: Part, line: Line, agencies: Mapping[str, tuple[str, ...]]) -> Part:
    """``part`` with who appraises it: an agency exactly where one is named."""
    by = choice_of(line, "appraised_by", APPRAISERS, AppraisedBy)
    name = tidy(line.cell("appraiser").text)
    codes = agencies.get(search_key(name), ()) if name else ()
    if name and len(codes) != 1:
        line.fault("appraiser", (TWICE if codes else NOT_THERE).format(name=name[:80]))
    elif by == AppraisedBy.AGENCY and not name:
        line.fault("appraiser", "đang bỏ trống. Hãy ghi cơ quan chuyên môn thẩm định tiêu chí này.")
    elif name and by in (AppraisedBy.SECRETARIAT, AppraisedBy.STANDING):
        line.fault(
            "appraiser", "chỉ ghi khi «Ai thẩm định» là cơ quan chuyên môn. Hãy bỏ trống hoặc đổi người thẩm định."
        )
    by = by or (AppraisedBy.AGENCY.value if name else AppraisedBy.SECRETARIAT.value)
    return replace(part, appraised_by=by, appraiser=codes[0] if len(codes) == 1 else "")
