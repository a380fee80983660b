"""By what a stored verdict was reached, besides its subject's own history: a mark that tells an older answer.

Whoever changes a history checks at once. What many dossiers hang on at a time (the province's settings, the
catalogue, the blocs, a movement, the day, the rules of a release) checks nothing: the mark is another one then.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db.models import Count, Sum, prefetch_related_objects
from django.utils import timezone

from awards import law
from awards.domain.attendance import AttendanceRules, attendance_rules
from awards.domain.facts import movement_of
from awards.domain.facts_bloc import Blocs, blocs_of
from awards.domain.law_days import law_day
from awards.domain.open_matters import open_freezes
from awards.models import AwardForm, Dossier, Nomination


def marks_of(rows: Sequence[Nomination]) -> dict[int, str]:
    """The mark of each nomination as things are now; four queries at most, and five more when one is an agency."""
    prefetch_related_objects(rows, "dossier__movement", "subject")
    attendance = attendance_rules({row.dossier.council_id for row in rows})
    dossiers = {row.dossier_id: row.dossier for row in rows}
    common = {pk: of_dossier(each, attendance) for pk, each in dossiers.items()}
    shared = of_all()
    blocs = blocs_of({place_of(row) for row in rows if row.subject.is_agency})
    matters = matters_of(rows)
    return {row.pk: mark(shared, common[row.dossier_id], matters[row.subject_id], of_bloc(row, blocs)) for row in rows}


def plain_mark(dossier: Dossier) -> str:
    """The mark of all in ``dossier`` who are no agency and have no open matter."""
    return mark(of_all(), of_dossier(dossier, attendance_rules({dossier.council_id})), [], ())


def mark(*parts: Any) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:32]


@cache
def rules_digest() -> str:
    """Another one in each release that changes the rules."""
    sources = sorted(Path(law.__path__[0]).rglob("*.py"))
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def of_all() -> tuple[Any, ...]:
    """The rules and the catalogue."""
    return (rules_digest(), tuple(AwardForm.objects.aggregate(Count("pk"), Sum("version")).values()))


def of_dossier(dossier: Dossier, attendance: AttendanceRules) -> tuple[Any, ...]:
    """The law of its day, what the province sets by it, and what the dossier says for all of its nominations."""
    day = law_day(dossier)
    own = (dossier.favourable_rule_set, dossier.category, dossier.year, dossier.achievement_from)
    until = (dossier.achievement_until, dossier.received_on)
    return (day, attendance.on(dossier.council_id, day), *own, *until, movement_of(dossier.movement))


def place_of(row: Nomination) -> tuple[int, int]:
    return (row.subject.agency_id or 0, row.dossier.year)


def of_bloc(row: Nomination, blocs: Blocs) -> tuple[Any, ...]:
    """For an agency: how it came out of its bloc, and the petitions about it that have begun."""
    if not row.subject.is_agency:
        return ()
    agency, today = place_of(row)[0], timezone.localdate()
    begun = sorted(each.since for each in blocs.petitions.get(agency, []) if each.since <= today)
    return (blocs.results.get(place_of(row)), begun)


def matters_of(rows: Sequence[Nomination]) -> Mapping[int, list[int]]:
    """Matters of the register that are open today, by subject: time alone opens and ends them."""
    found: dict[int, list[int]] = defaultdict(list)
    freezes = open_freezes({row.subject_id for row in rows}, timezone.localdate())
    for subject, pk in freezes.order_by("pk").values_list("subject", "pk"):
        found[subject].append(pk)
    return found
