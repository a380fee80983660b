"""Bloc-years: the list, one year, its information, transitions, quotas, next year."""

import unicodedata
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.audit import entries_of
from accounts.domain.todo import todos_for
from accounts.domain.workflow import TransitionRefused
from blocs.domain.foundation import copy_forward, create_bloc, create_year
from blocs.models import Agency, Bloc, BlocYear, Membership, PledgeSignature, Quota, Succession
from tests.factories import (
    AgencyFactory,
    BlocFactory,
    BlocYearFactory,
    CouncilFactory,
    MembershipFactory,
    PledgeFactory,
    UserFactory,
)
from tests.world import PERSONAS, World

SEES = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}
RUNS = {"secretary", "head_leader", "standing"}
COMPOSES = {"standing"}


def signed_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def status_for(name: str, allowed: set[str]) -> int:
    """What a page of the world's bloc-year answers to a persona."""
    if name not in SEES:
        return 404
    return 200 if name in allowed else 403


@pytest.mark.parametrize("name", PERSONAS)
@pytest.mark.parametrize(
    ("page", "allowed"),
    [("year", SEES), ("year-edit", RUNS), ("quotas", COMPOSES)],
    ids=["year", "year-edit", "quotas"],
)
def test_who_opens_the_pages_of_a_year(client: Client, world: World, name: str, page: str, allowed: set[str]) -> None:
    answer = signed_in(client, world, name).get(reverse(f"blocs:{page}", args=[world.year.pk]))

    assert answer.status_code == status_for(name, allowed)


@pytest.mark.parametrize("name", PERSONAS)
def test_who_sees_which_years_in_the_list(client: Client, world: World, name: str) -> None:
    page = signed_in(client, world, name).get(reverse("blocs:years")).content.decode()

    assert ("Khối tham mưu III" in page) is (name in SEES)
    assert ("Khối kinh tế" in page) is (name in {"standing", "stranger"})
    assert (reverse("blocs:year-new") in page) is (name == "standing")


@pytest.mark.parametrize("name", PERSONAS)
def test_only_the_standing_body_lays_new_years(client: Client, world: World, name: str) -> None:
    answer = signed_in(client, world, name).get(reverse("blocs:year-new"))

    assert answer.status_code == (200 if name == "standing" else 403)


def test_pages_ask_for_a_login(client: Client, world: World) -> None:
    answer = client.get(reverse("blocs:year", args=[world.year.pk]))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/tai-khoan/")


@pytest.mark.parametrize("typed", ["tham muu", "THAM MƯU", "y te", unicodedata.normalize("NFD", "Sở Y tế"), "muu \x00"])
def test_list_finds_by_bloc_or_member_whatever_the_accents(client: Client, world: World, typed: str) -> None:
    page = signed_in(client, world, "standing").get(reverse("blocs:years"), {"q": typed}).content.decode()

    assert "Khối tham mưu III" in page
    assert "Khối kinh tế</a>" not in page


def test_list_finds_a_member_by_its_other_name(client: Client, world: World) -> None:
    world.syt.aliases.create(name="Ngành y tế tỉnh nhà")

    page = signed_in(client, world, "standing").get(reverse("blocs:years"), {"q": "tinh nha"}).content.decode()

    assert "Khối tham mưu III" in page
    assert "Khối kinh tế</a>" not in page


def test_a_very_long_search_is_answered(client: Client, world: World) -> None:
    answer = signed_in(client, world, "standing").get(reverse("blocs:years"), {"q": "a " * 300})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({"nam": "2019"}, ["Khối kinh tế"]),
        ({"loai": "cluster"}, ["Khối tham mưu III"]),
        ({"trang_thai": "planning"}, ["Khối kinh tế"]),
        ({"cap": "authorised"}, []),
        ({"nam": "khong-phai-nam"}, ["Khối kinh tế", "Khối tham mưu III"]),
    ],
)
def test_list_is_filtered(client: Client, world: World, filters: dict[str, str], shown: list[str]) -> None:
    BlocYear.objects.filter(pk=world.other_year.pk).update(year=2019, state="planning")
    Bloc.objects.filter(pk=world.year.bloc_id).update(kind="cluster")

    listing = signed_in(client, world, "standing").get(reverse("blocs:years"), filters).context["listing"]

    assert sorted(row.bloc.name for row in listing.page) == shown


