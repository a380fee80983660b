"""Titles of individuals: Luật TĐKT 2022, Điều 21-24; Luật TĐKT 2003 (sửa đổi 2013), Điều 21-24."""

from awards.law.branches import INDIVIDUAL, Attestation, Branch, Round, Test, cite, said
from awards.law.checks import Check
from awards.law.facts import Category, Grade, Nominee, Scope
from awards.law.individuals_tests import awarded_in_a_row, either, graded, listed
from awards.law.initiatives import Usable, condition, joined, usable
from awards.law.runs import award_status

LAW_2022 = "Luật TĐKT 2022"
LAW_2003 = "Luật TĐKT 2003 (sửa đổi 2013)"
DECREE_91 = "Luật TĐKT 2003 (sửa đổi 2013), Điều 22; Nghị định 91/2017/NĐ-CP (cần đối chiếu văn bản)"
# A title is given for emulation, regular or thematic; the statute draws no other line.
TITLE_CATEGORIES = frozenset({Category.MERIT, Category.MOVEMENT})
CHOSEN = Attestation("chosen", "thành tích xuất sắc tiêu biểu được lựa chọn trong số những người đủ số lần liên tục")
SPIRIT = Attestation("spirit", "tinh thần tự lực, tự cường, đoàn kết, tương trợ, tích cực tham gia phong trào thi đua")
LEARNING = Attestation("learning", "tích cực học tập chính trị, văn hóa, chuyên môn, nghiệp vụ")
ETHICS = Attestation("ethics", "đạo đức, lối sống lành mạnh")
EXEMPLARY = Attestation("exemplary", "gương mẫu chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước")
ANY_KIND = ("initiative", "research", "ingenuity")


# --- Lao động tiên tiến ------------------------------------------------------------------------------------------


