"""Reviews and words of papers from a year file. What was approved or issued here is compared, never rewritten."""

from accounts.domain import audit
from blocs.domain.workflow import restore_state
from khoithidua.web.text import tidy
from reports.enums import ReviewState
from reports.models import BlocReview, PaperText, ReviewComment
from reports.yearfile.dumping_reports import Asked
from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import SOURCE, Place
from reports.yearfile.loading_reports import write_text, write_versions
from reports.yearfile.loading_rounds import write_dated
from reports.yearfile.rows import Ledger, first_of, queues
from reports.yearfile.schema import YearFile
from reports.yearfile.schema_reports import ReviewPart
from reports.yearfile.sealed import at, sealed
from reports.yearfile.writings import as_typed

FINAL = (ReviewState.APPROVED, ReviewState.ISSUED)
FINAL_HERE = (
    "Báo cáo này đã duyệt hoặc ban hành trong hệ thống nên tệp không sửa được. Hãy mở lại báo cáo trước khi nhập."
)


def write_reviews(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    """After the texts, which ``narrative`` brings: a review that a file approves is written while it is a draft."""
    rows = {row.kind: row for row in BlocReview.objects.select_for_update().filter(bloc_year=place.bloc_year)}
    named = {part.kind for part in year_file.reviews}
    for number, part in enumerate(year_file.reviews):
        write_review(part, rows.get(part.kind), place, ledger, f"reviews[{number}]")
    for kind, row in rows.items():
        if kind not in named and row.state == ReviewState.DRAFT:
            ledger.drop(ReviewComment.objects.filter(review=row))


def write_review(part: ReviewPart, row: BlocReview | None, place: Place, ledger: Ledger, path: str) -> None:
    before, is_final = ledger.count, row is not None and row.state in FINAL
    own = sealed(ledger, path, FINAL_HERE) if is_final else ledger
    key = {"bloc_year": place.bloc_year, "kind": part.kind}
    review = own.write(row, BlocReview, key, part.values, {"state": part.state or ReviewState.DRAFT.value})
    write_comments(part, review, place, own, path)
    write_versions(part.versions, review, Asked(None), own, path)
    if part.state and review.state != part.state:
        if is_final and (review.state, part.state) != (ReviewState.APPROVED, ReviewState.ISSUED):
            ledger.faults.append(Fault(f"{path}.state", f"Khác với hệ thống. {FINAL_HERE}"))
            return
        restore_state(review, part.state, source=SOURCE)
        ledger.updated["trạng thái"] += 1
    if ledger.count != before:
        audit.record(review, f"Nhập từ {SOURCE}", actor=None, after={"số ý kiến góp ý": len(part.comments)})


def write_comments(part: ReviewPart, review: BlocReview, place: Place, ledger: Ledger, path: str) -> None:
    rows = queues(
        ((row.agency_id, row.section, tidy(row.text)), row) for row in ReviewComment.objects.filter(review=review)
    )
    for number, each in enumerate(part.comments):
        agency = place.agencies[each.agency]
        row = first_of(rows, (agency.pk, each.values["section"], tidy(each.values["text"])))
        key = {"review": review, "agency": agency}
        where = at(ledger, f"{path}.comments[{number}]")
        write_dated(row, ReviewComment, key, each.values, where, moment="made_at")
    ledger.drop(row for queue in rows.values() for row in queue)


def write_paper_texts(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    """The bloc's own words; one entry in the history of the year when they changed."""
    rows = {(row.kind, row.part): row for row in PaperText.objects.filter(bloc_year=place.bloc_year)}
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for part in year_file.paper_texts:
        row = rows.pop((part.kind, part.part), None)
        if row is not None and as_typed(row.text) == part.text:
            continue
        name = f"{part.kind}/{part.part}"
        before[name], after[name] = row.text if row else "", part.text
        key = {"bloc_year": place.bloc_year, "kind": part.kind, "part": part.part}
        write_text(row, PaperText, key, part.text, ledger)
    audit.record_change(place.bloc_year, "Nhập lời văn của văn bản từ tệp năm", actor=None, before=before, after=after)
    ledger.drop(row for row in rows.values() if row.text)
