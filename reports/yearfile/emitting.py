"""Canonical YAML: one way to write each thing, so that equal records give equal bytes."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import yaml
from django.utils import timezone

from reports.yearfile.spots import file_number

CONTROLS = dict.fromkeys(code for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\x85")


class Row(dict[str, Any]):
    """A short mapping, written on one line."""


class Codes(list[Any]):
    """A list of codes, written on one line."""


class CanonicalDumper(yaml.SafeDumper):
    """Block style with lists indented under their keys; no aliases; exact numbers."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def as_text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    """Text without the control characters that a reader of the file must refuse."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(data).translate(CONTROLS))


def as_row(dumper: yaml.SafeDumper, data: Row) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


def as_codes(dumper: yaml.SafeDumper, data: Codes) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


def as_number(dumper: yaml.SafeDumper, data: Decimal) -> yaml.Node:
    text = file_number(data)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def as_clock(dumper: yaml.SafeDumper, data: time) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", f"{data:%H:%M}", style='"')


def as_day(dumper: yaml.SafeDumper, data: date) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", data.isoformat())


CanonicalDumper.add_representer(str, as_text)
CanonicalDumper.add_multi_representer(str, as_text)  # choices of a row that was just made
CanonicalDumper.add_representer(Row, as_row)
CanonicalDumper.add_representer(Codes, as_codes)
CanonicalDumper.add_representer(Decimal, as_number)
CanonicalDumper.add_representer(time, as_clock)
CanonicalDumper.add_representer(date, as_day)


def emit(tree: dict[str, Any]) -> str:
    """``tree`` as text: keys in their order, UTF-8, LF."""
    return yaml.dump(
        tree,
        Dumper=CanonicalDumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        indent=2,
        width=10**9,
        line_break="\n",
    )


def held(row: dict[str, Any]) -> Row:
    """The keys that hold something; False and 0 do."""
    return Row({key: value for key, value in row.items() if value not in (None, "", [], {})})


def told_moment(value: datetime | None) -> str | None:
    """A moment as the file tells it: local time with its offset, to the microsecond where there is one."""
    return None if value is None else timezone.localtime(value).isoformat()
