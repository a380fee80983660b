"""The outline of a round: sections with guidance, figures to fill, tables. Nothing that holds data is taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.notices import notify
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.conflicts import Base, settle
from khoithidua.web.text import search_key
from reports.domain.rounding.founding import locked_round
from reports.domain.rounding.reporters import members_of, people_in
from reports.enums import RoundState, Section
from reports.models import FigureValue, Passage, ReportRound, RoundFigure, RoundSection, RoundTable, TableRow

Part = RoundSection | RoundFigure | RoundTable
MOST_COLUMNS = 8
GUIDANCE = {
    Section.ACHIEVEMENTS: (
        "Nêu kết quả thực hiện nhiệm vụ chính trị, các chỉ tiêu đã đăng ký trong giao ước, các phong trào thi đua, "
        "công tác khen thưởng; có số liệu cụ thể, so sánh với cùng kỳ."
    ),
    Section.DIFFICULTIES: "Nêu khó khăn, tồn tại, hạn chế; nguyên nhân khách quan và chủ quan.",
    Section.LESSONS: "Nêu cách làm hay, mô hình mới và bài học rút ra trong chỉ đạo, tổ chức phong trào thi đua.",
    Section.DIRECTIONS: "Nêu phương hướng, nhiệm vụ trọng tâm, giải pháp của kỳ tới; kiến nghị, đề xuất với khối.",
}


@dataclass(frozen=True)
class PartKind:
    """One kind of part: its table, what a form writes, and how pages name it."""

    slug: str
    model: Any
    label: str
    title: str  # the field that names a part
    fields: tuple[str, ...]

    def rows(self, outline: int) -> QuerySet[Any]:
        if self.model is RoundSection:
            return RoundSection.objects.filter(round=outline)
        rows: QuerySet[Any] = self.model.objects.filter(section__round=outline).select_related("section")
        return rows


SECTION = PartKind("muc", RoundSection, "mục", "title", ("title", "guidance", "required"))
FIGURE = PartKind("so-lieu", RoundFigure, "số liệu", "label", ("label", "unit", "kind", "source", "required"))
TABLE = PartKind("bang", RoundTable, "bảng", "title", ("title", "columns", "guidance"))
KINDS = {each.slug: each for each in (SECTION, FIGURE, TABLE)}


def name_of(kind: PartKind, part: Part) -> str:
    return str(getattr(part, kind.title))


def free_key(text: str, taken: set[str]) -> str:
    """A key that files and later periods know a part by: made of its first title, once among ``taken``."""
    stem = search_key(text).replace(" ", "-").strip("-")[:34].strip("-") or "muc"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


@transaction.atomic
def add_part(
    a_round: ReportRound, kind: PartKind, *, fields: Mapping[str, Any], actor: User, section: RoundSection | None = None
) -> Part:
    """A new section, or a figure or table of ``section``, at the end. Members of an opened round are told."""
    row = locked_round(a_round.pk, actor)
    owner: dict[str, Any] = {"round": row} if section is None else {"section": section}
    there = list(kind.model.objects.filter(**owner))
    given = {name: fields[name] for name in kind.fields if name in fields}
    key = free_key(str(given[kind.title]), {each.key for each in there})
    last = max((each.position for each in there), default=0)
    part: Part = kind.model.objects.create(key=key, position=last + 1, **owner, **given)
    changed(row, f"Thêm {kind.label} vào đề cương", actor, after={kind.label: name_of(kind, part)})
    return part


@transaction.atomic
def edit_part(
    a_round: ReportRound, kind: PartKind, part: Part, *, fields: Mapping[str, Any], base: Base | None, actor: User
) -> Part:
    """Change one part. Raises Conflict with both values; TransitionRefused where data would lose its place."""
    row = locked_round(a_round.pk, actor)
    held: Part = kind.model.objects.select_for_update().get(pk=part.pk)
    action = f"Sửa {kind.label} của đề cương: {name_of(kind, held)}"[:200]
    last = audit.entries_of(row).filter(action__startswith=f"Sửa {kind.label} của đề cương").first()
    wanted = {name: fields[name] for name in kind.fields if name in fields}
    who, at = (last.actor_name, last.at) if last else ("", None)
    new = settle(held, wanted, base=base, who=who, at=at)
    refuse_loss(kind, held, new)
    before = {name: told(getattr(held, name)) for name in new}
    for name, value in new.items():
        setattr(held, name, value)
    if new:
        held.save(update_fields=[*new])
        changed(row, action, actor, before=before, after={name: told(value) for name, value in new.items()})
    return held


def column_words(columns: Sequence[Mapping[str, str]]) -> str:
    return "; ".join(each["label"] for each in columns)


def told(value: Any) -> Any:
    return column_words(value) if isinstance(value, list) else value


def refuse_loss(kind: PartKind, held: Part, new: Mapping[str, Any]) -> None:
    """What was filled in keeps its meaning: no other kind of number, no column less."""
    if isinstance(held, RoundFigure) and {"kind", "source"} & new.keys() and FigureValue.objects.filter(figure=held):
        raise TransitionRefused(
            "Đã có đơn vị nhập số liệu này nên không đổi được kiểu số và nguồn số liệu. Hãy thêm một số liệu mới."
        )
    if not isinstance(held, RoundTable) or "columns" not in new:
        return
    gone = {each["key"] for each in held.columns} - {each["key"] for each in new["columns"]}
    used = {key for row in TableRow.objects.filter(table=held) for key, value in row.cells.items() if value}
    if lost := [each["label"] for each in held.columns if each["key"] in gone & used]:
        raise TransitionRefused(f"Cột «{lost[0]}» đã có số liệu của đơn vị nên không bỏ được.")


def holds_data(kind: PartKind, part: Part) -> bool:
    """Whether some report of the round has filled in something there."""
    if isinstance(part, RoundFigure):
        return FigureValue.objects.filter(figure=part).exists()
    if isinstance(part, RoundTable):
        return TableRow.objects.filter(table=part).exists()
    texts = Passage.objects.filter(report__round__in=rounds_with_outline(part.round_id), section=part.key)
    return (
        texts.exclude(text="").exists()
        or FigureValue.objects.filter(figure__section=part).exists()
        or TableRow.objects.filter(table__section=part).exists()
    )


def rounds_with_outline(outline: int) -> QuerySet[ReportRound]:
    return ReportRound.objects.filter(pk=outline) | ReportRound.objects.filter(parent=outline)


@transaction.atomic
def remove_part(a_round: ReportRound, kind: PartKind, part: Part, *, reason: str, actor: User) -> None:
    """Take a part away. Raises TransitionRefused when it holds data, or is an opened round's last section."""
    row = locked_round(a_round.pk, actor)
    if holds_data(kind, part):
        raise TransitionRefused(
            f"Đã có đơn vị điền vào {kind.label} «{name_of(kind, part)}» nên không xóa được. Hãy sửa hướng dẫn nếu cần."
        )
    if kind is SECTION and row.state == RoundState.OPEN and row.sections.count() == 1:
        raise TransitionRefused("Đợt đang nhận báo cáo phải còn ít nhất một mục.")
    name = name_of(kind, part)
    kind.model.objects.get(pk=part.pk).delete()
    changed(row, f"Xóa {kind.label} khỏi đề cương", actor, before={kind.label: name}, reason=reason.strip(), say=False)


