"""Imports from XLSX: what a file says, what is asked, what is written, what is undone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from openpyxl import Workbook, load_workbook

from accounts.domain.audit import entries_of, faults
from accounts.domain.workflow import TransitionRefused
from awards.domain.importing.desk import Desk
from awards.domain.importing.undoing import undo
from awards.domain.importing.workflow import hold, sweep
from awards.imports.examining import Examined, examined
from awards.imports.jobs import confirm_import, run_import, work_off
from awards.models import (
    AwardRecord,
    Discipline,
    Dossier,
    Freeze,
    ImportBatch,
    ImportedRow,
    Initiative,
    InitiativeUse,
    Nomination,
    Subject,
    SubjectAlias,
    TaskGrade,
)
from tests.awards_world import DossierFactory, SubjectFactory, nominate, record
from tests.test_papers_jobs import run_worker
from tests.world import World

NINE = (
    "STT",
    "Tên gọi",
    "Tên tập thể/cá nhân/hộ gia đình",
    "Chức vụ",
    "Đơn vị công tác",
    "Phân loại khen thưởng",
    "Danh hiệu thi đua/Hình thức khen thưởng",
    "Phân loại đối tượng",
    "Lĩnh vực hoạt động",
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIDNIGHT = datetime(1980, 9, 5)  # noqa: DTZ001 - Excel keeps days without a zone.
PEOPLE = ("Loại đối tượng", "Tên đối tượng", "Đơn vị công tác, địa chỉ", "Ngày sinh", "Số định danh")


def book(*rows: Sequence[Any], title: str = "Danh sách") -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def desk(world: World, kind: str, *, standing: bool = False, **rest: Any) -> Desk:
    values: dict[str, Any] = {"agency": None if standing else world.syt, "dossier": None}
    values["actor"] = world.person("standing" if standing else "officer")
    return Desk(kind=kind, council_id=world.council.pk, **(values | rest))


def read(world: World, kind: str, *rows: Sequence[Any], **rest: Any) -> Examined:
    return examined(book(*rows), desk(world, kind, **rest))


def told(found: Examined) -> list[str]:
    return [f"Dòng {row}, cột {header}: {sentence}" for row, header, sentence in found.findings["faults"]]


def held(world: World, kind: str, *rows: Sequence[Any], standing: bool = False, **rest: Any) -> ImportBatch:
    content = book(*rows)
    at = desk(world, kind, standing=standing, **rest)
    found = examined(content, at)
    return hold(
        kind=kind,
        council_id=world.council.pk,
        agency=at.agency,
        dossier=at.dossier,
        file_name="danh sách.xlsx",
        content=content,
        sha256="0" * 64,
        findings=found.findings,
        actor=at.actor,
    )


def imported(world: World, kind: str, *rows: Sequence[Any], **rest: Any) -> ImportBatch:
    batch = held(world, kind, *rows, **rest)
    actor = batch.requested_by
    assert confirm_import(batch, actor=actor)
    work_off(batch.pk, actor.pk)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def dossier(world: World) -> Dossier:
    made: Dossier = DossierFactory(agency=world.syt, council=world.council, year=2020)
    return made


# Subjects


def test_subjects_are_added_once_with_ids_hashed_and_zeros_kept(world: World) -> None:
    batch = imported(
        world,
        "subjects",
        (*PEOPLE, "Tên gọi khác", "Giới tính", "Phân loại đối tượng"),
        (
            "Cá nhân",
            "Nguyễn Văn An",
            "Phòng Tổ chức",
            "05/09/1980",
            "001080000123",
            "Nguyễn An",
            "Nam",
            "Người trực tiếp công tác, lao động, học tập",
        ),
        (None,) * 8,
        ("tập thể", "Phòng Tổ chức", "", None, None, "Phòng TC", "", ""),
    )

    person = Subject.objects.get(kind="individual")
    assert (batch.state, batch.findings["words"]) == ("done", "Đã thêm 2 đối tượng vào sổ.")
    assert (person.name, person.unit, person.born_on, person.sex) == (
        "Nguyễn Văn An",
        "Phòng Tổ chức",
        date(1980, 9, 5),
        "male",
    )
    assert (person.id_tail, len(person.id_hash), person.group) == ("123", 64, "truc-tiep")
    assert person.agency == world.syt
    assert set(SubjectAlias.objects.values_list("name", flat=True)) == {"Nguyễn An", "Phòng TC"}
    assert "001080000123" not in str(ImportBatch.objects.values().get()) + str(entries_of(person).values())
    assert entries_of(person).get().actor == world.person("officer")
    assert not list(faults())


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"Ngày sinh": "1980"}, "cột Ngày sinh: ngày chưa đúng"),
        ({"Ngày sinh": 29103}, "cột Ngày sinh: ngày chưa đúng"),
        ({"Ngày sinh": "31/02/1980"}, "cột Ngày sinh: không có ngày 31/2/1980"),
        ({"Ngày sinh": "01/01/2090"}, "cột Ngày sinh: ngày chưa tới"),
        ({"Số định danh": 1080000123}, "cột Số định danh: Excel đã bỏ số 0 ở đầu"),
        ({"Số định danh": "12345"}, "cột Số định danh: Số định danh gồm 12 chữ số"),
        ({"Tên đối tượng": "=A1"}, "cột Tên đối tượng: ô chứa công thức"),
        ({"Tên đối tượng": ""}, "cột Tên đối tượng: đang bỏ trống"),
        ({"Tên đối tượng": "A" * 301}, "cột Tên đối tượng: dài tối đa 300 ký tự (hiện có 301)"),
        ({"Tên đối tượng": date(2020, 1, 2)}, "cột Tên đối tượng: Excel đã đổi ô này thành ngày tháng"),
        ({"Loại đối tượng": "Nhóm"}, "cột Loại đối tượng: «Nhóm» không có trong danh sách"),
        ({"Loại đối tượng": "Tập thể", "Số định danh": "001080000123"}, "cột Số định danh: chỉ ghi cho cá nhân"),
        ({"Năm thành lập": 1990}, "cột Năm thành lập: chỉ ghi cho tập thể"),
        ({"Loại đối tượng": "Tập thể", "Năm thành lập": "90"}, "cột Năm thành lập: phải là năm gồm bốn chữ số"),
        ({"Đơn vị quản lý": "Sở Xây dựng"}, "cột Đơn vị quản lý: dòng này ghi đơn vị khác"),
        ({"Ghi chú": True}, "cột Ghi chú: ô chứa giá trị đúng/sai"),
    ],
)
def test_each_fault_is_told_by_row_and_column(world: World, given: dict[str, Any], sentence: str) -> None:
    values = {"Loại đối tượng": "Cá nhân", "Tên đối tượng": "Nguyễn Văn An"} | given

    found = read(world, "subjects", tuple(values), tuple(values.values()))

    assert len(told(found)) == 1
    assert told(found)[0].startswith(f"Dòng 2, {sentence}")


@pytest.mark.parametrize("value", ["05/09/1980", "5-9-1980", "5.9.1980", "1980-09-05", date(1980, 9, 5), MIDNIGHT])
def test_a_day_is_read_as_text_or_as_excels_date(world: World, value: Any) -> None:
    found = read(world, "subjects", PEOPLE, ("Cá nhân", "Nguyễn Văn An", "", value, ""))

    assert found.rows[0].get("born_on") == date(1980, 9, 5)
    assert found.rows[0].shown["born_on"] == "05/09/1980"


def test_headers_are_found_in_any_order_case_and_accent_and_others_are_told(world: World) -> None:
    found = read(
        world,
        "subjects",
        ("Sở Y tế",),
        (),
        ("TEN DOI TUONG", "Điện thoại", "loại  đối tượng", "Lỗi"),
        ("Nguyễn Văn An", "0912", "CÁ NHÂN", "cũ"),
    )

    assert told(found) == []
    assert found.rows[0].number == 4
    assert found.findings["unread"] == ["Điện thoại"]


def test_nfd_and_spaces_are_one_name(world: World) -> None:
    SubjectFactory(agency=world.syt, council=world.council, name="Nguyễn Thị Hà", unit="Khoa Nội")

    found = read(world, "subjects", PEOPLE, ("Cá nhân", "Nguyễn  Thị Hà ", "Khoa Nội", "", ""))  # NFD

    assert found.rows[0].get("name") == "Nguyễn Thị Hà"
    assert found.rows[0].subject is not None


def test_the_same_twice_in_a_file_is_a_fault_unless_told_apart(world: World) -> None:
    same = ("Cá nhân", "Nguyễn Văn An", "Khoa Nội")
    found = read(
        world,
        "subjects",
        PEOPLE,
        (*same, "", ""),
        (*same, "", ""),
        (*same, "01/01/1980", ""),
        (*same, "01/01/1990", ""),
    )
    ids = read(
        world, "subjects", PEOPLE, ("Cá nhân", "A", "", "", "001080000123"), ("Cá nhân", "B", "", "", "001080000123")
    )

    assert [row for row, _, _ in found.findings["faults"]] == [3, 4, 5]
    assert "trùng với dòng 2" in told(found)[0]
    assert told(ids) == ["Dòng 3, cột Số định danh: trùng số định danh với dòng 2. Hãy bỏ một dòng."]


def test_people_of_other_agencies_are_told_without_details_and_never_linked(world: World) -> None:
    SubjectFactory(agency=world.other, council=world.council, name="Nguyễn Văn An", unit="Phòng mật của Sở Xây dựng")

    found = read(world, "subjects", PEOPLE, ("Cá nhân", "Nguyễn Văn An", "Phòng mật của Sở Xây dựng", "", ""))

    notices = " ".join(sentence for _, sentence in found.findings["notices"])
    assert "Sổ của một đơn vị khác có đối tượng cùng tên, cùng đơn vị công tác." in notices
    assert "Sở Xây dựng" not in notices.replace("Phòng mật của Sở Xây dựng", "")
    assert found.rows[0].adds_subject
    assert found.findings["questions"] == []


def test_a_known_subject_is_proposed_and_a_namesake_is_asked(world: World) -> None:
    known = SubjectFactory(agency=world.syt, council=world.council, name="Nguyễn Văn An", unit="Khoa Nội")
    found = read(
        world,
        "subjects",
        PEOPLE,
        ("Cá nhân", "nguyễn văn an", "khoa nội", "", ""),
        ("Cá nhân", "Nguyễn Văn An", "Khoa Ngoại", "", ""),
    )

    sure, asked = found.findings["questions"]
    assert (sure["chosen"], asked["chosen"]) == (str(known.pk), "")
    assert [key for key, _ in asked["choices"]] == [str(known.pk), "new"]


def test_the_standing_body_names_the_agency_of_each_row(world: World) -> None:
    header = ("Loại đối tượng", "Tên đối tượng", "Đơn vị quản lý")
    found = read(
        world,
        "subjects",
        header,
        ("Cá nhân", "A", "so y te"),
        ("Cá nhân", "B", ""),
        ("Cá nhân", "C", "Sở Lạ"),
        standing=True,
    )

    assert found.rows[0].agency_id == world.syt.pk
    assert [sentence.partition(". ")[0] for sentence in told(found)] == [
        "Dòng 3, cột Đơn vị quản lý: đang bỏ trống",
        "Dòng 4, cột Đơn vị quản lý: không có đơn vị «Sở Lạ» trong danh mục",
    ]


# History


def test_grades_initiatives_freezes_and_records_come_in(world: World) -> None:
    person = SubjectFactory(agency=world.syt, council=world.council, name="Nguyễn Văn An", unit="Khoa Nội")
    name, agency = "Nguyễn Văn An", "Sở Y tế"
    imported(
        world,
        "grades",
        ("Tên đối tượng", "Năm", "Mức độ hoàn thành nhiệm vụ"),
        (name, 2019, "HTXS"),
        (name, "2020", "Hoàn thành tốt nhiệm vụ"),
    )
    imported(
        world,
        "initiatives",
        (
            "Họ và tên",
            "Tên sáng kiến, đề tài",
            "Năm",
            "Phạm vi ảnh hưởng được công nhận",
            "Đã dùng để xét",
            "Năm đã dùng",
        ),
        (name, "Cải tiến quy trình", 2019, "Cơ sở", "Chiến sĩ thi đua cơ sở", 2019),
    )
    imported(
        world,
        "freezes",
        ("Tên đối tượng", "Đơn vị quản lý", "Nội dung xem xét", "Chi tiết", "Từ ngày", "Đến ngày"),
        (
            name,
            agency,
            "Có đơn thư khiếu nại, tố cáo đang được xác minh",
            "Đơn tố cáo số 1",
            "01/02/2020",
            "01/03/2020",
        ),
        (name, agency, "Kỷ luật: Khiển trách", "", "05/06/2019", ""),
        standing=True,
    )
    imported(
        world,
        "records",
        (
            "Mã đối tượng",
            "Tên đối tượng",
            "Danh hiệu, hình thức khen thưởng",
            "Năm",
            "Số quyết định",
            "Ngày quyết định",
        ),
        (person.code, name, "BẰNG KHEN CỦA THỦ TƯỚNG CHÍNH PHỦ", 2018, "0123/QĐ-TTg", date(2018, 12, 5)),
    )

    assert set(TaskGrade.objects.values_list("subject", "year", "grade")) == {
        (person.pk, 2019, "HTXS"),
        (person.pk, 2020, "HTT"),
    }
    assert list(Initiative.objects.values_list("subject", "scope", "year")) == [(person.pk, "base", 2019)]
    assert list(InitiativeUse.objects.values_list("award__code", "year")) == [("cstd-co-so", 2019)]
    assert list(Freeze.objects.values_list("kind", "since", "cleared_on")) == [
        ("petition", date(2020, 2, 1), date(2020, 3, 1))
    ]
    assert list(Discipline.objects.values_list("sanction", "decided_on")) == [("khien-trach", date(2019, 6, 5))]
    assert list(AwardRecord.objects.values_list("award__code", "year", "decision_number", "source")) == [
        ("bk-thu-tuong", 2018, "0123/QĐ-TTg", "imported")
    ]
    history = str(list(entries_of(person).values_list("action", "after")))
    assert entries_of(person).count() == 6
    assert "Đơn tố cáo số 1" not in history
    assert not list(faults())


@pytest.mark.parametrize(
    ("kind", "header", "row", "sentence"),
    [
        (
            "grades",
            ("Năm", "Mức độ hoàn thành nhiệm vụ"),
            (2019, "HTXS"),
            "Năm: đã có mức độ hoàn thành nhiệm vụ năm 2019 trong sổ",
        ),
        (
            "grades",
            ("Năm", "Mức độ hoàn thành nhiệm vụ"),
            (2018, "Giỏi"),
            "Mức độ hoàn thành nhiệm vụ: «Giỏi» không có trong danh sách",
        ),
        ("grades", ("Năm", "Mức độ hoàn thành nhiệm vụ"), (2095, "HTT"), "Năm: năm chưa tới"),
        (
            "records",
            ("Danh hiệu", "Năm"),
            ("Danh hiệu lạ", 2018),
            "Danh hiệu, hình thức khen thưởng: không có «Danh hiệu lạ» trong danh mục",
        ),
        (
            "records",
            ("Danh hiệu", "Năm"),
            ("Cờ thi đua của Chính phủ", 2018),
            "Danh hiệu, hình thức khen thưởng: «Cờ thi đua của Chính phủ» không tặng cho cá nhân",
        ),
        (
            "records",
            ("Danh hiệu", "Năm", "Ngày quyết định"),
            ("Lao động tiên tiến", 2018, "25/12/2018"),
            "Danh hiệu, hình thức khen thưởng: đã có trong sổ",
        ),
        (
            "initiatives",
            ("Tên sáng kiến, đề tài", "Năm", "Năm đã dùng", "Đã dùng để xét"),
            ("Cải tiến", 2019, 2019, ""),
            "Năm đã dùng: hãy ghi cả danh hiệu",
        ),
    ],
)
def test_a_line_that_cannot_stand_is_told(world: World, kind: str, header: Any, row: Any, sentence: str) -> None:
    person = SubjectFactory(agency=world.syt, council=world.council, name="Nguyễn Văn An")
    TaskGrade.objects.create(subject=person, year=2019, grade="HT")
    record(person, "ld-tien-tien", 2018)

    found = read(world, kind, ("Tên đối tượng", *header), (person.name, *row))

    assert len(told(found)) == 1
    assert told(found)[0].startswith(f"Dòng 2, cột {sentence}")


def test_history_of_nobody_is_a_fault_and_of_two_a_question(world: World) -> None:
    for unit in ("Khoa Nội", "Khoa Ngoại"):
        SubjectFactory(agency=world.syt, council=world.council, name="Nguyễn Văn An", unit=unit)
    header = ("Tên đối tượng", "Đơn vị công tác", "Năm", "Mức độ hoàn thành nhiệm vụ")
    found = read(
        world,
        "grades",
        header,
        ("Trần Lạ", "", 2019, "HTT"),
        ("Nguyễn Văn An", "", 2019, "HTT"),
        ("Nguyễn Văn An", "Khoa Nội", 2018, "HTT"),
        ("Nguyễn Văn An", "Khoa Nội", 2018, "HTT"),
    )

    assert [text.partition(". ")[0] for text in told(found)] == [
        "Dòng 2, cột Tên đối tượng: chưa có «Trần Lạ» trong sổ đối tượng",
        "Dòng 5, cột Năm: trùng với dòng 4",
    ]
    assert [(each["row"], each["chosen"], len(each["choices"])) for each in found.findings["questions"]] == [(3, "", 2)]


def test_freezes_are_the_standing_bodys_alone(world: World) -> None:
    person = SubjectFactory(agency=world.syt, council=world.council)
    row = (person.name, "Đang xem xét thi hành kỷ luật", "01/01/2020")

    with pytest.raises(TransitionRefused, match="Chỉ cơ quan thường trực"):
        held(world, "freezes", ("Tên đối tượng", "Nội dung xem xét", "Từ ngày"), row)

    assert not ImportBatch.objects.exists()


# Nominees


def test_the_nominee_sheet_makes_subjects_and_nominations(world: World, dossier: Dossier) -> None:
    known = SubjectFactory(agency=world.syt, council=world.council, name="Lê Thị Bình", unit="Phòng Kế hoạch")
    batch = imported(
        world,
        "nominees",
        (*NINE, "Số điện thoại"),
        (
            1,
            "Bà",
            "Lê Thị Bình",
            "Trưởng phòng",
            "Phòng Kế hoạch",
            "Công trạng",
            "chien si thi dua co so",
            "",
            "Y tế",
            "0912",
        ),
        (
            2,
            "Ông",
            "Nguyễn Văn An",
            "Chuyên viên",
            "Phòng Tổ chức",
            "",
            "LAO ĐỘNG  TIÊN TIẾN",
            "Người trực tiếp công tác, lao động, học tập",
            "",
            "",
        ),
        (3, "Ông", "Nguyễn Văn An", "Chuyên viên", "Phòng Tổ chức", "", "Chiến sĩ thi đua cơ sở", "", "", ""),
        (None,) * 10,
        (4, "", "Phòng Tổ chức", "", "", "Khen thưởng công trạng", "Tập thể lao động tiên tiến", "Tập thể", "", ""),
        dossier=dossier,
    )

    rows = list(dossier.nominations.values_list("position", "name", "post", "award__code", "subject__kind", "field"))
    assert batch.error == ""
    assert rows == [
        (1, "Lê Thị Bình", "Trưởng phòng", "cstd-co-so", "individual", "Y tế"),
        (2, "Nguyễn Văn An", "Chuyên viên", "ld-tien-tien", "individual", ""),
        (3, "Nguyễn Văn An", "Chuyên viên", "cstd-co-so", "individual", ""),
        (4, "Phòng Tổ chức", "", "tt-ld-tien-tien", "collective", ""),
    ]
    assert Subject.objects.count() == 3
    assert dossier.nominations.first().subject == known
    assert Subject.objects.get(name="Nguyễn Văn An").sex == "male"
    assert all(dossier.nominations.values_list("checked_at", flat=True))
    assert batch.findings["words"] == "Đã thêm 4 trường hợp đề nghị vào hồ sơ, trong đó 2 đối tượng mới vào sổ."
    assert entries_of(dossier).get().action == "Thêm trường hợp đề nghị từ tệp"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({1: "", 7: ""}, "cột Phân loại đối tượng: đang bỏ trống. Hãy ghi «Tên gọi»"),
        ({1: "Ông", 7: "Tập thể"}, "cột Phân loại đối tượng: không khớp với «Tên gọi»"),
        ({1: "Ngài"}, "cột Tên gọi: «Ngài» không có trong danh sách"),
        (
            {5: "Đột xuất"},
            "cột Phân loại khen thưởng: là «Khen thưởng đột xuất», còn hồ sơ này là «Khen thưởng công trạng»",
        ),
        (
            {6: "Cờ thi đua của Chính phủ"},
            "cột Danh hiệu thi đua/Hình thức khen thưởng: «Cờ thi đua của Chính phủ» không tặng cho cá nhân",
        ),
        ({6: ""}, "cột Danh hiệu thi đua/Hình thức khen thưởng: đang bỏ trống"),
        ({2: "Trần Đã Có"}, "cột Tên tập thể/cá nhân/hộ gia đình: đã có trong hồ sơ với hình thức này"),
    ],
)
def test_a_nominee_row_that_cannot_stand_is_told(world: World, dossier: Dossier, changes: Any, sentence: str) -> None:
    held_by = SubjectFactory(agency=world.syt, council=world.council, name="Trần Đã Có", unit="Khoa Nội")
    nominate(dossier, held_by, "cstd-co-so")
    row = [1, "Ông", "Nguyễn Văn An", "", "Khoa Nội", "", "Chiến sĩ thi đua cơ sở", "", ""]
    for place, value in changes.items():
        row[place] = value

    found = read(world, "nominees", NINE, row, dossier=dossier)

    assert len(told(found)) == 1
    assert told(found)[0].startswith(f"Dòng 2, {sentence}")


def test_one_nominee_twice_for_one_award_is_a_fault_and_another_post_another_person(
    world: World, dossier: Dossier
) -> None:
    row = (1, "Ông", "Nguyễn Văn An", "Chuyên viên", "Khoa Nội", "", "Lao động tiên tiến", "", "")
    other = (3, "Ông", "Nguyễn Văn An", "Trưởng khoa", "Khoa Nội", "", "Lao động tiên tiến", "", "")

    found = read(world, "nominees", NINE, row, row, other, dossier=dossier)

    assert [text[:60] for text in told(found)] == ["Dòng 3, cột Tên tập thể/cá nhân/hộ gia đình: trùng với dòng "]
    assert found.findings["added"] == 2


def test_bang_khen_alone_is_asked_and_the_answer_kept(client: Client, world: World, dossier: Dossier) -> None:
    rows = [(n, "Ông", f"Người {n}", "", "Khoa Nội", "", "Bằng khen", "", "") for n in (1, 2, 3)]
    batch = held(world, "nominees", NINE, *rows, dossier=dossier)
    client.force_login(world.person("officer"))
    address = batch.get_absolute_url()
    first = client.get(address).content.decode()
    blocked = client.post(f"{address}nhap/", follow=True).content.decode()
    group = first.partition('for="all-award-')[2].partition('"')[0]

    client.post(f"{address}lua-chon/", {"award-2": "bk-thu-tuong", "award-3": "khong-co"})
    client.post(f"{address}lua-chon/", {f"all-award-{group}": "bk-tinh"})
    batch.refresh_from_db()
    client.post(f"{address}nhap/")
    work_off(batch.pk, world.person("officer").pk)

    assert "«Bằng khen» có thể là nhiều hình thức" in first
    assert "Còn 3 câu hỏi chưa chọn" in blocked
    assert batch.answers["2"] == {"award": "bk-thu-tuong"}
    assert list(dossier.nominations.values_list("award__code", flat=True)) == ["bk-thu-tuong", "bk-tinh", "bk-tinh"]


def test_the_answer_new_makes_a_namesake(client: Client, world: World, dossier: Dossier) -> None:
    SubjectFactory(agency=world.syt, council=world.council, name="Người 1", unit="Khoa Nội")
    row = (1, "Ông", "Người 1", "", "Khoa Nội", "", "Lao động tiên tiến", "", "")
    batch = held(world, "nominees", NINE, row, dossier=dossier)
    client.force_login(world.person("officer"))

    client.post(f"{batch.get_absolute_url()}lua-chon/", {"subject-2": "new"})
    client.post(f"{batch.get_absolute_url()}nhap/")
    work_off(batch.pk, world.person("officer").pk)

    assert Subject.objects.filter(name="Người 1").count() == 2


# Once, and whole


def test_a_second_press_and_a_second_worker_import_nothing_more(client: Client, world: World) -> None:
    batch = held(world, "subjects", PEOPLE, ("Cá nhân", "Nguyễn Văn An", "", "", ""))
    client.force_login(world.person("officer"))
    officer = world.person("officer")

    client.post(f"{batch.get_absolute_url()}nhap/")
    again = client.post(f"{batch.get_absolute_url()}nhap/", follow=True).content.decode()
    work_off(batch.pk, officer.pk)
    work_off(batch.pk, officer.pk)
    after = client.post(f"{batch.get_absolute_url()}nhap/", follow=True).content.decode()

    assert Subject.objects.count() == 1
    assert DBTaskResult.objects.filter(task_path=run_import.module_path).count() == 1
    assert "không nhập lần thứ hai" in again
    assert "không nhập lần thứ hai" in after


def test_what_changed_meanwhile_stops_the_import_and_can_be_looked_at_again(client: Client, world: World) -> None:
    batch = held(
        world, "subjects", PEOPLE, ("Cá nhân", "Nguyễn Văn An", "Khoa Nội", "", ""), ("Cá nhân", "B", "", "", "")
    )
    officer = world.person("officer")
    confirm_import(batch, actor=officer)
    SubjectFactory(agency=world.syt, council=world.council, name="Nguyễn Văn An", unit="Khoa Nội")

    work_off(batch.pk, officer.pk)
    batch.refresh_from_db()
    client.force_login(officer)
    page = client.get(batch.get_absolute_url()).content.decode()
    client.post(f"{batch.get_absolute_url()}doc-lai/")
    client.post(f"{batch.get_absolute_url()}nhap/")
    work_off(batch.pk, officer.pk)

    assert batch.state == "failed"
    assert "Sổ đối tượng đã thay đổi sau khi xem trước nên chưa nhập gì." in page
    assert Subject.objects.filter(agency=world.syt).count() == 2
    assert ImportBatch.objects.get().findings["words"].endswith("1 đối tượng đã có, giữ nguyên.")


def test_a_dossier_that_was_sent_takes_no_more_nominees(world: World, dossier: Dossier) -> None:
    row = (1, "Ông", "Nguyễn Văn An", "", "", "", "Lao động tiên tiến", "", "")
    batch = held(world, "nominees", NINE, row, dossier=dossier)
    confirm_import(batch, actor=batch.requested_by)
    Dossier.objects.update(state="submitted")

    work_off(batch.pk, batch.requested_by.pk)

    batch.refresh_from_db()
    assert (batch.state, Nomination.objects.count(), Subject.objects.count()) == ("failed", 0, 0)
    assert batch.error.endswith(".")


# Undo


def test_an_import_is_taken_back_whole(client: Client, world: World, dossier: Dossier) -> None:
    rows = [(n, "Ông", f"Người {n}", "", "", "", "Lao động tiên tiến", "", "") for n in (1, 2)]
    batch = imported(world, "nominees", NINE, *rows, dossier=dossier)
    client.force_login(world.person("officer"))
    asked = client.get(f"{batch.get_absolute_url()}hoan-tac/").content.decode()

    client.post(f"{batch.get_absolute_url()}hoan-tac/", {"reason": "nhầm tệp"})
    again = client.post(f"{batch.get_absolute_url()}hoan-tac/", follow=True).content.decode()

    batch.refresh_from_db()
    assert "Gỡ mọi dòng đã nhập" in asked
    assert (batch.state, batch.undone_by) == ("undone", world.person("officer"))
    assert (Subject.objects.count(), Nomination.objects.count()) == (0, 0)
    assert "đã hoàn tác" in again
    assert entries_of(batch).first().reason == "nhầm tệp"
    assert entries_of(dossier).first().action == "Hoàn tác việc nhập từ tệp"
    assert not list(faults())


def test_what_rests_on_an_import_stops_its_undoing(world: World, dossier: Dossier) -> None:
    batch = imported(world, "subjects", PEOPLE, *(("Cá nhân", f"Người {n}", "", "", "") for n in range(1, 8)))
    first, second, *rest = Subject.objects.order_by("pk")
    nominate(dossier, first, "ld-tien-tien")
    Subject.objects.filter(pk=second.pk).update(version=1)

    with pytest.raises(TransitionRefused) as refusal:
        undo(batch, actor=world.person("officer"))

    assert "«Người 1»: trường hợp đề nghị (1); «Người 2»: đã được sửa sau khi nhập." in str(refusal.value)
    assert (Subject.objects.count(), ImportedRow.objects.count(), len(rest)) == (7, 7, 5)


def test_history_is_taken_back_and_told_on_the_subjects(world: World) -> None:
    person = SubjectFactory(agency=world.syt, council=world.council, name="Nguyễn Văn An")
    batch = imported(
        world,
        "initiatives",
        ("Tên đối tượng", "Tên sáng kiến, đề tài", "Năm", "Đã dùng để xét", "Năm đã dùng"),
        (person.name, "Cải tiến", 2019, "Lao động tiên tiến", 2019),
    )

    undo(batch, actor=world.person("officer"))

    assert (Initiative.objects.count(), InitiativeUse.objects.count()) == (0, 0)
    assert [entry.action for entry in entries_of(person)] == [
        "Hoàn tác việc nhập từ tệp",
        "Nhập sáng kiến, đề tài từ tệp",
    ]


# Files that go out


@pytest.mark.parametrize("kind", ["subjects", "grades", "initiatives", "freezes", "records", "changes", "nominees"])
def test_each_template_is_read_back_and_keeps_text_as_text(client: Client, world: World, kind: str) -> None:
    client.force_login(world.person("standing"))

    content = client.get(f"/nhap-du-lieu/mau/{kind}/").content

    sheet, guide = load_workbook(BytesIO(content)).worksheets
    headers = [cell.value for cell in sheet[1]]
    name = next(index for index, header in enumerate(headers) if str(header).startswith("Tên "))
    assert kind != "nominees" or tuple(headers) == NINE
    assert sheet.cell(2, name + 1).number_format == "@"
    assert sheet.data_validations.dataValidation
    assert guide["A1"].value == "Cột"
    assert [row[0].value for row in guide.iter_rows(min_row=2, max_row=len(headers) + 1)] == headers


def test_rejects_carry_the_faults_and_are_read_again(client: Client, world: World) -> None:
    batch = held(
        world,
        "subjects",
        PEOPLE,
        ("Cá nhân", "Nguyễn Văn An", "", "1980", "001080000123"),
        ("Cá nhân", "=1+1", "", "", ""),
    )
    client.force_login(world.person("officer"))

    response = client.get(f"{batch.get_absolute_url()}loi/")
    page = client.get(batch.get_absolute_url()).content.decode()

    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    rows = [
        {str(head.value): cell.value for head, cell in zip(sheet[1], row, strict=True)}
        for row in sheet.iter_rows(min_row=2, max_row=3)
    ]
    again = examined(response.content, desk(world, "subjects"))
    assert rows[0]["Số định danh"] == "001080000123"
    assert rows[0]["Lỗi"].startswith("Ngày sinh: ngày chưa đúng.")
    assert again.findings["unread"] == []
    assert again.rows[0].get("id_number") == "001080000123"
    assert "Dòng 2, cột Ngày sinh: ngày chưa đúng." in page
    assert "001080000123" not in page
    assert "•••••••••123" in page


# The page


def test_a_file_is_sent_looked_at_confirmed_and_done(client: Client, world: World) -> None:
    client.force_login(world.person("officer"))
    file = SimpleUploadedFile(
        "danh sách.xlsx", book(PEOPLE, ("Cá nhân", "Nguyễn Văn An", "", "", "")), content_type=XLSX
    )

    sent = client.post("/nhap-du-lieu/moi/", {"kind": "subjects", "owner": f"agency:{world.syt.pk}", "file": file})
    page = client.get(sent["Location"]).content.decode()
    client.post(f"{sent['Location']}nhap/")
    waiting = client.get(sent["Location"])
    part = client.get(sent["Location"], headers={"HX-Request": "true"}).content.decode()
    batch = ImportBatch.objects.get()
    work_off(batch.pk, world.person("officer").pk)
    ended = client.get(sent["Location"], headers={"HX-Request": "true"})
    done = client.get(sent["Location"]).content.decode()
    listed = client.get("/nhap-du-lieu/").content.decode()

    assert "Nhập 1 dòng" in page
    assert 'hx-trigger="every 2s"' in part
    assert "<html" not in part
    assert '<meta http-equiv="refresh" content="4">' in waiting.content.decode()
    assert ended["HX-Refresh"] == "true"
    assert "Đã thêm 1 đối tượng vào sổ." in done
    assert "danh sách.xlsx" in listed
    assert len(batch.sha256) == 64


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_preview_ask_a_constant_number_of_queries(
    client: Client, world: World, django_assert_num_queries: Any, rows: int
) -> None:
    people = [("Cá nhân", f"Người {n}", "", "", "") for n in range(rows)]
    for _ in range(rows):
        batch = held(world, "subjects", PEOPLE, *people)
    client.force_login(world.person("officer"))

    with django_assert_num_queries(7):
        client.get("/nhap-du-lieu/")
    with django_assert_num_queries(6):
        client.get(batch.get_absolute_url())


def test_files_are_kept_for_a_day_and_then_only_their_name_and_hash(
    client: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    batch = held(world, "subjects", PEOPLE, ("Cá nhân", "Nguyễn Văn An", "", "", ""))
    storage, name = batch.file.storage, batch.file.name
    ImportBatch.objects.update(requested_at=timezone.now() - timezone.timedelta(hours=25))

    with django_capture_on_commit_callbacks(execute=True):
        sweep(timezone.now())
    client.force_login(world.person("officer"))
    page = client.get(batch.get_absolute_url()).content.decode()

    batch.refresh_from_db()
    assert not storage.exists(name)
    assert (batch.file_name, batch.sha256) == ("danh sách.xlsx", "0" * 64)
    assert "Nguyễn Văn An" not in str(batch.findings)
    assert "Tệp không còn được giữ" in page


def test_the_worker_sweeps_a_day_after_the_upload_when_nothing_else_comes(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    batch = held(world, "subjects", PEOPLE, ("Cá nhân", "Nguyễn Văn An", "", "", ""))
    storage, name = batch.file.storage, batch.file.name

    run_worker()
    assert storage.exists(name)
    with time_machine.travel(timezone.now() + timedelta(hours=25)), django_capture_on_commit_callbacks(execute=True):
        run_worker()

    batch.refresh_from_db()
    assert not storage.exists(name)
    assert (batch.file.name, batch.file_name) == ("", "danh sách.xlsx")


def test_a_silent_worker_is_told_and_the_import_tried_again(client: Client, world: World) -> None:
    batch = held(world, "subjects", PEOPLE, ("Cá nhân", "Nguyễn Văn An", "", "", ""))
    officer = world.person("officer")
    confirm_import(batch, actor=officer)
    ImportBatch.objects.update(seen_at=timezone.now() - timezone.timedelta(minutes=11))
    client.force_login(officer)

    page = client.get(batch.get_absolute_url()).content.decode()
    client.post(f"{batch.get_absolute_url()}doc-lai/")
    client.post(f"{batch.get_absolute_url()}nhap/")
    work_off(batch.pk, officer.pk)

    assert "Máy xử lý nền không phản hồi trong 10 phút" in page
    assert Subject.objects.count() == 1


@pytest.mark.parametrize("name", ["stranger", "secretary", "standing", "observer"])
def test_an_import_is_its_agencys_alone(client: Client, world: World, name: str) -> None:
    batch = held(world, "subjects", PEOPLE, ("Cá nhân", "Nguyễn Văn An", "", "", ""))
    client.force_login(world.person(name))

    assert client.get(batch.get_absolute_url()).status_code == 404
    assert client.get(f"{batch.get_absolute_url()}loi/").status_code == 404
    assert client.post(f"{batch.get_absolute_url()}nhap/").status_code == 404
