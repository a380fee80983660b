"""Papers read as XML with our own rules: byte for byte what WeasyPrint's parser and style sheet give."""

import re

import pytest
from django.conf import settings

from blocs.models import BlocYear
from reports.documents import pdf
from reports.documents.blocks import Family, Letterhead, Note, PageSize, Paper, Paragraph, Signature
from reports.documents.council_registry import SESSION_KINDS, session_paper
from reports.documents.dossier_registry import DOSSIER_KINDS, dossier_paper
from reports.documents.pdf import paper_html, paper_pdf, seal_of
from reports.documents.registry import KINDS, paper_of
from reports.documents.rich_text import RichParagraph, RichTable, Run
from tests.awards_world import DossierFactory, SubjectFactory, nominate
from tests.council_papers_world import told_room
from tests.html_layout import as_html
from tests.papers_world import build_bloc_year
from tests.pdf_reading import text_of
from tests.wide_world import widen
from tests.world import World

CODE = "ma-xac-minh-0123456789"


def assert_same_pdf(monkeypatch, paper: Paper) -> None:
    """As a draft, and as issued for the archive with its data."""
    for given in ({}, {"code": CODE, "data": b'{"so": 1}'}):
        ours = paper_pdf(paper, **given)
        with monkeypatch.context() as patch:
            patch.setattr(pdf, "Markup", as_html)
            assert paper_pdf(paper, **given) == ours


def paper(**parts) -> Paper:
    head = Letterhead("", "SỞ A", "Số: 01/BC-A", "Huế, ngày 05 tháng 01 năm 2026", draft=True, **parts.pop("head", {}))
    return Paper(**{"name": "Tên", "letterhead": head, "kind": "BÁO CÁO", "summary": "Về việc", "blocks": ()} | parts)


def test_every_kind_is_the_same_pdf_as_from_html(db, monkeypatch):
    year = build_bloc_year()
    widen(year, members=6, leaves=6)

    for kind in KINDS:
        assert_same_pdf(monkeypatch, paper_of(kind, BlocYear.objects.get(pk=year.pk)))


def test_papers_of_dossiers_are_the_same_pdf_as_from_html(db, world: World, monkeypatch):
    dossier = DossierFactory(agency=world.syt)
    nominate(dossier, SubjectFactory(agency=world.syt, name="Trần Thị <B> & “C”"))

    for kind in DOSSIER_KINDS:
        assert_same_pdf(monkeypatch, dossier_paper(kind, dossier))


def test_papers_of_sessions_are_the_same_pdf_as_from_html(db, monkeypatch):
    session = told_room().session

    for kind in SESSION_KINDS:
        assert_same_pdf(monkeypatch, session_paper(kind, session))


@pytest.mark.parametrize("parts", [{"landscape": True}, {"page": PageSize.A5}, {"head": {"family": Family.PARTY}}])
def test_other_pages_and_heads_are_the_same_pdf_as_from_html(monkeypatch, parts):
    signatories = tuple(Signature(("ĐẠI DIỆN",), name=f"Nguyễn Văn {n}") for n in range(4))
    made = paper(
        signatories=signatories, addressees=("Sở B", "Sở C"), marks=("Đã thay thế",), grounds=("Căn cứ",), **parts
    )

    assert_same_pdf(monkeypatch, made)


def test_blanks_between_words_of_a_paragraph_stay(monkeypatch):
    runs = (Run("đậm", bold=True), Run(" "), Run("nghiêng", italic=True), Run("\n"), Run("thường"))
    blocks = (
        RichParagraph(runs),
        RichTable(head=("A", "B"), rows=((" ", "\n"), ("1", "2"))),
        Paragraph("Nội dung <b>&nbsp;</b> & ]]> &#0; <!-- --> \x0c\x1b\ufffe hết", label="Điều 1."),
        Note(" "),
    )
    made = paper(blocks=blocks)

    assert_same_pdf(monkeypatch, made)
    text = pdf_text(made)
    assert "đậm nghiêng thường" in text
    assert "<b>&nbsp;</b> & ]]> &#0; <!-- -->" in text


def pdf_text(made: Paper) -> str:
    return " ".join(text_of(paper_pdf(made)).split())


def test_our_rules_know_every_element_of_a_paper(db):
    """An element without a rule would be laid out within a line, where WeasyPrint's sheet has it as a block."""
    year = build_bloc_year()
    markup = "".join(paper_html(paper_of(kind, year), seal_of(CODE)) for kind in KINDS)
    bare = re.sub(r"<svg.*?</svg>", "<svg></svg>", markup, flags=re.S)
    known = set(re.findall(r"[a-z]+[1-6]?", re.sub(r"\{[^}]*\}|/\*.*?\*/", " ", sheet_text(), flags=re.S)))

    assert set(re.findall(r"<([a-z]+[1-6]?)", bare)) <= known


def sheet_text() -> str:
    return (settings.BASE_DIR / "static" / "documents" / "elements.css").read_text(encoding="utf-8")
