"""The page of the consolidated table: what each reader sees, chooses and downloads."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from blocs.models import BlocYear
from scoring.domain.disqualifying import disqualify
from scoring.domain.standing import lock_standing, reopen_standing
from scoring.models import CriteriaSet, Criterion, Evidence, LockedStanding
from tests.factories import CriterionFactory
from tests.scoring_world import Scores, build_scores
from tests.world import World

D = Decimal


@pytest.fixture
def scores(world: World) -> Scores:
    return build_scores(world)


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def page(client: Client, scores: Scores, name: str = "secretary", query: str = "") -> Any:
    response = sign_in(client, scores.world, name).get(f"/khoi/{scores.world.year.pk}/bang-diem/{query}")
    assert response.status_code == 200
    return lxml.html.fromstring(response.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def within(tree: Any, name: str, path: str) -> list[Any]:
    """The elements at ``path`` below those of the class ``name``."""
    found: list[Any] = tree.xpath(f'//*[contains(concat(" ", normalize-space(@class), " "), " {name} ")]//{path}')
    return found


def line(tree: Any, code: str) -> list[str]:
    """The cells of one criterion, without its name."""
    (found,) = [row for row in within(tree, "board-table", "tbody//tr") if words(row[0]).startswith(f"{code}. ")]
    return [words(cell) for cell in found[1:]]


def book(client: Client, scores: Scores, name: str = "secretary") -> Workbook:
    response = sign_in(client, scores.world, name).get(f"/khoi/{scores.world.year.pk}/bang-diem/?xuat=xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    return load_workbook(BytesIO(response.content))


def publish(scores: Scores) -> None:
    BlocYear.objects.filter(pk=scores.world.year.pk).update(scores_published_at="2020-12-20T08:00:00Z")


def test_every_criterion_of_every_unit_stands_on_the_page(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, D("44.25"))
    scores.filled(scores.world.sgddt, 50)

    tree = page(client, scores)

    heads = [words(cell) for cell in within(tree, "board-table", "thead//th")[:4]]
    assert heads == ["Tiêu chí", "Tối đa", scores.world.sgddt.label, scores.world.syt.label]
    assert line(tree, "A1") == ["50", "50", "44,25 ≠lệch nhau"]
    assert line(tree, "A") == ["100", "85", "79,25"]
    assert line(tree, "T") == ["10", "–", "–"]
    assert [words(each) for each in within(tree, "board-scroll", "summary")] == [
        f"A. {scores.criteria['A'].name} (1 ô chênh lệch)",
        "Tiêu chí ngoài các nhóm",
    ]


def test_another_column_is_shown_when_asked_for_and_a_made_up_one_is_not(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)
    scores.filled(scores.world.sgddt, 50)

    assert line(page(client, scores, query="?cot=self"), "A1") == ["50", "50", "50 ≠lệch nhau"]
    assert line(page(client, scores, query="?cot=cross"), "A1") == ["50", "–", "– ≠lệch nhau"]
    assert line(page(client, scores, query="?cot=reason"), "A1") == ["50", "50", "44 ≠lệch nhau"]


def test_the_filter_leaves_only_lines_that_differ_with_all_columns(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)
    scores.filled(scores.world.sgddt, 50)

    tree = page(client, scores, query="?chenh-lech=1")

    assert len(within(tree, "board-table", "tbody//tr")) == 1
    assert line(tree, "A1") == ["50", "50", "44 ≠TC 50 CC – TĐ 44 TN 44"]


def test_without_any_large_difference_the_filter_says_so(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, 49)
    scores.filled(scores.world.sgddt, 50)

    tree = page(client, scores, query="?chenh-lech=1")

    assert "Không có dòng nào chênh lệch từ 10% điểm tối đa trở lên." in words(tree)


def test_one_unit_at_a_time_shows_its_columns_side_by_side(client: Client, scores: Scores) -> None:
    sheet = scores.filled(scores.world.syt, 44)
    scores.filled(scores.world.sgddt, 50)

    tree = page(client, scores, query=f"?don-vi={sheet.pk}")

    (row,) = [each for each in within(tree, "board-unit", "tr[@class='leaf']") if words(each[0]).startswith("A1. ")]
    assert [words(cell) for cell in row[1:]] == ["50", "50", "–", "44", "44", "44 ≠ các cột lệch nhau"]
    assert within(tree, "board-table", "tr") == []


@pytest.mark.parametrize("query", ["?don-vi=x", "?don-vi=999999", "?don-vi=", "?cot=%00", "?don-vi=0&cot=agreed&gon=1"])
def test_an_odd_choice_still_answers_with_the_whole_table(client: Client, scores: Scores, query: str) -> None:
    scores.filled(scores.world.syt, 44)
    scores.filled(scores.world.sgddt, 50)

    assert line(page(client, scores, query=query), "A3")[0] == "20"


def test_groups_are_open_until_they_are_folded(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)
    scores.filled(scores.world.sgddt, 44)

    unfolded, folded = page(client, scores), page(client, scores, query="?gon=1")

    assert [each.get("open") for each in within(unfolded, "board-scroll", "details")] == ["", ""]
    assert [each.get("open") for each in within(folded, "board-scroll", "details")] == [None, None]


def test_what_people_typed_is_text_and_never_markup(client: Client, scores: Scores) -> None:
    Criterion.objects.filter(pk=scores.criteria["A1"].pk).update(name='<script>alert(1)</script> & "nguy"')
    scores.filled(scores.world.syt, 44)
    scores.filled(scores.world.sgddt, 44)

    tree = page(client, scores)

    assert [each for each in tree.xpath("//script") if "alert" in (each.text or "")] == []
    assert 'A1. <script>alert(1)</script> & "nguy"' in words(tree)


def test_members_see_one_column_before_publication_and_no_rank(client: Client, scores: Scores) -> None:
    own = scores.filled(scores.world.syt, 44, state="submitted")
    other = scores.filled(scores.world.sgddt, D("31.37"), state="submitted")

    before = page(client, scores, "officer", f"?don-vi={other.pk}&chenh-lech=1")
    publish(scores)
    after = page(client, scores, "officer")

    assert "31,37" not in words(before)
    assert [each.get("href") for each in within(before, "board-results", "tbody//th//a")] == [f"/phieu-cham/{own.pk}/"]
    assert "Hạng" not in words(within(before, "board-results", "thead")[0])
    assert line(after, "A1") == ["50", "44 ≠lệch nhau", "31,37 ≠lệch nhau"]


def test_drafts_of_others_stand_in_no_cell(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.sldtbxh, D("31.37"), state="draft")
    scores.filled(scores.world.syt, 44)
    publish(scores)

    for name in ("secretary", "standing", "observer", "officer"):
        assert "31,37" not in words(page(client, scores, name))
        assert scores.world.sldtbxh.name not in str([list(sheet.values) for sheet in book(client, scores, name)])


@pytest.mark.parametrize(
    ("name", "told"), [("secretary", True), ("standing", True), ("officer", False), ("observer", False)]
)
def test_who_runs_the_bloc_reads_who_is_behind(client: Client, scores: Scores, name: str, told: bool) -> None:
    scores.filled(scores.world.syt, 44, state="submitted")
    publish(scores)

    assert ("Chưa thẩm định xong (1)" in words(page(client, scores, name))) is told


def test_grades_and_tie_breaks_are_shown(client: Client, scores: Scores) -> None:
    CriteriaSet.objects.filter(pk=scores.criteria_set.pk).update(
        tie_break=["bonus"], grading={"of": "percent", "bands": [{"name": "Hoàn thành tốt", "from": 80}]}
    )
    first = scores.filled(scores.world.syt, 45)
    scores.line(first, "T", self_points=5, agreed_points=5)
    scores.filled(scores.world.sgddt, 50)
    disqualify(scores.filled(scores.world.stttt, 10), reason="Có đơn thư đang xác minh", actor=None)

    rows = [words(row) for row in within(page(client, scores), "board-results", "tbody//tr")]

    assert [row.split()[0] for row in rows] == ["1", "2", "–"]
    assert "Hoàn thành tốt" in rows[0]
    assert "phân hạng theo điểm thưởng" in rows[0]
    assert "Không xét suy tôn: Có đơn thư đang xác minh" in rows[2]


def test_a_locked_ranking_is_named_and_shows_the_same_numbers(client: Client, scores: Scores) -> None:
    world = scores.world
    for place, agency in enumerate((world.stttt, world.sgddt, world.syt, world.sldtbxh)):
        scores.filled(agency, 40 + place)
    before = within(page(client, scores), "board-results", "tbody")[0]

    locked = lock_standing(world.year, actor=world.person("secretary"))
    after = page(client, scores)
    link = after.xpath(f'//a[@href="{locked.get_absolute_url()}"]')

    assert words(link[0]).startswith("phiên bản 1 lúc ")
    assert words(within(after, "board-results", "tbody")[0]).replace("Tạm tính. ", "") == words(before)
    assert "tạm tính" not in words(within(after, "board-scroll", "table")[0])
    reopen_standing(LockedStanding.objects.get(), reason="Bổ sung minh chứng", actor=world.person("secretary"))
    assert page(client, scores).xpath(f'//a[@href="{locked.get_absolute_url()}"]') == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?cot=self", "?chenh-lech=1", "?xuat=xlsx"])
def test_queries_do_not_grow_with_units(
    client: Client, scores: Scores, django_assert_num_queries: Any, count: int, query: str
) -> None:
    for agency in (scores.world.syt, scores.world.sldtbxh, scores.world.sgddt)[:count]:
        scores.filled(agency, 44, state="submitted")
    sign_in(client, scores.world, "secretary")

    with django_assert_num_queries(13 if "xuat" in query else 14):
        assert client.get(f"/khoi/{scores.world.year.pk}/bang-diem/{query}").status_code == 200


def widen(scores: Scores) -> None:
    """Twenty criteria more: too many to stand side by side."""
    for number in range(20):
        CriterionFactory(
            criteria_set=scores.criteria_set,
            parent=scores.criteria["A"],
            code=f"B{number}",
            max_points=0,
            position=number,
        )


def test_few_criteria_stand_side_by_side_in_the_workbook(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, D("44.25"))

    rows = list(book(client, scores)["Bảng điểm"].iter_rows(values_only=True))

    assert rows[2][:3] == (
        "Đơn vị",
        f"A. {scores.criteria['A'].name} (tối đa 100)",
        f"A1. {scores.criteria['A1'].name} (tối đa 50)",
    )
    assert rows[3][:4] == (scores.world.syt.name, 79.25, 44.25, 5)
    assert len(rows) == 4


def test_many_criteria_become_rows_of_an_a4_landscape_page(client: Client, scores: Scores) -> None:
    widen(scores)
    sheet = scores.filled(scores.world.syt, D("44.25"))
    scores.line(sheet, "P", assigned=False)

    made = book(client, scores)["Bảng điểm"]

    rows = {row[1]: row for row in made.iter_rows(min_row=3, values_only=True)}
    assert rows["Tiêu chí"] == ("Mã", "Tiêu chí", "Tối đa", scores.world.syt.name)
    assert rows[scores.criteria["A1"].name] == ("A1", scores.criteria["A1"].name, 50, 44.25)
    assert rows[scores.criteria["P"].name][3] == "KG"
    assert (made.freeze_panes, made.print_title_rows, made.print_title_cols) == ("D4", "$3:$3", "$A:$C")
    assert (made.page_setup.orientation, made.page_setup.paperSize, made.page_setup.fitToWidth) == ("landscape", 9, 1)
    assert made.page_setup.fitToHeight == 0
    assert made.print_area.endswith(f"$A$1:$D${made.max_row}")


def test_the_second_sheet_holds_every_line_with_all_columns_and_reasons(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt)
    scores.line(
        sheet, "A1", self_points=50, cross_points=49, appraised_points=44, appraisal_reason="=HYPERLINK(\"x\")",
        explanation="=1+1\x0b",
    )  # fmt: skip

    made = book(client, scores)["Tất cả các cột"]

    first = dict(zip([cell.value for cell in made[1]], made[2], strict=True))
    assert [first[name].value for name in ("Tự chấm", "Chấm chéo", "Thẩm định", "Thống nhất", "Chính thức")] == [
        50, 49, 44, None, 44,
    ]  # fmt: skip
    assert (first["Lấy từ cột"].value, first["Chênh lệch lớn"].value) == ("Thẩm định", "Có")
    assert first["Lý do chênh lệch"].value == 'Thẩm định: =HYPERLINK("x")'
    explained = first["Thuyết minh, minh chứng"]
    assert (explained.value, explained.data_type, explained.quotePrefix) == ("=1+1", "s", True)
    assert made.max_row == 1 + 7


def test_the_workbook_holds_only_what_its_reader_may_see(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, 44, state="submitted")
    scores.filled(scores.world.sgddt, D("31.37"), state="submitted")

    mine = book(client, scores, "officer")

    cells = [value for sheet in mine for row in sheet.iter_rows(values_only=True) for value in row]
    assert scores.world.sgddt.name not in cells
    assert 31.37 not in cells
    assert "Hạng" not in cells
    assert scores.world.syt.name in cells


def test_a_stranger_gets_neither_page_nor_workbook(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)
    publish(scores)
    sign_in(client, scores.world, "stranger")

    for query in ("", "?xuat=xlsx", "?chenh-lech=1"):
        assert client.get(f"/khoi/{scores.world.year.pk}/bang-diem/{query}").status_code == 404


def test_the_workbook_names_explanation_and_evidence_of_each_line(client: Client, scores: Scores) -> None:
    sheet = scores.sheet(scores.world.syt, "submitted")
    scores.line(sheet, "A1", self_points=50, explanation="Đủ hồ sơ")
    for title, code in (("Quyết định 12", "A1"), ("Ảnh hội nghị", "A1"), ("Danh sách", "A4")):
        Evidence.objects.create(sheet=sheet, criterion=scores.criteria[code], title=title, url="https://vi.du.vn/")

    made = book(client, scores)["Tất cả các cột"]

    told = {row[1]: row[17] for row in made.iter_rows(min_row=2, values_only=True)}
    assert (told["A1"], told["A4"]) == ("Đủ hồ sơ\nMinh chứng: Quyết định 12; Ảnh hội nghị", "Minh chứng: Danh sách")
    assert told["A2"] is None


def test_sheets_are_made_only_while_a_member_has_none_and_nothing_is_locked(client: Client, scores: Scores) -> None:
    members = [each.agency for each in scores.world.year.memberships.all()]
    for agency in members[1:]:
        scores.filled(agency, 44)
    action = reverse("scoring:sheets-open", args=[scores.world.year.pk])
    path = f'//form[@action="{action}"]'

    lacking = page(client, scores).xpath(path)
    scores.criteria_set.state = "locked"
    scores.criteria_set.save()
    locked = page(client, scores).xpath(path)
    scores.criteria_set.state = "open"
    scores.criteria_set.save()
    scores.sheet(members[0], "draft")
    complete = page(client, scores).xpath(path)

    assert (len(lacking), locked, complete) == (1, [], [])


def test_percents_have_one_form_and_a_unit_its_room(client: Client, scores: Scores) -> None:
    scores.filled(scores.world.syt, 44)

    text = words(page(client, scores)).replace("«%»", "")

    assert " %" not in text
    assert re.search(r"\d%", text)
