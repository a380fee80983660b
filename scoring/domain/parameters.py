"""A criterion's parameters in one spreadsheet cell: «A=10; B=7; C=0!», «mỗi lần=0,5», «chậm 5 ngày=5».

Whatever these words cannot say is written as JSON, so that a table read back is the same table.
"""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from khoithidua.web.numbers import parse_people_number, plain_number
from khoithidua.web.text import search_key, tidy
from scoring.domain.computing import (
    DEFAULT_STEP,
    DEFAULT_SURPLUS_CAP,
    DEFAULT_SURPLUS_TOTAL,
    ZERO,
    levels_of,
    number,
)
from scoring.domain.grading import SANCTIONS
from scoring.domain.tree import Node
from scoring.domain.tree_checks import parsed_bands
from scoring.enums import AppraisedBy, CriterionKind, Formula

NUMBERS = {
    "per": "mỗi lần",
    "step": "bước",
    "surplus_cap": "vượt tối đa",
    "surplus_total": "vượt cả bảng",
}
KEYS = {search_key(word): key for key, word in NUMBERS.items()}
BARS = {"flag": "cờ", "certificate": "bằng khen"}
BARRED = {search_key(word): key for key, word in BARS.items()}
SANCTION, BARRING = "chế tài", "không xét"
BAND = re.compile(r"cham (?:tu )?(?P<days>[0-9]{1,4}) ngay(?: tro len)?")
VOIDS = re.compile(r"\s*(?:!|,?\s*mất (?:điểm )?toàn (?:bộ )?tiêu chí)\s*\.?\s*$", re.IGNORECASE)
# Parameters that are one number or one text.
PLAIN = {*NUMBERS, "from", "sanction", "draft_max", "stated_max", "condition", "threshold"}
LONGEST = 200
HOW = "Hãy ghi dạng tên=giá trị, các mục cách nhau bằng dấu chấm phẩy, ví dụ «A=10; B=7; C=0!»."


def read_parameters(text: str, kind: str) -> dict[str, Any]:
    """The cell as stored options; ValueError with a sentence on anything that is not understood."""
    text = text.strip()
    if text.startswith("{"):
        return read_json(text)
    options: dict[str, Any] = {}
    for entry in (part.strip() for part in re.split(r"[;\n]", text)):
        if not entry:
            continue
        name, sign, value = entry.rpartition("=")
        if not sign or not name.strip():
            raise ValueError(f"«{entry[:60]}» chưa đúng. {HOW}")
        if kind == CriterionKind.CHOICE:
            options.setdefault("levels", []).append(read_level(tidy(name), value))
        else:
            add_entry(options, tidy(name), value.strip())
    return options


