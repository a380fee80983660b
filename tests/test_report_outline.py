"""A report of a round: sections, figures and tables of its outline, sending and returning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.domain.audit import entries_of, faults
from accounts.domain.workflow import TransitionRefused
from reports.domain.asked import AskedTable, asked_of, fingerprint
from reports.domain.passages import save_passage, sections_of
from reports.domain.returning import return_with_remarks
from reports.domain.workflow import AGENCY_REPORT
from reports.models import (
    AgencyReport,
    FigureValue,
    Passage,
    Remark,
    ReportRound,
    RoundExtension,
    RoundFigure,
    RoundSection,
    RoundTable,
    TableRow,
    TextVersion,
)
from tests.factories import AgencyReportFactory, BlocYearFactory, PledgeFactory, TargetFactory
from tests.world import World

COLUMNS = [{"key": "ten", "label": "Mô hình", "kind": "text"}, {"key": "so", "label": "Số người", "kind": "number"}]


@dataclass
class Scene:
    """A round of the bloc with three sections, figures of each kind and one table; Sở Y tế's draft in it."""

    world: World
    round: ReportRound
    report: AgencyReport
    whole: RoundFigure
    share: RoundFigure
    table: RoundTable

    @property
    def url(self) -> str:
        return self.report.get_absolute_url()

    @property
    def figures_url(self) -> str:
        return f"{self.url}so-lieu/achievements/"

    def act(self, name: str, by: str, reason: str = "") -> None:
        AGENCY_REPORT.perform(self.report, name, actor=self.world.person(by), reason=reason)

    def write(self, section: str, text: str) -> None:
        save_passage(self.report, section, text, actor=self.world.person("officer"), version=self.version(section))

    def version(self, section: str) -> int:
        row = Passage.objects.filter(report=self.report, section=section).first()
        return row.version if row else 0

    def fill(self) -> None:
        self.write("achievements", "Đã **hoàn thành** nhiệm vụ.")
        self.write("chuyen-doi-so", "Đã số hóa hồ sơ.")
        FigureValue.objects.create(report=self.report, figure=self.whole, value=12, version=1)

    def posted(self, **values: Any) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for figure in (self.whole, self.share):
            data |= {f"so-{figure.pk}-value": "", f"so-{figure.pk}-note": "", f"so-{figure.pk}-version": 0}
        return data | {name.replace("whole", f"so-{self.whole.pk}").replace("__", "-"): v for name, v in values.items()}


@pytest.fixture
def scene(world: World) -> Scene:
    made = ReportRound.objects.create(
        council=world.council,
        bloc_year=world.year,
        kind="mid-year",
        state="open",
        title="Báo cáo sơ kết 2020",
        year=2020,
        due=date(2020, 7, 10),
    )
    first = RoundSection.objects.create(round=made, key="achievements", position=1, title="Kết quả nổi bật")
    RoundSection.objects.create(
        round=made, key="chuyen-doi-so", position=2, title="Chuyển đổi số", guidance="Nêu số hồ sơ trực tuyến."
    )
    RoundSection.objects.create(round=made, key="directions", position=3, title="Phương hướng", required=False)
    whole = RoundFigure.objects.create(
        section=first, key="sang-kien", position=1, label="Số sáng kiến", kind="whole", unit="sáng kiến", required=True
    )
    share = RoundFigure.objects.create(section=first, key="ty-le", position=2, label="Hồ sơ đúng hạn", kind="percent")
    table = RoundTable.objects.create(section=first, key="mo-hinh", title="Mô hình mới", columns=COLUMNS)
    report = AgencyReportFactory(bloc_year=world.year, agency=world.syt, round=made)
    return Scene(world, made, report, whole, share, table)


@pytest.fixture
def as_(client: Client, world: World) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        client.force_login(world.person(name))
        return client

    return sign_in


def body(response: Any) -> str:
    return str(response.content.decode())


# Sections


def test_sections_are_those_of_the_outline(scene: Scene) -> None:
    found = [(each.section, each.label, each.required) for each in sections_of(scene.report)]

    assert found == [
        ("achievements", "Kết quả nổi bật", True),
        ("chuyen-doi-so", "Chuyển đổi số", True),
        ("directions", "Phương hướng", False),
    ]


