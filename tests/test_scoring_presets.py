"""Ready-made tables: their facts against their sources, that they load, compute and are offered as examples."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from accounts.domain import audit
from blocs.models import Agency, BlocYear
from scoring.domain.parts import parts_of
from scoring.domain.ranking import consolidated
from scoring.domain.ready_settings import QUOTAS, apply_hung_yen, dates_of
from scoring.domain.starting import SOURCES, start_set
from scoring.domain.tree import Node, load_tree
from scoring.domain.tree_checks import faults_of
from scoring.enums import CriterionKind, Formula
from scoring.models import CriteriaSet, ScoreLine
from scoring.presets import KEYS, preset
from tests.factories import MembershipFactory, ScoreSheetFactory
from tests.world import World

D = Decimal
COMPLETE = tuple(key for key in KEYS if key != "cum-346")


def maxima(key: str, codes: str) -> list[Decimal]:
    return [preset(key).tree.by_code[code].max_points for code in codes.split()]


def best_line(node: Node) -> dict[str, Any]:
    """What gives a unit the most at ``node``: 20 % over plan, the first level, the points themselves."""
    if node.kind == CriterionKind.QUANTITATIVE:
        return {"plan": D(100), "actual": D(80) if node.formula == Formula.INVERSE else D(120)}
    if node.kind == CriterionKind.CHOICE:
        return {"level": node.options["levels"][0]["name"]}
    if node.kind in (CriterionKind.MINUS, CriterionKind.DEDUCTION):
        return {"times": 0}
    if node.kind == CriterionKind.COUNT:
        return {"times": 100}
    return {"self_points": node.max_points}


def filled(made: CriteriaSet, agency: Agency) -> None:
    sheet = ScoreSheetFactory(bloc_year=made.bloc_year, criteria_set=made, agency=agency, state="agreed")
    lines = [
        ScoreLine(sheet=sheet, criterion_id=node.id, **best_line(node))
        for node in load_tree(made).leaves
        if node.kind != CriterionKind.DEDUCTION
    ]
    ScoreLine.objects.bulk_create(lines)


# Facts against the sources


@pytest.mark.parametrize("key", COMPLETE)
def test_every_whole_table_is_sound_as_it_stands(key: str) -> None:
    ready = preset(key)

    assert faults_of(ready.tree, scale=ready.scale, tie_break=ready.tie_break) == []


@pytest.mark.parametrize("key", KEYS)
def test_every_table_names_its_source_in_the_file(key: str) -> None:
    assert len(preset(key).source) > 20
    assert all(note.endswith(".") for note in preset(key).notes)


def test_an_unknown_table_is_not_read() -> None:
    with pytest.raises(KeyError):
        preset("../settings")


def test_cum_347_has_176_leaves_and_700_200_100() -> None:
    """Quảng Trị, cụm 347, 2025 (domain-2.md 3.2, T7): sums of groups and sub-groups, kinds of leaves."""
    tree = preset("cum-347").tree
    kinds = [leaf.kind for leaf in tree.leaves]

    assert len(tree.leaves) == 176
    assert sum(leaf.max_points for leaf in tree.leaves) == 1000
    assert maxima("cum-347", "I II III") == [700, 200, 100]
    assert maxima("cum-347", "I.1 I.2 I.3 I.4 I.5 I.6") == [200, 200, 120, 100, 40, 40]
    assert maxima("cum-347", "I.2.a I.2.b I.2.c I.2.d") == [70, 50, 30, 50]
    assert maxima("cum-347", "I.3.a I.3.b I.3.c I.3.d") == [40, 30, 30, 20]
    assert maxima("cum-347", "I.4.a I.4.b II.1 II.2 II.3 II.4 II.5") == [50, 50, 50, 50, 30, 40, 30]
    assert maxima("cum-347", "II.1.a II.1.b II.1.c II.1.d II.1.e II.1.g") == [10, 10, 15, 5, 5, 5]
    assert maxima("cum-347", "II.2.a II.2.b II.2.c II.3.a II.3.b") == [30, 10, 10, 15, 15]
    assert maxima("cum-347", "III.1 III.2 III.3 III.4") == [40, 20, 15, 25]
    assert [kinds.count(kind) for kind in ("judged", "choice", "quantitative")] == [113, 51, 12]
    assert min(leaf.max_points for leaf in tree.leaves) == D("0.5")
    assert {leaf.formula for leaf in tree.leaves if leaf.kind == "quantitative"} == {"relative-to-leader"}


def test_cum_346_is_partial_and_the_validator_says_where() -> None:
    """Quảng Trị, cụm 346, backup of 24/11/2025: 16 rows of a table of 1000 points."""
    ready = preset("cum-346")

    faults = faults_of(ready.tree, scale=ready.scale, tie_break=ready.tie_break)

    assert len(ready.parts) == 16
    assert [leaf.max_points for leaf in ready.tree.leaves] == [
        D(text) for text in ["10", "9.98", "3", "10", "5", "12.99", "13", "12", "12", "20"]
    ]
    wrong = "ghi tối đa {} điểm nhưng các tiêu chí con cộng lại được {} điểm. Hãy sửa cho khớp."
    assert faults == [
        "Nhóm A " + wrong.format(700, 400),
        "Nhóm A.I " + wrong.format(200, "19,98"),
        "Nhóm A.II " + wrong.format(200, 160),
        "Nhóm A.II.1 " + wrong.format(60, 18),
        "Nhóm A.II.2 " + wrong.format(50, "49,99"),
        "Nhóm A.II.3 " + wrong.format(50, 20),
        "Các phần của bảng cộng lại được 700 điểm, khác thang điểm 1000.",
    ]


def test_thanh_hoa_communes_carry_the_corrected_numbers() -> None:
    """Thanh Hóa 2026, draft decision (domain-2.md 3.4, T9): 20/20/20/15/10/10/5, bonus 10, deductions 20."""
    ready = preset("thanh-hoa-xa")
    tree = ready.tree

    assert maxima("thanh-hoa-xa", "I II III IV V VI VII VIII IX") == [20, 20, 20, 15, 10, 10, 5, 10, 20]
    assert maxima("thanh-hoa-xa", "VIII.1 VIII.2 VIII.3 VIII.4") == [4, 2, 2, 2]
    assert maxima("thanh-hoa-xa", "III.3 III.3.a III.3.b III.3.c") == [6, D("1.5"), D("1.5"), 3]
    assert [
        (
            code,
            tree.by_code[code].options["per"],
            tree.by_code[code].max_points,
            tree.by_code[code].options.get("sanction"),
        )
        for code in (f"IX.{n}" for n in range(1, 10))
    ] == [
        ("IX.1", 5, 5, "noXS"),
        ("IX.2", 3, 3, None),
        ("IX.3", 1, 5, None),
        ("IX.4", 5, 5, None),
        ("IX.5", 1, 5, None),
        ("IX.6", 3, 6, None),
        ("IX.7", 10, 10, "noTot"),
        ("IX.8", 5, 10, "noXS"),
        ("IX.9", 5, 5, "down1"),
    ]
    assert tree.by_code["IX.10"].options == {"sanction": "repeat"}
    assert [(band["name"], band["from"]) for band in ready.grading["bands"]] == [
        ("Xuất sắc", 90),
        ("Tốt", 80),
        ("Khá", 65),
        ("Trung bình", 50),
        ("Yếu", None),
    ]
    assert ready.grading["cap"] == {"band": "Xuất sắc", "percent": 25, "tie_break": ["bonus", "group:V"]}
    assert ready.tie_break == ("bonus", "group:V")


def test_thanh_hoa_province_has_its_group_maxima() -> None:
    """Thanh Hóa 2026 (domain-2.md 3.4): province 23/20/15/15/15/7/5."""
    assert maxima("thanh-hoa-tinh", "I II III IV V VI VII VIII IX") == [23, 20, 15, 15, 15, 7, 5, 10, 20]


@pytest.mark.parametrize(
    ("key", "scale", "groups"),
    [
        ("example-1000", 1000, [700, 200, 100]),
        ("example-1000-600", 1000, [600, 200, 200]),
        ("example-100", 100, [70, 20, 10]),
    ],
)
def test_the_templates_have_their_shares(key: str, scale: int, groups: list[int]) -> None:
    """domain-2.md 3.2 (700/200/100) and domain.md C5.3 (600/200/200)."""
    assert preset(key).scale == scale
    assert maxima(key, "A B C") == groups


# Loading and computing


@pytest.mark.parametrize("key", KEYS)
def test_a_set_started_from_a_table_is_that_table_as_a_draft(world: World, key: str) -> None:
    made = start_set(world.year, source=key, actor=None)

    ready = preset(key)
    assert (made.state, made.scale, made.tie_break, made.grading) == (
        "draft",
        ready.scale,
        list(ready.tie_break),
        ready.grading,
    )
    assert parts_of(made) == list(ready.parts)
    assert [entry.action for entry in audit.entries_of(made)] == ["Ghi cả bảng tiêu chí", "Lập bộ tiêu chí"]


@pytest.mark.parametrize(
    ("key", "base", "bonus"),
    [
        ("example-1000", "1000", "30"),
        ("example-1000-600", "1000", "50"),
        ("example-100", "100", "3"),
        ("hung-yen", "1000", "30"),
        ("cum-347", "1000", "0"),
        ("cum-346", "107.97", "0"),
        ("thanh-hoa-xa", "100", "10"),
        ("thanh-hoa-tinh", "100", "10"),
    ],
)
def test_a_bloc_scored_with_each_table_has_totals(world: World, key: str, base: str, bonus: str) -> None:
    made = start_set(world.year, source=key, actor=None)
    filled(made, world.syt)
    filled(made, world.sgddt)
    ScoreSheetFactory(bloc_year=world.year, criteria_set=made, agency=world.stttt, state="agreed")

    rows = {row.standing.agency.code: row.standing for row in consolidated(world.year).rows}

    assert (rows["syt"].base, rows["syt"].bonus, rows["syt"].deduction) == (D(base), D(bonus), D(0))
    assert rows["syt"].total == D(base) + D(bonus)
    assert (rows["syt"].rank, rows["sgddt"].rank, rows["stttt"].rank) == (1, 1, None)
    assert rows["stttt"].total is None


def test_a_summary_of_176_criteria_is_written(world: World, tmp_path: Path) -> None:
    made = start_set(world.year, source="cum-347", actor=None)
    CriteriaSet.objects.filter(pk=made.pk).update(state="open")
    filled(made, world.syt)
    out = tmp_path / "bang.xlsx"

    call_command("render_document", "score-summary", world.year.bloc.code, world.year.year, format="xlsx", out=out)

    texts = {
        str(cell.value) for row in load_workbook(BytesIO(out.read_bytes())).worksheets[0].iter_rows() for cell in row
    }
    assert len(texts) > 10


# Hưng Yên's guide as a ready setting


def test_the_dates_of_the_guide_are_set_where_none_stand(world: World) -> None:
    """Hưng Yên's guide A.III: pledge by 15/02, sơ kết by 15/8, tổng kết by 31/01 of the next year."""
    BlocYear.objects.filter(pk=world.year.pk).update(pledge_due=None, mid_year_due=None, annual_due=None)
    world.year.refresh_from_db()

    applied = apply_hung_yen(world.year, quotas="bloc", actor=world.person("secretary"))

    world.year.refresh_from_db()
    year = world.year.year
    assert (world.year.pledge_due, world.year.mid_year_due, world.year.annual_due) == (
        date(year, 2, 15),
        date(year, 8, 15),
        date(year + 1, 1, 31),
    )
    assert applied.done == [
        "Đã lập bộ tiêu chí dự thảo theo hướng dẫn.",
        f"Hạn ký giao ước: 15/02/{year}.",
        f"Hạn sơ kết: 15/08/{year}.",
        f"Hạn tổng kết: 31/01/{year + 1}.",
    ]
    assert world.year.quotas.count() == 0
    assert "Chỉ tiêu khen thưởng: do cơ quan thường trực Hội đồng giao, bạn không có quyền đặt." in applied.left


