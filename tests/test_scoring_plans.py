"""Plans: taken from the pledge, corrected with a reason, locked; never by the unit that is measured."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from scoring.domain.plan_matching import suggested, units_agree
from scoring.domain.plans import (
    REASON_DUE,
    FiguresDoubted,
    PlanEntry,
    PlanFaults,
    lock_plans,
    plan_table,
    save_plans,
    settable,
    unlock_plan,
)
from scoring.domain.wording import StaleSheet
from scoring.domain.workflow import SCORE_SHEET
from scoring.models import ScoreLine, ScoreSheet
from tests.factories import PledgeFactory, TargetFactory
from tests.scoring_world import Scores, build_scores
from tests.world import PERSONAS, World

D = Decimal
NAME = "Tỷ lệ hồ sơ giải quyết đúng hạn"


@pytest.fixture
def scores(world: World) -> Scores:
    made = build_scores(world)
    figure = made.criteria["A2"]
    figure.name, figure.unit, figure.formula = NAME, "%", "proportional"
    figure.save(update_fields=["name", "unit", "formula"])
    return made


@pytest.fixture
def pledge(world: World) -> Any:
    return PledgeFactory(bloc_year=world.year, state="signed")


def promised(pledge: Any, agency: Any, plan: Any = 95, **fields: Any) -> Any:
    values = {"name": NAME, "unit": "%", "plan": plan} | fields
    return TargetFactory(pledge=pledge, agency=agency, **values)


def planned(scores: Scores, entries: dict[Any, PlanEntry], *, by: str = "secretary", **values: Any) -> int:
    table = plan_table(scores.world.year, scores.world.person(by))
    node = next(node for node in table.criteria if node.code == "A2")
    by_id = {agency.pk: entry for agency, entry in entries.items()}
    return save_plans(table, node, entries=by_id, actor=scores.world.person(by), **{"reason": ""} | values)


def plan_of(sheet: ScoreSheet) -> Decimal | None:
    return ScoreLine.objects.filter(sheet=sheet, criterion__code="A2").values_list("plan", flat=True).first()


class Promise:
    def __init__(self, name: str, unit: str = "") -> None:
        self.name, self.unit = name, unit


# Which promise a criterion measures


@pytest.mark.parametrize(
    ("name", "unit", "found"),
    [
        (NAME, "%", True),
        ("ty le ho so giai quyet dung han", "%", True),
        ("Tỷ lệ hồ sơ đúng hạn", "%", True),
        (NAME, "", True),
        (NAME, "hồ sơ", False),
        ("Số mô hình dân vận khéo", "%", False),
    ],
)
def test_a_promise_is_found_by_its_words_and_unit(name: str, unit: str, found: bool) -> None:
    target = Promise(name, unit)

    assert suggested(NAME, "%", [Promise("Kết nạp đảng viên"), target]) == (target if found else None)


def test_two_promises_alike_are_left_to_the_person() -> None:
    assert suggested(NAME, "%", [Promise(NAME, "%"), Promise(NAME.upper(), "%")]) is None


def test_a_percent_sign_and_its_word_are_one_unit() -> None:
    assert units_agree("%", "phần trăm")
    assert not units_agree("%", "người")


# Writing plans


def test_a_plan_is_taken_from_the_pledge_and_says_so(scores: Scores, pledge: Any) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    target = promised(pledge, scores.world.syt, D("95.5"))

    count = planned(scores, {scores.world.syt: PlanEntry(None, target, 0)})

    entry = audit.entries_of(sheet).get()
    assert (count, plan_of(sheet)) == (1, D("95.5"))
    assert (entry.action, entry.after, entry.reason) == (
        "Ghi kế hoạch",
        {"A2.plan": "95.5"},
        f"Theo giao ước: {NAME}",
    )


def test_a_criterion_without_a_promise_is_typed(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")

    planned(scores, {scores.world.syt: PlanEntry(D(90), None, 0)})

    assert plan_of(sheet) == D(90)


def test_departing_from_the_promise_needs_a_reason(scores: Scores, pledge: Any) -> None:
    sheet, syt = scores.sheet(scores.world.syt, "draft"), scores.world.syt
    target = promised(pledge, syt)

    for chosen in (target, None):
        with pytest.raises(PlanFaults) as refused:
            planned(scores, {syt: PlanEntry(D(80), chosen, 0)})
        assert refused.value.faults == {str(syt.pk): REASON_DUE}
    assert plan_of(sheet) is None

    planned(scores, {syt: PlanEntry(D(80), target, 0)}, reason="Quyết định 12/QĐ-UBND giao lại")
    assert (plan_of(sheet), audit.entries_of(sheet).get().reason) == (D(80), "Quyết định 12/QĐ-UBND giao lại")


def test_a_written_plan_is_corrected_with_a_reason_only(scores: Scores) -> None:
    sheet, syt = scores.sheet(scores.world.syt, "draft"), scores.world.syt
    planned(scores, {syt: PlanEntry(D(90), None, 0)})

    with pytest.raises(PlanFaults):
        planned(scores, {syt: PlanEntry(D(91), None, 1)})

    assert planned(scores, {syt: PlanEntry(D(91), None, 1)}, reason="Ghi nhầm") == 1
    assert plan_of(sheet) == D(91)


def test_the_second_of_two_planners_is_told(scores: Scores) -> None:
    sheet, syt = scores.sheet(scores.world.syt, "draft"), scores.world.syt
    planned(scores, {syt: PlanEntry(D(90), None, 0)})

    with pytest.raises(StaleSheet, match="Người secretary đã sửa tiêu chí A2"):
        planned(scores, {syt: PlanEntry(D(91), None, 0)}, reason="x", by="standing")
    assert plan_of(sheet) == D(90)


def test_figures_of_another_unit_are_asked_back_and_may_be_confirmed(scores: Scores) -> None:
    world = scores.world
    for agency in (world.sgddt, world.syt, world.sldtbxh):
        scores.sheet(agency, "draft")
    entries = {agency: PlanEntry(D(90), None, 0) for agency in (world.sgddt, world.sldtbxh)}
    entries[world.syt] = PlanEntry(D("0.9"), None, 0)

    with pytest.raises(FiguresDoubted) as doubted:
        planned(scores, entries)
    assert len(doubted.value.sentences) == 1
    assert f"{world.syt.label} ghi 0,9" in doubted.value.sentences[0]
    assert ScoreLine.objects.count() == 0

    assert planned(scores, entries, is_confirmed=True) == 3


# Who


@pytest.mark.parametrize(
    ("persona", "may"),
    [
        ("secretary", "sgddt syt sldtbxh"),
        ("deputy_officer", "stttt"),
        ("standing", "stttt sgddt syt sldtbxh"),
        ("officer", ""),
        ("observer", ""),
    ],
)
def test_nobody_plans_for_the_own_unit(scores: Scores, persona: str, may: str) -> None:
    world = scores.world
    members = list(world.year.memberships.select_related("agency"))

    found = settable(world.person(persona), world.year, members)

    assert found == {getattr(world, code).pk for code in may.split()}


def test_the_rule_and_the_table_agree_for_everybody(scores: Scores) -> None:
    world = scores.world
    members = list(world.year.memberships.all())
    sheets = [scores.sheet(member.agency, "draft") for member in members]
    people: list[User] = [world.person(name) for name in PERSONAS]

    by_rule = {
        (person.pk, sheet.agency_id)
        for person in people
        for sheet in sheets
        if person.has_perm("scoring.set_plan", sheet)
    }

    assert by_rule == {(person.pk, pk) for person in people for pk in settable(person, world.year, members)}


def test_the_secretary_cannot_write_the_heads_own_plan(scores: Scores) -> None:
    sheet = scores.sheet(scores.world.stttt, "draft")

    with pytest.raises(PlanFaults, match="Bạn không ghi được kế hoạch"):
        planned(scores, {scores.world.stttt: PlanEntry(D(90), None, 0)})
    planned(scores, {scores.world.stttt: PlanEntry(D(90), None, 0)}, by="deputy_officer")

    assert plan_of(sheet) == D(90)


def test_a_forged_plan_of_the_unit_is_refused_in_a_sentence(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    key = f"c{scores.criteria['A2'].pk}"
    client.force_login(scores.world.person("officer"))
    data = {key: "1", f"{key}-plan": "1", f"{key}-actual": "5", "version": "0"}

    page = client.post(f"/phieu-cham/{sheet.pk}/", data).content.decode()
    line = client.post(f"/phieu-cham/{sheet.pk}/dong/{scores.criteria['A2'].pk}/", data)

    assert "Kế hoạch do thư ký khối ghi và khóa, đơn vị không tự ghi." in page
    assert f'name="{key}-plan"' not in page
    assert (line.status_code, line.json()["fault"][:33]) == (422, "Kế hoạch do thư ký khối ghi và kh")
    assert ScoreLine.objects.count() == 0


# Locking


def test_locking_wants_every_plan_that_a_formula_needs(scores: Scores) -> None:
    world = scores.world
    syt, other = scores.sheet(world.syt, "draft"), scores.sheet(world.sldtbxh, "draft")
    scores.line(syt, "A2", plan=90)
    secretary = world.person("secretary")

    with pytest.raises(TransitionRefused) as refused:
        lock_plans(plan_table(world.year, secretary), actor=secretary)
    assert str(refused.value) == (
        f"Chưa khóa được, còn thiếu kế hoạch: {world.sldtbxh.label} (A2). Hãy ghi đủ rồi khóa."
    )

    scores.line(other, "A2", assigned=False)
    done = lock_plans(plan_table(world.year, secretary), actor=secretary)

    assert {sheet.agency for sheet in done} == {world.syt, world.sldtbxh}
    assert [entry.action for entry in audit.entries_of(syt)] == ["Khóa kế hoạch"]


def test_a_locked_plan_is_opened_with_a_reason_before_it_is_corrected(scores: Scores) -> None:
    world, syt = scores.world, scores.world.syt
    sheet = scores.sheet(syt, "draft")
    scores.line(sheet, "A2", plan=90)
    secretary = world.person("secretary")
    lock_plans(plan_table(world.year, secretary), actor=secretary)

    with pytest.raises(PlanFaults, match=r"đã khóa\. Hãy mở khóa, có lý do"):
        planned(scores, {syt: PlanEntry(D(91), None, 0)}, reason="x")
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do mở khóa"):
        unlock_plan(sheet, reason=" ", actor=secretary)
    unlock_plan(sheet, reason="Giao lại chỉ tiêu", actor=secretary)
    planned(scores, {syt: PlanEntry(D(91), None, 0)}, reason="Giao lại chỉ tiêu")

    assert (sheet.plan_locked_at, plan_of(sheet)) == (None, D(91))
    with pytest.raises(TransitionRefused, match="chưa khóa"):
        unlock_plan(sheet, reason="lại", actor=secretary)


def test_a_sheet_without_its_plan_names_who_writes_it(scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 50, state="draft")
    ScoreLine.objects.filter(sheet=sheet, criterion=scores.criteria["A2"]).update(plan=None)

    with pytest.raises(TransitionRefused, match=r"Chưa có kế hoạch của tiêu chí A2\. Kế hoạch do thư ký khối ghi"):
        SCORE_SHEET.perform(sheet, "submit", actor=scores.world.person("leader"))


# Pages


def url_of(scores: Scores, tail: str = "") -> str:
    return f"/khoi/{scores.world.year.pk}/ke-hoach-cham-diem/{tail}"


def test_one_press_takes_every_suggested_promise(client: Client, scores: Scores, pledge: Any) -> None:
    world = scores.world
    sheets = {agency: scores.sheet(agency, "draft") for agency in (world.stttt, world.syt, world.sldtbxh)}
    for agency in sheets:
        promised(pledge, agency)
    client.force_login(world.person("secretary"))
    url = url_of(scores, f"{scores.criteria['A2'].pk}/")
    page = client.get(url).content.decode()
    data = {}
    for agency in (world.stttt, world.syt, world.sldtbxh):
        target = agency.targets.get()
        data |= {f"d{agency.pk}-seen": "0", f"d{agency.pk}-plan": "", f"d{agency.pk}-target": str(target.pk)}

    answer = client.post(url, data, follow=True).content.decode()

    assert page.count("(gợi ý)") == 2
    assert "Đã lưu kế hoạch của 2 đơn vị." in answer
    assert {agency: plan_of(sheet) for agency, sheet in sheets.items()} == {
        world.stttt: None,
        world.syt: D(95),
        world.sldtbxh: D(95),
    }


def test_what_was_typed_stays_beside_its_sentence(client: Client, scores: Scores) -> None:
    syt = scores.world.syt
    scores.sheet(syt, "draft")
    client.force_login(scores.world.person("secretary"))
    url = url_of(scores, f"{scores.criteria['A2'].pk}/")

    page = client.post(url, {f"d{syt.pk}-seen": "0", f"d{syt.pk}-plan": "chín mươi"}).content.decode()

    assert "«chín mươi» không phải là số." in page
    assert 'value="chín mươi"' in page
    assert ScoreLine.objects.count() == 0


def test_odd_figures_want_a_tick_before_they_are_locked(client: Client, scores: Scores) -> None:
    world = scores.world
    for agency, plan in ((world.sgddt, 90), (world.syt, "0.9"), (world.sldtbxh, 92)):
        scores.line(scores.sheet(agency, "draft"), "A2", plan=D(plan))
    client.force_login(world.person("secretary"))

    page = client.post(url_of(scores, "khoa/")).content.decode()
    assert "Tôi đã kiểm tra, số liệu đúng" in page
    assert ScoreSheet.objects.filter(plan_locked_at__isnull=False).count() == 0

    client.post(url_of(scores, "khoa/"), {"da-kiem-tra": "1"})
    assert ScoreSheet.objects.filter(plan_locked_at__isnull=False).count() == 3


def test_the_page_shows_plans_but_nothing_else_of_a_draft(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    scores.line(sheet, "A2", plan=D("87.5"), actual=D("43.21"))
    client.force_login(scores.world.person("secretary"))

    page = client.get(url_of(scores)).content.decode()

    assert "87,5" in page
    assert "43,21" not in page


def test_unlocking_has_a_form_with_a_reason(client: Client, scores: Scores) -> None:
    world = scores.world
    sheet = scores.sheet(world.syt, "draft")
    scores.line(sheet, "A2", plan=90)
    secretary = world.person("secretary")
    lock_plans(plan_table(world.year, secretary), actor=secretary)
    client.force_login(secretary)

    client.post(url_of(scores, "mo-khoa/"), {"agency": str(world.syt.pk), "reason": "Giao lại"})

    sheet.refresh_from_db()
    assert sheet.plan_locked_at is None
    assert audit.entries_of(sheet)[0].reason == "Giao lại"


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_takes_the_same_queries_for_any_bloc(
    client: Client, scores: Scores, pledge: Any, django_assert_num_queries: Any, count: int
) -> None:
    world = scores.world
    for agency in (world.syt, world.sldtbxh, world.sgddt)[:count]:
        scores.line(scores.sheet(agency, "draft"), "A2", plan=90)
        promised(pledge, agency)
    client.force_login(world.person("secretary"))

    with django_assert_num_queries(12):
        client.get(url_of(scores))


def test_a_reported_figure_is_proposed_to_the_unit(client: Client, scores: Scores, pledge: Any) -> None:
    sheet = scores.sheet(scores.world.syt, "draft")
    scores.line(sheet, "A2", plan=95)
    promised(pledge, scores.world.syt, actual=D("97.3"))
    client.force_login(scores.world.person("officer"))

    page = client.get(f"/phieu-cham/{sheet.pk}/").content.decode()

    assert "Đã báo cáo theo giao ước: 97,3 %" in page
