"""Certificates of individuals: Luật TĐKT 2022, Điều 71, 73-75; Luật TĐKT 2003 (sửa đổi 2013), Điều 69, 71, 72, 75."""

from dataclasses import replace

from awards.law.branches import INDIVIDUAL, Attestation, Branch, Round, Test, cite, said
from awards.law.chains import Chain
from awards.law.checks import Check, any_of
from awards.law.facts import Grade, Nominee, Scope
from awards.law.individuals_open import (
    CONTRIBUTION,
    EXTERNAL,
    MERIT,
    MOVEMENT,
    SURPRISE,
    Open,
    in_movement,
    open_branches,
    with_initiatives,
)
from awards.law.individuals_tests import awarded_in_a_row, either, graded, graded_in_a_row, listed
from awards.law.individuals_titles import LAW_2003, LAW_2022
from awards.law.initiatives import condition, usable
from awards.law.runs import PROVINCIAL_CERTIFICATES, Run, grade_run

OBEYS = Attestation("obeys", "chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước")
EXEMPLARY = Attestation("exemplary", "gương mẫu chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước")
GOOD_CHARACTER = Attestation("ethics", "phẩm chất đạo đức tốt, đoàn kết")
MERIT_OR_SURPRISE = MERIT | SURPRISE
COUNCIL = "Hội đồng quyết định"


# --- Bằng khen của bộ, ban, ngành, tỉnh --------------------------------------------------------------------------


