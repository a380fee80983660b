"""Where the figures of a report come from: for each source the rows behind it and how they are counted.

What is not recorded is unknown, never zero; "nhiều" is left out of a sum and said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from awards.enums import AwardGroup, RegistrationState
from awards.models import AwardRecord, Initiative, Registration, RegistrationLine
from blocs.domain.commendations import phrase, sentence
from blocs.domain.targets import Measure, Outcome, progress
from blocs.enums import CommendationStatus, Period, PetitionStatus, RecipientKind
from blocs.models import BlocMovement, Commendation, Petition, Target
from khoithidua.web.numbers import plain_number
from khoithidua.web.templatetags.web import day
from reports.enums import FigureSource, ReviewKind
from reports.models import AgencyReport

COLLECTIVES = tuple(kind for kind in RecipientKind if kind not in (RecipientKind.INDIVIDUAL, RecipientKind.HOUSEHOLD))
SETTLED = (PetitionStatus.UPHELD, PetitionStatus.DISMISSED)


@dataclass(frozen=True)
class Counted:
    """A figure and how it was come by. ``value`` None: the records do not tell it."""

    value: Decimal | None
    words: str


@dataclass(frozen=True)
class Span:
    """The days that a report speaks of; ``half``: of targets the half-year's column."""

    since: date
    until: date
    half: bool

    def holds(self, found: date | None) -> bool:
        return found is not None and self.since <= found <= self.until


def span_of(report: AgencyReport) -> Span:
    """The round's period of figures, else the half-year or year."""
    year, mid_year = report.bloc_year.year, report.kind == ReviewKind.MID_YEAR
    since = (report.round.since if report.round else None) or date(year, 1, 1)
    until = (report.round.until if report.round else None) or (date(year, 6, 30) if mid_year else date(year, 12, 31))
    is_half = until < date(year, 7, 1) and report.kind != ReviewKind.ANNUAL
    return Span(since, until, mid_year or is_half)


@dataclass(frozen=True)
class Source:
    """``read`` answers the rows of a report, ``count`` the figure, ``cells`` a row in words under ``headings``."""

    read: Callable[[AgencyReport], list[Any]]
    count: Callable[[AgencyReport, list[Any]], Counted]
    headings: tuple[str, ...]
    cells: Callable[[AgencyReport, Any], tuple[Any, ...]]
    scope: Any  # the model whose ``visible_to`` says which rows a reader may see; None: with the report


def number(count: int) -> Decimal:
    return Decimal(count)


# Targets of the pledge


def targets(report: AgencyReport) -> list[Target]:
    return list(Target.objects.filter(pledge__bloc_year=report.bloc_year_id, agency=report.agency_id))


def measure_of(report: AgencyReport, row: Target) -> Measure:
    found = progress(row)
    return found.mid_year if span_of(report).half else found.year


def count_targets(report: AgencyReport, rows: list[Target]) -> Counted:
    if not rows:
        return Counted(None, "Đơn vị chưa có chỉ tiêu nào trong giao ước.")
    return Counted(number(len(rows)), f"{len(rows)} chỉ tiêu trong giao ước năm {report.bloc_year.year}")


def count_reached(report: AgencyReport, rows: list[Target]) -> Counted:
    if not rows:
        return Counted(None, "Đơn vị chưa có chỉ tiêu nào trong giao ước.")
    found = [measure_of(report, row).outcome for row in rows]
    unknown = found.count(Outcome.UNKNOWN)
    if unknown == len(rows):
        return Counted(None, f"{len(rows)} chỉ tiêu đều chưa xác định được kết quả.")
    reached = sum(1 for each in found if each in (Outcome.REACHED, Outcome.EXCEEDED))
    left = f"; {unknown} chỉ tiêu chưa xác định được kết quả" if unknown else ""
    return Counted(number(reached), f"{reached}/{len(rows)} chỉ tiêu đạt và vượt kế hoạch năm{left}")


