"""Biên bản hội nghị, biên bản kiểm phiếu, tờ trình: what they say of a meeting and its votes."""

from datetime import date, time

import pytest

from blocs.models import Attendance, BlocYear, Quota, Succession
from reports.documents.bloc import IssueFacts
from reports.documents.blocks import Table
from reports.documents.registry import paper_of, render_pdf
from reports.documents.words import share
from scoring.models import Poll, PollOption, PollVoter, Proposal
from tests.papers_world import build_bloc_year
from tests.pdf_reading import MM, lines_of, text_of
from tests.wide_world import widen

ISSUE = IssueFacts(5, date(2021, 3, 2), "Phạm Hồng Quảng", "Giám đốc", "ma-xac-minh-0123456789")


@pytest.fixture
def year(db):
    found = build_bloc_year()
    hold(found)
    return found


def agency(year, code):
    return year.memberships.get(agency__code=code).agency


def hold(year, absent=()):
    """The annual conference with everything that minutes tell."""
    meeting = year.conferences.get(kind="annual-review")
    meeting.starts, meeting.ends = time(8), time(11, 30)
    meeting.place, meeting.attendance_listed = "Hội trường Sở Y tế", True
    meeting.chair_name, meeting.chair_title, meeting.chair_agency = "Phạm Hồng Quảng", "Giám đốc", agency(year, "stttt")
    meeting.secretary_name, meeting.secretary_title = "Trần Thị Bình", "Chánh Văn phòng"
    meeting.conclusions = ["Thống nhất kết quả chấm điểm"]
    meeting.save()
    for member in year.memberships.in_order():
        level = "absent" if member.agency.code in absent else "leader"
        Attendance.objects.create(conference=meeting, agency=member.agency, level=level)


def poll(year, award="co-tinh", votes=None, **changes):
    values = {
        "mode": "secret",
        "base": "members",
        "threshold": 80,
        "eligible": 7,
        "present": 7,
        "issued": 7,
        "cast": 7,
        "invalid": 1,
        "channel": "paper",
        "committee": [{"name": "Lê Văn Cường", "title": "Sở Y tế"}, {"name": "Ngô Thị Dung", "title": ""}],
        "closed_on": date(2021, 3, 2),
    } | changes
    row = Poll.objects.create(bloc_year=year, award=award, **values)
    for code, count in (votes or {"dptth": 6, "stttt": 5}).items():
        row.tallies.create(agency=agency(year, code), votes=count)
    return row


def fresh(year):
    return BlocYear.objects.get(pk=year.pk)


def said(paper):
    return [block.text for block in paper.blocks if not isinstance(block, Table)]


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(6, 7, "85,7%"), (9, 9, "100%"), (11, 13, "84,6%"), (1, 8, "12,5%"), (1, 16, "6,3%")]
)
def test_shares_are_told_to_one_decimal(part, whole, words):
    """domain-2.md part 4: "bỏ phiếu kín, kết quả 06/07 (85,7%)", "biểu quyết 09/09 … (100%)"."""
    assert share(part, whole) == words


def test_minutes_of_the_conference_follow_the_form(year):
    """NĐ 30/2020, Phụ lục III, Mẫu 1.9; domain-2.md part 4, Biên bản bình xét."""
    poll(year)
    succession = Succession.objects.create(bloc_year=year, head=agency(year, "sgddt"), mode="rotation")
    succession.deputies.add(agency(year, "syt"))

    text = text_of(render_pdf("conference-minutes", fresh(year), issue=ISSUE))

    for part in (
        "Số: 05/BB-STTTT",
        "BIÊN BẢN Hội nghị tổng kết, bình xét thi đua năm 2020 của Khối thi đua các cơ quan tham mưu III",
        "Thời gian bắt đầu: 08 giờ 00 phút, ngày 02 tháng 3 năm 2021.",
        "Địa điểm: Hội trường Sở Y tế.",
        "- Sở Thông tin và Truyền thông (lãnh đạo đơn vị);",
        "Có mặt: 07/07; Vắng: 0.",
        "Chủ trì (Chủ tọa): đồng chí Phạm Hồng Quảng, Giám đốc Sở Thông tin và Truyền thông.",
        "Thư ký (người ghi biên bản): đồng chí Trần Thị Bình, Chánh Văn phòng.",
        "Bỏ phiếu đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh, vòng 1. Tỷ lệ phiếu tối thiểu: 80% tổng số thành "
        "viên, tức ít nhất 06/07 phiếu. Kết quả:",
        "- Đài Phát thanh - Truyền hình Quảng Nam: bỏ phiếu kín, kết quả 06/07 (85,7%), đạt;",
        "- Sở Thông tin và Truyền thông: bỏ phiếu kín, kết quả 05/07 (71,4%), không đạt.",
        "Đề nghị tặng Cờ thi đua của Chính phủ cho 01 đơn vị: Sở Lao động - Thương binh và Xã hội;",
        "- Trưởng khối: Sở Giáo dục và Đào tạo;",
        "- Phó khối: Sở Y tế.",
        "- Thống nhất kết quả chấm điểm.",
        "Hội nghị kết thúc vào 11 giờ 30 phút, ngày 02 tháng 3 năm 2021./.",
        "THƯ KÝ CHỦ TỌA Trần Thị Bình Phạm Hồng Quảng Nơi nhận:",
    ):
        assert part in text
    assert "Quảng Nam, ngày" not in text


