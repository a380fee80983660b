"""A whole criteria table written at once: from a file, or from a ready-made one."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import Agency
from khoithidua.web.text import search_key
from scoring.domain.criteria import kept_options, locked_draft
from scoring.domain.parts import Part, row_of
from scoring.enums import AppraisedBy, CriterionKind
from scoring.models import CriteriaSet, Criterion, CrossLine, Evidence, ScoreLine

HAS_CONTENT = (
    "Bộ tiêu chí đã có {count} tiêu chí. Hãy chọn «Thay toàn bộ nội dung hiện có» nếu muốn thay, "
    "hoặc lập bộ tiêu chí mới."
)
HAS_LINES = (
    "Đã có đơn vị ghi điểm hoặc nộp minh chứng theo bộ tiêu chí này nên không thay cả bảng được. "
    "Hãy lập phiên bản mới của bộ tiêu chí."
)


@transaction.atomic
def build_tree(
    criteria_set: CriteriaSet, *, parts: Sequence[Part], source: str, replace: bool = False, actor: User | None
) -> CriteriaSet:
    """Write ``parts`` (parents before children) as the whole content of a draft; one audit entry.

    TransitionRefused when the set is no draft, holds criteria and ``replace`` is not asked for, has
    lines or evidence, or a part cannot stand where it is. ``source`` says in words where it comes from.
    """
    row = locked_draft(criteria_set)
    before = cleared(row, replace=replace)
    if fault := next(misfits(parts), None):
        raise TransitionRefused(fault)
    write(row, parts, appraisers(row, parts))
    after = {"source": source, "criteria": len(parts)}
    audit.record(row, "Ghi cả bảng tiêu chí", actor=actor, before=before, after=after)
    return row


def cleared(row: CriteriaSet, *, replace: bool) -> dict[str, int]:
    """Empty the draft when that was asked for and nobody has scored by it; how many criteria went."""
    count = row.criteria.count()
    if not count:
        return {}
    if not replace:
        raise TransitionRefused(HAS_CONTENT.format(count=count))
    if has_lines(row):
        raise TransitionRefused(HAS_LINES)
    row.criteria.all().delete()
    return {"criteria": count}


def has_lines(criteria_set: CriteriaSet) -> bool:
    """True when a sheet holds points or evidence of one of the criteria."""
    return (
        ScoreLine.objects.filter(criterion__criteria_set=criteria_set).exists()
        or CrossLine.objects.filter(criterion__criteria_set=criteria_set).exists()
        or Evidence.objects.filter(criterion__criteria_set=criteria_set).exists()
    )


def misfits(parts: Sequence[Part]) -> Iterator[str]:
    """Sentences on parts that no set could hold: what the database or the tree would refuse."""
    counts = Counter(part.code.casefold() for part in parts)
    kinds: dict[str, str] = {}
    for part in parts:
        if not part.code or not part.name:
            yield "Hãy ghi cả mã và tên của mọi tiêu chí."
        elif counts[part.code.casefold()] > 1:
            yield f"Mã «{part.code}» được dùng {counts[part.code.casefold()]} lần. Hãy đặt mỗi tiêu chí một mã."
        elif part.parent and kinds.get(part.parent) != CriterionKind.GROUP:
            yield f"Tiêu chí {part.code}: «{part.parent}» không phải là nhóm đứng trước nó trong bảng."
        elif part.max_points < Decimal(0):
            yield f"Tiêu chí {part.code}: điểm tối đa không được nhỏ hơn 0."
        kinds[part.code] = part.kind


def appraisers(row: CriteriaSet, parts: Sequence[Part]) -> dict[str, Agency]:
    """Agencies by code. TransitionRefused when one is no agency of the council, or none is named where one is due."""
    known = {agency.code: agency for agency in Agency.objects.filter(council=row.bloc_year.bloc.council_id)}
    for part in parts:
        if part.appraiser and part.appraiser not in known:
            raise TransitionRefused(
                f"Tiêu chí {part.code}: không có cơ quan mang mã «{part.appraiser}» trong danh mục. "
                "Hãy thêm cơ quan vào danh mục hoặc ghi lại mã."
            )
        if (part.appraised_by == AppraisedBy.AGENCY) != bool(part.appraiser):
            raise TransitionRefused(
                f"Tiêu chí {part.code}: chỉ ghi cơ quan thẩm định, và phải ghi, khi cơ quan chuyên môn thẩm định."
            )
    return known


def write(row: CriteriaSet, parts: Sequence[Part], known: dict[str, Agency]) -> None:
    """Insert the parts level by level: one statement for each depth of the tree."""
    depths: dict[str, int] = {}
    for part in parts:
        depths[part.code] = depths[part.parent] + 1 if part.parent else 0
    made: dict[str, Criterion] = {}
    for depth in range(max(depths.values(), default=-1) + 1):
        level = [
            row_of(
                part,
                criteria_set=row,
                parent=made.get(part.parent),
                position=position,
                appraiser=known.get(part.appraiser),
            )
            for position, part in enumerate(parts)
            if depths[part.code] == depth
        ]
        for criterion in level:
            criterion.options = kept_options(criterion.options)
        made |= {criterion.code: criterion for criterion in Criterion.objects.bulk_create(level)}


def agency_codes(criteria_set: CriteriaSet) -> dict[str, tuple[str, ...]]:
    """Codes of the council's agencies by ``search_key`` of code, name, short name and other names. Two queries."""
    found: dict[str, set[str]] = defaultdict(set)
    council = criteria_set.bloc_year.bloc.council_id
    for agency in Agency.objects.filter(council=council).prefetch_related("aliases"):
        for word in (agency.code, agency.name, agency.short_name, *(each.name for each in agency.aliases.all())):
            if word:
                found[search_key(word)].add(agency.code)
    return {word: tuple(sorted(codes)) for word, codes in found.items()}


def appraiser_names(criteria_set: CriteriaSet, parts: Sequence[Part]) -> dict[str, str]:
    """The names of the agencies that ``parts`` have appraise, by the code of the criterion; one query."""
    wanted = {part.code: part.appraiser for part in parts if part.appraiser}
    agencies = Agency.objects.filter(council=criteria_set.bloc_year.bloc.council_id, code__in=wanted.values())
    names = {each.code: each.label for each in agencies.only("code", "name", "short_name")}
    return {code: names[agency] for code, agency in wanted.items() if agency in names}
