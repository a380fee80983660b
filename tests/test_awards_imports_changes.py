"""Imports of moves and reorganisations, and achievements that a file names."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.domain.audit import entries_of
from awards.domain.importing.undoing import undo
from awards.models import AwardRecord, Dossier, Nomination, Reorganisation, Subject, UnitMove
from tests.awards_world import DossierFactory, SubjectFactory
from tests.test_awards_imports import imported, read, told
from tests.world import World

pytestmark = pytest.mark.django_db
HEADERS = (
    *("Tên đối tượng", "Loại đối tượng", "Nội dung thay đổi", "Từ ngày"),
    *("Đơn vị cũ", "Đơn vị mới, đơn vị kế thừa", "Nhận xét của đơn vị cũ (số, ngày)"),
)


@pytest.fixture
def person(world: World) -> Subject:
    return SubjectFactory(agency=world.syt, name="Nguyễn Văn An")


@pytest.fixture
def team(world: World) -> Subject:
    return SubjectFactory(agency=world.syt, kind="collective", name="Phòng Kế hoạch")


def test_moves_and_reorganisations_come_in_and_go_as_a_whole(world: World, person: Subject, team: Subject) -> None:
    heir = SubjectFactory(agency=world.syt, kind="collective", name="Phòng Tổng hợp")

    batch = imported(
        world,
        "changes",
        HEADERS,
        ("Nguyễn Văn An", "", "Chuyển công tác", "01/03/2020", "Sở Tài chính", "SỞ Y TẾ", "12/NX"),
        ("Nguyễn Văn An", "", "Chuyển công tác", "01/09/2019", "Xã A", "Trung tâm Y tế", ""),
        ("Phòng Kế hoạch", "Tập thể", "Chia, tách", "01/07/2019", "", "phòng tổng hợp", ""),
        ("Phòng Kế hoạch", "Tập thể", "Chia, tách", "01/07/2019", "", "Phòng ở tỉnh khác", ""),
    )

    moves = UnitMove.objects.order_by("-moved_on")
    assert list(moves.values_list("subject", "moved_on", "old_unit", "new_unit", "new_agency", "comment")) == [
        (person.pk, date(2020, 3, 1), "Sở Tài chính", "SỞ Y TẾ", world.syt.pk, "12/NX"),
        (person.pk, date(2019, 9, 1), "Xã A", "Trung tâm Y tế", None, ""),
    ]
    ended = Reorganisation.objects.order_by("pk")
    assert list(ended.values_list("subject", "kind", "changed_on", "successor", "successor_name")) == [
        (team.pk, "split", date(2019, 7, 1), heir.pk, ""),
        (team.pk, "split", date(2019, 7, 1), None, "Phòng ở tỉnh khác"),
    ]
    assert "Nhập chuyển công tác, sắp xếp tổ chức từ tệp" in [entry.action for entry in entries_of(person)]

    undo(batch, actor=world.person("officer"))

    assert (UnitMove.objects.count(), Reorganisation.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            ("Nguyễn Văn An", "", "Giải thể", "01/03/2020", "", "", ""),
            "cột Nội dung thay đổi: chỉ ghi cho tập thể.",
        ),
        (
            ("Phòng Kế hoạch", "Tập thể", "Chuyển công tác", "01/03/2020", "A", "B", ""),
            "cột Nội dung thay đổi: chỉ ghi cho cá nhân.",
        ),
        (
            ("Nguyễn Văn An", "", "Chuyển công tác", "01/03/2020", "", "Sở Y tế", ""),
            "cột Đơn vị cũ: đang bỏ trống.",
        ),
        (
            ("Nguyễn Văn An", "", "Chuyển công tác", "01/03/2050", "A", "B", ""),
            "cột Từ ngày: ngày chưa tới.",
        ),
        (
            ("Phòng Kế hoạch", "Tập thể", "Giải thể", "01/03/2020", "", "Phòng Kế hoạch", ""),
            "cột Đơn vị mới, đơn vị kế thừa: là chính tập thể này.",
        ),
        (
            ("Phòng Kế hoạch", "Tập thể", "Giải thể", "01/03/2020", "", "", "12/NX"),
            "cột Nhận xét của đơn vị cũ (số, ngày): chỉ ghi khi chuyển công tác.",
        ),
        (
            ("Nguyễn Văn An", "", "Chuyển công tác", "01/03/2018", "A", "B", ""),
            "cột Nội dung thay đổi: đã có trong sổ với cùng nội dung.",
        ),
    ],
)
def test_a_change_that_cannot_stand_is_told(
    world: World, person: Subject, team: Subject, row: tuple[Any, ...], sentence: str
) -> None:
    UnitMove.objects.create(subject=person, moved_on=date(2018, 3, 1), old_unit="A", new_unit="B")

    found = told(read(world, "changes", HEADERS, row))

    assert [each for each in found if each.startswith(f"Dòng 2, {sentence}")]


def test_two_collectives_of_one_name_are_told_by_their_codes(world: World, team: Subject) -> None:
    one, _ = (SubjectFactory(agency=world.syt, kind="collective", name="Phòng Tổng hợp") for _ in range(2))
    row = ("Phòng Kế hoạch", "Tập thể", "Giải thể", "01/03/2020", "")

    assert "có nhiều tập thể mang tên" in told(read(world, "changes", HEADERS, (*row, "Phòng Tổng hợp", "")))[0]

    imported(world, "changes", HEADERS, (*row, one.code, ""))
    assert Reorganisation.objects.get().successor == one


def test_an_achievement_comes_in_with_the_award_and_with_the_nominee(world: World, person: Subject) -> None:
    dossier: Dossier = DossierFactory(agency=world.syt, council=world.council, year=2020)
    imported(
        world,
        "records",
        ("Tên đối tượng", "Danh hiệu, hình thức khen thưởng", "Năm", "Thành tích được khen"),
        (person.name, "Bằng khen của Thủ tướng Chính phủ", 2018, "Cứu người đuối nước"),
    )
    imported(
        world,
        "nominees",
        (
            "Tên gọi",
            "Tên tập thể/cá nhân/hộ gia đình",
            "Danh hiệu thi đua/Hình thức khen thưởng",
            "Thành tích đề nghị khen",
        ),
        ("Ông", "Trần Văn Bình", "Chiến sĩ thi đua cơ sở", "Chuyển đổi số"),
        dossier=dossier,
    )

    assert AwardRecord.objects.get().achievement == "Cứu người đuối nước"
    assert Nomination.objects.get().achievement == "Chuyển đổi số"


def test_the_form_of_changes_lists_what_may_be_chosen(client: Client, world: World) -> None:
    client.force_login(world.person("officer"))

    sheet, guide = load_workbook(BytesIO(client.get("/nhap-du-lieu/mau/changes/").content)).worksheets

    assert "Nội dung thay đổi" in [cell.value for cell in sheet[1]]
    assert "Sáp nhập, hợp nhất" in [cell.value for row in guide.iter_rows() for cell in row]
