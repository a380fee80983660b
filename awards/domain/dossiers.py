"""Making a dossier and changing what stands at its head."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import AuditEntry, User
from awards.domain.answering import answered
from awards.domain.conflicts import Base, in_words, settle
from awards.domain.opened import locked, opened_targets, refuse_closed
from awards.enums import Category, Proposer
from awards.models import Dossier
from blocs.models import Agency, BlocYear
from khoithidua.web.text import tidy

CREATED, EDITED, REMOVED = "Lập hồ sơ", "Sửa thông tin hồ sơ", "Xóa hồ sơ"
REMOVED_CODE = "hồ sơ"  # under this the history keeps code and title of a dossier that is gone
# What the makers write; the rest follows from steps.
FIELDS = (
    "category",
    "year",
    "title",
    "movement",
    "achievement_from",
    "achievement_until",
    "simplified",
    "simplified_reason",
    "paper_number",
    "paper_date",
)
# A5 (Luật TĐKT 2022, Điều 85): where the simplified procedure may be used.
SIMPLE_CATEGORIES = (Category.SURPRISE, Category.CONTRIBUTION, Category.SERVICE, Category.EXTERNAL)
ATTEMPTS = 50


@transaction.atomic
def create_dossier(
    *,
    agency: Agency,
    actor: User | None,
    year: int,
    title: str,
    category: str = Category.MERIT,
    bloc_year: BlocYear | None = None,
    **fields: Any,
) -> Dossier:
    """A draft of ``agency``, or with ``bloc_year`` of that bloc sent by ``agency``; code HS-<year>-<number>.

    The code is unique also when two people press at once; audited. TransitionRefused where the simplified procedure
    is asked for without its ground (Luật TĐKT 2022, Điều 85).
    """
    wanted = {"year": year, "title": tidy(title), "category": category} | fields
    refuse_unfounded(wanted)
    made = Dossier(
        council_id=agency.council_id,
        agency=agency,
        bloc_year=bloc_year,
        proposer=Proposer.BLOC if bloc_year else Proposer.AGENCY,
        created_by=actor,
        **wanted,
    )
    save_with_code(made)
    audit.record(made, CREATED, actor=actor, after={"mã hồ sơ": made.code} | told(made, wanted))
    return made


def save_with_code(made: Dossier) -> None:
    """Insert under the next number of the year; whoever took it first makes us take the one after."""
    for _ in range(ATTEMPTS):
        made.code = f"HS-{made.year}-{next_number(made.year):04d}"
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            if not Dossier.objects.filter(code=made.code).exists():
                raise
        else:
            return
    raise TransitionRefused("Nhiều người đang lập hồ sơ cùng lúc nên chưa cấp được mã. Hãy bấm lại.")


def next_number(year: int) -> int:
    """One more than any dossier of the year ever had: a number that was deleted is not given again. Two queries."""
    pattern = re.compile(rf"HS-{year}-(\d+)\b")
    codes = Dossier.objects.filter(code__startswith=f"HS-{year}-").values_list("code", flat=True)
    found = (pattern.match(text) for text in (*codes, *removed_dossiers()))
    return max((int(match[1]) for match in found if match), default=0) + 1


def removed_dossiers() -> list[str]:
    """What the histories of agencies tell of deleted dossiers, each beginning with its code."""
    rows = AuditEntry.objects.filter(object_type=Agency._meta.label_lower, action=REMOVED)
    return [before.get(REMOVED_CODE, "") for before in rows.values_list("before", flat=True)]


@transaction.atomic
def edit_dossier(dossier: Dossier, *, fields: Mapping[str, Any], base: Base | None, actor: User | None) -> Dossier:
    """Write the head of the dossier; audited with what changed; the version grows by one.

    All of it while a draft; while being supplemented only the fields asked for ("dossier:<field>"), and each asked
    one that changes counts as answered. ``base`` is what the form was opened on: what others changed meanwhile stays.
    Raises TransitionRefused, Conflict with both values where both changed the same.
    """
    row = locked(dossier)
    wanted = {name: value for name, value in fields.items() if name in FIELDS}
    last = audit.entries_of(row).filter(action=EDITED).first()
    changed = settle(row, wanted, base=base, who=last.actor_name if last else "", at=last.at if last else None)
    opened = opened_targets(row)
    for name in changed:
        if not opened.holds(f"dossier:{name}"):
            refuse_closed(row, f"dossier:{name}")
    refuse_unfounded({name: getattr(row, name) for name in FIELDS} | changed)
    if changed:
        write(row, changed, actor)
    dossier.refresh_from_db()
    return dossier


def write(row: Dossier, changed: Mapping[str, Any], actor: User | None) -> None:
    before = told(row, changed)
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    names = [*changed, "version", *(["search_key"] if "title" in changed else [])]
    row.save(update_fields=names)
    audit.record(row, EDITED, actor=actor, before=before, after=told(row, changed))
    for name in changed:
        answered(row, f"dossier:{name}", actor=actor)


def told(row: Dossier, names: Mapping[str, Any]) -> dict[str, str]:
    """Fields in words, as the history shows them."""
    return {name: in_words(row, name, getattr(row, name)) for name in names}


def refuse_unfounded(fields: Mapping[str, Any]) -> None:
    """TransitionRefused for a simplified procedure without a ground, or dates that do not follow each other."""
    if fields.get("simplified") and not fields.get("simplified_reason"):
        raise TransitionRefused(
            "Hãy ghi căn cứ áp dụng thủ tục đơn giản theo Điều 85 Luật Thi đua, khen thưởng, hoặc bỏ đánh dấu."
        )
    start: date | None = fields.get("achievement_from")
    end: date | None = fields.get("achievement_until")
    if start and end and end < start:
        raise TransitionRefused("Ngày cuối của thành tích không được trước ngày đầu. Hãy sửa lại.")
