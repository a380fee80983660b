"""Chi tiền thưởng: who reads amounts, marking many paid, taking marks back, what was revoked comes back."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.domain.audit import entries_of, faults
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.models import RewardCoefficient, Subject
from council.domain.decisions.issuing import issue
from council.domain.decisions.later import draft_later
from council.domain.decisions.lines import add_lines, edit_line
from council.domain.money.paying import Changed, pay, stamp_of, unpay
from council.domain.money.reading import reward_lines, state_of, totals_of
from council.enums import PaymentState
from council.models import Decision, DecisionLine
from tests.awards_world import award
from tests.council_decisions_world import DAY, chair, empty_draft, issued
from tests.factories import AgencyFactory, AppointmentFactory, CouncilFactory, UserFactory
from tests.world import World

pytestmark = [pytest.mark.django_db]
PAID_ON = date(2026, 11, 21)
BK = 3_800_000  # Bằng khen of the province for a person in 2026: 1,5 × 2.530.000, rounded up


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-11-22 09:00+07:00", tick=False):
        yield


@pytest.fixture
def decided(world: World) -> Decision:
    return issued(world, empty_draft(world, "Trần Văn Bảy", "Đỗ Thị An", "Lê Văn Cường"))


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


def keys(decision: Decision) -> list[int]:
    return list(decision.lines.order_by("pk").values_list("pk", flat=True))


def line_of(name: str) -> DecisionLine:
    return DecisionLine.objects.get(name=name, decision__kind="award")


def unknown(world: World, name: str) -> DecisionLine:
    """A line whose amount is not known: the catalogue holds no coefficient on the day of issue."""
    RewardCoefficient.objects.filter(award__code="bk-tinh").delete()
    return issued(world, empty_draft(world, name)).lines.get()


def unpaid_title(world: World, name: str) -> DecisionLine:
    """A title below a higher one of the same year, which alone is paid (NĐ 152/2025, Điều 49 khoản 5)."""
    draft = empty_draft(world, name, code="cstd-tinh")
    subjects = Subject.objects.filter(pk__in=draft.lines.values("subject"))
    add_lines(draft, subjects=subjects, award=award("cstd-co-so"), actor=None)
    return issued(world, draft).lines.get(award__code="cstd-co-so")


def revoke(world: World, decision: Decision, *names: str) -> Decision:
    lines = decision.lines.filter(name__in=names)
    given = {"issuer": chair(world), "reason": "Khai man thành tích.", "actor": world.person("standing")}
    made = draft_later(decision, kind="revocation", lines=lines, **given)
    issue(made, actor=world.person("standing"), issued_on=date(2026, 11, 22))
    return made


def test_many_lines_are_marked_paid_at_once_and_audited(decided: Decision, standing: User) -> None:
    count = pay(keys(decided), paid_on=PAID_ON, note="UNC 125", actor=standing)

    assert count == 3
    assert set(decided.lines.values_list("paid_on", "paid_note", "amount")) == {(PAID_ON, "UNC 125", BK)}
    entry = entries_of(decided.lines.first()).first()
    assert (entry.action, entry.actor, entry.after) == (
        "Ghi đã chi tiền thưởng",
        standing,
        {"paid_on": "2026-11-21", "paid_note": "UNC 125"},
    )
    assert list(faults()) == []


def test_the_same_payment_sent_twice_is_written_once(decided: Decision, standing: User) -> None:
    pay(keys(decided), paid_on=PAID_ON, note="UNC 125", actor=standing)

    assert pay(keys(decided), paid_on=PAID_ON, note="UNC 125", actor=standing) == 0
    assert entries_of(decided.lines.first()).filter(action="Ghi đã chi tiền thưởng").count() == 1


def test_a_line_paid_otherwise_stops_all_and_names_who_paid(decided: Decision, standing: User) -> None:
    first = keys(decided)[0]
    pay([first], paid_on=PAID_ON, note="UNC 125", actor=standing)

    with pytest.raises(Changed, match=r"1 trường hợp đã được ghi chi .*Người standing ghi ngày chi 21/11/2026") as told:
        pay(keys(decided), paid_on=PAID_ON, note="UNC 126", actor=standing)

    assert told.value.keys == set(keys(decided)[1:])
    assert decided.lines.filter(paid_note="UNC 126").count() == 0


@pytest.mark.parametrize(
    ("day", "note", "sentence"),
    [
        (date(2026, 11, 23), "UNC 1", "không được ở tương lai"),
        (date(2026, 11, 19), "UNC 1", r"trước ngày ban hành của Quyết định 01/QĐ-UBND \(20/11/2026\)"),
        (PAID_ON, "  ", "Hãy ghi chứng từ chi"),
    ],
)
def test_wrong_days_and_no_voucher_are_refused(
    decided: Decision, standing: User, day: date, note: str, sentence: str
) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        pay(keys(decided), paid_on=day, note=note, actor=standing)

    assert decided.lines.filter(paid_on__isnull=False).count() == 0


def test_the_day_of_the_decision_and_today_are_taken(decided: Decision, standing: User) -> None:
    first, second, _ = keys(decided)

    assert pay([first], paid_on=DAY, note="a", actor=standing) == 1
    assert pay([second], paid_on=date(2026, 11, 22), note="b", actor=standing) == 1


def test_revoked_unknown_and_nothing_are_never_marked(world: World, decided: Decision, standing: User) -> None:
    revoke(world, decided, "Trần Văn Bảy")
    zero, blank = unpaid_title(world, "Đào Thị Không"), unknown(world, "Hồ Văn Mờ")

    for line, words in (
        (line_of("Trần Văn Bảy"), "đã bị hủy bỏ, không chi"),
        (zero, "không phải chi"),
        (blank, "chưa xác định mức"),
    ):
        with pytest.raises(Changed, match=words):
            pay([line.pk, line_of("Lê Văn Cường").pk], paid_on=date(2026, 11, 22), note="UNC 1", actor=standing)
    assert DecisionLine.objects.filter(paid_on__isnull=False).count() == 0


def test_a_line_paid_and_then_revoked_is_due_back_until_it_is_said_to_be_back(
    world: World, decided: Decision, standing: User
) -> None:
    pay(keys(decided), paid_on=PAID_ON, note="UNC 125", actor=standing)
    revoke(world, decided, "Trần Văn Bảy")
    line = line_of("Trần Văn Bảy")
    assert state_of(line) == PaymentState.DUE_BACK

    unpay([line.pk], seen=stamp_of([line]), reason="Nộp lại ngày 22/11/2026, PT 9", actor=standing)

    line.refresh_from_db()
    assert state_of(line) == PaymentState.REVOKED
    entry = entries_of(line).first()
    assert (entry.action, entry.reason) == ("Ghi đã thu hồi tiền thưởng", "Nộp lại ngày 22/11/2026, PT 9")
    assert entry.before == {"paid_on": "2026-11-21", "paid_note": "UNC 125"}


def test_a_mark_is_taken_back_with_a_reason_only_and_twice_is_once(decided: Decision, standing: User) -> None:
    pay(keys(decided), paid_on=PAID_ON, note="UNC 125", actor=standing)
    seen = stamp_of(list(decided.lines.all()))
    with pytest.raises(TransitionRefused, match="Hãy ghi lý do"):
        unpay(keys(decided), seen=seen, reason=" ", actor=standing)

    assert unpay(keys(decided), seen=seen, reason="Ghi nhầm số", actor=standing) == 3
    assert unpay(keys(decided), seen=seen, reason="Ghi nhầm số", actor=standing) == 0
    assert {state_of(line) for line in decided.lines.all()} == {PaymentState.WAITING}


def test_a_mark_that_was_set_anew_meanwhile_is_not_taken_back(decided: Decision, standing: User) -> None:
    pay(keys(decided), paid_on=PAID_ON, note="UNC 125", actor=standing)
    old = stamp_of(list(decided.lines.all()))
    unpay(keys(decided), seen=old, reason="Ghi nhầm", actor=standing)
    pay(keys(decided), paid_on=PAID_ON, note="UNC 126", actor=standing)

    with pytest.raises(Changed, match="Chưa thay đổi gì"):
        unpay(keys(decided), seen=old, reason="Ghi nhầm", actor=standing)

    assert set(decided.lines.values_list("paid_note", flat=True)) == {"UNC 126"}


def test_nobody_pays_for_another_council(decided: Decision) -> None:
    foreign = CouncilFactory(province="Tỉnh Khác")
    agency = AgencyFactory(council=foreign, code="snv-khac", name="Sở Nội vụ tỉnh Khác")
    foreign.standing_agency = agency
    foreign.save(update_fields=["standing_agency"])
    clerk = UserFactory(email="khac@example.vn")
    AppointmentFactory(user=clerk, agency=agency, duty="standing")

    assert not reward_lines(clerk).exists()
    with pytest.raises(PermissionDenied):
        pay(keys(decided), paid_on=PAID_ON, note="UNC 1", actor=clerk)


def test_totals_count_known_amounts_and_say_how_many_are_unknown(
    world: World, decided: Decision, standing: User, clerk: Client
) -> None:
    pay(keys(decided)[:1], paid_on=PAID_ON, note="UNC 1", actor=standing)
    unknown(world, "Hồ Văn Mờ")

    found = {each.state: (each.count, each.amount) for each in totals_of(reward_lines(standing))}

    assert found == {"waiting": (2, 2 * BK), "paid": (1, BK), "unknown": (1, 0)}
    page = text(clerk.get(reverse("council:money")))
    assert "Chưa chi: 2 trường hợp, 7.600.000 đồng" in page
    assert "Chưa xác định mức: 1 trường hợp, chưa tính vào tổng số nào" in page


def found(clerk: Client, **query: Any) -> list[str]:
    return sorted(line.name for line in clerk.get(reverse("council:money"), query).context["listing"].page)


def test_lines_are_found_by_one_box_and_filters(world: World, decided: Decision, standing: User, clerk: Client) -> None:
    other = issued(world, empty_draft(world, "Phạm Văn Hai", code="cstd-tinh"), number=214)
    pay([line_of("Đỗ Thị An").pk], paid_on=PAID_ON, note="UNC 777", actor=standing)

    assert found(clerk, q="do thi an") == ["Đỗ Thị An"]
    assert found(clerk, q="unc 777") == ["Đỗ Thị An"]
    assert found(clerk, q="214") == ["Phạm Văn Hai"]
    assert found(clerk, q="cuong hai") == []
    assert found(clerk, tinh_trang="paid", nam_chi="2026") == ["Đỗ Thị An"]
    assert found(clerk, quyet_dinh=other.pk) == ["Phạm Văn Hai"]
    assert found(clerk, hinh_thuc="cstd-tinh", don_vi=world.syt.pk, nam="2026", nguon="quy") == ["Phạm Văn Hai"]
    assert found(clerk, nguon="rieng") == []


def test_the_newest_decision_comes_first_in_its_order(world: World, decided: Decision, clerk: Client) -> None:
    later = issued(world, empty_draft(world, "Hồ Một", "Hồ Hai"), number=215)

    rows = [(line.decision, line.position) for line in clerk.get(reverse("council:money")).context["listing"].page]

    assert rows[:2] == [(later, 1), (later, 2)]
    assert [position for _, position in rows[2:]] == sorted(position for _, position in rows[2:])


def test_a_voucher_is_found_with_its_accents_and_without(decided: Decision, standing: User, clerk: Client) -> None:
    pay([line_of("Đỗ Thị An").pk], paid_on=PAID_ON, note="Ủy nhiệm chi 777", actor=standing)

    assert found(clerk, q="ủy nhiệm chi") == ["Đỗ Thị An"]
    assert found(clerk, q="uy nhiem 777") == ["Đỗ Thị An"]
    assert found(clerk, q="uy nhiem 778") == []


def test_a_corrected_name_is_shown_and_found(world: World, decided: Decision, clerk: Client) -> None:
    line = line_of("Trần Văn Bảy")
    given = {"issuer": chair(world), "reason": "Ghi sai tên.", "actor": world.person("standing")}
    made = draft_later(decided, kind="correction", lines=[line], **given)
    edit_line(made.lines.get(), fields={"name": "Trần Văn Bẩy"}, base=None, actor=world.person("standing"))
    issue(made, actor=world.person("standing"), issued_on=date(2026, 11, 22))

    page = clerk.get(reverse("council:money"), {"q": "van bay"})

    assert "Trần Văn Bẩy" in text(page)
    assert "Trần Văn Bảy" not in text(page)
    book = load_workbook(BytesIO(clerk.get(reverse("council:money"), {"xuat": "xlsx"}).content))
    assert "Trần Văn Bẩy" in {row[0] for row in book.active.values}


def test_drafts_and_later_decisions_have_no_rewards(world: World, decided: Decision, clerk: Client) -> None:
    empty_draft(world, "Người Kín")
    revoke(world, decided, "Trần Văn Bảy")

    assert found(clerk) == ["Lê Văn Cường", "Trần Văn Bảy", "Đỗ Thị An"]
    assert found(clerk, tinh_trang="revoked") == ["Trần Văn Bảy"]


def test_the_workbook_says_amount_state_and_voucher(decided: Decision, standing: User, clerk: Client) -> None:
    pay([line_of("Đỗ Thị An").pk], paid_on=PAID_ON, note="=1+1", actor=standing)

    answer = clerk.get(reverse("council:money"), {"xuat": "xlsx", "tinh_trang": "paid"})

    (header, row) = load_workbook(BytesIO(answer.content)).active.values
    told = dict(zip(header, row, strict=True))
    assert (told["Số tiền (đồng)"], told["Tình trạng"], told["Chứng từ"]) == (BK, "Đã chi", "=1+1")
    assert told["Ngày chi"].date() == PAID_ON


def test_the_empty_list_says_when_rewards_come(clerk: Client) -> None:
    assert "Chưa có quyết định khen thưởng nào được ban hành" in text(clerk.get(reverse("council:money")))


def test_ticked_lines_go_through_the_page(decided: Decision, clerk: Client) -> None:
    first, second, _ = keys(decided)
    url = reverse("council:money-pay")
    page = clerk.get(url, {"chon": [first, second, "x", "99999999"]})
    assert "2 trường hợp, tổng số 7.600.000 đồng" in text(page)
    sent = {"lines": page.context["form"]["lines"].value(), "paid_on": "21/11/2026", "paid_note": "UNC 125"}

    assert clerk.post(url, sent | {"paid_on": ""}).context["form"]["paid_note"].value() == "UNC 125"
    answer = clerk.post(url, sent, follow=True)

    assert "Đã ghi chi 2 trường hợp" in text(answer)
    assert "không ghi lần nữa" in text(clerk.post(url, sent, follow=True))
    assert decided.lines.filter(paid_on=PAID_ON, paid_note="UNC 125").count() == 2


def test_everything_that_the_filter_shows_is_chosen_beyond_the_page(world: World, clerk: Client) -> None:
    many = issued(world, empty_draft(world, *[f"Người số {number}" for number in range(30)]))
    issued(world, empty_draft(world, "Người khác"))
    query = {"quyet_dinh": many.pk, "tatca": "1"}
    listed = text(clerk.get(reverse("council:money"), {"quyet_dinh": many.pk}))
    assert f"ghi-chi/?quyet_dinh={many.pk}&amp;tatca=1" in listed
    page = clerk.get(reverse("council:money-pay"), query)

    sent = {"lines": page.context["form"]["lines"].value(), "paid_on": "21/11/2026", "paid_note": "UNC 9"}
    clerk.post(reverse("council:money-pay"), sent)

    assert set(DecisionLine.objects.filter(paid_on=PAID_ON).values_list("decision", flat=True)) == {many.pk}
    assert many.lines.filter(paid_on=PAID_ON).count() == 30


def test_a_stale_page_answers_409_keeps_what_was_typed_and_goes_on_with_the_rest(
    decided: Decision, standing: User, clerk: Client
) -> None:
    url, all_three = reverse("council:money-pay"), keys(decided)
    sent = {"lines": ",".join(map(str, all_three)), "paid_on": "21/11/2026", "paid_note": "UNC 2"}
    pay(all_three[:1], paid_on=PAID_ON, note="UNC 1", actor=standing)

    answer = clerk.post(url, sent)

    assert answer.status_code == 409
    form = answer.context["form"]
    assert form["paid_note"].value() == "UNC 2"
    assert form["lines"].value() == ",".join(map(str, all_three[1:]))
    assert "2 trường hợp, tổng số 7.600.000 đồng" in text(answer)
    clerk.post(url, sent | {"lines": form["lines"].value()})
    assert sorted(decided.lines.values_list("paid_note", flat=True)) == ["UNC 1", "UNC 2", "UNC 2"]


def test_what_was_ticked_and_cannot_be_paid_is_named_before(world: World, decided: Decision, clerk: Client) -> None:
    revoke(world, decided, "Trần Văn Bảy")

    page = clerk.get(reverse("council:money-pay"), {"chon": keys(decided)})

    assert "1 trường hợp «Đã hủy bỏ, không chi»." in text(page)
    assert page.context["amount"] == 2 * BK


@pytest.mark.parametrize("sent", ["", "x", "1,2,y", "9" * 30, "1;DROP", "²", ",,,"])
def test_forged_lines_are_no_error_of_the_server(decided: Decision, clerk: Client, sent: str) -> None:
    for name in ("money-pay", "money-undo"):
        data = {"lines": sent, "paid_on": "21/11/2026", "paid_note": "a", "reason": "a", "seen": "a"}
        assert clerk.post(reverse(f"council:{name}"), data).status_code in (200, 403)
    assert not decided.lines.filter(paid_on__isnull=False).exists()


def test_a_mark_is_taken_back_on_the_page(decided: Decision, standing: User, clerk: Client) -> None:
    pay(keys(decided), paid_on=PAID_ON, note="UNC 1", actor=standing)
    url = reverse("council:money-undo")
    form = clerk.get(url, {"chon": keys(decided)}).context["form"]
    sent = {"lines": form["lines"].value(), "seen": form["seen"].value()}

    assert clerk.post(url, sent | {"reason": ""}).status_code == 200
    clerk.post(url, sent | {"reason": "Ghi nhầm chứng từ"})

    assert not decided.lines.filter(paid_on__isnull=False).exists()


def test_a_stale_page_of_undoing_answers_409_and_the_second_sending_is_a_decision(
    decided: Decision, standing: User, clerk: Client
) -> None:
    pay(keys(decided), paid_on=PAID_ON, note="UNC 1", actor=standing)
    url = reverse("council:money-undo")
    sent = {"lines": ",".join(map(str, keys(decided))), "seen": "cũ", "reason": "Ghi nhầm"}

    answer = clerk.post(url, sent)
    form = answer.context["form"]

    assert (answer.status_code, form["reason"].value()) == (409, "Ghi nhầm")
    clerk.post(url, sent | {"seen": form["seen"].value()})
    assert not decided.lines.filter(paid_on__isnull=False).exists()


@pytest.mark.parametrize("persona", ["officer", "council_member", "administrator", "stranger"])
def test_payments_are_told_to_nobody_else(
    client: Client, world: World, decided: Decision, standing: User, persona: str
) -> None:
    pay(keys(decided), paid_on=PAID_ON, note="UNC bí mật", actor=standing)
    client.force_login(world.person(persona))

    assert client.get(reverse("council:money")).status_code == 403
    page = client.get(decided.get_absolute_url())
    line = client.get(reverse("accounts:history", args=["council.decisionline", keys(decided)[0]]))
    for answer in (page, line):
        assert "UNC bí mật" not in text(answer)
        assert "3.800.000" not in text(answer)


def test_the_standing_body_reads_payments_in_the_history_and_on_the_decision(
    decided: Decision, standing: User, clerk: Client
) -> None:
    pay(keys(decided), paid_on=PAID_ON, note="UNC 125", actor=standing)

    assert "UNC 125" in text(clerk.get(reverse("accounts:history", args=["council.decisionline", keys(decided)[0]])))
    page = text(clerk.get(decided.get_absolute_url()))
    assert "đã chi 21/11/2026, UNC 125" in page
    assert f"/hoi-dong/chi-tien/?quyet_dinh={decided.pk}" in page


def test_as_many_queries_for_three_lines_as_for_one(world: World, clerk: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            clerk.get(reverse("council:money"))
        return len(queries)

    issued(world, empty_draft(world, "Người số 1"))
    one = asked()
    issued(world, empty_draft(world, "Người số 2", "Người số 3"))

    assert asked() == one == 12


def test_a_payment_of_a_thousand_lines_takes_few_statements(world: World, standing: User) -> None:
    many = issued(world, empty_draft(world, *[f"Người số {number}" for number in range(1000)]))

    with CaptureQueriesContext(connection) as queries:
        assert pay(keys(many), paid_on=PAID_ON, note="UNC 1", actor=standing) == 1000

    assert len(queries) <= 30
