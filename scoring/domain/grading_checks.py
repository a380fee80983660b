"""What is wrong with the bands of a criteria set, each thing a sentence; and the verb that writes them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from khoithidua.web.numbers import plain_number
from scoring.domain.computing import number
from scoring.domain.criteria import load_tree, locked_draft
from scoring.domain.grading import CAPPED, MEASURES, PERCENT, SANCTIONS, Band, Scheme, read_scheme
from scoring.domain.tree import Tree
from scoring.enums import CriterionKind
from scoring.models import CriteriaSet

KEYS = {"bands", "of", "cap"}
BAND_KEYS = {"name", "from", "below", "floor"}
CAP_KEYS = {"band", "percent", "tie_break"}
CAP_TIE_BREAKS = ("bonus", "fewest_deductions", "women_70")
HUNDRED = Decimal(100)


@transaction.atomic
def set_grading(criteria_set: CriteriaSet, *, grading: Mapping[str, Any], actor: User | None) -> None:
    """Write the bands of a draft set, or none; audited. TransitionRefused with every fault, or on no draft."""
    row = locked_draft(criteria_set)
    if faults := grading_faults(grading, tree=load_tree(row), scale=row.scale):
        raise TransitionRefused(" ".join(faults))
    before, row.grading = row.grading, dict(grading)
    row.save(update_fields=["grading"])
    audit.record_change(
        row, "Sửa mức xếp loại", actor=actor, before={"grading": before}, after={"grading": row.grading}
    )
    criteria_set.refresh_from_db()


def grading_faults(grading: Any, *, tree: Tree, scale: Decimal) -> list[str]:
    """Sentences on bands that overlap or leave a gap, names that nothing has, numbers out of range; empty when sound.

    Also on ``sanction`` options of ``tree`` that grading does not know.
    """
    faults = list(sanction_faults(tree))
    if not grading:
        return faults
    if not isinstance(grading, Mapping) or not all(isinstance(row, Mapping) for row in rows_of(grading)):
        return [*faults, "Phần xếp loại không đọc được. Hãy ghi lại các mức ở trang Xếp loại."]
    scheme = read_scheme(grading)
    if scheme is None:
        return [*faults, "Phần xếp loại chưa có mức nào. Hãy thêm ít nhất hai mức, hoặc bỏ phần xếp loại."]
    return [
        *faults,
        *unknown_names(grading),
        *name_faults(scheme),
        *number_faults(scheme, rows_of(grading), scale),
        *range_faults(scheme.bands),
        *cap_faults(grading.get("cap"), scheme, tree),
    ]


def stored_grading_faults(criteria_set: CriteriaSet) -> list[str]:
    """``grading_faults`` of what ``criteria_set`` holds; one query."""
    return grading_faults(criteria_set.grading, tree=load_tree(criteria_set), scale=criteria_set.scale)


def rows_of(grading: Mapping[str, Any]) -> list[Any]:
    rows = grading.get("bands")
    return list(rows) if isinstance(rows, list) else []


def unknown_names(grading: Mapping[str, Any]) -> Iterator[str]:
    cap = grading.get("cap")
    cap_names = set(cap) - CAP_KEYS if isinstance(cap, Mapping) else set()
    band_names = {name for row in rows_of(grading) for name in row} - BAND_KEYS
    for name in sorted((set(grading) - KEYS) | band_names | cap_names):
        yield f"Phần xếp loại có mục «{name}» mà hệ thống không biết. Hãy bỏ mục này."
    if (of := grading.get("of")) is not None and of not in MEASURES:
        yield f"Phần xếp loại tính theo «{of}» mà hệ thống không biết. Hãy chọn một trong: {', '.join(MEASURES)}."


def name_faults(scheme: Scheme) -> Iterator[str]:
    if len(scheme.bands) < 2:
        yield "Phần xếp loại cần ít nhất hai mức."
    counts = Counter(band.name.strip().casefold() for band in scheme.bands)
    if counts.get(""):
        yield "Mỗi mức xếp loại phải có tên."
    for band in scheme.bands:
        if band.name.strip() and counts.pop(band.name.strip().casefold(), 1) > 1:
            yield f"Tên mức «{band.name}» được dùng nhiều lần. Hãy đặt mỗi mức một tên."


def number_faults(scheme: Scheme, rows: list[Any], scale: Decimal) -> Iterator[str]:
    for band, row in zip(scheme.bands, rows, strict=True):
        for key, words in (("from", "điểm bắt đầu"), ("below", "giới hạn trên"), ("floor", "mức sàn")):
            if row.get(key) is not None and number(row, key) is None:
                yield f"Mức «{band.name}»: {words} «{row[key]}» không phải là số."
        if band.floor is not None and not 0 <= band.floor <= HUNDRED:
            yield f"Mức «{band.name}»: mức sàn {plain_number(band.floor)}% phải nằm trong khoảng từ 0 đến 100%."
        most = {PERCENT: HUNDRED, CAPPED: scale}.get(scheme.of)
        if most is not None and band.least is not None and band.least > most:
            yield (
                f"Mức «{band.name}» bắt đầu từ {plain_number(band.least)}, "
                f"lớn hơn {plain_number(most)} là giá trị cao nhất có thể đạt."
            )


def range_faults(bands: tuple[Band, ...]) -> Iterator[str]:
    """Bands must touch: no value in two of them, none outside all."""
    if bands[0].below is not None:
        top = plain_number(bands[0].below)
        yield f"Kết quả từ {top} trở lên không thuộc mức nào. Hãy bỏ giới hạn trên của mức đầu."
    for better, band in pairwise(bands):
        if better.least is None:
            yield f"Mức «{better.name}» phải ghi điểm bắt đầu; chỉ mức cuối cùng được để trống."
        elif band.below is not None and band.below < better.least:
            yield (
                f"Kết quả từ {plain_number(band.below)} đến dưới {plain_number(better.least)} không thuộc mức nào, "
                f"giữa «{better.name}» và «{band.name}»."
            )
        elif (band.below is not None and band.below > better.least) or (band.least or Decimal(-1)) >= better.least:
            yield (
                f"Mức «{better.name}» và mức «{band.name}» chồng lên nhau. "
                "Hãy xếp mức cao trước, mức sau kết thúc đúng chỗ mức trước bắt đầu."
            )
    if bands[-1].least is not None and bands[-1].least > 0:
        least = plain_number(bands[-1].least)
        yield f"Kết quả dưới {least} không thuộc mức nào. Hãy để trống điểm bắt đầu của mức cuối."


def cap_faults(cap: Any, scheme: Scheme, tree: Tree) -> Iterator[str]:
    if not cap:
        return
    if not isinstance(cap, Mapping):
        yield "Giới hạn tỷ lệ xếp loại không đọc được. Hãy ghi lại ở trang Xếp loại."
        return
    names = [band.name for band in scheme.bands]
    if cap.get("band") not in names:
        yield f"Giới hạn tỷ lệ nêu mức «{cap.get('band', '')}» không có trong các mức xếp loại."
    elif cap["band"] == names[-1]:
        yield "Không giới hạn được mức cuối cùng: đơn vị vượt tỷ lệ không còn mức nào thấp hơn để xếp."
    percent = number(cap, "percent")
    if percent is None or not 0 < percent <= HUNDRED:
        yield "Giới hạn tỷ lệ phải là số phần trăm lớn hơn 0 và không quá 100."
    groups = {f"group:{node.code}" for node in tree.groups}
    for entry in cap.get("tie_break") or ():
        if entry not in CAP_TIE_BREAKS and entry not in groups:
            yield f"Thứ tự ưu tiên khi vượt tỷ lệ có mục «{entry}» mà bảng tiêu chí không có."


def sanction_faults(tree: Tree) -> Iterator[str]:
    for node in tree.leaves:
        if "sanction" not in node.options:
            continue
        if node.kind != CriterionKind.DEDUCTION:
            yield f"Tiêu chí {node.code}: chỉ điểm trừ mới kèm được chế tài xếp loại."
        if node.options["sanction"] not in SANCTIONS:
            yield (
                f"Tiêu chí {node.code}: chế tài «{node.options['sanction']}» mà hệ thống không biết. "
                f"Hãy dùng một trong: {', '.join(SANCTIONS)}."
            )
