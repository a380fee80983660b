"""What the page of one subject shows: its history by kinds, its nominations, who it was merged with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import User
from awards.domain.history_lines import LineKind, is_fixed, kinds_of
from awards.models import Freeze, InitiativeUse, Nomination, Subject, SubjectMerge
from khoithidua.web.labels import label_of
from khoithidua.web.text import search_key

SHOWN = 20


@dataclass(frozen=True)
class Line:
    row: Any
    cells: tuple[tuple[str, str], ...]  # heading, value
    fixed: str  # why hands do not change it


@dataclass(frozen=True)
class Section:
    kind: LineKind
    headings: tuple[str, ...]
    lines: Sequence[Line]
    may_write: bool


def sections_of(subject: Subject, user: User) -> list[Section]:
    """One table for each kind of line that such a subject has; one query each."""
    return [
        Section(
            kind,
            headings_of(kind),
            [line_of(row, kind) for row in kind.rows_of(subject)],
            user.has_perm(kind.permission, subject),
        )
        for kind in kinds_of(subject)
    ]


def headings_of(kind: LineKind) -> tuple[str, ...]:
    return tuple(capitalised(kind.word(name)) for name in kind.columns)


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def line_of(row: models.Model, kind: LineKind) -> Line:
    cells = tuple(zip(headings_of(kind), (shown(row, name) for name in kind.columns), strict=True))
    return Line(row, cells, is_fixed(row))


def shown(row: Any, name: str) -> str:
    """A value as the table shows it; what is not known stays blank, a conclusion that is not there too."""
    value = getattr(row, name)
    if isinstance(row, Freeze) and name == "upheld":
        return "" if row.cleared_on is None else "có sai phạm" if value else "không có sai phạm"
    if isinstance(row, InitiativeUse) and name == "award" and row.nomination is not None:
        return f"{value} (hồ sơ {row.nomination.dossier.code})"
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return label_of(row, name) if row._meta.get_field(name).choices else str(value)


def nominations_of(subject: Subject, user: User) -> models.QuerySet[Nomination]:
    """Where the subject is proposed, as far as ``user`` sees those dossiers; one query."""
    rows = Nomination.objects.visible_to(user).filter(subject=subject)
    return rows.select_related("dossier", "award").order_by("-dossier__year", "-pk")


def candidates_for(kept: Subject, user: User, query: str) -> list[Subject]:
    """Subjects of the same kind that ``user`` sees: those of the words, or first those of the same name."""
    rows = Subject.objects.visible_to(user).current().filter(kind=kept.kind, council=kept.council_id)
    rows = rows.exclude(pk=kept.pk).select_related("agency")
    return list(matching_words(rows, query or kept.name)[:SHOWN])


def matching_words(rows: models.QuerySet[Subject], query: str) -> models.QuerySet[Subject]:
    """Rows whose name, or other name, holds every word, accents or not; without words all of them."""
    words = search_key(query).split()
    for word in words:
        rows = rows.filter(Q(search_key__contains=word) | Q(aliases__search_key__contains=word))
    return rows.distinct() if words else rows


def merge_of(kept: Subject, pk: int) -> SubjectMerge | None:
    """One merge into this subject."""
    return SubjectMerge.objects.filter(kept=kept, pk=pk).select_related("gone", "kept").first()
