"""Pages of a criteria set's versions: the tree, moving, amending, comparing, sharing, the rules of a year."""

import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from blocs.models import BlocYear
from scoring.domain.criteria import add_criterion, change_criterion, copy_set_to, load_tree
from scoring.domain.sharing import share_set, targets_for
from scoring.domain.year_rules import change_rules, rules_of
from scoring.models import CriteriaSet, Criterion, YearRules
from tests.factories import (
    AppointmentFactory,
    BlocFactory,
    BlocYearFactory,
    CriteriaSetFactory,
    CriterionFactory,
    MembershipFactory,
    ScoreSheetFactory,
)
from tests.world import World

D = Decimal
QUERIES = 11


@pytest.fixture
def draft(world: World) -> CriteriaSet:
    """A (A1 60, A2 40), in a draft."""
    made: CriteriaSet = CriteriaSetFactory(bloc_year=world.year, state="draft", scale=100)
    group = CriterionFactory(criteria_set=made, code="A", name="Nhiệm vụ", kind="group", max_points=100, position=0)
    for position, (code, points) in enumerate((("A1", 60), ("A2", 40))):
        CriterionFactory(criteria_set=made, parent=group, code=code, max_points=points, position=position)
    return made


@pytest.fixture
def in_force(world: World, draft: CriteriaSet) -> CriteriaSet:
    return CriteriaSetFactory(bloc_year=world.year, version=2, state="open", scale=100, based_on=draft)


def codes(criteria_set: CriteriaSet) -> list[str]:
    return [node.code for node in load_tree(criteria_set).nodes]


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


# The tree


@pytest.mark.parametrize("count", [1, 3, 200])
def test_the_page_costs_the_same_whatever_the_length_of_the_table(
    client: Client, world: World, draft: CriteriaSet, count: int
) -> None:
    group = draft.criteria.get(code="A")
    Criterion.objects.filter(criteria_set=draft, parent=group).delete()
    Criterion.objects.bulk_create(
        Criterion(
            criteria_set=draft,
            parent=group,
            code=f"A{place}",
            name="Tiêu chí",
            max_points=1,
            appraised_by="agency",
            appraiser=(world.snv, world.syt)[place % 2],
            position=place,
        )
        for place in range(count)
    )
    client.force_login(world.person("secretary"))
    url = f"/khoi/{world.year.pk}/tieu-chi/"
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        page = page_of(client, url)

    assert len(queries) == QUERIES
    assert page.count('class="crit-leaf"') == count
    assert "Sở Nội vụ thẩm định" in page


def test_a_long_table_is_folded_and_opens_at_the_criterion_that_was_worked_on(
    client: Client, world: World, draft: CriteriaSet
) -> None:
    inner = CriterionFactory(
        criteria_set=draft, parent=draft.criteria.get(code="A"), code="A3", kind="group", max_points=1, position=3
    )
    leaves = [CriterionFactory(criteria_set=draft, parent=inner, code=f"L{place}") for place in range(61)]
    client.force_login(world.person("secretary"))
    url = f"/khoi/{world.year.pk}/tieu-chi/"

    folded, at_leaf, whole = (page_of(client, url + query) for query in ("", f"?mo={leaves[5].pk}", "?mo=tat-ca"))

    assert [page.count("<details open>") for page in (folded, at_leaf, whole)] == [1, 2, 2]
    assert "Mở tất cả các nhóm" in folded
    assert "Mở tất cả các nhóm" not in whole


def test_each_criterion_tells_how_it_is_scored_and_by_whom(client: Client, world: World, draft: CriteriaSet) -> None:
    values = {"kind": "quantitative", "formula": "proportional", "unit": "%", "least": D(0), "most": D(100)}
    change_criterion(draft.criteria.get(code="A1"), values=values | {"appraiser": world.syt}, actor=None)
    client.force_login(world.person("secretary"))

    page = page_of(client, f"/khoi/{world.year.pk}/tieu-chi/")

    assert (
        "Định lượng (kế hoạch, thực hiện): theo tỷ lệ hoàn thành · đơn vị tính %, từ 0 đến 100 · Sở Y tế thẩm định"
        in page
    )


