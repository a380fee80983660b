"""Until when the council takes a dossier, and whether it refuses what comes later (domain.md B4: the province's)."""

from datetime import date, timedelta

from django.utils import timezone

from awards.domain.council_rules import Deadline, dossier_deadline, rule_value
from awards.domain.law_days import law_day
from awards.enums import Category, Proposer
from awards.models import Dossier
from blocs.enums import ConferenceKind
from blocs.models import Conference

DAYS_BEFORE = "dossier-days-before-conference"
REVIEWS = (ConferenceKind.MID_YEAR_REVIEW, ConferenceKind.ANNUAL_REVIEW)


def deadline_of(dossier: Dossier) -> Deadline | None:
    """The last day for dossiers of this loại hình and year, with its ground; None where the council set none.

    One query for most, up to three for a movement or a school; then kept on ``dossier``.
    """
    if not hasattr(dossier, "_deadline"):
        dossier._deadline = before_conference(dossier) or set_by_category(dossier)  # type: ignore[attr-defined]
    kept: Deadline | None = dossier._deadline  # type: ignore[attr-defined]
    return kept


def set_by_category(dossier: Dossier) -> Deadline | None:
    agency = dossier.agency if dossier.proposer == Proposer.AGENCY else None
    return dossier_deadline(
        dossier.council_id, category=dossier.category, year=dossier.year, on=law_day(dossier), agency=agency
    )


def before_conference(dossier: Dossier) -> Deadline | None:
    """For a movement: the province's number of days before the review at which its awards are handed over."""
    if dossier.category != Category.MOVEMENT:
        return None
    rule = rule_value(dossier.council_id, DAYS_BEFORE, law_day(dossier))
    conference = review_of(dossier) if rule is not None else None
    if rule is None or conference is None or conference.held_on is None:
        return None
    words = f"{rule.value} ngày trước {conference.get_kind_display()} ngày {conference.held_on:%d/%m/%Y}"
    return Deadline(conference.held_on - timedelta(days=int(rule.value)), f"{words}; {rule.legal_basis}")


def review_of(dossier: Dossier) -> Conference | None:
    """The first review, from the day the dossier was begun on, of a bloc of the makers that carries the movement out;
    of the bloc that proposes, whatever it carries out."""
    rows = Conference.objects.filter(kind__in=REVIEWS, held_on__gte=timezone.localdate(dossier.created_at))
    if dossier.proposer == Proposer.BLOC:
        rows = rows.filter(bloc_year=dossier.bloc_year_id)
    elif dossier.movement_id is None:
        return None
    else:
        members = {"bloc_year__memberships__agency": dossier.agency_id}
        rows = rows.filter(bloc_year__movements__movement=dossier.movement_id, **members)
    return rows.order_by("held_on", "pk").first()


def due_of(dossier: Dossier) -> date | None:
    """The day that was fixed when it was sent, else the last day as it is now."""
    found = None if dossier.due else deadline_of(dossier)
    return dossier.due or (found.day if found else None)


def basis_of(dossier: Dossier) -> str:
    """The ground of the deadline; empty where there is none, or another one holds since it was sent."""
    found = deadline_of(dossier)
    return found.legal_basis if found is not None and found.day == due_of(dossier) else ""


def refuses_late(dossier: Dossier) -> bool:
    """Whether the council takes nothing that comes late; not set is no. One query."""
    found = rule_value(dossier.council_id, "late-dossiers-refused", law_day(dossier))
    return found is not None and bool(found.value)


def days_left(dossier: Dossier, today: date) -> int | None:
    """Days until the deadline, below zero after it; None where there is none."""
    due = due_of(dossier)
    return None if due is None else (due - today).days
