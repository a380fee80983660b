"""Movements of a bloc-year: added, shared, copied, left out."""

import unicodedata
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.domain.audit import entries_of
from blocs.domain.movements import adoptable
from blocs.models import BlocMovement, Movement, Participation
from tests.factories import BlocMovementFactory, BlocYearFactory, MovementFactory
from tests.world import PERSONAS

SEES = {"officer", "leader", "secretary", "head_leader", "deputy_officer", "standing", "observer"}
RUNS = {"secretary", "head_leader", "standing"}


def address(name: str, *args: int) -> str:
    return reverse(f"blocs:{name}", args=args)


def carried_out(world, **fields) -> BlocMovement:
    movement = MovementFactory(council=world.council, **fields)
    return BlocMovementFactory(bloc_year=world.year, movement=movement)


@pytest.mark.parametrize("name", PERSONAS)
def test_who_reads_and_who_changes_movements(client, world, name):
    row = carried_out(world, name="Dân vận khéo")
    client.force_login(world.person(name))
    seen = name in SEES
    changes = (200 if name in RUNS else 403) if seen else 404

    assert client.get(address("movements", world.year.pk)).status_code == (200 if seen else 404)
    for page in ("movement-new", "movement-adopt"):
        assert client.get(address(page, world.year.pk)).status_code == changes
    for page in ("movement-edit", "participants", "movement-remove"):
        assert client.get(address(page, row.pk)).status_code == changes
    assert client.post(address("movement-remove", row.pk)).status_code == (302 if changes == 200 else changes)
    assert BlocMovement.objects.exists() is (changes != 200)


def test_a_deputy_to_whom_conferences_are_delegated_adds_a_movement(client, world):
    deputy = world.year.memberships.get(agency=world.sgddt)
    deputy.delegations.create(area="conferences")
    client.force_login(world.person("deputy_officer"))

    assert client.get(address("movement-new", world.year.pk)).status_code == 200


def test_a_new_movement_is_kept_in_normal_form_and_audited(client, world):
    client.force_login(world.person("secretary"))
    data = {
        "name": unicodedata.normalize("NFD", "Đổi mới, sáng tạo <script>"),
        "scope": "bloc",
        "kind": "thematic",
        "starts": "2020",
        "launched_on": "2020-01-15",
    }

    client.post(address("movement-new", world.year.pk), data)

    row = BlocMovement.objects.get()
    movement = row.movement
    assert (movement.name, movement.council, movement.starts, movement.ends, movement.launched_on) == (
        "Đổi mới, sáng tạo <script>", world.council, 2020, None, date(2020, 1, 15),
    )  # fmt: skip
    entry = entries_of(row).get()
    assert (entry.action, entry.after["kind"], entry.after["ends"]) == ("Thêm phong trào", "Theo chuyên đề", None)
    page = client.get(address("movements", world.year.pk)).content.decode()
    assert "sáng tạo &lt;script&gt;" in page
    assert "chưa ghi nhận" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "dân vận  khéo"}, "Năm nay khối đã có phong trào này."),
        ({"starts": "2021", "ends": "2020"}, "Năm kết thúc không được trước năm bắt đầu."),
        ({"starts": "20"}, "1945"),
        ({"launched_on": "15/01/0202"}, "Ngày phát động phải trong khoảng từ năm 1948 đến năm 2021."),
        ({"launched_on": "15/01/2202"}, "Ngày phát động phải trong khoảng từ năm 1948 đến năm 2021."),
        ({"scope": "galaxy"}, "Lựa chọn này không còn"),
    ],
)
def test_a_wrong_movement_is_refused_and_kept(client, world, change, sentence):
    carried_out(world, name="Dân vận khéo")
    client.force_login(world.person("secretary"))
    data = {"name": "Phong trào khác", "scope": "bloc", "kind": "regular", "launched_by": "Khối"} | change

    page = client.post(address("movement-new", world.year.pk), data).content.decode()

    assert sentence in page
    assert 'value="Khối"' in page
    assert BlocMovement.objects.count() == 1


def test_what_may_be_taken_over(world):
    last_year = BlocYearFactory(bloc=world.year.bloc, year=2019)
    own = MovementFactory(council=world.council, name="Của khối", scope="bloc")
    BlocMovementFactory(bloc_year=last_year, movement=own)
    province = MovementFactory(council=world.council, name="Của tỉnh", scope="province", starts=2016, ends=2020)
    MovementFactory(council=world.council, name="Đã hết", scope="province", ends=2019)
    MovementFactory(council=world.council, name="Chưa đến", scope="nation", starts=2021)
    MovementFactory(council=world.council, name="Của khối khác", scope="bloc")
    carried_out(world, name="Đang làm", scope="nation")

    assert list(adoptable(world.year)) == [own, province]


def test_a_movement_is_taken_over_once(client, world):
    movement = MovementFactory(council=world.council, name="Nông thôn mới", scope="province")
    foreign = MovementFactory(council__province="Tỉnh khác", council__name="Hội đồng khác", scope="province")
    client.force_login(world.person("secretary"))
    url = address("movement-adopt", world.year.pk)

    client.post(url, {"movement": movement.pk})
    again = client.post(url, {"movement": movement.pk})
    stranger = client.post(url, {"movement": foreign.pk})

    assert (again.status_code, stranger.status_code) == (200, 200)
    assert [row.movement for row in world.year.movements.all()] == [movement]


