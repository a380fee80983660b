"""Commendations of an agency's people: recorded, changed, removed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.commendations import sentence
from blocs.domain.editing import refuse_stale
from blocs.domain.snapshots import snapshot
from blocs.models import BlocYear, Commendation, Membership, RecipientCount

FIELDS = ("agency", "period", "award", "issuer", "status", "reason")
RECIPIENTS = "đối tượng được khen"


@transaction.atomic
def add_commendation(
    membership: Membership, *, fields: Mapping[str, Any], counts: Mapping[str, int | None], actor: User
) -> Commendation:
    """Record one commendation of a member. ``counts`` maps kinds of recipients to a number, None for "nhiều".

    TransitionRefused when a line equal in everything stands already.
    """
    BlocYear.objects.select_for_update().get(pk=membership.bloc_year_id)
    last = Commendation.objects.filter(bloc_year=membership.bloc_year_id).aggregate(last=Max("position"))["last"]
    row = Commendation.objects.create(
        bloc_year=membership.bloc_year,
        position=0 if last is None else last + 1,
        **{name: fields[name] for name in FIELDS} | {"agency": membership.agency},
    )
    write_counts(row, counts)
    refuse_twin(row)
    audit.record(row, "Ghi kết quả khen thưởng", actor=actor, after=picture(row))
    return row


@transaction.atomic
def change_commendation(
    commendation: Commendation,
    *,
    fields: Mapping[str, Any],
    counts: Mapping[str, int | None],
    actor: User,
    seen: int | None = None,
) -> Commendation:
    """Change a commendation; numbers before and after stand in the audit trail.

    Raises Stale when outrun, TransitionRefused when it would equal another line in everything.
    """
    row = Commendation.objects.select_for_update(of=("self",)).select_related("agency").get(pk=commendation.pk)
    refuse_stale(row, seen=seen)
    before = picture(row)
    for name in FIELDS:
        setattr(row, name, fields[name])
    row.save(update_fields=[*FIELDS, "search_key"])
    write_counts(row, counts)
    refuse_twin(row)
    audit.record_change(row, "Sửa kết quả khen thưởng", actor=actor, before=before, after=picture(row))
    return row


@transaction.atomic
def remove_commendation(commendation: Commendation, *, reason: str, actor: User) -> None:
    """Remove a commendation; what it said stays in the history of the bloc-year."""
    before = picture(commendation)
    audit.record(commendation.bloc_year, "Xóa kết quả khen thưởng", actor=actor, before=before, reason=reason.strip())
    commendation.delete()


def refuse_twin(row: Commendation) -> None:
    """TransitionRefused when another line says the very same: nobody could tell a slip from a second award."""
    same = {name: getattr(row, name) for name in FIELDS}
    twins = Commendation.objects.filter(bloc_year=row.bloc_year_id, **same).exclude(pk=row.pk)
    own = counts_of(row)
    if any(counts_of(twin) == own for twin in twins.prefetch_related("recipients")):
        raise TransitionRefused(
            "Đã có một dòng giống hệt dòng này. Nếu là đợt khen khác, hãy ghi rõ lý do khen thưởng để phân biệt; "
            "nếu cùng đợt, hãy cộng số lượng vào dòng đã có."
        )


def counts_of(commendation: Commendation) -> dict[str, int | None]:
    return {each.kind: each.count for each in commendation.recipients.all()}


def write_counts(commendation: Commendation, counts: Mapping[str, int | None]) -> None:
    commendation.recipients.exclude(kind__in=counts.keys()).delete()
    for kind, count in counts.items():
        RecipientCount.objects.update_or_create(commendation=commendation, kind=kind, defaults={"count": count})


def picture(commendation: Commendation) -> dict[str, Any]:
    return snapshot(commendation, FIELDS) | {RECIPIENTS: sentence(commendation)}
