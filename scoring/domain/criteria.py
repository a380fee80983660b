"""A criteria set as a document: checked, edited while it is a draft, copied forward."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import Agency, BlocYear
from khoithidua.web.numbers import plain_number
from khoithidua.web.text import tidy
from scoring.domain.computing import levels_of
from scoring.domain.tree import Node, Tree, load_tree
from scoring.domain.tree_checks import appraiser_fault, faults_of
from scoring.domain.tree_warnings import warnings_of
from scoring.enums import AppraisedBy, CriterionKind, SetState
from scoring.models import CriteriaSet, Criterion, ScoreLine

__all__ = [
    "Node",
    "Tree",
    "add_criterion",
    "change_criterion",
    "change_set",
    "copy_set_to",
    "effective_set",
    "load_tree",
    "remove_criterion",
    "tree_faults",
    "tree_warnings",
]

FIELDS = (
    "parent",
    "position",
    "code",
    "name",
    "kind",
    "max_points",
    "formula",
    "unit",
    "least",
    "most",
    "floor_percent",
    "options",
    "appraised_by",
    "appraiser",
)
SET_FIELDS = ("scale", "tie_break", "grading", "note")
LENGTHS = {"code": ("Mã", 40), "name": ("Tên tiêu chí", 1000), "unit": ("Đơn vị tính", 60)}


def effective_set(bloc_year: BlocYear) -> CriteriaSet | None:
    """The set that scores follow: the newest open or locked one, else the newest draft. One query."""
    draft_last = models.Case(models.When(state=SetState.DRAFT, then=1), default=0)
    return CriteriaSet.objects.filter(bloc_year=bloc_year).order_by(draft_last, "-version").first()


def tree_faults(criteria_set: CriteriaSet) -> list[str]:
    """Sentences on everything that keeps the set from being opened; empty when it is sound."""
    return faults_of(load_tree(criteria_set), scale=criteria_set.scale, tie_break=criteria_set.tie_break)


def tree_warnings(criteria_set: CriteriaSet) -> list[str]:
    """Sentences on what is allowed but odd in the set."""
    return warnings_of(load_tree(criteria_set))


def locked_draft(criteria_set: CriteriaSet) -> CriteriaSet:
    """The row of ``criteria_set``, locked; TransitionRefused unless it is a draft."""
    row = CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)
    if row.state != SetState.DRAFT:
        raise TransitionRefused(
            f"Bộ tiêu chí đang ở trạng thái «{row.get_state_display()}» nên không sửa được. "
            "Hãy rút về dự thảo trước khi sửa."
        )
    return row


@transaction.atomic
def change_set(criteria_set: CriteriaSet, *, values: Mapping[str, Any], actor: User | None) -> None:
    """Change SET_FIELDS of a draft; audited. KeyError on any other name."""
    row = locked_draft(criteria_set)
    if unknown := values.keys() - set(SET_FIELDS):
        raise KeyError(*sorted(unknown))
    before = {name: getattr(row, name) for name in SET_FIELDS}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values])
    after = {name: getattr(row, name) for name in SET_FIELDS}
    audit.record_change(row, "Sửa bộ tiêu chí", actor=actor, before=before, after=after)
    criteria_set.refresh_from_db()


@transaction.atomic
def add_criterion(
    criteria_set: CriteriaSet,
    *,
    code: str,
    name: str,
    max_points: Decimal,
    kind: str = CriterionKind.JUDGED,
    parent: Criterion | None = None,
    formula: str = "",
    unit: str = "",
    least: Decimal | None = None,
    most: Decimal | None = None,
    floor_percent: Decimal | None = None,
    options: Mapping[str, Any] | None = None,
    appraised_by: str | None = None,
    appraiser: Agency | None = None,
    position: int | None = None,
    actor: User | None,
) -> Criterion:
    """Add a criterion, last among its siblings unless ``position`` says else; audited on the set.

    Without ``appraised_by`` a named ``appraiser`` appraises, else the secretariat. TransitionRefused
    with a sentence when the set is no draft, the code is taken, the parent is no group of this set,
    or who appraises does not fit.
    """
    row = locked_draft(criteria_set)
    place = next_position(row, parent) if position is None else position
    texts: dict[str, Any] = {"code": tidy(code), "name": tidy(name), "unit": tidy(unit)}
    figures: dict[str, Any] = {"max_points": max_points, "least": least, "most": most, "floor_percent": floor_percent}
    way: dict[str, Any] = {"kind": kind, "formula": formula, "options": kept_options(options or {})}
    who: dict[str, Any] = {"appraised_by": appraised_by or appraised_by_of(appraiser), "appraiser": appraiser}
    criterion = Criterion(criteria_set=row, parent=parent, position=place, **texts, **figures, **way, **who)
    refuse_misfit(criterion)
    criterion.save(force_insert=True)
    audit.record(row, f"Thêm tiêu chí {criterion.code}", actor=actor, after=words_of(criterion))
    return criterion


@transaction.atomic
def change_criterion(criterion: Criterion, *, values: Mapping[str, Any], actor: User | None) -> Criterion:
    """Write ``values`` (names of FIELDS) to a criterion of a draft; audited on the set with what changed.

    Refuses as ``add_criterion`` does; a group cannot move under itself. KeyError on an unknown name.
    """
    row = locked_draft(criterion.criteria_set)
    if unknown := values.keys() - set(FIELDS):
        raise KeyError(*sorted(unknown))
    if "appraiser" in values:
        values = {"appraised_by": appraised_by_of(values["appraiser"])} | dict(values)
    current = Criterion.objects.select_related("parent", "appraiser").get(pk=criterion.pk)
    before = words_of(current)
    for name, value in values.items():
        setattr(current, name, KEPT.get(name, same)(value))
    refuse_misfit(current)
    current.save(update_fields=[*values])
    audit.record_change(row, f"Sửa tiêu chí {current.code}", actor=actor, before=before, after=words_of(current))
    criterion.refresh_from_db()
    return criterion


@transaction.atomic
def remove_criterion(criterion: Criterion, *, actor: User | None) -> None:
    """Remove a criterion and all below it from a draft; audited on the set.

    TransitionRefused when a sheet already holds a line of one of them.
    """
    row = locked_draft(criterion.criteria_set)
    tree = load_tree(row)
    node = next(each for each in tree.nodes if each.id == criterion.pk)
    nodes = list(node.walk())
    if ScoreLine.objects.filter(criterion__in=[each.id for each in nodes]).exists():
        raise TransitionRefused(
            f"Đã có đơn vị ghi điểm ở tiêu chí {node.code} nên không xóa được. Hãy lập phiên bản mới của bộ tiêu chí."
        )
    before = {each.code: each.name for each in nodes}
    criterion.delete()
    audit.record(row, f"Xóa tiêu chí {node.code}", actor=actor, before=before)


@transaction.atomic
def copy_set_to(criteria_set: CriteriaSet, *, bloc_year: BlocYear, actor: User | None, note: str = "") -> CriteriaSet:
    """Copy the whole set to ``bloc_year`` as a draft based on it, in the next version there; audited."""
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    newest = CriteriaSet.objects.filter(bloc_year=bloc_year).aggregate(top=models.Max("version"))["top"] or 0
    copy = CriteriaSet.objects.create(
        bloc_year=bloc_year,
        version=newest + 1,
        scale=criteria_set.scale,
        tie_break=list(criteria_set.tie_break),
        grading=dict(criteria_set.grading),
        based_on=criteria_set,
        note=note,
    )
    copies: dict[str, Criterion] = {}
    for node in load_tree(criteria_set).nodes:
        parent = copies[node.path[-1]] if node.path else None
        values = {name: getattr(node, name) for name in COPIED}
        copies[node.code] = Criterion.objects.create(
            criteria_set=copy, parent=parent, position=len(copies), **values | {"options": dict(node.options)}
        )
    source = f"{criteria_set}, phiên bản {criteria_set.version}"
    audit.record(copy, "Chép bộ tiêu chí", actor=actor, after={"source": source, "criteria": len(copies)})
    return copy


# What a copy takes from a node as it is.
COPIED = (
    *("code", "name", "kind", "max_points", "formula", "unit", "least", "most", "floor_percent"),
    *("appraised_by", "appraiser_id"),
)


def kept_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as they are stored: levels as a list, because PostgreSQL forgets the order of keys."""
    levels = {"levels": [dict(level) for level in levels_of(options)]} if "levels" in options else {}
    return {**options, **levels}


