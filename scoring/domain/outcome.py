"""The bloc's proposals, and what in them departs from scores, quotas and deadlines.

A proposal is not an award. Rules: domain.md C5.1 (a departure from the score order needs a
reason), B5 Q3 (quotas of a bloc-year), C5.4 (disqualification); one unit never gets both flags.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import models, transaction
from django.utils import timezone

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.enums import FLAGS, Award
from blocs.models import Agency, BlocYear, Quota
from scoring.domain.departures import CERTIFICATES, held_awards, passed_over, satisfied
from scoring.domain.ranking import Standing, standings
from scoring.models import Disqualification, Proposal, ScoreSheet


@transaction.atomic
def propose(bloc_year: BlocYear, *, award: str, agency: Agency, reason: str = "", actor: User | None) -> Proposal:
    """Propose ``award`` for a member, last in order; audited on the proposal.

    TransitionRefused with a sentence: not a member, proposed already, the other flag proposed, a
    disqualified unit for a flag, or for a certificate where its ground says so; or no ``reason``
    where a quota or the score order is passed.
    """
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    refuse_impossible(bloc_year, award, agency)
    reason = reason.strip()
    for objection in (over_quota(bloc_year, award), out_of_order(bloc_year, award, agency)):
        if objection and not reason:
            raise TransitionRefused(f"{objection} Hãy ghi lý do.")
    top = Proposal.objects.filter(bloc_year=bloc_year).aggregate(top=models.Max("position"))["top"]
    proposal = Proposal.objects.create(
        bloc_year=bloc_year, award=award, agency=agency, reason=reason, position=0 if top is None else top + 1
    )
    after = {"award": proposal.award, "agency": agency.code}
    audit.record(proposal, "Đề nghị khen thưởng", actor=actor, after=after, reason=reason)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, reason: str, actor: User | None) -> None:
    """Take a proposal back; a reason is due; its history keeps it."""
    BlocYear.objects.select_for_update().get(pk=proposal.bloc_year_id)
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do rút đề nghị.")
    row = Proposal.objects.filter(pk=proposal.pk).select_related("agency").first()
    if row is None:
        raise TransitionRefused("Đề nghị này đã được rút. Hãy tải lại trang.")
    before = {"award": row.award, "agency": row.agency.code, "reason": row.reason}
    audit.record(row, "Rút đề nghị khen thưởng", actor=actor, before=before, reason=reason.strip())
    row.delete()


def refuse_impossible(bloc_year: BlocYear, award: str, agency: Agency) -> None:
    """TransitionRefused where no reason could help."""
    if award not in Award.values:
        raise TransitionRefused("Hình thức khen thưởng này không có trong danh mục. Hãy chọn lại.")
    if not bloc_year.memberships.filter(agency=agency).exists():
        raise TransitionRefused(f"{agency.label} không phải thành viên của khối trong năm nên không đề nghị được.")
    held = set(Proposal.objects.filter(bloc_year=bloc_year, agency=agency).values_list("award", flat=True))
    if award in held:
        raise TransitionRefused(f"{agency.label} đã được đề nghị hình thức này.")
    if award in FLAGS and held & {*FLAGS}:
        raise TransitionRefused(
            f"{agency.label} đã được đề nghị một Cờ thi đua. Một đơn vị không được đề nghị đồng thời "
            "Cờ thi đua của Chính phủ và của tỉnh; hãy rút đề nghị kia trước."
        )
    refuse_barred(bloc_year, award, agency)


def refuse_barred(bloc_year: BlocYear, award: str, agency: Agency) -> None:
    """TransitionRefused for a flag with any ground, for a certificate with one that says so (domain.md C5.4)."""
    grounds = Disqualification.objects.filter(sheet__bloc_year=bloc_year, sheet__agency=agency)
    if award in FLAGS and grounds.exists():
        raise TransitionRefused(f"{agency.label} thuộc trường hợp không xét nên không được đề nghị Cờ thi đua.")
    if award in CERTIFICATES and (ground := grounds.filter(bars_certificates=True).first()) is not None:
        raise TransitionRefused(
            f"{agency.label} thuộc trường hợp không xét bằng khen, giấy khen nên không được đề nghị "
            f"{Award(award).label}: {ground.reason}"
        )


def over_quota(bloc_year: BlocYear, award: str) -> str:
    """The sentence that one more ``award`` passes the bloc's quota, or ""."""
    quota = Quota.objects.filter(bloc_year=bloc_year, award=award).first()
    count = Proposal.objects.filter(bloc_year=bloc_year, award=award).count()
    if quota is None or count < quota.limit:
        return ""
    return f"Khối chỉ được đề nghị {quota.limit} {Award(award).label}."


