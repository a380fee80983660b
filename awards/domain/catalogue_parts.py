"""The parts of the catalogue that people edit: which rows, which fields, what they are called."""

from dataclasses import dataclass
from typing import Any

from awards.models import (
    AwardAlias,
    AwardForm,
    AwardPeriod,
    BaseSalary,
    RequiredPaper,
    RewardCoefficient,
    RuleEntry,
)

DATED = ("valid_from", "valid_to", "legal_basis", "basis", "note")
AWARD_FIELDS = ("name", "group", "level", "subjects", "cadence", "position", "active", "basis", "note")


@dataclass(frozen=True)
class Part:
    """``code`` is its word in addresses; ``of_award``: "always", "maybe" or "never" a part of one award."""

    code: str
    model: Any
    words: str
    fields: tuple[str, ...]
    of_award: str = "always"

    @property
    def has_version(self) -> bool:
        return self.model is not AwardAlias


PERIOD = Part("thoi-ky", AwardPeriod, "quy định theo thời kỳ", ("name", "authority", *DATED))
COEFFICIENT = Part("he-so", RewardCoefficient, "hệ số tiền thưởng", ("kind", "coefficient", "ceiling", *DATED))
PAPER = Part(
    "giay-to",
    RequiredPaper,
    "giấy tờ của hồ sơ",
    ("kind", "name", "per", "category", "required", "branches", "position", *DATED),
    "maybe",
)
ALIAS = Part("cach-viet", AwardAlias, "cách viết khác", ("name",))
SALARY = Part("luong-co-so", BaseSalary, "mức lương cơ sở", ("since", "amount", "legal_basis", "basis"), "never")
ENTRY = Part(
    "noi-dung-doi-chieu",
    RuleEntry,
    "nội dung cần đối chiếu",
    ("award", "title", "text", "source", "source_date", "is_draft", "verified", "position"),
    "never",
)
PARTS = {each.code: each for each in (PERIOD, COEFFICIENT, PAPER, ALIAS, SALARY, ENTRY)}
BY_MODEL = {each.model: each for each in PARTS.values()}


def part_of(row: Any) -> Part:
    return BY_MODEL[type(row)]


def award_of(row: Any) -> AwardForm | None:
    """The award whose history tells of this row; an entry and a general paper have their own."""
    return None if isinstance(row, RuleEntry) else getattr(row, "award", None)
