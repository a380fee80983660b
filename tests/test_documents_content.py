"""What the papers say of the bloc-year 2020 of the two source articles."""

from datetime import UTC, date, datetime

import pytest

from blocs.models import BlocYear, Commendation
from reports.documents.bloc import IssueFacts
from reports.documents.blocks import Chart, Heading, Note, Paragraph, Print, Table, Width
from reports.documents.registry import KINDS, paper_of, render_pdf
from reports.documents.score_summary import collect as collect_scores
from reports.documents.score_summary import member_column, member_parts, print_for
from scoring.models import LockedStanding
from tests.factories import (
    AgencyFactory,
    BlocYearFactory,
    CriteriaSetFactory,
    CriterionFactory,
    MembershipFactory,
    PetitionFactory,
    PledgeFactory,
    ScoreLineFactory,
    ScoreSheetFactory,
    TargetFactory,
)
from tests.papers_world import build_bloc_year
from tests.pdf_reading import text_of
from tests.wide_world import widen

ISSUE = IssueFacts(5, date(2020, 7, 20), "Phạm Hồng Quảng", "Giám đốc", "ma-xac-minh-0123456789")


@pytest.fixture
def year(db):
    return build_bloc_year()


def fresh(year):
    """As the command fetches it: nothing cached on the object."""
    return BlocYear.objects.get(pk=year.pk)


def said(paper):
    return [block.text for block in paper.blocks if not isinstance(block, Table | Chart)]


def tables(paper):
    return [block for block in paper.blocks if isinstance(block, Table)]


def test_the_six_month_review_holds_every_fact_of_the_article(year):
    text = text_of(render_pdf("mid-year-review", year))

    for fact in (
        "có 07 đơn vị thành viên:",
        "- Trưởng khối: Sở Thông tin và Truyền thông (đồng chí Phạm Hồng Quảng, Giám đốc);",
        "- Phó khối: Sở Giáo dục và Đào tạo;",
        "- Các thành viên: Sở Lao động - Thương binh và Xã hội; Sở Y tế; Sở Văn hóa, Thể thao và Du lịch; "
        "Đài Phát thanh - Truyền hình Quảng Nam; Báo Quảng Nam.",
        "03 phong trào, đợt thi đua:",
        "“Quảng Nam chung sức xây dựng nông thôn mới” giai đoạn 2016 - 2020;",
        "“Quảng Nam chung tay vì người nghèo - không để ai bị bỏ lại phía sau” giai đoạn 2016 - 2020;",
        "- Đợt thi đua đặc biệt chào mừng Đại hội Đảng các cấp, tiến tới Đại hội Đảng bộ tỉnh lần thứ XXII",
        "lúc 15 giờ 44 phút, ngày 17 tháng 7 năm 2020, do đồng chí Phạm Hồng Quảng, Giám đốc Sở Thông tin",
        "Tổng số đã được khen thưởng: 04 tập thể, 26 cá nhân.",
        "09 tập thể, 06 cá nhân; 27 gia đình, 32 thôn/khối phố, 36 cơ quan, 02 doanh nghiệp, 01 xã, 02 phường.",
        "Sở Y tế đã đề nghị Bằng khen của Thủ tướng Chính phủ cho nhiều tập thể, nhiều cá nhân; chưa có số lượng "
        "cụ thể nên không tính vào tổng số nêu trên.",
        "Khối không có đơn thư khiếu nại, tố cáo về công tác thi đua, khen thưởng.",
    ):
        assert fact in text


def test_an_award_that_the_article_does_not_name_is_printed_plainly(year):
    table = tables(paper_of("mid-year-review", year))[0]
    printed = [cell for row in table.rows for cell in row.cells]

    assert "Khen thưởng" in printed
    assert [cell for cell in printed if "nguồn không nêu" in cell] == []
    assert "nguồn không nêu" not in text_of(render_pdf("mid-year-review", year))


