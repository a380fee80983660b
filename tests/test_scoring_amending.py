"""A criteria set is amended at mid-year: the next version, its difference, and what sheets keep."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from scoring.domain.amending import amend, discard_draft
from scoring.domain.comparing import compare
from scoring.domain.criteria import add_criterion, change_criterion, change_set, effective_set, remove_criterion
from scoring.domain.foreseeing import foresee_opening
from scoring.domain.sheets import publish_scores, save_self
from scoring.domain.workflow import CRITERIA_SET, return_reason
from scoring.models import (
    CriteriaSet,
    Criterion,
    CrossCheck,
    CrossLine,
    Evidence,
    LockedStanding,
    ScoreLine,
    ScoreSheet,
)
from tests.factories import CriteriaSetFactory
from tests.scoring_world import Scores, build_scores
from tests.world import World, build_world

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def get(criteria_set: CriteriaSet, code: str) -> Criterion:
    return criteria_set.criteria.get(code=code)


def next_version(scores: Scores) -> CriteriaSet:
    """A draft of version 2 of the world's set, made by the secretariat."""
    return amend(scores.criteria_set, note="Theo Công văn 12/SNV", actor=scores.world.person("secretary"))


def open_set(criteria_set: CriteriaSet, scores: Scores) -> None:
    CRITERIA_SET.perform(criteria_set, "open", actor=scores.world.person("secretary"))


def line_of(sheet: ScoreSheet, code: str) -> ScoreLine | None:
    fresh = ScoreSheet.objects.get(pk=sheet.pk)
    return ScoreLine.objects.filter(
        sheet=sheet, criterion__code=code, criterion__criteria_set=fresh.criteria_set
    ).first()


def shrink(draft: CriteriaSet, code: str, maximum: int, *, into: str) -> None:
    """Lower one maximum and raise another by as much, so that the table still adds up."""
    lower, higher = get(draft, code), get(draft, into)
    freed = lower.max_points - maximum
    change_criterion(lower, values={"max_points": D(maximum)}, actor=None)
    change_criterion(higher, values={"max_points": higher.max_points + freed}, actor=None)


# The next version


def test_the_next_version_is_a_draft_that_says_what_it_comes_from(scores: Scores) -> None:
    draft = next_version(scores)

    assert (draft.version, draft.state, draft.based_on, draft.note) == (
        2,
        "draft",
        scores.criteria_set,
        "Theo Công văn 12/SNV",
    )
    assert not compare(scores.criteria_set, draft)
    assert effective_set(scores.world.year) == scores.criteria_set


def test_only_the_version_in_force_is_amended_once_at_a_time_and_with_a_note(scores: Scores) -> None:
    with pytest.raises(TransitionRefused, match="Hãy ghi nội dung và căn cứ sửa đổi"):
        amend(scores.criteria_set, note="  ", actor=None)
    draft = next_version(scores)
    with pytest.raises(TransitionRefused, match="Bộ tiêu chí còn là dự thảo"):
        amend(draft, note="x", actor=None)
    with pytest.raises(TransitionRefused, match="Đã có dự thảo phiên bản 2"):
        amend(scores.criteria_set, note="x", actor=None)
    open_set(draft, scores)
    with pytest.raises(TransitionRefused, match="Phiên bản này đã được thay"):
        amend(scores.criteria_set, note="x", actor=None)
    assert CriteriaSet.objects.count() == 2


def test_a_draft_is_discarded_with_its_trace_on_the_year(scores: Scores) -> None:
    draft = next_version(scores)

    discard_draft(draft, reason="Khối không thống nhất", actor=None)

    assert [each.version for each in CriteriaSet.objects.all()] == [1]
    entry = audit.entries_of(scores.world.year).first()
    assert entry is not None
    assert (entry.action, entry.reason) == ("Bỏ bộ tiêu chí dự thảo", "Khối không thống nhất")
    with pytest.raises(TransitionRefused, match="nên không sửa được"):
        discard_draft(scores.criteria_set, reason="", actor=None)


def test_a_locked_ranking_stands_in_the_way(scores: Scores) -> None:
    draft = next_version(scores)
    values: dict[str, Any] = {"version": 1, "locked_at": "2021-01-05T00:00:00Z", "content": {}, "sha256": "0" * 64}
    LockedStanding.objects.create(bloc_year=scores.world.year, **values)

    with pytest.raises(TransitionRefused, match="hãy mở lại kết quả xếp hạng"):
        open_set(draft, scores)
    assert CriteriaSet.objects.get(pk=draft.pk).state == "draft"
    discard_draft(draft, reason="", actor=None)
    with pytest.raises(TransitionRefused, match="hãy mở lại kết quả xếp hạng"):
        amend(scores.criteria_set, note="x", actor=None)


