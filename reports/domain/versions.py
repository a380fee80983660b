"""A report or review as it stood at moments: kept, compared, gone back to."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from accounts.domain.audit import record
from accounts.models import User
from blocs.rules import is_own_agency
from khoithidua.web.numbers import plain_number
from reports.domain.asked import AskedTable, asked_of, write_rows
from reports.domain.differences import Line, differences
from reports.domain.passages import lock, passage_for_update, replace_text
from reports.domain.places import places_of
from reports.models import AgencyReport, BlocReview, FigureValue, RoundTable, TextVersion

Owner = AgencyReport | BlocReview

SENT, RETURNED, BY_HAND = "Gửi báo cáo", "Trả lại để bổ sung", "Lưu theo yêu cầu"
OFFICIAL = (SENT, RETURNED)


class VersionRefused(Exception):
    """No version was kept; the message is a sentence that says why."""


@dataclass(frozen=True)
class Compared:
    """One section, figures or table of two versions side by side."""

    title: str
    lines: list[Line]

    @property
    def changed(self) -> bool:
        return any(line.changed for line in self.lines)


def versions_of(owner: Owner, user: User) -> QuerySet[TextVersion]:
    """Newest first. Who is not of the agency reads what was sent and returned, not what it kept for itself."""
    rows = owner.versions.select_related("made_by")
    if isinstance(owner, AgencyReport) and not is_own_agency(user, owner):
        return rows.filter(reason__in=OFFICIAL)
    return rows


@transaction.atomic
def keep_version(owner: Owner, reason: str, *, actor: User | None) -> TextVersion:
    """Keep ``owner`` as it stands, under the next number. The caller has checked who may."""
    type(owner)._base_manager.select_for_update().get(pk=owner.pk)
    number = (owner.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return owner.versions.create(number=number, content=content_of(owner), reason=reason, made_by=actor)


@transaction.atomic
def keep_by_hand(owner: Owner, *, actor: User) -> TextVersion:
    """The writer's own button: audited. Raises VersionRefused where nothing changed since the last version."""
    lock(owner, actor)
    last = owner.versions.first()
    if last is not None and last.content == content_of(owner):
        raise VersionRefused(f"Nội dung chưa thay đổi gì so với phiên bản {last.number}, không cần lưu thêm.")
    kept = keep_version(owner, BY_HAND, actor=actor)
    record(owner, f"Lưu phiên bản {kept.number}", actor=actor)
    return kept


def content_of(owner: Owner) -> dict[str, Any]:
    """Sections' texts by key; figures and tables by their rows' numbers, each with its title as it read then."""
    content: dict[str, Any] = {"sections": {row.section: row.text for row in owner.passages.order_by("pk") if row.text}}
    if isinstance(owner, AgencyReport):
        asked = asked_of(owner)
        figures = [each for group in asked.figures.values() for each in group]
        tables = [each for group in asked.tables.values() for each in group]
        content["figures"] = {
            str(each.figure.pk): {"label": each.figure.label, "value": text_of(each.value), "note": each.note}
            for each in figures
        }
        content["tables"] = {str(each.table.pk): table_content(each) for each in tables if each.rows}
    return content


def text_of(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def table_content(each: AskedTable) -> dict[str, Any]:
    return {"title": each.table.title, "rows": each.rows}


def compare(owner: Owner, old: dict[str, Any], new: dict[str, Any]) -> list[Compared]:
    """Every section, the figures and every table of two contents, in the outline's order."""
    titles = {place.key: place.title for place in places_of(owner)}
    one, two = old.get("sections", {}), new.get("sections", {})
    keys = [*titles, *sorted((one.keys() | two.keys()) - titles.keys())]
    found = [Compared(titles.get(key, key), differences(one.get(key, ""), two.get(key, ""))) for key in keys]
    if old.get("figures") or new.get("figures"):
        found.append(Compared("Số liệu", differences(figure_lines(old), figure_lines(new))))
    tables = old.get("tables", {}) | new.get("tables", {})
    for key, table in tables.items():
        found.append(Compared(table["title"], differences(table_lines(old, key), table_lines(new, key))))
    return found


def figure_lines(content: dict[str, Any]) -> str:
    lines = []
    for figure in content.get("figures", {}).values():
        value = "chưa có số liệu" if figure["value"] is None else plain_number(Decimal(figure["value"]))
        note = f" ({figure['note']})" if figure.get("note") else ""
        lines.append(f"{figure['label']}: {value}{note}")
    return "\n".join(lines)


def table_lines(content: dict[str, Any], key: str) -> str:
    return "\n".join(" | ".join(row) for row in content.get("tables", {}).get(key, {}).get("rows", []))


@transaction.atomic
def go_back(owner: Owner, version: TextVersion, *, actor: User) -> None:
    """The text of ``version`` becomes the text of now, as new text; what stood before is kept as a version first.

    Raises PassageRefused with a sentence where the state no longer allows writing, PermissionDenied for a stranger.
    Figures of the records stay as the records tell them; what the outline no longer asks for is passed over.
    """
    lock(owner, actor)
    if content_of(owner) == version.content:
        raise VersionRefused(f"Nội dung hiện tại đã giống phiên bản {version.number}, không có gì để khôi phục.")
    keep_version(owner, f"Trước khi quay lại phiên bản {version.number}", actor=actor)
    texts = version.content.get("sections", {})
    for place in places_of(owner):
        passage, text = passage_for_update(owner, place.key), texts.get(place.key, "")
        if passage.text != text:
            action = f"Quay lại phiên bản {version.number}: mục «{place.title}»"
            replace_text(owner, passage, text, actor=actor, action=action)
    if isinstance(owner, AgencyReport):
        restore_asked(owner, version, actor)
    record(owner, f"Quay lại phiên bản {version.number}", actor=actor)


def restore_asked(report: AgencyReport, version: TextVersion, actor: User) -> None:
    asked = asked_of(report)
    figures, tables = version.content.get("figures", {}), version.content.get("tables", {})
    for each in (each for group in asked.figures.values() for each in group if not each.is_known):
        kept = figures.get(str(each.figure.pk), {"value": None, "note": ""})
        restore_figure(report, each.figure.pk, kept, actor)
    for table in (each.table for group in asked.tables.values() for each in group):
        restore_table(report, table, tables.get(str(table.pk), {}).get("rows", []))


def restore_figure(report: AgencyReport, figure_id: int, kept: dict[str, Any], actor: User) -> None:
    value = None if kept["value"] is None else Decimal(kept["value"])
    row = FigureValue.objects.filter(report=report, figure=figure_id).first()
    row = row or FigureValue(report=report, figure_id=figure_id)
    if (row.value, row.note) == (value, kept["note"]):
        return
    row.value, row.note, row.edited_by = value, kept["note"], actor
    row.version += 1
    row.save()


def restore_table(report: AgencyReport, table: RoundTable, rows: list[list[str]]) -> None:
    width = len(table.columns)
    write_rows(report, table, [(row + [""] * width)[:width] for row in rows])
