"""Two subjects found to be one: the one kept takes everything over, and an undo gives back exactly that."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.rechecking import recheck
from awards.domain.subjects import ID_CHANGED
from awards.enums import DossierState
from awards.models import Nomination, Reorganisation, Subject, SubjectAlias, SubjectMerge

# These name a subject without being something of it that moves.
NOT_MOVED = {"awards.subject", "awards.subjectmerge"}
ALIAS = "alias"  # the name of the one that goes, kept as another name
IDENTITY = "identity"  # the national id, where only the one that goes had it
HEIR = "heir"  # lines of others that name the one that goes as the collective that took over


@dataclass(frozen=True)
class Moving:
    """What of one table moves, and what stays because the one kept holds its place already."""

    model: type[models.Model]
    pks: list[int]
    staying: list[Any]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name)


@dataclass(frozen=True)
class Preview:
    """What a merge would do: sentences to read before, and those that forbid it."""

    objections: list[str]
    moves: list[tuple[str, int]]
    stays: list[str]
    warnings: list[str]


def preview(kept: Subject, gone: Subject) -> Preview:
    """What merging ``gone`` into ``kept`` would do; changes nothing."""
    moving = [] if kept.pk == gone.pk else list(movings(kept, gone))
    return Preview(
        objections=list(objections(kept, gone)),
        moves=[(each.name, len(each.pks)) for each in moving if each.pks],
        stays=[f"{each.name}: {row}" for each in moving for row in each.staying],
        warnings=list(warnings(kept, gone)),
    )


@transaction.atomic
def merge(kept: Subject, gone: Subject, *, reason: str, actor: User) -> SubjectMerge:
    """Make ``gone`` one with ``kept``: history, nominations and registrations follow; ``gone`` points to ``kept``.

    Nothing is lost: a line whose place is taken (grade of the same year, the same award) stays with the merged
    subject, where it can be read. TransitionRefused with every objection, or without a reason. Two merges of the
    same pair the other way round: one wins, the other is refused.
    """
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do gộp hai đối tượng.")
    rows = locked([kept.pk, gone.pk])
    kept, gone = rows[kept.pk], rows[gone.pk]
    if found := list(objections(kept, gone)):
        raise TransitionRefused(" ".join(found))
    moved = {each.label: each.pks for each in movings(kept, gone) if each.pks}
    for label, pks in moved.items():
        model: Any = apps.get_model(label)
        model._base_manager.filter(pk__in=pks).update(subject=kept)
    moved |= taken_over(kept, gone) | inherited(kept, gone)
    point(gone, kept)
    row = SubjectMerge.objects.create(kept=kept, gone=gone, reason=reason.strip(), moved=moved, merged_by=actor)
    told = {label: len(pks) for label, pks in moved.items()}
    audit.record(kept, f"Gộp «{gone}» vào đây", actor=actor, after=words_of(told), reason=row.reason)
    audit.record(gone, f"Gộp vào «{kept}»", actor=actor, after=words_of(told), reason=row.reason)
    recheck([kept.pk])
    return row


@transaction.atomic
def undo_merge(row: SubjectMerge, *, actor: User | None) -> None:
    """Give back exactly what moved and is still there; what was added to the one kept since then stays with it.

    TransitionRefused when it was undone already, or when the one kept was merged onwards meanwhile.
    """
    rows = locked([row.kept_id, row.gone_id])
    row = SubjectMerge.objects.select_for_update().get(pk=row.pk)
    kept, gone = rows[row.kept_id], rows[row.gone_id]
    if row.undone_at is not None:
        raise TransitionRefused("Lần gộp này đã được hoàn tác. Hãy tải lại trang.")
    if kept.merged_into_id is not None:
        raise TransitionRefused(
            f"«{kept}» đã gộp tiếp vào «{kept.merged_into}». Hãy hoàn tác lần gộp đó trước, rồi hoàn tác lần này."
        )
    give_back(row, kept, gone)
    point(gone, None)
    row.undone_at, row.undone_by = timezone.now(), actor
    row.save(update_fields=["undone_at", "undone_by"])
    audit.record(kept, f"Hoàn tác gộp «{gone}»", actor=actor, reason=row.reason)
    audit.record(gone, f"Hoàn tác gộp vào «{kept}»", actor=actor, reason=row.reason)
    recheck([kept.pk, gone.pk])


def locked(pks: Iterable[int]) -> dict[int, Subject]:
    """The rows in one order for everybody, so that two merges of the same pair wait instead of blocking each other."""
    rows = Subject.objects.select_for_update(of=("self",)).select_related("merged_into", "agency")
    return {row.pk: row for row in rows.filter(pk__in=list(pks)).order_by("pk")}


def objections(kept: Subject, gone: Subject) -> Iterator[str]:
    """Why these two cannot be merged, each a sentence."""
    if kept.pk == gone.pk:
        yield "Không gộp một đối tượng với chính nó. Hãy chọn đối tượng khác."
        return
    for each in (kept, gone):
        if each.merged_into_id is not None:
            yield f"«{each}» đã gộp vào «{each.merged_into}». Hãy tải lại trang."
    if kept.council_id != gone.council_id:
        yield "Hai đối tượng thuộc hai tỉnh khác nhau nên không gộp được."
    if kept.kind != gone.kind:
        yield f"Không gộp {gone.get_kind_display().lower()} vào {kept.get_kind_display().lower()}."
    if gone.is_agency:
        yield f"«{gone}» là chính đơn vị nên phải được giữ lại. Hãy gộp theo chiều ngược lại."
    yield from proposed_twice(kept, gone)


def proposed_twice(kept: Subject, gone: Subject) -> Iterator[str]:
    """Both stand in one open dossier for one award: somebody has to take one out first."""
    own = Nomination.objects.filter(subject=gone).exclude(dossier__state=DossierState.CONCLUDED)
    for each in own.select_related("dossier", "award"):
        if Nomination.objects.filter(subject=kept, dossier=each.dossier_id, award=each.award_id).exists():
            yield (
                f"Cả hai cùng được đề nghị «{each.award}» trong hồ sơ {each.dossier.code}. "
                "Hãy bỏ một trong hai khỏi hồ sơ rồi gộp."
            )


def warnings(kept: Subject, gone: Subject) -> Iterator[str]:
    if kept.id_hash and gone.id_hash and kept.id_hash != gone.id_hash:
        yield "Hai đối tượng có số định danh khác nhau. Chỉ gộp khi chắc chắn là một người (ví dụ đã đổi số)."
    if kept.born_on and gone.born_on and kept.born_on != gone.born_on:
        yield f"Ngày sinh khác nhau: {kept.born_on:%d/%m/%Y} và {gone.born_on:%d/%m/%Y}."
    if kept.agency_id != gone.agency_id:
        names = " và ".join(str(each.agency or "chưa có đơn vị quản lý") for each in (kept, gone))
        keeper = kept.agency or "cơ quan thường trực"
        yield f"Hai đối tượng do hai đơn vị quản lý: {names}. Sau khi gộp, {keeper} quản lý."


def movings(kept: Subject, gone: Subject) -> Iterator[Moving]:
    """Every table with rows of a subject: which of ``gone``'s move and which would collide with ``kept``'s."""
    for relation in Subject._meta.related_objects:
        model: Any = relation.related_model
        if model._meta.label_lower in NOT_MOVED or relation.field.name != "subject":
            continue
        rows = list(model._base_manager.filter(subject=gone).order_by("pk"))
        colliding = colliding_pks(model, kept, gone) if rows else set()
        yield Moving(
            model,
            [row.pk for row in rows if row.pk not in colliding],
            [row for row in rows if row.pk in colliding],
        )


def colliding_pks(model: Any, kept: Subject, gone: Subject) -> set[int]:
    """Rows of ``gone`` whose place in a unique constraint is taken by a row of ``kept``."""
    found: set[int] = set()
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or "subject" not in constraint.fields:
            continue
        others = [name for name in constraint.fields if name != "subject"]
        rows = model._base_manager.filter(constraint.condition or Q())
        taken = set(rows.filter(subject=kept).values_list(*others))
        found |= {pk for pk, *key in rows.filter(subject=gone).values_list("pk", *others) if tuple(key) in taken}
    return found


def taken_over(kept: Subject, gone: Subject) -> dict[str, list[int]]:
    """The name as another name, and the national id where the one kept has none."""
    found: dict[str, list[int]] = {}
    if gone.name != kept.name and not kept.aliases.filter(name=gone.name).exists():
        found[ALIAS] = [SubjectAlias.objects.create(subject=kept, name=gone.name).pk]
    if gone.id_hash and not kept.id_hash:
        kept.id_hash, kept.id_tail = gone.id_hash, gone.id_tail
        found[IDENTITY] = [kept.pk]
    kept.version += 1
    kept.save(update_fields=["id_hash", "id_tail", "version"])
    return found


def inherited(kept: Subject, gone: Subject) -> dict[str, list[int]]:
    """Who went over to ``gone`` went over to ``kept``, unless that is on record already or it is ``kept`` itself."""
    own = Reorganisation.objects.filter(successor=kept).values("subject")
    rows = Reorganisation.objects.filter(successor=gone).exclude(subject__in=own).exclude(subject=kept)
    pks = list(rows.values_list("pk", flat=True))
    Reorganisation.objects.filter(pk__in=pks).update(successor=kept)
    return {HEIR: pks} if pks else {}


def give_back(row: SubjectMerge, kept: Subject, gone: Subject) -> None:
    moved: dict[str, list[int]] = dict(row.moved)
    SubjectAlias.objects.filter(pk__in=moved.pop(ALIAS, []), subject=kept).delete()
    if moved.pop(IDENTITY, None) and kept.id_hash == gone.id_hash:
        kept.id_hash = kept.id_tail = ""
    Reorganisation.objects.filter(pk__in=moved.pop(HEIR, []), successor=kept).update(successor=gone)
    for label, pks in moved.items():
        model: Any = apps.get_model(label)
        model._base_manager.filter(pk__in=pks, subject=kept).update(subject=gone)
    kept.version += 1
    kept.save(update_fields=["id_hash", "id_tail", "version"])


def point(gone: Subject, kept: Subject | None) -> None:
    gone.merged_into = kept
    gone.version += 1
    gone.save(update_fields=["merged_into", "version"])


def words_of(told: dict[str, int]) -> dict[str, Any]:
    """The counts by the tables' names, as the history shows them."""
    words = {ALIAS: "tên khác", IDENTITY: "số định danh", HEIR: "tập thể đã chuyển về đây"}
    named: dict[str, Any] = {}
    for label, count in told.items():
        name = words.get(label) or str(apps.get_model(label)._meta.verbose_name)
        named[name] = ID_CHANGED if label == IDENTITY else count
    return named
