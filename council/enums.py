"""Words of the council. The values are promises: the year file holds them."""

from django.db.models import TextChoices


class Body(TextChoices):
    """Who decides on an award, or looks at it before it goes on (domain.md B2, the Bắc Ninh example)."""

    COUNCIL = "council", "Hội đồng xét, biểu quyết"
    STANDING = "standing", "Cơ quan thường trực thẩm định, trình thẳng"


class AbsentMode(TextChoices):
    """How members who do not come count; only by the council's own rule (domain-2.md 2.2)."""

    UNCOUNTED = "uncounted", "Vắng mặt không có ý kiến; vẫn tính vào tổng số thành viên"
    WRITTEN = "written", "Vắng mặt gửi ý kiến bằng văn bản; vẫn tính vào tổng số thành viên"


class VoteBase(TextChoices):
    MEMBERS = "members", "Tổng số thành viên Hội đồng"
    PRESENT = "present", "Số thành viên có mặt"


class VoteMode(TextChoices):
    SECRET = "secret", "Bỏ phiếu kín"
    OPEN = "open", "Biểu quyết công khai"


class VoteChannel(TextChoices):
    ELECTRONIC = "electronic", "Bỏ phiếu trên thiết bị của từng thành viên"
    COUNTED = "counted", "Phiếu giấy hoặc giơ tay, ghi kết quả kiểm"


class SessionKind(TextChoices):
    MEETING = "meeting", "Họp Hội đồng"
    WRITTEN = "written", "Lấy ý kiến bằng văn bản, không họp"


class SessionState(TextChoices):
    PREPARING = "preparing", "Đang chuẩn bị"
    CALLED = "called", "Đã triệu tập"
    OPEN = "open", "Đang họp"
    CLOSED = "closed", "Đã kết thúc"
    CANCELLED = "cancelled", "Đã hủy"


class Attendance(TextChoices):
    UNKNOWN = "", "Chưa điểm danh"
    PRESENT = "present", "Có mặt"
    SUBSTITUTE = "substitute", "Người được ủy quyền dự thay"
    WRITTEN = "written", "Vắng mặt, gửi ý kiến bằng văn bản"
    ABSENT = "absent", "Vắng mặt"


class ItemOutcome(TextChoices):
    OPEN = "", "Chưa kết luận"
    PASSED = "passed", "Thông qua"
    FAILED = "failed", "Không thông qua"
    WITHDRAWN = "withdrawn", "Rút khỏi phiên họp"


class Fate(TextChoices):
    """What one round said of one item."""

    UNKNOWN = "", "Chưa kiểm phiếu"
    PASSED = "passed", "Đạt"
    TIED = "tied", "Bằng phiếu ở vị trí cuối, chờ Chủ tịch Hội đồng"
    OVER_QUOTA = "over-quota", "Đạt tỷ lệ nhưng vượt số lượng"
    FAILED = "failed", "Không đạt"


class DecisionKind(TextChoices):
    AWARD = "award", "Khen thưởng"
    CORRECTION = "correction", "Đính chính, sửa đổi"
    REVOCATION = "revocation", "Hủy bỏ, thu hồi"


class DecisionState(TextChoices):
    DRAFT = "draft", "Dự thảo"
    ISSUED = "issued", "Đã ban hành"
    REVOKED = "revoked", "Đã hủy bỏ"


class IssuerKind(TextChoices):
    COMMITTEE = "committee", "Ủy ban nhân dân"
    CHAIR = "chair", "Chủ tịch Ủy ban nhân dân"
    COUNCIL = "council", "Hội đồng Thi đua - Khen thưởng"
    AGENCY = "agency", "Thủ trưởng cơ quan, đơn vị"
    STATE = "state", "Chủ tịch nước, Thủ tướng Chính phủ"


class SpendingKind(TextChoices):
    MOVEMENT = "movement", "Tổ chức phong trào thi đua, hoạt động cụm, khối"
    ITEMS = "items", "In ấn, làm hiện vật khen thưởng"
    OTHER = "other", "Chi khác của quỹ"


class PaymentState(TextChoices):
    """What of a line's reward is done; read from the line, stored nowhere."""

    WAITING = "waiting", "Chưa chi"
    PAID = "paid", "Đã chi"
    DUE_BACK = "due-back", "Phải thu hồi"
    UNKNOWN = "unknown", "Chưa xác định mức"
    NOTHING = "nothing", "Không phải chi"
    REVOKED = "revoked", "Đã hủy bỏ, không chi"
