"""Money: what people are paid and what the fund holds is the standing body's alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import time_machine

from council.models import FundSpending, FundYear
from tests.council_decisions_world import empty_draft, issued
from tests.matrix.base import EVERYONE, STANDING, Row, pk_of

YEAR = (2026,)


@time_machine.travel("2026-11-22 09:00+07:00", tick=False)
def furnish(scene: Any) -> None:
    """A reward of an issued decision that waits, and a fund with a spending."""
    scene.reward = issued(scene.world, empty_draft(scene.world, "Vũ Thị Tiền")).lines.get()
    fund = FundYear.objects.create(council=scene.world.council, year=2026, planned=100_000_000, basis="QĐ 1/QĐ-UBND")
    scene.spending = FundSpending.objects.create(
        fund=fund, kind="items", spent_on=date(2026, 3, 1), amount=5_000_000, content="In phôi bằng khen"
    )


def chosen(scene: Any) -> dict[str, Any]:
    return {"lines": str(scene.reward.pk)}


def rows() -> Iterator[Row]:
    others = EVERYONE - STANDING
    for name in ("money", "funds"):
        yield Row(f"council:{name}", STANDING, others)
    paid = {"paid_on": "21/11/2026", "paid_note": "UNC 1"}
    yield Row("council:money-pay", STANDING, others, method="post", data=paid, fill=chosen)
    yield Row("council:money-undo", STANDING, others, method="post", data={"reason": "Ghi nhầm"}, fill=chosen)
    for name in ("fund", "fund-table", "fund-plan", "spending-new"):
        yield Row(f"council:{name}", STANDING, others, lambda scene: YEAR)
    for name in ("spending-edit", "spending-remove"):
        yield Row(f"council:{name}", STANDING, args=pk_of("spending"))
