"""Dealing sheets to the members that cross-check them: by hand, or by a draw that anyone can repeat.

The draw: each agency's number is the SHA-256 of «seed:code». The owners of sheets, in the order of
their numbers, sit down in a circle ``per_sheet`` seats apart (one seat on where it is taken), all
others in the seats left; a sheet goes to the ``per_sheet`` agencies that sit right after its owner.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.enums import Duty
from blocs.models import Agency, BlocYear
from blocs.tables.access import access_of
from blocs.tables.agencies import people_of
from scoring.enums import SheetState
from scoring.models import CrossCheck, CrossDeal, ScoreSheet

Dealt = Mapping[str, Sequence[str]]
DEALT_BY_LOT = "Bốc thăm chấm chéo"
DEALT_BY_HAND = "Phân công chấm chéo"


@dataclass(frozen=True)
class DealtSheet:
    """A sheet with its checks, as the page of the dealing shows them."""

    sheet: ScoreSheet
    checks: tuple[CrossCheck, ...]

    @property
    def is_open(self) -> bool:
        """Checkers may still be changed."""
        return self.sheet.state == SheetState.SUBMITTED


def deal(owners: Iterable[str], others: Iterable[str], *, per_sheet: int, seed: str) -> dict[str, tuple[str, ...]]:
    """Who checks each owner's sheet: ``per_sheet`` agencies, never the owner; by owner.

    ``owners`` have a sheet, ``others`` only check. Equal input gives an equal draw, in whatever
    order it comes; the loads of any two agencies differ by one at most. TransitionRefused, in a
    sentence, where no such dealing exists.
    """
    circle = seats(owners, others, per_sheet=per_sheet, seed=seed)
    size = len(circle)
    place = {code: index for index, code in enumerate(circle)}
    return {owner: tuple(circle[(place[owner] + step) % size] for step in range(1, per_sheet + 1)) for owner in owners}


def seats(owners: Iterable[str], others: Iterable[str], *, per_sheet: int, seed: str) -> tuple[str, ...]:
    """The circle of the draw, from its first seat on.

    Why the loads are even: the groups of seats that check follow each other without a gap around the
    circle until they close it, after which every seat has had the same number.
    """
    first, rest = set(owners), set(others) - set(owners)
    size = len(first) + len(rest)
    refuse_impossible(first, size, per_sheet)
    circle: list[str | None] = [None] * size
    seat = 0
    for code in drawn(first, seed):
        seat += 1 if circle[seat] is not None else 0
        circle[seat] = code
        seat = (seat + per_sheet) % size
    left = iter(drawn(rest, seed))
    return tuple(code if code is not None else next(left) for code in circle)


def drawn(codes: Iterable[str], seed: str) -> list[str]:
    """``codes`` in the order of their SHA-256 with the seed."""
    return sorted(codes, key=lambda code: (hashlib.sha256(f"{seed}:{code}".encode()).hexdigest(), code))


def refuse_impossible(owners: set[str], size: int, per_sheet: int) -> None:
    if not owners:
        raise TransitionRefused("Chưa có phiếu nào được gửi và chờ chấm chéo. Hãy đợi các đơn vị gửi phiếu.")
    if size < 2:
        raise TransitionRefused("Khối chỉ có một đơn vị nên không chấm chéo được.")
    if not 1 <= per_sheet <= size - 1:
        raise TransitionRefused(
            f"Mỗi phiếu chỉ có thể do 1 đến {size - 1} đơn vị chấm, vì không đơn vị nào chấm phiếu của mình. "
            "Hãy chọn lại số đơn vị chấm mỗi phiếu."
        )


def dealt_sheets(bloc_year: BlocYear) -> list[DealtSheet]:
    """Every sent sheet of the year with who checks it, in the members' order; two queries."""
    rows = ScoreSheet.objects.filter(bloc_year=bloc_year).exclude(state=SheetState.DRAFT).select_related("agency")
    checks: dict[int, list[CrossCheck]] = {}
    for check in CrossCheck.objects.filter(sheet__bloc_year=bloc_year).select_related("checker").order_by("pk"):
        checks.setdefault(check.sheet_id, []).append(check)
    found = sorted(rows, key=lambda sheet: (sheet.agency.sort_key, sheet.pk))
    return [DealtSheet(sheet, tuple(checks.get(sheet.pk, ()))) for sheet in found]