@pytest.mark.parametrize(
    ("kind", "flags", "certificates"),
    [("bloc", 2, 1), ("enterprises", 8, 5), ("state-enterprises", 2, 1), ("other-enterprises", 3, 2)],
)
def test_the_standing_body_sets_the_quotas_of_the_guide(world: World, kind: str, flags: int, certificates: int) -> None:
    """Hưng Yên's guide A.VI: 02 Cờ and 01 Bằng khen; enterprises 08 and 05; their clusters 02 + 01 and 03 + 02."""
    apply_hung_yen(world.year, quotas=kind, actor=world.person("standing"))

    assert dict(world.year.quotas.values_list("award", "limit")) == {"co-tinh": flags, "bk-tinh": certificates}
    assert (QUOTAS[kind].flags, QUOTAS[kind].certificates) == (flags, certificates)


def test_what_stands_already_is_kept_and_said(world: World) -> None:
    world.year.quotas.create(award="co-tinh", limit=4)
    BlocYear.objects.filter(pk=world.year.pk).update(
        pledge_due=date(2020, 1, 20), mid_year_due=date(2020, 7, 1), annual_due=date(2020, 12, 1)
    )
    world.year.refresh_from_db()

    applied = apply_hung_yen(world.year, quotas="bloc", actor=world.person("standing"))

    world.year.refresh_from_db()
    assert world.year.pledge_due == date(2020, 1, 20)
    assert dict(world.year.quotas.values_list("award", "limit")) == {"co-tinh": 4, "bk-tinh": 1}
    assert "Hạn ký giao ước: giữ 20/01/2020 đã đặt (hướng dẫn: 15/02/2020)." in applied.left
    assert "Chỉ tiêu Cờ thi đua của Ủy ban nhân dân tỉnh: giữ 04 đã giao (hướng dẫn: 02)." in applied.left


