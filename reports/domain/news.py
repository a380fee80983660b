"""The secretariat's own text of a news item: kept beside the draft from the records, in versions that are checked."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.domain.audit import record
from accounts.models import User
from blocs.models import BlocYear
from khoithidua.web.text import without_controls
from reports.documents.news import KIND, TITLES, part_of
from reports.domain.passages import excerpts
from reports.models import PaperText

LIMIT = 20_000


class NewsRefused(Exception):
    """The text was not saved; the message is a sentence."""


class StaleNews(NewsRefused):
    """Somebody saved since the page was opened; carries what is there now."""

    def __init__(self, row: PaperText) -> None:
        self.text, self.version = row.text, row.version
        name = str(row.edited_by) if row.edited_by else "Người khác"
        super().__init__(
            f"{name} đã lưu một bản khác sau khi bạn mở trang, nên nội dung của bạn chưa được lưu. "
            "Nội dung bạn gõ vẫn còn trong ô; hãy so với bản của người đó rồi lưu lại nếu cần."
        )


def own_news(bloc_year: BlocYear, kind: str) -> PaperText | None:
    rows = PaperText.objects.filter(bloc_year=bloc_year, kind=KIND, part=part_of(kind))
    return rows.select_related("edited_by").first()


@transaction.atomic
def save_news(bloc_year: BlocYear, kind: str, text: str, *, version: int, actor: User) -> PaperText:
    """The own text of one item, one version up; empty goes back to the draft from the records.

    Raises PermissionDenied, NewsRefused, StaleNews. Saving what stands there already changes nothing.
    """
    held = BlocYear.objects.select_for_update(of=("self",)).select_related("bloc__council").get(pk=bloc_year.pk)
    if not actor.has_perm("reports.write_words", held):
        raise PermissionDenied("reports.write_words")
    text = without_controls(text).replace("\r\n", "\n").strip()
    if len(text) > LIMIT:
        raise NewsRefused(f"Tin dài {len(text)} ký tự, vượt giới hạn {LIMIT} ký tự. Hãy rút gọn rồi lưu lại.")
    row = own_news(held, kind) or PaperText(bloc_year=held, kind=KIND, part=part_of(kind))
    if text == row.text:
        return row
    if version != row.version:
        raise StaleNews(row)
    before, after = excerpts(row.text, text)
    row.text, row.version, row.edited_by, row.edited_at = text, row.version + 1, actor, timezone.now()
    row.save()
    action = f"{'Soạn' if text else 'Lấy lại bản dự thảo'}: {TITLES[kind]}"
    record(held, action, actor=actor, before=before, after=after)
    return row
