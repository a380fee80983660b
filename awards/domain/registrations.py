"""Registering what an agency aims at: opened, filled line by line or many at once, copied, sent, taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.workflow import REGISTRATION
from awards.enums import RegistrationState, SubjectKind
from awards.models import AwardForm, Registration, RegistrationLine, Subject
from blocs.models import Agency
from blocs.tables.access import access_of
from khoithidua.web.text import search_key

FIRST_YEAR = 2017
CLOSED = "Đăng ký đã gửi. Lãnh đạo cần rút về để sửa, kèm lý do, rồi mới thay đổi được."


@transaction.atomic
def open_registration(agency: Agency, *, year: int, today: date, actor: User) -> Registration:
    """The registration of ``agency`` for ``year``, made when there is none: two clicks make one.

    TransitionRefused for a year that is not near: from 2017 to next year.
    """
    if not FIRST_YEAR <= year <= today.year + 1:
        raise TransitionRefused(f"Chỉ lập đăng ký thi đua cho các năm từ {FIRST_YEAR} đến {today.year + 1}.")
    row, made = Registration.objects.get_or_create(agency=agency, year=year)
    if made:
        audit.record(row, "Lập đăng ký thi đua", actor=actor, after={"year": year})
    return row


@dataclass(frozen=True)
class Added:
    """What adding many at once did: how many lines were made, and who was there already."""

    made: int
    known: int


@transaction.atomic
def add_lines(
    registration: Registration, *, award: AwardForm, subjects: Iterable[Subject], note: str, actor: User
) -> Added:
    """Register ``award`` for each of ``subjects``; those that have it already are passed over.

    TransitionRefused when it was sent, when a subject is another agency's or merged away, or when the award is not
    for its kind. Constant number of queries.
    """
    row = drafted(registration)
    chosen = {subject.pk: subject for subject in subjects}
    for subject in chosen.values():
        refuse_unfit(row, award, subject)
    known = set(row.lines.filter(award=award, subject__in=chosen).values_list("subject", flat=True))
    missing = [subject for pk, subject in chosen.items() if pk not in known]
    lines = [RegistrationLine(registration=row, subject=subject, award=award, note=note) for subject in missing]
    RegistrationLine.objects.bulk_create(lines)
    if missing:
        names = [subject.name for subject in missing]
        touch(row)
        audit.record(row, f"Thêm đăng ký «{award}»", actor=actor, after={"đối tượng": names})
    return Added(len(missing), len(known))


def refuse_unfit(registration: Registration, award: AwardForm, subject: Subject) -> None:
    if subject.agency_id != registration.agency_id or subject.merged_into_id is not None:
        raise TransitionRefused(f"«{subject}» không thuộc đơn vị đăng ký. Hãy chọn trong danh sách của đơn vị.")
    if not award.active:
        raise TransitionRefused(f"«{award}» không còn dùng để đăng ký. Hãy chọn hình thức khác.")
    if not award.takes(subject.kind):
        kind = subject.get_kind_display().lower()
        raise TransitionRefused(f"«{award}» không tặng cho {kind} ({subject}). Hãy chọn hình thức khác.")


@transaction.atomic
def remove_line(line: RegistrationLine, *, actor: User) -> None:
    """Take one line out of a registration that is not sent. TransitionRefused when it was sent."""
    row = drafted(line.registration)
    before = {"đối tượng": line.subject.name}
    audit.record(row, f"Bỏ đăng ký «{line.award}»", actor=actor, before=before)
    line.delete()
    touch(row)


@transaction.atomic
def copy_last_year(registration: Registration, *, actor: User) -> Added:
    """Take over last year's lines of subjects that are still the agency's, of awards still in use.

    TransitionRefused when it was sent, or when last year has nothing to copy.
    """
    row = drafted(registration)
    lines = RegistrationLine.objects.filter(
        registration__agency=row.agency_id,
        registration__year=row.year - 1,
        subject__agency=row.agency_id,
        subject__merged_into__isnull=True,
        award__active=True,
    )
    pairs = list(lines.values_list("subject", "award", "note"))
    if not pairs:
        raise TransitionRefused(f"Không có đăng ký năm {row.year - 1} để chép. Hãy thêm từng đối tượng.")
    known = set(row.lines.values_list("subject", "award"))
    made = [
        RegistrationLine(registration=row, subject_id=subject, award_id=award, note=note)
        for subject, award, note in pairs
        if (subject, award) not in known
    ]
    RegistrationLine.objects.bulk_create(made)
    touch(row)
    audit.record(row, f"Chép đăng ký năm {row.year - 1}", actor=actor, after={"số dòng": len(made)})
    return Added(len(made), len(pairs) - len(made))


def act(registration: Registration, name: str, *, actor: User, reason: str = "") -> None:
    """Send, or take back to revise. PermissionDenied for who does not sign; TransitionRefused with a sentence."""
    if name not in REGISTRATION.by_name:
        raise TransitionRefused("Không có thao tác này. Hãy tải lại trang.")
    if name == "send" and not registration.lines.exists():
        raise TransitionRefused("Đăng ký chưa có đối tượng nào. Hãy thêm cá nhân, tập thể hoặc hộ gia đình.")
    REGISTRATION.perform(registration, name, actor=actor, reason=reason)


def drafted(registration: Registration) -> Registration:
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.state != RegistrationState.DRAFT:
        raise TransitionRefused(CLOSED)
    return row


def touch(registration: Registration) -> None:
    registration.version += 1
    registration.save(update_fields=["version"])


def choosable(registration: Registration, award: AwardForm | None, query: str) -> QuerySet[Subject]:
    """The agency's subjects that ``award`` may go to and that have no such line yet, narrowed by ``query``."""
    rows = Subject.objects.current().filter(agency=registration.agency_id)
    if award is not None:
        taken = registration.lines.filter(award=award).values("subject")
        rows = rows.filter(kind__in=award.subjects).exclude(pk__in=taken)
    for word in search_key(query).split():
        rows = rows.filter(search_key__contains=word)
    return rows


