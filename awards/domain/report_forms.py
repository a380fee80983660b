"""Which form of achievement report a nomination is written on, and the form's sections.

NĐ 152/2025/NĐ-CP prints its forms in an appendix of which only the list of names is held: the numbers follow from
their places in that list and are data to be compared, never a condition of anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.enums import Category, SubjectKind
from awards.models import Nomination

TO_CHECK = "số mẫu theo thứ tự trong Phụ lục Nghị định 152/2025/NĐ-CP, cần đối chiếu"
HEROES = frozenset({"anh-hung-lao-dong", "anh-hung-llvtnd"})
FIGHTERS = frozenset({"cstd-toan-quoc", "cstd-tinh", "cstd-co-so"})
MAIN = "ii-thanh-tich"


@dataclass(frozen=True)
class Section:
    """One section: its code in files and addresses, its heading, what is to be written."""

    code: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class ReportForm:
    number: str
    name: str
    sections: tuple[Section, ...]


LIFE = Section(
    "i-so-luoc",
    "I. Sơ lược lý lịch",
    "Ngày sinh, quê quán, trú quán, đơn vị công tác, chức vụ, trình độ, quá trình công tác.",
)
UNIT = Section(
    "i-so-luoc",
    "I. Sơ lược đặc điểm, tình hình",
    "Địa điểm, quá trình thành lập, tổ chức, tổng số cán bộ, công chức, người lao động; chức năng, nhiệm vụ.",
)
DONE = Section(MAIN, "II. Thành tích đạt được", "Kết quả thực hiện nhiệm vụ, so sánh với kế hoạch và các năm trước.")
FIGURES = Section("ii-chi-tieu", "II.1. Các chỉ tiêu so sánh 03 đến 05 năm", "Ghi số liệu từng năm.")
MEASURES = Section("ii-bien-phap", "II.2. Biện pháp, nguyên nhân đạt được thành tích; phong trào thi đua")
POLICY = Section("ii-chap-hanh", "II.3. Chấp hành chủ trương của Đảng, pháp luật của Nhà nước")
PARTY = Section("ii-dang-doan-the", "II.4. Hoạt động của tổ chức đảng, đoàn thể")
INITIATIVES = Section("ii-sang-kien", "II.5. Sáng kiến, đề tài và hiệu quả áp dụng", "Nêu quyết định công nhận.")
FEAT = Section(MAIN, "II. Thành tích đột xuất", "Việc đã làm, thời gian, địa điểm, kết quả, xác nhận.")
THEME = Section(MAIN, "II. Thành tích trong phong trào thi đua (chuyên đề)", "Nêu phong trào, chỉ tiêu và kết quả.")
CAREER = Section(MAIN, "II. Quá trình cống hiến", "Các chức vụ đã giữ, thời gian giữ từng chức vụ.")
FOREIGN = Section(MAIN, "II. Thành tích, đóng góp trong quan hệ với Việt Nam")
GIVEN = Section(
    "iii-khen-thuong",
    "III. Các hình thức đã được khen thưởng",
    "Năm; danh hiệu, hình thức; số, ngày quyết định; cơ quan ban hành.",
)
LONG = (FIGURES, MEASURES, POLICY, PARTY)

# By the place in the appendix's list; the number is data.
FORMS = {
    "flag": ReportForm("02", "Báo cáo thành tích đề nghị tặng Cờ thi đua của Chính phủ", (UNIT, DONE, *LONG, GIVEN)),
    "fighter": ReportForm(
        "03",
        "Báo cáo thành tích đề nghị tặng danh hiệu Chiến sĩ thi đua toàn quốc",
        (LIFE, DONE, POLICY, INITIATIVES, GIVEN),
    ),
    "merit-collective": ReportForm(
        "04", "Báo cáo thành tích khen thưởng công trạng đối với tập thể", (UNIT, DONE, *LONG, GIVEN)
    ),
    "merit-individual": ReportForm(
        "05", "Báo cáo thành tích khen thưởng công trạng đối với cá nhân", (LIFE, DONE, POLICY, GIVEN)
    ),
    "surprise": ReportForm("06", "Báo cáo thành tích khen thưởng đột xuất", (UNIT, FEAT)),
    "contribution": ReportForm("07", "Báo cáo quá trình cống hiến", (LIFE, CAREER, GIVEN)),
    "theme": ReportForm("08", "Báo cáo thành tích khen thưởng theo chuyên đề", (UNIT, THEME, GIVEN)),
    "hero-collective": ReportForm(
        "09", "Báo cáo thành tích đề nghị danh hiệu Anh hùng đối với tập thể", (UNIT, DONE, *LONG, GIVEN)
    ),
    "hero-individual": ReportForm(
        "10", "Báo cáo thành tích đề nghị danh hiệu Anh hùng đối với cá nhân", (LIFE, DONE, POLICY, INITIATIVES, GIVEN)
    ),
    "foreign-collective": ReportForm(
        "11", "Báo cáo thành tích khen thưởng đối ngoại đối với tập thể", (UNIT, FOREIGN, GIVEN)
    ),
    "foreign-individual": ReportForm(
        "12", "Báo cáo thành tích khen thưởng đối ngoại đối với cá nhân", (LIFE, FOREIGN, GIVEN)
    ),
}
OF_CATEGORY = {Category.SURPRISE: "surprise", Category.CONTRIBUTION: "contribution", Category.MOVEMENT: "theme"}


def form_for(nomination: Nomination) -> ReportForm:
    """The form for this nomination's award, category and kind of subject (reads dossier, award, subject)."""
    return form_of(nomination.award.code, nomination.dossier.category, nomination.subject.kind)


def form_of(award: str, category: str, kind: str) -> ReportForm:
    """Award first, then the category, then the kind; fighters' titles add the section of initiatives."""
    group = "collective" if kind == SubjectKind.COLLECTIVE else "individual"
    if award == "co-chinh-phu":
        return FORMS["flag"]
    if award == "cstd-toan-quoc":
        return FORMS["fighter"]
    if award in HEROES:
        return FORMS[f"hero-{group}"]
    if category == Category.EXTERNAL:
        return FORMS[f"foreign-{group}"]
    if category in OF_CATEGORY:
        return for_kind(FORMS[OF_CATEGORY[Category(category)]], kind)
    form = FORMS[f"merit-{group}"]
    return with_initiatives(form) if award in FIGHTERS else form


def for_kind(form: ReportForm, kind: str) -> ReportForm:
    """The same form with the first section of a person or of a collective."""
    first = UNIT if kind == SubjectKind.COLLECTIVE else LIFE
    return ReportForm(form.number, form.name, (first, *form.sections[1:]))


def with_initiatives(form: ReportForm) -> ReportForm:
    return ReportForm(form.number, form.name, (*form.sections[:-1], INITIATIVES, form.sections[-1]))


def all_sections() -> tuple[Section, ...]:
    """Every section of every form once, by code: for pages that name what is asked for."""
    found: dict[str, Section] = {}
    forms: Iterable[ReportForm] = FORMS.values()
    for form in forms:
        for each in form.sections:
            found.setdefault(each.code, each)
    found.setdefault(INITIATIVES.code, INITIATIVES)
    return tuple(found.values())
