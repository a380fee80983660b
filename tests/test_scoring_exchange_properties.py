"""What must hold for any table and any file: read back it is the same; no bytes do more than be refused."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khoithidua.web.text import tidy
from scoring.domain.parameters import parameters_text, read_parameters
from scoring.domain.parts import Part
from scoring.enums import Formula
from scoring.exports.criteria import set_bytes
from scoring.imports.criteria import read_table
from scoring.imports.workbook import FileRefused
from scoring.presets import preset

settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30)
NAMES = WORDS.map(tidy).filter(bool)
POINTS = st.decimals(0, 9999, places=2)
FIGURES = st.none() | st.decimals(-9999, 9999, places=4)
STORED = st.integers(0, 99) | st.just("0.25") | st.just("7.5")
LEVELS = st.lists(
    st.fixed_dictionaries({"name": NAMES, "points": STORED}, optional={"voids": st.just(True)}), min_size=1, max_size=4
)
OPTIONS: dict[str, Any] = {
    "judged": st.just({}),
    "quantitative": st.fixed_dictionaries({}, optional={"step": STORED, "surplus_cap": STORED}),
    "choice": st.fixed_dictionaries({"levels": LEVELS}),
    "count": st.fixed_dictionaries({}, optional={"per": STORED}),
    "deduction": st.fixed_dictionaries(
        {}, optional={"per": STORED, "sanction": st.sampled_from(["noXS", "down1"]), "bars": st.just(["flag"])}
    )
    | st.just({"from": "lateness", "bands": [[5, 5], [10, "7.5"]]}),
}


@st.composite
def leaves(draw: Any) -> Part:
    kind = draw(st.sampled_from(sorted(OPTIONS)))
    least, most = sorted((draw(FIGURES), draw(FIGURES)), key=lambda each: (each is not None, each or 0))
    return Part(
        code="",
        name=draw(NAMES),
        max_points=draw(POINTS),
        kind=kind,
        formula=draw(st.sampled_from(Formula.values)) if kind == "quantitative" else "",
        unit=draw(NAMES | st.just("")),
        least=least,
        most=most,
        floor_percent=draw(st.none() | st.decimals(0, 100, places=2)),
        options=draw(OPTIONS[kind]),
        appraised_by=draw(st.sampled_from(["secretariat", "standing"])),
    )


@st.composite
def tables(draw: Any) -> list[Part]:
    """Groups G0, G1, … each with its leaves, and leaves at the top."""
    table = [replace(part, code=f"T{n}") for n, part in enumerate(draw(st.lists(leaves(), min_size=1, max_size=3)))]
    for number, below in enumerate(draw(st.lists(st.lists(leaves(), min_size=1, max_size=3), max_size=2))):
        table.append(Part(f"G{number}", draw(NAMES), draw(POINTS), "group"))
        table += [replace(part, code=f"G{number}.{n}", parent=f"G{number}") for n, part in enumerate(below)]
    return table


@given(tables())
@settings(max_examples=15)
def test_any_table_read_back_from_its_export_is_the_same(table: list[Part]) -> None:
    reading = read_table(set_bytes(table), agencies={})

    assert [str(fault) for fault in reading.faults] == []
    assert list(reading.parts) == table


@given(st.sampled_from(sorted(OPTIONS)).flatmap(lambda kind: st.tuples(st.just(kind), OPTIONS[kind])))
def test_parameters_are_read_back_from_their_text(drawn: tuple[str, dict[str, Any]]) -> None:
    kind, options = drawn

    assert read_parameters(parameters_text(options, kind), kind) == options


WHOLE = set_bytes(preset("example-100").parts)


def outcome(content: bytes) -> str:
    try:
        read_table(content, agencies={})
    except FileRefused as refusal:
        return str(refusal)
    return "read"


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=20))
@settings(max_examples=25)
def test_a_file_damaged_anywhere_is_read_or_refused_in_a_sentence(at: int, noise: bytes) -> None:
    said = outcome(WHOLE[:at] + noise + WHOLE[at + len(noise) :])

    assert said == "read" or said.endswith(".")


@given(st.data())
@settings(max_examples=25)
def test_a_sheet_damaged_inside_its_zip_is_read_or_refused_in_a_sentence(data: Any) -> None:
    buffer = BytesIO()
    with ZipFile(BytesIO(WHOLE)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        hit = data.draw(st.sampled_from(sorted(source.namelist())))
        for name in source.namelist():
            content = source.read(name)
            if name == hit:
                at = data.draw(st.integers(0, len(content)))
                cut = data.draw(st.integers(0, 40))
                content = content[:at] + data.draw(st.binary(max_size=20)) + content[at + cut :]
            target.writestr(name, content)

    said = outcome(buffer.getvalue())

    assert said == "read" or said.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{" * 5000,
        '{"a": ' * 9000,
        '{"per": NaN}',
        '{"per": Infinity}',
        '{"per": [1]}',
        '{"sanction": {"a": 1}}',
        '{"la": 1}',
        '{"levels": [{"name": 1, "points": 2}]}',
        '{"levels": {"A": 1}}',
        '{"bands": [[1, 2, 3]]}',
        '{"bars": "flag"}',
        '{"condition": "\\u0000"}',
        '{"condition": "\\ud800"}',
    ],
)
def test_parameters_of_a_wrong_shape_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Hãy ghi dạng tên=giá trị"):
        read_parameters(text, "deduction")


def test_an_infinite_number_in_a_cell_is_refused() -> None:
    content = changed(b"<v>70</v>", b"<v>1E999</v>")

    reading = read_table(content, agencies={})

    assert [fault.sentence for fault in reading.faults] == ["ô đang báo lỗi của Excel (inf). Hãy gõ lại nội dung."]
    assert reading.parts[0].max_points == Decimal(0)


def changed(old: bytes, new: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(WHOLE)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name.endswith("sheet1.xml") else content)
    return buffer.getvalue()
