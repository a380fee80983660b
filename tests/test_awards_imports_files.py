"""Files that must not come in, large ones, and an import that is killed."""

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from awards.domain.importing.workflow import reopen
from awards.imports.examining import examined
from awards.imports.jobs import confirm_import, work_off
from awards.models import Dossier, ImportBatch, ImportedRow, Nomination, Subject
from tests.awards_world import DossierFactory, SubjectFactory, grade
from tests.test_awards_imports import NINE, PEOPLE, XLSX, book, desk, held
from tests.world import World, build_world

GOOD = ("Cá nhân", "Nguyễn Văn An", "", "", "")
BOMB = b"0" * (20 * 1024 * 1024)


def packed(**members: bytes) -> bytes:
    """A workbook with members replaced or added; ``__`` stands for a slash, ``_x`` for ``.xml``."""
    buffer = BytesIO(book(PEOPLE, GOOD))
    with zipfile.ZipFile(buffer) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in (parts | members).items():
            new.writestr(name, content)
    return out.getvalue()


def entity() -> bytes:
    sheet = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    return packed(**{"xl/worksheets/sheet1.xml": sheet})


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "exe": (lambda: b"MZ\x90\x00" + b"\x00" * 600, "danh-sach.xlsx", "không phải là Excel (XLSX)"),
    "empty": (lambda: b"", "danh-sach.xlsx", "Tệp trống"),
    "text": (lambda: b"a,b,c\n", "danh-sach.xlsx", "không phải là Excel (XLSX)"),
    "bomb": (lambda: packed(**{"xl/media/a.bin": BOMB}), "danh-sach.xlsx", "giải nén ra quá lớn"),
    "entity": (entity, "danh-sach.xlsx", "bị hỏng hoặc không đúng cấu trúc"),
    "macro": (lambda: packed(**{"xl/vbaProject.bin": b"x"}), "danh-sach.xlsx", "không phải là Excel (XLSX)"),
    "wrong-name": (lambda: book(PEOPLE, GOOD), "danh-sach.pdf", "tên không kết thúc bằng .xlsx"),
    "21-mb": (lambda: b"PK\x03\x04" + b"\x00" * (21 * 1024 * 1024), "danh-sach.xlsx", "lớn hơn 20 MB"),
    "6-mb": (lambda: packed(**{"xl/media/a.bin": os.urandom(6 * 1024 * 1024)}), "danh-sach.xlsx", "lớn hơn 5 MB"),
    "long-name": (lambda: book(PEOPLE, GOOD), "a" * 300 + ".xlsx", "Tên tệp dài quá 250 ký tự"),
    "no-header": (lambda: book(("a", "b"), ("c", "d")), "danh-sach.xlsx", "không có dòng tiêu đề của mẫu"),
    "no-rows": (lambda: book(PEOPLE), "danh-sach.xlsx", "chưa có dòng nào"),
    "no-name": (
        lambda: book(("Loại đối tượng", "Ngày sinh"), ("Cá nhân", "")),
        "danh-sach.xlsx",
        "thiếu cột «Tên đối tượng»",
    ),
    "5001-rows": (lambda: book(PEOPLE, *[GOOD] * 5001), "danh-sach.xlsx", "hơn 5.000 dòng"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_a_sentence_and_nothing_is_stored(client: Client, world: World, name: str) -> None:
    make, file_name, sentence = BAD[name]
    client.force_login(world.person("officer"))
    file = SimpleUploadedFile(file_name, make(), content_type=XLSX)

    page = client.post("/nhap-du-lieu/moi/", {"kind": "subjects", "owner": f"agency:{world.syt.pk}", "file": file})

    assert page.status_code == 200
    assert sentence in page.content.decode().replace("&nbsp;", " ")
    assert not ImportBatch.objects.exists()
    assert not default_storage.exists("nhap")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/danh sach.xlsx", "danh sach.xlsx"), ("C:\\tmp\\ds.xlsx", "ds.xlsx"), ("Sổ.xlsx", "Sổ.xlsx")],  # NFD
)
def test_a_name_with_a_path_or_in_nfd_is_only_a_name(client: Client, world: World, name: str, kept: str) -> None:
    client.force_login(world.person("officer"))
    file = SimpleUploadedFile("x.xlsx", book(PEOPLE, GOOD), content_type=XLSX)
    file._name = name

    client.post("/nhap-du-lieu/moi/", {"kind": "subjects", "owner": f"agency:{world.syt.pk}", "file": file})

    batch = ImportBatch.objects.get()
    assert batch.file_name == kept
    assert batch.file.name.startswith("nhap/")
    assert "ds" not in batch.file.name
    assert "danh" not in batch.file.name


@pytest.mark.parametrize(
    ("kind", "owner", "sentence"),
    [
        ("nominees", "syt", "Hãy chọn hồ sơ đang soạn"),
        ("freezes", "syt", "Lựa chọn này không còn"),
        ("subjects", "other", "Lựa chọn này không còn"),
    ],
)
def test_a_form_asks_for_what_a_person_may_not(
    client: Client, world: World, kind: str, owner: str, sentence: str
) -> None:
    client.force_login(world.person("officer"))
    file = SimpleUploadedFile("x.xlsx", book(PEOPLE, GOOD), content_type=XLSX)
    data = {"kind": kind, "owner": f"agency:{getattr(world, owner).pk}", "file": file}

    page = client.post("/nhap-du-lieu/moi/", data).content.decode()

    assert sentence in page
    assert not ImportBatch.objects.exists()


