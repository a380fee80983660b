"""Which papers of a bloc-year a person may read as drafts, and issuing one from the records."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from blocs.enums import Area, PledgeState, YearState
from blocs.models import BlocYear
from blocs.tables.access import access_of
from reports.documents import comment_summary, news
from reports.documents.registry import KINDS, Kind
from reports.documents.subjects import Subject
from reports.documents.wording.parts import worded_kinds
from reports.domain.issuing import IssueRefused, issue_document
from reports.domain.paper_subjects import SCORE_SHEET, subjects_for
from reports.domain.readiness import Missing, missing_for
from reports.enums import ReviewKind
from reports.models import BlocReview, IssuedDocument
from scoring.domain.criteria import effective_set
from scoring.enums import SetState, SheetState
from scoring.models import CriteriaSet, LockedStanding, ScoreSheet

REVIEW_KINDS = {"mid-year-review": ReviewKind.MID_YEAR, "annual-review": ReviewKind.ANNUAL}
PAPER_OF_REVIEW = {review: paper for paper, review in REVIEW_KINDS.items()}
SCORE_KINDS = frozenset({"score-summary", "flag-submission", "ballot-minutes", "conference-minutes", "proposal-list"})
HANDOVER = "handover-minutes"
COMMENTS, NEWS = comment_summary.KIND, news.KIND
WORDED = frozenset(worded_kinds())
# A review is issued through its own lifecycle, these straight from the records.
ISSUED_FROM_RECORDS = (
    "activity-plan",
    "regulation",
    "pledge",
    "movement-launch",
    "conference-invitation",
    "score-summary",
    "flag-submission",
    "conference-minutes",
    "ballot-minutes",
    "handover-minutes",
)

# Papers that state the ranking: before it is locked, they are issued only knowingly.
RANKING_KINDS = ("conference-minutes", "flag-submission")
LONG = 1000  # cells of a table that a request still lays out: about 2 seconds


@dataclass(frozen=True)
class PaperOption:
    """One paper of the bloc-year as its room offers it."""

    kind: str
    title: str
    may_issue: bool
    tabular: bool  # offered as a workbook too
    may_write: bool = False  # its words for this year
    subjects: tuple[Subject, ...] = ()
    missing: Missing | None = None  # what it waits for


def may_see_scores(user: User, bloc_year: BlocYear) -> bool:
    """Those who run or watch the bloc; everyone else from the day scores are published."""
    return (
        user.has_perm("scoring.see_board", bloc_year)
        or bloc_year.scores_published_at is not None
        or bloc_year.pk in access_of(user).observed_ids
    )


def may_see_draft(user: User, bloc_year: BlocYear, kind: str) -> bool:
    """Whether ``user``, who sees the bloc-year, may read the draft of this paper: never more
    than the pages show of the rows in it."""
    if kind in REVIEW_KINDS:
        return may_see_review_draft(user, bloc_year, REVIEW_KINDS[kind])
    if kind in SCORE_KINDS:
        return may_see_scores(user, bloc_year)
    if kind == "pledge":
        return may_see_pledge(user, bloc_year)
    if kind == SCORE_SHEET:
        return ScoreSheet.objects.visible_to(user).filter(bloc_year=bloc_year).exists()
    if kind == HANDOVER:
        access = access_of(user)
        return bloc_year.pk in access.headed_ids or bloc_year.bloc.council_id in access.standing_ids
    if kind == COMMENTS:
        reviews = BlocReview.objects.visible_to(user).filter(bloc_year=bloc_year, consulting_since__isnull=False)
        return bloc_year.pk in access_of(user).runs(Area.REVIEWS) or reviews.exists()
    # The secretariat's own words are its own until the paper is issued.
    return kind in (*WORDED, NEWS) and user.has_perm("reports.read_words", bloc_year)


def may_see_review_draft(user: User, bloc_year: BlocYear, kind: ReviewKind) -> bool:
    """Its writers; those to whom the page of the review shows once approved, with scores once published."""
    if bloc_year.pk in access_of(user).runs(Area.REVIEWS):
        return True
    if not BlocReview.objects.visible_to(user).filter(bloc_year=bloc_year, kind=kind).exists():
        return False
    return kind == ReviewKind.MID_YEAR or may_see_scores(user, bloc_year) or not has_secret_results(bloc_year)


def has_secret_results(bloc_year: BlocYear) -> bool:
    """Scores that are not published; votes and proposals of a year that is not concluded."""
    if bloc_year.sheets.exclude(state=SheetState.DRAFT).exists():
        return True
    concluded = bloc_year.state in (YearState.CONCLUDED, YearState.HANDED_OVER)
    return not concluded and (bloc_year.polls.exists() or bloc_year.proposals.exists())


def may_see_pledge(user: User, bloc_year: BlocYear) -> bool:
    """Other agencies' targets show once the pledge is open for signature."""
    access = access_of(user)
    pledge = getattr(bloc_year, "pledge", None)
    if pledge is not None and pledge.state != PledgeState.DRAFT:
        return True
    return bloc_year.pk in access.runs(Area.PLEDGE) or bloc_year.bloc.council_id in access.standing_ids


