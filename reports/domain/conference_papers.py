"""What a bloc's award dossier takes from its conference: the minutes and the count that were issued, the scores."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from awards.domain.bloc_papers import BlocPaper, Unreadable, provides_bloc_papers
from awards.enums import PaperKind
from blocs.models import BlocYear
from reports.documents.registry import KINDS
from reports.domain.issuing import DamagedFile, read_issued
from reports.models import IssuedDocument

WANTED = {
    "conference-minutes": PaperKind.MINUTES,
    "ballot-minutes": PaperKind.VOTE_RESULT,
    "score-summary": PaperKind.SCORES,
}
TO_ISSUE = "Chưa ban hành. Hãy mở trang ban hành, lấy số rồi quay lại; hồ sơ đang soạn tự lấy bản đã ban hành."
TO_SIGN = "Không lấy số. Hãy in, ký, đóng dấu rồi tải bản quét lên ở dòng «Bảng tổng hợp điểm»."


@provides_bloc_papers
def conference_papers(year: BlocYear) -> Iterator[BlocPaper]:
    """The last issue of each kind, or where it is made. One query."""
    issued: dict[str, list[IssuedDocument]] = defaultdict(list)
    for document in IssuedDocument.objects.filter(bloc_year=year, kind__in=WANTED).order_by("pk"):
        issued[document.kind].append(document)
    for kind, line in WANTED.items():
        yield last_issue(line, issued[kind]) if issued[kind] else not_issued(kind, line, year)


def last_issue(line: PaperKind, documents: list[IssuedDocument]) -> BlocPaper:
    *earlier, last = documents
    return BlocPaper(
        kind=line.value,
        name=KINDS[last.kind].title,
        url=last.get_absolute_url(),
        number=str(last),
        sha256=last.sha256,
        earlier=frozenset(each.sha256 for each in earlier),
        read=partial(content_of, last),
    )


def not_issued(kind: str, line: PaperKind, year: BlocYear) -> BlocPaper:
    found = KINDS[kind]
    place, advice = ("paper-issue", TO_ISSUE) if found.abbreviation else ("paper-draft", TO_SIGN)
    return BlocPaper(line.value, found.title, reverse(f"reports:{place}", args=[year.pk, kind]), advice)


def content_of(document: IssuedDocument) -> bytes:
    try:
        return read_issued(document)
    except DamagedFile as damage:
        raise Unreadable(str(damage)) from damage
