"""Which nominations may come before a session: appraised, waiting in no session, and the council's to consider."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from awards.domain.workflow import BEFORE_COUNCIL
from awards.enums import DossierState
from awards.models import AwardForm, Dossier, Nomination
from council.domain.practice.reading import remits_on
from council.domain.sessions.seats import day_of
from council.enums import Body, ItemOutcome
from council.models import AgendaItem, CouncilSession, Remit

READY_DOSSIERS = (DossierState.APPRAISED, DossierState.IN_SESSION)
NOT_SET = "Chưa ghi phân cấp xét cho hình thức này; hãy ghi ở thẻ Quy chế để có căn cứ."


def waiting() -> QuerySet[AgendaItem]:
    """Items of nominations that some session still has to settle; for a subquery over nominations."""
    rows: QuerySet[AgendaItem] = AgendaItem.objects.filter(nomination=OuterRef("pk"), outcome=ItemOutcome.OPEN)
    return rows


def appraised(council_id: int) -> QuerySet[Nomination]:
    """Nominations with a result of appraisal that lets them go on, and that wait in no session."""
    rows = Nomination.objects.filter(
        dossier__council=council_id, dossier__state__in=READY_DOSSIERS, state__in=BEFORE_COUNCIL
    )
    return rows.exclude(Exists(waiting()))


def standing_remits(remits: dict[int, Remit]) -> list[int]:
    return [award_id for award_id, remit in remits.items() if remit.body == Body.STANDING]


def ready(session: CouncilSession) -> QuerySet[Nomination]:
    """What may be put on the agenda now: without the awards that the standing body submits by itself."""
    remits = remits_on(session.council_id, day_of(session))
    return appraised(session.council_id).exclude(award__in=standing_remits(remits))


@dataclass(frozen=True)
class AwardOffer:
    """One award with how many nominations wait; ``hint``: what is missing or why it is not offered."""

    award: AwardForm
    count: int
    offered: bool
    hint: str


def award_offers(session: CouncilSession) -> list[AwardOffer]:
    """Every award with appraised nominations; those not offered say why. Three queries."""
    remits = remits_on(session.council_id, day_of(session))
    counts = appraised(session.council_id).order_by().values_list("award").annotate(count=Count("pk"))
    numbers: dict[int, int] = dict(counts)
    awards = AwardForm.objects.filter(pk__in=numbers).order_by("position", "pk")
    return [offer_of(award, numbers[award.pk], remits.get(award.pk)) for award in awards]


def offer_of(award: AwardForm, count: int, remit: Remit | None) -> AwardOffer:
    if remit is None:
        return AwardOffer(award, count, True, NOT_SET)
    if remit.body == Body.STANDING:
        hint = f"Không đưa ra Hội đồng: cơ quan thường trực thẩm định, trình thẳng ({remit.legal_basis})."
        return AwardOffer(award, count, False, hint)
    hint = "Cần có ý kiến của cấp ủy trước khi trình." if remit.party_opinion else ""
    return AwardOffer(award, count, True, hint)


def dossier_offers(session: CouncilSession) -> Iterator[tuple[Dossier, int]]:
    """Dossiers with nominations that may be added, and how many. Three queries."""
    counts: Any = ready(session).order_by().values_list("dossier").annotate(count=Count("pk"))
    numbers: dict[int, int] = dict(counts)
    rows = Dossier.objects.filter(pk__in=numbers).select_related("agency", "bloc_year__bloc").order_by("code")
    for row in rows:
        yield row, numbers[row.pk]


def chosen_nominations(
    session: CouncilSession, *, how: str, awards: list[str], dossiers: list[str]
) -> QuerySet[Nomination]:
    """The nominations that a choice on the page means: "all", whole "awards" or whole "dossiers" (keys as text)."""
    rows = ready(session)
    if how == "awards":
        return rows.filter(award__in=[int(key) for key in awards])
    return rows.filter(dossier__in=[int(key) for key in dossiers]) if how == "dossiers" else rows
