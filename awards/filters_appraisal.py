"""What the inbox, the nominations under appraisal, opinions and postings are narrowed by."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import django_filters as filters
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from awards.domain.assigning import specialists
from awards.enums import Category, DossierState, NominationState, OpinionKind, VerdictKind
from awards.forms.award_choices import award_options
from awards.models import AwardForm, Dossier, Nomination, Opinion, Posting
from awards.tables.dossiers import WITH_STANDING
from blocs.filters import words
from blocs.models import Agency
from blocs.tables.access import access_of
from khoithidua.web.widgets import PlainSelect

RUNNING = (DossierState.SUBMITTED, DossierState.RECEIVED, DossierState.SUPPLEMENT)
Choices = Sequence[tuple[str, Any]]


def choice(label: str, **kwargs: Any) -> Any:
    return filters.ChoiceFilter(label=label, empty_label="Tất cả", widget=PlainSelect, **kwargs)


def sent_states() -> Choices:
    return [(state.value, str(state.label)) for state in WITH_STANDING]


def known_verdicts() -> Choices:
    return [(value, str(label)) for value, label in VerdictKind.choices if value]


class InboxFilter(filters.FilterSet):  # type: ignore[misc]
    trang_thai = choice("Trạng thái", field_name="state", choices=sent_states)
    don_vi = choice("Đơn vị", field_name="agency")
    loai = choice("Loại hình", field_name="category", choices=words(Category))
    nam = choice("Năm", field_name="year")
    hinh_thuc = choice("Hình thức", method="by_award")
    nguoi = choice("Người thẩm định", method="by_person")
    han = choice(
        "Thời hạn",
        choices=[("tuan", "Đến hạn trong 7 ngày"), ("qua", "Quá hạn")],
        method="by_due",
    )
    kiem_tra = choice("Kiểm tra điều kiện", choices=known_verdicts, method="by_verdict")

    def __init__(self, data: Any = None, queryset: Any = None, *, request: HttpRequest | None = None, **kwargs: Any):
        """Agencies, years, awards and people on offer are those of the reader's councils; four queries."""
        super().__init__(data, queryset, request=request, **kwargs)
        councils = access_of(request.user).standing_ids if request else frozenset()
        rows = Dossier.objects.filter(council__in=councils, state__in=WITH_STANDING).order_by()
        agencies = Agency.objects.filter(pk__in=rows.values("agency")).order_by("sort_key", "pk")
        awards = AwardForm.objects.filter(nominations__dossier__in=rows.values("pk")).distinct()
        years = rows.values_list("year", flat=True).distinct().order_by("-year")
        people = [(str(each.pk), str(each)) for each in specialists(councils)]
        self.offer("don_vi", [(str(each.pk), each.label) for each in agencies])
        self.offer("hinh_thuc", award_options(awards))
        self.offer("nam", [(str(year), str(year)) for year in years])
        self.offer("nguoi", [("toi", "Tôi"), ("chua", "Chưa phân công"), *people])

    def offer(self, name: str, choices: Choices) -> None:
        self.filters[name].extra["choices"] = choices

    def by_award(self, rows: QuerySet[Dossier], name: str, value: str) -> QuerySet[Dossier]:
        return rows.filter(Exists(Nomination.objects.filter(dossier=OuterRef("pk"), award__code=value)))

    def by_verdict(self, rows: QuerySet[Dossier], name: str, value: str) -> QuerySet[Dossier]:
        return rows.filter(Exists(Nomination.objects.filter(dossier=OuterRef("pk"), verdict=value)))

    def by_person(self, rows: QuerySet[Dossier], name: str, value: str) -> QuerySet[Dossier]:
        if value == "chua":
            return rows.filter(assigned_to__isnull=True)
        return rows.filter(assigned_to=self.request.user.pk if value == "toi" else int(value))

    def by_due(self, rows: QuerySet[Dossier], name: str, value: str) -> QuerySet[Dossier]:
        today = timezone.localdate()
        running = rows.filter(state__in=RUNNING)
        if value == "qua":
            return running.filter(appraisal_due__lt=today)
        return running.filter(appraisal_due__gte=today, appraisal_due__lte=today + timedelta(days=7))


def with_counts(rows: QuerySet[Dossier]) -> Any:
    """Dossiers with their number of nominations and of those that have a result."""
    judged = Q(nominations__state=NominationState.PENDING)
    return rows.annotate(cases=Count("nominations"), pending=Count("nominations", filter=judged))


def councils_of(user: User | Any) -> frozenset[int]:
    return access_of(user).standing_ids


class NominationFilter(filters.FilterSet):  # type: ignore[misc]
    ket_qua = choice("Kết quả thẩm định", field_name="state", choices=words(NominationState))
    kiem_tra = choice("Kiểm tra điều kiện", field_name="verdict", choices=known_verdicts)
    hinh_thuc = choice("Hình thức", field_name="award__code")

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        """The awards on offer are those of these nominations; one query."""
        super().__init__(data, queryset, **kwargs)
        found = queryset.order_by().values_list("award__code", "award__name").distinct() if queryset is not None else []
        self.filters["hinh_thuc"].extra["choices"] = sorted(found, key=lambda pair: pair[1])


class OpinionFilter(filters.FilterSet):  # type: ignore[misc]
    loai = choice("Loại ý kiến", field_name="kind", choices=words(OpinionKind))
    tinh_trang = choice(
        "Tình trạng",
        choices=[("cho", "Chưa trả lời"), ("qua", "Quá hạn, chưa trả lời"), ("xong", "Đã trả lời, không chờ")],
        method="by_answer",
    )

    def by_answer(self, rows: QuerySet[Opinion], name: str, value: str) -> QuerySet[Opinion]:
        if value == "xong":
            return rows.filter(answered_at__isnull=False)
        waiting = rows.filter(answered_at__isnull=True)
        return waiting.filter(due__lt=timezone.localdate()) if value == "qua" else waiting


class PostingFilter(filters.FilterSet):  # type: ignore[misc]
    tinh_trang = choice(
        "Tình trạng",
        choices=[("soan", "Chưa đăng"), ("dang", "Đang công khai"), ("xong", "Đã kết thúc"), ("go", "Đã gỡ")],
        method="by_step",
    )

    def by_step(self, rows: QuerySet[Posting], name: str, value: str) -> QuerySet[Posting]:
        today = timezone.localdate()
        live = Q(published_at__isnull=False, withdrawn_at__isnull=True)
        steps = {
            "soan": Q(published_at__isnull=True, withdrawn_at__isnull=True),
            "dang": live & Q(until_on__gte=today),
            "xong": live & Q(until_on__lt=today),
            "go": Q(withdrawn_at__isnull=False),
        }
        return rows.filter(steps[value])
