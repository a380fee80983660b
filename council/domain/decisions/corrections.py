"""How a line of an award decision reads now: as decided, or as corrected since."""

from typing import Any

from council.enums import DecisionKind, DecisionState
from council.models import DecisionLine

# Prefetched as ``corrections`` of a line: issued ones, the latest last.
CORRECTIONS = DecisionLine.objects.filter(
    decision__kind=DecisionKind.CORRECTION, decision__state=DecisionState.ISSUED
).order_by("decision__issued_on", "decision__issued_at", "pk")


def now_of(line: DecisionLine) -> DecisionLine:
    """The line whose text holds; reads what was prefetched, no query."""
    corrections: list[Any] = getattr(line, "corrections", [])
    found: DecisionLine = corrections[-1] if corrections else line
    return found