def test_list_sorts_and_exports(client: Client, world: World) -> None:
    signed_in(client, world, "standing")

    by_size = client.get(reverse("blocs:years"), {"sap": "-so"}).context["listing"]
    book = client.get(reverse("blocs:years"), {"xuat": "xlsx"})

    assert [(row.size, row.head_label) for row in by_size.page] == [
        (4, "Sở Thông tin và Truyền thông"),
        (1, "Sở Xây dựng"),
    ]
    assert book["Content-Type"].endswith("spreadsheetml.sheet")


def test_empty_list_says_what_to_do(client: Client, world: World) -> None:
    sentences = {
        "council_member": "Bạn chưa được phân công theo dõi khối nào.",
        "administrator": "Tài khoản quản trị không xem nghiệp vụ của khối.",
        "stranger": "Đơn vị của bạn chưa thuộc khối, cụm nào.",
    }
    world.other_year.memberships.all().delete()
    UserFactory(email="nobody@example.vn")

    for name, sentence in (sentences | {"nobody": "Bạn chưa có nhiệm vụ tại đơn vị nào"}).items():
        assert sentence in signed_in(client, world, name).get(reverse("blocs:years")).content.decode()


def test_a_missing_deadline_leads_to_where_it_is_set(client: Client, world: World) -> None:
    url = reverse("blocs:year", args=[world.year.pk])
    link = f'<a href="{reverse("blocs:year-edit", args=[world.year.pk])}">Chưa đặt hạn</a>'

    assert client_page(signed_in(client, world, "secretary"), url).count(link) == 4
    page = client_page(signed_in(client, world, "officer"), url)
    assert (page.count("Chưa đặt hạn"), page.count("chưa đặt hạn")) == (0, 4)


