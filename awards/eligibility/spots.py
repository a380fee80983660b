"""A value and where it stands: each question about it notes its own fault and goes on.

A key that is not there and one that is null answer alike: not known.
"""

import difflib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from awards.eligibility.faults import Fault
from awards.eligibility.tree import Odd, day, join
from khoithidua.web.text import tidy

T = TypeVar("T")
MAX_TEXT = 300
TYPE_NAMES: tuple[tuple[type, str], ...] = (
    (bool, "đúng/sai"),
    (int, "một số"),
    (str, "chữ"),
    (date, "một ngày"),
    (list, "một danh sách"),
    (dict, "một bảng khóa và giá trị"),
)


@dataclass(frozen=True)
class Spot:
    """Any value in the file; ``faults`` is shared by the whole reading."""

    value: Any
    path: str
    faults: list[Fault]

    @property
    def given(self) -> bool:
        return self.value is not None

    def fault(self, sentence: str) -> None:
        self.faults.append(Fault(self.path or ".", sentence))

    def wrong_type(self, wanted: str) -> None:
        if isinstance(self.value, Odd):
            self.fault(self.value.sentence)
            return
        found = next((name for kind, name in TYPE_NAMES if isinstance(self.value, kind)), "trống")
        self.fault(f"Phải là {wanted}, không phải {found}.")

    def child(self, key: str, value: Any) -> "Spot":
        return Spot(value, join(self.path, key), self.faults)

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> "Fields":
        """The keys of a mapping; unknown and missing ones are faults."""
        required, allowed = tuple(required), (*required, *optional)
        if not isinstance(self.value, dict):
            self.wrong_type("một bảng khóa và giá trị")
            return Fields(self, {})
        for key in self.value:
            if key not in allowed:
                self.child(key, None).fault(unknown_key(key, allowed))
        for key in required:
            if self.value.get(key) is None:
                self.child(key, None).fault("Thiếu mục bắt buộc này. Hãy bổ sung.")
        return Fields(self, self.value)

    def items(self) -> "tuple[Spot, ...]":
        """The entries of a list; nothing for one that is not given."""
        if not self.given:
            return ()
        if not isinstance(self.value, list):
            self.wrong_type("một danh sách")
            return ()
        return tuple(Spot(value, f"{self.path}[{n}]", self.faults) for n, value in enumerate(self.value))

    def pairs(self) -> "Iterator[tuple[str, Spot]]":
        """Keys that people choose (years, codes) with their values."""
        if not self.given:
            return
        if not isinstance(self.value, dict):
            self.wrong_type("một bảng khóa và giá trị")
            return
        for key, value in self.value.items():
            yield key, self.child(key, value)

    # Each answers None or "" where there is no value, or one at fault.

    def whole(self, *, low: int, high: int) -> int | None:
        if not self.given:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.wrong_type("một số nguyên")
            return None
        if not low <= self.value <= high:
            self.fault(f"Phải từ {low} đến {high}, không phải {self.value}.")
            return None
        return self.value

    def flag(self) -> bool | None:
        if self.given and not isinstance(self.value, bool):
            self.wrong_type("true hoặc false")
            return None
        return self.value if self.given else None

    def day(self) -> date | None:
        found = day(self.value) if isinstance(self.value, str) else self.value
        if isinstance(found, date) or found is None:
            return found
        Spot(found, self.path, self.faults).wrong_type("một ngày viết theo mẫu 2023-12-31")
        return None

    def text(self) -> str:
        """Text of one line: NFC, white space folded."""
        if not self.given:
            return ""
        if not isinstance(self.value, str):
            self.wrong_type("chữ, đặt trong dấu nháy kép nếu toàn chữ số")
            return ""
        found = tidy(self.value)
        if not found:
            self.fault("Không được để trống. Hãy ghi nội dung hoặc bỏ mục này.")
        elif len(found) > MAX_TEXT:
            self.fault(f"Dài {len(found)} ký tự, tối đa {MAX_TEXT}. Hãy rút gọn.")
        return found

    def choice(self, options: Mapping[str, T]) -> T | None:
        """The value that one of the words ``options`` stands for."""
        if not self.given:
            return None
        if not isinstance(self.value, str):
            self.wrong_type("chữ")
            return None
        if self.value not in options:
            self.fault(f"«{self.value[:60]}» không hợp lệ. {hint_of(self.value, options)}")
            return None
        return options[self.value]


@dataclass(frozen=True)
class Fields:
    """The keys of one mapping."""

    owner: Spot
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Spot:
        return self.owner.child(key, self.values.get(key))


def once(spots: Iterable[Spot], identities: Iterable[Hashable], sentence: str, key: str = "") -> None:
    """Note every entry whose identity stood before; empty identities are no identity."""
    seen: set[Hashable] = set()
    for spot, identity in zip(spots, identities, strict=True):
        if identity and identity in seen:
            (spot.child(key, None) if key else spot).fault(sentence)
        seen.add(identity)


def unknown_key(key: str, allowed: Iterable[str]) -> str:
    return "Định dạng không có mục này. " + hint_of(key, allowed)


def hint_of(word: str, known: Iterable[str]) -> str:
    """The likeliest of ``known``, or all of them where they are few."""
    known = tuple(known)
    if close := difflib.get_close_matches(word, known, n=1):
        return f"Có phải là «{close[0]}»?"
    return f"Chọn một trong: {', '.join(known)}."