@transaction.atomic
def deal_by_lot(
    bloc_year: BlocYear, *, per_sheet: int, due: date | None, reason: str, actor: User | None, seed: str = ""
) -> CrossDeal:
    """Draw checkers for every sent sheet that is not cross-checked yet; the seed is recorded and shown.

    Checks that are done stay and count; checks under way are replaced, for which a reason is due.
    """
    year = locked_year(bloc_year)
    members = members_of(year)
    sheets = open_sheets_of(year)
    seed = seed or secrets.token_hex(16)
    owners = [sheet.agency.code for sheet in sheets]
    circle = seats(owners, members, per_sheet=per_sheet, seed=seed)
    done = done_checkers(sheets)
    wanted = {sheet.pk: next_in(circle, sheet.agency.code, per_sheet, done.get(sheet.pk, ())) for sheet in sheets}
    row = CrossDeal.objects.create(bloc_year=year, seed=seed, per_sheet=per_sheet, due=due, dealt_by=actor)
    apply_deal(row, sheets, wanted, members, reason=reason, actor=actor)
    return row


@transaction.atomic
def deal_by_hand(
    bloc_year: BlocYear, *, wanted: Mapping[int, Sequence[str]], due: date | None, reason: str, actor: User | None
) -> CrossDeal:
    """Set who checks each sheet: ``wanted`` is sheet id → agency codes; sheets that it does not name stay.

    A done check cannot be taken away; taking one that is not done away needs a reason. An agency
    never checks its own sheet, and nobody outside the bloc checks; nobody chooses who checks the own agency.
    """
    year = locked_year(bloc_year)
    members = members_of(year)
    sheets = open_sheets_of(year)
    refuse_wrong_choice(sheets, wanted, members)
    refuse_own(sheets, wanted, actor)
    named = [sheet for sheet in sheets if sheet.pk in wanted]
    most = max((len(codes) for codes in wanted.values()), default=1)
    row = CrossDeal.objects.create(bloc_year=year, per_sheet=max(1, most), due=due, dealt_by=actor)
    apply_deal(row, named, wanted, members, reason=reason, actor=actor)
    return row


def locked_year(bloc_year: BlocYear) -> BlocYear:
    return BlocYear.objects.select_for_update().get(pk=bloc_year.pk)


def members_of(year: BlocYear) -> dict[str, Agency]:
    return {each.agency.code: each.agency for each in year.memberships.select_related("agency")}


def open_sheets_of(year: BlocYear) -> list[ScoreSheet]:
    rows = ScoreSheet.objects.select_for_update(of=("self",)).filter(bloc_year=year, state=SheetState.SUBMITTED)
    return list(rows.select_related("agency").order_by("pk"))


def done_checkers(sheets: Sequence[ScoreSheet]) -> dict[int, list[str]]:
    done: dict[int, list[str]] = {}
    rows = CrossCheck.objects.filter(sheet__in=sheets, done_at__isnull=False).order_by("pk")
    for sheet_id, code in rows.values_list("sheet", "checker__code"):
        done.setdefault(sheet_id, []).append(code)
    return done


def next_in(circle: Sequence[str], owner: str, per_sheet: int, done: Sequence[str]) -> list[str]:
    """Who checked already, then the agencies that follow the owner in the circle, ``per_sheet`` in all."""
    start = circle.index(owner)
    after = [*circle[start + 1 :], *circle[:start]]
    return [*done, *(code for code in after if code not in done)][: max(per_sheet, len(done))]


def own_agencies(actor: User | None) -> frozenset[int]:
    """Agencies whose sheets somebody does not deal by hand."""
    access = access_of(actor) if actor is not None else None
    return access.agency_ids | access.standing_of if access is not None else frozenset()


def refuse_own(sheets: Sequence[ScoreSheet], wanted: Mapping[int, Sequence[str]], actor: User | None) -> None:
    own = own_agencies(actor)
    if any(sheet.agency_id in own for sheet in sheets if sheet.pk in wanted):
        raise TransitionRefused(
            "Không tự chọn đơn vị chấm phiếu của cơ quan mình. Phó khối được giao tổng hợp điểm, cơ quan thường trực "
            "chọn thay, hoặc bốc thăm."
        )