def test_a_criterion_moves_one_place_at_a_time(client: Client, world: World, draft: CriteriaSet) -> None:
    second = draft.criteria.get(code="A2")
    url = f"/bo-tieu-chi/{draft.pk}/{second.pk}/chuyen/"
    client.force_login(world.person("secretary"))

    response = client.post(url, {"huong": "len"})
    again = client.post(url, {"huong": "len"})

    assert response["Location"] == again["Location"] == f"/khoi/{world.year.pk}/tieu-chi/?mo={second.pk}#tc-{second.pk}"
    assert codes(draft) == ["A", "A2", "A1"]
    assert [entry.action for entry in audit.entries_of(draft)] == ["Chuyển chỗ tiêu chí A2"]
    client.post(url, {"huong": "xuong"})
    assert codes(draft) == ["A", "A1", "A2"]
    client.force_login(world.person("officer"))
    assert client.post(url, {"huong": "len"}).status_code == 404
    assert codes(draft) == ["A", "A1", "A2"]


def test_a_criterion_of_another_set_is_not_there(client: Client, world: World, draft: CriteriaSet) -> None:
    foreign = CriterionFactory(criteria_set=CriteriaSetFactory(bloc_year=world.other_year, state="draft"), code="X")
    client.force_login(world.person("secretary"))

    answers = [
        client.get(f"/bo-tieu-chi/{draft.pk}/{foreign.pk}/").status_code,
        client.post(f"/bo-tieu-chi/{draft.pk}/{foreign.pk}/chuyen/").status_code,
        client.post(f"/bo-tieu-chi/{draft.pk}/{foreign.pk}/xoa/").status_code,
        client.get(f"/bo-tieu-chi/{foreign.criteria_set_id}/").status_code,
        client.get(f"/bo-tieu-chi/{draft.pk}/so-sanh/?voi={foreign.criteria_set_id}").status_code,
    ]

    assert answers[:4] == [404] * 4
    assert answers[4] in (302, 404)
    assert Criterion.objects.filter(pk=foreign.pk).exists()


# What people type


def test_a_code_in_nfd_is_the_same_code(client: Client, world: World, draft: CriteriaSet) -> None:
    url = f"/bo-tieu-chi/{draft.pk}/them/"
    client.force_login(world.person("secretary"))
    typed = {"code": "Đ1-Số", "name": "Tiêu chí " + "dài " * 75, "max_points": "1,5", "kind": "judged"}

    first = client.post(url, {name: unicodedata.normalize("NFD", value) for name, value in typed.items()})
    second = client.post(url, typed)

    made = Criterion.objects.get(criteria_set=draft, code="Đ1-Số")
    assert (first.status_code, second.status_code) == (302, 200)
    assert "Mã «Đ1-Số» đã có trong bảng." in second.content.decode()
    assert (made.max_points, len(made.name)) == (D("1.5"), 308)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": "X" * 41}, "tối đa 40 ký tự"),
        ({"name": "dài " * 300}, "tối đa 1000 ký tự"),
        ({"least": "100", "most": "1"}, "Giá trị lớn nhất phải không nhỏ hơn giá trị nhỏ nhất."),
        ({"appraised_by": "agency"}, "Hãy chọn cơ quan chuyên môn thẩm định tiêu chí này."),
        ({"max_points": "-1"}, "Giá trị phải từ 0 trở lên."),
        ({"max_points": "mười"}, "«mười» không phải là số."),
    ],
)
def test_what_cannot_be_kept_is_told_on_the_form(
    client: Client, world: World, draft: CriteriaSet, fields: dict[str, str], sentence: str
) -> None:
    client.force_login(world.person("secretary"))
    base = {"code": "B1", "name": "Tiêu chí", "max_points": "1", "kind": "judged"}

    response = client.post(f"/bo-tieu-chi/{draft.pk}/them/", base | fields)

    assert sentence in response.content.decode()
    assert draft.criteria.count() == 3


