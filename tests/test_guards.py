"""House rules that a machine can keep: sizes, scope, states, normal form."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("khoithidua", "accounts", "blocs", "scoring", "awards", "council", "reports")
SOURCES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TEXTS = [
    path
    for pattern in ("*.py", "*.html", "*.md", "*.yaml", "*.css", "*.js", "*.toml")
    for path in ROOT.rglob(pattern)
    if not {".venv", "var", ".git", "node_modules"} & set(path.relative_to(ROOT).parts)
]

MODULE_LINES = 400
CLASS_LINES = 150
FUNCTION_LINES = 40
VIEW_LINES = 20
TEMPLATE_LINES = 150


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def nodes(path: Path) -> Iterator[ast.AST]:
    yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def length(node: ast.FunctionDef | ast.ClassDef) -> int:
    """Lines of a definition without its decorators and docstring."""
    body = node.body
    first = body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_classes_and_functions_stay_small(path: Path) -> None:
    long = [] if len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES else [f"module {name_of(path)}"]
    view_module = "views" in path.parts or path.name == "views.py"
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef):
            is_view = view_module and node.args.args[:1] and node.args.args[0].arg == "request"
            limit = VIEW_LINES if is_view else FUNCTION_LINES
            if length(node) > limit:
                long.append(f"{node.name}: {length(node)} lines, {limit} allowed")
        if isinstance(node, ast.ClassDef) and length(node) > CLASS_LINES:
            long.append(f"class {node.name}: {length(node)} lines")

    assert long == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEMPLATE_LINES


def test_views_fetch_through_a_scope() -> None:
    """``Model.objects`` in a view is followed by ``visible_to``, and by nothing else."""
    bare = re.compile(r"\.objects\.(?!visible_to\()")
    views = [path for path in SOURCES if "views" in path.parts or path.name == "views.py"]

    assert views
    assert [
        f"{name_of(path)}:{number}"
        for path in views
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line)
    ] == []


def test_states_are_written_by_the_workflow_alone() -> None:
    writes = []
    for path in SOURCES:
        if path.name == "workflow.py":
            continue
        for node in nodes(path):
            targets = node.targets if isinstance(node, ast.Assign) else []
            writes += [
                f"{name_of(path)}:{target.lineno}"
                for target in targets
                if isinstance(target, ast.Attribute) and target.attr == "state"
            ]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
                writes += [f"{name_of(path)}:{node.lineno}" for word in node.keywords if word.arg == "state"]

    assert writes == []


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_sources_are_in_normal_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if name_of(path).startswith("tests/") and "NFD" in text:
        return

    assert unicodedata.is_normalized("NFC", text)


def test_no_file_names_a_place_of_one_machine() -> None:
    private = re.compile(r"/(?:root|home)/\w|/work/|file:///opt|extra-index-url")

    assert [
        name_of(path)
        for path in [*TEXTS, *ROOT.glob("requirements/*"), ROOT / "Makefile", ROOT / ".ci" / "run"]
        if path.exists() and path != Path(__file__).resolve() and private.search(path.read_text(encoding="utf-8"))
    ] == []


def test_migrations_of_each_app_are_one_line() -> None:
    for app in APPS[1:]:
        numbers = [path.name[:4] for path in sorted((ROOT / app / "migrations").glob("[0-9]*.py"))]
        assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
