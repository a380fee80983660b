"""Long papers made by the worker: asked for once, told step by step, kept for a day, for one person."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from blocs.models import BlocYear
from reports.documents.registry import paper_of
from reports.domain.drafts import is_long
from reports.domain.paper_jobs import ask_for_paper, sweep, work_off
from reports.domain.paper_making import expected_pages
from reports.models import PaperJob
from tests.pdf_reading import pages_of
from tests.wide_world import widen
from tests.world import World, build_world

KIND = "score-summary"
TOLD = re.compile(r"""UPDATE "reports_paperjob" SET "step" = '([^']+)', "done" = (\d+), "total" = (\d+)""")


def address(world: World, rest: str = "") -> str:
    return f"/khoi/{world.year.pk}/van-ban/{KIND}/lap/{rest}"


def sign_in(client: Client, world: World, name: str) -> Client:
    client.force_login(world.person(name))
    return client


def asked(world: World, name: str = "secretary") -> PaperJob:
    return ask_for_paper(KIND, world.year, actor=world.person(name))


def finished(world: World, name: str = "secretary", **changes: Any) -> PaperJob:
    """A job as the worker leaves it, its file a few bytes."""
    now = timezone.now()
    stored = default_storage.save("drafts/mot.pdf", ContentFile(b"%PDF-1.7 bang diem"))
    values = {"requested_at": now, "seen_at": now, "started_at": now, "finished_at": now, "file": stored} | changes
    return PaperJob.objects.create(bloc_year=world.year, kind=KIND, requested_by=world.person(name), **values)


def run_worker() -> None:
    """What is queued, by the worker's own hand but inside the test's transaction."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    for row in list(DBTaskResult.objects.ready()):
        row.claim("test")
        worker.run_task(row)


# What is long


@pytest.mark.parametrize(("members", "leaves", "long"), [(10, 96, False), (10, 97, True), (20, 120, True)])
def test_a_table_of_more_than_a_thousand_cells_is_long(world: World, members: int, leaves: int, long: bool) -> None:
    """4 groups and ``leaves`` lines: (96 + 4) × 10 = 1000 cells are still laid out in the request."""
    widen(world.year, members=members, leaves=leaves)

    assert is_long(world.year, KIND) is long
    assert is_long(world.year, "flag-submission") is False


def test_the_draft_of_a_long_paper_leads_to_its_progress(client: Client, world: World) -> None:
    widen(world.year)
    short = sign_in(client, world, "secretary").get(f"/khoi/{world.year.pk}/van-ban/flag-submission/ban-thao.pdf")

    response = client.get(f"/khoi/{world.year.pk}/van-ban/{KIND}/ban-thao.pdf")

    assert (response.status_code, response["Location"]) == (302, address(world))
    assert short["Content-Type"] == "application/pdf"


# From asking to the file


def test_the_worker_makes_the_paper_and_the_page_offers_it(client: Client, world: World) -> None:
    widen(world.year, members=4, leaves=8)
    sign_in(client, world, "secretary")

    offer = client.get(address(world)).content.decode()
    asked_for = client.post(address(world))
    waiting = client.get(address(world)).content.decode()
    run_worker()
    done = client.get(address(world)).content.decode()
    file = client.get(address(world, "tep/"))

    assert "Lập văn bản</button>" in offer
    assert asked_for["Location"] == address(world)
    assert "Đang chờ đến lượt" in waiting
    assert '<meta http-equiv="refresh" content="4">' in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "Đã lập xong" in done
    assert "every 2s" not in done
    assert "http-equiv" not in done
    assert (file.content[:5], file["Content-Type"], file["Cache-Control"]) == (
        b"%PDF-", "application/pdf", "private, no-store",
    )  # fmt: skip
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_the_steps_are_the_work_and_the_pages_laid_out(world: World) -> None:
    widen(world.year, members=4, leaves=60)
    job = asked(world)

    with CaptureQueriesContext(connection) as queries:
        work_off(job.pk)

    told = [found.groups() for query in queries if (found := TOLD.search(query["sql"]))]
    job.refresh_from_db()
    with default_storage.open(job.file.name) as file:
        pages = len(pages_of(file.read()))
    steps, done = [step for step, _, _ in told], [int(part) for _, part, _ in told]
    assert (steps[0], steps[-1]) == ("Soạn nội dung văn bản", "Ghi tệp")
    assert {f"Dàn trang: đang dàn trang {number}" for number in range(1, pages + 1)} <= set(steps)
    assert all(int(part) < int(whole) for _, part, whole in told)
    assert done == sorted(done)
    assert pages <= 2 * expected_pages(paper_of(KIND, world.year)) <= 4 * pages


def test_a_fragment_answers_htmx_and_the_page_everybody_else(client: Client, world: World) -> None:
    asked(world)
    sign_in(client, world, "secretary")

    part = client.get(address(world), headers={"HX-Request": "true"})
    whole = client.get(address(world))

    assert "<html" not in part.content.decode()
    assert 'id="tien-do"' in part.content.decode()
    assert "<html" in whole.content.decode()
    assert "HX-Request" in part["Vary"]


def test_one_at_a_time_for_a_person_and_a_paper(world: World) -> None:
    first, second, other = asked(world), asked(world), asked(world, "standing")

    assert first == second
    assert other != first
    assert DBTaskResult.objects.count() == 2


def test_asking_again_replaces_the_paper_and_its_file(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    old = finished(world)

    with django_capture_on_commit_callbacks(execute=True):
        new = asked(world)

    assert new.pk != old.pk
    assert list(PaperJob.objects.all()) == [new]
    assert not default_storage.exists(old.file.name)


def test_work_that_nobody_waits_for_leaves_nothing(world: World) -> None:
    widen(world.year, members=4, leaves=4)
    job = asked(world)
    PaperJob.objects.all().delete()

    work_off(job.pk)

    assert not PaperJob.objects.exists()
    assert not default_storage.exists("drafts") or default_storage.listdir("drafts")[1] == []


def test_a_job_is_worked_off_once(world: World) -> None:
    job = finished(world)
    before = PaperJob.objects.values().get()

    work_off(job.pk)

    assert PaperJob.objects.values().get() == before


# What goes wrong


def test_a_failure_is_told_in_words_and_can_be_tried_again(
    client: Client, world: World, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    usual, blocked = settings.STORAGES, tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    options = usual["default"]["OPTIONS"] | {"location": str(blocked)}
    settings.STORAGES = usual | {"default": usual["default"] | {"OPTIONS": options}}
    asked(world)
    run_worker()
    failed = sign_in(client, world, "secretary").get(address(world)).content.decode()
    settings.STORAGES = usual

    client.post(address(world))
    run_worker()

    assert "Không lập được" in failed
    assert "Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị viên." in failed
    assert "blocked" not in failed
    assert "Lập lại</button>" in failed
    assert "Paper job" in caplog.text
    assert "Đã lập xong" in client.get(address(world)).content.decode()


@pytest.mark.parametrize("started", [True, False])
def test_a_silent_worker_is_noticed_and_does_not_block(client: Client, world: World, started: bool) -> None:
    job = asked(world)
    long_ago = timezone.now() - timedelta(minutes=11)
    PaperJob.objects.update(seen_at=long_ago, started_at=long_ago if started else None)
    page = sign_in(client, world, "secretary").get(address(world)).content.decode()

    client.post(address(world))

    assert "không phản hồi trong 10 phút" in page
    assert PaperJob.objects.get().pk != job.pk


def test_old_papers_are_removed_with_their_files(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    now = timezone.now()
    old = finished(world, seen_at=now - timedelta(hours=25))
    kept = finished(world, "standing", seen_at=now - timedelta(hours=23))

    with django_capture_on_commit_callbacks(execute=True):
        sweep(now)

    assert list(PaperJob.objects.all()) == [kept]
    assert not default_storage.exists(old.file.name)
    assert default_storage.exists(kept.file.name)


# Who


@pytest.mark.parametrize(("name", "status"), [("observer", 404), ("officer", 403), ("stranger", 404)])
def test_a_file_is_for_the_person_who_asked(client: Client, world: World, name: str, status: int) -> None:
    finished(world)

    assert sign_in(client, world, name).get(address(world, "tep/")).status_code == status
    assert sign_in(client, world, "secretary").get(address(world, "tep/")).status_code == 200


def test_who_may_no_longer_read_the_draft_gets_no_file(client: Client, world: World) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(scores_published_at=timezone.now())
    finished(world, "officer")
    while_published = sign_in(client, world, "officer").get(address(world, "tep/")).status_code
    BlocYear.objects.filter(pk=world.year.pk).update(scores_published_at=None)

    assert (while_published, client.get(address(world, "tep/")).status_code) == (200, 403)
    assert client.post(address(world)).status_code == 403
    assert client.get(f"/khoi/{world.year.pk}/van-ban/khong-co/lap/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_constant_queries(
    client: Client, world: World, django_assert_num_queries: Any, rows: int
) -> None:
    for name in ("secretary", "standing", "observer")[:rows]:
        asked(world, name)
    sign_in(client, world, "secretary")

    with django_assert_num_queries(7):
        client.get(address(world))


# The real worker


def worker_environment(folder: Path) -> dict[str, str]:
    """The test's own database as another process reaches it: a copy of SQLite's, PostgreSQL's by name."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        url = f"sqlite:///{folder / 'copy.sqlite3'}"
    else:
        login = values["USER"] + (f":{values['PASSWORD']}" if values["PASSWORD"] else "")
        url = f"postgresql://{login}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"
    return os.environ | {"DATABASE_URL": url, "KTD_FILES_DIR": str(folder / "kept")}


