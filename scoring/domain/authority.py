"""Who appraises which line of whose sheet. Nobody appraises the own agency's sheet.

A criterion is appraised by the secretariat, by a specialised agency or by the standing body, and by
nobody else. Where that is the sheet's own agency, another stands in: the deputies for the head, the
standing body for the head and for a specialised agency, the secretariat for the standing body.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from blocs.enums import Area, Role
from blocs.models import Agency, BlocYear, Membership
from blocs.tables.access import Access, access_of
from scoring.domain.tree import Node, Tree, load_tree
from scoring.enums import AppraisedBy, SetState, SheetState
from scoring.models import Criterion, ScoreSheet


@dataclass(frozen=True)
class Bodies:
    """Who appraises in one bloc-year: the head's secretariat and the council's standing agency, if known."""

    year_id: int
    council_id: int
    head_id: int | None
    standing_id: int | None


def bodies_of(bloc_year: BlocYear) -> Bodies:
    """The bodies of ``bloc_year``; one query."""
    head = Membership.objects.filter(bloc_year=OuterRef("pk"), role=Role.HEAD).values("agency")[:1]
    rows = BlocYear.objects.filter(pk=bloc_year.pk).annotate(head=head)
    council, standing, head_id = rows.values_list("bloc__council", "bloc__council__standing_agency", "head").get()
    return Bodies(bloc_year.pk, council, head_id, standing)


def appraises(access: Access, bodies: Bodies, agency_id: int, node: Node) -> bool:
    """Whether the person with ``access`` appraises the criterion ``node`` on the sheet of ``agency_id``."""
    if agency_id in access.agency_ids | access.standing_of:
        return False
    body = body_of(bodies, node)
    if body is None or body == agency_id:
        return stands_in(access, bodies, agency_id)
    return acts_for(access, bodies, node)


def body_of(bodies: Bodies, node: Node) -> int | None:
    """The agency that appraises ``node`` on every other agency's sheet; None where none is named."""
    if node.appraised_by == AppraisedBy.AGENCY:
        return node.appraiser_id
    return bodies.head_id if node.appraised_by == AppraisedBy.SECRETARIAT else bodies.standing_id


def acts_for(access: Access, bodies: Bodies, node: Node) -> bool:
    if node.appraised_by == AppraisedBy.AGENCY:
        return node.appraiser_id in access.agency_ids | access.standing_of
    if node.appraised_by == AppraisedBy.SECRETARIAT:
        return bodies.year_id in access.runs(Area.SCORES)
    return bodies.council_id in access.standing_ids


def stands_in(access: Access, bodies: Bodies, agency_id: int) -> bool:
    """Whether this person takes the place of a body that would judge itself, or that nobody named."""
    if bodies.council_id in access.standing_ids:
        return True
    if agency_id == bodies.head_id and bodies.year_id in access.deputy_ids:
        return True
    return agency_id == (bodies.standing_id or agency_id) and bodies.year_id in access.runs(Area.SCORES)


def foreign_faults(sheet: ScoreSheet, entries: Iterable[int], actor: User | None) -> dict[str, str]:
    """By code, the named lines of ``sheet`` that ``actor`` does not appraise, and who does; a command does all."""
    nodes = load_tree(sheet.criteria_set).leaf_by_id if actor else {}
    named = [nodes[pk] for pk in entries if pk in nodes]
    if actor is None or not named:
        return {}
    access, bodies = access_of(actor), bodies_of(sheet.bloc_year)
    foreign = [node for node in named if not appraises(access, bodies, sheet.agency_id, node)]
    names = names_of(foreign)
    return {node.code: foreign_words(bodies, sheet.agency_id, node, names) for node in foreign}


def foreign_ids(sheet: ScoreSheet, tree: Tree, user: Any) -> frozenset[int]:
    """The criteria of ``sheet`` that ``user`` does not appraise on it; one query."""
    access, bodies = access_of(user), bodies_of(sheet.bloc_year)
    return frozenset(node.id for node in tree.leaves if not appraises(access, bodies, sheet.agency_id, node))


def names_of(nodes: Iterable[Node]) -> dict[int, str]:
    ids = {node.appraiser_id for node in nodes if node.appraiser_id}
    return {each.pk: each.label for each in Agency.objects.filter(pk__in=ids)} if ids else {}


def foreign_words(bodies: Bodies, agency_id: int, node: Node, names: Mapping[int, str]) -> str:
    """Whose line it is, in a sentence."""
    if body_of(bodies, node) in (None, agency_id):
        who = "phó khối hoặc cơ quan thường trực" if agency_id == bodies.head_id else "cơ quan thường trực"
        return f"Không ai tự thẩm định phiếu của đơn vị mình: tiêu chí này do {who} thẩm định."
    return f"Tiêu chí này do {body_words(node, names)} thẩm định, bạn không sửa được."


def body_words(node: Node, names: Mapping[int, str]) -> str:
    """Who appraises ``node``: "thư ký khối", "Sở Tài chính"."""
    name = names.get(node.appraiser_id or 0)
    if node.appraised_by == AppraisedBy.AGENCY and name:
        return name
    label = str(AppraisedBy(node.appraised_by).label)
    return label[:1].lower() + label[1:]


def criteria_of_agencies(agency_ids: Iterable[int], *, of_set: Any) -> QuerySet[Criterion]:
    """The criteria of one set (a reference or a key) that these specialised agencies appraise."""
    return Criterion.objects.filter(criteria_set=of_set, appraised_by=AppraisedBy.AGENCY, appraiser__in=agency_ids)


def years_to_appraise(user: User) -> QuerySet[BlocYear]:
    """Bloc-years that ``user`` may open to appraise in, or sees anyway: a specialised agency need be no member."""
    access = access_of(user)
    mine = Criterion.objects.filter(
        criteria_set__bloc_year=OuterRef("pk"),
        criteria_set__state__in=[SetState.OPEN, SetState.LOCKED],
        appraised_by=AppraisedBy.AGENCY,
        appraiser__in=access.agency_ids | access.standing_of,
    )
    seen = BlocYear.objects.visible_to(user).values("pk")
    return BlocYear.objects.filter(Q(pk__in=seen) | Exists(mine))


def sheets_to_appraise(user: User) -> QuerySet[ScoreSheet]:
    """Sent sheets of others on which ``user`` may appraise lines; which ones, ``appraises`` says."""
    access = access_of(user)
    own = access.agency_ids | access.standing_of
    mine = criteria_of_agencies(own, of_set=OuterRef("criteria_set"))
    heads = Membership.objects.filter(
        bloc_year=OuterRef("bloc_year"), agency=OuterRef("agency"), role=Role.HEAD, bloc_year__in=access.deputy_ids
    )
    reach = (
        Q(bloc_year__in=access.runs(Area.SCORES))
        | Q(bloc_year__bloc__council__in=access.standing_ids)
        | Exists(heads)
        | Exists(mine)
    )
    return ScoreSheet.objects.filter(reach).exclude(Q(state=SheetState.DRAFT) | Q(agency__in=own))
