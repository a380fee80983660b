"""What happens to a pledge: its theme, and who signs it."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.domain.editing import refuse_stale
from blocs.domain.workflow import PLEDGE, unsigned_agencies
from blocs.enums import PledgeState
from blocs.models import BlocYear, Membership, Pledge, PledgeSignature, Target

EDIT_THEME = "Sửa nội dung giao ước"
NOT_A_DRAFT = "Giao ước không còn là dự thảo nên nội dung đã khóa. Thư ký khối cần rút về dự thảo trước khi sửa."
NOT_OPEN = "Giao ước hiện không ở bước lấy chữ ký. Hãy tải lại trang để xem trạng thái mới nhất."
CHANGED = "Nội dung giao ước đã thay đổi từ lúc bạn mở trang. Hãy đọc lại nội dung mới rồi ký."


def existing_pledge(bloc_year: BlocYear) -> Pledge | None:
    """The pledge of the year, if someone has begun it."""
    return getattr(bloc_year, "pledge", None)


@transaction.atomic
def locked_pledge(bloc_year: BlocYear) -> Pledge:
    """The pledge of the year, made when it is first needed, locked for the caller's transaction."""
    made, _ = Pledge.objects.get_or_create(bloc_year=bloc_year)
    pledge = Pledge.objects.select_for_update(of=("self",)).get(pk=made.pk)
    pledge.bloc_year = bloc_year
    return pledge


def locked_draft(bloc_year: BlocYear) -> Pledge:
    """The locked pledge while its text may change. Raises TransitionRefused when it may not."""
    pledge = locked_pledge(bloc_year)
    if pledge.state != PledgeState.DRAFT:
        raise TransitionRefused(NOT_A_DRAFT)
    return pledge


@transaction.atomic
def write_theme(bloc_year: BlocYear, *, theme: str, actor: User, seen: int | None = None) -> Pledge:
    """Set the theme of a draft. Raises TransitionRefused once it is out for signature, Stale when outrun."""
    pledge = locked_draft(bloc_year)
    refuse_stale(pledge, seen=seen, action=EDIT_THEME)
    before = pledge.theme
    pledge.theme = theme.strip()
    pledge.save(update_fields=["theme"])
    audit.record_change(pledge, EDIT_THEME, actor=actor, before={"theme": before}, after={"theme": pledge.theme})
    return pledge


def content_key(pledge: Pledge, targets: Iterable[Target]) -> str:
    """A fingerprint of what is signed: theme, and each target's words and plan. Figures reached are not signed."""
    rows = sorted([each.agency_id, each.pk, each.name, each.unit, each.direction, plan_words(each)] for each in targets)
    text = json.dumps([pledge.theme, rows], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def plan_words(target: Target) -> str:
    return "" if target.plan is None else f"{target.plan.normalize():f}"


@transaction.atomic
def sign_pledge(membership: Membership, *, actor: User, seen: str = "") -> PledgeSignature:
    """Sign for one member; a second signature of the same member is the first one again.

    ``seen`` is the ``content_key`` of the page that was read. The last member's signature
    completes the pledge. Raises TransitionRefused unless the pledge is open for signature and
    still says what was read. Two signers wait for each other at the pledge's row.
    """
    pledge = locked_pledge(membership.bloc_year)
    signed = pledge.signatures.filter(agency=membership.agency_id).first()
    if signed is not None:
        return signed
    if pledge.state != PledgeState.OPEN:
        raise TransitionRefused(NOT_OPEN)
    if seen and seen != content_key(pledge, pledge.targets.all()):
        raise TransitionRefused(CHANGED)
    signature = add_signature(pledge, membership, actor=actor, on=timezone.localdate())
    if not unsigned_agencies(pledge):
        PLEDGE.perform(pledge, "complete", actor=None)
    return signature


def add_signature(pledge: Pledge, membership: Membership, *, actor: User, on: date) -> PledgeSignature:
    signature = PledgeSignature.objects.create(
        pledge=pledge,
        agency_id=membership.agency_id,
        user=actor,
        signer_name=actor.full_name,
        signer_title=actor.post_title,
        signed_on=on,
    )
    signer = ", ".join(part for part in (actor.full_name, actor.post_title) if part)
    audit.record(pledge, "Ký giao ước", actor=actor, after={membership.agency.name: signer})
    return signature


def has_signed(membership: Membership) -> bool:
    """Whether this member's signature stands under the pledge."""
    return PledgeSignature.objects.filter(
        pledge__bloc_year=membership.bloc_year_id, agency=membership.agency_id
    ).exists()
