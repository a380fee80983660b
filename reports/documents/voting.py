"""Counted votes of a bloc-year, as papers tell them. A single ballot is in none of them."""

from dataclasses import dataclass
from datetime import date

from blocs.models import BlocYear
from reports.documents.words import award_words, counted, share
from scoring.domain.polls import outcomes
from scoring.enums import PollBase, PollChannel, PollMode
from scoring.models import Poll

BASE_WORDS = {
    PollBase.MEMBERS.value: "tổng số thành viên",
    PollBase.PRESENT.value: "số thành viên có mặt",
}
# How a result is told: "bỏ phiếu kín, kết quả 06/07 (85,7%)".
MODE_WORDS = {
    PollMode.SECRET.value: "bỏ phiếu kín, kết quả",
    PollMode.SHOW_OF_HANDS.value: "biểu quyết giơ tay",
    PollMode.CONSENSUS.value: "biểu quyết nhất trí",
}


@dataclass(frozen=True)
class ResultFacts:
    """What one agency got. ``needed`` and ``passed`` are None where the counts do not say."""

    agency: str
    votes: int
    needed: int | None
    passed: bool | None


@dataclass(frozen=True)
class PollFacts:
    purpose: str
    award_name: str
    about: str  # as it follows "bỏ phiếu": "đề nghị tặng Cờ …"
    question: str
    round: int
    mode: str
    channel: str
    base: str
    threshold: int | None
    quorum: int | None
    recused_in_base: bool
    eligible: int | None
    present: int | None
    recused: int
    whole: int | None  # what a percentage is taken of; None while it is not known
    issued: int | None
    cast: int | None
    invalid: int | None
    committee: tuple[tuple[str, str], ...]  # names with titles, the chair first
    closed_on: date | None
    receipts: int
    note: str
    results: tuple[ResultFacts, ...]

    @property
    def valid(self) -> int | None:
        return None if self.cast is None or self.invalid is None else self.cast - self.invalid

    @property
    def is_electronic(self) -> bool:
        return self.channel == PollChannel.ELECTRONIC


def collect_polls(bloc_year: BlocYear) -> tuple[PollFacts, ...]:
    """Polls that are closed and counted, awards first; three queries at most. An open one gives nothing away."""
    rows = list(Poll.objects.counted().filter(bloc_year=bloc_year).order_by("purpose", "award", "round"))
    if not rows:
        return ()
    found: dict[tuple[str, str, int], list[ResultFacts]] = {}
    for each in outcomes(bloc_year, purpose=None):
        key = (each.purpose, each.award, each.round)
        found.setdefault(key, []).append(ResultFacts(each.agency.name, each.votes, each.needed, each.passed))
    return tuple(poll_facts(row, tuple(found.get((row.purpose, row.award, row.round), ()))) for row in rows)


def poll_facts(row: Poll, results: tuple[ResultFacts, ...]) -> PollFacts:
    return PollFacts(
        purpose=row.purpose,
        award_name=award_words(row) if row.award else "",
        about=row.about,
        question=row.question,
        round=row.round,
        mode=row.mode,
        channel=row.channel,
        base=row.base,
        threshold=row.threshold,
        quorum=row.quorum,
        recused_in_base=row.recused_in_base,
        eligible=row.eligible,
        present=row.present,
        recused=row.recused,
        whole=row.base_count,
        issued=row.issued,
        cast=row.cast,
        invalid=row.invalid,
        committee=tuple((str(each.get("name", "")), str(each.get("title", ""))) for each in row.committee),
        closed_on=row.closed_on,
        receipts=len(row.receipts),
        note=row.note,
        results=results,
    )


def poll_title(found: PollFacts) -> str:
    """ "Bỏ phiếu đề nghị tặng Cờ …, vòng 1"."""
    verb = "Bỏ phiếu" if found.mode == PollMode.SECRET else "Biểu quyết"
    return f"{verb} {found.about}, vòng {found.round}"


def result_line(found: PollFacts, each: ResultFacts) -> str:
    """ "Sở Y tế: bỏ phiếu kín, kết quả 06/07 (85,7%), đạt"; the share only where its whole is known."""
    votes = f"{counted(each.votes)} phiếu"
    if found.whole:
        votes = f"{counted(each.votes)}/{counted(found.whole)} ({share(each.votes, found.whole)})"
    verdict = {True: ", đạt", False: ", không đạt", None: ""}[each.passed]
    return f"{each.agency}: {MODE_WORDS[found.mode]} {votes}{verdict}"


def threshold_words(found: PollFacts) -> str:
    """The threshold and what it is a share of, in words; empty where none was set."""
    if found.threshold is None:
        return ""
    rest = "" if found.recused_in_base else ", không tính người không tham gia bỏ phiếu"
    needed = ""
    if (votes := next((each.needed for each in found.results if each.needed is not None), None)) is not None:
        needed = f", tức ít nhất {counted(votes)}/{counted(found.whole)} phiếu" if found.whole else ""
    return f"Tỷ lệ phiếu tối thiểu: {found.threshold}% {BASE_WORDS[found.base]}{rest}{needed}."


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
    opening = f"{poll_title(found)}, hình thức: {PollMode(found.mode).label.lower()}"
    votes = "; ".join(f"{each.agency}: {counted(each.votes)} phiếu" for each in found.results)
    return [f"{opening}{' (' + ', '.join(counts) + ')' if counts else ''}{': ' + votes if votes else ''}."]
