"""What waits for a dossier's makers."""

from collections.abc import Iterable

from django.db.models import Max, Q

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from awards.enums import DossierState, Proposer, SupplementState
from awards.models import Dossier
from blocs.enums import Area
from blocs.tables.access import Access, access_of

WAITING = (DossierState.DRAFT, DossierState.SIGNED_OFF, DossierState.SUPPLEMENT)
SHOWN = 50


@provides_todos
def dossier_todos(user: User) -> Iterable[Todo]:
    """Own dossiers to finish, sign, send and supplement. One query."""
    access = access_of(user)
    if not access.agency_ids:
        return
    own = Q(proposer=Proposer.AGENCY, agency__in=access.agency_ids)
    blocs = Q(proposer=Proposer.BLOC, bloc_year__in=access.runs(Area.SCORES))
    open_ones = Max("supplements__due", filter=Q(supplements__state=SupplementState.ASKED))
    rows = Dossier.objects.filter(own | blocs, state__in=WAITING).annotate(asked_until=open_ones)
    told = ("code", "title", "state", "due", "proposer", "agency", "bloc_year")
    for row in rows.only(*told).order_by("due", "pk")[:SHOWN]:
        yield todo_of(row, access)


def todo_of(row: Dossier, access: Access) -> Todo:
    is_asked = row.state == DossierState.SUPPLEMENT
    due = getattr(row, "asked_until", None) if is_asked else row.due
    return Todo(words_of(row, signs=signs_for(row, access)), row.get_absolute_url(), about=row.title, due=due)


def signs_for(row: Dossier, access: Access) -> bool:
    if row.proposer == Proposer.BLOC:
        return row.bloc_year_id in access.signs_headed_ids
    return row.agency_id in access.signs_for


def words_of(row: Dossier, *, signs: bool) -> str:
    if row.state == DossierState.SUPPLEMENT:
        return f"Bổ sung hồ sơ {row.code} theo yêu cầu thẩm định"
    if row.state == DossierState.SIGNED_OFF:
        return f"Gửi hồ sơ khen thưởng {row.code} đã được duyệt"
    return f"{'Duyệt' if signs else 'Hoàn thiện'} hồ sơ khen thưởng {row.code}"
