"""Lines of score sheets as light tuples: the board reads thousands of them at once."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Any

from django.db.models import ExpressionWrapper, F, QuerySet, TextField
from django.db.models.expressions import Combinable

from scoring.domain.computing import Entry
from scoring.models import ScoreLine

FIGURES = ("plan", "actual")
POINTS = ("self_points", "cross_points", "appraised_points", "agreed_points")
NUMBERS = ("assigned", "plan", "actual", "level", "times", *POINTS)
TEXTS = ("reason", "explanation", "cross_reason", "appraisal_reason")
# The digits that SQLite keeps of a number, as Django reads them.
STORED = Context(prec=15)


class Exact(dict[Any, Decimal | None]):
    """Numbers as the database's driver hands them over, as Decimals of so many places.

    Django converts each cell anew; points repeat, so here each number is converted once.
    """

    def __init__(self, places: int) -> None:
        super().__init__({None: None})
        self.unit = Decimal(1).scaleb(-places)

    def __missing__(self, raw: Any) -> Decimal:
        exact = raw if isinstance(raw, Decimal) else STORED.create_decimal_from_float(raw)
        made = exact.quantize(self.unit)
        self[raw] = made
        return made


def as_stored(name: str) -> Combinable:
    """The column as the driver hands it over: text is the type that Django does not convert."""
    return ExpressionWrapper(F(name), output_field=TextField())


def lines_by_sheet(
    codes: Mapping[int, str], stored: QuerySet[ScoreLine], *, texts: bool = True
) -> dict[int, dict[str, Entry]]:
    """Stored lines by sheet and criterion code, in one query; lines of other criteria are left out.

    ``codes`` are the codes by criterion id. Without ``texts`` reasons and explanations stay unread.
    """
    lines: dict[int, dict[str, Entry]] = defaultdict(dict)
    figure, point = Exact(4), Exact(2)
    columns = [name if name in ("level", "times") else as_stored(name) for name in NUMBERS]
    rows = stored.order_by().values_list("sheet", "criterion", *columns, *(TEXTS if texts else ()))
    for sheet, criterion, assigned, plan, actual, level, times, own, cross, appraised, agreed, *words in rows:
        if criterion in codes:
            lines[sheet][codes[criterion]] = Entry(
                assigned == 1, figure[plan], figure[actual], level, times,
                point[own], point[cross], point[appraised], point[agreed], *words,
            )  # fmt: skip
    return lines
