"""Totals of commendations and progress of targets."""

from decimal import Decimal

import pytest

from blocs.domain.commendations import Uncounted, count_sentence, sentence, totals
from blocs.domain.targets import (
    NO_FIGURE,
    NO_PLAN,
    ZERO_PLAN,
    AgencySummary,
    Measure,
    Outcome,
    latest,
    progress,
    summary,
)
from blocs.models import Commendation, Target
from tests.factories import (
    AgencyFactory,
    BlocYearFactory,
    CommendationFactory,
    PledgeFactory,
    RecipientCountFactory,
    TargetFactory,
)


def commend(year, agency, status, **recipients):
    row = CommendationFactory(bloc_year=year, agency=agency, status=status, award="bk-tinh")
    for kind, count in recipients.items():
        RecipientCountFactory(commendation=row, kind=kind, count=count)
    return row


def rows_of(year):
    return Commendation.objects.filter(bloc_year=year).select_related("agency").prefetch_related("recipients")


@pytest.mark.django_db
def test_awarded_and_proposed_are_counted_apart_and_unknown_in_neither(django_assert_num_queries):
    year, agency = BlocYearFactory(), AgencyFactory(code="syt")
    commend(year, agency, "awarded", individual=12, collective=3)
    commend(year, agency, "awarded", individual=2, collective=None)
    commend(year, agency, "proposed", ward=2, collective=4, village=32)
    commend(year, agency, "proposed", individual=None)

    with django_assert_num_queries(2):
        found = totals(rows_of(year))

    assert list(found.awarded.items()) == [("collective", 3), ("individual", 14)]
    assert list(found.proposed.items()) == [("collective", 4), ("village", 32), ("ward", 2)]
    assert found.uncounted == [Uncounted("syt", "bk-tinh", "collective"), Uncounted("syt", "bk-tinh", "individual")]


@pytest.mark.django_db
def test_recipients_read_as_in_an_official_paper():
    year, agency = BlocYearFactory(), AgencyFactory()

    counted = commend(year, agency, "proposed", individual=2, collective=4, village=32)
    uncounted = commend(year, agency, "proposed", individual=None, collective=None)

    assert sentence(counted) == "04 tập thể, 02 cá nhân, 32 thôn/khối phố"
    assert sentence(uncounted) == "nhiều tập thể, nhiều cá nhân"
    assert count_sentence({"collective": 4, "individual": 26}) == "04 tập thể, 26 cá nhân"
    assert count_sentence({}) == ""


def measured(plan, figure, direction="up"):
    return progress(Target(plan=plan, actual=figure, direction=direction)).year


@pytest.mark.parametrize(
    ("plan", "figure", "direction", "expected"),
    [
        (Decimal(98), Decimal("97.5"), "up", Measure(Decimal("99.5"), Outcome.NOT_REACHED)),
        (Decimal(98), Decimal(98), "up", Measure(Decimal("100.0"), Outcome.REACHED)),
        (Decimal(800), Decimal(801), "up", Measure(Decimal("100.1"), Outcome.EXCEEDED)),  # 100.125
        (Decimal(800), Decimal("2.8"), "up", Measure(Decimal("0.4"), Outcome.NOT_REACHED)),  # 0.35, half up
        (Decimal(5), Decimal(4), "down", Measure(Decimal("125.0"), Outcome.EXCEEDED)),
        (Decimal(5), Decimal(6), "down", Measure(Decimal("83.3"), Outcome.NOT_REACHED)),
        (Decimal(5), Decimal(0), "down", Measure(None, Outcome.EXCEEDED)),
        (Decimal(0), Decimal(0), "down", Measure(None, Outcome.UNKNOWN, ZERO_PLAN)),
        (None, Decimal(4), "up", Measure(None, Outcome.UNKNOWN, NO_PLAN)),
        (Decimal(5), None, "up", Measure(None, Outcome.UNKNOWN, NO_FIGURE)),
    ],
)
def test_a_figure_is_measured_against_the_plan(plan, figure, direction, expected):
    assert measured(plan, figure, direction) == expected


@pytest.mark.django_db
def test_targets_are_counted_per_agency_and_unknown_is_not_a_failure():
    pledge, agency = PledgeFactory(), AgencyFactory(name="Sở Y tế")
    for mid_year, actual in [(45, 90), (30, 95), (50, 80), (None, None)]:
        TargetFactory(pledge=pledge, agency=agency, plan=90, mid_year=mid_year, actual=actual)
    rows = list(Target.objects.filter(pledge=pledge).select_related("agency"))

    assert summary(rows) == [AgencySummary(agency.pk, "Sở Y tế", total=4, reached=2, exceeded=1, halfway=3, unknown=1)]
    assert summary(rows, mid_year=True) == [
        AgencySummary(agency.pk, "Sở Y tế", total=4, reached=0, exceeded=0, halfway=2, unknown=1)
    ]


@pytest.mark.parametrize(
    ("figure", "direction", "unit", "words"),
    [
        (Decimal("40.5"), "up", "%", "Đạt 45% kế hoạch năm"),
        (Decimal(90), "up", "%", "Đã đạt kế hoạch năm"),
        (Decimal(95), "up", "%", "Đã vượt kế hoạch năm"),
        (Decimal("95.5"), "down", "%", "Đang ở mức 95,5%"),
        (Decimal(120), "down", "vụ", "Đang ở mức 120 vụ"),
        (Decimal(80), "down", "vụ", "Đã vượt kế hoạch năm"),
        (None, "up", "%", "Chưa xác định"),
    ],
)
def test_nothing_has_failed_at_mid_year(figure, direction, unit, words):
    target = Target(plan=Decimal(90), mid_year=figure, direction=direction, unit=unit)

    assert progress(target).mid_year.words == words
    assert latest(target).words == words


def test_the_year_s_figure_decides_once_it_is_known():
    target = Target(plan=Decimal(90), mid_year=Decimal(95), actual=Decimal(89))

    assert (latest(target).outcome, latest(target).words) == (Outcome.NOT_REACHED, "Chưa đạt")
