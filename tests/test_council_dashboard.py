"""Toàn cảnh khen thưởng: each figure is that of the register behind it, and what nobody knows is not a zero."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from awards.law.money import dong
from awards.models import AwardRecord, Nomination
from council.domain.dashboard.agencies import ENDS
from council.domain.dashboard.facts import PROFILES, profile_of
from council.domain.dashboard.page import Dashboard, councils_of, dashboard_of
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.domain.register.reading import register_of
from council.filters_dashboard import DashboardFilter
from council.filters_register import RegisterFilter
from council.models import Decision, DecisionLine
from tests.appraisal_world import sent_dossier
from tests.awards_world import SubjectFactory, award, record
from tests.council_decisions_world import DAY, chair, empty_draft, issued
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    CouncilFactory,
    CouncilMemberFactory,
    UserFactory,
)
from tests.world import World

pytestmark = [pytest.mark.django_db]
PAGE = "council:dashboard"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


def entered(world: World, code: str = "bk-tinh", year: int = 2026, **subject: Any) -> AwardRecord:
    """A line of the register that somebody typed; ``subject`` may hold fields of the record as ``record``."""
    of_record = subject.pop("record", {})
    values = {"agency": world.syt, "council": world.council, "kind": "individual"} | subject
    return record(SubjectFactory(**values), code, year, **of_record)


def found_by(world: World, name: str = "standing", **query: str) -> Dashboard:
    user = world.person(name)
    asked = QueryDict(mutable=True)
    asked.update(query)
    chosen = DashboardFilter(asked, register_of(user), councils=list(councils_of(user)))
    return dashboard_of(chosen.qs, user, chosen.asked)


def page(client: Client, world: World, name: str = "standing", **query: str) -> str:
    client.force_login(world.person(name))
    return client.get(reverse(PAGE), query).content.decode()


def now(found: Any) -> dict[str, int]:
    return {each.label: each.now for each in found.figures if each.now}


def varied(world: World) -> None:
    """Awards of two years, every kind of recipient, with and without what a record should tell."""
    entered(world, "bk-thu-tuong", group="truc-tiep", field="Y tế")
    entered(world, "bk-tinh", group="truc-tiep", field="Y tế", agency=world.stttt)
    entered(world, "bk-tinh", group="lanh-dao-so", field="Quản lý nhà nước", record={"category": "dot-xuat"})
    entered(world, "bk-tinh", field="")
    entered(world, "co-tinh", kind="collective", group="tap-the", agency=world.stttt)
    entered(world, "bk-tinh", kind="collective", group="doanh-nghiep", agency=None)
    entered(world, "bk-tinh", kind="collective", group="")
    entered(world, "bk-tinh", kind="household", group="ho-gia-dinh")
    entered(world, "cstd-co-so", 2025, group="truc-tiep")
    entered(world, "bk-tinh", group="truc-tiep", record={"revoked_on": DAY})


def test_every_breakdown_adds_up_to_the_total_and_nothing_is_lost(world: World) -> None:
    varied(world)

    found = found_by(world, nam="2026")

    assert (found.total, found.before, found.revoked, found.change) == (8, 1, 1, "tăng 7")
    for part in found.breakdowns:
        people = part.key == "truc-tiep"
        assert part.sums == (None, None, None, 1, 4 if people else 8), part.key
    assert now(found.levels) == {"Cấp Nhà nước": 1, "Cấp bộ, ban, ngành, tỉnh": 7}
    assert now(found.kinds) == {
        "Cá nhân": 4,
        "Tập thể (không kể doanh nghiệp)": 1,
        "Doanh nghiệp, tổ chức kinh tế": 1,
        "Chưa rõ (tập thể chưa phân loại)": 1,
        "Hộ gia đình": 1,
    }
    assert (found.worth.workers, found.worth.classified, found.worth.unsure, found.worth.share) == (2, 3, 1, "66,7%")
    assert now(found.fields) == {"Y tế": 2, "Quản lý nhà nước": 1, "Chưa rõ lĩnh vực": 5}
    assert now(found.categories) == {"Khen thưởng công trạng": 7, "Khen thưởng đột xuất": 1}
    assert now(found.agencies.breakdown) == {
        "Sở Y tế": 5,
        "Sở Thông tin và Truyền thông": 2,
        "Chưa rõ đơn vị": 1,
    }


NUMBER = re.compile(r'<a href="(/hoi-dong/so-khen-thuong/\?[^"]+)">(\d+)</a>')


@pytest.mark.parametrize("name", ["standing", "council_member"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"nam": "2025"},
        {"theo": "quyet-dinh"},
        {"cap": "province"},
        {"nhom": "certificate", "khoi": "bloc"},
        {"don_vi": "agency"},
    ],
)
def test_each_number_leads_to_as_many_rows_of_the_register(
    client: Client, world: World, query: dict[str, str], name: str
) -> None:
    varied(world)
    entered(world, record={"decided_on": date(2025, 3, 1)})
    AwardRecord.objects.filter(pk=entered(world).pk).update(decided_on=None)
    draft = empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An")
    draft.lines.update(group="truc-tiep", field="Khám & chữa bệnh")
    issued(world, draft)
    world.year.year = 2026
    world.year.save(update_fields=["year"])
    keys = {"bloc": str(world.year.bloc_id), "agency": str(world.syt.pk)}

    shown = page(client, world, name, **{key: keys.get(value, value) for key, value in query.items()})

    numbers = set(NUMBER.findall(shown))
    assert len(numbers) >= 4 or query == {"nam": "2025"}
    user = world.person(name)
    for address, number in numbers:
        asked = QueryDict(urlsplit(unescape(address)).query)
        assert RegisterFilter(asked, queryset=register_of(user)).qs.count() == int(number), address


def test_the_register_opens_with_the_rows_of_a_number(client: Client, world: World) -> None:
    varied(world)

    numbers = dict(NUMBER.findall(page(client, world, nam="2026")))
    address = next(each for each in numbers if "nam=2026" in each and "dien=truc-tiep" in each)

    assert re.search(r"2 kết quả theo điều kiện lọc", client.get(unescape(address)).content.decode())


@pytest.mark.parametrize(
    ("kind", "group", "key"),
    [
        ("individual", "truc-tiep", "truc-tiep"),
        ("individual", "", "ca-nhan-chua-ro"),
        ("individual", "doanh-nghiep", "ca-nhan-chua-ro"),
        ("collective", "doanh-nghiep", "doanh-nghiep"),
        ("collective", "truc-tiep", "tap-the-chua-ro"),
        ("household", "", "ho-gia-dinh"),
        ("household", "tap-the", "ho-gia-dinh"),
    ],
)
def test_the_kind_of_a_recipient_is_told_by_kind_and_classification(kind: str, group: str, key: str) -> None:
    assert profile_of(kind, group) == key


def test_profiles_have_keys_of_their_own() -> None:
    assert len(PROFILES) == 10


def follow_up(world: World, decision: Decision, kind: str, line: DecisionLine, **fields: str) -> None:
    actor = world.person("standing")
    made = draft_later(decision, lines=[line], kind=kind, issuer=chair(world), reason="Ghi sai.", actor=actor)
    made.lines.update(**fields)
    issue(made, actor=actor, issued_on=DAY)


def test_a_corrected_line_counts_as_it_reads_now_and_a_revoked_one_not_at_all(world: World) -> None:
    draft = empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An", "Lê Văn Ba")
    draft.lines.update(group="truc-tiep", field="Y tế")
    decision = issued(world, draft)
    first, second, _ = decision.lines.order_by("pk")
    follow_up(world, decision, "correction", first, group="lanh-dao-so", field="Tài chính")
    follow_up(world, decision, "revocation", second)

    found = found_by(world)

    assert (found.total, found.revoked) == (2, 1)
    assert now(found.people) == {
        "Người trực tiếp công tác, lao động, học tập": 1,
        "Lãnh đạo cấp vụ, cấp sở và tương đương": 1,
    }
    assert now(found.fields) == {"Y tế": 1, "Tài chính": 1}


def test_what_the_decision_leaves_open_is_read_from_the_card(world: World) -> None:
    draft = empty_draft(world, "Trần Văn Bảy")
    draft.lines.update(group="", field="")
    line = issued(world, draft).lines.get()
    type(line.subject).objects.filter(pk=line.subject_id).update(group="truc-tiep", field="Y tế")

    found = found_by(world)

    assert found.worth.workers == 1
    assert now(found.fields) == {"Y tế": 1}


def test_a_year_without_any_line_is_unknown_and_a_year_without_such_awards_is_zero(
    client: Client, world: World
) -> None:
    entered(world, "bk-tinh", 2024)
    entered(world, "cstd-co-so", 2026)

    found = found_by(world, nam="2026", cap="base")
    shown = page(client, world, nam="2026", cap="base")

    assert found.levels.sums == (None, None, 0, None, 1)
    assert (found.total, found.before, found.change) == (1, None, "")
    assert '<td class="num earlier">–</td>' in shown
    assert '<td class="num earlier">0</td>' in shown
    assert "Dấu ? là chưa có số liệu." in shown


def test_an_empty_register_has_no_figures_but_says_so(client: Client, world: World) -> None:
    shown = page(client, world)

    assert "Toàn cảnh khen thưởng năm 2026" in shown
    assert shown.count(">Chưa có số liệu</text>") == 7
    assert "<dd>chưa có số liệu</dd>" in shown
    assert not NUMBER.findall(shown)


def test_the_page_opens_at_the_last_year_with_awards_and_bears_any_query(client: Client, world: World) -> None:
    entered(world, year=2024)

    assert found_by(world).asked.year == 2024
    for query in (
        {"nam": "abc"},
        {"nam": "1"},
        {"nam": "²"},
        {"theo": "x", "cap": "y", "nhom": "z", "khoi": "-1", "don_vi": "0"},
        {"khoi": "99999999999999999999", "hoi_dong": "²"},
    ):
        assert "Toàn cảnh khen thưởng năm 2024" in page(client, world, **query)


@pytest.mark.parametrize(
    "query",
    [
        {"khoi": "²"},
        {"khoi": "99999999999999999999"},
        {"hoi_dong": "x"},
        {"nam_qd": "²"},
        {"nam_qd": "0000"},
        {"nam_qd": "99999"},
        {"dien": "x"},
        {"linh_vuc": "%" * 300},
    ],
)
def test_the_register_bears_any_hand_made_address(client: Client, world: World, query: dict[str, str]) -> None:
    entered(world)
    client.force_login(world.person("standing"))

    assert client.get(reverse("council:register"), query).status_code == 200


def test_the_register_shows_filters_of_the_dashboard_only_where_asked_for(client: Client, world: World) -> None:
    entered(world, field="Y tế")
    client.force_login(world.person("standing"))

    plain = client.get(reverse("council:register")).content.decode()
    narrowed = client.get(reverse("council:register"), {"linh_vuc": "Y tế", "dien": "ca-nhan-chua-ro"}).content.decode()

    assert 'name="linh_vuc"' not in plain
    assert '<option selected value="Y tế">Y tế</option>' in narrowed.replace(
        'value="Y tế" selected', 'selected value="Y tế"'
    )
    assert 'name="dien"' in narrowed


def test_counting_by_day_of_decision_tells_what_has_no_day(client: Client, world: World) -> None:
    entered(world, year=2025, record={"decided_on": date(2026, 1, 15)})
    AwardRecord.objects.filter(pk=entered(world, year=2025).pk).update(decided_on=None)

    found = found_by(world, theo="quyet-dinh", nam="2026")

    assert (found.total, found.undated) == (1, 1)
    assert found_by(world, nam="2025").total == 2
    rows = page(client, world, theo="quyet-dinh", nam="2026")
    assert "Chưa rõ ngày quyết định, không tính vào năm nào" in rows
    assert ">1 kết quả" in client.get(found.undated_url).content.decode().replace("\n", "")


def test_agencies_without_awards_are_those_in_force_in_the_year_by_name(world: World) -> None:
    entered(world)
    AgencyFactory(council=world.council, code="cu", name="Sở Cũ", valid_to=date(2025, 12, 31))
    AgencyFactory(council=world.council, code="sap-co", name="Sở Sắp Có", valid_from=date(2027, 1, 1))
    AgencyFactory(council=world.council, code="moi", name="Sở Mới", valid_from=date(2026, 12, 31))
    AgencyFactory(council=CouncilFactory(province="Tỉnh Khác", name="Hội đồng tỉnh Khác"), name="Sở Tỉnh Khác")
    entered(world, agency=world.other, record={"revoked_on": DAY})

    assert [each.name for each in found_by(world).agencies.without] == [
        "Sở Giáo dục và Đào tạo",
        "Sở Lao động - Thương binh và Xã hội",
        "Sở Mới",
        "Sở Nội vụ",
        "Sở Thông tin và Truyền thông",
        "Sở Xây dựng",
    ]


def test_a_bloc_counts_its_members_of_the_year_of_the_achievement(world: World) -> None:
    bloc = str(world.year.bloc_id)  # Sở Y tế was a member in 2020, and in no other year
    entered(world, year=2020)
    entered(world, year=2021)
    entered(world, year=2020, agency=world.other)

    found = found_by(world, nam="2020", khoi=bloc)

    assert found.total == 1
    assert {each.name for each in found.agencies.without} == {
        "Sở Giáo dục và Đào tạo",
        "Sở Lao động - Thương binh và Xã hội",
        "Sở Thông tin và Truyền thông",
    }
    assert found_by(world, nam="2021", khoi=bloc).total == 0


def test_many_agencies_are_shown_from_both_ends(client: Client, world: World) -> None:
    for number in range(1, 2 * ENDS + 6):
        agency = AgencyFactory(council=world.council, code=f"so-{number}", name=f"Sở số {number:02d}")
        for _ in range(number):
            entered(world, agency=agency)

    agencies = found_by(world).agencies

    assert [each.now for each in agencies.top] == list(range(25, 15, -1))
    assert [each.now for each in agencies.bottom] == list(range(10, 0, -1))
    shown = page(client, world)
    assert "Ít nhất (trong số có khen thưởng)" in shown
    assert 'id="don-vi-it-title"' in shown


def test_what_was_proposed_is_the_standing_bodys(client: Client, world: World) -> None:
    dossier = sent_dossier(world, state="concluded", cases=4, year=2026)
    states = ["awarded", "ineligible", "failed", "passed"]
    for nomination, state in zip(dossier.nominations.order_by("pk"), states, strict=True):
        Nomination.objects.filter(pk=nomination.pk).update(state=state, award=award("bk-tinh"))
    draft = sent_dossier(world, state="draft", cases=2, year=2026)
    assert draft.nominations.count() == 2

    found = found_by(world, nam="2026").proposals
    assert found is not None
    assert (found.by_year[-1].total, found.by_year[-1].counts) == (4, [1, 2, 1])
    assert [(each.label, each.total) for each in found.by_award] == [(award("bk-tinh").name, 4)]
    assert found_by(world, nam="2026", cap="base").proposals.total == 0  # type: ignore[union-attr]
    assert found_by(world, "council_member").proposals is None
    assert "do cơ quan thường trực của Hội đồng theo dõi" in page(client, world, "council_member")


def test_members_read_issued_decisions_alone_and_no_money(client: Client, world: World) -> None:
    entered(world)
    decision = issued(world, empty_draft(world, "Trần Văn Bảy"))
    decision.lines.update(paid_on=DAY)
    amount = decision.lines.get().amount
    assert amount

    for_member, for_office = page(client, world, "council_member"), page(client, world)

    assert found_by(world, "council_member").total == 1
    assert found_by(world).total == 2
    assert f"{dong(amount)} / {dong(amount)} đồng; 1 trường hợp chưa rõ mức" in for_office
    assert dong(amount) not in for_member


def test_no_amount_known_is_not_told_as_zero(client: Client, world: World) -> None:
    entered(world)

    assert "0 đồng" not in page(client, world)
    assert found_by(world).money.fixed is None  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["officer", "leader", "secretary", "head_leader", "administrator", "stranger"])
def test_others_are_refused(client: Client, world: World, name: str) -> None:
    client.force_login(world.person(name))

    assert client.get(reverse(PAGE)).status_code == 403


def test_provinces_are_not_mixed(client: Client, world: World) -> None:
    far = CouncilFactory(province="Tỉnh Khác", name="Hội đồng tỉnh Khác")
    agency = AgencyFactory(council=far, name="Sở Nội vụ tỉnh Khác")
    far.standing_agency = agency
    far.save(update_fields=["standing_agency"])
    both = UserFactory(email="hai-tinh@example.vn")
    AppointmentFactory(user=both, agency=agency, duty="standing")
    CouncilMemberFactory(council=world.council, user=both)
    record(SubjectFactory(agency=agency, council=far), "bk-tinh", 2026)
    issued(world, empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An"))

    here = found_by(world, "hai-tinh", hoi_dong=str(world.council.pk))
    there = found_by(world, "hai-tinh", hoi_dong=str(far.pk))

    assert (here.total, there.total) == (2, 1)
    assert (here.proposals, here.money) == (None, None)
    client.force_login(both)
    for found in (here, there):
        assert f">{found.total} kết quả" in re.sub(r"\s*\n\s*", "", client.get(found.total_url).content.decode())
    assert found_by(world).total == 2


def test_the_file_holds_every_figure_and_what_was_asked(client: Client, world: World) -> None:
    varied(world)
    entered(world, field="=1+1")
    client.force_login(world.person("standing"))

    answer = client.get(reverse(PAGE), {"nam": "2026", "theo": "thanh-tich", "xuat": "xlsx"})

    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]
    assert rows[0] == ["Mục", "Chỉ tiêu", "2022", "2023", "2024", "2025", "2026"]
    assert rows[1][:2] == ["Điều kiện", "Năm: 2026"]
    assert ["Theo năm và cấp khen thưởng", "Cộng", None, None, None, 1, 9] in rows
    assert ["Theo lĩnh vực hoạt động", "=1+1", None, None, None, 0, 1] in rows
    assert any(row[:2] == ["Đơn vị chưa có khen thưởng trong năm", "Sở Nội vụ"] for row in rows)
    assert "toan-canh-khen-thuong-nam-2026.xlsx" in answer["Content-Disposition"]


def test_names_that_people_type_stay_text(client: Client, world: World) -> None:
    entered(world, field="<script>alert(1)</script>")

    shown = page(client, world)

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_register(
    client: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        entered(world, year=2026 - number, field=f"Lĩnh vực {number}", agency=AgencyFactory(council=world.council))
        issued(world, empty_draft(world, f"Người {number}"))
    sent_dossier(world, state="concluded", cases=count, year=2026)
    world.year.year = 2026
    world.year.save(update_fields=["year"])
    client.force_login(world.person("standing"))

    with django_assert_num_queries(18):
        client.get(reverse(PAGE))
    with django_assert_num_queries(19):
        client.get(reverse(PAGE), {"theo": "quyet-dinh"})
    with django_assert_num_queries(19):
        client.get(reverse(PAGE), {"khoi": str(world.year.bloc_id)})


def test_the_tab_is_shown_to_who_may_open_the_page(client: Client, world: World) -> None:
    for name, seen in (("standing", True), ("council_member", True), ("officer", False)):
        client.force_login(world.person(name))
        shown = client.get(reverse("council:register")).content.decode()
        assert (">Toàn cảnh</a>" in shown) is seen
