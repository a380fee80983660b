"""``manage.py render_document``: what it writes, says and answers."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.papers_world import build_bloc_year
from tests.pdf_reading import text_of


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("render_document", *arguments, stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_kinds_are_listed_one_a_line():
    code, out, _ = run("--list")

    assert code == 0
    assert out.splitlines() == ["pledge", "mid-year-review", "annual-review", "score-summary", "flag-submission"]


@pytest.mark.django_db
def test_a_paper_is_written_whole_and_nothing_beside_it(tmp_path):
    build_bloc_year()
    target = tmp_path / "sơ kết.pdf"

    code, _, err = run("mid-year-review", "qn-tham-muu-iii", "2020", "--format", "pdf", "--out", str(target))

    assert code == 0
    assert "Đã ghi" in err
    assert "04 tập thể, 26 cá nhân" in text_of(target.read_bytes())
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("mid-year-review", "khong-co", "2020"), 1, "Không có khối «khong-co» trong năm 2020."),
        (("mid-year-review", "qn-tham-muu-iii", "1999"), 1, "Không có khối «qn-tham-muu-iii» trong năm 1999."),
        (("mid-year-review", "qn-tham-muu-iii", "2020", "--format", "docx"), 1, "Định dạng docx chưa có"),
        (("mid-year-review", "qn-tham-muu-iii", "2020", "--format", "xlsx"), 1, "Định dạng xlsx chưa có"),
        (("thu-moi", "qn-tham-muu-iii", "2020"), 2, "Không có loại văn bản «thu-moi»."),
        (("mid-year-review", "qn-tham-muu-iii"), 2, "Cần đủ: loại văn bản, mã khối, năm và --out TỆP."),
    ],
)
def test_wrong_input_is_said_in_a_sentence_and_writes_nothing(tmp_path, arguments, code, sentence):
    build_bloc_year()
    target = tmp_path / "a.pdf"

    found, out, err = run(*arguments, "--out", str(target))

    assert (found, out) == (code, "")
    assert sentence in err
    assert not target.exists()


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_said(tmp_path):
    build_bloc_year()

    code, _, err = run("pledge", "qn-tham-muu-iii", "2020", "--out", str(tmp_path / "none" / "a.pdf"))

    assert code == 1
    assert "Không ghi được tệp" in err


def test_an_unknown_format_is_wrong_usage(tmp_path: Path):
    with pytest.raises(CommandError, match="odt"):
        call_command("render_document", "pledge", "x", "2020", "--format", "odt", "--out", str(tmp_path / "a"))
