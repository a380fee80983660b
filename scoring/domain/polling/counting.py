"""From ballots to votes: the count of an urn, what a committee counted, and who is chosen.

Thresholds are compared in integers (``scoring.domain.polls``). More options above the threshold than
places: from the most votes downwards; a tie at the last place is not decided by the count
(TT 25/2025/TT-BKHCN, Điều 23). Two rounds at most by default (TT 01/2024/TT-TANDTC, Điều 29).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import Agency, Quota
from scoring.domain.polling.ballots import DAMAGED, urn_name
from scoring.domain.polling.urn import Ballot, UrnDamaged, unseal
from scoring.domain.polls import needed_votes, replace_tallies, vote_passes, words_of
from scoring.enums import PollPurpose
from scoring.models import Poll, PollVoter, Urn


@dataclass(frozen=True)
class Count:
    """Ballots that came in, those that name nobody, and votes by option."""

    cast: int
    invalid: int
    votes: dict[int, int]


@sensitive_variables()
def count_ballots(ballots: Iterable[Ballot], *, options: Collection[int], max_choices: int) -> Count:
    """Votes by option. A ballot that names nobody, something unknown or too much is invalid, and adds nothing."""
    cast = invalid = 0
    votes = Counter(dict.fromkeys(options, 0))
    for ballot in ballots:
        cast += 1
        marks = set(ballot)
        if not marks or len(marks) > max_choices or not marks <= set(options):
            invalid += 1
        else:
            votes.update(marks)
    return Count(cast, invalid, dict(votes))


@sensitive_variables()
def count_urn(poll: Poll, actor: User | None, now: datetime) -> None:
    """Effect of closing: open the urn, write the votes, publish the receipts, empty the urn; one transaction.

    TransitionRefused, and the poll stays open, when the urn does not open or does not hold one ballot
    for each voter who is marked as having voted.
    """
    urn = Urn.objects.select_for_update().get(poll=poll)
    try:
        held = unseal(urn.sealed, name=urn_name(poll))
    except UrnDamaged as damage:
        raise TransitionRefused(DAMAGED) from damage
    voted = PollVoter.objects.filter(poll=poll, has_voted=True).count()
    if not len(held.ballots) == len(set(held.receipts)) == voted:
        raise TransitionRefused(
            f"Hòm phiếu có {len(held.ballots)} phiếu nhưng danh sách ghi {voted} người đã bỏ phiếu: dữ liệu đã bị "
            "can thiệp. Hãy hủy cuộc bỏ phiếu này, báo quản trị viên và bỏ phiếu lại."
        )
    options = {option.pk: option for option in poll.options.select_related("agency")}
    count = count_ballots(held.ballots, options=options.keys(), max_choices=poll.max_choices or len(options))
    write_figures(poll, now)
    poll.cast, poll.invalid, poll.receipts = count.cast, count.invalid, sorted(held.receipts)
    poll.save(update_fields=["cast", "invalid", "receipts"])
    replace_tallies(poll, {each.agency: count.votes[pk] for pk, each in options.items() if each.agency is not None})
    urn.sealed = ""
    urn.save(update_fields=["sealed"])
    audit.record(poll, "Kiểm phiếu điện tử", actor=actor, after=words_of(poll))


def write_figures(poll: Poll, now: datetime) -> None:
    """Members, present, recused and ballots issued as the list of voters says, and the day of the count."""
    figures = attendance_of(poll)
    if figures.eligible:
        poll.eligible, poll.present, poll.recused = figures.eligible, figures.present, figures.recused
        if poll.is_electronic:
            poll.issued = figures.may_vote
    poll.closed_on = poll.closed_on or timezone.localdate(now)
    poll.save(update_fields=["eligible", "present", "recused", "issued", "closed_on"])


@dataclass(frozen=True)
class Attendance:
    """The list of voters in numbers; ``recused`` counts those who are present."""

    eligible: int = 0
    present: int = 0
    recused: int = 0
    voted: int = 0

    @property
    def may_vote(self) -> int:
        return self.present - self.recused


def attendance_of(poll: Poll, voters: Iterable[PollVoter] | None = None) -> Attendance:
    """One query, or none when the ``voters`` were read already."""
    rows = list(PollVoter.objects.filter(poll=poll) if voters is None else voters)
    present = [row for row in rows if row.is_present]
    return Attendance(
        eligible=len(rows),
        present=len(present),
        recused=sum(row.recused for row in present),
        voted=sum(row.has_voted for row in rows),
    )


CHOSEN, TIED, FAILED = "chosen", "tied", "failed"


def elect(votes: Mapping[int, int], *, needed: int | None, places: int | None) -> dict[int, str | None]:
    """Each option's fate: CHOSEN, TIED (at the last place), FAILED; None while no threshold is known.

    Those with at least ``needed`` votes pass; where more pass than there are ``places``, from the most
    votes downwards (TT 25/2025/TT-BKHCN, Điều 23). ``places`` None sets no limit.
    """
    if needed is None:
        return dict.fromkeys(votes)
    passed = {key: count for key, count in votes.items() if count >= needed}
    return {**dict.fromkeys(votes, FAILED), **fill_places(passed, places)}


def fill_places(passed: Mapping[int, int], places: int | None) -> dict[int, str]:
    """Who of those that passed gets a place, from the most votes downwards: CHOSEN, TIED, FAILED (no place left)."""
    if places is None or len(passed) <= places:
        return dict.fromkeys(passed, CHOSEN)
    counts = sorted(passed.values(), reverse=True)
    last = counts[places - 1] if places else counts[0] + 1
    tie = places > 0 and counts[places] == last
    return {key: fate_of(count, last, tie=tie) for key, count in passed.items()}


def fate_of(count: int, last: int, *, tie: bool) -> str:
    if count > last or (count == last and not tie):
        return CHOSEN
    return TIED if count == last else FAILED


@dataclass(frozen=True)
class Result:
    """What one unit got in one round. None where the counts do not say."""

    agency: Agency
    votes: int
    needed: int | None
    passed: bool | None
    fate: str | None
    # Whether a place was left for somebody else after this round.
    places_left: bool = True


def results_of(polls: Sequence[Poll]) -> dict[int, list[Result]]:
    """The results of rounds by key of poll, most votes first; ``polls`` are counted, of one bloc-year, with tallies.

    Places that an earlier round of the same question has filled are not filled again. One query.
    """
    years = {poll.bloc_year_id for poll in polls}
    limits = dict(Quota.objects.filter(bloc_year__in=years).values_list("award", "limit"))
    taken: Counter[tuple[str, str]] = Counter()
    found: dict[int, list[Result]] = {}
    for poll in sorted(polls, key=lambda each: each.round):
        question = (poll.purpose, poll.award)
        places = places_of(poll, limits)
        left = None if places is None else max(places - taken[question], 0)
        found[poll.pk] = rows = round_results(poll, left)
        taken[question] += sum(row.fate == CHOSEN for row in rows)
    return found


def nobody_named(results: Sequence[Result]) -> bool:
    """A count by which nobody was chosen, and nobody stands at a tie."""
    return bool(results) and all(row.fate not in (CHOSEN, TIED) for row in results)


def places_of(poll: Poll, limits: Mapping[str, int]) -> int | None:
    """How many can be chosen: the bloc's quota of an award, one head, as many deputies as a ballot may name."""
    if poll.purpose == PollPurpose.HEAD:
        return 1
    return poll.max_choices if poll.purpose == PollPurpose.DEPUTY else limits.get(poll.award)


def round_results(poll: Poll, places: int | None) -> list[Result]:
    tallies = sorted(poll.tallies.all(), key=lambda row: (-row.votes, row.agency.sort_key, row.agency_id))
    base, percent = poll.base_count, poll.threshold
    known = base is not None and percent is not None
    needed = needed_votes(base=base or 0, percent=percent or 0) if known else None
    fates = elect({row.agency_id: row.votes for row in tallies}, needed=needed, places=places)
    chosen = sum(fate == CHOSEN for fate in fates.values())
    return [
        Result(
            agency=row.agency,
            votes=row.votes,
            needed=needed,
            passed=vote_passes(yes=row.votes, base=base or 0, percent=percent or 0) if known else None,
            fate=fates[row.agency_id],
            places_left=places is None or chosen < places,
        )
        for row in tallies
    ]
