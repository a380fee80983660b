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

NAMED = 5  # units that a sentence names before it counts the rest
Votes = Mapping[tuple[str, int], Outcome]


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
    flagged = {each.agency_id for each in proposals if each.award in FLAGS}
    barred = {row.agency.pk for row in rows if row.disqualified}
    counts: dict[str, int] = defaultdict(int)
    marks: dict[int, tuple[str, ...]] = {}
    for each in proposals:
        counts[each.award] += 1
        found = (
            order_mark(each, rows, flagged),
            quota_mark(each, counts[each.award], limits),
            vote_mark(votes.get((each.award, each.agency_id))),
            "Đơn vị thuộc diện không xét." if each.award in FLAGS and each.agency_id in barred else "",
        )
        marks[each.pk] = tuple(sentence for sentence in found if sentence)
    return marks


def order_mark(proposal: Proposal, rows: Sequence[Standing], flagged: set[int]) -> str:
    """Better ranked units that get no flag, named with their ranks."""
    if proposal.award not in FLAGS:
        return ""
    passed = {agency.pk for agency in passed_over(rows, proposal.agency_id, flagged)}
    if not passed:
        return ""
    own = next((row.rank for row in rows if row.agency.pk == proposal.agency_id), None)
    place = f"hạng {own}" if own else "chưa có hạng"
    names = [f"{row.agency.label} (hạng {row.rank})" for row in rows if row.agency.pk in passed]
    rest = f" và {len(names) - NAMED} đơn vị xếp trên khác" if len(names) > NAMED else ""
    return f"Khác thứ tự điểm: đơn vị {place}, trong khi chưa đề nghị Cờ thi đua cho {'; '.join(names[:NAMED])}{rest}."


def quota_mark(proposal: Proposal, place: int, limits: Mapping[str, int]) -> str:
    limit = limits.get(proposal.award)
    if limit is None or place <= limit:
        return ""
    return f"Vượt chỉ tiêu: đề nghị thứ {place}, khối được đề nghị {limit} {Award(proposal.award).label}."


def vote_mark(found: Outcome | None) -> str:
    if found is None or found.passed is not False:
        return ""
    return f"Không đạt tỷ lệ phiếu ở vòng {found.round}: {found.votes} phiếu, cần {found.needed}."


def passed_over(rows: Sequence[Standing], agency_id: int, flagged: set[int]) -> list[Agency]:
    """Ranked units above ``agency_id`` that have no flag. A unit without a rank stands below all."""
    own = next((row.rank for row in rows if row.agency.pk == agency_id), None)
    return [
        row.agency
        for row in rows
        if row.rank is not None
        and (own is None or row.rank < own)
        and row.agency.pk not in flagged
        and row.agency.pk != agency_id
    ]