# Opening it


def test_opening_locks_the_older_version_and_moves_every_sheet(scores: Scores) -> None:
    whole = scores.filled(scores.world.syt, 45)
    blank = scores.sheet(scores.world.sgddt, "draft")
    draft = next_version(scores)

    open_set(draft, scores)

    assert {sheet.criteria_set for sheet in ScoreSheet.objects.all()} == {draft}
    assert CriteriaSet.objects.get(pk=scores.criteria_set.pk).state == "locked"
    assert effective_set(scores.world.year) == draft
    older = audit.entries_of(scores.criteria_set).first()
    assert older is not None
    assert (older.action, older.reason) == (
        "Thay bằng phiên bản mới",
        "Đã thay bằng phiên bản 2: Theo Công văn 12/SNV",
    )
    assert (ScoreSheet.objects.get(pk=whole.pk).state, ScoreSheet.objects.get(pk=blank.pk).state) == ("agreed", "draft")
    assert ScoreSheet.objects.get(pk=whole.pk).version == whole.version + 1
    kept = line_of(whole, "A1")
    assert kept is not None
    assert (kept.self_points, kept.appraised_points, kept.agreed_points) == (D(50), D(45), D(45))
    assert ScoreLine.objects.filter(sheet=whole, criterion__criteria_set=scores.criteria_set).count() == 4


def test_a_larger_maximum_keeps_points_and_a_smaller_one_clears_what_is_above(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 45)
    low = scores.filled(scores.world.sgddt, 30)
    ScoreLine.objects.filter(sheet=low, criterion__code="A1").update(self_points=30)
    draft = next_version(scores)
    shrink(draft, "A1", 40, into="A4")

    open_set(draft, scores)

    cut, kept = line_of(sheet, "A1"), line_of(low, "A1")
    assert cut is not None
    assert kept is not None
    assert (cut.self_points, cut.appraised_points, cut.agreed_points) == (None, None, None)
    assert (kept.self_points, kept.appraised_points, kept.agreed_points) == (D(30), D(30), D(30))
    assert ScoreSheet.objects.get(pk=low.pk).state == "agreed"
    returned = ScoreSheet.objects.get(pk=sheet.pk)
    assert returned.state == "draft"
    assert return_reason(returned) == (
        "Bộ tiêu chí phiên bản 2 thay phiên bản 1: tiêu chí A1 phải chấm lại vì điểm tối đa giảm. "
        "Hãy bổ sung rồi gửi lại."
    )
    entry = audit.entries_of(sheet).get(action="Chuyển sang bộ tiêu chí phiên bản 2")
    assert entry.before == {
        "criteria_version": 1,
        "A1.self_points": "50.00",
        "A1.appraised_points": "45.00",
        "A1.agreed_points": "45.00",
    }
    assert entry.after["carried"] == ["A1", "A2", "A3", "A4"]


def test_what_was_said_of_cleared_points_goes_with_them(scores: Scores) -> None:
    said = {"appraisal_reason": "Thiếu", "cross_reason": "Sở: thiếu", "reason": "Họp", "answer": "Có đủ"}
    cut, kept = scores.filled(scores.world.syt, 45), scores.filled(scores.world.sgddt, 30)
    for sheet, points in ((cut, 45), (kept, 30)):
        sheet.lines.filter(criterion__code="A1").update(
            self_points=points, cross_points=points, answered_points=points, explanation="Báo cáo", **said
        )
    check = CrossCheck.objects.create(sheet=cut, checker=scores.world.sgddt)
    CrossLine.objects.create(check_of=check, criterion=scores.criteria["A1"], points=D(45), reason="Thiếu")
    draft = next_version(scores)
    shrink(draft, "A1", 40, into="A4")

    open_set(draft, scores)

    texts = [*said, "answered_points", "explanation"]
    line, whole = line_of(cut, "A1"), line_of(kept, "A1")
    assert [getattr(line, name) for name in texts] == ["", "", "", "", None, "Báo cáo"]
    assert [getattr(whole, name) for name in texts] == [*said.values(), D(30), "Báo cáo"]
    found = CrossLine.objects.get(check_of=check, criterion=get(draft, "A1"))
    assert (found.points, found.reason) == (None, "")
    entry = audit.entries_of(cut).get(action="Chuyển sang bộ tiêu chí phiên bản 2")
    assert {entry.before[f"A1.{name}"] for name in said} == {*said.values()}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "judged", "options": {}},
        {"options": {"per": 4}},
        {"unit": "mô hình"},
        {"name": "Thu hút đầu tư ngoài ngân sách"},
    ],
)
def test_a_criterion_that_means_something_else_starts_blank(scores: Scores, change: dict[str, Any]) -> None:
    sheet = scores.filled(scores.world.syt, 45)
    change_name(scores, "A4", "Số mô hình dân vận khéo")
    draft = next_version(scores)
    change_criterion(get(draft, "A4"), values=change, actor=None)

    open_set(draft, scores)

    assert line_of(sheet, "A4") is None
    assert line_of(sheet, "A1") is not None
    assert return_reason(ScoreSheet.objects.get(pk=sheet.pk)) == (
        "Bộ tiêu chí phiên bản 2 thay phiên bản 1: tiêu chí A4 chưa có điểm. Hãy bổ sung rồi gửi lại."
    )
    entry = audit.entries_of(sheet).get(action="Chuyển sang bộ tiêu chí phiên bản 2")
    assert entry.before == {"criteria_version": 1, "A4.times": 2}
    old = ScoreLine.objects.get(sheet=sheet, criterion=scores.criteria["A4"])
    assert old.times == 2


