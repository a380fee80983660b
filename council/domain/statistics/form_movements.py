"""0601.N/BNV-TĐKT, Số phong trào thi đua (Thông tư 02/2023/TT-BNV; domain-2.md, part 6)."""

from blocs.enums import MovementKind, Scope
from council.domain.statistics import notes
from council.domain.statistics.structure import (
    Across,
    Form,
    FormColumn,
    FormRow,
    Section,
    Split,
    Test,
    codes,
    left_over,
)

CENTRAL, PROVINCIAL, LOCAL = "central", "provincial", "local"  # who launched it
UNDER_1, ONE, UNDER_3, UNDER_5, LONGER = "under-1", "1", "under-3", "under-5", "5"  # years
BY_LAUNCHER = "Số phong trào thi đua chia theo cấp chủ trì phát động thi đua"


def row(code: str, label: str, fact: str, *values: str) -> FormRow:
    return FormRow(code, label, tests=(Test(fact, values),))


SCOPES = (
    row("02", "Toàn quốc", "scope", Scope.NATION),
    row("03", "Bộ, ban, ngành, đoàn thể, địa phương", "scope", Scope.PROVINCE),
    row("04", "Cụm, khối thi đua do Hội đồng Thi đua - Khen thưởng các cấp tổ chức", "scope", Scope.BLOC),
    row("05", "Cơ quan, tổ chức, đơn vị", "scope", Scope.AGENCY),
)
LENGTHS = (
    row("06", "Dưới 1 năm", "length", UNDER_1),
    row("07", "1 năm", "length", ONE),
    row("08", "Từ 1 năm đến dưới 3 năm", "length", UNDER_3),
    row("09", "Từ 3 năm đến dưới 5 năm", "length", UNDER_5),
    row("10", "Từ 5 năm trở lên", "length", LONGER),
)
WAYS = (
    row("11", "Thi đua theo chuyên đề", "way", MovementKind.THEMATIC, MovementKind.SPECIAL),
    row("12", "Thi đua thường xuyên hằng năm", "way", MovementKind.REGULAR),
)
SPLITS = (
    Split("chua-ro-pham-vi", "01", codes(SCOPES), "phạm vi", "chưa ghi phạm vi tổ chức", left_over("scope", SCOPES)),
    Split(
        "chua-ro-thoi-han",
        "01",
        codes(LENGTHS),
        "thời hạn",
        "chưa đủ năm bắt đầu, năm kết thúc hoặc ngày phát động để biết thời hạn",
        left_over("length", LENGTHS),
    ),
    Split(
        "chua-ro-phuong-thuc", "01", codes(WAYS), "phương thức", "chưa ghi hình thức tổ chức", left_over("way", WAYS)
    ),
)


def column(number: str, label: str, launcher: str) -> FormColumn:
    return FormColumn(number, number, (BY_LAUNCHER, label), (Test("launcher", (launcher,)),))


def movements() -> Form:
    return Form(
        code="0601",
        title="Số phong trào thi đua",
        unit="Phong trào",
        lines=(
            FormRow("01", "Tổng số"),
            Section("1. Chia theo phạm vi tổ chức thi đua"),
            *SCOPES,
            Section("2. Chia theo thời hạn thi đua"),
            *LENGTHS,
            Section("3. Chia theo phương thức tổ chức phong trào thi đua"),
            *WAYS,
        ),
        columns=(
            FormColumn("1", "1=(2+3+4)", ("Tổng số",)),
            column("2", "Cấp Trung ương (Hội đồng Thi đua - Khen thưởng Trung ương)", CENTRAL),
            column("3", "Cấp bộ, ban, ngành, đoàn thể Trung ương, tỉnh, thành phố trực thuộc Trung ương", PROVINCIAL),
            column("4", "Cơ quan, tổ chức, đơn vị", LOCAL),
        ),
        splits=SPLITS,
        across=(Across("1", ("2", "3", "4")),),
        notes=notes.MOVEMENTS,
    )
