"""A dossier of five hundred nominations: its page against the changelist, its import and its check in seconds."""

import time
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.test import Client
from openpyxl import Workbook

from accounts.models import User
from awards.domain.checking import recheck_dossier
from awards.domain.importing.desk import Desk
from awards.domain.importing.workflow import hold
from awards.enums import ImportKind
from awards.imports.examining import examined
from awards.imports.jobs import confirm_import, work_off
from awards.models import AwardForm, AwardRecord, Dossier, Subject, TaskGrade
from bench.data import Place

NOMINEES = 500
MAX_IMPORT = 60.0
HEADERS = (
    *("STT", "Tên gọi", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác", "Phân loại khen thưởng"),
    *("Danh hiệu thi đua/Hình thức khen thưởng", "Phân loại đối tượng", "Lĩnh vực hoạt động"),
)


@dataclass(frozen=True)
class Big:
    """The dossier that was measured, and whose it is."""

    dossier: Dossier
    maker: User


def sheet() -> bytes:
    """Five hundred rows as an office fills them in."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Danh sách")
    page.append(HEADERS)
    for number in range(1, NOMINEES + 1):
        title = "Chiến sĩ thi đua cơ sở" if number % 3 else "Lao động tiên tiến"
        unit = f"Phòng số {number % 20}"
        page.append([number, "Ông", f"Người Số {number}", "Chuyên viên", unit, "", title, "", ""])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def register(maker: User, place: Place) -> None:
    """Half of the people stand in the register already, with three years of history."""
    agency = place.sheet.agency
    people = Subject.objects.bulk_create(
        Subject(
            council=agency.council,
            agency=agency,
            kind="individual",
            name=f"Người Số {number}",
            unit=f"Phòng số {number % 20}",
            added_by=maker,
        )
        for number in range(1, NOMINEES // 2 + 1)
    )
    title = AwardForm.objects.get(code="cstd-co-so")
    years = (2023, 2024, 2025)
    TaskGrade.objects.bulk_create(
        TaskGrade(subject=person, year=year, grade="HTXS") for person in people for year in years
    )
    AwardRecord.objects.bulk_create(
        AwardRecord(subject=person, award=title, year=year, decided_on=date(year, 12, 20))
        for person in people
        for year in years[:2]
    )


def build_dossier(place: Place) -> tuple[Big, bool]:
    """Import the sheet as the worker does and check everything again; prints both times."""
    maker, agency = place.secretary, place.sheet.agency
    register(maker, place)
    dossier = Dossier.objects.create(
        council=agency.council, agency=agency, code="hs-do-toc-do", year=2025, title="Hồ sơ 500 trường hợp"
    )
    content = sheet()
    began = time.perf_counter()
    desk = Desk(kind=ImportKind.NOMINEES, council_id=agency.council_id, agency=agency, dossier=dossier, actor=maker)
    found = examined(content, desk)
    batch = hold(
        kind=ImportKind.NOMINEES,
        council_id=agency.council_id,
        agency=agency,
        dossier=dossier,
        file_name="danh-sach.xlsx",
        content=content,
        sha256="0" * 64,
        findings=found.findings,
        actor=maker,
    )
    confirm_import(batch, actor=maker)
    work_off(batch.pk, maker.pk)
    taken = time.perf_counter() - began
    made = dossier.nominations.count()
    kept = made == NOMINEES and taken <= MAX_IMPORT
    print(f"{'Nhập hồ sơ 500 trường hợp':40} {taken:8.2f} s ({made} trường hợp){'' if kept else '  VƯỢT'}")
    began = time.perf_counter()
    recheck_dossier(dossier)
    print(f"{'Kiểm tra lại cả hồ sơ':40} {time.perf_counter() - began:8.2f} s")
    return Big(dossier, maker), kept


def page_of(big: Big, client: Client) -> tuple[str, Client, str]:
    """The dossier's page as its maker opens it."""
    return ("Hồ sơ 500 trường hợp", client, f"/ho-so/{big.dossier.pk}/")
