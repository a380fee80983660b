"""Statutory coefficients and base salaries: the defaults that the catalogue's seed takes over.

NĐ 152/2025, Điều 50-55 were read. The decrees before it are not held: their rows say ``checked=False``.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from awards.law.facts import SubjectKind
from awards.law.rule_sets import R2017, R2024, R2025


@dataclass(frozen=True)
class Coefficient:
    """How many base salaries an award brings. ``multiplies``: the kinds whose money is reckoned from this row too."""

    award: str
    kind: SubjectKind
    value: Decimal
    starts: date
    ends: date | None
    citation: str
    checked: bool
    multiplies: tuple[SubjectKind, ...] = ()
    ceiling: bool = False  # the text says "không quá"


@dataclass(frozen=True)
class BaseSalary:
    starts: date
    amount: int
    citation: str
    checked: bool


BASE_SALARIES = (
    BaseSalary(date(2019, 7, 1), 1_490_000, "Nghị định 38/2019/NĐ-CP (cần đối chiếu)", False),
    BaseSalary(date(2023, 7, 1), 1_800_000, "Nghị định 24/2023/NĐ-CP (cần đối chiếu)", False),
    BaseSalary(date(2024, 7, 1), 2_340_000, "Nghị định 73/2024/NĐ-CP, Điều 3", True),
    BaseSalary(date(2026, 7, 1), 2_530_000, "Nghị định 161/2026/NĐ-CP", True),
)

# award, coefficient, article.clause.point of NĐ 152/2025
_PERSON_TITLES = (
    ("cstd-toan-quoc", "4.5", "Điều 50 khoản 1 điểm a"),
    ("cstd-tinh", "3.0", "Điều 50 khoản 1 điểm b"),
    ("cstd-co-so", "1.0", "Điều 50 khoản 1 điểm c"),
    ("ld-tien-tien", "0.3", "Điều 50 khoản 1 điểm d"),
)
_GROUP_TITLES = (
    ("tt-ld-xuat-sac", "1.5", "Điều 50 khoản 2 điểm a"),
    ("tt-ld-tien-tien", "0.8", "Điều 50 khoản 2 điểm b"),
    ("xa-tieu-bieu", "2.0", "Điều 50 khoản 2 điểm c"),
    ("thon-van-hoa", "1.5", "Điều 50 khoản 2 điểm d"),
    ("co-chinh-phu", "12.0", "Điều 50 khoản 2 điểm đ"),
    ("co-tinh", "8.0", "Điều 50 khoản 2 điểm e"),
    ("co-bo", "8.0", "Điều 50 khoản 2 điểm e"),
)
_ORDERS = (
    ("hc-sao-vang", "46.0", "Điều 51 khoản 1 điểm a"),
    ("hc-ho-chi-minh", "30.5", "Điều 51 khoản 1 điểm b"),
    ("hc-doc-lap-nhat", "15.0", "Điều 51 khoản 1 điểm c"),
    ("hc-quan-cong-nhat", "15.0", "Điều 51 khoản 1 điểm c"),
    ("hc-doc-lap-nhi", "12.5", "Điều 51 khoản 1 điểm d"),
    ("hc-quan-cong-nhi", "12.5", "Điều 51 khoản 1 điểm d"),
    ("hc-doc-lap-ba", "10.5", "Điều 51 khoản 1 điểm đ"),
    ("hc-quan-cong-ba", "10.5", "Điều 51 khoản 1 điểm đ"),
    ("hc-lao-dong-nhat", "9.0", "Điều 51 khoản 1 điểm e"),
    ("hc-chien-cong-nhat", "9.0", "Điều 51 khoản 1 điểm e"),
    ("hc-bao-ve-to-quoc-nhat", "9.0", "Điều 51 khoản 1 điểm e"),
    ("hc-lao-dong-nhi", "7.5", "Điều 51 khoản 1 điểm g"),
    ("hc-chien-cong-nhi", "7.5", "Điều 51 khoản 1 điểm g"),
    ("hc-bao-ve-to-quoc-nhi", "7.5", "Điều 51 khoản 1 điểm g"),
    ("hc-dai-doan-ket", "7.5", "Điều 51 khoản 1 điểm g"),
    ("hc-lao-dong-ba", "4.5", "Điều 51 khoản 1 điểm h"),
    ("hc-chien-cong-ba", "4.5", "Điều 51 khoản 1 điểm h"),
    ("hc-bao-ve-to-quoc-ba", "4.5", "Điều 51 khoản 1 điểm h"),
    ("hc-dung-cam", "4.5", "Điều 51 khoản 1 điểm h"),
)
_HONOURS = (
    ("anh-hung-lao-dong", "15.5", "Điều 52"),
    ("anh-hung-llvtnd", "15.5", "Điều 52"),
)
_CERTIFICATES = (
    ("bk-thu-tuong", "3.5", "Điều 54 khoản 1 điểm a"),
    ("bk-tinh", "1.5", "Điều 54 khoản 1 điểm b"),
    ("bk-bo", "1.5", "Điều 54 khoản 1 điểm b"),
    ("giay-khen", "0.3", "Điều 54 khoản 1 điểm e"),
)
_CEILINGS = (("ky-niem-chuong", "0.6", "Điều 54 khoản 1 điểm d"),)
_MEDALS = (("huy-chuong-huu-nghi", "1.5", "Điều 55"),)

Kinds = tuple[SubjectKind, ...]
# Orders and honours: collectives twice (Điều 51.2, 52); certificates: households 1.5 times too (Điều 54.2, 54.3).
_COLLECTIVES: Kinds = (SubjectKind.COLLECTIVE,)
_ALL: Kinds = (SubjectKind.COLLECTIVE, SubjectKind.HOUSEHOLD)
_NOW = "Nghị định 152/2025/NĐ-CP"


def _current(
    rows: tuple[tuple[str, str, str], ...], kind: SubjectKind, *, multiplies: Kinds = (), ceiling: bool = False
) -> tuple[Coefficient, ...]:
    return tuple(
        Coefficient(award, kind, Decimal(value), R2025.starts, None, f"{_NOW}, {place}", True, multiplies, ceiling)
        for award, value, place in rows
    )


_FROM_2025 = (
    *_current(_PERSON_TITLES, SubjectKind.INDIVIDUAL),
    *_current(_GROUP_TITLES, SubjectKind.COLLECTIVE),
    *_current(_ORDERS, SubjectKind.INDIVIDUAL, multiplies=_COLLECTIVES),
    *_current(_HONOURS, SubjectKind.INDIVIDUAL, multiplies=_COLLECTIVES),
    *_current(_CERTIFICATES, SubjectKind.INDIVIDUAL, multiplies=_ALL),
    *_current(_CEILINGS, SubjectKind.INDIVIDUAL, ceiling=True),
    *_current(_MEDALS, SubjectKind.INDIVIDUAL),
)


def _unchecked(
    rows: tuple[tuple[str, str], ...], kind: SubjectKind, first: date, last: date | None, decree: str, multiplies: Kinds
) -> tuple[Coefficient, ...]:
    note = f"{decree} (cần đối chiếu)"
    return tuple(
        Coefficient(award, kind, Decimal(value), first, last, note, False, multiplies) for award, value in rows
    )


def _pairs(rows: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((award, value) for award, value, _ in rows)


_OLD_GROUP_TITLES = tuple(row for row in _pairs(_GROUP_TITLES) if row[0] not in ("xa-tieu-bieu", "thon-van-hoa"))
# Before 2024 a provincial certificate brought 1.0 (common knowledge); giấy khen differed by level and is left out.
_OLD_CERTIFICATES = (("bk-thu-tuong", "3.5"), ("bk-tinh", "1.0"), ("bk-bo", "1.0"))
_D91 = ("Nghị định 91/2017/NĐ-CP", R2017.starts, R2017.ends)
_D98 = ("Nghị định 98/2023/NĐ-CP", R2024.starts, R2024.ends)

_R2017_ROWS = (
    *_unchecked(_pairs(_PERSON_TITLES), SubjectKind.INDIVIDUAL, _D91[1], _D91[2], _D91[0], ()),
    *_unchecked(_OLD_GROUP_TITLES, SubjectKind.COLLECTIVE, _D91[1], _D91[2], _D91[0], ()),
    *_unchecked(_OLD_CERTIFICATES, SubjectKind.INDIVIDUAL, _D91[1], _D91[2], _D91[0], _ALL),
)
_R2024_ROWS = (
    *_unchecked(_pairs(_PERSON_TITLES), SubjectKind.INDIVIDUAL, _D98[1], _D98[2], _D98[0], ()),
    *_unchecked(_pairs(_GROUP_TITLES), SubjectKind.COLLECTIVE, _D98[1], _D98[2], _D98[0], ()),
    *_unchecked(_pairs(_ORDERS), SubjectKind.INDIVIDUAL, _D98[1], _D98[2], _D98[0], _COLLECTIVES),
    *_unchecked(_pairs(_HONOURS), SubjectKind.INDIVIDUAL, _D98[1], _D98[2], _D98[0], _COLLECTIVES),
    *_unchecked(_pairs(_CERTIFICATES), SubjectKind.INDIVIDUAL, _D98[1], _D98[2], _D98[0], _ALL),
)
COEFFICIENTS = (*_R2017_ROWS, *_R2024_ROWS, *_FROM_2025)