def test_another_agencys_dossier_is_not_offered(client: Client, world: World) -> None:
    DossierFactory(agency=world.other, council=world.council)
    sent = DossierFactory(agency=world.syt, council=world.council, state="submitted", title="Đã gửi rồi")
    own = DossierFactory(agency=world.syt, council=world.council, title="Hồ sơ của Sở Y tế")
    client.force_login(world.person("officer"))

    page = client.get(f"/nhap-du-lieu/moi/?ho-so={own.pk}").content.decode()

    assert f'<option value="{own.pk}" selected>' in page
    assert sent.title not in page
    assert page.count("Hồ sơ hs-") == 1


# Five hundred


def nominees(count: int) -> list[tuple[Any, ...]]:
    return [
        (n, "Ông", f"Người Số {n}", "Chuyên viên", f"Phòng {n % 20}", "", "Lao động tiên tiến", "", "")
        for n in range(1, count + 1)
    ]


def dossier_of(world: World) -> Dossier:
    made: Dossier = DossierFactory(agency=world.syt, council=world.council, year=2020)
    return made


@pytest.mark.parametrize("count", [1, 3, 200])
def test_reading_asks_the_same_queries_for_any_number_of_rows(
    world: World, django_assert_num_queries: Any, count: int
) -> None:
    content, at = book(NINE, *nominees(count)), desk(world, "nominees", dossier=dossier_of(world))

    with django_assert_num_queries(6):
        found = examined(content, at)

    assert len(found.rows) == count


def test_five_hundred_nominees_come_in_with_few_statements(world: World) -> None:
    dossier = dossier_of(world)
    for number in range(1, 51):
        person = SubjectFactory(
            agency=world.syt, council=world.council, name=f"Người Số {number}", unit=f"Phòng {number % 20}"
        )
        grade(person, y2019="HTT", y2020="HTXS")
    batch = held(world, "nominees", NINE, *nominees(500), dossier=dossier)
    confirm_import(batch, actor=batch.requested_by)

    with CaptureQueriesContext(connection) as queries:
        work_off(batch.pk, batch.requested_by.pk)

    batch.refresh_from_db()
    assert batch.error == ""
    assert (Nomination.objects.count(), Subject.objects.count()) == (500, 500)
    assert not Nomination.objects.filter(checked_at=None).exists()
    # One statement for each chunk of rows, never one for each row.
    assert len(queries) < 200, len(queries)


# Killed


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="another process and table locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_nothing_and_is_tried_again(transactional_db: None, tmp_path: Path) -> None:
    """The worker is stopped by a lock after it has written subjects and nominations, then killed."""
    import psycopg2

    world = build_world()
    dossier = dossier_of(world)
    batch = held(world, "nominees", NINE, *nominees(50), dossier=dossier)
    officer = batch.requested_by
    confirm_import(batch, actor=officer)
    values = connection.settings_dict
    login = values["USER"] + (f":{values['PASSWORD']}" if values["PASSWORD"] else "")
    url = f"postgresql://{login}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"
    environment = os.environ | {"DATABASE_URL": url, "KTD_FILES_DIR": str(tmp_path / "files")}
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]

    with closing(psycopg2.connect(url)) as session, session.cursor() as blocker:
        blocker.execute("LOCK TABLE awards_importedrow IN ACCESS EXCLUSIVE MODE")
        worker = subprocess.Popen(command, cwd=configured.BASE_DIR, env=environment)
        try:
            wait_for_lock(blocker)
        finally:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait(timeout=30)
    settle()

    batch.refresh_from_db()
    counts = [model.objects.count() for model in (Subject, Nomination, ImportedRow)]
    assert (batch.state, counts) == ("working", [0, 0, 0])
    ImportBatch.objects.update(seen_at=timezone.now() - timedelta(minutes=11))
    batch.refresh_from_db()
    assert batch.is_silent(timezone.now())
    reopen(batch, actor=officer)
    confirm_import(batch, actor=officer)
    work_off(batch.pk, officer.pk)
    assert (Nomination.objects.count(), Subject.objects.count()) == (50, 50)


def wait_for_lock(blocker: Any) -> None:
    """Until a session that has written nominations waits for the lock that ``blocker`` holds."""
    waiting = (
        "SELECT count(*) FROM pg_locks w JOIN pg_locks h ON h.pid = w.pid WHERE NOT w.granted "
        "AND w.relation = 'awards_importedrow'::regclass AND h.granted AND h.mode = 'RowExclusiveLock' "
        "AND h.relation = 'awards_nomination'::regclass"
    )
    until = monotonic() + 120
    while True:
        blocker.execute(waiting)
        if blocker.fetchone()[0]:
            return
        assert monotonic() < until, "the worker never came to the lock"
        blocker.execute("SELECT pg_sleep(0.05)")


def settle() -> None:
    """Until the server has noticed that the killed worker's session is gone."""
    others = "SELECT count(*) FROM pg_locks WHERE relation = 'awards_nomination'::regclass AND pid <> pg_backend_pid()"
    until = monotonic() + 60
    with connection.cursor() as cursor:
        while True:
            cursor.execute(others)
            if not cursor.fetchone()[0]:
                return
            assert monotonic() < until
            cursor.execute("SELECT pg_sleep(0.05)")


def test_a_dossier_with_rejects_goes_back_in_the_nine_columns(client: Client, world: World) -> None:
    batch = held(
        world, "nominees", NINE, (1, "Ngài", "A", "", "", "", "Lao động tiên tiến", "", ""), dossier=dossier_of(world)
    )
    client.force_login(world.person("officer"))

    content = client.get(f"{batch.get_absolute_url()}loi/").content

    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [*NINE, "Lỗi"]
    assert str(sheet.cell(2, 10).value).startswith("Tên gọi: «Ngài» không có trong danh sách.")
