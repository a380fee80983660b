"""Lifecycles of a dossier, of a nomination inside it, and of a registration."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.domain.workflow import Lifecycle, Transition
from accounts.models import User
from awards.domain.receiving import (
    needs_all_appraised,
    needs_no_open_matter,
    needs_no_open_question,
    record_appraised,
    record_receipt,
    record_supplied,
)
from awards.domain.sending import (
    needs_answers_to_supplements,
    needs_complete_papers,
    needs_nominations,
    needs_open_period,
    needs_sound_quotas,
    record_registration,
    record_return,
    record_sending,
    record_sign_off,
)
from awards.enums import DossierState, NominationState, Proposer, RegistrationState
from awards.models import Dossier
from blocs.enums import Duty, Role
from blocs.models import Agency, Membership
from blocs.tables.agencies import people_of


def makers(dossier: Dossier) -> Iterable[User]:
    """Officers and leaders of the agency that sends it."""
    agencies = [dossier.agency_id]
    if dossier.proposer == Proposer.BLOC:
        heads = Membership.objects.filter(bloc_year=dossier.bloc_year_id, role=Role.HEAD)
        agencies = list(heads.values_list("agency_id", flat=True))
    return people_of(agencies, Duty.OFFICER, Duty.LEADER, on=timezone.localdate())


def standing_people(dossier: Dossier) -> Iterable[User]:
    """The assigned specialist; before assignment everyone of the standing body."""
    if dossier.assigned_to_id is not None:
        return [dossier.assigned_to] if dossier.assigned_to else []
    agencies = Agency.objects.filter(standing_for=dossier.council_id)
    return people_of(agencies, Duty.STANDING, on=timezone.localdate())


S = DossierState

DOSSIER = Lifecycle(
    (
        Transition(
            "sign_off",
            "Duyệt hồ sơ",
            (S.DRAFT,),
            S.SIGNED_OFF,
            "awards.sign_off_dossier",
            guards=(needs_nominations, needs_complete_papers, needs_sound_quotas),
            effect=record_sign_off,
            audience=makers,
            confirm="Hồ sơ đã duyệt thì không sửa được nữa, trừ khi trả lại để sửa. Tiếp tục?",
        ),
        Transition(
            "unsign",
            "Trả lại để sửa",
            (S.SIGNED_OFF,),
            S.DRAFT,
            "awards.submit_dossier",
            audience=makers,
            primary=False,
        ),
        Transition(
            "submit",
            "Gửi hồ sơ",
            (S.SIGNED_OFF,),
            S.SUBMITTED,
            "awards.submit_dossier",
            guards=(needs_nominations, needs_complete_papers, needs_sound_quotas, needs_open_period),
            effect=record_sending,
            audience=standing_people,
            confirm="Hồ sơ sẽ được gửi đến cơ quan thường trực Hội đồng. Tiếp tục?",
        ),
        Transition(
            "recall",
            "Thu hồi hồ sơ",
            (S.SUBMITTED,),
            S.DRAFT,
            "awards.submit_dossier",
            reason_due=True,
            effect=record_return,
            audience=standing_people,
            primary=False,
        ),
        Transition(
            "receive",
            "Tiếp nhận hồ sơ",
            (S.SUBMITTED,),
            S.RECEIVED,
            "awards.receive_dossier",
            effect=record_receipt,
            audience=makers,
        ),
        Transition(
            "give_back",
            "Trả lại hồ sơ",
            (S.SUBMITTED, S.RECEIVED),
            S.DRAFT,
            "awards.receive_dossier",
            reason_due=True,
            effect=record_return,
            audience=makers,
            primary=False,
            offered=False,  # through awards.domain.appraising.return_dossier: the legal ground is due
        ),
        Transition(
            "ask_supplement",
            "Yêu cầu bổ sung",
            (S.RECEIVED,),
            S.SUPPLEMENT,
            "awards.appraise_dossier",
            audience=makers,
            offered=False,
        ),
        Transition(
            "answer_supplement",
            "Gửi bổ sung",
            (S.SUPPLEMENT,),
            S.RECEIVED,
            "awards.answer_supplements",
            guards=(needs_answers_to_supplements,),
            effect=record_supplied,
            audience=standing_people,
        ),
        Transition(
            "withdraw_supplement",
            "Rút yêu cầu bổ sung",
            (S.SUPPLEMENT,),
            S.RECEIVED,
            "awards.appraise_dossier",
            reason_due=True,
            audience=makers,
            offered=False,
        ),
        Transition(
            "appraise",
            "Kết thúc thẩm định",
            (S.RECEIVED,),
            S.APPRAISED,
            "awards.appraise_dossier",
            guards=(needs_all_appraised, needs_no_open_question, needs_no_open_matter),
            effect=record_appraised,
            audience=makers,
        ),
        Transition(
            "reopen",
            "Mở lại thẩm định",
            (S.APPRAISED,),
            S.RECEIVED,
            "awards.appraise_dossier",
            reason_due=True,
            audience=makers,
            primary=False,
        ),
        # What the council room does with it: through its agenda and its decisions, never by a button here.
        Transition(
            "put_in_session",
            "Đưa vào phiên họp Hội đồng",
            (S.APPRAISED,),
            S.IN_SESSION,
            "awards.decide_dossier",
            audience=makers,
            offered=False,
        ),
        Transition(
            "take_from_session",
            "Rút khỏi phiên họp Hội đồng",
            (S.IN_SESSION,),
            S.APPRAISED,
            "awards.decide_dossier",
            reason_due=True,
            audience=makers,
            offered=False,
        ),
        Transition(
            "conclude",
            "Kết thúc hồ sơ",
            (S.APPRAISED, S.IN_SESSION),
            S.CONCLUDED,
            "awards.decide_dossier",
            audience=makers,
            offered=False,
        ),
    )
)


N = NominationState
JUDGED = (N.PENDING, N.ELIGIBLE, N.INELIGIBLE, N.NEEDS_DECISION)
BEFORE_COUNCIL = (N.ELIGIBLE, N.NEEDS_DECISION)

NOMINATION = Lifecycle(
    (
        Transition("find_eligible", "Đủ điều kiện", JUDGED, N.ELIGIBLE, "awards.write_appraisal"),
        Transition(
            "find_ineligible", "Không đủ điều kiện", JUDGED, N.INELIGIBLE, "awards.write_appraisal", reason_due=True
        ),
        Transition(
            "find_needs_decision",
            "Cần Hội đồng xem xét",
            JUDGED,
            N.NEEDS_DECISION,
            "awards.write_appraisal",
            reason_due=True,
        ),
        Transition("reset", "Bỏ kết quả thẩm định", JUDGED, N.PENDING, "awards.write_appraisal", offered=False),
        Transition("approve", "Hội đồng thông qua", BEFORE_COUNCIL, N.PASSED, "awards.decide_dossier", offered=False),
        Transition(
            "decline",
            "Hội đồng không thông qua",
            BEFORE_COUNCIL,
            N.FAILED,
            "awards.decide_dossier",
            reason_due=True,
            offered=False,
        ),
        Transition(
            "reconsider",
            "Hội đồng xét lại",
            (N.PASSED, N.FAILED),
            N.NEEDS_DECISION,
            "awards.decide_dossier",
            reason_due=True,
            offered=False,
        ),
        Transition(
            "grant",
            "Có quyết định khen thưởng",
            (N.ELIGIBLE, N.PASSED),
            N.AWARDED,
            "awards.decide_dossier",
            offered=False,
        ),
        Transition(
            "refuse",
            "Không khen thưởng",
            (*BEFORE_COUNCIL, N.INELIGIBLE, N.PASSED, N.FAILED),
            N.REFUSED,
            "awards.decide_dossier",
            reason_due=True,
            offered=False,
        ),
    )
)

REGISTRATION = Lifecycle(
    (
        Transition(
            "send",
            "Gửi đăng ký",
            (RegistrationState.DRAFT,),
            RegistrationState.SENT,
            "awards.send_registration",
            effect=record_registration,
        ),
        Transition(
            "revise",
            "Rút về để sửa",
            (RegistrationState.SENT,),
            RegistrationState.DRAFT,
            "awards.send_registration",
            reason_due=True,
            primary=False,
        ),
    )
)
