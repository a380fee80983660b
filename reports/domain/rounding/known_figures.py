"""Figures of a report that the records hold: nobody types them, and each leads to its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from reports.domain.rounding.known_sources import SOURCES, Counted
from reports.models import AgencyReport, RoundFigure


@dataclass(frozen=True)
class Known:
    """One figure. ``value`` None: not recorded, never zero. ``url`` shows the rows behind it, ``words`` says how."""

    value: Decimal | None
    url: str
    words: str


def known(report: AgencyReport) -> dict[int, Known]:
    """Figure id → what the records of this agency tell of its bloc-year and period, for each figure with a source.

    Rows of one kind are read once: at most 16 queries, however many figures and rows. Empty without a round.
    """
    if report.round is None:
        return {}
    figures = RoundFigure.objects.filter(section__round=report.round.outline_id).exclude(source="")
    found: dict[int, Known] = {}
    read: dict[Callable[[AgencyReport], list[Any]], list[Any]] = {}
    told: dict[str, Counted] = {}
    for figure in figures:
        if (source := SOURCES.get(figure.source)) is None:
            continue
        if source.read not in read:
            read[source.read] = source.read(report)
        if figure.source not in told:
            told[figure.source] = source.count(report, read[source.read])
        counted = told[figure.source]
        url = reverse("reports:figure-rows", args=[report.pk, figure.source])
        found[figure.pk] = Known(counted.value, url, counted.words)
    return found