def change_name(scores: Scores, code: str, name: str) -> None:
    Criterion.objects.filter(pk=scores.criteria[code].pk).update(name=name)


def test_a_renumbered_table_gives_nobody_the_points_of_another_criterion(scores: Scores) -> None:
    """A criterion put in front shifts the codes: A1 becomes A2 by its name, and the new A1 is blank."""
    for code, name in (("A1", "Cải cách hành chính"), ("A2", "Chuyển đổi số"), ("A3", "Xếp loại tổ chức đảng")):
        change_name(scores, code, name)
    sheet = scores.filled(scores.world.syt, 45)
    draft = next_version(scores)
    remove_criterion(get(draft, "A2"), actor=None)
    change_criterion(get(draft, "A1"), values={"code": "A2"}, actor=None)
    group = get(draft, "A")
    add_criterion(draft, code="A1", name="Đầu tư công", max_points=D(10), parent=group, position=0, actor=None)

    open_set(draft, scores)

    moved = line_of(sheet, "A2")
    assert moved is not None
    assert moved.agreed_points == D(45)
    assert line_of(sheet, "A1") is None


def test_a_criterion_in_another_group_is_the_same(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 45)
    draft = next_version(scores)
    group = add_criterion(draft, code="B", name="Nhóm mới", kind="group", max_points=D(50), actor=None)
    change_criterion(get(draft, "A1"), values={"parent": group}, actor=None)
    change_criterion(get(draft, "A"), values={"max_points": D(50)}, actor=None)

    told = compare(scores.criteria_set, draft)
    open_set(draft, scores)

    assert [(each.new.code, each.fields) for each in told.moved] == [("A1", ("Thuộc nhóm: A → B",))]
    kept = line_of(sheet, "A1")
    assert kept is not None
    assert kept.agreed_points == D(45)
    assert ScoreSheet.objects.get(pk=sheet.pk).state == "agreed"


def test_evidence_and_cross_checks_come_along(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 45)
    evidence = Evidence.objects.create(
        sheet=sheet, criterion=scores.criteria["A1"], title="Báo cáo", url="https://example.vn/bc"
    )
    check = CrossCheck.objects.create(sheet=sheet, checker=scores.world.sgddt)
    CrossLine.objects.create(check_of=check, criterion=scores.criteria["A1"], points=D(44), reason="Thiếu")
    draft = next_version(scores)

    open_set(draft, scores)

    assert Evidence.objects.get(pk=evidence.pk).criterion == get(draft, "A1")
    found = CrossLine.objects.get(check_of=check, criterion=get(draft, "A1"))
    assert (found.points, found.reason) == (D(44), "Thiếu")


def test_a_new_quantitative_criterion_unlocks_the_plans(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 45, plan_locked_at="2020-03-01T00:00:00Z")
    draft = next_version(scores)
    change_criterion(get(draft, "A1"), values={"kind": "quantitative", "formula": "proportional"}, actor=None)

    open_set(draft, scores)

    assert ScoreSheet.objects.get(pk=sheet.pk).plan_locked_at is None


def test_what_was_missing_before_sends_nobody_back(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "agreed")
    scores.line(sheet, "A1", agreed_points=D(45))
    draft = next_version(scores)

    open_set(draft, scores)

    assert ScoreSheet.objects.get(pk=sheet.pk).state == "agreed"