def test_the_secretary_signs_left_and_the_chair_right(year):
    lines = lines_of(render_pdf("conference-minutes", year))

    secretary, chair = (next(line for line in lines if line.text == word) for word in ("THƯ KÝ", "CHỦ TỌA"))
    middle = (30 + (210 - 15)) / 2 * MM
    assert secretary.top == chair.top
    assert secretary.right < middle < chair.left


def test_who_was_absent_is_counted_and_named(year):
    year.conferences.get(kind="annual-review").attendances.filter(agency__code="syt").update(level="absent")

    assert "Có mặt: 06/07; Vắng: 01 (Sở Y tế)." in said(paper_of("conference-minutes", year))


def test_what_is_not_recorded_is_left_to_the_pen_and_not_counted(year):
    year.conferences.filter(kind="annual-review").update(
        starts=None, ends=None, held_on=None, attendance_listed=False, secretary_name="", place=""
    )

    told = said(paper_of("conference-minutes", year))

    assert "Thời gian bắt đầu: …… giờ …… phút, ngày …… tháng …… năm ……." in told
    assert "Hội nghị kết thúc vào …… giờ …… phút, ngày …… tháng …… năm ……./." in told
    assert any("chưa có danh sách dự họp" in text for text in told)
    assert [text for text in told if "Có mặt" in text] == []
    assert "Chưa có thông tin về kết quả bỏ phiếu, biểu quyết." in told


def test_an_open_poll_reaches_no_paper(year):
    poll(year, state="open", votes={"dptth": 3}, cast=None)

    minutes = said(paper_of("conference-minutes", year))
    count = said(paper_of("ballot-minutes", year))

    assert "Chưa có thông tin về kết quả bỏ phiếu, biểu quyết." in minutes
    assert any(text.startswith("Chưa có kết quả bỏ phiếu kín nào") for text in count)


def test_minutes_of_a_count_hold_every_number(year):
    poll(year)

    paper = paper_of("ballot-minutes", year, issue=ISSUE)

    counts, votes = (block for block in paper.blocks if isinstance(block, Table))
    assert [row.cells for row in counts.rows] == [
        ("Tổng số thành viên được quyền bỏ phiếu", "07"),
        ("Số thành viên có mặt", "07"),
        ("Số phiếu phát ra", "07"),
        ("Số phiếu thu về", "07"),
        ("Số phiếu hợp lệ", "06"),
        ("Số phiếu không hợp lệ", "01"),
    ]
    assert [row.cells for row in votes.rows] == [
        ("1", "Đài Phát thanh - Truyền hình Quảng Nam", "06", "85,7%", "06", "Đạt"),
        ("2", "Sở Thông tin và Truyền thông", "05", "71,4%", "06", "Không đạt"),
    ]
    told = said(paper)
    assert "- Đồng chí Lê Văn Cường, Sở Y tế, Trưởng ban;" in told
    assert "Tỷ lệ phiếu tối thiểu: 80% tổng số thành viên, tức ít nhất 06/07 phiếu." in told
    assert [(each.lines, each.name) for each in paper.signatories] == [
        (("ỦY VIÊN BAN KIỂM PHIẾU",), "Ngô Thị Dung"),
        (("TRƯỞNG BAN KIỂM PHIẾU",), "Lê Văn Cường"),
    ]
    assert paper.letterhead.place_date == ""


def test_unknown_counts_are_dashes_and_valid_ballots_are_not_guessed(year):
    poll(year, issued=None, invalid=None, present=None)

    counts = next(block for block in paper_of("ballot-minutes", year).blocks if isinstance(block, Table))

    assert [row.cells[1] for row in counts.rows] == ["07", "-", "-", "07", "-", "-"]