def test_an_agency_appraises_when_one_is_chosen(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("secretary"))
    data = {"code": "B1", "name": "Tiêu chí", "max_points": "1", "kind": "judged", "unit": "%", "least": "0"}
    extra = {"condition": "đổi mới sáng tạo", "threshold": "từ 2", "stated_max": "1"}

    chosen = client.post(
        f"/bo-tieu-chi/{draft.pk}/them/", data | extra | {"appraised_by": "agency", "appraiser": str(world.syt.pk)}
    )
    odd = client.post(
        f"/bo-tieu-chi/{draft.pk}/them/",
        data | {"code": "B2", "appraised_by": "standing", "appraiser": str(world.syt.pk)},
    )

    made = Criterion.objects.get(code="B1")
    assert (chosen.status_code, odd.status_code) == (302, 200)
    assert (made.appraised_by, made.appraiser, made.unit, made.least, made.most) == ("agency", world.syt, "%", 0, None)
    assert made.options == {"condition": "đổi mới sáng tạo", "threshold": "từ 2", "stated_max": 1}
    assert "hãy chọn «Cơ quan chuyên môn», hoặc bỏ cơ quan" in odd.content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "x" * 1001}, "Tên tiêu chí dài quá 1000 ký tự"),
        ({"code": "x" * 41}, "Mã dài quá 40 ký tự"),
        ({"unit": "x" * 61}, "Đơn vị tính dài quá 60 ký tự"),
        ({"least": D(2), "most": D(1)}, "Giá trị nhỏ nhất 2 lớn hơn giá trị lớn nhất 1"),
        ({"appraised_by": "agency"}, "chưa chọn cơ quan"),
    ],
)
def test_the_verb_refuses_what_no_form_would_send(draft: CriteriaSet, values: dict[str, Any], sentence: str) -> None:
    wanted: dict[str, Any] = {"code": "B", "name": "B", "max_points": D(1), "actor": None} | values

    with pytest.raises(TransitionRefused, match=sentence):
        add_criterion(draft, **wanted)


def test_a_copy_carries_every_field(world: World, draft: CriteriaSet) -> None:
    values = {"unit": "%", "least": D(0), "most": D(100), "floor_percent": D(85), "appraiser": world.syt}
    change_criterion(draft.criteria.get(code="A1"), values=values, actor=None)
    CriteriaSet.objects.filter(pk=draft.pk).update(grading={"bands": []}, tie_break=["bonus"])
    draft.refresh_from_db()

    copy = copy_set_to(draft, bloc_year=world.other_year, actor=None, note="Theo khối bạn")

    told = load_tree(copy).by_code["A1"]
    assert (told.unit, told.least, told.most, told.floor_percent) == ("%", 0, 100, 85)
    assert (told.appraised_by, told.appraiser_id) == ("agency", world.syt.pk)
    assert (copy.based_on, copy.note, copy.grading, copy.tie_break) == (
        draft,
        "Theo khối bạn",
        {"bands": []},
        ["bonus"],
    )


# Versions


def test_members_read_versions_once_open_and_never_a_draft(
    client: Client, world: World, draft: CriteriaSet, in_force: CriteriaSet
) -> None:
    newer = CriteriaSetFactory(bloc_year=world.year, version=3, state="draft", based_on=in_force)
    client.force_login(world.person("officer"))

    seen = [client.get(f"/bo-tieu-chi/{each.pk}/").status_code for each in (draft, in_force, newer)]
    page = page_of(client, f"/khoi/{world.year.pk}/tieu-chi/")

    assert seen == [404, 200, 404]
    assert "Phiên bản 2" in page
    assert "Các phiên bản" not in page
    client.force_login(world.person("stranger"))
    assert client.get(f"/bo-tieu-chi/{in_force.pk}/").status_code == 404