def test_a_composition_beside_the_guide_is_said(world: World) -> None:
    """Hưng Yên's guide A.I.1: at most 02 deputies; B.1: at least 05 units in a cluster of an agency."""
    for code in ("pho-2", "pho-3"):
        agency = Agency.objects.create(council=world.council, code=code, name=code)
        MembershipFactory(bloc_year=world.year, agency=agency, role="deputy")
    world.other_year.bloc.tier = "authorised"
    world.other_year.bloc.save(update_fields=["tier"])

    three = apply_hung_yen(world.year, quotas="bloc", actor=world.person("standing"))
    small = apply_hung_yen(world.other_year, quotas="bloc", actor=world.person("standing"))

    assert three.left[-1] == "Khối có 3 phó khối; hướng dẫn cho không quá 02 phó khối."
    assert small.left[-1] == "Cụm có 1 đơn vị; hướng dẫn yêu cầu tối thiểu 05 đơn vị."


def test_the_dates_of_a_year_are_the_last_days_of_the_guide() -> None:
    assert dates_of(2026) == {
        "pledge_due": date(2026, 2, 15),
        "mid_year_due": date(2026, 8, 15),
        "annual_due": date(2027, 1, 31),
    }


# Pages


def test_the_start_page_offers_every_table(client: Client, world: World) -> None:
    client.force_login(world.person("secretary"))

    page = client.get(f"/khoi/{world.year.pk}/tieu-chi/lap/").content.decode()

    assert [SOURCES[key] in page for key in KEYS] == [True] * len(KEYS)


