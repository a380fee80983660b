"""The rest of a bloc's papers: plan, rules, launch, invitation, programme, score sheet, ballot, list, handover."""

from datetime import date, time

import pytest

from blocs.models import Agency, BlocYear, Movement, Succession
from reports.documents.bloc import IssueFacts
from reports.documents.blocks import Heading, PageSize, RichParagraph, Table
from reports.documents.conference_calls import timed
from reports.documents.registry import KINDS, paper_of, render_pdf
from reports.documents.subjects import NoSubject, next_conference
from reports.documents.wording.parts import worded_kinds
from reports.models import IssuedDocument
from scoring.models import Poll, ScoreLine, ScoreSheet
from tests.factories import (
    AgencyFactory,
    BlocFactory,
    BlocMovementFactory,
    BlocYearFactory,
    ConferenceFactory,
    MembershipFactory,
    MovementFactory,
    PetitionFactory,
    UserFactory,
)
from tests.papers_world import build_bloc_year
from tests.pdf_reading import MM, lines_of, text_of
from tests.wide_world import widen

ISSUE = IssueFacts(5, date(2021, 1, 5), "Phạm Hồng Quảng", "Giám đốc", "ma-xac-minh-0123456789")
NEW = (
    "activity-plan", "regulation", "movement-launch", "conference-invitation", "conference-programme",
    "score-sheet", "ballot-form", "proposal-list", "handover-minutes",
)  # fmt: skip


@pytest.fixture
def year(db):
    return build_bloc_year()


def fresh(year):
    return BlocYear.objects.get(pk=year.pk)


FIRST_ARTICLE = "Điều 1. Phạm vi điều chỉnh, đối tượng áp dụng"
MARKED = """**Yêu cầu {ten_khoi}** thực hiện; <script>alert(1)</script>
| Việc | Hạn |
| Báo cáo | {han_bao_cao_nam} |"""


def said(paper):
    return [block.text for block in paper.blocks if not isinstance(block, Table)]


def rows(paper):
    return [row.cells for block in paper.blocks if isinstance(block, Table) for row in block.rows]


def paper_poll(year, *names, most=None):
    poll = Poll.objects.create(
        bloc_year=year, award="co-tinh", mode="secret", channel="paper", state="draft", base="members", max_choices=most
    )
    for place, name in enumerate(names):
        poll.options.create(label=name, position=place)
    return poll


def test_every_new_kind_is_offered_and_the_worded_ones_have_words():
    assert set(NEW) < set(KINDS)
    assert set(worded_kinds()) == set(NEW) - {"score-sheet", "proposal-list"}


def test_the_plan_holds_composition_calendar_and_movements(year):
    year.pledge_due = date(2020, 2, 28)
    year.save()

    paper = paper_of("activity-plan", fresh(year), issue=ISSUE)

    assert (paper.kind, paper.letterhead.number) == ("KẾ HOẠCH", "Số: 05/KH-STTTT")
    assert paper.grounds[0].startswith("Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003")
    assert all(line.endswith(";") for line in paper.grounds[:-1])
    assert paper.grounds[-1].endswith(".")
    assert "Năm 2020, Khối thi đua các cơ quan tham mưu III có 07 đơn vị thành viên:" in said(paper)
    found = {cells[1]: cells[2] for cells in rows(paper)}
    assert found["Đăng ký thi đua, chuẩn bị giao ước"] == "Chậm nhất ngày 28 tháng 02 năm 2020"
    assert found["Hội nghị sơ kết 6 tháng đầu năm"] == "ngày 17 tháng 7 năm 2020"
    assert found["Gửi báo cáo năm"] == "……"
    assert said(paper)[-1].endswith("./.")


def test_articles_are_numbered_through_all_chapters_whatever_was_typed(year):
    year.bloc.council.wordings.create(
        kind="regulation", part="general", number=1, text="Điều 9. Mở đầu\nNội dung.\nĐiều. Tiếp theo\n1. Một."
    )

    paper = paper_of("regulation", fresh(year))

    headings = [block for block in paper.blocks if isinstance(block, Heading)]
    chapters = [each.text for each in headings if each.centered]
    articles = [each.text for each in headings if not each.centered]
    assert chapters[:4] == ["Chương I", "QUY ĐỊNH CHUNG", "Chương II", "TỔ CHỨC CỦA KHỐI"]
    assert articles[:3] == ["Điều 1. Mở đầu", "Điều 2. Tiếp theo", "Điều 3. Thành phần khối"]
    assert [text.split(".")[0] for text in articles] == [f"Điều {n}" for n in range(1, len(articles) + 1)]


