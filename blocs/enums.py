"""Words that the law and the year file share. The values are promises: archives hold them."""

from django.db.models import TextChoices


class Duty(TextChoices):
    OFFICER = "officer", "Cán bộ thi đua, khen thưởng"
    LEADER = "leader", "Lãnh đạo đơn vị"
    STANDING = "standing", "Thường trực Hội đồng"


class AgencyKind(TextChoices):
    DEPARTMENT = "department", "Sở, ban, ngành"
    PARTY = "party", "Cơ quan Đảng"
    FRONT = "front", "Mặt trận, đoàn thể"
    MEDIA = "media", "Cơ quan báo chí"
    PUBLIC_SERVICE = "public-service", "Đơn vị sự nghiệp"
    LOCALITY = "locality", "Địa phương"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    ASSOCIATION = "association", "Hội"
    FORCES = "forces", "Lực lượng vũ trang"
    JUDICIARY = "judiciary", "Tòa án, Viện kiểm sát, thi hành án"
    CENTRAL = "central", "Cơ quan trung ương tại tỉnh"
    OTHER = "other", "Khác"


class BlocKind(TextChoices):
    BLOC = "bloc", "Khối"
    CLUSTER = "cluster", "Cụm"


class Tier(TextChoices):
    PROVINCE = "province", "Do tỉnh tổ chức"
    AUTHORISED = "authorised", "Được ủy quyền"


class Role(TextChoices):
    HEAD = "head", "Trưởng khối"
    DEPUTY = "deputy", "Phó khối"
    MEMBER = "member", "Thành viên"


class YearState(TextChoices):
    PLANNING = "planning", "Đang chuẩn bị"
    RUNNING = "running", "Đang thực hiện"
    SCORING = "scoring", "Đang chấm điểm"
    CONCLUDED = "concluded", "Đã tổng kết"
    HANDED_OVER = "handed_over", "Đã bàn giao"


class Area(TextChoices):
    """What a head may delegate to a deputy."""

    REVIEWS = "reviews", "Soạn báo cáo sơ kết, tổng kết"
    CONFERENCES = "conferences", "Tổ chức hội nghị, phong trào"
    PLEDGE = "pledge", "Chuẩn bị giao ước"
    SCORES = "scores", "Tổng hợp, thẩm định điểm"


class Scope(TextChoices):
    NATION = "nation", "Toàn quốc"
    PROVINCE = "province", "Tỉnh"
    BLOC = "bloc", "Khối, cụm"
    AGENCY = "agency", "Cơ quan, đơn vị"


class MovementKind(TextChoices):
    REGULAR = "regular", "Thường xuyên"
    THEMATIC = "thematic", "Theo chuyên đề"
    SPECIAL = "special", "Đợt thi đua đặc biệt"


class PledgeState(TextChoices):
    DRAFT = "draft", "Dự thảo"
    OPEN = "open_for_signature", "Đang lấy chữ ký"
    SIGNED = "signed", "Đã ký kết"


class Direction(TextChoices):
    UP = "up", "Càng cao càng tốt"
    DOWN = "down", "Càng thấp càng tốt"


class ConferenceKind(TextChoices):
    PLEDGE_SIGNING = "pledge-signing", "Hội nghị ký kết giao ước thi đua"
    MID_YEAR_REVIEW = "mid-year-review", "Hội nghị sơ kết 6 tháng đầu năm"
    ANNUAL_REVIEW = "annual-review", "Hội nghị tổng kết năm"
    OTHER = "other", "Hội nghị khác"


class AttendanceLevel(TextChoices):
    UNKNOWN = "", "Có dự (chưa rõ cấp)"
    LEADER = "leader", "Lãnh đạo đơn vị"
    OFFICER = "officer", "Cán bộ thi đua, khen thưởng"
    ABSENT = "absent", "Vắng"


class PetitionStatus(TextChoices):
    OPEN = "open", "Mới tiếp nhận"
    VERIFYING = "verifying", "Đang xác minh"
    UPHELD = "upheld", "Kết luận đúng"
    DISMISSED = "dismissed", "Kết luận không đúng"


class Period(TextChoices):
    H1 = "H1", "6 tháng đầu năm"
    H2 = "H2", "6 tháng cuối năm"
    YEAR = "year", "Cả năm"


class CommendationStatus(TextChoices):
    AWARDED = "awarded", "Đã được khen thưởng"
    PROPOSED = "proposed", "Đã đề nghị"


class RecipientKind(TextChoices):
    COLLECTIVE = "collective", "tập thể"
    INDIVIDUAL = "individual", "cá nhân"
    HOUSEHOLD = "household", "gia đình"
    VILLAGE = "village", "thôn, khối phố"
    AGENCY = "agency", "cơ quan"
    ENTERPRISE = "enterprise", "doanh nghiệp"
    COMMUNE = "commune", "xã"
    WARD = "ward", "phường"


class SuccessionMode(TextChoices):
    ROTATION = "rotation", "Luân phiên"
    ELECTION = "election", "Bầu tại hội nghị"
    ASSIGNED = "assigned", "Được phân công"


