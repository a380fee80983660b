"""From bytes to a plain tree: YAML or JSON without aliases, tags, second documents or repeated keys.

Leaves are str (NFC), int, bool, date and None, or an ``Odd``: what YAML or JSON would turn into
something its author did not mean (``no``, ``010``, ``74.1``). The format holds no fractions.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from awards.eligibility.faults import EligibilityFileError, Fault, whole_file
from khoithidua.web.text import nfc

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 20
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
PLAIN_KEY = re.compile(r"[\w-]+\Z")
TOO_DEEP = f"Tệp lồng nhau quá {MAX_DEPTH} cấp. Hãy kiểm tra lại các dấu ngoặc và thụt lề."
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Odd:
    """A value that cannot be meant as written; ``sentence`` says how to write it."""

    sentence: str


class Pairs(list[tuple[str, Any]]):
    """A mapping as it stands in the text, repeated keys and all."""


def read_path(path: Path) -> tuple[Any, list[Fault]]:
    """The tree in a file and its repeated keys; EligibilityFileError when it is no YAML or JSON of UTF-8."""
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


def read_bytes(data: bytes, *, json_only: bool = False) -> tuple[Any, list[Fault]]:
    """The same from memory. JSON is tried first where the text looks like it."""
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise whole_file(f"Tệp lớn hơn {limit} MB. Hãy chia danh sách thành nhiều tệp nhỏ hơn.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = error.start + 1
        raise whole_file(f"Tệp không phải văn bản UTF-8 (byte thứ {where}). Hãy lưu lại bằng UTF-8.") from None
    faults: list[Fault] = []
    return settle(raw_tree(text, json_only), "", faults, 0), faults


def raw_tree(text: str, json_only: bool) -> Any:
    try:
        if json_only or text.lstrip()[:1] in ("{", "["):
            return from_json(text)
    except json.JSONDecodeError as error:
        if json_only:
            where = f"dòng {error.lineno}, cột {error.colno}"
            raise whole_file(f"Tệp không phải JSON hợp lệ ở {where}. Hãy kiểm tra dấu ngoặc và dấu phẩy.") from None
    return from_yaml(text)


def from_json(text: str) -> Any:
    try:
        return json.loads(text, parse_int=whole, parse_float=whole, parse_constant=whole, object_pairs_hook=Pairs)
    except RecursionError:
        raise whole_file(TOO_DEEP) from None


def from_yaml(text: str) -> Any:
    try:
        refuse_tricks(yaml.parse(text, Loader=Loader))
        return plain(yaml.compose(text, Loader=Loader))
    except yaml.reader.ReaderError as error:
        raise whole_file(f"Tệp có ký tự không dùng được ở vị trí {error.position + 1}. Hãy xóa ký tự đó.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" ở dòng {mark.line + 1}, cột {mark.column + 1}" if mark else ""
        raise whole_file(f"Tệp không phải YAML hợp lệ{where}. Hãy kiểm tra thụt lề và dấu nháy.") from None
    except (RecursionError, yaml.YAMLError):
        raise whole_file("Tệp không phải YAML hợp lệ.") from None


def refuse_tricks(events: Iterable[Any]) -> None:
    """Aliases (a bomb grows from them), tags (``!!python``), depth, and a second document."""
    depth = documents = 0
    for event in events:
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if refusal := trick_in(event, documents):
            raise whole_file(f"Tệp {refusal} (dòng {event.start_mark.line + 1}).")
        if depth > MAX_DEPTH:
            raise whole_file(TOO_DEEP)


def trick_in(event: Any, documents: int) -> str:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "dùng neo hoặc bí danh YAML, hãy ghi đầy đủ nội dung"
    if getattr(event, "tag", None):
        return "dùng thẻ YAML bắt đầu bằng dấu chấm than, hãy bỏ thẻ đó"
    return "có hơn một tài liệu YAML, hãy tách thành nhiều tệp" if documents > 1 else ""


def plain(node: Any) -> Any:
    """The node as values; keys are always the text that was written."""
    if isinstance(node, yaml.MappingNode):
        return Pairs((key_text(key), plain(value)) for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return [plain(child) for child in node.value]
    return None if node is None else scalar(node.tag.rpartition(":")[2], str(node.value))


def key_text(node: Any) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    raise whole_file(f"Khóa ở dòng {node.start_mark.line + 1} phải là chữ, không phải danh sách hay bảng.")


def scalar(kind: str, text: str) -> Any:
    if kind == "null":
        return None
    if kind == "bool":
        return flag(text)
    if kind == "timestamp":
        return day(text)
    return whole(text) if kind in ("int", "float") else text


def flag(text: str) -> bool | Odd:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return Odd(f'YAML hiểu «{text}» là đúng/sai. Hãy ghi true hoặc false, hoặc đặt trong dấu nháy kép: "{text}".')


def whole(text: str) -> int | Odd:
    if WHOLE.match(text):
        return int(text)
    return Odd(f"«{text[:40]}» không phải số nguyên viết thường. Mã và số hiệu điểm, khoản đặt trong dấu nháy kép.")


def day(text: str) -> date | Odd:
    if not DAY.match(text):
        return Odd(f"«{text}» không phải ngày viết theo mẫu 2023-12-31.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Odd(f"Không có ngày «{text}» trong lịch.")


def settle(value: Any, path: str, faults: list[Fault], depth: int) -> Any:
    """Pairs to dicts, texts to NFC; repeated keys are noted, unfit characters become an ``Odd``."""
    if depth > MAX_DEPTH:
        raise whole_file(TOO_DEEP)
    if isinstance(value, Pairs):
        return unique_keys(value, path, faults, depth)
    if isinstance(value, list):
        return [settle(child, f"{path}[{n}]", faults, depth + 1) for n, child in enumerate(value)]
    return clean(value) if isinstance(value, str) else value


def unique_keys(pairs: Pairs, path: str, faults: list[Fault], depth: int) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, child in pairs:
        key = nfc(key)
        place = join(path, key)
        if key in kept:
            faults.append(Fault(place, "Mục này được ghi hai lần. Hãy giữ một."))
        else:
            kept[key] = settle(child, place, faults, depth + 1)
    return kept


def join(path: str, key: str) -> str:
    """``path.key``; a key that is no plain word is quoted in brackets."""
    if not PLAIN_KEY.match(key):
        shown = "".join(char if char.isprintable() else "?" for char in key[:60])
        return f'{path}["{shown}"]'
    return f"{path}.{key}" if path else key


def clean(text: str) -> str | Odd:
    for char in text:
        category = unicodedata.category(char)
        if category == "Cs" or (category == "Cc" and char not in "\t\n\r"):
            return Odd(f"Có ký tự không dùng được (U+{ord(char):04X}). Hãy xóa ký tự đó.")
    return nfc(text)


__all__ = ["EligibilityFileError", "Odd", "join", "read_bytes", "read_path"]
