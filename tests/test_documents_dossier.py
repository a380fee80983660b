"""Papers of award dossiers: every nominee once, nothing typed twice, open facts left to the pen."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from awards.models import CouncilRule, Dossier, NominationText
from reports.documents.achievement_report import collect as collect_report
from reports.documents.achievement_report import compose as compose_report
from reports.documents.appraisal_sheet import compose as compose_sheet
from reports.documents.blocks import Paper, Table
from reports.documents.dossier import collect_dossier, numbered
from reports.documents.dossier_list import compose as compose_list
from reports.documents.dossier_minutes import compose as compose_minutes
from reports.documents.dossier_registry import DOSSIER_KINDS, dossier_pdf, report_pdf
from reports.documents.dossier_submission import ALL_SOUND
from reports.documents.dossier_submission import compose as compose_submission
from tests.awards_world import DossierFactory, SubjectFactory, nominate, record
from tests.pdf_reading import text_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(world: World) -> Dossier:
    found = DossierFactory(
        agency=world.syt,
        code="hs-2020-007",
        title="Đề nghị khen thưởng tổng kết năm 2020",
        paper_number="45",
        paper_date=date(2021, 1, 5),
        state="submitted",
    )
    person = SubjectFactory(agency=world.syt, name="Nguyễn Thị Lan", unit="Phòng Nghiệp vụ Y", post="Trưởng phòng")
    office = SubjectFactory(agency=world.syt, name="Văn phòng Sở", kind="collective")
    nominate(found, person, "ld-tien-tien")
    nominate(found, person, "cstd-tinh", appraisal_reason="Đủ ba năm liên tục.")
    nominate(found, office, "tt-ld-xuat-sac")
    return found


def words_of(paper: Paper) -> str:
    parts: list[str] = [*paper.addressees, *paper.grounds, paper.summary]
    blocks = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    for block in blocks:
        if isinstance(block, Table):
            parts += [" | ".join(row.cells) for row in block.rows]
        else:
            parts.append(block.text)
    return "\n".join(parts)


def test_the_submission_counts_each_kind_and_lists_everyone_in_its_annex(dossier: Dossier) -> None:
    paper = compose_submission(collect_dossier(dossier))

    assert paper.letterhead.number == "Số: 45/TTr-"
    assert paper.letterhead.place_date == "Tỉnh Mẫu, ngày 05 tháng 01 năm 2021"
    assert paper.addressees == (
        "- Hội đồng Thi đua - Khen thưởng tỉnh Mẫu;",
        "- Sở Nội vụ (Thường trực Hội đồng).",
    )
    found = words_of(paper)
    assert "cho 01 tập thể, 02 cá nhân, gồm:" in found
    assert "I. Tập thể: 01" in found
    assert "II. Cá nhân: 02" in found
    assert found.count("Nguyễn Thị Lan | Trưởng phòng, Phòng Nghiệp vụ Y |") == 2
    assert "kính trình Hội đồng Thi đua - Khen thưởng tỉnh Mẫu xem xét, quyết định./." in found
    assert ALL_SOUND not in found


def test_a_submission_says_how_many_sets_the_province_wants(dossier: Dossier) -> None:
    assert "Hồ sơ gồm" not in words_of(compose_submission(collect_dossier(dossier)))
    CouncilRule.objects.create(council=dossier.council, key="dossier-sets", value=2, legal_basis="Quyết định")

    assert "Hồ sơ gồm 02 bộ." in words_of(compose_submission(collect_dossier(dossier)))


def test_a_submission_says_that_all_is_sound_only_where_the_check_found_so(dossier: Dossier) -> None:
    dossier.nominations.update(verdict="eligible")

    assert ALL_SOUND in words_of(compose_submission(collect_dossier(dossier)))


def test_a_list_has_no_number_of_its_own(dossier: Dossier) -> None:
    paper = compose_list(collect_dossier(dossier))

    assert paper.letterhead.number == ""
    assert "(Kèm theo Tờ trình số 45/TTr- ngày 05 tháng 01 năm 2021)" in words_of(paper)


def test_the_higher_award_stands_first_in_the_list(dossier: Dossier) -> None:
    paper = compose_list(collect_dossier(dossier))

    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    awards = [row.cells[3] for row in table.rows if not row.span]
    people = [award for award in awards if "Tập thể" not in award]
    assert people == ["Chiến sĩ thi đua cấp tỉnh", "Lao động tiên tiến"] or people[0].startswith("Chiến sĩ thi đua")


def test_an_empty_dossier_says_so_in_every_paper(world: World) -> None:
    empty = DossierFactory(agency=world.syt)

    for kind in DOSSIER_KINDS.values():
        assert "chưa có" in words_of(kind.compose(collect_dossier(empty))).lower()


@pytest.mark.parametrize(
    ("number", "expected"),
    [("", "      /TTr-SYT"), ("5", "05/TTr-SYT"), ("45/TTr-SYT", "45/TTr-SYT"), ("12a", "12a/TTr-SYT")],
)
def test_a_number_below_ten_has_a_zero_and_an_own_symbol_stays(number: str, expected: str) -> None:
    assert numbered(number, "TTr-SYT").replace("\u00a0", " ") == expected


def test_minutes_leave_open_what_nobody_entered(dossier: Dossier) -> None:
    found = words_of(compose_minutes(collect_dossier(dossier)))

    assert "Có mặt: ……/……" in found
    assert "Văn phòng Sở" in found


def test_the_appraisal_sheet_gives_the_reason_beside_each_nominee(dossier: Dossier) -> None:
    found = words_of(compose_sheet(collect_dossier(dossier)))

    assert "Nguyễn Thị Lan; Trưởng phòng, Phòng Nghiệp vụ Y; Chiến sĩ thi đua" in found
    assert "Chưa thẩm định | Đủ ba năm liên tục." in found


def test_a_report_holds_the_written_sections_and_the_register(dossier: Dossier) -> None:
    nomination = dossier.nominations.get(award__code="cstd-tinh")
    record(nomination.subject, "cstd-co-so", 2019, decision_number="812/QĐ-SYT", issuer="Giám đốc Sở Y tế")
    NominationText.objects.create(nomination=nomination, section="ii-thanh-tich", text="Dòng một\nDòng hai.")

    paper = compose_report(collect_report(nomination))
    found = words_of(paper)

    assert "Họ và tên: Nguyễn Thị Lan." in found
    assert "Dòng một.\nDòng hai." in found
    assert "2019 | " in found
    assert "Quyết định số 812/QĐ-SYT ngày 25/12/2019 của Giám đốc Sở Y tế" in found
    assert paper.signatories[1].lines == ("NGƯỜI BÁO CÁO",)


def test_each_paper_is_laid_out_and_equal_rows_give_equal_bytes(dossier: Dossier) -> None:
    for kind in DOSSIER_KINDS:
        content = dossier_pdf(kind, dossier)
        assert "Nguyễn Thị Lan" in text_of(content)
        assert dossier_pdf(kind, dossier) == content
    assert "BÁO CÁO THÀNH TÍCH" in text_of(report_pdf(dossier.nominations.all()[0]))


def test_the_list_as_a_workbook_keeps_text_as_text(client: Client, world: World, dossier: Dossier) -> None:
    nominate(dossier, SubjectFactory(agency=world.syt, name="=HYPERLINK(1)"), "cstd-co-so")
    client.force_login(world.person("officer"))

    answer = client.get(f"/ho-so/{dossier.pk}/van-ban/danh-sach.xlsx")

    sheet: Any = load_workbook(BytesIO(answer.content)).active
    cells = {row[2].value: row[2].data_type for row in sheet.iter_rows()}
    assert cells["=HYPERLINK(1)"] == "s"
    assert sheet.max_row == 5


def test_strangers_get_nothing_and_the_sheet_is_the_standing_bodys(
    client: Client, world: World, dossier: Dossier
) -> None:
    nomination = dossier.nominations.all()[0]
    paths = [f"/ho-so/{dossier.pk}/van-ban/{kind}.pdf" for kind in DOSSIER_KINDS]
    paths.append(f"/de-nghi/{nomination.pk}/bao-cao-thanh-tich.pdf")

    def answers(name: str) -> list[int]:
        client.force_login(world.person(name))
        return [client.get(path).status_code for path in paths]

    assert answers("stranger") == [404] * 5
    assert answers("officer") == [200, 200, 200, 403, 200]
    assert answers("standing") == [200] * 5
    assert client.get(f"/ho-so/{dossier.pk}/van-ban/khac.pdf").status_code == 404
