"""A changed file updates what changed, and never deletes what people entered unless it replaces."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction

from accounts.domain import audit
from blocs.models import BlocMovement, BlocYear, Commendation, Conference, Membership, Movement, Petition, Target
from reports.domain.workflow import BLOC_REVIEW
from reports.models import BlocReview, Passage
from reports.yearfile.dumping import dump_year
from reports.yearfile.faults import YearFileError
from reports.yearfile.loading import load
from reports.yearfile.reading import read_text
from scoring.models import Criterion, PollTally, Proposal, ScoreLine, ScoreSheet

SAMPLE = (Path(__file__).parent / "yearfiles" / "sample.yaml").read_text(encoding="utf-8")


def tree() -> dict[str, Any]:
    return dict(yaml.safe_load(SAMPLE))


def put(told: dict[str, Any] | str, **kwargs: Any) -> BlocYear:
    text = told if isinstance(told, str) else yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
    return BlocYear.objects.get(pk=load(read_text(text), **kwargs).bloc_year.pk)


@pytest.fixture
def year(db: None) -> BlocYear:
    return put(SAMPLE)


def test_an_import_leaves_one_entry_on_the_year_and_one_on_each_sheet(year: BlocYear) -> None:
    sheet = ScoreSheet.objects.get(bloc_year=year)

    assert [entry.action for entry in audit.entries_of(year)] == ["Nhập tệp năm"]
    assert audit.entries_of(year)[0].after["Thêm thành viên khối"] == 7
    assert [entry.action for entry in audit.entries_of(sheet)] == ["Nhập điểm từ tệp năm"]
    assert audit.entries_of(sheet)[0].after["A1.agreed_points"] == "285.00"


def test_a_changed_number_changes_one_row(year: BlocYear) -> None:
    told = tree()
    told["scores"][0]["lines"]["A1"]["agreed"] = 280.5

    put(told)

    sheet = ScoreSheet.objects.get(bloc_year=year)
    assert ScoreLine.objects.get(criterion__code="A1").agreed_points == Decimal("280.5")
    assert audit.entries_of(year)[0].after == {"Sửa dòng chấm điểm": 1}
    assert audit.entries_of(sheet)[0].before == {"A1.agreed_points": "285.00"}
    assert audit.entries_of(sheet)[0].after == {"A1.agreed_points": "280.50"}


def test_a_new_head_takes_over_from_the_old_one(year: BlocYear) -> None:
    told = tree()
    told["members"][0].pop("role")
    told["members"][1]["role"] = "head"

    put(told)

    roles = dict(Membership.objects.filter(bloc_year=year).values_list("agency__code", "role"))
    assert (roles["stttt"], roles["sgddt"]) == ("member", "head")


def test_a_head_who_is_named_no_more_steps_down_but_stays(year: BlocYear) -> None:
    told = tree()
    told["members"] = [{"agency": "sgddt", "role": "head"}, *told["members"][2:]]
    for name in ("conferences", "ballots"):
        told.pop(name)

    put(told)

    roles = dict(Membership.objects.filter(bloc_year=year).values_list("agency__code", "role"))
    assert (roles["stttt"], roles["sgddt"], len(roles)) == ("member", "head", 7)


def enter_things(year: BlocYear) -> None:
    """What people enter in the application beside the file."""
    agency = year.memberships.get(agency__code="syt").agency
    Petition.objects.create(bloc_year=year, agency=agency, subject="Đơn thư nhập trên ứng dụng")
    Commendation.objects.create(bloc_year=year, agency=agency, award="giay-khen", issuer="Sở Y tế", position=9)
    Target.objects.create(pledge=year.pledge, agency=agency, name="Chỉ tiêu mới", position=9)
    Target.objects.filter(name__startswith="Tỷ lệ").update(unit="phần trăm")
    PollTally.objects.create(poll=year.polls.get(), agency=agency, votes=1)
    Conference.objects.filter(bloc_year=year).update(place="Hội trường Sở")
    review = BlocReview.objects.get(bloc_year=year, kind="mid-year")
    Passage.objects.create(review=review, section="lessons", text="Bài học nhập trên ứng dụng.")


def test_without_replace_what_people_entered_stays(year: BlocYear) -> None:
    enter_things(year)

    put(SAMPLE)

    assert Petition.objects.count() == 1
    assert Commendation.objects.count() == 2
    assert Target.objects.count() == 2
    assert Target.objects.get(name__startswith="Tỷ lệ").unit == "%"
    assert Conference.objects.get().place == "Hội trường Sở"
    assert PollTally.objects.count() == 3
    assert Passage.objects.get(section="lessons").text == "Bài học nhập trên ứng dụng."


def test_with_replace_the_year_is_what_the_file_says(year: BlocYear) -> None:
    original = dump_year(year)
    enter_things(year)

    put(SAMPLE, replace=True)

    assert dump_year(BlocYear.objects.get(pk=year.pk)) == original
    assert Petition.objects.count() == 0


def test_replace_leaves_other_years_alone(year: BlocYear) -> None:
    told = tree() | {"year": 2021}
    other = put(told)
    exported = dump_year(other)
    minimal = {key: told[key] for key in ("format", "province", "bloc", "agencies", "members")} | {"year": 2020}

    put(minimal, replace=True)

    assert dump_year(BlocYear.objects.get(pk=other.pk)) == exported
    bare = BlocYear.objects.get(pk=year.pk)
    assert (bare.conferences.count(), bare.sheets.count(), bare.criteria_sets.count()) == (0, 0, 0)


def test_a_shared_movement_is_not_changed_under_the_other_year(year: BlocYear) -> None:
    put(tree() | {"year": 2021})
    assert Movement.objects.count() == 1
    told = tree()
    told["movements"][0]["ends"] = 2025

    put(told)

    ends = dict(BlocMovement.objects.values_list("bloc_year__year", "movement__ends"))
    assert ends == {2020: 2025, 2021: 2020}


def test_a_movement_of_one_year_is_corrected_in_place(year: BlocYear) -> None:
    told = tree()
    told["movements"][0]["ends"] = 2025

    put(told)

    assert list(Movement.objects.values_list("ends", flat=True)) == [2025]


def test_a_flag_may_change_from_the_provinces_to_the_governments(year: BlocYear) -> None:
    told = tree()
    told["proposals"] = [{"award": "co-chinh-phu", "agency": "dptth"}, {"award": "co-tinh", "agency": "sldtbxh"}]

    put(told)

    found = list(Proposal.objects.values_list("agency__code", "award"))
    assert found == [("dptth", "co-chinh-phu"), ("sldtbxh", "co-tinh")]


def test_a_conference_whose_day_was_unknown_takes_the_day(year: BlocYear) -> None:
    Conference.objects.update(held_on=None)

    put(SAMPLE)

    assert [row.held_on for row in Conference.objects.all()] == [date(2020, 7, 17)]


def test_an_approved_review_keeps_its_text(year: BlocYear) -> None:
    review = BlocReview.objects.get(bloc_year=year, kind="mid-year")
    BLOC_REVIEW.perform(review, "approve", actor=None)
    told = tree()
    told["narrative"]["mid_year"]["achievements"] = ["Khác hẳn."]
    told["members"][2]["person"] = "Người mới"

    with pytest.raises(YearFileError) as refused, transaction.atomic():
        put(told)

    assert [fault.path for fault in refused.value.faults] == ["narrative.mid_year.achievements"]
    assert Passage.objects.get(section="achievements").text == "Kết quả một.\nKết quả hai."
    assert Membership.objects.get(agency__code="syt").person == ""


def test_an_edited_passage_grows_its_version_and_is_audited(year: BlocYear) -> None:
    told = tree()
    told["narrative"]["mid_year"]["achievements"] = ["  Viết   lại. "]

    put(told)

    passage = Passage.objects.get(section="achievements")
    assert (passage.text, passage.version) == ("Viết lại.", 2)
    entry = audit.entries_of(passage.review)[0]
    assert (entry.before, entry.after) == (
        {"achievements": "Kết quả một.\nKết quả hai."},
        {"achievements": "Viết lại."},
    )


def test_a_renamed_criterion_is_refused_until_it_replaces(year: BlocYear) -> None:
    told = tree()
    told["criteria"]["items"][0]["items"][0]["code"] = "A9"
    told["scores"] = []

    with pytest.raises(YearFileError) as refused, transaction.atomic():
        put(told)
    put(told, replace=True)

    assert {fault.path for fault in refused.value.faults} == {"criteria.items"}
    assert sorted(Criterion.objects.filter(parent__code="A").values_list("code", flat=True)) == ["A2", "A9"]


def test_fully_agreed_scores_make_an_agreed_sheet(year: BlocYear) -> None:
    assert ScoreSheet.objects.get().state == "submitted"
    told = tree()
    told["scores"][0]["lines"]["B1"] = {"agreed": 300}

    put(told)

    assert ScoreSheet.objects.get().state == "agreed"


def test_a_kind_of_agency_that_only_the_province_knows_is_kept(db: None) -> None:
    text = (Path(__file__).parent / "yearfiles" / "minimal.yaml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    told["agencies"][0]["kind"] = "press-office"
    text = yaml.safe_dump(told, allow_unicode=True)

    bloc_year = load(read_text(text)).bloc_year

    assert "kind: press-office" in dump_year(bloc_year)
