"""The fund of a year as it stands: planned, spent, bound by issued decisions, left. What is unknown stays unknown."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from accounts.models import User
from awards.law.money import dong
from blocs.domain.searching import words_of
from council.domain.money.reading import CONDITIONS, reward_lines
from council.enums import IssuerKind, PaymentState, SpendingKind
from council.models import DecisionLine, FundSpending, FundYear
from khoithidua.web.text import search_key

MOVEMENT_PERCENT = 20
MOVEMENT_BASIS = "Nghị định số 152/2025/NĐ-CP, Điều 48 khoản 1 điểm a"
MOVEMENT_SINCE = 2025
STATE_BASIS = "hạch toán thành mục riêng (Nghị định số 152/2025/NĐ-CP, Điều 47 khoản 2)"
OWN_PAYERS = "Không tính quyết định của thủ trưởng cơ quan, đơn vị: người ra quyết định chi từ quỹ của mình"


@dataclass(frozen=True)
class Line:
    """A row of the statement. ``amount`` in đồng; None: not known, ``note`` says why. ``depth`` 1: a part of the row
    above; ``strong``: a result."""

    words: str
    amount: int | None
    note: str = ""
    depth: int = 0
    strong: bool = False


@dataclass
class Fund:
    """One year's money in đồng."""

    year: int
    row: FundYear | None = None
    rewards: int = 0  # paid in this year
    state_rewards: int = 0  # of these: by decisions of the State
    due_back: int = 0  # of these: of revoked lines, not yet back
    spendings: dict[str, int] = field(default_factory=dict)  # by kind
    bound: int = 0  # issued in this year, not paid
    carried: int = 0  # issued in years before, not paid
    unknown: int = 0  # lines in force whose amount is not known, issued up to this year

    @property
    def planned(self) -> int | None:
        return self.row.planned if self.row else None

    @property
    def other(self) -> int:
        return sum(self.spendings.values())

    @property
    def spent(self) -> int:
        return self.rewards + self.other

    @property
    def due(self) -> int:
        """Issued and not paid, of whatever year."""
        return self.bound + self.carried

    @property
    def left(self) -> int | None:
        """Planned less spent; None while the plan is not known; below zero where more was spent."""
        return None if self.planned is None else self.planned - self.spent

    @property
    def free(self) -> int | None:
        """What is left once everything issued is paid."""
        return None if self.left is None else self.left - self.due

    @property
    def movement_share(self) -> int | None:
        """The 20 % for organising movements (NĐ 152/2025, Điều 48), whole đồng; None without a plan or before it."""
        if self.planned is None or self.year < MOVEMENT_SINCE:
            return None
        return self.planned * MOVEMENT_PERCENT // 100


def funds_of(user: User, council_id: int, *, with_year: int) -> dict[int, Fund]:
    """``with_year`` and every year in which something was planned, paid, spent or issued, the newest first.

    Four queries.
    """
    funds: dict[int, Fund] = {with_year: Fund(with_year)}
    for row in FundYear.objects.visible_to(user).filter(council=council_id):
        funds.setdefault(row.year, Fund(row.year)).row = row
    spendings = FundSpending.objects.visible_to(user).filter(fund__council=council_id).order_by()
    for year, kind, amount in spendings.values_list("fund__year", "kind").annotate(Sum("amount")):
        funds[year].spendings[kind] = amount
    lines = fund_lines(user, council_id)
    add_payments(funds, lines)
    add_due(funds, lines)
    return {year: funds[year] for year in sorted(funds, reverse=True)}


def fund_of(user: User, council_id: int, year: int) -> Fund:
    """One year's, also where nothing is known of it: unpaid decisions of the years before are carried into it."""
    return funds_of(user, council_id, with_year=year)[year]


def found_in(rows: QuerySet[FundSpending], query: str) -> QuerySet[FundSpending]:
    """Spendings whose content and document hold every word, accents or not; they are few, and compared here."""
    words = words_of(query)
    if not words:
        return rows
    told = {row.pk: search_key(f"{row.content} {row.document}") for row in rows}
    return rows.filter(pk__in=[key for key, text in told.items() if all(word in text for word in words)])


