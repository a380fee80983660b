"""Conferences of a bloc-year: what was held, who came, what was concluded."""

import unicodedata
from datetime import date, time

import pytest
from django.urls import reverse

from accounts.domain.audit import entries_of
from blocs.domain.conferences import TWICE
from blocs.models import Attendance, Conference
from tests.factories import ConferenceFactory
from tests.world import PERSONAS

SEES = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}
RUNS = {"secretary", "head_leader", "standing"}


def address(name: str, *args: int) -> str:
    return reverse(f"blocs:{name}", args=args)


def answers(world, **change) -> dict[str, str]:
    levels = {f"level_{agency.pk}": "none" for agency in (world.stttt, world.sgddt, world.syt, world.sldtbxh)}
    return {"kind": "mid-year-review", "held_on": "2020-07-17", "place": "Hội trường"} | levels | change


@pytest.mark.parametrize("name", PERSONAS)
def test_who_reads_and_who_changes_conferences(client, world, name):
    conference = ConferenceFactory(bloc_year=world.year)
    client.force_login(world.person(name))
    seen = name in SEES
    changes = (200 if name in RUNS else 403) if seen else 404

    assert client.get(address("conferences", world.year.pk)).status_code == (200 if seen else 404)
    assert client.get(address("conference", conference.pk)).status_code == (200 if seen else 404)
    assert client.get(address("conference-new", world.year.pk)).status_code == changes
    assert client.get(address("conference-edit", conference.pk)).status_code == changes
    assert client.get(address("conference-remove", conference.pk)).status_code == changes
    removed = client.post(address("conference-remove", conference.pk), {"reason": "Ghi nhầm"})
    assert removed.status_code == (302 if changes == 200 else changes)
    assert Conference.objects.exists() is (changes != 200)


def test_a_conference_is_recorded_with_who_came(client, world):
    client.force_login(world.person("secretary"))
    data = answers(
        world,
        starts="15:44",
        ends="17:30",
        secretary_name="Trần Thị Bình",
        secretary_title="Chánh Văn phòng",
        chair_name=unicodedata.normalize("NFD", "Phạm Hồng Quảng"),
        chair_agency=world.stttt.pk,
        guests="Đại diện Hội đồng <i>\n\n  Ban Thi đua ",
        conclusions="Thống nhất phương hướng",
        attendance_listed="on",
        **{
            f"level_{world.stttt.pk}": "leader",
            f"level_{world.sgddt.pk}": "came",
            f"level_{world.syt.pk}": "absent",
        },
    )

    response = client.post(address("conference-new", world.year.pk), data)

    row = Conference.objects.get()
    assert response.url == row.get_absolute_url()
    assert (row.held_on, row.starts, row.chair_name, row.guests) == (
        date(2020, 7, 17), time(15, 44), "Phạm Hồng Quảng", ["Đại diện Hội đồng <i>", "Ban Thi đua"],
    )  # fmt: skip
    assert list(Attendance.objects.values_list("agency", "level")) == [
        (world.stttt.pk, "leader"), (world.sgddt.pk, ""), (world.syt.pk, "absent"),
    ]  # fmt: skip
    entry = entries_of(row).get()
    assert entry.after["đơn vị dự"] == [
        "Sở Giáo dục và Đào tạo: có dự (chưa rõ cấp)",
        "Sở Thông tin và Truyền thông: lãnh đạo đơn vị",
        "Sở Y tế: vắng",
    ]
    page = client.get(row.get_absolute_url()).content.decode()
    assert "15:44–17:30, ngày 17/07/2020" in page
    assert "Trần Thị Bình, Chánh Văn phòng" in page
    assert "Đại diện Hội đồng &lt;i&gt;" in page
    assert "Có dự (chưa rõ cấp)" in page
    assert "2 đơn vị dự, 1 vắng" in client.get(address("conferences", world.year.pk)).content.decode()


def test_a_conference_without_a_list_says_so(client, world):
    client.force_login(world.person("secretary"))

    client.post(address("conference-new", world.year.pk), answers(world, held_on=""))

    row = Conference.objects.get()
    assert (row.held_on, row.attendance_listed, row.attendances.count()) == (None, False, 0)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Chưa ghi danh sách dự." in page
    assert "chưa có ngày" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"held_on": "2022-01-05"}, "hơn một năm"),
        ({"held_on": "ngày mai"}, "Ngày chưa đúng"),
        ({"kind": "party"}, "Lựa chọn này không còn"),
        ({"attendance_listed": "on"}, "Hãy ghi ít nhất một đơn vị dự"),
        ({"starts": "14:00", "ends": "13:30"}, "Hội nghị phải kết thúc sau giờ bắt đầu"),
    ],
)
def test_a_wrong_conference_is_refused_and_kept(client, world, change, sentence):
    client.force_login(world.person("secretary"))

    page = client.post(address("conference-new", world.year.pk), answers(world, **change)).content.decode()

    assert sentence in page
    assert 'value="Hội trường"' in page
    assert not Conference.objects.exists()


