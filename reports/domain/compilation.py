"""Compiling a review: its first draft, and what the records and the members have changed since the last time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.domain.audit import record
from accounts.models import User
from blocs.models import Agency
from reports.domain.compiled_figures import figures_of, stored
from reports.domain.compiling import MemberText, compile_section, member_texts
from reports.domain.passages import PassageRefused, lock
from reports.domain.versions import keep_version
from reports.enums import ReviewKind, Section
from reports.models import BlocReview

FIRST, AGAIN = "Tổng hợp lần đầu", "Tổng hợp lại"


@dataclass(frozen=True)
class Change:
    """One computed part or one member's report that is no longer as it was compiled; "" is: not there."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Compiled:
    """What a compilation found: changes since the last one, and agencies merged by section."""

    changes: list[Change]
    merged: dict[str, list[str]]


@transaction.atomic
def compile_review(review: BlocReview, *, actor: User) -> Compiled:
    """Take the computed parts as they are now and remember them.

    The first time, members' texts are merged into the sections that nobody has written yet; later nothing written is
    touched: new and changed texts are offered section by section. Keeps a version. Raises PassageRefused or
    PermissionDenied as writing does.
    """
    lock(review, actor)
    review.refresh_from_db(fields=["compiled", "compiled_at"])
    first = review.compiled_at is None
    changes = changes_of(review)
    merged = merge_into_empty(review, actor) if first else {}
    review.compiled |= snapshot(review) | {"changes": [[each.label, each.old, each.new] for each in changes]}
    review.compiled_at = timezone.now()
    review.save(update_fields=["compiled", "compiled_at"])
    keep_version(review, FIRST if first else AGAIN, actor=actor)
    told = {each.label: each.new for each in changes}
    record(
        review, FIRST if first else AGAIN, actor=actor, before={each.label: each.old for each in changes}, after=told
    )
    return Compiled(changes, merged)


def merge_into_empty(review: BlocReview, actor: User) -> dict[str, list[str]]:
    written = set(review.passages.exclude(text="").values_list("section", flat=True))
    found: dict[str, list[str]] = {}
    for section in Section.values:
        if section in written:
            continue
        try:
            found[section] = compile_section(review, section, actor=actor)[1]
        except PassageRefused:
            continue  # nobody sent anything for it
    return found


def snapshot(review: BlocReview) -> dict[str, object]:
    texts = member_texts(review.bloc_year, ReviewKind(review.kind))
    return {"figures": stored(figures_of(review)), "sent": digests(texts)}


def digests(texts: Mapping[str, list[MemberText]]) -> dict[str, str]:
    """A digest of what each agency has sent, by its code: enough to know that it changed."""
    bodies: dict[str, str] = {}
    for section, rows in texts.items():
        for each in rows:
            bodies[each.code] = f"{bodies.get(each.code, '')}\n{section}\n{each.body}"
    return {code: hashlib.sha256(body.encode()).hexdigest() for code, body in bodies.items()}


def changes_of(review: BlocReview) -> list[Change]:
    """What differs from the last compilation: figures old and new, and agencies that sent or changed their text.

    Empty before the first compilation.
    """
    if review.compiled_at is None:
        return []
    before = {each["label"]: each["words"] for each in review.compiled.get("figures", [])}
    now = dict(figures_of(review))
    labels = dict.fromkeys([*now, *before])
    found = [Change(label, before.get(label, ""), now.get(label, "")) for label in labels]
    return [each for each in found if each.old != each.new] + text_changes(review)


def text_changes(review: BlocReview) -> list[Change]:
    before: dict[str, str] = review.compiled.get("sent", {})
    now = digests(member_texts(review.bloc_year, ReviewKind(review.kind)))
    codes = [code for code in dict.fromkeys([*before, *now]) if before.get(code) != now.get(code)]
    if not codes:
        return []
    agencies = Agency.objects.filter(council=review.bloc_year.bloc.council_id, code__in=codes)
    names = dict(agencies.values_list("code", "name"))
    return [
        Change(f"Báo cáo của {names.get(code, code)}", *text_words(before.get(code), now.get(code))) for code in codes
    ]


def text_words(before: str | None, now: str | None) -> tuple[str, str]:
    if before is None:
        return "chưa gửi", "đã gửi"
    return ("đã gửi", "đã trả lại, chưa gửi lại") if now is None else ("đã gửi", "đã sửa nội dung")


def last_changes(review: BlocReview) -> list[Change]:
    """What the last compilation found changed against the one before."""
    return [Change(*row) for row in review.compiled.get("changes", [])]
