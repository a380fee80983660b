"""Certificates and orders of collectives: Luật TĐKT 2022, Điều 42-44, 73-75; of 2003 (2013), Điều 42-44, 71-75."""

from functools import partial

from awards.law.branches import COLLECTIVE, Attestation, Branch, Round, cite, said
from awards.law.checks import Check
from awards.law.collectives_chains import CERTIFICATE, EXCELLENT, FLAG, GOVERNMENT, CollectiveChain, Prize
from awards.law.collectives_open import open_collectives
from awards.law.collectives_tests import of_central_bloc, reviewed_movement, years_after_discipline
from awards.law.collectives_title_lists import THRIFT, UNITY
from awards.law.facts import Grade, Nominee
from awards.law.individuals_certificates import EXEMPLARY, OBEYS
from awards.law.individuals_open import MERIT, MOVEMENT, SURPRISE, Open
from awards.law.individuals_tests import graded, listed
from awards.law.individuals_titles import LAW_2003, LAW_2022
from awards.law.runs import PROVINCIAL_CERTIFICATES, excellent_run

DEMOCRACY = Attestation("democracy", "thực hiện tốt dân chủ ở cơ sở, tổ chức tốt các phong trào thi đua")
WELFARE = Attestation("welfare", "chăm lo đời sống vật chất, tinh thần trong tập thể")
POLICIES = Attestation("policies", "thực hiện đầy đủ các chế độ, chính sách đối với mọi thành viên trong tập thể")
_collective = partial(Branch, kinds=COLLECTIVE)
_TWO = 2


