"""The directory of agencies: names, validity, and who carried on whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from accounts.domain.audit import record, record_change
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import Agency, AgencyAlias, Council
from blocs.tables.access import access_of
from khoithidua.web.text import search_key, tidy

AGENCY_FIELDS = (
    "name", "short_name", "kind", "symbol", "superior", "leader_title", "parent", "valid_from", "valid_to", "successor",
)  # fmt: skip


@dataclass(frozen=True)
class Chain:
    """Who came before an agency (the eldest first) and who carries it on."""

    before: Sequence[Agency]
    after: Sequence[Agency]


def chain_of(agency: Agency) -> Chain:
    """All predecessors and successors of ``agency``, with one query and no endless circle."""
    known = {row.pk: row for row in Agency.objects.filter(council=agency.council_id)}
    after = successors_in(known, agency.pk)
    before: dict[int, Agency] = {}
    waiting = [agency.pk]
    while waiting:
        pk = waiting.pop()
        found = [row for row in known.values() if row.successor_id == pk and row.pk not in before]
        before |= {row.pk: row for row in found if row.pk != agency.pk}
        waiting += [row.pk for row in found if row.pk != agency.pk]
    return Chain(before=sorted(before.values(), key=lambda row: (str(row.valid_to), row.sort_key)), after=after)


def successors_in(known: Mapping[int, Agency], pk: int) -> list[Agency]:
    found: list[Agency] = []
    following = known[pk].successor_id
    while following is not None and following in known and following != pk and known[following] not in found:
        found.append(known[following])
        following = known[following].successor_id
    return found


def standing_councils(user: User) -> models.QuerySet[Council]:
    """Councils whose standing body ``user`` works in."""
    return Council.objects.filter(pk__in=access_of(user).standing_ids)


def free_code(council: Council, name: str) -> str:
    """A code from the name, numbered when the council has it already: "so-y-te-2"."""
    stem = search_key(name).replace(" ", "-")[:50].strip("-") or "don-vi"
    taken = set(council.agencies.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if code not in taken)


@transaction.atomic
def create_agency(
    *, council: Council, values: Mapping[str, Any], aliases: Sequence[str] = (), code: str = "", actor: User
) -> Agency:
    """A new agency of ``council``; without a code one is made from the name."""
    Council.objects.select_for_update().get(pk=council.pk)
    if code and council.agencies.filter(code=code).exists():
        raise TransitionRefused(f"Mã «{code}» đã dùng cho một đơn vị khác. Hãy nhập mã khác hoặc để trống.")
    agency = Agency(council=council, code=code or free_code(council, values["name"]))
    write(agency, values)
    check(agency)
    agency.save()
    set_aliases(agency, aliases)
    record(agency, "Thêm đơn vị", actor=actor, after=facts(agency))
    return agency


@transaction.atomic
def edit_agency(*, agency: Agency, values: Mapping[str, Any], aliases: Sequence[str], actor: User) -> Agency:
    """Change an agency and its other names. Its code stays: year files and archives name it."""
    Council.objects.select_for_update().get(pk=agency.council_id)
    row = Agency.objects.select_for_update().get(pk=agency.pk)
    before = facts(row)
    write(row, values)
    check(row)
    row.save(update_fields=[*AGENCY_FIELDS, "search_key", "sort_key"])
    set_aliases(row, aliases)
    record_change(row, "Sửa đơn vị", actor=actor, before=before, after=facts(row))
    return row


def write(agency: Agency, values: Mapping[str, Any]) -> None:
    for name in AGENCY_FIELDS:
        if name in values:
            value = values[name]
            setattr(agency, name, tidy(value) if isinstance(value, str) else value)


def check(agency: Agency) -> None:
    """Raise TransitionRefused for a circle or for a successor of an agency that has no end."""
    if agency.successor_id is not None and agency.valid_to is None:
        raise TransitionRefused("Đơn vị có đơn vị kế thừa thì phải ghi ngày kết thúc hoạt động.")
    links = {row.pk: row for row in Agency.objects.filter(council=agency.council_id)}
    for name, words in (("successor_id", "kế thừa"), ("parent_id", "trực thuộc")):
        target = getattr(agency, name)
        if target is not None and target not in links:
            raise TransitionRefused(f"Đơn vị {words} phải thuộc cùng Hội đồng. Hãy chọn đơn vị khác.")
        if agency.pk is not None and reaches(links, target, agency.pk, name):
            raise TransitionRefused(f"Quan hệ {words} đi thành vòng tròn. Hãy chọn đơn vị {words} khác.")


def reaches(links: Mapping[int, Agency], start: int | None, goal: int, name: str) -> bool:
    seen: set[int] = set()
    while start is not None and start in links and start not in seen:
        if start == goal:
            return True
        seen.add(start)
        start = getattr(links[start], name)
    return False


def set_aliases(agency: Agency, names: Sequence[str]) -> None:
    """Keep exactly these other names, in this order of adding."""
    wanted = list(dict.fromkeys(tidy(name) for name in names if tidy(name)))
    kept = set(agency.aliases.values_list("name", flat=True))
    agency.aliases.exclude(name__in=wanted).delete()
    AgencyAlias.objects.bulk_create(AgencyAlias(agency=agency, name=name) for name in wanted if name not in kept)


def facts(agency: Agency) -> dict[str, Any]:
    """An agency as the history tells it."""
    plain = {name: getattr(agency, name) for name in AGENCY_FIELDS if name not in ("parent", "successor")}
    return plain | {
        "kind": agency.get_kind_display(),
        "parent": agency.parent.name if agency.parent else None,
        "successor": agency.successor.name if agency.successor else None,
        "other_names": list(agency.aliases.values_list("name", flat=True)),
    }
