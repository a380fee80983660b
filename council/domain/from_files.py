"""Sessions and decisions that came here by a year file: a file of one bloc brings a part of them."""

from django.db import models

from accounts.domain import audit

BROUGHT = "Nhập từ tệp năm"
WHOLE = "toàn bộ"


def record_brought(row: models.Model, *, count: int, whole: int) -> None:
    """Keep in the history of a session or decision that a file brought ``count`` of its ``whole`` entries."""
    audit.record(row, BROUGHT, actor=None, after={"số trường hợp trong tệp": count, WHOLE: whole})


def whole_of(row: models.Model, here: int) -> int:
    """How many entries the session or decision has in all, where ``here`` are in this system. One query.

    More than ``here`` only for what a year file brought in part.
    """
    return max([here, *wholes(row)])


def missing_words(row: models.Model, here: int, noun: str) -> str:
    """A sentence where files brought only a part; "" otherwise. ``noun``: "quyết định" or "phiên họp"."""
    whole = whole_of(row, here)
    if whole == here:
        return ""
    return (
        f"Hệ thống mới có {here} trong {whole} trường hợp của {noun} này (nhập từ tệp năm của từng khối). "
        "Văn bản và số tổng hợp lập ở đây chỉ gồm các trường hợp đó."
    )


def came_by_file(row: models.Model) -> bool:
    """True for what was held or issued elsewhere and brought by a file. One query."""
    return bool(wholes(row))


def wholes(row: models.Model) -> list[int]:
    """What each file that brought a part said of the whole."""
    entries = audit.entries_of(row).filter(action=BROUGHT)
    return [entry.after[WHOLE] for entry in entries if WHOLE in (entry.after or {})]
