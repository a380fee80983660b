"""The forms of a criteria set: real fields for each way of scoring, in people's words."""

from typing import Any

import pytest
from django.test import Client

from accounts.domain import audit
from scoring.forms.criteria import CriteriaSetForm, CriterionForm, StartForm
from scoring.models import CriteriaSet, Criterion
from scoring.presets import KEYS
from tests.factories import CriteriaSetFactory, CriterionFactory
from tests.world import World

BASE = {"code": "A1", "name": "Tiêu chí một", "max_points": "20"}


@pytest.fixture
def draft(world: World) -> CriteriaSet:
    made: CriteriaSet = CriteriaSetFactory(bloc_year=world.year, state="draft", scale=100, tie_break=["ballot"])
    group = CriterionFactory(criteria_set=made, code="A", name="Nhiệm vụ chính trị", kind="group", max_points=100)
    CriterionFactory(criteria_set=made, parent=group, code="AA", name="Nhóm con", kind="group", max_points=50)
    return made


def add(client: Client, draft: CriteriaSet, **fields: str) -> Any:
    return client.post(f"/bo-tieu-chi/{draft.pk}/them/", BASE | fields)


@pytest.mark.parametrize(
    ("fields", "options"),
    [
        (
            {"kind": "choice", "levels": "A = 10\nB = 7,5 điểm\n\nC = 0, mất toàn tiêu chí\nD=mất toàn tiêu chí"},
            {
                "levels": [
                    {"name": "A", "points": 10},
                    {"name": "B", "points": "7.5"},
                    {"name": "C", "points": 0, "voids": True},
                    {"name": "D", "points": 0, "voids": True},
                ]
            },
        ),
        ({"kind": "count", "per": "2,5"}, {"per": "2.5"}),
        ({"kind": "minus", "per": "2"}, {"per": 2}),
        ({"kind": "quantitative", "formula": "rate", "step": "0,5"}, {"step": "0.5"}),
        (
            {
                "kind": "quantitative",
                "formula": "proportional-with-surplus",
                "surplus_cap": "10",
                "surplus_total": "20",
            },
            {"surplus_cap": 10, "surplus_total": 20},
        ),
        (
            {"kind": "deduction", "bands": "từ 5 ngày = 5\nTừ 10 ngày = 7,5 điểm"},
            {"from": "lateness", "bands": [[5, 5], [10, "7.5"]]},
        ),
        ({"kind": "deduction"}, {}),
        (
            {"kind": "deduction", "per": "5", "sanction": "noXS", "bars": "flag,certificate"},
            {"per": 5, "sanction": "noXS", "bars": ["flag", "certificate"]},
        ),
        (
            {"kind": "judged", "formula": "x", "levels": "sai", "bands": "sai", "per": "sai", "step": "-1"},
            {},
        ),
    ],
)
def test_only_the_fields_of_the_kind_count(
    client: Client, world: World, draft: CriteriaSet, fields: dict[str, str], options: dict[str, Any]
) -> None:
    client.force_login(world.person("secretary"))

    response = add(client, draft, **fields)

    assert response.status_code == 302
    made = Criterion.objects.get(code="A1")
    assert made.options == options
    assert made.formula == (fields.get("formula", "") if fields["kind"] == "quantitative" else "")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "choice", "levels": "A bằng 10"}, "Dòng «A bằng 10» chưa đúng."),
        ({"kind": "choice", "levels": "A = mười"}, "«mười» không phải là số."),
        ({"kind": "choice", "levels": "A ="}, "Mức «A» chưa có điểm."),
        ({"kind": "deduction", "bands": "đến 5 ngày = 5"}, "Dòng «đến 5 ngày = 5» chưa đúng."),
        ({"kind": "count", "per": "hai"}, "«hai» không phải là số."),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_kept(
    client: Client, world: World, draft: CriteriaSet, fields: dict[str, str], sentence: str
) -> None:
    client.force_login(world.person("secretary"))

    page = add(client, draft, **fields).content.decode()

    assert sentence in page
    assert next(text for name, text in fields.items() if name != "kind") in page
    assert not Criterion.objects.filter(code="A1").exists()


