"""Items of rounds as lists: of one round, and of all counted rounds of a session."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse

from council.domain.votes.settling import told
from council.domain.votes.viewing import ITEM_PARTS, RESULT_ORDER, result_rows
from council.filters_votes import ResultFilter, RoundFilter
from council.models import Ballot, CouncilSession
from khoithidua.web.listing import Column, Listing, build_listing
from scoring.enums import PollState

SEARCHED = ("item__nomination__search_key", "agency_key")
ORDER = Column("tt", "Thứ tự", lambda row: row.position, ("position",))
NAME = Column("ten", "Đối tượng", lambda row: row.item.nomination.name, ("item__nomination__search_key",))
UNIT = Column("don-vi", "Đơn vị trình", lambda row: str(row.item.nomination.dossier.agency or ""), ("agency_key",))
COUNTS = (
    Column("dong-y", "Đồng ý", lambda row: row.yes, ("yes", "position")),
    Column("khong", "Không đồng ý", lambda row: row.no, ("no", "position")),
    Column("khong-y-kien", "Không ý kiến", lambda row: row.blank, ("blank", "position")),
    Column("khong-tham-gia", "Không tham gia", lambda row: row.recused, ("recused", "position")),
)
NEEDED = (
    Column("mau-so", "Mẫu số", lambda row: row.base_count),
    Column("can-dat", "Cần đạt", lambda row: row.needed),
)
FATE = Column("ket-qua", "Kết quả biểu quyết", lambda row: row.get_fate_display(), ("fate", "position"))
RESULTS = (
    Column("hinh-thuc", "Danh hiệu, hình thức", lambda row: str(row.ballot.award), RESULT_ORDER),
    Column("vong", "Vòng", lambda row: row.ballot.round),
    NAME,
    UNIT,
    *COUNTS,
    *NEEDED,
    FATE,
    Column("ket-luan", "Kết luận", lambda row: row.item.get_outcome_display(), ("item__outcome", "position")),
    Column("ly-do", "Lý do", lambda row: row.item.reason or told(row)),
)
# What of them a page has room for; the rest is in the table to download.
SHOWN = (NAME, *COUNTS[:3], NEEDED[1], FATE, RESULTS[-2])


def round_listing(request: HttpRequest, ballot: Ballot) -> Listing | HttpResponse:
    """Items of one round; counts are columns after the count alone."""
    closed = ballot.state == PollState.CLOSED
    rows: Any = ballot.rows.select_related(*ITEM_PARTS).annotate(
        agency_key=F("item__nomination__dossier__agency__search_key")
    )
    return build_listing(
        request,
        rows,
        title=f"Lượt biểu quyết {ballot.pk}",
        columns=(ORDER, NAME, UNIT, *COUNTS, *NEEDED, FATE) if closed else (ORDER, NAME, UNIT),
        search=SEARCHED,
        filterset=RoundFilter if closed else None,
        default_sort="tt",
    )


def results_listing(request: HttpRequest, session: CouncilSession) -> Listing | HttpResponse:
    """Items of all counted rounds of a session, round by round."""
    return build_listing(
        request,
        result_rows(session).annotate(agency_key=F("item__nomination__dossier__agency__search_key")),
        title=f"Kết quả biểu quyết phiên {session.number}-{session.year}",
        columns=RESULTS,
        search=SEARCHED,
        filterset=ResultFilter,
        default_sort="hinh-thuc",
    )
