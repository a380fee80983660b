"""Căn cứ lines of papers by date; awards.law.citing holds how the law is cited."""

from datetime import date

from awards.law.citing import LAW_2003_ALONE, emulation_law_on


def grounds_on(day: date) -> tuple[str, ...]:
    """The law and its decree in force on ``day``, without closing marks; before 1/10/2017 the law alone."""
    return emulation_law_on(day) or (LAW_2003_ALONE,)


def closed_lines(lines: list[str]) -> tuple[str, ...]:
    """Each căn cứ on its line ending in ";", the last one in a full stop (NĐ 30/2020, Phụ lục I, ô 6)."""
    return tuple(f"{line}{';' if place < len(lines) else '.'}" for place, line in enumerate(lines, 1))
