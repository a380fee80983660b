"""Sessions, decisions and the records that they wrote travel with the year file, verification codes and all."""

from typing import Any

import pytest
import time_machine
import yaml
from django.db import transaction

from accounts.models import AuditEntry
from blocs.models import BlocYear
from reports.yearfile.dumping import dump_year
from reports.yearfile.dumping_results import left_out
from reports.yearfile.loading import load
from reports.yearfile.reading import read_text
from tests.council_year_world import build_decided
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def decided() -> World:
    return build_decided()


def import_text(text: str, **kwargs: Any) -> BlocYear:
    return BlocYear.objects.get(pk=load(read_text(text), **kwargs).bloc_year.pk)


def exported_year() -> str:
    """The file of a decided year, in a database that holds nothing of it any more."""
    with transaction.atomic():
        text = dump_year(build_decided().year)
        transaction.set_rollback(True)
    return text


def test_a_decided_year_makes_an_equal_year_in_an_empty_system() -> None:
    exported = exported_year()

    assert dump_year(import_text(exported)) == exported


def test_a_decided_year_changes_nothing_where_it_was_decided(decided: World) -> None:
    exported = dump_year(decided.year)
    entries = AuditEntry.objects.count()

    outcomes = [load(read_text(exported), replace=replace) for replace in (False, True)]

    assert [each.changed for each in outcomes] == [False, False]
    assert AuditEntry.objects.count() == entries
    assert dump_year(decided.year) == exported


def test_the_same_file_twice_writes_nothing_the_second_time() -> None:
    exported = exported_year()
    import_text(exported)
    entries = AuditEntry.objects.count()

    outcomes = [load(read_text(exported), replace=replace) for replace in (False, True)]

    assert [each.changed for each in outcomes] == [False, False]
    assert AuditEntry.objects.count() == entries
