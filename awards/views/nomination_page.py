"""One nomination: what was proposed, how the law judges it, its papers and its report."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from awards.domain.checklist import items_of
from awards.domain.discreet import checks_for
from awards.domain.duplicates import known_rivals
from awards.domain.grounds import ground_of
from awards.domain.history import results_hidden
from awards.domain.opened import Opened, open_supplements, opened_targets
from awards.domain.own_decisions import own_decision
from awards.domain.report_forms import TO_CHECK, form_for
from awards.domain.said_once import said_once
from awards.domain.supplements import supplement_lines
from awards.domain.texts import LIMIT, StaleText, Written, sections_of
from awards.enums import DossierState
from awards.models import Nomination
from awards.views.fetching import makes, stands_for
from khoithidua.web.text import without_controls

PASSED = {True: "Đạt", False: "Không đạt", None: "Cần xem xét"}


@dataclass(frozen=True)
class Editor:
    """One section on the page: what is stored, what was typed, what stood in the way."""

    written: Written
    typed: str
    version: int
    action: str
    is_open: bool = True
    error: str = ""
    conflict: StaleText | None = None

    @property
    def limit(self) -> str:
        return f"{LIMIT:,}".replace(",", ".")


def context_of(request: HttpRequest, nomination: Nomination, instead: Editor | None = None) -> dict[str, Any]:
    """What the page shows; ``instead`` stands for its own section, with what its writer typed."""
    is_own = makes(request, nomination.dossier)
    opened = opened_targets(nomination.dossier) if is_own else Opened()
    context = {
        "nomination": nomination,
        "dossier": nomination.dossier,
        "nav": "awards",
        "is_own": is_own,
        "stands": stands_for(request, nomination.dossier),
        "may_edit": is_own and (opened.everything or bool(opened.of_kind("field", nomination.pk))),
        "may_remove": request.user.has_perm("awards.edit_dossier", nomination),
        "result_hidden": is_own and results_hidden(nomination),
        "rivals": [] if is_own else known_rivals(nomination.dossier, [nomination]).get(nomination.pk, []),
        "papers": [(item, opened.holds(f"paper:{item.kind}", nomination.pk)) for item in items_of(nomination)],
        "uses": nomination.initiative_uses.select_related("initiative"),
        "editors": editors_of(nomination, opened, instead),
        "asked": asked_of(nomination),
        "own_decision": own_decision(nomination),
    }
    return context | judged_context(nomination, request.user)


def judged_context(nomination: Nomination, user: Any) -> dict[str, Any]:
    """What the rules said, as ``user`` may read it, what it may rest on, and the form of its report. No query."""
    kept = checks_for(nomination, user)
    return {
        "ground": ground_of(nomination),
        "checks": [(each, PASSED[each.passed]) for each in said_once(kept.get("checks", ()))],
        "notes": kept.get("notes", ()),
        "report": form_for(nomination),
        "to_check": TO_CHECK,
    }


def asked_of(nomination: Nomination) -> list[dict[str, Any]]:
    """Requests about this nomination while the dossier is being supplemented."""
    dossier = nomination.dossier
    if dossier.state != DossierState.SUPPLEMENT:
        return []
    return supplement_lines(dossier, open_supplements(dossier).filter(nomination=nomination))


def editors_of(nomination: Nomination, opened: Opened, instead: Editor | None) -> list[Editor]:
    found = []
    for each in sections_of(nomination):
        if instead is not None and instead.written.section == each.section:
            found.append(instead)
        else:
            found.append(editor_of(nomination, each, opened.holds(f"text:{each.section}", nomination.pk)))
    return found


def editor_of(nomination: Nomination, section: Written, is_open: bool) -> Editor:
    action = f"{nomination.get_absolute_url()}muc/{section.section}/"
    return Editor(section, section.text, section.version, action, is_open)


def typed_in(request: HttpRequest) -> str:
    return without_controls(request.POST.get("text", ""))
