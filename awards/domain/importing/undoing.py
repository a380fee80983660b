"""Taking back a whole import, while nothing rests on what it made."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction

from accounts.domain import audit
from accounts.domain.audit import Note, record_all
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.importing.workflow import locked_batch, mark_undone
from awards.domain.nominations import bump
from awards.domain.opened import locked, refuse_unless_draft
from awards.domain.rechecking import recheck
from awards.enums import ImportState
from awards.models import ImportBatch, Nomination, Subject
from khoithidua.web.text import without_controls

# What hangs on another goes first.
ORDER = (
    "awards.nomination",
    "awards.initiativeuse",
    "awards.initiative",
    "awards.taskgrade",
    "awards.freeze",
    "awards.discipline",
    "awards.awardrecord",
    "awards.unitmove",
    "awards.reorganisation",
    "awards.subjectalias",
    "awards.subject",
)
NAMED = 5
NOT_DONE = "Lần nhập này chưa xong hoặc đã hoàn tác. Hãy tải lại trang."
STOPPED = "Chưa hoàn tác được vì đã có dữ liệu dựa vào những dòng này: {rows} Hãy gỡ các dữ liệu đó trước."
EDITED = "đã được sửa sau khi nhập"
UNDONE = "Hoàn tác việc nhập từ tệp"

Rows = dict[str, list[Any]]
Resting = dict[tuple[str, int], Counter[str]]


@transaction.atomic
def undo(batch: ImportBatch, *, actor: User, reason: str = "") -> None:
    """Remove everything the import made, in one piece; recorded on the batch, the dossier and the subjects left.

    TransitionRefused naming the rows that stop it: what was edited since, what other rows refer to, nominations of
    a dossier that is no draft any more.
    """
    row = locked_batch(batch.pk)
    if row.state != ImportState.DONE:
        raise TransitionRefused(NOT_DONE)
    if row.dossier is not None:
        refuse_unless_draft(locked(row.dossier))
    made = rows_of(row)
    if stopping := resting_on(made):
        raise TransitionRefused(STOPPED.format(rows=named(made, stopping)))
    left = subjects_left(made)
    counts = removed(made)
    tell_history(row, made, left, actor=actor, reason=without_controls(reason))
    mark_undone(row, actor=actor, reason=without_controls(reason), counts=counts)
    recheck(subject.pk for subject in left)


def rows_of(batch: ImportBatch) -> Rows:
    """The rows that are still there, locked, by label in the order of removal. A query for each model."""
    keys: dict[str, list[int]] = defaultdict(list)
    for label, key in batch.made.values_list("label", "key"):
        keys[label].append(key)
    return {
        label: list(apps.get_model(label)._default_manager.select_for_update().filter(pk__in=keys[label]))
        for label in ORDER
        if label in keys
    }


def resting_on(made: Rows) -> Resting:
    """For each row that something else depends on, or that was edited, what and how often."""
    found: Resting = defaultdict(Counter)
    own = {(label, row.pk) for label, rows in made.items() for row in rows}
    for label, rows in made.items():
        for row in rows:
            if getattr(row, "version", 0):
                found[label, row.pk][EDITED] += 1
        for relation in apps.get_model(label)._meta.related_objects:
            for key, other in referring(relation, [row.pk for row in rows]):
                if (relation.related_model._meta.label_lower, other) not in own:
                    found[label, key][str(relation.related_model._meta.verbose_name)] += 1
    return found


def referring(relation: Any, keys: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Pairs of a row and the key of what refers to it, for one relation."""
    name = relation.field.name
    rows = relation.related_model._base_manager.filter(**{f"{name}__in": keys})
    return [(key, other) for key, other in rows.values_list(name, "pk")]


def named(made: Rows, stopping: Resting) -> str:
    """The first rows that stop it, each with what rests on it."""
    by_key = {(label, row.pk): row for label, rows in made.items() for row in rows}
    sentences = [
        f"«{by_key[key]}»: {', '.join(f'{what} ({count})' if what != EDITED else what for what, count in why.items())};"
        for key, why in sorted(stopping.items(), key=lambda item: item[0])[:NAMED]
    ]
    if len(stopping) > NAMED:
        sentences.append(f"và {len(stopping) - NAMED} dòng khác;")
    return " ".join(sentences).removesuffix(";") + "."


def subjects_left(made: Rows) -> list[Subject]:
    """Subjects that stay and lose a line of their history, or a nomination."""
    gone = {row.pk for row in made.get("awards.subject", ())}
    ids = {row.subject_id for rows in made.values() for row in rows if hasattr(row, "subject_id")}
    return list(Subject.objects.filter(pk__in=ids - gone))


def removed(made: Rows) -> dict[str, int]:
    """Delete the rows; how many of each kind."""
    counts: dict[str, int] = {}
    for label, rows in made.items():
        model = apps.get_model(label)
        model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
        counts[str(model._meta.verbose_name)] = len(rows)
    return counts


def tell_history(batch: ImportBatch, made: Rows, left: Sequence[Subject], *, actor: User, reason: str) -> None:
    """Say in the trail of the dossier, and of each subject that had or lost something, that it was taken back."""
    after = {"tệp": batch.file_name}
    record_all([Note(subject, UNDONE, after) for subject in left], actor=actor, reason=reason)
    gone = [row for row in made.get("awards.subject", ()) if isinstance(row, Subject)]
    record_all([Note(subject, UNDONE, after) for subject in gone], actor=actor, reason=reason)
    nominations = [row for row in made.get("awards.nomination", ()) if isinstance(row, Nomination)]
    if batch.dossier is not None and nominations:
        bump(locked(batch.dossier))
        audit.record(batch.dossier, UNDONE, actor=actor, reason=reason, after=after | {"trường hợp": len(nominations)})
