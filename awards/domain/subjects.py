"""The register of persons, collectives and households: added, changed, found again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import refuse_conflict
from awards.domain.identity import NotAnIdentity, hash_id, tail
from awards.domain.matching import Match, Wanted, matches_for, told
from awards.domain.rechecking import recheck
from awards.enums import SubjectGroup, SubjectKind
from awards.models import Subject, SubjectAlias
from blocs.domain.snapshots import snapshot
from blocs.models import Agency, Council

__all__ = [
    "FIELDS",
    "Match",
    "Wanted",
    "add_subject",
    "agency_subject",
    "edit_subject",
    "matches_for",
    "told",
]

FIELDS = (
    *("kind", "name", "agency", "unit", "post", "sex", "born_on"),
    *("group", "field", "founded", "flag_eligible", "note"),
)
# Fields that say nothing of such a subject: they are kept empty whatever a form sends.
NOT_OF_KIND: dict[str, tuple[str, ...]] = {
    SubjectKind.INDIVIDUAL: ("founded", "flag_eligible"),
    SubjectKind.COLLECTIVE: ("sex", "born_on", "post"),
    SubjectKind.HOUSEHOLD: ("sex", "born_on", "post", "founded", "flag_eligible"),
}
EMPTY: dict[str, Any] = {"born_on": None, "founded": None, "flag_eligible": None}
ALIASES = "tên khác"
ID_CHANGED = "đã đổi số định danh"
DERIVED = ("search_key", "sort_key", "person_sort_key")


@transaction.atomic
def add_subject(
    *,
    council: Council,
    kind: str,
    name: str,
    agency: Agency | None,
    actor: User | None,
    id_number: str = "",
    aliases: Iterable[str] = (),
    **fields: Any,
) -> Subject:
    """Write a subject into the register. ``fields`` as in ``FIELDS``, and ``is_agency``, ``code``.

    Raises TransitionRefused for a name that is empty, an agency of another province, a number that is no national
    id, or an agency that stands in the register already. Looking for doubles is the caller's (``matches_for``).
    """
    if agency is not None and agency.council_id != council.pk:
        raise TransitionRefused("Đơn vị quản lý không thuộc tỉnh này. Hãy chọn lại đơn vị.")
    row = Subject(council=council, kind=kind, name=name.strip(), agency=agency, added_by=actor, **fields)
    settle(row)
    write_identity(row, id_number)
    create_once(row)
    write_aliases(row, aliases)
    audit.record(row, "Thêm vào sổ đối tượng", actor=actor, after=picture(row))
    return row


def create_once(row: Subject) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if row.is_agency:
            raise TransitionRefused("Đơn vị này đã có trong sổ đối tượng. Hãy dùng dòng đã có.") from error
        raise


@transaction.atomic
def edit_subject(
    subject: Subject,
    *,
    fields: Mapping[str, Any],
    actor: User | None,
    id_number: str | None = None,
    aliases: Iterable[str] | None = None,
    seen: int | None = None,
) -> Subject:
    """Change a subject; ``id_number`` None keeps the national id, "" removes it; ``aliases`` None keeps them.

    Raises Conflict when the row is newer than ``seen``, TransitionRefused for a merged subject and as
    ``add_subject``. What hangs on the subject is judged again. The audit says only that the id changed.
    """
    row = Subject.objects.select_for_update(of=("self",)).select_related("agency").get(pk=subject.pk)
    refuse_merged(row)
    before = picture(row)
    refuse_outrun(row, fields, seen=seen)
    for name, value in fields.items():
        setattr(row, name, value)
    settle(row)
    old_hash = row.id_hash
    if id_number is not None:
        write_identity(row, id_number)
    row.version += 1
    row.save(update_fields=[*FIELDS, "id_hash", "id_tail", "version", *DERIVED])
    if aliases is not None:
        write_aliases(row, aliases)
    after = picture(row) | ({"id": ID_CHANGED} if row.id_hash != old_hash else {})
    audit.record_change(row, "Sửa đối tượng", actor=actor, before=before, after=after)
    recheck([row.pk])
    return row


def agency_subject(agency: Agency, *, actor: User | None = None) -> Subject:
    """The subject that is this agency itself, written into the register when it is not there yet.

    Two who ask at once get the same row: the database allows one for each agency.
    """
    known = Subject.objects.current().filter(agency=agency, is_agency=True)
    if (found := known.first()) is not None:
        return found
    try:
        return add_subject(
            council=agency.council,
            kind=SubjectKind.COLLECTIVE,
            name=agency.name,
            agency=agency,
            actor=actor,
            is_agency=True,
            group=SubjectGroup.COLLECTIVE,
        )
    except TransitionRefused:
        return known.get()


def settle(row: Subject) -> None:
    """Refuse a row without a name; empty what a subject of its kind does not have."""
    if not row.name.strip():
        raise TransitionRefused("Hãy ghi tên đối tượng.")
    for name in NOT_OF_KIND.get(row.kind, ()):
        setattr(row, name, EMPTY.get(name, ""))


def write_identity(row: Subject, number: str) -> None:
    """Keep the hash and the tail of a national id; the number itself goes nowhere. Empty removes it."""
    if not number.strip():
        row.id_hash = row.id_tail = ""
        return
    if row.kind != SubjectKind.INDIVIDUAL:
        raise TransitionRefused("Chỉ ghi số định danh cho cá nhân. Hãy xóa số định danh hoặc chọn lại loại đối tượng.")
    try:
        row.id_hash, row.id_tail = hash_id(number), tail(number)
    except NotAnIdentity as refusal:
        raise TransitionRefused(str(refusal)) from refusal


def write_aliases(row: Subject, names: Iterable[str]) -> None:
    wanted = [name for name in dict.fromkeys(each.strip() for each in names) if name and name != row.name]
    row.aliases.exclude(name__in=wanted).delete()
    known = set(row.aliases.values_list("name", flat=True))
    for name in wanted:
        if name not in known:
            SubjectAlias.objects.create(subject=row, name=name)


def refuse_merged(row: Subject) -> None:
    if row.merged_into_id is not None:
        raise TransitionRefused(
            f"«{row.name}» đã gộp vào «{row.merged_into}» nên không sửa được. Hãy sửa ở dòng được giữ lại."
        )


def refuse_outrun(row: Any, wanted: Mapping[str, Any], *, seen: int | None, told_by: Any = None) -> None:
    """Raise Conflict with both values when ``row`` (locked) left version ``seen``; None asks for no check."""
    if seen is None or row.version == seen:
        return
    last = audit.entries_of(told_by or row).first()
    refuse_conflict(row, wanted, seen=seen, who=last.actor_name if last else "", at=last.at if last else None)


def picture(row: Subject) -> dict[str, Any]:
    """What the audit tells of a subject; never its national id, in whatever form."""
    names = list(row.aliases.values_list("name", flat=True))
    return snapshot(row, FIELDS) | {ALIASES: ", ".join(names)}
