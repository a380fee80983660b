"""What changed between two sendings of a dossier, from what was kept of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from awards.models import Dossier, Nomination
from khoithidua.web.text import tidy

Content = Mapping[str, Any]
Kind = Literal["same", "gone", "new"]
NOT_FIELDS = ("key", "texts", "papers")
WORDS = {"award": "Danh hiệu, hình thức", "subject": "Đối tượng", "agency": "Đơn vị", "bloc": "Khối, cụm"}


@dataclass(frozen=True)
class Change:
    """A field before and after, as text."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class TextChange:
    """A longer text line by line: what stayed, went, came."""

    label: str
    lines: tuple[tuple[Kind, str], ...]


@dataclass(frozen=True)
class PaperChange:
    """A paper that came, went, or has other content under the same kind and title."""

    kind: Literal["added", "removed", "replaced"]
    title: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class NominationChange:
    name: str
    award: str
    fields: tuple[Change, ...] = ()
    texts: tuple[TextChange, ...] = ()
    papers: tuple[PaperChange, ...] = ()


@dataclass(frozen=True)
class Difference:
    """Everything that two sendings do not share."""

    fields: tuple[Change, ...] = ()
    papers: tuple[PaperChange, ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    changed: tuple[NominationChange, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.papers or self.added or self.removed or self.changed)


def difference(before: Content, after: Content) -> Difference:
    """What differs between two contents of DossierVersion: fields, papers by hash, nominations by their key.

    Unknown parts count as empty, so contents of an older form can be compared. Pure.
    """
    old, new = by_key(before), by_key(after)
    return Difference(
        fields=tuple(changes_of(before.get("dossier", {}), after.get("dossier", {}), Dossier)),
        papers=papers_of(before.get("papers", []), after.get("papers", [])),
        added=tuple(title_of(new[key]) for key in new if key not in old),
        removed=tuple(title_of(old[key]) for key in old if key not in new),
        changed=tuple(
            found for key in new if key in old and (found := nomination_change(old[key], new[key])) is not None
        ),
    )


def by_key(content: Content) -> dict[str, Content]:
    return {str(each.get("key", number)): each for number, each in enumerate(content.get("nominations", []))}


def title_of(nomination: Content) -> tuple[str, str]:
    return str(nomination.get("name", "")), str(nomination.get("award", ""))


def nomination_change(old: Content, new: Content) -> NominationChange | None:
    plain_old = {key: value for key, value in old.items() if key not in NOT_FIELDS}
    plain_new = {key: value for key, value in new.items() if key not in NOT_FIELDS}
    fields = tuple(changes_of(plain_old, plain_new, Nomination))
    texts = tuple(text_changes(old.get("texts", {}), new.get("texts", {})))
    papers = papers_of(old.get("papers", []), new.get("papers", []))
    if not (fields or texts or papers):
        return None
    name, award = title_of(new)
    return NominationChange(name, award, fields, texts, papers)


def changes_of(old: Content, new: Content, model: type[Dossier] | type[Nomination]) -> list[Change]:
    keys = [*old, *(key for key in new if key not in old)]
    return [
        Change(label_of(key, model), as_text(old.get(key)), as_text(new.get(key)))
        for key in keys
        if as_text(old.get(key)) != as_text(new.get(key))
    ]


def label_of(key: str, model: type[Dossier] | type[Nomination]) -> str:
    if key in WORDS:
        return WORDS[key]
    names = {each.name: str(getattr(each, "verbose_name", key)) for each in model._meta.get_fields()}
    words = names.get(key, key)
    return words[:1].upper() + words[1:]


def as_text(value: Any) -> str:
    if value is None or value == "" or value == {} or value == []:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {as_text(each)}" for key, each in sorted(value.items()))
    if isinstance(value, list):
        return "; ".join(as_text(each) for each in value)
    return str(value)


def text_changes(old: Content, new: Content) -> list[TextChange]:
    keys = [*old, *(key for key in new if key not in old)]
    pairs = ((key, as_text(old.get(key)), as_text(new.get(key))) for key in keys)
    return [TextChange(key, line_diff(before, after)) for key, before, after in pairs if before != after]


def line_diff(before: str, after: str) -> tuple[tuple[Kind, str], ...]:
    """Lines of both texts in reading order; equal ones once."""
    old, new = before.splitlines(), after.splitlines()
    found: list[tuple[Kind, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [("same", line) for line in old[a:b]]
            continue
        found += [("gone", line) for line in old[a:b]]
        found += [("new", line) for line in new[c:d]]
    return tuple(found)


def papers_of(old: list[Content], new: list[Content]) -> tuple[PaperChange, ...]:
    """Papers by content: one with a hash that both have is the same, whatever it is called."""
    kept = {each.get("sha256") for each in old} & {each.get("sha256") for each in new}
    gone = [each for each in old if each.get("sha256") not in kept]
    come = [each for each in new if each.get("sha256") not in kept]
    found: list[PaperChange] = []
    for each in gone:
        twin = next((other for other in come if place_of(other) == place_of(each)), None)
        if twin is None:
            found.append(PaperChange("removed", paper_title(each), before=paper_file(each)))
            continue
        come.remove(twin)
        found.append(PaperChange("replaced", paper_title(twin), paper_file(each), paper_file(twin)))
    return (*found, *(PaperChange("added", paper_title(each), after=paper_file(each)) for each in come))


def place_of(paper: Content) -> tuple[str, str]:
    return str(paper.get("kind", "")), tidy(str(paper.get("title", "")))


def paper_title(paper: Content) -> str:
    return str(paper.get("title") or paper.get("kind", ""))


def paper_file(paper: Content) -> str:
    """File name and the first digits of its hash."""
    return f"{paper.get('file_name', '')} ({str(paper.get('sha256', ''))[:12]})"