def test_the_commendation_table_follows_the_article_line_by_line(year):
    table = tables(paper_of("mid-year-review", year))[0]

    assert [(row.cells[1], row.cells[4], row.cells[6]) for row in table.rows] == [
        ("Báo Quảng Nam", "01 tập thể, 10 cá nhân", "Đã tặng"),
        ("Báo Quảng Nam", "01 cá nhân", "Đã tặng"),
        ("Báo Quảng Nam", "01 cá nhân", "Đã tặng"),
        ("Đài Phát thanh - Truyền hình Quảng Nam", "03 tập thể, 12 cá nhân", "Đã tặng"),
        ("Sở Lao động - Thương binh và Xã hội", "04 tập thể", "Đã đề nghị"),
        ("Sở Thông tin và Truyền thông", "02 cá nhân", "Đã tặng"),
        ("Sở Thông tin và Truyền thông", "02 tập thể, 02 cá nhân", "Đã đề nghị"),
        (
            "Sở Văn hóa, Thể thao và Du lịch",
            "27 gia đình, 32 thôn/khối phố, 36 cơ quan, 02 doanh nghiệp, 01 xã, 02 phường",
            "Đã đề nghị",
        ),
        ("Sở Văn hóa, Thể thao và Du lịch", "03 tập thể, 04 cá nhân", "Đã đề nghị"),
        ("Sở Y tế", "Nhiều tập thể, nhiều cá nhân", "Đã đề nghị"),
    ]


def test_the_annual_review_proposes_flags_and_awards_none(year):
    text = text_of(render_pdf("annual-review", year))

    assert "- Đề nghị tặng Cờ thi đua của Chính phủ cho 01 đơn vị: Sở Lao động - Thương binh và Xã hội;" in text
    assert (
        "- Đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh cho 02 đơn vị: Đài Phát thanh - Truyền hình Quảng Nam; "
        "Sở Thông tin và Truyền thông." in text
    )
    assert "được tặng Cờ" not in text
    assert "Chưa có thông tin về điểm thi đua năm 2020" in text


def test_the_submission_lists_the_same_three_as_proposals(year):
    paper = paper_of("flag-submission", year)

    assert paper.kind == "TỜ TRÌNH"
    assert paper.addressees == (
        "- Hội đồng Thi đua - Khen thưởng tỉnh Quảng Nam;",
        "- Sở Nội vụ (Thường trực Hội đồng).",
    )
    assert paper.grounds[:2] == (
        "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số điều của Luật "
        "Thi đua, khen thưởng ngày 14 tháng 6 năm 2005 và ngày 16 tháng 11 năm 2013;",
        "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành một số "
        "điều của Luật Thi đua, khen thưởng;",
    )
    assert paper.grounds[-1].endswith("ngày 02 tháng 3 năm 2021.")
    (listed,) = paper.annexes[0].blocks
    assert [row.cells[1:3] for row in listed.rows] == [
        ("Sở Lao động - Thương binh và Xã hội", "Cờ thi đua của Chính phủ"),
        ("Đài Phát thanh - Truyền hình Quảng Nam", "Cờ thi đua của Ủy ban nhân dân tỉnh"),
        ("Sở Thông tin và Truyền thông", "Cờ thi đua của Ủy ban nhân dân tỉnh"),
    ]


@pytest.mark.parametrize(
    ("on", "decree"),
    [(date(2020, 7, 20), "91/2017"), (date(2024, 1, 1), "98/2023"), (date(2025, 7, 1), "152/2025")],
)
def test_grounds_follow_the_day_of_the_paper(year, on, decree):
    paper = paper_of("flag-submission", year, issue=IssueFacts(1, on, "A", "Giám đốc", "x"))

    assert sum(decree in line for line in paper.grounds) == 1
    assert [line for line in paper.grounds if line.startswith("Căn cứ Luật") and "/QH" in line] == []