def client_page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_rows(  # type: ignore[no-untyped-def]
    client: Client, world: World, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        MembershipFactory(bloc_year__bloc__council=world.council, role="head")
    signed_in(client, world, "standing")

    with django_assert_num_queries(7):
        client.get(reverse("blocs:years"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_year_takes_the_same_queries_for_any_number_of_members(  # type: ignore[no-untyped-def]
    client: Client, world: World, count: int, django_assert_max_num_queries
) -> None:
    for _ in range(count):
        MembershipFactory(bloc_year=world.year, role="deputy", agency__council=world.council)
        Quota.objects.create(bloc_year=world.year, award=f"co-{_}", limit=1)
    signed_in(client, world, "secretary")

    with django_assert_max_num_queries(40) as taken:
        client.get(reverse("blocs:year", args=[world.year.pk]))
    if count == 1:
        MembershipFactory(bloc_year=world.year, role="deputy", agency__council=world.council)
        with django_assert_max_num_queries(len(taken)):
            client.get(reverse("blocs:year", args=[world.year.pk]))


def test_a_year_shows_its_people_and_steps(client: Client, world: World) -> None:
    Membership.objects.filter(bloc_year=world.year, role="head").update(
        person="Phạm Hồng Quảng", person_title="Giám đốc"
    )

    page = signed_in(client, world, "officer").get(reverse("blocs:year", args=[world.year.pk])).content.decode()

    assert "Giám đốc Phạm Hồng Quảng" in page
    assert "4 đơn vị; trưởng khối: Sở Thông tin và Truyền thông." in page
    assert "Chưa chọn trưởng khối năm sau." in page
    assert "Sửa thông tin" not in page
    assert "Mở chấm điểm" not in page


def test_secretariat_sets_deadlines_day_first(client: Client, world: World) -> None:
    data = {"rotation": "election", "pledge_due": "05/03/2020", "scores_due": "2020-12-25", "regulation": "Điều 1."}

    answer = signed_in(client, world, "secretary").post(reverse("blocs:year-edit", args=[world.year.pk]), data)

    assert answer.status_code == 302
    world.year.refresh_from_db()
    assert world.year.pledge_due == date(2020, 3, 5)
    assert world.year.scores_due == date(2020, 12, 25)
    entry = entries_of(world.year)[0]
    assert entry.after["pledge_due"] == "2020-03-05"
    assert "annual_due" not in entry.after
    assert entry.actor == world.person("secretary")


def test_bad_deadline_keeps_what_was_typed(client: Client, world: World) -> None:
    data = {"rotation": "rotation", "pledge_due": "31/02/2020", "regulation": "Điều 1 giữ nguyên."}

    answer = signed_in(client, world, "secretary").post(reverse("blocs:year-edit", args=[world.year.pk]), data)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "31/02/2020" in page
    assert "Điều 1 giữ nguyên." in page
    assert not entries_of(world.year).exists()


def test_nobody_edits_a_handed_over_year(client: Client, world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="handed_over")

    answer = signed_in(client, world, "standing").post(reverse("blocs:year-edit", args=[world.year.pk]), {})

    assert answer.status_code == 403


@pytest.mark.parametrize(("name", "status"), [("secretary", 302), ("officer", 403), ("stranger", 404)])
def test_who_concludes_a_year(client: Client, world: World, name: str, status: int) -> None:
    world.year.conferences.create(kind="annual-review")

    answer = signed_in(client, world, name).post(
        reverse("blocs:year-act", args=[world.year.pk]), {"transition": "conclude"}
    )

    world.year.refresh_from_db()
    assert answer.status_code == status
    assert world.year.state == ("concluded" if name == "secretary" else "running")


def test_a_guard_says_what_is_missing(client: Client, world: World) -> None:
    answer = signed_in(client, world, "secretary").post(
        reverse("blocs:year-act", args=[world.year.pk]), {"transition": "conclude"}, follow=True
    )

    assert "Chưa ghi nhận hội nghị tổng kết năm." in answer.content.decode()


def conclude_form(page: str) -> str:
    """The form of «Kết thúc tổng kết», with its blanks tidied."""
    forms = [" ".join(each.split("</form>")[0].split()) for each in page.split("<form ")]
    return next(each for each in forms if 'value="conclude"' in each)


def test_concluding_names_what_is_open_and_leads_only_at_the_end(client: Client, world: World) -> None:
    pledge = PledgeFactory(bloc_year=world.year, state="open_for_signature")
    PledgeSignature.objects.create(pledge=pledge, agency=world.syt)
    world.year.conferences.create(kind="annual-review")
    signed_in(client, world, "secretary")
    url = reverse("blocs:year", args=[world.year.pk])

    early = conclude_form(client.get(url).content.decode())
    world.year.reviews.create(kind="annual", state="issued")
    late = conclude_form(client.get(url).content.decode())

    assert "data-confirm=" in early
    assert "btn-outline-secondary" in early
    assert "<li>Ký kết giao ước thi đua: 1/4 đơn vị đã ký</li>" in early
    assert "<li>Báo cáo tổng kết năm: 0/4 đơn vị đã gửi báo cáo</li>" in early
    assert "<li>Chấm điểm: Chưa lập phiếu chấm</li>" in early
    assert "btn-primary" in late
    assert "<li>Báo cáo tổng kết năm" not in late


@pytest.mark.parametrize(("state", "absent"), [("running", 0), ("concluded", 8), ("handed_over", 8)])
def test_a_closed_year_does_not_wait_for_what_never_was(client: Client, world: World, state: str, absent: int) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state=state, pledge_due=date(2020, 2, 15))

    page = signed_in(client, world, "officer").get(reverse("blocs:year", args=[world.year.pk])).content.decode()

    assert page.count("Không có số liệu") == absent
    assert ("Chưa đến" in page) is (state == "running")
    assert ("Quá hạn" in page) is (state == "running")


def test_a_pledge_left_open_in_a_closed_year_is_unfinished(client: Client, world: World) -> None:
    PledgeFactory(bloc_year=world.year, state="open_for_signature")
    BlocYear.objects.filter(pk=world.year.pk).update(state="handed_over")

    page = signed_in(client, world, "officer").get(reverse("blocs:year", args=[world.year.pk])).content.decode()

    assert "Chưa hoàn thành" in page
    assert "0/4 đơn vị đã ký." in page


def test_handing_over_is_asked_for_on_its_own_page(client: Client, world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="concluded")
    Succession.objects.create(bloc_year=world.year, head=world.sgddt, mode="rotation")

    answer = signed_in(client, world, "secretary").post(
        reverse("blocs:year-act", args=[world.year.pk]), {"transition": "hand_over"}
    )

    world.year.refresh_from_db()
    assert answer["Location"] == reverse("blocs:succession", args=[world.year.pk])
    assert world.year.state == "concluded"


# Quotas


def test_standing_body_sets_quotas(client: Client, world: World) -> None:
    Quota.objects.create(bloc_year=world.year, award="bk-tinh", limit=3)
    data = {"limit-co-tinh": "2", "limit-bk-tinh": "", "other_award": "cstd-tinh", "other_limit": "4"}

    signed_in(client, world, "standing").post(reverse("blocs:quotas", args=[world.year.pk]), data)

    assert dict(world.year.quotas.values_list("award", "limit")) == {"co-tinh": 2, "cstd-tinh": 4}
    assert entries_of(world.year)[0].after == {
        "quota_limits": ["Cờ thi đua của Ủy ban nhân dân tỉnh: 2", "Chiến sĩ thi đua cấp tỉnh: 4"]
    }


def test_a_quota_of_zero_is_not_an_unknown_one(client: Client, world: World) -> None:
    signed_in(client, world, "standing").post(reverse("blocs:quotas", args=[world.year.pk]), {"limit-co-tinh": "0"})

    assert dict(world.year.quotas.values_list("award", "limit")) == {"co-tinh": 0}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"limit-co-tinh": "-1"}, "lớn hơn hoặc bằng"),
        ({"other_award": "cstd-tinh"}, "Hãy nhập số lượng tối đa"),
        ({"other_limit": "2"}, "Hãy chọn hình thức khen thưởng"),
        ({"limit-co-tinh": "hai"}, "hai"),
    ],
)
def test_bad_quotas_are_refused(client: Client, world: World, data: dict[str, str], sentence: str) -> None:
    answer = signed_in(client, world, "standing").post(reverse("blocs:quotas", args=[world.year.pk]), data)

    assert sentence in answer.content.decode()
    assert world.year.quotas.count() == 0


