"""Scores and proposals of a bloc-year, as papers tell them."""

from dataclasses import dataclass
from decimal import Decimal

from blocs.enums import Award
from blocs.models import BlocYear
from reports.documents.blocks import Align, Column, Row, Table, Width
from reports.documents.words import award_words, counted, points
from scoring.domain.ranking import Standing
from scoring.domain.wording import tie_break_word
from scoring.models import Poll, Proposal

FLAGS_FIRST = {award.value: place for place, award in enumerate(Award)}


@dataclass(frozen=True)
class StandingFacts:
    agency: str
    base: Decimal | None
    bonus: Decimal
    deduction: Decimal
    total: Decimal | None
    assigned_max: Decimal
    percent: Decimal | None
    rank: int | None
    tie_broken_by: str | None
    disqualifications: tuple[str, ...]
    provisional: bool


@dataclass(frozen=True)
class ProposalFacts:
    award: str  # a value of ``Award``
    award_name: str
    agency: str
    reason: str


@dataclass(frozen=True)
class PollFacts:
    award_name: str
    round: int
    mode: str
    eligible: int | None
    present: int | None
    cast: int | None
    invalid: int | None
    tallies: tuple[tuple[str, int], ...]


def standing_facts(found: Standing) -> StandingFacts:
    return StandingFacts(
        agency=found.agency.name,
        base=found.base,
        bonus=found.bonus,
        deduction=found.deduction,
        total=found.total,
        assigned_max=found.assigned_max,
        percent=found.percent,
        rank=found.rank,
        tie_broken_by=found.tie_broken_by,
        disqualifications=found.disqualifications,
        provisional=found.provisional,
    )


def collect_proposals(bloc_year: BlocYear) -> tuple[ProposalFacts, ...]:
    """Higher awards first, then the bloc's own order."""
    rows = sorted(
        Proposal.objects.filter(bloc_year=bloc_year).select_related("agency"),
        key=lambda row: (FLAGS_FIRST.get(row.award, len(FLAGS_FIRST)), row.position, row.pk),
    )
    return tuple(ProposalFacts(row.award, award_words(row), row.agency.name, row.reason) for row in rows)


def collect_polls(bloc_year: BlocYear) -> tuple[PollFacts, ...]:
    rows = Poll.objects.filter(bloc_year=bloc_year).prefetch_related("tallies__agency")
    return tuple(
        PollFacts(
            award_name=award_words(row),
            round=row.round,
            mode=row.get_mode_display(),
            eligible=row.eligible,
            present=row.present,
            cast=row.cast,
            invalid=row.invalid,
            tallies=tuple((tally.agency.name, tally.votes) for tally in row.tallies.all()),
        )
        for row in rows
    )


def standings_table(rows: tuple[StandingFacts, ...], year: int) -> Table:
    """Totals and ranks; a dash where points are missing, the reason where a unit is not ranked."""
    columns = (
        Column("TT", Width.TINY, Align.CENTER),
        Column("Đơn vị", Width.WIDE, heads=True),
        Column("Điểm nội dung", Width.NARROW, Align.RIGHT),
        Column("Điểm thưởng", Width.NARROW, Align.RIGHT),
        Column("Điểm trừ", Width.NARROW, Align.RIGHT),
        Column("Tổng điểm", Width.NARROW, Align.RIGHT),
        Column("Tỷ lệ so với điểm tối đa được giao (%)", Width.MIDDLE, Align.RIGHT),
        Column("Xếp hạng", Width.NARROW, Align.CENTER),
    )
    return Table(
        f"Kết quả chấm điểm thi đua năm {year}",
        columns,
        tuple(standing_row(place, each) for place, each in enumerate(rows, 1)),
    )


def standing_row(place: int, each: StandingFacts) -> Row:
    figures = (each.base, each.bonus, each.deduction, each.total, each.percent)
    return Row((str(place), each.agency, *[points(value) for value in figures], rank_word(each)))


def rank_word(each: StandingFacts) -> str:
    if each.disqualifications:
        return "Không xét"
    return str(each.rank) if each.rank else "-"


def remarks(rows: tuple[StandingFacts, ...]) -> list[str]:
    """Why somebody is not ranked, what broke a tie, and that points are not final yet."""
    lines = [f"{row.agency} không xét xếp hạng: {listed_reasons(row)}." for row in rows if row.disqualifications]
    ties = [row for row in rows if row.tie_broken_by]
    for word in dict.fromkeys(tie_break_word(row.tie_broken_by or "") for row in ties):
        tied = [row.agency for row in ties if tie_break_word(row.tie_broken_by or "") == word]
        lines.append(f"Bằng điểm, xếp hạng theo {word}: {'; '.join(tied)}.")
    unscored = [row.agency for row in rows if row.total is None]
    if unscored:
        lines.append(f"Chưa đủ điểm để tính tổng, xếp hạng: {'; '.join(unscored)}.")
    provisional = [row.agency for row in rows if row.provisional and row.total is not None]
    if provisional:
        lines.append(f"Điểm tạm tính, còn tiêu chí chưa được thẩm định: {'; '.join(provisional)}.")
    return lines


def listed_reasons(row: StandingFacts) -> str:
    return "; ".join(reason.rstrip(" .") for reason in row.disqualifications)


def poll_lines(found: PollFacts) -> list[str]:
    """One poll in sentences; unknown counts are left out, never shown as 0."""
    counts = [
        f"{word} {counted(number)}"
        for word, number in (
            ("tổng số thành viên", found.eligible),
            ("có mặt", found.present),
            ("số phiếu thu về", found.cast),
            ("phiếu không hợp lệ", found.invalid),
        )
        if number is not None
    ]
    opening = f"{found.award_name}, vòng {found.round}, hình thức: {found.mode.lower()}"
    votes = "; ".join(f"{agency}: {counted(number)} phiếu" for agency, number in found.tallies)
    return [f"{opening}{' (' + ', '.join(counts) + ')' if counts else ''}{': ' + votes if votes else ''}."]