def paper_options(user: User, bloc_year: BlocYear) -> list[PaperOption]:
    """Papers that this person may read as drafts, in the order of the year's work; reviews stand on their own pages.

    One that cannot be made yet says what it waits for. Fourteen queries at most, whatever there is in the year.
    """
    issues = user.has_perm("reports.issue", bloc_year)
    writes = user.has_perm("reports.write_words", bloc_year)
    return [
        option_of(user, bloc_year, each, issues=issues, writes=writes)
        for kind, each in KINDS.items()
        if may_see_draft(user, bloc_year, kind)
    ]


def option_of(user: User, bloc_year: BlocYear, each: Kind, *, issues: bool, writes: bool) -> PaperOption:
    missing = missing_for(bloc_year, each.kind)
    return PaperOption(
        kind=each.kind,
        title=each.title,
        may_issue=issues and missing is None and is_issued_from_records(each.kind),
        tabular=each.tabular,
        may_write=writes and each.kind in WORDED,
        subjects=() if missing else tuple(subjects_for(user, bloc_year, each.kind)),
        missing=missing,
    )


def is_long(bloc_year: BlocYear, kind: str) -> bool:
    """A paper that takes too long for a request: the worker makes it. Two counts, for tables of scores only."""
    if kind != "score-summary":
        return False
    criteria = effective_set(bloc_year)
    sheets = bloc_year.sheets.exclude(state=SheetState.DRAFT).count()
    return criteria is not None and criteria.criteria.count() * sheets > LONG


def awaits_lock(bloc_year: BlocYear, kind: str) -> bool:
    """Whether the paper states a ranking that may still change: criteria are in force and nothing is locked."""
    if kind not in RANKING_KINDS:
        return False
    criteria = CriteriaSet.objects.filter(bloc_year=bloc_year).exclude(state=SetState.DRAFT)
    return criteria.exists() and not LockedStanding.objects.in_force().filter(bloc_year=bloc_year).exists()


def is_issued_from_records(kind: str) -> bool:
    """A paper with a number of its own that needs no review to be approved first."""
    return kind in ISSUED_FROM_RECORDS and kind in KINDS and bool(KINDS[kind].abbreviation)


def issued_count(bloc_year: BlocYear, kind: str) -> int:
    """How many papers of this kind the bloc-year has issued: an amended one is issued again."""
    return IssuedDocument.objects.filter(bloc_year=bloc_year, kind=kind).count()


@transaction.atomic
def issue_once(
    kind: str,
    bloc_year: BlocYear,
    *,
    seen: int,
    actor: User,
    number: int | None,
    issued_on: date,
    signer_name: str,
    signer_title: str,
    subject: str = "",
) -> IssuedDocument:
    """``issue_document``, refused when one was issued since the form was opened.

    ``seen`` is ``issued_count`` at that time: a form that is sent twice yields one paper.
    Raises IssueRefused with a sentence, or PermissionDenied.
    """
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    if issued_count(bloc_year, kind) != seen:
        raise IssueRefused(
            "Văn bản này vừa được ban hành sau khi bạn mở trang. Hãy xem lại danh sách văn bản đã ban hành; "
            "nếu vẫn cần ban hành bản mới, hãy bấm Ban hành lần nữa."
        )
    return issue_document(
        kind,
        bloc_year,
        actor=actor,
        number=number,
        issued_on=issued_on,
        signer_name=signer_name,
        signer_title=signer_title,
        subject=subject,
    )