def test_a_bloc_s_round_takes_the_outline_of_the_province_s(scene: Scene) -> None:
    child = ReportRound.objects.create(
        council=scene.world.council,
        bloc_year=scene.world.other_year,
        parent=scene.round,
        kind="mid-year",
        title="Của khối",
        year=2020,
    )
    report = AgencyReportFactory(bloc_year=scene.world.other_year, agency=scene.world.other, round=child)

    assert [each.section for each in sections_of(report)] == ["achievements", "chuyen-doi-so", "directions"]
    assert list(asked_of(report).figures) == ["achievements"]


def test_a_section_of_the_outline_is_written_under_its_own_name(scene: Scene, as_: Callable[[str], Client]) -> None:
    client = as_("officer")
    page = client.post(f"{scene.url}muc/chuyen-doi-so/", {"text": "Số hóa.", "version": 0}, follow=True)

    assert "Nêu số hồ sơ trực tuyến." in body(page)
    assert "Đã lưu mục «Chuyển đổi số» lúc" in body(page)
    assert entries_of(scene.report)[0].action == "Soạn mục «Chuyển đổi số»"
    assert client.post(f"{scene.url}muc/lessons/", {"text": "x", "version": 0}).status_code == 404


def test_marks_are_drawn_and_tags_are_words(scene: Scene, as_: Callable[[str], Client]) -> None:
    evil = "<img src=x onerror=alert(1)> **đậm <script>alert(1)</script>** | <b>a</b> |"
    scene.write("achievements", f"**Đậm** và __nghiêng__\n| Cột | Số |\n| a<i>b</i> | 2 |\n{evil}")
    AgencyReport.objects.filter(pk=scene.report.pk).update(state="signed_off")

    page = body(as_("secretary").get(scene.url))

    assert "<strong>Đậm</strong> và <em>nghiêng</em>" in page
    assert '<th scope="col">Cột</th>' in page
    assert "a&lt;i&gt;b&lt;/i&gt;" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


# Figures


def test_figures_are_read_as_people_type_them(scene: Scene, as_: Callable[[str], Client]) -> None:
    data = scene.posted(whole__value="12", whole__note="có 2 cấp tỉnh") | {f"so-{scene.share.pk}-value": "98,5"}

    response = as_("officer").post(scene.figures_url, data)

    assert (response.status_code, response["Location"]) == (302, f"{scene.url}#so-lieu-achievements")
    found = {row.figure_id: (row.value, row.note, row.version) for row in scene.report.figures.all()}
    assert found == {scene.whole.pk: (Decimal(12), "có 2 cấp tỉnh", 1), scene.share.pk: (Decimal("98.5"), "", 1)}
    entry = entries_of(scene.report)[0]
    assert entry.after == {"Số sáng kiến": "12 (có 2 cấp tỉnh)", "Hồ sơ đúng hạn": "98,5"}
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,5", "Chỉ tiêu này là số nguyên."),
        ("-3", "Chỉ tiêu này không nhận số âm."),
        ("nhiều", "không phải là số"),
        ("1.234", "có thể là 1234 hoặc 1,234"),
    ],
)
def test_a_figure_that_cannot_be_read_stays_on_the_page(
    scene: Scene, as_: Callable[[str], Client], typed: str, sentence: str
) -> None:
    response = as_("officer").post(scene.figures_url, scene.posted(whole__value=typed))

    assert response.status_code == 422
    assert sentence in body(response)
    assert f'value="{typed}"' in body(response)
    assert not scene.report.figures.exists()


def test_blank_is_unknown_and_zero_is_zero(scene: Scene, as_: Callable[[str], Client]) -> None:
    client = as_("officer")
    client.post(scene.figures_url, scene.posted(whole__value="0"))
    zero = scene.report.figures.get().value
    client.post(scene.figures_url, scene.posted(whole__value="", whole__version=1))

    assert (zero, scene.report.figures.get().value) == (0, None)


