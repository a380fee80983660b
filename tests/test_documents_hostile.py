"""HTML, styles, scripts and addresses typed into any text field: shown as text, followed by nobody."""

import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from blocs.models import Agency, Bloc, BlocYear, Commendation, Conference, Membership, Movement, Target
from reports.documents.pdf import PaperFetcher, paper_html, seal_of
from reports.documents.registry import KINDS, paper_of, render_docx, render_pdf, render_xlsx
from reports.models import BlocReview, Passage
from scoring.models import Criterion
from tests.docx_reading import names_of, paragraphs_of, part_of
from tests.factories import PledgeFactory, TargetFactory
from tests.papers_world import build_bloc_year
from tests.pdf_reading import text_of
from tests.test_documents_docx import ISSUE
from tests.wide_world import widen

# Short enough for every field; {trap} is the address of the server that nobody may call.
ATTACKS = (
    '<script src="{trap}/js"></script>',
    '<img src={trap}/img onerror=alert(1)>',
    '<a href="javascript:alert(1)" onclick=x>a</a>',
    '<link rel=stylesheet href={trap}/css>',
    '<style>@import "{trap}/i";*{{background:url({trap}/b)}}</style>',
    '<iframe src="file:///etc/passwd"></iframe>',
    '<object data="data:text/html,x"></object>',
    '<svg><image href="{trap}/svg"/></svg>',
    '</td></table><base href="{trap}/">',
    '<link rel=attachment href=file:///etc/passwd>',
)  # fmt: skip
FILLED = (
    *((Bloc, ("name",)), (Agency, ("name", "short_name", "superior")), (Movement, ("name",))),
    *((Conference, ("place", "chair_name", "chair_title")), (Membership, ("person", "person_title"))),
    *((Commendation, ("issuer", "reason")), (Target, ("name", "unit")), (Passage, ("text",)), (Criterion, ("name",))),
)


@pytest.fixture
def trap() -> Iterator[tuple[str, list[str]]]:
    """A server on the loopback and the paths that were asked of it."""
    asked: list[str] = []

    class Trap(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_POST = do_GET  # noqa: N815

        def log_message(self, *arguments: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Trap)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()


def poisoned(address: str) -> BlocYear:
    """A year of which every text that people type holds one attack or another."""
    year = build_bloc_year()
    widen(year, members=7, leaves=8)
    pledge = PledgeFactory(bloc_year=year, theme=ATTACKS[0].format(trap=address))
    TargetFactory(pledge=pledge, agency=year.memberships.first().agency)
    turn = 0
    for model, names in FILLED:
        for row in model._default_manager.order_by("pk"):
            for name in names:
                field = model._meta.get_field(name)
                room = getattr(field, "max_length", None) or 1000
                text = ATTACKS[turn % len(ATTACKS)].format(trap=address)
                turn += 1
                assert isinstance(field, models.CharField | models.TextField)
                setattr(row, name, text[:room])
            row.save(update_fields=[*names])
    return BlocYear.objects.get(pk=year.pk)


class Tags(HTMLParser):
    """Elements and attributes of a page, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def active_parts(html: str, trap: str) -> list[tuple[str, dict[str, str | None]]]:
    """What of a page would run, or fetch from the trap or a file."""
    tags = Tags()
    tags.feed(html)
    return [
        (tag, attributes)
        for tag, attributes in tags.found
        if tag in ("iframe", "object", "base", "embed")
        or any(name.startswith("on") for name in attributes)
        or any(
            str(value).startswith((trap, "javascript:", "data:text", "file:"))
            for name, value in attributes.items()
            if name in ("src", "href", "data", "action", "srcset", "style")
        )
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(KINDS))
def test_documents_show_it_as_text_and_ask_nobody(trap: tuple[str, list[str]], kind: str) -> None:
    address, asked = trap
    year = poisoned(address)

    pdf = render_pdf(kind, year, issue=ISSUE)
    docx, xlsx = render_docx(kind, year), render_xlsx(kind, year)

    assert asked == []
    assert active_parts(paper_html(paper_of(kind, year), None), address) == []
    assert "<" in text_of(pdf)
    words = " ".join(text for _, text in paragraphs_of(docx))
    assert "".join(year.bloc.name.split()) in "".join(words.split()) or "<" in words
    assert [each for each in part_of(docx, "word/_rels/document.xml.rels") if each.get("TargetMode")] == []
    assert not any("altChunk" in name or "embeddings" in name for name in names_of(docx))
    for sheet in load_workbook(BytesIO(xlsx)).worksheets if xlsx else ():
        assert "f" not in {each.data_type for row in sheet.iter_rows() for each in row}


@pytest.mark.django_db
def test_pages_show_it_as_text(trap: tuple[str, list[str]], client: Client) -> None:
    address, asked = trap
    year = poisoned(address)
    client.force_login(reader_of(year))

    pages = [reverse("reports:year", args=[year.pk])]
    pages += [reverse("reports:review", args=[each.pk]) for each in BlocReview.objects.filter(bloc_year=year)]
    pages += [reverse("reports:index")]
    seen = 0
    for page in pages:
        answer = client.get(page, follow=True)
        assert answer.status_code == 200
        html = answer.content.decode()
        assert active_parts(html, address) == []
        seen += html.count("&lt;script") + html.count("&lt;img") + html.count("&lt;link") + html.count("&lt;style")
    assert seen > 3
    assert asked == []


def reader_of(year: BlocYear) -> User:
    """Somebody who works in the head agency."""
    from tests.factories import AppointmentFactory

    head = year.memberships.get(role="head").agency
    user: User = AppointmentFactory(agency=head, duty="leader").user
    return user


@pytest.mark.parametrize("path", ["/js", "/img", "/css", "/x.svg"])
def test_the_layout_engine_is_refused_the_trap_itself(trap: tuple[str, list[str]], path: str) -> None:
    address, asked = trap

    with pytest.raises(ValueError, match="fetches nothing"):
        PaperFetcher(seal_of("abc").image).fetch(f"{address}{path}")
    assert asked == []