def test_chapters_are_centred_and_articles_indented_both_bold(year):
    lines = lines_of(render_pdf("regulation", year, issue=ISSUE))

    chapter, article = (next(line for line in lines if line.text == text) for text in ("Chương I", FIRST_ARTICLE))
    assert (chapter.size, chapter.bold, chapter.italic) == (14, True, False)
    assert abs((chapter.left + chapter.right) / 2 - (30 + 195) / 2 * MM) < 2
    assert (article.size, article.bold) == (14, True)
    assert abs(article.left - (30 + 12.7) * MM) <= 1


def test_a_bloc_launches_its_own_movement_and_carries_out_others(year):
    others = year.movements.first()
    Movement.objects.update(scope="province")
    own = BlocMovementFactory(
        bloc_year=year,
        movement=MovementFactory(
            council=year.bloc.council, name="Văn hóa công sở", scope="bloc", starts=2020, ends=2021
        ),
        position=9,
    )

    first = paper_of("movement-launch", year)
    other = paper_of("movement-launch", year, subject=str(others.pk))

    assert first.summary.startswith("Phát động phong trào thi đua “Văn hóa công sở”")
    assert "- Thời gian thực hiện: 2020 - 2021;" in said(first)
    assert other.summary.startswith("Triển khai phong trào thi đua “Quảng Nam chung sức xây dựng nông thôn mới”")
    with pytest.raises(NoSubject, match=str(own.pk)):
        paper_of("movement-launch", year, subject="999999")


def test_the_invitation_takes_time_place_and_guests_from_the_conference(year):
    conference = ConferenceFactory(
        bloc_year=year, kind="other", held_on=date(2020, 9, 5), starts=time(8, 0), place="Hội trường A",
        guests=["Đại diện Sở Tài chính"], chair_name="Phạm Hồng Quảng", chair_title="Giám đốc",
    )  # fmt: skip

    paper = paper_of("conference-invitation", year, subject=str(conference.pk))

    assert paper.letterhead.number.endswith("/GM-STTTT")
    assert "Thời gian: 08 giờ 00 phút, ngày 05 tháng 9 năm 2020." in said(paper)
    assert "Địa điểm: Hội trường A." in said(paper)
    assert "- Đại diện Sở Tài chính." in said(paper)
    assert "- Đại diện lãnh đạo và chuyên viên theo dõi khối của Sở Nội vụ;" in said(paper)
    assert paper.recipients == ("- Như trên;", "- Lưu: VT.")


def test_the_next_conference_to_come_is_chosen_else_the_latest(year):
    found = list(year.conferences.order_by("held_on"))

    assert next_conference(found, date(2020, 1, 1)) == found[0]
    assert next_conference(found, date(2020, 8, 1)) == found[1]
    assert next_conference(found, date(2030, 1, 1)) == found[1]
    assert next_conference([]) is None


def test_the_programme_takes_times_that_begin_a_line_and_the_usual_course_without_an_agenda(year):
    conference = year.conferences.get(kind="annual-review")
    usual = [cells[2] for cells in rows(paper_of("conference-programme", year))]
    conference.agenda = "08:00 Đón đại biểu\n8h30: Khai mạc\n2. Thảo luận 30 phút\n25:00 Không phải giờ"
    conference.save()

    typed = [cells[1:3] for cells in rows(paper_of("conference-programme", year))]

    assert "Giới thiệu trưởng khối, phó khối năm 2021; bàn giao" in usual
    assert typed == [
        ("08 giờ 00", "Đón đại biểu"),
        ("08 giờ 30", "Khai mạc"),
        ("……", "Thảo luận 30 phút"),
        ("……", "25:00 Không phải giờ"),
    ]
    assert timed("7 giờ 05 phút - Họp") == ("07 giờ 05", "Họp")


