"""One session at a time: whoever changes it holds its row, and has the right to."""

from django.core.exceptions import PermissionDenied

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from council.enums import SessionState
from council.models import CouncilSession

RUN = "council.run_session"


def locked_session(pk: int, *, actor: User | None, states: tuple[SessionState, ...] = ()) -> CouncilSession:
    """The row of the session, locked until the caller's transaction ends.

    Raises PermissionDenied unless ``actor`` runs it (None: a command), TransitionRefused outside ``states``.
    """
    row = CouncilSession.objects.select_for_update().get(pk=pk)
    if actor is not None and not actor.has_perm(RUN, row):
        raise PermissionDenied(RUN)
    if states and row.state not in states:
        raise TransitionRefused(
            f"Không thực hiện được khi phiên họp ở trạng thái «{row.get_state_display()}». Hãy tải lại trang."
        )
    return row
