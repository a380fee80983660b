"""Who would be proposed by scores and votes: a list to decide from, never a decision.

Order: the ranking, among shared ranks the votes (domain.md C5.5); a unit that a vote refused, that
is barred (C5.4) or that has the other flag is passed over; a flag that a vote gave is settled first;
a tie across the last place of a quota is left to the conference (TT 25/2025/TT-BKHCN, Điều 23).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from blocs.enums import FLAGS, Award
from blocs.models import Agency, BlocYear
from scoring.domain.departures import CERTIFICATES, Votes, held_awards, latest_votes
from scoring.domain.polls import Outcome, outcomes
from scoring.domain.ranking import Standing
from scoring.models import Disqualification, Proposal


class Verdict(StrEnum):
    PROPOSED = "proposed"
    SUGGESTED = "suggested"
    TIED = "tied"
    OVER = "over"
    REFUSED = "refused"
    BARRED = "barred"
    OTHER_FLAG = "other_flag"
    UNRANKED = "unranked"


@dataclass(frozen=True)
class Candidate:
    """One unit for one award. ``vote`` is its latest count, if it was voted on."""

    agency: Agency
    rank: int | None
    percent: Decimal | None
    vote: Outcome | None
    verdict: Verdict
    sentence: str

    @property
    def is_suggested(self) -> bool:
        return self.verdict == Verdict.SUGGESTED


@dataclass(frozen=True)
class Suggestion:
    """One award: how many may still be proposed (None: no quota is known) and who stands for it."""

    award: str
    limit: int | None
    proposed: int
    candidates: tuple[Candidate, ...]

    @property
    def award_name(self) -> str:
        return Award(self.award).label

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.proposed)

    @property
    def suggested(self) -> list[Candidate]:
        return [each for each in self.candidates if each.is_suggested]

    @property
    def claimed(self) -> set[int]:
        """Units that no other flag may be suggested for: suggested, or tied after they won the vote."""
        tied = [each for each in self.candidates if each.verdict == Verdict.TIED and each.vote and each.vote.passed]
        return {each.agency.pk for each in (*self.suggested, *tied)}

    @property
    def standing(self) -> list[Candidate]:
        """Units about which something is to be told: suggested, proposed, tied, or passed over for a ground."""
        return [each for each in self.candidates if each.verdict != Verdict.OVER]

    @property
    def others(self) -> list[Candidate]:
        """Units for which no place is left."""
        return [each for each in self.candidates if each.verdict == Verdict.OVER]


@dataclass(frozen=True)
class Facts:
    """What every award's list is drawn from."""

    rows: Sequence[Standing]
    votes: Votes
    limits: Mapping[str, int]
    held: Mapping[int, frozenset[str]]  # awards proposed already, by agency
    certificates_barred: frozenset[int]


def suggestions(
    bloc_year: BlocYear,
    *,
    rows: Sequence[Standing],
    proposals: Iterable[Proposal],
    limits: Mapping[str, int],
    votes: Votes | None = None,
) -> list[Suggestion]:
    """A list for each award that has a quota or a counted vote, higher awards first. At most three queries."""
    held = held_awards((each.agency_id, each.award) for each in proposals)
    barred = Disqualification.objects.filter(sheet__bloc_year=bloc_year, bars_certificates=True)
    facts = Facts(
        rows=rows,
        votes=latest_votes(outcomes(bloc_year)) if votes is None else votes,
        limits=limits,
        held=held,
        certificates_barred=frozenset(barred.values_list("sheet__agency", flat=True)),
    )
    voted = {award for award, _ in facts.votes}
    asked = [award for award in Award.values if award in limits or award in voted]
    taken: set[int] = set()
    found = {}
    for award in sorted(asked, key=lambda award: settling_key(award, facts)):
        found[award] = suggestion(award, facts, taken)
        if award in FLAGS:
            taken |= found[award].claimed
    return [found[award] for award in asked]


def settling_key(award: str, facts: Facts) -> tuple[bool, bool]:
    """Awards that a vote gave to somebody first, then others that were voted on; else higher awards first."""
    counts = [vote for (voted, _), vote in facts.votes.items() if voted == award]
    return (not any(vote.passed for vote in counts), not counts)


def suggestion(award: str, facts: Facts, taken: set[int]) -> Suggestion:
    """The list of one award. ``taken`` are units that a flag settled before is for."""
    limit = facts.limits.get(award)
    proposed = sum(1 for awards in facts.held.values() if award in awards)
    settled = {row.agency.pk: settled_verdict(award, row, facts, taken) for row in facts.rows}
    open_rows = sorted(
        (row for row in facts.rows if settled[row.agency.pk] is None), key=lambda row: standing_key(award, row, facts)
    )
    verdicts = share_out(award, open_rows, None if limit is None else max(0, limit - proposed), facts)
    candidates = [candidate(award, row, settled[row.agency.pk] or verdicts[row.agency.pk], facts) for row in facts.rows]
    return Suggestion(award, limit, proposed, tuple(sorted(candidates, key=candidate_key)))


