"""Layouts kept by the standing body: made, changed, copied, taken out of use, deleted while nothing was printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.snapshots import snapshot
from blocs.models import Council
from council.domain.certificates.keys import Key
from council.domain.certificates.limits import layout_faults
from council.domain.decisions.drafts import last_writer
from council.models import CertificateLayout, Decision, LayoutElement
from khoithidua.web.numbers import plain_number
from khoithidua.web.text import tidy
from khoithidua.web.uploads import random_name

FIELDS = ("name", "issuer", "award", "width", "height", "active")
COLUMNS = (*("key", "text", "left", "top", "width", "lines", "size", "align", "bold", "italic", "capitals", "colour"),)


class LayoutChanged(TransitionRefused):
    """Somebody saved the layout after the page was opened; both are kept: ``version`` is the saved one."""

    def __init__(self, who: str, when: str, version: int) -> None:
        self.version = version
        super().__init__(
            f"{who} đã lưu mẫu này{when}, sau khi bạn mở trang. Nội dung của bạn còn nguyên bên dưới, bản đang lưu nêu "
            "ở cuối trang. Hãy đối chiếu, rồi bấm Lưu lần nữa để ghi theo nội dung đang hiện."
        )


@dataclass(frozen=True)
class Draft:
    """A layout as it is to be: its own fields and its elements in order, none of them saved."""

    fields: Mapping[str, Any]
    elements: Sequence[LayoutElement]


@transaction.atomic
def add_layout(council: Council, draft: Draft, *, actor: User | None) -> CertificateLayout:
    """A new layout. TransitionRefused: what ``layout_faults`` finds, a name that is there, an issuer from elsewhere."""
    row = CertificateLayout(council=council, **draft.fields)
    refuse_unfit(row, draft.elements)
    row.save(force_insert=True)
    write_elements(row, draft.elements)
    audit.record(row, "Thêm mẫu bằng", actor=actor, after=snapshot(row, FIELDS) | spoken_elements(draft.elements))
    return row


@transaction.atomic
def edit_layout(layout: CertificateLayout, draft: Draft, *, seen: int | None, actor: User | None) -> CertificateLayout:
    """The layout as ``draft`` says, elements and all. ``seen``: the version that the page was opened on.

    Raises LayoutChanged when another one is saved, TransitionRefused as ``add_layout``.
    """
    row = locked(layout)
    if seen is not None and row.version != seen:
        who, at = last_writer(row)
        raise LayoutChanged(who, f" lúc {timezone.localtime(at):%H:%M ngày %d/%m/%Y}" if at else "", row.version)
    before = snapshot(row, FIELDS) | spoken_elements(list(row.elements.all()))
    for name, value in draft.fields.items():
        setattr(row, name, value)
    refuse_unfit(row, draft.elements)
    row.version += 1
    row.save(update_fields=[*draft.fields, "search_key", "version"])
    row.elements.all().delete()
    write_elements(row, draft.elements)
    after = snapshot(row, FIELDS) | spoken_elements(draft.elements)
    audit.record_change(row, "Sửa mẫu bằng", actor=actor, before=before, after=after)
    return row


@transaction.atomic
def copy_layout(layout: CertificateLayout, *, actor: User | None) -> CertificateLayout:
    """The same once more under a name of its own, with its own file of the scan."""
    fields = {name: getattr(layout, name) for name in FIELDS} | {"name": free_name(layout)}
    made = add_layout(layout.council, Draft(fields, fresh_elements(layout)), actor=actor)
    if layout.scan and layout.scan.storage.exists(str(layout.scan.name)):
        made.scan.save(random_name(), ContentFile(layout.scan.read()), save=False)
        made.scan_sha256 = layout.scan_sha256
        made.save(update_fields=["scan", "scan_sha256"])
    return made


@transaction.atomic
def set_active(layout: CertificateLayout, *, active: bool, actor: User | None) -> None:
    """Take a layout out of use, or back into it."""
    row = locked(layout)
    if row.active == active:
        return
    row.active = active
    row.version += 1
    row.save(update_fields=["active", "version"])
    name = "Dùng lại mẫu bằng" if active else "Ngừng dùng mẫu bằng"
    audit.record(row, name, actor=actor, before={"active": not active}, after={"active": active})


@transaction.atomic
def remove_layout(layout: CertificateLayout, *, reason: str, actor: User | None) -> None:
    """Delete a layout that nothing was printed on; the council's history keeps its name. Raises TransitionRefused."""
    row = locked(layout)
    if row.prints.exists():
        raise TransitionRefused("Đã in bằng theo mẫu này nên không xóa được. Hãy bấm Ngừng dùng.")
    before = snapshot(row, FIELDS) | spoken_elements(list(row.elements.all()))
    audit.record(row.council, "Xóa mẫu bằng", actor=actor, before=before, after={}, reason=reason.strip())
    stored, storage = str(row.scan.name or ""), row.scan.storage
    row.delete()
    if stored:
        transaction.on_commit(lambda: storage.delete(stored))


