"""Two people on one form: the second is told who changed what and when, sees both values, and loses nothing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.domain.workflow import TransitionRefused
from awards.domain.facts import MOVEMENT_WORDS
from awards.law.registry import BRANCHES

Base = Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """A field of which another value was saved meanwhile."""

    name: str
    label: str
    saved: str
    typed: str


class Conflict(TransitionRefused):
    """The row was saved after the form was opened, and with other values than were typed."""

    def __init__(
        self, who: str, at: datetime | None, differences: list[Difference], base: Base, version: int = 0
    ) -> None:
        self.differences = differences
        self.version = version
        self.base = base  # what the form is opened on now: saving again is a decision
        when = f" lúc {timezone.localtime(at):%H:%M ngày %d/%m/%Y}" if at else ""
        names = ", ".join(f"«{each.label}»" for each in differences)
        super().__init__(
            f"{who} đã sửa {names}{when}, sau khi bạn mở trang. Nội dung bạn gõ vẫn còn nguyên. "
            "Hãy đối chiếu hai bản ở dưới từng mục, rồi bấm Lưu lần nữa để ghi theo nội dung đang hiện trong ô."
        )


def in_words(row: models.Model, name: str, value: Any) -> str:
    """A value as a person reads it; nothing is «(trống)»."""
    if isinstance(value, dict):
        return attested_words(value)
    if isinstance(value, list):
        return "; ".join(str(each["label"] if isinstance(each, dict) else each) for each in value) or "(trống)"
    field = row._meta.get_field(name)
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if value in choices and value not in (None, ""):
        return str(choices[value])
    if isinstance(value, bool):
        return "có" if value else "không"
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return "(trống)" if value in (None, "") else str(value)


@cache
def attestations() -> dict[str, str]:
    """The words of every attestation of the law, by code."""
    return MOVEMENT_WORDS | {
        each.code: each.text for branches in BRANCHES.values() for branch in branches for each in branch.attestations
    }


def attested_words(value: Mapping[str, Any]) -> str:
    """What a unit attests, in the law's words; an attestation that the law no longer asks for by its code."""
    return "; ".join(attestations().get(code, code) for code, held in value.items() if held) or "(trống)"


def differing(row: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The part of ``wanted`` that ``row`` does not hold yet."""
    return {name: value for name, value in wanted.items() if getattr(row, name) != value}


def mark_of(value: Any) -> str:
    """A value as an opened form remembers it: enough to see that it is another one now."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return "" if value is None else str(value)


def base_of(row: Any, names: Iterable[str]) -> dict[str, str]:
    """What a form is opened on: the mark of every field it shows."""
    return {name: mark_of(getattr(row, name)) for name in names}


def settle(row: Any, wanted: Mapping[str, Any], *, base: Base | None, who: str, at: datetime | None) -> dict[str, Any]:
    """What of ``wanted`` is to be written into the locked ``row``, of which the form was opened on ``base``.

    Only what this person changed; what somebody else changed meanwhile stays. Raises Conflict with both values where
    both changed the same field to different values. ``base`` None asks for no such care.
    """
    changed = differing(row, wanted)
    if base is None:
        return changed
    mine = {name: value for name, value in changed.items() if mark_of(value) != base.get(name, mark_of(value))}
    stale = [name for name in mine if mark_of(getattr(row, name)) != base[name]]
    if stale:
        found = [
            Difference(
                name, label_of(row, name), in_words(row, name, getattr(row, name)), in_words(row, name, mine[name])
            )
            for name in stale
        ]
        raise Conflict(who or "Người khác", at, found, base_of(row, stale), getattr(row, "version", 0))
    return mine


def refuse_conflict(row: Any, wanted: Mapping[str, Any], *, seen: int | None, who: str, at: datetime | None) -> None:
    """Conflict when ``row`` (locked) left version ``seen`` and holds other values than ``wanted``; None: no check."""
    if seen is None or row.version == seen:
        return
    found = [
        Difference(name, label_of(row, name), in_words(row, name, getattr(row, name)), in_words(row, name, value))
        for name, value in differing(row, wanted).items()
    ]
    if found:
        raise Conflict(who or "Người khác", at, found, base_of(row, wanted), row.version)


def label_of(row: models.Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))
