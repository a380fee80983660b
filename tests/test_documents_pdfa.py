"""Issued papers for the archive: PDF/A-3u (ISO 19005-3) as far as the file itself can tell, with the data attached.

No validator can be had from the registries, so the clauses that a paper of ours could break are read off the file:
metadata, colours, transparency, fonts, actions, attachments and tags.
"""

import json
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from io import BytesIO

import pikepdf
import pytest
import time_machine

from reports.documents.bloc import IssueFacts
from reports.documents.council_registry import decision_pdf
from reports.documents.paper_data import FILE_NAME, paper_data, plain
from reports.documents.registry import KINDS, paper_of, render_pdf
from reports.domain.issuing import read_issued
from tests.council_decisions_world import empty_draft, issued
from tests.papers_world import build_bloc_year
from tests.test_issuing import prepare, send_review
from tests.wide_world import widen
from tests.world import World

ISSUE = IssueFacts(5, date(2021, 1, 5), "Phạm Hồng Quảng", "Giám đốc", "ma-xac-minh-0123456789")
PAINTED = {"k", "K"}  # operators of DeviceCMYK, which the sRGB output intent does not cover
ALLOWED_STATE = {"/Type", "/CA", "/ca", "/BM", "/AIS"}


@pytest.fixture
def year(db):
    found = build_bloc_year()
    widen(found, members=7, leaves=8)
    return found


def metadata_of(pdf: pikepdf.Pdf) -> dict[str, object]:
    meta = pdf.open_metadata()
    return {name: meta.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "dc:title", "dc:creator")}


def data_of(content: bytes) -> dict[str, object]:
    with pikepdf.open(BytesIO(content)) as pdf:
        found: dict[str, object] = json.loads(pdf.attachments[FILE_NAME].get_file().read_bytes())
    return found


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_file_says_that_it_is_for_the_archive(year, kind):
    content = render_pdf(kind, year, issue=ISSUE)
    paper = paper_of(kind, year, issue=ISSUE)

    with pikepdf.open(BytesIO(content)) as pdf:
        said = metadata_of(pdf)
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("3", "U")
        assert said["dc:title"] == str(pdf.docinfo["/Title"]) == " ".join(paper.name.split())
        assert said["dc:creator"] == [str(pdf.docinfo["/Author"])]
        assert set(pdf.docinfo.keys()) == {"/Title", "/Author", "/Producer"}  # all of them are in the XMP too
        assert str(pdf.Root.Lang) == "vi"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert not pdf.is_encrypted
        assert len(pdf.trailer.ID) == 2
        assert "/Filter" not in pdf.Root.Metadata or pdf.Root.Metadata.Filter == "/FlateDecode"
    assert content[:8] == b"%PDF-1.7"
    assert max(content[9:15]) > 127  # the second line marks the file as binary (6.1.2)


@pytest.mark.parametrize("kind", list(KINDS))
def test_colours_are_those_of_a_profile_and_nothing_shines_through(year, kind):
    with pikepdf.open(BytesIO(render_pdf(kind, year, issue=ISSUE))) as pdf:
        [intent] = pdf.Root.OutputIntents
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        assert intent.DestOutputProfile.read_bytes()[12:20] == b"mntrRGB "
        for page in pdf.pages:
            used = {str(each.operator) for each in pikepdf.parse_content_stream(page)}
            assert not used & PAINTED
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and ("/ca" in each or "/CA" in each):
                assert set(each.keys()) <= ALLOWED_STATE
                assert {float(each.get(name, 1)) for name in ("/ca", "/CA")} == {1.0}
            if isinstance(each, pikepdf.Stream):
                assert "/SMask" not in each
                assert str(each.get("/Filter", "")) in ("", "/FlateDecode")
                assert "/DeviceCMYK" not in repr(each.get("/ColorSpace", ""))


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_letter_can_be_shown_and_read_without_the_machine_it_was_made_on(year, kind):
    with pikepdf.open(BytesIO(render_pdf(kind, year, issue=ISSUE))) as pdf:
        fonts = [each for each in pdf.objects if is_dictionary(each, "/Font")]
        whole = [font for font in fonts if str(font.Subtype) == "/Type0"]
        assert whole
        for font in whole:
            assert "/ToUnicode" in font
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            assert "+LiberationSerif2" in str(descriptor.FontName)
        assert {str(font.Subtype) for font in fonts} <= {"/Type0", "/CIDFontType2"}


