"""The directory of agencies, and what administrators keep."""

import unicodedata
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.models import User
from blocs.domain.directory import chain_of
from blocs.models import Agency, Appointment, Bloc, Council
from tests.factories import AgencyFactory, CouncilFactory, MembershipFactory
from tests.world import PERSONAS, World


def signed_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def typed(**data: object) -> dict[str, object]:
    return {"name": "Sở Du lịch", "kind": "department", "leader_title": "Giám đốc"} | data


@pytest.mark.parametrize("name", PERSONAS)
def test_everyone_reads_the_directory_and_the_standing_body_writes_it(client: Client, world: World, name: str) -> None:
    signed_in(client, world, name)
    written = 200 if name == "standing" else 403

    assert client.get(reverse("blocs:agencies")).status_code == 200
    assert client.get(reverse("blocs:agency", args=[world.syt.pk])).status_code == 200
    assert client.get(reverse("blocs:agency-new")).status_code == written
    assert client.get(reverse("blocs:agency-edit", args=[world.syt.pk])).status_code == written


def test_a_standing_body_does_not_write_in_another_council(client: Client, world: World) -> None:
    foreign = AgencyFactory(council=CouncilFactory(province="Tỉnh Khác"), name="Sở Y tế tỉnh Khác")
    signed_in(client, world, "standing")

    assert client.get(reverse("blocs:agency-edit", args=[foreign.pk])).status_code == 403
    assert client.get(reverse("blocs:agency-new"), {"hoi-dong": foreign.council_id}).status_code == 404


@pytest.mark.parametrize("query", ["so y te", "Y TẾ", unicodedata.normalize("NFD", "Y tế"), "nganh y", "syt"])
def test_directory_is_searched_by_name_other_name_and_code(client: Client, world: World, query: str) -> None:
    world.syt.aliases.create(name="Ngành Y")
    world.syt.aliases.create(name="Ngành Y tế Quảng Nam")

    listing = signed_in(client, world, "officer").get(reverse("blocs:agencies"), {"q": query}).context["listing"]

    assert [row.code for row in listing.page] == ["syt"]


@time_machine.travel("2025-08-01")
def test_directory_tells_agencies_in_force_from_ended_ones(client: Client, world: World) -> None:
    Agency.objects.filter(pk=world.stttt.pk).update(valid_to=date(2025, 6, 30))
    Agency.objects.filter(pk=world.syt.pk).update(valid_to=date(2025, 8, 1))
    signed_in(client, world, "officer")

    ended = client.get(reverse("blocs:agencies"), {"hieu_luc": "het"}).context["listing"]
    alive = client.get(reverse("blocs:agencies"), {"hieu_luc": "con"}).context["listing"]

    assert [row.code for row in ended.page] == ["stttt"]
    assert {row.code for row in alive.page} == {"snv", "sgddt", "syt", "sldtbxh", "other"}


def test_directory_sorts_in_vietnamese_order_and_exports(client: Client, world: World) -> None:
    AgencyFactory(council=world.council, name="Đài Phát thanh - Truyền hình", code="dptth", kind="media")
    signed_in(client, world, "officer")

    names = [row.name for row in client.get(reverse("blocs:agencies")).context["listing"].page]
    media = client.get(reverse("blocs:agencies"), {"loai": "media"}).context["listing"]
    book = client.get(reverse("blocs:agencies"), {"xuat": "xlsx"})

    assert names[:3] == [
        "Đài Phát thanh - Truyền hình",
        "Sở Giáo dục và Đào tạo",
        "Sở Lao động - Thương binh và Xã hội",
    ]
    assert [row.code for row in media.page] == ["dptth"]
    assert "danh-muc-don-vi.xlsx" in book["Content-Disposition"]


