"""What the page of one import shows in each state."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from awards.domain.importing import workflow
from awards.domain.importing.answers import alike, field_name
from awards.domain.importing.findings import obstacle, open_questions
from awards.enums import ImportState
from awards.models import ImportBatch

LINES_A_PAGE = 50
QUESTIONS_A_PAGE = 50
FAULTS_SHOWN = 200
NOTICES_SHOWN = 50


def questions_on(batch: ImportBatch) -> list[dict[str, Any]]:
    """Open questions first, each in the order of its rows."""
    found: list[dict[str, Any]] = batch.findings.get("questions", [])
    return sorted(found, key=lambda question: (bool(question["chosen"]), question["row"]))


def page_of(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    silent = batch.is_silent(timezone.now())
    under_way = batch.state in workflow.STARTED and not silent
    context: dict[str, Any] = {
        "nav": "awards",
        "batch": batch,
        "under_way": under_way,
        "silent": silent,
        "error": workflow.SILENT if silent else batch.error,
        "may_reopen": silent or batch.state == ImportState.FAILED,
        "words": batch.findings.get("words", ""),
    }
    if batch.state == ImportState.CHECKED:
        context |= preview_of(request, batch)
    return context


def preview_of(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """Counts, faults, what is asked, and the rows page by page; without a file only that it is gone."""
    found = batch.findings
    faults = gathered(found.get("faults", []))[:FAULTS_SHOWN]
    shown = {
        "found": found,
        "gone": "" if batch.file else workflow.GONE,
        "faults": faults,
        "more_faults": max(0, found.get("fault_count", 0) - sum(len(each.rows) for each in faults)),
        "notices": found.get("notices", [])[:NOTICES_SHOWN],
        "more_notices": max(0, found.get("notice_count", 0) - NOTICES_SHOWN),
        "obstacle": obstacle(found),
    }
    return shown | asked_on(request, batch) | lines_on(request, found)


@dataclass(frozen=True)
class Fault:
    """One fault and the rows that have it."""

    rows: tuple[int, ...]
    header: str
    sentence: str

    @property
    def place(self) -> str:
        """The rows in words: "Dòng 3-40, 45"."""
        runs = groupby(enumerate(self.rows), key=lambda pair: pair[1] - pair[0])
        spans = [[row for _, row in run] for _, run in runs]
        return "Dòng " + ", ".join(f"{span[0]}-{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)


def gathered(faults: Iterable[tuple[int, str, str]]) -> list[Fault]:
    """The same fault of the same column once, in the order of its first row."""
    rows: dict[tuple[str, str], list[int]] = {}
    for row, header, sentence in faults:
        rows.setdefault((header, sentence), []).append(row)
    return [Fault(tuple(numbers), header, sentence) for (header, sentence), numbers in rows.items()]


def asked_on(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """One page of questions, how many are open, and which can be answered together."""
    questions = questions_on(batch)
    asked = Paginator(questions, QUESTIONS_A_PAGE).get_page(request.GET.get("cau"))
    return {
        "asked": asked,
        "questions": [question | {"field": field_name(question)} for question in asked],
        "open": open_questions(batch.findings),
        "alike": alike(questions),
    }


def lines_on(request: HttpRequest, found: dict[str, Any]) -> dict[str, Any]:
    """One page of rows, each cell with its header."""
    headers = found.get("headers", [])
    page = Paginator(found.get("lines", []), LINES_A_PAGE).get_page(request.GET.get("trang"))
    lines = [(number, list(zip(headers, cells, strict=False)), fate) for number, cells, fate in page]
    return {"page": page, "lines": lines}
