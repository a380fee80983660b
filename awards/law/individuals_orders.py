"""Orders of individuals with countable branches: Luật TĐKT 2022, Điều 42-47; Luật TĐKT 2003 (sửa đổi 2013), 42-47."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.law.branches import INDIVIDUAL, Attestation, Branch, Round, cite, said
from awards.law.chains import Chain, too_soon
from awards.law.checks import Check
from awards.law.facts import Given, Nominee, Scope
from awards.law.individuals_certificates import ABROAD, EXEMPLARY, MERIT_OR_SURPRISE, OBEYS
from awards.law.individuals_open import (
    CONTRIBUTION,
    EXTERNAL,
    MOVEMENT,
    SURPRISE,
    Open,
    in_movement,
    open_branches,
    weighed,
    with_initiatives,
)
from awards.law.individuals_tests import best_of, held_before
from awards.law.individuals_titles import LAW_2003, LAW_2022
from awards.law.names import name_of
from awards.law.runs import Prior, prior_award, window_start

FORCES = Attestation("forces", "thuộc lực lượng vũ trang nhân dân")
SERVICE = "Quá trình cống hiến lâu dài trong cơ quan, tổ chức, đơn vị"
ARMED = "Quá trình cống hiến lâu dài trong lực lượng vũ trang nhân dân"


# --- 2022 --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Order:
    """One class of an order by the 2022 law: which point is the chain, what it asks."""

    award: str
    rule: str
    code: str
    prior: str
    excellent: int
    title: str
    times: int

    def branch(self, attestation: Attestation) -> Branch:
        words = (
            f"Đã được tặng {name_of(self.prior)}, sau đó từ 05 năm hoàn thành tốt nhiệm vụ, trong đó"
            f" {self.excellent:02d} năm hoàn thành xuất sắc và {self.times:02d} lần {name_of(self.title)}"
        )
        chain = Chain((self.prior,), excellent=self.excellent, title=self.title, times=self.times)
        return Branch(
            self.code,
            self.rule,
            self.award,
            INDIVIDUAL,
            words,
            cite(LAW_2022, self.code),
            chain,
            attestations=(attestation,),
        )


LABOUR = (
    Order("hc-lao-dong-ba", "A3-I7", "44.1.e", "bk-thu-tuong", 1, "cstd-co-so", 3),
    Order("hc-lao-dong-nhi", "A3-I8", "43.1.đ", "hc-lao-dong-ba", 2, "cstd-tinh", 1),
    Order("hc-lao-dong-nhat", "A3-I9", "42.1.đ", "hc-lao-dong-nhi", 3, "cstd-tinh", 2),
)
DEFENCE = (
    Order("hc-bao-ve-to-quoc-ba", "A3-I7", "47.1.c", "bk-thu-tuong", 1, "cstd-co-so", 3),
    Order("hc-bao-ve-to-quoc-nhi", "A3-I8", "46.1.c", "hc-bao-ve-to-quoc-ba", 2, "cstd-tinh", 1),
    Order("hc-bao-ve-to-quoc-nhat", "A3-I9", "45.1.c", "hc-bao-ve-to-quoc-nhi", 3, "cstd-tinh", 2),
)


def _first_and_second(article: int, initiatives: int, model_years: int, reach: str, prize: str) -> tuple[Open, ...]:
    """The open points of Điều 42 and Điều 43, which are numbered alike."""
    count = f"{initiatives:02d}"
    return (
        Open(
            f"{article}.1.a", f"Thành tích xuất sắc đột xuất, có phạm vi ảnh hưởng và nêu gương trong {reach}", SURPRISE
        ),
        Open(f"{article}.1.b", f"Được giải thưởng {prize}", MERIT_OR_SURPRISE),
        Open(
            f"{article}.1.c", f"Phát minh, sáng chế, công trình khoa học và công nghệ, tác phẩm ảnh hưởng trong {reach}"
        ),
        Open(
            f"{article}.1.d",
            "Đóng góp lớn vào phát triển kinh tế - xã hội, an sinh xã hội, từ thiện nhân đạo, khoa học",
        ),
        Open(f"{article}.1.e", SERVICE, CONTRIBUTION),
        Open(
            f"{article}.2.a",
            "Công nhân, nông dân đạt tiêu chuẩn tại điểm a, b, c hoặc d khoản 1",
            MERIT_OR_SURPRISE,
            workers=True,
        ),
        Open(
            f"{article}.2.b",
            f"Công nhân có {count} sáng kiến giá trị cao và có đóng góp đào tạo, bồi dưỡng, giúp đỡ đồng nghiệp",
            workers=True,
            counted=with_initiatives(initiatives, Scope.PROVINCE),
        ),
        Open(
            f"{article}.2.c",
            f"Nông dân có {count} sáng kiến áp dụng hiệu quả hoặc mô hình sản xuất ổn định từ {model_years:02d} năm",
            workers=True,
        ),
        Open(
            f"{article}.3",
            "Doanh nhân, trí thức, nhà khoa học đạt tiêu chuẩn tại điểm a, b, c hoặc d khoản 1",
            MERIT_OR_SURPRISE,
        ),
    )


OPEN_42 = _first_and_second(42, 3, 5, "toàn quốc", "cao của thế giới")
OPEN_43 = _first_and_second(43, 2, 4, "bộ, ban, ngành, tỉnh", "quốc tế cao nhất của khu vực")
OPEN_44 = (
    Open(
        "44.1.a",
        "Thành tích xuất sắc tiêu biểu, bình xét khi sơ kết, tổng kết phong trào của tỉnh từ 05 năm trở lên",
        MOVEMENT,
        counted=in_movement("province", years=5),
    ),
    Open("44.1.b", "Phát minh, sáng chế, công trình, tác phẩm ảnh hưởng ở một lĩnh vực của bộ, ban, ngành, tỉnh"),
    Open("44.1.c", "Nhiều đóng góp vào phát triển kinh tế - xã hội, an sinh xã hội, từ thiện nhân đạo, khoa học"),
    Open("44.1.d", "Thành tích xuất sắc đột xuất, nêu gương ở một lĩnh vực thuộc bộ, ban, ngành, tỉnh", SURPRISE),
    Open("44.1.đ", "Được giải thưởng quốc tế cao của khu vực", MERIT_OR_SURPRISE),
    Open("44.1.g", SERVICE, CONTRIBUTION),
    Open(
        "44.2.a",
        "Công nhân, nông dân đạt tiêu chuẩn tại điểm a, b, c, d hoặc đ khoản 1",
        MERIT_OR_SURPRISE | MOVEMENT,
        workers=True,
    ),
    Open(
        "44.2.b",
        "Công nhân có sáng kiến được áp dụng hiệu quả và có đóng góp đào tạo, bồi dưỡng, giúp đỡ đồng nghiệp",
        workers=True,
        counted=with_initiatives(1, Scope.PROVINCE),
    ),
    Open(
        "44.2.c",
        "Nông dân có sáng kiến được áp dụng hiệu quả hoặc mô hình sản xuất ổn định từ 03 năm trở lên",
        workers=True,
    ),
    Open(
        "44.3",
        "Doanh nhân, trí thức, nhà khoa học đạt tiêu chuẩn tại điểm a, b, c, d hoặc đ khoản 1",
        MERIT_OR_SURPRISE | MOVEMENT,
    ),
)


def _abroad(award: str, rule: str, code: str) -> tuple[Branch, ...]:
    """Điều 42.6, 43.6, 44.6: for who lives abroad, without the head sentence of the other clauses."""
    row = Open(code, f"{ABROAD} có thành tích được bộ, ban, ngành, tỉnh công nhận và đề nghị", EXTERNAL)
    return open_branches(LAW_2022, rule, (award,), (row,))


def _defence_points(article: int, reach: str) -> tuple[Open, ...]:
    return (
        Open(
            f"{article}.1.a",
            f"Thành tích xuất sắc đột xuất trong chiến đấu, huấn luyện, xây dựng lực lượng, nêu gương trong {reach}",
            SURPRISE,
        ),
        Open(f"{article}.1.b", "Phát minh, sáng chế, công trình, tác phẩm về quốc phòng, an ninh được công nhận"),
        Open(f"{article}.1.d", ARMED, CONTRIBUTION),
    )


R2024 = (
    *(order.branch(OBEYS) for order in LABOUR),
    *open_branches(LAW_2022, "A3-I9", ("hc-lao-dong-nhat",), OPEN_42, (OBEYS,)),
    *open_branches(LAW_2022, "A3-I8", ("hc-lao-dong-nhi",), OPEN_43, (OBEYS,)),
    *open_branches(LAW_2022, "A3-I7", ("hc-lao-dong-ba",), OPEN_44, (OBEYS,)),
    *_abroad("hc-lao-dong-nhat", "A3-I9", "42.6"),
    *_abroad("hc-lao-dong-nhi", "A3-I8", "43.6"),
    *_abroad("hc-lao-dong-ba", "A3-I7", "44.6"),
    *(order.branch(FORCES) for order in DEFENCE),
    *open_branches(LAW_2022, "A3-I9", ("hc-bao-ve-to-quoc-nhat",), _defence_points(45, "toàn quốc"), (FORCES,)),
    *open_branches(
        LAW_2022,
        "A3-I8",
        ("hc-bao-ve-to-quoc-nhi",),
        _defence_points(46, "toàn quân, toàn lực lượng Công an"),
        (FORCES,),
    ),
    *open_branches(
        LAW_2022, "A3-I7", ("hc-bao-ve-to-quoc-ba",), _defence_points(47, "quân khu, hệ lực lượng"), (FORCES,)
    ),
)


# --- 2003, as amended in 2013 ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FiveYearsOn:
    """ "Đã được tặng X và 5 năm tiếp theo liên tục lập được thành tích xuất sắc có phạm vi ảnh hưởng …": the award and
    the five years are counted, the achievement is weighed."""

    prior: str
    words: str

    def __call__(self, nominee: Nominee, a_round: Round) -> tuple[Check, ...]:
        prior = prior_award(nominee, self.prior, nominee.on)
        if not prior.records:
            return (held_before(nominee, (self.prior,), prior, None), weighed(self.words))
        return best_of(*(self._from(nominee, a_round, prior, each) for each in prior.records))

    def _from(self, nominee: Nominee, a_round: Round, prior: Prior, chosen: Given) -> tuple[Check, ...]:
        held = held_before(nominee, (self.prior,), prior, chosen)
        return (held, _five_years(a_round, window_start(chosen, a_round)), weighed(self.words))


def _five_years(a_round: Round, since: int | None) -> Check:
    if since is None:
        return said(None, "Chưa rõ ngày quyết định khen thưởng lần trước; hãy bổ sung để tính 5 năm tiếp theo.")
    length = a_round.end_year - since + 1
    if length < 5:
        return too_soon(a_round, since, 5)
    return said(True, f"Sau lần khen thưởng trước đã có {length} năm ({since}–{a_round.end_year}).")


def _next_five(
    award: str, rule: str, code: str, prior: str, reach: str, attestation: Attestation = EXEMPLARY
) -> Branch:
    words = f"5 năm tiếp theo liên tục lập được thành tích xuất sắc, có phạm vi ảnh hưởng và nêu gương trong {reach}"
    return Branch(
        code,
        rule,
        award,
        INDIVIDUAL,
        f"Đã được tặng {name_of(prior)} và {words}",
        cite(LAW_2003, code),
        FiveYearsOn(prior, words),
        attestations=(attestation,),
    )


def _old_points(article: int, clause: int, reach: str, service: str) -> Iterable[Open]:
    return (
        Open(f"{article}.{clause}.a", service, CONTRIBUTION),
        Open(
            f"{article}.{clause}.b",
            f"Thành tích đặc biệt xuất sắc đột xuất, hoặc phát minh, công trình, tác phẩm ảnh hưởng trong {reach}",
            MERIT_OR_SURPRISE,
        ),
    )


THIRD_OLD = Open(
    "44.1.a",
    "Thành tích xuất sắc có phạm vi ảnh hưởng và nêu gương trong lĩnh vực thuộc bộ, ngành, tỉnh",
    MERIT_OR_SURPRISE,
)
ARMED_OLD = Open(
    "47.1.a",
    "Thành tích xuất sắc trong huấn luyện, sẵn sàng chiến đấu, xây dựng lực lượng, nêu gương trong quân khu",
    MERIT_OR_SURPRISE,
)

R2017 = (
    _next_five("hc-lao-dong-nhat", "A3-I9", "42.2.a", "hc-lao-dong-nhi", "toàn quốc"),
    *open_branches(LAW_2003, "A3-I9", ("hc-lao-dong-nhat",), _old_points(42, 2, "toàn quốc", SERVICE), (EXEMPLARY,)),
    _next_five("hc-lao-dong-nhi", "A3-I8", "43.1.a", "hc-lao-dong-ba", "bộ, ngành, tỉnh"),
    *open_branches(
        LAW_2003, "A3-I8", ("hc-lao-dong-nhi",), _old_points(43, 1, "bộ, ngành, tỉnh", SERVICE), (EXEMPLARY,)
    ),
    *open_branches(
        LAW_2003, "A3-I7", ("hc-lao-dong-ba",), (THIRD_OLD, *_old_points(44, 1, "thực tiễn", SERVICE)), (EXEMPLARY,)
    ),
    _next_five("hc-bao-ve-to-quoc-nhat", "A3-I9", "45.2.a", "hc-bao-ve-to-quoc-nhi", "toàn quốc", FORCES),
    *open_branches(
        LAW_2003, "A3-I9", ("hc-bao-ve-to-quoc-nhat",), _old_points(45, 2, "cấp nhà nước", ARMED), (FORCES,)
    ),
    _next_five(
        "hc-bao-ve-to-quoc-nhi", "A3-I8", "46.1.a", "hc-bao-ve-to-quoc-ba", "toàn quân, toàn lực lượng Công an", FORCES
    ),
    *open_branches(LAW_2003, "A3-I8", ("hc-bao-ve-to-quoc-nhi",), _old_points(46, 1, "cấp nhà nước", ARMED), (FORCES,)),
    *open_branches(
        LAW_2003,
        "A3-I7",
        ("hc-bao-ve-to-quoc-ba",),
        (ARMED_OLD, *_old_points(47, 1, "cấp bộ, ngành, tỉnh", ARMED)),
        (FORCES,),
    ),
)
