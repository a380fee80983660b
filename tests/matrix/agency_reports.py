"""An agency's report: its own people write, who receives it returns it, and nobody else knows of a draft."""

from collections.abc import Iterator
from typing import Any

from reports.models import ReportRound, RoundSection, RoundTable
from tests.factories import AgencyReportFactory
from tests.matrix.base import EVERYONE, OWN, RUN, SECRETARIAT, Row, pk_of


def section(scene: Any) -> tuple[Any, ...]:
    return (scene.report.pk, "achievements")


def furnish(scene: Any) -> None:
    """A draft with a remark and a version, a report that was sent, and one of a round with a table."""
    world = scene.world
    scene.report_remark = scene.report.remarks.create(
        section="achievements", text="Thêm số liệu.", made_by=world.person("secretary")
    )
    scene.report.versions.create(number=1, content={"sections": {"lessons": "Bài học."}}, reason="Gửi báo cáo")
    scene.sent_report = AgencyReportFactory(bloc_year=scene.year, agency=world.syt, kind="annual", state="signed_off")
    asked = ReportRound.objects.create(
        council=world.council, bloc_year=scene.year, kind="ad-hoc", state="open", title="Đột xuất", year=2020
    )
    place = RoundSection.objects.create(round=asked, key="a", title="Kết quả")
    columns = [{"key": "ten", "label": "Tên", "kind": "text"}]
    scene.report_table = RoundTable.objects.create(section=place, key="b", title="Mô hình", columns=columns)
    scene.report_with_table = AgencyReportFactory(bloc_year=scene.year, agency=world.syt, kind="ad-hoc", round=asked)


def rows() -> Iterator[Row]:
    yield Row("reports:pasted", EVERYONE, method="post", data={"html": "a"})
    for name in ("report-pdf", "report-docx", "report-versions"):
        yield Row(f"reports:{name}", OWN, args=pk_of("report"))
    yield Row("reports:report-presence", OWN, args=pk_of("report"), method="post")
    yield Row("reports:review-presence", SECRETARIAT, args=pk_of("review"), method="post")
    yield Row("reports:version-keep", OWN, args=pk_of("report"), method="post")
    yield Row("reports:report-figures", OWN, args=section, method="post")
    yield Row("reports:report-return", frozenset(), OWN, pk_of("report"))
    yield Row("reports:report-return", RUN, frozenset({"observer"}) | OWN, pk_of("sent_report"))
    yield Row("reports:report-pdf", RUN | {"observer"} | OWN, args=pk_of("sent_report"))
    yield Row("reports:report-table", OWN, args=lambda s: (s.report_with_table.pk, s.report_table.pk), method="post")
    yield Row("reports:remark-settle", OWN, args=lambda s: (s.report.pk, s.report_remark.pk), method="post")
    yield Row("reports:version-restore", OWN, args=lambda s: (s.report.pk, 1), method="post")
