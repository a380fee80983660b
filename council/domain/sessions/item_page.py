"""One item as the council reads it: what was proposed, what the rules say, the subject's history, the papers.

Members see no national id and no reason of a freeze or a discipline; the standing body has its own page for those.
"""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from awards.domain.discreet import checks_for
from awards.domain.texts import sections_of
from awards.models import Attachment, Nomination
from council.models import AgendaItem

PASSED = {True: "Đạt", False: "Không đạt", None: "Cần xem xét"}


def papers_of(item: AgendaItem) -> QuerySet[Attachment]:
    """The files of the nomination and those common to its dossier, never those of other nominations."""
    own = Q(nomination=item.nomination_id) | Q(nomination__isnull=True)
    return Attachment.objects.filter(own, dossier=item.nomination.dossier_id).order_by("nomination", "kind", "pk")


def readable_papers(item: AgendaItem) -> QuerySet[Attachment]:
    """Those that may be fetched: a paper that a year file only told of has no file."""
    return papers_of(item).exclude(file="")


def history_of(nomination: Nomination) -> dict[str, Any]:
    """Grades, awards, initiatives and other proposals of the subject; four queries."""
    subject = nomination.subject
    others = subject.nominations.exclude(pk=nomination.pk).filter(dossier__year=nomination.dossier.year)
    return {
        "grades": subject.grades.order_by("-year")[:10],
        "records": subject.records.select_related("award").order_by("-year", "-decided_on", "pk")[:20],
        "initiatives": subject.initiatives.order_by("-year", "pk")[:20],
        "others": others.exclude(dossier__state__in=["draft", "signed_off"]).select_related("award")[:10],
    }


def item_context(item: AgendaItem, user: User) -> dict[str, Any]:
    """What the page of the item shows to ``user``; a constant number of queries."""
    nomination = item.nomination
    kept = checks_for(nomination, user)
    return {
        "nomination": nomination,
        "dossier": nomination.dossier,
        "checks": [(each, PASSED[each["passed"]]) for each in kept.get("checks", ())],
        "notes": kept.get("notes", ()),
        "banner": kept.get("banner", ""),
        "texts": [each for each in sections_of(nomination) if each.text.strip()],
        "papers": papers_of(item),
        "recusals": item.recusals.select_related("seat"),
    } | history_of(nomination)
