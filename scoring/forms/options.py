"""A criterion's parameters as people write them: one line a level or a band of lateness."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from khoithidua.web.numbers import parse_people_number, plain_number
from scoring.domain.computing import levels_of, number
from scoring.domain.tree_checks import parsed_bands
from scoring.enums import CriterionKind, Formula

NUMBERS = ("per", "step", "surplus_cap", "surplus_total")
# What any criterion's text may say beside its numbers.
STATED = ("stated_max",)
TEXTS = ("condition", "threshold")
KNOWN = ("levels", *NUMBERS, *STATED, *TEXTS, "from", "bands", "sanction", "bars")
VOIDING = "mất toàn tiêu chí"
LEVEL = re.compile(
    r"(?P<points>.*?)(?:\s*điểm)?(?P<voids>\s*[,;]?\s*mất(?: điểm)? toàn(?: bộ)? tiêu chí)?\.?", re.IGNORECASE
)
BAND = re.compile(r"(?:từ\s+)?(?P<days>[0-9]{1,4})\s*(?:ngày)?(?:\s+trở lên)?\s*=\s*(?P<points>.+?)(?:\s*điểm)?", re.I)


def fields_of(kind: str, formula: str) -> set[str]:
    """The fields of the form that count for a way of scoring; all others are passed over."""
    if kind == CriterionKind.CHOICE:
        return {"levels"}
    if kind == CriterionKind.QUANTITATIVE:
        by_formula = {Formula.RATE.value: {"step"}, Formula.SURPLUS.value: {"surplus_cap", "surplus_total"}}
        return {"formula"} | by_formula.get(formula, set())
    if kind == CriterionKind.DEDUCTION:
        return {"per", "bands", "sanction", "bars"}
    return {"per"} if kind in (CriterionKind.COUNT, CriterionKind.MINUS, CriterionKind.BONUS) else set()


def stored(value: Decimal) -> int | str:
    """A number as JSON keeps it without becoming a float."""
    return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"


def read_levels(text: str) -> list[dict[str, Any]]:
    """«A = 10», «C = 0, mất toàn tiêu chí». ValueError with a sentence on a line that is neither."""
    return [read_level(line.strip()) for line in text.splitlines() if line.strip()]


def read_level(line: str) -> dict[str, Any]:
    name, sign, rest = line.rpartition("=")
    match = LEVEL.fullmatch(rest.strip())
    if not sign or not name.strip() or match is None:
        raise ValueError(f"Dòng «{line[:60]}» chưa đúng. Hãy ghi tên mức, dấu bằng rồi số điểm, ví dụ A = 10.")
    voids = match["voids"] is not None
    points = parse_people_number(match["points"])
    if points is None and not voids:
        raise ValueError(f"Mức «{name.strip()}» chưa có điểm. Hãy ghi số điểm sau dấu bằng, ví dụ A = 10.")
    level = {"name": name.strip(), "points": stored(points or Decimal(0))}
    return level | {"voids": True} if voids else level


def levels_text(options: Mapping[str, Any]) -> str:
    return "\n".join(
        f"{level.get('name', '')} = {plain_number(number(level, 'points') or Decimal(0))}"
        + (f", {VOIDING}" if level.get("voids") else "")
        for level in levels_of(options)
    )


def read_bands(text: str) -> list[list[int | str]]:
    """«từ 5 ngày = 5»: five days late or more cost five points, until a later band is reached."""
    return [read_band(line.strip()) for line in text.splitlines() if line.strip()]


def read_band(line: str) -> list[int | str]:
    match = BAND.fullmatch(line)
    points = parse_people_number(match["points"]) if match else None
    if match is None or points is None:
        raise ValueError(
            f"Dòng «{line[:60]}» chưa đúng. Hãy ghi số ngày chậm bắt đầu bị trừ và số điểm trừ, ví dụ từ 5 ngày = 5."
        )
    return [int(match["days"]), stored(points)]


def bands_text(options: Mapping[str, Any]) -> str:
    return "\n".join(
        f"từ {plain_number(days)} ngày = {plain_number(points)}" for days, points in parsed_bands(options.get("bands"))
    )


def shown_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """The stored parameters as the form's fields show them."""
    texts = {"levels": levels_text(options), "bands": bands_text(options)}
    texts |= {name: str(options.get(name) or "") for name in (*TEXTS, "sanction")}
    texts["bars"] = ",".join(options["bars"]) if isinstance(options.get("bars"), list) else ""
    return texts | {name: number(options, name) for name in (*NUMBERS, *STATED)}


def stored_options(values: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the form's fields say as stored parameters; ``kept`` are those that no field shows, or all if equal."""
    options: dict[str, Any] = {name: value for name, value in kept.items() if name not in KNOWN}
    options |= {name: stored(values[name]) for name in (*NUMBERS, *STATED) if values.get(name) is not None}
    options |= {name: values[name] for name in (*TEXTS, "sanction") if values.get(name)}
    if values.get("bars"):
        options["bars"] = values["bars"].split(",")
    if values.get("levels"):
        options["levels"] = values["levels"]
    if values.get("bands"):
        options |= {"from": "lateness", "bands": values["bands"]}
    same = shown_options(options) == shown_options(kept) and options.get("from") == kept.get("from")
    return dict(kept) if same else options
