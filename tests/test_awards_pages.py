"""How the pages of awards read: choices in groups, lists that lead on, years that fit."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from awards.models import Nomination, Registration
from tests.appraisal_world import sent_dossier
from tests.awards_world import DossierFactory, SubjectFactory
from tests.world import World

TITLES = "Danh hiệu thi đua cấp cơ sở"
PROVINCIAL = "Hình thức khen thưởng cấp bộ, ban, ngành, tỉnh"


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(world.person("officer"))
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def groups_of(page: str, name: str) -> dict[str, str]:
    """What stands under each heading of the select ``name``."""
    select = page.split(f'name="{name}"')[1].split("</select>")[0]
    return {each.split('"')[0]: each for each in select.split('<optgroup label="')[1:]}


def test_awards_are_chosen_by_kind_and_level_in_a_dossier(officer: Client, world: World) -> None:
    dossier = DossierFactory(agency=world.syt)
    SubjectFactory(agency=world.syt)

    found = groups_of(text(officer.get(f"/ho-so/{dossier.pk}/them/")), "award")

    assert next(iter(found)) == "Danh hiệu thi đua cấp Nhà nước"
    assert "Lao động tiên tiến" in found[TITLES]
    assert "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh" in found[PROVINCIAL]
    assert "Huân chương Lao động hạng Ba" in found["Hình thức khen thưởng cấp Nhà nước: Huân chương"]


def test_awards_are_chosen_by_kind_and_level_in_a_registration(officer: Client, world: World) -> None:
    row = Registration.objects.create(agency=world.syt, year=2020)

    found = groups_of(text(officer.get(f"/dang-ky-thi-dua/{row.pk}/them/?hinh-thuc=bk-tinh")), "hinh-thuc")

    assert '<option value="bk-tinh" selected>' in found[PROVINCIAL]


def test_awards_are_chosen_by_kind_and_level_in_the_history_of_a_subject(officer: Client, world: World) -> None:
    subject = SubjectFactory(agency=world.syt)

    found = groups_of(text(officer.get(f"/doi-tuong/{subject.pk}/thanh-tich/them/")), "award")

    assert "Lao động tiên tiến" in found[TITLES]
    assert "Tập thể lao động tiên tiến" not in found[TITLES]


@pytest.mark.parametrize(("day", "year"), [("2020-11-30", 2020), ("2020-12-01", 2021)])
def test_from_december_on_units_register_for_next_year(officer: Client, world: World, day: str, year: int) -> None:
    with time_machine.travel(f"{day} 09:00+07:00", tick=False):
        page = officer.get("/dang-ky-thi-dua/")
        compared = officer.get("/dang-ky-thi-dua/so-sanh/")

    assert f'<h1 class="h3 mb-0 me-auto">Đăng ký thi đua năm {year}</h1>' in text(page)
    assert compared.context["year"] == 2020


def test_cases_lead_on_in_the_order_and_the_filter_of_their_list(client: Client, world: World) -> None:
    dossier = sent_dossier(world, cases=4)
    first, second, _, fourth = dossier.nominations.order_by("position")
    Nomination.objects.filter(pk__in=[first.pk, second.pk, fourth.pk]).update(verdict="eligible")
    client.force_login(world.person("standing"))

    page = text(client.get(f"/de-nghi/{second.pk}/tham-dinh/?kiem_tra=eligible&sap=-stt"))
    last = text(client.get(f"/de-nghi/{first.pk}/tham-dinh/?kiem_tra=eligible&sap=-stt"))

    assert "<span>2/3</span>" in page
    assert f'href="/de-nghi/{fourth.pk}/tham-dinh/?kiem_tra=eligible&amp;sap=-stt" rel="prev"' in page
    assert f'href="/de-nghi/{first.pk}/tham-dinh/?kiem_tra=eligible&amp;sap=-stt" rel="next"' in page
    assert "<span>3/3</span>" in last
    assert 'rel="next"' not in last


def test_a_case_keeps_its_place_when_its_result_no_longer_fits_the_filter(client: Client, world: World) -> None:
    dossier = sent_dossier(world, cases=3)
    second = dossier.nominations.order_by("position")[1]
    Nomination.objects.filter(pk=second.pk).update(state="eligible")
    client.force_login(world.person("standing"))

    page = text(client.get(f"/de-nghi/{second.pk}/tham-dinh/?ket_qua=pending"))

    assert "<span>2/3</span>" in page


@pytest.mark.parametrize(("pressed", "leads"), [({}, "list"), ({"tiep": "1"}, "next")])
def test_saving_leads_on_with_the_filter(client: Client, world: World, pressed: dict[str, str], leads: str) -> None:
    dossier = sent_dossier(world, cases=2)
    first, second = dossier.nominations.order_by("position")
    client.force_login(world.person("standing"))
    seen = client.get(f"/de-nghi/{first.pk}/tham-dinh/").context["form"]["seen"].value()

    done = client.post(f"/de-nghi/{first.pk}/tham-dinh/?q=le", {"result": "find_eligible", "seen": seen, **pressed})

    wanted = {"list": f"/ho-so/{dossier.pk}/tham-dinh/?q=le", "next": f"/de-nghi/{second.pk}/tham-dinh/?q=le"}
    assert done.headers["Location"] == wanted[leads]


def test_agencies_to_ask_are_ticked_not_chosen_with_a_key_held_down(client: Client, world: World) -> None:
    dossier = sent_dossier(world)
    client.force_login(world.person("standing"))

    page = text(client.get(f"/ho-so/{dossier.pk}/xin-y-kien/"))

    assert "Ctrl" not in page
    boxes = re.findall(r'<input class="form-check-input"\s+type="checkbox"\s+name="agencies"[^>]*value="(\d+)"', page)
    assert str(world.sgddt.pk) in boxes
    assert str(dossier.agency_id) not in boxes


def test_what_may_be_asked_for_stands_in_groups_with_what_is_missing_first(client: Client, world: World) -> None:
    dossier = sent_dossier(world)
    case = dossier.nominations.get()
    client.force_login(world.person("standing"))

    groups = client.get(f"/ho-so/{dossier.pk}/yeu-cau-bo-sung/?truong-hop={case.pk}").context["groups"]

    assert [heading for heading, _, _ in groups] == ["Thông tin của trường hợp", "Báo cáo thành tích", "Giấy tờ"]
    assert [is_open for _, _, is_open in groups] == [False, False, True]
    papers = groups[2][1]
    assert [line.words for line in papers if line.missing] == [line.words for line in papers[:2]]
    assert papers[0].words == "Báo cáo thành tích"