def test_a_score_sheet_shows_each_step_reasons_and_no_rank(year):
    widen(year, members=7, leaves=8)
    sheet = ScoreSheet.objects.get(agency__code="syt")
    ScoreLine.objects.filter(sheet=sheet, criterion__code="A.1").update(
        self_points=9, cross_points=8, agreed_points=8, reason="Thiếu minh chứng"
    )
    ScoreLine.objects.filter(sheet=sheet, criterion__code="A.2").update(assigned=False)

    paper = paper_of("score-sheet", year, subject="syt")

    found = {cells[0]: cells for cells in rows(paper)}
    assert found["A.1"][3:] == ("9", "8", "-", "8")
    assert found["A.2"][3:] == ("KG",) * 4
    assert "A.1: Thiếu minh chứng." in said(paper)
    assert not any("ếp hạng" in text for text in said(paper))
    assert "Sở Y tế" in paper.summary
    with pytest.raises(NoSubject):
        paper_of("score-sheet", year, subject="khong-co")


def test_a_ballot_has_choices_and_no_name_on_a5(year):
    paper_poll(year, "Sở Y tế", "Báo Quảng Nam", "Sở Giáo dục và Đào tạo", most=2)

    paper = paper_of("ballot-form", year)
    text = text_of(render_pdf("ballot-form", year))

    assert paper.page == PageSize.A5
    assert [cells[1] for cells in rows(paper)] == ["Sở Y tế", "Báo Quảng Nam", "Sở Giáo dục và Đào tạo"]
    assert "chọn không quá 02 trong số 03 tên" in text
    assert "Phạm Hồng Quảng" not in text
    assert "DỰ THẢO" not in text
    assert (paper.signature, paper.signatories) == (None, ())


def test_an_electronic_poll_has_no_ballot_form(year):
    Poll.objects.create(bloc_year=year, award="co-tinh", mode="secret", channel="electronic", base="members")

    assert said(paper_of("ballot-form", year))[0].startswith("Chưa có cuộc bỏ phiếu kín trên giấy")


def test_the_list_groups_proposals_by_award(year):
    paper = paper_of("proposal-list", year)

    assert rows(paper) == [
        ("Cờ thi đua của Chính phủ: 01 đơn vị",),
        ("1", "Sở Lao động - Thương binh và Xã hội", "-", "-"),
        ("Cờ thi đua của Ủy ban nhân dân tỉnh: 02 đơn vị",),
        ("1", "Đài Phát thanh - Truyền hình Quảng Nam", "-", "-"),
        ("2", "Sở Thông tin và Truyền thông", "-", "-"),
    ]
    assert paper.letterhead.number == ""


def test_the_handover_lists_papers_items_and_open_matters(year):
    next_head = Agency.objects.get(code="sgddt")
    Succession.objects.create(
        bloc_year=year,
        head=next_head,
        mode="rotation",
        handed_over_on=date(2021, 3, 2),
        items="- Cờ luân lưu\nQuỹ khối",
    )
    PetitionFactory(bloc_year=year, agency=next_head, status="verifying")
    IssuedDocument.objects.create(
        kind="mid-year-review", title="Báo cáo sơ kết", bloc_year=year, issuer=Agency.objects.get(code="stttt"),
        number=7, symbol="BC-STTTT", issued_on=date(2020, 7, 20), issued_year=2020, signer_name="A", signer_title="B",
        sha256="0" * 64, code="ma-1", issued_by=UserFactory(),
    )  # fmt: skip

    paper = paper_of("handover-minutes", fresh(year), issue=ISSUE)

    assert (paper.kind, paper.letterhead.place_date) == ("BIÊN BẢN", "")
    assert "- Bên nhận: Sở Giáo dục và Đào tạo, trưởng khối năm 2021;" in said(paper)
    assert ("1", "07/BC-STTTT", "20/07/2020", "Báo cáo sơ kết") in rows(paper)
    assert "- Cờ luân lưu;" in said(paper)
    assert "- Đơn thư về Sở Giáo dục và Đào tạo: đang xác minh." in said(paper)
    assert [each.lines[0] for each in paper.signatories] == ["ĐẠI DIỆN BÊN NHẬN", "ĐẠI DIỆN BÊN GIAO"]


