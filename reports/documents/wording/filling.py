"""Fields in words: checked when a text is saved, replaced when a paper is made. Nothing in a text is executed."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from reports.documents.blocks import Block, Paragraph
from reports.documents.meeting import PEN  # left to fill in by hand
from reports.documents.rich_text import RichParagraph, RichTable, parse

LIMIT = 20_000
FIELD = re.compile(r"\{([A-Za-z0-9_]+)\}")
SIGNS = ("**", "__")


def faults_of(text: str, known: Collection[str]) -> list[str]:
    """What is wrong with a text, a sentence each with its line; nothing for a text that papers can be made of."""
    if not text.strip():
        return ["Phần này chưa có chữ nào. Hãy nhập nội dung, hoặc dùng lại một bản trước."]
    if len(text) > LIMIT:
        return [f"Phần này dài {len(text)} ký tự, vượt giới hạn {LIMIT} ký tự. Hãy rút gọn."]
    return [fault for number, line in enumerate(text.splitlines(), 1) for fault in line_faults(number, line, known)]


def line_faults(number: int, line: str, known: Collection[str]) -> Iterator[str]:
    for name in FIELD.findall(line):
        if name not in known:
            yield f"Dòng {number}: không có trường {{{name}}}. Hãy chọn một trường trong danh sách bên dưới."
    rest = FIELD.sub("", line)
    if "{" in rest or "}" in rest:
        yield (
            f"Dòng {number}: dấu ngoặc nhọn chưa thành một trường. Hãy viết đủ {{tên_trường}}, chữ không dấu, "
            "không có dấu cách."
        )
    for sign in SIGNS:
        if rest.count(sign) % 2:
            yield f"Dòng {number}: dấu {sign} mở mà không đóng. Hãy thêm dấu {sign} ở cuối chỗ cần in đậm, in nghiêng."


def filled_line(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its fields replaced; a fact that is not known is left to the pen."""
    return FIELD.sub(lambda found: values.get(found[1], "") or PEN, text)


def filled_lines(text: str, values: Mapping[str, str]) -> list[str]:
    """Plain lines without marks: grounds, agenda, titles."""
    return [block.text for block in filled(text, values) if isinstance(block, Paragraph | RichParagraph)]


def filled(text: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """The paragraphs and tables of ``text``. Marks are read before fields: a name that holds a mark stays a name."""
    found: list[Block] = []
    for piece in parse(text):
        if isinstance(piece, RichTable):
            head = tuple(filled_line(cell, values) for cell in piece.head)
            rows = tuple(tuple(filled_line(cell, values) for cell in row) for row in piece.rows)
            found.append(RichTable(head, rows))
        else:
            runs = tuple(replace(run, text=filled_line(run.text, values)) for run in piece.runs)
            plain = not any(run.bold or run.italic for run in runs)
            whole = "".join(run.text for run in runs)
            found.append(Paragraph(whole) if plain else RichParagraph(runs, item=piece.item))
    return tuple(found)
