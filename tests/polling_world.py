"""A bloc of seven (or any number of) units with a leader each, and its polls, for the tests of voting."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from blocs.models import Agency, BlocYear
from scoring.domain.polling.ballots import cast_ballot
from scoring.domain.polling.preparing import Plan, prepare_poll
from scoring.domain.polling.workflow import POLL, votes_missing
from scoring.models import Poll, PollOption, PollVoter
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    BlocFactory,
    BlocYearFactory,
    CouncilFactory,
    MembershipFactory,
    UserFactory,
)


@dataclass
class Electorate:
    """Units and their leaders in one order; the first heads the bloc and runs its polls."""

    year: BlocYear
    agencies: list[Agency]
    leaders: list[User]

    def leader(self, number: int) -> User:
        """Fetched anew, as a request does."""
        return User.objects.get(pk=self.leaders[number].pk)

    def prepared(self, options: int = 3, **changes: Any) -> Poll:
        """An electronic poll on the province's flag, in preparation, with the first units on the ballot."""
        values: dict[str, Any] = {
            "mode": "secret",
            "channel": "electronic",
            "base": "members",
            "threshold": 80,
            "max_choices": 1,
            "award": "co-tinh",
        }
        plan = Plan(**values | changes)
        return prepare_poll(self.year, plan=plan, agencies=self.agencies[:options], actor=self.leader(0))

    def opened(self, options: int = 3, **changes: Any) -> Poll:
        poll = self.prepared(options, **changes)
        POLL.perform(poll, "open", actor=self.leader(0))
        return poll

    def cast(self, poll: Poll, number: int, *choices: int) -> str:
        """The ballot of unit ``number`` for the options at these places."""
        keys = [options_of(poll)[place].pk for place in choices]
        return cast_ballot(
            poll, voter=voter_of(poll, self.agencies[number]).pk, choices=keys, actor=self.leader(number)
        )

    def close(self, poll: Poll) -> Poll:
        """With a reason while somebody who is present has not voted."""
        early = bool(votes_missing(poll))
        reason = "Hết giờ bỏ phiếu" if early else ""
        POLL.perform(poll, "close_early" if early else "close", actor=self.leader(0), reason=reason)
        return poll


def options_of(poll: Poll) -> list[PollOption]:
    return list(poll.options.order_by("position"))


def voter_of(poll: Poll, agency: Agency) -> PollVoter:
    return PollVoter.objects.get(poll=poll, agency=agency)


def votes_of(poll: Poll) -> dict[str, int]:
    return {row.agency.code: row.votes for row in poll.tallies.select_related("agency").order_by("agency__code")}


def build_electorate(size: int = 7) -> Electorate:
    council = CouncilFactory()
    year = BlocYearFactory(bloc=BlocFactory(council=council, code="khoi-bau", name="Khối bầu"))
    agencies, leaders = [], []
    for number in range(size):
        agency = AgencyFactory(council=council, code=f"dv{number:02d}", name=f"Đơn vị {number:02d}")
        MembershipFactory(bloc_year=year, agency=agency, role="member" if number else "head", position=number)
        leader = UserFactory(email=f"lanh-dao-{number:02d}@example.vn", full_name=f"Lãnh đạo {number:02d}")
        AppointmentFactory(user=leader, agency=agency, duty="leader")
        agencies.append(agency)
        leaders.append(leader)
    return Electorate(year, agencies, leaders)


def another_year(held: Electorate, number: int) -> Electorate:
    """The same units and people in another year, for one more vote on the same question."""
    year = BlocYearFactory(bloc=held.year.bloc, year=2050 + number)
    for position, agency in enumerate(held.agencies):
        MembershipFactory(bloc_year=year, agency=agency, role="member" if position else "head", position=position)
    return Electorate(year, held.agencies, held.leaders)
