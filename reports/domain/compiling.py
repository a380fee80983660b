"""Gathering members' texts into the bloc's review: merged by agency, nothing written is lost or changed silently."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, When

from accounts.domain.audit import record
from accounts.models import User
from blocs.models import BlocYear
from reports.documents.rich_text import Piece, parse
from reports.domain.differences import Line, differences
from reports.domain.passages import LIMIT, PassageRefused, lock, passage_for_update, replace_text
from reports.enums import ReportState, ReviewKind, Section
from reports.models import AgencyReport, BlocReview, Passage

SENT = (ReportState.SIGNED_OFF, ReportState.RECEIVED)
NEW, MERGED, REWORKED, CHANGED = "new", "merged", "reworked", "changed"


@dataclass(frozen=True)
class MemberText:
    """What one agency wrote in one section of its report, and how it stands to the review.

    ``status``: "new" (not merged), "merged" (stands in the section word for word), "reworked" (merged, then edited by
    the secretariat), "changed" (the agency has changed it since it was merged: ``lines`` say what).
    """

    agency: str
    report_id: int
    paragraphs: list[str]
    code: str = ""
    body: str = ""
    status: str = NEW
    lines: tuple[Line, ...] = ()
    in_place: bool = False  # the text that was merged still stands there word for word

    @property
    def block(self) -> str:
        return block_of(self.agency, self.body)

    @property
    def pieces(self) -> list[Piece]:
        return parse(self.body)


def block_of(agency: str, body: str) -> str:
    return f"{agency}:\n{body}"


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
    """Texts of reports that were sent, by the review's sections, members in their order. Three queries at most.

    Sections that only a round's outline has do not feed the review.
    """
    order = list(bloc_year.memberships.in_order().values_list("agency", flat=True))
    place = Case(*[When(report__agency=pk, then=number) for number, pk in enumerate(order)], default=len(order))
    rows = (
        Passage.objects.filter(report__bloc_year=bloc_year, report__kind=kind, report__state__in=SENT)
        .filter(~Q(text=""), section__in=Section.values)
        .select_related("report__agency")
        .order_by(place, "report")
    )
    found: dict[str, list[MemberText]] = {section: [] for section in Section.values}
    for row in rows:
        if row.report is not None and row.paragraphs:
            agency = row.report.agency
            body = "\n".join(line.strip() for line in row.text.strip().splitlines())
            found[row.section].append(MemberText(agency.name, row.report.pk, row.paragraphs, agency.code, body))
    return found


def told_texts(review: BlocReview) -> dict[str, list[MemberText]]:
    """``member_texts`` of the review's round, each with its status. One query more."""
    written = {row.section: row.text for row in review.passages.all()}
    found = member_texts(review.bloc_year, ReviewKind(review.kind))
    return {key: told(review, key, texts, written.get(key, "")) for key, texts in found.items()}


def told(review: BlocReview, section: str, texts: Iterable[MemberText], written: str) -> list[MemberText]:
    merged = merged_in(review, section)
    return [with_status(each, written, merged.get(each.code)) for each in texts]


def merged_in(review: BlocReview, section: str) -> dict[str, str]:
    """What was merged into ``section`` last, by the agency's code."""
    found: dict[str, str] = review.compiled.get("merged", {}).get(section, {})
    return found


def with_status(text: MemberText, written: str, merged: str | None) -> MemberText:
    if stands_in(text.block, written):
        return replace(text, status=MERGED)
    if merged is None:
        return text
    if merged == text.body:
        return replace(text, status=REWORKED)
    lines = tuple(differences(merged, text.body))
    return replace(text, status=CHANGED, lines=lines, in_place=stands_in(block_of(text.agency, merged), written))


def stands_in(block: str, written: str) -> bool:
    """Whether whole lines of ``written`` are ``block``."""
    return f"\n{block}\n" in f"\n{written}\n"


