"""Papers of the council: everything that happened is minuted once, names agree, nothing known is typed."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from council.domain.decisions.drafting import draft_from_session
from council.domain.decisions.later import draft_later
from council.domain.decisions.lines import edit_line
from council.models import CouncilSession, Decision, DecisionLine
from reports.documents.blocks import Paper, Paragraph, Table
from reports.documents.council_ballots import compose as compose_ballots
from reports.documents.council_decided import collect_decision
from reports.documents.council_registry import (
    DECISION_KINDS,
    SESSION_KINDS,
    decision_paper,
    decision_pdf,
    decision_xlsx,
    session_paper,
    session_pdf,
)
from reports.documents.council_session import collect_session
from tests.awards_world import award
from tests.council_decisions_world import chair, closed_session, empty_draft, issued
from tests.council_papers_world import CASES, open_room, told_room
from tests.council_votes_world import Room
from tests.council_world import appraised_dossier, council_session, full_council, practice
from tests.pdf_reading import MM, fonts_of, lines_of, pages_of, text_of
from tests.world import World

pytestmark = pytest.mark.django_db
FACES = {"LiberationSerif2", "LiberationSerif2-Bold", "LiberationSerif2-Italic", "LiberationSerif2-Bold-Italic"}


def words_of(paper: Paper) -> str:
    """Everything the paper says between its head and its foot, a line a block or row; table cells by " | "."""
    parts: list[str] = [*paper.addressees, *paper.grounds, paper.summary]
    for annex in paper.annexes:
        parts += [annex.label, annex.title, annex.reference]
    for block in [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]:
        if isinstance(block, Table):
            parts += [" | ".join(row.cells) for row in block.rows]
        else:
            label = f"{block.label} " if isinstance(block, Paragraph) and block.label else ""
            parts.append(f"{label}{block.text}")
    return "\n".join(parts)


@pytest.fixture
def room() -> Room:
    return told_room()


def session_of(room: Room) -> CouncilSession:
    return CouncilSession.objects.select_related("council__standing_agency").get(pk=room.session.pk)


def decisions_of(room: Room) -> list[Decision]:
    return draft_from_session(room.session, issuer=chair(room.world), actor=room.secretary)


# The minutes


def test_minutes_tell_who_came_who_wrote_and_by_which_rule_that_was_enough(room: Room) -> None:
    found = words_of(session_paper("bien-ban", session_of(room)))

    assert "Thời gian bắt đầu: 08 giờ 00 phút, ngày 20 tháng 11 năm 2026." in found
    assert "Có mặt: 11/13; vắng: 02, trong đó 02 thành viên gửi ý kiến bằng văn bản." in found
    assert "(gửi ý kiến bằng văn bản, lý do: đi công tác)" in found
    assert (
        "- Đồng chí Ủy viên số 3, Ủy viên (ủy quyền cho Bùi Văn Thay dự thay theo Giấy ủy quyền số 12/GUQ-SXD ngày "
        "18/11/2026);"
    ) in found
    assert (
        "Số thành viên có mặt 11/13, đủ điều kiện họp theo Quyết định số 86/2025/QĐ-UBND, Điều 8: phiên họp cần ít "
        "nhất 09/13 thành viên, phiên xét khen thưởng cần ít nhất 11/13 thành viên."
    ) in found
    assert "Chủ trì (Chủ tọa): đồng chí Ủy viên số 1, Chủ tịch Hội đồng." in found
    assert "Phiên họp kết thúc vào 11 giờ 30 phút, ngày 20 tháng 11 năm 2026./." in found


def test_minutes_tell_each_round_with_its_share_base_and_counts(room: Room) -> None:
    found = words_of(session_paper("bien-ban", session_of(room)))

    assert "4.1. Chiến sĩ thi đua cấp tỉnh, vòng 1: 03/04 trường hợp đạt" in found
    assert "4.4. Chiến sĩ thi đua cơ sở, vòng 2: 0/01 trường hợp đạt" in found
    assert (
        "Tỷ lệ phiếu đồng ý phải đạt ít nhất 80% tổng số thành viên Hội đồng (Quyết định số 86/2025/QĐ-UBND, Điều 8); "
        "người không tham gia biểu quyết vẫn tính vào tổng số để tính tỷ lệ; thành viên vắng mặt gửi ý kiến bằng văn "
        "bản được tính phiếu và ở trong tổng số."
    ) in found
    assert "1 | Nguyễn Thị Lan, Trưởng phòng, Phòng Nghiệp vụ, Sở Y tế | 13 | 0 | 0 | 0 | 11/13 | 100% | Đạt" in found
    assert "2 | Trần Văn Bình, Trưởng phòng, Phòng Nghiệp vụ, Sở Y tế | 12 | 0 | 0 | 01 | 11/13 | 92,3% | Đạt" in found
    assert "Mai Thị Tâm, Trưởng phòng, Phòng Nghiệp vụ, Sở Y tế | 08 | 05 | 0 | 0 | 11/13 | 61,5% | Không đạt" in found
    assert "Mai Thị Tâm, Trưởng phòng, Phòng Nghiệp vụ, Sở Y tế | 09 | 04 | 0 | 0 | 11/13 | 69,2% | Không đạt" in found


def test_minutes_tell_the_recusal_the_tie_and_what_was_over_the_quota(room: Room) -> None:
    found = words_of(session_paper("bien-ban", session_of(room)))

    assert (
        "- Đồng chí Ủy viên số 4 không tham gia biểu quyết đối với: Trần Văn Bình (lý do: Người thân được xét)."
        in found
    )
    assert (
        "Bằng phiếu ở vị trí cuối: Lê Thị Cúc (11 phiếu); Phạm Văn Dũng (11 phiếu). Chủ tịch Hội đồng Ủy viên số 1 "
        "quyết định chọn: Lê Thị Cúc (11 phiếu)."
    ) in found
    assert (
        "Đạt tỷ lệ phiếu nhưng vượt số lượng tối đa, lấy theo số phiếu từ cao xuống thấp nên không được chọn: Võ Văn "
        "Phúc (12 phiếu)."
    ) in found
    assert "Số lượng tối đa: 01 (Kế hoạch số 15/KH-UBND)." in found


def test_minutes_conclude_by_award_and_give_a_reason_for_each_refused(room: Room) -> None:
    found = words_of(session_paper("bien-ban", session_of(room)))
    concluded = found.split("5. Kết luận của Hội đồng")[1]
    refused = concluded.split("Không thông qua:")[1]

    assert "- Chiến sĩ thi đua cấp tỉnh: thông qua 03 cá nhân, không thông qua 01;" in concluded
    assert [name for name, _, _ in CASES if name in refused] == [
        "Phạm Văn Dũng", "Võ Văn Phúc", "Đỗ Thị Quý", "Mai Thị Tâm",
    ]  # fmt: skip
    assert "Mai Thị Tâm, Trưởng phòng, Phòng Nghiệp vụ, Sở Y tế (Chiến sĩ thi đua cơ sở): Không đạt: 9/13" in refused
    assert "6. Kết luận của Chủ tọa\n- Giao Sở Nội vụ hoàn thiện hồ sơ, trình ký." in found


def test_minutes_have_no_place_line_the_secretary_left_and_the_chair_right(room: Room) -> None:
    paper = session_paper("bien-ban", session_of(room))

    assert paper.letterhead.place_date == ""
    assert [(each.lines, each.name) for each in paper.signatories] == [
        (("THƯ KÝ",), "Đặng Thị Thư"),
        (("CHỦ TỌA",), "Ủy viên số 1"),
    ]
    assert paper.letterhead.draft is False


def test_an_open_session_gives_a_draft_and_no_vote_away() -> None:
    room = open_room()
    ballot = room.opened(*room.items()[:4])
    room.cast_all(ballot, "yyyy", "yyyy")

    found = words_of(session_paper("bien-ban", session_of(room)))

    assert "Chưa có kết quả biểu quyết." in found
    assert "- Chiến sĩ thi đua cấp tỉnh: thông qua 0, chưa kết luận 04;" in found
    assert session_paper("bien-ban", session_of(room)).letterhead.draft is True


def test_a_vice_chair_leads_where_the_chair_did_not_come(world: World) -> None:
    full_council(world)
    practice(world)
    session = council_session(world, state="closed")
    session.seats.update(attendance="present")
    session.seats.filter(role="chair").update(attendance="absent", absence_reason="nghỉ phép")

    paper = session_paper("bien-ban", session)

    assert paper.signatories[1].name == "Ủy viên số 2"
    assert "Vắng mặt: đồng chí Ủy viên số 1 (lý do: nghỉ phép)." in words_of(paper)


def test_a_session_in_writing_has_its_own_minutes(world: World) -> None:
    full_council(world)
    practice(world)
    session = council_session(
        world, appraised_dossier(world), state="closed", kind="written", held_on=None, answers_due=date(2026, 11, 20)
    )

    found = words_of(session_paper("bien-ban", session))

    assert "Hình thức: lấy ý kiến bằng văn bản của từng thành viên, không tổ chức họp." in found
    assert "Số thành viên được lấy ý kiến: 13. Hạn gửi ý kiến: ngày 20 tháng 11 năm 2026." in found
    assert "Địa điểm" not in found
    assert "đủ điều kiện họp" not in found


# The count's minutes


def test_the_count_has_its_figures_its_committee_and_every_round(room: Room) -> None:
    paper = session_paper("bien-ban-kiem-phieu", session_of(room))
    found = words_of(paper)

    assert found.count("Số phiếu phát ra | 13") == 4
    assert found.count("Số thành viên vắng mặt gửi ý kiến bằng văn bản | 02") == 4
    assert "Số phiếu không hợp lệ | 0" in found
    assert "4. CHIẾN SĨ THI ĐUA CƠ SỞ, VÒNG 2" in found
    assert [each.name for each in paper.signatories] == ["Lê Minh", "Trần Thu Hà"]


def test_one_round_has_minutes_of_its_own(room: Room) -> None:
    facts = collect_session(session_of(room))
    second = next(each for each in facts.rounds if each.round == 2)

    found = words_of(compose_ballots(facts, only=second.pk))

    assert "Mai Thị Tâm" in found
    assert "Nguyễn Thị Lan" not in found
    assert "Kiểm phiếu Chiến sĩ thi đua cơ sở, vòng 2" in found


# Invitation, materials, submission


def test_the_invitation_names_everybody_with_a_seat_and_where_and_when(room: Room) -> None:
    paper = session_paper("giay-moi", session_of(room))
    found = words_of(paper)

    assert paper.letterhead.number == "Số: 07/GM-HĐTĐKT"
    assert sum(f"Đồng chí {seat.name}, " in found for seat in room.session.seats.all()) == 13
    assert "- Đại diện Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh." in found
    assert "Thời gian: 08 giờ 00 phút, ngày 20 tháng 11 năm 2026." in found
    assert "- Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: 03 cá nhân;" in found


def test_materials_hold_each_case_once_under_its_award(room: Room) -> None:
    item = room.items()[0]
    item.note = "Thống nhất trình Hội đồng."
    item.save()
    nomination = item.nomination
    nomination.checks = {"checks": [{"text": "Thiếu sáng kiến năm 2025", "citation": "Điều 22", "passed": False}]}
    nomination.save()

    paper = session_paper("tai-lieu", session_of(room))
    found = words_of(paper)

    assert [annex.label for annex in paper.annexes] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert [sum(f"{name}, Trưởng phòng" in line for line in found.splitlines()) for name, _, _ in CASES] == [1] * 9
    assert "Thiếu sáng kiến năm 2025 (Điều 22). Ý kiến của cơ quan thường trực: Thống nhất trình Hội đồng." in found
    assert "Đề tài của Nguyễn Thị Lan được áp dụng." in found


def test_materials_for_members_keep_pending_matters_to_themselves(room: Room) -> None:
    nomination = room.items()[0].nomination
    frozen = {"rule": "A4-4", "text": "Đang bị thanh tra từ ngày 01/10/2026", "citation": "Điều 4", "passed": False}
    nomination.checks = {"checks": [frozen]}
    nomination.save()

    found = words_of(session_paper("tai-lieu", session_of(room)))

    assert "thanh tra" not in found
    assert "Có việc cần cơ quan thường trực xem xét trước khi khen thưởng." in found


def test_the_submission_counts_what_passed_and_lists_it_with_its_votes(room: Room) -> None:
    paper = session_paper("to-trinh", session_of(room))
    found = words_of(paper)
    listed = "\n".join(" | ".join(row.cells) for row in paper.annexes[0].blocks[0].rows)  # type: ignore[union-attr]

    assert paper.addressees == ("Chủ tịch Ủy ban nhân dân tỉnh Mẫu.",)
    assert "đã xét 09 cá nhân do 01 cơ quan, đơn vị, khối, cụm thi đua đề nghị. Kết quả:" in found
    assert (
        "1. Chiến sĩ thi đua cấp tỉnh: xét 04 trường hợp; thông qua 03 cá nhân; số phiếu đồng ý từ 11/13 đến 13/13; "
        "không thông qua 01."
    ) in found
    assert [name for name, _, _ in CASES if name in listed] == [
        "Nguyễn Thị Lan", "Trần Văn Bình", "Lê Thị Cúc", "Hồ Thị Én", "Bùi Văn Sơn",
    ]  # fmt: skip
    assert "- Biên bản kiểm phiếu (04 lượt bỏ phiếu kín);" in found


def test_an_empty_session_says_so_in_every_paper(world: World) -> None:
    session = council_session(world)

    for kind in SESSION_KINDS:
        found = words_of(session_paper(kind, session)).lower()
        assert "chưa có" in found or "không có" in found, kind


@pytest.mark.parametrize("cases", [1, 3])
def test_collecting_a_session_takes_the_same_queries(world: World, cases: int) -> None:
    full_council(world)
    practice(world)
    session = council_session(world, appraised_dossier(world, cases), state="closed")
    session = CouncilSession.objects.select_related("council__standing_agency").get(pk=session.pk)

    with CaptureQueriesContext(connection) as queries:
        collect_session(session)

    assert len(queries) == 9


# Decisions


def test_a_decision_agrees_with_the_session_to_the_name(room: Room) -> None:
    made = decisions_of(room)

    listed = {
        row.cells[1]
        for decision in made
        for annex in decision_paper("quyet-dinh", decision)[0].annexes
        for row in annex.blocks[0].rows  # type: ignore[union-attr]
        if not row.span
    }

    assert listed == {"Nguyễn Thị Lan", "Trần Văn Bình", "Lê Thị Cúc", "Hồ Thị Én", "Bùi Văn Sơn"}


def test_a_draft_leaves_number_and_day_open_and_an_issued_one_carries_them(room: Room) -> None:
    made = decisions_of(room)[0]
    draft, no_code = decision_paper("quyet-dinh", made)
    issued(room.world, made)
    paper, code = decision_paper("quyet-dinh", Decision.objects.get(pk=made.pk))

    assert (draft.letterhead.draft, no_code) == (True, "")
    assert draft.letterhead.number.replace("\u00a0", " ") == "Số:       /QĐ-UBND"
    assert paper.letterhead.draft is False
    assert paper.letterhead.number == "Số: 01/QĐ-UBND"
    assert paper.letterhead.place_date == "Tỉnh Mẫu, ngày 20 tháng 11 năm 2026"
    assert code == Decision.objects.get(pk=made.pk).code != ""
    assert paper.annexes[0].reference == (
        "(Kèm theo Quyết định số 01/QĐ-UBND ngày 20 tháng 11 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh Mẫu)"
    )


def test_the_articles_count_and_name_the_money_and_who_carries_it_out(room: Room) -> None:
    made = decisions_of(room)[0]
    paper, _ = decision_paper("quyet-dinh", made)
    found = words_of(paper)

    assert "Điều 1. Tặng danh hiệu “Chiến sĩ thi đua cấp tỉnh” cho 03 cá nhân" in found
    assert "Nghị định số 152/2025/NĐ-CP; kinh phí chi từ Quỹ thi đua, khen thưởng tỉnh." in found
    assert (
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh Mẫu, Giám đốc" in found
    )
    assert paper.authority == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU"
    assert all(line.endswith(";") for line in paper.grounds[:-1])
    assert paper.grounds[-1].startswith("Theo đề nghị của Hội đồng Thi đua - Khen thưởng tỉnh Mẫu và Giám đốc")
    assert paper.recipients[0] == "- Như Điều 3;"


def test_several_awards_have_an_annex_each_divided_by_kind(world: World) -> None:
    made = empty_draft(world, "Lê Văn Một", "Lê Văn Hai")
    DecisionLine.objects.filter(name="Lê Văn Hai").update(award=award("cstd-tinh"), citation="Cải cách thủ tục")

    paper, _ = decision_paper("quyet-dinh", made)
    found = words_of(paper)

    assert [annex.title for annex in paper.annexes] == [
        "DANH SÁCH ĐƯỢC TẶNG DANH HIỆU “CHIẾN SĨ THI ĐUA CẤP TỈNH”",
        "DANH SÁCH ĐƯỢC TẶNG BẰNG KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
    ]
    assert "1. Tặng danh hiệu “Chiến sĩ thi đua cấp tỉnh” cho 01 cá nhân (Phụ lục I)." in found
    assert "| Cải cách thủ tục" in found
    assert found.count("I. Cá nhân: 01") == 2


def test_an_empty_draft_says_that_nobody_is_in_it(world: World) -> None:
    paper, _ = decision_paper("quyet-dinh", empty_draft(world))

    assert "Danh sách chưa có trường hợp nào." in words_of(paper)
    assert paper.annexes == ()


def test_a_correction_shows_what_stood_there_and_what_holds_now(world: World) -> None:
    first = issued(world, empty_draft(world, "Nguyễn Van An"))
    fixed = later(world, first, "correction", "Ghi sai tên")
    line = fixed.lines.get()
    edit_line(line, fields={"name": "Nguyễn Văn An"}, base=None, actor=world.person("standing"))
    issued(world, fixed)

    found = words_of(decision_paper("quyet-dinh", Decision.objects.get(pk=fixed.pk))[0])

    assert (
        "1 | Nguyễn Van An (Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh) | tên: Nguyễn Van An | tên: Nguyễn Văn An"
        in found
    )
    assert "Điều 1. Đính chính nội dung của 01 cá nhân tại danh sách kèm theo Quyết định số 01/QĐ-UBND ngày 20" in found
    assert "Lý do: ghi sai tên." in found
    assert "Điều 2. Các nội dung khác của Quyết định số 01/QĐ-UBND không thay đổi." in found


def test_a_second_correction_begins_where_the_first_ended(world: World) -> None:
    first = issued(world, empty_draft(world, "Nguyễn Van An"))
    for name in ("Nguyễn Văn An", "Nguyễn Văn Ân"):
        fixed = later(world, first, "correction", "Ghi sai tên")
        edit_line(fixed.lines.get(), fields={"name": name}, base=None, actor=world.person("standing"))
        issued(world, fixed)

    found = words_of(decision_paper("quyet-dinh", Decision.objects.get(pk=fixed.pk))[0])

    assert "tên: Nguyễn Văn An | tên: Nguyễn Văn Ân" in found


def test_a_revocation_names_the_decision_the_reason_and_the_term(world: World) -> None:
    first = issued(world, empty_draft(world, "Lê Văn Một", "Lê Văn Hai"))
    chosen = first.lines.filter(name="Lê Văn Hai")
    made = draft_later(
        first,
        kind="revocation",
        lines=chosen,
        issuer=chair(world),
        reason="Khai sai thành tích",
        actor=world.person("standing"),
    )

    found = words_of(decision_paper("quyet-dinh", made)[0])

    assert "Điều 1. Hủy bỏ kết quả khen thưởng của 01 cá nhân tại Quyết định số 01/QĐ-UBND" in found
    assert "trong thời hạn 15 ngày làm việc kể từ khi nhận được Quyết định này" in found
    assert "Lê Văn Hai" in found
    assert "Lê Văn Một" not in found


def later(world: World, first: Decision, kind: str, reason: str) -> Decision:
    return draft_later(
        first,
        kind=kind,
        lines=first.lines.all(),
        issuer=chair(world),
        reason=reason,
        actor=world.person("standing"),
    )


# Payment list


def test_the_payment_list_adds_up_in_figures_and_words(room: Room) -> None:
    made = issued(room.world, decisions_of(room)[0])

    found = words_of(decision_paper("chi-tien", made)[0])

    assert found.count("| 7.590.000 |") == 3
    assert "Tổng số tiền: 22.770.000 đồng. Bằng chữ: Hai mươi hai triệu bảy trăm bảy mươi nghìn đồng." in found
    assert "chưa xác định" not in found


def test_what_is_not_known_is_left_out_of_the_total_and_told(room: Room) -> None:
    made = issued(room.world, decisions_of(room)[0])
    facts = decision_facts(made, "Lê Thị Cúc", amount=None)

    found = words_of(DECISION_KINDS["chi-tien"].compose(facts))

    assert "| chưa xác định |" in found
    assert "Tổng số tiền: 15.180.000 đồng." in found
    assert "01 trường hợp chưa xác định mức tiền thưởng, chưa tính vào tổng số: Lê Thị Cúc." in found


def test_what_was_revoked_is_paid_nothing(room: Room) -> None:
    made = issued(room.world, decisions_of(room)[0])
    facts = decision_facts(made, "Lê Thị Cúc", revoked_on=date(2026, 11, 21))

    found = words_of(DECISION_KINDS["chi-tien"].compose(facts))

    assert "| 0 | Đã hủy bỏ ngày 21/11/2026" in found
    assert "Tổng số tiền: 15.180.000 đồng." in found


def decision_facts(decision: Decision, name: str, **changes: Any) -> Any:
    """The facts of a decision with one line of it told otherwise: issued lines never change in the database."""
    facts = collect_decision(decision)
    lines = tuple(replace(line, **changes) if line.name == name else line for line in facts.lines)
    return replace(facts, lines=lines)


def test_the_workbooks_hold_the_same_names_and_numbers(room: Room) -> None:
    made = issued(room.world, decisions_of(room)[0])
    names = list(load_workbook(BytesIO(decision_xlsx("quyet-dinh", made))).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    money = list(load_workbook(BytesIO(decision_xlsx("chi-tien", made))).active.iter_rows(values_only=True))  # type: ignore[union-attr]

    assert [row[2] for row in names[1:]] == ["Nguyễn Thị Lan", "Trần Văn Bình", "Lê Thị Cúc"]
    assert [row[7] for row in money[1:]] == [7_590_000, 7_590_000, 7_590_000, 22_770_000]


# How they look


@pytest.mark.parametrize("cases", [1, 3])
def test_collecting_a_decision_takes_the_same_queries(world: World, cases: int) -> None:
    made = issued(world, empty_draft(world, *[f"Người {number}" for number in range(cases)]))
    made = Decision.objects.select_related("council__standing_agency", "issuer__agency").get(pk=made.pk)

    with CaptureQueriesContext(connection) as queries:
        decision_paper("quyet-dinh", made)

    assert len(queries) == 2  # its names, and what followed it


def test_papers_are_set_as_the_decree_says(world: World) -> None:
    made = issued(world, empty_draft(world, "Lê Văn Một"))
    content = decision_pdf("quyet-dinh", made)
    lines = lines_of(content)
    fonts = fonts_of(content)

    assert content == decision_pdf("quyet-dinh", Decision.objects.get(pk=made.pk))
    assert {name for name, _ in fonts} <= FACES
    assert all(embedded for _, embedded in fonts)
    assert min(line.left for line in lines) >= 30 * MM - 1
    assert max(line.right for line in lines) <= (210 - 15) * MM + 2
    heads = {line.text: (line.size, line.bold) for line in lines}
    assert heads["QUYẾT ĐỊNH"] == (14, True)
    assert heads["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU"] == (14, True)
    assert heads["QUYẾT ĐỊNH:"] == (14, True)
    assert heads["ỦY BAN NHÂN DÂN"] == (13, True)
    assert f"/xac-minh/{made.code}" in text_of(content).replace(" ", "")
    with pikepdf.open(BytesIO(content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "vi"


def test_the_session_papers_are_laid_out_and_equal_rows_give_equal_bytes(world: World) -> None:
    session = closed_session(world)

    for kind in SESSION_KINDS:
        content = session_pdf(kind, session)
        assert content == session_pdf(kind, CouncilSession.objects.get(pk=session.pk)), kind
        assert len(pages_of(content)) >= 1
