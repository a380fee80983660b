"""The agencies of a year file under way: members first, others as sections come to name them."""

from collections.abc import Iterable

from blocs.models import Agency, Membership


class Roster:
    """Collects whom the file names, so that no code in it dangles."""

    def __init__(self, members: Iterable[Membership]) -> None:
        self.members = {row.agency_id: row.agency for row in members}
        self.others: dict[int, Agency] = {}

    def code(self, agency: Agency | None) -> str | None:
        """The code of ``agency``, which the file will describe."""
        if agency is None:
            return None
        if agency.pk not in self.members:
            self.others[agency.pk] = agency
        return agency.code

    def has(self, agency_id: int) -> bool:
        """True for a member of the year: only members have targets, scores, votes and proposals."""
        return agency_id in self.members

    def place(self, agency: Agency) -> tuple[int, str]:
        """Where ``agency`` stands in lists: members in their order, then the others by code."""
        ids = list(self.members)
        return (ids.index(agency.pk) if agency.pk in self.members else len(ids), agency.code)

    def closed(self) -> list[Agency]:
        """All of them with the parents and successors that they name, others by code."""
        waiting = [*self.members.values(), *self.others.values()]
        while waiting:
            agency = waiting.pop()
            for linked in (agency.parent, agency.successor):
                if linked is not None and linked.pk not in self.members and linked.pk not in self.others:
                    self.others[linked.pk] = linked
                    waiting.append(linked)
        return [*self.members.values(), *sorted(self.others.values(), key=lambda agency: agency.code)]
