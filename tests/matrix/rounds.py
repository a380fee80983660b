"""Reporting rounds: the bloc's is its secretariat's, the province's its standing body's; members read opened ones."""

from collections.abc import Iterator
from typing import Any

from reports.domain.rounding.workflow import REPORT_ROUND
from reports.models import RoundFigure, RoundSection
from tests.matrix.base import EVERYONE, MEMBERS, OWN, RUN, SECRETARIAT, STANDING, YEAR, Row, pk_of, year
from tests.rounds_world import a_round

ADDED = {"title": "Mục mới", "label": "Số liệu mới", "kind": "whole", "column_0": "Cột"}


def section(scene: Any) -> tuple[Any, ...]:
    return (scene.round.pk, "muc", scene.round_section.pk)


def furnish(scene: Any) -> None:
    """An opened ad-hoc round of the bloc and a draft of the province."""
    scene.round = a_round(scene.world, kind="ad-hoc")
    scene.round_section = RoundSection.objects.create(round=scene.round, key="kien-nghi", title="Kiến nghị", position=2)
    RoundFigure.objects.create(section=scene.round_section, key="so", label="Số")
    REPORT_ROUND.perform(scene.round, "open", actor=None)
    scene.province_round = a_round(scene.world, kind="ad-hoc", bloc_year=None)


def rows() -> Iterator[Row]:
    yield Row("reports:rounds", EVERYONE)
    yield Row("reports:year-rounds", YEAR, args=year)
    yield Row("reports:round-new", SECRETARIAT, YEAR - SECRETARIAT, year)
    yield Row("reports:province-round-new", STANDING, args=lambda scene: (scene.world.council.pk,))
    for name in ("round", "round-outline"):
        yield Row(f"reports:{name}", YEAR, args=pk_of("round"))
        yield Row(f"reports:{name}", STANDING, args=pk_of("province_round"))
    for name in ("round-edit", "round-remove", "round-outline-copy", "round-section-new"):
        yield Row(f"reports:{name}", SECRETARIAT, YEAR - SECRETARIAT, pk_of("round"))
        yield Row(f"reports:{name}", STANDING, args=pk_of("province_round"))
    yield Row("reports:round-blocs", STANDING, args=pk_of("province_round"))
    yield Row("reports:round-act", SECRETARIAT, YEAR - SECRETARIAT, pk_of("round"), "post", {"transition": "close"})
    yield Row("reports:round-report-open", MEMBERS, YEAR - MEMBERS, pk_of("round"), "post")
    yield Row("reports:round-remind", RUN, YEAR - RUN, pk_of("round"), "post")
    yield Row("reports:round-extend", RUN, YEAR - RUN, pk_of("round"))
    watchers = RUN | {"observer"}
    yield Row("reports:round-summary", watchers, YEAR - watchers, pk_of("round"))
    yield Row("reports:round-outline-start", SECRETARIAT, YEAR - SECRETARIAT, pk_of("round"), "post")
    yield Row(
        "reports:round-part-new",
        SECRETARIAT,
        YEAR - SECRETARIAT,
        lambda scene: (scene.round.pk, scene.round_section.pk, "so-lieu"),
        "post",
        ADDED,
    )
    for name in ("round-part", "round-part-remove"):
        yield Row(f"reports:{name}", SECRETARIAT, YEAR - SECRETARIAT, section)
    yield Row("reports:round-part-move", SECRETARIAT, YEAR - SECRETARIAT, section, "post", {"huong": "len"})
    yield Row("reports:figure-rows", OWN, args=lambda scene: (scene.report.pk, "targets"))
