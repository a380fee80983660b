"""Every kind of broken year file is refused with its exact path, and the database stays as it was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps

from blocs.models import BlocYear
from reports.yearfile.faults import YearFileError
from reports.yearfile.loading import import_file, load
from reports.yearfile.reading import read_text
from reports.yearfile.source import MAX_BYTES

SAMPLE = (Path(__file__).parent / "yearfiles" / "sample.yaml").read_text(encoding="utf-8")
Change = Callable[[dict[str, Any]], Any]


def rows_of_all_tables() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


def paths_of(text: str | bytes) -> list[str]:
    with pytest.raises(YearFileError) as refused:
        load(read_text(text))
    return [fault.path for fault in refused.value.faults]


def sample_with(change: Change) -> str:
    tree = yaml.safe_load(SAMPLE)
    change(tree)
    return json.dumps(tree, default=str)


BROKEN: dict[str, tuple[Change, list[str]]] = {
    "unknown key": (lambda t: t["members"][2].update(rol="head"), ["members[2].rol"]),
    "unknown section": (lambda t: t.update(extra=[]), ["extra"]),
    "missing key": (lambda t: t["agencies"][1].pop("name"), ["agencies[1].name"]),
    "missing section": (lambda t: t.pop("province"), ["province"]),
    "wrong type": (lambda t: t.update(year="2020"), ["year"]),
    "bool for number": (lambda t: t.update(year=True), ["year"]),
    "number for text": (lambda t: t["agencies"][0].update(name=5), ["agencies[0].name"]),
    "list for mapping": (lambda t: t.update(bloc=[]), ["bloc"]),
    "null agencies": (lambda t: t["agencies"].append(None), ["agencies[7]"]),
    "bad choice": (lambda t: t["members"][0].update(role="chief"), ["members[0].role"]),
    "two heads": (lambda t: t["members"][1].update(role="head"), ["members[1].role"]),
    "duplicate agency": (
        lambda t: t["agencies"].append({"code": "syt", "name": "Sở Y tế khác"}),
        ["agencies[7].code"],
    ),
    "duplicate member": (lambda t: t["members"].append({"agency": "syt"}), ["members[7].agency"]),
    "dangling member": (lambda t: t["members"].append({"agency": "khong-co"}), ["members[7].agency"]),
    "target of a stranger": (
        lambda t: (
            t["agencies"].append({"code": "snv", "name": "Sở Nội vụ"}),
            t["pledge"]["targets"].append({"agency": "snv", "name": "Chỉ tiêu"}),
        ),
        ["pledge.targets[1].agency"],
    ),
    "duplicate target": (
        lambda t: t["pledge"]["targets"].append(dict(t["pledge"]["targets"][0])),
        ["pledge.targets[1]"],
    ),
    "bad date": (lambda t: t["conferences"][0].update(held_on="17/07/2020"), ["conferences[0].held_on"]),
    "no such day": (lambda t: t["pledge"].update(signed_on="2020-02-30"), ["pledge.signed_on"]),
    "bad time": (lambda t: t["conferences"][0].update(starts="25:00"), ["conferences[0].starts"]),
    "dangling chair": (
        lambda t: t["conferences"][0]["chair"].update(agency="khong-co"),
        ["conferences[0].chair.agency"],
    ),
    "twice the same conference": (
        lambda t: t["conferences"].append(dict(t["conferences"][0])),
        ["conferences[1]"],
    ),
    "attended twice": (
        lambda t: t["conferences"][0].update(attended=["stttt", "stttt"]),
        ["conferences[0].attended[1]"],
    ),
    "unknown recipient kind": (
        lambda t: t["commendations"][0]["recipients"].update(people=3),
        ["commendations[0].recipients.people"],
    ),
    "negative recipients": (
        lambda t: t["commendations"][0]["recipients"].update(individual=-1),
        ["commendations[0].recipients.individual"],
    ),
    "half a recipient": (
        lambda t: t["commendations"][0]["recipients"].update(individual=1.5),
        ["commendations[0].recipients.individual"],
    ),
    "the same line twice": (
        lambda t: t["commendations"].append(dict(t["commendations"][0])),
        ["commendations[1]"],
    ),
    "duplicate criterion": (
        lambda t: t["criteria"]["items"][1]["items"][0].update(code="a1"),
        ["criteria.items[1].items[0].code"],
    ),
    "group sum": (
        lambda t: t["criteria"]["items"][0]["items"][0].update(max=299.5),
        ["criteria.items[0].max"],
    ),
    "scale": (lambda t: t["criteria"].update(scale=100), ["criteria.scale"]),
    "tie-break on nothing": (
        lambda t: t["criteria"].update(tie_break=["ballot", "group:Z"]),
        ["criteria.tie_break[1]"],
    ),
    "no formula": (
        lambda t: t["criteria"]["items"][0]["items"][1].pop("formula"),
        ["criteria.items[0].items[1]"],
    ),
    "points above the maximum": (
        lambda t: t["scores"][0]["lines"]["A1"].update(agreed=300.5),
        ["scores[0].lines.A1.agreed"],
    ),
    "points below zero": (
        lambda t: t["scores"][0]["lines"]["A1"].update(self=-1),
        ["scores[0].lines.A1.self"],
    ),
    "three decimals": (
        lambda t: t["scores"][0]["lines"]["A1"].update(self=1.125),
        ["scores[0].lines.A1.self"],
    ),
    "unknown criterion": (lambda t: t["scores"][0]["lines"].update(Z9={"self": 1}), ["scores[0].lines.Z9"]),
    "points for a group": (lambda t: t["scores"][0]["lines"].update(A={"self": 1}), ["scores[0].lines.A"]),
    "computed points typed": (
        lambda t: t["scores"][0]["lines"]["A2"].update(self=300),
        ["scores[0].lines.A2.self"],
    ),
    "points on what was not assigned": (
        lambda t: t["scores"][0]["lines"]["B4"].update(self=1),
        ["scores[0].lines.B4.self"],
    ),
    "scores without criteria": (lambda t: t.pop("criteria"), ["scores"]),
    "more votes than ballots": (
        lambda t: t["ballots"][0]["votes"].update(dptth=8),
        ["ballots[0].votes.dptth"],
    ),
    "votes for a stranger": (lambda t: t["ballots"][0]["votes"].update(x=1), ["ballots[0].votes.x"]),
    "more ballots than people": (
        lambda t: t["ballots"][0].update(present=6),
        ["ballots[0].cast"],
    ),
    "the same round twice": (lambda t: t["ballots"].append(dict(t["ballots"][0])), ["ballots[1]"]),
    "the same proposal twice": (lambda t: t["proposals"].append(dict(t["proposals"][0])), ["proposals[2]"]),
    "two flags for one unit": (
        lambda t: t["proposals"].append({"award": "co-tinh", "agency": "sldtbxh"}),
        ["proposals[2]"],
    ),
    "unknown award": (lambda t: t["proposals"][0].update(award="co-lon"), ["proposals[0].award"]),
    "dangling next head": (lambda t: t["next_year"].update(head="khong-co"), ["next_year.head"]),
    "name too long": (lambda t: t["agencies"][0].update(name="ệ" * 301), ["agencies[0].name"]),
    "empty name": (lambda t: t["agencies"][0].update(name="  "), ["agencies[0].name"]),
    "bad code": (lambda t: t["bloc"].update(code="khối 1"), ["bloc.code"]),
    "results of a wrong shape": (lambda t: t.update(results={"standings": {}}), ["results.standings"]),
    "several faults, in the file's order": (
        lambda t: (
            t["next_year"].update(head="x"),
            t["members"][0].update(role="chief"),
            t["agencies"][0].pop("name"),
            t["bloc"].update(nam="x"),
        ),
        ["bloc.nam", "agencies[0].name", "members[0].role", "next_year.head"],
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_at_its_path(name: str) -> None:
    change, paths = BROKEN[name]
    before = rows_of_all_tables()

    assert paths_of(sample_with(change)) == paths
    assert rows_of_all_tables() == before


TEXTS: dict[str, tuple[str | bytes, str, str]] = {
    "nothing": ("", ".", "Tệp phải là một bảng"),
    "a list": ("- 1\n", ".", "Tệp phải là một bảng"),
    "not YAML": ("a: [1", ".", "không phải YAML hợp lệ ở dòng"),
    "binary": (b"\x89PNG\r\n\x1a\n\xff", ".", "không phải văn bản UTF-8"),
    "NUL": ("a: b\x00", ".", "ký tự không dùng được"),
    "too big": (b"#" * (MAX_BYTES + 1), ".", "lớn hơn 60 MB"),
    "alias": ("a: &x [1]\nb: *x\n", ".", "neo hoặc bí danh"),
    "python tag": ("!!python/object/apply:os.system [ls]", ".", "thẻ YAML"),
    "deep YAML": ("[" * 5000, ".", "lồng nhau quá 40 cấp"),
    "deep JSON": ('{"a":' * 5000, ".", "lồng nhau quá 40 cấp"),
    "two documents": ("a: 1\n---\nb: 1\n", ".", "hơn một tài liệu"),
    "another format": ("format: khoithidua/year@2\n", "format", "khoithidua/year@1"),
    "no format": ("province: A\n", "format", "khoithidua/year@1"),
    "key twice": (SAMPLE + "year: 2020\n", "year", "ghi hai lần"),
    "lone surrogate": (
        '{"format": "khoithidua/year@1", "province": "\\ud800"}',
        "province",
        "U+D800",
    ),
    "not a number": ('{"format": "khoithidua/year@1", "year": NaN}', "year", "không phải là một số"),
    "infinity": (SAMPLE.replace("max: 600", "max: .inf"), "criteria.items[0].max", "không phải là một số"),
    "a time without quotes": (SAMPLE.replace('"15:44"', "15:44"), "conferences[0].starts", '"15:44"'),
    "a word that YAML takes for false": (
        SAMPLE.replace("name: Sở Y tế", "name: no"),
        "agencies[2].name",
        "dấu nháy",
    ),
    "a number that YAML takes for octal": (SAMPLE.replace("plan: 98", "plan: 0123"), "pledge.targets[0].plan", "khác"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_year_file_is_refused_with_a_sentence(name: str) -> None:
    text, path, words = TEXTS[name]
    before = rows_of_all_tables()

    with pytest.raises(YearFileError) as refused:
        load(read_text(text))

    assert path in [fault.path for fault in refused.value.faults]
    assert any(words in fault.sentence for fault in refused.value.faults if fault.path == path)
    assert rows_of_all_tables() == before


def test_many_faults_are_told_in_a_moment() -> None:
    text = "format: khoithidua/year@1\nagencies:\n" + "  - {}\n" * 20000

    assert len(paths_of(text)) == 40004


@pytest.mark.django_db
def test_a_bloc_of_another_province_keeps_its_code() -> None:
    load(read_text(SAMPLE))
    before = rows_of_all_tables()

    assert paths_of(SAMPLE.replace("province: Quảng Nam", "province: Tỉnh Khác")) == ["bloc.code"]
    assert rows_of_all_tables() == before
    assert BlocYear.objects.get().bloc.council.province == "Quảng Nam"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/khong/co.yaml", "/", "a\x00b"])
def test_a_file_that_cannot_be_read_is_a_sentence(path: str) -> None:
    with pytest.raises(YearFileError) as refused:
        import_file(Path(path))

    assert [fault.path for fault in refused.value.faults] == ["."]
