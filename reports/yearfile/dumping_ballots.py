"""Votes, cross-checks, rules and frozen rankings for a year file."""

import json
from collections.abc import Mapping
from typing import Any

from blocs.models import BlocYear
from khoithidua.web.text import tidy
from reports.yearfile.emitting import Codes, Row, held, told_moment
from reports.yearfile.reading_checks import FLAGS, NUMBERS
from reports.yearfile.roster import Roster
from reports.yearfile.spots import tidy_lines
from scoring.domain.criteria import effective_set
from scoring.domain.tree import load_tree
from scoring.enums import PollChannel, PollPurpose, PollState
from scoring.models import CrossCheck, CrossDeal, LockedStanding, Poll, YearRules

COUNTED = ("round", "mode", "base", "threshold", "eligible", "present")


def dump_ballots(bloc_year: BlocYear, roster: Roster) -> list[Row]:
    """Closed votes alone: an open one is no result, and its ballots leave the urn only when counted."""
    polls = Poll.objects.filter(bloc_year=bloc_year, state=PollState.CLOSED)
    found = polls.prefetch_related("tallies__agency", "options__agency", "voters__agency")
    return [dump_ballot(poll, roster) for poll in found.order_by("purpose", "award", "round")]


def dump_ballot(poll: Poll, roster: Roster) -> Row:
    tallies = [row for row in poll.tallies.all() if roster.has(row.agency_id)]
    tallies.sort(key=lambda row: (-row.votes, roster.place(row.agency)))
    about = {"award": poll.award} if poll.purpose == PollPurpose.AWARD else {"purpose": poll.purpose}
    further = held({"recused": poll.recused or None, "issued": poll.issued})
    counts = {"cast": poll.cast, "invalid": poll.invalid}
    votes = Row({row.agency.code: row.votes for row in tallies})
    return Row(
        about
        | {name: getattr(poll, name) for name in COUNTED}
        | further
        | counts
        | {"votes": votes}
        | dump_details(poll)
        | dump_voters(poll, roster)
    )


def dump_details(poll: Poll) -> dict[str, Any]:
    """What the vote says beside its counts, where it says anything."""
    return held(
        {
            "question": tidy(poll.question),
            "channel": None if poll.channel == PollChannel.COUNTED else poll.channel,
            "quorum": poll.quorum,
            "max_choices": poll.max_choices,
            "recused_in_base": None if poll.recused_in_base else False,
            "committee": [
                held({"name": tidy(each["name"]), "title": tidy(each.get("title", ""))}) for each in poll.committee
            ],
            "opened_on": poll.opened_on,
            "closed_on": poll.closed_on,
            "receipts": Codes(poll.receipts),
            "note": tidy_lines(poll.note),
        }
    )


def dump_counter(member: Mapping[str, str]) -> Row:
    """One member of the committee that counted."""
    return held({"name": tidy(member["name"]), "title": tidy(member.get("title", ""))})


def dump_voters(poll: Poll, roster: Roster) -> dict[str, Any]:
    """Whom one could vote for, and who could vote: members in their order, so that no order tells anything."""
    options = [row.agency.code for row in poll.options.all() if row.agency and roster.has(row.agency.pk)]
    voters = [(row, row.agency) for row in poll.voters.all() if row.agency and roster.has(row.agency.pk)]
    voters.sort(key=lambda pair: roster.place(pair[1]))
    told = [
        held(
            {
                "agency": agency.code,
                "present": None if row.is_present else False,
                "recused": row.recused or None,
                "reason": tidy(row.recusal_reason),
                "voted": row.has_voted or None,
            }
        )
        for row, agency in voters
    ]
    return held({"options": Codes(options), "voters": told})


def dump_rules(bloc_year: BlocYear) -> dict[str, Any]:
    """The year's own rules; nothing where the defaults hold."""
    row = YearRules.objects.filter(bloc_year=bloc_year).first()
    if row is None:
        return {}
    return held({name: getattr(row, name) for name in (*FLAGS, *NUMBERS)} | {"basis": tidy_lines(row.basis)})


def dump_cross_checks(bloc_year: BlocYear, roster: Roster) -> dict[str, Any]:
    deals = [
        held({"seed": row.seed, "per_sheet": row.per_sheet, "due": row.due, "dealt_at": told_moment(row.dealt_at)})
        for row in CrossDeal.objects.filter(bloc_year=bloc_year).order_by("pk")
    ]
    rows = CrossCheck.objects.filter(sheet__bloc_year=bloc_year).select_related("sheet__agency", "checker")
    members = [row for row in rows if roster.has(row.checker_id) and roster.has(row.sheet.agency_id)]
    members.sort(key=lambda row: (roster.place(row.sheet.agency), roster.place(row.checker)))
    codes = codes_of(bloc_year)
    checks = [dump_check(row, codes) for row in members]
    return dict(held({"deals": deals, "checks": checks}))


def codes_of(bloc_year: BlocYear) -> dict[int, str]:
    """Codes of the set in force by the id of the criterion, in document order."""
    criteria = effective_set(bloc_year)
    return {} if criteria is None else {node.id: node.code for node in load_tree(criteria).leaves}


def dump_check(row: CrossCheck, codes: dict[int, str]) -> dict[str, Any]:
    found = {line.criterion_id: line for line in row.lines.all()}
    lines = {
        code: held({"points": found[pk].points, "reason": tidy_lines(found[pk].reason)})
        for pk, code in codes.items()
        if pk in found
    }
    done = {} if row.done_at is None else {"done_at": told_moment(row.done_at)}
    return {"sheet": row.sheet.agency.code, "checker": row.checker.code, **done, "lines": lines}


def dump_locked(bloc_year: BlocYear) -> list[dict[str, Any]]:
    """Frozen rankings, oldest first, in plain ASCII: no writer of text can change what the hash stands over."""
    return [
        held(
            {
                "version": row.version,
                "locked_at": told_moment(row.locked_at),
                "sha256": row.sha256,
                "content": json.dumps(row.content, sort_keys=True, separators=(",", ":")),
                "reopened_at": told_moment(row.reopened_at),
                "reopen_reason": tidy_lines(row.reopen_reason),
            }
        )
        for row in LockedStanding.objects.filter(bloc_year=bloc_year).order_by("version")
    ]