def test_each_round_is_told_and_those_who_stood_aside_are_counted(year):
    poll(year, base="present", recused_in_base=False, recused=1)
    poll(year, round=2, votes={"stttt": 6})
    poll(year, award="bk-tinh", mode="show-of-hands", votes={"syt": 7})

    paper = paper_of("ballot-minutes", year)

    headings = [text for text in said(paper) if "VÒNG" in text]
    assert headings == [
        "1. BỎ PHIẾU ĐỀ NGHỊ TẶNG CỜ THI ĐUA CỦA ỦY BAN NHÂN DÂN TỈNH, VÒNG 1",
        "2. BỎ PHIẾU ĐỀ NGHỊ TẶNG CỜ THI ĐUA CỦA ỦY BAN NHÂN DÂN TỈNH, VÒNG 2",
    ]
    counts = next(block for block in paper.blocks if isinstance(block, Table))
    assert ("Số thành viên không tham gia bỏ phiếu", "01") in [row.cells for row in counts.rows]
    told = "80% số thành viên có mặt, không tính người không tham gia bỏ phiếu, tức ít nhất 05/06 phiếu."
    assert any(told in text for text in said(paper))


def test_an_electronic_ballot_says_so_and_names_no_voter(year):
    row = poll(year, channel="electronic", committee=[], receipts=["AAAA", "BBBB"], issued=None)
    PollOption.objects.create(poll=row, agency=agency(year, "dptth"))
    PollVoter.objects.create(poll=row, agency=agency(year, "bqn"), has_voted=True)

    text = text_of(render_pdf("ballot-minutes", year))

    assert "bỏ phiếu kín bằng phiếu điện tử" in text
    assert "Hệ thống đã công bố 02 mã biên nhận" in text
    assert "AAAA" not in text
    assert "Báo Quảng Nam" not in text


def test_minutes_that_name_nobody_leave_the_names_to_the_pen(year):
    """The signer of the head agency is not the chair of the committee."""
    poll(year, committee=[])

    paper = paper_of("ballot-minutes", year, issue=ISSUE)

    assert [(each.lines, each.name) for each in paper.signatories] == [
        (("ỦY VIÊN BAN KIỂM PHIẾU",), ""),
        (("TRƯỞNG BAN KIỂM PHIẾU",), ""),
    ]


def test_numbers_and_dashes_that_people_typed_are_not_printed_after_a_dash(year):
    year.conferences.filter(kind="annual-review").update(
        agenda="1. Tổng kết\n2) Bình xét\n- Phát biểu", conclusions=["1.2. Thống nhất", "30.4 là ngày nghỉ", "-"]
    )

    told = said(paper_of("conference-minutes", year))

    assert {
        "- Tổng kết;", "- Bình xét;", "- Phát biểu.", "- Thống nhất;", "- 30.4 là ngày nghỉ;"
    } <= {*told}  # fmt: skip


def test_a_show_of_hands_is_told_as_one(year):
    poll(year, mode="show-of-hands", threshold=None, votes={"syt": 7})

    assert "- Sở Y tế: biểu quyết giơ tay 07/07 (100%)." in said(paper_of("conference-minutes", year))


def test_a_submission_marks_departures_and_quotas_with_their_reasons(year):
    """domain.md C5.1: a proposal that departs from the score order has a reason; B5 Q3: quotas."""
    widen(year, members=7, leaves=4)
    Quota.objects.create(bloc_year=year, award="co-tinh", limit=1)
    poll(year)
    Proposal.objects.filter(award="co-tinh", agency__code="stttt").update(reason="Có mô hình mới được nhân rộng.")

    paper = paper_of("flag-submission", year)

    first, second = (text for text in said(paper) if "(Cờ thi đua của Ủy ban nhân dân tỉnh): " in text)
    assert first.startswith(
        "- Đài Phát thanh - Truyền hình Quảng Nam (Cờ thi đua của Ủy ban nhân dân tỉnh): Khác thứ tự"
    )
    assert "trong khi chưa đề nghị Cờ thi đua cho Sở Y tế (hạng 1); " in first
    assert first.endswith("Chưa ghi lý do;")
    for part in (
        "Vượt chỉ tiêu: đề nghị thứ 2, khối được đề nghị 1 Cờ thi đua của Ủy ban nhân dân tỉnh.",
        "Không đạt tỷ lệ phiếu ở vòng 1: 5 phiếu, cần 6.",
        "Lý do: Có mô hình mới được nhân rộng.",
    ):
        assert part in second
    (listed,) = paper.annexes[0].blocks
    assert [row.cells[3][:21] for row in listed.rows[1:]] == ["(*) Khác thứ tự điểm:", "(*) Vượt chỉ tiêu: đề"]


def test_a_proposal_in_order_is_not_marked(year):
    Proposal.objects.exclude(agency__code="dptth").delete()
    poll(year)

    told = said(paper_of("flag-submission", year))

    assert [text for text in told if "báo cáo rõ các trường hợp" in text] == []
    assert paper_of("flag-submission", year).annexes[0].blocks[0].rows[0].cells[3] == ""