@pytest.mark.parametrize("kind", list(KINDS))
def test_it_does_nothing_by_itself_and_leads_nowhere(year, kind):
    with pikepdf.open(BytesIO(render_pdf(kind, year, issue=ISSUE))) as pdf:
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert not any("/Annots" in page for page in pdf.pages)
        assert not any(is_dictionary(each, "/Action") for each in pdf.objects)


def is_dictionary(each: object, kind: str) -> bool:
    return isinstance(each, pikepdf.Dictionary) and str(each.get("/Type", "")) == kind


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_data_of_the_paper_are_attached_as_its_data(year, kind):
    content = render_pdf(kind, year, issue=ISSUE)

    with pikepdf.open(BytesIO(content)) as pdf:
        [named] = pdf.Root.AF
        assert (str(named.AFRelationship), str(named.UF), str(named.F)) == ("/Data", FILE_NAME, FILE_NAME)
        file = named.EF.F
        assert str(file.Subtype) == "/application/json"
        assert {"/ModDate", "/Size", "/CheckSum"} <= set(file.Params.keys())
        assert list(pdf.attachments) == [FILE_NAME]
        assert file.read_bytes() == paper_data(kind, KINDS[kind].title, KINDS[kind].facts(year), ISSUE)
    said = data_of(content)
    assert said["kind"] == kind
    assert said["issued"] == {
        "number": 5, "issued_on": "2021-01-05", "signer_name": "Phạm Hồng Quảng", "signer_title": "Giám đốc",
        "code": ISSUE.code,
    }  # fmt: skip


def test_the_figures_in_the_data_are_those_of_the_year(year):
    facts = data_of(render_pdf("mid-year-review", year, issue=ISSUE))["facts"]

    assert facts["movements"][0]["name"] == "Quảng Nam chung sức xây dựng nông thôn mới"
    assert facts["bloc"]["members"][0]["name"] == "Sở Thông tin và Truyền thông"
    assert facts["conferences"][0]["held_on"] == "2020-07-17"
    assert facts["conferences"][0]["starts"] == "15:44:00"


def test_an_issued_paper_is_the_same_bytes_in_another_year(year):
    with time_machine.travel("2021-01-05 08:00"):
        first = render_pdf("annual-review", year, issue=ISSUE)
    with time_machine.travel("2031-06-07 09:30"):
        assert render_pdf("annual-review", year, issue=ISSUE) == first


def test_a_draft_is_neither_for_the_archive_nor_carries_data(year):
    with pikepdf.open(BytesIO(render_pdf("annual-review", year))) as pdf:
        assert "/AF" not in pdf.Root
        assert list(pdf.attachments) == []
        assert "/Metadata" not in pdf.Root


def test_what_is_issued_and_kept_is_the_file_for_the_archive(world: World):
    document = send_review(prepare(world))

    content = read_issued(document)

    with pikepdf.open(BytesIO(content)) as pdf:
        assert metadata_of(pdf)["pdfaid:part"] == "3"
    assert data_of(content)["issued"]["code"] == document.code


def test_an_issued_decision_carries_its_names_but_not_their_money(db, world: World):
    decision = issued(world, empty_draft(world, "Nguyễn Văn Được"))
    assert decision.lines.exclude(amount=None).exists()

    content = decision_pdf("quyet-dinh", decision)

    with pikepdf.open(BytesIO(content)) as pdf:
        assert metadata_of(pdf)["pdfaid:conformance"] == "U"
    [line] = data_of(content)["facts"]["lines"]
    assert line["name"] == "Nguyễn Văn Được"
    assert not {"amount", "formula"} & set(line)


def test_data_keep_every_kind_of_value_exactly():
    class Mood(StrEnum):
        GOOD = "tốt"

    values = (Decimal("0.10"), Decimal("1E+3"), date(2020, 2, 5), time(8, 5), Mood.GOOD, None, True, 3, "á", {"b", "a"})

    assert plain(values) == ["0.10", "1000", "2020-02-05", "08:05:00", "tốt", None, True, 3, "á", ["a", "b"]]
    assert plain({Mood.GOOD: (1, 2)}) == {"tốt": [1, 2]}
    with pytest.raises(TypeError, match="object has no form"):
        plain(object())
