"""What may be asked for, as the page groups it, with what was ticked and written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from awards.domain.checklist import checklist_of, items_of
from awards.domain.supplement_targets import Target
from awards.models import Dossier, Nomination
from khoithidua.web.text import without_controls

Typed = Mapping[str, tuple[bool, str]]
HEADINGS = {
    "dossier": "Thông tin chung",
    "field": "Thông tin của trường hợp",
    "text": "Báo cáo thành tích",
    "paper": "Giấy tờ",
}


@dataclass(frozen=True)
class AskedLine:
    target: str
    words: str
    ticked: bool
    text: str
    missing: bool


Group = tuple[str, list[AskedLine], bool]


def typed_requests(request: HttpRequest, targets: Sequence[Target]) -> dict[str, tuple[bool, str]]:
    """For each target whether it is ticked and what was written; kept on the page when something is refused."""
    ticked = set(request.POST.getlist("chon"))
    return {
        target: (target in ticked, without_controls(request.POST.get(f"yc-{target}", ""))[:2000])
        for target, _ in targets
    }


def missing_papers(dossier: Dossier, nomination: Nomination | None) -> frozenset[str]:
    """Required papers that the case, or the dossier itself, does not hold: as targets."""
    items = checklist_of(dossier).own if nomination is None else items_of(nomination)
    return frozenset(f"paper:{each.kind}" for each in items if each.missing)


def asking_groups(targets: Sequence[Target], typed: Typed, missing: frozenset[str]) -> list[Group]:
    """Lines under their headings, missing papers first; a group with something ticked or missing stands open."""
    groups: dict[str, list[AskedLine]] = {}
    for target, words in targets:
        kind = target.partition(":")[0]
        own = words.partition(": ")[2] if kind in ("text", "paper") else words
        groups.setdefault(kind, []).append(AskedLine(target, own, *typed[target], target in missing))
    return [
        (
            HEADINGS[kind],
            sorted(lines, key=lambda line: not line.missing),
            any(line.ticked or line.missing for line in lines),
        )
        for kind, lines in groups.items()
    ]
