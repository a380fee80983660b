"""One criteria set applied to several bloc-years: each gets its own draft, based on the source."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.enums import Area, YearState
from blocs.models import BlocYear
from blocs.tables.access import access_of
from scoring.domain.criteria import copy_set_to, effective_set
from scoring.domain.frozen import frozen_sentence
from scoring.enums import SetState, SheetState
from scoring.models import CriteriaSet, ScoreSheet


@dataclass(frozen=True)
class Target:
    """A bloc-year that could take the set; ``obstacle`` says in a sentence why it cannot."""

    bloc_year: BlocYear
    obstacle: str


@dataclass(frozen=True)
class Shared:
    """The drafts that were made, and the years that were passed over with the reason."""

    made: tuple[CriteriaSet, ...]
    skipped: tuple[Target, ...]


def targets_for(criteria_set: CriteriaSet, user: User) -> list[Target]:
    """Bloc-years of the same council whose scores this person runs, from the source's year on; the newest first.

    The standing body runs all of its council's. Years handed over are closed. Two queries.
    """
    access = access_of(user)
    council = criteria_set.bloc_year.bloc.council_id
    years = BlocYear.objects.filter(bloc__council=council, year__gte=criteria_set.bloc_year.year)
    if council not in access.standing_ids:
        years = years.filter(pk__in=access.runs(Area.SCORES))
    years = years.exclude(pk=criteria_set.bloc_year_id).exclude(state=YearState.HANDED_OVER)
    found = list(years.select_related("bloc").order_by("-year", "bloc__sort_key"))
    sent = sent_years(found)
    return [Target(year, obstacle_of(year, sent)) for year in found]


def sent_years(years: Iterable[BlocYear]) -> frozenset[int]:
    """Those of ``years`` in which a sheet was sent; one query."""
    sheets = ScoreSheet.objects.filter(bloc_year__in=[year.pk for year in years]).exclude(state=SheetState.DRAFT)
    return frozenset(sheets.values_list("bloc_year", flat=True))


def obstacle_of(year: BlocYear, sent: frozenset[int]) -> str:
    if year.pk in sent:
        return "Đã có đơn vị gửi phiếu chấm; hãy lập phiên bản sửa đổi ở khối đó."
    return ""


@transaction.atomic
def share_set(criteria_set: CriteriaSet, *, bloc_year_ids: Iterable[int], actor: User) -> Shared:
    """Copy a set in force to each chosen bloc-year as a draft based on it; audited on both sides.

    Only years that ``actor`` may run are reached: a forged id is TransitionRefused and nothing is
    copied. Years with a sent sheet, a locked ranking or an earlier draft from the same source are passed over.
    """
    row = CriteriaSet.objects.select_related("bloc_year__bloc").get(pk=criteria_set.pk)
    if row.state == SetState.DRAFT:
        raise TransitionRefused("Bộ tiêu chí còn là dự thảo. Hãy đưa vào áp dụng trước khi áp dụng cho khối khác.")
    if effective_set(row.bloc_year) != row:
        raise TransitionRefused("Phiên bản này đã được thay. Hãy áp dụng từ phiên bản mới nhất.")
    chosen = set(bloc_year_ids)
    offered = {target.bloc_year.pk: target for target in targets_for(row, actor)}
    if not chosen:
        raise TransitionRefused("Hãy chọn ít nhất một khối.")
    if chosen - offered.keys():
        raise TransitionRefused("Có khối không thuộc phạm vi bạn phụ trách. Hãy tải lại trang rồi chọn lại.")
    made, skipped = [], []
    for pk in (pk for pk in offered if pk in chosen):
        target = offered[pk]
        obstacle = target.obstacle or frozen_sentence(pk) or earlier_draft(row, pk)
        if obstacle:
            skipped.append(Target(target.bloc_year, obstacle))
            continue
        note = f"Áp dụng theo {row}, phiên bản {row.version}"
        made.append(copy_set_to(row, bloc_year=target.bloc_year, actor=actor, note=note))
    if made:
        after = {"bloc_years": [str(copy.bloc_year) for copy in made]}
        audit.record(row, "Áp dụng cho khối khác", actor=actor, after=after)
    return Shared(tuple(made), tuple(skipped))


def earlier_draft(source: CriteriaSet, bloc_year_id: int) -> str:
    """The obstacle that a second click would meet: a draft from the same source already waits there."""
    drafts = CriteriaSet.objects.filter(bloc_year=bloc_year_id, state=SetState.DRAFT, based_on=source)
    return "Đã có dự thảo chép từ bộ tiêu chí này." if drafts.exists() else ""
