"""The law's names are the catalogue's."""

from awards.law.names import NAMES
from blocs.enums import Award


def test_the_laws_names_are_those_of_the_year_file() -> None:
    assert dict(Award.choices) == NAMES
