"""What waits for a dossier's makers."""

from collections.abc import Iterable

from django.db.models import Max, Q

from accounts.domain.todo import Todo, provides_todos
from accounts.models import User
from awards.domain.readiness import obstacles
from awards.enums import DossierState, Proposer, SupplementState
from awards.models import Dossier
from blocs.enums import Area
from blocs.tables.access import Access, access_of

WAITING = (DossierState.DRAFT, DossierState.SIGNED_OFF, DossierState.SUPPLEMENT)
SHOWN = 50


@provides_todos
def dossier_todos(user: User) -> Iterable[Todo]:
    """Own dossiers to finish, sign, send and supplement. One query, and for drafts those of ``obstacles``."""
    access = access_of(user)
    if not access.agency_ids:
        return
    own = Q(proposer=Proposer.AGENCY, agency__in=access.agency_ids)
    blocs = Q(proposer=Proposer.BLOC, bloc_year__in=access.runs(Area.SCORES))
    open_ones = Max("supplements__due", filter=Q(supplements__state=SupplementState.ASKED))
    rows = Dossier.objects.filter(own | blocs, state__in=WAITING).annotate(asked_until=open_ones)
    found = list(rows.order_by("due", "pk")[:SHOWN])
    drafts = [each for each in found if each.state == DossierState.DRAFT]
    lacking = obstacles(drafts) if drafts else {}
    for row in found:
        yield todo_of(row, access, lacking.get(row.pk, ""))


def todo_of(row: Dossier, access: Access, lacks: str) -> Todo:
    is_asked = row.state == DossierState.SUPPLEMENT
    due = getattr(row, "asked_until", None) if is_asked else row.due
    text = words_of(row, signs=signs_for(row, access), lacks=lacks)
    return Todo(text, row.get_absolute_url(), about=row.title, due=due)


def signs_for(row: Dossier, access: Access) -> bool:
    if row.proposer == Proposer.BLOC:
        return row.bloc_year_id in access.signs_headed_ids
    return row.agency_id in access.signs_for


def words_of(row: Dossier, *, signs: bool, lacks: str) -> str:
    """What to do; signing is offered for what can be signed, for the rest what is lacking is told."""
    if row.state == DossierState.SUPPLEMENT:
        return f"Bổ sung hồ sơ {row.code} theo yêu cầu thẩm định"
    if row.state == DossierState.SIGNED_OFF:
        return f"Gửi hồ sơ khen thưởng {row.code} đã được duyệt"
    if lacks:
        return f"Hoàn thiện hồ sơ khen thưởng {row.code}: {lacks}"
    return f"Duyệt hồ sơ khen thưởng {row.code}" if signs else f"Hồ sơ khen thưởng {row.code} đã đủ, chờ lãnh đạo duyệt"
