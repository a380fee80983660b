"""What opening a version of a criteria set would do to the sheets: told before the click, nothing is written."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from scoring.domain.amending import in_force
from scoring.domain.sheets import missing_in
from scoring.domain.transferring import carried_over, return_sentence
from scoring.domain.tree import Tree, load_tree
from scoring.enums import SetState, SheetState
from scoring.models import CriteriaSet, ScoreLine, ScoreSheet


@dataclass(frozen=True)
class Foreseen:
    """How many sheets would move from version ``before``, whose would go back, and whether publication ends."""

    before: int
    moved: int
    returned: tuple[str, ...]
    withdraws: bool

    @property
    def sentence(self) -> str:
        """All of it for who is about to open the version."""
        parts = [f"Khi áp dụng, phiên bản này thay phiên bản {self.before}: {self.moved} phiếu chấm chuyển sang"]
        if self.returned:
            parts.append(f"{len(self.returned)} phiếu đã gửi bị trả lại đơn vị ({', '.join(self.returned)})")
        else:
            parts.append("không phiếu đã gửi nào bị trả lại đơn vị")
        if self.withdraws:
            parts.append("điểm đã công bố bị thu hồi công bố")
        return f"{'; '.join(parts)}."


def foresee_opening(criteria_set: CriteriaSet) -> Foreseen | None:
    """What ``workflow.replace_older`` would do now, by the same rule of transfer; None when it replaces nothing.

    Four queries and one for each older version that sheets still follow.
    """
    older = [each for each in in_force(criteria_set.bloc_year_id) if each.pk != criteria_set.pk]
    if criteria_set.state != SetState.DRAFT or not older or older[0].version > criteria_set.version:
        return None
    moving = ScoreSheet.objects.filter(bloc_year=criteria_set.bloc_year_id).exclude(criteria_set=criteria_set)
    sheets = list(moving.select_related("agency", "criteria_set").order_by("pk"))
    new = load_tree(criteria_set)
    trees = {each.criteria_set_id: each.criteria_set for each in sheets}
    old = {pk: load_tree(each) for pk, each in trees.items()}
    lines: dict[int, list[ScoreLine]] = defaultdict(list)
    for line in ScoreLine.objects.filter(sheet__in=[each.pk for each in sheets]):
        lines[line.sheet_id].append(line)
    versions = {"before": older[0].version, "after": criteria_set.version}
    sent = [sheet for sheet in sheets if sheet.state != SheetState.DRAFT]
    returned = [sheet for sheet in sent if goes_back(sheet, lines[sheet.pk], old[sheet.criteria_set_id], new, versions)]
    withdraws = bool(sheets) and criteria_set.bloc_year.scores_published_at is not None
    return Foreseen(older[0].version, len(sheets), tuple(each.agency.label for each in returned), withdraws)


def goes_back(sheet: ScoreSheet, stored: list[ScoreLine], old: Tree, new: Tree, versions: Mapping[str, int]) -> bool:
    done, copies = carried_over(sheet, stored, old, new)
    return bool(return_sentence(done, missing_in(new, copies, "self_points"), **versions))