def test_a_figure_saved_by_another_keeps_both(scene: Scene, as_: Callable[[str], Client]) -> None:
    FigureValue.objects.create(
        report=scene.report, figure=scene.whole, value=7, version=3, edited_by=scene.world.person("leader")
    )
    client = as_("officer")

    response = client.post(scene.figures_url, scene.posted(whole__value="9"))

    assert response.status_code == 409
    assert "Người leader đã lưu: 7" in body(response)
    assert 'value="9"' in body(response)
    assert scene.report.figures.get().value == 7
    assert f'name="so-{scene.whole.pk}-version" value="3"' in body(response)
    client.post(scene.figures_url, scene.posted(whole__value="9", whole__version=3))
    assert scene.report.figures.get().value == 9


def test_the_same_value_twice_is_no_conflict(scene: Scene, as_: Callable[[str], Client]) -> None:
    client = as_("officer")
    for _ in range(2):
        response = client.post(scene.figures_url, scene.posted(whole__value="9"))

    assert response.status_code == 302
    assert scene.report.figures.get().version == 1


def test_figures_of_the_records_are_not_typed(scene: Scene, as_: Callable[[str], Client]) -> None:
    RoundFigure.objects.filter(pk=scene.whole.pk).update(source="targets")

    as_("officer").post(scene.figures_url, scene.posted(whole__value="99"))

    assert not scene.report.figures.filter(figure=scene.whole).exists()


def test_a_known_figure_stands_there_with_its_rows_and_is_kept_as_sent(
    scene: Scene, as_: Callable[[str], Client]
) -> None:
    RoundFigure.objects.filter(pk=scene.whole.pk).update(source="targets")
    pledge = PledgeFactory(bloc_year=scene.world.year, state="signed")
    TargetFactory(pledge=pledge, agency=scene.world.syt)
    live = asked_of(scene.report).figures["achievements"][0]
    page = body(as_("officer").get(scene.url))
    scene.write("achievements", "Có.")
    scene.write("chuyen-doi-so", "Có.")
    scene.act("sign_off", "leader")
    TargetFactory(pledge=pledge, agency=scene.world.syt)

    sent = asked_of(AgencyReport.objects.get(pk=scene.report.pk)).figures["achievements"][0]
    scene.act("return", "secretary", "Sửa")
    again = asked_of(scene.report).figures["achievements"][0]

    assert (live.value, live.is_known, bool(live.url)) == (1, True, True)
    assert f'href="{live.url}"' in page
    assert f'name="so-{scene.whole.pk}-value"' not in page
    assert (sent.value, again.value) == (1, 2)


def test_what_is_not_recorded_is_unknown_when_it_is_sent(scene: Scene, as_: Callable[[str], Client]) -> None:
    RoundFigure.objects.filter(pk=scene.whole.pk).update(source="initiatives")
    scene.write("achievements", "Có.")
    scene.write("chuyen-doi-so", "Có.")
    told = asked_of(scene.report).figures["achievements"][0].value
    scene.act("sign_off", "leader")

    assert scene.report.figures.get(figure=scene.whole).value == told


def test_the_period_before_stands_beside(scene: Scene, as_: Callable[[str], Client]) -> None:
    before = BlocYearFactory(bloc=scene.world.year.bloc, year=2019)
    old = ReportRound.objects.create(
        council=scene.world.council, bloc_year=before, kind="mid-year", state="closed", title="Sơ kết 2019", year=2019
    )
    section = RoundSection.objects.create(round=old, key="achievements", title="Kết quả")
    figure = RoundFigure.objects.create(section=section, key="sang-kien", label="Số sáng kiến")
    sent = AgencyReportFactory(bloc_year=before, agency=scene.world.syt, round=old, state="received")
    FigureValue.objects.create(report=sent, figure=figure, value=Decimal("8"))

    assert asked_of(scene.report).figures["achievements"][0].last == 8


@pytest.mark.parametrize(("name", "status"), [("secretary", 404), ("standing", 404), ("stranger", 404)])
def test_others_do_not_fill_a_draft(scene: Scene, as_: Callable[[str], Client], name: str, status: int) -> None:
    response = as_(name).post(scene.figures_url, scene.posted(whole__value="9"))

    assert (response.status_code, scene.report.figures.count()) == (status, 0)


