"""A value and where it stands: each question about it notes its own fault and goes on."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models

from khoithidua.web.text import tidy
from reports.yearfile.faults import Fault
from reports.yearfile.source import Oddity, join

CODE = re.compile(r"[-a-zA-Z0-9_]+\Z")
TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\Z")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
SMALL = 32767
BIG = 2147483647


class Missing:
    """What a key that is not there holds."""


MISSING = Missing()
TYPE_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "đúng/sai"),
    ((int, Decimal), "một số"),
    (str, "chữ"),
    (date, "một ngày"),
    (list, "một danh sách"),
    (dict, "một bảng khóa và giá trị"),
)


def type_name(value: Any) -> str:
    return next((name for kinds, name in TYPE_NAMES if isinstance(value, kinds)), "trống")


def limit_of(model: type[models.Model], name: str) -> int:
    """How many characters the column takes."""
    return int(model._meta.get_field(name).max_length or 0)  # type: ignore[union-attr]


@dataclass(frozen=True)
class Figure:
    """A number, day or word at its place; ``faults`` is shared by the whole reading."""

    value: Any
    path: str
    faults: list[Fault]

    @property
    def stated(self) -> bool:
        """The key is there, if only as null."""
        return self.value is not MISSING

    @property
    def given(self) -> bool:
        return self.stated and self.value is not None

    def fault(self, sentence: str) -> None:
        self.faults.append(Fault(self.path or ".", tidy(sentence)))

    def wrong_type(self, wanted: str) -> None:
        if isinstance(self.value, Oddity):
            self.fault(self.value.sentence)
        elif self.stated:
            self.fault(f"Phải là {wanted}, không phải {type_name(self.value)}.")

    # Each answers None where there is no value, or one at fault.

    def number(self, *, places: int = 2, low: Decimal | int | None = 0, high: Decimal | int) -> Decimal | None:
        if not self.given:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            self.wrong_type("một số")
            return None
        found = Decimal(self.value)
        if low is not None and found < low:
            self.fault(f"Phải từ {low} trở lên.")
        elif found > high:
            self.fault(f"Phải từ {file_number(Decimal(high))} trở xuống.")
        elif low is None and found < -high:
            self.fault(f"Phải từ -{file_number(Decimal(high))} trở lên.")
        elif found != round(found, places):
            self.fault(f"Tối đa {places} chữ số thập phân.")
        else:
            return found
        return None

    def whole(self, *, low: int = 0, high: int = SMALL) -> int | None:
        found = self.number(places=0, low=low, high=high)
        return None if found is None else int(found)

    def flag(self) -> bool | None:
        if not self.given:
            return None
        if isinstance(self.value, Oddity) and self.value.flag is not None:
            return self.value.flag
        if not isinstance(self.value, bool):
            self.wrong_type("true hoặc false")
            return None
        return self.value

    def day(self) -> date | None:
        if not self.given or isinstance(self.value, date):
            return self.value if self.given else None
        if isinstance(self.value, str) and ISO_DATE.match(self.value):
            try:
                return date.fromisoformat(self.value)
            except ValueError:
                self.fault(f"Không có ngày «{self.value}» trong lịch.")
                return None
        if isinstance(self.value, str):
            self.fault(f"«{self.value[:60]}» không phải ngày viết theo mẫu 2020-07-17.")
            return None
        self.wrong_type("một ngày viết theo mẫu 2020-07-17")
        return None

    def clock(self) -> time | None:
        if not self.given:
            return None
        if isinstance(self.value, str) and (match := TIME.match(self.value)):
            return time(int(match[1]), int(match[2]))
        if isinstance(self.value, str):
            self.fault(f'«{self.value[:60]}» không phải giờ viết theo mẫu "15:44".')
        else:
            self.wrong_type('giờ viết theo mẫu "15:44", có dấu nháy')
        return None

    def moment(self) -> datetime | None:
        """A time with its zone, as exports write it; local time has an offset of +07:00."""
        if not self.given:
            return None
        try:
            found = datetime.fromisoformat(self.value) if isinstance(self.value, str) else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            self.fault('Phải là thời điểm có múi giờ, viết trong dấu nháy: "2020-07-17T15:44:00+07:00".')
            return None
        return found


@dataclass(frozen=True)
class Spot(Figure):
    """Any value in the file: what has parts, and text ("" where there is none or it is at fault)."""

    def child(self, key: str, value: Any) -> "Spot":
        return Spot(value, join(self.path, key), self.faults)

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> "Fields":
        """The keys of a mapping; unknown and missing ones are faults."""
        required, allowed = tuple(required), (*required, *optional)
        if not isinstance(self.value, dict):
            self.wrong_type("một bảng khóa và giá trị")
            return Fields(self, {}, silent=True)
        for key in self.value:
            if key not in allowed:
                self.child(key, None).fault(unknown_key(key, allowed))
        for key in required:
            if key not in self.value:
                self.child(key, None).fault("Thiếu mục bắt buộc này.")
        return Fields(self, self.value)

    def items(self) -> "list[Spot]":
        """The entries of a list; nothing for an absent or null one."""
        if not self.given:
            return []
        if not isinstance(self.value, list):
            self.wrong_type("một danh sách")
            return []
        return [Spot(value, f"{self.path}[{n}]", self.faults) for n, value in enumerate(self.value)]

    def pairs(self) -> "Iterator[tuple[str, Spot]]":
        """Keys that people choose (codes, levels) with their values."""
        if not self.given:
            return
        if not isinstance(self.value, dict):
            self.wrong_type("một bảng khóa và giá trị")
            return
        for key, value in self.value.items():
            yield key, self.child(key, value)

    def text(self, limit: int = 0, *, lines: bool = False) -> str:
        """Required text of one line, or of several."""
        found = self.optional_text(limit, lines=lines)
        if not found and (self.value is None or isinstance(self.value, str)):
            self.fault("Không được để trống.")
        return found

    def optional_text(self, limit: int = 0, *, lines: bool = False) -> str:
        if not self.given:
            return ""
        if not isinstance(self.value, str):
            self.wrong_type("chữ (đặt trong dấu nháy kép nếu toàn chữ số)")
            return ""
        found = tidy_lines(self.value) if lines else tidy(self.value)
        if limit and len(found) > limit:
            self.fault(f"Dài {len(found)} ký tự, tối đa {limit}.")
        return found

    def maybe_text(self, limit: int = 0, *, lines: bool = False) -> str | None:
        return self.optional_text(limit, lines=lines) if self.stated else None

    def texts(self, limit: int = 0) -> tuple[str, ...]:
        return tuple(spot.text(limit) for spot in self.items())

    def code(self, limit: int) -> str:
        found = self.text(limit)
        if found and not CODE.match(found):
            self.fault("Mã chỉ gồm chữ cái không dấu, chữ số, gạch ngang và gạch dưới.")
        return found

    def reference(self, known: Iterable[str], where: str) -> str:
        """A code that must be one of ``known``; "" when it is not."""
        found = self.text()
        if found and found not in known:
            self.fault(f"«{found[:60]}» không có trong {where}.")
            return ""
        return found

    def choice(self, options: type[models.TextChoices], default: str | None = None) -> str:
        if not self.stated and default is not None:
            return default
        if not isinstance(self.value, str):
            self.wrong_type("chữ")
            if self.value is None:
                self.fault(f"Không được để trống. Chọn một trong: {', '.join(options.values)}.")
            return default or ""
        if self.value not in options.values:
            self.fault(f"«{self.value[:60]}» không hợp lệ. Chọn một trong: {', '.join(options.values)}.")
            return default or ""
        return self.value

    def maybe_choice(self, options: type[models.TextChoices]) -> str | None:
        return (self.choice(options) or None) if self.given else None

    def plain(self) -> Any:
        """Any value as JSON keeps it exactly: whole numbers as such, others as text."""
        value = self.value
        if isinstance(value, Oddity):
            self.fault(value.sentence)
            return None
        if isinstance(value, dict):
            return {key: each.plain() for key, each in self.pairs()}
        if isinstance(value, list):
            return [each.plain() for each in self.items()]
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
            return storable(Decimal(value))
        return value if self.stated else None


@dataclass(frozen=True)
class Fields:
    """The keys of one mapping. ``silent``: it was none, which has been said."""

    owner: Spot
    values: dict[str, Any]
    silent: bool = False

    def __getitem__(self, key: str) -> Spot:
        return self.owner.child(key, self.values.get(key, MISSING))


def unknown_key(key: str, allowed: Iterable[str]) -> str:
    close = difflib.get_close_matches(key, list(allowed), n=1)
    hint = f" Có phải là «{close[0]}»?" if close else f" Các mục được dùng: {', '.join(allowed)}."
    return "Định dạng không có mục này." + hint


def tidy_lines(text: str) -> str:
    """Each line tidied; empty lines at both ends dropped."""
    return "\n".join(tidy(line) for line in text.strip().splitlines())


def file_number(value: Decimal) -> str:
    """98, 97.5 or 0: no exponent, no trailing zeros, no minus zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def storable(value: Decimal) -> int | str:
    """A number that JSON keeps exactly: whole ones as such, others as text."""
    return int(value) if value == int(value) else file_number(value)