# New blocs and years


def new_year(world: World, **data: object) -> dict[str, object]:
    return {"council": world.council.pk, "kind": "bloc", "tier": "province", "year": 2021} | data


def test_a_new_bloc_with_its_first_year(client: Client, world: World) -> None:
    name = unicodedata.normalize("NFD", "Khối  Nội chính")

    answer = signed_in(client, world, "standing").post(reverse("blocs:year-new"), new_year(world, name=name))

    made = BlocYear.objects.get(bloc__name="Khối Nội chính")
    assert (made.bloc.code, made.year, made.state) == ("khoi-noi-chinh", 2021, "planning")
    assert answer["Location"] == reverse("blocs:members", args=[made.pk])
    assert [entry.action for entry in entries_of(made)] == ["Lập năm thi đua"]


def test_a_second_bloc_of_the_same_name_gets_its_own_code(world: World) -> None:
    codes = [create_bloc(council=world.council, name="Khối Đảng", actor=world.person("standing")).code for _ in "123"]

    assert codes == ["khoi-dang", "khoi-dang-2", "khoi-dang-3"]


def test_a_new_year_of_a_bloc_carries_the_last_one_on(client: Client, world: World) -> None:
    data = new_year(world, bloc=world.year.bloc_id, copy="on")

    signed_in(client, world, "standing").post(reverse("blocs:year-new"), data)

    made = BlocYear.objects.get(bloc=world.year.bloc, year=2021)
    assert made.memberships.get(role="head").agency == world.sgddt


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Hãy chọn khối, cụm đã có hoặc nhập tên"),
        ({"name": "N" * 301}, "300"),
        ({"name": "Khối mới", "bloc": "x"}, "Khối mới"),
        ({"name": "Khối mới", "copy": "on"}, "chưa có năm trước"),
        ({"name": "Khối mới", "year": "1900"}, "1948"),
        ({"name": "Khối mới", "code": "tham-muu-iii"}, "đã dùng cho một khối khác"),
        ({"name": "Khối mới", "code": "có dấu"}, "Mã chỉ gồm chữ không dấu"),
    ],
)
def test_a_bad_new_year_is_refused(client: Client, world: World, data: dict[str, str], sentence: str) -> None:
    before = (Bloc.objects.count(), BlocYear.objects.count())

    answer = signed_in(client, world, "standing").post(reverse("blocs:year-new"), new_year(world, **data))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert (Bloc.objects.count(), BlocYear.objects.count()) == before