def test_a_sent_report_takes_no_figures_and_keeps_what_was_typed(scene: Scene, as_: Callable[[str], Client]) -> None:
    AgencyReport.objects.filter(pk=scene.report.pk).update(state="signed_off")

    response = as_("officer").post(scene.figures_url, scene.posted(whole__value="9"))

    assert response.status_code == 422
    assert "nên không sửa được" in body(response)
    assert 'value="9"' in body(response)
    assert as_("secretary").post(scene.figures_url, scene.posted(whole__value="9")).status_code == 403


# Tables


def cells(*rows: tuple[str, str]) -> dict[str, str]:
    data = {"so-dong": str(len(rows))}
    for number, row in enumerate(rows):
        data |= {f"o-{number}-{place}": text for place, text in enumerate(row)}
    return data


def test_rows_are_added_and_struck_out_without_javascript(scene: Scene, as_: Callable[[str], Client]) -> None:
    client, url = as_("officer"), f"{scene.url}bang/{scene.table.pk}/"
    client.post(url, cells(("Tổ tự quản", "12"), ("", ""), ("Câu lạc bộ", "")) | {"seen": fingerprint([])})
    stored = [["Tổ tự quản", "12"], ["Câu lạc bộ", ""]]
    page = body(client.get(scene.url))
    table: AskedTable = asked_of(scene.report).tables["achievements"][0]

    assert table.rows == stored
    assert page.count('name="o-') == 4 * 2  # two blank rows under the two
    client.post(url, cells(("Tổ tự quản", "12"), ("Câu lạc bộ", "")) | {"seen": table.seen, "xoa-0": "on"})
    assert asked_of(scene.report).tables["achievements"][0].rows == [["Câu lạc bộ", ""]]


def test_a_cell_of_numbers_takes_numbers(scene: Scene, as_: Callable[[str], Client]) -> None:
    data = cells(("Tổ tự quản", "mười hai")) | {"seen": fingerprint([])}

    response = as_("officer").post(f"{scene.url}bang/{scene.table.pk}/", data)

    assert response.status_code == 422
    assert "Cột «Số người»: «mười hai» không phải là số." in body(response)
    assert 'value="mười hai"' in body(response)
    assert not TableRow.objects.exists()


def test_two_who_fill_one_table_are_told(scene: Scene, as_: Callable[[str], Client]) -> None:
    client, url = as_("officer"), f"{scene.url}bang/{scene.table.pk}/"
    client.post(url, cells(("Của người khác", "1")) | {"seen": fingerprint([])})

    response = client.post(url, cells(("Của tôi", "2")) | {"seen": fingerprint([])})

    assert response.status_code == 409
    assert "Của người khác | 1" in body(response)
    assert 'value="Của tôi"' in body(response)
    assert TableRow.objects.get().cells == {"ten": "Của người khác", "so": "1"}


def test_a_table_of_another_round_is_not_found(scene: Scene, as_: Callable[[str], Client]) -> None:
    other = ReportRound.objects.create(council=scene.world.council, kind="ad-hoc", title="Khác", year=2020)
    section = RoundSection.objects.create(round=other, key="a", title="A")
    table = RoundTable.objects.create(section=section, key="b", title="B", columns=COLUMNS)

    response = as_("officer").post(f"{scene.url}bang/{table.pk}/", cells(("x", "1")) | {"seen": fingerprint([])})

    assert (response.status_code, TableRow.objects.count()) == (404, 0)


# Sending


def test_what_is_required_is_named_before_sending(scene: Scene, as_: Callable[[str], Client]) -> None:
    scene.write("achievements", "Có.")

    page = body(as_("leader").get(scene.url))

    assert "Còn 2 nội dung bắt buộc chưa điền: «Chuyển đổi số», «Số sáng kiến». Hãy điền đủ rồi gửi." in page
    with pytest.raises(TransitionRefused):
        scene.act("sign_off", "leader")
    scene.write("chuyen-doi-so", "Có.")
    FigureValue.objects.create(report=scene.report, figure=scene.whole, value=0, version=1)
    scene.act("sign_off", "leader")
    assert scene.report.state == "signed_off"


