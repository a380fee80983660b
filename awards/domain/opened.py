"""What of a dossier may be changed now: all of a draft, only what was asked for while it is being supplemented."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.domain.audit import entries_of
from accounts.domain.workflow import TransitionRefused
from awards.enums import DossierState, SupplementState
from awards.models import Dossier, Nomination, Supplement


@dataclass(frozen=True)
class Opened:
    """``everything`` for a draft; else the targets asked for, the dossier's own and each nomination's."""

    everything: bool = False
    dossier: frozenset[str] = frozenset()
    nominations: dict[int, frozenset[str]] = field(default_factory=dict)

    def holds(self, target: str, nomination_id: int | None = None) -> bool:
        """Whether ``target`` ("field:post", "text:…", "paper:…", "dossier:…") may be changed."""
        if self.everything:
            return True
        held = self.dossier if nomination_id is None else self.nominations.get(nomination_id, frozenset())
        return target in held

    def of_kind(self, kind: str, nomination_id: int | None = None) -> frozenset[str]:
        """The names behind ``kind``: "field" answers {"post", "unit"}."""
        held = self.dossier if nomination_id is None else self.nominations.get(nomination_id, frozenset())
        return frozenset(each.partition(":")[2] for each in held if each.startswith(f"{kind}:"))


NOTHING = Opened()


def open_supplements(dossier: Dossier) -> QuerySet[Supplement]:
    """What the makers still work at: what is asked, and what they answered since the dossier last came back to them.

    What was answered in an earlier round stays as it was sent. One query, and one for the rows.
    """
    rows = Supplement.objects.filter(dossier=dossier)
    if dossier.state != DossierState.SUPPLEMENT:
        return rows.none()
    rounds = entries_of(dossier).filter(after__state=DossierState.SUPPLEMENT)
    began = rounds.values_list("at", flat=True).first()
    asked, answered = Q(state=SupplementState.ASKED), Q(state=SupplementState.ANSWERED, answered_at__gte=began)
    return rows.filter(asked if began is None else asked | answered)


def opened_targets(dossier: Dossier) -> Opened:
    """What the makers may change in ``dossier`` now. Two queries while it is being supplemented, else none."""
    if dossier.state == DossierState.DRAFT:
        return Opened(everything=True)
    if dossier.state != DossierState.SUPPLEMENT:
        return NOTHING
    own: set[str] = set()
    nominations: dict[int, set[str]] = defaultdict(set)
    for nomination_id, target in open_supplements(dossier).values_list("nomination", "target"):
        (own if nomination_id is None else nominations[nomination_id]).add(target)
    return Opened(False, frozenset(own), {pk: frozenset(held) for pk, held in nominations.items()})


def refuse_closed(dossier: Dossier, target: str, nomination: Nomination | None = None) -> None:
    """TransitionRefused with a sentence unless ``target`` of the locked ``dossier`` may be changed now."""
    if opened_targets(dossier).holds(target, nomination.pk if nomination else None):
        return
    if dossier.state == DossierState.SUPPLEMENT:
        raise TransitionRefused(
            "Cơ quan thẩm định không yêu cầu bổ sung mục này nên không sửa được. Chỉ sửa những mục được yêu cầu."
        )
    raise TransitionRefused(
        f"Hồ sơ đang ở trạng thái «{dossier.get_state_display()}» nên không sửa được. Nếu cần sửa, hãy trả lại để sửa "
        "(khi lãnh đạo mới duyệt), thu hồi (khi chưa được tiếp nhận), hoặc đề nghị cơ quan thường trực trả lại hồ sơ."
    )


def refuse_unless_draft(dossier: Dossier) -> None:
    """TransitionRefused unless nominations may come and go."""
    if dossier.state != DossierState.DRAFT:
        raise TransitionRefused(
            f"Hồ sơ đang ở trạng thái «{dossier.get_state_display()}» nên không thêm, bớt trường hợp đề nghị được. "
            "Chỉ thêm, bớt khi hồ sơ đang soạn."
        )


def locked(dossier: Dossier) -> Dossier:
    """The row of ``dossier``, locked: writers of one dossier wait for each other and for a change of state."""
    return Dossier.objects.select_for_update().get(pk=dossier.pk)
