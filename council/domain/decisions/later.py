"""Later decisions: what corrects or revokes an earlier one, and how a name reads after all corrections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.deadlines import calendar
from council.domain.decisions.checking import names
from council.domain.decisions.citing import grounds_on, proposer_of
from council.domain.decisions.drafts import begun
from council.domain.decisions.lines import CHUNK, arrange
from council.enums import DecisionKind, DecisionState
from council.models import Decision, DecisionLine, Issuer

# NĐ 152/2025, Điều 58: what was received goes back within 15 working days.
RETURN_DAYS = 15
RETURN_BASIS = "Nghị định số 152/2025/NĐ-CP, Điều 56 khoản 3 và Điều 58"
TITLES = {
    DecisionKind.CORRECTION: "Về việc đính chính, sửa đổi Quyết định số {number}",
    DecisionKind.REVOCATION: "Về việc hủy bỏ Quyết định khen thưởng số {number}",
}
PARTLY = "Về việc hủy bỏ một phần Quyết định khen thưởng số {number}"


def root_of(decision: Decision) -> Decision:
    """The award decision that a chain of corrections speaks of."""
    while decision.kind != DecisionKind.AWARD and decision.corrects is not None:
        decision = decision.corrects
    return decision


@transaction.atomic
def draft_later(
    earlier: Decision, *, kind: str, lines: Iterable[DecisionLine], issuer: Issuer, reason: str, actor: User | None
) -> Decision:
    """A draft that corrects or revokes lines of an issued decision, which it names (NĐ 152/2025, Điều 56.3, 58).

    ``lines`` are lines of the award decision. A correction's lines begin with the text that is shown now, to be
    edited. Raises TransitionRefused for a draft, a revoked decision, a line that is revoked already, or no line; for
    the revocation of a correction, which a further correction puts right.
    """
    row = Decision.objects.select_for_update(of=("self",)).select_related("corrects").get(pk=earlier.pk)
    refuse_unfit(row, kind)
    root = root_of(row)
    chosen = list(root.lines.filter(pk__in=[each.pk for each in lines]).select_related("subject").order_by("position"))
    if not chosen:
        raise TransitionRefused("Hãy chọn ít nhất một trường hợp của quyết định.")
    if gone := [each for each in chosen if each.revoked_on is not None]:
        raise TransitionRefused(f"Đã bị hủy bỏ trước đó: {names(gone)}. Hãy bỏ chọn các trường hợp này.")
    made = begun_later(row, root, kind, issuer, reason, whole=len(chosen) == root.lines.count(), actor=actor)
    shown = shown_texts(chosen)
    later = [follower(made, each, shown[each.pk], place) for place, each in enumerate(chosen, start=1)]
    DecisionLine.objects.bulk_create(later, batch_size=CHUNK)
    arrange(made)
    audit.record(made, "Chọn trường hợp của quyết định trước", actor=actor, after={"cases": len(later)})
    return made


def refuse_unfit(earlier: Decision, kind: str) -> None:
    if earlier.state == DecisionState.DRAFT:
        raise TransitionRefused("Đây là dự thảo chưa ban hành. Hãy sửa trực tiếp dự thảo.")
    if earlier.state == DecisionState.REVOKED:
        raise TransitionRefused(f"{earlier} đã bị hủy bỏ nên không đính chính, không hủy bỏ lần nữa.")
    if kind not in TITLES:
        raise TransitionRefused("Hãy chọn đính chính hoặc hủy bỏ.")
    if earlier.kind == DecisionKind.REVOCATION or (
        kind == DecisionKind.REVOCATION and earlier.kind != DecisionKind.AWARD
    ):
        raise TransitionRefused(
            "Chỉ hủy bỏ được quyết định khen thưởng; nội dung đính chính sai thì lập quyết định đính chính tiếp theo."
        )


def begun_later(
    earlier: Decision, root: Decision, kind: str, issuer: Issuer, reason: str, *, whole: bool, actor: User | None
) -> Decision:
    if issuer.council_id != earlier.council_id:
        raise TransitionRefused("Cơ quan ban hành này thuộc Hội đồng khác. Hãy chọn lại.")
    title = TITLES[DecisionKind(kind)] if whole or kind == DecisionKind.CORRECTION else PARTLY
    named = f"Căn cứ {earlier} ngày {earlier.issued_on:%d/%m/%Y} {earlier.title[:1].lower()}{earlier.title[1:]};"
    return begun(
        issuer,
        actor=actor,
        kind=kind,
        corrects=earlier,
        title=title.format(number=earlier.full_number),
        category=root.category,
        year=root.year,
        achievement_from=root.achievement_from,
        achievement_until=root.achievement_until,
        grounds="\n".join([*grounds_on(issuer, timezone.localdate()), named]),
        proposed_by=proposer_of(issuer, None),
        reason=reason.strip(),
    )


def follower(made: Decision, earlier: DecisionLine, shown: DecisionLine, place: int) -> DecisionLine:
    """A line that names ``earlier`` and begins with the text that is shown for it."""
    return DecisionLine(
        decision=made,
        position=place,
        earlier=earlier,
        nomination_id=earlier.nomination_id,
        subject_id=earlier.subject_id,
        award_id=earlier.award_id,
        agency_id=earlier.agency_id,
        name=shown.name,
        post=shown.post,
        unit=shown.unit,
        citation=shown.citation,
        group=shown.group,
        field=shown.field,
    )


def shown_texts(lines: Sequence[DecisionLine]) -> dict[int, DecisionLine]:
    """For each line of an award decision the line whose text holds now: itself, or its last issued correction.

    By the line's key; one query. The earlier text stays in the line itself.
    """
    found = {line.pk: line for line in lines}
    rows = DecisionLine.objects.filter(
        earlier__in=[*found], decision__kind=DecisionKind.CORRECTION, decision__state=DecisionState.ISSUED
    )
    for row in rows.select_related("decision").order_by("decision__issued_on", "decision__issued_at", "pk"):
        if row.earlier_id is not None:
            found[row.earlier_id] = row
    return found


@dataclass(frozen=True)
class Return:
    """Until when what was received has to come back (NĐ 152/2025, Điều 58)."""

    due: date
    citation: str = RETURN_BASIS


def return_of(decision: Decision) -> Return | None:
    """The term of an issued revocation; None for anything else. One query."""
    if decision.kind != DecisionKind.REVOCATION or decision.issued_on is None:
        return None
    return Return(calendar().after(decision.issued_on, RETURN_DAYS))


def later_of(decision: Decision) -> Sequence[Decision]:
    """Decisions that correct or revoke this one, issued ones first by day; one query."""
    rows = Decision.objects.filter(corrects=decision).select_related("issuer")
    return list(rows.order_by("issued_on", "pk"))
