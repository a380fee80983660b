"""Pages of the catalogue, provincial settings and the calendar: reading for all, writing for few, nothing lost."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from accounts.models import AuditEntry
from awards.domain.council_rule_keys import BY_KEY, KEYS, DayMonth
from awards.domain.council_rules import dossier_deadline, registration_deadline, rule_value, rule_values
from awards.domain.rule_writing import set_rule
from awards.forms.catalogue import PART_FORMS
from awards.models import AwardAlias, AwardForm, AwardPeriod, BaseSalary, CouncilRule, Holiday, RequiredPaper, RuleEntry
from tests.awards_world import SubjectFactory, award, record
from tests.factories import AgencyFactory, CouncilFactory
from tests.world import World

ROOT = "/danh-muc-khen-thuong/"
TODAY = "2026-11-21 03:00:00+00:00"


@pytest.fixture
def standing(client: Client, world: World) -> Client:
    client.force_login(world.person("standing"))
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def period_data(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Chiến sĩ thi đua cơ sở",
        "authority": "Chủ tịch Ủy ban nhân dân cấp xã",
        "valid_from": "01/10/2026",
        "valid_to": "",
        "legal_basis": "Luật 06/2026/QH16",
        "basis": "to-check",
        "note": "",
    } | changes


def test_the_list_finds_without_accents_filters_and_counts_its_queries_alike(
    standing: Client, django_assert_max_num_queries: Any
) -> None:
    with time_machine.travel(TODAY, tick=False):
        with django_assert_max_num_queries(12):
            found = text(standing.get(ROOT, {"q": "chien si thi dua"}))
        households = text(standing.get(ROOT, {"doi_tuong": "household"}))

    assert "Chiến sĩ thi đua cấp tỉnh" in found
    assert "Cờ thi đua của Chính phủ" not in found
    assert "Gia đình văn hóa" in households
    assert "Lao động tiên tiến" not in households


def test_one_award_or_three_cost_the_list_the_same(standing: Client, django_assert_num_queries: Any) -> None:
    AwardForm.objects.exclude(code__in=["cstd-tinh", "cstd-co-so", "ld-tien-tien"]).update(search_key="khac")
    standing.get(ROOT)
    for query in ("chien si thi dua cap tinh", "tien"):
        with django_assert_num_queries(LIST_QUERIES):
            standing.get(ROOT, {"q": query})


LIST_QUERIES = 8


def test_the_list_exports_what_it_shows(standing: Client) -> None:
    book = openpyxl.load_workbook(BytesIO(standing.get(ROOT, {"cap": "base", "xuat": "xlsx"}).content))
    names = {row[0] for row in book.active.iter_rows(min_row=2, values_only=True)}  # type: ignore[union-attr]

    assert "Lao động tiên tiến" in names
    assert "Cờ thi đua của Chính phủ" not in names


def test_the_filter_of_doubtful_lines_keeps_awards_that_were_all_compared_away(standing: Client) -> None:
    with time_machine.travel("2025-12-01 03:00:00+00:00", tick=False):
        done = text(standing.get(ROOT, {"doi_chieu": "da", "q": "lao dong tien tien"}))
        due = text(standing.get(ROOT, {"doi_chieu": "can", "q": "lao dong tien tien"}))

    assert "hinh-thuc/ld-tien-tien/" in done
    assert "hinh-thuc/ld-tien-tien/" not in due


def test_the_page_of_an_award_shows_its_money_today_with_the_raw_product(standing: Client) -> None:
    with time_machine.travel(TODAY, tick=False):
        page = text(standing.get(f"{ROOT}hinh-thuc/ld-tien-tien/"))

    assert "760.000" in page
    assert "759.000" in page
    assert "2.530.000 đồng" in page
    assert "cần đối chiếu" in page
    assert "Chờ đối chiếu Luật 06/2026/QH16" in page


def test_the_banner_goes_when_every_known_entry_was_compared_with_the_signed_text(standing: Client) -> None:
    for entry in RuleEntry.objects.filter(is_draft=False):
        standing.post(f"{ROOT}luat-2026/{entry.pk}/doi-chieu/", {"verified": "1"})
    with time_machine.travel(TODAY, tick=False):
        page = text(standing.get(f"{ROOT}luat-2026/"))

    assert 'role="note"' not in page
    assert RuleEntry.objects.filter(is_draft=False, verified=False).count() == 0


def test_verifying_twice_makes_one_entry_in_the_history(standing: Client) -> None:
    entry = RuleEntry.objects.all()[0]
    for _ in range(2):
        standing.post(f"{ROOT}luat-2026/{entry.pk}/doi-chieu/", {"verified": "1"})

    assert entries_of(entry).count() == 1


def test_a_period_that_overlaps_another_is_refused_and_keeps_what_was_typed(standing: Client) -> None:
    url = f"{ROOT}hinh-thuc/cstd-co-so/them/thoi-ky/"
    count = AwardPeriod.objects.count()
    answer = text(standing.post(url, period_data(note="đang gõ dở")))

    assert "trùng với dòng đã có" in answer
    assert "đang gõ dở" in answer
    assert AwardPeriod.objects.count() == count


def test_a_new_period_follows_when_the_old_one_was_ended(standing: Client) -> None:
    old = AwardPeriod.objects.get(award__code="cstd-co-so", valid_to=None)
    changed = period_data(valid_from="01/10/2026", valid_to="28/02/2027", seen="0", name=old.name)
    standing.post(f"{ROOT}muc/thoi-ky/{old.pk}/sua/", changed)
    standing.post(f"{ROOT}hinh-thuc/cstd-co-so/them/thoi-ky/", period_data(valid_from="01/03/2027"))
    actions = list(entries_of(old.award).values_list("action", flat=True))

    assert old.award.periods.filter(valid_from=date(2027, 3, 1)).exists()
    assert actions == ["Thêm quy định theo thời kỳ", "Sửa quy định theo thời kỳ"]


def test_the_second_of_two_editors_is_told_both_values_and_may_then_save(standing: Client) -> None:
    row = AwardPeriod.objects.get(award__code="cstd-co-so", valid_to=None)
    url = f"{ROOT}muc/thoi-ky/{row.pk}/sua/"
    standing.post(url, period_data(name="Tên của người trước", seen="0"))
    told = text(standing.post(url, period_data(name="Tên của người sau", seen="0")))

    assert "Người standing đã lưu" in told
    assert "đang lưu «Tên của người trước», bạn gõ «Tên của người sau»" in told
    row.refresh_from_db()
    assert row.name == "Tên của người trước"
    standing.post(url, period_data(name="Tên của người sau", seen="1"))
    row.refresh_from_db()
    assert (row.name, row.version) == ("Tên của người sau", 2)


def test_a_checked_line_must_name_its_source_and_end_after_it_begins(standing: Client) -> None:
    url = f"{ROOT}hinh-thuc/cstd-co-so/them/thoi-ky/"
    answer = text(standing.post(url, period_data(basis="checked", legal_basis="", valid_to="01/01/2020")))

    assert "phải ghi căn cứ" in answer
    assert "Ngày kết thúc không được trước ngày bắt đầu" in answer


def test_a_coefficient_is_never_zero(standing: Client) -> None:
    url = f"{ROOT}hinh-thuc/gia-dinh-van-hoa/them/he-so/"
    given = {"kind": "household", "coefficient": "0", "basis": "to-check"}
    refused = text(standing.post(url, given))
    standing.post(url, given | {"coefficient": ""})

    assert "Hệ số phải lớn hơn 0" in refused
    assert AwardForm.objects.get(code="gia-dinh-van-hoa").coefficients.get().coefficient is None


def test_a_rate_by_which_awards_were_decided_is_ended_rather_than_removed(standing: Client, world: World) -> None:
    record(SubjectFactory(agency=world.syt), "cstd-co-so", 2025, date(2025, 12, 25))
    row = award("cstd-co-so").coefficients.get(valid_to=None)
    answer = standing.post(f"{ROOT}muc/he-so/{row.pk}/xoa/", {"reason": "nhầm"}, follow=True)

    assert "không xóa được" in text(answer)
    assert award("cstd-co-so").coefficients.filter(pk=row.pk).exists()


def test_a_base_salary_by_which_awards_were_decided_stays(standing: Client, world: World) -> None:
    record(SubjectFactory(agency=world.syt), "cstd-co-so", 2025, date(2025, 12, 25))
    used, unused = BaseSalary.objects.get(since=date(2024, 7, 1)), BaseSalary.objects.get(since=date(2026, 7, 1))
    for row in (used, unused):
        standing.post(f"{ROOT}muc/luong-co-so/{row.pk}/xoa/", {"reason": "thử"})

    assert set(BaseSalary.objects.filter(pk__in=[used.pk, unused.pk])) == {used}


def test_an_award_in_use_cannot_be_removed_an_unused_one_can_and_the_trail_keeps_it(
    standing: Client, world: World
) -> None:
    record(SubjectFactory(agency=world.syt), "cstd-co-so", 2025)
    refused = standing.post(f"{ROOT}hinh-thuc/cstd-co-so/xoa/", {"reason": "nhầm"}, follow=True)
    standing.post(f"{ROOT}hinh-thuc/bk-quan-khu/xoa/", {"reason": "tỉnh không dùng"})

    assert "đã được dùng" in text(refused)
    assert not AwardForm.objects.filter(code="bk-quan-khu").exists()
    entry = AuditEntry.objects.get(action="Xóa khỏi danh mục")
    assert (entry.object_label, entry.reason) == (
        "Bằng khen của quân khu, quân đoàn, đại học quốc gia và tương đương",
        "tỉnh không dùng",
    )


def test_another_way_of_writing_that_another_award_has_is_refused(standing: Client) -> None:
    url = f"{ROOT}hinh-thuc/cstd-tinh/them/cach-viet/"
    taken = text(standing.post(url, {"name": "CSTĐ  Cơ  Sở"}))
    fine = standing.post(url, {"name": "Chiến sĩ thi đua của tỉnh ta"})

    assert "đã có ở «Chiến sĩ thi đua cơ sở»" in taken
    assert fine.status_code == 302
    assert AwardAlias.objects.get(name="Chiến sĩ thi đua của tỉnh ta").search_key == "chien si thi dua cua tinh ta"


def test_the_edit_of_an_award_keeps_its_history_and_search_key(standing: Client) -> None:
    row = award("thon-van-hoa")
    given = {
        "name": "Thôn, bản văn hóa",
        "group": "title",
        "level": "base",
        "subjects": ["collective"],
        "cadence": "Hằng năm",
        "position": "600",
        "active": "on",
        "basis": "checked",
        "note": "",
        "seen": "0",
    }
    assert standing.post(f"{ROOT}hinh-thuc/thon-van-hoa/sua/", given).status_code == 302
    row.refresh_from_db()
    history = text(standing.get(f"/lich-su/awards.awardform/{row.pk}/"))

    assert row.search_key == "thon ban van hoa"
    assert "Thôn, bản văn hóa" in history


def test_a_general_paper_joins_every_checklist_and_its_name_is_escaped(standing: Client) -> None:
    given = {
        "kind": "khac",
        "name": "<b>Cam kết</b>",
        "per": "dossier",
        "category": "",
        "required": "on",
        "branches": "",
        "position": "900",
        "basis": "ours",
    }
    assert standing.post(f"{ROOT}dung-chung/them/giay-to/", given).status_code == 302
    page = text(standing.get(f"{ROOT}hinh-thuc/giay-khen/"))

    assert RequiredPaper.objects.filter(award=None, name="<b>Cam kết</b>").exists()
    assert "&lt;b&gt;Cam kết&lt;/b&gt;" in page
    assert "<b>Cam kết</b>" not in page


@pytest.mark.parametrize(
    "address", ["hinh-thuc/cstd-tinh/them/luong-co-so/", "dung-chung/them/thoi-ky/", "dung-chung/them/la/"]
)
def test_a_part_is_added_only_where_it_belongs(standing: Client, address: str) -> None:
    assert standing.get(ROOT + address).status_code == 404


@pytest.mark.parametrize("part", sorted(PART_FORMS))
def test_every_part_opens_its_form(standing: Client, part: str) -> None:
    always = part in ("thoi-ky", "he-so", "cach-viet")
    address = f"hinh-thuc/cstd-tinh/them/{part}/" if always else f"dung-chung/them/{part}/"

    assert standing.get(ROOT + address).status_code == 200


def test_every_setting_opens_its_form_and_says_where_the_law_leaves_it_to_the_province(
    standing: Client, world: World
) -> None:
    for rule in KEYS:
        page = text(standing.get(f"{ROOT}quy-dinh-tinh/{world.council.pk}/them/{rule.key}/"))
        assert rule.delegated_by in page


def set_by_page(client: Client, world: World, key: str, value: Any, **more: str) -> Any:
    given = {"value": value, "legal_basis": "Quyết định 86/2025/QĐ-UBND", "valid_from": "", "valid_to": "", "note": ""}
    return client.post(f"{ROOT}quy-dinh-tinh/{world.council.pk}/them/{key}/", given | more)


def test_a_setting_that_nobody_made_is_not_set_rather_than_a_default(world: World) -> None:
    assert [rule_value(world.council, rule.key, date(2026, 1, 1)) for rule in KEYS] == [None] * len(KEYS)


def test_settings_of_each_type_are_read_as_they_were_typed(standing: Client, world: World) -> None:
    set_by_page(standing, world, "dossier-due-cong-trang", "9/12")
    set_by_page(standing, world, "registration-due", "15/01 năm sau")
    set_by_page(standing, world, "late-dossiers-refused", "khong")
    set_by_page(standing, world, "dossier-sets", "2")
    set_by_page(standing, world, "opinion-agencies", "Công an tỉnh\nThuế tỉnh")
    found = rule_values(world.council, date(2026, 1, 1))

    assert {key: each.value for key, each in found.items()} == {
        "dossier-due-cong-trang": DayMonth(9, 12),
        "registration-due": DayMonth(15, 1, next_year=True),
        "late-dossiers-refused": False,
        "dossier-sets": 2,
        "opinion-agencies": ["Công an tỉnh", "Thuế tỉnh"],
    }
    assert {each.legal_basis for each in found.values()} == {"Quyết định 86/2025/QĐ-UBND"}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("dossier-due-cong-trang", "31/02", "Hãy ghi ngày/tháng"),
        ("dossier-due-cong-trang", "tháng mười hai", "Hãy ghi ngày/tháng"),
        ("posting-days", "5", "từ 10 trở lên"),
        ("cstdcs-cap", "150", "không được quá 100"),
        ("dossier-sets", "hai", "số nguyên"),
        ("opinion-agencies", "  ", "ít nhất một dòng"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    standing: Client, world: World, key: str, value: str, words: str
) -> None:
    assert words in text(set_by_page(standing, world, key, value))
    assert not CouncilRule.objects.exists()


def test_a_setting_without_a_legal_basis_is_refused_by_page_and_by_verb(standing: Client, world: World) -> None:
    assert "Hãy điền mục này" in text(set_by_page(standing, world, "dossier-sets", "2", legal_basis=""))
    with pytest.raises(TransitionRefused, match="Hãy ghi căn cứ"):
        set_rule(
            world.council,
            "dossier-sets",
            value=2,
            legal_basis=" ",
            valid_from=None,
            valid_to=None,
            note="",
            actor=world.person("standing"),
        )


def test_two_values_of_one_setting_never_hold_on_one_day(standing: Client, world: World) -> None:
    set_by_page(standing, world, "dossier-sets", "2", valid_to="14/12/2025")
    refused = text(set_by_page(standing, world, "dossier-sets", "3", valid_from="14/12/2025"))
    set_by_page(standing, world, "dossier-sets", "3", valid_from="15/12/2025")
    values = [rule_value(world.council, "dossier-sets", day) for day in (date(2025, 12, 14), date(2025, 12, 15))]

    assert "Đã có giá trị" in refused
    assert [each.value for each in values if each] == [2, 3]


def test_a_value_taken_back_leaves_the_setting_unset_and_the_history_told(standing: Client, world: World) -> None:
    set_by_page(standing, world, "dossier-sets", "2")
    row = CouncilRule.objects.get()
    standing.post(f"{ROOT}quy-dinh-tinh/gia-tri/{row.pk}/xoa/", {"reason": "ghi nhầm"})
    history = text(standing.get(f"{ROOT}quy-dinh-tinh/{world.council.pk}/lich-su/"))

    assert rule_value(world.council, "dossier-sets", date(2026, 1, 1)) is None
    assert "ghi nhầm" in history
    assert "Xóa quy định của tỉnh: Số bộ hồ sơ giấy" in history


def test_a_stale_setting_is_told_and_not_overwritten(standing: Client, world: World) -> None:
    set_by_page(standing, world, "dossier-sets", "2")
    row = CouncilRule.objects.get()
    url = f"{ROOT}quy-dinh-tinh/gia-tri/{row.pk}/sua/"
    given = {"legal_basis": "QĐ 1", "valid_from": "", "valid_to": "", "note": "", "seen": "1"}
    standing.post(url, given | {"value": "4"})
    told = text(standing.post(url, given | {"value": "5"}))
    row.refresh_from_db()

    assert "đang lưu «4»" in told
    assert row.value == 4


def test_deadlines_follow_the_category_the_sector_and_the_year(standing: Client, world: World) -> None:
    set_by_page(standing, world, "dossier-due-cong-trang", "09/12")
    set_by_page(standing, world, "dossier-due-giao-duc", "09/07")
    set_by_page(standing, world, "registration-due", "31/01")
    on = date(2026, 1, 5)
    merit = dossier_deadline(world.council, category="cong-trang", year=2026, on=on)
    nobody = dossier_deadline(world.council, category="cong-trang", year=2026, on=on, agency=world.sgddt)
    set_by_page(standing, world, "education-agencies", "so giao duc và đào tạo")
    office = AgencyFactory(council=world.council, name="Trường Trung học", parent=world.sgddt)
    school, office_s, other = (
        dossier_deadline(world.council, category="cong-trang", year=2026, on=on, agency=agency)
        for agency in (world.sgddt, office, world.syt)
    )

    assert merit
    assert merit.day == date(2026, 12, 9)
    assert school
    assert school.day == date(2026, 7, 9)
    assert (office_s, other, nobody) == (school, merit, merit)
    assert dossier_deadline(world.council, category="dot-xuat", year=2026, on=on) is None
    found = registration_deadline(world.council, 2026, on)
    assert found
    assert found.day == date(2026, 1, 31)


def test_an_unknown_key_is_a_fault_of_the_program(world: World) -> None:
    assert "khong-co" not in BY_KEY
    with pytest.raises(KeyError):
        rule_value(world.council, "khong-co", date(2026, 1, 1))


def test_another_councils_settings_do_not_exist_for_this_person(standing: Client, world: World) -> None:
    other = CouncilFactory(province="Tỉnh khác")

    assert standing.get(f"{ROOT}quy-dinh-tinh/{other.pk}/").status_code == 404


def test_a_day_off_is_added_and_removed_with_a_trace(standing: Client) -> None:
    url = f"{ROOT}ngay-nghi/"
    answer = standing.post(url, {"day": "08/02/2027", "name": "Tết Nguyên đán"})
    row = Holiday.objects.get(day=date(2027, 2, 8))
    standing.post(f"{url}{row.pk}/xoa/", {"reason": "lịch khác"})

    assert answer["Location"] == f"{url}?nam=2027"
    assert not Holiday.objects.filter(day=date(2027, 2, 8)).exists()
    assert AuditEntry.objects.get(action="Xóa ngày nghỉ, ngày làm bù").reason == "lịch khác"


def test_a_week_day_cannot_be_worked_in_exchange_and_a_day_stands_once(standing: Client) -> None:
    url = f"{ROOT}ngay-nghi/"
    weekday = text(standing.post(url, {"day": "09/02/2027", "name": "Làm bù", "works": "on"}))
    twice = text(standing.post(url, {"day": "01/01/2027", "name": "Tết"}))

    assert "phải là Thứ Bảy hoặc Chủ nhật" in weekday
    assert "đã có trong lịch" in twice


def test_a_year_whose_days_off_are_not_all_known_is_told(standing: Client) -> None:
    assert "chưa đủ 11 ngày nghỉ" in text(standing.get(f"{ROOT}ngay-nghi/", {"nam": "2027"}))
    assert "chưa đủ 11 ngày nghỉ" not in text(standing.get(f"{ROOT}ngay-nghi/", {"nam": "2026"}))
    assert standing.get(f"{ROOT}ngay-nghi/", {"nam": "99999999"}).status_code == 200


def test_an_officer_reads_and_is_offered_nothing_to_write(client: Client, world: World) -> None:
    client.force_login(world.person("officer"))
    pages = (ROOT, f"{ROOT}hinh-thuc/cstd-tinh/", f"{ROOT}dung-chung/", f"{ROOT}luat-2026/", f"{ROOT}ngay-nghi/")
    for address in (*pages, f"{ROOT}quy-dinh-tinh/{world.council.pk}/"):
        page = text(client.get(address))
        assert "/sua/" not in page
        assert "/them/" not in page
        assert "/xoa/" not in page
