"""What people wrote in the application goes out in a file that comes back without a change."""

from decimal import Decimal

import pytest
import yaml
from django.db import transaction

from accounts.models import AuditEntry
from blocs.models import (
    Attendance,
    BlocYear,
    Commendation,
    Conference,
    Petition,
    Pledge,
    Quota,
    RecipientCount,
    Succession,
)
from reports.models import BlocReview, Passage
from reports.yearfile.dumping import dump_year
from reports.yearfile.loading import load
from reports.yearfile.reading import read_text
from scoring.models import CriteriaSet, Criterion, Poll, PollTally, Proposal, ScoreLine, ScoreSheet
from tests.factories import BlocMovementFactory, MovementFactory
from tests.world import World


def busy_year(world: World) -> BlocYear:
    """A year with everything that a form lets through: line ends of browsers, loose spaces, gaps."""
    year = world.year
    year.regulation, year.rotation = "Điều 1.\r\n\r\nĐiều 2.  ", "election"
    year.stated = ["scores", "petitions"]
    year.save()
    world.syt.parent, world.syt.successor = world.snv, world.other
    world.syt.leader_title = ""
    world.syt.save()
    Quota.objects.create(bloc_year=year, award="co-tinh", limit=2)
    movement = MovementFactory(council=world.council, name="Phong trào  hai cách", starts=2016, ends=2020)
    BlocMovementFactory(bloc_year=year, movement=movement).participations.create(agency=world.other)
    pledge = Pledge.objects.create(bloc_year=year, theme="Chủ đề\r\ndòng hai", state="open_for_signature")
    pledge.targets.create(agency=world.syt, name="Chỉ tiêu  một", plan=Decimal("0.0001"), position=7)
    pledge.targets.create(agency=world.sgddt, name="Chỉ tiêu: hai, #3", plan=0, position=7)
    pledge.signatures.create(agency=world.sgddt, signer_name="Người ký")
    for _ in range(2):
        meeting = Conference.objects.create(bloc_year=year, kind="other", held_on="2020-03-01", attendance_listed=True)
        Attendance.objects.create(conference=meeting, agency=world.snv, level="officer")
    Petition.objects.create(bloc_year=year, agency=world.syt, subject="Đơn  thư")
    for count in (1, None, 3):
        row = Commendation.objects.create(bloc_year=year, agency=world.syt, award="giay-khen")
        RecipientCount.objects.create(commendation=row, kind="individual", count=count)
    review = BlocReview.objects.create(bloc_year=year, kind="annual")
    Passage.objects.create(review=review, section="directions", text=" Một.\r\n\r\nHai:  ba\r\n", version=4)
    handover = Succession.objects.create(bloc_year=year, head=world.other, mode="assigned", items="Hồ sơ\r\nCờ")
    handover.deputies.add(world.syt)
    return year


def scored(world: World) -> None:
    table = CriteriaSet.objects.create(bloc_year=world.year, scale=100, state="draft", tie_break=["group:X"])
    group = Criterion.objects.create(criteria_set=table, code="I.1", name="Nhóm", kind="group", max_points=60)
    leaf = Criterion.objects.create(
        criteria_set=table,
        code="I.1.1",
        name="Chọn  mức",
        kind="choice",
        max_points=50,
        parent=group,
        appraiser=world.snv,
        options={"levels": [{"name": "Tốt", "points": 10.5}, {"name": "Kém", "voids": True}], "per": "2", "ghi chú": 1},
    )
    late = Criterion.objects.create(
        criteria_set=table,
        code="no",
        name="Chậm hạn",
        kind="deduction",
        max_points=20,
        options={"from": "lateness", "bands": [[5, 5], [10, "7.5"]]},
    )
    sheet = ScoreSheet.objects.create(bloc_year=world.year, criteria_set=table, agency=world.syt, women_70=False)
    ScoreLine.objects.create(sheet=sheet, criterion=leaf, level="Tốt", agreed_points=0, reason="Vì\r\nthế")
    ScoreLine.objects.create(sheet=sheet, criterion=late, times=0)
    sheet.disqualifications.create(reason="Bị  kỷ luật")
    poll = Poll.objects.create(bloc_year=world.year, award="co-tinh", mode="consensus", base="present")
    PollTally.objects.create(poll=poll, agency=world.syt, votes=0)
    Proposal.objects.create(bloc_year=world.year, award="co-tinh", agency=world.syt, reason="Lý do\r\nhai dòng")


def test_an_export_of_what_people_wrote_changes_nothing_when_it_comes_back(world: World) -> None:
    year = busy_year(world)
    scored(world)
    exported = dump_year(year)
    entries = AuditEntry.objects.count()

    outcomes = [load(read_text(exported), replace=replace) for replace in (False, True)]

    assert [(each.created, each.deleted) for each in outcomes] == [(0, 0), (0, 0)]
    assert outcomes[0].changed is False
    assert AuditEntry.objects.count() <= entries + 1
    assert dump_year(BlocYear.objects.get(pk=year.pk)) == exported


def test_an_export_of_what_people_wrote_makes_an_equal_year_elsewhere(world: World) -> None:
    scored(world)
    exported = dump_year(busy_year(world))
    elsewhere = exported.replace("province: Tỉnh Mẫu", "province: Tỉnh Khác").replace("tham-muu-iii", "khac")

    with transaction.atomic():
        copied = dump_year(BlocYear.objects.get(pk=load(read_text(elsewhere)).bloc_year.pk))

    assert copied == elsewhere


def test_codes_outside_the_members_are_described(world: World) -> None:
    told = yaml.safe_load(dump_year(busy_year(world)))

    assert [row["code"] for row in told["agencies"]] == ["stttt", "sgddt", "syt", "sldtbxh", "other", "snv"]
    assert told["pledge"]["targets"][0]["plan"] == pytest.approx(0.0001)
    assert [row["recipients"] for row in told["commendations"]] == [
        {"individual": 1},
        {"individual": None},
        {"individual": 3},
    ]
