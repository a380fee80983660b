"""Which law holds on a day (domain.md 0.2, domain-2.md 1.2)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RuleSet:
    """A period of the law: first and last day, and how papers cite it."""

    code: str
    starts: date
    ends: date | None
    law: str
    decree: str
    banner: str = ""


R2017 = RuleSet(
    "R2017", date(2017, 10, 1), date(2023, 12, 31), "Luật TĐKT 2003 (sửa đổi, bổ sung 2013)", "Nghị định 91/2017/NĐ-CP"
)
R2024 = RuleSet("R2024", date(2024, 1, 1), date(2025, 6, 30), "Luật TĐKT 2022", "Nghị định 98/2023/NĐ-CP")
R2025 = RuleSet("R2025", date(2025, 7, 1), date(2026, 9, 30), "Luật TĐKT 2022", "Nghị định 152/2025/NĐ-CP")
R2026 = RuleSet(
    "R2026",
    date(2026, 10, 1),
    None,
    "Luật TĐKT 2022",
    "Nghị định 152/2025/NĐ-CP",
    banner="Chờ đối chiếu Luật 06/2026/QH16: đang xét theo Luật TĐKT 2022 và Nghị định 152/2025/NĐ-CP.",
)
RULE_SETS = (R2017, R2024, R2025, R2026)
BY_CODE = {each.code: each for each in RULE_SETS}


class NoRuleSet(ValueError):
    """The day lies before every rule set that this product holds."""


def rule_set_on(day: date) -> RuleSet:
    """The rule set in force on ``day``. Raises NoRuleSet with a sentence for a day before 01/10/2017."""
    for each in RULE_SETS:
        if each.starts <= day and (each.ends is None or day <= each.ends):
            return each
    raise NoRuleSet(f"Ngày {day:%d/%m/%Y} trước 01/10/2017: hệ thống không có bộ quy định của thời kỳ này.")
