"""The agenda from a spreadsheet: what each row means, what is asked back, all or nothing, taken back."""

from collections.abc import Sequence
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.domain.workflow import TransitionRefused
from awards.enums import ImportKind
from awards.imports.table import read_table
from awards.models import Dossier, Nomination
from council.domain.sessions.agenda import edit_item
from council.domain.sessions.agenda_file import match_rows
from council.domain.sessions.agenda_importing import import_items, imports_of, undo_import
from council.models import AgendaItem, CouncilSession
from tests.agenda_file_world import FIGHTER, HEADERS, MORE, UNIT, Line, row, sheet
from tests.appraisal_world import case_of
from tests.awards_world import award
from tests.council_world import appraised_dossier, council_session, put_on_agenda, remit, seat_everyone
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def session(world: World) -> CouncilSession:
    return council_session(world)


@pytest.fixture
def clerk(client: Client, world: World) -> Client:
    client.force_login(world.person("standing"))
    return client


def sent(clerk: Client, session: CouncilSession, *lines: Line) -> Any:
    return clerk.post(f"/hoi-dong/phien/{session.pk}/noi-dung/nhap/", {"file": sheet(*lines)})


def confirmed(clerk: Client, session: CouncilSession, page: Any, **answers: str) -> Any:
    given = {"held": page.context["held"]} | {name.replace("_", "-"): value for name, value in answers.items()}
    return clerk.post(f"/hoi-dong/phien/{session.pk}/noi-dung/nhap/xac-nhan/", given, follow=True)


def named(session: CouncilSession) -> list[str]:
    return list(session.items.order_by("position").values_list("nomination__name", flat=True))


def faults(page: Any) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = page.context["faults"]
    return found


def waiting(world: World, *names: str, unit: str = UNIT, code: str = "cstd-tinh", **rest: Any) -> Dossier:
    dossier = appraised_dossier(world, 0, code, **rest)
    for name in names:
        case = case_of(dossier, name, code, state="eligible")
        Nomination.objects.filter(pk=case.pk).update(unit=unit)
    return dossier


def test_a_file_is_shown_first_and_then_becomes_the_agenda(
    world: World, session: CouncilSession, clerk: Client
) -> None:
    dossier = waiting(world, "Trần Văn Bảy", "Đỗ Thị An", "Lê Văn Thừa")

    page = sent(clerk, session, row("TRẦN VĂN BẢY"), row("do thi an", unit="", code="CSTĐ cấp tỉnh"))

    assert (page.status_code, faults(page), page.context["asked"]) == (200, [], [])
    assert not AgendaItem.objects.exists()
    answer = confirmed(clerk, session, page)
    assert "Đã đưa 2 trường hợp từ tệp «danh-sach.xlsx» vào nội dung phiên họp." in answer.content.decode()
    assert named(session) == ["Trần Văn Bảy", "Đỗ Thị An"]
    dossier.refresh_from_db()
    assert dossier.state == "in_session"


def test_a_confirmation_sent_twice_is_one_import_and_no_error(
    world: World, session: CouncilSession, clerk: Client
) -> None:
    waiting(world, "Đỗ Thị An", "Lê Văn Bình")
    page = sent(clerk, session, row("Đỗ Thị An"), row("Lê Văn Bình"))

    first, second = confirmed(clerk, session, page), confirmed(clerk, session, page)

    assert "Đã đưa 2 trường hợp" in first.content.decode()
    assert "Đã đưa 2 trường hợp" in second.content.decode()
    assert named(session) == ["Đỗ Thị An", "Lê Văn Bình"]
    assert len(imports_of(session)) == 1


def test_the_same_file_after_taking_it_back_is_a_new_import(
    world: World, session: CouncilSession, clerk: Client
) -> None:
    waiting(world, "Đỗ Thị An")
    page = sent(clerk, session, row("Đỗ Thị An"))
    confirmed(clerk, session, page)
    undo_import(session, imports_of(session)[0].key, reason="Nhầm tệp", actor=world.person("standing"))

    confirmed(clerk, session, page)

    assert [each.undone for each in imports_of(session)] == [False, True]
    assert named(session) == ["Đỗ Thị An"]