def test_levels_without_a_list_are_refused(client, world):
    client.force_login(world.person("secretary"))
    data = answers(world, **{f"level_{world.syt.pk}": "leader"})

    page = client.post(address("conference-new", world.year.pk), data).content.decode()

    assert "Bạn đã ghi thành phần dự ở dưới" in page
    assert '<option value="leader" selected>' in page
    assert not Conference.objects.exists()


@pytest.mark.parametrize("held_on", ["2019-12-20", "2021-01-05"])
def test_days_around_the_year_are_taken(client, world, held_on):
    client.force_login(world.person("secretary"))

    client.post(address("conference-new", world.year.pk), answers(world, held_on=held_on))

    assert Conference.objects.get().held_on == date.fromisoformat(held_on)


def test_one_conference_of_a_kind_a_day(client, world):
    ConferenceFactory(bloc_year=world.year, held_on=date(2020, 7, 17))
    other = ConferenceFactory(bloc_year=world.year, held_on=date(2020, 7, 18))
    client.force_login(world.person("secretary"))

    new = client.post(address("conference-new", world.year.pk), answers(world)).content.decode()
    moved = client.post(address("conference-edit", other.pk), answers(world)).content.decode()

    assert TWICE in new
    assert TWICE in moved
    assert list(Conference.objects.values_list("held_on", flat=True)) == [date(2020, 7, 17), date(2020, 7, 18)]


def test_a_change_is_audited_with_before_and_after(client, world):
    row = ConferenceFactory(bloc_year=world.year, held_on=date(2020, 7, 17), attendance_listed=True)
    row.attendances.create(agency=world.syt, level="officer")
    row.attendances.create(agency=world.other, level="leader")
    client.force_login(world.person("head_leader"))
    levels = {f"level_{world.syt.pk}": "leader", f"level_{world.other.pk}": "leader"}
    assert "Sở Xây dựng" in client.get(address("conference-edit", row.pk)).content.decode()

    client.post(address("conference-edit", row.pk), answers(world, attendance_listed="on", place="", **levels))

    entry = entries_of(row).get()
    assert (entry.before, entry.after) == (
        {"đơn vị dự": ["Sở Xây dựng: lãnh đạo đơn vị", "Sở Y tế: cán bộ thi đua, khen thưởng"]},
        {"đơn vị dự": ["Sở Xây dựng: lãnh đạo đơn vị", "Sở Y tế: lãnh đạo đơn vị"]},
    )


def test_a_removed_conference_stays_in_the_history(client, world):
    row = ConferenceFactory(bloc_year=world.year, place="Tam Kỳ")
    client.force_login(world.person("secretary"))

    client.post(address("conference-remove", row.pk), {"reason": unicodedata.normalize("NFD", "Ghi nhầm năm")})

    entry = entries_of(world.year).get()
    assert (entry.action, entry.reason, entry.before["place"]) == ("Xóa hội nghị", "Ghi nhầm năm", "Tam Kỳ")


def test_lists_and_cancelling_speak_in_words(client, world):
    client.force_login(world.person("standing"))
    row = ConferenceFactory(bloc_year=world.year)

    assert "---------" not in client.get(address("movement-new", world.year.pk)).content.decode()
    assert ">Không xóa</a>" in client.get(address("conference-remove", row.pk)).content.decode()
    member = world.year.memberships.get(agency=world.syt)
    removal = client.get(address("member-remove", world.year.pk, member.pk)).content.decode()
    assert ">Không, quay lại</a>" in removal


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_take_constant_queries(client, world, django_assert_num_queries, rows):
    for number in range(rows):
        row = ConferenceFactory(bloc_year=world.year, held_on=date(2020, 7, number + 1), attendance_listed=True)
    for agency in (world.syt, world.sgddt, world.sldtbxh)[:rows]:
        row.attendances.create(agency=agency)
    client.force_login(world.person("secretary"))

    with django_assert_num_queries(9):
        client.get(address("conferences", world.year.pk))
    with django_assert_num_queries(7):
        client.get(address("conference", row.pk))
