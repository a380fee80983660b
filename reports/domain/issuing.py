"""Issuing: a paper gets its number, day, code and hash, and never changes again."""

import hashlib
import secrets
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.domain import audit
from accounts.models import User
from awards.domain.bloc_papers import hand_to_draft
from blocs.enums import Role
from blocs.models import Agency, BlocYear
from khoithidua.web.text import tidy
from reports.documents import families
from reports.documents.bloc import IssueFacts
from reports.documents.registry import KINDS, paper_and_pdf
from reports.documents.words import full_number
from reports.domain.minutes import BALLOT_MINUTES, unwitnessed
from reports.domain.readiness import HELD_BACK, missing_for
from reports.domain.workflow import BLOC_REVIEW
from reports.enums import ReviewKind
from reports.models import BlocReview, IssuedDocument

REVIEW_KINDS = {ReviewKind.MID_YEAR.value: "mid-year-review", ReviewKind.ANNUAL.value: "annual-review"}
HIGHEST_NUMBER = 99_999


class IssueRefused(Exception):
    """The paper cannot be issued so; the message is a sentence for the person who tried."""


class DamagedFile(Exception):
    """The stored file is gone or no longer the one that was issued."""


def issue_document(
    kind: str,
    bloc_year: BlocYear,
    *,
    actor: User,
    number: int | None,
    issued_on: date,
    signer_name: str,
    signer_title: str,
    subject: str = "",
) -> IssuedDocument:
    """Issue one paper of ``bloc_year`` on the head agency's letterhead; a review goes by ``issue_review``.

    ``number`` None takes the next free one of issuer, year and symbol; ``subject`` is what a paper of several
    is about. One transaction: when anything fails, no row and no file is left. Raises PermissionDenied, or
    IssueRefused with a sentence.
    """
    if kind in REVIEW_KINDS.values():
        raise IssueRefused("Báo cáo của khối được ban hành từ trang báo cáo, sau khi đã duyệt.")
    if not actor.has_perm("reports.issue", bloc_year):
        raise PermissionDenied("reports.issue")
    if kind == BALLOT_MINUTES and (objection := unwitnessed(bloc_year)):
        raise IssueRefused(objection)
    if kind in HELD_BACK and (missing := missing_for(bloc_year, kind)):
        raise IssueRefused(f"{missing.sentence} Hãy ghi nhận trước rồi ban hành.")
    return issue(
        kind,
        bloc_year,
        actor=actor,
        number=number,
        issued_on=issued_on,
        signer_name=signer_name,
        signer_title=signer_title,
        subject=subject,
    )


@transaction.atomic
def issue_review(
    review: BlocReview,
    *,
    actor: User,
    number: int | None,
    issued_on: date,
    signer_name: str,
    signer_title: str,
) -> IssuedDocument:
    """Issue an approved review: the lifecycle's step and the paper in one transaction.

    Raises PermissionDenied, TransitionRefused or IssueRefused; then nothing has changed.
    """
    BLOC_REVIEW.perform(review, "issue", actor=actor)
    return issue(
        REVIEW_KINDS[review.kind],
        review.bloc_year,
        actor=actor,
        number=number,
        issued_on=issued_on,
        signer_name=signer_name,
        signer_title=signer_title,
    )


@transaction.atomic
def issue(
    kind: str,
    bloc_year: BlocYear,
    *,
    actor: User,
    number: int | None,
    issued_on: date,
    signer_name: str,
    signer_title: str,
    subject: str = "",
) -> IssuedDocument:
    """The act itself; who may do it has been checked."""
    refuse_wrong_input(kind, number, issued_on, signer_name, signer_title)
    issuer = locked_issuer(bloc_year)
    symbol = symbol_for(kind, issuer)
    document = IssuedDocument(
        kind=kind,
        bloc_year=bloc_year,
        issuer=issuer,
        number=free_number(issuer, symbol, issued_on.year, number),
        symbol=symbol,
        issued_on=issued_on,
        issued_year=issued_on.year,
        signer_name=tidy(signer_name),
        signer_title=tidy(signer_title),
        code=secrets.token_urlsafe(16),
        issued_by=actor,
    )
    content = rendered(document, subject)
    document.sha256 = hashlib.sha256(content).hexdigest()
    stored = default_storage.save(f"issued/{secrets.token_hex(16)}.pdf", ContentFile(content))
    document.file.name = stored
    try:
        with transaction.atomic():
            document.save(force_insert=True)
            audit.record(document, "Ban hành văn bản", actor=actor, after=issued_facts(document))
            hand_to_draft(bloc_year, actor=actor)
    except BaseException:
        default_storage.delete(stored)
        raise
    return document


