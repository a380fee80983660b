"""Which drafts their leader can sign now, and what the others lack: many at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q

from awards.domain.checklist import Held, Lines, Row, each_reported, lines_of, missing_names, own_lines, reports_written
from awards.domain.sending import needs_sound_quotas
from awards.enums import PaperKind
from awards.models import Attachment, Dossier, Nomination, RequiredPaper

EMPTY = "chưa có trường hợp đề nghị"
OVER = "vượt chỉ tiêu"


def obstacles(drafts: Sequence[Dossier]) -> dict[int, str]:
    """What hinders signing each of ``drafts``, in a few words; who can be signed is left out.

    Three queries, one for each loại hình and procedure, and at most five for each draft that lacks no paper.
    """
    ids = [each.pk for each in drafts]
    rows: dict[int, list[Row]] = defaultdict(list)
    cases = Nomination.objects.filter(dossier__in=ids).order_by("pk")
    for dossier, pk, award, branch in cases.values_list("dossier_id", "pk", "award_id", "branch"):
        rows[dossier].append((pk, award, branch))
    held: dict[int, set[tuple[int | None, str]]] = defaultdict(set)
    papers = Attachment.objects.filter(dossier__in=ids)
    for dossier, nomination, kind in papers.values_list("dossier_id", "nomination_id", "kind"):
        held[dossier].add((nomination, kind))
    written = reports_written(Q(nomination__dossier__in=ids))
    reports = {pk: {(row[0], PaperKind.REPORT.value) for row in rows[pk] if row[0] in written} for pk in ids}
    asked = lines_for(drafts, rows)
    found = {
        each.pk: obstacle(each, rows[each.pk], asked[each.category, each.simplified], held[each.pk] | reports[each.pk])
        for each in drafts
    }
    return {pk: words for pk, words in found.items() if words}


def lines_for(drafts: Sequence[Dossier], rows: Mapping[int, Sequence[Row]]) -> dict[tuple[str, bool], Lines]:
    """What is asked for by loại hình and procedure: drafts are all judged by the law of today."""
    groups: dict[tuple[str, bool], list[Dossier]] = defaultdict(list)
    for each in drafts:
        groups[each.category, each.simplified].append(each)
    return {
        group: lines_of(some[0], list({(award, branch) for each in some for _, award, branch in rows[each.pk]}))
        for group, some in groups.items()
    }


def obstacle(draft: Dossier, rows: Sequence[Row], asked: Lines, held: Held) -> str:
    if not rows:
        return EMPTY
    lines = {(award, branch): asked[award, branch] for _, award, branch in rows}
    if count := missing_count(rows, lines, held):
        return f"còn thiếu {count} giấy tờ"
    return OVER if needs_sound_quotas(draft) else ""


def missing_count(rows: Sequence[Row], lines: Lines, held: Held) -> int:
    """As ``checklist_of`` counts them for one dossier."""
    covered = each_reported(rows, lines, held)
    own = own_lines(each for found in lines.values() for each in found)
    missing = [each for each in own.values() if is_missing(each, held, covered)]
    return len(missing) + sum(len(names) for names in missing_names(rows, lines, held).values())


def is_missing(line: RequiredPaper, held: Held, covered: bool) -> bool:
    if line.kind == PaperKind.REPORT and covered:
        return False
    return line.required and (None, line.kind) not in held