def read_json(text: str) -> dict[str, Any]:
    """Parameters written as JSON: known names with values of the right shape, and nothing else."""
    try:
        options = json.loads(text, parse_constant=refuse_constant)
        json.dumps(options, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        options = None
    if not isinstance(options, dict) or "\\u0000" in text or not all(fits(*pair) for pair in options.items()):
        raise ValueError(f"Phần ghi trong ngoặc {{…}} không đọc được. {HOW}")
    return options


def refuse_constant(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity are no JSON, and PostgreSQL keeps neither.


def fits(name: str, value: Any) -> bool:
    """True where ``value`` has the shape that the parameter ``name`` is stored in."""
    if name == "levels":
        return isinstance(value, list) and all(is_level(each) for each in value)
    if name == "bands":
        return isinstance(value, list) and all(
            isinstance(each, list) and len(each) == 2 and all(is_plain(part) for part in each) for each in value
        )
    if name == "bars":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return name in PLAIN and is_plain(value)


def is_level(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() <= {"name", "points", "voids"}
        and isinstance(value.get("name"), str)
        and all(is_plain(each) for each in value.values())
    )


def is_plain(value: Any) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= LONGEST)


def read_level(name: str, value: str) -> dict[str, Any]:
    voids = VOIDS.search(value) is not None
    points = parse_people_number(VOIDS.sub("", value).removesuffix("điểm"))
    if points is None and not voids:
        raise ValueError(f"Mức «{name}» chưa có điểm. Hãy ghi số điểm sau dấu bằng, ví dụ {name}=10.")
    level = {"name": name, "points": stored(points or Decimal(0))}
    return level | {"voids": True} if voids else level


def add_entry(options: dict[str, Any], name: str, value: str) -> None:
    word = search_key(name)
    if word in KEYS:
        options[KEYS[word]] = read_number(name, value)
    elif band := BAND.fullmatch(word):
        options["from"] = "lateness"
        options.setdefault("bands", []).append([int(band["days"]), read_number(name, value)])
    elif word == search_key(SANCTION):
        options["sanction"] = value
    elif word == search_key(BARRING):
        options["bars"] = [read_bar(each) for each in value.split(",")]
    else:
        raise ValueError(f"Không có tham số «{name[:60]}» cho cách chấm này. {HOW}")


def read_number(name: str, value: str) -> int | str:
    parsed = parse_people_number(value)
    if parsed is None:
        raise ValueError(f"Tham số «{name}» chưa có giá trị. Hãy ghi một số sau dấu bằng.")
    return stored(parsed)


def read_bar(word: str) -> str:
    if (key := BARRED.get(search_key(word))) is None:
        raise ValueError(f"«{word.strip()}» không phải hình thức khen. Hãy ghi: {', '.join(BARS.values())}.")
    return key


def stored(value: Decimal) -> int | str:
    """A number as JSON keeps it without becoming a float."""
    return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"


def parameters_text(options: Mapping[str, Any], kind: str) -> str:
    """``options`` in the words above where reading them back gives the same, else as JSON."""
    if not options:
        return ""
    text = "; ".join(entries_of(options, kind))
    try:
        if read_parameters(text, kind) == options:
            return text
    except ValueError:
        pass
    return json.dumps(options, ensure_ascii=False, sort_keys=True, default=str)


def entries_of(options: Mapping[str, Any], kind: str) -> list[str]:
    if kind == CriterionKind.CHOICE:
        return [level_text(level) for level in levels_of(options)]
    entries = [f"{word}={shown(options, key)}" for key, word in NUMBERS.items() if key in options]
    bands = options.get("bands")
    for band in bands if isinstance(bands, list) else []:
        if isinstance(band, list) and len(band) == 2:
            entries.append(f"chậm {band[0]} ngày={str(band[1]).replace('.', ',')}")
    if "sanction" in options:
        entries.append(f"{SANCTION}={options['sanction']}")
    if isinstance(bars := options.get("bars"), list):
        entries.append(f"{BARRING}={', '.join(BARS.get(str(each), str(each)) for each in bars)}")
    return entries


def rules_in_words(options: Mapping[str, Any], node: Node, *, appraiser: str = "") -> list[str]:
    """How a criterion is scored, each rule in a few words, its parameters first; a group has none.

    ``options`` are the parameters of ``node``; ``appraiser`` is the name of the agency that appraises it, if known.
    """
    if node.is_group:
        return []
    bands = parsed_bands(options.get("bands"))
    found = [
        *level_words(options),
        *number_words(options, node.formula),
        "; ".join(f"chậm từ {plain_number(days)} ngày: {plain_number(points)} điểm" for days, points in bands),
        SANCTIONS.get(str(options.get("sanction", "")), ""),
        bar_words(options),
        measure_words(node),
        "" if node.floor_percent is None else f"mức sàn {plain_number(node.floor_percent)}%",
        condition_words(options),
        appraiser_words(node, appraiser),
    ]
    return [words for words in found if words]


def level_words(options: Mapping[str, Any]) -> list[str]:
    """All levels with their points: "A: 10 điểm; C: 0 điểm, mất toàn tiêu chí"."""
    levels = [
        f"{level.get('name', '')}: {plain_number(number(level, 'points') or ZERO)} điểm"
        + (", mất toàn tiêu chí" if level.get("voids") else "")
        for level in levels_of(options)
    ]
    return [f"các mức {'; '.join(levels)}"] if levels else []


def number_words(options: Mapping[str, Any], formula: str) -> Iterator[str]:
    if per := shown(options, "per"):
        yield f"mỗi lần {per} điểm"
    if formula == Formula.RATE:
        yield f"làm tròn đến bước {plain_number(number(options, 'step') or DEFAULT_STEP)} điểm"
    if formula == Formula.SURPLUS:
        cap = shown(options, "surplus_cap") or plain_number(DEFAULT_SURPLUS_CAP)
        total = shown(options, "surplus_total") or plain_number(DEFAULT_SURPLUS_TOTAL)
        yield f"vượt kế hoạch được thưởng tối đa {cap}% điểm của tiêu chí, cả bảng tối đa {total} điểm"


def bar_words(options: Mapping[str, Any]) -> str:
    """Which awards the criterion bars: "không xét Cờ, Bằng khen"."""
    bars = options.get("bars")
    names = [BARS.get(str(each), str(each)).capitalize() for each in bars] if isinstance(bars, list) else []
    return f"{BARRING} {', '.join(names)}" if names else ""


def condition_words(options: Mapping[str, Any]) -> str:
    condition = options.get("condition")
    return f"điều kiện: {condition} {options.get('threshold') or ''}".strip() if condition else ""


def measure_words(node: Node) -> str:
    """Unit and range: "đơn vị tính %, từ 0 đến 100"."""
    least = f"từ {plain_number(node.least)}" if node.least is not None else ""
    most = f"đến {plain_number(node.most)}" if node.most is not None else ""
    unit = f"đơn vị tính {node.unit}" if node.unit else ""
    return ", ".join(part for part in (unit, f"{least} {most}".strip()) if part)


def appraiser_words(node: Node, appraiser: str) -> str:
    return f"{appraiser or AppraisedBy(node.appraised_by).label} thẩm định"


def shown(options: Mapping[str, Any], key: str) -> str:
    value = number(options, key)
    return "" if value is None else plain_number(value)


def level_text(level: Mapping[str, Any]) -> str:
    return f"{level.get('name', '')}={shown(level, 'points')}{'!' if level.get('voids') else ''}"
