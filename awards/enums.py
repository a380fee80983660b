"""Words of awards. The values are promises: the year file and the eligibility file hold them."""

from django.db.models import TextChoices


class SubjectKind(TextChoices):
    INDIVIDUAL = "individual", "Cá nhân"
    COLLECTIVE = "collective", "Tập thể"
    HOUSEHOLD = "household", "Hộ gia đình"


class Sex(TextChoices):
    UNKNOWN = "", "Chưa rõ"
    FEMALE = "female", "Nữ"
    MALE = "male", "Nam"


class SubjectGroup(TextChoices):
    """Phân loại đối tượng, as the statutory statistics count it (TT 02/2023/TT-BNV)."""

    UNKNOWN = "", "Chưa phân loại"
    COLLECTIVE = "tap-the", "Tập thể"
    ENTERPRISE = "doanh-nghiep", "Doanh nghiệp, tổ chức kinh tế"
    HOUSEHOLD = "ho-gia-dinh", "Hộ gia đình"
    TOP_LEADER = "lanh-dao-tinh", "Lãnh đạo cấp bộ, cấp tỉnh trở lên"
    DEPARTMENT_LEADER = "lanh-dao-so", "Lãnh đạo cấp vụ, cấp sở và tương đương"
    ENTREPRENEUR = "doanh-nhan", "Doanh nhân"
    MANAGER = "pho-phong-tro-len", "Phó phòng và tương đương trở lên"
    WORKER = "truc-tiep", "Người trực tiếp công tác, lao động, học tập"


class Category(TextChoices):
    """Loại hình khen thưởng (Luật TĐKT 2022, Điều 8)."""

    MERIT = "cong-trang", "Khen thưởng công trạng"
    SURPRISE = "dot-xuat", "Khen thưởng đột xuất"
    MOVEMENT = "phong-trao", "Khen thưởng phong trào thi đua"
    CONTRIBUTION = "cong-hien", "Khen thưởng quá trình cống hiến"
    SERVICE = "nien-han", "Khen thưởng theo niên hạn"
    EXTERNAL = "doi-ngoai", "Khen thưởng đối ngoại"


class GradeLevel(TextChoices):
    HTXS = "HTXS", "Hoàn thành xuất sắc nhiệm vụ"
    HTT = "HTT", "Hoàn thành tốt nhiệm vụ"
    HT = "HT", "Hoàn thành nhiệm vụ"
    KHT = "KHT", "Không hoàn thành nhiệm vụ"


class GradeSource(TextChoices):
    """Whose document recognised the level (domain.md A6)."""

    ASSESSMENT = "assessment", "Kết quả đánh giá, xếp loại hằng năm"
    PARTY = "party", "Xếp loại tổ chức đảng của đơn vị"
    SUPERIOR = "superior", "Cơ quan quản lý cấp trên đánh giá"
    OTHER = "other", "Văn bản khác"


class InitiativeKind(TextChoices):
    INITIATIVE = "initiative", "Sáng kiến"
    RESEARCH = "research", "Đề tài, đề án, công trình khoa học đã nghiệm thu"
    INGENUITY = "ingenuity", "Mưu trí, sáng tạo trong chiến đấu, phục vụ chiến đấu"


class InitiativeScope(TextChoices):
    UNKNOWN = "", "Chưa rõ"
    BASE = "base", "Cơ sở"
    PROVINCE = "province", "Bộ, ban, ngành, tỉnh"
    NATION = "nation", "Toàn quốc"


class FreezeKind(TextChoices):
    DISCIPLINE = "discipline", "Đang xem xét thi hành kỷ luật"
    INSPECTION = "inspection", "Đang điều tra, thanh tra, kiểm tra khi có dấu hiệu vi phạm"
    PETITION = "petition", "Có đơn thư khiếu nại, tố cáo đang được xác minh"
    PRESS = "press", "Có vấn đề báo chí nêu đang được xác minh"


class Sanction(TextChoices):
    REPRIMAND = "khien-trach", "Khiển trách"
    WARNING = "canh-cao", "Cảnh cáo"
    DEMOTION = "cach-chuc", "Hạ bậc lương, giáng chức, cách chức"
    DISMISSAL = "buoc-thoi-viec", "Buộc thôi việc"


class AbsenceKind(TextChoices):
    MATERNITY = "maternity", "Nghỉ thai sản"
    SICK = "sick", "Nghỉ ốm đau"
    NEWLY_RECRUITED = "newly-recruited", "Mới tuyển dụng trong năm"
    OTHER = "other", "Nghỉ khác"


class ReorganisationKind(TextChoices):
    """How a collective ended, or went on under another roof."""

    MERGED = "merged", "Sáp nhập, hợp nhất"
    SPLIT = "split", "Chia, tách"
    DISSOLVED = "dissolved", "Giải thể"
    RENAMED = "renamed", "Đổi tên, tổ chức lại"


class RecordSource(TextChoices):
    """Where a line of the register comes from."""

    ENTERED = "entered", "Nhập tay"
    IMPORTED = "imported", "Nhập từ tệp"
    DECISION = "decision", "Quyết định trong hệ thống"


class AwardGroup(TextChoices):
    """Which kind of award: titles and forms are paid and used up by different rules."""

    TITLE = "title", "Danh hiệu thi đua"
    ORDER = "order", "Huân chương"
    MEDAL = "medal", "Huy chương"
    HONOUR = "honour", "Danh hiệu vinh dự nhà nước"
    PRIZE = "prize", "Giải thưởng Hồ Chí Minh, Giải thưởng Nhà nước"
    COMMEMORATIVE = "commemorative", "Kỷ niệm chương"
    CERTIFICATE = "certificate", "Bằng khen"
    MERIT_PAPER = "merit-paper", "Giấy khen"


