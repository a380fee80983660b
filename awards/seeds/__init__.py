"""What a new installation knows of the law: sown by a migration, edited afterwards by people."""

from collections.abc import Callable, Iterable
from typing import Any

from awards.seeds.aliases import all_aliases
from awards.seeds.calendar import HOLIDAYS
from awards.seeds.coefficients import RATES, SALARIES
from awards.seeds.entries import ENTRIES
from awards.seeds.forms import FORMS, KINDS
from awards.seeds.papers import PAPERS
from awards.seeds.periods import PERIODS

GetModel = Callable[[str], Any]


def sow(get_model: GetModel) -> None:
    """Put every seeded row that is missing; rows that people changed stay as they are.

    ``get_model("AwardForm")`` gives the model: the historical one in a migration, the real one elsewhere.
    """
    add_missing(get_model("AwardForm"), ("code",), forms())
    awards = dict(get_model("AwardForm")._base_manager.values_list("code", "pk"))
    add_missing(get_model("AwardPeriod"), ("award_id", "valid_from"), periods(awards))
    add_missing(get_model("AwardAlias"), ("name",), aliases(awards))
    add_missing(get_model("RewardCoefficient"), ("award_id", "kind", "valid_from"), rates(awards))
    add_missing(get_model("BaseSalary"), ("since",), salaries())
    paper_key = ("award_id", "category", "kind", "per", "valid_from", "branches")
    add_missing(get_model("RequiredPaper"), paper_key, papers(awards))
    add_missing(get_model("RuleEntry"), ("rule_set", "title"), entries(awards))
    days = ({"day": day, "name": name, "works": works} for day, name, works in HOLIDAYS)
    add_missing(get_model("Holiday"), ("day",), days)


def add_missing(model: Any, key: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> None:
    """Make the rows whose natural ``key`` no row has: one query to look, one to write."""
    known = set(model._base_manager.values_list(*key))
    made = [model(**row) for row in rows if tuple(row[name] for name in key) not in known]
    model._base_manager.bulk_create(made)


def forms() -> Iterable[dict[str, Any]]:
    for position, form in enumerate(FORMS, start=1):
        subjects = [KINDS[kind] for kind in form.kinds]
        shared = {"code": form.code, "name": form.name, "group": form.group, "level": form.level}
        yield shared | {"subjects": subjects, "cadence": form.cadence, "position": position * 10, "basis": "checked"}


def periods(awards: dict[str, int]) -> Iterable[dict[str, Any]]:
    for each in PERIODS:
        yield {
            "award_id": awards[each.award],
            "name": each.name,
            "authority": each.authority,
            **dated(each),
        }


def aliases(awards: dict[str, int]) -> Iterable[dict[str, Any]]:
    for name, code in all_aliases().items():
        yield {"name": name, "award_id": awards[code]}


def rates(awards: dict[str, int]) -> Iterable[dict[str, Any]]:
    for each in RATES:
        shared = {"award_id": awards[each.award], "kind": str(each.kind), "coefficient": each.coefficient}
        yield shared | {"ceiling": each.ceiling} | dated(each)


def salaries() -> Iterable[dict[str, Any]]:
    for since, amount, legal_basis, basis in SALARIES:
        yield {"since": since, "amount": amount, "legal_basis": legal_basis, "basis": basis}


def papers(awards: dict[str, int]) -> Iterable[dict[str, Any]]:
    for position, each in enumerate(PAPERS, start=1):
        yield {
            "award_id": awards[each.award] if each.award else None,
            "category": "",
            "kind": each.kind,
            "name": each.name,
            "per": each.per,
            "required": each.required,
            "branches": each.branches,
            "position": position,
            **dated(each),
        }


def entries(awards: dict[str, int]) -> Iterable[dict[str, Any]]:
    for position, each in enumerate(ENTRIES, start=1):
        row = each._asdict() | {"rule_set": "R2026", "position": position}
        code = row.pop("award")
        yield row | {"award_id": awards[code] if code else None}


def dated(row: Any) -> dict[str, Any]:
    """The columns of ``Sourced``."""
    return {
        "valid_from": row.starts,
        "valid_to": row.ends,
        "legal_basis": row.legal_basis,
        "basis": row.basis,
        "note": row.note,
    }
