"""What somebody may try against dossiers: forged forms, odd text, two at once."""

import json
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from awards.domain.conflicts import base_of
from awards.domain.nominations import FIELDS, rely_on
from awards.domain.subject_merging import merge
from awards.models import InitiativeUse, Nomination, Registration
from tests.appraisal_world import asked, sent_dossier
from tests.awards_world import DossierFactory, SubjectFactory, initiative, nominate
from tests.world import World

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def row(world: World) -> Nomination:
    person = SubjectFactory(agency=world.syt, council=world.council, name="Trần Thị An", post="Chuyên viên")
    return nominate(DossierFactory(agency=world.syt, year=2025), person)


def as_person(client: Client, world: World, name: str = "officer") -> Client:
    client.force_login(world.person(name))
    return client


def opened(row: Nomination, chosen: str, **typed: Any) -> dict[str, Any]:
    """The edit form as its page was opened, with what is typed into it."""
    names = [name for name in FIELDS if name != "attested"]
    base = base_of(row, names) | {"initiatives": chosen}
    values = {name: getattr(row, name) for name in names}
    return values | {"base": json.dumps(base, ensure_ascii=False)} | typed


# Two officers on one nomination


def test_who_types_elsewhere_keeps_the_initiative_that_a_colleague_chose(
    client: Client, world: World, row: Nomination
) -> None:
    mine = initiative(row.subject)
    typed = opened(row, "", post="Trưởng phòng")
    rely_on(row, [mine], actor=world.person("leader"))

    answer = as_person(client, world).post(reverse("awards:nomination-edit", args=[row.pk]), typed)

    row.refresh_from_db()
    assert (answer.status_code, row.post) == (302, "Trưởng phòng")
    assert [use.initiative for use in row.initiative_uses.all()] == [mine]


def test_two_who_choose_initiatives_meet_and_the_second_sees_both_choices(
    client: Client, world: World, row: Nomination
) -> None:
    one, other = initiative(row.subject), initiative(row.subject, year=2019)
    typed = opened(row, "", post="Trưởng phòng", initiatives=[other.pk])
    rely_on(row, [one], actor=world.person("leader"))
    url = reverse("awards:nomination-edit", args=[row.pk])

    answer = as_person(client, world).post(url, typed)
    page = answer.content.decode()

    row.refresh_from_db()
    assert (answer.status_code, row.post) == (409, "Chuyên viên")
    assert [use.initiative for use in row.initiative_uses.all()] == [one]
    assert "Bản đang lưu: «Sáng kiến năm 2020». Bản của bạn: «Sáng kiến năm 2019»." in page

    told = {"base": answer.context["form"].data["base"]}
    assert client.post(url, typed | told).status_code == 302
    assert [use.initiative for use in InitiativeUse.objects.filter(nomination=row)] == [other]
    row.refresh_from_db()
    assert row.post == "Trưởng phòng"


# Supplements


@pytest.mark.parametrize("state", ["accepted", "withdrawn"])
def test_what_was_accepted_or_withdrawn_is_not_answered_anew(client: Client, world: World, state: str) -> None:
    dossier = sent_dossier(world, state="supplement")
    asked(dossier)
    done = asked(dossier, "dossier:title", state=state, answer="Đã ghi lại.")

    url = reverse("awards:supplement-answer", args=[done.pk])
    page = as_person(client, world).post(url, {"answer": "Chữ khác"}).content.decode()

    done.refresh_from_db()
    assert (done.answer, done.state) == ("Đã ghi lại.", state)
    assert "không còn chờ trả lời" in page


# Odd text and numbers


def test_names_of_300_characters_merge(world: World) -> None:
    kept, gone = (SubjectFactory(agency=world.syt, name=letter * 300) for letter in "ăâ")

    merge(kept, gone, reason="Trùng", actor=world.person("officer"))

    gone.refresh_from_db()
    assert gone.merged_into == kept


def test_another_name_longer_than_its_column_is_told(client: Client, world: World) -> None:
    typed = {"name": "Lê Thị A", "agency": world.syt.pk, "aliases": f"ngắn\n{'ô' * 301}"}
    page = as_person(client, world).post(reverse("awards:subject-new"), typed).content.decode()

    assert "dài tối đa 300 ký tự" in page


def test_a_base_that_nests_without_end_is_no_error_page(client: Client, world: World, row: Nomination) -> None:
    url = reverse("awards:nomination-edit", args=[row.pk])

    assert as_person(client, world).post(url, {"name": "An", "base": "[" * 200_000}).status_code < 500


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000])
def test_numbers_that_no_row_has_are_not_found(client: Client, world: World, number: str) -> None:
    url = reverse("awards:registration-open")

    assert as_person(client, world).post(url, {"agency": number, "year": "2026"}).status_code == 404


@pytest.mark.parametrize("address", ["/cong-khai/%00/", "/cong-khai/a%00b/"])
def test_a_nul_in_the_public_address_finds_nothing(client: Client, world: World, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_nul_in_the_chosen_award_is_no_award(client: Client, world: World) -> None:
    made = Registration.objects.create(agency=world.syt, year=2026)
    url = reverse("awards:registration-add", args=[made.pk])

    assert as_person(client, world).get(url, {"hinh-thuc": "\x00"}).status_code == 200
