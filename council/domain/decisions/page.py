"""What the page of one decision shows beside its names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from awards.enums import NominationState
from awards.models import Posting
from blocs.tables.access import access_of
from council.domain.decisions.checking import obstacles, party_awards
from council.domain.decisions.later import later_of, return_of, root_of, shown_texts
from council.domain.decisions.lines import headings_of
from council.domain.decisions.signatures import moment_of
from council.domain.from_files import missing_words
from council.enums import DecisionKind, DecisionState, SessionState
from council.models import CouncilSession, Decision, DecisionLine, DecisionScan


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it: its heading, the text that holds now, and whether a correction changed it."""

    line: DecisionLine
    heading: str
    now: DecisionLine

    @property
    def is_corrected(self) -> bool:
        return self.now.pk != self.line.pk

    @property
    def before(self) -> DecisionLine | None:
        """On a correction's own page: the line that it puts right."""
        return self.line.earlier


@dataclass(frozen=True)
class Signed:
    """A digital signature as it was read."""

    facts: dict[str, Any]

    @property
    def at(self) -> datetime | None:
        return moment_of(self.facts)


@dataclass(frozen=True)
class Scan:
    row: DecisionScan
    signatures: list[Signed]


def lines_of(decision: Decision) -> QuerySet[DecisionLine]:
    return decision.lines.select_related("subject", "award", "agency", "earlier")


def shown_lines(lines: Sequence[DecisionLine], *, in_order: bool) -> list[Shown]:
    """The lines of a page; headings only where the list stands in the order of the annex. One query."""
    now, headings = shown_texts(lines), headings_of(lines) if in_order else {}
    return [Shown(each, headings.get(each.pk, ""), now[each.pk]) for each in lines]


def scans_of(decision: Decision) -> list[Scan]:
    rows = decision.scans.select_related("added_by")
    return [Scan(row, [Signed(each) for each in row.signatures]) for row in rows]


def context_of(decision: Decision, user: User) -> dict[str, Any]:
    """The same number of queries however many lines there are."""
    draft = decision.state == DecisionState.DRAFT
    may_write = user.has_perm("council.write_decision", decision)
    return {
        "decision": decision,
        "is_draft": draft,
        "may_write": may_write,
        "obstacles": obstacles(decision) if draft else [],
        "later": [each for each in later_of(decision) if may_write or each.state != DecisionState.DRAFT],
        "root": root_of(decision) if decision.kind != DecisionKind.AWARD else None,
        "term": return_of(decision),
        "opinions": list(decision.party_opinions.all()) if may_write else [],
        "party_awards": party_awards(decision) if draft else [],
        "postings": postings_of(decision) if may_write else [],
        "scans": scans_of(decision) if not draft else [],
        "may_change": may_write and decision.state == DecisionState.ISSUED and decision.kind != DecisionKind.REVOCATION,
        "may_revoke": decision.kind == DecisionKind.AWARD,
        "missing": missing_lines(decision),
    }


def missing_lines(decision: Decision) -> str:
    """A sentence where the decision came by files with a part of its lines. Nobody of this system issued such a one."""
    if decision.state == DecisionState.DRAFT or decision.issued_by_id is not None:
        return ""
    return missing_words(decision, decision.lines.count(), "quyết định")


def postings_of(decision: Decision) -> list[Posting]:
    """Public lists that held cases of this decision; one query."""
    rows = Posting.objects.public().filter(nominations__decision_lines__decision=decision)
    return list(rows.distinct().order_by("from_on", "pk"))


def sessions_waiting(user: User) -> list[CouncilSession]:
    """Closed sessions with passed cases that stand in no decision; one query."""
    waits = Q(
        items__outcome="passed",
        items__nomination__state=NominationState.PASSED,
        items__nomination__decision_lines__isnull=True,
    )
    rows = CouncilSession.objects.filter(council__in=access_of(user).standing_ids, state=SessionState.CLOSED)
    return list(rows.annotate(left=Count("items", filter=waits)).filter(left__gt=0).order_by("-held_on", "-pk"))
