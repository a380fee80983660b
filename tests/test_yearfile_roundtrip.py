"""A year file in, out, and in again: nothing is lost, nothing is added."""

import json
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain import audit
from accounts.models import AuditEntry
from blocs.models import BlocYear
from reports.yearfile.dumping import dump_year
from reports.yearfile.emitting import emit
from reports.yearfile.loading import load
from reports.yearfile.reading import read_text
from reports.yearfile.source import read_bytes

HERE = Path(__file__).parent / "yearfiles"
DEMO = Path(__file__).parent.parent / "reports" / "demo"
FILES = sorted([*HERE.glob("*.yaml"), *DEMO.glob("*.yaml")])


def import_text(text: str | bytes, **kwargs: Any) -> BlocYear:
    return BlocYear.objects.get(pk=load(read_text(text), **kwargs).bloc_year.pk)


def export_of(text: str | bytes) -> str:
    """What a database that held nothing else exports after importing ``text``; it is empty again after."""
    with transaction.atomic():
        exported = dump_year(import_text(text))
        transaction.set_rollback(True)
    return exported


def text_of(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_import_of_an_export_gives_an_equal_export(path: Path) -> None:
    first = export_of(path.read_bytes())

    assert export_of(first) == first


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("replace", [False, True])
def test_the_same_file_again_and_its_own_export_write_nothing(path: Path, replace: bool) -> None:
    year = import_text(path.read_bytes())
    exported = dump_year(year)
    entries = AuditEntry.objects.count()

    with CaptureQueriesContext(connection) as queries:
        outcomes = [load(read_text(text), replace=replace) for text in (path.read_text(encoding="utf-8"), exported)]

    writes = [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert (writes, [outcome.changed for outcome in outcomes]) == ([], [False, False])
    assert AuditEntry.objects.count() == entries
    assert list(audit.faults()) == []


@pytest.mark.django_db
def test_the_sample_of_the_interfaces_exports_everything_it_said() -> None:
    told = yaml.safe_load(text_of("sample.yaml"))

    tree = yaml.safe_load(export_of(text_of("sample.yaml")))

    assert tree["members"][:3] == [
        {"agency": "stttt", "role": "head"},
        {"agency": "sgddt", "role": "deputy"},
        {"agency": "syt", "role": "member"},
    ]
    assert tree["petitions"] == []
    assert tree["conferences"][0]["held_on"] == date(2020, 7, 17)
    assert tree["conferences"][0]["starts"] == "15:44"
    assert tree["conferences"][0]["guests"] == told["conferences"][0]["guests"]
    assert tree["commendations"] == told["commendations"]
    assert tree["scores"][0]["lines"] == told["scores"][0]["lines"]
    assert tree["proposals"] == told["proposals"]
    assert tree["next_year"] == told["next_year"]
    assert [row["votes"] for row in tree["results"]["ballots"]] == [6, 6]


@pytest.mark.django_db
def test_an_empty_year_exports_only_what_is_known() -> None:
    tree = yaml.safe_load(export_of(text_of("minimal.yaml")))

    assert list(tree) == ["format", "province", "council", "bloc", "year", "state", "agencies", "members", "results"]


@pytest.mark.django_db
def test_a_stated_absence_is_kept_apart_from_silence() -> None:
    silent = text_of("minimal.yaml")

    stated = yaml.safe_load(export_of(silent + "petitions: []\npledge: null\ncriteria: null\nnext_year: null\n"))

    assert (stated["petitions"], stated["pledge"], stated["criteria"], stated["next_year"]) == ([], None, None, None)
    assert "ballots" not in stated


@pytest.mark.django_db
def test_twenty_members_with_the_longest_names_go_through() -> None:
    names = [f"Sở {chr(65 + n)} " + "ệ" * 295 for n in range(20)]
    tree = yaml.safe_load(text_of("minimal.yaml")) | {
        "agencies": [{"code": f"a{n}", "name": name} for n, name in enumerate(names)],
        "members": [{"agency": f"a{n}"} for n in range(20)],
    }

    exported = export_of(json.dumps(tree))

    assert [row["name"] for row in yaml.safe_load(exported)["agencies"]] == names
    assert export_of(exported) == exported


@pytest.mark.django_db
def test_decomposed_letters_give_the_same_rows() -> None:
    text = text_of("sample.yaml")
    decomposed = unicodedata.normalize("NFD", text)

    assert decomposed != text
    assert export_of(decomposed) == export_of(text)


@pytest.mark.django_db
def test_json_gives_the_same_rows_as_yaml() -> None:
    text = text_of("sample.yaml")
    as_json = json.dumps(yaml.safe_load(text), default=str, ensure_ascii=False)

    assert export_of(as_json) == export_of(text)


def test_a_number_is_written_without_exponent_or_trailing_zeros() -> None:
    numbers = [Decimal("98.0000"), Decimal("97.50"), Decimal("9.8E+1"), Decimal("-0.00"), Decimal("1000")]

    assert emit({"n": numbers}) == "n:\n  - 98\n  - 97.5\n  - 98\n  - 0\n  - 1000\n"


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4))
def test_every_number_comes_back_as_it_was(value: Decimal) -> None:
    assert Decimal(read_bytes(emit({"n": value}).encode()).tree["n"]) == value


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1))
def test_every_text_comes_back_composed(value: str) -> None:
    assert read_bytes(emit({"t": value}).encode()).tree["t"] == unicodedata.normalize("NFC", value)
