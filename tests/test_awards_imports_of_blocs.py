"""Nominees from XLSX into a bloc's dossier: its members and their people, nobody else."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from awards.domain.subjects import agency_subject
from awards.imports.examining import examined
from awards.imports.jobs import work_off
from awards.models import Dossier, ImportBatch, Nomination, Subject
from tests.awards_world import DossierFactory, SubjectFactory
from tests.test_awards_imports import NINE, XLSX, book, desk, held, imported, read, told
from tests.world import World

CERTIFICATE = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
INDEX = "/nhap-du-lieu/"


@pytest.fixture
def dossier(world: World) -> Dossier:
    made: Dossier = DossierFactory(agency=world.stttt, council=world.council, bloc_year=world.year, proposer="bloc")
    return made


def line(name: str, unit: str = "", address: str = "Ông", award: str = CERTIFICATE) -> tuple[Any, ...]:
    return (None, address, name, "", unit, "", award, "", "")


def by_bloc(world: World, dossier: Dossier) -> dict[str, Any]:
    return {"agency": world.stttt, "dossier": dossier, "actor": world.person("secretary")}


def test_members_and_their_people_come_in(world: World, dossier: Dossier) -> None:
    person = SubjectFactory(agency=world.syt, council=world.council, name="Lê Thị A", unit="Phòng Nghiệp vụ, Sở Y tế")
    batch = imported(
        world,
        "nominees",
        NINE,
        line("Lê Thị A", "Phòng Nghiệp vụ, Sở Y tế", "Bà"),
        line("Trần Văn B", "Sở Giáo dục và Đào tạo"),
        line("Sở Y tế", address="Tập thể"),
        line("Phòng Tổ chức", "Sở Y tế", "Tập thể"),
        **by_bloc(world, dossier),
    )

    assert (batch.state, batch.error) == ("done", "")
    rows = {row.name: row.subject for row in dossier.nominations.select_related("subject")}
    assert rows["Lê Thị A"] == person
    assert {name: subject.agency for name, subject in rows.items()} == {
        "Lê Thị A": world.syt, "Trần Văn B": world.sgddt, "Sở Y tế": world.syt, "Phòng Tổ chức": world.syt,
    }  # fmt: skip
    assert rows["Sở Y tế"] == agency_subject(world.syt)
    assert [subject.is_agency for subject in rows.values()] == [False, False, True, False]


def test_a_row_outside_the_bloc_is_a_fault_with_row_and_column(world: World, dossier: Dossier) -> None:
    found = read(
        world,
        "nominees",
        NINE,
        line("Trần Văn B", "Phòng 1, Sở Xây dựng"),
        line("Trần Văn C", "Phòng Nghiệp vụ"),
        line("Sở Nội vụ", address="Tập thể"),
        line("Trần Văn D", "Sở Y tế"),
        **by_bloc(world, dossier),
    )

    assert told(found) == [
        f"Dòng 2, cột Đơn vị công tác: «Sở Xây dựng» không phải đơn vị thành viên của {world.year}. "
        "Hãy bỏ dòng này, hoặc ghi lại đơn vị thành viên.",
        "Dòng 3, cột Đơn vị công tác: không nêu đơn vị thành viên nào của khối. Hãy ghi đơn vị thành viên, có thể sau "
        "tên phòng, ban: «Phòng Nghiệp vụ, Sở Y tế».",
        f"Dòng 4, cột Tên tập thể/cá nhân/hộ gia đình: «Sở Nội vụ» không phải đơn vị thành viên của {world.year}. "
        "Hãy bỏ dòng này, hoặc ghi lại đơn vị thành viên.",
    ]


def test_of_a_member_s_subject_the_bloc_learns_only_that_it_is_there(world: World, dossier: Dossier) -> None:
    SubjectFactory(agency=world.syt, council=world.council, name="Lê Thị A", unit="DON-VI-RIENG", post="CHUC-VU")
    found = read(world, "nominees", NINE, line("Lê Thị A", "Sở Y tế", "Bà"), **by_bloc(world, dossier))

    (asked,) = found.rows[0].questions
    assert asked.choices[0][1] == "Dùng: đối tượng đã có trong sổ của Sở Y tế, cùng tên trong đơn vị quản lý."
    assert "RIENG" not in str(found.findings)


@pytest.mark.parametrize(("name", "offered"), [("secretary", True), ("deputy_officer", False), ("officer", False)])
def test_the_form_offers_the_dossier_to_who_makes_it(
    client: Client, world: World, dossier: Dossier, name: str, offered: bool
) -> None:
    client.force_login(world.person(name))

    assert (dossier.code in client.get(f"{INDEX}moi/").content.decode()) is offered


def test_a_file_of_a_bloc_goes_from_upload_to_import(client: Client, world: World, dossier: Dossier) -> None:
    client.force_login(world.person("secretary"))
    file = SimpleUploadedFile("a.xlsx", book(NINE, line("Trần Văn B", "Sở Y tế")), content_type=XLSX)
    data = {"kind": "nominees", "owner": f"agency:{world.stttt.pk}", "dossier": dossier.pk, "file": file}

    page = client.post(f"{INDEX}moi/", data, follow=True).content.decode()
    batch = ImportBatch.objects.get()
    client.post(f"{batch.get_absolute_url()}nhap/")
    work_off(batch.pk, world.person("secretary").pk)

    assert "Trần Văn B" in page
    assert Nomination.objects.get().subject.agency == world.syt
    assert Subject.objects.get().added_by == world.person("secretary")


def test_only_who_makes_the_dossier_sees_its_imports(client: Client, world: World, dossier: Dossier) -> None:
    batch = held(world, "nominees", NINE, line("Trần Văn B", "Sở Y tế"), **by_bloc(world, dossier))
    other = held(world, "subjects", ("Loại đối tượng", "Tên đối tượng"), ("Cá nhân", "C"), agency=world.stttt,
                 actor=world.person("secretary"))  # fmt: skip
    seen = {
        name: set(ImportBatch.objects.visible_to(world.person(name)))
        for name in ("secretary", "head_leader", "deputy_officer", "officer", "standing", "stranger")
    }

    assert seen == {
        "secretary": {batch, other}, "head_leader": {batch, other}, "deputy_officer": set(), "officer": set(),
        "standing": set(), "stranger": set(),
    }  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_is_examined_in_constant_queries(
    world: World, dossier: Dossier, django_assert_num_queries: Any, rows: int
) -> None:
    at = desk(world, "nominees", **by_bloc(world, dossier))
    content = [NINE, *(line(f"Trần Văn {n}", "Sở Y tế") for n in range(rows))]

    with django_assert_num_queries(9):
        examined(book(*content), at)
