"""What the forms of the State and of the Party's bodies write differently: numbers, authority, the head of page 1.

The State's form is NĐ 30/2020, Phụ lục I. Of the Party's the sources at hand tell the heading, the number's hyphen and
stroke, the star and "T/M" (domain.md, part E); the rest stands here as data, and where no source was had it is the
State's: sizes of letters, margins, "Nơi nhận".
"""

from dataclasses import dataclass

from blocs.enums import AgencyKind
from reports.documents.blocks import Family


@dataclass(frozen=True)
class Form:
    """One family's marks. ``number_mark`` stands between number and letters, ``symbol_mark`` inside the symbol."""

    family: Family
    label: str
    number_mark: str
    symbol_mark: str
    on_behalf: str
    in_place: str


STATE = Form(Family.STATE, "Số: ", "/", "-", "TM.", "KT.")
PARTY = Form(Family.PARTY, "Số ", "-", "/", "T/M", "K/T")


def form_of(kind: str) -> Form:
    """The form of a body of this kind (a value of AgencyKind)."""
    return PARTY if kind == AgencyKind.PARTY else STATE


def symbol(abbreviation: str, letters: str, kind: str) -> str:
    """ "BC-STTTT"; "BC/BTGTU" for a body of the Party."""
    return f"{abbreviation}{form_of(kind).symbol_mark}{letters}"
