"""What a draft proposes to be written: the căn cứ by the day, the title, who proposes (NĐ 30/2020, Phụ lục I)."""

from datetime import date

from awards.enums import Category
from awards.law.rule_sets import R2024, R2026, NoRuleSet, rule_set_on
from awards.models import AwardForm
from council.enums import IssuerKind
from council.models import CouncilSession, Issuer

# The laws are cited by name and day of passing, the amending law on a line of its own (domain-2.md 1.2).
LAW_2003 = (
    "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số điều của Luật "
    "Thi đua, khen thưởng ngày 14 tháng 6 năm 2005 và ngày 16 tháng 11 năm 2013;"
)
LAW_2022 = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"
LAW_2026 = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 23 tháng 4 năm 2026;"
DECREES = {
    "R2017": "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành một "
    "số điều của Luật Thi đua, khen thưởng;",
    "R2024": "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một "
    "số điều của Luật Thi đua, khen thưởng;",
}
DECREE_152 = (
    "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong "
    "lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng;"
)
LOCAL_2025 = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"
LOCAL_SINCE = date(2025, 6, 16)


def grounds_on(issuer: Issuer, on: date) -> list[str]:
    """The căn cứ lines of a decision of ``issuer`` that is issued on ``on``; a proposal that the clerk edits.

    From 01/10/2026 the law has two lines: that of 2022 and the amending law of 23/4/2026. Raises nothing: before
    every rule set that is held only the local government's own law is left to be named.
    """
    own = issuer.kind in (IssuerKind.COMMITTEE, IssuerKind.CHAIR)
    local = [LOCAL_2025] if own and on >= LOCAL_SINCE else []
    try:
        held = rule_set_on(on)
    except NoRuleSet:
        return local
    if held.starts < R2024.starts:
        laws = [LAW_2003]
    else:
        laws = [LAW_2022, LAW_2026] if held.starts >= R2026.starts else [LAW_2022]
    return [*local, *laws, DECREES.get(held.code, DECREE_152)]


def proposer_of(issuer: Issuer, session: CouncilSession | None) -> str:
    """«Theo đề nghị của …»: the head of the standing body, and the council where it met."""
    standing = issuer.council.standing_agency
    head = f"{standing.leader_title} {standing.name}".strip() if standing is not None else ""
    both = [issuer.council.name if session is not None else "", head]
    return " và ".join(each for each in both if each)[:300]


def title_of(award: AwardForm, category: str, year: int) -> str:
    """The trích yếu: what is given, and the year or the kind of achievement."""
    given = f"danh hiệu «{award}»" if award.is_title and "Cờ" not in str(award) else str(award)
    if category == Category.MERIT:
        return f"Về việc tặng {given} năm {year}"
    return f"Về việc tặng {given} ({Category(category).label.lower()})"
