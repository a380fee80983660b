"""Gathering members' texts into the bloc's review: appended by agency, nothing written is lost."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, Q, When

from accounts.domain.audit import record
from accounts.models import User
from blocs.models import BlocYear
from reports.domain.passages import LIMIT, PassageRefused, lock, passage_for_update, replace_text
from reports.enums import ReportState, ReviewKind, Section
from reports.models import AgencyReport, BlocReview, Passage

SENT = (ReportState.SIGNED_OFF, ReportState.RECEIVED)


@dataclass(frozen=True)
class MemberText:
    """What one agency wrote in one section of its report."""

    agency: str
    report_id: int
    paragraphs: list[str]

    @property
    def block(self) -> str:
        return "\n".join([f"{self.agency}:", *self.paragraphs])


@transaction.atomic
def open_report(bloc_year: BlocYear, agency_id: int, kind: str, *, actor: User) -> AgencyReport:
    """The agency's report of ``kind``: the one there is, or a new draft. Two at once make one."""
    report, created = AgencyReport.objects.get_or_create(bloc_year=bloc_year, agency_id=agency_id, kind=kind)
    if created:
        record_opening(report, actor)
    return report


@transaction.atomic
def open_review(bloc_year: BlocYear, kind: str, *, actor: User) -> BlocReview:
    """The bloc's review of ``kind``: the one there is, or a new draft. Two at once make one."""
    review, created = BlocReview.objects.get_or_create(bloc_year=bloc_year, kind=kind)
    if created:
        record_opening(review, actor)
    return review


def record_opening(row: AgencyReport | BlocReview, actor: User) -> None:
    record(row, "Mở báo cáo để soạn", actor=actor, after={"state": row.state})


def member_texts(bloc_year: BlocYear, kind: str) -> dict[str, list[MemberText]]:
    """Texts of reports that were sent, by section, members in their order. Three queries at most."""
    order = list(bloc_year.memberships.in_order().values_list("agency", flat=True))
    place = Case(*[When(report__agency=pk, then=number) for number, pk in enumerate(order)], default=len(order))
    rows = (
        Passage.objects.filter(report__bloc_year=bloc_year, report__kind=kind, report__state__in=SENT)
        .filter(~Q(text=""))
        .select_related("report__agency")
        .order_by(place, "report")
    )
    found: dict[str, list[MemberText]] = {section: [] for section in Section.values}
    for row in rows:
        if row.report is not None and row.paragraphs:
            found[row.section].append(MemberText(row.report.agency.name, row.report.pk, row.paragraphs))
    return found


@transaction.atomic
def compile_section(review: BlocReview, section: str, *, actor: User) -> tuple[Passage, list[str]]:
    """Append each member's sent text of ``section`` under its agency's name.

    Texts that stand in the section word for word already are left out, so that a second click
    adds nothing. Answers the passage and the agencies that were added. Raises PassageRefused
    with a sentence when there is nothing to add or the section would be too long.
    """
    lock(review, actor)
    passage = passage_for_update(review, section)
    texts = member_texts(review.bloc_year, ReviewKind(review.kind))[section]
    new = [each for each in texts if each.block not in passage.text]
    if not new:
        raise PassageRefused(nothing_to_add(texts))
    text = "\n\n".join([part for part in [passage.text.rstrip()] if part] + [each.block for each in new])
    if len(text) > LIMIT:
        raise PassageRefused(
            f"Ghép thêm thì mục này dài {len(text)} ký tự, vượt giới hạn {LIMIT} ký tự. "
            "Hãy rút gọn nội dung đang có rồi tổng hợp lại; chưa có gì thay đổi."
        )
    names = [each.agency for each in new]
    replace_text(review, passage, text, actor=actor, action=f"Tổng hợp mục «{passage.label}»")
    return passage, names


def nothing_to_add(texts: list[MemberText]) -> str:
    if texts:
        return "Nội dung các đơn vị gửi đã có đủ trong mục này, không có gì để ghép thêm."
    return "Chưa có đơn vị nào gửi báo cáo có nội dung ở mục này. Hãy nhắc các đơn vị ở trang Báo cáo, văn bản."
