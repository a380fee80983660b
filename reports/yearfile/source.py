"""From bytes to a plain tree: YAML or JSON, without aliases, tags, floats or surprises.

Leaves are str (NFC), int, Decimal, bool, date and None, or an ``Oddity``: text that YAML 1.1
would turn into something its author did not write (``no``, ``15:44``, ``010``).
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from khoithidua.web.text import nfc
from reports.yearfile.faults import Fault, whole_file

MAX_BYTES = 60 * 1024 * 1024  # reports of twenty agencies with all their versions are about 20
MAX_DEPTH = 40
TOO_DEEP = f"Tệp lồng nhau quá {MAX_DEPTH} cấp. Hãy kiểm tra lại các dấu ngoặc và thụt lề."
PLAIN_KEY = re.compile(r"[\w-]+\Z")
DECIMAL_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
DECIMAL_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]{1,3})?\Z")
YAML_TAG = "tag:yaml.org,2002:"
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Oddity:
    """A value that is not what it looks like; ``sentence`` says how to write it."""

    sentence: str
    flag: bool | None = None


@dataclass
class Source:
    """The tree of a file, what is wrong with its form, and where each path begins and ends."""

    tree: Any
    faults: list[Fault] = field(default_factory=list)
    order: dict[str, tuple[int, int]] = field(default_factory=dict)


def read_path(path: Path) -> Source:
    """Read a file; YearFileError when it is missing, too big, or neither YAML nor JSON."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise whole_file(f"Không có tệp «{path}». Hãy kiểm tra lại đường dẫn.") from None
    except IsADirectoryError:
        raise whole_file(f"«{path}» là thư mục. Hãy chỉ tới một tệp.") from None
    except (OSError, ValueError) as error:
        raise whole_file(f"Không đọc được tệp «{path}»: {getattr(error, 'strerror', None) or error}.") from None
    return read_bytes(data, json_only=path.suffix.lower() == ".json")


def read_bytes(data: bytes, *, json_only: bool = False) -> Source:
    """The tree in ``data``. JSON is tried first where the text looks like it."""
    if len(data) > MAX_BYTES:
        raise whole_file(f"Tệp lớn hơn {MAX_BYTES // 1024 // 1024} MB, không thể là tệp của một năm thi đua.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise whole_file(
            f"Tệp không phải văn bản UTF-8 (byte thứ {error.start + 1}). Hãy lưu lại bằng UTF-8."
        ) from None
    if json_only or text.lstrip()[:1] == "{":
        try:
            return from_json(text)
        except json.JSONDecodeError as error:
            if json_only:
                raise whole_file(f"Tệp không phải JSON hợp lệ ở dòng {error.lineno}, cột {error.colno}.") from None
    return from_yaml(text)


def from_json(text: str) -> Source:
    source = Source(None)
    try:
        tree = json.loads(
            text, parse_float=number, parse_int=number, parse_constant=not_a_number, object_pairs_hook=Pairs
        )
    except RecursionError:
        raise whole_file(TOO_DEEP) from None
    source.tree = settle(tree, "", source, 0)
    return source


class Pairs(list[tuple[str, Any]]):
    """A mapping as it stands in the text, repeated keys and all."""


def settle(value: Any, path: str, source: Source, depth: int) -> Any:
    """Turn pairs into dicts and note repeated keys, unfit characters and the order of paths."""
    if depth > MAX_DEPTH:
        raise whole_file(TOO_DEEP)
    place = path or "."
    start = len(source.order)
    source.order.setdefault(place, (start, start))
    if isinstance(value, Pairs):
        settled: Any = unique_keys(value, path, source, depth)
    elif isinstance(value, list):
        settled = [settle(child, f"{path}[{n}]", source, depth + 1) for n, child in enumerate(value)]
    else:
        return clean(value) if isinstance(value, str) else value
    source.order[place] = (start, len(source.order) - 1)
    return settled


def unique_keys(pairs: Pairs, path: str, source: Source, depth: int) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, child in pairs:
        key = nfc(key)
        place = join(path, key)
        if key in kept:
            source.faults.append(Fault(place, "Mục này được ghi hai lần. Hãy giữ một."))
        else:
            kept[key] = settle(child, place, source, depth + 1)
    return kept


def join(path: str, key: str) -> str:
    """``path.key``; a key that is no plain word is quoted in brackets."""
    if not PLAIN_KEY.match(key):
        shown = "".join(c if c.isprintable() else "?" for c in key[:60])
        return f'{path}["{shown}"]'
    return f"{path}.{key}" if path else key


