"""Compiling a review: the first draft, what has changed since, taking over by click; versions; correcting."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.domain.audit import entries_of
from reports.domain.compilation import Change, changes_of, compile_review
from reports.domain.compiling import compile_section, take_over, told_texts
from reports.domain.passages import PassageRefused, save_passage
from reports.domain.versions import VersionRefused, go_back, keep_by_hand
from reports.domain.workflow import BLOC_REVIEW
from reports.models import AgencyReport, BlocReview, Passage
from tests.factories import (
    AgencyReportFactory,
    BlocReviewFactory,
    CommendationFactory,
    PassageFactory,
    RecipientCountFactory,
)
from tests.world import World


@pytest.fixture
def review(world: World) -> BlocReview:
    return BlocReviewFactory(bloc_year=world.year)


def member_report(world: World, code: str, text: str, section: str = "achievements") -> AgencyReport:
    report, _ = AgencyReport.objects.get_or_create(
        bloc_year=world.year, agency=getattr(world, code), kind="mid-year", defaults={"state": "signed_off"}
    )
    PassageFactory(report=report, review=None, section=section, text=text)
    return report


def rewrite(report: AgencyReport, text: str, section: str = "achievements") -> None:
    report.passages.filter(section=section).update(text=text)


def text_of(review: BlocReview, section: str = "achievements") -> str:
    return Passage.objects.get(review=review, section=section).text


def statuses(review: BlocReview) -> dict[str, str]:
    return {each.code: each.status for each in told_texts(review)["achievements"]}


def compiled(review: BlocReview, world: World) -> Any:
    return compile_review(review, actor=world.person("secretary"))


def test_the_first_draft_gathers_every_section_by_agency_with_its_marks(world: World, review: BlocReview) -> None:
    member_report(world, "syt", "Kết quả **y tế**.\n| Chỉ số | Số |\n| Ca khám | 5 |")
    member_report(world, "sgddt", "Khó khăn của giáo dục.", "difficulties")
    member_report(world, "sldtbxh", "Hướng tới 2021.", "directions")

    found = compiled(review, world)

    assert found.merged == {
        "achievements": ["Sở Y tế"],
        "difficulties": ["Sở Giáo dục và Đào tạo"],
        "directions": ["Sở Lao động - Thương binh và Xã hội"],
    }
    assert text_of(review) == "Sở Y tế:\nKết quả **y tế**.\n| Chỉ số | Số |\n| Ca khám | 5 |"
    assert [row.reason for row in review.versions.all()] == ["Tổng hợp lần đầu"]
    assert entries_of(review).filter(action="Tổng hợp lần đầu").exists()


def test_what_somebody_wrote_before_the_first_draft_stays(world: World, review: BlocReview) -> None:
    PassageFactory(review=review, section="achievements", text="Thư ký viết trước.")
    member_report(world, "syt", "Kết quả y tế.")

    compiled(review, world)

    assert text_of(review) == "Thư ký viết trước."
    assert statuses(review) == {"syt": "new"}


def test_compiling_again_tells_old_and_new_figures_and_who_sent_or_changed(world: World, review: BlocReview) -> None:
    row = CommendationFactory(bloc_year=world.year, agency=world.syt, issuer="Bộ Y tế")
    count = RecipientCountFactory(commendation=row, kind="individual", count=4)
    report = member_report(world, "syt", "Kết quả y tế.")
    compiled(review, world)
    before = text_of(review)
    count.count = 6
    count.save()
    rewrite(report, "Kết quả y tế mới.")
    member_report(world, "sgddt", "Kết quả giáo dục.")

    found = compiled(BlocReview.objects.get(pk=review.pk), world)

    told = {each.label: (each.old, each.new) for each in found.changes}
    assert told["Tổng số đã được khen thưởng"] == ("04 cá nhân", "06 cá nhân")
    assert told["Báo cáo của Sở Y tế"] == ("đã gửi", "đã sửa nội dung")
    assert told["Báo cáo của Sở Giáo dục và Đào tạo"] == ("chưa gửi", "đã gửi")
    assert len(told) == 4  # those three and the commendations of Sở Y tế
    assert text_of(review) == before
    review.refresh_from_db()
    assert changes_of(review) == []


def test_a_returned_report_is_told(world: World, review: BlocReview) -> None:
    report = member_report(world, "syt", "Kết quả y tế.")
    compiled(review, world)
    AgencyReport.objects.filter(pk=report.pk).update(state="returned")

    assert changes_of(review) == [Change("Báo cáo của Sở Y tế", "đã gửi", "đã trả lại, chưa gửi lại")]


def test_nothing_is_compared_before_the_first_draft(world: World, review: BlocReview) -> None:
    member_report(world, "syt", "Kết quả y tế.")

    assert changes_of(review) == []


def test_a_changed_text_is_offered_and_taken_over_in_place(world: World, review: BlocReview) -> None:
    report = member_report(world, "syt", "Khám 100 ca.")
    member_report(world, "sgddt", "Kết quả giáo dục.")
    compiled(review, world)
    rewrite(report, "Khám 120 ca.")
    (offered,) = [each for each in told_texts(review)["achievements"] if each.code == "syt"]
    untouched = text_of(review)

    take_over(review, "achievements", "syt", actor=world.person("secretary"))

    assert (offered.status, offered.in_place) == ("changed", True)
    assert [part.text for line in offered.lines for part in line.parts if part.mark] == ["100", "120"]
    assert untouched == "Sở Giáo dục và Đào tạo:\nKết quả giáo dục.\n\nSở Y tế:\nKhám 100 ca."
    assert text_of(review) == "Sở Giáo dục và Đào tạo:\nKết quả giáo dục.\n\nSở Y tế:\nKhám 120 ca."
    assert statuses(review) == {"sgddt": "merged", "syt": "merged"}


def test_an_edited_text_stays_and_the_new_one_is_appended(world: World, review: BlocReview) -> None:
    report = member_report(world, "syt", "Khám 100 ca.")
    compiled(review, world)
    save_passage(review, "achievements", "Ngành y tế khám 100 ca.", actor=world.person("secretary"), version=1)
    reworked = statuses(review)
    rewrite(report, "Khám 120 ca.")

    take_over(review, "achievements", "syt", actor=world.person("secretary"))

    assert reworked == {"syt": "reworked"}
    assert text_of(review) == "Ngành y tế khám 100 ca.\n\nSở Y tế:\nKhám 120 ca."


def test_an_edited_text_is_not_gathered_a_second_time(world: World, review: BlocReview) -> None:
    member_report(world, "syt", "Khám 100 ca.")
    compiled(review, world)
    save_passage(review, "achievements", "Biên tập lại.", actor=world.person("secretary"), version=1)

    with pytest.raises(PassageRefused, match="không có gì để ghép thêm"):
        compile_section(review, "achievements", actor=world.person("secretary"))


def test_a_text_that_another_begins_with_counts_as_its_own(world: World, review: BlocReview) -> None:
    PassageFactory(review=review, section="achievements", text="Sở Y tế:\nKhám 100 ca bệnh nặng.")
    member_report(world, "syt", "Khám 100 ca")

    assert statuses(review) == {"syt": "new"}


def test_there_is_nothing_to_take_over_twice(world: World, review: BlocReview) -> None:
    report = member_report(world, "syt", "Khám 100 ca.")
    compiled(review, world)
    rewrite(report, "Khám 120 ca.")
    take_over(review, "achievements", "syt", actor=world.person("secretary"))

    with pytest.raises(PassageRefused, match="không còn gì khác"):
        take_over(review, "achievements", "syt", actor=world.person("secretary"))


def test_members_do_not_compile(world: World, review: BlocReview) -> None:
    with pytest.raises(PermissionDenied):
        compile_review(review, actor=world.person("officer"))

    assert BlocReview.objects.get().compiled == {}


def test_the_pages_buttons_compile_and_show_the_changes(client: Client, world: World, review: BlocReview) -> None:
    report = member_report(world, "syt", "Khám 100 ca.")
    client.force_login(world.person("secretary"))
    url = review.get_absolute_url()

    client.post(f"{url}lap-du-thao/")
    rewrite(report, "Khám 120 ca.")
    page = client.get(url).content.decode()
    client.post(f"{url}lay-noi-dung-moi/", {"section": "achievements", "agency": "syt"})
    after = client.get(url).content.decode()

    assert "đã sửa sau khi ghép" in page
    assert "<ins>" in page
    assert "Báo cáo của Sở Y tế" in page
    assert "đã sửa sau khi ghép" not in after
    assert text_of(review) == "Sở Y tế:\nKhám 120 ca."


def test_versions_are_kept_compared_and_gone_back_to(client: Client, world: World, review: BlocReview) -> None:
    secretary = world.person("secretary")
    member_report(world, "syt", "Khám 100 ca.")
    compiled(review, world)
    save_passage(review, "achievements", "Viết hỏng cả đoạn.", actor=secretary, version=1)
    client.force_login(secretary)

    page = client.get(f"{review.get_absolute_url()}phien-ban/").content.decode()
    client.post(f"{review.get_absolute_url()}phien-ban/1/khoi-phuc/")

    assert "Tổng hợp lần đầu" in page
    assert "Viết hỏng cả đoạn." in page
    assert text_of(review) == "Sở Y tế:\nKhám 100 ca."
    assert [row.reason for row in review.versions.all()] == ["Trước khi quay lại phiên bản 1", "Tổng hợp lần đầu"]
    assert review.versions.first().content["sections"]["achievements"] == "Viết hỏng cả đoạn."


def test_a_version_of_what_has_not_changed_is_refused(world: World, review: BlocReview) -> None:
    PassageFactory(review=review, text="Một.")
    keep_by_hand(review, actor=world.person("secretary"))

    with pytest.raises(VersionRefused):
        keep_by_hand(review, actor=world.person("secretary"))


def test_an_issued_review_never_changes_and_is_corrected_as_a_new_paper(world: World) -> None:
    review = BlocReviewFactory(bloc_year=world.year, state="issued")
    PassageFactory(review=review, text="Đã ban hành.", version=1)
    keep_by_hand_refused = pytest.raises(PassageRefused)
    leader = world.person("head_leader")

    with keep_by_hand_refused:
        save_passage(review, "achievements", "Sửa lén.", actor=leader, version=1)
    with pytest.raises(PassageRefused):
        compile_review(review, actor=leader)
    BLOC_REVIEW.perform(review, "correct", actor=leader, reason="Sai số liệu")
    save_passage(review, "achievements", "Đã đính chính.", actor=leader, version=1)
    BLOC_REVIEW.perform(review, "approve", actor=leader)

    assert review.state == "approved"
    assert [row.reason for row in review.versions.all()] == ["Duyệt báo cáo"]
    assert text_of(review) == "Đã đính chính."


def test_going_back_needs_a_draft(world: World) -> None:
    review = BlocReviewFactory(bloc_year=world.year)
    PassageFactory(review=review, text="Một.")
    kept = keep_by_hand(review, actor=world.person("secretary"))
    Passage.objects.filter(review=review).update(text="Hai.")
    BlocReview.objects.filter(pk=review.pk).update(state="approved")

    with pytest.raises(PassageRefused):
        go_back(review, kept, actor=world.person("secretary"))

    assert text_of(review) == "Hai."


def test_one_report_factory_makes_the_reports_apart(world: World) -> None:
    """A report of another round never reaches this one's review."""
    review = BlocReviewFactory(bloc_year=world.year)
    other = AgencyReportFactory(bloc_year=world.year, agency=world.syt, kind="annual", state="signed_off")
    PassageFactory(report=other, review=None, section="achievements", text="Của cả năm.")

    compiled(review, world)

    assert not Passage.objects.filter(review=review).exists()
