"""The whole scoring year goes out in a file and comes back: versions, checks, votes, frozen ranking."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import yaml

from accounts.models import AuditEntry
from blocs.models import BlocYear, Conference
from reports.yearfile.dumping import dump_year
from reports.yearfile.dumping_results import left_out
from reports.yearfile.faults import YearFileError
from reports.yearfile.loading import load
from reports.yearfile.reading import read_text
from scoring.domain.standing_content import digest
from scoring.models import (
    CriteriaSet,
    CrossCheck,
    CrossDeal,
    Evidence,
    LockedStanding,
    Poll,
    PollOption,
    PollTally,
    PollVoter,
    ScoreSheet,
    SheetExtension,
    Urn,
    YearRules,
)
from tests.factories import CriterionFactory
from tests.scoring_world import Scores, build_scores
from tests.world import World

HASH = "a" * 64


def moment(day: int) -> datetime:
    return datetime(2020, 12, day, 9, 31, 5, 123456, tzinfo=UTC)


def versions(scores: Scores) -> None:
    """Version 2 stands on version 1, which differs in one maximum."""
    world, now = scores.world, scores.criteria_set
    first = CriteriaSet.objects.create(bloc_year=world.year, version=1, state="locked", scale=10)
    CriterionFactory(criteria_set=first, code="A", max_points=10)
    now.version, now.based_on, now.note = 2, first, "Nâng điểm A1\r\ntừ 10 lên 50"
    now.grading = {"bands": [{"name": "HTXS", "from": 90, "floor": "84.5"}, {"name": "HTT"}], "of": "percent"}
    now.save()
    quantitative = scores.criteria["A2"]
    quantitative.unit, quantitative.least, quantitative.most = "%", Decimal(0), Decimal("100.5")
    quantitative.appraised_by = "standing"
    quantitative.save()
    deduction = scores.criteria["P"]
    deduction.options = {"per": 5, "sanction": "noXS", "bars": ["flag", "certificate"]}
    deduction.save()
    YearRules.objects.create(bloc_year=world.year, closes_on_due=False, poll_threshold=80, basis="Quy chế")


def checked_sheet(scores: Scores) -> ScoreSheet:
    world = scores.world
    sheet = scores.filled(world.syt, 45, late_days=3, decided_place=1, submitted_at=moment(10))
    sheet.plan_locked_at, sheet.explained_at, sheet.explanation_due = moment(1), moment(12), date(2020, 12, 15)
    sheet.save()
    line = sheet.lines.get(criterion=scores.criteria["A1"])
    line.cross_points, line.cross_reason, line.appraisal_reason = Decimal(48), "Thiếu tệp", "Chưa đủ"
    line.answer, line.answered_points = "Đã bổ sung\r\nvăn bản", Decimal("44.5")
    line.save()
    SheetExtension.objects.create(sheet=sheet, until=date(2020, 12, 12), reason="Bão lũ")
    Evidence.objects.create(sheet=sheet, criterion=line.criterion, title="Báo cáo", url="https://example.vn/a?b=1")
    Evidence.objects.create(
        sheet=sheet,
        criterion=line.criterion,
        title="Quyết định",
        file="minh-chung/2020/x.pdf",
        file_name="quyết định.pdf",
        size=12,
        content_type="application/pdf",
        sha256=HASH,
    )
    sheet.disqualifications.create(reason="Bị kỷ luật", evidence="QĐ 12/QĐ-UBND", bars_certificates=True)
    CrossDeal.objects.create(bloc_year=world.year, seed="0f" * 16, per_sheet=2, due=date(2020, 12, 9))
    check = CrossCheck.objects.create(sheet=sheet, checker=world.sgddt, done_at=moment(9))
    check.lines.create(criterion=line.criterion, points=Decimal("47.5"), reason="Thiếu\r\ntệp")
    CrossCheck.objects.create(sheet=sheet, checker=world.stttt)
    return sheet


def votes(world: World) -> None:
    poll = Poll.objects.create(
        bloc_year=world.year,
        purpose="head",
        mode="secret",
        base="present",
        channel="electronic",
        threshold=50,
        quorum=80,
        eligible=4,
        present=3,
        issued=3,
        recused=1,
        cast=2,
        invalid=0,
        max_choices=1,
        recused_in_base=False,
        committee=[{"name": "Nguyễn Văn A", "title": "Trưởng ban"}, {"name": "Trần B", "title": ""}],
        receipts=["AAAA-1111", "BBBB-2222"],
        opened_on=date(2020, 12, 20),
        closed_on=date(2020, 12, 20),
        question="Chọn trưởng khối 2021",
        note="Kết thúc\r\nlúc 16 giờ",
    )
    PollTally.objects.create(poll=poll, agency=world.sgddt, votes=2)
    for position, agency in enumerate((world.syt, world.sgddt)):
        PollOption.objects.create(poll=poll, agency=agency, position=position)
    PollVoter.objects.create(poll=poll, agency=world.syt, has_voted=True)
    PollVoter.objects.create(poll=poll, agency=world.sgddt, recused=True, recusal_reason="Có tên trong phiếu")
    PollVoter.objects.create(poll=poll, agency=world.stttt, is_present=False)
    under_way = Poll.objects.create(
        bloc_year=world.year, award="co-tinh", mode="secret", base="members", channel="electronic", state="open"
    )
    Urn.objects.create(poll=under_way, sealed="niem-phong")


def frozen(world: World, version: int, **fields: Any) -> LockedStanding:
    content = {
        "schema": 1,
        "bloc": {"code": "khoi", "name": "Khối", "year": 2020},
        "version": version,
        "criteria_set": {"version": 2, "scale": "100", "tie_break": []},
        "criteria": [],
        "units": [{"agency": {"code": "syt", "name": "Sở  Y tế\x7f", "label": "SYT"}, "total": "95.50"}],
        "not_sent": [],
    }
    return LockedStanding.objects.create(
        bloc_year=world.year,
        version=version,
        locked_at=moment(21),
        content=content,
        sha256=digest(content),
        **fields,
    )


@pytest.fixture
def full_year(world: World) -> BlocYear:
    """A year in which every table of scoring holds something."""
    scores = build_scores(world, version=2)
    versions(scores)
    checked_sheet(scores)
    votes(world)
    frozen(world, 1, reopened_at=moment(22), reopen_reason="Sai điểm trừ")
    frozen(world, 2)
    Conference.objects.create(
        bloc_year=world.year, kind="annual-review", starts="08:00", ends="11:30", secretary_name="Lê C"
    )
    world.year.scores_published_at = moment(19)
    world.year.save()
    return world.year


def test_the_whole_scoring_year_changes_nothing_when_it_comes_back(full_year: BlocYear) -> None:
    exported = dump_year(full_year)
    entries = AuditEntry.objects.count()

    outcomes = [load(read_text(exported), replace=replace) for replace in (False, True)]

    assert [each.changed for each in outcomes] == [False, False]
    assert AuditEntry.objects.count() == entries
    assert dump_year(BlocYear.objects.get(pk=full_year.pk)) == exported


def test_the_whole_scoring_year_makes_an_equal_year_elsewhere(full_year: BlocYear) -> None:
    exported = dump_year(full_year)
    elsewhere = exported.replace("province: Tỉnh Mẫu", "province: Tỉnh Khác").replace("tham-muu-iii", "khac")

    copy = BlocYear.objects.get(pk=load(read_text(elsewhere)).bloc_year.pk)

    assert copy.pk != full_year.pk
    assert dump_year(copy) == elsewhere


def test_the_file_tells_what_each_table_held(full_year: BlocYear) -> None:
    told = yaml.safe_load(dump_year(full_year))

    sheet = told["scores"][0]
    assert sheet["extensions"] == [{"until": date(2020, 12, 12), "reason": "Bão lũ"}]
    assert sheet["disqualified"] == [{"reason": "Bị kỷ luật", "evidence": "QĐ 12/QĐ-UBND", "bars_certificates": True}]
    assert sheet["lines"]["A1"]["answer"] == "Đã bổ sung\nvăn bản"
    assert [check["checker"] for check in told["cross_checks"]["checks"]] == ["stttt", "sgddt"]
    assert [each["version"] for each in told["criteria_versions"]] == [1]
    assert (told["criteria"]["version"], told["criteria"]["based_on"]) == (2, 1)
    assert [each["version"] for each in told["locked_standings"]] == [1, 2]


def test_a_vote_under_way_leaves_no_trace_of_a_ballot_in_the_file(full_year: BlocYear) -> None:
    exported = dump_year(full_year)

    assert "niem-phong" not in exported
    assert left_out(full_year) == [
        "Bỏ phiếu đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh, vòng 1 chưa kiểm phiếu nên không có trong tệp.",
        "1 tệp minh chứng chỉ có tên và mã băm trong tệp năm; hãy chép thư mục tệp kèm theo.",
    ]
    assert [row.get("purpose") for row in yaml.safe_load(exported)["ballots"]] == ["head"]


def test_replacing_keeps_a_vote_under_way_and_its_urn(full_year: BlocYear) -> None:
    exported = dump_year(full_year)

    load(read_text(exported), replace=True)

    assert list(Poll.objects.filter(state="open").values_list("award", "urn__sealed")) == [("co-tinh", "niem-phong")]


def test_a_frozen_ranking_changed_in_the_file_is_refused(full_year: BlocYear) -> None:
    told = dump_year(full_year).replace("95.50", "99.50")

    with pytest.raises(YearFileError) as refused:
        load(read_text(told))

    assert [fault.path for fault in refused.value.faults] == [
        "locked_standings[0].sha256",
        "locked_standings[1].sha256",
    ]
    assert {row.content["units"][0]["total"] for row in LockedStanding.objects.all()} == {"95.50"}


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("checker: sgddt", "checker: syt", "cross_checks.checks[1].checker"),
        ("appraised_by: standing", "appraised_by: ai-do", "criteria.items[0].items[1].appraised_by"),
        ("most: 100.5", "most: -1", "criteria.items[0].items[1]"),
        ("of: percent", "of: sao", "criteria.grading"),
        ("of: percent", "of: [1]", "criteria.grading.of"),
        ("sanction: noXS", "sanction: {}", "criteria.items[2].options.sanction"),
        ("bars:", "bars: x, la:", "criteria.items[2].options.bars"),
        ("poll_threshold: 80", "poll_threshold: 180", "scoring_rules.poll_threshold"),
        ("purpose: head", "purpose: head, award: co-tinh", "ballots[0].award"),
        ("issued: 3", "issued: 1", "ballots[0].cast"),
        ("sent_at: '2020", "sent_at: 'lúc 2020", "scores[0].sent_at"),
        ("https://example.vn/a?b=1", "javascript:x", "scores[0].evidence[0].url"),
        ("until: 2020-12-12", "until: 2020-13-12", "scores[0].extensions[0].until"),
        ("  - version: 1\n    scale: 10", "  - version: 2\n    scale: 10", "criteria_versions[0].version"),
        ("seed: 0f0f", "hat: 0f0f", "cross_checks.deals[0].hat"),
    ],
)
def test_each_fault_has_its_path_and_changes_nothing(full_year: BlocYear, old: str, new: str, path: str) -> None:
    exported = dump_year(full_year)
    assert old in exported

    with pytest.raises(YearFileError) as refused:
        load(read_text(exported.replace(old, new, 1)))

    assert path in [fault.path for fault in refused.value.faults]
    assert dump_year(BlocYear.objects.get(pk=full_year.pk)) == exported


def changed_scores(exported: str) -> str:
    assert "agreed: 45, " in exported
    return exported.replace("agreed: 45, ", "agreed: 44, ", 1)


@pytest.mark.parametrize("replace", [False, True])
def test_a_file_does_not_change_what_a_ranking_in_force_was_made_of(full_year: BlocYear, replace: bool) -> None:
    exported = dump_year(full_year)

    with pytest.raises(YearFileError) as refused:
        load(read_text(changed_scores(exported)), replace=replace)

    assert [fault.path for fault in refused.value.faults] == ["scores"]
    assert "đã khóa (phiên bản 2)" in refused.value.faults[0].sentence
    assert dump_year(BlocYear.objects.get(pk=full_year.pk)) == exported


def test_a_file_that_says_the_ranking_was_reopened_brings_the_new_scores(full_year: BlocYear) -> None:
    told = yaml.safe_load(changed_scores(dump_year(full_year)))
    told["locked_standings"][1] |= {"reopened_at": "2020-12-23T09:00:00+07:00", "reopen_reason": "Nhầm"}

    load(read_text(json.dumps(told, default=str)))

    assert LockedStanding.objects.in_force().count() == 0
    assert full_year.sheets.get().lines.get(criterion__code="A1").agreed_points == Decimal(44)


def test_a_file_from_before_a_reopening_locks_no_sheet(full_year: BlocYear) -> None:
    ScoreSheet.objects.update(state="locked")
    exported = dump_year(full_year)
    ScoreSheet.objects.update(state="agreed")
    standing = LockedStanding.objects.in_force().get()
    standing.reopened_at, standing.reopen_reason = moment(23), "Sai sót"
    standing.save(update_fields=["reopened_at", "reopen_reason"])

    with pytest.raises(YearFileError) as refused:
        load(read_text(exported))

    assert [fault.path for fault in refused.value.faults] == ["scores"]
    assert ScoreSheet.objects.get().state == "agreed"


def test_a_second_ranking_in_force_is_refused_at_its_place(full_year: BlocYear) -> None:
    told = yaml.safe_load(dump_year(full_year))
    del told["locked_standings"][1]
    told["locked_standings"][0] |= {"version": 1, "reopened_at": None, "reopen_reason": None}

    with pytest.raises(YearFileError) as refused:
        load(read_text(json.dumps(told, default=str)))

    assert [fault.path for fault in refused.value.faults] == ["locked_standings[0]"]


def test_a_counted_vote_does_not_meet_an_open_one(full_year: BlocYear) -> None:
    told = yaml.safe_load(dump_year(full_year))
    told["ballots"].append({"award": "co-tinh", "mode": "secret"})

    with pytest.raises(YearFileError) as refused:
        load(read_text(json.dumps(told, default=str)))

    assert "ballots[1]" in [fault.path for fault in refused.value.faults]
    assert Poll.objects.get(award="co-tinh").state == "open"


def test_equal_extensions_are_not_multiplied(full_year: BlocYear) -> None:
    sheet = ScoreSheet.objects.get()
    SheetExtension.objects.create(sheet=sheet, until=date(2020, 12, 12), reason="Bão lũ")
    exported = dump_year(full_year)

    assert load(read_text(exported)).changed is False
    assert SheetExtension.objects.count() == 2


def test_lines_of_an_older_version_outlive_a_replacement(full_year: BlocYear) -> None:
    sheet = ScoreSheet.objects.get()
    old = CriteriaSet.objects.get(version=1).criteria.get(code="A")
    sheet.lines.create(criterion=old, self_points=9)

    load(read_text(dump_year(full_year)), replace=True)

    assert sheet.lines.get(criterion=old).self_points == 9
