"""Setting up a round: of a bloc-year by its secretariat, of a province by its standing body."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import Base, settle
from blocs.domain.snapshots import snapshot
from blocs.models import BlocYear, Council
from khoithidua.web.templatetags.web import day
from reports.domain.rounding.lateness import lateness_corrected
from reports.domain.rounding.reporters import members_of, people_in
from reports.domain.rounding.workflow import REPORT_ROUND
from reports.enums import RoundKind, RoundState
from reports.models import ReportRound

FIELDS = ("title", "since", "until", "due", "strict", "basis", "note")
CREATED, EDITED, REMOVED = "Lập đợt báo cáo", "Sửa thông tin đợt báo cáo", "Xóa đợt báo cáo chưa mở"
ONCE = "Đã có đợt báo cáo của kỳ này. Hãy mở đợt đang có, hoặc chọn kỳ «Đột xuất, chuyên đề»."


@transaction.atomic
def create_round(
    bloc_year: BlocYear, *, kind: str, fields: Mapping[str, Any], actor: User | None, parent: ReportRound | None = None
) -> ReportRound:
    """A draft round of this bloc-year; six-month and annual ones once. Raises TransitionRefused when there is one."""
    given = {name: fields[name] for name in FIELDS if name in fields}
    keys: dict[str, Any] = {"council_id": bloc_year.bloc.council_id, "year": bloc_year.year, "parent": parent}
    try:
        with transaction.atomic():
            made = ReportRound.objects.create(bloc_year=bloc_year, kind=kind, created_by=actor, **keys, **given)
    except IntegrityError as taken:
        raise TransitionRefused(ONCE) from taken
    audit.record(made, CREATED, actor=actor, after=snapshot(made, ("kind", *FIELDS)))
    return made


@transaction.atomic
def create_province_round(
    council: Council, *, year: int, kind: str, fields: Mapping[str, Any], actor: User
) -> ReportRound:
    """A draft round of the province for a year; it opens a round in each chosen bloc. Refused as ``create_round``."""
    Council.objects.select_for_update().get(pk=council.pk)
    if kind != RoundKind.AD_HOC and province_rounds(council, year).filter(kind=kind).exists():
        raise TransitionRefused(ONCE)
    given = {name: fields[name] for name in FIELDS if name in fields}
    made = ReportRound.objects.create(council=council, year=year, kind=kind, created_by=actor, **given)
    audit.record(made, CREATED, actor=actor, after=snapshot(made, ("kind", "year", *FIELDS)))
    return made


def province_rounds(council: Council, year: int) -> QuerySet[ReportRound]:
    return ReportRound.objects.filter(council=council, year=year, bloc_year__isnull=True)


def locked_round(pk: int, actor: User | None, permission: str = "reports.edit_round") -> ReportRound:
    """The round, held until the transaction ends. Raises PermissionDenied, TransitionRefused once it is closed."""
    row = ReportRound.objects.select_for_update(of=("self",)).select_related("bloc_year__bloc", "council").get(pk=pk)
    if actor is not None and not actor.has_perm(permission, row):
        if row.state == RoundState.CLOSED and actor.has_perm("reports.run_round", row):
            raise TransitionRefused("Đợt báo cáo đã kết thúc nên không sửa được. Hãy mở lại đợt trước.")
        raise PermissionDenied(permission)
    return row


@transaction.atomic
def edit_round(a_round: ReportRound, *, fields: Mapping[str, Any], base: Base | None, actor: User) -> ReportRound:
    """Change what the round says; rounds under a province's one follow. An opened one tells its members a new due date.

    Raises Conflict with both values, PermissionDenied, TransitionRefused for a closed round or an opened one without
    a due date. Days late on score sheets that were reckoned by the old date are reckoned anew.
    """
    row = locked_round(a_round.pk, actor)
    before = snapshot(row, FIELDS)
    last = audit.entries_of(row).filter(action=EDITED).first()
    wanted = {name: fields[name] for name in FIELDS if name in fields}
    changed = settle(row, wanted, base=base, who=last.actor_name if last else "", at=last.at if last else None)
    if not changed:
        return row
    if "due" in changed and changed["due"] is None and row.state != RoundState.DRAFT:
        raise TransitionRefused("Đợt đang nhận báo cáo phải có hạn gửi. Hãy ghi hạn mới.")
    for each in [row, *row.children.select_related("bloc_year__bloc")]:
        write_fields(each, changed, actor)
    audit.record_change(row, EDITED, actor=actor, before=before, after=snapshot(row, FIELDS))
    return row


def write_fields(row: ReportRound, changed: Mapping[str, Any], actor: User) -> None:
    agencies = list(members_of(row).values_list("agency_id", flat=True)) if "due" in changed and row.bloc_year else []
    with lateness_corrected(row.bloc_year, agencies, actor=actor):
        for name, value in changed.items():
            setattr(row, name, value)
        row.version = F("version") + 1
        row.save(update_fields=[*changed, "version"])
        row.refresh_from_db(fields=["version"])
    if "due" in changed and row.state == RoundState.OPEN and row.bloc_year is not None:
        text = f"{row.title}: hạn gửi báo cáo đổi thành ngày {day(row.due)}."
        notify(people_in(members_of(row), timezone.localdate()), text, url=row.get_absolute_url())


@transaction.atomic
def remove_round(a_round: ReportRound, *, reason: str, actor: User) -> None:
    """Delete a round that was never opened, with its outline. Raises TransitionRefused once it was."""
    row = locked_round(a_round.pk, actor)
    if row.state != RoundState.DRAFT:
        raise TransitionRefused("Đợt đã mở nhận báo cáo nên không xóa được. Hãy kết thúc đợt nếu không dùng nữa.")
    owner: Any = row.bloc_year or row.council
    audit.record(owner, REMOVED, actor=actor, before={"tên đợt báo cáo": row.title}, reason=reason.strip())
    row.delete()


def years_for(a_round: ReportRound) -> QuerySet[BlocYear]:
    """Bloc-years of the council in the year of a province's round."""
    rows = BlocYear.objects.filter(bloc__council=a_round.council_id, year=a_round.year)
    return rows.select_related("bloc").order_by("bloc__sort_key", "pk")


