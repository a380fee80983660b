"""``manage.py render_document``: what it writes, says and answers."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from blocs.models import Agency
from reports.documents.registry import KINDS
from tests.papers_world import build_bloc_year
from tests.pdf_reading import text_of
from tests.wide_world import widen


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
    assert out.splitlines() == [
        "activity-plan",
        "regulation",
        "pledge",
        "movement-launch",
        "conference-invitation",
        "conference-programme",
        "mid-year-review",
        "annual-review",
        "review-comments",
        "news",
        "score-sheet",
        "score-summary",
        "ballot-form",
        "conference-minutes",
        "ballot-minutes",
        "flag-submission",
        "proposal-list",
        "handover-minutes",
    ]


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
        (("mid-year-review", "khong-co", "2020", "--format", "docx"), 1, "Không có khối «khong-co» trong năm 2020."),
        (("ballot-minutes", "qn-tham-muu-iii", "2020", "--format", "xlsx"), 1, "chưa có bảng số liệu nào"),
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
def test_the_table_of_scores_is_written_as_a_workbook_with_real_numbers(tmp_path):
    year = build_bloc_year()
    widen(year, members=7, leaves=8)
    Agency.objects.filter(code="syt").update(short_name="=1+1")
    target = tmp_path / "điểm.xlsx"

    code, _, _ = run("score-summary", "qn-tham-muu-iii", "2020", "--format", "xlsx", "--out", str(target))

    assert code == 0
    ranking, points = load_workbook(target).worksheets
    assert [cell.value for cell in ranking[1]][:6] == [
        "TT", "Đơn vị", "Điểm nội dung", "Điểm thưởng", "Điểm trừ", "Tổng điểm",
    ]  # fmt: skip
    assert sorted(cell.value for cell in ranking["F"][1:]) == [
        52.5, 55.25, 56, 58, 58.75, 59.25, 60,
    ]  # fmt: skip
    assert "=1+1" in [cell.value for cell in points[1]]
    assert {cell.data_type for cell in points[1]} == {"s"}
    assert [row[0].value for row in points.iter_rows(min_row=2, max_row=5)] == ["A", "A.1", "A.2", "B"]
    assert (points.page_setup.orientation, points.page_setup.fitToWidth, points.freeze_panes) == (
        "landscape", 1, "D2",
    )  # fmt: skip
    assert points.print_title_rows == "$1:$1"


@pytest.mark.django_db
def test_every_kind_is_written_in_every_format_that_it_has(tmp_path):
    """A year with scores: only the papers without a table in it have no workbook."""
    widen(build_bloc_year(), members=7, leaves=8)
    begins = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK"}

    without = []
    for kind in KINDS:
        for form, magic in begins.items():
            target = tmp_path / f"{kind}.{form}"
            unit = ["--agency", "syt"] if kind == "score-sheet" else []
            code, _, err = run(kind, "qn-tham-muu-iii", "2020", "--format", form, "--out", str(target), *unit)
            if code:
                without.append((kind, form))
                continue
            assert target.read_bytes().startswith(magic), err

    assert {form for _, form in without} == {"xlsx"}
    assert [kind for kind, _ in without] == [
        "regulation", "pledge", "movement-launch", "conference-invitation", "review-comments", "news", "ballot-form",
        "ballot-minutes", "handover-minutes",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_paper_of_one_of_several_is_named_by_its_key(tmp_path):
    year = build_bloc_year()
    widen(year, members=7, leaves=8)
    conference = year.conferences.get(kind="mid-year-review")
    target = ("--out", str(tmp_path / "a.pdf"))
    paper = ("conference-invitation", "qn-tham-muu-iii", "2020")

    code, listed, _ = run(*paper, "--subjects")
    made, _, _ = run(*paper, "--subject", str(conference.pk), *target)
    wrong, _, refusal = run(*paper, "--subject", "khong-co", *target)
    without, _, hint = run("score-sheet", "qn-tham-muu-iii", "2020", *target)

    assert (code, made, wrong, without) == (0, 0, 1, 2)
    assert f"{conference.pk}\tHội nghị sơ kết 6 tháng đầu năm, ngày 17 tháng 7 năm 2020" in listed
    assert "Không có mục «khong-co»" in refusal
    assert "--agency MÃ" in hint
    assert "sơ kết" in text_of((tmp_path / "a.pdf").read_bytes())


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_said(tmp_path):
    build_bloc_year()

    code, _, err = run("pledge", "qn-tham-muu-iii", "2020", "--out", str(tmp_path / "none" / "a.pdf"))

    assert code == 1
    assert "Không ghi được tệp" in err


def test_an_unknown_format_is_wrong_usage(tmp_path: Path):
    with pytest.raises(CommandError, match="odt"):
        call_command("render_document", "pledge", "x", "2020", "--format", "odt", "--out", str(tmp_path / "a"))
