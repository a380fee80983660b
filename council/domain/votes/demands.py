"""What a vote of this council needs: the decrees first, then the province's own setting, else nothing is known."""

from datetime import date

from django.db.models import Q

from awards.law.votes import PROVINCE, Demand, national_demand, silence
from awards.models import AwardForm
from awards.tables.catalogue import in_period
from council.enums import AbsentMode, VoteMode
from council.models import Practice, VoteSetting


def demand_of(council_id: int, award: AwardForm, on: date, received: date | None = None) -> Demand | None:
    """The demand for ``award`` in a session on ``on``; None: nobody has set it. One query where the law is silent.

    ``received``: the day whose law the dossier follows (awards.domain.law_days). A setting that names the award
    goes before one for all others; of two, the later. Its secret mode makes the ballot obligatory.
    """
    found = national_demand(award.code, on, received)
    if found is not None:
        return found
    rows = VoteSetting.objects.filter(in_period(on), Q(award=award) | Q(award=None), council=council_id)
    row = max(rows, key=lambda each: (each.award_id is not None, each.valid_from or date.min, each.pk), default=None)
    if row is None:
        return None
    return Demand(
        percent=row.percent,
        more_than=row.more_than,
        base=row.base,
        ballot_required=row.mode == VoteMode.SECRET,
        written_allowed=None,
        citation=row.legal_basis,
        source=PROVINCE,
    )


def demand_missing(award: AwardForm, on: date, received: date | None = None) -> str:
    """Why no vote on ``award`` can be prepared, and where to set what is missing."""
    return (
        f"Chưa có tỷ lệ phiếu cho {award.name} vào ngày {on:%d/%m/%Y}: {silence(award.code, on, received)}. "
        "Hãy ghi tỷ lệ kèm căn cứ ở trang Hội đồng, mục Quy chế, rồi chuẩn bị lại."
    )


def written_counts(demand: Demand, practice: Practice) -> bool:
    """Whether absentees send their opinion in writing: as the decree says, else as the council's own rules do."""
    if demand.written_allowed is not None:
        return demand.written_allowed
    return practice.absent == AbsentMode.WRITTEN