class AwardLevel(TextChoices):
    STATE = "state", "Cấp Nhà nước"
    PROVINCE = "province", "Cấp bộ, ban, ngành, tỉnh"
    BASE = "base", "Cấp cơ sở"


class PaperKind(TextChoices):
    """What a dossier must hold (Luật TĐKT 2022, Điều 84; domain.md B3)."""

    SUBMISSION = "to-trinh", "Tờ trình kèm danh sách"
    REPORT = "bao-cao", "Báo cáo thành tích"
    MINUTES = "bien-ban", "Biên bản bình xét, xét khen thưởng"
    VOTE_RESULT = "ket-qua-phieu", "Kết quả bỏ phiếu"
    INITIATIVE = "chung-nhan-sang-kien", "Chứng nhận sáng kiến, đề tài hoặc xác nhận hoàn thành xuất sắc nhiệm vụ"
    ACHIEVEMENT = "chung-nhan-thanh-tich", "Chứng nhận, xác nhận thành tích"
    SCORES = "bang-diem", "Bảng tổng hợp điểm"
    OPINIONS = "y-kien", "Ý kiến của cơ quan liên quan"
    OBLIGATIONS = "xac-nhan-nghia-vu", "Xác nhận nghĩa vụ thuế, bảo hiểm, môi trường"
    OTHER = "khac", "Giấy tờ khác"


class DossierState(TextChoices):
    DRAFT = "draft", "Đang soạn"
    SIGNED_OFF = "signed_off", "Lãnh đạo đã duyệt"
    SUBMITTED = "submitted", "Đã gửi"
    RECEIVED = "received", "Đã tiếp nhận"
    SUPPLEMENT = "supplement", "Đang bổ sung"
    APPRAISED = "appraised", "Đã thẩm định"
    IN_SESSION = "in_session", "Đang trình Hội đồng"
    CONCLUDED = "concluded", "Đã kết thúc"


class NominationState(TextChoices):
    PENDING = "pending", "Chưa thẩm định"
    ELIGIBLE = "eligible", "Đủ điều kiện"
    INELIGIBLE = "ineligible", "Không đủ điều kiện"
    NEEDS_DECISION = "needs_decision", "Cần Hội đồng xem xét"
    PASSED = "passed", "Hội đồng thông qua"
    FAILED = "failed", "Hội đồng không thông qua"
    AWARDED = "awarded", "Đã khen thưởng"
    REFUSED = "refused", "Không khen thưởng"


class VerdictKind(TextChoices):
    UNKNOWN = "", "Chưa kiểm tra"
    ELIGIBLE = "eligible", "Đủ điều kiện"
    INELIGIBLE = "ineligible", "Chưa đủ điều kiện"
    NEEDS_DECISION = "needs-decision", "Cần xem xét, quyết định"


class Proposer(TextChoices):
    AGENCY = "agency", "Cơ quan, đơn vị"
    BLOC = "bloc", "Khối, cụm thi đua"


class SupplementState(TextChoices):
    ASKED = "asked", "Chờ bổ sung"
    ANSWERED = "answered", "Đã bổ sung"
    ACCEPTED = "accepted", "Đã chấp nhận"
    WITHDRAWN = "withdrawn", "Đã rút yêu cầu"


class OpinionKind(TextChoices):
    CONSULTATION = "consultation", "Hiệp y khen thưởng"
    VIOLATION = "violation", "Xác nhận vi phạm"


class OpinionAnswer(TextChoices):
    WAITING = "", "Chưa trả lời"
    AGREED = "agreed", "Nhất trí"
    DISAGREED = "disagreed", "Không nhất trí"
    NO_VIOLATION = "no-violation", "Không có vi phạm"
    VIOLATION = "violation", "Có vi phạm"
    WAIVED = "waived", "Không chờ trả lời"


class CommentOutcome(TextChoices):
    WAITING = "", "Chưa xử lý"
    NOTED = "noted", "Đã ghi nhận"
    VERIFYING = "verifying", "Đang xác minh"
    UPHELD = "upheld", "Kết luận đúng"
    DISMISSED = "dismissed", "Kết luận không đúng"


class RegistrationState(TextChoices):
    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Đã đăng ký"


class ImportKind(TextChoices):
    SUBJECTS = "subjects", "Cá nhân, tập thể, hộ gia đình"
    GRADES = "grades", "Mức độ hoàn thành nhiệm vụ"
    INITIATIVES = "initiatives", "Sáng kiến, đề tài"
    FREEZES = "freezes", "Kỷ luật, thanh tra, đơn thư"
    RECORDS = "records", "Thành tích khen thưởng đã có"
    CHANGES = "changes", "Chuyển công tác, sắp xếp tổ chức"
    NOMINEES = "nominees", "Danh sách đề nghị khen thưởng"


class ImportState(TextChoices):
    CHECKING = "checking", "Đang đọc tệp"
    CHECKED = "checked", "Chờ xác nhận"
    QUEUED = "queued", "Chờ xử lý"
    WORKING = "working", "Đang nhập"
    DONE = "done", "Đã nhập"
    FAILED = "failed", "Không nhập được"
    UNDONE = "undone", "Đã hoàn tác"


class ScanState(TextChoices):
    OFF = "off", "Chưa quét vi-rút (chức năng quét đang tắt)"
    CLEAN = "clean", "Đã quét, không phát hiện vi-rút"


class Basis(TextChoices):
    """How sure a line of the catalogue is."""

    CHECKED = "checked", "Đã đối chiếu văn bản"
    TO_CHECK = "to-check", "Cần đối chiếu"
    OURS = "ours", "Giá trị gợi ý, Hội đồng tự quyết định"
