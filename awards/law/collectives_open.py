"""Collectives' and households' branches whose substance people weigh."""

from collections.abc import Iterable

from awards.law.branches import COLLECTIVE, Attestation, Branch, Round, Test, cite
from awards.law.checks import Check
from awards.law.facts import Nominee, SubjectKind
from awards.law.individuals_open import Open, weighed


def open_collectives(
    law: str,
    rule: str,
    awards: Iterable[str],
    rows: Iterable[Open],
    attestations: tuple[Attestation, ...] = (),
    kinds: frozenset[SubjectKind] = COLLECTIVE,
) -> tuple[Branch, ...]:
    """One discretionary branch for each row and award. Their substance is decided by people, what can be counted is."""
    listed = tuple(rows)
    return tuple(
        Branch(
            code=row.code,
            rule=rule,
            award=award,
            kinds=kinds,
            title=row.title,
            citation=cite(law, row.code),
            test=_test(row),
            discretionary=True,
            categories=row.categories,
            attestations=attestations,
        )
        for award in awards
        for row in listed
    )


def _test(row: Open) -> Test:
    def test(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
        counted = row.counted(nominee, a_round) if row.counted else ()
        return (*counted, weighed(row.title))

    return test