@transaction.atomic
def move_part(a_round: ReportRound, kind: PartKind, part: Part, *, up: bool, actor: User) -> None:
    """One place up or down among its like; at the end nothing changes."""
    row = locked_round(a_round.pk, actor)
    owner: dict[str, Any] = {"round": row} if isinstance(part, RoundSection) else {"section": part.section_id}
    order = list(kind.model.objects.select_for_update().filter(**owner).order_by("position", "pk"))
    here = next(place for place, each in enumerate(order) if each.pk == part.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, each in enumerate(order, 1):
        each.position = position
    kind.model.objects.bulk_update(order, ["position"])
    changed(row, f"Đổi thứ tự {kind.label} trong đề cương", actor, after={kind.label: name_of(kind, part)}, say=False)


@transaction.atomic
def start_with_known(a_round: ReportRound, *, actor: User) -> int:
    """Add those of the four usual sections that the outline lacks, with their guidance. Answers how many."""
    row = locked_round(a_round.pk, actor)
    there = set(row.sections.values_list("key", flat=True))
    last = max(row.sections.values_list("position", flat=True), default=0)
    missing = [section for section in Section if section.value not in there]
    for number, section in enumerate(missing, 1):
        given: dict[str, Any] = {"title": str(section.label), "guidance": GUIDANCE[section]}
        RoundSection.objects.create(round=row, key=section.value, position=last + number, **given)
    if missing:
        names = [str(section.label) for section in missing]
        changed(row, "Thêm các mục thường dùng vào đề cương", actor, after={"mục": names})
    return len(missing)


def changed(row: ReportRound, action: str, actor: User, *, say: bool = True, **told_fields: Any) -> None:
    """One version up, an entry in the trail, and the members of an opened round told what is new."""
    ReportRound.objects.filter(pk=row.pk).update(version=F("version") + 1)
    audit.record(row, action, actor=actor, **told_fields)
    if not say or row.state != RoundState.OPEN:
        return
    text = f"{row.title}: đề cương báo cáo vừa được bổ sung, sửa đổi. Hãy mở đợt báo cáo để xem."
    for each in [row, *row.children.filter(state=RoundState.OPEN)]:
        if each.bloc_year_id is not None:
            notify(people_in(members_of(each), timezone.localdate()), text, url=each.get_absolute_url())