def test_a_second_set_needs_a_note_and_no_older_one_comes_back(scores: Scores) -> None:
    draft = next_version(scores)
    late = CriteriaSetFactory(bloc_year=scores.world.year, version=3, state="draft", scale=10)
    add_criterion(late, code="X", name="X", max_points=D(10), actor=None)
    with pytest.raises(TransitionRefused, match="Hãy ghi nội dung sửa đổi"):
        open_set(late, scores)

    change_set(late, values={"note": "Theo nghị quyết mới"}, actor=None)
    open_set(late, scores)

    with pytest.raises(TransitionRefused, match="Phiên bản 3 mới hơn đã được áp dụng"):
        open_set(draft, scores)


def test_a_version_that_took_the_sheets_is_not_withdrawn(scores: Scores) -> None:
    scores.sheet(scores.world.syt, "draft")
    draft = next_version(scores)
    open_set(draft, scores)

    with pytest.raises(TransitionRefused, match="Hãy lập phiên bản sửa đổi thay vì rút về dự thảo"):
        CRITERIA_SET.perform(draft, "revise", actor=None, reason="x")


def test_a_member_does_not_open_a_version(world: World, scores: Scores) -> None:
    draft = next_version(scores)

    with pytest.raises(PermissionDenied):
        CRITERIA_SET.perform(draft, "open", actor=world.person("officer"))


@pytest.mark.parametrize(
    ("url", "transition"),
    [("/khoi/{year}/tieu-chi/thuc-hien/", "supersede"), ("/phieu-cham/{sheet}/thuc-hien/", "supplement")],
)
def test_what_follows_from_an_amendment_is_no_button_and_no_forged_form(
    client: Client, world: World, scores: Scores, url: str, transition: str
) -> None:
    sheet = scores.filled(world.syt, 45, state="submitted")
    client.force_login(world.person("secretary"))

    page = client.post(
        url.format(year=world.year.pk, sheet=sheet.pk), {"transition": transition, "reason": "x"}, follow=True
    )

    assert "Thao tác không có trong quy trình." in page.content.decode()
    assert CRITERIA_SET.by_name["supersede"].label not in page.content.decode()
    assert ScoreSheet.objects.get(pk=sheet.pk).state == "submitted"
    assert CriteriaSet.objects.get(pk=scores.criteria_set.pk).state == "open"


# The difference in words


def test_every_difference_is_told_in_words(scores: Scores) -> None:
    change_name(scores, "A1", "Cải cách hành chính")
    draft = next_version(scores)
    change_set(draft, values={"scale": D(110), "tie_break": ["bonus"]}, actor=None)
    values = {"max_points": D(60), "name": "Cải cách hành chính (PAR Index)", "unit": "%", "floor_percent": D(80)}
    change_criterion(get(draft, "A1"), values=values | {"least": D(0)}, actor=None)
    levels = {"levels": [{"name": "Khá", "points": 15}]}
    change_criterion(get(draft, "A3"), values={"options": levels}, actor=None)
    remove_criterion(get(draft, "T"), actor=None)
    add_criterion(draft, code="Z", name="Sáng kiến", max_points=D(5), kind="bonus", actor=None)

    told = compare(scores.criteria_set, draft)

    assert told.settings == ("Thang điểm: 100 → 110", told.settings[1])
    assert told.settings[1].endswith("→ điểm thưởng")
    assert ([each.code for each in told.added], [each.code for each in told.removed]) == (["Z"], ["T"])
    assert {each.new.code: each.fields for each in told.changed} == {
        "A1": (
            "Tên: «Cải cách hành chính» → «Cải cách hành chính (PAR Index)»",
            "Điểm tối đa: 50 → 60",
            "Đơn vị tính: không → %",
            "Giá trị nhỏ nhất: không → 0",
            "Mức sàn (%): không → 80",
        ),
        "A3": ("Các mức: Tốt = 20 → Khá = 15",),
    }
    assert {each.new.code: each.keeps_points for each in told.changed} == {"A1": True, "A3": False}


# Two at once


def together(*acts: Callable[[], Any]) -> list[str]:
    """Each act in its own thread, from one starting line: "done", or the sentence of its refusal."""
    barrier, answers = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            act()
            answers.append("done")
        except TransitionRefused as refusal:
            answers.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'")
