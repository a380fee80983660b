"""Two at one text: presence, differences, both texts together; pasting, and the report's own paper."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.documents.agency_report import collect, compose
from reports.domain.differences import both, differences
from reports.domain.passages import save_passage
from reports.models import AgencyReport, Passage, Presence
from tests.factories import AgencyReportFactory, PassageFactory
from tests.world import World

HTMX = {"HX-Request": "true"}


@pytest.fixture
def report(world: World) -> AgencyReport:
    made = AgencyReportFactory(bloc_year=world.year, agency=world.syt)
    PassageFactory(report=made, review=None, section="achievements", text="Đoạn một.\nĐoạn hai.", version=1)
    return made


def sides(old: str, new: str) -> tuple[str, str]:
    """Both texts put together again from their differences."""
    lines = differences(old, new)
    before = ["".join(part.text for part in line.parts if part.mark != "ins") for line in lines]
    after = ["".join(part.text for part in line.parts if part.mark != "del") for line in lines]
    return "\n".join(filter(None, before)), "\n".join(filter(None, after))


TEXTS = st.lists(
    st.lists(st.sampled_from(["hồ", "sơ", "năm", "2020", "đạt"]), min_size=1, max_size=6).map(" ".join), max_size=6
).map("\n".join)

UNHURRIED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@UNHURRIED
@given(TEXTS, TEXTS)
def test_differences_hold_both_texts_whole(old: str, new: str) -> None:
    assert sides(old, new) == (old, new)


@UNHURRIED
@given(TEXTS, TEXTS)
def test_both_in_one_text_misses_no_paragraph(theirs: str, mine: str) -> None:
    together = both(theirs, mine).splitlines()

    assert set(theirs.splitlines()) | set(mine.splitlines()) == set(together)


def test_a_changed_word_is_marked_alone() -> None:
    (line,) = differences("Đạt 97 phần trăm kế hoạch.", "Đạt 99 phần trăm kế hoạch.")

    assert [(part.text, part.mark) for part in line.parts if part.mark] == [("97", "del"), ("99", "ins")]


def test_who_writes_where_is_told_to_the_other(client: Client, world: World, report: AgencyReport) -> None:
    url = f"{report.get_absolute_url()}co-mat/"
    client.force_login(world.person("officer"))
    alone = client.post(url, {"section": "achievements"}).json()
    client.force_login(world.person("leader"))
    seen = client.post(url, {"section": ""}).json()
    page = client.get(report.get_absolute_url()).content.decode()

    assert alone == {"others": []}
    words = "Người officer đang soạn mục «Kết quả đạt được»."
    assert seen == {"others": [{"section": "achievements", "words": words}]}
    assert words in page


def test_who_fell_silent_is_gone(client: Client, world: World, report: AgencyReport) -> None:
    long_ago = timezone.now() - timedelta(seconds=Presence.SILENCE + 1)
    Presence.objects.create(report=report, user=world.person("officer"), seen_at=long_ago)
    client.force_login(world.person("leader"))

    assert client.post(f"{report.get_absolute_url()}co-mat/", {"section": "x" * 500}).json() == {"others": []}
    assert Presence.objects.get(user=world.person("leader")).section == ""


def test_a_conflict_marks_what_differs(client: Client, world: World, report: AgencyReport) -> None:
    save_passage(report, "achievements", "Đoạn một.\nĐoạn hai của lãnh đạo.", actor=world.person("leader"), version=1)
    client.force_login(world.person("officer"))
    data = {"text": "Đoạn một.\nĐoạn hai của cán bộ <b>tôi</b>.", "version": 1}

    response = client.post(f"{report.get_absolute_url()}muc/achievements/", data, headers=HTMX)

    page = response.content.decode()
    assert response.status_code == 409
    assert "<del>" in page
    assert "<ins>" in page
    assert "&lt;b&gt;tôi&lt;/b&gt;" in page
    assert "Ghép hai bản để tự sửa" in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_merging_puts_both_into_the_editor_and_saves_nothing(
    client: Client, world: World, report: AgencyReport, headers: dict[str, str]
) -> None:
    save_passage(report, "achievements", "Đoạn một.\nCủa lãnh đạo.", actor=world.person("leader"), version=1)
    client.force_login(world.person("officer"))
    data = {"text": "Đoạn một.\nCủa cán bộ.", "version": 1, "merge": "1"}

    response = client.post(f"{report.get_absolute_url()}muc/achievements/", data, headers=headers)

    page = response.content.decode()
    assert response.status_code == 200
    assert "\nĐoạn một.\nCủa lãnh đạo.\nCủa cán bộ.</textarea>" in page
    assert 'name="version" value="2"' in page
    assert "chưa lưu" in page
    assert Passage.objects.get(report=report).text == "Đoạn một.\nCủa lãnh đạo."


def test_what_word_pastes_becomes_marks(client: Client, world: World) -> None:
    html = (
        "<html><head><style>p{color:red}</style></head><body><!--StartFragment-->"
        '<p class=MsoNormal style="margin:0"><b><span lang=VI>Kết quả</span></b><o:p></o:p></p>'
        "<p class=MsoListParagraph style='mso-list:l0'><![if !supportLists]><span style='font-family:Symbol'>"
        "·<span>&nbsp;&nbsp; </span></span><![endif]>Ý một</p>"
        '<script>alert(1)</script><img src="https://vi.du/x.png" onerror="alert(1)">'
        "<table><tr><td>Cột</td><td>Số</td></tr><tr><td>a|b</td><td>2</td></tr></table>"
        '<a href="javascript:alert(1)">chữ của liên kết</a></body></html>'
    )
    client.force_login(world.person("officer"))

    text = client.post("/soan-thao/dan/", {"html": html}).json()["text"]

    assert text.splitlines() == ["**Kết quả**", "- Ý một", "| Cột | Số |", "| a\\|b | 2 |", "chữ của liên kết"]


def test_a_stranger_pastes_nothing(client: Client) -> None:
    assert client.post("/soan-thao/dan/", {"html": "<b>a</b>"}).status_code == 302


def test_a_paste_that_is_too_long_is_refused(client: Client, world: World) -> None:
    client.force_login(world.person("officer"))

    assert client.post("/soan-thao/dan/", {"html": "a" * 2_000_001}).status_code == 413


# The paper


def test_the_paper_says_who_reports_what(world: World, report: AgencyReport) -> None:
    paper = compose(collect(report))

    assert (paper.kind, paper.letterhead.issuer, paper.letterhead.draft) == ("BÁO CÁO", "SỞ Y TẾ", True)
    assert paper.summary == "Kết quả công tác thi đua, khen thưởng 6 tháng đầu năm 2020"
    headings = [block.text for block in paper.blocks if block.block == "heading"]
    assert headings[:2] == ["I. KẾT QUẢ ĐẠT ĐƯỢC", "II. KHÓ KHĂN, TỒN TẠI, HẠN CHẾ"]


@pytest.mark.parametrize("name", ["officer", "leader"])
def test_pdf_and_word_are_read_by_who_reads_the_page(
    client: Client, world: World, report: AgencyReport, name: str
) -> None:
    save_passage(report, "lessons", "**Đậm** <script>x</script>\n| A | B |", actor=world.person("leader"), version=0)
    client.force_login(world.person(name))

    pdf = client.get(f"{report.get_absolute_url()}bao-cao.pdf")
    word = client.get(f"{report.get_absolute_url()}bao-cao.docx")

    assert len(pikepdf.open(BytesIO(pdf.content)).pages) == 1
    texts = [paragraph.text for paragraph in Document(BytesIO(word.content)).paragraphs]
    assert "Đậm <script>x</script>" in [text.strip() for text in texts]


@pytest.mark.parametrize("name", ["secretary", "standing", "stranger"])
def test_the_paper_of_a_draft_is_its_agencys(client: Client, world: World, report: AgencyReport, name: str) -> None:
    client.force_login(world.person(name))

    found: list[Any] = [
        client.get(f"{report.get_absolute_url()}bao-cao.{kind}").status_code for kind in ("pdf", "docx")
    ]

    assert found == [404, 404]
