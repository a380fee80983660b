"""What the pages of registrations show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from awards.domain.comparing_registered import Line
from awards.domain.council_rules import registration_deadline
from awards.enums import RegistrationState
from awards.models import Registration
from blocs.models import Agency
from blocs.tables.access import access_of
from khoithidua.web.listing import Column

SHOWN = (
    ("", "Tất cả"),
    ("chua-de-nghi", "Đăng ký, chưa đề nghị"),
    ("khong-dang-ky", "Không đăng ký mà đề nghị, được tặng"),
    ("duoc-tang", "Được tặng"),
)


def line_columns() -> tuple[Column, ...]:
    return (
        Column("doi-tuong", "Đối tượng", lambda row: row.subject.name, ("subject__person_sort_key",)),
        Column("loai", "Loại", lambda row: row.subject.get_kind_display(), ("subject__kind",)),
        Column("chuc-vu", "Chức vụ", lambda row: row.subject.post),
        Column("noi-cong-tac", "Đơn vị công tác", lambda row: row.subject.unit),
        Column("hinh-thuc", "Danh hiệu, hình thức đăng ký", lambda row: row.award.name, ("award__position",)),
        Column("ghi-chu", "Ghi chú", lambda row: row.note),
    )


@dataclass(frozen=True)
class DeadlineWords:
    """Until when to register, whether it is over, and what is said of it."""

    due: date | None
    legal_basis: str
    text: str
    is_late: bool


def deadline_words(registration: Registration, today: date) -> DeadlineWords:
    """A late registration is told, never refused: the province decides what follows. One query."""
    found = registration_deadline(registration.agency.council, registration.year, today)
    if found is None:
        return DeadlineWords(None, "", "Tỉnh chưa quy định hạn đăng ký.", False)
    sent = registration.state == RegistrationState.SENT and registration.sent_at is not None
    day = timezone.localdate(registration.sent_at) if sent else today
    late = (day - found.day).days
    if late <= 0:
        return DeadlineWords(found.day, found.legal_basis, "Đã gửi đúng hạn." if sent else "", False)
    text = f"Đã gửi muộn {late} ngày." if sent else f"Đã quá hạn {late} ngày. Vẫn gửi được; hệ thống ghi là gửi muộn."
    return DeadlineWords(found.day, found.legal_basis, text, True)


def agencies_compared(user: User) -> list[Agency]:
    """Own agencies, and those of the standing body's councils. One query."""
    access = access_of(user)
    rows = Agency.objects.filter(Q(pk__in=access.agency_ids) | Q(council__in=access.standing_ids))
    return list(rows.order_by("sort_key"))


def compared_rows(lines: Iterable[Line]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        marks = ("x" if mark else "" for mark in (line.registered, line.proposed, line.awarded))
        agency = line.subject.agency.label if line.subject.agency else ""
        yield (line.subject.name, agency, line.award.name, *marks, line.words)