def test_of_two_amendments_at_once_one_is_told_of_the_other() -> None:
    scores = build_scores(build_world())

    answers = together(lambda: next_version(scores), lambda: next_version(scores))

    assert set(answers) == {
        "done",
        "Đã có dự thảo phiên bản 2. Hãy sửa tiếp dự thảo đó, hoặc bỏ dự thảo rồi lập lại.",
    }
    assert [each.version for each in CriteriaSet.objects.order_by("version")] == [1, 2]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'")
def test_what_a_unit_saves_while_a_version_opens_comes_along_or_is_refused() -> None:
    scores = build_scores(build_world())
    sheet = scores.sheet(scores.world.syt, "draft")
    draft = next_version(scores)
    entries = scores.ids(A1={"self_points": D(33)})

    answers = together(
        lambda: open_set(draft, scores),
        lambda: save_self(
            ScoreSheet.objects.get(pk=sheet.pk), entries=entries, actor=scores.world.person("officer"), expected=0
        ),
    )

    kept = line_of(sheet, "A1")
    assert CriteriaSet.objects.get(pk=draft.pk).state == "open"
    assert (kept.self_points if kept else None) == (D(33) if answers == ["done", "done"] else None)


def test_what_opening_would_do_is_told_by_the_rule_that_does_it(scores: Scores) -> None:
    scores.filled(scores.world.syt, 45)
    low = scores.filled(scores.world.sgddt, 30)
    ScoreLine.objects.filter(sheet=low, criterion__code="A1").update(self_points=30)
    scores.sheet(scores.world.sldtbxh, "draft")
    draft = next_version(scores)
    shrink(draft, "A1", 40, into="A4")
    before = (ScoreLine.objects.count(), sorted(ScoreSheet.objects.values_list("pk", "version", "criteria_set")))

    found = foresee_opening(draft)

    assert found is not None
    assert (found.before, found.moved, found.returned, found.withdraws) == (1, 3, (scores.world.syt.label,), False)
    assert found.sentence == (
        "Khi áp dụng, phiên bản này thay phiên bản 1: 3 phiếu chấm chuyển sang; "
        f"1 phiếu đã gửi bị trả lại đơn vị ({scores.world.syt.label})."
    )
    after = (ScoreLine.objects.count(), sorted(ScoreSheet.objects.values_list("pk", "version", "criteria_set")))
    assert before == after
    open_set(draft, scores)
    returned = [sheet.agency.label for sheet in ScoreSheet.objects.filter(state="draft") if return_reason(sheet)]
    assert tuple(returned) == found.returned
    assert foresee_opening(draft) is None
    assert foresee_opening(scores.criteria_set) is None


@pytest.mark.parametrize("count", [1, 3])
def test_foreseeing_costs_the_same_for_any_number_of_sheets(
    scores: Scores, django_assert_num_queries: Any, count: int
) -> None:
    for agency in (scores.world.syt, scores.world.sgddt, scores.world.sldtbxh)[:count]:
        scores.filled(agency, 45)
    draft = next_version(scores)

    with django_assert_num_queries(5):
        assert foresee_opening(draft) is not None


def test_published_scores_are_withdrawn_when_sheets_move(scores: Scores) -> None:
    scores.filled(scores.world.syt, 45)
    year = scores.world.year
    publish_scores(year, actor=None, confirm=True)
    draft = next_version(scores)
    found = foresee_opening(draft)

    open_set(draft, scores)

    assert found is not None
    assert found.sentence.endswith("; điểm đã công bố bị thu hồi công bố.")
    year.refresh_from_db()
    assert year.scores_published_at is None
    entry = audit.entries_of(year).first()
    assert entry is not None
    assert (entry.action, entry.reason) == (
        "Thu hồi công bố điểm",
        "Bộ tiêu chí phiên bản 2 thay phiên bản 1: Theo Công văn 12/SNV",
    )


def test_both_pages_tell_it_before_the_click_and_the_click_is_confirmed(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, 45)
    draft = next_version(scores)
    client.force_login(scores.world.person("secretary"))

    pages = [
        client.get(url).content.decode()
        for url in (f"/khoi/{scores.world.year.pk}/tieu-chi/", reverse("scoring:criteria-compare", args=[draft.pk]))
    ]

    told = "phiên bản này thay phiên bản 1: 1 phiếu chấm chuyển sang; không phiếu đã gửi nào bị trả lại đơn vị."
    assert [told in page for page in pages] == [True, True]
    assert 'data-confirm="Bộ tiêu chí sẽ áp dụng cho mọi đơn vị của khối.' in pages[0]
    client.force_login(scores.world.person("officer"))
    assert client.get(reverse("scoring:criteria-compare", args=[draft.pk])).status_code == 404