@pytest.mark.parametrize(
    ("kind", "options", "shown"),
    [
        (
            "choice",
            {"levels": [{"name": "A", "points": 7.5}, {"name": "C", "points": 0, "voids": True}], "note": "giữ"},
            {"levels": "A = 7,5\nC = 0, mất toàn tiêu chí"},
        ),
        ("deduction", {"from": "lateness", "bands": [[5, 5], [10, 10]]}, {"bands": "từ 5 ngày = 5\ntừ 10 ngày = 10"}),
        ("count", {"per": 2.0}, {"per": 2}),
        ("deduction", {"sanction": "down1", "bars": ["flag"]}, {"sanction": "down1", "bars": "flag"}),
    ],
)
def test_saving_an_untouched_criterion_changes_nothing(
    client: Client, world: World, draft: CriteriaSet, kind: str, options: dict[str, Any], shown: dict[str, Any]
) -> None:
    made = CriterionFactory(criteria_set=draft, code="B1", kind=kind, max_points=20, options=options)
    url = f"/bo-tieu-chi/{draft.pk}/{made.pk}/"
    client.force_login(world.person("secretary"))
    form = client.get(url).context["form"]

    response = client.post(url, {each.name: each.value() for each in form if each.value() is not None})

    assert {name: form[name].value() for name in shown} == shown
    assert response.status_code == 302
    assert Criterion.objects.get(pk=made.pk).options == options
    assert audit.entries_of(draft).count() == 0


def test_a_new_kind_drops_the_parameters_of_the_old(draft: CriteriaSet) -> None:
    made = CriterionFactory(criteria_set=draft, code="B1", kind="count", options={"per": 2, "note": "giữ"})
    data = BASE | {"kind": "choice", "per": "2", "levels": "A = 1"}

    form = CriterionForm(data, criteria_set=draft, criterion=made)

    assert form.is_valid()
    assert form.values()["options"] == {"levels": [{"name": "A", "points": 1}], "note": "giữ"}


def test_no_field_asks_for_json(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("secretary"))

    page = client.get(f"/bo-tieu-chi/{draft.pk}/them/").content.decode()

    assert "JSON" not in page
    assert "Điểm cho mỗi lần" in page
    client.force_login(world.person("officer"))
    assert client.get(f"/bo-tieu-chi/{draft.pk}/them/").status_code == 404


# How ties are broken


def test_tie_breaks_are_chosen_in_order(client: Client, world: World, draft: CriteriaSet) -> None:
    url = f"/bo-tieu-chi/{draft.pk}/thiet-lap/"
    client.force_login(world.person("secretary"))

    page = client.get(url).content.decode()
    client.post(url, {"scale": "100", "tie_1": "group:A", "tie_3": "fewest_deductions"})

    draft.refresh_from_db()
    assert draft.tie_break == ["group:A", "fewest_deductions"]
    assert '<option value="ballot" selected>số phiếu bầu</option>' in page
    assert "điểm nhóm A. Nhiệm vụ chính trị" in page
    assert "group:AA" not in page


def test_a_tie_break_counts_once_and_must_be_known(draft: CriteriaSet) -> None:
    twice = CriteriaSetForm({"scale": "100", "tie_1": "bonus", "tie_2": "bonus"}, instance=draft)
    unknown = CriteriaSetForm({"scale": "100", "tie_1": "chance"}, instance=draft)

    assert twice.errors == {"tie_2": ["Căn cứ này đã được chọn ở trên. Hãy chọn căn cứ khác hoặc bỏ trống."]}
    assert list(unknown.errors) == ["tie_1"]


def test_what_stands_already_stays_choosable(draft: CriteriaSet) -> None:
    draft.tie_break = ["group:AA", "ballot"]

    form = CriteriaSetForm({"scale": "100", "tie_1": "group:AA", "tie_2": "ballot"}, instance=draft)

    assert form.is_valid()
    assert form.cleaned_data["tie_break"] == ["group:AA", "ballot"]


# Where a set begins


def test_without_an_earlier_set_the_example_is_offered_first(client: Client, world: World) -> None:
    url = f"/khoi/{world.year.pk}/tieu-chi/lap/"
    client.force_login(world.person("secretary"))

    form = client.get(url).context["form"]
    refused = client.post(url, {"source": "last-year"})

    assert form["source"].value() == "example-1000"
    assert [code for code, _ in form.fields["source"].choices] == [*KEYS, "empty"]
    assert refused.status_code == 200
    assert not CriteriaSet.objects.exists()


def test_with_an_earlier_set_it_is_offered_first(world: World, draft: CriteriaSet) -> None:
    form = StartForm(bloc_year=world.year)

    assert form["source"].value() == "last-year"
