"""Deleting a dossier that nobody but its makers ever saw."""

from functools import partial

from django.db import transaction

from accounts.domain import audit
from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.attachments import words_of
from awards.domain.checking import recheck_subjects
from awards.domain.dossiers import REMOVED, REMOVED_CODE
from awards.domain.importing.workflow import STARTED
from awards.domain.opened import locked
from awards.enums import DossierState
from awards.models import Dossier
from khoithidua.web.text import tidy

NOT_DRAFT = (
    "Hồ sơ đang ở trạng thái «{state}» nên không xóa được. Nếu lãnh đạo đã duyệt mà chưa gửi, hãy trả lại để sửa trước."
)
WAS_SENT = (
    "Hồ sơ này đã từng gửi đến cơ quan thường trực nên phải giữ lại, không xóa được. Hãy sửa rồi gửi lại, hoặc để "
    "nguyên ở trạng thái đang soạn."
)
IMPORTING = "Đang có tệp được nhập vào hồ sơ này. Hãy chờ nhập xong rồi xóa."


def removal_obstacle(dossier: Dossier) -> str:
    """Why ``dossier`` cannot be deleted now, as a sentence; empty when it can."""
    if dossier.state != DossierState.DRAFT:
        return NOT_DRAFT.format(state=dossier.get_state_display())
    if dossier.versions.exists():
        return WAS_SENT
    if dossier.imports.filter(state__in=STARTED).exists():
        return IMPORTING
    return ""


@transaction.atomic
def remove_dossier(dossier: Dossier, *, actor: User | None, reason: str = "") -> None:
    """Delete a draft that was never sent, with its nominations, texts, papers and imports; subjects stay.

    Told in the history of the agency, with the names of those proposed and the sha-256 of each paper: the dossier's
    own can no longer be opened. TransitionRefused with ``removal_obstacle``.
    """
    row = locked(dossier)
    if obstacle := removal_obstacle(row):
        raise TransitionRefused(obstacle)
    subjects = list(row.nominations.values_list("subject", flat=True))
    audit.record(row.agency, REMOVED, actor=actor, before=told(row), after={}, reason=tidy(reason))
    files = [each.file for each in (*row.attachments.all(), *row.imports.all()) if each.file.name]
    row.delete()
    for each in files:
        transaction.on_commit(partial(each.storage.delete, each.name))
    recheck_subjects(subjects)


def told(row: Dossier) -> dict[str, str]:
    """What the trail keeps of a dossier that is gone."""
    before = {REMOVED_CODE: f"{row.code}: {row.title}", "năm": str(row.year), "loại hình": row.get_category_display()}
    cases = row.nominations.select_related("award")
    before |= {f"trường hợp {number}": f"{each.name}: {each.award}" for number, each in enumerate(cases, start=1)}
    papers = row.attachments.all()
    return before | {f"giấy tờ {number}": words_of(each) for number, each in enumerate(papers, start=1)}
