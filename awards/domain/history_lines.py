"""Lines of a subject's history: one register of their kinds, one way to add, change and remove any of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import refuse_conflict
from awards.domain.rechecking import recheck
from awards.domain.subjects import refuse_merged
from awards.enums import RecordSource, SubjectKind
from awards.models import (
    Absence,
    AwardRecord,
    CollectiveYear,
    Discipline,
    Freeze,
    Initiative,
    InitiativeUse,
    Reorganisation,
    Subject,
    TaskGrade,
    UnitMove,
)
from awards.tables.changes import ONCE
from blocs.domain.snapshots import snapshot

PEOPLE = frozenset({SubjectKind.INDIVIDUAL})
TEAMS = frozenset({SubjectKind.COLLECTIVE})
WORKING = PEOPLE | TEAMS
EVERYONE = frozenset(SubjectKind)
DOCUMENT = ("document", "note")
LINE = "dòng"
# Columns whose table gives them no Vietnamese name.
WORDS = {"award": "danh hiệu, hình thức", "initiative": "sáng kiến, đề tài"}


@dataclass(frozen=True)
class LineKind:
    """One kind of line: its table, what is written in it, whose it may be, and who writes it."""

    slug: str
    model: type[models.Model]
    title: str  # the heading of its table
    label: str  # one of them, in a sentence: "mức độ hoàn thành nhiệm vụ"
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    of: frozenset[SubjectKind] = EVERYONE
    permission: str = "awards.edit_history"
    owner: str = "subject"
    empty: str = ""
    once: str = "Dòng này đã có. Hãy sửa dòng đã có."
    related: tuple[str, ...] = field(default=())

    def rows_of(self, subject: Subject) -> models.QuerySet[Any]:
        """The lines of one subject, newest first; one query."""
        return self.model._default_manager.filter(**{self.owner: subject}).select_related(*self.related)

    def word(self, name: str) -> str:
        """What people call a column, in running text."""
        return WORDS.get(name) or str(self.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    @property
    def has_versions(self) -> bool:
        return any(each.name == "version" for each in self.model._meta.fields)


GRADE = LineKind(
    "muc-do",
    TaskGrade,
    "Mức độ hoàn thành nhiệm vụ",
    "mức độ hoàn thành nhiệm vụ",
    ("year", "grade", "source", "decided_on", *DOCUMENT),
    ("year", "grade", "source", "document"),
    empty="Chưa ghi năm nào: các năm này được coi là chưa rõ.",
    once="Năm này đã có mức độ hoàn thành nhiệm vụ. Hãy sửa dòng đã có.",
)
PEOPLE_YEAR = LineKind(
    "so-ca-nhan",
    CollectiveYear,
    "Số cá nhân của tập thể",
    "số cá nhân của tập thể",
    ("year", "total", "completed", "advanced", "base_fighters", "disciplined", "women", *DOCUMENT),
    ("year", "total", "completed", "advanced", "base_fighters", "disciplined", "women"),
    of=TEAMS,
    empty="Chưa ghi năm nào. Tỷ lệ 70% Lao động tiên tiến và các số khác được coi là chưa rõ.",
    once="Năm này đã có số cá nhân. Hãy sửa dòng đã có.",
)
INITIATIVE = LineKind(
    "sang-kien",
    Initiative,
    "Sáng kiến, đề tài",
    "sáng kiến, đề tài",
    ("name", "kind", "scope", "year", "recognised_on", "recognised_by", *DOCUMENT),
    ("year", "name", "kind", "scope", "recognised_by"),
    of=WORKING,
    empty="Chưa ghi sáng kiến, đề tài nào.",
)
USE = LineKind(
    "lan-dung",
    InitiativeUse,
    "Lần dùng sáng kiến",
    "lần dùng sáng kiến",
    ("initiative", "award", "year"),
    ("year", "initiative", "award"),
    of=WORKING,
    owner="initiative__subject",
    empty="Chưa ghi lần dùng nào.",
    related=("initiative", "award", "nomination__dossier"),
)
RECORD = LineKind(
    "thanh-tich",
    AwardRecord,
    "Danh hiệu, hình thức khen thưởng đã được tặng",
    "thành tích khen thưởng",
    (
        *("award", "year", "category", "decision_number", "decided_on", "issuer"),
        *("achievement_from", "achievement_until", "achievement", "revoked_on", *DOCUMENT),
    ),
    ("year", "award", "category", "achievement", "decision_number", "decided_on", "issuer", "revoked_on"),
    empty="Chưa có danh hiệu, hình thức nào trong sổ: khi xét được hiểu là chưa được tặng.",
    once="Danh hiệu, hình thức này đã được ghi với cùng năm, số và ngày quyết định.",
    related=("award",),
)
FREEZE = LineKind(
    "xac-minh",
    Freeze,
    "Việc đang xem xét, xác minh",
    "việc đang xem xét, xác minh",
    ("kind", "reason", "since", "cleared_on", "upheld", *DOCUMENT),
    ("since", "kind", "reason", "cleared_on", "upheld", "document"),
    permission="awards.edit_freezes",
    empty="Không có việc nào đang xem xét, xác minh.",
)
DISCIPLINE = LineKind(
    "ky-luat",
    Discipline,
    "Kỷ luật",
    "kỷ luật",
    ("sanction", "decided_on", "served_until", *DOCUMENT),
    ("decided_on", "sanction", "served_until", "document"),
    of=WORKING,
    empty="Không có quyết định kỷ luật nào.",
)
ABSENCE = LineKind(
    "nghi",
    Absence,
    "Thời gian nghỉ, mới tuyển dụng",
    "thời gian nghỉ, mới tuyển dụng",
    ("kind", "year", "working_days", "months_worked", *DOCUMENT),
    ("year", "kind", "working_days", "months_worked"),
    of=PEOPLE,
    empty="Không có.",
)
MOVE = LineKind(
    "chuyen-cong-tac",
    UnitMove,
    "Chuyển công tác",
    "lần chuyển công tác",
    ("moved_on", "old_unit", "new_unit", "new_agency", "comment", *DOCUMENT),
    ("moved_on", "old_unit", "new_unit", "comment", "document"),
    of=PEOPLE,
    empty="Chưa ghi lần chuyển công tác nào.",
    once="Ngày này đã có một lần chuyển công tác. Hãy sửa dòng đã có.",
)
REORGANISATION = LineKind(
    "sap-xep-to-chuc",
    Reorganisation,
    "Giải thể, sáp nhập, chia tách",
    "việc sắp xếp tổ chức",
    ("kind", "changed_on", "successor", "successor_name", *DOCUMENT),
    ("changed_on", "kind", "successor", "successor_name", "document"),
    of=TEAMS,
    empty="Chưa ghi việc sắp xếp nào: tập thể được coi là đang hoạt động.",
    once=ONCE,
    related=("successor",),
)
KINDS = (GRADE, PEOPLE_YEAR, RECORD, INITIATIVE, USE, FREEZE, DISCIPLINE, ABSENCE, MOVE, REORGANISATION)
BY_SLUG = {each.slug: each for each in KINDS}


def kinds_of(subject: Subject) -> tuple[LineKind, ...]:
    """The kinds of lines that such a subject has."""
    return tuple(each for each in KINDS if SubjectKind(subject.kind) in each.of)


def is_fixed(line: models.Model) -> str:
    """Why this line is not for hands to change; empty when it is."""
    if isinstance(line, AwardRecord) and (line.source == RecordSource.DECISION or line.nomination_id is not None):
        return "Dòng này ghi từ quyết định khen thưởng trong hệ thống nên không sửa, xóa ở đây."
    if isinstance(line, InitiativeUse) and line.nomination_id is not None:
        return "Lần dùng này thuộc một hồ sơ đề nghị. Hãy sửa ở hồ sơ đó."
    return ""


@transaction.atomic
def add_line(subject: Subject, kind: LineKind, *, fields: Mapping[str, Any], actor: User | None) -> Any:
    """Write one line of ``kind``; audited on the subject, whose nominations are judged again.

    TransitionRefused with a sentence for a merged subject, a kind that such a subject does not have, a line that
    stands already, or one that the table does not allow.
    """
    owner = locked_subject(subject)
    if kind not in kinds_of(owner):
        raise TransitionRefused(f"«{owner.get_kind_display()}» không có mục {kind.label}. Hãy chọn mục khác.")
    row = kind.model(**fields)
    if kind.owner == "subject":
        row.subject, row.added_by = owner, actor  # type: ignore[attr-defined]
    refuse_foreign(row, owner)
    save_checked(row, kind)
    audit.record(owner, f"Thêm {kind.label}", actor=actor, after=picture(row, kind))
    recheck([owner.pk])
    return row


@transaction.atomic
def edit_line(
    line: Any,
    kind: LineKind,
    *,
    subject: Subject,
    fields: Mapping[str, Any],
    actor: User | None,
    seen: int | None = None,
) -> Any:
    """Change one line. Raises Conflict with both values when it left version ``seen``; else as ``add_line``."""
    owner = locked_subject(subject)
    row = locked_line(line, kind, owner)
    if seen is not None and kind.has_versions and row.version != seen:
        last = audit.entries_of(owner).filter(action=f"Sửa {kind.label}").first()
        refuse_conflict(row, fields, seen=seen, who=last.actor_name if last else "", at=last.at if last else None)
    before = picture(row, kind)
    for name, value in fields.items():
        setattr(row, name, value)
    refuse_foreign(row, owner)
    if kind.has_versions:
        row.version += 1
    save_checked(row, kind)
    record_change(owner, row, kind, before=before, actor=actor)
    recheck([owner.pk])
    return row


@transaction.atomic
def remove_line(line: Any, kind: LineKind, *, subject: Subject, reason: str, actor: User | None) -> None:
    """Remove one line; what it said, and why it went, stay in the subject's history. A reason is due."""
    if not reason.strip():
        raise TransitionRefused(f"Hãy ghi lý do xóa {kind.label}.")
    owner = locked_subject(subject)
    row = locked_line(line, kind, owner)
    if isinstance(row, Initiative) and row.uses.filter(nomination__isnull=False).exists():
        raise TransitionRefused("Sáng kiến này đang được dùng trong một hồ sơ đề nghị. Hãy bỏ khỏi hồ sơ đó trước.")
    audit.record(owner, f"Xóa {kind.label}", actor=actor, before=picture(row, kind), reason=reason.strip())
    row.delete()
    recheck([owner.pk])