def target_cells(report: AgencyReport, row: Target) -> tuple[Any, ...]:
    figure = row.mid_year if span_of(report).half else row.actual
    return row.name, row.unit, shown(row.plan), shown(figure), measure_of(report, row).words


def shown(value: Decimal | None) -> str:
    return "chưa có số liệu" if value is None else plain_number(value)


# Commendations


def commendations(report: AgencyReport) -> list[Commendation]:
    """Recorded by half-years: a period inside one half takes that half's."""
    span = span_of(report)
    rows = Commendation.objects.filter(bloc_year=report.bloc_year_id, agency=report.agency_id)
    if span.half:
        rows = rows.filter(period=Period.H1)
    elif span.since >= date(report.bloc_year.year, 7, 1):
        rows = rows.filter(period=Period.H2)
    return list(rows.prefetch_related("recipients"))


def count_recipients(status: str, kinds: Sequence[str]) -> Callable[[AgencyReport, list[Commendation]], Counted]:
    """Recipients of these kinds in rows of this status."""

    def count(report: AgencyReport, rows: list[Commendation]) -> Counted:
        if not rows:
            return none_of(report, "commendations", "Đơn vị chưa ghi kết quả khen thưởng nào trong kỳ.")
        found = [each for row in rows if row.status == status for each in row.recipients.all() if each.kind in kinds]
        known = [each for each in found if each.count is not None]
        many = [each for each in found if each.count is None]
        if many and not known:
            return Counted(None, f"Nguồn chỉ ghi {phrase(many[0].kind, None)}, không có số.")
        sums = {kind: sum(each.count or 0 for each in known if each.kind == kind) for kind in kinds}
        words = ", ".join(phrase(kind, total) for kind, total in sums.items() if total) or "không có"
        left = f"; {len(many)} dòng ghi «nhiều» chưa cộng" if many else ""
        return Counted(number(sum(sums.values())), words + left)

    return count


def none_of(report: AgencyReport, section: str, words: str) -> Counted:
    """No row is unknown, unless the bloc-year states that there is none."""
    if section in report.bloc_year.stated and not Commendation.objects.filter(bloc_year=report.bloc_year_id).exists():
        return Counted(Decimal(0), "Khối đã khai không có kết quả khen thưởng.")
    return Counted(None, words)


def commendation_cells(report: AgencyReport, row: Commendation) -> tuple[Any, ...]:
    state = (row.get_status_display(), row.get_period_display())
    return (row.get_award_display(), sentence(row), *state, row.issuer, row.reason)


# Petitions


def petitions(report: AgencyReport) -> list[Petition]:
    span = span_of(report)
    rows = Petition.objects.filter(bloc_year=report.bloc_year_id, agency=report.agency_id)
    return [row for row in rows if row.received_on is None or span.holds(row.received_on)]


def count_petitions(settled: bool) -> Callable[[AgencyReport, list[Petition]], Counted]:
    """Received, or of these the ones with a conclusion."""

    def count(report: AgencyReport, rows: list[Petition]) -> Counted:
        if not rows and not petitions_are_kept(report):
            return Counted(None, "Khối chưa ghi thông tin về đơn thư.")
        found = [row for row in rows if not settled or row.status in SETTLED]
        undated = sum(1 for row in found if row.received_on is None)
        left = f"; {undated} đơn thư không ghi ngày tiếp nhận" if undated else ""
        words = "đã có kết luận" if settled else "đã tiếp nhận"
        return Counted(number(len(found)), f"{len(found)} đơn thư {words}{left}")

    return count


def petitions_are_kept(report: AgencyReport) -> bool:
    """Whether the bloc-year's record says anything about petitions: then a unit without one has none."""
    return "petitions" in report.bloc_year.stated or report.bloc_year.petitions.exists()


def petition_cells(report: AgencyReport, row: Petition) -> tuple[Any, ...]:
    return day(row.received_on) or "không ghi ngày", row.subject, row.get_status_display()


