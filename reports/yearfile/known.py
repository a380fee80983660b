"""Codes that a file may refer to, and entries that may stand in it once only."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from reports.yearfile.spots import Spot


@dataclass(frozen=True)
class Known:
    """The agencies that the file describes, and those of them that are members."""

    agencies: frozenset[str]
    members: frozenset[str]

    def agency(self, spot: Spot) -> str:
        return spot.reference(self.agencies, "danh sách agencies của tệp")

    def maybe_agency(self, spot: Spot) -> str:
        return self.agency(spot) if spot.given else ""

    def member(self, spot: Spot) -> str:
        found = self.agency(spot)
        if found and found not in self.members:
            spot.fault(f"«{found}» không phải thành viên của khối trong năm.")
            return ""
        return found


def once(spots: Iterable[Spot], keys: Iterable[Hashable], sentence: str, *, key: str = "") -> None:
    """Note each entry whose key came before; an entry that could not be read (empty) is passed."""
    seen: set[Hashable] = set()
    for spot, value in zip(spots, keys, strict=True):
        if value in seen:
            (spot.child(key, None) if key else spot).fault(sentence)
        if value and not (isinstance(value, tuple) and value[0] == ""):
            seen.add(value)