def provincial_certificate(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-I5, Điều 74.1.d: CSTĐ cơ sở twice in a row; or two or more years HTXS in a row with two initiatives, or two
    studies, applied at the base within those years. Where a year not stated could lengthen the run to years whose
    initiatives are wanted, that year is asked for."""
    end = a_round.end_year
    fighter = (awarded_in_a_row(nominee, "cstd-co-so", end, 2),)
    found = grade_run(nominee, Grade.HTXS, end, 2)
    excellent = (graded_in_a_row(Grade.HTXS, found, end), _ideas_of_the_run(nominee, _span(found, end)))
    return either(fighter, excellent)


def _span(found: Run, end: int) -> tuple[int, int]:
    # Where the run is open, initiatives of the years that may yet belong to it are looked at too.
    years = found.years if found.value else found.possible
    return (min(years, default=end), end)


def _ideas_of_the_run(nominee: Nominee, years: tuple[int, int]) -> Check:
    """Two of a kind in the run; too few are no failure yet while years not stated could lengthen the run enough."""
    check = _two_of_a_kind(nominee, years)
    start = _longer_start(nominee, years) if check.passed is False else None
    if start is None:
        return check
    # A leave year without a grade may be excellent as well as passed over: here it is a year not stated.
    longer = grade_run(replace(nominee, aways=()), Grade.HTXS, years[1], 2, since=start)
    if longer.broken is not None or not longer.unknown:
        return check
    return said(None, f"{_asked(nominee, longer, start)} {check.text}")


def _longer_start(nominee: Nominee, years: tuple[int, int]) -> int | None:
    """The latest year before the run from which on there would be enough initiatives or studies."""
    found = {idea.year for idea in nominee.initiatives or () if idea.year is not None and idea.year < years[0]}
    starts = sorted(found, reverse=True)
    return next((each for each in starts if _two_of_a_kind(nominee, (each, years[1])).passed is not False), None)


def _asked(nominee: Nominee, longer: Run, start: int) -> str:
    ideas = f"sáng kiến, đề tài từ năm {start}"
    missing = [year for year in longer.unknown if year not in (nominee.grades or {})]
    if missing:
        return f"Chưa có mức hoàn thành nhiệm vụ năm {listed(missing)}; hãy bổ sung để biết {ideas} có được tính."
    # The grade is stated, but a discipline was served in that year.
    return f"Năm {listed(longer.unknown)} chỉ tính từ khi chấp hành xong kỷ luật; {COUNCIL} việc tính {ideas}."


def _two_of_a_kind(nominee: Nominee, years: tuple[int, int]) -> Check:
    span = f"trong thời gian {years[0]}–{years[1]}"
    ideas = usable(nominee, kinds=("initiative",), scope=Scope.BASE, years=years)
    studies = usable(nominee, kinds=("research",), scope=Scope.BASE, years=years)
    value = any_of((ideas.at_least(2), studies.at_least(2)))
    if value is False and ideas.certain and studies.certain:
        return said(None, f"Có 1 sáng kiến và 1 đề tài {span}; văn bản đòi 02 sáng kiến hoặc 02 đề tài, {COUNCIL}.")
    if studies.at_least(2) is value and ideas.at_least(2) is not value:
        return condition(studies, 2, f"đề tài, đề án áp dụng hiệu quả ở cơ sở {span}", nominee.award)
    return condition(ideas, 2, f"sáng kiến áp dụng hiệu quả ở cơ sở {span}", nominee.award)


# --- Bằng khen của Thủ tướng, giấy khen --------------------------------------------------------------------------

# A3-I6. 2022, Điều 73.1.b says "và có liên tục", not "sau đó"; NĐ 152/2025, Điều 33.7 counts from the certificate.
pm_certificate = Chain(prior=PROVINCIAL_CERTIFICATES, after=False, title="cstd-co-so", times=3)
# A3-old. Điều 71.1.b as amended in 2013: five years HTXS next after the certificate.
pm_certificate_2003 = Chain(prior=PROVINCIAL_CERTIFICATES, grade=Grade.HTXS)


def good_work(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Điều 75.1.c as amended in 2013: graded HTT or better in the year."""
    return (graded(nominee, a_round.end_year, Grade.HTT),)


# --- the lists ---------------------------------------------------------------------------------------------------


def _counted(law: str, code: str, rule: str, award: str, title: str, test: Test, *attestations: Attestation) -> Branch:
    return Branch(code, rule, award, INDIVIDUAL, title, cite(law, code), test, attestations=attestations)


PROVINCIAL = "Hai lần liên tục là Chiến sĩ thi đua cơ sở, hoặc từ 02 năm hoàn thành xuất sắc và có 02 sáng kiến, đề tài"
OPEN_74 = (
    Open(
        "74.1.a",
        "Thành tích xuất sắc được bình xét trong phong trào thi đua do tỉnh phát động",
        MOVEMENT,
        counted=in_movement("province"),
    ),
    Open(
        "74.1.b",
        "Nhiều thành tích hoặc thành tích đột xuất, có phạm vi ảnh hưởng ở một lĩnh vực của tỉnh",
        MERIT_OR_SURPRISE,
    ),
    Open("74.1.c", "Đóng góp vào phát triển kinh tế - xã hội, khoa học, kỹ thuật, xã hội, từ thiện nhân đạo"),
    Open(
        "74.1.đ",
        "Công nhân, nông dân, người lao động lập nhiều thành tích, ảnh hưởng trong cấp xã, đơn vị",
        MERIT_OR_SURPRISE,
        workers=True,
    ),
)
# Điều 74.2: "chấp hành tốt", where Điều 74.1 asks "gương mẫu chấp hành".
OPEN_74_2 = Open(
    "74.2", "Doanh nhân, trí thức, nhà khoa học có đóng góp vào sự phát triển của địa phương được công nhận"
)
OPEN_73 = (
    Open("73.1.a", "Thành tích xuất sắc tiêu biểu, được bình xét trong phong trào thi đua", MOVEMENT),
    Open(
        "73.1.c",
        "Nhiều thành tích hoặc thành tích đột xuất ảnh hưởng trong tỉnh, hoặc giải thưởng ở khu vực",
        MERIT_OR_SURPRISE,
    ),
    Open("73.1.d", "Đóng góp vào phát triển kinh tế - xã hội, khoa học, kỹ thuật, xã hội, từ thiện nhân đạo"),
    Open(
        "73.2.a",
        "Công nhân, nông dân, người lao động đạt tiêu chuẩn tại điểm a, b hoặc d khoản 1",
        MERIT | MOVEMENT,
        workers=True,
    ),
    Open(
        "73.2.b",
        "Nhiều thành tích hoặc thành tích đột xuất trong lao động, sản xuất, ảnh hưởng trong ngành, nghề",
        MERIT_OR_SURPRISE,
        workers=True,
    ),
    Open(
        "73.2.c",
        "Công nhân có sáng kiến giá trị cao và có đóng góp đào tạo, giúp đỡ đồng nghiệp",
        workers=True,
        counted=with_initiatives(1, Scope.BASE),
    ),
    Open(
        "73.2.d",
        "Nông dân có mô hình sản xuất hiệu quả, ổn định từ 02 năm trở lên và giúp đỡ hộ nông dân khác",
        workers=True,
    ),
    Open("73.3", "Doanh nhân, trí thức, nhà khoa học có đóng góp được bộ, ban, ngành, tỉnh công nhận"),
)
# Who lives abroad is asked to respect the country and its law, not to follow the lines of the Party.
ABROAD = "Người Việt Nam định cư ở nước ngoài, người nước ngoài tôn trọng độc lập, chủ quyền, luật pháp Việt Nam,"
OPEN_73_7 = Open("73.7", f"{ABROAD} có đóng góp cho Việt Nam", EXTERNAL)
UNIT = Open(
    "75.2", "Tiêu chuẩn giấy khen do bộ, ban, ngành, tỉnh quy định chi tiết", MERIT | SURPRISE | MOVEMENT | CONTRIBUTION
)
MEDAL = Open(
    "71.2",
    "Đóng góp vào sự phát triển của tỉnh theo tiêu chuẩn kỷ niệm chương do Hội đồng nhân dân tỉnh quy định",
    MERIT | CONTRIBUTION,
)

R2024 = (
    *(
        _counted(LAW_2022, "74.1.d", "A3-I5", award, PROVINCIAL, provincial_certificate, EXEMPLARY)
        for award in PROVINCIAL_CERTIFICATES
    ),
    *open_branches(LAW_2022, "A3-I5b", PROVINCIAL_CERTIFICATES, OPEN_74, (EXEMPLARY,)),
    *open_branches(LAW_2022, "A3-I5b", PROVINCIAL_CERTIFICATES, (OPEN_74_2,), (OBEYS,)),
    _counted(
        LAW_2022,
        "73.1.b",
        "A3-I6",
        "bk-thu-tuong",
        "Đã có bằng khen của bộ, ban, ngành, tỉnh; từ 05 năm hoàn thành tốt nhiệm vụ, 03 lần Chiến sĩ thi đua cơ sở",
        pm_certificate,
        OBEYS,
    ),
    *open_branches(LAW_2022, "A3-I6", ("bk-thu-tuong",), OPEN_73, (OBEYS,)),
    *open_branches(LAW_2022, "A3-I6", ("bk-thu-tuong",), (OPEN_73_7,)),
    *open_branches(LAW_2022, "A2-75", ("giay-khen",), (UNIT,)),
    *open_branches(LAW_2022, "A2-71", ("ky-niem-chuong",), (MEDAL,)),
)

OLD_72 = (
    Open("72.1.a", "Thành tích xuất sắc được bình xét trong phong trào thi đua", MOVEMENT),
    Open("72.1.b", "Nhiều thành tích có phạm vi ảnh hưởng trong từng lĩnh vực thuộc tỉnh", MERIT_OR_SURPRISE),
)
OLD_71 = (
    Open("71.1.a", "Thành tích xuất sắc tiêu biểu, được bình xét trong phong trào thi đua", MOVEMENT),
    Open("71.1.c", "Nhiều thành tích hoặc thành tích đột xuất có phạm vi ảnh hưởng trong tỉnh", MERIT_OR_SURPRISE),
)
OLD_75 = (
    Open("75.1.a", "Thành tích được bình xét trong phong trào thi đua", MOVEMENT),
    Open("75.1.b", "Lập được thành tích đột xuất", SURPRISE),
)
OLD_MEDAL = Open(
    "69", "Đóng góp vào sự phát triển của tỉnh theo tiêu chuẩn do Hội đồng nhân dân tỉnh quy định", MERIT | CONTRIBUTION
)

R2017 = (
    *open_branches(LAW_2003, "A3-I5b", PROVINCIAL_CERTIFICATES, OLD_72, (EXEMPLARY,)),
    _counted(
        LAW_2003,
        "71.1.b",
        "A3-I6",
        "bk-thu-tuong",
        "Đã được tặng bằng khen cấp bộ, ngành, tỉnh và 05 năm tiếp theo liên tục hoàn thành xuất sắc nhiệm vụ",
        pm_certificate_2003,
        EXEMPLARY,
    ),
    *open_branches(LAW_2003, "A3-I6", ("bk-thu-tuong",), OLD_71, (EXEMPLARY,)),
    _counted(
        LAW_2003,
        "75.1.c",
        "A2-75",
        "giay-khen",
        "Hoàn thành tốt nhiệm vụ, nghĩa vụ công dân",
        good_work,
        GOOD_CHARACTER,
        EXEMPLARY,
    ),
    *open_branches(LAW_2003, "A2-75", ("giay-khen",), OLD_75),
    *open_branches(LAW_2003, "A2-71", ("ky-niem-chuong",), (OLD_MEDAL,)),
)