def test_silence_about_petitions_is_not_none(year):
    BlocYear.objects.filter(pk=year.pk).update(stated=[])

    assert (
        "Chưa có thông tin về đơn thư khiếu nại, tố cáo về công tác thi đua, khen thưởng trong 6 tháng đầu năm 2020."
        in said(paper_of("mid-year-review", fresh(year)))
    )


def test_petitions_are_counted_in_their_half_year(year):
    agency = year.memberships.first().agency
    PetitionFactory(bloc_year=year, agency=agency, received_on=date(2020, 3, 1), status="verifying")
    PetitionFactory(bloc_year=year, agency=agency, received_on=date(2020, 9, 1), status="dismissed")

    half = said(paper_of("mid-year-review", year))
    whole = said(paper_of("annual-review", year))

    assert any("có 01 đơn thư" in text and "(01 đang xác minh)" in text for text in half)
    assert any("có 02 đơn thư" in text and "01 đang xác minh và 01 kết luận không đúng" in text for text in whole)


def test_an_empty_year_says_what_is_not_known_and_shows_no_zero(db):
    year = BlocYearFactory()

    papers = {kind: paper_of(kind, year) for kind in KINDS}

    for paper in papers.values():
        assert any("hưa có" in text for text in said(paper))
        assert [text for text in said(paper) if " 00 " in text or "không có đơn thư" in text] == []
    assert papers["mid-year-review"].letterhead.issuer == year.bloc.name.upper()


def test_sections_without_text_are_left_out_and_numbers_close_up(year):
    headings = [b.text for b in paper_of("mid-year-review", year).blocks if isinstance(b, Heading) and b.level == 1]

    assert headings == [
        "I. ĐẶC ĐIỂM, TÌNH HÌNH",
        "II. KẾT QUẢ THỰC HIỆN PHONG TRÀO THI ĐUA",
        "III. CÔNG TÁC KHEN THƯỞNG",
        "IV. KHÓ KHĂN, TỒN TẠI, HẠN CHẾ",
        "V. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2020",
    ]


def test_targets_are_summed_in_the_text_and_listed_in_an_annex(year):
    pledge = PledgeFactory(bloc_year=year, signed_on=date(2020, 2, 5))
    syt = year.memberships.get(agency__code="syt").agency
    TargetFactory(pledge=pledge, agency=syt, name="Khám sức khỏe", unit="lượt", plan=12000, mid_year="7000.5")
    TargetFactory(pledge=pledge, agency=syt, name="Đúng hạn", plan=98, mid_year=None)

    paper = paper_of("mid-year-review", year)

    summary = next(table for table in tables(paper) if "giao ước" in table.caption)
    assert [row.cells for row in summary.rows] == [("1", "Sở Y tế", "2", "0", "1", "1")]
    assert any(text.endswith("ký kết ngày 05 tháng 02 năm 2020.") for text in said(paper))
    rows = paper.annexes[0].blocks[0].rows
    assert rows[0].cells == ("Sở Y tế",)
    assert rows[1].cells == ("1", "Khám sức khỏe", "lượt", "12.000", "7.000,5", "58,3%", "Đạt 58,3% kế hoạch năm")
    assert rows[2].cells == ("2", "Đúng hạn", "%", "98", "-", "-", "Chưa xác định")


def test_the_pledge_shows_who_signed_and_leaves_room_for_the_others(year):
    pledge = PledgeFactory(bloc_year=year, theme="Đoàn kết, sáng tạo", state="open_for_signature")
    syt = year.memberships.get(agency__code="syt").agency
    pledge.signatures.create(
        agency=syt, signer_name="Nguyễn Văn A", signer_title="Giám đốc", signed_on=date(2020, 2, 5)
    )

    paper = paper_of("pledge", year)

    signed = {each.lines[-2]: (each.name, each.mark) for each in paper.signatories}
    assert len(paper.signatories) == 7
    assert signed["SỞ Y TẾ"] == ("Nguyễn Văn A", "(Đã ký ngày 05 tháng 02 năm 2020)")
    assert signed["SỞ GIÁO DỤC VÀ ĐÀO TẠO"] == ("", "")
    assert Paragraph("Đoàn kết, sáng tạo.") in paper.blocks
    assert paper.letterhead.number == ""


