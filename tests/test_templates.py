"""Every template compiles, and none holds what the content policy or the house forbids."""

import re
import unicodedata
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "templates"
FILES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".html", ".txt"})
PAGES = [path for path in FILES if path.suffix == ".html"]
# Papers are laid out by WeasyPrint, which no content policy governs: their style may stand inside.
PAPERS = FOLDER / "documents"
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a script without a file": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an htmx handler": re.compile(r"\shx-on", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*safe\b|autoescape off|mark_safe"),
    "something loaded from elsewhere": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "a form or link that runs a script": re.compile(r"javascript:", re.IGNORECASE),
}


def name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_it_compiles(path: Path) -> None:
    get_template(name(path))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_it_holds_nothing_forbidden(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    allowed = {"a style element"} if PAPERS in path.parents else set()

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == sorted(
        what for what in allowed if FORBIDDEN[what].search(text)
    )


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_tables_buttons_and_pictures_are_described(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert len(re.findall(r"<table\b", text)) <= len(re.findall(r"<caption\b", text)) or PAPERS in path.parents
    assert re.findall(r"<th(?![^>]*\sscope=)(?=[\s>])[^>]*>", text) == []
    assert re.findall(r"<button(?![^>]*\stype=)[^>]*>", text) == []
    assert re.findall(r"<img(?![^>]*\salt=)[^>]*>", text) == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_it_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 150


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_form_that_posts_carries_its_token(path: Path) -> None:
    forms = re.findall(r"<form\b.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL)

    assert [form for form in forms if 'method="post"' in form and "{% csrf_token %}" not in form] == []


def test_templates_and_scripts_are_in_one_normal_form() -> None:
    files = [*FILES, *(ROOT / "static").rglob("*.js"), *(ROOT / "static").rglob("*.css")]

    assert [str(path) for path in files if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))] == []


def test_partials_with_forms_keep_the_context_that_holds_the_token() -> None:
    """``only`` drops ``csrf_token``: every button of such a partial would answer 403."""
    with_forms = {name(path) for path in PAGES if "{% csrf_token %}" in path.read_text(encoding="utf-8")}
    include = re.compile(r'{%\s*include\s+"([^"]+)"[^%]*\bonly\s*%}')

    assert [
        (name(path), included)
        for path in PAGES
        for included in include.findall(path.read_text(encoding="utf-8"))
        if included in with_forms
    ] == []