def test_the_secretariat_amends_on_a_page(client: Client, world: World, draft: CriteriaSet) -> None:
    CriteriaSet.objects.filter(pk=draft.pk).update(state="open")
    url = f"/bo-tieu-chi/{draft.pk}/sua-doi/"
    client.force_login(world.person("secretary"))

    empty = client.post(url, {"note": " "})
    made = client.post(url, {"note": "Theo Nghị quyết hội nghị sơ kết"})

    assert "Hãy điền mục này." in empty.content.decode()
    assert made.status_code == 302
    newer = CriteriaSet.objects.get(version=2)
    assert (newer.based_on, newer.note) == (draft, "Theo Nghị quyết hội nghị sơ kết")
    page = page_of(client, f"/khoi/{world.year.pk}/tieu-chi/")
    assert "Nội dung sửa đổi:" in page
    assert "Bỏ dự thảo" in page
    client.force_login(world.person("officer"))
    assert client.post(url, {"note": "x"}).status_code == 403
    assert client.post(f"/bo-tieu-chi/{newer.pk}/bo/").status_code == 404
    assert CriteriaSet.objects.count() == 2


def test_a_draft_is_discarded_on_a_page(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("secretary"))

    response = client.post(f"/bo-tieu-chi/{draft.pk}/bo/", {"reason": "Làm lại"})

    assert response.status_code == 302
    assert not CriteriaSet.objects.exists()


def test_the_difference_is_read_in_words(
    client: Client, world: World, draft: CriteriaSet, in_force: CriteriaSet
) -> None:
    CriteriaSet.objects.filter(pk=draft.pk).update(state="locked")
    add_to(in_force, "A1", 50)
    add_to(in_force, "Z", 5)
    client.force_login(world.person("officer"))

    page = page_of(client, f"/bo-tieu-chi/{in_force.pk}/so-sanh/")

    assert "So sánh phiên bản 2 với phiên bản 1" in page
    assert "Điểm tối đa: 60 → 50" in page
    assert "Thêm mới (1)" in page
    assert "Bỏ (2)" in page
    assert client.get(f"/bo-tieu-chi/{in_force.pk}/so-sanh/?voi=999999").status_code == 404
    assert client.get(f"/bo-tieu-chi/{in_force.pk}/so-sanh/?voi=x").status_code == 404


def add_to(criteria_set: CriteriaSet, code: str, points: int) -> None:
    name = Criterion.objects.filter(code=code).values_list("name", flat=True).first() or "Sáng kiến"
    CriterionFactory(criteria_set=criteria_set, code=code, name=name, max_points=points)


def test_without_another_version_there_is_nothing_to_compare(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("secretary"))

    response = client.get(f"/bo-tieu-chi/{draft.pk}/so-sanh/")

    assert (response.status_code, response["Location"]) == (302, f"/bo-tieu-chi/{draft.pk}/")


# For several blocs


@pytest.fixture
def neighbours(world: World) -> dict[str, BlocYear]:
    """Bloc-years of the same council: a free one, one with a sent sheet, one handed over; and one elsewhere."""
    made = {
        name: BlocYearFactory(bloc=BlocFactory(council=world.council, name=f"Khối {name}"), state=state)
        for name, state in (("trống", "running"), ("đã gửi", "scoring"), ("đã xong", "handed_over"))
    }
    ScoreSheetFactory(bloc_year=made["đã gửi"], agency=world.syt, state="submitted")
    return made


