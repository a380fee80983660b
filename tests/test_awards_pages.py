"""How the pages of awards read: choices in groups, lists that lead on, years that fit."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from awards.domain.checklist import checklist_of, read_checklist
from awards.domain.dossiers import create_dossier
from awards.domain.readiness import obstacles
from awards.domain.removing import remove_dossier
from awards.domain.todo_dossiers import dossier_todos
from awards.models import Attachment, Dossier, Nomination, NominationText, Registration
from awards.views.import_pages import gathered
from tests.appraisal_world import answered_by_rules, sent_dossier
from tests.awards_world import DossierFactory, SubjectFactory, grade, nominate
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
    answered_by_rules("eligible", first, second, fourth)
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


def test_an_award_that_the_agency_decides_is_told_and_not_refused(officer: Client, world: World) -> None:
    dossier = DossierFactory(agency=world.syt)
    people = [SubjectFactory(agency=world.syt) for _ in range(3)]
    own = nominate(dossier, people[0], "ld-tien-tien")
    nominate(dossier, people[1], "ld-tien-tien")
    provincial = nominate(dossier, people[2], "bk-tinh")

    page = text(officer.get(f"/ho-so/{dossier.pk}/"))
    case, other = (text(officer.get(f"/de-nghi/{each.pk}/")) for each in (own, provincial))

    told = "«Lao động tiên tiến» do cấp cơ sở quyết định (Thủ trưởng cơ quan chuyên môn cấp tỉnh"
    assert told in page
    assert "2 trường hợp trong hồ sơ này" in page
    assert told in case
    assert "Luật TĐKT 2022, Điều 24 (tiêu chuẩn)" in case
    assert "không cần trình tỉnh" not in other


def todo_texts(user: Any) -> list[str]:
    return [each.text for each in dossier_todos(user)]


def hold(dossier: Dossier, *kinds: str, nomination: Nomination | None = None) -> None:
    for kind in kinds:
        Attachment.objects.create(dossier=dossier, nomination=nomination, kind=kind, title=kind)


def test_a_leader_is_offered_only_what_can_be_signed(world: World) -> None:
    drafts = [DossierFactory(agency=world.syt, code=f"hs-{n}") for n in range(3)]
    for each in drafts[1:]:
        nominate(each, SubjectFactory(agency=world.syt), "bk-tinh")
    hold(drafts[2], "to-trinh", "bien-ban")
    hold(drafts[2], "bao-cao", nomination=drafts[2].nominations.get())

    assert todo_texts(world.person("leader")) == [
        "Hoàn thiện hồ sơ khen thưởng hs-0: chưa có trường hợp đề nghị",
        "Hoàn thiện hồ sơ khen thưởng hs-1: còn thiếu 3 giấy tờ",
        "Duyệt hồ sơ khen thưởng hs-2",
    ]
    assert todo_texts(world.person("officer"))[2] == "Hồ sơ khen thưởng hs-2 đã đủ, chờ lãnh đạo duyệt"


def test_what_drafts_lack_is_counted_as_on_their_pages_with_constant_queries(
    world: World, django_assert_num_queries: Any
) -> None:
    drafts = []
    for number in range(3):
        drafts.append(DossierFactory(agency=world.syt))
        for code in ("ld-tien-tien", "bk-tinh", "cstd-tinh")[: number + 1]:
            nominate(drafts[-1], SubjectFactory(agency=world.syt), code)
    hold(drafts[0], "to-trinh")

    with django_assert_num_queries(4):
        found = obstacles(drafts)
    with django_assert_num_queries(4):
        obstacles(drafts[:1])

    assert found == {each.pk: f"còn thiếu {checklist_of(each).count} giấy tờ" for each in drafts}


def test_a_common_report_is_not_asked_for_where_each_has_one_of_its_own(world: World) -> None:
    dossier = DossierFactory(agency=world.syt)
    for code in ("ld-tien-tien", "giay-khen"):
        nominate(dossier, SubjectFactory(agency=world.syt), code)
    before = {item.kind for item in read_checklist(dossier).own if item.missing}
    first, second = dossier.nominations.order_by("pk")
    hold(dossier, "bao-cao", nomination=first)
    halfway = {item.kind for item in read_checklist(dossier).own if item.missing}
    NominationText.objects.create(nomination=second, section="ii-thanh-tich", text="Hoàn thành tốt nhiệm vụ.")

    after = read_checklist(dossier)

    assert before == halfway == {"to-trinh", "bien-ban", "bao-cao"}
    assert {item.kind for item in after.own if item.missing} == {"to-trinh", "bien-ban"}
    assert obstacles([dossier])[dossier.pk] == f"còn thiếu {after.count} giấy tờ"


def test_the_number_of_a_deleted_dossier_is_not_given_again(world: World) -> None:
    given: dict[str, Any] = {"agency": world.syt, "actor": None, "year": 2020, "title": "Đề nghị khen thưởng"}
    create_dossier(**given)
    second = create_dossier(**given)
    remove_dossier(second, actor=None)

    third = create_dossier(**given)

    assert (second.code, third.code) == ("HS-2020-0002", "HS-2020-0003")
    assert create_dossier(**given | {"year": 2019}).code == "HS-2019-0001"


def test_the_same_fault_of_many_rows_is_told_once() -> None:
    faults = [(row, "Họ tên", "Còn trống.") for row in (3, 4, 5, 9)]

    found = gathered([*faults[:2], (4, "Năm", "Không phải năm."), *faults[2:]])

    assert [(each.place, each.header) for each in found] == [("Dòng 3-5, 9", "Họ tên"), ("Dòng 4", "Năm")]


def test_a_condition_that_two_articles_ask_for_is_one_line(client: Client, world: World) -> None:
    subject = SubjectFactory(agency=world.syt)
    grade(subject, y2026="HTXS")

    with time_machine.travel("2026-12-20 09:00+07:00", tick=False):
        client.force_login(world.person("officer"))
        page = client.get(f"/kiem-tra-dieu-kien/{subject.pk}/")

    lines = [
        [said.text for said in prospect.said] for _, prospects, _ in page.context["groups"] for prospect, _ in prospects
    ]
    assert ["Năm 2026 được xếp loại hoàn thành xuất sắc nhiệm vụ."] in lines
    assert [each for each in lines if len(each) != len(set(each))] == []


def test_what_time_alone_does_not_bring_is_told_in_the_words_of_today(client: Client, world: World) -> None:
    subject = SubjectFactory(agency=world.syt)
    grade(subject, y2025="HTXS", y2026="HTXS")

    with time_machine.travel("2026-12-20 09:00+07:00", tick=False):
        client.force_login(world.person("officer"))
        page = text(client.get(f"/kiem-tra-dieu-kien/{subject.pk}/"))

    assert "Chỉ thêm năm công tác thì chưa đủ." in page
    assert "2038" not in page
    assert "phải đạt: Năm 2026 chưa đạt Chiến sĩ thi đua cấp tỉnh; cần 2 năm liên tục. Chưa có sáng kiến" in page
    assert "phải đạt: Chưa được tặng Huân chương Lao động hạng Nhì. Trong thời gian đó chưa lần nào" in page
    assert re.search(r"<details[^>]* data-folds-narrow>\s*<summary>\s*<h2[^>]*>Chưa đủ điều kiện", page)


def test_an_officer_is_told_who_sends_a_registration(officer: Client, world: World) -> None:
    row = Registration.objects.create(agency=world.syt, year=2020)
    told = "lãnh đạo đơn vị (hoặc người được ủy quyền ký) mở trang này, bấm «Gửi đăng ký»"

    to_officer = text(officer.get(row.get_absolute_url()))
    officer.force_login(world.person("leader"))
    to_leader = text(officer.get(row.get_absolute_url()))

    assert told in to_officer
    assert told not in to_leader


def test_a_request_without_words_is_refused_in_an_alert(client: Client, world: World) -> None:
    dossier = sent_dossier(world)
    client.force_login(world.person("standing"))

    page = text(client.post(f"/ho-so/{dossier.pk}/yeu-cau-bo-sung/", {"chon": ["paper:to-trinh"]}))

    assert re.search(r'<div class="alert alert-danger" role="alert">Hãy ghi rõ', page)
    assert re.search(r'value="paper:to-trinh" checked', page)


@pytest.mark.parametrize(("name", "told"), [("administrator", True), ("standing", False)])
def test_who_cannot_set_what_the_province_rules_is_told_who_does(
    client: Client, world: World, name: str, told: bool
) -> None:
    client.force_login(world.person(name))

    page = text(client.get(f"/danh-muc-khen-thuong/quy-dinh-tinh/{world.council.pk}/"))

    assert ("Cơ quan thường trực Hội đồng của tỉnh đặt và sửa các giá trị này." in page) is told
    assert ("Đặt giá trị" in page) is not told


def test_what_an_empty_dossier_lacks_is_not_told_as_nothing(officer: Client, world: World) -> None:
    page = text(officer.get(f"/ho-so/{DossierFactory(agency=world.syt).pk}/"))

    assert re.search(r"<dt>Giấy tờ còn thiếu</dt>\s*<dd>\s*biết được khi hồ sơ có trường hợp đề nghị\s*</dd>", page)