def awards_offered() -> QuerySet[AwardForm]:
    """Awards in use, in the catalogue's order."""
    return AwardForm.objects.filter(active=True)


def award_named(code: str) -> AwardForm | None:
    return awards_offered().filter(code=code).first()


def year_to_register(today: date) -> int:
    """This year; in December the next one, which is what units then register for."""
    return today.year + (today.month == 12)


def unopened(user: User, year: int) -> list[Agency]:
    """Own agencies without a registration for ``year``. One query."""
    opened = Registration.objects.filter(year=year).values("agency")
    return list(Agency.objects.filter(pk__in=access_of(user).agency_ids).exclude(pk__in=opened).order_by("sort_key"))


def counted(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Each registration knows how many lines for persons (``people``) and for ``others`` it holds."""
    persons = Q(lines__subject__kind=SubjectKind.INDIVIDUAL)
    return rows.select_related("agency").annotate(
        people=Count("lines", filter=persons), others=Count("lines", filter=~persons & Q(lines__isnull=False))
    )


def not_sent(user: User, year: int, today: date) -> list[Agency]:
    """Agencies of the standing body's councils that are at work and have not sent for ``year``. One query."""
    standing = access_of(user).standing_ids
    if not standing:
        return []
    sent = Registration.objects.filter(year=year, state=RegistrationState.SENT).values("agency")
    at_work = Q(valid_to__isnull=True) | Q(valid_to__gte=min(today, date(year, 12, 31)))
    return list(Agency.objects.filter(at_work, council__in=standing).exclude(pk__in=sent).order_by("sort_key"))


def years_known(user: User, today: date) -> list[int]:
    """Years with a registration that this person sees, and this year and the next."""
    rows: Any = Registration.objects.visible_to(user).order_by().values_list("year", flat=True).distinct()
    return sorted({*rows, today.year, today.year + 1}, reverse=True)
