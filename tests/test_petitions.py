"""Petitions: who sees them, what is stated, why a status changed."""

import unicodedata
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.domain.audit import entries_of
from blocs.domain.petitions import NOT_NONE, REASON_DUE
from blocs.models import BlocYear, Petition
from tests.factories import PetitionFactory
from tests.world import PERSONAS

SEES_THE_YEAR = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}
SEES_ALL = {"secretary", "head_leader", "deputy_officer", "standing", "observer"}
MANAGES = {"secretary", "head_leader", "standing"}


def address(name: str, *args: int) -> str:
    return reverse(f"blocs:{name}", args=args)


@pytest.mark.parametrize("name", PERSONAS)
def test_who_reads_and_who_manages_petitions(client, world, name):
    own = PetitionFactory(bloc_year=world.year, agency=world.syt, subject="Về Sở Y tế")
    other = PetitionFactory(bloc_year=world.year, agency=world.sldtbxh, subject="Về Sở Lao động")
    client.force_login(world.person(name))
    seen = name in SEES_THE_YEAR
    manages = (200 if name in MANAGES else 403) if seen else 404

    page = client.get(address("petitions", world.year.pk))

    assert page.status_code == (200 if seen else 404)
    assert ("Về Sở Y tế" in page.content.decode()) is seen
    assert ("Về Sở Lao động" in page.content.decode()) is (name in SEES_ALL)
    assert client.get(address("petition-new", world.year.pk)).status_code == manages
    assert client.get(address("petition-edit", own.pk)).status_code == manages
    hidden = manages if name in SEES_ALL else 404
    assert client.get(address("petition-edit", other.pk)).status_code == hidden
    declared = client.post(address("petitions-none", world.year.pk))
    assert declared.status_code == (302 if manages == 200 else manages)
    assert BlocYear.objects.get(pk=world.year.pk).stated == []


def test_a_petition_is_recorded_and_audited(client, world):
    client.force_login(world.person("secretary"))
    subject = unicodedata.normalize("NFD", "Kiến nghị về đấu thầu <b>")
    data = {"agency": world.syt.pk, "received_on": "05/09/2020", "subject": subject, "status": "open"}

    client.post(address("petition-new", world.year.pk), data)

    row = Petition.objects.get()
    assert (row.agency, row.received_on, row.subject) == (world.syt, date(2020, 9, 5), "Kiến nghị về đấu thầu <b>")
    entry = entries_of(row).get()
    assert (entry.action, entry.after["agency"], entry.after["status"]) == (
        "Ghi nhận đơn thư", "Sở Y tế", "Mới tiếp nhận",
    )  # fmt: skip
    assert BlocYear.objects.get(pk=world.year.pk).stated == ["petitions"]
    page = client.get(address("petitions", world.year.pk), {"q": "dau thau"}).content.decode()
    assert "đấu thầu &lt;b&gt;" in page


def test_a_wrong_petition_is_refused_and_kept(client, world):
    client.force_login(world.person("secretary"))
    data = {"agency": world.other.pk, "received_on": "31/02/2020", "subject": "Nội dung giữ lại", "status": "?"}

    page = client.post(address("petition-new", world.year.pk), data)

    assert set(page.context["form"].errors) == {"agency", "received_on", "status"}
    assert 'value="Nội dung giữ lại"' in page.content.decode()
    assert not Petition.objects.exists()


@time_machine.travel("2020-10-01 09:00+07:00")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("02/10/2020", "Ngày tiếp nhận không được sau hôm nay. Hãy kiểm tra lại ngày."),
        ("05/09/2002", "Ngày tiếp nhận cách năm thi đua 2020 hơn một năm. Hãy kiểm tra lại năm."),
    ],
)
def test_an_impossible_day_is_refused_and_kept(client, world, typed, sentence):
    client.force_login(world.person("secretary"))
    data = {"agency": world.syt.pk, "received_on": typed, "subject": "Kiến nghị", "status": "open"}

    page = client.post(address("petition-new", world.year.pk), data)

    assert page.context["form"].errors == {"received_on": [sentence]}
    assert f'value="{typed}"' in page.content.decode()
    assert not Petition.objects.exists()


@time_machine.travel("2020-10-01 09:00+07:00")
@pytest.mark.parametrize("typed", ["01/10/2020", "31/12/2019"])
def test_a_day_of_the_year_or_the_one_before_is_taken(client, world, typed):
    client.force_login(world.person("secretary"))
    data = {"agency": world.syt.pk, "received_on": typed, "subject": "Kiến nghị", "status": "open"}

    client.post(address("petition-new", world.year.pk), data)

    assert f"{Petition.objects.get().received_on:%d/%m/%Y}" == typed


def test_a_status_changes_with_a_reason_only(client, world):
    row = PetitionFactory(bloc_year=world.year, agency=world.syt, subject="Kiến nghị")
    client.force_login(world.person("secretary"))
    url = address("petition-edit", row.pk)
    data = {"agency": world.syt.pk, "subject": "Kiến nghị", "status": "dismissed"}

    refused = client.post(url, data).content.decode()
    assert REASON_DUE in refused
    assert Petition.objects.get().status == "open"
    client.post(url, data | {"reason": "Kết luận số 12/KL-TTr"})

    assert Petition.objects.get().status == "dismissed"
    entry = entries_of(row).get()
    assert (entry.action, entry.reason, entry.before, entry.after) == (
        "Thay đổi tình trạng đơn thư",
        "Kết luận số 12/KL-TTr",
        {"status": "Mới tiếp nhận"},
        {"status": "Kết luận không đúng"},
    )


def test_none_is_said_only_when_it_was_stated(client, world):
    client.force_login(world.person("secretary"))
    url = address("petitions", world.year.pk)
    assert "Chưa có thông tin về đơn thư." in client.get(url).content.decode()

    client.post(address("petitions-none", world.year.pk))
    client.post(address("petitions-none", world.year.pk))

    assert "Khối không có đơn thư trong kỳ." in client.get(url).content.decode()
    entry = entries_of(world.year).get()
    assert (entry.action, entry.actor) == ("Khai không có đơn thư", world.person("secretary"))


def test_none_cannot_be_stated_when_one_is_recorded(client, world):
    PetitionFactory(bloc_year=world.year, agency=world.syt)
    client.force_login(world.person("secretary"))

    page = client.post(address("petitions-none", world.year.pk), follow=True)

    assert NOT_NONE in page.content.decode()
    assert BlocYear.objects.get(pk=world.year.pk).stated == []


def test_an_officer_is_not_told_that_the_bloc_has_none_while_others_have_one(client, world):
    BlocYear.objects.filter(pk=world.year.pk).update(stated=["petitions"])
    PetitionFactory(bloc_year=world.year, agency=world.sldtbxh, subject="Về Sở Lao động")
    client.force_login(world.person("officer"))

    page = client.get(address("petitions", world.year.pk)).content.decode()

    assert "Chưa có thông tin về đơn thư." in page
    assert "Khối không có đơn thư" not in page
    assert "Về Sở Lao động" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_constant_queries(client, world, django_assert_num_queries, rows):
    for agency in (world.syt, world.sgddt, world.sldtbxh)[:rows]:
        PetitionFactory(bloc_year=world.year, agency=agency)
    client.force_login(world.person("secretary"))

    with django_assert_num_queries(8):
        client.get(address("petitions", world.year.pk))
