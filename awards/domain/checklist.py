"""Which papers a dossier and its nominations must hold, and which are missing: read at once for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from awards.domain.catalogue import papers_for
from awards.domain.law_days import law_day
from awards.domain.report_forms import MAIN
from awards.enums import PaperKind
from awards.models import Attachment, Dossier, Nomination, NominationText, RequiredPaper

# A5: the simplified procedure asks for the submission and a confirmed report alone (domain.md A5).
SIMPLE_KINDS = (PaperKind.SUBMISSION, PaperKind.REPORT)
OF_DOSSIER, OF_NOMINATION = "dossier", "nomination"
SHOWN = 3
Ground = tuple[int, str]  # an award, and the branch that is relied on
Row = tuple[int, int, str]  # a nomination, its award and branch
Lines = Mapping[Ground, Sequence[RequiredPaper]]
Held = Collection[tuple[int | None, str]]  # a nomination (none: the dossier itself) and a kind of paper


@dataclass(frozen=True)
class Item:
    """One line of a checklist with what is held of it."""

    kind: str
    name: str
    required: bool
    legal_basis: str
    held: tuple[Attachment, ...] = ()
    # A report written in the system needs no file.
    written: bool = False

    @property
    def missing(self) -> bool:
        return self.required and not self.held and not self.written


@dataclass
class Checklist:
    """The dossier's own lines, and the names of missing papers of each nomination by its id."""

    own: list[Item] = field(default_factory=list)
    missing: dict[int, list[str]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(item.missing for item in self.own) + sum(len(names) for names in self.missing.values())


def lines_of(dossier: Dossier, grounds: Sequence[Ground]) -> dict[Ground, list[RequiredPaper]]:
    """What each award, relied on by a branch, asks for on the dossier's day. One query for any number.

    By the simplified procedure only the papers of A5 (Luật TĐKT 2022, Điều 85).
    """
    awards, branches = [award for award, _ in grounds], [branch for _, branch in grounds]
    found = papers_for(awards, dossier.category, branches, law_day(dossier))
    return {
        ground: [each for each in lines if not dossier.simplified or each.kind in SIMPLE_KINDS]
        for ground, lines in zip(grounds, found, strict=True)
    }


def checklist_of(dossier: Dossier) -> Checklist:
    """What the whole dossier lacks: five queries for any number of nominations; kept on ``dossier`` for a request."""
    kept: Checklist | None = getattr(dossier, "_checklist", None)
    if kept is None:
        kept = read_checklist(dossier)
        dossier._checklist = kept  # type: ignore[attr-defined]
    return kept


def read_checklist(dossier: Dossier) -> Checklist:
    nominations = Nomination.objects.filter(dossier=dossier).order_by()
    rows = list(nominations.values_list("pk", "award_id", "branch"))
    lines = lines_of(dossier, list({(award, branch) for _, award, branch in rows}))
    attached = Attachment.objects.filter(dossier=dossier, nomination__isnull=False)
    held = set(attached.values_list("nomination_id", "kind"))
    held |= {(pk, PaperKind.REPORT.value) for pk in reports_written(Q(nomination__dossier=dossier))}
    covered = each_reported(rows, lines, held)
    made = Checklist(own=own_items(dossier, [each for found in lines.values() for each in found], covered=covered))
    made.missing = missing_names(rows, lines, held)
    return made


def missing_names(rows: Iterable[Row], lines: Lines, held: Held) -> dict[int, list[str]]:
    """The required papers that each nomination does not hold; those that hold all are left out."""
    required = {ground: required_of(found) for ground, found in lines.items()}
    found = {
        pk: [each.name for each in required[award, branch] if (pk, each.kind) not in held] for pk, award, branch in rows
    }
    return {pk: names for pk, names in found.items() if names}


def each_reported(rows: Iterable[Row], lines: Lines, held: Held) -> bool:
    """Whether nobody is left whom the dossier's common report would speak of: each has a report of its own."""
    common = {
        ground
        for ground, found in lines.items()
        if any(each.per == OF_DOSSIER and each.kind == PaperKind.REPORT for each in found)
    }
    spoken_of = [pk for pk, award, branch in rows if (award, branch) in common]
    return bool(spoken_of) and all((pk, PaperKind.REPORT.value) in held for pk in spoken_of)


def required_of(lines: Iterable[RequiredPaper]) -> list[RequiredPaper]:
    return [each for each in lines if each.required and each.per == OF_NOMINATION]


def reports_written(rows: Q) -> set[int]:
    """Nominations whose report was written here: its main section has text."""
    written = NominationText.objects.filter(rows, section=MAIN).exclude(text="")
    return set(written.values_list("nomination_id", flat=True))


def own_lines(lines: Iterable[RequiredPaper]) -> dict[str, RequiredPaper]:
    """What any award of a dossier asks of the dossier itself, each kind once; what must be goes before what may be."""
    asked: dict[str, RequiredPaper] = {}
    for each in lines:
        if each.per == OF_DOSSIER and not (each.kind in asked and asked[each.kind].required):
            asked[each.kind] = each
    return asked


def own_items(dossier: Dossier, lines: Iterable[RequiredPaper], *, covered: bool) -> list[Item]:
    """The dossier's own lines; ``covered``: each nomination has its own report, so no common one is missing."""
    asked = own_lines(lines)
    attached: dict[str, list[Attachment]] = defaultdict(list)
    for row in Attachment.objects.filter(dossier=dossier, nomination__isnull=True).select_related("added_by"):
        attached[row.kind].append(row)
    return items(sorted(asked.values(), key=lambda each: (each.position, each.pk)), attached, written=covered)


def items(lines: Iterable[RequiredPaper], attached: Mapping[str, list[Attachment]], *, written: bool) -> list[Item]:
    """Lines with their files; files of a kind that nothing asks for come last."""
    made = [
        Item(
            each.kind,
            each.name,
            each.required,
            each.legal_basis,
            tuple(attached.get(each.kind, ())),
            written and each.kind == PaperKind.REPORT,
        )
        for each in lines
    ]
    asked = {each.kind for each in made}
    for kind, rows in attached.items():
        if kind not in asked:
            made.append(Item(kind, str(PaperKind(kind).label), False, "", tuple(rows)))
    return made


def items_of(nomination: Nomination) -> list[Item]:
    """The checklist of one nomination with its files; three queries."""
    dossier = nomination.dossier
    ground = (nomination.award_id, nomination.branch)
    lines = lines_of(dossier, [ground])[ground]
    attached: dict[str, list[Attachment]] = defaultdict(list)
    for row in nomination.attachments.select_related("added_by"):
        attached[row.kind].append(row)
    written = nomination.pk in reports_written(Q(nomination=nomination))
    return items((each for each in lines if each.per == OF_NOMINATION), attached, written=written)


def missing_sentence(dossier: Dossier) -> str:
    """What is missing: the first three by name and how many there are; empty when nothing is."""
    found = checklist_of(dossier)
    if not found.count:
        return ""
    told = [item.name for item in found.own if item.missing]
    if len(told) < SHOWN:
        names: dict[int, Any] = dict(
            Nomination.objects.filter(pk__in=list(found.missing)[:SHOWN]).values_list("pk", "name")
        )
        told += [f"{name} của {names[pk]}" for pk in list(found.missing)[:SHOWN] for name in found.missing[pk]]
    shown = "; ".join(told[:SHOWN])
    more = found.count - min(SHOWN, len(told))
    rest = f" và {more} giấy tờ khác" if more > 0 else ""
    return f"Hồ sơ còn thiếu {found.count} giấy tờ bắt buộc: {shown}{rest}. Hãy bổ sung ở phần Giấy tờ."
