"""After a change of somebody's history: what hung on it is judged anew."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec


def recheck(subject_ids: Iterable[int | None]) -> None:
    """Judge again the nominations, in dossiers that are not concluded, of these subjects and of those that took over
    their task: what is recognised of one may count for the other.
    """
    if find_spec("awards.domain.checking") is None:
        return
    # Looked up when it is needed: judging reads the facts, and a change of the facts is judged.
    checking = import_module("awards.domain.checking")
    changed = {pk for pk in subject_ids if pk is not None}
    checking.recheck_subjects(sorted(changed | import_module("awards.domain.lineage").carried_on(changed)))
