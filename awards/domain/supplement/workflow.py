"""Lifecycle of one thing that the standing body asked to be supplied: asked, answered, accepted or withdrawn."""

from accounts.domain.workflow import Lifecycle, Transition
from awards.enums import SupplementState

S = SupplementState

SUPPLEMENT = Lifecycle(
    (
        Transition("answer", "Bổ sung", (S.ASKED,), S.ANSWERED, "awards.answer_supplements", offered=False),
        Transition(
            "accept", "Chấp nhận bổ sung", (S.ASKED, S.ANSWERED), S.ACCEPTED, "awards.write_appraisal", offered=False
        ),
        Transition(
            "ask_again",
            "Yêu cầu bổ sung lại",
            (S.ANSWERED,),
            S.ASKED,
            "awards.write_appraisal",
            reason_due=True,
            offered=False,
        ),
        Transition(
            "withdraw",
            "Rút yêu cầu bổ sung",
            (S.ASKED, S.ANSWERED),
            S.WITHDRAWN,
            "awards.write_appraisal",
            offered=False,
        ),
    )
)