def fund_lines(user: User, council_id: int) -> QuerySet[DecisionLine]:
    """Rewards that this fund pays: those of agencies' own decisions are theirs (NĐ 152/2025, Điều 47 khoản 2)."""
    rows = reward_lines(user).filter(decision__council=council_id)
    return rows.exclude(decision__issuer__kind=IssuerKind.AGENCY).order_by()


def add_payments(funds: dict[int, Fund], lines: QuerySet[DecisionLine]) -> None:
    rows: Any = lines.filter(paid_on__isnull=False).annotate(of=ExtractYear("paid_on")).values("of")
    sums = rows.annotate(
        paid=Sum("amount"),
        state=Sum("amount", filter=Q(decision__issuer__kind=IssuerKind.STATE)),
        back=Sum("amount", filter=CONDITIONS[PaymentState.DUE_BACK]),
    )
    for row in sums:
        fund = funds.setdefault(row["of"], Fund(row["of"]))
        fund.rewards, fund.state_rewards, fund.due_back = row["paid"] or 0, row["state"] or 0, row["back"] or 0


def add_due(funds: dict[int, Fund], lines: QuerySet[DecisionLine]) -> None:
    """What was issued and not paid: in its own year bound, in every later one carried."""
    waiting = CONDITIONS[PaymentState.WAITING]
    unknown = CONDITIONS[PaymentState.UNKNOWN]
    rows: Any = lines.filter(waiting | unknown).values("decision__issued_year")
    sums = rows.annotate(bound=Sum("amount", filter=waiting), unknown=Count("pk", filter=unknown))
    found = {row["decision__issued_year"]: (row["bound"] or 0, row["unknown"]) for row in sums}
    for year in {*funds, *found}:
        fund = funds.setdefault(year, Fund(year))
        fund.bound = found.get(year, (0, 0))[0]
        fund.carried = sum(bound for issued, (bound, _) in found.items() if issued < year)
        fund.unknown = sum(count for issued, (_, count) in found.items() if issued <= year)


def statement_of(fund: Fund) -> list[Line]:
    """The fund as a table: page, workbook and paper show the same rows."""
    basis = fund.row.basis if fund.row else ""
    planned = basis if fund.planned is not None else "chưa nhập dự toán"
    return [
        Line("Dự toán được giao", fund.planned, planned, strong=True),
        Line("Đã chi", fund.spent, strong=True),
        Line("Tiền thưởng đã chi trong năm", fund.rewards, rewards_note(fund), depth=1),
        *[
            Line(str(kind.label), fund.spendings.get(kind, 0), movement_note(fund, kind), depth=1)
            for kind in SpendingKind
        ],
        Line("Đã ban hành, chưa chi", fund.due, unknown_note(fund), strong=True),
        Line(f"Theo quyết định năm {fund.year}", fund.bound, depth=1),
        Line("Theo quyết định các năm trước", fund.carried, depth=1),
        Line("Còn lại so với dự toán", fund.left, over_note(fund.left), strong=True),
        Line("Còn lại sau khi chi hết các quyết định đã ban hành", fund.free, over_note(fund.free), strong=True),
    ]


def rewards_note(fund: Fund) -> str:
    parts = [f"{OWN_PAYERS}."]
    if fund.state_rewards:
        parts.append(f"Trong đó khen thưởng cấp Nhà nước {dong(fund.state_rewards)} đồng, {STATE_BASIS}.")
    if fund.due_back:
        parts.append(f"Trong đó {dong(fund.due_back)} đồng phải thu hồi vì quyết định đã bị hủy bỏ.")
    return " ".join(parts)


def movement_note(fund: Fund, kind: SpendingKind) -> str:
    share = fund.movement_share
    if kind != SpendingKind.MOVEMENT or share is None:
        return ""
    over = "; đã chi vượt mức này" if fund.spendings.get(kind, 0) > share else ""
    return f"Trích {MOVEMENT_PERCENT}% tổng quỹ là {dong(share)} đồng ({MOVEMENT_BASIS}){over}."


def unknown_note(fund: Fund) -> str:
    if not fund.unknown:
        return ""
    return f"Chưa tính {fund.unknown} trường hợp chưa xác định mức tiền thưởng."


def over_note(amount: int | None) -> str:
    if amount is None:
        return "chưa nhập dự toán nên chưa tính được"
    return "vượt dự toán" if amount < 0 else ""
