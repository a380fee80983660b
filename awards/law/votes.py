"""The share of a council's votes that an award needs, by the law of the day (domain.md B2, domain-2.md 2.2).

Integers only: a share is never rounded. What no text at hand sets is None, never a default.
"""

from dataclasses import dataclass
from datetime import date

from awards.law.rule_sets import R2024, R2025

MEMBERS, PRESENT = "members", "present"
NATIONAL, PROVINCE = "national", "province"

DECREE_2023 = "Nghị định 98/2023/NĐ-CP, Điều 30 khoản 7"
DECREE_2025 = "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 5"
LEFT_TO_PROVINCE = "Nghị định 152/2025/NĐ-CP, Điều 6 khoản 2 và Điều 33 khoản 5 (tỉnh quy định)"
NOT_HELD = "Nghị định 91/2017/NĐ-CP (hệ thống chưa có nguyên văn, cần đối chiếu)"
BEFORE_ALL = "văn bản trước Nghị định 91/2017/NĐ-CP (hệ thống không có)"

HEROES = ("tinh-anh-hung", "anh-hung-llvtnd", "anh-hung-lao-dong")
_2023 = {
    # Điều 30 khoản 7 names no «Tỉnh Anh hùng»; NĐ 152 does.
    **dict.fromkeys((*HEROES[1:], "cstd-toan-quoc", "cstd-tinh"), 90),
    **dict.fromkeys(("cstd-co-so", "co-tinh", "co-bo", "co-chinh-phu"), 80),
}
_2025 = {**dict.fromkeys((*HEROES, "cstd-toan-quoc"), 90), "co-chinh-phu": 80}


@dataclass(frozen=True)
class Demand:
    """What an award needs of a council's vote.

    ``base``: "members" (all of the council) or "present". ``written_allowed``: whether absentees may send their
    opinion in writing; None: this text is silent and the province's rules say. ``source``: "national" or "province".
    """

    percent: int
    more_than: bool
    base: str
    ballot_required: bool
    written_allowed: bool | None
    citation: str
    source: str


def national_demand(award_code: str, on: date, received: date | None = None) -> Demand | None:
    """What the decrees demand for ``award_code`` in a session on ``on``; None: they do not say (``silence`` says why).

    ``received``: the day whose law the dossier follows. What was sent before 01/07/2025 stays under NĐ 98/2023
    however late it is considered (NĐ 152/2025, Điều 60 khoản 3). Else that decree gave way on 01/07/2025.
    """
    if _follows_2023(on, received):
        return _national(_2023.get(award_code), DECREE_2023, written=True)
    if on >= R2025.starts:
        return _national(_2025.get(award_code), DECREE_2025, written=None)
    return None


def silence(award_code: str, on: date, received: date | None = None) -> str:
    """The text that leaves ``award_code`` open on that day: whose rules have to say it, or what is not held."""
    if _follows_2023(on, received):
        return f"{DECREE_2023} không quy định hình thức này"
    if on >= R2025.starts:
        return LEFT_TO_PROVINCE
    return NOT_HELD if on >= date(2017, 10, 1) else BEFORE_ALL


def needed(base: int, demand: Demand) -> int:
    """The fewest votes of ``base`` that meet ``demand``: 11 of 13 for 80 %, 7 of 13 for more than 50 %."""
    if demand.more_than:
        return demand.percent * base // 100 + 1
    return -(-demand.percent * base // 100)


def passes(yes: int, base: int, demand: Demand) -> bool:
    """True when ``yes`` of ``base`` meet ``demand``. 10 of 13 is below 80 %. Nobody's vote passes nothing."""
    if base <= 0:
        return False
    if demand.more_than:
        return yes * 100 > demand.percent * base
    return yes * 100 >= demand.percent * base


def _follows_2023(on: date, received: date | None) -> bool:
    if on < R2024.starts:
        return False
    if on < R2025.starts:
        return True
    return received is not None and R2024.starts <= received < R2025.starts


def _national(percent: int | None, citation: str, *, written: bool | None) -> Demand | None:
    if percent is None:
        return None
    return Demand(percent, False, MEMBERS, True, written, citation, NATIONAL)