def score(year, *scores):
    """Two criteria; one sheet for each tuple of points, the agencies in the members' order."""
    criteria = CriteriaSetFactory(bloc_year=year)
    leaves = [CriterionFactory(criteria_set=criteria, code=f"A{n}", max_points=50, position=n) for n in (1, 2)]
    for member, given in zip(year.memberships.in_order(), scores, strict=False):
        sheet = ScoreSheetFactory(bloc_year=year, criteria_set=criteria, agency=member.agency, state="agreed")
        for leaf, points in zip(leaves, given, strict=True):
            values = {"assigned": False} if points == "KG" else {"agreed_points": points, "self_points": points}
            ScoreLineFactory(sheet=sheet, criterion=leaf, **values)
    return criteria


def test_the_score_summary_ranks_and_marks_what_is_not_assigned(year):
    score(year, (40, 45), (50, "KG"), (50, 20))

    ranking, by_criterion = tables(paper_of("score-summary", year))

    assert [(row.cells[1], row.cells[5], row.cells[6], row.cells[7]) for row in ranking.rows] == [
        ("Sở Giáo dục và Đào tạo", "50", "100", "1"),
        ("Sở Thông tin và Truyền thông", "85", "85", "2"),
        ("Sở Lao động - Thương binh và Xã hội", "70", "70", "3"),
    ]
    assert [column.label for column in by_criterion.columns[3:]] == [
        "Sở Giáo dục và Đào tạo",
        "Sở Thông tin và Truyền thông",
        "Sở Lao động - Thương binh và Xã hội",
    ]
    assert [row.cells[0:1] + row.cells[2:] for row in by_criterion.rows[:2]] == [
        ("A1", "50", "50", "40", "50"),
        ("A2", "50", "KG", "45", "20"),
    ]
    assert [(row.cells[1], *row.cells[3:]) for row in by_criterion.rows[-4:]] == [
        ("Tổng điểm", "50", "85", "70"),
        ("Điểm tối đa được giao", "50", "100", "100"),
        ("Tỷ lệ so với điểm tối đa được giao (%)", "100", "85", "70"),
        ("Xếp hạng", "1", "2", "3"),
    ]


def test_the_score_table_is_split_so_that_it_fits_the_page(year):
    widen(year, members=7, leaves=4)
    rows = collect_scores(fresh(year)).rows

    sizes = {count: [len(part) for part in member_parts((rows * 10)[:count])] for count in (1, 20, 21, 34, 41)}

    assert sizes == {1: [1], 20: [20], 21: [11, 10], 34: [17, 17], 41: [14, 14, 13]}


@pytest.mark.parametrize(
    ("members", "width", "turned", "size"),
    [(7, Width.NARROW, False, Print.SMALL), (14, Width.SNUG, True, Print.SMALL), (20, Width.SLIM, True, Print.DENSE)],
)
def test_columns_grow_narrower_with_the_number_of_members(members, width, turned, size):
    column = member_column("Sở Y tế", members)

    assert (column.width, column.turned, print_for(members)) == (width, turned, size)


def test_a_locked_ranking_is_named_with_version_and_hash(year):
    score(year, (40, 45))
    closed = {"content": {}, "sha256": "0" * 64, "reopened_at": datetime(2020, 12, 2, tzinfo=UTC)}
    LockedStanding.objects.create(bloc_year=year, version=1, locked_at=datetime(2020, 12, 1, tzinfo=UTC), **closed)
    LockedStanding.objects.create(
        bloc_year=year, version=2, locked_at=datetime(2020, 12, 3, 1, 30, tzinfo=UTC), content={}, sha256="ab12" * 16
    )

    told = [text for text in said(paper_of("score-summary", year)) if "đã khóa" in text]

    assert told == [
        "Kết quả xếp hạng đã khóa, phiên bản 2, lúc 08 giờ 30 phút, ngày 03 tháng 12 năm 2020. Mã băm SHA-256 của kết "
        f"quả đã khóa: {' '.join(['ab12' * 4] * 4)}."
    ]