def outcome(environment: dict[str, str]) -> tuple[bool, str, str]:
    """Whether the job ended, its error and its file, as the worker's database tells."""
    query = "SELECT finished_at, error, file FROM reports_paperjob"
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(environment["DATABASE_URL"].removeprefix("sqlite:///"))) as copy:
            ended, error, file = copy.execute(query).fetchone()
    else:
        with connection.cursor() as cursor:
            cursor.execute(query)
            ended, error, file = cursor.fetchone()
    return ended is not None, error, file


@pytest.mark.django_db(transaction=True)
def test_the_worker_process_makes_the_table_of_20_members_and_120_criteria(
    transactional_db: None, tmp_path: Path
) -> None:
    world = build_world()
    widen(world.year)
    asked(world)
    environment = worker_environment(tmp_path)

    subprocess.run(
        [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"],
        cwd=configured.BASE_DIR,
        env=environment,
        check=True,
        timeout=300,
        capture_output=True,
    )

    ended, error, file = outcome(environment)
    assert (ended, error) == (True, "")
    pages = pages_of((tmp_path / "kept" / file).read_bytes())
    assert len(pages) > 8
    assert all("Tiêu chí" in page for page in pages[2:-1])
    assert "Xếp hạng" in pages[-1]


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_asking_twice_at_once_makes_one_job(transactional_db: None) -> None:
    world = build_world()
    person = world.person("secretary")
    found: list[int] = []

    def ask() -> None:
        try:
            found.append(ask_for_paper(KIND, world.year, actor=person).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1
    assert DBTaskResult.objects.count() == 1
