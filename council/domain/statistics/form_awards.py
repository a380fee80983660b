"""0602.N and 0603.N/BNV-TĐKT, numbers of awards (Thông tư 02/2023/TT-BNV; domain-2.md, part 6).

The structure was read from an implementation of another office: codes 4 and 5 of 0602 are not in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from awards.enums import AwardGroup, Category, SubjectGroup, SubjectKind
from council.domain.statistics import notes
from council.domain.statistics.structure import (
    Across,
    AtMost,
    Form,
    FormColumn,
    FormRow,
    Section,
    Split,
    Test,
    codes,
    left_over,
)

MINISTRY, PROVINCE = "ministry", "province"  # whose submission goes up
PERSON = Test("kind", (SubjectKind.INDIVIDUAL,))
TEAM = Test("kind", (SubjectKind.COLLECTIVE,))
TEAMS = Test("kind", (SubjectKind.COLLECTIVE, SubjectKind.HOUSEHOLD))
SUBJECTS: tuple[tuple[str, str, tuple[Test, ...], int], ...] = (
    ("Tập thể", "Tập thể", (TEAM,), 0),
    ("Trong đó: Doanh nghiệp", "Doanh nghiệp", (TEAM, Test("group", (SubjectGroup.ENTERPRISE,))), 1),
    ("Hộ gia đình", "Hộ", (Test("kind", (SubjectKind.HOUSEHOLD,)),), 0),
    ("Cá nhân", "Người", (PERSON,), 0),
)
PEOPLE = (
    ("Lãnh đạo cấp bộ, cấp tỉnh và tương đương trở lên", SubjectGroup.TOP_LEADER),
    ("Lãnh đạo cấp vụ, sở, ngành và tương đương", SubjectGroup.DEPARTMENT_LEADER),
    ("Doanh nhân", SubjectGroup.ENTREPRENEUR),
    ("Các cấp lãnh đạo khác từ phó phòng trở lên", SubjectGroup.MANAGER),
    ("Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu", SubjectGroup.WORKER),
)
WAYS = (
    ("Thường xuyên", Category.MERIT),
    ("Chuyên đề", Category.MOVEMENT),
    ("Đột xuất", Category.SURPRISE),
    ("Đối ngoại", Category.EXTERNAL),
    ("Cống hiến", Category.CONTRIBUTION),
    ("Niên hạn", Category.SERVICE),
)
PROPOSERS = (
    FormRow("2", "Bộ, ban, ngành, đoàn thể Trung ương", "Bộ, ngành", (Test("proposer", (MINISTRY,)),)),
    FormRow("3", "Tỉnh, thành phố trực thuộc Trung ương", "Tỉnh, TP", (Test("proposer", (PROVINCE,)),)),
    FormRow("4", notes.MISSING_ROW, countable=False),
    FormRow("5", notes.MISSING_ROW, countable=False),
)
STATE_OWN = ("co-chinh-phu", "bk-thu-tuong", "cstd-toan-quoc", "gt-ho-chi-minh", "gt-nha-nuoc")
DECORATIONS: tuple[str, ...] = (AwardGroup.ORDER, AwardGroup.MEDAL)
PLACED: tuple[str, ...] = (*DECORATIONS, AwardGroup.HONOUR)
PARTS = "Chia ra"
CERTIFICATES = Test("award_group", (AwardGroup.CERTIFICATE,))
BADGES = Test("award_group", (AwardGroup.COMMEMORATIVE,))
FIGHTERS = Test("award", ("cstd-tinh", "cstd-bo"))
FLAGS = Test("award", ("co-tinh", "co-bo"))
ELSEWHERE = (
    Test("award_group", (*CERTIFICATES.values, *BADGES.values), but=True),
    Test("award", (*FIGHTERS.values, *FLAGS.values), but=True),
)
THEIRS = "của bộ, ban, ngành, đoàn thể Trung ương, tỉnh, thành phố trực thuộc Trung ương"
NO_COLUMN = "thuộc hình thức mà biểu không có cột riêng (ví dụ Tập thể lao động xuất sắc)"


@dataclass(frozen=True)
class NamedAward:
    """An award that has columns of its own in 0602."""

    code: str
    name: str
    group: str


@dataclass(frozen=True)
class Rows:
    """Rows that both forms have: subjects and people from code ``first`` on, ways after them; codes of ``width``."""

    first: int
    width: int

    def code(self, number: int) -> str:
        return f"{number:0{self.width}d}"

    @property
    def subjects(self) -> tuple[FormRow, ...]:
        return tuple(
            FormRow(self.code(number), label, unit, tests, depth)
            for number, (label, unit, tests, depth) in enumerate(SUBJECTS, self.first)
        )

    @property
    def people(self) -> tuple[FormRow, ...]:
        return tuple(
            FormRow(self.code(number), label, "Người", (PERSON, Test("group", (group,))), 1)
            for number, (label, group) in enumerate(PEOPLE, self.first + len(SUBJECTS))
        )

    @property
    def ways(self) -> tuple[FormRow, ...]:
        """The last, «kháng chiến», is a category that the law of 2022 does not have."""
        first = self.first + len(SUBJECTS) + len(PEOPLE)
        rows = (
            FormRow(self.code(number), label, "", (Test("category", (category,)),))
            for number, (label, category) in enumerate(WAYS, first)
        )
        return (*rows, FormRow(self.code(first + len(WAYS)), "Kháng chiến", countable=False))

    @property
    def splits(self) -> tuple[Split, ...]:
        total = self.code(1)
        kinds = tuple(row for row in self.subjects if not row.depth)
        no_group = "là cá nhân chưa phân loại đối tượng (lãnh đạo, doanh nhân, người trực tiếp…)"
        groups = left_over("group", self.people, (PERSON,))
        no_kind = "chưa ghi là tập thể, hộ hay cá nhân"
        return (
            Split("chua-ro-doi-tuong", total, codes(kinds), "đối tượng", no_kind, left_over("kind", kinds)),
            Split("chua-phan-loai", kinds[-1].code, codes(self.people), "nhóm cá nhân", no_group, groups),
            Split(
                "chua-ro-loai-hinh",
                total,
                codes(self.ways),
                "phương thức",
                "chưa ghi loại hình khen thưởng",
                left_over("category", self.ways),
            ),
        )

    @property
    def at_most(self) -> AtMost:
        teams, enterprises = self.subjects[0].code, self.subjects[1].code
        words = f"doanh nghiệp (dòng {enterprises}) là {{part}}, nhiều hơn tập thể (dòng {teams}) là {{whole}}."
        return AtMost(enterprises, teams, words, columns=False)


def state_awards(awards: Sequence[NamedAward] = ()) -> Form:
    """0602.N: awards of the State; each order, medal, honour and other form of ``awards`` has columns of its own."""
    rows, columns = Rows(6, width=1), state_columns(awards)
    no_proposer = "không rõ bộ hay tỉnh trình Thủ tướng Chính phủ"
    proposers = left_over("proposer", PROPOSERS)
    return Form(
        code="0602",
        title="Số lượng khen thưởng cấp Nhà nước",
        unit="",
        lines=(
            FormRow("1", "Tổng số"),
            Section("1. Chia theo đơn vị ban hành tờ trình Thủ tướng Chính phủ về khen thưởng"),
            *PROPOSERS,
            Section("2. Chia theo đối tượng khen thưởng"),
            *rows.subjects,
            *rows.people,
            Section("3. Chia theo phương thức khen thưởng"),
            *rows.ways,
        ),
        columns=columns,
        splits=(
            Split("chua-ro-don-vi-trinh", "1", codes(PROPOSERS), "đơn vị trình", no_proposer, proposers),
            *rows.splits,
        ),
        across=(Across("1", tuple(column.key for column in columns[1:])),),
        at_most=(rows.at_most,),
        notes=notes.STATE,
    )


def state_columns(awards: Sequence[NamedAward]) -> tuple[FormColumn, ...]:
    orders = [each for each in awards if each.group in DECORATIONS]
    honours = [each for each in awards if each.group == AwardGroup.HONOUR]
    others = [each for each in awards if each.group not in PLACED and each.code not in STATE_OWN]
    rest = (Test("award_group", PLACED, but=True), Test("award", STATE_OWN, but=True))
    return (
        FormColumn("1", "1", ("Tổng số",)),
        *named_columns("2", "Các loại huân chương, huy chương", orders, Test("award_group", DECORATIONS)),
        own_column("3", "Giải thưởng Hồ Chí Minh", "Cá nhân", "gt-ho-chi-minh"),
        own_column("4", "Giải thưởng Nhà nước", "Cá nhân", "gt-nha-nuoc"),
        *named_columns("5", "Danh hiệu vinh dự Nhà nước", honours, Test("award_group", (AwardGroup.HONOUR,))),
        own_column("6", "Cờ thi đua của Chính phủ", "Tập thể", "co-chinh-phu"),
        *halves("7", "7", (PARTS, "Bằng khen của Thủ tướng Chính phủ"), (Test("award", ("bk-thu-tuong",)),)),
        own_column("8", "Chiến sĩ thi đua toàn quốc", "Cá nhân", "cstd-toan-quoc"),
        *named_columns("9", "Các hình thức khen thưởng khác", others, *rest),
    )


def own_column(number: str, name: str, whose: str, code: str) -> FormColumn:
    return FormColumn(number, number, (PARTS, name, whose), (Test("award", (code,)),))


def named_columns(number: str, head: str, awards: Sequence[NamedAward], *tests: Test) -> tuple[FormColumn, ...]:
    """Two columns (TT, CN) for each award; where there is none, two for the kind as a whole."""
    if not awards:
        return halves(number, number, (PARTS, head), tests)
    return tuple(
        column
        for each in awards
        for column in halves(f"{number}-{each.code}", number, (PARTS, head, each.name), (Test("award", (each.code,)),))
    )


def halves(key: str, number: str, heads: tuple[str, ...], tests: tuple[Test, ...]) -> tuple[FormColumn, FormColumn]:
    return (
        FormColumn(f"{key}-tt", number, (*heads, "Tập thể"), (*tests, TEAMS)),
        FormColumn(f"{key}-cn", number, (*heads, "Cá nhân"), (*tests, PERSON)),
    )


def province_awards() -> Form:
    """0603.N: awards of ministries and of the province."""
    rows = Rows(2, width=2)
    return Form(
        code="0603",
        title="Số lượng khen thưởng cấp bộ, ban, ngành, đoàn thể Trung ương và tỉnh, thành phố trực thuộc Trung ương",
        unit="",
        lines=(
            FormRow("01", "Tổng số"),
            Section("1. Chia theo đối tượng khen thưởng"),
            *rows.subjects,
            *rows.people,
            Section("2. Chia theo phương thức khen thưởng"),
            *rows.ways,
        ),
        columns=(
            FormColumn("1", "1", ("Tổng số",)),
            FormColumn("2", "2", (PARTS, "Bằng khen"), (CERTIFICATES,)),
            FormColumn("3", "3", (PARTS, "Chiến sĩ thi đua cấp bộ, cấp tỉnh"), (FIGHTERS,)),
            FormColumn("4", "4", (PARTS, f"Cờ thi đua {THEIRS}"), (FLAGS,)),
            FormColumn("5", "5", (PARTS, f"Huy hiệu (kỷ niệm chương) {THEIRS}"), (BADGES,)),
        ),
        splits=rows.splits,
        across=(Across("1", ("2", "3", "4", "5"), "ngoai-cac-cot", NO_COLUMN, ELSEWHERE),),
        at_most=(rows.at_most,),
        notes=notes.PROVINCE,
    )