def refuse_wrong_choice(
    sheets: Sequence[ScoreSheet], wanted: Mapping[int, Sequence[str]], members: Mapping[str, Agency]
) -> None:
    by_id = {sheet.pk: sheet for sheet in sheets}
    if not wanted:
        raise TransitionRefused("Hãy chọn đơn vị chấm cho ít nhất một phiếu.")
    for pk, codes in wanted.items():
        sheet = by_id.get(pk)
        if sheet is None:
            raise TransitionRefused("Có phiếu không còn chờ chấm chéo. Hãy tải lại trang rồi phân công lại.")
        name = sheet.agency.label
        if sheet.agency.code in codes:
            raise TransitionRefused(f"{name} không được chấm phiếu của chính mình. Hãy chọn đơn vị khác.")
        if len(set(codes)) < len(codes):
            raise TransitionRefused(f"Phiếu của {name} có một đơn vị được chọn hai lần. Hãy chọn các đơn vị khác nhau.")
        if any(code not in members for code in codes):
            raise TransitionRefused(f"Phiếu của {name}: chỉ thành viên của khối được chấm chéo. Hãy chọn lại.")


def apply_deal(
    row: CrossDeal,
    sheets: Sequence[ScoreSheet],
    wanted: Mapping[int, Sequence[str]],
    members: Mapping[str, Agency],
    *,
    reason: str,
    actor: User | None,
) -> None:
    """Bring the checks of ``sheets`` to ``wanted``; audited on the bloc-year; new checkers are told."""
    held = {(check.sheet_id, check.checker.code): check for check in checks_of(sheets)}
    aimed = {(sheet.pk, code) for sheet in sheets for code in wanted[sheet.pk]}
    gone = [check for key, check in held.items() if key not in aimed]
    refuse_taking_away(gone, reason)
    before, after = shown(sheets, held), {sheet.agency.code: sorted(wanted[sheet.pk]) for sheet in sheets}
    CrossCheck.objects.filter(pk__in=[check.pk for check in gone]).delete()
    new = [key for key in sorted(aimed) if key not in held]
    CrossCheck.objects.bulk_create(CrossCheck(sheet_id=pk, checker=members[code]) for pk, code in new)
    facts = {"seed": row.seed, "per_sheet": row.per_sheet, "due": row.due, "members": sorted(members)}
    audit.record(
        row.bloc_year,
        DEALT_BY_LOT if row.seed else DEALT_BY_HAND,
        actor=actor,
        before=before,
        after=facts | after,
        reason=reason.strip(),
    )
    tell_checkers(row, [members[code] for _, code in new])


def checks_of(sheets: Sequence[ScoreSheet]) -> list[CrossCheck]:
    return list(CrossCheck.objects.filter(sheet__in=sheets).select_related("checker", "sheet__agency").order_by("pk"))


def shown(sheets: Sequence[ScoreSheet], held: Mapping[tuple[int, str], CrossCheck]) -> dict[str, list[str]]:
    return {sheet.agency.code: sorted(code for pk, code in held if pk == sheet.pk) for sheet in sheets}


def refuse_taking_away(gone: Sequence[CrossCheck], reason: str) -> None:
    for check in gone:
        if check.done_at is not None:
            raise TransitionRefused(
                f"{check.checker.label} đã chấm xong phiếu của {check.sheet.agency.label} nên không thay được."
            )
    if gone and not reason.strip():
        names = ", ".join(str(check) for check in gone[:5]) + (" …" if len(gone) > 5 else "")
        raise TransitionRefused(f"Phân công này thay {len(gone)} lượt chưa chấm xong ({names}). Hãy ghi lý do.")


def tell_checkers(row: CrossDeal, agencies: Sequence[Agency]) -> None:
    until = f", hạn {row.due:%d/%m/%Y}" if row.due else ""
    people = people_of([each.pk for each in agencies], Duty.OFFICER, Duty.LEADER, on=timezone.localdate())
    url = reverse("scoring:cross-checks", args=[row.bloc_year_id])
    notify(people, f"{row.bloc_year}: đơn vị được phân công chấm chéo{until}.", url=url)
