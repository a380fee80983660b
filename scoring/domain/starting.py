"""Where a new criteria set begins: last year's, an example, or an empty page."""

from decimal import Decimal

from django.db import models, transaction

from accounts.domain import audit
from accounts.models import User
from blocs.models import BlocYear
from scoring.domain.criteria import add_criterion, copy_set_to, effective_set
from scoring.enums import CriterionKind
from scoring.models import CriteriaSet, Criterion

EMPTY, LAST_YEAR, EXAMPLE_1000, EXAMPLE_100 = "empty", "last-year", "example-1000", "example-100"
SOURCES = {
    LAST_YEAR: "Chép từ bộ tiêu chí gần nhất của khối",
    EXAMPLE_1000: "Mẫu ví dụ thang 1000 điểm (700/200/100)",
    EXAMPLE_100: "Mẫu ví dụ thang 100 điểm",
    EMPTY: "Bảng trống",
}
# An example to start from, not a rule: groups 700/200/100 as in domain-2.md 3.2 (T7), items from
# domain.md C5.3, bonus and deduction limits from the Hưng Yên guide (domain-2.md 3.1). Shares of the scale.
EXAMPLE: tuple[tuple[str, str, tuple[tuple[str, str, int], ...]], ...] = (
    (
        "A",
        "Nhiệm vụ chính trị, chuyên môn",
        (
            ("A1", "Hoàn thành các chỉ tiêu đã đăng ký trong giao ước", 400),
            ("A2", "Cải cách hành chính", 150),
            ("A3", "Chuyển đổi số", 150),
        ),
    ),
    (
        "B",
        "Chấp hành chủ trương, pháp luật; xây dựng Đảng, hệ thống chính trị",
        (
            ("B1", "Kết quả xếp loại tổ chức đảng, đoàn thể", 100),
            ("B2", "Thực hành tiết kiệm, chống lãng phí, tham nhũng, tiêu cực", 50),
            ("B3", "An toàn về an ninh trật tự, quốc phòng, tự vệ", 50),
        ),
    ),
    (
        "C",
        "Công tác thi đua, khen thưởng và hoạt động của khối",
        (
            ("C1", "Ký giao ước, tổ chức phong trào, xây dựng mô hình", 50),
            ("C2", "Báo cáo, hồ sơ đúng hạn; dự họp đúng thành phần", 50),
        ),
    ),
)
EXTRAS = (
    ("T", "Điểm thưởng", CriterionKind.BONUS, 30),
    ("P", "Điểm trừ", CriterionKind.DEDUCTION, 50),
)


@transaction.atomic
def start_set(bloc_year: BlocYear, *, source: str, actor: User | None) -> CriteriaSet:
    """A draft criteria set for ``bloc_year`` from one of SOURCES; audited.

    Without an earlier set "last-year" gives an empty one. Versions count up.
    """
    if source == LAST_YEAR and (earlier := latest_set_of(bloc_year)) is not None:
        return copy_set_to(earlier, bloc_year=bloc_year, actor=actor)
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    newest = CriteriaSet.objects.filter(bloc_year=bloc_year).aggregate(top=models.Max("version"))["top"] or 0
    scale = Decimal(100 if source == EXAMPLE_100 else 1000)
    made = CriteriaSet.objects.create(
        bloc_year=bloc_year, version=newest + 1, scale=scale, tie_break=["ballot", "fewest_deductions"]
    )
    audit.record(made, "Lập bộ tiêu chí", actor=actor, after={"source": SOURCES[source], "scale": scale})
    if source in (EXAMPLE_1000, EXAMPLE_100):
        fill_example(made, share=scale / 1000, actor=actor)
    return made


def latest_set_of(bloc_year: BlocYear) -> CriteriaSet | None:
    """This year's newest set, else that of the bloc's latest earlier year."""
    own = effective_set(bloc_year)
    if own is not None:
        return own
    earlier = BlocYear.objects.filter(bloc=bloc_year.bloc_id, year__lt=bloc_year.year, criteria_sets__isnull=False)
    last = earlier.order_by("-year").first()
    return effective_set(last) if last is not None else None


def fill_example(made: CriteriaSet, *, share: Decimal, actor: User | None) -> None:
    for code, name, leaves in EXAMPLE:
        total = sum(points for _, _, points in leaves) * share
        group = add_criterion(made, code=code, name=name, max_points=total, kind=CriterionKind.GROUP, actor=actor)
        for leaf_code, leaf_name, points in leaves:
            add_leaf(made, group, leaf_code, leaf_name, points * share, actor)
    for code, name, kind, points in EXTRAS:
        add_criterion(made, code=code, name=name, max_points=points * share, kind=kind, actor=actor)


def add_leaf(made: CriteriaSet, group: Criterion, code: str, name: str, points: Decimal, actor: User | None) -> None:
    add_criterion(made, code=code, name=name, max_points=points, parent=group, actor=actor)
