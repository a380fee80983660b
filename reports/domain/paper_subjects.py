"""Which movement, conference, poll or unit a person may have a paper about: never more than the pages show."""

from accounts.models import User
from blocs.models import BlocYear
from reports.documents import comment_summary
from reports.documents.registry import KINDS
from reports.documents.subjects import NoSubject, Subject
from reports.models import BlocReview
from scoring.models import Poll, ScoreSheet

SCORE_SHEET, BALLOT_FORM = "score-sheet", "ballot-form"
CHOSEN_AMONG_SEEN = (SCORE_SHEET, BALLOT_FORM, comment_summary.KIND)


def subjects_for(user: User, bloc_year: BlocYear, kind: str) -> list[Subject]:
    """What this paper may be about for ``user``; empty for a kind that is about the year. Two or three queries."""
    found = KINDS[kind].subjects
    if found is None:
        return []
    rows = list(found(bloc_year))
    if kind == SCORE_SHEET:
        sheets = ScoreSheet.objects.visible_to(user).filter(bloc_year=bloc_year)
        return [row for row in rows if row.key in set(sheets.values_list("agency__code", flat=True))]
    if kind == comment_summary.KIND:
        reviews = BlocReview.objects.visible_to(user).filter(bloc_year=bloc_year)
        return [row for row in rows if row.key in set(reviews.values_list("kind", flat=True))]
    if kind == BALLOT_FORM:
        polls = Poll.objects.visible_to(user).filter(bloc_year=bloc_year)
        return [row for row in rows if row.key in {str(pk) for pk in polls.values_list("pk", flat=True)}]
    return rows


def subject_of(user: User, bloc_year: BlocYear, kind: str, wanted: str) -> str:
    """The key to make the paper of: ``wanted`` if this person may have it, else the kind's own choice among
    what the person sees. Raises NoSubject."""
    if KINDS[kind].subjects is None:
        return ""
    rows = subjects_for(user, bloc_year, kind)
    if wanted:
        if wanted not in {row.key for row in rows}:
            raise NoSubject(f"Không có mục «{wanted}» trong năm này.")
        return wanted
    return rows[0].key if rows and kind in CHOSEN_AMONG_SEEN else ""