@transaction.atomic
def open_in_blocs(a_round: ReportRound, year_ids: Collection[int], *, actor: User) -> list[ReportRound]:
    """Open the province's round in these bloc-years: a round in each, in the order of the blocs' names.

    For a draft and, to add blocs, for an opened one. All or none: raises TransitionRefused with a sentence for a bloc
    that has a round of this kind already, a handed-over year, no choice, no due date or outline; PermissionDenied.
    """
    row = locked_round(a_round.pk, actor)
    there = set(row.children.values_list("bloc_year_id", flat=True))
    chosen = [year for year in years_for(row) if year.pk in set(year_ids) - there]
    if not chosen:
        raise TransitionRefused("Hãy chọn ít nhất một khối, cụm để mở đợt báo cáo.")
    if row.state == RoundState.DRAFT:
        REPORT_ROUND.perform(row, "open", actor=actor)
    return [open_in(row, year, actor) for year in chosen]


def open_in(row: ReportRound, year: BlocYear, actor: User) -> ReportRound:
    given = {name: getattr(row, name) for name in FIELDS}
    try:
        child = create_round(year, kind=row.kind, fields=given, actor=actor, parent=row)
        REPORT_ROUND.perform(child, "open", actor=actor)
    except TransitionRefused as refusal:
        raise TransitionRefused(f"{year.bloc.name}: {refusal} Hãy bỏ chọn khối này.") from refusal
    except PermissionDenied as closed:
        raise TransitionRefused(f"{year} đã bàn giao. Hãy bỏ chọn khối này.") from closed
    return child
