"""The commands as an operator's script meets them: exit codes, where the words go, whole files."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, load_command_class

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "yearfiles" / "sample.yaml"
BLOC = "Khối thi đua các cơ quan tham mưu III năm 2020"


def run(database: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_fresh_database_takes_the_file_and_refuses_a_broken_one(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'try.sqlite3'}"
    broken = tmp_path / "broken.yaml"
    text = SAMPLE.read_text(encoding="utf-8")
    broken.write_text(text.replace("role: deputy", "role: head").replace("max: 600", "max: 700"), encoding="utf-8")

    results = [
        run(database, *words)
        for words in (["migrate", "-v0"], ["import_year", str(SAMPLE)], ["import_year", str(broken)])
    ]

    assert [each.returncode for each in results] == [0, 0, 1]
    assert results[1].stdout.startswith(f"Đã nhập {BLOC}: ")
    assert results[2].stdout == ""
    assert [line.partition(": ")[0] for line in results[2].stderr.splitlines()] == [
        "members[1].role",
        "criteria.scale",
        "criteria.items[0].max",
    ]


@pytest.mark.django_db
def test_an_export_goes_to_the_screen_or_whole_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "year.yaml"
    out.write_text("cũ", encoding="utf-8")
    call_command("import_year", str(SAMPLE))
    capsys.readouterr()

    call_command("export_year", "qn-tham-muu-iii", "2020", "--out", str(out))
    call_command("export_year", "qn-tham-muu-iii", "2020")

    assert out.read_text(encoding="utf-8") == capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["year.yaml"]


@pytest.mark.django_db
def test_the_same_file_again_says_that_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_year", str(SAMPLE))
    capsys.readouterr()

    call_command("import_year", str(SAMPLE))

    assert capsys.readouterr().out == f"{BLOC}: không có gì thay đổi.\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import_year", "khong-co.yaml"], ".: Không có tệp «khong-co.yaml»."),
        (["import_year", "/"], ".: «/» là thư mục."),
        (["export_year", "khong-co", "2020"], "Không có khối nào với mã «khong-co»."),
        (["export_year", "qn-tham-muu-iii", "1999"], "không có năm 1999. Các năm đã có: 2020."),
        (["export_year", "qn-tham-muu-iii", "2020", "--out", "/khong/co/tep.yaml"], "Không ghi được tệp"),
    ],
)
def test_what_cannot_be_done_exits_with_one_and_a_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_year", str(SAMPLE))
    capsys.readouterr()

    with pytest.raises(SystemExit) as stopped:
        call_command(*words)

    told = capsys.readouterr()
    assert (stopped.value.code, told.out) == (1, "")
    assert sentence in told.err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("import_year", []),
        ("import_year", ["a.yaml", "--wrong"]),
        ("export_year", ["qn-tham-muu-iii"]),
        ("export_year", ["qn-tham-muu-iii", "hai-nghin"]),
    ],
)
def test_wrong_usage_exits_with_two(command: str, words: list[str]) -> None:
    parser: Any = load_command_class("reports", command).create_parser("manage.py", command)
    parser.called_from_command_line = True

    with pytest.raises(SystemExit) as stopped:
        parser.parse_args(words)

    assert stopped.value.code == 2


@pytest.mark.django_db
def test_the_demo_is_refused_in_production_unless_forced(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.PRODUCTION = True

    with pytest.raises(SystemExit) as stopped:
        call_command("load_demo")
    refusal = capsys.readouterr().err
    call_command("load_demo", "--force")

    assert stopped.value.code == 1
    assert "--force" in refusal
    assert capsys.readouterr().out.startswith("Đã nạp dữ liệu thử.")