def test_the_standing_body_applies_a_set_to_its_blocs(
    client: Client, world: World, in_force: CriteriaSet, neighbours: dict[str, BlocYear]
) -> None:
    url = f"/bo-tieu-chi/{in_force.pk}/ap-dung/"
    free, sent = neighbours["trống"], neighbours["đã gửi"]
    client.force_login(world.person("standing"))

    page = page_of(client, url)
    nothing = client.post(url, {})
    done = client.post(url, {"years": [str(free.pk)]})

    assert f'value="{free.pk}"' in page
    assert f'value="{sent.pk}"' not in page
    assert "Đã có đơn vị gửi phiếu chấm" in page
    assert "Khối đã xong" not in page
    assert "Hãy chọn ít nhất một khối." in nothing.content.decode()
    assert done.status_code == 302
    copy = CriteriaSet.objects.get(bloc_year=free)
    assert (copy.state, copy.based_on, codes(copy)) == ("draft", in_force, codes(in_force))
    assert audit.entries_of(in_force).get(action="Áp dụng cho khối khác").after == {"bloc_years": [str(free)]}


def test_a_secretariat_reaches_only_the_years_that_it_runs(
    client: Client, world: World, in_force: CriteriaSet, neighbours: dict[str, BlocYear]
) -> None:
    own = BlocYearFactory(bloc=BlocFactory(council=world.council), state="running")
    MembershipFactory(bloc_year=own, agency=world.stttt, role="head")
    AppointmentFactory(user=world.person("secretary"), agency=world.stttt, duty="leader")
    url = f"/bo-tieu-chi/{in_force.pk}/ap-dung/"
    client.force_login(world.person("secretary"))

    offered = [target.bloc_year for target in targets_for(in_force, world.person("secretary"))]
    forged = client.post(url, {"years": [str(neighbours["trống"].pk)]})

    assert offered == [own]
    assert "không thuộc phạm vi bạn phụ trách" in forged.content.decode()
    with pytest.raises(TransitionRefused, match="không thuộc phạm vi bạn phụ trách"):
        share_set(in_force, bloc_year_ids=[own.pk, neighbours["trống"].pk], actor=world.person("secretary"))
    assert not CriteriaSet.objects.filter(bloc_year__in=[own, neighbours["trống"]]).exists()
    client.force_login(world.person("officer"))
    assert client.post(url, {"years": [str(own.pk)]}).status_code == 403


def test_a_second_click_and_a_sent_year_are_passed_over(
    world: World, in_force: CriteriaSet, neighbours: dict[str, BlocYear]
) -> None:
    actor = world.person("standing")
    chosen = [neighbours["trống"].pk, neighbours["đã gửi"].pk]

    first = share_set(in_force, bloc_year_ids=chosen, actor=actor)
    second = share_set(in_force, bloc_year_ids=chosen, actor=actor)

    assert [copy.bloc_year for copy in first.made] == [neighbours["trống"]]
    assert [target.bloc_year for target in first.skipped] == [neighbours["đã gửi"]]
    assert (second.made, len(second.skipped)) == ((), 2)


def test_a_draft_is_not_shared(world: World, draft: CriteriaSet, neighbours: dict[str, BlocYear]) -> None:
    with pytest.raises(TransitionRefused, match="Hãy đưa vào áp dụng trước"):
        share_set(draft, bloc_year_ids=[neighbours["trống"].pk], actor=world.person("standing"))


def test_a_replaced_version_is_not_shared(
    world: World, draft: CriteriaSet, in_force: CriteriaSet, neighbours: dict[str, BlocYear]
) -> None:
    CriteriaSet.objects.filter(pk=draft.pk).update(state="locked")
    draft.refresh_from_db()

    with pytest.raises(TransitionRefused, match="Phiên bản này đã được thay"):
        share_set(draft, bloc_year_ids=[neighbours["trống"].pk], actor=world.person("standing"))


# The rules of a year