def test_faults_are_told_by_row_and_column_and_nothing_may_be_confirmed(
    world: World, session: CouncilSession, clerk: Client
) -> None:
    waiting(world, "Trần Văn Bảy", "Đỗ Thị An")
    remit(world, "bk-tinh", body="standing")
    waiting(world, "Người Thẳng", code="bk-tinh")
    put_on_agenda(council_session(world), waiting(world, "Người Đã Có").nominations.get())
    draft = waiting(world, "Người Chưa Thẩm Định")
    Dossier.objects.filter(pk=draft.pk).update(state="received")

    page = sent(
        clerk,
        session,
        row("Trần Văn Bảy"),
        row("Trần Văn Bảy"),
        row("Người Lạ"),
        row("Đỗ Thị An", code="Huy hiệu lạ"),
        row("Người Thẳng", code="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
        row("Người Đã Có"),
        row("Người Chưa Thẩm Định"),
        row("Đỗ Thị An", category="Khen thưởng đột xuất"),
        row("", code=FIGHTER),
    )

    told = [(number, header, sentence.split(".")[0]) for number, header, sentence in faults(page)]
    name, award_column = HEADERS[2], MORE[1]
    assert told == [
        (3, name, "trùng với dòng 2: cùng một trường hợp"),
        (4, name, told[1][2]),
        (5, award_column, "không có «Huy hiệu lạ» trong danh mục khen thưởng"),
        (6, name, "Theo phân cấp xét, cơ quan thường trực thẩm định và trình thẳng hình thức này"),
        (7, name, f"Đã có trong nội dung của {CouncilSession.objects.get(number=2)}"),
        (8, name, f"Hồ sơ {draft.code} chưa thẩm định xong"),
        (9, MORE[0], "khác với hồ sơ của trường hợp này («Khen thưởng công trạng»)"),
        (10, name, "đang bỏ trống"),
    ]
    assert told[1][2].startswith("không có trường hợp «Người Lạ»")
    assert page.context["held"] == ""


def test_namesakes_are_asked_back_and_the_answer_decides(world: World, session: CouncilSession, clerk: Client) -> None:
    first = waiting(world, "Nguyễn Văn Nam").nominations.get()
    second = waiting(world, "Nguyễn Văn Nam", unit="Bệnh viện tỉnh").nominations.get()
    waiting(world, "Lê Thị Hoa", unit="Khoa Nội")

    page = sent(clerk, session, row("Nguyễn Văn Nam", unit=""), row("Lê Thị Hoa", unit="Khoa Ngoại"))

    asked = {line.number: [pk for pk, _ in line.choices] for line, _ in page.context["asked"]}
    assert asked[2] == [first.pk, second.pk]
    assert len(asked[3]) == 1
    again = confirmed(clerk, session, page, row_2=str(second.pk))
    assert "Hãy chọn một trường hợp." in again.content.decode()
    assert not AgendaItem.objects.exists()
    confirmed(clerk, session, again, row_2=str(second.pk), row_3=str(asked[3][0]))
    assert set(session.items.values_list("nomination", flat=True)) == {second.pk, asked[3][0]}


def test_two_rows_cannot_both_be_the_same_namesake(world: World, session: CouncilSession, clerk: Client) -> None:
    case = waiting(world, "Nguyễn Văn Nam").nominations.get()
    waiting(world, "Nguyễn Văn Nam", unit="Bệnh viện tỉnh")

    page = sent(clerk, session, row("Nguyễn Văn Nam", unit=""), row("Nguyễn Văn Nam", unit=""))
    again = confirmed(clerk, session, page, row_2=str(case.pk), row_3=str(case.pk))

    assert [fault for _, fault in again.context["asked"] if fault] == [
        "trùng với dòng 2: cùng một trường hợp. Hãy bỏ một dòng."
    ]
    assert not AgendaItem.objects.exists()


def test_unit_and_post_tell_namesakes_apart_unasked(world: World, session: CouncilSession, clerk: Client) -> None:
    dossier = waiting(world, "Nguyễn Văn Nam", "Nguyễn Văn Nam")
    one, other = dossier.nominations.order_by("pk")
    Nomination.objects.filter(pk=other.pk).update(post="Trưởng phòng")
    waiting(world, "Nguyễn Văn Nam", unit="Bệnh viện tỉnh")

    page = sent(clerk, session, row("Nguyễn Văn Nam", post="trưởng phòng"))
    confirmed(clerk, session, page)

    assert page.context["asked"] == []
    assert session.items.get().nomination_id == other.pk != one.pk


@pytest.mark.parametrize("held", ["", "rác", "eyJ4IjoxfQ:1abc:def"])
def test_a_forged_preview_is_refused(session: CouncilSession, clerk: Client, held: str) -> None:
    url = f"/hoi-dong/phien/{session.pk}/noi-dung/nhap/xac-nhan/"

    answer = clerk.post(url, {"held": held}, follow=True)

    assert "Hãy gửi lại tệp." in answer.content.decode()
    assert not AgendaItem.objects.exists()


def test_a_preview_of_another_session_or_of_yesterday_is_refused(
    world: World, session: CouncilSession, clerk: Client
) -> None:
    waiting(world, "Trần Văn Bảy")
    page, other = sent(clerk, session, row("Trần Văn Bảy")), council_session(world)

    confirmed(clerk, other, page)
    with time_machine.travel("2026-11-23 10:00+07:00", tick=False):
        confirmed(clerk, session, page)

    assert not AgendaItem.objects.exists()


def test_what_became_impossible_meanwhile_holds_the_whole_file(
    world: World, session: CouncilSession, clerk: Client
) -> None:
    dossier = waiting(world, "Trần Văn Bảy", "Đỗ Thị An")
    page = sent(clerk, session, row("Trần Văn Bảy"), row("Đỗ Thị An"))
    put_on_agenda(council_session(world), dossier.nominations.get(name="Đỗ Thị An"))

    answer = confirmed(clerk, session, page)

    assert "Chưa đưa trường hợp nào vào nội dung." in answer.content.decode()
    assert named(session) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rac", b"MZ\x90", b"<html>"])
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(
    session: CouncilSession, clerk: Client, content: bytes
) -> None:
    url = f"/hoi-dong/phien/{session.pk}/noi-dung/nhap/"

    page = clerk.post(url, {"file": SimpleUploadedFile("danh-sach.xlsx", content)})

    assert page.status_code == 200
    assert page.context["form"].errors["file"]


def test_an_open_session_takes_no_file(world: World, clerk: Client) -> None:
    waiting(world, "Trần Văn Bảy")
    session = council_session(world, state="open")

    page = sent(clerk, session, row("Trần Văn Bảy"))
    answer = confirmed(clerk, session, page)

    assert "Không thực hiện được khi phiên họp ở trạng thái «Đang họp»" in answer.content.decode()
    assert named(session) == []


def imported(world: World, session: CouncilSession, *names: str) -> tuple[Dossier, int]:
    dossier = waiting(world, *names)
    keys: Sequence[int] = list(dossier.nominations.values_list("pk", flat=True))
    import_items(session, keys, file_name="ds.xlsx", actor=world.person("standing"))
    return dossier, imports_of(session)[0].key


def test_taking_back_gives_the_dossiers_back(world: World, session: CouncilSession, clerk: Client) -> None:
    kept = waiting(world, "Lê Văn Giữ")
    put_on_agenda(session, kept.nominations.get())
    dossier, key = imported(world, session, "Trần Văn Bảy", "Đỗ Thị An")
    url = f"/hoi-dong/phien/{session.pk}/noi-dung/nhap/{key}/hoan-tac/"

    assert "2 trường hợp đã nhập từ tệp «ds.xlsx»" in clerk.get(url).content.decode()
    assert "Hãy ghi lý do hoàn tác." in clerk.post(url, {"reason": " "}, follow=True).content.decode()
    clerk.post(url, {"reason": "Nhầm tệp"})

    assert named(session) == ["Lê Văn Giữ"]
    dossier.refresh_from_db()
    assert dossier.state == "appraised"
    assert [each.undone for each in imports_of(session)] == [True]
    assert "đã được hoàn tác" in clerk.post(url, {"reason": "Lần nữa"}, follow=True).content.decode()


def test_after_the_call_what_is_taken_back_stays_as_withdrawn(world: World, session: CouncilSession) -> None:
    _, key = imported(world, session, "Trần Văn Bảy")
    CouncilSession.objects.filter(pk=session.pk).update(state="called")
    seat_everyone(session)

    undo_import(session, key, reason="Nhầm tệp", actor=None)

    item = session.items.get()
    assert (item.outcome, item.reason) == ("withdrawn", "Nhầm tệp")


def test_an_annotated_item_or_an_open_session_holds_the_undo(world: World, session: CouncilSession) -> None:
    _, key = imported(world, session, "Trần Văn Bảy", "Đỗ Thị An")
    edit_item(session.items.first(), note="Đề nghị xét kỹ", place=None, base=None, actor=world.person("standing"))

    with pytest.raises(TransitionRefused, match="Đã ghi ý kiến cho Trần Văn Bảy"):
        undo_import(session, key, reason="Nhầm", actor=None)
    CouncilSession.objects.filter(pk=session.pk).update(state="open")
    with pytest.raises(TransitionRefused, match="Đang họp"):
        undo_import(session, key, reason="Nhầm", actor=None)

    assert session.items.count() == 2


QUERIES_OF_READING = 14


@pytest.mark.parametrize("count", [3, 40])
def test_reading_takes_a_constant_number_of_queries(
    world: World, session: CouncilSession, count: int, django_assert_max_num_queries: Any
) -> None:
    names = [f"Người Số {number}" for number in range(count)]
    waiting(world, *names)
    table = read_table(sheet(*map(row, names), *(row(f"Lạ {name}") for name in names)).read(), ImportKind.NOMINEES)

    with django_assert_max_num_queries(QUERIES_OF_READING):
        lines = match_rows(session, table.rows)

    assert sum(line.chosen is not None for line in lines) == count
    assert award("cstd-tinh").name == FIGHTER