def same(value: Any) -> Any:
    return value


KEPT: Mapping[str, Callable[[Any], Any]] = {"code": tidy, "name": tidy, "unit": tidy, "options": kept_options}


def appraised_by_of(appraiser: Agency | None) -> str:
    return (AppraisedBy.AGENCY if appraiser else AppraisedBy.SECRETARIAT).value


def next_position(criteria_set: CriteriaSet, parent: Criterion | None) -> int:
    top = Criterion.objects.filter(criteria_set=criteria_set, parent=parent).aggregate(top=models.Max("position"))
    return 0 if top["top"] is None else int(top["top"]) + 1


def refuse_misfit(criterion: Criterion) -> None:
    """TransitionRefused when ``criterion`` cannot stand in its set as it is."""
    if not criterion.code or not criterion.name:
        raise TransitionRefused("Hãy ghi cả mã và tên tiêu chí.")
    if criterion.max_points < 0:
        raise TransitionRefused(f"Điểm tối đa {plain_number(criterion.max_points)} không được nhỏ hơn 0.")
    refuse_odd_values(criterion)
    same_code = Criterion.objects.filter(criteria_set=criterion.criteria_set, code__iexact=criterion.code)
    if same_code.exclude(pk=criterion.pk).exists():
        raise TransitionRefused(f"Mã «{criterion.code}» đã có trong bảng. Hãy chọn mã khác.")
    parent = criterion.parent
    if parent is None:
        return
    if parent.criteria_set_id != criterion.criteria_set_id or parent.kind != CriterionKind.GROUP:
        raise TransitionRefused("Tiêu chí cha phải là một nhóm trong cùng bộ tiêu chí.")
    while parent is not None:
        if parent.pk == criterion.pk:
            raise TransitionRefused("Không thể chuyển một nhóm vào bên trong chính nó.")
        parent = parent.parent


def refuse_odd_values(criterion: Criterion) -> None:
    """TransitionRefused when a text is too long, the range is upside down, or nobody would appraise."""
    for name, (word, limit) in LENGTHS.items():
        if len(getattr(criterion, name)) > limit:
            raise TransitionRefused(f"{word} dài quá {limit} ký tự. Hãy viết gọn lại.")
    if criterion.least is not None and criterion.most is not None and criterion.least > criterion.most:
        raise TransitionRefused(
            f"Giá trị nhỏ nhất {plain_number(criterion.least)} lớn hơn giá trị lớn nhất "
            f"{plain_number(criterion.most)}. Hãy ghi lại khoảng giá trị."
        )
    if fault := appraiser_fault(criterion.code, criterion.appraised_by, criterion.appraiser_id):
        raise TransitionRefused(fault)


def words_of(criterion: Criterion) -> dict[str, Any]:
    """A criterion as the audit trail tells it."""
    values = {name: getattr(criterion, name) for name in FIELDS}
    return values | {
        "parent": criterion.parent.code if criterion.parent else None,
        "appraiser": criterion.appraiser.code if criterion.appraiser else None,
    }
