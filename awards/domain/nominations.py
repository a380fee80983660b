"""Nominations of a dossier: added one or many at a time, edited, taken away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.answering import answered
from awards.domain.attachments import words_of
from awards.domain.checking import recheck_subjects
from awards.domain.conflicts import Base, Conflict, Difference, in_words, settle
from awards.domain.opened import locked, refuse_closed, refuse_unless_draft
from awards.models import AwardForm, Dossier, Initiative, InitiativeUse, Nomination, Subject
from khoithidua.web.text import tidy

ADDED, EDITED, REMOVED, RELIED = (
    "Thêm trường hợp đề nghị",
    "Sửa trường hợp đề nghị",
    "Bỏ trường hợp đề nghị",
    "Chọn sáng kiến",
)
FIELDS = ("branch", "name", "unit", "post", "group", "field", "achievement", "summary", "attested")
NAMED = 5


@dataclass(frozen=True)
class Added:
    """What became of a bulk addition: those that came, and those that were there before."""

    made: tuple[Nomination, ...]
    already: tuple[Subject, ...]


def choosable_subjects(dossier: Dossier) -> Any:
    """Whom the makers may propose: subjects of their agency; for a bloc the members themselves."""
    rows = Subject.objects.current().filter(council=dossier.council_id)
    if dossier.bloc_year_id is None:
        return rows.filter(agency=dossier.agency_id)
    return rows.filter(is_agency=True, agency__memberships__bloc_year=dossier.bloc_year_id)


def add_nomination(
    dossier: Dossier, *, subject: Subject, award: AwardForm, actor: User | None, **fields: Any
) -> Nomination:
    """One nomination; ``fields`` (branch, unit, post …) stand before what the register says of the subject.

    Refuses as ``add_nominations`` does, and where the subject already has this award in the dossier.
    """
    done = add_nominations(dossier, subjects=[subject], award=award, actor=actor, fields={subject.pk: fields})
    if not done.made:
        raise TransitionRefused(f"{subject.name} đã có trong hồ sơ với hình thức {award}. Hãy chọn hình thức khác.")
    return done.made[0]


@transaction.atomic
def add_nominations(
    dossier: Dossier,
    *,
    subjects: Sequence[Subject],
    award: AwardForm,
    actor: User | None,
    fields: Mapping[int, Mapping[str, Any]] | None = None,
) -> Added:
    """Propose all ``subjects`` for ``award``; those that have it in this dossier are left and told.

    Constant queries; one audit entry on the dossier; all are judged. TransitionRefused outside a draft, for an award
    that these kinds of subject cannot get, and for a subject that was merged or is another province's.
    """
    row = locked(dossier)
    refuse_unless_draft(row)
    refuse_unfit(row, subjects, award)
    held = set(row.nominations.filter(award=award).values_list("subject", flat=True))
    start = (row.nominations.aggregate(last=Max("position"))["last"] or 0) + 1
    fresh = [each for each in subjects if each.pk not in held]
    made = [
        nomination_of(row, each, award, position, actor, (fields or {}).get(each.pk, {}))
        for position, each in enumerate(fresh, start=start)
    ]
    Nomination.objects.bulk_create(made, batch_size=500)
    if made:
        bump(row)
        audit.record(row, ADDED, actor=actor, after={award.name: names_of(each.name for each in made)})
        recheck_subjects([each.pk for each in fresh])
    return Added(tuple(made), tuple(each for each in subjects if each.pk in held))


def refuse_unfit(dossier: Dossier, subjects: Iterable[Subject], award: AwardForm) -> None:
    chosen = list(subjects)
    if not award.active:
        raise TransitionRefused(f"Hình thức «{award}» không còn dùng trong danh mục. Hãy chọn hình thức khác.")
    wrong = [each for each in chosen if not award.takes(each.kind)]
    if wrong:
        kinds = ", ".join(sorted({each.get_kind_display().lower() for each in wrong}))
        raise TransitionRefused(
            f"{award} không tặng cho {kinds} ({names_of(each.name for each in wrong)}). Hãy chọn hình thức khác."
        )
    if any(each.merged_into_id or each.council_id != dossier.council_id for each in chosen):
        raise TransitionRefused("Có đối tượng đã được gộp vào đối tượng khác. Hãy tải lại trang rồi chọn lại.")


def nomination_of(
    dossier: Dossier, subject: Subject, award: AwardForm, position: int, actor: User | None, fields: Mapping[str, Any]
) -> Nomination:
    values: dict[str, Any] = {
        "name": subject.name,
        "unit": subject.unit,
        "post": subject.post,
        "group": subject.group,
        "field": subject.field,
    }
    values |= {name: value for name, value in fields.items() if name in FIELDS and value}
    return Nomination(
        dossier=dossier,
        subject=subject,
        award=award,
        position=position,
        edited_by=actor,
        edited_at=timezone.now(),
        **values,
    )


def names_of(names: Iterable[str]) -> str:
    """The first few by name and how many more: the trail stays readable for five hundred."""
    found = list(names)
    shown = ", ".join(found[:NAMED])
    return shown if len(found) <= NAMED else f"{shown} và {len(found) - NAMED} trường hợp khác"


@transaction.atomic
def edit_nomination(
    nomination: Nomination, *, fields: Mapping[str, Any], base: Base | None, actor: User | None
) -> Nomination:
    """Write ``fields`` (of FIELDS) into a nomination; audited on it; its version grows by one; it is judged anew.

    In a draft, or while being supplemented the fields asked for ("field:<name>"). ``base`` is what the form was opened
    on: what others changed meanwhile stays. Raises TransitionRefused, Conflict with both values where both changed
    the same.
    """
    dossier, row = locked_row(nomination)
    wanted = {name: value for name, value in fields.items() if name in FIELDS}
    changed = settle(row, wanted, base=base, who=str(row.edited_by or ""), at=row.edited_at)
    for name in changed:
        refuse_closed(dossier, f"field:{name}", row)
    if changed:
        write(row, changed, actor)
        for name in changed:
            answered(dossier, f"field:{name}", actor=actor, nomination=row)
        recheck_subjects([row.subject_id])
    nomination.refresh_from_db()
    return nomination


def locked_row(nomination: Nomination) -> tuple[Dossier, Nomination]:
    """Dossier, subject and nomination, locked in this order: no two writers wait for each other crosswise."""
    dossier = locked(nomination.dossier)
    # The check afterwards writes on the subject's nominations in other dossiers too.
    Subject.objects.select_for_update(no_key=True).filter(nominations=nomination.pk).order_by("pk").first()
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("edited_by", "award", "subject")
    row = rows.filter(pk=nomination.pk).first()
    if row is None:
        raise TransitionRefused("Trường hợp này vừa được bỏ khỏi hồ sơ. Hãy tải lại trang hồ sơ.")
    return dossier, row


def write(row: Nomination, changed: Mapping[str, Any], actor: User | None) -> None:
    before = {name: in_words(row, name, getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    touch(row, actor, *changed, *(["search_key"] if "name" in changed else []))
    after = {name: in_words(row, name, getattr(row, name)) for name in changed}
    audit.record(row, EDITED, actor=actor, before=before, after=after)


def touch(row: Nomination, actor: User | None, *names: str) -> None:
    """The nomination is another one now: pages that were opened before are told."""
    row.version += 1
    row.edited_by, row.edited_at = actor, timezone.now()
    row.save(update_fields=[*names, "version", "edited_by", "edited_at"])


def bump(dossier: Dossier) -> None:
    dossier.version += 1
    dossier.save(update_fields=["version"])


@transaction.atomic
def revise_nomination(
    nomination: Nomination,
    *,
    fields: Mapping[str, Any],
    initiatives: Iterable[Initiative] | None,
    base: Base | None,
    actor: User | None,
) -> None:
    """``edit_nomination`` and ``rely_on`` in one piece: what one of them refuses, neither has written."""
    edit_nomination(nomination, fields=fields, base=base, actor=actor)
    if initiatives is not None:
        rely_on(nomination, initiatives, actor=actor, base=base)


def relied_mark(initiative_ids: Iterable[int]) -> str:
    """What an opened form remembers of the initiatives that were chosen."""
    return ",".join(str(pk) for pk in sorted(initiative_ids))


@transaction.atomic
def rely_on(
    nomination: Nomination, initiatives: Iterable[Initiative], *, actor: User | None, base: Base | None = None
) -> None:
    """Rest the nomination on exactly these initiatives of its subject; audited; judged anew.

    One initiative is used once: what the law says of an earlier use comes back in the checks (CV 5007/BNV-TĐKT).
    ``base`` is what the form was opened on: who left the choice as it was changes nothing of what others chose
    meanwhile; who changed it too gets Conflict. TransitionRefused for an initiative of somebody else.
    """
    dossier, row = locked_row(nomination)
    wanted = {each.pk: each for each in initiatives}
    if any(each.subject_id != row.subject_id for each in wanted.values()):
        raise TransitionRefused("Sáng kiến này không phải của đối tượng được đề nghị. Hãy tải lại trang rồi chọn lại.")
    uses = {each.initiative_id: each for each in row.initiative_uses.select_related("initiative")}
    opened_on = (base or {}).get("initiatives")
    if wanted.keys() == uses.keys() or relied_mark(wanted) == opened_on:
        return
    if opened_on not in (None, relied_mark(uses)):
        saved, typed = (each.initiative.name for each in uses.values()), (each.name for each in wanted.values())
        raise chosen_otherwise(row, names_of(saved), names_of(typed), relied_mark(uses))
    refuse_closed(dossier, "field:initiatives", row)
    before = names_of(each.initiative.name for each in uses.values())
    row.initiative_uses.exclude(initiative__in=[*wanted]).delete()
    InitiativeUse.objects.bulk_create(
        InitiativeUse(initiative=each, award=row.award, year=dossier.year, nomination=row)
        for pk, each in wanted.items()
        if pk not in uses
    )
    touch(row, actor)
    after = names_of(each.name for each in wanted.values())
    audit.record(row, RELIED, actor=actor, before={"sáng kiến": before}, after={"sáng kiến": after})
    answered(dossier, "field:initiatives", actor=actor, nomination=row)
    recheck_subjects([row.subject_id])


def chosen_otherwise(row: Nomination, saved: str, typed: str, mark: str) -> Conflict:
    """Somebody chose other initiatives since the form was opened."""
    found = Difference("initiatives", "Sáng kiến, đề tài làm căn cứ", saved or "(trống)", typed or "(trống)")
    return Conflict(str(row.edited_by or "Người khác"), row.edited_at, [found], {"initiatives": mark}, row.version)


@transaction.atomic
def remove_nomination(nomination: Nomination, *, actor: User | None, reason: str = "") -> None:
    """Take a nomination out of a draft with its texts and papers; names and hashes stay in the dossier's history.

    TransitionRefused outside a draft.
    """
    dossier, row = locked_row(nomination)
    refuse_unless_draft(dossier)
    files = list(row.attachments.all())
    before = {"trường hợp": f"{row.name}: {row.award}"}
    before |= {f"giấy tờ {number}": words_of(each) for number, each in enumerate(files, start=1)}
    audit.record(dossier, REMOVED, actor=actor, before=before, after={}, reason=tidy(reason))
    subject_id = row.subject_id
    row.delete()
    bump(dossier)
    for each in files:
        if each.file.name:
            transaction.on_commit(partial(each.file.storage.delete, each.file.name))
    recheck_subjects([subject_id])