def test_a_year_that_exists_is_not_made_again(client: Client, world: World) -> None:
    data = new_year(world, bloc=world.year.bloc_id, year=2020)

    answer = signed_in(client, world, "standing").post(reverse("blocs:year-new"), data)

    assert "đã có năm 2020" in answer.content.decode()
    assert BlocYear.objects.filter(bloc=world.year.bloc).count() == 1


def test_a_name_of_300_letters_fits(client: Client, world: World) -> None:
    signed_in(client, world, "standing").post(reverse("blocs:year-new"), new_year(world, name="Ộ" * 300))

    made = Bloc.objects.get(name="Ộ" * 300)
    assert client.get(reverse("blocs:year", args=[made.years.get().pk])).status_code == 200
    assert len(made.code) <= 60


def test_blocs_of_another_council_are_out_of_reach(client: Client, world: World) -> None:
    foreign = BlocFactory(council=CouncilFactory(province="Tỉnh Khác"))

    answer = signed_in(client, world, "standing").post(
        reverse("blocs:year-new"), new_year(world, bloc=foreign.pk, council=foreign.council_id)
    )

    assert answer.status_code == 200
    assert not foreign.years.exists()


# Copying forward


def roles_of(year: BlocYear) -> list[tuple[str, str]]:
    return list(year.memberships.order_by("position", "pk").values_list("agency__code", "role"))


def test_rotation_makes_the_deputy_head(world: World) -> None:
    Quota.objects.create(bloc_year=world.year, award="co-tinh", limit=2)
    Membership.objects.filter(bloc_year=world.year, agency=world.syt).update(person="Nguyễn Thị Thu")
    BlocYear.objects.filter(pk=world.year.pk).update(regulation="Điều 1.")
    world.year.refresh_from_db()

    made = copy_forward(world.year, actor=world.person("standing"))

    assert (made.year, made.state, made.regulation) == (2021, "planning", "Điều 1.")
    assert roles_of(made) == [("stttt", "member"), ("sgddt", "head"), ("syt", "member"), ("sldtbxh", "member")]
    assert made.memberships.get(agency=world.syt).person == "Nguyễn Thị Thu"
    assert dict(made.quotas.values_list("award", "limit")) == {"co-tinh": 2}
    assert entries_of(made)[0].action == "Lập năm thi đua từ năm 2020"


def test_what_was_agreed_wins_over_rotation(world: World) -> None:
    agreed = Succession.objects.create(bloc_year=world.year, head=world.syt, mode="election")
    agreed.deputies.set([world.sldtbxh, world.stttt])

    made = copy_forward(world.year, actor=world.person("standing"))

    assert roles_of(made) == [("stttt", "deputy"), ("sgddt", "member"), ("syt", "head"), ("sldtbxh", "deputy")]


