"""The written parts of reviews from a year file."""

from django.utils import timezone

from accounts.domain import audit
from reports.enums import ReviewState, Section
from reports.models import BlocReview, Passage
from reports.yearfile.faults import Fault
from reports.yearfile.loading_composition import Place
from reports.yearfile.reading_events import REVIEWS
from reports.yearfile.rows import Ledger, name_of, same
from reports.yearfile.schema import YearFile


def write_narrative(year_file: YearFile, place: Place, ledger: Ledger) -> None:
    for key, kind in REVIEWS.items():
        review = BlocReview.objects.select_for_update().filter(bloc_year=place.bloc_year, kind=kind).first()
        texts = {section: "\n".join(lines) for section, lines in year_file.narrative.get(kind, {}).items()}
        if review is None and not texts:
            continue
        review = review or ledger.write(None, BlocReview, {"bloc_year": place.bloc_year, "kind": kind}, {})
        write_passages(key, review, texts, ledger)


def write_passages(key: str, review: BlocReview, texts: dict[str, str], ledger: Ledger) -> None:
    """A review that is approved or issued keeps its text: the file is at fault, not the paper."""
    rows = {row.section: row for row in Passage.objects.filter(review=review)}
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for section in Section.values:
        text, old = texts.get(section, ""), rows[section].text if section in rows else ""
        if same(old, text) or not (text or ledger.replace):
            continue
        if review.state != ReviewState.DRAFT:
            state = review.get_state_display().lower()
            sentence = f"Báo cáo này {state} nên không sửa được nội dung. Hãy mở lại báo cáo trước khi nhập."
            ledger.faults.append(Fault(f"narrative.{key}.{section}", sentence))
            continue
        before[section], after[section] = old, text
        write_passage(rows.get(section), review, section, text, ledger)
    audit.record_change(review, "Nhập nội dung từ tệp năm", actor=None, before=before, after=after)


def write_passage(row: Passage | None, review: BlocReview, section: str, text: str, ledger: Ledger) -> None:
    now = timezone.now()
    if row is None:
        Passage.objects.create(review=review, section=section, text=text, version=1, edited_at=now)
        ledger.created[name_of(Passage)] += 1
        return
    row.text, row.version, row.edited_at, row.edited_by = text, row.version + 1, now, None
    row.save(update_fields=["text", "version", "edited_at", "edited_by"])
    ledger.updated[name_of(Passage)] += 1
