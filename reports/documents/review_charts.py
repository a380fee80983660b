"""Charts of a review. Each shows figures of a table beside it; none is drawn where there is nothing to compare."""

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from blocs.enums import CommendationStatus
from khoithidua.web.charts import Bar, Look, figure, horizontal_bars
from reports.documents.blocks import Chart
from reports.documents.fonts import FAMILY
from reports.documents.outline import Outline
from reports.documents.ranking import StandingFacts
from reports.documents.review import PledgeFacts, ReviewFacts

LOOK = Look(width=620, family=FAMILY)
PEOPLE = ("collective", "individual")
FEWEST, MOST = 2, 20  # bars: worth a picture, and no higher than a page
LETTERS = 60
STATUSES = {
    CommendationStatus.AWARDED.value: ("awarded", "đã được khen thưởng"),
    CommendationStatus.PROPOSED.value: ("proposed", "đã đề nghị khen thưởng"),
}


def chart(name: str, caption: str, bars: Sequence[Bar]) -> Chart | None:
    """``bars`` as a picture; None for fewer than two known values or too many bars, or where a value is below zero."""
    known = [Decimal(bar.value) for bar in bars if bar.value is not None]
    if len(known) < FEWEST or not any(known) or min(known) < 0:
        return None
    if len(bars) > MOST:
        return None
    told = tuple((bar.label, figure(bar.value)) for bar in bars)
    words = "; ".join(f"{label}: {value}" for label, value in told)
    short = [replace(bar, label=shortened(bar.label)) for bar in bars]
    return Chart(horizontal_bars(name, caption, short, look=LOOK), f"Biểu đồ: {caption}", f"{words}.", told)


def shortened(label: str) -> str:
    """At most two lines beside a bar; the table has the whole name."""
    return textwrap.shorten(label, LETTERS, placeholder="…") if len(label) > LETTERS else label


def draw(text: Outline, found: Chart | None) -> None:
    if found is not None:
        text.add(found)


def targets(found: PledgeFacts, *, mid_year: bool) -> Chart | None:
    """Targets reached by each agency; where no target of an agency has a figure, that is said."""
    bars = [Bar(each.agency, None if each.unknown == each.total else each.reached) for each in found.summaries]
    until = "đạt và vượt kế hoạch năm" if mid_year else "đạt và vượt"
    return chart("bieu-do-chi-tieu", f"Số chỉ tiêu giao ước {until} của từng đơn vị", bars)


def commendations(facts: ReviewFacts, status: str) -> Chart | None:
    """Collectives and persons of each agency; where a source gives no number for an agency, none is drawn for it."""
    sums: dict[str, int | None] = {}
    for line in facts.commendations:
        people = [count for kind, count in line.counts if kind in PEOPLE]
        if line.status == status and people:
            sums[line.agency] = added(sums.get(line.agency, 0), people)
    name, words = STATUSES[status]
    bars = [Bar(agency, count) for agency, count in sums.items()]
    return chart(f"bieu-do-{name}", f"Số tập thể, cá nhân {words} của từng đơn vị", bars)


def added(before: int | None, counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return None if before is None or len(known) < len(counts) else before + sum(known)


def scores(rows: Sequence[StandingFacts], year: int) -> Chart | None:
    bars = [Bar(row.agency, row.total) for row in rows]
    return chart("bieu-do-diem", f"Tổng điểm thi đua năm {year} của từng đơn vị", bars)