def refuse_wrong_input(kind: str, number: int | None, issued_on: date, signer_name: str, signer_title: str) -> None:
    if kind not in KINDS or not KINDS[kind].abbreviation:
        raise IssueRefused("Loại văn bản này không lấy số nên không ban hành qua sổ văn bản. Hãy in và ký trực tiếp.")
    if number is not None and not 1 <= number <= HIGHEST_NUMBER:
        raise IssueRefused("Số văn bản phải là số nguyên từ 1 trở lên. Hãy để trống để lấy số tiếp theo.")
    if issued_on > timezone.localdate():
        raise IssueRefused("Ngày ban hành không được ở tương lai. Hãy chọn ngày hôm nay hoặc trước đó.")
    if not tidy(signer_name) or not tidy(signer_title):
        raise IssueRefused("Hãy ghi họ tên và chức vụ của người ký.")


def locked_issuer(bloc_year: BlocYear) -> Agency:
    """The head agency, its row locked: two papers of one issuer take their numbers one after the other."""
    head = bloc_year.memberships.filter(role=Role.HEAD).values("agency")
    issuer = Agency.objects.select_for_update().filter(pk__in=head).first()
    if issuer is None:
        raise IssueRefused("Khối chưa có trưởng khối nên chưa ban hành được văn bản. Hãy chọn trưởng khối trước.")
    return issuer


def symbol_for(kind: str, issuer: Agency) -> str:
    if not issuer.symbol:
        raise IssueRefused(
            f"{issuer.name} chưa có chữ viết tắt trong ký hiệu văn bản. "
            "Hãy nhờ Thường trực Hội đồng bổ sung ở trang Đơn vị rồi ban hành lại."
        )
    return families.symbol(KINDS[kind].abbreviation, issuer.symbol, issuer.kind)


def next_number(issuer: Agency, symbol: str, year: int) -> int:
    """What an empty number would take now: the one after the highest of the series; 1 opens a year."""
    taken = IssuedDocument.objects.filter(issuer=issuer, issued_year=year, symbol=symbol)
    highest: int | None = taken.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def free_number(issuer: Agency, symbol: str, year: int, wanted: int | None) -> int:
    """``wanted`` if nobody has it, or the one after the highest; 1 opens a year."""
    if wanted is None:
        return next_number(issuer, symbol, year)
    taken = IssuedDocument.objects.filter(issuer=issuer, issued_year=year, symbol=symbol)
    if taken.filter(number=wanted).exists():
        raise IssueRefused(
            f"Số {full_number(wanted, symbol)} đã được dùng trong năm {year}. "
            "Hãy chọn số khác hoặc để trống để lấy số tiếp theo."
        )
    return wanted


def rendered(document: IssuedDocument, subject: str) -> bytes:
    """The PDF/A of ``document`` with its data; its title is taken from the paper."""
    facts = IssueFacts(
        number=document.number,
        issued_on=document.issued_on,
        signer_name=document.signer_name,
        signer_title=document.signer_title,
        code=document.code,
    )
    paper, content = paper_and_pdf(document.kind, document.bloc_year, issue=facts, subject=subject)
    document.title = paper.name[:500]
    return content


def issued_facts(document: IssuedDocument) -> dict[str, str]:
    return {
        "number": document.full_number,
        "issued_on": document.issued_on.isoformat(),
        "signer": f"{document.signer_title} {document.signer_name}",
        "sha256": document.sha256,
    }


def verify(code: str) -> IssuedDocument | None:
    """The paper with this verification code, for everybody; None when there is none."""
    return IssuedDocument.objects.select_related("issuer", "bloc_year__bloc__council").filter(code=code).first()


def read_issued(document: IssuedDocument) -> bytes:
    """The stored file, byte for byte as it was issued. Raises DamagedFile when it is not.

    The caller has checked who may read it.
    """
    if not document.file:
        raise DamagedFile(
            "Văn bản này được nhập từ tệp năm, chưa có tệp gốc trong hệ thống. Hãy nhập tệp lưu trữ (ZIP) của năm đó."
        )
    try:
        with default_storage.open(str(document.file.name)) as file:
            content: bytes = file.read()
    except OSError as error:
        raise DamagedFile(
            "Không đọc được tệp của văn bản này. Hãy báo quản trị viên khôi phục từ bản sao lưu."
        ) from error
    if not secrets.compare_digest(hashlib.sha256(content).hexdigest(), document.sha256):
        raise DamagedFile(
            "Tệp lưu trữ không còn đúng với văn bản đã ban hành. Hãy báo quản trị viên khôi phục từ bản sao lưu."
        )
    return content