@time_machine.travel("2020-07-12 09:00:00+07:00", tick=False)
def test_late_is_counted_from_the_round_and_its_extension(scene: Scene, as_: Callable[[str], Client]) -> None:
    scene.fill()
    scene.act("sign_off", "leader")
    late = body(as_("leader").get(scene.url))
    RoundExtension.objects.create(round=scene.round, agency=scene.world.syt, due=date(2020, 7, 12), reason="Bão")
    granted = body(as_("leader").get(scene.url))

    assert "Hạn gửi 10/07/2020." in late
    assert "muộn 2 ngày" in late
    assert "Hạn gửi 12/07/2020." in granted
    assert "muộn" not in granted


@time_machine.travel("2020-07-12 09:00:00+07:00", tick=False)
def test_a_strict_round_refuses_after_its_day_and_says_what_to_do(scene: Scene) -> None:
    scene.fill()
    ReportRound.objects.filter(pk=scene.round.pk).update(strict=True)

    with pytest.raises(TransitionRefused, match=r"không nhận báo cáo gửi sau hạn 10/07/2020\. Hãy đề nghị"):
        scene.act("sign_off", "leader")

    RoundExtension.objects.create(round=scene.round, agency=scene.world.syt, due=date(2020, 7, 12), reason="Bão")
    scene.act("sign_off", "leader")
    assert scene.report.state == "signed_off"


# Returning


def test_a_report_is_returned_with_remarks_beside_the_sections(scene: Scene, as_: Callable[[str], Client]) -> None:
    scene.fill()
    scene.act("sign_off", "leader")
    client = as_("secretary")
    page = client.get(f"{scene.url}tra-lai/")
    response = client.post(f"{scene.url}tra-lai/", {"muc-chuyen-doi-so": "Thiếu <b>số</b> hồ sơ.", "reason": ""})

    scene.report.refresh_from_db()
    seen = body(as_("officer").get(scene.url))
    assert page.status_code == 200
    assert (response.status_code, scene.report.state) == (302, "returned")
    assert "Báo cáo bị trả lại với lý do: Bổ sung các mục «Chuyển đổi số»" in seen
    assert "Thiếu &lt;b&gt;số&lt;/b&gt; hồ sơ." in seen
    assert "Chưa bổ sung." in seen


def test_a_return_without_a_word_is_refused(scene: Scene, as_: Callable[[str], Client]) -> None:
    scene.fill()
    scene.act("sign_off", "leader")

    response = as_("secretary").post(f"{scene.url}tra-lai/", {"reason": "  "})

    scene.report.refresh_from_db()
    assert (response.status_code, scene.report.state, Remark.objects.count()) == (422, "signed_off", 0)
    assert "Hãy ghi yêu cầu bổ sung cho ít nhất một mục" in body(response)


def test_remarks_are_settled_and_the_receiver_reads_which(scene: Scene, as_: Callable[[str], Client]) -> None:
    scene.fill()
    scene.act("sign_off", "leader")
    secretary = scene.world.person("secretary")
    remarks = {"achievements": "Thêm số liệu.", "chuyen-doi-so": "Viết rõ hơn.", "khac": "Không có mục này."}
    return_with_remarks(scene.report, remarks, "", actor=secretary)
    first = Remark.objects.get(section="achievements")

    response = as_("officer").post(f"{scene.url}yeu-cau/{first.pk}/", {"done": "1"})
    scene.act("sign_off", "leader")
    page = body(as_("secretary").get(scene.url))

    assert response["Location"] == f"{scene.url}#muc-achievements"
    assert Remark.objects.count() == 2
    assert page.count("Đơn vị đánh dấu đã bổ sung lúc") == 1
    assert page.count("Chưa bổ sung.") == 1
    assert "Đánh dấu đã bổ sung</" not in page


def test_only_its_own_agency_settles(scene: Scene, as_: Callable[[str], Client]) -> None:
    scene.fill()
    scene.act("sign_off", "leader")
    return_with_remarks(scene.report, {"achievements": "Thêm."}, "", actor=scene.world.person("secretary"))
    remark = Remark.objects.get()

    response = as_("secretary").post(f"{scene.url}yeu-cau/{remark.pk}/", {"done": "1"})

    remark.refresh_from_db()
    assert (response.status_code, remark.settled_at) == (403, None)


# Versions