def test_changing_a_shared_movement_makes_an_own_copy(client, world):
    row = carried_out(world, name="Nông thôn mới", scope="province")
    other = BlocMovementFactory(bloc_year=world.other_year, movement=row.movement)
    client.force_login(world.person("secretary"))
    url = address("movement-edit", row.pk)
    assert "dùng chung với khối hoặc năm khác" in client.get(url).content.decode()

    client.post(url, {"name": "Nông thôn mới nâng cao", "scope": "province", "kind": "regular"})

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.movement.name, other.movement.name) == ("Nông thôn mới nâng cao", "Nông thôn mới")
    assert row.movement.search_key == "nong thon moi nang cao"
    entry = entries_of(row).get()
    assert (entry.action, entry.after) == ("Tách thành phong trào riêng của khối", {"name": "Nông thôn mới nâng cao"})
    assert list(entries_of(other)) == []


def test_the_standing_body_changes_a_shared_movement_for_all(client, world):
    row = carried_out(world, name="Nông thôn mới", scope="province")
    other = BlocMovementFactory(bloc_year=world.other_year, movement=row.movement)
    client.force_login(world.person("standing"))

    client.post(address("movement-edit", row.pk), {"name": "Đô thị văn minh", "scope": "province", "kind": "regular"})

    assert Movement.objects.get().name == "Đô thị văn minh"
    for each in (row, other):
        assert entries_of(each).get().after == {"name": "Đô thị văn minh"}


def test_saving_without_a_change_makes_no_copy(client, world):
    row = carried_out(world, name="Nông thôn mới", scope="province")
    BlocMovementFactory(bloc_year=world.other_year, movement=row.movement)
    client.force_login(world.person("secretary"))

    client.post(address("movement-edit", row.pk), {"name": "Nông thôn mới", "scope": "province", "kind": "regular"})

    assert Movement.objects.count() == 1
    assert list(entries_of(row)) == []


def test_participants_are_ticked_and_unticked(client, world):
    row = carried_out(world)
    client.force_login(world.person("secretary"))
    url = address("participants", row.pk)
    assert "chưa ghi nhận, không phải là không ai tham gia" in client.get(url).content.decode()

    client.post(url, {"agencies": [world.syt.pk, world.sgddt.pk]})
    client.post(url, {"agencies": [world.syt.pk]})
    refused = client.post(url, {"agencies": [world.other.pk]})

    assert refused.status_code == 200
    assert list(Participation.objects.values_list("agency", flat=True)) == [world.syt.pk]
    both = ["Sở Giáo dục và Đào tạo", "Sở Y tế"]
    assert [(entry.before, entry.after) for entry in entries_of(row)] == [
        ({"đơn vị tham gia": both}, {"đơn vị tham gia": ["Sở Y tế"]}),
        ({"đơn vị tham gia": []}, {"đơn vị tham gia": both}),
    ]

    client.post(url, {})

    assert not Participation.objects.exists()


def test_removing_asks_and_keeps_what_others_use(client, world):
    row = carried_out(world, name="Nông thôn mới", scope="province")
    own = carried_out(world, name="Riêng của khối", scope="bloc")
    client.force_login(world.person("secretary"))
    assert "Nông thôn mới" in client.get(address("movement-remove", row.pk)).content.decode()

    for each in (row, own):
        client.post(address("movement-remove", each.pk), {"reason": "Ghi nhầm"})

    assert not BlocMovement.objects.exists()
    assert [movement.name for movement in Movement.objects.all()] == ["Nông thôn mới"]
    assert {(entry.action, entry.reason) for entry in entries_of(world.year)} == {("Bỏ phong trào", "Ghi nhầm")}
    assert [entry.before["name"] for entry in entries_of(world.year)] == ["Riêng của khối", "Nông thôn mới"]


def test_movements_are_found_without_accents_and_exported(client, world):
    carried_out(world, name="Đền ơn đáp nghĩa", starts=2016, ends=2020)
    carried_out(world, name="Dân vận khéo")
    client.force_login(world.person("officer"))
    url = address("movements", world.year.pk)

    page = client.get(url, {"q": "den on"}).content.decode()
    sheet = load_workbook(BytesIO(client.get(url, {"xuat": "xlsx"}).content)).active

    assert "Đền ơn đáp nghĩa" in page
    assert "Dân vận khéo" not in page
    assert [[cell.value for cell in line][:4] for line in sheet.iter_rows(min_row=2)] == [
        ["Đền ơn đáp nghĩa", "Khối, cụm", "Thường xuyên", "2016 - 2020"],
        ["Dân vận khéo", "Khối, cụm", "Thường xuyên", None],
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_constant_queries(client, world, django_assert_num_queries, rows):
    for number in range(rows):
        row = carried_out(world)
        row.participations.create(agency=(world.syt, world.sgddt, world.sldtbxh)[number])
    client.force_login(world.person("secretary"))

    with django_assert_num_queries(10):
        client.get(address("movements", world.year.pk))
