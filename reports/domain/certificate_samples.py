"""Whose texts a preview shows: recipients of issued decisions, or a sample of long names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from council.domain.certificates.printing import Printed
from council.domain.decisions.later import shown_texts
from council.enums import DecisionKind, DecisionState
from council.models import CertificateLayout, DecisionLine
from reports.documents.certificate_texts import LONG_SAMPLE, SAMPLE_CODE, texts_of

LONG = "dai"
MOST = 15


@dataclass(frozen=True)
class Sample:
    """Texts of one certificate and the code of its QR."""

    texts: Mapping[str, str]
    code: str


def choices_of(layout: CertificateLayout, user: User) -> list[tuple[str, str]]:
    """The long sample, then the names decided last that this layout may serve; one query."""
    rows = lines_for(layout, user).order_by("-decision__issued_on", "-decision", "position")[:MOST]
    found = [(str(row.pk), f"{row.name} ({row.decision.full_number})") for row in rows]
    return [(LONG, "Mẫu thử: tên dài, thành tích 3 dòng"), *found]


def lines_for(layout: CertificateLayout, user: User) -> Any:
    rows = DecisionLine.objects.visible_to(user).filter(
        decision__council=layout.council_id, decision__kind=DecisionKind.AWARD, revoked_on__isnull=True
    )
    rows = rows.exclude(decision__state=DecisionState.DRAFT)
    rows = rows.filter(decision__issuer=layout.issuer_id) if layout.issuer_id else rows
    rows = rows.filter(award=layout.award_id) if layout.award_id else rows
    return rows.select_related("decision__issuer", "decision__council", "award")


def sample_of(which: str, layout: CertificateLayout, user: User) -> Sample:
    """The recipient asked for, as corrected; the long sample where there is none such."""
    key = int(which) if which.isascii() and which.isdecimal() and len(which) <= 18 else 0
    line = lines_for(layout, user).filter(pk=key).first()
    if line is None:
        return Sample(LONG_SAMPLE, SAMPLE_CODE)
    now = shown_texts([line])[line.pk]
    return Sample(texts_of(line.decision, Printed(line, now)), line.code or SAMPLE_CODE)
