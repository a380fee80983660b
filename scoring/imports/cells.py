"""One cell of a spreadsheet as text or number, or a sentence on why it is neither."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from khoithidua.web.numbers import parse_people_number, plain_number
from khoithidua.web.text import nfc, tidy

# No text anybody reads, and PostgreSQL keeps no zero byte.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FORMULA = "ô chứa công thức. Hãy chép ô rồi dán lại dưới dạng giá trị."
DATE = (
    "Excel đã đổi ô này thành ngày tháng. Hãy chọn định dạng ô là «Văn bản» (Text) rồi gõ lại, ví dụ gõ 1.2 cho mã 1.2."
)
TRUTH = "ô chứa giá trị đúng/sai của Excel. Hãy gõ lại nội dung."
BROKEN = "ô đang báo lỗi của Excel ({text}). Hãy gõ lại nội dung."


@dataclass(frozen=True)
class Value:
    """What a cell holds: ``text`` as a person reads it, ``number`` where Excel keeps one, else ``fault``."""

    text: str = ""
    number: Decimal | None = None
    fault: str = ""
    indent: int = 0

    @property
    def blank(self) -> bool:
        return not self.text.strip() and not self.fault

    def decimal(self) -> Decimal | None:
        """The number, or what was typed as text with a comma or a point; ValueError with a sentence otherwise."""
        return self.number if self.number is not None else parse_people_number(tidy(self.text))


BLANK = Value()


def value_of(cell: Any) -> Value:
    """The content of an openpyxl cell. Formulas are never computed nor trusted."""
    raw = cell.value
    if raw is None:
        return BLANK
    if cell.data_type == "f":
        return Value(str(getattr(raw, "text", raw) or ""), fault=FORMULA)
    if cell.data_type == "e":
        return Value(str(raw), fault=BROKEN.format(text=raw))
    if isinstance(raw, bool):
        return Value(str(raw), fault=TRUTH)
    if isinstance(raw, date | datetime | time | timedelta):
        return Value(str(raw), fault=DATE)
    if isinstance(raw, int | float):
        if not isfinite(raw):
            return Value(str(raw), fault=BROKEN.format(text=raw))
        return number_value(raw, percent="%" in str(cell.number_format))
    text = CONTROLS.sub("", nfc(str(raw)))
    lead = len(text) - len(text.lstrip(" \t\u00a0"))
    return Value(text, indent=lead or int(getattr(cell.alignment, "indent", 0) or 0))


def number_value(raw: int | float, *, percent: bool) -> Value:
    """Excel keeps binary fractions: ten decimals are more than anybody typed. 85 % is kept as 0.85."""
    number = Decimal(str(round(raw, 10))) * (100 if percent else 1)
    number = number.normalize()
    return Value(plain_number(number).replace(",", "."), number=number)
