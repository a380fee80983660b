"""Public verification: what anybody may know of the paper, decision or certificate that a code stands on.

Each kind of code has its own verifier in ``VERIFIERS``; codes are random, so at most one of them knows a code.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from council.enums import DecisionKind, DecisionState
from council.models import Decision, DecisionLine
from reports.domain.issuing import verify
from reports.models import IssuedDocument

# What codes are made of; anything else, as NUL, which PostgreSQL does not take, is no code.
CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
COMPARE = "Hãy so các thông tin dưới đây với bản bạn đang cầm."


class Standing(StrEnum):
    REAL = "real"
    CORRECTED = "corrected"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Verified:
    """The answer to one code: a sentence, and facts as (label, value); nothing else of the paper."""

    standing: Standing
    verdict: str
    facts: tuple[tuple[str, str], ...] = ()
    document: IssuedDocument | None = None  # a paper of a bloc: its page shows the hash as well


Verifier = Callable[[str], Verified | None]
VERIFIERS: list[Verifier] = []


def verifies(verifier: Verifier) -> Verifier:
    """Decorator: ``verifier`` answers codes of its kind for everybody, and None for all others."""
    VERIFIERS.append(verifier)
    return verifier


def find(code: str) -> Verified | None:
    """What stands behind ``code``, exact to the letter; None when no kind knows it. One query for each kind."""
    if not CODE.fullmatch(code):
        return None
    return next((found for verifier in VERIFIERS if (found := verifier(code)) is not None), None)


@verifies
def issued_paper(code: str) -> Verified | None:
    document = verify(code)
    if document is None:
        return None
    return Verified(Standing.REAL, f"Văn bản này do hệ thống ban hành. {COMPARE}", document=document)


@verifies
def issued_decision(code: str) -> Verified | None:
    """Number, day, issuer and title; whether later decisions corrected or revoked it. Names are in the paper alone."""
    decision = Decision.objects.select_related("issuer").filter(code=code).first()
    if decision is None:
        return None
    return Verified(*judged_decision(decision, decisions_after(decision)), facts=decision_facts(decision))


def decisions_after(decision: Decision) -> Sequence[Decision]:
    """Issued decisions on this one or on its lines, by day; one query."""
    rows = Decision.objects.exclude(state=DecisionState.DRAFT)
    on_it = Q(corrects=decision) | Q(pk__in=DecisionLine.objects.filter(earlier__decision=decision).values("decision"))
    return list(rows.filter(on_it).order_by("issued_on", "issued_at", "pk"))


def judged_decision(decision: Decision, later: Sequence[Decision]) -> tuple[Standing, str]:
    revoked, corrected = by(later, DecisionKind.REVOCATION), by(later, DecisionKind.CORRECTION)
    if decision.state == DecisionState.REVOKED:
        return Standing.REVOKED, f"Quyết định này đã bị hủy bỏ theo {revoked}. Quyết định không còn giá trị."
    parts = []
    if revoked:
        parts.append(f"đã bị hủy bỏ một phần theo {revoked}")
    if corrected:
        parts.append(f"đã được đính chính, sửa đổi theo {corrected}")
    if parts:
        return Standing.CORRECTED, f"Quyết định này do hệ thống ban hành và {'; '.join(parts)}. {COMPARE}"
    return Standing.REAL, f"Quyết định này do hệ thống ban hành. {COMPARE}"


def by(later: Sequence[Decision], kind: str) -> str:
    """ "Quyết định 05/QĐ-UBND ngày 20/11/2026": those of ``later`` that are of this kind."""
    return "; ".join(f"{each} ngày {each.issued_on:%d/%m/%Y}" for each in later if each.kind == kind)


def decision_facts(decision: Decision) -> tuple[tuple[str, str], ...]:
    return (
        ("Trích yếu", decision.title),
        ("Số, ký hiệu", decision.full_number),
        ("Ngày ban hành", f"{decision.issued_on:%d/%m/%Y}"),
        ("Cơ quan ban hành", decision.issuer.name),
    )


@verifies
def certificate(code: str) -> Verified | None:
    """One name of an annex, which its certificate bears too: as it reads after all corrections.

    Name, post and unit as printed, award, decision. Money, ids and dossiers are nobody's here. The code of a line
    that corrects or revokes answers for the line it speaks of.
    """
    rows = DecisionLine.objects.select_related(
        "decision__issuer", "award", "earlier__decision__issuer", "earlier__award"
    )
    found = rows.filter(code=code).first()
    if found is None:
        return None
    line = found.earlier or found
    later = line_followers(line)
    corrections = [each for each in later if each.decision.kind == DecisionKind.CORRECTION]
    standing, verdict = judged_line(line, [each.decision for each in later])
    return Verified(standing, verdict, facts=line_facts(line, corrections[-1] if corrections else line))


def line_followers(line: DecisionLine) -> Sequence[DecisionLine]:
    """Lines of issued decisions that correct or revoke ``line``, by day; one query."""
    rows = line.later.exclude(decision__state=DecisionState.DRAFT).select_related("decision")
    return list(rows.order_by("decision__issued_on", "decision__issued_at", "pk"))


def judged_line(line: DecisionLine, later: Sequence[Decision]) -> tuple[Standing, str]:
    revoked, corrected = by(later, DecisionKind.REVOCATION), by(later, DecisionKind.CORRECTION)
    if line.revoked_on is not None:
        return Standing.REVOKED, (
            f"Khen thưởng này đã bị hủy bỏ, thu hồi theo {revoked}. Bằng, giấy chứng nhận không còn giá trị."
        )
    if corrected:
        return Standing.CORRECTED, (
            f"Khen thưởng này có thật; nội dung ghi lần đầu đã được đính chính theo {corrected}. "
            "Dưới đây là nội dung sau đính chính."
        )
    return Standing.REAL, f"Khen thưởng này có thật. {COMPARE}"


def line_facts(line: DecisionLine, now: DecisionLine) -> tuple[tuple[str, str], ...]:
    """What the certificate prints; empty parts are left out."""
    decision = line.decision
    facts = (
        ("Tặng, công nhận", line.award.name),
        ("Người, tập thể, hộ được khen thưởng", now.name),
        ("Chức vụ", now.post),
        ("Đơn vị, địa chỉ", now.unit),
        ("Số quyết định", decision.full_number),
        ("Ngày quyết định", f"{decision.issued_on:%d/%m/%Y}"),
        ("Cơ quan, người quyết định", decision.issuer.name),
    )
    return tuple((label, value) for label, value in facts if value)
