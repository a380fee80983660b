"""Papers of the council's sessions and decisions, and the one way to make each."""

from collections.abc import Callable
from dataclasses import dataclass

from council.enums import DecisionKind, DecisionState, IssuerKind, SessionKind, SessionState
from council.models import CouncilSession, Decision
from reports.documents import (
    council_ballots,
    council_decision,
    council_invitation,
    council_materials,
    council_minutes,
    council_payments,
    council_submission,
)
from reports.documents.blocks import Paper
from reports.documents.council_decided import DecisionFacts, collect_decision
from reports.documents.council_session import SessionFacts, collect_session
from reports.documents.paper_data import paper_data
from reports.documents.pdf import paper_pdf

CALLED = frozenset({SessionState.CALLED, SessionState.OPEN, SessionState.CLOSED})
OVER = frozenset({SessionState.CLOSED})
BALLOT_MINUTES = "bien-ban-kiem-phieu"
REWARDS = frozenset({"amount", "formula"})  # of each name: for those who pay, not in the decision itself


@dataclass(frozen=True)
class SessionKindOfPaper:
    """One paper of a session. ``readers``: states in which those with a seat may read it beside the standing body."""

    kind: str
    title: str
    compose: Callable[[SessionFacts], Paper]
    readers: frozenset[SessionState] = frozenset()


@dataclass(frozen=True)
class DecisionKindOfPaper:
    """One paper of a decision; ``permission`` is due on it beside seeing it. ``offered``: whether there is one."""

    kind: str
    title: str
    compose: Callable[[DecisionFacts], Paper]
    xlsx: Callable[[DecisionFacts], bytes]
    xlsx_title: str
    offered: Callable[[Decision], bool]
    permission: str = ""
    sealed: bool = False  # its foot carries the decision's code


SESSION_KINDS: dict[str, SessionKindOfPaper] = {
    each.kind: each
    for each in (
        SessionKindOfPaper("giay-moi", "Giấy mời", council_invitation.compose, CALLED),
        SessionKindOfPaper("tai-lieu", "Tài liệu phiên họp", council_materials.compose, CALLED),
        SessionKindOfPaper("bien-ban", "Biên bản họp Hội đồng", council_minutes.compose, OVER),
        SessionKindOfPaper(BALLOT_MINUTES, "Biên bản kiểm phiếu", council_ballots.compose),
        SessionKindOfPaper("to-trinh", "Tờ trình đề nghị khen thưởng", council_submission.compose),
    )
}


def is_own(decision: Decision) -> bool:
    """The paper of a higher authority is not this office's to lay out: the signed one is attached."""
    return decision.issuer.kind != IssuerKind.STATE


def is_paid(decision: Decision) -> bool:
    """Rewards are fixed when an award decision is issued."""
    return decision.kind == DecisionKind.AWARD and decision.state != DecisionState.DRAFT


DECISION_KINDS: dict[str, DecisionKindOfPaper] = {
    each.kind: each
    for each in (
        DecisionKindOfPaper(
            "quyet-dinh",
            "Quyết định",
            council_decision.compose,
            council_decision.workbook,
            "Danh sách kèm theo Quyết định",
            offered=is_own,
            sealed=True,
        ),
        DecisionKindOfPaper(
            "chi-tien",
            "Danh sách chi tiền thưởng",
            council_payments.compose,
            council_payments.workbook,
            "Danh sách chi tiền thưởng",
            offered=is_paid,
            permission="council.pay_rewards",
        ),
    )
}


def session_title(kind: str, session: CouncilSession) -> str:
    """ "Giấy mời"; a round of written opinions has other minutes."""
    title = SESSION_KINDS[kind].title
    in_writing = kind == "bien-ban" and session.kind == SessionKind.WRITTEN
    return "Biên bản lấy ý kiến bằng văn bản" if in_writing else title


def session_paper(kind: str, session: CouncilSession) -> Paper:
    """One paper of ``session`` as data. Raises KeyError."""
    return SESSION_KINDS[kind].compose(collect_session(session))


def session_pdf(kind: str, session: CouncilSession) -> bytes:
    """The same as PDF; equal rows give equal bytes. Raises KeyError, FontsMissing."""
    return paper_pdf(session_paper(kind, session))


def ballot_paper(session: CouncilSession, ballot: int) -> Paper:
    """The count's minutes of one round alone."""
    return council_ballots.compose(collect_session(session), only=ballot)


def ballot_pdf(session: CouncilSession, ballot: int) -> bytes:
    """The same as PDF."""
    return paper_pdf(ballot_paper(session, ballot))


def decision_paper(kind: str, decision: Decision) -> tuple[Paper, str]:
    """One paper of ``decision`` as data, and the code at its foot ("" for a draft). Raises KeyError."""
    return archived_decision(kind, decision)[:2]


def archived_decision(kind: str, decision: Decision) -> tuple[Paper, str, bytes]:
    """The same, with the data that an issued decision carries in the archive (empty for others). Raises KeyError."""
    found, facts = DECISION_KINDS[kind], collect_decision(decision)
    code = facts.code if found.sealed else ""
    data = paper_data(kind, found.title, facts, without=REWARDS) if code else b""
    return found.compose(facts), code, data


def decision_pdf(kind: str, decision: Decision) -> bytes:
    """The same as PDF; equal rows give equal bytes. An issued decision is PDF/A-3u with its data attached.

    Raises KeyError, FontsMissing.
    """
    paper, code, data = archived_decision(kind, decision)
    return paper_pdf(paper, code=code, data=data)


def decision_xlsx(kind: str, decision: Decision) -> bytes:
    """Its table as a workbook. Raises KeyError."""
    return DECISION_KINDS[kind].xlsx(collect_decision(decision))
