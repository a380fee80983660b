"""Meetings of a bloc: recorded, changed, removed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.editing import refuse_stale
from blocs.domain.snapshots import snapshot
from blocs.enums import ConferenceKind
from blocs.models import Attendance, BlocYear, Conference

FIELDS = (
    "kind", "held_on", "starts", "ends", "place", "chair_name", "chair_title", "chair_agency",
    "secretary_name", "secretary_title", "attendance_listed", "agenda", "guests", "conclusions",
)  # fmt: skip
ATTENDANCE = "đơn vị dự"
TWICE = "Khối đã ghi một hội nghị cùng loại trong ngày này. Hãy sửa hội nghị đã có."


@transaction.atomic
def add_conference(
    bloc_year: BlocYear, *, fields: Mapping[str, Any], levels: Mapping[int, str], actor: User
) -> Conference:
    """Record a conference and who came. ``levels`` maps agencies to a value of AttendanceLevel.

    Raises TransitionRefused when the same kind of conference stands on that day already.
    """
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    conference = Conference(bloc_year=bloc_year, **{name: fields[name] for name in FIELDS})
    refuse_twin(conference)
    conference.save(force_insert=True)
    write_attendance(conference, levels)
    audit.record(conference, "Ghi hội nghị", actor=actor, after=picture(conference))
    return conference


@transaction.atomic
def change_conference(
    conference: Conference,
    *,
    fields: Mapping[str, Any],
    levels: Mapping[int, str],
    actor: User,
    seen: int | None = None,
) -> Conference:
    """Change what is recorded of a conference. Raises as ``add_conference`` does, Stale when outrun."""
    BlocYear.objects.select_for_update().get(pk=conference.bloc_year_id)
    row = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    refuse_stale(row, seen=seen)
    before = picture(row)
    for name in FIELDS:
        setattr(row, name, fields[name])
    refuse_twin(row)
    row.save(update_fields=FIELDS)
    write_attendance(row, levels)
    audit.record_change(row, "Sửa hội nghị", actor=actor, before=before, after=picture(row))
    return row


@transaction.atomic
def remove_conference(conference: Conference, *, reason: str, actor: User) -> None:
    """Remove a conference; what it said stays in the history of the bloc-year."""
    audit.record(conference.bloc_year, "Xóa hội nghị", actor=actor, before=picture(conference), reason=reason.strip())
    conference.delete()


def refuse_twin(conference: Conference) -> None:
    if conference.kind == ConferenceKind.OTHER or conference.held_on is None:
        return
    same = Conference.objects.filter(
        bloc_year=conference.bloc_year_id, kind=conference.kind, held_on=conference.held_on
    )
    if same.exclude(pk=conference.pk).exists():
        raise TransitionRefused(TWICE)


def write_attendance(conference: Conference, levels: Mapping[int, str]) -> None:
    """Exactly ``levels``; rows that stay keep their place in the record."""
    kept = {row.agency_id: row for row in conference.attendances.all()}
    conference.attendances.exclude(agency__in=levels.keys()).delete()
    for agency_id, level in levels.items():
        row = kept.get(agency_id)
        if row is None:
            Attendance.objects.create(conference=conference, agency_id=agency_id, level=level)
        elif row.level != level:
            row.level = level
            row.save(update_fields=["level"])


def picture(conference: Conference) -> dict[str, Any]:
    rows = Attendance.objects.filter(conference=conference).select_related("agency")
    came = [f"{row.agency.name}: {row.get_level_display().lower()}" for row in rows]
    return snapshot(conference, FIELDS) | {ATTENDANCE: sorted(came)}