def withdrawn(review: BlocReview, section: str, texts: Iterable[MemberText]) -> list[str]:
    """Codes of agencies whose merged text is no longer sent: their report was returned to them."""
    return sorted(merged_in(review, section).keys() - {each.code for each in texts})


@transaction.atomic
def compile_section(review: BlocReview, section: str, *, actor: User) -> tuple[Passage, list[str]]:
    """Append each member's sent text of ``section`` that was not merged yet under its agency's name.

    What was merged once is not added again, however it was edited since. Answers the passage and the agencies that
    were added. Raises PassageRefused with a sentence when there is nothing to add or the section would be too long.
    """
    lock(review, actor)
    passage, texts = section_for_update(review, section)
    new = [each for each in texts if each.status == NEW]
    if not new:
        raise PassageRefused(nothing_to_add(texts))
    text = "\n\n".join([part for part in [passage.text.rstrip()] if part] + [each.block for each in new])
    refuse_too_long(text)
    replace_text(review, passage, text, actor=actor, action=f"Tổng hợp mục «{passage.label}»")
    remember(review, section, new)
    return passage, [each.agency for each in new]


@transaction.atomic
def take_over(review: BlocReview, section: str, code: str, *, actor: User) -> Passage:
    """The text that the agency ``code`` has changed since it was merged, in the place of the old one.

    Where the secretariat has edited the old one it stays, and the new one is appended. Raises PassageRefused.
    """
    lock(review, actor)
    passage, texts = section_for_update(review, section)
    found = next((each for each in texts if each.code == code and each.status == CHANGED), None)
    if found is None:
        raise PassageRefused("Nội dung của đơn vị này không còn gì khác để lấy. Hãy tải lại trang.")
    if found.in_place:
        old = block_of(found.agency, merged_in(review, section)[code])
        text = f"\n{passage.text}\n".replace(f"\n{old}\n", f"\n{found.block}\n", 1)[1:-1]
    else:
        text = f"{passage.text.rstrip()}\n\n{found.block}".lstrip()
    refuse_too_long(text)
    action = f"Lấy nội dung mới của {found.agency} vào mục «{passage.label}»"
    replace_text(review, passage, text, actor=actor, action=action)
    remember(review, section, [found])
    return passage


def section_for_update(review: BlocReview, section: str) -> tuple[Passage, list[MemberText]]:
    """The passage and the members' texts for it. The review is locked: what was merged is read afresh."""
    review.refresh_from_db(fields=["compiled"])
    passage = passage_for_update(review, section)
    texts = member_texts(review.bloc_year, ReviewKind(review.kind))[section]
    return passage, told(review, section, texts, passage.text)


def remember(review: BlocReview, section: str, texts: Iterable[MemberText]) -> None:
    """Keep what was merged, to tell later what the agencies have changed."""
    merged: dict[str, Any] = review.compiled.setdefault("merged", {}).setdefault(section, {})
    merged |= {each.code: each.body for each in texts}
    review.save(update_fields=["compiled"])


def refuse_too_long(text: str) -> None:
    if len(text) > LIMIT:
        raise PassageRefused(
            f"Ghép thêm thì mục này dài {len(text)} ký tự, vượt giới hạn {LIMIT} ký tự. "
            "Hãy rút gọn nội dung đang có rồi tổng hợp lại; chưa có gì thay đổi."
        )


def nothing_to_add(texts: list[MemberText]) -> str:
    if any(each.status == CHANGED for each in texts):
        return "Các đơn vị gửi đều đã được ghép; đơn vị có sửa thì xem khác biệt và lấy nội dung mới ở từng đơn vị."
    if texts:
        return "Nội dung các đơn vị gửi đã có đủ trong mục này, không có gì để ghép thêm."
    return "Chưa có đơn vị nào gửi báo cáo có nội dung ở mục này. Hãy nhắc các đơn vị ở trang Báo cáo, văn bản."
