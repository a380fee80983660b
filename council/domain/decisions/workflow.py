"""The life of a decision: a draft is issued once; a later decision may revoke it. Nothing else writes its state."""

from accounts.domain.workflow import Lifecycle, Transition
from council.domain.decisions.checking import GUARDS
from council.enums import DecisionState

S = DecisionState

DECISION = Lifecycle(
    (
        # Through council.domain.decisions.issuing: number, day, records, money and what follows belong to it.
        Transition("issue", "Ban hành", (S.DRAFT,), S.ISSUED, "council.issue_decision", guards=GUARDS, offered=False),
        # Through the issuing of a decision that revokes every line.
        Transition(
            "revoke", "Hủy bỏ", (S.ISSUED,), S.REVOKED, "council.issue_decision", reason_due=True, offered=False
        ),
    )
)
