"""How papers cite the law on emulation and commendation on a day: by name and day of passing (domain-2.md 1.2).

A law bears neither number nor issuer in a căn cứ line (NĐ 30/2020, Phụ lục I, mục II.6), a decree both. Nothing is
cited that is not held: of the law of 2026 its name and day are known, so it is named on a line of its own.
"""

from datetime import date

from awards.law.rule_sets import R2024, R2026, NoRuleSet, rule_set_on

LAW_2003_ALONE = "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003"
LAW_2003 = (
    f"{LAW_2003_ALONE}; Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 14 tháng 6 năm 2005 "
    "và ngày 16 tháng 11 năm 2013"
)
LAW_2022 = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
LAW_2026 = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 23 tháng 4 năm 2026"
DETAILS = "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng"
DECREES = {
    "R2017": f"Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ {DETAILS}",
    "R2024": f"Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ {DETAILS}",
}
DECREE_152 = (
    "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong "
    "lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng"
)


def emulation_law_on(day: date) -> tuple[str, ...]:
    """The law and its decree in force on ``day``, a line each, without closing marks.

    From 01/10/2026 the law has two lines: that of 2022 and the amending law of 23/4/2026. Before the first rule set
    that is held (01/10/2017) there is none: a decree of that time is not held.
    """
    try:
        held = rule_set_on(day)
    except NoRuleSet:
        return ()
    if held.starts < R2024.starts:
        laws: tuple[str, ...] = (LAW_2003,)
    else:
        laws = (LAW_2022, LAW_2026) if held.starts >= R2026.starts else (LAW_2022,)
    return (*laws, DECREES.get(held.code, DECREE_152))
