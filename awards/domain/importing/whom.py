"""Whom each row means: one of the register, or somebody new; what is not sure is asked."""

from collections.abc import Sequence

from awards.domain.importing.desk import Desk
from awards.domain.importing.rows import Question, Row
from awards.domain.matching import WHY_WORDS, Match, Wanted, matches_for, told
from awards.enums import SubjectKind
from awards.models import Subject

NEW = "new"
NEW_WORDS = "Thêm đối tượng mới"
MAYBE = "Trong sổ đã có đối tượng có thể là «{name}». Dùng đối tượng đã có, hay thêm mới?"
WHICH = "Trong sổ có nhiều đối tượng có thể là «{name}». Dòng này là ai?"
NOT_THERE = (
    "chưa có «{name}» trong sổ đối tượng. Hãy nhập danh sách đối tượng trước, hoặc sửa tên, đơn vị công tác cho đúng."
)
NO_CODE = "không có đối tượng mang mã này trong sổ của đơn vị. Hãy ghi lại mã, hoặc bỏ trống và ghi tên."


def wanted_of(row: Row) -> Wanted:
    return Wanted(
        kind=row.kind,
        name=row.get("name"),
        agency_id=row.agency_id,
        unit=row.get("unit"),
        id_number=row.get("id_number"),
        born_on=row.get("born_on", None),
    )


def settle(rows: Sequence[Row], desk: Desk, *, may_add: bool) -> None:
    """Write on each row the subject it means, that it adds one, or the question to answer. Constant queries.

    The same id, or the same name and unit in the own agency, is taken for the same subject unless the person
    answers otherwise; a namesake is asked; another agency's is only told (it is never linked by an agency).
    """
    coded = by_code(rows, desk)
    named = [row for row in rows if row.get("name") and row.kind and not row.get("code")]
    for row, matches in zip(named, matches_for(desk.council_id, [wanted_of(row) for row in named]), strict=True):
        own, others = parted(matches, desk)
        row.notices += [told(match, desk.access) for match in others[:3]]
        if own:
            choose(row, own, desk, may_add=may_add)
        elif may_add:
            row.same_as = row
        else:
            row.fault(desk.headers["name"], NOT_THERE.format(name=row.get("name")[:80]))
    for row in rows:
        if row.get("code"):
            row.subject = coded.get(row.get("code"))
            if row.subject is None:
                row.fault(desk.headers["code"], NO_CODE)


def by_code(rows: Sequence[Row], desk: Desk) -> dict[str, Subject]:
    codes = {row.get("code") for row in rows} - {""}
    if not codes:
        return {}
    known = Subject.objects.current().filter(council=desk.council_id, code__in=codes)
    if desk.agency is not None:
        known = known.filter(agency=desk.agency)
    return {subject.code: subject for subject in known}


def parted(matches: Sequence[Match], desk: Desk) -> tuple[list[Match], list[Match]]:
    """Those the row may be linked to, and those it may not: an agency reaches its own subjects alone."""
    own = [match for match in matches if not match.other_agency or (desk.agency is None and match.why == "id")]
    return own, [match for match in matches if match not in own]


def is_sure(match: Match, row: Row) -> bool:
    """The same id; the same name and unit; a collective of that name in its own agency."""
    in_agency = match.why == "name-agency" and row.kind == SubjectKind.COLLECTIVE
    return match.why in ("id", "name-unit") or in_agency


def choose(row: Row, own: Sequence[Match], desk: Desk, *, may_add: bool) -> None:
    sure = [match for match in own if is_sure(match, row)]
    by_id = [match for match in own if match.why == "id"]
    proposed = proposal(row, by_id or sure or list(own), sure=bool(sure), may_add=may_add)
    if not may_add and proposed is not None:
        row.subject = proposed
        return
    by_key = {str(match.subject.pk): match.subject for match in own}
    given = desk.answer(row, "subject")
    allowed = given in by_key or (given == NEW and may_add)
    chosen = given if allowed else str(proposed.pk) if proposed else ""
    choices = [(key, f"Dùng: {told_on(desk, match)}") for key, match in zip(by_key, own, strict=True)]
    if may_add:
        choices.append((NEW, NEW_WORDS))
    text = (WHICH if len(own) > 1 or not may_add else MAYBE).format(name=row.get("name")[:80])
    row.questions.append(Question("subject", text, tuple(choices), chosen))
    row.subject = by_key.get(chosen)
    row.same_as = row if chosen == NEW else None


def told_on(desk: Desk, match: Match) -> str:
    """A subject to choose; who makes a bloc's dossier learns of a member's that it is there and nothing else."""
    agency = match.subject.agency
    if desk.bloc_year is None or agency is None or agency.pk in desk.access.agency_ids:
        return told(match, desk.access)
    return f"đối tượng đã có trong sổ của {agency.label}, {WHY_WORDS[match.why]}."


def proposal(row: Row, found: Sequence[Match], *, sure: bool, may_add: bool) -> Subject | None:
    """The one subject that is meant without asking: one that is sure, or for history the only one of that name."""
    if len(found) != 1:
        return None
    only_namesake = not may_add and not row.get("unit")
    return found[0].subject if sure or only_namesake else None
