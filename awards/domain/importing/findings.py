"""What the reading of a file found, in the form that a batch keeps and its page shows."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from awards.domain.importing.columns import Column
from awards.domain.importing.rows import Question, Row

KEPT_FAULTS = 1000
KEPT_NOTICES = 1000


def findings_of(rows: Sequence[Row], columns: Sequence[Column], unread: Sequence[str]) -> dict[str, Any]:
    """Counts, faults by row and column, what is asked, and every row as it will be read. No national id in full."""
    order = {column.header: place for place, column in enumerate(columns)}
    faults = [
        [row.number, header, sentence]
        for row in rows
        for header, sentence in sorted(row.faults, key=lambda fault: order.get(fault[0], len(order)))
    ]
    notices = [[row.number, sentence] for row in rows for sentence in row.notices]
    shown = [column for column in columns if column.kind != "number"]
    return {
        "rows": len(rows),
        "fault_count": len(faults),
        "faults": faults[:KEPT_FAULTS],
        "notice_count": len(notices),
        "notices": notices[:KEPT_NOTICES],
        "questions": [as_json(row, question) for row in rows for question in row.questions],
        "added": sum(row.adds_subject for row in rows),
        "headers": [column.header for column in shown],
        "lines": [[row.number, [row.shown.get(column.key, "") for column in shown], fate(row)] for row in rows],
        "unread": list(unread),
        "digest": digest_of(rows),
    }


def as_json(row: Row, question: Question) -> dict[str, Any]:
    return {
        "row": row.number,
        "name": row.shown.get("name", ""),
        "about": question.about,
        "text": question.text,
        "choices": [list(choice) for choice in question.choices],
        "chosen": question.chosen,
    }


def fate(row: Row) -> str:
    """In a word what becomes of the row."""
    if row.faults:
        return "có lỗi"
    if row.is_open:
        return "chờ chọn"
    if row.same_as is not None:
        return "đối tượng mới" if row.adds_subject else f"như dòng {row.same_as.number}"
    return f"đã có: {row.subject.name}" if row.subject else ""


def digest_of(rows: Iterable[Row]) -> str:
    """What was decided for every row: differs when the register changed so that another subject would be meant."""
    found = hashlib.sha256()
    for row in rows:
        whom = row.subject.pk if row.subject else f"={row.same_as.number}" if row.same_as else "?"
        found.update(f"{row.number}:{whom}:{row.award.code if row.award else ''};".encode())
    return found.hexdigest()


def open_questions(findings: Mapping[str, Any]) -> int:
    return sum(not question["chosen"] for question in findings.get("questions", ()))


def obstacle(findings: Mapping[str, Any]) -> str:
    """Why these rows cannot be imported, in a sentence; empty when they can."""
    if count := findings.get("fault_count", 0):
        row, header, sentence = findings["faults"][0]
        return f"Tệp còn {count} chỗ chưa đúng (dòng {row}, cột {header}: {sentence}) Hãy sửa tệp rồi gửi lại."
    if count := open_questions(findings):
        return f"Còn {count} câu hỏi chưa chọn. Hãy chọn ở từng dòng, bấm «Lưu lựa chọn» rồi nhập."
    return ""


def without_rows(findings: Mapping[str, Any]) -> dict[str, Any]:
    """What stays of a finished import: counts, no names."""
    return {key: findings[key] for key in ("rows", "added", "words") if key in findings}
