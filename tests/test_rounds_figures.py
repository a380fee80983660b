"""Figures that the records know, last period's, and the sums of a round: unknown is never zero."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from awards.models import Registration, RegistrationLine
from blocs.models import Participation
from reports.domain.rounding.founding import open_in_blocs
from reports.domain.rounding.known_figures import Known, known
from reports.domain.rounding.last_period import last_values
from reports.domain.rounding.summary import by_bloc, summary_of
from reports.enums import FigureSource
from reports.models import AgencyReport, FigureValue, ReportRound, RoundFigure
from tests.awards_world import SubjectFactory, award, record
from tests.factories import (
    AgencyFactory,
    BlocMovementFactory,
    BlocYearFactory,
    CommendationFactory,
    MembershipFactory,
    PetitionFactory,
    PledgeFactory,
    RecipientCountFactory,
    TargetFactory,
)
from tests.rounds_world import figure, opened, report_in
from tests.test_rounds import province_round
from tests.world import World

HALF = {"since": date(2020, 1, 1), "until": date(2020, 6, 30)}


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def asked(world: World, source: str, **fields: Any) -> tuple[AgencyReport, RoundFigure]:
    """A report of Sở Y tế in a round that asks for one known figure."""
    made = opened(world, **fields)
    found = figure(made, "co-san", source=source)
    report = report_in(made, world.syt, "draft")
    return AgencyReport.objects.select_related("round", "bloc_year", "agency").get(pk=report.pk), found


def told(world: World, source: str, **fields: Any) -> Known:
    report, found = asked(world, source, **fields)
    return known(report)[found.pk]


@pytest.mark.parametrize("source", FigureSource.values)
def test_what_is_not_recorded_is_unknown_and_says_so(world: World, source: str) -> None:
    found = told(world, source)

    assert found.value is None
    assert found.words
    assert found.url.endswith(f"/nguon/{source}/")


def targets(world: World) -> None:
    pledge = PledgeFactory(bloc_year=world.year)
    for number, (half, year) in enumerate([(10, 9), (4, 10), (None, None)]):
        TargetFactory(pledge=pledge, agency=world.syt, name=f"Chỉ tiêu {number}", plan=10, mid_year=half, actual=year)
    TargetFactory(pledge=pledge, agency=world.sgddt, name="Của sở khác", plan=10, mid_year=10, actual=10)


@pytest.mark.parametrize(
    ("kind", "reached", "words"),
    [
        ("mid-year", 1, "1/3 chỉ tiêu đạt và vượt kế hoạch năm; 1 chỉ tiêu chưa xác định được kết quả"),
        ("annual", 1, "1/3 chỉ tiêu đạt và vượt kế hoạch năm; 1 chỉ tiêu chưa xác định được kết quả"),
    ],
)
def test_targets_are_counted_by_the_column_of_the_period(world: World, kind: str, reached: int, words: str) -> None:
    targets(world)
    report, found = asked(world, "targets-reached", kind=kind)
    count = figure(report.round, "tat-ca", source="targets")  # type: ignore[arg-type]

    answers = known(report)

    assert answers[count.pk].value == 3
    assert (answers[found.pk].value, answers[found.pk].words) == (reached, words)


def commend(world: World, period: str, status: str, **counts: int | None) -> None:
    row = CommendationFactory(bloc_year=world.year, agency=world.syt, period=period, status=status)
    for kind, count in counts.items():
        RecipientCountFactory(commendation=row, kind=kind, count=count)


@pytest.mark.parametrize(
    ("source", "kind", "value", "words"),
    [
        ("commended-collectives", "mid-year", 3, "03 tập thể; 1 dòng ghi «nhiều» chưa cộng"),
        ("commended-persons", "mid-year", 5, "05 cá nhân"),
        ("commended-persons", "annual", 12, "12 cá nhân"),
        ("proposed-persons", "mid-year", None, "Nguồn chỉ ghi nhiều cá nhân, không có số."),
        ("proposed-collectives", "mid-year", 0, "không có"),
    ],
)
def test_commendations_keep_many_out_of_the_sum(
    world: World, source: str, kind: str, value: int | None, words: str
) -> None:
    commend(world, "H1", "awarded", collective=3, individual=5)
    commend(world, "H1", "awarded", collective=None)
    commend(world, "H1", "proposed", individual=None)
    commend(world, "H2", "awarded", individual=7)

    found = told(world, source, kind=kind)

    assert (found.value, found.words) == (value, words)


def test_households_are_no_collective(world: World) -> None:
    commend(world, "H1", "awarded", household=4, village=2)

    assert told(world, "commended-collectives").value == 2


def test_petitions_of_the_period_and_those_settled(world: World) -> None:
    for received, status in [(date(2020, 3, 1), "upheld"), (date(2020, 8, 1), "open"), (None, "open")]:
        PetitionFactory(bloc_year=world.year, agency=world.syt, received_on=received, status=status)
    report, settled = asked(world, "petitions-settled", **HALF)
    received_ones = figure(report.round, "nhan", source="petitions")  # type: ignore[arg-type]

    found = known(report)

    assert found[received_ones.pk].value == 2
    assert "1 đơn thư không ghi ngày tiếp nhận" in found[received_ones.pk].words
    assert found[settled.pk].value == 1


def test_a_bloc_that_states_it_has_no_petition_gives_zero(world: World) -> None:
    world.year.stated = ["petitions"]
    world.year.save(update_fields=["stated"])

    assert told(world, "petitions").value == 0


def test_initiatives_titles_and_movements(world: World) -> None:
    person = SubjectFactory(agency=world.syt)
    for name, day in (("Một", date(2020, 5, 1)), ("Hai", date(2020, 11, 1)), ("Ba", None)):
        person.initiatives.create(name=name, year=2020, recognised_on=day)
    record(person, "ld-tien-tien", 2020, date(2020, 12, 20))
    sent = Registration.objects.create(agency=world.syt, year=2020, state="sent")
    RegistrationLine.objects.create(registration=sent, subject=person, award=award("ld-tien-tien"))
    moved = BlocMovementFactory(bloc_year=world.year)
    Participation.objects.create(bloc_movement=moved, agency=world.syt)
    BlocMovementFactory(bloc_year=world.year)
    report, first = asked(world, "initiatives", kind="annual")
    rest = [figure(report.round, key, source=key) for key in ("titles-registered", "titles-awarded", "movements")]  # type: ignore[arg-type]

    year = known(report)
    half = told(world, "initiatives", **HALF)

    assert year[first.pk].value == 3
    assert [year[each.pk].value for each in rest] == [1, 1, 1]
    assert year[rest[2].pk].words == "1 phong trào; 1 phong trào chưa ghi đơn vị tham gia"
    assert (half.value, half.words) == (1, "1 sáng kiến, đề tài; 1 sáng kiến, đề tài không ghi ngày, chưa tính")


def test_a_registration_that_was_not_sent_tells_nothing(world: World) -> None:
    Registration.objects.create(agency=world.syt, year=2020, state="draft")

    assert told(world, "titles-registered").value is None


@pytest.mark.parametrize("rows", [1, 4])
def test_all_sources_take_constant_queries(world: World, rows: int, django_assert_num_queries: Any) -> None:
    report, _ = asked(world, "targets")
    for source in FigureSource.values[1:]:
        figure(report.round, source, source=source)  # type: ignore[arg-type]
    targets(world)
    for number in range(rows):
        commend(world, "H1", "awarded", collective=number, individual=2)
        PetitionFactory(bloc_year=world.year, agency=world.syt)
        SubjectFactory(agency=world.syt).initiatives.create(name="Sáng kiến", year=2020, recognised_on=date(2020, 2, 1))

    with django_assert_num_queries(10):
        found = known(report)

    assert len(found) == len(FigureSource.values)


def test_the_rows_behind_a_figure_are_shown_as_far_as_the_reader_sees_them(client: Client, world: World) -> None:
    person = SubjectFactory(agency=world.syt, name="Nguyễn Thị Sáng")
    person.initiatives.create(name="Sáng kiến số hóa <b>", year=2020, recognised_on=date(2020, 2, 1))
    report, found = asked(world, "initiatives")
    url = known(report)[found.pk].url

    own = sign_in(client, world, "officer").get(url).content.decode()
    hidden = sign_in(client, world, "secretary").get(url).status_code
    AgencyReport.objects.update(state="signed_off")
    sent = client.get(url).content.decode()

    assert "Sáng kiến số hóa &lt;b&gt;" in own
    assert hidden == 404
    assert "Nguyễn Thị Sáng" not in sent
    assert "1 dòng chỉ đơn vị và Thường trực Hội đồng xem được" in sent
    assert client.get(url.replace("initiatives", "khong-co")).status_code == 404


# Last period


def year_before(world: World, **fields: Any) -> ReportRound:
    last = BlocYearFactory(bloc=world.year.bloc, year=2019)
    MembershipFactory(bloc_year=last, agency=world.syt)
    made = opened(world, bloc_year=last, **fields)
    ReportRound.objects.filter(pk=made.pk).update(year=2019)
    return made


def test_last_periods_value_stands_beside_the_same_key(world: World) -> None:
    before = year_before(world)
    sent = report_in(before, world.syt, "received")
    FigureValue.objects.create(report=sent, figure=figure(before, "so-nguoi"), value=Decimal("12.5"))
    FigureValue.objects.create(report=sent, figure=figure(before, "trong"), value=None)
    now = opened(world)
    mine, other, empty = figure(now, "so-nguoi"), figure(now, "khac"), figure(now, "trong")
    report = report_in(now, world.syt, "draft")

    found = last_values(report)

    assert found == {mine.pk: Decimal("12.5")}
    assert other.pk not in found
    assert empty.pk not in found


@pytest.mark.parametrize(("agency", "state"), [("syt", "draft"), ("sgddt", "received")])
def test_drafts_and_other_agencies_are_no_last_period(world: World, agency: str, state: str) -> None:
    before = year_before(world)
    sent = report_in(before, getattr(world, agency), state)
    FigureValue.objects.create(report=sent, figure=figure(before, "so-nguoi"), value=7)
    now = opened(world)
    figure(now, "so-nguoi")

    assert last_values(report_in(now, world.syt, "draft")) == {}


def test_an_ad_hoc_round_looks_at_the_one_before_it(world: World) -> None:
    first = opened(world, kind="ad-hoc", title="Tháng 3")
    sent = report_in(first, world.syt, "received")
    FigureValue.objects.create(report=sent, figure=figure(first, "so-nguoi"), value=7)
    now = opened(world, kind="ad-hoc", title="Tháng 5")
    mine = figure(now, "so-nguoi")

    assert last_values(report_in(now, world.syt, "draft")) == {mine.pk: Decimal(7)}


# Sums


def test_a_sum_names_the_missing_and_leaves_out_the_unknown(client: Client, world: World) -> None:
    made = opened(world)
    people, share = figure(made, "nguoi", label="Số người"), figure(made, "ty-le", label="Tỷ lệ", kind="percent")
    sent, drafted = report_in(made, world.syt, "received"), report_in(made, world.sgddt, "draft")
    half = report_in(made, world.sldtbxh, "signed_off")
    FigureValue.objects.create(report=sent, figure=people, value=Decimal("3.5"))
    FigureValue.objects.create(report=sent, figure=share, value=40)
    FigureValue.objects.create(report=half, figure=people, value=None)
    FigureValue.objects.create(report=drafted, figure=people, value=100)

    found = summary_of(made)
    page = sign_in(client, world, "secretary").get(f"/dot-bao-cao/{made.pk}/so-lieu/").content.decode()

    assert [(each.value, each.unknown, each.adds_up) for each in found.totals] == [
        (Decimal("3.5"), 3, True),
        (None, 3, False),
    ]
    assert found.missing == ["Sở Thông tin và Truyền thông", "Sở Giáo dục và Đào tạo"]
    assert "chưa có số liệu" in page
    assert "3,5" in page
    assert ">0<" not in page


def test_the_table_as_excel_holds_numbers_and_says_unknown(client: Client, world: World) -> None:
    made = opened(world)
    people = figure(made, "nguoi", label="=Số người", unit="người")
    FigureValue.objects.create(report=report_in(made, world.syt, "received"), figure=people, value=3)

    answer = sign_in(client, world, "observer").get(f"/dot-bao-cao/{made.pk}/so-lieu/?xuat=xlsx")

    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0] == ("Khối, cụm", "Đơn vị", "Báo cáo", "=Số người (người)")
    assert ("Khối tham mưu III", "Sở Y tế", "đã gửi", 3) in rows
    assert ("Khối tham mưu III", "Sở Giáo dục và Đào tạo", "chưa gửi", "chưa có số liệu") in rows
    assert rows[-1] == (None, "Cộng số đã có", None, 3) or rows[-1] == ("", "Cộng số đã có", "", 3)


@pytest.mark.parametrize("members", [1, 20])
def test_a_summary_takes_constant_queries(world: World, members: int, django_assert_num_queries: Any) -> None:
    made = opened(world)
    people = figure(made, "nguoi")
    for _ in range(members):
        agency = AgencyFactory(council=world.council)
        MembershipFactory(bloc_year=world.year, agency=agency)
        FigureValue.objects.create(report=report_in(made, agency, "received"), figure=people, value=2)

    with django_assert_num_queries(5):
        found = summary_of(made)

    assert found.totals[0].value == 2 * members


def test_the_province_is_summed_by_blocs(world: World) -> None:
    made = province_round(world)
    people = figure(made, "nguoi")
    open_in_blocs(made, [world.year.pk, world.other_year.pk], actor=world.person("standing"))
    child = made.children.get(bloc_year=world.year)
    for agency, value in ((world.syt, 3), (world.sgddt, 4)):
        FigureValue.objects.create(report=report_in(child, agency, "received"), figure=people, value=value)

    found = summary_of(made)

    assert [(line.name, line.values, line.sent, line.members) for line in by_bloc(found)] == [
        ("Khối kinh tế", [None], 0, 1),
        ("Khối tham mưu III", [Decimal(7)], 2, 4),
    ]
    assert found.totals[0].value == 7
    assert "Sở Xây dựng" in found.missing
