"""Words of scoring that the year file shares."""

from django.db.models import TextChoices

from blocs.enums import YearState

# Sheets are filled in, checked, appraised, explained and agreed while the year runs or is being scored.
SCORED_STATES = (YearState.RUNNING, YearState.SCORING)


class CriterionKind(TextChoices):
    GROUP = "group", "Nhóm tiêu chí"
    JUDGED = "judged", "Chấm điểm trực tiếp"
    QUANTITATIVE = "quantitative", "Định lượng (kế hoạch, thực hiện)"
    CHOICE = "choice", "Chọn mức"
    COUNT = "count", "Đếm số lượng"
    MINUS = "minus", "Trừ dần từ điểm tối đa"
    BONUS = "bonus", "Điểm thưởng"
    DEDUCTION = "deduction", "Điểm trừ"


class Formula(TextChoices):
    RELATIVE = "relative-to-leader", "So với đơn vị dẫn đầu"
    PROPORTIONAL = "proportional", "Theo tỷ lệ hoàn thành"
    SURPLUS = "proportional-with-surplus", "Theo tỷ lệ, vượt được thưởng"
    INVERSE = "inverse", "Chỉ tiêu cần giảm"
    RATE = "rate", "Theo tỷ lệ đạt, làm tròn bước"


class SetState(TextChoices):
    DRAFT = "draft", "Dự thảo"
    OPEN = "open", "Đang áp dụng"
    LOCKED = "locked", "Đã khóa"


class SheetState(TextChoices):
    DRAFT = "draft", "Đang tự chấm"
    SUBMITTED = "submitted", "Đã gửi"
    CROSS_CHECKED = "cross_checked", "Đã chấm chéo"
    APPRAISED = "appraised", "Đã thẩm định"
    EXPLANATION = "explanation", "Đang giải trình"
    AGREED = "agreed", "Đã thống nhất"
    LOCKED = "locked", "Đã khóa"


class PollMode(TextChoices):
    SECRET = "secret", "Bỏ phiếu kín"
    SHOW_OF_HANDS = "show-of-hands", "Biểu quyết giơ tay"
    CONSENSUS = "consensus", "Nhất trí"


class PollBase(TextChoices):
    MEMBERS = "members", "Tổng số thành viên"
    PRESENT = "present", "Số thành viên có mặt"


class AppraisedBy(TextChoices):
    SECRETARIAT = "secretariat", "Thư ký khối"
    AGENCY = "agency", "Cơ quan chuyên môn"
    STANDING = "standing", "Cơ quan thường trực Hội đồng"


class PollPurpose(TextChoices):
    AWARD = "award", "Đề nghị khen thưởng"
    HEAD = "head", "Chọn trưởng khối năm sau"
    DEPUTY = "deputy", "Chọn phó khối năm sau"


class PollChannel(TextChoices):
    COUNTED = "counted", "Ghi kết quả đã kiểm"
    PAPER = "paper", "Phiếu giấy, Ban kiểm phiếu đếm"
    ELECTRONIC = "electronic", "Phiếu điện tử"


class PollState(TextChoices):
    DRAFT = "draft", "Đang chuẩn bị"
    OPEN = "open", "Đang bỏ phiếu"
    CLOSED = "closed", "Đã kiểm phiếu"
    CANCELLED = "cancelled", "Đã hủy"
