"""What the list of rewards and the spendings of a fund are narrowed by."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from awards.filters_appraisal import choice
from awards.models import AwardForm
from blocs.filters import words
from blocs.models import Agency
from council.domain.money.reading import CONDITIONS
from council.enums import IssuerKind, PaymentState, SpendingKind
from council.models import Decision, DecisionLine

OWN, FUND = "rieng", "quy"
PAYERS = [(FUND, "Quỹ của Hội đồng"), (OWN, "Quỹ của cơ quan ra quyết định")]


class RewardFilter(filters.FilterSet):  # type: ignore[misc]
    nam = choice("Năm ban hành", field_name="decision__issued_year")
    ban_hanh = choice("Ban hành", field_name="decision__issuer")
    quyet_dinh = choice("Quyết định", field_name="decision")
    don_vi = choice("Đơn vị trình", field_name="agency")
    hinh_thuc = choice("Danh hiệu, hình thức", field_name="award__code")
    tinh_trang = choice("Tình trạng chi", method="by_state", choices=words(PaymentState))
    nam_chi = choice("Năm chi", method="by_payment_year")
    nguon = choice("Nguồn chi", method="by_payer", choices=lambda: PAYERS)

    def __init__(self, data: Any = None, queryset: Any = None, **kwargs: Any) -> None:
        """What is on offer is that of the lines the reader sees; four queries."""
        super().__init__(data, queryset, **kwargs)
        rows = queryset.order_by()
        decisions = list(Decision.objects.filter(pk__in=rows.values("decision")).select_related("issuer"))
        issuers = {each.issuer_id: each.issuer.name for each in decisions}
        paid = rows.filter(paid_on__isnull=False).annotate(of=ExtractYear("paid_on")).values_list("of", flat=True)
        agencies = Agency.objects.filter(pk__in=rows.values("agency")).order_by("sort_key", "pk")
        awards = AwardForm.objects.filter(pk__in=rows.values("award")).order_by("position", "pk")
        self.offer("nam", sorted({(each.issued_year, each.issued_year) for each in decisions}, reverse=True))
        self.offer("ban_hanh", sorted(issuers.items(), key=lambda pair: (pair[1], pair[0])))
        self.offer("quyet_dinh", [(each.pk, each.full_number + day_of(each)) for each in decisions])
        self.offer("don_vi", [(each.pk, each.label) for each in agencies])
        self.offer("hinh_thuc", [(each.code, each.name) for each in awards])
        self.offer("nam_chi", [(year, year) for year in paid.distinct().order_by("-of")])

    def offer(self, name: str, pairs: Any) -> None:
        self.filters[name].extra["choices"] = [(str(value), str(text)) for value, text in pairs]

    def by_state(self, rows: QuerySet[DecisionLine], name: str, value: str) -> QuerySet[DecisionLine]:
        return rows.filter(CONDITIONS[PaymentState(value)])

    def by_payment_year(self, rows: QuerySet[DecisionLine], name: str, value: str) -> QuerySet[DecisionLine]:
        return rows.filter(paid_on__year=int(value))

    def by_payer(self, rows: QuerySet[DecisionLine], name: str, value: str) -> QuerySet[DecisionLine]:
        if value == OWN:
            return rows.filter(decision__issuer__kind=IssuerKind.AGENCY)
        return rows.exclude(decision__issuer__kind=IssuerKind.AGENCY)


def day_of(decision: Decision) -> str:
    return f" ({decision.issued_on:%d/%m/%Y})" if decision.issued_on else ""


class SpendingFilter(filters.FilterSet):  # type: ignore[misc]
    khoan = choice("Khoản chi", field_name="kind", choices=words(SpendingKind))
