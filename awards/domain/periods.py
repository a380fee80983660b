"""Until when the council takes a dossier, and whether it refuses what comes later (domain.md B4: the province's)."""

from datetime import date

from awards.domain.council_rules import dossier_deadline, rule_value
from awards.domain.law_days import law_day
from awards.models import Dossier


def due_of(dossier: Dossier) -> date | None:
    """The last day for dossiers of this loại hình and year; None where the council set none. One query, then kept."""
    if not hasattr(dossier, "_due"):
        found = dossier_deadline(dossier.council_id, category=dossier.category, year=dossier.year, on=law_day(dossier))
        dossier._due = found.day if found else None  # type: ignore[attr-defined]
    kept: date | None = dossier.due or dossier._due  # type: ignore[attr-defined]
    return kept


def refuses_late(dossier: Dossier) -> bool:
    """Whether the council takes nothing that comes late; not set is no. One query."""
    found = rule_value(dossier.council_id, "late-dossiers-refused", law_day(dossier))
    return found is not None and bool(found.value)


def days_left(dossier: Dossier, today: date) -> int | None:
    """Days until the deadline, below zero after it; None where there is none."""
    due = due_of(dossier)
    return None if due is None else (due - today).days