# Initiatives, titles


def initiatives(report: AgencyReport) -> list[Initiative]:
    rows: Any = Initiative.objects.filter(
        subject__agency=report.agency_id, subject__merged_into__isnull=True, year=report.bloc_year.year
    )
    return list(rows.select_related("subject"))


def in_period(report: AgencyReport, found: date | None) -> bool:
    """Of a whole year the year decides; of a part the day, which may be missing."""
    span = span_of(report)
    whole = span.since <= date(report.bloc_year.year, 1, 1) and span.until >= date(report.bloc_year.year, 12, 31)
    return whole or span.holds(found)


def count_dated(name: str, none: str, noun: str) -> Callable[[AgencyReport, list[Any]], Counted]:
    """Rows by the date in ``name``; rows without one are left out of a part of the year, and said."""

    def count(report: AgencyReport, rows: list[Any]) -> Counted:
        found = [row for row in rows if in_period(report, getattr(row, name))]
        undated = [row for row in rows if row not in found and getattr(row, name) is None]
        if not rows or (undated and not found):
            return Counted(None, f"{len(undated)} {noun} không ghi ngày nên chưa tính được." if undated else none)
        left = f"; {len(undated)} {noun} không ghi ngày, chưa tính" if undated else ""
        return Counted(number(len(found)), f"{len(found)} {noun}{left}")

    return count


def initiative_cells(report: AgencyReport, row: Initiative) -> tuple[Any, ...]:
    return row.name, row.subject.name, row.get_scope_display(), day(row.recognised_on) or "không ghi ngày"


def registered(report: AgencyReport) -> list[RegistrationLine]:
    rows = RegistrationLine.objects.filter(
        registration__agency=report.agency_id,
        registration__year=report.bloc_year.year,
        registration__state=RegistrationState.SENT,
        award__group=AwardGroup.TITLE,
    )
    return list(rows.select_related("subject", "award"))


def count_registered(report: AgencyReport, rows: list[RegistrationLine]) -> Counted:
    if rows:
        return Counted(number(len(rows)), f"{len(rows)} danh hiệu đã đăng ký")
    sent = Registration.objects.filter(
        agency=report.agency_id, year=report.bloc_year.year, state=RegistrationState.SENT
    ).exists()
    if sent:
        return Counted(Decimal(0), "Bản đăng ký đã gửi không có danh hiệu nào.")
    return Counted(None, "Đơn vị chưa gửi đăng ký thi đua đầu năm.")


def registered_cells(report: AgencyReport, row: RegistrationLine) -> tuple[Any, ...]:
    return row.subject.name, row.award.name, row.note


def awarded(report: AgencyReport) -> list[AwardRecord]:
    rows: Any = AwardRecord.objects.filter(
        Q(revoked_on__isnull=True),
        subject__agency=report.agency_id,
        subject__merged_into__isnull=True,
        year=report.bloc_year.year,
        award__group=AwardGroup.TITLE,
    )
    return list(rows.select_related("subject", "award"))


def awarded_cells(report: AgencyReport, row: AwardRecord) -> tuple[Any, ...]:
    return row.subject.name, row.award.name, row.decision_number, day(row.decided_on) or "không ghi ngày"


# Movements


def movements(report: AgencyReport) -> list[BlocMovement]:
    rows = BlocMovement.objects.filter(bloc_year=report.bloc_year_id).select_related("movement")
    return list(rows.prefetch_related("participations"))


def count_movements(report: AgencyReport, rows: list[BlocMovement]) -> Counted:
    unknown = sum(1 for row in rows if not row.participations.all())
    if unknown == len(rows):
        return Counted(None, "Khối chưa ghi đơn vị tham gia phong trào.")
    found = sum(1 for row in rows if takes_part(report, row))
    left = f"; {unknown} phong trào chưa ghi đơn vị tham gia" if unknown else ""
    return Counted(number(found), f"{found} phong trào{left}")


