"""The fund of a year: planned, spent, bound, left; unknown stays unknown; spendings with their history."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.domain.money.fund import Fund, fund_of
from council.domain.money.fund_writing import add_spending, remove_spending, set_plan
from council.domain.money.paying import pay
from council.forms.money import DongField
from council.models import Decision, FundSpending, FundYear
from tests.council_decisions_world import DRAFT, chair, empty_draft, issued
from tests.world import World

pytestmark = [pytest.mark.django_db]
BK, BK_2025 = 3_800_000, 3_510_000  # 1,5 × 2.530.000 and 1,5 × 2.340.000
MOVEMENT: dict[str, Any] = {
    "kind": "movement",
    "spent_on": date(2026, 6, 1),
    "amount": 30_000_000,
    "content": "Hội nghị sơ kết phong trào",
    "document": "UNC 7",
}
TYPED = MOVEMENT | {"spent_on": "01/06/2026", "amount": "30.000.000"}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def standing(world: World) -> User:
    return world.person("standing")


@pytest.fixture
def clerk(client: Client, world: World) -> Client:
    client.force_login(world.person("standing"))
    return client


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def fund(world: World, year: int = 2026) -> Fund:
    return fund_of(world.person("standing"), world.council.pk, year)


def pay_all(world: World, decision: Decision, on: date) -> None:
    keys = list(decision.lines.values_list("pk", flat=True))
    pay(keys, paid_on=on, note="UNC 1", actor=world.person("standing"))


def plan(world: World, planned: int | None = 100_000_000, year: int = 2026) -> FundYear:
    fields = {"planned": planned, "basis": "QĐ 12/QĐ-UBND ngày 05/01/2026", "note": ""}
    return set_plan(world.council, year, fields=fields, actor=world.person("standing"))


def test_the_year_of_payment_counts_and_what_waits_is_carried(world: World) -> None:
    old = issued(world, empty_draft(world, "Người cũ", year=2025), on=date(2025, 12, 20))
    older = issued(world, empty_draft(world, "Người cũ hơn", "Người nữa", year=2025), on=date(2025, 11, 1))
    pay_all(world, old, date(2026, 1, 10))
    issued(world, empty_draft(world, "Người mới"))
    plan(world)

    now, before = fund(world, 2026), fund(world, 2025)

    assert (now.rewards, now.bound, now.carried) == (BK_2025, BK, 2 * BK_2025)
    assert (before.rewards, before.bound, before.carried) == (0, 2 * BK_2025, 0)
    assert (now.left, now.free) == (100_000_000 - BK_2025, 100_000_000 - BK - 3 * BK_2025)
    assert older.lines.count() == 2
    assert fund(world, 2027).carried == BK + 2 * BK_2025


def test_an_unknown_plan_has_no_remainder(world: World, clerk: Client) -> None:
    pay_all(world, issued(world, empty_draft(world, "Người mới")), date(2026, 11, 21))

    found = fund(world)

    assert (found.planned, found.left, found.free, found.movement_share) == (None, None, None, None)
    page = text(clerk.get(reverse("council:fund", args=[2026])))
    assert "chưa nhập dự toán nên chưa tính được" in page
    rows = list(load_workbook(BytesIO(clerk.get(reverse("council:fund-table", args=[2026])).content)).active.values)
    assert ("Dự toán được giao", "chưa xác định", "chưa nhập dự toán") in rows
    assert ("Đã chi", BK, None) in rows


def test_a_plan_of_zero_is_a_plan(world: World) -> None:
    plan(world, planned=0)

    assert (fund(world).planned, fund(world).left) == (0, 0)


def test_spendings_are_counted_by_kind_and_the_share_of_movements_is_told(world: World, standing: User) -> None:
    plan(world)
    add_spending(world.council, 2026, fields=MOVEMENT, actor=standing)
    add_spending(world.council, 2026, fields=MOVEMENT | {"kind": "items", "amount": 1_000_000}, actor=standing)

    found = fund(world)

    assert (found.spendings, found.spent, found.left) == (
        {"movement": 30_000_000, "items": 1_000_000},
        31_000_000,
        69_000_000,
    )
    assert found.movement_share == 20_000_000


def test_the_page_names_the_article_and_says_what_is_beyond_it(world: World, standing: User, clerk: Client) -> None:
    plan(world)
    add_spending(world.council, 2026, fields=MOVEMENT, actor=standing)

    page = text(clerk.get(reverse("council:fund", args=[2026])))

    assert "20.000.000 đồng (Nghị định số 152/2025/NĐ-CP, Điều 48 khoản 1 điểm a); đã chi vượt mức này" in page


def test_an_agency_that_decides_pays_from_its_own_fund_and_the_state_is_told_apart(world: World) -> None:
    agency = chair(world, kind="agency", name="Giám đốc Sở Y tế", symbol="QĐ-SYT", agency=world.syt)
    state = chair(world, kind="state", name="Chủ tịch nước", symbol="QĐ-CTN")
    for issuer, name in ((agency, "Người của sở"), (state, "Người được Nhà nước khen")):
        draft = empty_draft(world, name)
        Decision.objects.filter(pk=draft.pk).update(issuer=issuer, symbol=issuer.symbol)
        draft.refresh_from_db()
        pay_all(world, issued(world, draft), date(2026, 11, 21))

    found = fund(world)

    assert (found.rewards, found.state_rewards) == (BK, BK)
    assert DRAFT["year"] == 2026


def test_what_was_paid_and_revoked_is_spent_and_due_back(world: World, clerk: Client) -> None:
    made = issued(world, empty_draft(world, "Người bị hủy", "Người còn"))
    pay_all(world, made, date(2026, 11, 21))
    given = {"issuer": chair(world), "reason": "Khai man.", "actor": world.person("standing")}
    revocation = draft_later(made, kind="revocation", lines=made.lines.filter(name="Người bị hủy"), **given)
    issue(revocation, actor=world.person("standing"), issued_on=date(2026, 11, 22))

    found = fund(world)

    assert (found.rewards, found.due_back) == (2 * BK, BK)
    assert "3.800.000 đồng phải thu hồi" in text(clerk.get(reverse("council:fund", args=[2026])))


def test_a_plan_is_written_with_its_paper_and_may_become_unknown_again(world: World, clerk: Client) -> None:
    url = reverse("council:fund-plan", args=[2026])
    typed = {"planned": "1.500.000.000", "basis": "", "base": clerk.get(url).context["form"]["base"].value()}

    assert "Hãy ghi văn bản giao dự toán" in text(clerk.post(url, typed))
    clerk.post(url, typed | {"basis": "QĐ 12/QĐ-UBND"})
    assert FundYear.objects.get().planned == 1_500_000_000
    base = clerk.get(url).context["form"]["base"].value()
    assert clerk.get(url).context["form"]["planned"].value() == "1.500.000.000"
    clerk.post(url, {"planned": "", "basis": "", "base": base})

    assert FundYear.objects.get().planned is None
    assert [entry.action for entry in entries_of(FundYear.objects.get())] == ["Ghi dự toán", "Ghi dự toán"]
    history = text(clerk.get(reverse("accounts:history", args=["council.fundyear", FundYear.objects.get().pk])))
    assert "1.500.000.000" in history


def test_two_clerks_on_one_plan_see_both_amounts(world: World, clerk: Client) -> None:
    plan(world)
    url = reverse("council:fund-plan", args=[2026])
    sent = {"basis": "QĐ 12/QĐ-UBND ngày 05/01/2026", "base": clerk.get(url).context["form"]["base"].value()}
    clerk.post(url, sent | {"planned": "110.000.000"})

    answer = clerk.post(url, sent | {"planned": "120.000.000"})

    assert answer.status_code == 409
    assert "«110000000»" in text(answer)
    assert "120.000.000" in text(answer)
    assert FundYear.objects.get().planned == 110_000_000


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"spent_on": "01/06/2025"}, "không thuộc năm 2026"),
        ({"spent_on": "31/12/2026"}, "không được ở tương lai"),
        ({"amount": "0"}, "Giá trị phải từ 1 trở lên"),
        ({"amount": "1,5"}, "Hãy ghi số tiền bằng đồng"),
        ({"content": ""}, "Hãy điền mục này"),
        ({"kind": "khac"}, "Lựa chọn này không còn"),
    ],
)
def test_wrong_spendings_are_refused_and_keep_what_was_typed(
    clerk: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = clerk.post(reverse("council:spending-new", args=[2026]), TYPED | typed)

    assert sentence in text(answer)
    assert "UNC 7" in text(answer)
    assert not FundSpending.objects.exists()


def test_a_spending_is_added_once_changed_and_removed_with_its_history(world: World, clerk: Client) -> None:
    new = reverse("council:spending-new", args=[2026])
    clerk.post(new, TYPED)
    assert "bấm hai lần" in text(clerk.post(new, TYPED))
    row = FundSpending.objects.get()
    edit = reverse("council:spending-edit", args=[row.pk])
    form = clerk.get(edit).context["form"]
    assert form["amount"].value() == "30.000.000"

    clerk.post(edit, TYPED | {"amount": "31000000", "base": form["base"].value()})
    assert FundSpending.objects.get().amount == 31_000_000
    remove = reverse("council:spending-remove", args=[row.pk])
    assert "Hội nghị sơ kết phong trào" in text(clerk.get(remove))
    clerk.post(remove, {"reason": "Ghi nhầm quỹ"})

    assert not FundSpending.objects.exists()
    entries = list(entries_of(FundYear.objects.get()).values_list("action", "reason"))
    assert entries == [
        ("Xóa khoản chi: Hội nghị sơ kết phong trào", "Ghi nhầm quỹ"),
        ("Sửa khoản chi: Hội nghị sơ kết phong trào", ""),
        ("Thêm khoản chi: Hội nghị sơ kết phong trào", ""),
    ]
    assert clerk.post(remove).status_code == 404


def test_spendings_are_found_without_accents_and_exported(world: World, standing: User, clerk: Client) -> None:
    add_spending(world.council, 2026, fields=MOVEMENT, actor=standing)
    add_spending(world.council, 2026, fields=MOVEMENT | {"kind": "items", "content": "In phôi bằng"}, actor=standing)
    url = reverse("council:fund", args=[2026])

    def found(**query: str) -> list[str]:
        return [row.content for row in clerk.get(url, query).context["listing"].page]

    assert found(q="phoi bang") == ["In phôi bằng"]
    assert found(khoan="movement") == ["Hội nghị sơ kết phong trào"]
    assert found(q="khong co") == []
    book = load_workbook(BytesIO(clerk.get(url, {"xuat": "xlsx"}).content))
    assert [row[4] for row in book.active.values] == ["Số tiền (đồng)", 30_000_000, 30_000_000]


def test_every_year_is_listed_and_exported(world: World, clerk: Client) -> None:
    plan(world, planned=None, year=2024)
    issued(world, empty_draft(world, "Người mới"))

    page = clerk.get(reverse("council:funds"))

    assert [fund.year for fund in page.context["funds"]] == [2026, 2024]
    rows = list(load_workbook(BytesIO(clerk.get(reverse("council:funds"), {"xuat": "xlsx"}).content)).active.values)
    assert rows[1:] == [
        (2026, "chưa nhập dự toán", 0, 0, BK, "chưa nhập dự toán"),
        (2024, "chưa nhập dự toán", 0, 0, 0, "chưa nhập dự toán"),
    ]


def test_years_far_away_do_not_exist(clerk: Client) -> None:
    assert [clerk.get(f"/hoi-dong/quy/{year}/").status_code for year in (1999, 2101, 99999)] == [404] * 3


@pytest.mark.parametrize("persona", ["officer", "council_member", "administrator"])
def test_the_history_of_the_fund_is_the_standing_bodys(client: Client, world: World, persona: str) -> None:
    row = plan(world)
    client.force_login(world.person(persona))

    assert client.get(reverse("accounts:history", args=["council.fundyear", row.pk])).status_code == 404
    assert client.get(reverse("council:fund", args=[2026])).status_code == 403


def test_as_many_queries_for_three_spendings_as_for_one(world: World, standing: User, clerk: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            clerk.get(reverse("council:fund", args=[2026]))
        return len(queries)

    add_spending(world.council, 2026, fields=MOVEMENT, actor=standing)
    one = asked()
    for number in range(2):
        add_spending(world.council, 2026, fields=MOVEMENT | {"content": f"Khoản {number}"}, actor=standing)

    assert asked() == one == 11


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12.500.000", 12_500_000), ("500.000", 500_000), ("1 200 000", 1_200_000), ("7", 7), ("", None)],
)
def test_amounts_are_read_as_offices_write_them(typed: str, read: int | None) -> None:
    assert DongField(required=False).clean(typed) == read


def test_a_spending_of_a_removed_row_says_so(world: World, standing: User) -> None:
    row = add_spending(world.council, 2026, fields=MOVEMENT, actor=standing)
    FundSpending.objects.filter(pk=row.pk).delete()

    with pytest.raises(TransitionRefused, match="có người vừa xóa"):
        remove_spending(row, reason="", actor=standing)