def standing_key(award: str, row: Standing, facts: Facts) -> tuple[int, int]:
    vote = facts.votes.get((award, row.agency.pk))
    return (row.rank or 0, -(vote.votes if vote else 0))


def candidate_key(each: Candidate) -> tuple[bool, int, int, str]:
    votes = each.vote.votes if each.vote else 0
    return (each.rank is None, each.rank or 0, -votes, each.agency.sort_key)


def settled_verdict(award: str, row: Standing, facts: Facts, taken: set[int]) -> Verdict | None:
    """What decides before any counting of places; None for a unit that stands for the award."""
    held = facts.held.get(row.agency.pk, frozenset())
    vote = facts.votes.get((award, row.agency.pk))
    is_flag = award in FLAGS
    if award in held:
        return Verdict.PROPOSED
    if row.disqualified and (is_flag or (award in CERTIFICATES and row.agency.pk in facts.certificates_barred)):
        return Verdict.BARRED
    if is_flag and (held & {*FLAGS} or row.agency.pk in taken):
        return Verdict.OTHER_FLAG
    if row.rank is None:
        return Verdict.UNRANKED
    if vote is not None and vote.passed is False:
        return Verdict.REFUSED
    return None


def share_out(award: str, rows: Sequence[Standing], left: int | None, facts: Facts) -> dict[int, Verdict]:
    """Places from the top; equals across the last place share the question instead.

    Where the award was voted on, a unit without a count gets no place; without a quota the vote alone
    suggests.
    """
    voted = is_voted(award, facts)
    standing = [row for row in rows if not voted or (award, row.agency.pk) in facts.votes]
    keys = [standing_key(award, row, facts) for row in standing]
    room = len(keys) if left is None else left
    straddles = 0 < room < len(keys) and keys[room - 1] == keys[room]
    verdicts = {row.agency.pk: Verdict.OVER for row in rows}
    for place, (row, key) in enumerate(zip(standing, keys, strict=True)):
        if straddles and key == keys[room]:
            verdicts[row.agency.pk] = Verdict.TIED
        elif place < room:
            verdicts[row.agency.pk] = Verdict.SUGGESTED
    return verdicts


def is_voted(award: str, facts: Facts) -> bool:
    return any(voted == award for voted, _ in facts.votes)


def candidate(award: str, row: Standing, verdict: Verdict, facts: Facts) -> Candidate:
    vote = facts.votes.get((award, row.agency.pk))
    return Candidate(row.agency, row.rank, row.percent, vote, verdict, sentence_of(award, row, verdict, vote, facts))


def sentence_of(award: str, row: Standing, verdict: Verdict, vote: Outcome | None, facts: Facts) -> str:
    """Why the unit stands where it stands."""
    if verdict == Verdict.BARRED:
        return f"Không xét: {'; '.join(reason.rstrip('.') for reason in row.disqualifications)}."
    if verdict == Verdict.REFUSED and vote is not None:
        return f"Không đạt tỷ lệ phiếu ở vòng {vote.round}: {vote.votes} phiếu, cần {vote.needed}."
    if verdict == Verdict.UNRANKED:
        if row.disqualified:
            return "Không xếp hạng vì thuộc diện không xét Cờ thi đua; có thể đề nghị nếu hội nghị thống nhất."
        return "Chưa có hạng vì còn thiếu điểm."
    if verdict == Verdict.OVER and vote is None and is_voted(award, facts):
        return "Chưa bỏ phiếu cho đơn vị này."
    known = {
        Verdict.PROPOSED: "Đã đề nghị.",
        Verdict.OTHER_FLAG: "Đã đề nghị hoặc gợi ý Cờ thi đua khác; một đơn vị chỉ được đề nghị một Cờ.",
        Verdict.TIED: "Bằng nhau ở vị trí cuối của chỉ tiêu; hội nghị quyết định.",
        Verdict.OVER: "Hết chỉ tiêu theo thứ tự điểm và phiếu.",
    }
    return known.get(verdict, voted_sentence(vote))


def voted_sentence(vote: Outcome | None) -> str:
    """What speaks for a suggested unit beside its rank."""
    if vote is None:
        return "Theo thứ tự điểm; chưa có kết quả bỏ phiếu."
    if vote.passed is None:
        return f"Theo thứ tự điểm; {vote.votes} phiếu, chưa đủ số liệu để tính tỷ lệ."
    return f"Theo thứ tự điểm; đạt {vote.votes} phiếu, cần {vote.needed}."