def test_sending_and_returning_keep_versions(scene: Scene) -> None:
    scene.fill()
    scene.act("sign_off", "leader")
    scene.act("return", "secretary", "Thiếu")

    kept = list(TextVersion.objects.filter(report=scene.report).order_by("number"))

    assert [(row.number, row.reason, str(row.made_by)) for row in kept] == [
        (1, "Gửi báo cáo", "Người leader"),
        (2, "Trả lại để bổ sung", "Người secretary"),
    ]
    assert kept[0].content["sections"]["chuyen-doi-so"] == "Đã số hóa hồ sơ."
    assert kept[0].content["figures"][str(scene.whole.pk)]["value"] == "12"


def test_versions_are_compared_word_by_word(scene: Scene, as_: Callable[[str], Client]) -> None:
    scene.write("chuyen-doi-so", "Đã số hóa 120 hồ sơ của ngành.")
    client = as_("officer")
    client.post(f"{scene.url}phien-ban/luu/")
    scene.write("chuyen-doi-so", "Đã số hóa 150 hồ sơ của <b>ngành</b>.")

    page = body(client.get(f"{scene.url}phien-ban/", {"cu": "1", "moi": "hien-tai"}))

    assert '<del><span class="visually-hidden">bớt: </span>120</del>' in page
    assert '<ins><span class="visually-hidden">thêm: </span>150</ins>' in page
    assert "&lt;b&gt;ngành&lt;/b&gt;" in page


def test_going_back_is_new_text_and_loses_nothing(scene: Scene, as_: Callable[[str], Client]) -> None:
    scene.fill()
    TableRow.objects.create(report=scene.report, table=scene.table, cells={"ten": "Cũ", "so": "1"})
    client = as_("officer")
    client.post(f"{scene.url}phien-ban/luu/")
    scene.write("chuyen-doi-so", "Bản mới.")
    FigureValue.objects.update(value=99)
    TableRow.objects.all().delete()

    client.post(f"{scene.url}phien-ban/1/khoi-phuc/")

    assert Passage.objects.get(section="chuyen-doi-so").text == "Đã số hóa hồ sơ."
    assert scene.report.figures.get(figure=scene.whole).value == 12
    assert TableRow.objects.get().cells == {"ten": "Cũ", "so": "1"}
    before = TextVersion.objects.get(number=2)
    assert before.reason == "Trước khi quay lại phiên bản 1"
    assert before.content["sections"]["chuyen-doi-so"] == "Bản mới."
    assert entries_of(scene.report)[0].action == "Quay lại phiên bản 1"
    assert list(faults()) == []


def test_the_receiver_reads_what_was_sent_and_not_what_was_kept_at_home(
    scene: Scene, as_: Callable[[str], Client]
) -> None:
    scene.fill()
    as_("officer").post(f"{scene.url}phien-ban/luu/")
    scene.act("sign_off", "leader")

    page = body(as_("secretary").get(f"{scene.url}phien-ban/"))

    assert "Gửi báo cáo" in page
    assert "Lưu theo yêu cầu" not in page
    assert as_("secretary").post(f"{scene.url}phien-ban/1/khoi-phuc/").status_code == 403


def test_a_version_without_a_change_is_not_kept_twice(scene: Scene, as_: Callable[[str], Client]) -> None:
    scene.fill()
    client = as_("officer")
    for _ in range(2):
        response = client.post(f"{scene.url}phien-ban/luu/", follow=True)

    assert "không cần lưu thêm" in body(response)
    assert TextVersion.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_versions_takes_the_same_queries(
    scene: Scene, as_: Callable[[str], Client], django_assert_num_queries: Any, count: int
) -> None:
    for number in range(1, count + 1):
        TextVersion.objects.create(report=scene.report, number=number, content={"sections": {}}, reason="Gửi báo cáo")
    client = as_("officer")

    with django_assert_num_queries(15):
        client.get(f"{scene.url}phien-ban/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_takes_the_same_queries_with_more_figures(
    scene: Scene, as_: Callable[[str], Client], django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        RoundFigure.objects.create(section=scene.whole.section, key=f"k{number}", label=f"Chỉ tiêu {number}")
        Remark.objects.create(
            report=scene.report, section="achievements", text="x", made_by=scene.world.person("secretary")
        )
    client = as_("officer")

    with django_assert_num_queries(20):
        client.get(scene.url)
