"""A province of the size that the benchmark names, made without anything random."""

from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from bench.wide import build_wide
from blocs.enums import Period
from blocs.models import (
    Agency,
    Appointment,
    Bloc,
    BlocMovement,
    BlocYear,
    Commendation,
    Conference,
    Council,
    Membership,
    Movement,
    Pledge,
    RecipientCount,
    Target,
)
from reports.models import BlocReview, Passage
from scoring.models import CriteriaSet, Criterion, ScoreLine, ScoreSheet

BLOCS, MEMBERS, YEARS = 40, 10, range(2021, 2026)
CRITERIA = 20


@dataclass(frozen=True)
class Place:
    """What the measured pages are about: one bloc-year in the middle of the data, the wide ones, and three people."""

    year: BlocYear
    sheet: ScoreSheet
    review: BlocReview
    secretary: User
    standing: User
    wide: list[BlocYear]
    wide_secretary: User


def build_province() -> Place:
    """40 blocs × 10 members × 5 years with targets, commendations, scores and reviews, and 40 wide blocs."""
    council = Council.objects.create(
        province="Tỉnh đo tốc độ", name="Hội đồng Thi đua - Khen thưởng tỉnh", place="Tỉnh"
    )
    agencies = Agency.objects.bulk_create(
        Agency(council=council, code=f"dv-{n}", name=f"Sở Đo lường số {n}", short_name=f"Sở số {n}")
        for n in range(BLOCS * MEMBERS + 1)
    )
    council.standing_agency = agencies[-1]
    council.save()
    blocs = Bloc.objects.bulk_create(
        Bloc(council=council, code=f"do-{n}", name=f"Khối thi đua số {n}") for n in range(BLOCS)
    )
    movements = Movement.objects.bulk_create(
        Movement(council=council, name=f"Phong trào số {n}", scope="province", kind="thematic", starts=2021, ends=2025)
        for n in range(5)
    )
    for number, bloc in enumerate(blocs):
        members = agencies[number * MEMBERS : (number + 1) * MEMBERS]
        for year in YEARS:
            build_year(bloc, year, members, movements)
    return place_of(blocs[BLOCS // 2], agencies)


def build_year(bloc: Bloc, year: int, members: list[Agency], movements: list[Movement]) -> None:
    row = BlocYear.objects.create(bloc=bloc, year=year, state="scoring", stated=["petitions"])
    Membership.objects.bulk_create(
        Membership(bloc_year=row, agency=agency, position=n, role=("head", "deputy", *["member"] * 9)[n])
        for n, agency in enumerate(members)
    )
    BlocMovement.objects.bulk_create(
        BlocMovement(bloc_year=row, movement=movement, position=n) for n, movement in enumerate(movements)
    )
    Conference.objects.create(bloc_year=row, kind="mid-year-review", place="Hội trường")
    pledge = Pledge.objects.create(bloc_year=row, state="signed", theme="Thi đua hoàn thành nhiệm vụ")
    Target.objects.bulk_create(
        Target(
            pledge=pledge, agency=agency, position=n, name=f"Chỉ tiêu {n}", unit="%", plan=90, mid_year=50, actual=91
        )
        for agency in members
        for n in range(5)
    )
    build_commendations(row, members)
    build_scores(row, members)
    review = BlocReview.objects.create(bloc_year=row, kind="mid-year")
    Passage.objects.bulk_create(
        Passage(review=review, section=section, text="\n".join(["Các đơn vị hoàn thành tốt nhiệm vụ được giao."] * 8))
        for section in ("achievements", "difficulties", "lessons", "directions")
    )


def build_commendations(row: BlocYear, members: list[Agency]) -> None:
    made = Commendation.objects.bulk_create(
        Commendation(
            bloc_year=row,
            agency=agency,
            position=n,
            period=Period.H1,
            award="giay-khen",
            issuer="Giám đốc Sở",
            status="awarded" if n % 2 else "proposed",
            reason="Hoàn thành tốt nhiệm vụ được giao",
        )
        for agency in members
        for n in range(6)
    )
    RecipientCount.objects.bulk_create(
        RecipientCount(commendation=each, kind=kind, count=2) for each in made for kind in ("collective", "individual")
    )


def build_scores(row: BlocYear, members: list[Agency]) -> None:
    criteria_set = CriteriaSet.objects.create(bloc_year=row, state="open", scale=1000, tie_break=["fewest_deductions"])
    groups = Criterion.objects.bulk_create(
        Criterion(criteria_set=criteria_set, code=f"N{n}", name=f"Nhóm {n}", kind="group", max_points=250, position=n)
        for n in range(4)
    )
    leaves = Criterion.objects.bulk_create(
        Criterion(
            criteria_set=criteria_set,
            parent=groups[n % 4],
            code=f"T{n}",
            name=f"Tiêu chí {n}",
            max_points=Decimal(1000) / CRITERIA,
            position=n,
        )
        for n in range(CRITERIA)
    )
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(bloc_year=row, criteria_set=criteria_set, agency=agency, state="agreed") for agency in members
    )
    ScoreLine.objects.bulk_create(
        ScoreLine(
            sheet=sheet,
            criterion=leaf,
            self_points=20,
            appraised_points=Decimal(20 - n % 5),
            agreed_points=Decimal(20 - n % 5),
            reason="Theo minh chứng",
        )
        for n, sheet in enumerate(sheets)
        for leaf in leaves
    )


def place_of(bloc: Bloc, agencies: list[Agency]) -> Place:
    year = BlocYear.objects.select_related("bloc").get(bloc=bloc, year=max(YEARS))
    head = year.memberships.get(role="head")
    secretary = User.objects.create_user("thuky@example.vn", full_name="Thư ký khối")
    Appointment.objects.create(user=secretary, agency=head.agency, duty="officer")
    standing = User.objects.create_user("thuongtruc@example.vn", full_name="Cán bộ thường trực")
    Appointment.objects.create(user=standing, agency=agencies[-1], duty="standing")
    wide = build_wide(bloc.council)
    wide_secretary = User.objects.create_user("thukyrong@example.vn", full_name="Thư ký khối rộng")
    Appointment.objects.create(user=wide_secretary, agency=wide[0].memberships.get(role="head").agency, duty="officer")
    sheet = year.sheets.get(agency=head.agency)
    return Place(year, sheet, year.reviews.get(), secretary, standing, wide, wide_secretary)
