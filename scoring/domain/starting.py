"""Where a new criteria set begins: last year's, a ready-made table, or an empty page."""

from decimal import Decimal

from django.db import models, transaction

from accounts.domain import audit
from accounts.models import User
from blocs.models import BlocYear
from scoring.domain.building import build_tree
from scoring.domain.criteria import copy_set_to, effective_set
from scoring.models import CriteriaSet
from scoring.presets import KEYS, preset

EMPTY, LAST_YEAR, EXAMPLE_1000, EXAMPLE_100 = "empty", "last-year", "example-1000", "example-100"


def as_example(title: str) -> str:
    """A ready-made table is an example, not a rule of the bloc, and is offered as one."""
    return title if title.startswith("Mẫu") else f"Mẫu tham khảo: {title}"


SOURCES = {
    LAST_YEAR: "Chép từ bộ tiêu chí gần nhất của khối",
    **{key: as_example(preset(key).title) for key in KEYS},
    EMPTY: "Bảng trống",
}
EXAMPLES_ARE_NO_RULES = (
    "Các mẫu là để tham khảo, chưa phải quy định của khối. Nguồn và nội dung từng mẫu xem ở trang «Mẫu bộ tiêu chí»."
)
DEFAULT_SCALE = Decimal(1000)
DEFAULT_TIE_BREAK = ("ballot", "fewest_deductions")


@transaction.atomic
def start_set(bloc_year: BlocYear, *, source: str, actor: User | None) -> CriteriaSet:
    """A draft criteria set for ``bloc_year`` from one of SOURCES; audited.

    Without an earlier set "last-year" gives an empty one. Versions count up.
    """
    if source == LAST_YEAR and (earlier := latest_set_of(bloc_year)) is not None:
        return copy_set_to(earlier, bloc_year=bloc_year, actor=actor)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    ready = preset(source) if source in KEYS else None
    newest = CriteriaSet.objects.filter(bloc_year=bloc_year).aggregate(top=models.Max("version"))["top"] or 0
    scale = ready.scale if ready else DEFAULT_SCALE
    made = CriteriaSet.objects.create(
        bloc_year=bloc_year,
        version=newest + 1,
        scale=scale,
        tie_break=list(ready.tie_break if ready else DEFAULT_TIE_BREAK),
        grading=dict(ready.grading) if ready else {},
    )
    audit.record(made, "Lập bộ tiêu chí", actor=actor, after={"source": SOURCES[source], "scale": scale})
    if ready:
        build_tree(made, parts=ready.parts, source=ready.source, actor=actor)
    return made


def latest_set_of(bloc_year: BlocYear) -> CriteriaSet | None:
    """This year's newest set, else that of the bloc's latest earlier year."""
    own = effective_set(bloc_year)
    if own is not None:
        return own
    earlier = BlocYear.objects.filter(bloc=bloc_year.bloc_id, year__lt=bloc_year.year, criteria_sets__isnull=False)
    last = earlier.order_by("-year").first()
    return effective_set(last) if last is not None else None
