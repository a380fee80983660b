"""Which agencies the province names for opinions: they stand first where agencies are chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from awards.domain.council_rules import names_of, rule_values
from awards.models import Dossier
from blocs.models import Agency
from khoithidua.web.text import search_key

CONSULTED, CONFIRMING = "opinion-agencies", "violation-agencies"
GROUPS = {
    (True, True): "Hiệp y và xác nhận vi phạm theo quy định của tỉnh",
    (True, False): "Hiệp y theo quy định của tỉnh",
    (False, True): "Xác nhận vi phạm theo quy định của tỉnh",
    (False, False): "Cơ quan, đơn vị khác",
}


@dataclass(frozen=True)
class Offered:
    """Agencies by group in the order they are offered, and lines of the rule that name no agency of the register."""

    groups: tuple[tuple[str, tuple[Agency, ...]], ...]
    unknown: tuple[str, ...]


def agencies_to_ask(dossier: Dossier, agencies: Sequence[Agency], on: date) -> Offered:
    """``agencies`` with those that the province names first; one query.

    A line names an agency by its name, short name or code, without regard to case and accents.
    """
    found = rule_values(dossier.council_id, on, CONSULTED, CONFIRMING)
    lines = {key: {search_key(str(line)): str(line) for line in value.value} for key, value in found.items()}
    names = {agency.pk: names_of(agency) for agency in agencies}
    grouped: dict[tuple[bool, bool], list[Agency]] = {place: [] for place in GROUPS}
    for agency in agencies:
        consulted, confirming = (bool(names[agency.pk] & lines.get(key, {}).keys()) for key in (CONSULTED, CONFIRMING))
        grouped[consulted, confirming].append(agency)
    known = set().union(*names.values()) if names else set()
    own = names_of(dossier.agency)
    unknown = {line: None for each in lines.values() for key, line in each.items() if key not in known | own}
    return Offered(tuple((GROUPS[place], tuple(rows)) for place, rows in grouped.items() if rows), tuple(unknown))