def test_a_year_without_rules_has_the_defaults(world: World) -> None:
    rules = rules_of(world.year)

    assert (rules.pk, rules.closes_on_due, rules.explanation_days, rules.difference_percent) == (None, True, 5, 10)
    assert (rules.poll_threshold, rules.poll_quorum, rules.poll_rounds, rules.recused_in_base) == (None, None, 2, True)


RULES = {
    "closes_on_due": "on",
    "explanation_days": "7",
    "difference_percent": "10",
    "poll_threshold": "80",
    "poll_quorum": "",
    "poll_rounds": "2",
    "recused_in_base": "on",
    "basis": "Quy chế khối, Điều 9",
}


def test_the_secretariat_sets_the_rules_on_a_page(client: Client, world: World) -> None:
    url = f"/khoi/{world.year.pk}/quy-dinh-cham-diem/"
    client.force_login(world.person("secretary"))

    refused = client.post(url, RULES | {"basis": ""})
    saved = client.post(url, RULES)
    again = client.post(url, RULES)

    assert "Hãy ghi căn cứ" in refused.content.decode()
    assert (saved.status_code, again.status_code) == (302, 302)
    rules = rules_of(world.year)
    assert (rules.explanation_days, rules.poll_threshold, rules.basis) == (7, 80, "Quy chế khối, Điều 9")
    entry = audit.entries_of(world.year).get(action="Sửa quy định chấm điểm, bỏ phiếu")
    assert entry.after == {"explanation_days": 7, "poll_threshold": 80, "basis": "Quy chế khối, Điều 9"}
    client.force_login(world.person("officer"))
    assert client.post(url, RULES | {"explanation_days": "1"}).status_code == 403
    assert rules_of(world.year).explanation_days == 7


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"poll_threshold": 101}, "phải nằm trong khoảng từ 1 đến 100"),
        ({"difference_percent": 0}, "phải nằm trong khoảng từ 1 đến 100"),
        ({"poll_rounds": 0}, "từ 1 đến 5"),
        ({"explanation_days": 0}, "ít nhất 1 ngày"),
    ],
)
def test_rules_that_cannot_be_kept_are_refused(world: World, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        change_rules(world.year, values=values | {"basis": "x"}, actor=None)

    assert not YearRules.objects.exists()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {
                "kind": "choice",
                "options": {"levels": [{"name": "A", "points": 7.5}, {"name": "C", "points": 0, "voids": True}]},
            },
            "các mức A: 7,5 điểm; C: 0 điểm, mất toàn tiêu chí",
        ),
        ({"kind": "count", "options": {"per": 2}}, "mỗi lần 2 điểm"),
        ({"kind": "quantitative", "formula": "rate"}, "làm tròn đến bước 0,25 điểm"),
        (
            {"kind": "quantitative", "formula": "proportional-with-surplus", "options": {"surplus_cap": 15}},
            "vượt kế hoạch được thưởng tối đa 15% điểm của tiêu chí, cả bảng tối đa 20 điểm",
        ),
        (
            {"kind": "deduction", "options": {"from": "lateness", "bands": [[5, 5], [10, 10]]}},
            "chậm từ 5 ngày: 5 điểm; chậm từ 10 ngày: 10 điểm",
        ),
        (
            {"kind": "deduction", "options": {"sanction": "down1", "bars": ["flag", "certificate"]}},
            "hạ một mức · không xét Cờ, Bằng khen",
        ),
        ({"kind": "judged", "floor_percent": D(70)}, "mức sàn 70%"),
        ({"kind": "judged", "appraised_by": "standing"}, "Cơ quan thường trực Hội đồng thẩm định"),
    ],
)
def test_every_rule_of_a_criterion_is_told_in_words(
    client: Client, world: World, draft: CriteriaSet, values: dict[str, Any], told: str
) -> None:
    CriterionFactory(criteria_set=draft, code="Z", max_points=20, **values)
    client.force_login(world.person("secretary"))

    page = page_of(client, f"/khoi/{world.year.pk}/tieu-chi/")

    assert told in page
