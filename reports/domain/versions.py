"""Versions of a report or review: how it stood at a moment, what differs between two, and going back to one."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.domain.audit import record
from accounts.models import User
from reports.domain.passages import Owner, PassageRefused, lock, passage_for_update, replace_text
from reports.enums import Section
from reports.models import AgencyReport, FigureValue, RoundSection, TableRow, TextVersion

CONTEXT = 2  # unchanged lines shown around a change


@dataclass(frozen=True)
class Line:
    """A line of a comparison: ``sign`` is "+", "-", "…" for lines left out, or empty."""

    sign: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What changed in one section, figure or table between two versions."""

    key: str
    label: str
    lines: tuple[Line, ...]


def content_of(owner: Owner) -> dict[str, Any]:
    """What a version keeps: ``{"sections": {key: text}, "figures": {key: words}, "tables": {key: [cells]}}``.

    Figures of a review are its computed ones, of a report the typed ones. Empty texts are left out.
    """
    sections = {row.section: row.text for row in owner.passages.all() if row.text}
    if isinstance(owner, AgencyReport):
        return {"sections": sections, "figures": typed_figures(owner), "tables": typed_tables(owner)}
    figures = {each["label"]: each["words"] for each in owner.compiled.get("figures", [])}
    return {"sections": sections, "figures": figures, "tables": {}}


def typed_figures(report: AgencyReport) -> dict[str, str]:
    rows = FigureValue.objects.filter(report=report).select_related("figure").order_by("figure", "pk")
    return {
        row.figure.label: " ".join(
            part for part in (f"{row.value.normalize():f}" if row.value is not None else "", row.note) if part
        )
        for row in rows
    }


def typed_tables(report: AgencyReport) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in TableRow.objects.filter(report=report).select_related("table"):
        found.setdefault(row.table.title, []).append(row.cells)
    return found


@transaction.atomic
def keep_version(owner: Owner, reason: str, actor: User | None) -> TextVersion:
    """``owner`` as it stands now, as its next version. The owner's row is locked by this."""
    type(owner)._base_manager.select_for_update().get(pk=owner.pk)
    versions = owner.versions.all()
    number = (versions.aggregate(highest=Max("number"))["highest"] or 0) + 1
    key = {"report": owner} if isinstance(owner, AgencyReport) else {"review": owner}
    return TextVersion.objects.create(
        **key, number=number, content=content_of(owner), reason=reason[:200], made_by=actor
    )


def keep_if_changed(owner: Owner, reason: str, actor: User | None) -> TextVersion | None:
    """A new version, or None where the newest one says the same already."""
    newest = owner.versions.first()
    return None if newest is not None and newest.content == content_of(owner) else keep_version(owner, reason, actor)


def differences(old: Mapping[str, Any], new: Mapping[str, Any], *, titles: Mapping[str, str]) -> list[Difference]:
    """What differs between two contents, sections first; ``titles`` name the sections. Equal parts are left out."""
    found = [
        difference(key, titles.get(key, key), old.get("sections", {}).get(key, ""), text_in(new, key))
        for key in keys_of(old, new, "sections")
    ]
    for part in ("figures", "tables"):
        for key in keys_of(old, new, part):
            before, after = (words_of(each.get(part, {}).get(key)) for each in (old, new))
            found.append(difference(f"{part}:{key}", key, before, after))
    return [each for each in found if each.lines]


def text_in(content: Mapping[str, Any], key: str) -> str:
    text: str = content.get("sections", {}).get(key, "")
    return text


def keys_of(old: Mapping[str, Any], new: Mapping[str, Any], part: str) -> list[str]:
    return list(dict.fromkeys([*old.get(part, {}), *new.get(part, {})]))


def words_of(value: Any) -> str:
    """A figure as it is, a table as a line a row."""
    if isinstance(value, list):
        return "\n".join("; ".join(f"{cell}" for cell in row.values()) for row in value)
    return "" if value is None else str(value)


def difference(key: str, label: str, old: str, new: str) -> Difference:
    return Difference(key, label, tuple(compared(old, new)))


def compared(old: str, new: str) -> list[Line]:
    """Lines that went and came, with two unchanged ones around each change; empty for equal texts."""
    found: list[Line] = []
    matcher = difflib.SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    for place, group in enumerate(matcher.get_grouped_opcodes(CONTEXT)):
        if place:
            found.append(Line("…", ""))
        for tag, start, end, from_new, to_new in group:
            if tag == "equal":
                found += [Line("", text) for text in matcher.a[start:end]]
                continue
            found += [Line("-", text) for text in matcher.a[start:end]]
            found += [Line("+", text) for text in matcher.b[from_new:to_new]]
    return found


def section_titles(owner: Owner) -> dict[str, str]:
    """Names of the sections: the four of every report, and those of the round's outline."""
    titles = {value: str(label) for value, label in Section.choices}
    if isinstance(owner, AgencyReport) and owner.round is not None:
        titles |= dict(RoundSection.objects.filter(round=owner.round.outline_id).values_list("key", "title"))
    return titles


@transaction.atomic
def go_back(owner: Owner, version: TextVersion, *, actor: User) -> list[str]:
    """The sections' texts of ``version`` again, each one version up; what stands now is kept as a version first.

    Answers the sections that changed. Figures and tables stay: figures of a review are computed, those of a report
    are typed beside their units. Raises PassageRefused or PermissionDenied as writing does.
    """
    lock(owner, actor)
    wanted: dict[str, str] = version.content["sections"]
    now = content_of(owner)["sections"]
    changed = [key for key in dict.fromkeys([*now, *wanted]) if now.get(key, "") != wanted.get(key, "")]
    if not changed:
        raise PassageRefused(f"Nội dung đang có giống hệt phiên bản {version.number}, không có gì để quay lại.")
    keep_if_changed(owner, f"Trước khi quay lại phiên bản {version.number}", actor)
    for key in changed:
        passage = passage_for_update(owner, key)
        action = f"Quay lại phiên bản {version.number}, mục «{passage.label}»"
        replace_text(owner, passage, wanted.get(key, ""), actor=actor, action=action)
    keep_version(owner, f"Quay lại phiên bản {version.number}", actor)
    return changed


@transaction.atomic
def keep_by_hand(owner: Owner, *, actor: User) -> TextVersion:
    """A version because somebody asked for one. Raises PassageRefused when nothing has changed since the last."""
    lock(owner, actor)
    kept = keep_if_changed(owner, "Lưu theo yêu cầu", actor)
    if kept is None:
        raise PassageRefused("Nội dung chưa thay đổi từ phiên bản gần nhất, không cần lưu thêm phiên bản.")
    record(owner, "Lưu phiên bản", actor=actor, after={"phiên bản": kept.number})
    return kept