def test_directory_of_several_provinces_tells_them_apart(client: Client, world: World) -> None:
    signed_in(client, world, "officer")
    url = reverse("blocs:agencies")
    assert "Hội đồng" not in [column.label for column in client.get(url).context["listing"].columns]

    council = CouncilFactory(province="Tỉnh Quảng Ngãi")
    AgencyFactory(council=council, name="Sở Y tế", code="syt-qng")

    page = client.get(url)
    assert [column.label for column in page.context["listing"].columns][-1] == "Hội đồng"
    assert '<td data-label="Hội đồng">Tỉnh Quảng Ngãi</td>' in page.content.decode()
    narrowed = client.get(url, {"hoi_dong": council.pk}).context["listing"]
    assert [row.code for row in narrowed.page] == ["syt-qng"]


@pytest.mark.parametrize("count", [1, 3])
def test_directory_takes_the_same_queries_for_any_number_of_rows(  # type: ignore[no-untyped-def]
    client: Client, world: World, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        AgencyFactory(council=world.council, successor=world.syt)
    signed_in(client, world, "officer")

    with django_assert_num_queries(8):
        client.get(reverse("blocs:agencies"))


@pytest.mark.parametrize("count", [1, 3])
def test_an_agency_takes_the_same_queries_whatever_its_history(  # type: ignore[no-untyped-def]
    client: Client, world: World, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        AgencyFactory(council=world.council, successor=world.syt, parent=world.syt)
        world.syt.aliases.create(name=f"Tên {_}")
        MembershipFactory(bloc_year__bloc__council=world.council, agency=world.syt)
    signed_in(client, world, "standing")

    with django_assert_num_queries(9):
        client.get(reverse("blocs:agency", args=[world.syt.pk]))


def test_an_agency_shows_only_the_years_that_the_reader_sees(client: Client, world: World) -> None:
    MembershipFactory(bloc_year=world.other_year, agency=world.syt)
    url = reverse("blocs:agency", args=[world.syt.pk])

    stranger = signed_in(client, world, "stranger").get(url).content.decode()

    assert "Khối kinh tế năm 2020" in stranger
    assert "Khối tham mưu III" not in stranger


# Writing


def test_standing_body_adds_an_agency_with_other_names(client: Client, world: World) -> None:
    name = unicodedata.normalize("NFD", "Sở  Du lịch")
    data = typed(name=name, aliases="Sở DL\n\n  Ngành du lịch \nSở DL", valid_from="01/07/2025", parent=world.snv.pk)

    answer = signed_in(client, world, "standing").post(reverse("blocs:agency-new"), data)

    made = Agency.objects.get(code="so-du-lich")
    assert answer["Location"] == made.get_absolute_url()
    assert (made.name, made.valid_from, made.parent, made.council) == (
        "Sở Du lịch", date(2025, 7, 1), world.snv, world.council,
    )  # fmt: skip
    assert list(made.aliases.values_list("name", flat=True)) == ["Sở DL", "Ngành du lịch"]
    assert entries_of(made)[0].after["other_names"] == ["Sở DL", "Ngành du lịch"]


def test_standing_body_ends_an_agency_and_names_its_successor(client: Client, world: World) -> None:
    merged = AgencyFactory(council=world.council, code="skhcn", name="Sở Khoa học và Công nghệ")
    data = typed(name=world.stttt.name, valid_to="30/06/2025", successor=merged.pk, aliases="Sở TTTT")

    signed_in(client, world, "standing").post(reverse("blocs:agency-edit", args=[world.stttt.pk]), data)

    world.stttt.refresh_from_db()
    assert (world.stttt.valid_to, world.stttt.successor) == (date(2025, 6, 30), merged)
    assert world.stttt.memberships.count() == 1
    entry = entries_of(world.stttt)[0]
    assert entry.before["successor"] is None
    assert entry.after == {
        "other_names": ["Sở TTTT"], "successor": "Sở Khoa học và Công nghệ", "valid_to": "2025-06-30",
    }  # fmt: skip
    assert [row.name for row in chain_of(merged).before] == ["Sở Thông tin và Truyền thông"]


def test_a_new_name_is_found_at_once(client: Client, world: World) -> None:
    signed_in(client, world, "standing").post(
        reverse("blocs:agency-edit", args=[world.syt.pk]), typed(name="Sở Sức khỏe", aliases="Sở Y tế")
    )

    for query in ("suc khoe", "so y te"):
        found = client.get(reverse("blocs:agencies"), {"q": query}).context["listing"]
        assert [row.code for row in found.page] == ["syt"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Hãy điền mục này"),
        ({"name": "N" * 301}, "300"),
        ({"aliases": "ngắn\n" + "D" * 301}, "Tên khác ở dòng 2 dài quá 300 ký tự"),
        ({"valid_to": "31/02/2025"}, "31/02/2025"),
        ({"valid_from": "2025-07-01", "valid_to": "2025-06-30"}, "Ngày kết thúc phải sau ngày bắt đầu"),
        ({"kind": "spaceship"}, "Lựa chọn này không còn"),
        ({"successor": "SNV"}, "phải ghi ngày kết thúc hoạt động"),
        ({"code": "syt"}, "đã dùng cho một đơn vị khác"),
        ({"code": "mã có dấu"}, "Mã chỉ gồm chữ không dấu"),
    ],
)
def test_a_bad_agency_keeps_what_was_typed(client: Client, world: World, change: dict[str, str], sentence: str) -> None:
    if change.get("successor"):
        change = {"successor": str(world.snv.pk)}
    data = typed(short_name="Tên tắt giữ lại") | change
    before = Agency.objects.count()

    answer = signed_in(client, world, "standing").post(reverse("blocs:agency-new"), data)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "Tên tắt giữ lại" in page
    assert Agency.objects.count() == before


def test_a_name_of_300_letters_fits(client: Client, world: World) -> None:
    name = unicodedata.normalize("NFD", "Ậ" * 300)

    answer = signed_in(client, world, "standing").post(reverse("blocs:agency-new"), typed(name=name), follow=True)

    assert answer.status_code == 200
    assert Agency.objects.get(name="Ậ" * 300).code == "a" * 50


@pytest.mark.parametrize("link", ["successor", "parent"])
def test_a_circle_is_refused(client: Client, world: World, link: str) -> None:
    ended = {"valid_to": date(2025, 6, 30)}
    Agency.objects.filter(pk=world.snv.pk).update(**{link: world.syt}, **ended)
    data = typed(name=world.syt.name, valid_to="2025-06-30") | {link: world.snv.pk}

    answer = signed_in(client, world, "standing").post(reverse("blocs:agency-edit", args=[world.syt.pk]), data)

    world.syt.refresh_from_db()
    assert "đi thành vòng tròn" in answer.content.decode()
    assert getattr(world.syt, link) is None


def test_a_chain_with_a_circle_in_the_data_still_ends(world: World) -> None:
    Agency.objects.filter(pk=world.syt.pk).update(successor=world.snv)
    Agency.objects.filter(pk=world.snv.pk).update(successor=world.syt)

    chain = chain_of(Agency.objects.get(pk=world.syt.pk))

    assert [row.code for row in chain.after] == ["snv"]
    assert [row.code for row in chain.before] == ["snv"]


def test_the_code_of_an_agency_stays(client: Client, world: World) -> None:
    signed_in(client, world, "standing").post(
        reverse("blocs:agency-edit", args=[world.syt.pk]), typed(name="Sở Y tế", code="khac")
    )

    world.syt.refresh_from_db()
    assert world.syt.code == "syt"


# Administration

ADMIN_PAGES = [
    "accounts_user",
    "blocs_agency",
    "blocs_appointment",
    "blocs_council",
    "blocs_councilmember",
    "blocs_bloc",
]


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    """An administrator without Django's superuser flag."""
    User.objects.filter(email="administrator@example.vn").update(is_superuser=False)
    return signed_in(client, world, "administrator")


@pytest.mark.parametrize("page", ADMIN_PAGES)
def test_an_administrator_lists_adds_and_searches(staff: Client, page: str) -> None:
    assert staff.get(reverse(f"admin:{page}_changelist"), {"q": "y tế"}).status_code == 200
    assert staff.get(reverse(f"admin:{page}_add")).status_code == 200


@pytest.mark.parametrize(("page", "place"), [("blocs_appointment", "agency"), ("blocs_councilmember", "council")])
def test_a_term_does_not_end_before_it_begins(staff: Client, world: World, page: str, place: str) -> None:
    where = world.syt if place == "agency" else world.council
    data = {"user": world.person("stranger").pk, place: where.pk, "duty": "officer", "post": "Ủy viên"}
    data |= {"role": "member", "position": 0}
    days = {"since": "01/03/2026", "until": "28/02/2026"}

    refused = staff.post(reverse(f"admin:{page}_add"), data | days)

    assert refused.context["adminform"].form.errors == {
        "until": ["Ngày kết thúc không được trước ngày bắt đầu. Hãy sửa một trong hai ngày."]
    }
    assert staff.post(reverse(f"admin:{page}_add"), data | {**days, "until": "01/03/2026"}).status_code == 302


def test_administration_holds_no_business_tables(staff: Client) -> None:
    page = staff.get(reverse("admin:index")).content.decode()

    listed = {path for path in ("/quan-tri/scoring/", "/quan-tri/reports/", "petition", "auth/group") if path in page}
    assert listed == set()
    assert "Quản trị Khối thi đua" in page
    assert "Phân công nhiệm vụ" in page or "phân công nhiệm vụ" in page


@pytest.mark.parametrize("name", sorted(set(PERSONAS) - {"administrator"}))
def test_nobody_else_enters_administration(client: Client, world: World, name: str) -> None:
    answer = signed_in(client, world, name).get(reverse("admin:accounts_user_changelist"))

    assert answer.status_code == 403


def test_an_account_is_made_with_a_password(staff: Client, client: Client) -> None:
    password = "mot-mat-khau-dai-1"
    data = {"email": "Moi@Example.VN", "full_name": "Trần  Thị Mới", "password1": password, "password2": password}

    staff.post(reverse("admin:accounts_user_add"), data)

    made = User.objects.get(email="moi@example.vn")
    assert (made.full_name, made.is_staff, made.is_superuser) == ("Trần Thị Mới", False, False)
    assert made.check_password(password)


def test_nobody_becomes_superuser_by_hand(staff: Client, world: World) -> None:
    officer = world.person("officer")
    data = {"email": officer.email, "full_name": officer.full_name, "is_active": "on", "is_superuser": "on"}

    staff.post(reverse("admin:accounts_user_change", args=[officer.pk]), data)

    assert not world.person("officer").is_superuser


def test_accounts_are_switched_off_not_deleted(staff: Client, world: World) -> None:
    officer = world.person("officer")

    assert staff.post(reverse("admin:accounts_user_delete", args=[officer.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=officer.pk).exists()


def test_an_appointment_takes_effect_at_once(staff: Client, world: World) -> None:
    visitor = Client()
    visitor.force_login(world.person("council_member"))
    page = reverse("blocs:year", args=[world.year.pk])
    assert visitor.get(page).status_code == 404

    staff.post(
        reverse("admin:blocs_appointment_add"),
        {"user": world.person("council_member").pk, "agency": world.syt.pk, "duty": "officer"},
    )

    assert Appointment.objects.filter(user=world.person("council_member")).count() == 1
    assert visitor.get(page).status_code == 200


def test_an_administrator_names_the_standing_agency(staff: Client, world: World) -> None:
    council = Council.objects.get()
    data = {"province": council.province, "name": council.name, "place": "", "standing_agency": world.syt.pk}
    data |= {"level": "province"}

    staff.post(reverse("admin:blocs_council_change", args=[council.pk]), data)

    assert Council.objects.get().standing_agency == world.syt


def test_what_an_administrator_types_is_kept_in_one_normal_form(staff: Client, world: World) -> None:
    name = unicodedata.normalize("NFD", "Khối Ngân hàng")
    data = {"council": world.council.pk, "code": "ngan-hang", "name": name, "kind": "bloc", "tier": "province"}

    staff.post(reverse("admin:blocs_bloc_add"), data)

    assert Bloc.objects.get(code="ngan-hang").name == "Khối Ngân hàng"
