"""``khoithidua/eligibility@1`` to nominees: strict, and every fault at once with its path.

Omitted or null ``grades``, ``awards``, ``initiatives``, ``people`` and ``bloc`` mean "not known"; an empty list
or table means "none". Omitted ``freezes`` and ``disciplines`` mean that none is stated.
"""

from datetime import date
from pathlib import Path

from awards.eligibility.facts import (
    read_awards,
    read_aways,
    read_bloc,
    read_disciplines,
    read_freezes,
    read_grades,
    read_initiatives,
    read_movement,
    read_moves,
    read_people,
    read_predecessors,
)
from awards.eligibility.faults import EligibilityFileError, Fault, in_order
from awards.eligibility.spots import Fields, Spot, hint_of, once
from awards.eligibility.tree import read_bytes, read_path
from awards.eligibility.words import ATTESTATIONS, AWARDS, CATEGORIES, FIRST_YEAR, KINDS, LAST_YEAR, RULE_SETS, SEXES
from awards.law.facts import Category, Nominee, SubjectKind
from awards.law.rule_sets import NoRuleSet, rule_set_on

FORMAT = "khoithidua/eligibility@1"
REQUIRED = ("id", "award", "on", "subject")
OPTIONAL = (
    *("branch", "grades", "awards", "initiatives", "freezes", "people", "bloc"),
    *("year", "category", "disciplines", "aways", "attested", "movement", "rule_set", "received_on"),
    *("move", "achieved_until", "considered_on", "dissolved_on", "proposed_by_successor", "predecessors"),
    "achievement",
)
SUBJECT = ("name", "sex", "founded", "flag_eligible", "worker", "manager")


def read_file(path: Path) -> tuple[Nominee, ...]:
    """The nominees of a file in its order. Raises EligibilityFileError with every fault in it."""
    return parse(*read_path(path))


def read_text(text: str | bytes) -> tuple[Nominee, ...]:
    """The same from memory."""
    return parse(*read_bytes(text.encode() if isinstance(text, str) else text))


def parse(tree: object, faults: list[Fault]) -> tuple[Nominee, ...]:
    root = Spot(tree, "", faults)
    if not isinstance(tree, dict):
        root.fault("Tệp phải là một bảng khóa và giá trị, bắt đầu bằng «format».")
        raise EligibilityFileError(faults)
    if tree.get("format") != FORMAT:
        root.child("format", None).fault(f"Phải là «{FORMAT}».")
        raise EligibilityFileError(in_order(faults))
    nominees = read_nominees(root.fields(("format", "nominees"))["nominees"])
    if faults:
        raise EligibilityFileError(in_order(faults))
    return nominees


def read_nominees(spot: Spot) -> tuple[Nominee, ...]:
    spots = spot.items()
    nominees = tuple(read_nominee(each) for each in spots)
    once(spots, (each.id for each in nominees), "Mã này đã có ở trên. Mỗi đề nghị có một mã riêng.", key="id")
    return nominees


def read_nominee(spot: Spot) -> Nominee:
    fields = spot.fields(REQUIRED, OPTIONAL)
    subject = fields["subject"].fields(("kind",), SUBJECT) if fields["subject"].given else Fields(spot, {})
    return Nominee(
        id=fields["id"].text(),
        award=fields["award"].choice(AWARDS) or "",
        on=read_day_of_law(fields["on"]) or date.max,
        kind=subject["kind"].choice(KINDS) or SubjectKind.INDIVIDUAL,
        name=subject["name"].text(),
        branch=fields["branch"].text(),
        category=fields["category"].choice(CATEGORIES) or Category.MERIT,
        year=fields["year"].whole(low=FIRST_YEAR, high=LAST_YEAR),
        sex=subject["sex"].choice(SEXES) or "",
        worker=subject["worker"].flag(),
        manager=subject["manager"].flag(),
        founded=subject["founded"].whole(low=1800, high=LAST_YEAR),
        flag_eligible=subject["flag_eligible"].flag(),
        grades=read_grades(fields["grades"]),
        awards=read_awards(fields["awards"]),
        initiatives=read_initiatives(fields["initiatives"]),
        freezes=read_freezes(fields["freezes"]),
        disciplines=read_disciplines(fields["disciplines"]),
        aways=read_aways(fields["aways"]),
        people=read_people(fields["people"]),
        bloc=read_bloc(fields["bloc"]),
        movement=read_movement(fields["movement"]),
        attested=read_attested(fields["attested"]),
        rule_set=fields["rule_set"].choice(RULE_SETS) or "",
        received_on=read_day_of_law(fields["received_on"]),
        moves=read_moves(fields["move"]),
        achieved_until=fields["achieved_until"].day(),
        considered_on=fields["considered_on"].day(),
        dissolved_on=fields["dissolved_on"].day(),
        proposed_by_successor=fields["proposed_by_successor"].flag(),
        predecessors=read_predecessors(fields["predecessors"]),
        achievement=fields["achievement"].text(),
    )


def read_day_of_law(spot: Spot) -> date | None:
    """A day that lies in one of the rule sets held."""
    found = spot.day()
    try:
        if found:
            rule_set_on(found)
    except NoRuleSet as refusal:
        spot.fault(str(refusal))
    return found


def read_attested(spot: Spot) -> dict[str, bool]:
    """What the dossier attests, by code; a null is as if it were not there."""
    found = {}
    for key, each in spot.pairs():
        if key not in ATTESTATIONS:
            each.fault("Không có nội dung xác nhận với mã này. " + hint_of(key, ATTESTATIONS))
        elif (value := each.flag()) is not None:
            found[key] = value
    return found
