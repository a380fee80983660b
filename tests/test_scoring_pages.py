"""Pages of scoring: who sees what, what is refused, what is kept."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.domain.audit import entries_of
from blocs.models import BlocYear
from scoring.models import CriteriaSet, Criterion, Poll, Proposal, ScoreLine, ScoreSheet, outcome_visible
from tests.factories import (
    CriteriaSetFactory,
    CriterionFactory,
    ProposalFactory,
    ScoreLineFactory,
    ScoreSheetFactory,
)
from tests.world import PERSONAS, World

SEES_THE_YEAR = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


@pytest.fixture
def criteria_set(world: World) -> CriteriaSet:
    """60 points judged in a group, 40 quantitative: A1, A2 (choice), B1."""
    made: CriteriaSet = CriteriaSetFactory(bloc_year=world.year, scale=100)
    group = CriterionFactory(criteria_set=made, code="A", name="Nhóm A", kind="group", max_points=60, position=0)
    CriterionFactory(criteria_set=made, parent=group, code="A1", max_points=50, position=0)
    CriterionFactory(
        criteria_set=made,
        parent=group,
        code="A2",
        kind="choice",
        max_points=10,
        position=1,
        options={"levels": {"Tốt": 10, "Khá": 7}},
    )
    CriterionFactory(
        criteria_set=made, code="B1", kind="quantitative", formula="proportional", max_points=40, position=1
    )
    return made


@pytest.fixture
def sheet(world: World, criteria_set: CriteriaSet) -> ScoreSheet:
    made: ScoreSheet = ScoreSheetFactory(bloc_year=world.year, criteria_set=criteria_set, agency=world.syt)
    return made


def posted(sheet: ScoreSheet, **cells: str) -> dict[str, str]:
    """A post of every line of the sheet with ``cells`` named code_field."""
    data = {"version": str(sheet.version)}
    for criterion in sheet.criteria_set.criteria.exclude(kind="group"):
        data[f"c{criterion.pk}"] = "1"
        for key, value in cells.items():
            code, _, name = key.partition("_")
            if code == criterion.code:
                data[f"c{criterion.pk}-{name}"] = value
    return data


@pytest.mark.parametrize("name", PERSONAS)
@pytest.mark.parametrize("page", ["tieu-chi", "bang-diem", "de-nghi"])
def test_rooms_open_for_those_who_see_the_year(
    client: Client, world: World, criteria_set: CriteriaSet, name: str, page: str
) -> None:
    response = sign_in(client, world, name).get(f"/khoi/{world.year.pk}/{page}/")

    assert response.status_code == (200 if name in SEES_THE_YEAR else 404)


@pytest.mark.parametrize(
    ("state", "published", "seen"),
    [
        ("draft", False, {"officer", "leader"}),
        ("submitted", False, {"officer", "leader", "secretary", "head_leader", "standing", "observer"}),
        ("agreed", True, SEES_THE_YEAR),
    ],
)
def test_a_sheet_is_seen_step_by_step(
    client: Client, world: World, sheet: ScoreSheet, state: str, published: bool, seen: set[str]
) -> None:
    ScoreSheet.objects.filter(pk=sheet.pk).update(state=state)
    if published:
        BlocYear.objects.filter(pk=world.year.pk).update(scores_published_at="2020-12-20T08:00:00Z")

    opened = {
        name for name in PERSONAS if sign_in(client, world, name).get(f"/phieu-cham/{sheet.pk}/").status_code == 200
    }

    assert opened == seen


def test_the_heads_own_sheet_goes_to_its_deputy(client: Client, world: World, criteria_set: CriteriaSet) -> None:
    own = ScoreSheetFactory(bloc_year=world.year, criteria_set=criteria_set, agency=world.stttt, state="submitted")
    url = f"/phieu-cham/{own.pk}/"

    as_head = sign_in(client, world, "secretary").get(url).content.decode()
    as_deputy = sign_in(client, world, "deputy_officer").get(url).content.decode()

    assert "Lưu phiếu" not in as_head
    assert "Lưu phiếu" in as_deputy


def test_an_officer_saves_points_with_comma_and_point(client: Client, world: World, sheet: ScoreSheet) -> None:
    ScoreLineFactory(sheet=sheet, criterion=Criterion.objects.get(code="B1"), plan=100)
    sign_in(client, world, "officer")

    response = client.post(
        f"/phieu-cham/{sheet.pk}/", posted(sheet, A1_self_points="45,5", A2_level="Tốt", B1_actual="87.5")
    )

    assert response.status_code == 302
    values = {line.criterion.code: line for line in ScoreLine.objects.select_related("criterion")}
    assert values["A1"].self_points == Decimal("45.5")
    assert values["A2"].level == "Tốt"
    assert values["B1"].actual == Decimal("87.5")
    entry = entries_of(sheet).first()
    assert entry is not None
    assert entry.after["A1.self_points"] == "45.5"
    page = client.get(f"/phieu-cham/{sheet.pk}/").content.decode()
    assert 'đã chấm <span data-sheet="progress">3/3 tiêu chí</span>' in page
    assert "90,5" in page  # 45,5 + 10 + 35 on a scale of 100


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"A1_self_points": "50,01"}, "50"),
        ({"A1_self_points": "-1"}, "A1"),
        ({"A1_self_points": "mười"}, "không phải là số"),
        ({"A2_level": "Giỏi"}, "không có trong tiêu chí này"),
        ({"B1_plan": "1e9"}, "không phải là số"),
    ],
)
def test_a_bad_cell_is_refused_in_a_sentence_and_kept(
    client: Client, world: World, sheet: ScoreSheet, cells: dict[str, str], sentence: str
) -> None:
    response = sign_in(client, world, "officer").post(
        f"/phieu-cham/{sheet.pk}/", posted(sheet, A1_explanation="Có 12 minh chứng", **cells)
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "Có 12 minh chứng" in page
    assert not ScoreLine.objects.exists()


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(
    client: Client, world: World, sheet: ScoreSheet
) -> None:
    sign_in(client, world, "officer")
    first = posted(sheet, A1_self_points="40")
    second = posted(sheet, A1_self_points="41")

    client.post(f"/phieu-cham/{sheet.pk}/", first)
    response = client.post(f"/phieu-cham/{sheet.pk}/", second)

    assert response.status_code == 409
    assert "đã sửa tiêu chí A1" in response.content.decode()
    assert 'value="41"' in response.content.decode()
    assert "Bản đang lưu: tự chấm 40." in response.content.decode()
    assert ScoreLine.objects.get(criterion__code="A1").self_points == 40


def test_a_forged_criterion_of_another_bloc_changes_nothing(client: Client, world: World, sheet: ScoreSheet) -> None:
    foreign = CriterionFactory(criteria_set=CriteriaSetFactory(bloc_year=world.other_year), code="X")

    sign_in(client, world, "officer").post(
        f"/phieu-cham/{sheet.pk}/", {"version": "0", f"c{foreign.pk}": "1", f"c{foreign.pk}-self_points": "9"}
    )

    assert not ScoreLine.objects.exists()


def test_only_who_signs_for_the_agency_sends_the_sheet(client: Client, world: World, sheet: ScoreSheet) -> None:
    for criterion in sheet.criteria_set.criteria.exclude(kind="group"):
        ScoreLineFactory(sheet=sheet, criterion=criterion, self_points=5, plan=1, actual=1, level="Tốt")
    url = f"/phieu-cham/{sheet.pk}/thuc-hien/"

    assert sign_in(client, world, "officer").post(url, {"transition": "submit"}).status_code == 403
    assert sign_in(client, world, "secretary").post(url, {"transition": "submit"}).status_code == 404
    sign_in(client, world, "leader").post(url, {"transition": "submit"})

    sheet.refresh_from_db()
    assert sheet.state == "submitted"
    assert sheet.submitted_at is not None


def test_an_unfinished_sheet_is_not_sent(client: Client, world: World, sheet: ScoreSheet) -> None:
    for criterion in sheet.criteria_set.criteria.filter(kind="quantitative"):
        ScoreLineFactory(sheet=sheet, criterion=criterion, plan=100)
    response = sign_in(client, world, "leader").post(
        f"/phieu-cham/{sheet.pk}/thuc-hien/", {"transition": "submit"}, follow=True
    )

    assert "Còn 3 tiêu chí chưa có điểm tự chấm: A1, A2, B1." in response.content.decode()
    assert ScoreSheet.objects.get(pk=sheet.pk).state == "draft"


def test_appraisal_needs_a_reason_where_it_differs(client: Client, world: World, sheet: ScoreSheet) -> None:
    line = ScoreLineFactory(sheet=sheet, criterion=Criterion.objects.get(code="A1"), self_points=50)
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="submitted")
    sign_in(client, world, "secretary")

    refused = client.post(f"/phieu-cham/{sheet.pk}/", posted(sheet, A1_appraised_points="48"))
    client.post(
        f"/phieu-cham/{sheet.pk}/", posted(sheet, A1_appraised_points="48", A1_appraisal_reason="Thiếu minh chứng")
    )

    assert "Hãy ghi lý do chênh lệch" in refused.content.decode()
    line.refresh_from_db()
    assert (line.appraised_points, line.appraisal_reason, line.self_points) == (48, "Thiếu minh chứng", 50)


def test_an_officer_cannot_write_after_sending(client: Client, world: World, sheet: ScoreSheet) -> None:
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="submitted")

    response = sign_in(client, world, "officer").post(f"/phieu-cham/{sheet.pk}/", posted(sheet, A1_self_points="1"))

    assert response.status_code == 403
    assert not ScoreLine.objects.exists()


def test_members_see_only_their_own_row_before_publication(client: Client, world: World, sheet: ScoreSheet) -> None:
    ScoreSheetFactory(bloc_year=world.year, criteria_set=sheet.criteria_set, agency=world.sldtbxh, state="submitted")
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="submitted")
    url = f"/khoi/{world.year.pk}/bang-diem/"

    before = sign_in(client, world, "officer").get(url).content.decode()
    sign_in(client, world, "secretary").post(f"{url}cong-bo/", {"van-cong-bo": "1"})
    after = sign_in(client, world, "officer").get(url).content.decode()

    assert "Sở Lao động" not in before
    assert "Sở Lao động" in after
    assert sign_in(client, world, "officer").post(f"{url}cong-bo/").status_code == 403


def test_sheets_are_made_once_for_each_member(client: Client, world: World, criteria_set: CriteriaSet) -> None:
    url = f"/khoi/{world.year.pk}/bang-diem/lap-phieu/"
    sign_in(client, world, "secretary")

    client.post(url)
    client.post(url)

    assert ScoreSheet.objects.filter(bloc_year=world.year).count() == 4
    assert sign_in(client, world, "officer").post(url).status_code == 403


@pytest.mark.parametrize("source", ["example-1000", "example-100"])
def test_a_set_begun_from_an_example_is_sound(client: Client, world: World, source: str) -> None:
    sign_in(client, world, "secretary")

    client.post(f"/khoi/{world.year.pk}/tieu-chi/lap/", {"source": source})
    client.post(f"/khoi/{world.year.pk}/tieu-chi/thuc-hien/", {"transition": "open"})

    assert CriteriaSet.objects.get(bloc_year=world.year).state == "open"


def test_a_draft_set_is_edited_and_members_do_not_see_it(client: Client, world: World) -> None:
    sign_in(client, world, "secretary")
    client.post(f"/khoi/{world.year.pk}/tieu-chi/lap/", {"source": "empty"})
    made = CriteriaSet.objects.get(bloc_year=world.year)
    url = f"/bo-tieu-chi/{made.pk}/them/"
    base = {"code": "A", "kind": "judged", "formula": "", "options": ""}

    client.post(url, base | {"name": "Hoàn thành nhiệm vụ", "max_points": "99,5"})
    wrong = client.post(url, base | {"name": "Trùng mã", "max_points": "1"}).content.decode()

    assert Criterion.objects.get(criteria_set=made).max_points == Decimal("99.5")
    assert "Mã «A» đã có trong bảng" in wrong
    assert "Trùng mã" in wrong
    page = client.get(f"/khoi/{world.year.pk}/tieu-chi/").content.decode()
    assert "1000" in page
    assert (
        "Hoàn thành nhiệm vụ"
        not in sign_in(client, world, "officer").get(f"/khoi/{world.year.pk}/tieu-chi/").content.decode()
    )
    assert sign_in(client, world, "officer").get(url).status_code == 404


def test_an_unsound_set_cannot_be_opened(client: Client, world: World) -> None:
    made = CriteriaSetFactory(bloc_year=world.year, state="draft", scale=100)
    CriterionFactory(criteria_set=made, code="A", max_points=99)

    sign_in(client, world, "secretary").post(f"/khoi/{world.year.pk}/tieu-chi/thuc-hien/", {"transition": "open"})

    made.refresh_from_db()
    assert made.state == "draft"


def test_one_unit_never_carries_both_flags(client: Client, world: World) -> None:
    url = f"/khoi/{world.year.pk}/de-nghi/them/"
    sign_in(client, world, "secretary")

    client.post(url, {"award": "co-chinh-phu", "agency": world.syt.pk, "reason": ""})
    refused = client.post(url, {"award": "co-tinh", "agency": world.syt.pk, "reason": "vẫn muốn"})

    assert "không được đề nghị đồng thời" in refused.content.decode()
    assert [proposal.award for proposal in Proposal.objects.all()] == ["co-chinh-phu"]
    assert sign_in(client, world, "officer").get(url).status_code == 403
    assert sign_in(client, world, "stranger").get(url).status_code == 404


def test_withdrawing_a_proposal_asks_for_a_reason(client: Client, world: World) -> None:
    proposal = ProposalFactory(bloc_year=world.year, agency=world.syt)
    url = f"/de-nghi/{proposal.pk}/rut/"
    sign_in(client, world, "secretary")

    client.post(url, {"reason": ""})
    assert Proposal.objects.exists()
    client.post(url, {"reason": "Đơn vị xin rút"})

    assert not Proposal.objects.exists()
    assert sign_in(client, world, "officer").get(url).status_code == 404


def test_proposals_are_hidden_from_members_until_the_year_is_concluded(client: Client, world: World) -> None:
    ProposalFactory(bloc_year=world.year, agency=world.sldtbxh)
    url = f"/khoi/{world.year.pk}/de-nghi/"

    before = sign_in(client, world, "officer").get(url).content.decode()
    BlocYear.objects.filter(pk=world.year.pk).update(state="concluded")
    after = sign_in(client, world, "officer").get(url).content.decode()

    assert "Sở Lao động" not in before
    assert "Sở Lao động" in after


def test_counted_votes_are_checked_and_shown(client: Client, world: World) -> None:
    url = f"/khoi/{world.year.pk}/bo-phieu/ghi-ket-qua/"
    data: dict[str, Any] = {
        "award": "co-tinh", "round": 1, "mode": "secret", "base": "members", "threshold": 80,
        "eligible": 4, "present": 4, "cast": 4, "invalid": 0, f"votes_{world.syt.pk}": 5,
    }  # fmt: skip
    sign_in(client, world, "secretary")

    refused = client.post(url, data)
    client.post(url, data | {f"votes_{world.syt.pk}": 4})

    assert refused.status_code == 200
    assert Poll.objects.get().tallies.get().votes == 4
    assert "đạt" in client.get(f"/khoi/{world.year.pk}/de-nghi/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_sheets(
    client: Client, world: World, criteria_set: CriteriaSet, django_assert_num_queries: Any, count: int
) -> None:
    for agency in (world.syt, world.sldtbxh, world.sgddt)[:count]:
        made = ScoreSheetFactory(bloc_year=world.year, criteria_set=criteria_set, agency=agency, state="submitted")
        ScoreLineFactory(sheet=made, criterion=Criterion.objects.get(code="A1"), self_points=5)
    sign_in(client, world, "secretary")

    with django_assert_num_queries(14):
        assert client.get(f"/khoi/{world.year.pk}/bang-diem/").status_code == 200
    with django_assert_num_queries(9):
        assert client.get("/cham-diem/").status_code == 200


def test_the_board_exports_without_formulas(client: Client, world: World, sheet: ScoreSheet) -> None:
    ScoreSheet.objects.filter(pk=sheet.pk).update(state="submitted")

    response = sign_in(client, world, "secretary").get(f"/khoi/{world.year.pk}/bang-diem/?xuat=xlsx")

    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response.content[:2] == b"PK"


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("name", sorted(SEES_THE_YEAR))
def test_the_board_shows_exactly_what_the_scope_shows(
    client: Client, world: World, criteria_set: CriteriaSet, name: str, published: bool
) -> None:
    for agency, state in (
        (world.stttt, "submitted"),
        (world.syt, "submitted"),
        (world.sldtbxh, "draft"),
        (world.sgddt, "draft"),
    ):
        ScoreSheetFactory(bloc_year=world.year, criteria_set=criteria_set, agency=agency, state=state)
    if published:
        BlocYear.objects.filter(pk=world.year.pk).update(scores_published_at="2020-12-20T08:00:00Z")

    context = sign_in(client, world, name).get(f"/khoi/{world.year.pk}/bang-diem/").context

    shown = {row.standing.sheet_id for row in context["rows"]} | {sheet.pk for sheet in context["pending"]}
    assert shown == set(ScoreSheet.objects.visible_to(world.person(name)).values_list("pk", flat=True))


@pytest.mark.parametrize("state", ["running", "scoring", "concluded", "handed_over"])
@pytest.mark.parametrize("name", PERSONAS)
def test_both_forms_of_the_outcomes_scope_agree(world: World, name: str, state: str) -> None:
    ProposalFactory(bloc_year=world.year, agency=world.syt)
    BlocYear.objects.filter(pk=world.year.pk).update(state=state)
    user = world.person(name)

    assert outcome_visible(user, BlocYear.objects.get(pk=world.year.pk)) is Proposal.objects.visible_to(user).exists()
