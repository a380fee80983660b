"""Why a unit is not considered for flags: recorded and lifted by people, never by the system itself.

Grounds: domain.md C5.4; Hưng Yên's guide V.2b (domain-2.md 3.1); Luật Thi đua, khen thưởng 2022, Điều 26.
"""

from dataclasses import dataclass

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from blocs.models import BlocYear
from scoring.domain.frozen import refuse_frozen
from scoring.domain.writing import locked
from scoring.models import Disqualification, ScoreSheet

LIMIT = 500


@dataclass(frozen=True)
class ReadyGround:
    """A ground that people meet often; its text is a start that they may change."""

    code: str
    text: str
    bars_certificates: bool = False


READY_GROUNDS = (
    # Hưng Yên's guide V.2b: barred from flags and certificates; a reprimand (khiển trách) only costs points.
    ReadyGround("discipline", "Lãnh đạo đơn vị bị kỷ luật từ cảnh cáo trở lên.", bars_certificates=True),
    ReadyGround("crime", "Lãnh đạo đơn vị vi phạm về tham nhũng, tiêu cực hoặc bị truy cứu trách nhiệm hình sự."),
    ReadyGround("party", "Tổ chức đảng, đoàn thể của đơn vị không đạt trong sạch, vững mạnh."),
    ReadyGround("petition", "Đơn vị có đơn thư đang được xác minh, làm rõ."),
    ReadyGround("targets", "Đơn vị không hoàn thành chỉ tiêu đã đăng ký trong giao ước."),
    ReadyGround("pledge", "Đơn vị không ký giao ước thi đua."),
    ReadyGround("late", "Đơn vị gửi phiếu tự chấm điểm, báo cáo chậm thời hạn."),
    ReadyGround("unsent", "Đơn vị không gửi phiếu tự chấm điểm."),
    ReadyGround("disunity", "Nội bộ đơn vị mất đoàn kết nghiêm trọng."),
    ReadyGround("part-year", "Đơn vị không là thành viên của khối đủ năm."),
)
READY = {ground.code: ground for ground in READY_GROUNDS}


def sheets_with_grounds(bloc_year: BlocYear) -> list[ScoreSheet]:
    """Every sheet of the year with its grounds, by name, unsent ones too: for who runs the scores. Two queries."""
    rows = ScoreSheet.objects.filter(bloc_year=bloc_year).select_related("agency")
    found = list(rows.prefetch_related("disqualifications"))
    for sheet in found:
        sheet.bloc_year = bloc_year
    return sorted(found, key=lambda sheet: (sheet.agency.sort_key, sheet.pk))


@transaction.atomic
def disqualify(
    sheet: ScoreSheet, *, reason: str, evidence: str = "", bars_certificates: bool = False, actor: User | None
) -> Disqualification:
    """Take the unit out of the ranking for flags, not out of the table (domain.md C5.4); audited on the sheet.

    Certificates are barred only with ``bars_certificates``. TransitionRefused without a reason, for
    one that stands already, or while the ranking is locked.
    """
    row = locked(sheet)
    refuse_frozen(row.bloc_year_id)
    reason, evidence = reason.strip(), evidence.strip()
    if not reason or len(reason) > LIMIT:
        raise TransitionRefused(f"Hãy ghi lý do không xét bằng một câu, không quá {LIMIT} ký tự.")
    if len(evidence) > LIMIT:
        raise TransitionRefused(f"Căn cứ, minh chứng dài quá {LIMIT} ký tự. Hãy viết gọn lại.")
    values = {"evidence": evidence, "bars_certificates": bars_certificates}
    ground, created = Disqualification.objects.get_or_create(sheet=row, reason=reason, defaults=values)
    if not created:
        raise TransitionRefused("Lý do không xét này đã được ghi cho đơn vị.")
    after = {"disqualification": reason} | {name: value for name, value in values.items() if value}
    audit.record(row, "Không xét suy tôn", actor=actor, after=after, reason=reason)
    return ground


@transaction.atomic
def undisqualify(sheet: ScoreSheet, *, ground: str, reason: str, actor: User | None) -> None:
    """Lift the disqualification whose text is ``ground``, saying why in ``reason``; audited on the sheet.

    TransitionRefused without a reason, when it is gone, or while the ranking is locked.
    """
    row = locked(sheet)
    refuse_frozen(row.bloc_year_id)
    if not reason.strip():
        raise TransitionRefused("Hãy ghi lý do xét lại đơn vị này.")
    found = Disqualification.objects.filter(sheet=row, reason=ground).first()
    if found is None:
        raise TransitionRefused("Lý do không xét này không còn. Có thể người khác vừa bỏ; hãy tải lại trang.")
    before = {"disqualification": ground, "evidence": found.evidence, "bars_certificates": found.bars_certificates}
    found.delete()
    audit.record(
        row,
        "Bỏ lý do không xét",
        actor=actor,
        before={name: value for name, value in before.items() if value},
        after={},
        reason=reason.strip(),
    )
