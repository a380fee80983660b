"""New blocs and new years: from nothing, or carried on from the year before."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.domain.audit import record
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.succession import Lineup, lineup_after
from blocs.enums import BlocKind, Role, Tier
from blocs.models import Agency, Bloc, BlocYear, Council, Membership, Quota
from khoithidua.web.text import search_key, tidy


def free_code(name: str) -> str:
    """A code for a bloc from its name, numbered when it is taken: "khoi-noi-chinh-2"."""
    stem = search_key(name).replace(" ", "-")[:50].strip("-") or "khoi"
    taken = set(Bloc.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))] if code not in taken)


@transaction.atomic
def create_bloc(
    *, council: Council, name: str, actor: User, kind: str = BlocKind.BLOC, tier: str = Tier.PROVINCE, code: str = ""
) -> Bloc:
    """A new bloc of ``council``. Refused when the code is another bloc's."""
    if code and Bloc.objects.filter(code=code).exists():
        raise TransitionRefused(f"Mã «{code}» đã dùng cho một khối khác. Hãy nhập mã khác hoặc để trống.")
    bloc = Bloc.objects.create(council=council, name=tidy(name), kind=kind, tier=tier, code=code or free_code(name))
    record(bloc, "Lập khối, cụm thi đua", actor=actor, after={"name": bloc.name, "code": bloc.code})
    return bloc


@dataclass(frozen=True)
class NewYear:
    """A year of ``bloc``, or of a new bloc described by the other fields."""

    council: Council
    year: int
    bloc: Bloc | None = None
    name: str = ""
    kind: str = BlocKind.BLOC
    tier: str = Tier.PROVINCE
    code: str = ""
    copy: bool = False


@transaction.atomic
def found_year(wanted: NewYear, *, actor: User) -> BlocYear:
    """The bloc when it is new, and its year; nothing of both when either is refused."""
    bloc = wanted.bloc or create_bloc(
        council=wanted.council, name=wanted.name, kind=wanted.kind, tier=wanted.tier, code=wanted.code, actor=actor
    )
    return create_year(bloc=bloc, year=wanted.year, copy=wanted.copy, actor=actor)


@transaction.atomic
def create_year(*, bloc: Bloc, year: int, actor: User, copy: bool = False) -> BlocYear:
    """A new year of ``bloc``, empty or (``copy``) carried on from the year before it."""
    Bloc.objects.select_for_update().get(pk=bloc.pk)
    if BlocYear.objects.filter(bloc=bloc, year=year).exists():
        raise TransitionRefused(f"{bloc.name} đã có năm {year}. Hãy mở năm đó trong danh sách khối thi đua.")
    if copy:
        previous = BlocYear.objects.filter(bloc=bloc, year=year - 1).first()
        if previous is None:
            raise TransitionRefused(
                f"{bloc.name} không có năm {year - 1} để chép thành phần. Hãy bỏ chọn chép thành phần rồi lưu lại."
            )
        return copy_forward(previous, actor=actor)
    made = BlocYear.objects.create(bloc=bloc, year=year)
    record(made, "Lập năm thi đua", actor=actor, after={"year": year})
    return made


@transaction.atomic
def copy_forward(bloc_year: BlocYear, actor: User) -> BlocYear:
    """Next year of the same bloc: members in their order, leadership as agreed or rotated, quotas, regulation.

    An agency that ends before next year is replaced by its successor. When next year exists it
    is returned as it is. Raises TransitionRefused when nobody can tell who will be head.
    """
    Bloc.objects.select_for_update().get(pk=bloc_year.bloc_id)
    existing = BlocYear.objects.filter(bloc=bloc_year.bloc_id, year=bloc_year.year + 1).first()
    if existing is not None:
        return existing
    lineup = lineup_after(bloc_year)
    made = BlocYear.objects.create(
        bloc=bloc_year.bloc,
        year=bloc_year.year + 1,
        regulation=bloc_year.regulation,
        rotation=bloc_year.rotation,
    )
    members = carried_members(bloc_year, made, lineup)
    Membership.objects.bulk_create(members)
    Quota.objects.bulk_create(Quota(bloc_year=made, award=q.award, limit=q.limit) for q in bloc_year.quotas.all())
    record(
        made,
        f"Lập năm thi đua từ năm {bloc_year.year}",
        actor=actor,
        after={"members": [str(row) for row in members], "regulation": made.regulation},
    )
    return made


def carried_members(bloc_year: BlocYear, made: BlocYear, lineup: Lineup) -> list[Membership]:
    """The members of ``bloc_year`` as members of ``made``; two agencies that merged become one."""
    new_year = date(made.year, 1, 1)
    head = carried(lineup.head, on=new_year) or lineup.head
    deputies = {agency.pk for each in lineup.deputies if (agency := carried(each, on=new_year))}
    people: dict[int, Membership] = {}
    for row in bloc_year.memberships.select_related("agency").order_by("position", "pk"):
        agency = carried(row.agency, on=new_year)
        if agency is not None and agency.pk not in people:
            same = agency.pk == row.agency_id
            people[agency.pk] = Membership(
                bloc_year=made,
                agency=agency,
                position=row.position,
                person=row.person if same else "",
                person_title=row.person_title if same else "",
            )
    people.setdefault(head.pk, Membership(bloc_year=made, agency=head, position=len(people)))
    for pk, row in people.items():
        row.role = Role.HEAD if pk == head.pk else Role.DEPUTY if pk in deputies else Role.MEMBER
    return list(people.values())


def carried(agency: Agency, *, on: date) -> Agency | None:
    """``agency``, or the one that carries it on by the day ``on``; None when it ended without one."""
    seen: set[int] = set()
    current: Agency | None = agency
    while current is not None and current.pk not in seen and current.valid_to is not None and current.valid_to < on:
        seen.add(current.pk)
        current = current.successor
    return None if current is not None and current.pk in seen else current
