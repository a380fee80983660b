"""The three kinds of rules a council sets for itself, and what each says in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from council.models import Practice, Remit, VoteSetting


@dataclass(frozen=True)
class RuleKind:
    """``slug`` is in the address; ``fields`` are typed; rows that share ``alike`` may not hold on the same day."""

    slug: str
    model: type[Any]
    label: str
    fields: tuple[str, ...]
    alike: tuple[str, ...]
    words: Callable[[Any], str]


def practice_words(row: Practice) -> str:
    parts = [f"họp khi có mặt ít nhất {row.quorum_part}/{row.quorum_whole} thành viên"]
    if row.award_quorum is not None:
        parts.append(f"phiên xét khen thưởng ít nhất {row.award_quorum}%")
    parts.append(row.get_absent_display().lower())
    parts.append(f"người không tham gia biểu quyết {'vẫn tính' if row.recused_in_base else 'không tính'} vào mẫu số")
    parts.append(f"người dự thay có ủy quyền {'được' if row.substitutes_vote else 'không được'} biểu quyết")
    parts.append(
        "bằng phiếu ở vị trí cuối theo ý kiến Chủ tịch"
        if row.chair_breaks_ties
        else "bằng phiếu không do Chủ tịch định"
    )
    parts.append(f"tối đa {row.max_rounds} vòng")
    return "; ".join(parts)


def vote_words(row: VoteSetting) -> str:
    share = f"trên {row.percent}%" if row.more_than else f"ít nhất {row.percent}%"
    return f"{share}, tính trên {row.get_base_display().lower()}; {row.get_mode_display().lower()}"


def remit_words(row: Remit) -> str:
    return row.get_body_display() + ("; xin ý kiến cấp ủy trước khi trình" if row.party_opinion else "")


KINDS = (
    RuleKind(
        "lam-viec",
        Practice,
        "Quy chế làm việc",
        (
            "quorum_part",
            "quorum_whole",
            "award_quorum",
            "absent",
            "recused_in_base",
            "substitutes_vote",
            "chair_breaks_ties",
            "max_rounds",
        ),
        (),
        practice_words,
    ),
    RuleKind(
        "ty-le-phieu",
        VoteSetting,
        "Tỷ lệ phiếu",
        ("award", "percent", "more_than", "base", "mode"),
        ("award",),
        vote_words,
    ),
    RuleKind("phan-cap", Remit, "Phân cấp xét", ("award", "body", "party_opinion"), ("award",), remit_words),
)
BY_SLUG = {kind.slug: kind for kind in KINDS}
SOURCE = ("legal_basis", "valid_from", "valid_to", "note")


def kind_of(row: Any) -> RuleKind:
    return next(kind for kind in KINDS if isinstance(row, kind.model))


def subject_of(row: Any) -> str:
    """What the row is about: an award, all others, or the council as a whole."""
    if kind_of(row).alike:
        return str(row.award) if row.award_id else "Các hình thức khác"
    return "Hội đồng"
