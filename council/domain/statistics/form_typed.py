"""0604.N and 0605.N/BNV-TĐKT: figures that the standing body types (TT 02/2023/TT-BNV; domain-2.md, part 6)."""

from collections.abc import Callable, Mapping, Sequence

from council.domain.statistics import notes
from council.domain.statistics.structure import AtMost, Form, FormColumn, FormRow, Section, Split, codes

BODIES = ("Vụ", "Phòng thuộc Vụ", "Ban thuộc Sở Nội vụ", "Phòng thuộc Sở Nội vụ")
AGES = ("Từ 30 tuổi trở xuống", "Từ 31 đến 40", "Từ 41 đến 50", "Từ 51 đến 55", "Từ 56 đến 60", "Trên 60 tuổi")
STUDIES = ("Sơ cấp", "Trung cấp", "Cao đẳng", "Đại học", "Trên đại học")
SERVICES = ("Dưới 5 năm", "Từ 5 năm đến dưới 10 năm", "Từ 10 năm trở lên")


def numbered(first: int, labels: Sequence[str], unit: str = "") -> tuple[FormRow, ...]:
    return tuple(FormRow(f"{number:02d}", label, unit) for number, label in enumerate(labels, first))


def bodies() -> Form:
    """0604.N: bodies that do the work."""
    parts = numbered(2, BODIES, "Tổ chức")
    return Form(
        code="0604",
        title="Số lượng tổ chức làm công tác thi đua, khen thưởng",
        unit="Tổ chức",
        lines=(FormRow("01", "Tổng số", "Tổ chức"), *parts),
        columns=(FormColumn("1", "1", ("Số lượng",)),),
        splits=(Split("", "01", codes(parts), "loại tổ chức"),),
        notes=notes.TYPED,
        typed=True,
    )


def officers() -> Form:
    """0605.N: civil servants who do the work, with the women among them."""
    ages, studies, services = numbered(2, AGES), numbered(8, STUDIES), numbered(13, SERVICES)
    return Form(
        code="0605",
        title="Số lượng công chức làm công tác thi đua, khen thưởng",
        unit="Người",
        lines=(
            FormRow("01", "Tổng số"),
            Section("1. Chia theo độ tuổi"),
            *ages,
            Section("2. Chia theo trình độ đào tạo"),
            *studies,
            Section("3. Chia theo thâm niên làm công tác thi đua, khen thưởng"),
            *services,
        ),
        columns=(FormColumn("1", "1", ("Tổng số",)), FormColumn("2", "2", ("Trong đó: Nữ",))),
        splits=(
            Split("", "01", codes(ages), "độ tuổi"),
            Split("", "01", codes(studies), "trình độ đào tạo"),
            Split("", "01", codes(services), "thâm niên"),
        ),
        at_most=(AtMost("2", "1", "số nữ (cột 2) là {part}, nhiều hơn tổng số (cột 1) là {whole}."),),
        notes=notes.TYPED,
        typed=True,
    )


TYPED: Mapping[str, Callable[[], Form]] = {"0604": bodies, "0605": officers}
