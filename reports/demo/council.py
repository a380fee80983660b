"""The council of the fictitious province: three members to vote as, and the rules offered as an example."""

from accounts.models import User
from blocs.models import Agency, Council, CouncilMember
from council.domain.practice.example import apply_example
from council.models import Practice
from reports.demo.accounts import FICTITIOUS

BASIS = "Quy chế của Hội đồng tỉnh Mẫu (hư cấu, để thử)"
SEATS = (
    ("chutich.mau@demo.vn", "chair", "Chủ tịch Hội đồng", ""),
    ("phochutich.mau@demo.vn", "vice", "Phó Chủ tịch Hội đồng", "mau-sonoivu"),
    ("uyvien.mau@demo.vn", "member", "Ủy viên Hội đồng", "mau-2"),
)


def ensure_council() -> bool:
    """Give the demo's members their posts, and the council its rules, where nobody did; True when anything was new."""
    council = Council.objects.get(province=FICTITIOUS)
    seated = [seat(council, place, *each) for place, each in enumerate(SEATS)]
    if Practice.objects.filter(council=council).exists():
        return any(seated)
    apply_example(council, legal_basis=BASIS, actor=User.objects.get(email="thuongtruc.mau@demo.vn"))
    return True


def seat(council: Council, place: int, email: str, role: str, post: str, agency: str) -> bool:
    """A member without a post yet gets one; whoever was given another keeps it."""
    member = CouncilMember.objects.get(council=council, user__email=email)
    if member.post:
        return False
    member.role, member.post, member.position = role, post, place
    member.agency = Agency.objects.get(council=council, code=agency) if agency else None
    member.save(update_fields=["role", "post", "position", "agency"])
    return True
