"""A bloc-year that reported: something in every table of reporting that its year file carries."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from blocs.models import Agency, BlocYear
from reports.models import (
    AgencyReport,
    BlocReview,
    FigureValue,
    PaperText,
    Passage,
    Remark,
    ReportRound,
    ReviewComment,
    RoundExtension,
    RoundFigure,
    RoundSection,
    RoundTable,
    TableRow,
    TextVersion,
)
from tests.world import World

RICH = "**Kết quả**  chung:\r\n\r\n- một\n  thụt vào\n\n| Chỉ tiêu | Đạt |\n| A | 98 |\n"
COLUMNS = [{"key": "ten", "label": "Tên sáng kiến", "kind": "text"}, {"key": "so", "label": "Số", "kind": "number"}]
GONE = "987654321"


def moment(day: int, hour: int = 9) -> datetime:
    return datetime(2020, 6, day, hour, 30, 15, 250, tzinfo=UTC)


def build_reported(world: World) -> World:
    """Rounds of the bloc and of the province; reports sent, received, returned, in writing; reviews; own words."""
    outline = six_month_outline(world)
    received(world, outline)
    returned(world, outline)
    AgencyReport.objects.create(bloc_year=world.year, agency=world.sldtbxh, kind="mid-year", round=outline)
    annual = provinces_annual(world)
    sent = AgencyReport.objects.create(
        bloc_year=world.year, agency=world.syt, kind="annual", round=annual, state="signed_off", sent_at=moment(30)
    )
    written(sent, "ket-qua", "Theo đề cương của tỉnh.")
    unsent = AgencyReport.objects.create(bloc_year=world.year, agency=world.sgddt, kind="annual")
    written(unsent, "directions", "Bản nháp chưa gửi của đơn vị.")
    when_needed(world)
    reviewed(world)
    PaperText.objects.create(
        bloc_year=world.year, kind="invitation", part="loi-moi", text="Trân trọng  kính mời\r\n\r\n{{khoi}}"
    )
    PaperText.objects.create(bloc_year=world.year, kind="invitation", part="trong", text="")
    return world


def opened(world: World, **values: Any) -> ReportRound:
    made: ReportRound = ReportRound.objects.create(council=world.council, year=world.year.year, **values)
    return made


def six_month_outline(world: World) -> ReportRound:
    a_round = opened(
        world,
        bloc_year=world.year,
        kind="mid-year",
        title="Báo cáo  sơ kết",
        state="closed",
        since=date(2020, 1, 1),
        until=date(2020, 6, 15),
        due=date(2020, 6, 20),
        strict=True,
        basis="Công văn số 5",
        note="Ngắn gọn.\r\nCó số liệu.",
        created_by=world.person("secretary"),
    )
    first = RoundSection.objects.create(round=a_round, key="achievements", title="Kết quả", position=3)
    RoundSection.objects.create(round=a_round, key="rieng", title="Mục riêng", position=3, required=False)
    RoundFigure.objects.create(section=first, key="so-a", label="Số A", position=1, required=True)
    RoundFigure.objects.create(section=first, key="ty-le", label="Tỷ lệ", kind="percent", unit="%", position=2)
    RoundFigure.objects.create(section=first, key="don-thu", label="Đơn thư", source="petitions", position=3)
    RoundTable.objects.create(section=first, key="sang-kien", title="Sáng kiến", columns=COLUMNS, guidance="Ghi đủ")
    for day, reason in ((25, "Kiểm toán"), (28, "Kiểm toán  kéo dài")):
        row = RoundExtension.objects.create(round=a_round, agency=world.syt, due=date(2020, 6, day), reason=reason)
        RoundExtension.objects.filter(pk=row.pk).update(granted_at=moment(day - 10))
    return a_round


def report_in(a_round: ReportRound, year: BlocYear, agency: Agency, **values: Any) -> AgencyReport:
    made: AgencyReport = AgencyReport.objects.create(
        bloc_year=year, agency=agency, kind=a_round.kind, round=a_round, **values
    )
    return made


def written(report: AgencyReport, section: str, text: str) -> None:
    Passage.objects.create(report=report, section=section, text=text, version=2)


def received(world: World, a_round: ReportRound) -> AgencyReport:
    report = report_in(a_round, world.year, world.syt, state="received", sent_at=moment(27, 23))
    written(report, "achievements", RICH)
    written(report, "rieng", "Mục riêng của đợt.")
    written(report, "lessons", "Viết trước khi có đợt.")
    figures = {row.key: row for row in RoundFigure.objects.filter(section__round=a_round)}
    FigureValue.objects.create(report=report, figure=figures["so-a"], value=0, version=3)
    FigureValue.objects.create(report=report, figure=figures["ty-le"], value=Decimal("97.5"), note="Cao  nhất")
    FigureValue.objects.create(report=report, figure=figures["don-thu"], value=None, note="Chưa có")
    table = RoundTable.objects.get(section__round=a_round)
    for position, cells in enumerate(
        [{"ten": "Một  cửa", "so": "1,5"}, {"ten": "", "so": ""}, {"ten": "Hai", "so": ""}]
    ):
        TableRow.objects.create(report=report, table=table, position=position, cells=cells)
    content = {
        "sections": {"achievements": RICH},
        "figures": {
            str(figures["so-a"].pk): {"label": "Số A", "value": "0", "note": ""},
            GONE: {"label": "Đã bỏ", "value": None, "note": "x"},
        },
        "tables": {str(table.pk): {"title": "Sáng kiến", "rows": [["Một  cửa", "1,5"]]}},
    }
    kept(report, 1, "Gửi báo cáo", content)
    kept(report, 2, "Lưu theo yêu cầu", {"sections": {"achievements": "Khác"}, "figures": {}, "tables": {}})
    remarked(report, "achievements", "Thiếu  số liệu\r\ncủa quý II", settled_at=moment(26))
    remarked(report, "", "Ký lại.")
    return report


def kept(owner: AgencyReport | BlocReview, number: int, reason: str, content: dict[str, Any]) -> None:
    field = "report" if isinstance(owner, AgencyReport) else "review"
    row = TextVersion.objects.create(**{field: owner}, number=number, reason=reason, content=content)
    TextVersion.objects.filter(pk=row.pk).update(made_at=moment(20 + number))


def remarked(report: AgencyReport, section: str, text: str, **values: Any) -> None:
    author = report.bloc_year.memberships.get(role="head").agency.appointments.first().user
    row = Remark.objects.create(report=report, section=section, text=text, made_by=author, **values)
    Remark.objects.filter(pk=row.pk).update(made_at=moment(25))


def returned(world: World, a_round: ReportRound) -> None:
    report = report_in(a_round, world.year, world.stttt, state="returned", sent_at=moment(19))
    written(report, "achievements", "Đang sửa lại.")


def provinces_annual(world: World) -> ReportRound:
    """Opened by the province in this bloc: the outline is the province's."""
    top = opened(world, kind="annual", title="Tổng kết năm của tỉnh", state="open", due=date(2020, 12, 1))
    section = RoundSection.objects.create(round=top, key="ket-qua", title="Kết quả", guidance="Nêu rõ.", position=1)
    RoundFigure.objects.create(section=section, key="tong-so", label="Tổng số", kind="money", position=1)
    return opened(world, bloc_year=world.year, parent=top, kind="annual", title=top.title, state="open", due=top.due)


