"""The criteria table: one query, faults in sentences, edited only as a draft."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from scoring.domain.criteria import (
    add_criterion,
    change_criterion,
    change_set,
    copy_set_to,
    effective_set,
    load_tree,
    remove_criterion,
    tree_faults,
    tree_warnings,
)
from scoring.models import CriteriaSet, Criterion
from tests.factories import BlocYearFactory, CriteriaSetFactory, CriterionFactory, ScoreLineFactory, ScoreSheetFactory
from tests.world import World

D = Decimal


def node(
    criteria_set: CriteriaSet, code: str, maximum: Any, parent: Criterion | None = None, **fields: Any
) -> Criterion:
    fields.setdefault("kind", "judged")
    return CriterionFactory(criteria_set=criteria_set, parent=parent, code=code, max_points=D(maximum), **fields)


@pytest.fixture
def draft(world: World) -> CriteriaSet:
    """A sound table of 100: A (A1 60, A2 40), bonus T, deduction P."""
    made = CriteriaSetFactory(bloc_year=world.year, state="draft", scale=100, tie_break=["ballot", "group:A"])
    group = node(made, "A", 100, kind="group", position=0)
    node(made, "A1", 60, group, position=0)
    node(made, "A2", 40, group, position=1, kind="quantitative", formula="proportional")
    node(made, "T", 10, kind="bonus", position=1)
    node(made, "P", 10, kind="deduction", position=2)
    return made


def get(criteria_set: CriteriaSet, code: str) -> Criterion:
    return criteria_set.criteria.get(code=code)


def test_the_tree_comes_in_document_order_in_one_query(draft: CriteriaSet) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        tree = load_tree(draft)

    assert len(queries) == 1
    assert [each.code for each in tree.nodes] == ["A", "A1", "A2", "T", "P"]
    assert [each.code for each in tree.leaves] == ["A1", "A2", "T", "P"]
    assert (tree.by_code["A2"].path, tree.by_code["A2"].depth) == (("A",), 1)
    assert [group.code for group in tree.outline.groups] == ["A"]


def test_a_sound_table_has_no_fault(draft: CriteriaSet) -> None:
    assert tree_faults(draft) == []
    assert tree_warnings(draft) == []


def test_an_empty_table_is_a_fault(world: World) -> None:
    empty = CriteriaSetFactory(bloc_year=world.year, state="draft")

    assert tree_faults(empty) == [
        "Bảng chưa có tiêu chí chấm điểm nào. Hãy thêm tiêu chí hoặc chép bảng của năm trước."
    ]


@pytest.mark.parametrize(
    ("code", "change", "fault"),
    [
        (
            "A1",
            {"max_points": D("59.5")},
            "Nhóm A ghi tối đa 100 điểm nhưng các tiêu chí con cộng lại được 99,5 điểm. Hãy sửa cho khớp.",
        ),
        ("A1", {"floor_percent": D(101)}, "Tiêu chí A1: mức sàn 101% phải nằm trong khoảng từ 0 đến 100%."),
        ("A2", {"formula": ""}, "Tiêu chí A2 là tiêu chí định lượng nhưng chưa chọn công thức."),
        (
            "A1",
            {"formula": "rate"},
            "Tiêu chí A1 không phải tiêu chí định lượng nên không dùng công thức. Hãy bỏ công thức.",
        ),
        (
            "A1",
            {"kind": "choice"},
            "Tiêu chí A1 chấm theo mức nhưng chưa có mức nào. Hãy ghi các mức và điểm của từng mức.",
        ),
        (
            "A1",
            {"kind": "choice", "options": {"levels": [{"name": "A", "points": 61.5}]}},
            "Tiêu chí A1: mức «A» cho 61,5 điểm, lớn hơn điểm tối đa 60.",
        ),
        (
            "A1",
            {"kind": "choice", "options": {"levels": [{"name": "A", "points": 1}, {"name": "A", "points": 0}]}},
            "Tiêu chí A1: mỗi mức phải có tên riêng.",
        ),
        (
            "A2",
            {"formula": "rate", "options": {"step": 0.3}, "max_points": D(40)},
            "Tiêu chí A2: điểm tối đa 40 phải là bội của bước làm tròn 0,3.",
        ),
        ("A2", {"formula": "rate", "options": {"step": 0}}, "Tiêu chí A2: tham số «step» phải là số lớn hơn 0."),
        (
            "P",
            {"options": {"from": "lateness"}},
            "Tiêu chí P: hãy ghi các mức chậm dạng [số ngày, số điểm trừ], ví dụ [[5, 5], [10, 10]].",
        ),
        (
            "P",
            {"options": {"from": "lateness", "bands": [[5, 5], [5, 10]]}},
            "Tiêu chí P: các mức chậm phải xếp theo số ngày tăng dần và điểm trừ không giảm.",
        ),
        (
            "P",
            {"options": {"from": "lateness", "bands": [[5, 5], [10, 20]]}},
            "Tiêu chí P: mức trừ 20 lớn hơn điểm trừ tối đa 10.",
        ),
        (
            "T",
            {"options": {"from": "lateness"}},
            "Tiêu chí T: chỉ điểm trừ mới được tính tự động, và chỉ từ việc chậm hạn (lateness).",
        ),
        (
            "A",
            {"kind": "judged"},
            "Tiêu chí A được chấm điểm trực tiếp nhưng lại có tiêu chí con. Hãy đổi cách chấm thành «Nhóm tiêu chí».",
        ),
        ("T", {"kind": "group"}, "Nhóm T chưa có tiêu chí con. Hãy thêm tiêu chí hoặc xóa nhóm."),
        ("T", {"code": "a1"}, "Mã «A1» được dùng 2 lần. Hãy đặt mỗi tiêu chí một mã."),
        ("A", {"code": "B"}, "Thứ tự phân hạng nêu nhóm «A» không có trong bảng tiêu chí."),
    ],
)
def test_each_defect_is_named_in_a_sentence(draft: CriteriaSet, code: str, change: Any, fault: str) -> None:
    Criterion.objects.filter(criteria_set=draft, code=code).update(**change)

    assert fault in tree_faults(draft)


def test_parts_must_add_up_to_the_scale(draft: CriteriaSet) -> None:
    draft.scale = D(1000)

    assert tree_faults(draft) == ["Các phần của bảng cộng lại được 100 điểm, khác thang điểm 1000."]


def test_an_unknown_tie_break_is_a_fault(draft: CriteriaSet) -> None:
    draft.tie_break = ["bonus", "chance"]

    assert tree_faults(draft) == ["Thứ tự phân hạng có mục «chance» mà hệ thống không biết."]


def test_two_limits_of_all_surplus_are_a_fault(draft: CriteriaSet) -> None:
    for code, total in (("A1", 15), ("A2", 20)):
        options = {"surplus_total": total}
        change = {"kind": "quantitative", "formula": "proportional-with-surplus", "options": options}
        Criterion.objects.filter(criteria_set=draft, code=code).update(**change)

    assert tree_faults(draft) == [
        "Tổng điểm thưởng vượt kế hoạch được ghi khác nhau giữa các tiêu chí (15, 20). Hãy ghi một mức."
    ]


def test_bonus_items_above_their_cap_are_shown_but_allowed(draft: CriteriaSet) -> None:
    """domain-2.md 3.4: bonus items adding to 13 over a group cap of 10."""
    group = node(draft, "VIII", 10, kind="group", position=5)
    for number, points in enumerate([5, 3, 2, 3]):
        node(draft, f"VIII.{number}", points, group, kind="bonus")

    assert tree_faults(draft) == []
    assert tree_warnings(draft) == [
        "Nhóm VIII tối đa 10 điểm nhưng các mục bên trong cộng lại được 13 điểm; phần vượt không được tính."
    ]


def test_the_set_in_force_is_the_newest_open_one(world: World) -> None:
    CriteriaSetFactory(bloc_year=world.year, version=1, state="locked")
    newest_open = CriteriaSetFactory(bloc_year=world.year, version=2, state="open")
    CriteriaSetFactory(bloc_year=world.year, version=3, state="draft")
    alone = CriteriaSetFactory(bloc_year=world.other_year, state="draft")

    assert effective_set(world.year) == newest_open
    assert effective_set(world.other_year) == alone
    assert effective_set(BlocYearFactory()) is None


# Editing


def test_a_criterion_is_added_changed_and_removed_with_its_history(world: World, draft: CriteriaSet) -> None:
    actor = world.person("secretary")
    made = add_criterion(
        draft, code=" A3 ", name="Chuyển  đổi số", max_points=D(5), parent=get(draft, "A"), actor=actor
    )
    change_criterion(made, values={"max_points": D(6), "kind": "choice", "options": {"levels": {"A": 6}}}, actor=actor)
    assert (made.position, made.code, made.name) == (2, "A3", "Chuyển đổi số")
    assert made.options == {"levels": [{"name": "A", "points": 6}]}

    remove_criterion(made, actor=actor)

    history = list(audit.entries_of(draft))
    assert [entry.action for entry in history] == ["Xóa tiêu chí A3", "Sửa tiêu chí A3", "Thêm tiêu chí A3"]
    assert history[1].before == {"max_points": "5.00", "kind": "judged", "options": {}}
    assert {entry.actor for entry in history} == {actor}
    assert not draft.criteria.filter(code="A3").exists()


@pytest.mark.parametrize("state", ["open", "locked"])
def test_a_set_in_force_is_not_edited(world: World, draft: CriteriaSet, state: str) -> None:
    CriteriaSet.objects.filter(pk=draft.pk).update(state=state)
    leaf = get(draft, "A1")

    for act in (
        lambda: add_criterion(draft, code="X", name="X", max_points=D(1), actor=None),
        lambda: change_criterion(leaf, values={"name": "khác"}, actor=None),
        lambda: remove_criterion(leaf, actor=None),
        lambda: change_set(draft, values={"scale": D(5)}, actor=None),
    ):
        with pytest.raises(TransitionRefused, match="Hãy rút về dự thảo trước khi sửa"):
            act()
    assert list(audit.entries_of(draft)) == []


def test_a_criterion_that_does_not_fit_is_refused(world: World, draft: CriteriaSet) -> None:
    foreign = node(CriteriaSetFactory(bloc_year=world.other_year, state="draft"), "A", 5, kind="group")
    group = get(draft, "A")
    inner = add_criterion(draft, code="A9", name="Nhóm con", max_points=D(0), kind="group", parent=group, actor=None)

    refusals = [
        (lambda: add_criterion(draft, code="a1", name="X", max_points=D(1), actor=None), "đã có trong bảng"),
        (lambda: add_criterion(draft, code="", name="X", max_points=D(1), actor=None), "cả mã và tên"),
        (lambda: add_criterion(draft, code="X", name="X", max_points=D(-1), actor=None), "không được nhỏ hơn 0"),
        (lambda: add_criterion(draft, code="X", name="X", max_points=D(1), parent=foreign, actor=None), "cùng bộ"),
        (
            lambda: add_criterion(draft, code="X", name="X", max_points=D(1), parent=get(draft, "A1"), actor=None),
            "phải là một nhóm",
        ),
        (lambda: change_criterion(group, values={"parent": inner}, actor=None), "bên trong chính nó"),
    ]
    for act, sentence in refusals:
        with pytest.raises(TransitionRefused, match=sentence):
            act()


def test_a_criterion_with_scores_is_not_removed(world: World, draft: CriteriaSet) -> None:
    sheet = ScoreSheetFactory(bloc_year=world.year, criteria_set=draft, agency=world.syt)
    ScoreLineFactory(sheet=sheet, criterion=get(draft, "A1"), self_points=1)

    with pytest.raises(TransitionRefused, match="nên không xóa được"):
        remove_criterion(get(draft, "A"), actor=None)

    assert draft.criteria.count() == 5


def test_a_set_is_copied_forward_as_a_draft(world: World, draft: CriteriaSet) -> None:
    next_year = BlocYearFactory(bloc=world.year.bloc, year=2021)

    first = copy_set_to(draft, bloc_year=next_year, actor=None)
    second = copy_set_to(draft, bloc_year=next_year, actor=None)

    def told(criteria_set: CriteriaSet) -> list[Any]:
        return [
            (each.code, each.path, each.kind, each.max_points, each.formula) for each in load_tree(criteria_set).nodes
        ]

    assert (first.version, second.version, first.state) == (1, 2, "draft")
    assert told(first) == told(draft)
    assert (first.scale, first.tie_break) == (D(100), ["ballot", "group:A"])
    assert [entry.action for entry in audit.entries_of(first)] == ["Chép bộ tiêu chí"]


def test_scale_and_tie_break_are_changed_with_history(draft: CriteriaSet) -> None:
    change_set(draft, values={"scale": D(1000), "tie_break": ["bonus"]}, actor=None)

    assert (draft.scale, draft.tie_break) == (D(1000), ["bonus"])
    assert [entry.action for entry in audit.entries_of(draft)] == ["Sửa bộ tiêu chí"]
    with pytest.raises(KeyError):
        change_set(draft, values={"state": "open"}, actor=None)
