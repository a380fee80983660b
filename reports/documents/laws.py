"""Căn cứ lines by date: laws are cited without number and date (NĐ 30/2020, Phụ lục I, mục II.6).

The law's period is that of the rule sets of domain.md part 0.2.
"""

from datetime import date

LAW = "Căn cứ Luật Thi đua, khen thưởng"
LAW_AMENDED = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng"
DETAILS = "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng"
DECREE_91 = f"Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ {DETAILS}"
DECREE_98 = f"Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ {DETAILS}"
DECREE_152 = (
    "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền "
    "trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, "
    "khen thưởng"
)

# First day in force, and the lines from then on; the newest first.
PERIODS: tuple[tuple[date, tuple[str, ...]], ...] = (
    (
        date(2026, 10, 1),
        (
            LAW,
            LAW_AMENDED,
            DECREE_152,
        ),
    ),
    (
        date(2025, 7, 1),
        (LAW, DECREE_152),
    ),
    (
        date(2024, 1, 1),
        (LAW, DECREE_98),
    ),
    (
        date(2017, 10, 1),
        (LAW, LAW_AMENDED, DECREE_91),
    ),
)


def grounds_on(day: date) -> tuple[str, ...]:
    """The law and its decree in force on ``day``; before 1/10/2017 the law alone."""
    return next((lines for start, lines in PERIODS if day >= start), (LAW,))
