"""Awards to choose from: sixty entries read as groups by kind and level."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from awards.enums import AwardGroup, AwardLevel
from awards.models import AwardForm
from khoithidua.web.widgets import PlainSelect

LEVELS = [level.value for level in AwardLevel]


def group_of(award: AwardForm) -> str:
    """The heading that ``award`` stands under; the many forms of the State are told apart by what they are."""
    kind = "Danh hiệu thi đua" if award.is_title else "Hình thức khen thưởng"
    level = str(award.get_level_display())
    heading = f"{kind} {level[:1].lower()}{level[1:]}"
    if award.is_title or award.level != AwardLevel.STATE:
        return heading
    return f"{heading}: {AwardGroup(award.group).label}"


def in_groups(awards: Iterable[AwardForm]) -> Iterator[tuple[str, list[AwardForm]]]:
    """Titles first, then forms; inside both from the State down to the base, in the catalogue's order."""
    groups = list(AwardGroup.values)
    rows = sorted(
        awards, key=lambda each: (not each.is_title, LEVELS.index(each.level), groups.index(each.group), each.position)
    )
    for heading, found in groupby(rows, key=group_of):
        yield heading, list(found)


def award_options(awards: Iterable[AwardForm], value: str = "code") -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices for a select, by group; ``value`` names the field that is sent."""
    return [(heading, [(str(getattr(each, value)), each.name) for each in rows]) for heading, rows in in_groups(awards)]


class AwardIterator(ModelChoiceIterator):  # type: ignore[type-arg]
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for heading, rows in in_groups(self.queryset):
            yield heading, [self.choice(each) for each in rows]


class AwardField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One award of the catalogue, offered in groups."""

    iterator = AwardIterator
    widget = PlainSelect