def advanced_worker(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-I4. Graded HTT or better in the year (Điều 24 khoản 1 điểm a of both statutes)."""
    return (graded(nominee, a_round.end_year, Grade.HTT),)


def productive_worker(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-I4b. A worker or farmer whose work is productive: the unit says so, the province details it (24.3, 24.6)."""
    productive = nominee.attested.get("productive")
    texts = {
        True: f"Đơn vị xác nhận lao động, sản xuất có hiệu quả năm {a_round.end_year}.",
        False: f"Đơn vị không xác nhận lao động, sản xuất có hiệu quả năm {a_round.end_year}.",
        None: "Cần đơn vị xác nhận lao động, sản xuất có hiệu quả theo quy định chi tiết của Ủy ban nhân dân tỉnh.",
    }
    return (said(productive, texts[productive]),)


# --- Chiến sĩ thi đua cơ sở --------------------------------------------------------------------------------------


def base_fighter(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-I3, 2022 law: the standard of LĐTT, and HTXS or an initiative, a study accepted, ingenuity in combat."""
    year = a_round.end_year
    return (
        _worker_standard(nominee, a_round),
        *either((graded(nominee, year, Grade.HTXS),), (_own_idea(nominee, year),)),
    )


def base_fighter_2003(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
    """A3-old, Điều 23.2 as amended in 2013: an initiative or a study is wanted; HTXS belongs to ingenuity in combat."""
    year = a_round.end_year
    ideas = _base_ideas(nominee, year)
    idea = condition(ideas, 1, f"sáng kiến hoặc đề tài được cơ sở công nhận năm {year}", nominee.award)
    combat = usable(nominee, kinds=("ingenuity",), years=(year, year))
    brave = condition(combat, 1, f"mưu trí, sáng tạo trong chiến đấu năm {year}", nominee.award)
    options: list[tuple[Check, ...]] = [(idea,)]
    if combat.certain or combat.possible:
        options.append((brave, graded(nominee, year, Grade.HTXS)))
    return (_worker_standard(nominee, a_round), *either(*options))


def _worker_standard(nominee: Nominee, a_round: Round) -> Check:
    year = a_round.end_year
    if award_status(nominee, "ld-tien-tien")(year):
        return said(True, f"Đã đạt Lao động tiên tiến năm {year}.")
    if nominee.worker:
        return productive_worker(nominee, a_round)[0]
    return graded(nominee, year, Grade.HTT)


def _own_idea(nominee: Nominee, year: int) -> Check:
    found = joined(_base_ideas(nominee, year), usable(nominee, kinds=("ingenuity",), years=(year, year)))
    what = f"sáng kiến, đề tài hoặc mưu trí, sáng tạo được cơ sở công nhận năm {year}"
    return condition(found, 1, what, nominee.award)


def _base_ideas(nominee: Nominee, year: int) -> Usable:
    """Initiatives that the base recognised, and studies accepted, which need no scope."""
    recognised = usable(nominee, kinds=("initiative",), scope=Scope.BASE, years=(year, year))
    return joined(recognised, usable(nominee, kinds=("research",), years=(year, year)))


# --- Chiến sĩ thi đua cấp tỉnh, toàn quốc ------------------------------------------------------------------------


def fighter(below: str, times: int, scope: Scope, citation: str = "") -> Test:
    """A3-I2, A3-I1: the title below ``times`` in a row and an initiative or a study of ``scope``."""
    reach = {Scope.PROVINCE: "có phạm vi ảnh hưởng trong tỉnh", Scope.NATION: "có phạm vi ảnh hưởng toàn quốc"}[scope]

    def test(nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
        found = usable(nominee, kinds=ANY_KIND, scope=scope, years=(0, nominee.on.year))
        idea = condition(found, 1, f"sáng kiến hoặc đề tài {reach}", nominee.award, citation)
        return (_in_a_row(nominee, below, a_round.end_year, times), idea)

    return test


def _in_a_row(nominee: Nominee, below: str, end: int, times: int) -> Check:
    check = awarded_in_a_row(nominee, below, end, times)
    return _every_third_year(nominee, end) or check if check.passed is False and below == "cstd-tinh" else check


def _every_third_year(nominee: Nominee, end: int) -> Check | None:
    """CSTĐ cấp tỉnh three years apart with CSTĐ cơ sở in between: "02 lần liên tục" may be read so; people decide."""
    held, base = award_status(nominee, "cstd-tinh"), award_status(nominee, "cstd-co-so")
    if not (held(end) and held(end - 3) and all(base(year) for year in range(end - 2, end + 1))):
        return None
    return said(
        None,
        f"Đạt Chiến sĩ thi đua cấp tỉnh năm {listed((end - 3, end))}, từ năm {end - 2} năm nào cũng là"
        " Chiến sĩ thi đua cơ sở; Hội đồng quyết định đây có là “02 lần liên tục” hay không.",
    )


# --- the lists ---------------------------------------------------------------------------------------------------


def _title(law: str, code: str, rule: str, award: str, title: str, test: Test, *attest: Attestation) -> Branch:
    return Branch(
        code=code,
        rule=rule,
        award=award,
        kinds=INDIVIDUAL,
        title=title,
        citation=cite(law, code),
        test=test,
        categories=TITLE_CATEGORIES,
        attestations=attest,
        workers={"A3-I4": False, "A3-I4b": True}.get(rule),
    )


R2024 = (
    _title(
        LAW_2022,
        "24.1",
        "A3-I4",
        "ld-tien-tien",
        "Cán bộ, công chức, viên chức, người lao động hoàn thành tốt nhiệm vụ trở lên",
        advanced_worker,
        SPIRIT,
    ),
    _title(
        LAW_2022,
        "24.3",
        "A3-I4b",
        "ld-tien-tien",
        "Công nhân, nông dân, người lao động khác lao động, sản xuất có hiệu quả",
        productive_worker,
        EXEMPLARY,
        ETHICS,
    ),
    _title(
        LAW_2022,
        "23",
        "A3-I3",
        "cstd-co-so",
        "Đạt tiêu chuẩn Lao động tiên tiến và hoàn thành xuất sắc nhiệm vụ hoặc có sáng kiến, đề tài",
        base_fighter,
    ),
    _title(
        LAW_2022,
        "22.1",
        "A3-I2",
        "cstd-tinh",
        "03 lần liên tục là Chiến sĩ thi đua cơ sở và có sáng kiến, đề tài có phạm vi ảnh hưởng trong tỉnh",
        fighter("cstd-co-so", 3, Scope.PROVINCE),
        CHOSEN,
    ),
    _title(
        LAW_2022,
        "21.1",
        "A3-I1",
        "cstd-toan-quoc",
        "02 lần liên tục là Chiến sĩ thi đua cấp tỉnh và có sáng kiến, đề tài có phạm vi ảnh hưởng toàn quốc",
        fighter("cstd-tinh", 2, Scope.NATION),
        CHOSEN,
    ),
)
R2017 = (
    _title(
        LAW_2003,
        "24.1",
        "A3-I4",
        "ld-tien-tien",
        "Cán bộ, công chức, viên chức hoàn thành tốt nhiệm vụ, năng suất và chất lượng cao",
        advanced_worker,
        SPIRIT,
        LEARNING,
        ETHICS,
    ),
    _title(
        LAW_2003,
        "24.3",
        "A3-I4b",
        "ld-tien-tien",
        "Công nhân, nông dân, người lao động khác lao động sản xuất có hiệu quả",
        productive_worker,
        EXEMPLARY,
        ETHICS,
    ),
    _title(
        LAW_2003,
        "23",
        "A3-I3",
        "cstd-co-so",
        "Đạt tiêu chuẩn Lao động tiên tiến và có sáng kiến, đề tài được cơ sở công nhận",
        base_fighter_2003,
    ),
    _title(
        LAW_2003,
        "22",
        "A3-I2",
        "cstd-tinh",
        "03 lần liên tục là Chiến sĩ thi đua cơ sở",
        fighter("cstd-co-so", 3, Scope.PROVINCE, DECREE_91),
        CHOSEN,
    ),
    _title(
        LAW_2003,
        "21",
        "A3-I1",
        "cstd-toan-quoc",
        "02 lần liên tục là Chiến sĩ thi đua cấp tỉnh",
        fighter("cstd-tinh", 2, Scope.NATION, DECREE_91.replace("Điều 22", "Điều 21")),
        CHOSEN,
    ),
)