def two_excellent_years(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-F5, Điều 74.3.d (2013: Điều 72.2.c): two years in a row HTXS or Tập thể lao động xuất sắc."""
    found = excellent_run(nominee, a_round.end_year, _TWO, max(years_after_discipline(nominee), default=None))
    if found.value:
        return (said(True, f"Có {_TWO} năm liên tục {EXCELLENT} ({listed(found.years[-_TWO:])})."),)
    if found.value is None:
        text = f"Chưa có mức hoàn thành nhiệm vụ năm {listed(found.unknown)}; hãy bổ sung (cần {_TWO} năm liên tục)."
        return (said(None, text),)
    years = f"{len(found.possible)} năm" + (f" ({listed(found.possible)})" if found.possible else "")
    return (
        said(False, f"Chỉ có {years} {EXCELLENT} đến năm {a_round.end_year}, cần {_TWO} năm; {_broken(found.broken)}."),
    )


def _broken(year: int | None) -> str:
    return "chưa đủ số năm" if year is None else f"năm {year} không đạt"


def completed_well(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """Giấy khen, Điều 75.2.c of 2003 as amended in 2013: completed its tasks well."""
    return (graded(nominee, a_round.end_year, Grade.HTT),)


# --- what lies inside the five years: Luật TĐKT 2022 --------------------------------------------------------------

PM_PRIZES = (
    Prize(((FLAG, 1),)),
    Prize(((CERTIFICATE, 2),)),
    Prize(((GOVERNMENT, 1),), council=True),
)
THIRD_PRIZES = (
    Prize(((GOVERNMENT, 1),)),
    Prize(((FLAG, 2),)),
    Prize(((FLAG, 1), (CERTIFICATE, 1))),
    Prize(((CERTIFICATE, 2),), no_flags=True),
)
SECOND_PRIZES = (
    Prize(((GOVERNMENT, 1), (FLAG, 1))),
    Prize(((FLAG, 3),)),
    Prize(((CERTIFICATE, 3),), no_flags=True),
    Prize(((GOVERNMENT, 2),), council=True),
)
FIRST_PRIZES = (
    Prize(((GOVERNMENT, 2),)),
    Prize(((GOVERNMENT, 1), (FLAG, 2))),
    Prize(((FLAG, 4),)),
    Prize(((CERTIFICATE, 4),), no_flags=True),
)
_AFTER_PM = "Đã được tặng Bằng khen của Thủ tướng Chính phủ, sau đó 05 năm liên tục hoàn thành xuất sắc nhiệm vụ"
_AFTER_ORDER = "Đã được tặng Huân chương Lao động hạng {}, sau đó 05 năm liên tục hoàn thành xuất sắc nhiệm vụ"
_AFTER_CERTIFICATE = (
    "Đã được tặng bằng khen của bộ, ban, ngành, tỉnh, sau đó 05 năm liên tục hoàn thành xuất sắc nhiệm vụ"
)
_TWO_YEARS = "Có 02 năm liên tục hoàn thành xuất sắc nhiệm vụ"

_CHAINS_2022 = (
    ("73.4.e", "A3-F6", "bk-thu-tuong", _AFTER_CERTIFICATE, CollectiveChain(PROVINCIAL_CERTIFICATES, PM_PRIZES)),
    ("44.4.đ", "A3-F7", "hc-lao-dong-ba", _AFTER_PM, CollectiveChain(("bk-thu-tuong",), THIRD_PRIZES, ten_years=True)),
    (
        "43.4.d",
        "A3-F8",
        "hc-lao-dong-nhi",
        _AFTER_ORDER.format("Ba"),
        CollectiveChain(("hc-lao-dong-ba",), SECOND_PRIZES),
    ),
    (
        "42.4.d",
        "A3-F9",
        "hc-lao-dong-nhat",
        _AFTER_ORDER.format("Nhì"),
        CollectiveChain(("hc-lao-dong-nhi",), FIRST_PRIZES),
    ),
)
_CHAINS_2003 = (
    ("71.2.c", "A3-F6", "bk-thu-tuong", _AFTER_CERTIFICATE, CollectiveChain(PROVINCIAL_CERTIFICATES, literal=True)),
    (
        "44.2.b",
        "A3-F7",
        "hc-lao-dong-ba",
        _AFTER_PM,
        CollectiveChain(("bk-thu-tuong",), ten_years=True, literal=True),
    ),
    (
        "43.2.b",
        "A3-F8",
        "hc-lao-dong-nhi",
        _AFTER_ORDER.format("Ba"),
        CollectiveChain(("hc-lao-dong-ba",), literal=True),
    ),
    (
        "42.3.b",
        "A3-F9",
        "hc-lao-dong-nhat",
        _AFTER_ORDER.format("Nhì"),
        CollectiveChain(("hc-lao-dong-nhi",), literal=True),
    ),
)


def _chains(law: str, rows: tuple[tuple[str, str, str, str, CollectiveChain], ...]) -> tuple[Branch, ...]:
    return tuple(
        _collective(
            code=code,
            rule=rule,
            award=award,
            title=title,
            citation=cite(law, code),
            test=test,
            categories=MERIT,
            attestations=(UNITY,),
        )
        for code, rule, award, title, test in rows
    )


def _two_years(law: str, code: str, attestations: tuple[Attestation, ...]) -> tuple[Branch, ...]:
    return tuple(
        _collective(
            code=code,
            rule="A3-F5",
            award=award,
            title=_TWO_YEARS,
            citation=cite(law, code),
            test=two_excellent_years,
            categories=MERIT,
            attestations=attestations,
        )
        for award in PROVINCIAL_CERTIFICATES
    )


# --- left to people ----------------------------------------------------------------------------------------------

_IN_MOVEMENT = MERIT | MOVEMENT
_CERTIFICATE_2022 = (
    Open("74.3.a", "Có thành tích xuất sắc được bình xét trong phong trào thi đua", _IN_MOVEMENT),
    Open("74.3.b", "Lập được thành tích xuất sắc đột xuất, có phạm vi ảnh hưởng trong từng lĩnh vực", SURPRISE),
    Open("74.3.c", "Có đóng góp vào sự phát triển kinh tế - xã hội, công tác xã hội, từ thiện nhân đạo", MERIT),
)
# Enterprises (Điều 73.5, 74.4) are asked to obey the law, not for unity.
_CERTIFICATE_OF_ENTERPRISES = Open(
    "74.4", "Doanh nghiệp, tổ chức kinh tế có thành tích đóng góp vào sự phát triển của bộ, ngành, địa phương"
)
_PM_2022 = (
    Open("73.4.a", "Lập được thành tích đột xuất, có phạm vi ảnh hưởng trong bộ, ban, ngành, tỉnh", SURPRISE),
    Open("73.4.b", "Có đóng góp vào sự phát triển kinh tế - xã hội, quốc phòng, an ninh của đất nước", MERIT),
    Open(
        "73.4.c",
        "Thành tích xuất sắc tiêu biểu được bình xét trong cụm, khối do Hội đồng Trung ương tổ chức",
        MERIT,
        counted=of_central_bloc,
    ),
    Open(
        "73.4.d",
        "Thành tích xuất sắc tiêu biểu được bình xét khi sơ kết, tổng kết phong trào thi đua",
        MOVEMENT,
        counted=reviewed_movement(3),
    ),
    Open("73.4.đ", "Có thành tích xuất sắc trong phục vụ nhiệm vụ chính trị của Đảng, Nhà nước", MERIT | MOVEMENT),
)
_PM_OF_ENTERPRISES = Open(
    "73.5", "Doanh nghiệp, tổ chức kinh tế có thành tích đóng góp vào sự phát triển kinh tế - xã hội"
)
_THIRD_2022 = (
    Open("44.4.a", "Lập được thành tích xuất sắc đột xuất, có phạm vi ảnh hưởng trong từng lĩnh vực", SURPRISE),
    Open("44.4.b", "Có nhiều đóng góp trong phát triển kinh tế - xã hội của đất nước, bảo đảm an sinh xã hội", MERIT),
    Open(
        "44.4.c",
        "Có thành tích xuất sắc, được bình xét khi sơ kết, tổng kết phong trào thi đua",
        MOVEMENT,
        counted=reviewed_movement(5),
    ),
    Open("44.4.d", "Có thành tích xuất sắc trong phục vụ nhiệm vụ chính trị của Đảng, Nhà nước", MERIT | MOVEMENT),
)
_SECOND_2022 = (
    Open("43.4.a", "Lập được thành tích xuất sắc đột xuất, có phạm vi ảnh hưởng trong bộ, ban, ngành, tỉnh", SURPRISE),
    Open("43.4.b", "Có đóng góp lớn vào sự phát triển kinh tế - xã hội của đất nước", MERIT),
    Open(
        "43.4.c",
        "Có nhiều thành tích xuất sắc tiêu biểu, được bình xét khi sơ kết, tổng kết phong trào thi đua",
        MOVEMENT,
        counted=reviewed_movement(None),
    ),
)
_FIRST_2022 = (
    Open("42.4.a", "Lập được thành tích đặc biệt xuất sắc đột xuất, nêu gương trong toàn quốc", SURPRISE),
    Open("42.4.b", "Có nhiều đóng góp lớn vào sự phát triển kinh tế - xã hội của đất nước", MERIT),
    Open(
        "42.4.c",
        "Có thành tích đặc biệt xuất sắc, được bình xét khi sơ kết, tổng kết phong trào thi đua",
        MOVEMENT,
        counted=reviewed_movement(None),
    ),
)
_UNIT_2022 = (
    Open("75.2", "Đạt tiêu chuẩn giấy khen do bộ, ban, ngành, tỉnh quy định chi tiết", _IN_MOVEMENT | SURPRISE),
)

_CERTIFICATE_2003 = (
    Open("72.2.a", "Có thành tích xuất sắc được bình xét trong phong trào thi đua", _IN_MOVEMENT),
    Open("72.2.b", "Lập được thành tích xuất sắc đột xuất có phạm vi ảnh hưởng trong từng lĩnh vực", SURPRISE),
)
_PM_2003 = (
    Open(
        "71.2.a",
        "Lập được thành tích đột xuất, thành tích có phạm vi ảnh hưởng trong bộ, ngành, tỉnh",
        SURPRISE | MERIT,
    ),
    Open("71.2.b", "Có thành tích xuất sắc tiêu biểu, được bình xét trong phong trào thi đua", _IN_MOVEMENT),
)
_THIRD_2003 = (
    Open("44.2.a", "Lập được thành tích xuất sắc có phạm vi ảnh hưởng và nêu gương trong lĩnh vực", MERIT | SURPRISE),
)
_SECOND_2003 = (
    Open(
        "43.2.a",
        "Lập được thành tích xuất sắc có phạm vi ảnh hưởng và nêu gương trong bộ, ngành, tỉnh",
        MERIT | SURPRISE,
    ),
)
_FIRST_2003 = (
    Open("42.3.a", "Lập được thành tích xuất sắc có phạm vi ảnh hưởng và nêu gương trong toàn quốc", MERIT | SURPRISE),
)
_UNIT_2003 = (
    Open("75.2.a", "Có thành tích xuất sắc được bình xét trong phong trào thi đua", _IN_MOVEMENT),
    Open("75.2.b", "Lập được thành tích đột xuất", SURPRISE),
)
_UNIT_WELL_2003 = _collective(
    code="75.2.c",
    rule="A3-F5",
    award="giay-khen",
    title="Hoàn thành tốt nhiệm vụ, nội bộ đoàn kết, thực hiện tốt quy chế dân chủ ở cơ sở",
    citation=cite(LAW_2003, "75.2.c"),
    test=completed_well,
    categories=MERIT,
    attestations=(UNITY, DEMOCRACY, THRIFT),
)

R2017 = (
    *_two_years(LAW_2003, "72.2.c", (UNITY, DEMOCRACY, WELFARE, THRIFT, POLICIES)),
    *_chains(LAW_2003, _CHAINS_2003),
    _UNIT_WELL_2003,
    *open_collectives(LAW_2003, "A3-F5", PROVINCIAL_CERTIFICATES, _CERTIFICATE_2003, (EXEMPLARY,)),
    *open_collectives(LAW_2003, "A3-F6", ("bk-thu-tuong",), _PM_2003, (UNITY,)),
    *open_collectives(LAW_2003, "A3-F7", ("hc-lao-dong-ba",), _THIRD_2003),
    *open_collectives(LAW_2003, "A3-F8", ("hc-lao-dong-nhi",), _SECOND_2003),
    *open_collectives(LAW_2003, "A3-F9", ("hc-lao-dong-nhat",), _FIRST_2003),
    *open_collectives(LAW_2003, "A3-F5", ("giay-khen",), _UNIT_2003),
)
R2024 = (
    *_two_years(LAW_2022, "74.3.d", (UNITY, DEMOCRACY, WELFARE, THRIFT)),
    *_chains(LAW_2022, _CHAINS_2022),
    *open_collectives(LAW_2022, "A3-F5", PROVINCIAL_CERTIFICATES, _CERTIFICATE_2022, (UNITY,)),
    *open_collectives(LAW_2022, "A3-F5", PROVINCIAL_CERTIFICATES, (_CERTIFICATE_OF_ENTERPRISES,), (OBEYS,)),
    *open_collectives(LAW_2022, "A3-F6", ("bk-thu-tuong",), _PM_2022, (UNITY,)),
    *open_collectives(LAW_2022, "A3-F6", ("bk-thu-tuong",), (_PM_OF_ENTERPRISES,), (OBEYS,)),
    *open_collectives(LAW_2022, "A3-F7", ("hc-lao-dong-ba",), _THIRD_2022, (UNITY,)),
    *open_collectives(LAW_2022, "A3-F8", ("hc-lao-dong-nhi",), _SECOND_2022, (UNITY,)),
    *open_collectives(LAW_2022, "A3-F9", ("hc-lao-dong-nhat",), _FIRST_2022, (UNITY,)),
    *open_collectives(LAW_2022, "A3-F5", ("giay-khen",), _UNIT_2022),
)
# The window of NĐ 152/2025, Điều 33.7 is read off the round: the branches are the same.
R2025 = R2024
