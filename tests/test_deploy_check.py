"""Production starts only with what production needs, and Django finds nothing to complain about."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECRET = "x8Qm2vJ7pLr4tYw9zB3nK6dF1hG5sC0aE-uViOoTqRjXkMyNbP"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Production, complete, in a folder of its own. ``name=""`` leaves a variable out."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("KTD_", "DATABASE_URL", "DJANGO_", "PYTEST"))
    }
    needed = {
        "KTD_PRODUCTION": "1",
        "KTD_SECRET_KEY": SECRET,
        "KTD_AUDIT_KEY": SECRET[::-1],
        "KTD_ALLOWED_HOSTS": "thidua.example.vn",
        "KTD_PUBLIC_URL": "https://thidua.example.vn",
        "KTD_EMAIL_URL": "smtp://127.0.0.1:25",
        "KTD_VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'check.sqlite3'}",
    } | more
    return kept | {key: value for key, value in needed.items() if value} | {"PYTHONDONTWRITEBYTECODE": "1"}


def manage(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_check_deploy_is_clean(tmp_path: Path) -> None:
    answer = manage("check", "--deploy", "--fail-level", "INFO", env=environment(tmp_path))

    assert answer.stderr == ""
    assert answer.returncode == 0
    assert answer.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize("name", ["KTD_SECRET_KEY", "KTD_ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(tmp_path: Path, name: str) -> None:
    answer = manage("check", env=environment(tmp_path, **{name: ""}))

    assert answer.returncode != 0
    assert f"ImproperlyConfigured: {name}" in answer.stderr
    assert not (tmp_path / "secret_key").exists()


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, encoding="ascii")
    env = environment(tmp_path, KTD_SECRET_KEY="", KTD_SECRET_KEY_FILE=str(secret))

    answer = manage("shell", "-v", "0", "-c", "from django.conf import settings; print(settings.SECRET_KEY)", env=env)

    assert (answer.stdout.strip(), answer.returncode) == (SECRET, 0)


def test_an_embedded_installation_makes_its_secret_once(tmp_path: Path) -> None:
    env = environment(tmp_path, KTD_PRODUCTION="", KTD_SECRET_KEY="", KTD_ALLOWED_HOSTS="")
    ask = ("shell", "-v", "0", "-c", "from django.conf import settings; print(settings.SECRET_KEY)")

    first, second = manage(*ask, env=env), manage(*ask, env=env)

    assert len(first.stdout.strip()) >= 50
    assert first.stdout == second.stdout
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
