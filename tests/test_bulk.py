"""Many rows written by one prepared statement."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from awards.models import Dossier
from blocs.models import Agency
from khoithidua.web.bulk import update_rows
from tests.awards_world import DossierFactory
from tests.factories import AgencyFactory, CouncilFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agencies():
    council = CouncilFactory()
    return [AgencyFactory(council=council, code=f"dv-{n}", name=f"Sở số {n}") for n in range(1_200)]


def test_each_row_gets_its_own_values_and_nothing_else(agencies, django_assert_num_queries):
    for number, agency in enumerate(agencies):
        agency.name, agency.code = f"Đài {number} '%s' %d", "bỏ đi"

    with django_assert_num_queries(1):
        update_rows(agencies, ["name", "search_key"])

    rows = Agency.objects.in_bulk([each.pk for each in agencies])
    assert [rows[each.pk].name for each in agencies] == [f"Đài {n} '%s' %d" for n in range(1_200)]
    assert rows[agencies[7].pk].code == "dv-7"
    assert rows[agencies[7].pk].search_key.startswith("dai 7")


def test_dates_keys_json_and_nothing_are_written_as_save_does():
    one, two = DossierFactory(), DossierFactory()
    one.received_on, two.received_on = date(2026, 3, 2), None
    one.agency_id = two.agency_id

    update_rows([one, two], ["received_on", "agency"])

    kept = Dossier.objects.in_bulk()
    assert (kept[one.pk].received_on, kept[two.pk].received_on) == (date(2026, 3, 2), None)
    assert kept[one.pk].agency_id == two.agency_id


def test_all_or_none(agencies):
    agencies[0].name, agencies[1].council_id = "Tên mới", None

    with pytest.raises(IntegrityError), transaction.atomic():
        update_rows(agencies[:2], ["name", "council"])

    assert Agency.objects.get(pk=agencies[0].pk).name == "Sở số 0"


def test_rows_of_one_model_that_were_saved(agencies):
    update_rows([], ["name"])
    for rows in ([agencies[0], DossierFactory()], [Agency(name="Chưa lưu")]):
        with pytest.raises(ValueError, match="saved rows of one model"):
            update_rows(rows, ["name"])
