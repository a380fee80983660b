"""Kiểm tra điều kiện: what is held, what may be proposed, what is missing and from when."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from awards.domain.prospects import Outlook, Prospect, outlook_for, told
from awards.domain.subjects import agency_subject
from awards.law.checks import Verdict
from awards.law.rule_sets import NoRuleSet
from awards.models import AwardForm, CollectiveYear, Freeze, Subject
from tests.awards_world import SubjectFactory, grade, initiative, record
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = date(2024, 12, 31)


@pytest.fixture
def person(world: World) -> Subject:
    return SubjectFactory(agency=world.syt, name="Nguyễn Thị Ánh", group="pho-phong-tro-len")


def found(outlook: Outlook, code: str) -> Prospect:
    return next(each for each in outlook.prospects if each.award.code == code)


class TestProspects:
    """Judged today, and again at the end of each coming year."""

    def test_the_year_considered_is_the_last_one_graded_or_finished(self, person: Subject) -> None:
        grade(person, y2023="HTT")

        assert outlook_for(person, date(2024, 6, 1)).year == 2023
        assert outlook_for(person, DAY).year == 2024
        grade(person, y2024="HTT")
        assert outlook_for(person, date(2024, 6, 1)).year == 2024

    def test_every_award_of_the_catalogue_for_such_a_subject_is_judged(self, person: Subject) -> None:
        codes = {each.award.code for each in outlook_for(person, DAY).prospects}

        takes = {each.code for each in AwardForm.objects.filter(active=True) if each.takes("individual")}
        assert codes == takes - {"bang-khen", "khen-thuong"}
        assert {"ld-tien-tien", "cstd-co-so", "bk-tinh"} <= codes

    def test_what_may_be_proposed_this_year_comes_first(self, person: Subject) -> None:
        grade(person, y2023="HTXS", y2024="HTXS")

        outlook = outlook_for(person, DAY)

        assert found(outlook, "cstd-co-so").verdict is Verdict.ELIGIBLE
        ranks = [each.verdict for each in outlook.prospects]
        assert ranks == sorted(ranks, key=["eligible", "needs-decision", "ineligible"].index)

    def test_an_award_of_the_year_considered_is_told_as_held(self, person: Subject) -> None:
        grade(person, y2024="HTXS")
        record(person, "cstd-co-so", 2024)

        outlook = outlook_for(person, DAY)

        assert found(outlook, "cstd-co-so").held
        assert not found(outlook, "ld-tien-tien").held

    def test_one_year_more_of_a_run_names_the_next_year(self, person: Subject) -> None:
        """Luật TĐKT 2022, Điều 22: three years in a row of CSTĐ cơ sở, with an initiative of the province."""
        grade(person, y2023="HTXS", y2024="HTXS")
        for year in (2023, 2024):
            record(person, "cstd-co-so", year)
        initiative(person, "province", 2024)

        prospect = found(outlook_for(person, DAY), "cstd-tinh")

        assert prospect.verdict is Verdict.INELIGIBLE
        assert prospect.earliest == 2025
        assert told(prospect).startswith("Sớm nhất xét năm 2025")
        assert any("liên tục" in check.text or "lần" in check.text for check in prospect.missing)

    def test_this_years_title_may_be_the_one_that_was_missing(self, person: Subject) -> None:
        """The title of the year considered is not recorded yet: proposed together with the higher one."""
        grade(person, y2022="HTXS", y2023="HTXS", y2024="HTXS")
        for year in (2022, 2023):
            record(person, "cstd-co-so", year)
        initiative(person, "province", 2024)

        assert found(outlook_for(person, DAY), "cstd-tinh").earliest == 2024

    def test_awards_without_countable_conditions_are_named_apart(self, person: Subject) -> None:
        apart = {each.award.code for each in outlook_for(person, DAY).without_text}

        assert "hc-sao-vang" in apart
        assert not {"ld-tien-tien", "cstd-co-so", "bk-tinh", "hc-lao-dong-ba"} & apart

    def test_what_no_coming_year_brings_is_named(self, person: Subject) -> None:
        """The same without an initiative of the province: years alone do not bring it."""
        grade(person, y2023="HTXS", y2024="HTXS")
        for year in (2023, 2024):
            record(person, "cstd-co-so", year)

        prospect = found(outlook_for(person, DAY), "cstd-tinh")

        assert prospect.earliest is None
        assert "Chỉ thêm năm công tác thì chưa đủ." in told(prospect)

    def test_a_run_broken_now_is_counted_anew(self, person: Subject) -> None:
        """Điều 74 khoản 1 điểm d: two years in a row of CSTĐ cơ sở; the year considered is not excellent."""
        grade(person, y2023="HTXS", y2024="HT")
        record(person, "cstd-co-so", 2023)

        prospect = found(outlook_for(person, DAY), "bk-tinh")

        assert (prospect.verdict, prospect.earliest) == (Verdict.INELIGIBLE, 2026)

    def test_an_open_matter_stops_today_and_is_supposed_to_end_well(self, person: Subject) -> None:
        grade(person, y2024="HTXS")
        Freeze.objects.create(subject=person, kind="petition", since=date(2024, 3, 1))

        outlook = outlook_for(person, DAY)

        assert found(outlook, "ld-tien-tien").verdict is Verdict.INELIGIBLE
        assert found(outlook, "ld-tien-tien").earliest == 2024
        assert "các việc đang xác minh kết thúc mà không có sai phạm" in outlook.supposed

    def test_the_supposition_is_told_plainly(self, person: Subject) -> None:
        outlook = outlook_for(person, DAY)

        assert outlook.supposed == (
            "Giả định từ năm 2024 trở đi, ở những năm chưa ghi: mỗi năm hoàn thành xuất sắc nhiệm vụ và được tặng "
            "Chiến sĩ thi đua cơ sở; không có vi phạm mới. Không giả định thêm sáng kiến, khen thưởng nào khác."
        )

    def test_a_collective_is_judged_with_its_people(self, world: World) -> None:
        team = SubjectFactory(agency=world.syt, kind="collective", name="Phòng Kế hoạch")
        grade(team, y2024="HTXS")
        CollectiveYear.objects.create(
            subject=team, year=2024, total=10, completed=10, advanced=7, base_fighters=1, disciplined=0
        )

        assert found(outlook_for(team, DAY), "tt-ld-xuat-sac").verdict is Verdict.ELIGIBLE

    def test_a_household_is_judged_too(self, world: World) -> None:
        home = SubjectFactory(agency=world.syt, kind="household", name="Hộ bà Lan")

        assert {each.award.code for each in outlook_for(home, DAY).prospects} >= {"bk-tinh"}

    def test_a_day_before_every_law_that_is_held_is_refused(self, person: Subject) -> None:
        with pytest.raises(NoRuleSet):
            outlook_for(person, date(2017, 9, 30))

    @pytest.mark.parametrize("number", [1, 10])
    def test_the_number_of_queries_does_not_grow(
        self, person: Subject, world: World, number: int, django_assert_num_queries: Any
    ) -> None:
        for year in range(2024 - number, 2024):
            grade(person, **{f"y{year}": "HTXS"})
            record(person, "cstd-co-so", year)
            initiative(person, year=year)

        with django_assert_num_queries(13):
            outlook_for(person, DAY)
        agency = agency_subject(world.syt)
        with django_assert_num_queries(14):
            outlook_for(agency, DAY)


class TestPage:
    """Whom, on which day, and the answer."""

    @pytest.fixture
    def officer(self, client: Client, world: World) -> Client:
        client.force_login(world.person("officer"))
        return client

    def page(self, client: Client, subject: Subject, **query: str) -> str:
        return str(client.get(f"/kiem-tra-dieu-kien/{subject.pk}/", query).content.decode())

    @pytest.mark.parametrize("number", [1, 3])
    def test_choosing_takes_the_same_queries_for_any_number(
        self, officer: Client, world: World, number: int, django_assert_num_queries: Any
    ) -> None:
        for _ in range(number):
            SubjectFactory(agency=world.syt)

        with django_assert_num_queries(7):
            officer.get("/kiem-tra-dieu-kien/", {"q": "tran thi"})

    def test_the_chosen_day_goes_along(self, officer: Client, world: World, person: Subject) -> None:
        SubjectFactory(agency=world.syt, name="Lê Văn Cường")
        SubjectFactory(agency=world.sgddt, name="Nguyễn Thị Ánh khác")

        answer = officer.get("/kiem-tra-dieu-kien/", {"q": "anh", "ngay": "31/12/2024"})
        page = str(answer.content.decode())

        assert f'href="{person.pk}/?ngay=31/12/2024"' in page
        assert "Cường" not in page
        assert "Ánh khác" not in page

    def test_it_tells_what_is_held_verdicts_articles_and_from_when(self, officer: Client, person: Subject) -> None:
        grade(person, y2023="HTXS", y2024="HTXS")
        for year in (2023, 2024):
            record(person, "cstd-co-so", year)
        initiative(person, "province", 2024)

        page = self.page(officer, person, ngay="31/12/2024")

        assert "2024: hoàn thành xuất sắc nhiệm vụ" in page
        assert "Chiến sĩ thi đua cơ sở, năm 2023" in page
        assert "Luật TĐKT 2022, Điều 22" in page
        assert "Sớm nhất xét năm 2025" in page
        assert "Nghị định 98/2023/NĐ-CP" in page
        assert "Giả định từ năm 2024" in page

    @pytest.mark.parametrize(
        ("day", "law", "banner"),
        [
            ("31/12/2023", "Nghị định 91/2017/NĐ-CP", False),
            ("01/01/2024", "Nghị định 98/2023/NĐ-CP", False),
            ("30/09/2026", "Nghị định 152/2025/NĐ-CP", False),
            ("01/10/2026", "Nghị định 152/2025/NĐ-CP", True),
        ],
    )
    @time_machine.travel("2026-11-20T09:00:00+07:00", tick=False)
    def test_the_law_is_that_of_the_day(
        self, officer: Client, person: Subject, day: str, law: str, banner: bool
    ) -> None:
        page = self.page(officer, person, ngay=day)

        assert law in page
        assert ("Chờ đối chiếu Luật 06/2026/QH16" in page) is banner

    @time_machine.travel("2026-11-20T09:00:00+07:00", tick=False)
    @pytest.mark.parametrize("day", ["30/09/2017", "31/02/2024", "01/01/2199"])
    def test_a_day_that_cannot_be_judged_is_told_and_today_is_taken(
        self, officer: Client, person: Subject, day: str
    ) -> None:
        page = self.page(officer, person, ngay=day)

        assert "Đang xét tại hôm nay" in page
        assert "Xét tại ngày 20/11/2026" in page

    def test_a_freeze_is_told_without_its_reason(self, officer: Client, person: Subject) -> None:
        Freeze.objects.create(subject=person, kind="petition", since=date(2020, 1, 1), reason="Tên người tố cáo")

        page = self.page(officer, person)

        assert "Đang có 1 việc xem xét, xác minh" in page
        assert "Tên người tố cáo" not in page

    def test_the_file_tells_every_condition(self, officer: Client, person: Subject) -> None:
        grade(person, y2024="HTXS")
        answer = officer.get(f"/kiem-tra-dieu-kien/{person.pk}/", {"ngay": "31/12/2024", "xuat": "xlsx"})
        rows = list(load_workbook(BytesIO(answer.content)).active.values)

        assert any(row[0] == "Lao động tiên tiến" and row[1] == "Đủ điều kiện" for row in rows)
        assert any("Điều 24" in str(row[3]) for row in rows)

    def test_the_whole_page_takes_a_fixed_number_of_queries(
        self, officer: Client, person: Subject, django_assert_num_queries: Any
    ) -> None:
        grade(person, y2023="HTXS", y2024="HTXS")
        initiative(person)

        with django_assert_num_queries(19):
            self.page(officer, person, ngay="31/12/2024")
