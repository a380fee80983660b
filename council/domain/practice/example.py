"""An example to start from: how Bắc Ninh does it. Only values are offered; the legal basis is the province's own.

QĐ 86/2025/QĐ-UBND (03/12/2025), Điều 5 and Điều 8. Where it is silent another text is the source, and is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from awards.enums import AwardGroup, Basis
from awards.models import AwardForm
from blocs.models import Council
from council.domain.practice.kinds import BY_SLUG, RuleKind
from council.domain.practice.writing import set_rule
from council.enums import AbsentMode, Body, VoteBase, VoteMode

NOTE = "Giá trị gợi ý theo ví dụ Bắc Ninh; hãy đối chiếu với quy định của tỉnh rồi lưu lại."
PRACTICE: dict[str, Any] = {
    "quorum_part": 2,
    "quorum_whole": 3,
    "award_quorum": 80,
    "absent": AbsentMode.WRITTEN,
    "recused_in_base": True,
    "substitutes_vote": True,
    "chair_breaks_ties": True,
    "max_rounds": 2,
}
PRACTICE_SOURCE = (
    "QĐ 86/2025 Điều 8.4b (2/3; 80%; ý kiến bằng văn bản). Văn bản này không nói về người dự thay, bằng phiếu (theo TT "
    "25/2025/TT-BKHCN, Điều 23), số vòng (TT 01/2024/TT-TANDTC, Điều 29) và mẫu số (tổng số thành viên, NĐ 152 Đ33.5)"
)
FULL = ("co-chinh-phu", "co-tinh", "cstd-tinh", "cstd-toan-quoc", "bk-thu-tuong")
ALONE = ("tt-ld-xuat-sac", "bk-tinh")
ABOVE = (AwardGroup.ORDER, AwardGroup.HONOUR, AwardGroup.PRIZE)
PARTY = ("cstd-toan-quoc", "hc-sao-vang", "hc-ho-chi-minh", "anh-hung-lao-dong", "anh-hung-llvtnd")
PARTY_PREFIX = "hc-doc-lap-"


@dataclass(frozen=True)
class Offer:
    """One rule that the example would add, where it stands in the example, and whether there is one already."""

    kind: RuleKind
    fields: dict[str, Any]
    about: str
    words: str
    source: str
    exists: bool


def offers_of(council: Council) -> list[Offer]:
    """What the example holds for ``council``. A rule that the council set, of whatever period, is left alone."""
    return [offer_of(council, slug, fields, source) for slug, fields, source in example()]


def example() -> Iterator[tuple[str, dict[str, Any], str]]:
    yield "lam-viec", PRACTICE, PRACTICE_SOURCE
    votes = {"award": None, "percent": 50, "more_than": True, "base": VoteBase.PRESENT, "mode": VoteMode.OPEN}
    yield "ty-le-phieu", votes, "QĐ 86/2025 Điều 8.4a (biểu quyết theo đa số)"
    for award in AwardForm.objects.filter(active=True).order_by("position", "pk"):
        if award.code in FULL or award.group in ABOVE:
            party = award.code in PARTY or award.code.startswith(PARTY_PREFIX)
            source = "QĐ 86/2025 Điều 5.1a và 5.1b" if party else "QĐ 86/2025 Điều 5.1b"
            yield "phan-cap", {"award": award, "body": Body.COUNCIL, "party_opinion": party}, source
        elif award.code in ALONE:
            fields = {"award": award, "body": Body.STANDING, "party_opinion": False}
            yield "phan-cap", fields, "QĐ 86/2025 Điều 5.2b"


def offer_of(council: Council, slug: str, fields: dict[str, Any], source: str) -> Offer:
    kind = BY_SLUG[slug]
    same = {name: fields[name] for name in kind.alike}
    rows = kind.model.objects.filter(council=council)
    exists = any(
        all(getattr(row, f"{name}_id") == getattr(value, "pk", None) for name, value in same.items()) for row in rows
    )
    about = str(fields.get("award") or ("Các hình thức khác" if kind.alike else "Hội đồng"))
    return Offer(kind, fields, about, kind.words(kind.model(council=council, **fields)), source, exists)


@transaction.atomic
def apply_example(council: Council, *, legal_basis: str, actor: User) -> int:
    """Write what the council has not set, each marked «Giá trị gợi ý» until somebody saves it; how many.

    ``legal_basis`` is the province's own text: without one nothing is written (TransitionRefused).
    """
    count = 0
    for offer in offers_of(council):
        if not offer.exists:
            fields = offer.fields | {"legal_basis": legal_basis, "note": NOTE}
            set_rule(council, offer.kind, fields=fields, actor=actor, basis=Basis.OURS)
            count += 1
    return count
