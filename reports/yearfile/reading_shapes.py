"""The shapes of what a year file keeps as JSON: told before anything computes with it."""

from typing import Any

from reports.yearfile.spots import Spot
from scoring.domain.standing_content import SCHEMA

SCALARS = (str, int)
# Keys of a frozen ranking that its page and its reopening read, with what they hold.
CONTENT: dict[str, type] = {
    "schema": int,
    "bloc": dict,
    "version": int,
    "criteria_set": dict,
    "criteria": list,
    "units": list,
    "not_sent": list,
}
TEXT_OPTIONS = ("sanction", "condition", "threshold")


def check_options(spot: Spot) -> bool:
    """True when every parameter with a known meaning has its type; a fault each otherwise."""
    noted = len(spot.faults)
    for key, each in spot.pairs():
        if key in TEXT_OPTIONS and not isinstance(each.value, str):
            each.wrong_type("chữ")
        if key == "bars":
            for entry in each.items():
                entry.text(40)
    return len(spot.faults) == noted


def check_grading_shape(spot: Spot) -> bool:
    """True when bands are rows of plain values and the limit names its band, percent and order."""
    noted = len(spot.faults)
    fields = dict(spot.pairs())
    for band in fields["bands"].items() if "bands" in fields else []:
        check_plain(band)
    if "cap" in fields and fields["cap"].given:
        check_cap(fields["cap"])
    if "of" in fields and fields["of"].given and not isinstance(fields["of"].value, str):
        fields["of"].wrong_type("chữ")
    return len(spot.faults) == noted


def check_cap(spot: Spot) -> None:
    for key, each in spot.pairs():
        if key == "tie_break":
            for entry in each.items():
                entry.text(60)
        elif each.given and isinstance(each.plain(), dict | list):
            each.wrong_type("chữ hoặc một số")


def check_plain(spot: Spot) -> None:
    """A mapping whose values are text or numbers."""
    for _, each in spot.pairs():
        if each.given and (isinstance(each.value, bool) or not isinstance(each.plain(), SCALARS)):
            each.wrong_type("chữ hoặc một số")


def content_fault(content: Any, *, version: int | None) -> str:
    """Why ``content`` is no frozen ranking that this application can show, or ""."""
    if not isinstance(content, dict):
        return "Nội dung phải là JSON như bản xuất."
    for key, kind in CONTENT.items():
        if not isinstance(content.get(key), kind) or isinstance(content.get(key), bool):
            return f"Nội dung thiếu mục «{key}» hoặc mục đó không đúng kiểu."
    if content["schema"] != SCHEMA:
        return f"Nội dung theo mẫu {content['schema']}; hệ thống này đọc mẫu {SCHEMA}."
    if content["version"] != version:
        return f"Nội dung là của phiên bản {content['version']}."
    if not isinstance(content["criteria_set"].get("version"), int):
        return "Nội dung không nêu phiên bản của bộ tiêu chí."
    if not all(isinstance(unit, dict) and isinstance(unit.get("agency"), dict) for unit in content["units"]):
        return "Nội dung có đơn vị không đọc được."
    return ""
