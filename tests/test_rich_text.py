"""Text in plain marks: what is a mark, what stays literal, what a browser or Word brings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.documents.rich_text import RichParagraph, RichTable, Run, from_html, parse, plain


def test_lines_are_paragraphs_with_bold_and_italic_words() -> None:
    (one, two) = parse("Đã **hoàn thành** và __vượt__ kế hoạch.\n\n- Mục một")

    assert isinstance(one, RichParagraph)
    assert one.runs == (
        Run("Đã "),
        Run("hoàn thành", bold=True),
        Run(" và "),
        Run("vượt", italic=True),
        Run(" kế hoạch."),
    )
    assert isinstance(two, RichParagraph)
    assert (two.text, two.item) == ("- Mục một", True)


@pytest.mark.parametrize("text", ["5 * 3 ** 2", "**", "____", "a_b_c", "<b>đậm</b>", "<script>alert(1)</script>", "|"])
def test_what_is_no_mark_is_printed_as_it_was_typed(text: str) -> None:
    (piece,) = parse(text)

    assert isinstance(piece, RichParagraph)
    assert piece.text == text
    assert not any(run.bold or run.italic for run in piece.runs)


def test_rows_in_bars_are_a_table_whose_rows_have_equal_width() -> None:
    (before, table, after) = parse("Bảng:\n| Chỉ tiêu | Kết quả |\n| **Thu** | 5 \\| 6 | thừa |\n| Chi |\nHết")

    assert isinstance(table, RichTable)
    assert table.head == ("Chỉ tiêu", "Kết quả", "")
    assert table.rows == (("Thu", "5 | 6", "thừa"), ("Chi", "", ""))
    assert (before, after) == (RichParagraph((Run("Bảng:"),)), RichParagraph((Run("Hết"),)))


def test_plain_text_has_no_marks() -> None:
    assert plain("**Một** hai\n| a | b |\n| c | d |") == "Một hai\na; b\nc; d"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Một</p><p>Hai</p>", "Một\nHai"),
        ("Một<br>Hai", "Một\nHai"),
        ("<div>Một <b>hai</b>&nbsp;ba</div>", "Một **hai** ba"),
        ("<ul><li>Một</li><li><i>Hai</i></li></ul><ol><li>Ba</li><li>Bốn</li></ol>", "- Một\n- __Hai__\n1. Ba\n2. Bốn"),
        (
            "<table><tbody><tr><td><p>A</p></td><td>B | C</td></tr><tr><td>1</td><td></td></tr></tbody></table>",
            "| A | B \\| C |\n| 1 |  |",
        ),
        ('<p onclick="x()">Một<script>alert(1)</script><img src="http://x/y.png"></p>', "Một"),
        ('<p style="background:url(file:///etc/passwd)">Một <a href="javascript:x">hai</a></p>', "Một hai"),
        ("<style>p{}</style><o:p></o:p><p class=MsoNormal>Tê\u0301</p>", "Tế"),
        ("", ""),
    ],
)
def test_html_becomes_marks(html: str, text: str) -> None:
    assert from_html(html) == text


def test_a_table_from_a_clipboard_reads_as_a_table() -> None:
    (table,) = parse(from_html("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"))

    assert table == RichTable(("A", "B"), (("1", "2"),))


@given(st.text(max_size=200))
def test_any_text_is_read_and_keeps_its_letters(text: str) -> None:
    kept = plain(text)

    assert (
        sorted(c for c in kept if c.isalnum())
        == sorted(c for line in text.splitlines() for c in line.strip() if c.isalnum())
        or "|" in text
    )


@given(st.text(alphabet="<>/pbulitrd &;*_|a", max_size=80))
def test_any_html_ends(html: str) -> None:
    assert "<script" not in from_html(html)
