"""Pages of criteria tables as Excel files: preview first, all or nothing, and who may."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from scoring.domain.building import agency_codes, build_tree
from scoring.domain.parts import Part, parts_of
from scoring.exports.criteria import set_bytes
from scoring.imports.holding import FOLDER, FileGone, held, hold
from scoring.models import CriteriaSet, Criterion
from tests.factories import CriteriaSetFactory, CriterionFactory, ScoreLineFactory, ScoreSheetFactory
from tests.world import World

D = Decimal
TABLE = (
    Part("A", "Chuyên môn", D(100), "group"),
    Part("A1", "Chỉ tiêu", D(60), "quantitative", "A", "proportional", "%", D(0), D(100), D(50)),
    Part("A2", "Tham mưu", D(40), "judged", "A", appraised_by="agency", appraiser="syt"),
    Part("P", "Trừ", D(20), "deduction", options={"per": 5, "bars": ["flag"]}),
)
BROKEN = (*TABLE, Part("A1", "=Trùng mã", D(5)))


@pytest.fixture
def draft(world: World) -> CriteriaSet:
    made: CriteriaSet = CriteriaSetFactory(bloc_year=world.year, state="draft", scale=100)
    return made


def xlsx(parts: Any = TABLE) -> SimpleUploadedFile:
    return SimpleUploadedFile("bang.xlsx", set_bytes(parts))


def address(made: CriteriaSet, rest: str = "") -> str:
    return f"/bo-tieu-chi/{made.pk}/nhap-excel/{rest}"


def kept() -> list[str]:
    return default_storage.listdir(FOLDER)[1]


def test_a_file_is_previewed_then_written_whole(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("secretary"))

    preview = client.post(address(draft), {"file": xlsx()})
    assert Criterion.objects.filter(criteria_set=draft).count() == 0
    done = client.post(address(draft, "ghi/"), {"token": preview.context["token"]}, follow=True)

    assert parts_of(draft) == list(TABLE)
    assert "Đã nhập 4 tiêu chí từ tệp Excel vào bộ tiêu chí dự thảo." in done.content.decode()
    assert [(entry.action, entry.after) for entry in audit.entries_of(draft)] == [
        ("Ghi cả bảng tiêu chí", {"source": "Tệp Excel", "criteria": 4})
    ]
    assert kept() == []


def test_an_export_imported_again_is_the_equal_table(client: Client, world: World, draft: CriteriaSet) -> None:
    build_tree(draft, parts=TABLE, source="thử", actor=None)
    client.force_login(world.person("secretary"))

    sent = client.get(f"/bo-tieu-chi/{draft.pk}/xuat-excel/")
    other = CriteriaSetFactory(bloc_year=world.year, version=2, state="draft", scale=100)
    preview = client.post(address(other), {"file": SimpleUploadedFile("a.xlsx", sent.content)})
    client.post(address(other, "ghi/"), {"token": preview.context["token"]})

    assert parts_of(other) == list(TABLE)
    assert "bo-tieu-chi" in sent["Content-Disposition"]
    assert sent["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_faults_are_shown_and_come_back_in_a_file_and_nothing_is_written(
    client: Client, world: World, draft: CriteriaSet
) -> None:
    client.force_login(world.person("secretary"))

    preview = client.post(address(draft), {"file": xlsx(BROKEN)})
    token = preview.context["token"]
    refused = client.post(address(draft, "ghi/"), {"token": token}, follow=True)
    sent = client.get(address(draft, "loi/"), {"tep": token})

    where = "Trang «Tiêu chí», dòng 3, cột A (Mã): «A1» được dùng ở nhiều dòng (3, 6). Hãy đặt mỗi tiêu chí một mã."
    assert where in preview.content.decode()
    assert where in refused.content.decode()
    assert Criterion.objects.filter(criteria_set=draft).count() == 0
    sheet = load_workbook(BytesIO(sent.content))["Tiêu chí"]
    assert (sheet["B6"].value, sheet["B6"].data_type) == ("=Trùng mã", "s")
    assert sheet["N6"].value == "Mã: «A1» được dùng ở nhiều dòng (3, 6). Hãy đặt mỗi tiêu chí một mã."


def test_existing_content_is_replaced_only_when_asked(client: Client, world: World, draft: CriteriaSet) -> None:
    CriterionFactory(criteria_set=draft, code="CU", name="Tiêu chí cũ")
    client.force_login(world.person("secretary"))
    token = client.post(address(draft), {"file": xlsx()}).context["token"]

    refused = client.post(address(draft, "ghi/"), {"token": token}, follow=True)
    assert "Hãy chọn «Thay toàn bộ nội dung hiện có»" in refused.content.decode()
    assert [part.code for part in parts_of(draft)] == ["CU"]
    client.post(address(draft, "ghi/"), {"token": token, "replace": "on"})

    assert parts_of(draft) == list(TABLE)
    entry = audit.entries_of(draft).get()
    assert (entry.before, entry.after) == ({"criteria": 1}, {"source": "Tệp Excel", "criteria": 4})


def test_a_table_with_scores_is_never_replaced(client: Client, world: World, draft: CriteriaSet) -> None:
    criterion = CriterionFactory(criteria_set=draft, code="CU")
    client.force_login(world.person("secretary"))
    token = client.post(address(draft), {"file": xlsx()}).context["token"]
    sheet = ScoreSheetFactory(bloc_year=world.year, criteria_set=draft, agency=world.syt)
    ScoreLineFactory(sheet=sheet, criterion=criterion, self_points=D(5))

    refused = client.post(address(draft, "ghi/"), {"token": token, "replace": "on"}, follow=True)

    assert "Đã có đơn vị ghi điểm hoặc nộp minh chứng" in refused.content.decode()
    assert [part.code for part in parts_of(draft)] == ["CU"]
    assert "Đã có đơn vị ghi điểm" in client.get(address(draft)).content.decode()


def test_an_open_set_takes_no_file(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("secretary"))
    token = client.post(address(draft), {"file": xlsx()}).context["token"]
    CriteriaSet.objects.filter(pk=draft.pk).update(state="open")

    refused = client.post(address(draft, "ghi/"), {"token": token}, follow=True)

    assert "nên không sửa được. Hãy rút về dự thảo trước khi sửa." in refused.content.decode()
    assert "không còn là dự thảo" in client.get(address(draft)).content.decode()
    assert Criterion.objects.filter(criteria_set=draft).count() == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"MZ\x90\x00", "Tệp là chương trình, không phải bảng tính. Hãy chọn đúng tệp .xlsx."),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Tệp ở định dạng Excel cũ (.xls)."),
        ("a.xlsx", b"", "Tệp trống. Hãy chọn đúng tệp .xlsx."),
        ("a.xlsx", b"PK\x03\x04" + b"0" * (5 * 1024 * 1024), "Tệp lớn hơn 5 MB."),
    ],
)
def test_a_wrong_file_is_refused_on_its_field(
    client: Client, world: World, draft: CriteriaSet, name: str, content: bytes, sentence: str
) -> None:
    client.force_login(world.person("secretary"))

    page = client.post(address(draft), {"file": SimpleUploadedFile(name, content)})

    assert [error.startswith(sentence) for error in page.context["form"].errors["file"]] == [True]
    assert not default_storage.exists(FOLDER)


def test_no_file_is_refused_in_a_sentence(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("secretary"))

    page = client.post(address(draft), {})

    assert page.context["form"].errors["file"] == ["Hãy chọn tệp Excel."]


def test_a_token_is_of_one_person_and_one_set_for_an_hour(
    client: Client, world: World, draft: CriteriaSet, time_machine: Any
) -> None:
    other = CriteriaSetFactory(bloc_year=world.year, version=2, state="draft")
    client.force_login(world.person("secretary"))
    token = client.post(address(draft), {"file": xlsx()}).context["token"]

    stolen = Client()
    stolen.force_login(world.person("head_leader"))
    pages = [
        stolen.post(address(draft, "ghi/"), {"token": token}, follow=True),
        client.post(address(other, "ghi/"), {"token": token}, follow=True),
        client.post(address(draft, "ghi/"), {"token": token + "x"}, follow=True),
        client.post(address(draft, "ghi/"), {}, follow=True),
        client.get(address(draft, "loi/"), {"tep": "../../etc/passwd"}, follow=True),
    ]

    gone = "Tệp đã chọn không còn được giữ (quá một giờ hoặc đã nhập xong). Hãy chọn lại tệp."
    assert [gone in page.content.decode() for page in pages] == [True] * 5
    assert Criterion.objects.filter(criteria_set__in=[draft, other]).count() == 0
    owner = {"set_pk": draft.pk, "user_pk": world.person("secretary").pk}
    assert held(token, **owner) == only_file()
    time_machine.move_to(timezone.now() + timedelta(seconds=3601))
    with pytest.raises(FileGone):
        held(token, **owner)


def only_file() -> bytes:
    (name,) = kept()
    with default_storage.open(f"{FOLDER}/{name}") as stream:
        content: bytes = stream.read()
    return content


def test_a_token_serves_once(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("secretary"))
    token = client.post(address(draft), {"file": xlsx()}).context["token"]
    client.post(address(draft, "ghi/"), {"token": token})

    again = client.post(address(draft, "ghi/"), {"token": token, "replace": "on"}, follow=True)

    assert "Tệp đã chọn không còn được giữ" in again.content.decode()


@pytest.mark.django_db
def test_files_nobody_came_back_for_are_removed_after_a_day() -> None:
    hold(b"a", set_pk=1, user_pk=1)
    hold(b"b", set_pk=1, user_pk=1, now=timezone.now() + timedelta(hours=23))
    assert len(kept()) == 2

    hold(b"c", set_pk=1, user_pk=1, now=timezone.now() + timedelta(hours=25))

    assert len(kept()) == 1


def test_members_take_the_table_home_once_it_is_open(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("officer"))
    hidden = client.get(f"/bo-tieu-chi/{draft.pk}/xuat-excel/")
    CriteriaSet.objects.filter(pk=draft.pk).update(state="open")

    assert hidden.status_code == 404
    assert client.get(f"/bo-tieu-chi/{draft.pk}/xuat-excel/").status_code == 200
    assert client.get(address(draft)).status_code == 403
    client.force_login(world.person("stranger"))
    assert client.get(f"/bo-tieu-chi/{draft.pk}/xuat-excel/").status_code == 404
    assert client.post(address(draft), {"file": xlsx()}).status_code == 404


def test_agencies_are_known_by_code_and_every_name(world: World, draft: CriteriaSet) -> None:
    world.syt.aliases.create(name="Sở YT")

    known = agency_codes(draft)

    assert (known["syt"], known["so y te"], known["so yt"]) == (("syt",), ("syt",), ("syt",))
    assert "other" in known
    with pytest.raises(KeyError):
        known["so la"]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ((Part("A", "", D(1)),), "Hãy ghi cả mã và tên của mọi tiêu chí."),
        ((Part("A", "a", D(1)), Part("a", "b", D(1))), "Mã «A» được dùng 2 lần. Hãy đặt mỗi tiêu chí một mã."),
        ((Part("A", "a", D(1), parent="B"),), "Tiêu chí A: «B» không phải là nhóm đứng trước nó trong bảng."),
        ((Part("A", "a", D(-1)),), "Tiêu chí A: điểm tối đa không được nhỏ hơn 0."),
        (
            (Part("A", "a", D(1), appraised_by="agency", appraiser="la"),),
            "Tiêu chí A: không có cơ quan mang mã «la» trong danh mục. Hãy thêm cơ quan vào danh mục hoặc ghi lại mã.",
        ),
        (
            (Part("A", "a", D(1), appraised_by="agency"),),
            "Tiêu chí A: chỉ ghi cơ quan thẩm định, và phải ghi, khi cơ quan chuyên môn thẩm định.",
        ),
    ],
)
def test_parts_that_cannot_stand_leave_the_set_as_it_was(
    draft: CriteriaSet, parts: tuple[Part, ...], sentence: str
) -> None:
    CriterionFactory(criteria_set=draft, code="CU")

    with pytest.raises(TransitionRefused) as refusal:
        build_tree(draft, parts=parts, source="thử", replace=True, actor=None)

    assert str(refusal.value) == sentence
    assert [part.code for part in parts_of(draft)] == ["CU"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_a_fixed_number_of_questions(
    client: Client, world: World, draft: CriteriaSet, django_assert_num_queries: Any, count: int
) -> None:
    build_tree(draft, parts=[Part(f"A{n}", "a", D(1)) for n in range(count)], source="thử", actor=None)
    client.force_login(world.person("secretary"))
    client.get(address(draft))

    with django_assert_num_queries(0):
        set_bytes([Part("A", "a", D(1))])
    with django_assert_num_queries(7):
        client.get(f"/bo-tieu-chi/{draft.pk}/xuat-excel/")
    with django_assert_num_queries(10):
        client.get(address(draft))


def test_previews_tell_the_rules_of_each_criterion(client: Client, world: World, draft: CriteriaSet) -> None:
    client.force_login(world.person("secretary"))

    file = client.post(address(draft), {"file": xlsx()}).content.decode()
    ready = client.get(f"/khoi/{world.year.pk}/tieu-chi/mau/thanh-hoa-xa/").content.decode()

    assert "đơn vị tính %, từ 0 đến 100 · mức sàn 50% · Thư ký khối thẩm định" in file
    assert f"Chấm điểm trực tiếp · {world.syt.label} thẩm định" in file
    assert "mỗi lần 5 điểm · không xét Cờ · " in file
    assert "mỗi lần 5 điểm · không xếp mức cao nhất · " in ready
    client.force_login(world.person("officer"))
    assert client.get(f"/khoi/{world.year.pk}/tieu-chi/mau/thanh-hoa-xa/").status_code == 403
