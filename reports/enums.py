"""Words of reporting."""

from django.db.models import TextChoices


class ReviewKind(TextChoices):
    MID_YEAR = "mid-year", "Sơ kết 6 tháng đầu năm"
    ANNUAL = "annual", "Tổng kết năm"


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