@pytest.mark.parametrize("kind", NEW)
def test_an_empty_year_says_so_and_invents_nothing(db, kind):
    year = BlocYearFactory()

    paper = paper_of(kind, year)
    text = text_of(render_pdf(kind, year))

    assert any("hưa có" in line for line in said(paper))
    assert "{" not in text
    assert "None" not in text


def crowded_year():
    """Twenty members of 200 letters each, with a conference, a movement, sheets, a poll and a successor."""
    name = "Văn hóa, Thể thao và Du lịch " * 7
    bloc = BlocFactory(name="Khối thi đua các cơ quan tham mưu III")
    year = BlocYearFactory(bloc=bloc, year=2020)
    agencies = [
        AgencyFactory(council=bloc.council, name=f"Sở {n} {name}"[:200].strip(), symbol="X" * 20) for n in range(20)
    ]
    for n, agency in enumerate(agencies):
        MembershipFactory(bloc_year=year, agency=agency, role="head" if n == 0 else "member", position=n)
    ConferenceFactory(bloc_year=year, kind="annual-review", held_on=date(2021, 1, 5), place=name[:200])
    BlocMovementFactory(bloc_year=year, movement=MovementFactory(council=bloc.council, name=name[:200]))
    Succession.objects.create(bloc_year=year, head=agencies[1], mode="rotation", items=name)
    poll = paper_poll(year)
    for n, agency in enumerate(agencies):
        poll.options.create(agency=agency, position=n)
    widen(year, members=20, leaves=16)
    return year


@pytest.mark.parametrize("kind", NEW)
def test_twenty_long_names_stay_on_the_page(db, kind):
    year = crowded_year()

    lines = lines_of(render_pdf(kind, year, issue=ISSUE if KINDS[kind].abbreviation else None))

    width, left, right = (148, 12, 12) if kind == "ballot-form" else (210, 30, 15)
    assert min(line.left for line in lines) >= left * MM - 1
    assert max(line.right for line in lines) <= (width - right) * MM + 3
    assert len({line.page for line in lines}) <= 12


def test_a_bloc_of_the_party_has_the_partys_form(year):
    Agency.objects.filter(code="stttt").update(kind="party", symbol="BTGTU", superior="Tỉnh ủy Quảng Nam")

    paper = paper_of("activity-plan", fresh(year), issue=ISSUE)
    lines = lines_of(render_pdf("activity-plan", fresh(year), issue=ISSUE))

    heads = {line.text: line for line in lines if line.page == 1}
    assert paper.letterhead.number == "Số 05-KH/BTGTU"
    assert paper.signature.lines == ("T/M KHỐI THI ĐUA", "TRƯỞNG KHỐI")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in heads
    assert heads["ĐẢNG CỘNG SẢN VIỆT NAM"].bold
    assert heads["*"].top > heads["TRUYỀN THÔNG"].top
    assert "Số 05-KH/BTGTU" in heads
    deputy = paper_of("activity-plan", fresh(year), issue=IssueFacts(5, date(2021, 1, 5), "B", "Phó Trưởng ban", "x"))
    assert deputy.signature.lines[1] == "K/T TRƯỞNG KHỐI"


def test_written_marks_reach_the_paper_and_markup_stays_text(year):
    year.bloc.council.wordings.create(
        kind="movement-launch",
        part="closing",
        number=1,
        text="**Yêu cầu {ten_khoi}** thực hiện; <script>alert(1)</script>\n"
        "| Việc | Hạn |\n| Báo cáo | {han_bao_cao_nam} |",
    )
    year.bloc.name = "Khối **giả** {nam}"
    year.bloc.save()

    paper = paper_of("movement-launch", fresh(year))
    text = text_of(render_pdf("movement-launch", fresh(year)))

    (written,) = [block for block in paper.blocks if isinstance(block, RichParagraph)]
    assert written.runs[0].bold
    assert written.runs[0].text == "Yêu cầu Khối **giả** {nam}"
    assert "<script>alert(1)</script>" in text
    assert "Báo cáo ……" in text
