"""The commands as an operator's script meets them: exit codes, where the words go, whole files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "yearfiles" / "sample.yaml"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database just made by ``manage.py migrate``."""
    url = f"sqlite:///{tmp_path_factory.mktemp('yearfile') / 'try.sqlite3'}"
    assert run(url, "migrate", "-v0").returncode == 0
    return url


def run(database: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database, "PYTHONUTF8": "1", **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_import_export_import(database: str, tmp_path: Path) -> None:
    out = tmp_path / "year.yaml"

    first = run(database, "import_year", str(SAMPLE))
    again = run(database, "import_year", str(SAMPLE))
    exported = run(database, "export_year", "qn-tham-muu-iii", "2020", "--out", str(out))
    printed = run(database, "export_year", "qn-tham-muu-iii", "2020")

    assert [each.returncode for each in (first, again, exported, printed)] == [0, 0, 0, 0]
    assert first.stdout.startswith("Đã nhập Khối thi đua các cơ quan tham mưu III năm 2020: ")
    assert again.stdout == "Khối thi đua các cơ quan tham mưu III năm 2020: không có gì thay đổi.\n"
    assert out.read_text(encoding="utf-8") == printed.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["year.yaml"]


def test_faults_go_to_standard_error_one_a_line(database: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    text = SAMPLE.read_text(encoding="utf-8")
    broken.write_text(text.replace("role: deputy", "role: head").replace("max: 600", "max: 700"), encoding="utf-8")

    result = run(database, "import_year", str(broken))

    assert (result.returncode, result.stdout) == (1, "")
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [
        "members[1].role",
        "criteria.scale",
        "criteria.items[0].max",
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["import_year"], 2),
        (["import_year", "a.yaml", "--wrong"], 2),
        (["import_year", "khong-co.yaml"], 1),
        (["export_year", "khong-co", "2020"], 1),
        (["export_year", "qn-tham-muu-iii", "1999"], 1),
        (["export_year", "qn-tham-muu-iii", "hai-nghin"], 2),
    ],
)
def test_what_cannot_be_done_has_its_code_and_a_word(database: str, words: list[str], code: int) -> None:
    result = run(database, *words)

    assert (result.returncode, result.stdout) == (code, "")
    assert result.stderr.strip() != ""
    assert "Traceback" not in result.stderr


def test_the_demo_is_refused_in_production(database: str) -> None:
    result = run(
        database,
        "load_demo",
        KTD_PRODUCTION="1",
        KTD_SECRET_KEY="for-this-test-only-and-long-enough-to-start",
        KTD_ALLOWED_HOSTS="example.vn",
    )

    assert result.returncode == 1
    assert "--force" in result.stderr