def test_the_tables_are_shown_as_examples_with_their_sources(
    client: Client, world: World, django_assert_num_queries: Any
) -> None:
    client.force_login(world.person("secretary"))
    url = f"/khoi/{world.year.pk}/tieu-chi/mau/"
    client.get(url)

    with django_assert_num_queries(6):
        page = client.get(url).content.decode()

    assert "chưa phải quy định của khối" in page
    assert "Công an tỉnh Quảng Trị, cụm thi đua cấp xã số 347, năm 2025" in page


def test_the_guide_says_that_its_annex_is_missing(client: Client, world: World) -> None:
    client.force_login(world.person("secretary"))

    page = client.get(f"/khoi/{world.year.pk}/tieu-chi/mau/hung-yen/").content.decode()

    assert "Phụ lục nội dung I, II, III và thang điểm không có trong nguồn" in page
    assert "02 Cờ, 01 Bằng khen" in page
    assert "08 Cờ, 05 Bằng khen" in page


def test_a_draft_is_made_from_the_page(client: Client, world: World) -> None:
    client.force_login(world.person("standing"))

    plain = client.post(f"/khoi/{world.year.pk}/tieu-chi/mau/cum-346/", follow=True)
    guide = client.post(
        f"/khoi/{world.year.pk}/tieu-chi/mau/hung-yen/", {"quotas": "bloc", "terms": "usual"}, follow=True
    )

    assert "Đã lập bộ tiêu chí dự thảo từ mẫu." in plain.content.decode()
    assert "Chỉ tiêu Cờ thi đua của Ủy ban nhân dân tỉnh: 02." in guide.content.decode()
    assert list(CriteriaSet.objects.filter(bloc_year=world.year).values_list("version", flat=True)) == [2, 1]


def test_a_wrong_choice_or_table_makes_nothing(client: Client, world: World) -> None:
    client.force_login(world.person("standing"))

    wrong = client.post(f"/khoi/{world.year.pk}/tieu-chi/mau/hung-yen/", {"quotas": "x", "terms": "last"})
    absent = client.post(f"/khoi/{world.year.pk}/tieu-chi/mau/khong-co/")

    assert (wrong.status_code, absent.status_code) == (200, 404)
    assert CriteriaSet.objects.filter(bloc_year=world.year).count() == 0


@pytest.mark.parametrize(("persona", "status"), [("officer", 403), ("observer", 403), ("stranger", 404)])
def test_others_make_no_set_from_a_table(client: Client, world: World, persona: str, status: int) -> None:
    client.force_login(world.person(persona))

    assert client.post(f"/khoi/{world.year.pk}/tieu-chi/mau/cum-347/").status_code == status
    assert CriteriaSet.objects.filter(bloc_year=world.year).count() == 0
