"""What the fictitious council has behind it: one issued decision, its certificates, a payment and the fund's plan."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from awards.domain.subjects import add_subject, agency_subject
from awards.enums import SubjectGroup, SubjectKind
from awards.models import AwardForm, Subject
from blocs.models import Agency, Council
from council.domain.certificates.printing import print_certificates
from council.domain.certificates.starting import begin_layout
from council.domain.decisions.citing import grounds_on
from council.domain.decisions.drafting import draft_empty
from council.domain.decisions.drafts import edit_draft
from council.domain.decisions.issuers import add_issuer
from council.domain.decisions.issuing import issue
from council.domain.decisions.lines import add_lines
from council.domain.money.fund_writing import set_plan
from council.domain.money.paying import pay
from council.enums import IssuerKind
from council.models import Decision
from reports.demo.accounts import FICTITIOUS

ISSUED_ON, PAID_ON = date(2025, 12, 30), date(2026, 1, 15)
VOUCHER = "UNC 12 ngày 15/01/2026 (hư cấu)"
ISSUER: dict[str, Any] = {
    "kind": IssuerKind.CHAIR,
    "name": "Chủ tịch Ủy ban nhân dân tỉnh Mẫu",
    "symbol": "QĐ-UBND",
    "place": "Tỉnh Mẫu",
    "signer_name": "Vũ Đức Tâm",
    "signer_title": "CHỦ TỊCH",
}
TITLE = "Về việc tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2025 (hư cấu, để thử)"
PLAN = {"planned": 250_000_000, "basis": "Quyết định giao dự toán năm 2026 (hư cấu, để thử)"}
WORKER, MANAGER = SubjectGroup.WORKER.value, SubjectGroup.MANAGER.value
PEOPLE = (
    ("Lương Thị Hà", "mau-1", "Phòng Nghiệp vụ, Sở Mẫu Một", "Chuyên viên", WORKER),
    ("Đinh Công Sơn", "mau-1", "Văn phòng, Sở Mẫu Một", "Chánh Văn phòng", MANAGER),
    ("Nguyễn Thu Trang", "mau-4", "Trung tâm Phục vụ hành chính công, Sở Mẫu Bốn", "Viên chức", WORKER),
    ("Phan Quốc Việt", "mau-4", "Phòng Kế hoạch - Tài chính, Sở Mẫu Bốn", "Trưởng phòng", MANAGER),
)
PAID_LINES = 3


def ensure_awarded() -> bool:
    """One decision of the fictitious province, where it has none; True when it was made."""
    council = Council.objects.get(province=FICTITIOUS)
    if Decision.objects.filter(council=council).exists():
        return False
    actor = User.objects.get(email="thuongtruc.mau@demo.vn")
    decision = decided(council, actor)
    lines = list(decision.lines.order_by("position"))
    layout = begin_layout(council, "bang-khen", actor=actor)
    print_certificates(decision, layout, lines=lines, dx=Decimal(0), dy=Decimal(0), actor=actor)
    known = [line.pk for line in lines if line.amount]
    pay(known[:PAID_LINES], paid_on=not_ahead(PAID_ON), note=VOUCHER, actor=actor)
    set_plan(council, PAID_ON.year, fields=PLAN, actor=actor)
    return True


def decided(council: Council, actor: User) -> Decision:
    """The issued decision, with an agency and four people."""
    issuer = add_issuer(council, fields=ISSUER, actor=actor)
    draft = draft_empty(issuer=issuer, title=TITLE, category="cong-trang", year=2025, actor=actor)
    award = AwardForm.objects.get(code="bk-tinh")
    team = agency_subject(Agency.objects.get(council=council, code="mau-4"), actor=actor)
    add_lines(draft, subjects=[team, *(person(council, actor, *each) for each in PEOPLE)], award=award, actor=actor)
    day = not_ahead(ISSUED_ON)
    # The draft cites what is in force today; the decision is older.
    edit_draft(draft, fields={"grounds": "\n".join(grounds_on(issuer, day))}, base=None, actor=actor)
    issue(draft, actor=actor, issued_on=day)
    return draft


def person(council: Council, actor: User, name: str, agency: str, unit: str, post: str, group: str) -> Subject:
    found = Agency.objects.get(council=council, code=agency)
    told = {"unit": unit, "post": post, "group": group, "field": "Quản lý nhà nước"}
    return add_subject(council=council, kind=SubjectKind.INDIVIDUAL, name=name, agency=found, actor=actor, **told)


def not_ahead(day: date) -> date:
    """``day``, or today on a clock that has not come to it: nothing is issued or paid in the future."""
    return min(day, timezone.localdate())
