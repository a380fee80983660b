"""Who of the register may be the one that somebody is about to add: in a fixed number of queries for any list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from awards.domain.identity import NotAnIdentity, all_hashes
from awards.enums import SubjectKind
from awards.models import Subject, SubjectAlias
from blocs.tables.access import Access
from khoithidua.web.text import search_key

WHY_ORDER = ("id", "name-unit", "name-agency", "name")
WHY_WORDS = {
    "id": "cùng số định danh",
    "name-unit": "cùng tên, cùng đơn vị công tác",
    "name-agency": "cùng tên trong đơn vị quản lý",
    "name": "cùng tên",
}


@dataclass(frozen=True)
class Wanted:
    """Somebody about to be added; blanks are not known."""

    kind: str
    name: str
    agency_id: int | None = None
    unit: str = ""
    id_number: str = ""
    born_on: date | None = None


@dataclass(frozen=True)
class Match:
    """A subject of the register that may be the same, the strongest reason, and whether it is another agency's."""

    subject: Subject
    why: str
    other_agency: bool


def matches_for(council_id: int, rows: Sequence[Wanted]) -> list[tuple[Match, ...]]:
    """For each row the subjects of the province that may be the same, the surest first. Two queries for any rows.

    Same id (whatever the key it was hashed with); same name and unit; same name in the same agency; same name
    elsewhere (persons only: "Phòng Tổ chức" of another agency is another one). Another day of birth or another
    kind is another subject; another id is never more than a namesake. Merged subjects are not offered. The caller
    tells people of one agency nothing of another's subject but that it is there: ``told`` makes that sentence.
    """
    hashes = [id_hashes(row) for row in rows]
    names = [search_key(row.name) for row in rows]
    register = Register(council_id, [*filter(None, names)], {each for found in hashes for each in found})
    return [register.matches(row, key, own) for row, key, own in zip(rows, names, hashes, strict=True)]


def id_hashes(row: Wanted) -> frozenset[str]:
    """Empty for a row without a number, or with one that is none: its own check says so."""
    try:
        return frozenset(all_hashes(row.id_number)) if row.id_number.strip() else frozenset()
    except NotAnIdentity:
        return frozenset()


class Register:
    """The part of a province's register that shares a name or an id with the wanted rows."""

    def __init__(self, council_id: int, names: Iterable[str], hashes: Iterable[str]) -> None:
        self.by_name: dict[str, dict[int, Subject]] = defaultdict(dict)
        self.by_hash: dict[str, dict[int, Subject]] = defaultdict(dict)
        known = Subject.objects.current().filter(council=council_id).select_related("agency").order_by("pk")
        names, hashes = set(names), set(hashes)
        for found in known.filter(search_key__in=names) | known.filter(id_hash__in=hashes):
            self.by_name[found.search_key][found.pk] = found
            if found.id_hash:
                self.by_hash[found.id_hash][found.pk] = found
        aliases = SubjectAlias.objects.filter(
            search_key__in=names, subject__council=council_id, subject__merged_into__isnull=True
        )
        for alias in aliases.select_related("subject__agency"):
            self.by_name[alias.search_key][alias.subject_id] = alias.subject

    def matches(self, row: Wanted, key: str, hashes: frozenset[str]) -> tuple[Match, ...]:
        found = dict(self.by_name.get(key, {}))
        for each in hashes:
            found |= self.by_hash.get(each, {})
        told = [(reason(row, subject, hashes), subject) for subject in found.values()]
        kept = [
            Match(subject, why, subject.agency_id != row.agency_id)
            for why, subject in told
            if why and subject.kind == row.kind
        ]
        return tuple(sorted(kept, key=lambda match: (WHY_ORDER.index(match.why), match.subject.pk)))


def reason(row: Wanted, subject: Subject, hashes: frozenset[str]) -> str:
    """Why the subject may be the one wanted; empty when it is another one."""
    if subject.id_hash and subject.id_hash in hashes:
        return "id"
    if row.born_on and subject.born_on and row.born_on != subject.born_on:
        return ""
    own = subject.agency_id == row.agency_id
    same_unit = bool(row.unit) and search_key(row.unit) == search_key(subject.unit)
    if hashes and subject.id_hash:
        return "name" if own else ""
    if same_unit:
        return "name-unit"
    if own:
        return "name-agency"
    return "name" if row.kind == SubjectKind.INDIVIDUAL else ""


def told(match: Match, access: Access) -> str:
    """The match as a sentence: whole for those who see the subject, for others only that it is there."""
    subject = match.subject
    if subject.agency_id in access.agency_ids or subject.council_id in access.standing_ids:
        where = subject.unit or (subject.agency.name if subject.agency else "")
        owner = f" (sổ của {subject.agency.name})" if subject.agency and match.other_agency else ""
        return f"{subject.name}{f', {where}' if where else ''}: {WHY_WORDS[match.why]}{owner}."
    return (
        f"Sổ của một đơn vị khác có đối tượng {WHY_WORDS[match.why]}. "
        "Nếu là cùng một đối tượng, hãy đề nghị cơ quan thường trực gộp lại."
    )