@pytest.mark.parametrize("mode", ["election", "assigned"])
def test_without_an_agreement_only_rotation_can_tell(world: World, mode: str) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(rotation=mode)
    world.year.refresh_from_db()

    with pytest.raises(TransitionRefused, match="Hãy ghi kết quả ở trang Bàn giao"):
        copy_forward(world.year, actor=world.person("standing"))

    assert not BlocYear.objects.filter(bloc=world.year.bloc, year=2021).exists()


def test_rotation_without_a_deputy_is_refused(world: World) -> None:
    Membership.objects.filter(bloc_year=world.year, role="deputy").delete()

    with pytest.raises(TransitionRefused, match="không có phó khối"):
        copy_forward(world.year, actor=world.person("standing"))


def test_copying_twice_makes_one_year(world: World) -> None:
    first = copy_forward(world.year, actor=world.person("standing"))

    assert copy_forward(world.year, actor=world.person("standing")) == first
    assert entries_of(first).count() == 1
    assert first.memberships.count() == 4


def test_merged_agencies_go_on_as_their_successor(world: World) -> None:
    merged = AgencyFactory(council=world.council, code="sgdyt", name="Sở Giáo dục và Y tế")
    Agency.objects.filter(pk__in=[world.sgddt.pk, world.syt.pk]).update(successor=merged, valid_to=date(2020, 12, 31))

    made = copy_forward(world.year, actor=world.person("standing"))

    assert roles_of(made) == [("stttt", "member"), ("sgdyt", "head"), ("sldtbxh", "member")]
    assert world.year.memberships.count() == 4


def test_an_agency_that_ended_without_successor_is_left_out(world: World) -> None:
    Agency.objects.filter(pk=world.syt.pk).update(valid_to=date(2020, 6, 30))

    made = copy_forward(world.year, actor=world.person("standing"))

    assert [code for code, _ in roles_of(made)] == ["stttt", "sgddt", "sldtbxh"]


def test_copying_without_a_last_year_says_so(world: World) -> None:
    with pytest.raises(TransitionRefused, match="không có năm 2024"):
        create_year(bloc=world.year.bloc, year=2025, copy=True, actor=world.person("standing"))


# To-dos


def test_what_waits_for_secretariat_and_standing_body(world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="concluded")
    BlocYearFactory(bloc=BlocFactory(council=world.council, name="Khối mới"), state="planning")

    secretariat = [(todo.text, todo.about) for todo in todos_for(world.person("secretary"))]
    standing = [(todo.text, todo.about) for todo in todos_for(world.person("standing"))]

    assert ("Chọn trưởng khối năm sau", "Khối tham mưu III năm 2020") in secretariat
    assert ("Chọn thành viên và trưởng khối", "Khối mới năm 2020") in standing
    assert not any(text == "Chọn trưởng khối năm sau" for text, _ in standing)


def test_a_handed_over_year_waits_for_its_next_year(world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="handed_over")
    waiting = ("Lập năm 2021", "Khối tham mưu III năm 2020")

    assert waiting in [(todo.text, todo.about) for todo in todos_for(world.person("standing"))]
    world.year.refresh_from_db()
    copy_forward(world.year, actor=world.person("standing"))
    assert waiting not in [(todo.text, todo.about) for todo in todos_for(world.person("standing"))]


def test_history_names_what_changed_in_words(client: Client, world: World) -> None:
    signed_in(client, world, "standing").post(reverse("blocs:quotas", args=[world.year.pk]), {"limit-co-tinh": "2"})

    page = client.get(reverse("accounts:history", args=["blocs.blocyear", world.year.pk])).content.decode()

    assert "chỉ tiêu khen thưởng" in page
    assert "quota" not in page.split("<main", 1)[1]