def when_needed(world: World) -> None:
    """Two rounds that nothing but their place tells apart."""
    for agency in (world.sldtbxh, world.syt):
        a_round = opened(world, bloc_year=world.year, kind="ad-hoc", title="Báo cáo nhanh", state="open")
        RoundSection.objects.create(round=a_round, key="noi-dung", title="Nội dung", position=1)
        report = report_in(a_round, world.year, agency, state="signed_off", sent_at=moment(11))
        written(report, "noi-dung", f"Của {agency.name}")


def reviewed(world: World) -> None:
    review = BlocReview.objects.create(
        bloc_year=world.year,
        kind="mid-year",
        state="approved",
        consulting_since=date(2020, 7, 1),
        consulting_until=date(2020, 7, 10),
        compiled={"x": 1},
    )
    Passage.objects.create(review=review, section="achievements", text="Một.\n\nHai.", version=1)
    kept(review, 1, "Lưu theo yêu cầu", {"sections": {"achievements": "Một  đoạn\tcũ"}})
    author = world.person("officer")
    answered: dict[str, Any] = {"taken": False, "answer": "Số đã đúng.\r\nGiữ nguyên.", "answered_at": moment(29)}
    for agency, section, values in ((world.syt, "achievements", answered), (world.sldtbxh, "", {})):
        row = ReviewComment.objects.create(
            review=review, agency=agency, section=section, text="Sửa  số liệu", made_by=author, **values
        )
        ReviewComment.objects.filter(pk=row.pk).update(made_at=moment(28))
    BlocReview.objects.create(bloc_year=world.year, kind="annual")
