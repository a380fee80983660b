"""Forty blocs of 20 members × 120 criteria of every kind: the size that the speed promises name."""

from decimal import Decimal
from typing import Any

from blocs.models import Agency, Bloc, BlocYear, Council, Membership
from scoring.models import CriteriaSet, Criterion, ScoreLine, ScoreSheet

WIDE_BLOCS, WIDE_MEMBERS, GROUPS, LEAVES = 40, 20, 10, 11
YEAR = 2026
LEVELS: list[dict[str, Any]] = [
    {"name": "Tốt", "points": 8},
    {"name": "Khá", "points": 6},
    {"name": "Yếu", "voids": True},
]
# Eleven criteria a group make 110; five for bonus and five for deduction fill up the 120.
KINDS: tuple[dict[str, Any], ...] = (
    *({"kind": "judged"} for _ in range(4)),
    {"kind": "quantitative", "formula": "relative-to-leader"},
    {"kind": "quantitative", "formula": "proportional"},
    {"kind": "quantitative", "formula": "proportional-with-surplus"},
    {"kind": "quantitative", "formula": "rate", "options": {"step": 0.25}},
    {"kind": "choice", "options": {"levels": LEVELS}},
    {"kind": "count", "options": {"per": 2}},
    {"kind": "minus", "options": {"per": 1}},
)
STATES = ("submitted", "cross_checked", "appraised", "agreed")


def build_wide(council: Council) -> list[BlocYear]:
    """The bloc-years of ``YEAR``, scored as one meets them in December: every step stands side by side."""
    agencies = Agency.objects.bulk_create(
        Agency(council=council, code=f"rong-{n}", name=f"Cơ quan đo lường số {n}", short_name=f"Cơ quan số {n}")
        for n in range(WIDE_MEMBERS)
    )
    blocs = Bloc.objects.bulk_create(
        Bloc(council=council, code=f"rong-{n}", name=f"Khối rộng số {n}") for n in range(WIDE_BLOCS)
    )
    return [build_wide_year(bloc, agencies) for bloc in blocs]


def build_wide_year(bloc: Bloc, agencies: list[Agency]) -> BlocYear:
    year = BlocYear.objects.create(bloc=bloc, year=YEAR, state="scoring")
    Membership.objects.bulk_create(
        Membership(bloc_year=year, agency=agency, position=n, role="head" if n == 0 else "member")
        for n, agency in enumerate(agencies)
    )
    criteria_set = CriteriaSet.objects.create(
        bloc_year=year, state="open", scale=1000, tie_break=["ballot", "group:N1", "bonus", "fewest_deductions"]
    )
    leaves = build_tree(criteria_set)
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(bloc_year=year, criteria_set=criteria_set, agency=agency, state=STATES[n % 4])
        for n, agency in enumerate(agencies)
    )
    ScoreLine.objects.bulk_create(
        line_of(sheet, leaf, unit, number) for unit, sheet in enumerate(sheets) for number, leaf in enumerate(leaves)
    )
    return year


def build_tree(criteria_set: CriteriaSet) -> list[Criterion]:
    """Ten groups of eleven criteria of all kinds, five criteria of bonus and five of deduction."""
    parents = Criterion.objects.bulk_create(
        Criterion(criteria_set=criteria_set, code=f"N{n}", name=f"Nhóm {n}", kind="group", max_points=110, position=n)
        for n in range(GROUPS)
    )
    leaves = [
        Criterion(
            criteria_set=criteria_set,
            parent=parent,
            code=f"{parent.code}.{n}",
            name=f"Tiêu chí {n}: thực hiện nhiệm vụ được giao trong năm",
            max_points=10,
            position=n,
            **kind,
        )
        for parent in parents
        for n, kind in enumerate(KINDS)
    ]
    extras = [
        Criterion(
            criteria_set=criteria_set, code=f"{kind[0].upper()}{n}", name=f"{kind} {n}", kind=kind, max_points=5,
            position=GROUPS + n, options={"per": 1},
        )
        for kind in ("bonus", "deduction")
        for n in range(5)
    ]  # fmt: skip
    return Criterion.objects.bulk_create([*leaves, *extras])


def line_of(sheet: ScoreSheet, leaf: Criterion, unit: int, number: int) -> ScoreLine:
    """One line as far as its sheet has come; figures differ by unit and criterion, without chance."""
    wave = (unit * 7 + number * 3) % 11
    points = Decimal(90 - wave) / 10 if leaf.max_points == 10 else Decimal(wave % 5)
    line = ScoreLine(sheet=sheet, criterion=leaf, assigned=(unit + number) % 29 != 0)
    if leaf.kind == "quantitative":
        line.plan, line.actual = Decimal(90 + number), Decimal(85 + number + wave)
    elif leaf.kind == "choice":
        line.level = LEVELS[wave % 2]["name"]
    elif leaf.kind in ("count", "minus"):
        line.times = wave % 4
    else:
        line.self_points = points
    step = STATES.index(sheet.state)
    line.cross_points = points if step >= 1 else None
    line.appraised_points = points if step >= 2 else None
    line.agreed_points = points if step == 3 else None
    return line