def locked_subject(subject: Subject) -> Subject:
    """The row, locked: nobody merges it meanwhile. Refuses a merged one."""
    row = Subject.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=subject.pk)
    refuse_merged(row)
    return row


def locked_line(line: Any, kind: LineKind, owner: Subject) -> Any:
    rows = kind.model._default_manager.select_for_update(of=("self",))
    row = rows.filter(pk=line.pk, **{kind.owner: owner}).first()
    if row is None:
        raise TransitionRefused("Dòng này vừa bị xóa hoặc đã chuyển sang đối tượng khác. Hãy tải lại trang.")
    if sentence := is_fixed(row):
        raise TransitionRefused(sentence)
    return row


def refuse_foreign(row: Any, owner: Subject) -> None:
    """A use of an initiative that is another subject's."""
    if isinstance(row, InitiativeUse) and row.initiative.subject_id != owner.pk:
        raise TransitionRefused("Sáng kiến này không phải của đối tượng. Hãy chọn lại.")


def save_checked(row: Any, kind: LineKind) -> None:
    """Write the row; what the table does not allow is said in a sentence."""
    try:
        row.validate_constraints()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise TransitionRefused(sentence_of(error, kind)) from error
    except IntegrityError as error:
        raise TransitionRefused(kind.once) from error


def sentence_of(error: ValidationError, kind: LineKind) -> str:
    found = [each for errors in error.error_dict.values() for each in errors]
    if any(each.code in ("unique", "unique_together") for each in found):
        return kind.once
    return " ".join(str(message) for each in found for message in each.messages)


def record_change(owner: Subject, row: Any, kind: LineKind, *, before: dict[str, Any], actor: User | None) -> None:
    """What changed, and in which line: readers of the history see more than "HTT → HTXS"."""
    old, new = audit.changes(before, picture(row, kind))
    if new:
        audit.record(owner, f"Sửa {kind.label}", actor=actor, before=old, after=new | {LINE: str(row)})


def picture(row: Any, kind: LineKind) -> dict[str, Any]:
    return {WORDS.get(name, name): value for name, value in snapshot(row, kind.fields).items()}
