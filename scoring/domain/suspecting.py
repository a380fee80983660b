"""What the records say against a unit: suggestions of grounds, which a person confirms one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.enums import Direction, PetitionStatus, PledgeState
from blocs.models import BlocYear, Petition, Pledge, Target
from khoithidua.web.numbers import plain_number
from scoring.domain.computing import ZERO
from scoring.domain.disqualifying import LIMIT, READY, disqualify
from scoring.domain.grading import is_incurred
from scoring.domain.ranking import Row, Table, consolidated
from scoring.enums import SheetState
from scoring.models import Disqualification, ScoreSheet

CERTIFICATE = "certificate"


@dataclass(frozen=True)
class Suggestion:
    """A ground that the records support: for whom, why, and from which record."""

    sheet: ScoreSheet
    code: str
    reason: str
    evidence: str
    bars_certificates: bool = False


def suggestions(bloc_year: BlocYear, table: Table, *, today: date) -> list[Suggestion]:
    """Grounds that records of ``bloc_year`` support and nobody has written down yet; at most five queries.

    Nothing is taken out of the ranking by it. What no record holds (discipline, party grades, disunity,
    membership for a part of the year) is never suggested.
    """
    sheets = {sheet.agency_id: sheet for sheet in (*(row.source.sheet for row in table.rows), *table.drafts)}
    found = [
        *petition_grounds(bloc_year, sheets),
        *pledge_grounds(bloc_year, sheets),
        *target_grounds(bloc_year, sheets),
        *sending_grounds(bloc_year, sheets, today),
        *barring_grounds(table),
    ]
    rows = Disqualification.objects.filter(sheet__bloc_year=bloc_year).order_by()
    written = set(rows.values_list("sheet", "reason"))
    fresh = [each for each in found if (each.sheet.pk, each.reason) not in written]
    return sorted(fresh, key=lambda each: (each.sheet.agency.sort_key, each.sheet.pk))


@transaction.atomic
def confirm_suggestion(
    bloc_year: BlocYear, *, sheet: ScoreSheet, code: str, today: date, actor: User | None
) -> Disqualification:
    """Write down a suggestion that still holds, as ``disqualify`` does; TransitionRefused when it does not."""
    for each in suggestions(bloc_year, consolidated(bloc_year), today=today):
        if each.sheet.pk == sheet.pk and each.code == code:
            return disqualify(
                each.sheet,
                reason=each.reason,
                evidence=each.evidence,
                bars_certificates=each.bars_certificates,
                actor=actor,
            )
    raise TransitionRefused("Gợi ý này không còn đúng với hồ sơ, hoặc đã được ghi. Hãy tải lại trang.")


def ready(sheet: ScoreSheet, code: str, evidence: str) -> Suggestion:
    ground = READY[code]
    shown = evidence if len(evidence) <= LIMIT else f"{evidence[: LIMIT - 2]} …"
    return Suggestion(sheet, code, ground.text, shown, ground.bars_certificates)


def petition_grounds(bloc_year: BlocYear, sheets: Mapping[int, ScoreSheet]) -> Iterator[Suggestion]:
    """While a petition is verified, its subject's awards wait (domain.md A4-4)."""
    rows = Petition.objects.filter(bloc_year=bloc_year, status=PetitionStatus.VERIFYING).order_by("pk")
    texts: dict[int, list[str]] = {}
    for petition in rows:
        texts.setdefault(petition.agency_id, []).append(f"«{petition.subject}»")
    for agency_id, subjects in texts.items():
        if agency_id in sheets:
            yield ready(sheets[agency_id], "petition", f"Đơn thư đang xác minh: {', '.join(subjects)}.")


def pledge_grounds(bloc_year: BlocYear, sheets: Mapping[int, ScoreSheet]) -> Iterator[Suggestion]:
    """A pledge was put up for signature, and the unit has not signed it."""
    pledges = Pledge.objects.filter(bloc_year=bloc_year, state__in=[PledgeState.OPEN, PledgeState.SIGNED])
    signed = list(pledges.values_list("pk", "signatures__agency"))
    if not signed:
        return
    names = {agency_id for _, agency_id in signed}
    for agency_id, sheet in sheets.items():
        if agency_id not in names:
            yield ready(sheet, "pledge", "Giao ước của khối không có chữ ký của đơn vị.")


def target_grounds(bloc_year: BlocYear, sheets: Mapping[int, ScoreSheet]) -> Iterator[Suggestion]:
    """A target of the pledge fell short (Luật Thi đua, khen thưởng 2022, Điều 26 khoản 1 điểm a)."""
    short = Q(direction=Direction.UP, actual__lt=F("plan")) | Q(direction=Direction.DOWN, actual__gt=F("plan"))
    texts: dict[int, list[str]] = {}
    for target in Target.objects.filter(short, pledge__bloc_year=bloc_year).order_by("position", "pk"):
        figures = f"{figure(target.actual)}/{figure(target.plan)} {target.unit}".strip()
        texts.setdefault(target.agency_id, []).append(f"{target.name} ({figures})")
    for agency_id, names in texts.items():
        if agency_id in sheets:
            yield ready(sheets[agency_id], "targets", f"Chỉ tiêu không đạt: {'; '.join(names)}.")


def figure(value: Decimal | None) -> str:
    return "" if value is None else plain_number(value)


def sending_grounds(bloc_year: BlocYear, sheets: Mapping[int, ScoreSheet], today: date) -> Iterator[Suggestion]:
    """Unsent after the due date, or, without one, while others are agreed already; or sent late."""
    due = bloc_year.scores_due
    over = due < today if due else any(sheet.state == SheetState.AGREED for sheet in sheets.values())
    for sheet in sheets.values():
        if sheet.state == SheetState.DRAFT and over:
            yield ready(sheet, "unsent", f"Hạn gửi {due:%d/%m/%Y}, đơn vị chưa gửi." if due else "Đơn vị chưa gửi.")
        elif sheet.state != SheetState.DRAFT and sheet.late_days:
            yield ready(sheet, "late", f"Phiếu gửi chậm {sheet.late_days} ngày.")


def barring_grounds(table: Table) -> Iterator[Suggestion]:
    """Deductions with ``bars``: ``[flag]``, or ``[flag, certificate]`` for both (Hưng Yên's guide V.2b)."""
    barring = [node for node in table.tree.leaves if node.options.get("bars")]
    for row in table.rows:
        for node in barring:
            if is_incurred(node, row.source):
                reason = f"Đơn vị bị trừ điểm ở tiêu chí {node.code}. {node.name}"
                bars = CERTIFICATE in str(node.options["bars"])
                yield Suggestion(row.source.sheet, f"bars:{node.code}", reason[:LIMIT], taken(row, node.code), bars)


def taken(row: Row, code: str) -> str:
    points = row.source.settled[code].points or ZERO
    return f"Trừ {plain_number(points)} điểm theo bảng điểm."
