"""What the check says of an agency's pending matters and disciplines, for readers who may not see the subject."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from awards.models import Nomination
from awards.rules import is_own_subject, is_subjects_standing_body

# Rules whose sentences tell kind and dates of a freeze or of a discipline (NĐ 152/2025, Điều 4 khoản 4).
CONFIDENTIAL = frozenset({"A4-4", "A4-5"})
NEUTRAL = {
    "rule": "A4-4",
    "passed": None,
    "text": "Có việc cần cơ quan thường trực xem xét trước khi khen thưởng.",
    "citation": "",
    "branch": "",
}


def sees_matters(user: User | Any, nomination: Nomination) -> bool:
    """Whether ``user`` sees the nomination's subject, as ``Subject.objects.visible_to`` says. Reads ``subject``."""
    return bool(is_own_subject(user, nomination.subject) or is_subjects_standing_body(user, nomination.subject))


def checks_for(nomination: Nomination, user: User | Any) -> dict[str, Any]:
    """The stored answer as ``user`` may read it: in a bloc's dossier the head's people see no other agency's matters.

    Everything to who sees the subject. To others one neutral sentence stands for all of CONFIDENTIAL that are not
    met, whether one or many; what was cleared, and the note that nothing is pending, are left out: each would tell.
    """
    kept = nomination.checks if isinstance(nomination.checks, dict) else {}
    return kept if sees_matters(user, nomination) else discreet(kept)


def discreet(kept: Mapping[str, Any]) -> dict[str, Any]:
    checks, notes = kept.get("checks", []), kept.get("notes", [])
    pending = any(is_confidential(each) and each["passed"] is not True for each in checks)
    shown = [each for each in checks if not is_confidential(each)]
    told = {"checks": [*shown, NEUTRAL] if pending else shown}
    return {**kept, **told, "notes": [each for each in notes if not is_confidential(each)]}


def is_confidential(check: Mapping[str, Any]) -> bool:
    return check.get("rule") in CONFIDENTIAL
