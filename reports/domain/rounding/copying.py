"""Starting an outline from another round: last year's of the same kind, or any that the person sees."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from reports.domain.rounding.founding import locked_round
from reports.domain.rounding.outline import FIGURE, SECTION, TABLE, PartKind, changed
from reports.models import ReportRound, RoundFigure, RoundSection, RoundTable

SHOWN = 50


def sources_for(a_round: ReportRound, user: User) -> QuerySet[ReportRound]:
    """Rounds with an outline of their own that ``user`` sees, of the same kind and the newest first; 50 at most."""
    rows = ReportRound.objects.visible_to(user).filter(council=a_round.council_id).exclude(pk=a_round.pk)
    rows = rows.filter(sections__isnull=False).annotate(size=Count("sections")).select_related("bloc_year__bloc")
    return rows.order_by("-year", "-pk")[:SHOWN]


def outline_source(a_round: ReportRound, user: User, pk: int) -> ReportRound | None:
    """The round of ``pk`` whose outline ``user`` may read; a round under a province's one gives the province's."""
    found = ReportRound.objects.visible_to(user).filter(council=a_round.council_id, pk=pk).first()
    return found if found is None or found.parent_id is None else ReportRound.objects.get(pk=found.parent_id)


@transaction.atomic
def copy_outline(a_round: ReportRound, source: ReportRound, *, actor: User) -> int:
    """Add what the outline lacks of the outline of ``source``, under the same keys so that periods can be compared.

    Nothing that stands there changes. Answers how many parts came; raises TransitionRefused when none did.
    """
    row = locked_round(a_round.pk, actor)
    theirs = RoundSection.objects.filter(round=source.outline_id).prefetch_related("figures", "tables")
    count = 0
    for section in theirs:
        held, came = copied(SECTION, section, {"round": row}, row.sections.all())
        count += came
        for figure in section.figures.all():
            count += copied(FIGURE, figure, {"section": held}, RoundFigure.objects.filter(section=held))[1]
        for table in section.tables.all():
            count += copied(TABLE, table, {"section": held}, RoundTable.objects.filter(section=held))[1]
    if not count:
        raise TransitionRefused("Đề cương đã có đủ các mục, số liệu, bảng của đợt được chọn; không có gì để chép thêm.")
    changed(row, "Chép đề cương", actor, after={"source": str(source), "số phần": count})
    return count


def copied(kind: PartKind, part: Any, owner: dict[str, Any], there: Iterable[Any]) -> tuple[Any, int]:
    """The part of the same key, or a copy at the end; and how many were made."""
    last = 0
    for each in there:
        if each.key == part.key:
            return each, 0
        last = max(last, each.position)
    given = {name: getattr(part, name) for name in kind.fields}
    return kind.model.objects.create(key=part.key, position=last + 1, **owner, **given), 1
