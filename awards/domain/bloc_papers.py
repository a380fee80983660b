"""Papers of the conference that a bloc's dossier comes of: taken in as its attachments, or told where they are made.

The room above keeps and issues them; it tells here of them, and this room asks without knowing it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.domain.workflow import TransitionRefused
from accounts.models import User
from awards.domain.attachments import kept, remove_attachment
from awards.domain.opened import locked
from awards.enums import Category, DossierState, PaperKind, Proposer, ScanState
from awards.models import Attachment, Dossier
from blocs.models import BlocYear


class Unreadable(Exception):
    """The paper's file cannot be read; the message is a sentence for the person who wants it."""


@dataclass(frozen=True)
class BlocPaper:
    """One paper: ``number`` and ``sha256`` of its last issue, empty before; ``url`` is where it is read, or made.

    ``earlier`` are the hashes of issues that the last one replaces. ``advice`` says what to do while it is not there.
    """

    kind: str  # the line of the checklist (PaperKind)
    name: str
    url: str
    advice: str = ""
    number: str = ""
    sha256: str = ""
    earlier: frozenset[str] = frozenset()
    read: Callable[[], bytes] | None = None

    @property
    def title(self) -> str:
        return f"{self.name} số {self.number}"


@dataclass(frozen=True)
class PaperLine:
    """A paper as the dossier's page tells it."""

    paper: BlocPaper
    words: str
    ready: bool = False  # issued, and not in the dossier as it was issued


@dataclass
class Taken:
    """Titles of what came in, and sentences about what did not."""

    titles: list[str] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)


Source = Callable[[BlocYear], Iterable[BlocPaper]]
SOURCES: list[Source] = []


def provides_bloc_papers(source: Source) -> Source:
    """Decorator: ``source`` tells the papers of a bloc-year's conference with a constant number of queries."""
    SOURCES.append(source)
    return source


def papers_of(dossier: Dossier) -> list[BlocPaper]:
    """None for a dossier that does not come of a bloc's conference."""
    year = dossier.bloc_year
    if dossier.proposer != Proposer.BLOC or dossier.category != Category.MERIT or year is None:
        return []
    return [paper for source in SOURCES for paper in source(year)]


def paper_lines(dossier: Dossier) -> list[PaperLine]:
    """Each paper with what became of it; two queries besides those of the sources."""
    papers = papers_of(dossier)
    held = Attachment.objects.filter(dossier=dossier, nomination__isnull=True).values_list("kind", "sha256")
    return [line_of(paper, {digest for kind, digest in held if kind == paper.kind}) for paper in papers]


def line_of(paper: BlocPaper, held: set[str]) -> PaperLine:
    if not paper.sha256:
        return PaperLine(paper, "Đã có tệp trong hồ sơ." if held else paper.advice)
    if paper.sha256 in held:
        return PaperLine(paper, f"Đã lấy bản số {paper.number}.")
    if held & paper.earlier:
        return PaperLine(paper, f"Đã ban hành lại, số {paper.number}; hồ sơ đang giữ bản cũ.", ready=True)
    return PaperLine(paper, f"Đã ban hành, số {paper.number}; chưa có trong hồ sơ.", ready=True)


@transaction.atomic
def take_papers(dossier: Dossier, *, actor: User | None) -> Taken:
    """Put every issued paper into the checklist, with its sha-256; one issued anew replaces the former, on record.

    Taking twice changes nothing. What cannot be read, or may not be changed now, is left and told; raises nothing.
    """
    row = locked(dossier)
    found = Taken()
    for paper in papers_of(row):
        held = Attachment.objects.filter(dossier=row, nomination__isnull=True, kind=paper.kind)
        if paper.read is None or held.filter(sha256=paper.sha256).exists():
            continue
        try:
            with transaction.atomic():
                take(row, paper, list(held.filter(sha256__in=paper.earlier)), actor)
        except (TransitionRefused, Unreadable) as obstacle:
            found.obstacles.append(f"{paper.title}: {obstacle}")
        else:
            found.titles.append(paper.title)
    return found


def take(dossier: Dossier, paper: BlocPaper, replaced: list[Attachment], actor: User | None) -> None:
    """The very bytes that were issued. What this system made and sealed is not scanned for viruses."""
    content = paper.read() if paper.read else b""
    for former in replaced:
        remove_attachment(former, actor=actor, reason=f"Thay bằng {paper.title}.")
    file = ContentFile(content, name=f"{paper.title.replace('/', '-')}.pdf")
    file.content_type = "application/pdf"  # type: ignore[attr-defined]
    kept(dossier, None, PaperKind(paper.kind), paper.title, file, ScanState.OFF, actor)


def hand_to_draft(year: BlocYear, *, actor: User | None) -> None:
    """A paper of this bloc-year was just issued: the dossier takes it while it is a draft."""
    drafts = Dossier.objects.filter(bloc_year=year, category=Category.MERIT, state=DossierState.DRAFT)
    for dossier in drafts.filter(proposer=Proposer.BLOC):
        take_papers(dossier, actor=actor)
