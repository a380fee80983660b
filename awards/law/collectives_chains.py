"""Collectives' branches on an award held before: five years HTXS since then, and flags or certificates inside them.

Luật TĐKT 2022, Điều 73.4.e, 44.4.đ, 43.4.d, 42.4.d; NĐ 152/2025, Điều 33.7; Luật TĐKT 2003 (2013), Điều 71, 42-44.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.law.branches import Round, said
from awards.law.checks import Check, all_of, any_of
from awards.law.collectives_tests import existed, first_year_after_discipline, years_after_discipline
from awards.law.facts import Given, Grade, Nominee
from awards.law.individuals_tests import best_of, held_before, listed
from awards.law.names import name_of
from awards.law.runs import (
    PROVINCIAL_CERTIFICATES,
    PROVINCIAL_FLAGS,
    Count,
    Run,
    counted_awards,
    excellent_run,
    grade_status,
    prior_award,
    window_start,
)

FIVE = 5
WINDOW = "Nghị định 152/2025/NĐ-CP, Điều 33 khoản 7"
EXCELLENT = "hoàn thành xuất sắc nhiệm vụ hoặc đạt Tập thể lao động xuất sắc"
GOVERNMENT, FLAG, CERTIFICATE = ("co-chinh-phu",), PROVINCIAL_FLAGS, PROVINCIAL_CERTIFICATES
WORDS = {
    GOVERNMENT: "Cờ thi đua của Chính phủ",
    FLAG: "cờ thi đua của bộ, ban, ngành, tỉnh",
    CERTIFICATE: "bằng khen của bộ, ban, ngành, tỉnh",
}


@dataclass(frozen=True)
class Prize:
    """One alternative: so many of each award. ``no_flags``: only for those that may not receive flags.

    ``council``: not in the text, but plainly more than it asks; people decide.
    """

    parts: tuple[tuple[tuple[str, ...], int], ...]
    no_flags: bool = False
    council: bool = False

    @property
    def words(self) -> str:
        return " và ".join(f"{times:02d} {WORDS[codes]}" for codes, times in self.parts)


@dataclass(frozen=True)
class CollectiveChain:
    """The test of a branch. ``literal``: the 2013 text says "5 năm tiếp theo liên tục", not "đến thời điểm đề nghị"."""

    prior: tuple[str, ...]
    prizes: tuple[Prize, ...] = ()
    ten_years: bool = False
    literal: bool = False

    def __call__(self, nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
        """Each record of the award before is tried; the one that serves best is told."""
        prior = prior_award(nominee, self.prior, nominee.on)
        age = (existed(nominee),) if self.ten_years else ()
        options: Iterable[Given | None] = prior.records or (None,)
        return best_of(
            *(
                (*age, held_before(nominee, self.prior, prior, each), *self._since(nominee, a_round, each))
                for each in options
            )
        )

    def _since(self, nominee: Nominee, a_round: Round, chosen: Given | None) -> tuple[Check, ...]:
        first = None if chosen is None else window_start(chosen, a_round)
        undated: tuple[Check, ...] = ()
        if chosen is not None and first is None:
            text = f"Chưa rõ ngày quyết định tặng {name_of(chosen.award)}; hãy bổ sung để tính thời gian sau đó."
            undated = (said(None, text),)
        since = _not_rewarded_yet(nominee, a_round, first)
        if a_round.counts_from_achievement and since is not None:
            return self._in_window(nominee, since, a_round.end_year)
        return (*undated, *self._up_to(nominee, since, a_round.end_year))

    def _up_to(self, nominee: Nominee, since: int | None, end: int) -> tuple[Check, ...]:
        first = _counted_from(nominee, since)
        found = excellent_run(nominee, end, FIVE, first)
        check = _run_check(found, end)
        if self.literal and first is not None and found.value is False:
            earlier = _best_run(nominee, first, end)
            check = _earlier_check(earlier) if earlier.value else check
        return (check, *self._prize_checks(nominee, found, end))

    def _in_window(self, nominee: Nominee, since: int, end: int) -> tuple[Check, ...]:
        found = _best_run(nominee, first_year_after_discipline(nominee, since), end)
        last = max(found.possible, default=end)
        return (
            _run_check(found, last),
            *_other_years(nominee, found, since, end),
            *self._prize_checks(nominee, found, last, (since, end)),
        )

    def _prize_checks(
        self, nominee: Nominee, found: Run, last: int, window: tuple[int, int] | None = None
    ) -> tuple[Check, ...]:
        return (_prizes_told(nominee, self.prizes, _Span(nominee, found, last, window)),) if self.prizes else ()


# --- years -------------------------------------------------------------------------------------------------------


def _counted_from(nominee: Nominee, since: int | None) -> int | None:
    if since is None:
        return max(years_after_discipline(nominee), default=None)
    return first_year_after_discipline(nominee, since)


def _not_rewarded_yet(nominee: Nominee, a_round: Round, since: int | None) -> int | None:
    """Under NĐ 152/2025, Điều 33.7, years that the same award has already rewarded do not count again."""
    if since is None or not a_round.counts_from_achievement:
        return since
    held = prior_award(nominee, nominee.award, nominee.on).records
    starts = (window_start(each, a_round) for each in held)
    return max([since, *(each for each in starts if each is not None)])


def _best_run(nominee: Nominee, since: int, end: int) -> Run:
    """The run of the window that serves best: five years or more, else one that may be, else the longest."""
    runs = [excellent_run(nominee, stop, FIVE, since) for stop in range(end, since - 1, -1)]
    return max(runs, key=_worth, default=excellent_run(nominee, end, FIVE, since))


def _worth(found: Run) -> tuple[int, int]:
    return ({True: 2, None: 1, False: 0}[found.value], len(found.possible))


def _run_check(found: Run, end: int) -> Check:
    if found.value:
        return said(True, f"Có {len(found.years)} năm liên tục {EXCELLENT} ({listed(found.years)}); cần từ {FIVE} năm.")
    if found.value is None:
        text = f"Chưa có mức hoàn thành nhiệm vụ năm {listed(found.unknown)}"
        return said(None, f"{text}; hãy bổ sung (cần {FIVE} năm liên tục {EXCELLENT}).")
    missing = f"; thiếu năm {found.broken}" if found.broken is not None else ""
    years = f"{len(found.possible)} năm liên tục" + (f" ({listed(found.possible)})" if found.possible else "")
    return said(False, f"Sau lần khen trước mới có {years} {EXCELLENT} đến năm {end}; cần từ {FIVE} năm{missing}.")


def _earlier_check(found: Run) -> Check:
    text = (
        f"Có {len(found.years)} năm liên tục {EXCELLENT} ({listed(found.years)}) nhưng không kéo dài đến năm đề nghị;"
        " hội đồng cần quyết định."
    )
    return said(None, text)


def _other_years(nominee: Nominee, found: Run, since: int, end: int) -> tuple[Check, ...]:
    """Years of the window outside the run are at least HTT (NĐ 152/2025, Điều 33.7)."""
    excellent = found.years if found.value else found.possible
    others = [year for year in range(since, end + 1) if year not in excellent]
    status = grade_status(nominee, Grade.HTT)
    poor = [year for year in others if status(year) is False]
    open_ = [year for year in others if status(year) is None]
    need = "các năm còn lại từ lần khen trước phải hoàn thành tốt nhiệm vụ trở lên"
    if poor:
        return (said(False, f"Năm {listed(poor)} chưa đạt: {need}.", WINDOW),)
    if open_:
        return (said(None, f"Chưa có mức hoàn thành nhiệm vụ năm {listed(open_)}: {need}; hãy bổ sung.", WINDOW),)
    return (said(True, f"Năm {listed(others)} đạt: {need}.", WINDOW),) if others else ()


# --- flags and certificates --------------------------------------------------------------------------------------


class _Span:
    """Counts of awards inside the run; those of the window outside it may count, which people decide."""

    def __init__(self, nominee: Nominee, found: Run, last: int, window: tuple[int, int] | None) -> None:
        self.nominee, self.found, self.last = nominee, found, last
        self.window = window

    def count(self, codes: tuple[str, ...]) -> Count:
        inside = self._in(codes, self.found.years)
        hoped = self._in(codes, self.found.possible)
        wide = counted_awards(self.nominee, codes, *self.window) if self.window else hoped
        return Count(inside.certain, max(hoped.possible, wide.possible), inside.years)

    def _in(self, codes: tuple[str, ...], years: tuple[int, ...]) -> Count:
        return counted_awards(self.nominee, codes, years[0], self.last) if years else Count(0, 0)


def _prizes_told(nominee: Nominee, prizes: tuple[Prize, ...], span: _Span) -> Check:
    values = [_worth_of(nominee, each, span) for each in prizes]
    value = any_of(values)
    have = _have(span)
    if value:
        chosen = prizes[values.index(True)]
        return said(True, f"Trong thời gian đó có {have}: đủ {chosen.words}.")
    need = "; hoặc ".join(_need(each) for each in prizes if not each.council)
    if value is None:
        return said(None, f"Trong thời gian đó có {have}; {_why_open(nominee, prizes, values)} Cần {need}.")
    return said(False, f"Trong thời gian đó có {have}; cần {need}.")


def _worth_of(nominee: Nominee, prize: Prize, span: _Span) -> bool | None:
    enough = all_of(span.count(codes).at_least(times) for codes, times in prize.parts)
    if prize.council:
        return None if enough is not False else False
    if prize.no_flags:
        barred = None if nominee.flag_eligible is None else not nominee.flag_eligible
        return all_of((enough, barred))
    return enough


def _have(span: _Span) -> str:
    return ", ".join(_told(span.count(codes), words) for codes, words in WORDS.items())


def _told(count: Count, words: str) -> str:
    years = f" ({listed(count.years)})" if count.years else ""
    return f"{count.certain} {words}{years}"


def _need(prize: Prize) -> str:
    return prize.words + (" nếu không thuộc đối tượng được tặng cờ" if prize.no_flags else "")


def _why_open(nominee: Nominee, prizes: tuple[Prize, ...], values: list[bool | None]) -> str:
    open_ = [prize for prize, value in zip(prizes, values, strict=True) if value is None]
    if nominee.awards is None:
        return "chưa có lịch sử khen thưởng, hãy bổ sung."
    if all(prize.no_flags for prize in open_) and nominee.flag_eligible is None:
        return "chưa rõ tập thể có thuộc đối tượng được tặng cờ thi đua không, hãy bổ sung."
    return "chưa đủ dữ liệu hoặc có lần khen ngoài quãng liên tục, hội đồng cần xem xét."
