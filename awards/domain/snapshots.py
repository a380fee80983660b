"""A dossier as it was sent, in words: what versions are compared by."""

from collections import defaultdict
from typing import Any

from awards.domain.conflicts import in_words
from awards.domain.dossiers import FIELDS
from awards.domain.report_forms import all_sections
from awards.models import Attachment, Dossier, Nomination, NominationText

NOMINATION_FIELDS = ("unit", "post", "group", "field", "branch", "achievement", "summary", "attested")


def snapshot(dossier: Dossier) -> dict[str, Any]:
    """Head, nominations with texts and papers, and the dossier's own papers; every value is text. Five queries.

    A nomination's ``key`` is the code of its subject and of its award: the same in every version.
    """
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    labels = {each.code: each.label for each in all_sections()}
    rows = NominationText.objects.filter(nomination__dossier=dossier).exclude(text="")
    for pk, section, text in rows.values_list("nomination_id", "section", "text"):
        texts[pk][labels.get(section, section)] = text
    papers: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for each in Attachment.objects.filter(dossier=dossier):
        papers[each.nomination_id].append(paper_of(each))
    nominations = Nomination.objects.filter(dossier=dossier).select_related("subject", "award").defer("checks")
    relied = initiatives_by_nomination(dossier)
    return {
        "dossier": {name: words_of(dossier, name) for name in FIELDS},
        "nominations": [
            nominated(each) | {"texts": texts[each.pk], "papers": papers[each.pk], "sáng kiến": relied[each.pk]}
            for each in nominations
        ],
        "papers": papers[None],
    }


def nominated(row: Nomination) -> dict[str, Any]:
    fields = {name: words_of(row, name) for name in NOMINATION_FIELDS}
    return {"key": f"{row.subject.code} {row.award.code}", "name": row.name, "award": row.award.name} | fields


def words_of(row: Any, name: str) -> str:
    value = getattr(row, name)
    return "" if value in (None, "", {}) else in_words(row, name, value)


def paper_of(row: Attachment) -> dict[str, Any]:
    return {
        "kind": row.get_kind_display(),
        "title": row.title,
        "file_name": row.file_name,
        "sha256": row.sha256,
    }


def initiatives_by_nomination(dossier: Dossier) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Nomination.objects.filter(dossier=dossier, initiative_uses__isnull=False)
    for pk, name in rows.order_by("initiative_uses").values_list("pk", "initiative_uses__initiative__name"):
        found[pk].append(name)
    return found