def takes_part(report: AgencyReport, row: BlocMovement) -> bool:
    return any(each.agency_id == report.agency_id for each in row.participations.all())


def movement_cells(report: AgencyReport, row: BlocMovement) -> tuple[Any, ...]:
    if not row.participations.all():
        words = "chưa ghi đơn vị tham gia"
    else:
        words = "có tham gia" if takes_part(report, row) else "không tham gia"
    return row.movement.name, row.movement.get_scope_display(), words


TARGET_HEADS = ("Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm", "Thực hiện", "Kết quả")
COMMENDATION_HEADS = ("Hình thức", "Đối tượng", "Tình trạng", "Kỳ", "Cơ quan, người khen", "Thành tích")
PETITION_HEADS = ("Ngày tiếp nhận", "Nội dung", "Tình trạng")
PERSON = (RecipientKind.INDIVIDUAL,)
AWARDED, PROPOSED = CommendationStatus.AWARDED, CommendationStatus.PROPOSED


def recipients(status: str, kinds: Sequence[str]) -> Source:
    count = count_recipients(status, kinds)
    return Source(commendations, count, COMMENDATION_HEADS, commendation_cells, Commendation)


NO_INITIATIVE, NO_TITLE = "Chưa ghi sáng kiến nào được công nhận trong năm.", "Sổ khen thưởng chưa ghi danh hiệu nào."
SOURCES: dict[str, Source] = {
    FigureSource.TARGETS: Source(targets, count_targets, TARGET_HEADS, target_cells, None),
    FigureSource.TARGETS_REACHED: Source(targets, count_reached, TARGET_HEADS, target_cells, None),
    FigureSource.COMMENDED_COLLECTIVES: recipients(AWARDED, COLLECTIVES),
    FigureSource.COMMENDED_PERSONS: recipients(AWARDED, PERSON),
    FigureSource.PROPOSED_COLLECTIVES: recipients(PROPOSED, COLLECTIVES),
    FigureSource.PROPOSED_PERSONS: recipients(PROPOSED, PERSON),
    FigureSource.PETITIONS: Source(petitions, count_petitions(False), PETITION_HEADS, petition_cells, Petition),
    FigureSource.PETITIONS_SETTLED: Source(petitions, count_petitions(True), PETITION_HEADS, petition_cells, Petition),
    FigureSource.INITIATIVES: Source(
        initiatives,
        count_dated("recognised_on", NO_INITIATIVE, "sáng kiến, đề tài"),
        ("Tên sáng kiến, đề tài", "Tác giả", "Phạm vi", "Ngày công nhận"),
        initiative_cells,
        Initiative,
    ),
    FigureSource.TITLES_REGISTERED: Source(
        registered, count_registered, ("Đối tượng", "Danh hiệu", "Ghi chú"), registered_cells, Registration
    ),
    FigureSource.TITLES_AWARDED: Source(
        awarded,
        count_dated("decided_on", NO_TITLE, "danh hiệu"),
        ("Đối tượng", "Danh hiệu", "Số quyết định", "Ngày quyết định"),
        awarded_cells,
        AwardRecord,
    ),
    FigureSource.MOVEMENTS: Source(
        movements, count_movements, ("Phong trào", "Phạm vi", "Đơn vị"), movement_cells, None
    ),
}


def rows_seen_by(report: AgencyReport, source: Source, user: User) -> tuple[list[Any], int]:
    """The rows behind a figure that ``user`` may see, and how many there are in all."""
    rows = source.read(report)
    if source.scope is None or not rows:
        return rows, len(rows)
    seen: QuerySet[Any] = source.scope.objects.visible_to(user)
    if source.scope is Registration:
        held = set(seen.filter(lines__in=rows).values_list("lines", flat=True))
    else:
        held = set(seen.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [row for row in rows if row.pk in held], len(rows)
