"""What a draft proposes to be written: the căn cứ by the day, the title, who proposes (NĐ 30/2020, Phụ lục I)."""

from datetime import date

from awards.enums import Category
from awards.law.citing import emulation_law_on
from awards.models import AwardForm
from council.enums import IssuerKind
from council.models import CouncilSession, Issuer

LOCAL_2025 = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"
LOCAL_SINCE = date(2025, 6, 16)


def grounds_on(issuer: Issuer, on: date) -> list[str]:
    """The căn cứ lines of a decision of ``issuer`` that is issued on ``on``; a proposal that the clerk edits.

    The law and its decree are cited as every paper cites them (awards.law.citing). Raises nothing: before every
    rule set that is held only the local government's own law is left to be named.
    """
    own = issuer.kind in (IssuerKind.COMMITTEE, IssuerKind.CHAIR)
    local = [LOCAL_2025] if own and on >= LOCAL_SINCE else []
    return [*local, *(f"{line};" for line in emulation_law_on(on))]


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
