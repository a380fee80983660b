"""The names of a draft: coming from the register, edited, put in order, taken out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import Base, settle
from awards.enums import SubjectKind
from awards.models import AwardForm, Subject
from blocs.domain.snapshots import snapshot
from council.domain.decisions.checking import names
from council.domain.decisions.drafts import drafted, last_writer
from council.enums import DecisionKind
from council.models import Decision, DecisionLine
from khoithidua.web.bulk import update_rows

CHUNK = 500
MOST = 5_000
FIELDS = ("name", "post", "unit", "citation", "group", "field")
# How an annex is divided; its paper numbers the parts that there are.
KIND_ORDER: dict[str, int] = {SubjectKind.COLLECTIVE: 0, SubjectKind.INDIVIDUAL: 1, SubjectKind.HOUSEHOLD: 2}
# How the cases of one heading may be put in order anew; what is in the same place keeps its order.
ORDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ten": ("theo tên", ("award__position", "subject__person_sort_key")),
    "don-vi": ("theo đơn vị trình", ("award__position", "agency__sort_key", "subject__person_sort_key")),
    "hinh-thuc": ("theo hình thức", ("award__position", "position")),
}
BY_KIND = Case(
    *(When(subject__kind=kind, then=Value(place)) for kind, place in KIND_ORDER.items()),
    default=Value(len(KIND_ORDER)),
    output_field=IntegerField(),
)


def headings_of(lines: Sequence[DecisionLine]) -> dict[int, str]:
    """The heading that stands above a line, by the line's key: where another kind of subject begins."""
    found, last = {}, None
    for line in lines:
        kind = line.subject.kind
        if kind != last:
            found[line.pk] = str(SubjectKind(kind).label)
        last = kind
    return found


def arrange(decision: Decision, order: Sequence[str] = ("position",)) -> None:
    """Number the lines 1, 2, 3 … by kind of subject, and inside a kind by ``order``. Writes only what moved."""
    rows = list(
        decision.lines.annotate(kind_place=BY_KIND).order_by("kind_place", *order, "pk").only("position", "decision")
    )
    write_order(rows)


def write_order(rows: Sequence[DecisionLine]) -> None:
    moved = []
    for place, row in enumerate(rows, start=1):
        if row.position != place:
            row.position = place
            moved.append(row)
    update_rows(moved, ["position"])


@transaction.atomic
def regroup(decision: Decision, *, order: str, actor: User | None) -> None:
    """Put the annex in one of ``ORDERS``. TransitionRefused when it is no draft, or there is no such order."""
    row = drafted(decision)
    if order not in ORDERS:
        raise TransitionRefused("Hãy chọn cách sắp xếp trong danh sách.")
    words, fields = ORDERS[order]
    arrange(row, fields)
    audit.record(row, "Sắp xếp danh sách", actor=actor, after={"order": words})


@transaction.atomic
def move_line(line: DecisionLine, *, place: int, actor: User | None) -> None:
    """Move one case to the ``place``-th of its kind (1 is the first; beyond the end is the last)."""
    row = drafted(line.decision)
    ordered = list(row.lines.annotate(kind_place=BY_KIND).order_by("kind_place", "position", "pk"))
    moved = next((each for each in ordered if each.pk == line.pk), None)
    if moved is None:
        raise TransitionRefused("Trường hợp này không còn trong dự thảo. Hãy tải lại trang.")
    ordered.remove(moved)
    same = [index for index, each in enumerate(ordered) if each.kind_place == moved.kind_place]  # type: ignore[attr-defined]
    first = same[0] if same else sum(each.kind_place < moved.kind_place for each in ordered)  # type: ignore[attr-defined]
    ordered.insert(first + min(max(place, 1) - 1, len(same)), moved)
    write_order(ordered)
    audit.record(row, "Đổi thứ tự", actor=actor, after={moved.name: place})


def choosable(decision: Decision) -> QuerySet[Subject]:
    """Subjects of the province's register that this draft may name."""
    return Subject.objects.current().filter(council=decision.council_id)


@transaction.atomic
def add_lines(
    decision: Decision, *, subjects: Iterable[Subject], award: AwardForm, actor: User | None
) -> tuple[list[DecisionLine], list[Subject]]:
    """Cases from the register, with their names as the register holds them: those that came, those there before.

    Raises TransitionRefused when it is no draft of an award, when the award is not for such subjects, beyond MOST.
    """
    row = drafted(decision)
    if row.kind != DecisionKind.AWARD:
        raise TransitionRefused("Quyết định đính chính, hủy bỏ chỉ gồm các trường hợp của quyết định trước.")
    chosen = list(subjects)
    if wrong := [each for each in chosen if not award.takes(each.kind)]:
        raise TransitionRefused(f"{award} không tặng cho đối tượng này: {names(wrong)}. Hãy chọn hình thức khác.")
    held = set(row.lines.filter(award=award).values_list("subject", flat=True))
    start = row.lines.count()
    fresh = [each for each in chosen if each.pk not in held]
    if start + len(fresh) > MOST:
        raise TransitionRefused(f"Một quyết định có tối đa {MOST} trường hợp. Hãy lập thêm quyết định.")
    made = [line_of(row, each, award, start + number) for number, each in enumerate(fresh, start=1)]
    DecisionLine.objects.bulk_create(made, batch_size=CHUNK)
    arrange(row)
    if made:
        audit.record(row, "Thêm trường hợp", actor=actor, after={"cases": len(made), "names": names(made)})
    return made, [each for each in chosen if each.pk in held]


def line_of(decision: Decision, subject: Subject, award: AwardForm, position: int) -> DecisionLine:
    return DecisionLine(
        decision=decision,
        position=position,
        subject=subject,
        award=award,
        name=subject.name,
        post=subject.post,
        unit=subject.unit,
        group=subject.group,
        field=subject.field,
        agency_id=subject.agency_id,
    )


@transaction.atomic
def edit_line(line: DecisionLine, *, fields: Mapping[str, Any], base: Base | None, actor: User | None) -> DecisionLine:
    """Change how one case is printed. Raises Conflict with both values where somebody else changed the same."""
    decision = drafted(line.decision)
    row = DecisionLine.objects.select_for_update().filter(pk=line.pk).first()
    if row is None:
        raise TransitionRefused("Trường hợp này không còn trong dự thảo: có người vừa bỏ. Hãy tải lại trang.")
    who, at = last_writer(decision)
    changed = settle(row, fields, base=base, who=who, at=at)
    before = snapshot(row, FIELDS)
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=[*changed, "search_key"])
    told = {f"{row.name}.{name}": value for name, value in snapshot(row, FIELDS).items()}
    earlier = {f"{row.name}.{name}": value for name, value in before.items()}
    audit.record_change(decision, "Sửa trường hợp", actor=actor, before=earlier, after=told)
    return row


@transaction.atomic
def remove_lines(decision: Decision, *, lines: Iterable[DecisionLine], reason: str, actor: User | None) -> int:
    """Take cases out of a draft; their nominations wait for a decision again. Answers how many."""
    row = drafted(decision)
    found = list(row.lines.filter(pk__in=[each.pk for each in lines]))
    DecisionLine.objects.filter(pk__in=[each.pk for each in found]).delete()
    arrange(row)
    if found:
        before = {"cases": len(found), "names": names(found)}
        audit.record(row, "Bỏ trường hợp", actor=actor, before=before, after={}, reason=reason.strip())
    return len(found)
