"""Words of reporting."""

from django.db.models import TextChoices


class ReviewKind(TextChoices):
    MID_YEAR = "mid-year", "Sơ kết 6 tháng đầu năm"
    ANNUAL = "annual", "Tổng kết năm"


class RoundKind(TextChoices):
    MID_YEAR = "mid-year", "Sơ kết 6 tháng đầu năm"
    ANNUAL = "annual", "Tổng kết năm"
    AD_HOC = "ad-hoc", "Đột xuất, chuyên đề"


class RoundState(TextChoices):
    DRAFT = "draft", "Đang soạn đề cương"
    OPEN = "open", "Đang nhận báo cáo"
    CLOSED = "closed", "Đã kết thúc"


class FigureUnit(TextChoices):
    """How a figure is typed and shown."""

    WHOLE = "whole", "Số nguyên"
    DECIMAL = "decimal", "Số thập phân"
    PERCENT = "percent", "Tỷ lệ (%)"
    MONEY = "money", "Số tiền (đồng)"


class FigureSource(TextChoices):
    """Figures that the records hold; reports.domain.known_figures computes each with its rows."""

    TARGETS = "targets", "Số chỉ tiêu đã đăng ký trong giao ước"
    TARGETS_REACHED = "targets-reached", "Số chỉ tiêu đạt và vượt"
    COMMENDED_COLLECTIVES = "commended-collectives", "Tập thể được khen thưởng"
    COMMENDED_PERSONS = "commended-persons", "Cá nhân được khen thưởng"
    PROPOSED_COLLECTIVES = "proposed-collectives", "Tập thể đã đề nghị khen thưởng"
    PROPOSED_PERSONS = "proposed-persons", "Cá nhân đã đề nghị khen thưởng"
    PETITIONS = "petitions", "Đơn thư đã nhận"
    PETITIONS_SETTLED = "petitions-settled", "Đơn thư đã giải quyết xong"
    INITIATIVES = "initiatives", "Sáng kiến được công nhận"
    TITLES_REGISTERED = "titles-registered", "Danh hiệu đã đăng ký đầu năm"
    TITLES_AWARDED = "titles-awarded", "Danh hiệu thi đua được công nhận"
    MOVEMENTS = "movements", "Phong trào thi đua đã tham gia"


class Section(TextChoices):
    ACHIEVEMENTS = "achievements", "Kết quả đạt được"
    DIFFICULTIES = "difficulties", "Khó khăn, tồn tại, hạn chế"
    LESSONS = "lessons", "Bài học kinh nghiệm"
    DIRECTIONS = "directions", "Phương hướng, nhiệm vụ"


class ReportState(TextChoices):
    DRAFT = "draft", "Đang soạn"
    SIGNED_OFF = "signed_off", "Lãnh đạo đã duyệt, đã gửi"
    RECEIVED = "received", "Thư ký khối đã nhận"
    RETURNED = "returned", "Trả lại để bổ sung"


class ReviewState(TextChoices):
    DRAFT = "draft", "Đang soạn"
    APPROVED = "approved", "Đã duyệt"
    ISSUED = "issued", "Đã ban hành"


class JobState(TextChoices):
    """How far a paper that is made in the background has come; told from the moments on record."""

    QUEUED = "queued", "Đang chờ đến lượt"
    WORKING = "working", "Đang lập văn bản"
    DONE = "done", "Đã lập xong"
    FAILED = "failed", "Không lập được"
