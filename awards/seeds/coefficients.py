"""Reward coefficients by kind of subject and period, and base salaries (NĐ 152/2025, Điều 50-55).

What ``awards.law.money_tables`` holds is taken over, with the multiples for collectives and households written out.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from awards.law.facts import SubjectKind
from awards.law.money import COLLECTIVE_FACTOR, HOUSEHOLD_FACTOR
from awards.law.money_tables import BASE_SALARIES, COEFFICIENTS
from awards.law.rule_sets import R2025

FACTORS = {SubjectKind.COLLECTIVE: COLLECTIVE_FACTOR, SubjectKind.HOUSEHOLD: HOUSEHOLD_FACTOR}
WHICH_CLAUSE = {
    SubjectKind.COLLECTIVE: "tập thể bằng hai lần mức của cá nhân",
    SubjectKind.HOUSEHOLD: "hộ gia đình bằng 1,5 lần mức của cá nhân",
}


class Rate(NamedTuple):
    award: str
    kind: str
    coefficient: Decimal
    starts: date
    ends: date | None
    legal_basis: str
    basis: str
    ceiling: bool = False
    note: str = ""


def _of_the_law() -> Iterator[Rate]:
    for row in COEFFICIENTS:
        basis = "checked" if row.checked else "to-check"
        yield Rate(row.award, row.kind, row.value, row.starts, row.ends, row.citation, basis, row.ceiling)
        for kind in row.multiplies:
            value, note = row.value * FACTORS[kind], WHICH_CLAUSE[kind]
            yield Rate(row.award, kind, value, row.starts, row.ends, row.citation, basis, row.ceiling, note)


def _also(award: str, value: str, place: str, kinds: str = "i") -> Iterator[Rate]:
    factors = {"i": (SubjectKind.INDIVIDUAL, Decimal(1)), "c": (SubjectKind.COLLECTIVE, COLLECTIVE_FACTOR)}
    factors["h"] = (SubjectKind.HOUSEHOLD, HOUSEHOLD_FACTOR)
    for kind, factor in (factors[each] for each in kinds):
        basis = f"Nghị định 152/2025/NĐ-CP, {place}"
        yield Rate(award, kind, Decimal(value) * factor, R2025.starts, None, basis, "checked")


def _units(award: str, value: str, place: str) -> Iterator[Rate]:
    basis = f"Nghị định 152/2025/NĐ-CP, {place}"
    yield Rate(award, SubjectKind.COLLECTIVE, Decimal(value), R2025.starts, None, basis, "checked")


def _further() -> Iterator[Rate]:
    """Awards that the rules of law do not judge but that the decree pays."""
    yield from _also("chien-si-tien-tien", "0.3", "Điều 50 khoản 1 điểm d")
    yield from _units("don-vi-quyet-thang", "1.5", "Điều 50 khoản 2 điểm a")
    yield from _units("don-vi-tien-tien", "0.8", "Điều 50 khoản 2 điểm b")
    yield from _also("ba-me-viet-nam-anh-hung", "15.5", "Điều 52")
    for calling in ("nha-giao", "thay-thuoc", "nghe-si", "nghe-nhan"):
        yield from _also(f"{calling}-nhan-dan", "12.5", "Điều 52")
        yield from _also(f"{calling}-uu-tu", "9.0", "Điều 52")
    yield from _also("gt-ho-chi-minh", "270.0", "Điều 53")
    yield from _also("gt-nha-nuoc", "170.0", "Điều 53")
    yield from _also("bk-quan-khu", "1.0", "Điều 54 khoản 1 điểm đ", "ich")
    medals = ("quan-ky-quyet-thang", "vi-an-ninh-to-quoc", "chien-si-ve-vang-nhat", "chien-si-ve-vang-nhi")
    for medal in (*medals, "chien-si-ve-vang-ba"):
        yield from _also(f"huy-chuong-{medal}", "1.5", "Điều 55")


def _once(rates: Iterator[Rate]) -> tuple[Rate, ...]:
    """The first row of an award, kind and first day holds: what the law's tables say outranks the list above."""
    found: dict[tuple[str, str, date], Rate] = {}
    for rate in rates:
        found.setdefault((rate.award, rate.kind, rate.starts), rate)
    return tuple(found.values())


RATES = _once(rate for source in (_of_the_law(), _further()) for rate in source)
SALARIES = tuple(
    (each.starts, each.amount, each.citation, "checked" if each.checked else "to-check") for each in BASE_SALARIES
)
