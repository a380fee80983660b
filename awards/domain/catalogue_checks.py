"""What a row of the catalogue may not do: contradict another row, or vanish after something was decided by it."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.domain.workflow import TransitionRefused
from awards.domain.award_names import words_of_name
from awards.models import AwardAlias, AwardPeriod, AwardRecord, BaseSalary, RewardCoefficient


def refuse_overlap(row: Any) -> None:
    """TransitionRefused when two periods of one award, or two rates of one kind, hold on one day."""
    if not isinstance(row, AwardPeriod | RewardCoefficient):
        return
    rows: QuerySet[Any] = type(row)._default_manager.filter(award=row.award_id).exclude(pk=row.pk)
    if isinstance(row, RewardCoefficient):
        rows = rows.filter(kind=row.kind)
    met = rows.filter(after(row.valid_from), before(row.valid_to)).first()
    if met is not None:
        raise TransitionRefused(
            f"Thời gian áp dụng trùng với dòng đã có ({spell(met.valid_from, met.valid_to)}). "
            "Hãy sửa ngày «áp dụng từ», «đến» của một trong hai dòng."
        )


def after(first: date | None) -> Q:
    return Q() if first is None else Q(valid_to__isnull=True) | Q(valid_to__gte=first)


def before(last: date | None) -> Q:
    return Q() if last is None else Q(valid_from__isnull=True) | Q(valid_from__lte=last)


def spell(first: date | None, last: date | None) -> str:
    """A period in words."""
    start = f"từ {first:%d/%m/%Y}" if first else "từ trước"
    return f"{start} đến {last:%d/%m/%Y}" if last else f"{start} trở đi"


def refuse_alias_of_another(row: Any) -> None:
    """TransitionRefused when another award is already written so: a sheet's row would be ambiguous for ever."""
    if not isinstance(row, AwardAlias):
        return
    wanted = words_of_name(row.name)
    for other in AwardAlias.objects.exclude(pk=row.pk).select_related("award"):
        if words_of_name(other.name) == wanted:
            raise TransitionRefused(f"Cách viết này đã có ở «{other.award}». Hãy ghi rõ hơn hoặc xóa dòng kia.")


def refuse_twin_salary(row: Any) -> None:
    if isinstance(row, BaseSalary) and BaseSalary.objects.filter(since=row.since).exclude(pk=row.pk).exists():
        raise TransitionRefused(f"Đã có mức lương cơ sở từ ngày {row.since:%d/%m/%Y}. Hãy sửa dòng đó.")


def refuse_in_use(row: Any) -> None:
    """TransitionRefused when awards were decided while this row held: history must stay explainable."""
    if isinstance(row, AwardPeriod | RewardCoefficient):
        first, last = row.valid_from or date(1, 1, 1), row.valid_to or date(9999, 12, 31)
        used = AwardRecord.objects.filter(award=row.award_id, decided_on__range=(first, last)).exists()
    elif isinstance(row, BaseSalary):
        following = BaseSalary.objects.filter(since__gt=row.since).order_by("since").first()
        records = AwardRecord.objects.filter(decided_on__gte=row.since)
        used = (records.filter(decided_on__lt=following.since) if following else records).exists()
    else:
        return
    if used:
        raise TransitionRefused(
            "Đã có quyết định khen thưởng trong thời gian áp dụng của dòng này nên không xóa được. "
            "Nếu quy định thay đổi, hãy ghi ngày «đến» và thêm dòng mới."
        )
