"""Texts and kept versions of them, as people typed them: marks, blank lines and indents stay."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from khoithidua.web.text import nfc, without_controls
from reports.yearfile.source import Oddity, clean
from reports.yearfile.spots import Spot

LONGEST = 50_000
NOT_JSON = "Nội dung phải là JSON như bản xuất."
GONE = "?"  # names a figure or table of a version that the outline no longer has
Names = Mapping[str, str]


def as_typed(text: str) -> str:
    """``text`` in NFC with plain line ends, without control characters and blanks that nobody sees."""
    return "\n".join(without_controls(line).rstrip() for line in nfc(text).splitlines()).rstrip().lstrip("\n")


def read_typed(spot: Spot) -> str:
    """Required text of at most 50,000 characters; "" and a fault where there is none."""
    if not isinstance(spot.value, str):
        return spot.text()
    found = as_typed(spot.value)
    if not found:
        spot.fault("Không được để trống.")
    if len(found) > LONGEST:
        spot.fault(f"Dài {len(found)} ký tự, tối đa {LONGEST}.")
    return found


def told_json(content: Any) -> str:
    """``content`` in plain ASCII, keys sorted: equal contents are equal texts."""
    return json.dumps(cleaned(content), sort_keys=True, separators=(",", ":"))


def cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {cleaned(str(key)): cleaned(each) for key, each in value.items()}
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    return nfc(without_controls(value)) if isinstance(value, str) else value


def read_json(spot: Spot) -> dict[str, Any]:
    """The mapping that the text holds, nothing in it tidied; {} and a fault where it is none."""
    if not spot.text():
        return {}
    try:
        content = json.loads(spot.value, parse_constant=refuse, object_pairs_hook=unique)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        spot.fault(NOT_JSON)
        return {}
    if oddity := first_oddity(content):
        spot.fault(oddity)
    found: dict[str, Any] = cleaned(content)
    return found


def refuse(word: str) -> Any:
    raise ValueError(word)


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def first_oddity(value: Any) -> str:
    """What makes a text in ``value`` unfit for a record; "" where nothing does."""
    if isinstance(value, dict):
        return first_oddity([*value, *value.values()])
    if isinstance(value, list):
        return next((found for each in value if (found := first_oddity(each))), "")
    settled = clean(value) if isinstance(value, str) else ""
    return settled.sentence if isinstance(settled, Oddity) else ""


# Shapes of a version: what pages compute with


def version_fault(content: dict[str, Any]) -> str:
    """Why ``content`` is no version of a text that pages can show and bring back, or ""."""
    sections, figures, tables = (content.get(name, {}) for name in ("sections", "figures", "tables"))
    if not isinstance(sections, dict) or not all(is_text(each, LONGEST) for each in sections.values()):
        return "Nội dung có mục (sections) không đọc được."
    if not isinstance(figures, dict) or not all(map(is_figure, figures.values())):
        return "Nội dung có số liệu (figures) không đọc được."
    if not isinstance(tables, dict) or not all(map(is_table, tables.values())):
        return "Nội dung có bảng (tables) không đọc được."
    return ""


def is_text(value: Any, limit: int = 1000) -> bool:
    return isinstance(value, str) and len(value) <= limit


def is_figure(value: Any) -> bool:
    if not isinstance(value, dict) or not is_text(value.get("label")) or not is_text(value.get("note", "")):
        return False
    return value.get("value") is None or is_number(value["value"])


def is_number(value: Any) -> bool:
    """A number as text that the column of figures holds."""
    try:
        found = Decimal(value) if is_text(value, 40) else None
    except InvalidOperation:
        return False
    return found is not None and found.is_finite() and abs(found) < 10**16 and found == round(found, 4)


def is_table(value: Any) -> bool:
    if not isinstance(value, dict) or not is_text(value.get("title")) or not isinstance(value.get("rows"), list):
        return False
    return all(isinstance(row, list) and all(map(is_text, row)) for row in value["rows"])


# A system names figures and tables of a version by the numbers of their rows; a file by section and key


def with_names(content: dict[str, Any], *, figures: Names, tables: Names) -> dict[str, Any]:
    """``content`` of this system for a file: ``section/key`` instead of numbers."""
    told = dict(content)
    for part, names in (("figures", figures), ("tables", tables)):
        if isinstance(told.get(part), dict):
            told[part] = named(told[part], names)
    return told


def named(part: dict[str, Any], names: Names) -> dict[str, Any]:
    kept = {names.get(key, key): each for key, each in part.items() if key in names or not key.isdecimal()}
    number = 0
    for key in sorted((key for key in part if key.isdecimal() and key not in names), key=int):
        number += 1
        while f"{GONE}{number}" in kept:
            number += 1
        kept[f"{GONE}{number}"] = part[key]
    return kept


def with_numbers(content: dict[str, Any], *, figures: Names, tables: Names) -> dict[str, Any]:
    """``content`` of a file for this system. ``figures`` and ``tables``: names by number, as for ``with_names``."""
    found = dict(content)
    for part, names in (("figures", figures), ("tables", tables)):
        if part in found:
            numbers = {name: number for number, name in names.items()}
            found[part] = {numbers.get(name, name): each for name, each in found[part].items()}
    return found