def out_of_order(bloc_year: BlocYear, award: str, agency: Agency) -> str:
    """The sentence that better ranked units are passed over, or "" (without a ranking too).

    Passed over is who has no flag; by a certificate, who has no proposal at all.
    """
    if award not in (*FLAGS, *CERTIFICATES):
        return ""
    held = held_awards(Proposal.objects.filter(bloc_year=bloc_year).values_list("agency_id", "award"))
    return departure(award, agency, passed_over(standings(bloc_year), agency.pk, satisfied(award, held)))


def departure(award: str, agency: Agency, passed: Sequence[Agency]) -> str:
    if not passed:
        return ""
    names = ", ".join(each.label for each in passed)
    what, missing = ("Cờ thi đua", "") if award in FLAGS else (Award(award).label, " hình thức nào")
    return f"{agency.label} được đề nghị {what} trong khi đơn vị xếp hạng cao hơn chưa được đề nghị{missing}: {names}."


def warnings(bloc_year: BlocYear, *, rows: Sequence[Standing] | None = None) -> list[str]:
    """Sentences on order, quota, disqualification, lateness and scores, in a fixed order.

    ``rows`` is the ranking where it was computed already. Without one nothing is said about order
    or missing scores.
    """
    rows = standings(bloc_year) if rows is None else rows
    proposals = list(Proposal.objects.filter(bloc_year=bloc_year).select_related("agency").order_by("position", "pk"))
    return [
        *order_warnings(rows, proposals),
        *quota_warnings(bloc_year, proposals),
        *disqualified_warnings(bloc_year, proposals),
        *late_warnings(bloc_year),
        *score_warnings(bloc_year, rows),
    ]


def order_warnings(rows: Sequence[Standing], proposals: Sequence[Proposal]) -> Iterator[str]:
    held = held_awards((proposal.agency_id, proposal.award) for proposal in proposals)
    for proposal in proposals:
        passed = passed_over(rows, proposal.agency_id, satisfied(proposal.award, held))
        if sentence := departure(proposal.award, proposal.agency, passed):
            yield with_reason(sentence, proposal.reason)


def with_reason(sentence: str, reason: str) -> str:
    return f"{sentence} Lý do: {reason.strip().rstrip('.')}." if reason.strip() else sentence


def quota_warnings(bloc_year: BlocYear, proposals: Sequence[Proposal]) -> Iterator[str]:
    counts = Counter(proposal.award for proposal in proposals)
    for quota in Quota.objects.filter(bloc_year=bloc_year).order_by("award"):
        if counts[quota.award] > quota.limit:
            yield (
                f"Khối đề nghị {counts[quota.award]} {quota.get_award_display()}, "
                f"vượt số lượng được phân bổ là {quota.limit}."
            )


def disqualified_warnings(bloc_year: BlocYear, proposals: Sequence[Proposal]) -> Iterator[str]:
    grounds: dict[int, list[str]] = {}
    for ground in Disqualification.objects.filter(sheet__bloc_year=bloc_year).select_related("sheet").order_by("pk"):
        grounds.setdefault(ground.sheet.agency_id, []).append(ground.reason.rstrip("."))
    for proposal in proposals:
        if proposal.award in FLAGS and proposal.agency_id in grounds:
            why = "; ".join(grounds[proposal.agency_id])
            yield f"{proposal.agency.label} được đề nghị {proposal.get_award_display()} dù thuộc diện không xét: {why}."


def late_warnings(bloc_year: BlocYear) -> Iterator[str]:
    """Sheets sent after the day ``scores_due``, Vietnamese time."""
    if bloc_year.scores_due is None:
        return
    sheets = ScoreSheet.objects.filter(bloc_year=bloc_year, submitted_at__isnull=False)
    for sheet in sheets.select_related("agency").order_by("agency__sort_key", "pk"):
        if sheet.submitted_at is None:
            continue
        sent = timezone.localtime(sheet.submitted_at).date()
        if (days := (sent - bloc_year.scores_due).days) > 0:
            yield f"{sheet.agency.label} gửi phiếu chấm điểm ngày {sent:%d/%m/%Y}, chậm {days} ngày."


def score_warnings(bloc_year: BlocYear, rows: Sequence[Standing]) -> Iterator[str]:
    if not rows:
        return
    for row in rows:
        if row.missing:
            yield f"{row.agency.label} còn thiếu điểm ở các tiêu chí: {', '.join(row.missing)}."
    provisional = [row.agency.label for row in rows if row.provisional]
    if provisional:
        yield f"Điểm còn tạm tính, chưa được thẩm định hết: {', '.join(provisional)}."
    sent = [row.agency.pk for row in rows]
    waiting = bloc_year.memberships.exclude(agency__in=sent).select_related("agency").in_order()
    names = [member.agency.label for member in waiting]
    if names:
        yield f"Chưa gửi phiếu chấm điểm: {', '.join(names)}."
