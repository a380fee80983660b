"""From marks to counts, from counts to fates: what a round said of each item.

Shares are compared in integers (awards.law.votes). More items above the share than places: from the most votes
downwards; a tie at the last place is the chair's to decide (TT 25/2025/TT-BKHCN, Điều 23).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.law.votes import PROVINCE, Demand, needed, passes
from council.domain.votes.casting import NO, YES
from council.domain.votes.electorate import Electorate, electorate_of
from council.enums import Fate
from council.models import Ballot, BallotItem, BallotUrn, BallotVoter, CouncilSession, OpenVote
from khoithidua.web.bulk import update_rows
from scoring.domain.polling.ballots import DAMAGED, urn_name
from scoring.domain.polling.counting import CHOSEN, TIED, fill_places
from scoring.domain.polling.urn import Contents, UrnDamaged, unseal
from scoring.enums import PollState

COUNTED = ("yes", "no", "blank", "recused", "base_count", "needed", "fate")
TAMPERED = (
    "Hòm phiếu có {held} biên nhận nhưng danh sách ghi {voted} người đã bỏ phiếu: dữ liệu đã bị can thiệp. Hãy hủy "
    "lượt này, báo quản trị viên và biểu quyết lại."
)
TOO_MANY = (
    "Số phiếu của một nội dung nhiều hơn số người được biểu quyết nội dung đó: dữ liệu đã bị can thiệp. Hãy hủy lượt "
    "này, báo quản trị viên và biểu quyết lại."
)
Count = tuple[int, int]  # for and against


def demand_on(ballot: Ballot) -> Demand:
    """The rule that was copied into the round."""
    return Demand(
        percent=ballot.percent,
        more_than=ballot.more_than,
        base=ballot.base,
        ballot_required=ballot.is_secret,
        written_allowed=ballot.written_counts,
        citation=ballot.legal_basis,
        source=PROVINCE,
    )


@sensitive_variables()
def count_round(ballot: Ballot, actor: User | None, now: datetime) -> None:
    """Effect of closing an electronic round: counts and fates of all items, receipts; an urn is emptied with it.

    TransitionRefused, and the round stays open, when the urn does not open, does not hold a receipt for each who
    is marked as having voted, or holds more marks on an item than people who could vote on it.
    """
    people = electorate_of(ballot)
    keys = [row.pk for row in people.rows]
    if ballot.is_secret:
        counts = count_urn(ballot, voted=len(people.voted), keys=keys)
    else:
        counts = count_open(ballot, people.rows)
    ballot.cast, ballot.invalid = len(people.voted), 0
    write_counts(ballot, people, counts, casters=people.voted, now=now)


@sensitive_variables()
def count_urn(ballot: Ballot, *, voted: int, keys: Collection[int]) -> dict[int, Count]:
    """Open the urn, publish its receipts, empty it; marks for and against by row."""
    urn = BallotUrn.objects.select_for_update().get(ballot=ballot)
    try:
        held = unseal(urn.sealed, name=urn_name(ballot))
    except UrnDamaged as damage:
        raise TransitionRefused(DAMAGED) from damage
    if not len(held.receipts) == len(set(held.receipts)) == voted:
        raise TransitionRefused(TAMPERED.format(held=len(held.receipts), voted=voted))
    counts = count_marks(held, keys)
    ballot.receipts = sorted(held.receipts)
    urn.sealed = ""
    urn.save(update_fields=["sealed"])
    return counts


@sensitive_variables()
def count_marks(held: Contents, keys: Collection[int]) -> dict[int, Count]:
    marks = Counter(mark for piece in held.ballots for mark in piece)
    if not {abs(mark) for mark in marks} <= set(keys):
        raise TransitionRefused(TOO_MANY)
    return {key: (marks[key], marks[-key]) for key in keys}


def count_open(ballot: Ballot, rows: Iterable[BallotItem]) -> dict[int, Count]:
    """Names and marks of an open vote are kept; what came in writing on paper is added."""
    said = list(OpenVote.objects.filter(ballot=ballot).values_list("marks", flat=True))
    marks = Counter((item, mark) for each in said for item, mark in each.items())
    return {
        row.pk: (
            marks[str(row.item_id), YES] + (row.paper_yes or 0),
            marks[str(row.item_id), NO] + (row.paper_no or 0),
        )
        for row in rows
    }


def write_counts(
    ballot: Ballot, people: Electorate, counts: Mapping[int, Count], *, casters: Sequence[BallotVoter], now: datetime
) -> None:
    """Write counts, bases and fates of all items, and the round's figures. ``casters``: whose votes came in."""
    demand = demand_on(ballot)
    valid = (ballot.cast or 0) - (ballot.invalid or 0)
    for row in people.rows:
        row.yes, row.no = counts[row.pk]
        row.recused = people.recused_of(row)
        row.blank = valid - people.recused_of(row, casters) - row.yes - row.no
        if row.blank < 0:
            raise TransitionRefused(TOO_MANY)
        row.base_count = people.base_of(ballot, row)
        row.needed = needed(row.base_count, demand)
    write_fates(ballot, people.rows, demand)
    update_rows(people.rows, COUNTED)
    write_figures(ballot, people, now)


def write_fates(ballot: Ballot, rows: Iterable[BallotItem], demand: Demand) -> None:
    passed = {row.pk: row.yes or 0 for row in rows if passes(row.yes or 0, row.base_count or 0, demand)}
    places = places_left(ballot)
    words = {CHOSEN: Fate.PASSED, TIED: Fate.TIED}
    placed = fill_places(passed, places)
    for row in rows:
        row.fate = words.get(placed[row.pk], Fate.OVER_QUOTA) if row.pk in placed else Fate.FAILED


def places_left(ballot: Ballot) -> int | None:
    """Places that no counted round on this award in the session has filled; None: no limit."""
    if ballot.places is None:
        return None
    CouncilSession.objects.select_for_update().get(pk=ballot.session_id)  # two rounds that close share the places
    filled = BallotItem.objects.filter(
        ballot__session=ballot.session_id,
        ballot__award=ballot.award_id,
        ballot__state=PollState.CLOSED,
        fate=Fate.PASSED,
    ).exclude(ballot=ballot)
    return max(ballot.places - filled.count(), 0)


FIGURES = ("eligible", "present", "written", "issued", "cast", "invalid", "closed_on", "receipts")


def write_figures(ballot: Ballot, people: Electorate, now: datetime) -> None:
    """Members, present, in writing and votes issued as the lists say, and the day of the count."""
    ballot.eligible, ballot.present, ballot.written = len(people.seats), people.present, people.written
    if ballot.is_electronic or ballot.issued is None:
        ballot.issued = len(people.may_cast)
    ballot.closed_on = ballot.closed_on or timezone.localdate(now)
    ballot.save(update_fields=[*FIGURES])


def count_words(ballot: Ballot) -> dict[str, object]:
    """A counted round as its history tells it: figures and totals by item, never who."""
    rows = ballot.rows.order_by("position", "pk").values_list("item", *COUNTED)
    return {name: getattr(ballot, name) for name in FIGURES if name not in ("receipts", "closed_on")} | {
        "items": {str(item): dict(zip(COUNTED, counts, strict=True)) for item, *counts in rows}
    }