def clean(text: str) -> str | Oddity:
    """``text`` in NFC, or what makes it unfit for a record."""
    for char in text:
        category = unicodedata.category(char)
        if category == "Cs" or (category == "Cc" and char not in "\t\n\r\x85"):
            return Oddity(f"Có ký tự không dùng được (U+{ord(char):04X}). Hãy xóa ký tự đó.")
    return nfc(text)


def number(text: str) -> Any:
    """An exact number; more digits than any column holds are refused here."""
    if len(text) > 40:
        return Oddity("Số có quá nhiều chữ số.")
    return int(text) if DECIMAL_INT.match(text) else Decimal(text)


def not_a_number(text: str) -> Oddity:
    return Oddity(f"«{text}» không phải là một số. Hãy ghi số, hoặc null khi chưa có.")


def from_yaml(text: str) -> Source:
    try:
        refuse_tricks(text)
        node = yaml.compose(text, Loader=Loader)
    except yaml.reader.ReaderError as error:
        raise whole_file(f"Tệp có ký tự không dùng được ở vị trí {error.position + 1}. Hãy xóa ký tự đó.") from None
    except yaml.MarkedYAMLError as error:
        raise whole_file(f"Tệp không phải YAML hợp lệ{line_of(error)}. Hãy kiểm tra thụt lề và dấu nháy.") from None
    except (RecursionError, yaml.YAMLError):
        raise whole_file("Tệp không phải YAML hợp lệ.") from None
    source = Source(None)
    source.tree = settle(plain(node), "", source, 0)
    return source


def line_of(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    return f" ở dòng {mark.line + 1}, cột {mark.column + 1}" if mark else ""


def refuse_tricks(text: str) -> None:
    """Aliases (a bomb grows from them), tags (``!!python``), depth, and a second document."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=Loader):
        refuse_alias_or_tag(event)
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if documents > 1:
            raise whole_file(f"Tệp có hơn một tài liệu YAML (dòng {line_number(event)}). Mỗi tệp chỉ ghi một năm.")
        if depth > MAX_DEPTH:
            raise whole_file(TOO_DEEP)


def refuse_alias_or_tag(event: Any) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        where = line_number(event)
        raise whole_file(f"Tệp dùng neo hoặc bí danh YAML (& hoặc *) ở dòng {where}. Hãy ghi đầy đủ nội dung.")
    if getattr(event, "tag", None):
        raise whole_file(f"Tệp dùng thẻ YAML (bắt đầu bằng !) ở dòng {line_number(event)}. Hãy bỏ thẻ đó.")


def line_number(event: Any) -> int:
    return int(event.start_mark.line) + 1


def plain(node: Any) -> Any:
    """The node as values; keys are always the text that was written."""
    if isinstance(node, yaml.MappingNode):
        return Pairs((key_text(key), plain(value)) for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return [plain(child) for child in node.value]
    if node is None:
        return None
    return SCALARS.get(node.tag.removeprefix(YAML_TAG), str)(node.value)


def key_text(node: Any) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    raise whole_file(f"Khóa ở dòng {node.start_mark.line + 1} phải là chữ, không phải danh sách hay bảng.")


def yaml_flag(text: str) -> bool | Oddity:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return Oddity(
        f'YAML hiểu «{text}» là đúng/sai. Hãy đặt trong dấu nháy kép: "{text}".',
        flag=text.lower() in ("yes", "on"),
    )


def yaml_int(text: str) -> Any:
    if DECIMAL_INT.match(text):
        return number(text)
    if ":" in text:
        return Oddity(f'YAML hiểu «{text}» là một số đếm giây. Hãy đặt trong dấu nháy kép: "{text}".')
    return Oddity(f"YAML hiểu «{text}» khác với cách viết. Hãy ghi số thập phân thường, hoặc đặt trong dấu nháy kép.")


def yaml_float(text: str) -> Any:
    if DECIMAL_FLOAT.match(text):
        return number(text)
    return yaml_int(text) if ":" in text else not_a_number(text)


def yaml_date(text: str) -> Any:
    if not re.match(r"\d{4}-\d{2}-\d{2}\Z", text):
        return Oddity(f"«{text}» không phải ngày viết theo mẫu 2020-07-17.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Oddity(f"Không có ngày «{text}» trong lịch.")


def nothing(text: str) -> None:
    return None


SCALARS: dict[str, Callable[[str], Any]] = {
    "null": nothing,
    "bool": yaml_flag,
    "int": yaml_int,
    "float": yaml_float,
    "timestamp": yaml_date,
}
