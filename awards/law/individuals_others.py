"""Individuals' honours that no rule counts: the council weighs, the President decides (Luật TĐKT 2022, Điều 34-67)."""

from awards.law.individuals_open import CONTRIBUTION, EXTERNAL, MERIT, SURPRISE, Open, open_branches
from awards.law.individuals_titles import LAW_2003, LAW_2022

RULE = "A2"
MERIT_OR_SURPRISE = MERIT | SURPRISE
LIFE = CONTRIBUTION | MERIT
SERVICE = "Quá trình cống hiến lâu dài trong cơ quan, tổ chức, đơn vị"
ARMED = "Quá trình cống hiến lâu dài trong lực lượng vũ trang nhân dân"
FEAT = "Chiến công, thành tích trong chiến đấu, phục vụ chiến đấu"
ALERT = "Chủ động, mưu trí, dũng cảm bảo vệ an ninh quốc gia, đấu tranh với tội phạm; hoàn thành xuất sắc nhiệm vụ"
FRIEND = "Người nước ngoài có đóng góp to lớn xây dựng, củng cố tình hữu nghị với Việt Nam"
UNITY = "Công lao to lớn, thành tích đặc biệt xuất sắc trong sự nghiệp xây dựng khối đại đoàn kết toàn dân tộc"
BRAVE = "Hành động dũng cảm cứu người, cứu tài sản của Nhà nước, của Nhân dân"
HERO = "Thành tích đặc biệt xuất sắc trong lao động sáng tạo, được tập thể suy tôn, đóng góp từ 10 năm trở lên"
ARMS_HERO = "Thành tích đặc biệt xuất sắc trong chiến đấu, phục vụ chiến đấu, xây dựng lực lượng vũ trang"

