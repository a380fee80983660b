"""Cases of a dossier as the page of its appraisal lists them, and the way from one to the next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from awards.filters_appraisal import NominationFilter
from awards.models import Dossier, Nomination
from khoithidua.web.listing import Column, narrow, ordered

COLUMNS = (
    Column("stt", "Thứ tự", lambda row: row.position, ("position",)),
    Column("ten", "Đối tượng", lambda row: f"{row.name}, {row.unit}" if row.unit else row.name, ("search_key",)),
    Column("hinh-thuc", "Hình thức", lambda row: row.award.name, ("award__position", "position")),
    Column("kiem-tra", "Kiểm tra điều kiện", lambda row: row.get_verdict_display(), ("verdict", "position")),
    Column("ket-qua", "Kết quả thẩm định", lambda row: row.get_state_display(), ("state", "position")),
    Column("ly-do", "Lý do, ý kiến", lambda row: row.appraisal_reason),
)
LISTED: dict[str, Any] = {
    "columns": COLUMNS,
    "search": ("search_key",),
    "filterset": NominationFilter,
    "default_sort": "stt",
}


@dataclass(frozen=True)
class Place:
    """Where a case stands in the list, and its neighbours there; None at an end."""

    number: int
    total: int
    before: int | None
    after: int | None


def cases_of(request: HttpRequest, dossier: Dossier) -> QuerySet[Nomination]:
    return Nomination.objects.visible_to(request.user).filter(dossier=dossier).select_related("award")


def place_of(request: HttpRequest, nomination: Nomination) -> Place:
    """The place of ``nomination`` in the list that the address asks for; two queries.

    It keeps its place when its own result no longer fits the filter.
    """
    rows = cases_of(request, nomination.dossier)
    listed = narrow(request, rows, **LISTED)
    kept = rows.filter(Q(pk__in=listed.rows.order_by().values("pk")) | Q(pk=nomination.pk))
    found = list(ordered(kept, COLUMNS, listed.sort, "stt").values_list("pk", flat=True))
    here = found.index(nomination.pk)
    before, after = found[here - 1 : here], found[here + 1 : here + 2]
    return Place(here + 1, len(found), before[0] if before else None, after[0] if after else None)
