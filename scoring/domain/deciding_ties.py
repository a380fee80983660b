"""Units that nothing else separates: head and deputy decide their order, last of all tie-breaks."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import BlocYear
from blocs.tables.access import access_of
from scoring.domain.frozen import refuse_frozen
from scoring.domain.ranking import DECISION, Row, Table, consolidated
from scoring.enums import SheetState
from scoring.models import ScoreSheet

DECIDED = "Quyết định thứ tự khi bằng điểm"
FORGOTTEN = "Bỏ thứ tự đã quyết định vì phiếu chấm được mở lại"


@transaction.atomic
def decide_tie(bloc_year: BlocYear, *, sheets: Sequence[ScoreSheet], reason: str, actor: User | None) -> None:
    """Put units that still share a rank in the order of ``sheets``, best first; audited on the bloc-year.

    Source: TT 01/2024/TT-TANDTC, Điều 29: head and deputy decide where votes have not. The place that
    is stored is the rank in the whole table. TransitionRefused without a reason, while the ranking is
    locked or a sheet is not agreed, where the criteria set does not name the decision, when ``sheets``
    are not exactly the units of one shared rank, or when the actor's own agency is among them.
    """
    year = BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    refuse_frozen(year)
    reason = reason.strip()
    if not reason:
        raise TransitionRefused("Hãy ghi lý do quyết định thứ tự và ai đã thống nhất (trưởng khối, phó khối).")
    table = consolidated(year)
    refuse_unnamed(table)
    refuse_unsettled(table)
    tied = tie_of(table, [sheet.pk for sheet in sheets])
    refuse_own(tied, actor)
    order = {sheet.pk: place for place, sheet in enumerate(sheets, start=tied[0].standing.rank or 1)}
    rows = {row.pk: row for row in ScoreSheet.objects.select_for_update().filter(pk__in=order).order_by("pk")}
    before = {row.standing.agency.code: rows[row.standing.sheet_id].decided_place for row in tied}
    for pk, place in order.items():
        rows[pk].decided_place = place
        rows[pk].save(update_fields=["decided_place"])
    after = {row.standing.agency.code: order[row.standing.sheet_id] for row in tied}
    audit.record(year, DECIDED, actor=actor, before=before, after=after, reason=reason)


def ties_of(table: Table) -> list[list[Row]]:
    """Units that share a rank after every tie-break, the best rank first."""
    tied: dict[int, list[Row]] = {}
    for row in table.rows:
        if row.standing.rank is not None:
            tied.setdefault(row.standing.rank, []).append(row)
    return [tied[rank] for rank in sorted(tied) if len(tied[rank]) > 1]


def refuse_unnamed(table: Table) -> None:
    """Only a criteria set that names the decision lets anyone decide."""
    if table.criteria_set is None or DECISION not in table.criteria_set.tie_break:
        raise TransitionRefused(
            "Bộ tiêu chí không nêu căn cứ «trưởng khối, phó khối quyết định» nên các đơn vị bằng nhau giữ chung hạng."
        )


def refuse_unsettled(table: Table) -> None:
    """A decision stands on final scores: opening an agreed sheet again drops it."""
    names = [row.standing.agency.label for row in table.rows if row.state != SheetState.AGREED]
    if names:
        raise TransitionRefused(
            f"Phiếu chưa được thống nhất điểm: {', '.join(names)}. "
            "Hãy thống nhất mọi phiếu trước khi quyết định thứ tự."
        )


def tie_of(table: Table, sheet_ids: Sequence[int]) -> list[Row]:
    """The shared rank that consists of exactly these sheets, each once; else TransitionRefused."""
    for rows in ties_of(table):
        if sorted(sheet_ids) == sorted(row.standing.sheet_id for row in rows):
            return rows
    raise TransitionRefused(
        "Các đơn vị này không còn bằng nhau ở một hạng, hoặc danh sách chưa đủ. Hãy tải lại trang rồi xếp lại."
    )


def refuse_own(tied: Sequence[Row], actor: User | None) -> None:
    access = access_of(actor) if actor is not None else None
    own = access.agency_ids | access.standing_of if access is not None else frozenset()
    if any(row.standing.agency.pk in own for row in tied):
        raise TransitionRefused(
            "Đơn vị của bạn nằm trong số các đơn vị bằng nhau. "
            "Trưởng khối, phó khối được giao tổng hợp điểm hoặc cơ quan thường trực quyết định thay."
        )


def forget_decisions(sheet: ScoreSheet, actor: User | None, now: datetime) -> None:
    """An agreed sheet is opened again: orders that were decided by the old scores hold no longer. An effect."""
    rows = ScoreSheet.objects.select_for_update().filter(bloc_year=sheet.bloc_year_id, decided_place__isnull=False)
    before = {row.agency.code: row.decided_place for row in rows.select_related("agency").order_by("pk")}
    if not before:
        return
    ScoreSheet.objects.filter(bloc_year=sheet.bloc_year_id).update(decided_place=None)
    audit.record(sheet.bloc_year, FORGOTTEN, actor=actor, before=before, after=dict.fromkeys(before))
