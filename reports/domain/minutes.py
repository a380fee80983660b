"""Minutes of counts: who must be named before they are issued, and what they fix once they are."""

from django.utils import timezone

from blocs.models import BlocYear
from reports.models import IssuedDocument
from scoring.domain.polling.committee import fixes_committee
from scoring.enums import PollChannel, PollMode, PollState
from scoring.models import Poll

BALLOT_MINUTES = "ballot-minutes"
CHAIR_TITLE = "Trưởng Ban kiểm phiếu"


@fixes_committee
def named_in_issued_minutes(poll: Poll) -> str:
    """A committee that issued minutes name; one that was missing may still be added."""
    if poll.state != PollState.CLOSED or not poll.committee or poll.closed_on is None:
        return ""
    minutes = IssuedDocument.objects.filter(bloc_year=poll.bloc_year_id, kind=BALLOT_MINUTES)
    issued = [row for row in minutes if timezone.localdate(row.issued_at) >= poll.closed_on]
    if not issued:
        return ""
    return f"Biên bản kiểm phiếu số {issued[0]} đã ban hành nên không sửa Ban kiểm phiếu được nữa."


def unwitnessed(bloc_year: BlocYear) -> str:
    """The sentence that an electronic ballot names nobody who counted or witnessed it, and where to add it; or ""."""
    secret = Poll.objects.counted().filter(bloc_year=bloc_year, mode=PollMode.SECRET, channel=PollChannel.ELECTRONIC)
    silent = [str(poll) for poll in secret if not poll.committee]
    if not silent:
        return ""
    return (
        f"Chưa ghi Ban kiểm phiếu hoặc người chứng kiến của: {'; '.join(silent)}. Hãy vào thẻ Bỏ phiếu, mở cuộc bỏ "
        "phiếu đó, bấm «Ghi Ban kiểm phiếu» rồi ban hành lại."
    )


def chair_of_count(bloc_year: BlocYear) -> str:
    """The chair of the first count that names one, who signs the minutes; "" where nobody is named."""
    rows = Poll.objects.counted().filter(bloc_year=bloc_year, mode=PollMode.SECRET)
    names = (
        str(row.committee[0].get("name", "")) for row in rows.order_by("purpose", "award", "round") if row.committee
    )
    return next(names, "")
