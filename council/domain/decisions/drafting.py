"""Drafts made from what was decided: a closed session, nominations of the standing body, or an empty one."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.enums import AwardLevel, Category, DossierState, NominationState
from awards.models import AwardForm, Nomination
from council.domain.decisions.checking import names
from council.domain.decisions.citing import grounds_on, proposer_of, title_of
from council.domain.decisions.drafts import begun
from council.domain.decisions.lines import CHUNK, KIND_ORDER, arrange
from council.domain.practice.reading import remits_on
from council.enums import Body, IssuerKind, ItemOutcome, SessionState
from council.models import CouncilSession, Decision, DecisionLine, Issuer

JUDGED = (DossierState.APPRAISED, DossierState.IN_SESSION)
RELATED = ("award", "subject", "dossier__agency")


class Kind(NamedTuple):
    """What one decision holds together: an award, a loại hình, the time of the achievement, perhaps a kind."""

    award: int
    category: str
    year: int
    since: date | None
    until: date | None
    subject: str


def waiting_of(session: CouncilSession) -> QuerySet[Nomination]:
    """What the session passed and no decision holds yet."""
    passed = Nomination.objects.filter(agenda_items__session=session, agenda_items__outcome=ItemOutcome.PASSED)
    return passed.filter(state=NominationState.PASSED, decision_lines__isnull=True)


def of_the_state(rows: Iterable[Nomination]) -> list[Nomination]:
    """Those whose award the State gives (Luật TĐKT 2022, Điều 77, 78): they go to the higher level by a tờ trình."""
    return [row for row in rows if row.award.level == AwardLevel.STATE]


def waiting_of_standing(council_ids: Iterable[int]) -> QuerySet[Nomination]:
    """Eligible nominations of appraised dossiers whose award the remit leaves to the standing body, undecided.

    One query for each council; it is not evaluated.
    """
    today, found = timezone.localdate(), Nomination.objects.none()
    for council_id in council_ids:
        awards = [pk for pk, remit in remits_on(council_id, today).items() if remit.body == Body.STANDING]
        rows = Nomination.objects.filter(dossier__council=council_id, award__in=awards)
        found = found | rows.filter(
            state=NominationState.ELIGIBLE, dossier__state__in=JUDGED, decision_lines__isnull=True
        )
    return found.exclude(agenda_items__outcome=ItemOutcome.OPEN)


@transaction.atomic
def draft_from_session(
    session: CouncilSession, *, issuer: Issuer, actor: User | None, split: bool = False
) -> list[Decision]:
    """Drafts of what a closed session passed: one for each award, loại hình and time; ``split``: also by kind.

    What did not pass is in none, nor what the issuer may not give: awards of the State wait for the State's own
    decision, whose issuer takes them alone. Raises TransitionRefused while the session runs, and when nothing is left:
    of two who ask at once the second is told so.
    """
    row = CouncilSession.objects.select_for_update().get(pk=session.pk)
    if row.state != SessionState.CLOSED:
        raise TransitionRefused("Phiên họp chưa kết thúc nên chưa lập được quyết định. Hãy kết thúc phiên họp trước.")
    refuse_foreign(issuer, row.council_id)
    rows = waiting_of(row).select_related(*RELATED).order_by("agenda_items__position", "pk")
    return drafts_of(list(rows), issuer=issuer, actor=actor, session=row, split=split)


@transaction.atomic
def draft_from_nominations(
    nominations: Iterable[Nomination], *, issuer: Issuer, actor: User | None, split: bool = False
) -> list[Decision]:
    """Drafts of nominations that the council's remit leaves to the standing body.

    Raises TransitionRefused naming those that are not eligible any more, wait in a session, or stand in a decision.
    """
    keys = {each.pk for each in nominations}
    locked = Nomination.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    found = {row.pk: row for row in locked.select_related(*RELATED).order_by("position", "pk")}
    free = set(waiting_of_standing([issuer.council_id]).filter(pk__in=keys).values_list("pk", flat=True))
    if gone := [row for pk, row in found.items() if pk not in free]:
        raise TransitionRefused(
            f"Không lập quyết định được cho {', '.join(row.name for row in gone[:3])}"
            f"{' và các trường hợp khác' if len(gone) > 3 else ''}: không còn ở kết quả «Đủ điều kiện», đang trình Hội "
            "đồng, đã có trong quyết định khác, hoặc phân cấp không giao cơ quan thường trực. Hãy tải lại trang."
        )
    return drafts_of(list(found.values()), issuer=issuer, actor=actor, session=None, split=split)


def draft_empty(*, issuer: Issuer, title: str, category: str, year: int, actor: User | None) -> Decision:
    """A draft whose cases come from the register of subjects, as for a paper of a higher authority."""
    grounds = "\n".join(grounds_on(issuer, timezone.localdate()))
    words = {"grounds": grounds, "proposed_by": proposer_of(issuer, None)}
    with transaction.atomic():
        return begun(issuer, actor=actor, title=title, category=category, year=year, **words)


def refuse_foreign(issuer: Issuer, council_id: int) -> None:
    if issuer.council_id != council_id:
        raise TransitionRefused("Cơ quan ban hành này thuộc Hội đồng khác. Hãy chọn lại.")


def drafts_of(
    rows: Sequence[Nomination], *, issuer: Issuer, actor: User | None, session: CouncilSession | None, split: bool
) -> list[Decision]:
    if not rows:
        raise TransitionRefused(
            "Không còn trường hợp nào chờ lập quyết định: không có trường hợp được thông qua, hoặc đã lập dự thảo. "
            "Hãy xem danh sách quyết định."
        )
    fit = within_competence(rows, issuer)
    ordered = sorted(fit, key=lambda row: (row.award.position, kind_key(row, split)))
    groups = groupby(ordered, key=lambda row: kind_of(row, split))
    return [draft_of(kind, list(group), issuer, session, actor) for kind, group in groups]


def within_competence(rows: Sequence[Nomination], issuer: Issuer) -> list[Nomination]:
    """What this issuer may give: the State its own awards, everybody else all others. TransitionRefused for nothing."""
    state = of_the_state(rows)
    held = {row.pk for row in state}
    fit = state if issuer.kind == IssuerKind.STATE else [row for row in rows if row.pk not in held]
    if fit:
        return fit
    if issuer.kind == IssuerKind.STATE:
        raise TransitionRefused("Không có trường hợp nào thuộc cấp Nhà nước. Hãy chọn cơ quan ban hành của tỉnh.")
    raise TransitionRefused(
        f"Các trường hợp còn lại là danh hiệu, hình thức cấp Nhà nước, {issuer.name} không có thẩm quyền tặng: "
        f"{names(state)}. Hãy trình cấp trên bằng Tờ trình của phiên họp; khi có quyết định thì chọn cơ quan ban hành "
        "thuộc «Chủ tịch nước, Thủ tướng Chính phủ»."
    )


def kind_of(row: Nomination, split: bool) -> Kind:
    """Yearly merit goes by its year; other achievements by their days."""
    dossier = row.dossier
    timed = dossier.category != Category.MERIT
    return Kind(
        row.award_id,
        dossier.category,
        dossier.year,
        dossier.achievement_from if timed else None,
        dossier.achievement_until if timed else None,
        row.subject.kind if split else "",
    )


def kind_key(row: Nomination, split: bool) -> tuple[Any, ...]:
    kind = kind_of(row, split)
    return (kind.award, kind.category, kind.year, str(kind.since), str(kind.until), KIND_ORDER.get(kind.subject, 0))


def draft_of(
    kind: Kind, rows: list[Nomination], issuer: Issuer, session: CouncilSession | None, actor: User | None
) -> Decision:
    award: AwardForm = rows[0].award
    made = begun(
        issuer,
        actor=actor,
        session=session,
        title=title_of(award, kind.category, kind.year),
        category=kind.category,
        year=kind.year,
        achievement_from=kind.since,
        achievement_until=kind.until,
        grounds="\n".join(grounds_on(issuer, timezone.localdate())),
        proposed_by=proposer_of(issuer, session),
    )
    lines = [line_of(made, row, number) for number, row in enumerate(rows, start=1)]
    DecisionLine.objects.bulk_create(lines, batch_size=CHUNK)
    arrange(made)
    audit.record(made, "Đưa trường hợp vào dự thảo", actor=actor, after={"cases": len(lines)})
    return made


def line_of(decision: Decision, row: Nomination, position: int) -> DecisionLine:
    """The name as it was proposed."""
    return DecisionLine(
        decision=decision,
        position=position,
        nomination=row,
        subject_id=row.subject_id,
        award_id=row.award_id,
        name=row.name,
        post=row.post,
        unit=row.unit,
        group=row.group,
        field=row.field,
        agency_id=row.dossier.agency_id,
    )