def locked(layout: CertificateLayout) -> CertificateLayout:
    return CertificateLayout.objects.select_for_update(of=("self",)).get(pk=layout.pk)


def refuse_unfit(row: CertificateLayout, elements: Sequence[LayoutElement]) -> None:
    row.name = tidy(row.name)
    if faults := layout_faults(row.width, row.height, elements):
        raise TransitionRefused(" ".join(faults))
    if row.issuer is not None and row.issuer.council_id != row.council_id:
        raise TransitionRefused("Cơ quan ban hành này thuộc Hội đồng khác. Hãy chọn lại.")
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise TransitionRefused(f"Đã có mẫu tên «{row.name}». Hãy đặt tên khác.") from error


def write_elements(layout: CertificateLayout, elements: Sequence[LayoutElement]) -> None:
    rows = [
        LayoutElement(layout=layout, position=place, **{name: getattr(each, name) for name in COLUMNS})
        for place, each in enumerate(elements, 1)
    ]
    LayoutElement.objects.bulk_create(rows)


def fresh_elements(layout: CertificateLayout) -> list[LayoutElement]:
    return [LayoutElement(**{name: getattr(each, name) for name in COLUMNS}) for each in layout.elements.all()]


def free_name(layout: CertificateLayout) -> str:
    """ "Bằng khen (bản sao 2)": the first that is not taken; the longest name leaves room for it."""
    taken = set(CertificateLayout.objects.filter(council=layout.council_id).values_list("name", flat=True))
    stem = layout.name[:180]
    numbers = iter(range(1, len(taken) + 2))
    names = (f"{stem} (bản sao{f' {number}' if number > 1 else ''})" for number in numbers)
    return next(name for name in names if name not in taken)


def spoken_elements(elements: Sequence[LayoutElement]) -> dict[str, str]:
    """Elements in words for the trail and for who compares two versions, by their place and label."""
    return {f"{place}. {label_of(each)}": words_of(each) for place, each in enumerate(elements, 1)}


def label_of(element: LayoutElement) -> str:
    return str(Key(element.key).label) if element.key in Key.values else element.key


def words_of(element: LayoutElement) -> str:
    left, top, width, size = (plain_number(each) for each in (element.left, element.top, element.width, element.size))
    looks = [
        words
        for held, words in ((element.bold, "đậm"), (element.italic, "nghiêng"), (element.capitals, "chữ hoa"))
        if held
    ]
    parts = [
        f"trái {left} mm, trên {top} mm, rộng {width} mm, {element.lines} dòng, {size} pt",
        f"căn {str(element.get_align_display()).lower()}",
        *looks,
        f"màu {element.colour}",
        *([f"«{element.text}»"] if element.text else []),
    ]
    return ", ".join(parts)


def proposed(layouts: Sequence[CertificateLayout], *, issuer: int, award: int) -> CertificateLayout | None:
    """The most specific of ``layouts`` in use: of issuer and award, of the issuer, of the award, for all.

    Of several alike the first by name. None where there is none for this issuer and award.
    """
    fit = [
        each for each in layouts if each.active and each.issuer_id in (None, issuer) and each.award_id in (None, award)
    ]
    return min(fit, key=lambda each: (each.issuer_id is None, each.award_id is None, each.name, each.pk), default=None)


def layouts_for(decision: Decision) -> QuerySet[CertificateLayout]:
    """Layouts in use that may serve this decision's issuer."""
    rows = CertificateLayout.objects.filter(council=decision.council_id, active=True)
    return rows.filter(Q(issuer=None) | Q(issuer=decision.issuer_id)).select_related("issuer", "award")