class Award(TextChoices):
    """Codes of titles and commendation forms (domain.md A1, A2), with their names in running text."""

    GOVERNMENT_FLAG = "co-chinh-phu", "Cờ thi đua của Chính phủ"
    PROVINCIAL_FLAG = "co-tinh", "Cờ thi đua của Ủy ban nhân dân tỉnh"
    MINISTRY_FLAG = "co-bo", "Cờ thi đua của bộ, ban, ngành, đoàn thể trung ương"
    EXCELLENT_COLLECTIVE = "tt-ld-xuat-sac", "Tập thể lao động xuất sắc"
    ADVANCED_COLLECTIVE = "tt-ld-tien-tien", "Tập thể lao động tiên tiến"
    EXEMPLARY_COMMUNE = "xa-tieu-bieu", "Xã, phường, đặc khu tiêu biểu"
    CULTURAL_VILLAGE = "thon-van-hoa", "Thôn, tổ dân phố văn hóa"
    CULTURAL_FAMILY = "gia-dinh-van-hoa", "Gia đình văn hóa"
    NATIONAL_FIGHTER = "cstd-toan-quoc", "Chiến sĩ thi đua toàn quốc"
    PROVINCIAL_FIGHTER = "cstd-tinh", "Chiến sĩ thi đua cấp tỉnh"
    BASE_FIGHTER = "cstd-co-so", "Chiến sĩ thi đua cơ sở"
    ADVANCED_WORKER = "ld-tien-tien", "Lao động tiên tiến"
    PM_CERTIFICATE = "bk-thu-tuong", "Bằng khen của Thủ tướng Chính phủ"
    PROVINCIAL_CERTIFICATE = "bk-tinh", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
    MINISTRY_CERTIFICATE = "bk-bo", "Bằng khen của bộ, ban, ngành, đoàn thể trung ương"
    CERTIFICATE = "bang-khen", "Bằng khen"
    UNIT_CERTIFICATE = "giay-khen", "Giấy khen"
    LABOUR_ORDER_1 = "hc-lao-dong-nhat", "Huân chương Lao động hạng Nhất"
    LABOUR_ORDER_2 = "hc-lao-dong-nhi", "Huân chương Lao động hạng Nhì"
    LABOUR_ORDER_3 = "hc-lao-dong-ba", "Huân chương Lao động hạng Ba"
    GOLD_STAR_ORDER = "hc-sao-vang", "Huân chương Sao vàng"
    HO_CHI_MINH_ORDER = "hc-ho-chi-minh", "Huân chương Hồ Chí Minh"
    INDEPENDENCE_ORDER_1 = "hc-doc-lap-nhat", "Huân chương Độc lập hạng Nhất"
    INDEPENDENCE_ORDER_2 = "hc-doc-lap-nhi", "Huân chương Độc lập hạng Nhì"
    INDEPENDENCE_ORDER_3 = "hc-doc-lap-ba", "Huân chương Độc lập hạng Ba"
    EXPLOIT_ORDER_1 = "hc-quan-cong-nhat", "Huân chương Quân công hạng Nhất"
    EXPLOIT_ORDER_2 = "hc-quan-cong-nhi", "Huân chương Quân công hạng Nhì"
    EXPLOIT_ORDER_3 = "hc-quan-cong-ba", "Huân chương Quân công hạng Ba"
    DEFENCE_ORDER_1 = "hc-bao-ve-to-quoc-nhat", "Huân chương Bảo vệ Tổ quốc hạng Nhất"
    DEFENCE_ORDER_2 = "hc-bao-ve-to-quoc-nhi", "Huân chương Bảo vệ Tổ quốc hạng Nhì"
    DEFENCE_ORDER_3 = "hc-bao-ve-to-quoc-ba", "Huân chương Bảo vệ Tổ quốc hạng Ba"
    FEAT_ORDER_1 = "hc-chien-cong-nhat", "Huân chương Chiến công hạng Nhất"
    FEAT_ORDER_2 = "hc-chien-cong-nhi", "Huân chương Chiến công hạng Nhì"
    FEAT_ORDER_3 = "hc-chien-cong-ba", "Huân chương Chiến công hạng Ba"
    UNITY_ORDER = "hc-dai-doan-ket", "Huân chương Đại đoàn kết dân tộc"
    BRAVERY_ORDER = "hc-dung-cam", "Huân chương Dũng cảm"
    FRIENDSHIP_ORDER = "hc-huu-nghi", "Huân chương Hữu nghị"
    FRIENDSHIP_MEDAL = "huy-chuong-huu-nghi", "Huy chương Hữu nghị"
    LABOUR_HERO = "anh-hung-lao-dong", "Anh hùng Lao động"
    FORCES_HERO = "anh-hung-llvtnd", "Anh hùng Lực lượng vũ trang nhân dân"
    COMMEMORATIVE_MEDAL = "ky-niem-chuong", "Kỷ niệm chương"
    UNSPECIFIED = "khen-thuong", "Khen thưởng (nguồn không nêu hình thức)"


FLAGS = (Award.GOVERNMENT_FLAG, Award.PROVINCIAL_FLAG)


class SeatRole(TextChoices):
    """What a member is in the council; the secretary may sit in without a vote."""

    CHAIR = "chair", "Chủ tịch Hội đồng"
    VICE = "vice", "Phó Chủ tịch Hội đồng"
    MEMBER = "member", "Ủy viên"
    SECRETARY = "secretary", "Thư ký Hội đồng"


class CouncilLevel(TextChoices):
    PROVINCE = "province", "Cấp tỉnh"
    COMMUNE = "commune", "Cấp xã"
    AGENCY = "agency", "Cơ quan, đơn vị"
