"""The files that set the product up: locked, portable, and clear when something is missing."""

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = [*sorted((ROOT / "scripts").glob("*.sh")), ROOT / ".ci/run"]
LOCKED = {name: ROOT / "requirements" / f"{name}.txt" for name in ("base", "dev")}


def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("KTD_", "REQUIRE_", "PORT"))}
    options = {"capture_output": True, "text": True, "check": False, "timeout": 60, "stdin": subprocess.DEVNULL}
    return subprocess.run(command, cwd=ROOT, env=env | more, **options)


def pins(name: str) -> dict[str, str]:
    text = LOCKED[name].read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.MULTILINE))


def wanted(name: str) -> list[str]:
    lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return [re.split(r"[\[~=<>]", line)[0].lower() for line in lines if line and not line.startswith(("-", "#"))]


# --- requirements -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_package_is_pinned_with_a_hash(name: str) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", LOCKED[name].read_text(encoding="utf-8"))
    packages = [block for block in blocks if not block.startswith("#")]

    assert len(packages) == len(pins(name)) >= len(wanted(name))
    assert [block.split()[0] for block in packages if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_wish_is_locked(name: str) -> None:
    locked = {package.lower() for package in pins(name)}

    assert [package for package in wanted(name) if package not in locked] == []


def test_both_lists_agree_on_what_production_runs() -> None:
    production, everything = pins("base"), pins("dev")

    assert {name: everything.get(name) for name in production} == production
    assert not {"pytest", "mypy", "ruff", "djlint"} & set(production)


@pytest.mark.parametrize("name", ["base", "dev"])
def test_no_index_and_no_folder_is_named(name: str) -> None:
    elsewhere = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|file:/|(?<![\w.])/\w+/")
    for path in (LOCKED[name], LOCKED[name].with_suffix(".in")):
        assert elsewhere.findall(path.read_text(encoding="utf-8")) == []


# --- scripts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_executable_and_reads_well(path: Path) -> None:
    assert os.access(path, os.X_OK)
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n#")
    assert run("bash", "-n", str(path)).stderr == ""


@pytest.mark.parametrize("target", ["run", "test", "lint", "bench", "lock"])
def test_make_knows_the_target(target: str) -> None:
    assert run("make", "--dry-run", target).returncode == 0


def programs(folder: Path, *names: str) -> str:
    """A PATH that holds these programs of the machine and nothing else."""
    folder.mkdir()
    for name in names:
        real = shutil.which(name)
        assert real is not None, name
        (folder / name).symlink_to(real)
    return str(folder)


def test_without_rights_one_line_names_every_missing_package(tmp_path: Path) -> None:
    """A machine on which nothing is found, used by somebody who is not root and has no sudo."""
    path = programs(tmp_path / "bin", "bash", "env", "paste")
    stranger = tmp_path / "bin" / "id"
    stranger.write_text("#!/bin/sh\necho 1000\n", encoding="ascii")
    stranger.chmod(0o755)
    copy = tmp_path / "packages.sh"  # without the sbin folders, where ldconfig would be found
    text = (ROOT / "scripts/packages.sh").read_text(encoding="utf-8")
    copy.write_text(text.replace('PATH="$PATH:/usr/sbin:/sbin"', ":"), encoding="utf-8")

    answer = run(str(tmp_path / "bin" / "bash"), str(copy), "test", PATH=path)

    names = "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0"
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert re.match(
        rf"Missing system packages: {names}( fonts-liberation2)? chromium poppler-utils libatomic1\. Install",
        answer.stderr,
    )


def test_a_ready_machine_is_left_alone() -> None:
    """The machine that runs the tests has everything, so nothing is called or printed."""
    answer = run("./scripts/packages.sh", "test")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


@pytest.mark.parametrize("port", ["0", "65536", "abc", "80 80", "-1"])
def test_a_port_that_is_none_gets_a_sentence(port: str) -> None:
    answer = run("./scripts/run.sh", PORT=port)

    assert answer.returncode == 2
    assert answer.stderr == f"PORT must be a number from 1 to 65535, not '{port}'.\n"


def test_a_busy_port_gets_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = run("./scripts/run.sh", PORT=str(port))

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Port {port} is in use already. Stop what listens there, or choose another one:")


def test_a_missing_postgresql_is_a_failure_when_it_is_required() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"postgresql://tester:secret@127.0.0.1:{port}/postgres"

    answer = run("./scripts/test.sh", KTD_TEST_POSTGRES_URL=url, REQUIRE_POSTGRES="1")

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr == (
        f"No PostgreSQL answers at postgresql://127.0.0.1:{port}/postgres, and REQUIRE_POSTGRES=1 demands one. "
        "Start it or set KTD_TEST_POSTGRES_URL.\n"
    )