def test_grades_stand_in_the_ranking_and_under_the_table(year):
    """domain.md C5.2 T4: from 90 to 100 HTXS, from 80 HTT; below, no band describes it."""
    criteria = score(year, (50, 45), (40, 45), (30, 20))
    criteria.grading = {"of": "percent", "bands": [{"name": "HTXS", "from": 90}, {"name": "HTT", "from": 80}]}
    criteria.save()

    ranking, by_criterion = tables(paper_of("score-summary", year))

    assert [row.cells[-1] for row in ranking.rows] == ["HTXS", "HTT", "Cần Hội đồng quyết định"]
    assert by_criterion.rows[-1].cells[1:] == ("Xếp loại", "", "HTXS", "HTT", "Cần Hội đồng quyết định")
    told = [each.text for each in paper_of("score-summary", year).blocks if isinstance(each, Note)]
    assert told[0].startswith(f"Xếp loại của {ranking.rows[-1].cells[1]}: kết quả 50")
    assert "không thuộc mức xếp loại nào; cần" in told[0]


def test_a_tie_is_shown_with_what_broke_it(year):
    criteria = score(year, (50, 40), (40, 50))
    criteria.tie_break = ["fewest_deductions", "women_70"]
    criteria.save()
    year.sheets.filter(agency__code="stttt").update(women_70=False)
    year.sheets.filter(agency__code="sgddt").update(women_70=True)

    paper = paper_of("score-summary", year)

    assert [row.cells[1:2] + row.cells[-1:] for row in tables(paper)[0].rows] == [
        ("Sở Giáo dục và Đào tạo", "1"),
        ("Sở Thông tin và Truyền thông", "2"),
    ]
    assert any(text.startswith("Bằng điểm, xếp hạng theo tập thể có từ 70% là nữ: ") for text in said(paper))


def test_a_draft_does_not_give_a_person_a_post_that_is_not_on_record(year):
    year.memberships.filter(role="head").update(person_title="")

    named, unnamed = (paper_of("mid-year-review", year, issue=issue).signature for issue in (ISSUE, None))

    assert (named.post, named.name) == ("GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Phạm Hồng Quảng")
    assert (unnamed.post, unnamed.name) == ("GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "")


def test_a_draft_of_scores_reaches_no_paper(year):
    score(year, (40, 45))
    year.sheets.update(state="draft")

    assert len(tables(paper_of("score-summary", year))) == 0
    assert not any("chấm điểm" in table.caption for table in tables(paper_of("annual-review", year)))


@pytest.mark.parametrize("kind", list(KINDS))
def test_papers_cost_the_same_queries_however_many_rows_there_are(year, kind, django_assert_max_num_queries):
    score(year, (40, 45), (30, 20))
    pledge = PledgeFactory(bloc_year=year)
    for member in year.memberships.all():
        TargetFactory(pledge=pledge, agency=member.agency)

    with django_assert_max_num_queries(60) as few:
        KINDS[kind].collect(fresh(year))
    for n in range(5):
        agency = AgencyFactory()
        MembershipFactory(bloc_year=year, agency=agency, position=20 + n)
        TargetFactory(pledge=pledge, agency=agency)
        Commendation.objects.create(bloc_year=year, agency=agency, award="giay-khen").recipients.create(kind="ward")
    with django_assert_max_num_queries(60) as many:
        KINDS[kind].collect(fresh(year))

    assert len(many) == len(few) <= 29
