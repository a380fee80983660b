"""Where a proposal departs from scores, votes, quotas or bars: marked on the page and in the papers.

Pure: rows that were read already. Sources: domain.md C5.1 (a departure from the score order has a
reason), B5 Q3 (quotas of a bloc-year), C5.4 (bars); NĐ 98/2023, Điều 30 khoản 7 (share of votes).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from blocs.enums import FLAGS, Award
from blocs.models import Agency
from scoring.domain.polls import Outcome
from scoring.domain.ranking import Standing
from scoring.models import Proposal

# Collective awards below flags that go by the score order too; a ground may bar them where it says so
# (Hưng Yên's guide V.2b: "cờ và bằng khen").
CERTIFICATES = (
    Award.PM_CERTIFICATE,
    Award.PROVINCIAL_CERTIFICATE,
    Award.MINISTRY_CERTIFICATE,
    Award.CERTIFICATE,
    Award.UNIT_CERTIFICATE,
)
NAMED = 5  # units that a sentence names before it counts the rest
Votes = Mapping[tuple[str, int], Outcome]
Held = Mapping[int, frozenset[str]]


def latest_votes(found: Iterable[Outcome]) -> dict[tuple[str, int], Outcome]:
    """By award and agency: what each agency got in the latest round that named it. Awards only."""
    rounds = sorted((each for each in found if each.award), key=lambda each: each.round)
    return {(each.award, each.agency.pk): each for each in rounds}


def marks_of(
    proposals: Sequence[Proposal], *, rows: Sequence[Standing], limits: Mapping[str, int], votes: Votes
) -> dict[int, tuple[str, ...]]:
    """Sentences by proposal id; a proposal without any follows scores, votes and quotas.

    ``proposals`` in the bloc's order, ``rows`` the ranking, ``limits`` the quota by award.
    """
    held = held_awards((each.agency_id, each.award) for each in proposals)
    barred = {row.agency.pk for row in rows if row.disqualified}
    counts: dict[str, int] = defaultdict(int)
    marks: dict[int, tuple[str, ...]] = {}
    for each in proposals:
        counts[each.award] += 1
        found = (
            order_mark(each, rows, held),
            quota_mark(each, counts[each.award], limits),
            vote_mark(votes.get((each.award, each.agency_id))),
            "Đơn vị thuộc diện không xét." if each.award in FLAGS and each.agency_id in barred else "",
        )
        marks[each.pk] = tuple(sentence for sentence in found if sentence)
    return marks


def held_awards(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    """Awards proposed already, by agency."""
    held: dict[int, frozenset[str]] = {}
    for agency_id, award in pairs:
        held[agency_id] = held.get(agency_id, frozenset()) | {award}
    return held


def satisfied(award: str, held: Held) -> set[int] | None:
    """Units that a proposal of ``award`` passes over no more; None for an award without a score order.

    A flag passes over who has no flag; a certificate, who has no proposal at all.
    """
    if award in FLAGS:
        return {agency_id for agency_id, awards in held.items() if awards & {*FLAGS}}
    return {*held} if award in CERTIFICATES else None


def order_mark(proposal: Proposal, rows: Sequence[Standing], held: Held) -> str:
    """Better ranked units that get no flag, or for a certificate nothing at all, named with their ranks."""
    passed = {agency.pk for agency in passed_over(rows, proposal.agency_id, satisfied(proposal.award, held))}
    if not passed:
        return ""
    own = next((row.rank for row in rows if row.agency.pk == proposal.agency_id), None)
    place = f"hạng {own}" if own else "chưa có hạng"
    names = [f"{row.agency.label} (hạng {row.rank})" for row in rows if row.agency.pk in passed]
    rest = f" và {len(names) - NAMED} đơn vị xếp trên khác" if len(names) > NAMED else ""
    what = "Cờ thi đua" if proposal.award in FLAGS else "hình thức nào"
    return f"Khác thứ tự điểm: đơn vị {place}, trong khi chưa đề nghị {what} cho {'; '.join(names[:NAMED])}{rest}."


def quota_mark(proposal: Proposal, place: int, limits: Mapping[str, int]) -> str:
    limit = limits.get(proposal.award)
    if limit is None or place <= limit:
        return ""
    return f"Vượt chỉ tiêu: đề nghị thứ {place}, khối được đề nghị {limit} {Award(proposal.award).label}."


def vote_mark(found: Outcome | None) -> str:
    if found is None or found.passed is not False:
        return ""
    return f"Không đạt tỷ lệ phiếu ở vòng {found.round}: {found.votes} phiếu, cần {found.needed}."


def passed_over(rows: Sequence[Standing], agency_id: int, settled: set[int] | None) -> list[Agency]:
    """Ranked units above ``agency_id`` that are not ``settled``; none where that is None.

    A unit without a rank stands below all; a barred one has none and is never passed over.
    """
    if settled is None:
        return []
    own = next((row.rank for row in rows if row.agency.pk == agency_id), None)
    return [
        row.agency
        for row in rows
        if row.rank is not None
        and (own is None or row.rank < own)
        and row.agency.pk not in settled
        and row.agency.pk != agency_id
    ]