ROWS_2022: dict[str, tuple[Open, ...]] = {
    "hc-sao-vang": (
        Open("34.2.a", "Nhiều công lao to lớn, đặc biệt xuất sắc trong sự nghiệp cách mạng của Đảng, dân tộc", LIFE),
        Open("34.2.b", "Nhiều công lao to lớn, đặc biệt xuất sắc đối với đất nước thuộc một lĩnh vực"),
        Open("34.6", "Nguyên thủ quốc gia nước ngoài có công lao to lớn", EXTERNAL),
    ),
    "hc-ho-chi-minh": (
        Open("35.1.a", "Công lao to lớn, đặc biệt xuất sắc trong sự nghiệp cách mạng của Đảng, dân tộc", LIFE),
        Open("35.1.b", "Nhiều thành tích đặc biệt xuất sắc, nêu gương trong toàn quốc thuộc một lĩnh vực"),
        Open("35.5", "Người nước ngoài có công lao to lớn", EXTERNAL),
    ),
    "hc-doc-lap-nhat": (
        Open("36.1.a", SERVICE, CONTRIBUTION),
        Open("36.1.b", "Thành tích đặc biệt xuất sắc, nêu gương trong toàn quốc thuộc một lĩnh vực"),
        Open(
            "36.4", "Thành tích đặc biệt xuất sắc của người Việt Nam định cư ở nước ngoài, người nước ngoài", EXTERNAL
        ),
    ),
    "hc-doc-lap-nhi": (
        Open("37.1.a", SERVICE, CONTRIBUTION),
        Open("37.1.b", "Nhiều thành tích xuất sắc, nêu gương trong toàn quốc thuộc một lĩnh vực"),
        Open("37.4", "Nhiều thành tích xuất sắc của người Việt Nam định cư ở nước ngoài, người nước ngoài", EXTERNAL),
    ),
    "hc-doc-lap-ba": (
        Open("38.1.a", SERVICE, CONTRIBUTION),
        Open("38.1.b", "Thành tích xuất sắc, nêu gương trong toàn quốc thuộc một lĩnh vực"),
        Open("38.4", "Thành tích xuất sắc của người Việt Nam định cư ở nước ngoài, người nước ngoài", EXTERNAL),
    ),
    "hc-quan-cong-nhat": (
        Open("39.1.a", ARMED, CONTRIBUTION),
        Open("39.1.b", "Thành tích đặc biệt xuất sắc trong chiến đấu, huấn luyện, nêu gương trong toàn quốc"),
    ),
    "hc-quan-cong-nhi": (
        Open("40.1.a", ARMED, CONTRIBUTION),
        Open("40.1.b", "Nhiều thành tích xuất sắc trong chiến đấu, huấn luyện, nêu gương trong toàn quốc"),
    ),
    "hc-quan-cong-ba": (
        Open("41.1.a", ARMED, CONTRIBUTION),
        Open("41.1.b", "Thành tích xuất sắc trong chiến đấu, huấn luyện, nêu gương trong toàn quốc"),
    ),
    "hc-chien-cong-nhat": (Open("48.1.a", FEAT, MERIT_OR_SURPRISE), Open("48.1.b", ALERT, MERIT_OR_SURPRISE)),
    "hc-chien-cong-nhi": (Open("49.1.a", FEAT, MERIT_OR_SURPRISE), Open("49.1.b", ALERT, MERIT_OR_SURPRISE)),
    "hc-chien-cong-ba": (Open("50.1.a", FEAT, MERIT_OR_SURPRISE), Open("50.1.b", ALERT, MERIT_OR_SURPRISE)),
    "hc-dai-doan-ket": (Open("51.1", UNITY, LIFE),),
    "hc-dung-cam": (Open("52", BRAVE, SURPRISE),),
    "hc-huu-nghi": (Open("53.1", FRIEND, EXTERNAL),),
    "huy-chuong-huu-nghi": (Open("58.2", FRIEND.replace("đóng góp to lớn", "nhiều đóng góp"), EXTERNAL),),
    "anh-hung-llvtnd": (Open("62.1", ARMS_HERO, MERIT_OR_SURPRISE),),
    "anh-hung-lao-dong": (
        Open("63.1", HERO),
        Open("63.3", "Thành tích đặc biệt xuất sắc đột xuất trong xây dựng và bảo vệ Tổ quốc", SURPRISE),
    ),
}
# The 2003 statute names the same awards in articles 34-51; the points that are not read here are not cited by point.
ROWS_2003: dict[str, tuple[Open, ...]] = {
    "hc-doc-lap-nhat": (Open("36.1", "Quá trình cống hiến lâu dài và thành tích đặc biệt xuất sắc", LIFE),),
    "hc-doc-lap-nhi": (Open("37.1", "Quá trình cống hiến lâu dài và nhiều thành tích xuất sắc", LIFE),),
    "hc-doc-lap-ba": (Open("38.1", "Quá trình cống hiến lâu dài và thành tích xuất sắc", LIFE),),
    "hc-chien-cong-nhat": (Open("48.1", "Chiến công đặc biệt xuất sắc, nêu gương trong toàn quốc", MERIT_OR_SURPRISE),),
    "hc-chien-cong-nhi": (Open("48.2", "Chiến công xuất sắc, nêu gương trong toàn quân hoặc tỉnh", MERIT_OR_SURPRISE),),
    "hc-chien-cong-ba": (Open("48.3", "Chiến công xuất sắc, nêu gương trong quân khu, quân chủng", MERIT_OR_SURPRISE),),
    "hc-dai-doan-ket": (Open("49", UNITY, LIFE),),
    "hc-dung-cam": (Open("50", BRAVE, SURPRISE),),
    "hc-huu-nghi": (Open("51", FRIEND, EXTERNAL),),
}

R2024 = tuple(branch for award, rows in ROWS_2022.items() for branch in open_branches(LAW_2022, RULE, (award,), rows))
R2017 = tuple(branch for award, rows in ROWS_2003.items() for branch in open_branches(LAW_2003, RULE, (award,), rows))
