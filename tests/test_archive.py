"""A bloc-year as one ZIP: whole, verifiable, opened offline, restored into an empty installation."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import User
from blocs.models import Agency, BlocYear
from reports.domain.archive.reading import restore
from reports.domain.archive.writing import INDEX, MANIFEST, STYLE, YEAR_FILE, write_archive
from reports.domain.issuing import issue_document, read_issued
from reports.domain.paper_jobs import ask_for_paper, work_off
from reports.models import IssuedDocument, PaperJob
from reports.yearfile.dumping import dump_year
from reports.yearfile.faults import YearFileError
from reports.yearfile.loading import import_text
from scoring.models import Evidence
from tests.appraisal_world import sent_dossier
from tests.report_year_world import build_reported
from tests.scoring_world import LEAVES, build_scores
from tests.world import World

ROOT = Path(__file__).parent.parent
UNLISTED = (MANIFEST, INDEX, STYLE)
PDF = b"%PDF-1.7 minh chung"


def archive_of(year: BlocYear, *, whole: bool = True) -> bytes:
    target = BytesIO()
    write_archive(year, target, whole=whole)
    return target.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def world_with_files(world: World) -> World:
    """An issued paper, a file of evidence, one that a year file told of, a dossier with a paper, all of reporting."""
    build_reported(world)
    scores = build_scores(world)
    sheet = scores.sheet(world.syt, "agreed")
    line = {"sheet": sheet, "criterion": scores.criteria[LEAVES[0][0]]}
    told = Evidence(
        **line, title="Báo cáo <b>số 1</b>", file_name="Báo cáo.PDF", sha256=hashlib.sha256(PDF).hexdigest()
    )
    told.file.save("mot", ContentFile(PDF), save=False)
    told.save()
    Evidence.objects.create(**line, title="Chưa có tệp", file_name="x.docx", sha256="0" * 64)
    dossier = sent_dossier(world, year=2020)
    attached = dossier.attachments.create(
        kind="khac", title="Tờ trình", file_name="to-trinh.pdf", sha256=hashlib.sha256(PDF).hexdigest()
    )
    attached.file.save("hai", ContentFile(PDF))
    Agency.objects.filter(pk=world.stttt.pk).update(symbol="STTTT")
    issue_document(
        "flag-submission",
        world.year,
        actor=world.person("secretary"),
        number=5,
        issued_on=date(2020, 12, 20),
        signer_name="Nguyễn Văn A",
        signer_title="Giám đốc",
    )
    return world


def test_all_files_of_the_year_are_in_it_with_their_hashes(world_with_files: World) -> None:
    parts = parts_of(archive_of(world_with_files.year))
    told = json.loads(parts[MANIFEST])

    assert {each["path"]: each["sha256"] for each in told["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in parts.items() if name not in UNLISTED
    }
    assert [each["kind"] for each in told["files"]] == ["year", "van-ban", "minh-chung", "ho-so"]
    assert parts[YEAR_FILE].decode() == dump_year(world_with_files.year)
    assert read_issued(IssuedDocument.objects.get()) in parts.values()
    assert [each["sha256"] for each in told["missing"]] == ["0" * 64]


def test_the_page_opens_offline_links_every_file_and_shows_text_as_text(world_with_files: World) -> None:
    parts = parts_of(archive_of(world_with_files.year))
    page = parts[INDEX].decode()

    for name in parts:
        if name not in UNLISTED:
            assert f'href="{name}"' in page
    assert "Báo cáo &lt;b&gt;số 1" in page
    assert "http" not in page
    assert "Không có trong lưu trữ (1)" in page


def test_the_blocs_own_archive_holds_nothing_of_dossiers(world_with_files: World) -> None:
    parts = parts_of(archive_of(world_with_files.year, whole=False))

    assert {name.partition("/")[0] for name in parts} == {YEAR_FILE, *UNLISTED, "van-ban", "minh-chung"}
    assert "dossiers:" not in parts[YEAR_FILE].decode()
    assert "subjects:" not in parts[YEAR_FILE].decode()


def test_bytes_that_changed_in_the_store_are_named_and_left_out(world_with_files: World) -> None:
    row = Evidence.objects.exclude(file="").get()
    default_storage.delete(str(row.file.name))
    default_storage.save(str(row.file.name), ContentFile(b"khac"))

    parts = parts_of(archive_of(world_with_files.year))

    assert b"khac" not in parts.values()
    assert len(json.loads(parts[MANIFEST])["missing"]) == 2


def run(folder: Path, name: str, *words: str) -> subprocess.CompletedProcess[str]:
    own = {"DATABASE_URL": f"sqlite:///{folder / name}.sqlite3", "KTD_FILES_DIR": str(folder / f"{name}-files")}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, **own, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_an_empty_installation_takes_it_and_gives_the_same_back(world_with_files: World, tmp_path: Path) -> None:
    before = archive_of(world_with_files.year)
    (tmp_path / "luu-tru.zip").write_bytes(before)
    code = world_with_files.year.bloc.code
    year = str(world_with_files.year.year)

    steps = [
        run(tmp_path, "new", "migrate", "-v0"),
        run(tmp_path, "new", "import_year", str(tmp_path / "luu-tru.zip")),
        run(tmp_path, "new", "import_year", str(tmp_path / "luu-tru.zip")),
        run(tmp_path, "new", "archive_year", code, year, "--out", str(tmp_path / "again.zip")),
    ]

    assert [step.returncode for step in steps] == [0, 0, 0, 0], [step.stderr for step in steps]
    assert "Đã đưa 3 tệp từ lưu trữ về chỗ." in steps[1].stdout
    assert "không có gì thay đổi" in steps[2].stdout
    first, again = parts_of(before), parts_of((tmp_path / "again.zip").read_bytes())
    assert again[YEAR_FILE] == first[YEAR_FILE]
    assert {name: first[name] for name in first if name not in UNLISTED} == {
        name: again[name] for name in again if name not in UNLISTED
    }


def broken(parts: dict[str, bytes], name: str) -> dict[str, bytes]:
    """One fault each."""
    paper = next(path for path in parts if path.startswith("van-ban/"))
    told = json.loads(parts[MANIFEST])
    match name:
        case "other bytes":
            return parts | {paper: b"khac"}
        case "one file more":
            return parts | {"../../tmp/x.pdf": b"x"}
        case "one file less":
            return {path: content for path, content in parts.items() if path != paper}
        case "no manifest":
            return {path: content for path, content in parts.items() if path != MANIFEST}
        case "no year file":
            told["files"] = [each for each in told["files"] if each["kind"] != "year"]
        case "another format":
            told["format"] = "khoithidua/archive@9"
        case "odd entries":
            told["files"] = [1, {"path": 3}]
    return parts | {MANIFEST: json.dumps(told).encode()}


FAULTS = {
    "other bytes": "không khớp mã băm",
    "one file more": "không có trong danh mục",
    "one file less": "trong tệp ZIP không có",
    "no manifest": "Thiếu danh mục",
    "no year file": "Lưu trữ không có tệp năm",
    "another format": "không đúng dạng",
    "odd entries": "không đúng dạng",
}


@pytest.mark.parametrize("name", FAULTS)
def test_an_archive_that_is_not_what_it_says_is_refused_whole(
    world_with_files: World, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "luu-tru.zip"
    path.write_bytes(zipped(broken(parts_of(archive_of(world_with_files.year)), name)))

    with pytest.raises(YearFileError) as refused:
        restore(path)

    assert any(FAULTS[name] in str(fault) for fault in refused.value.faults)


END = b"PK\x05\x06" + b"\0" * 18


@pytest.mark.parametrize("content", [END, b"PK\x03\x04" + b"\xff" * 60 + END], ids=["empty", "damaged"])
def test_a_damaged_or_empty_zip_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "hong.zip"
    path.write_bytes(content)

    with pytest.raises(YearFileError) as refused:
        restore(path)

    assert str(refused.value.faults[0]).endswith(".")


# Issued papers in a year file


def test_an_issued_paper_comes_without_bytes_until_the_archive_brings_them(
    world_with_files: World, client: Client, tmp_path: Path
) -> None:
    year = world_with_files.year
    path = tmp_path / "luu-tru.zip"
    path.write_bytes(archive_of(year))
    text = dump_year(year)
    row = IssuedDocument.objects.get()
    other = text.replace(row.code, "khac-khac-khac-khac").replace("number: 5", "number: 6")
    client.force_login(world_with_files.person("secretary"))

    import_text(other.encode())
    came = IssuedDocument.objects.get(number=6)

    assert (came.file.name, came.issued_by, came.sha256) == ("", None, row.sha256)
    page = client.get(came.get_absolute_url()).content.decode()
    assert "nhập từ tệp năm" in page
    assert restore(path).files == 1
    came.refresh_from_db()
    assert read_issued(came) == read_issued(row)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("signer_title: Giám đốc", "signer_title: Phó Giám đốc", "issued_papers[0].signer_title"),
        ("number: 5", "number: 6", "issued_papers[0].number"),
    ],
)
def test_an_issued_paper_is_not_rewritten_by_a_file(world_with_files: World, old: str, new: str, path: str) -> None:
    text = dump_year(world_with_files.year)

    with pytest.raises(YearFileError) as refused:
        import_text(text.replace(old, new).encode(), replace=True)

    assert [fault.path for fault in refused.value.faults] == [path]


def test_a_number_that_another_paper_has_is_refused(world_with_files: World) -> None:
    row = IssuedDocument.objects.get()
    text = dump_year(world_with_files.year).replace(row.code, "khac-khac-khac-khac")

    with pytest.raises(YearFileError) as refused:
        import_text(text.encode())

    assert [fault.path for fault in refused.value.faults] == ["issued_papers[0].number"]


# The page


def address(world: World, kind: str, rest: str = "") -> str:
    return f"/khoi/{world.year.pk}/luu-tru/{kind}/{rest}"


def made_for(world: World, user: User, kind: str) -> PaperJob:
    job = ask_for_paper(kind, world.year, actor=user)
    work_off(job.pk)
    job.refresh_from_db()
    return job


def test_the_standing_body_has_it_made_and_fetches_the_zip(world_with_files: World, client: Client) -> None:
    standing = world_with_files.person("standing")
    client.force_login(standing)

    assert client.post(address(world_with_files, "archive")).status_code == 302
    work_off(PaperJob.objects.get().pk)
    page = client.get(address(world_with_files, "archive")).content.decode()
    response: Any = client.get(address(world_with_files, "archive", "tep/"))

    assert "Tải lưu trữ (ZIP)" in page
    assert YEAR_FILE in parts_of(b"".join(response.streaming_content))
    assert response["Content-Type"] == "application/zip"


@pytest.mark.parametrize(
    ("state", "name", "status"),
    [("scoring", "secretary", 403), ("concluded", "secretary", 200), ("handed_over", "secretary", 200)],
)
def test_the_blocs_own_archive_is_there_once_the_year_is_done(
    world: World, client: Client, state: str, name: str, status: int
) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state=state)
    client.force_login(world.person(name))

    assert client.get(address(world, "bloc-archive")).status_code == status
    assert client.get(address(world, "archive")).status_code == 403


def test_the_next_head_receives_it(world: World, client: Client) -> None:
    BlocYear.objects.filter(pk=world.year.pk).update(state="handed_over")
    officer = world.person("officer")
    client.force_login(officer)
    before = client.get(address(world, "bloc-archive")).status_code
    later = BlocYear.objects.create(bloc=world.year.bloc, year=world.year.year + 1)
    later.memberships.create(agency=world.syt, role="head")

    assert (before, client.get(address(world, "bloc-archive")).status_code) == (403, 200)


def test_other_kinds_are_not_there(world: World, client: Client) -> None:
    client.force_login(world.person("standing"))

    assert client.get(address(world, "score-summary")).status_code == 404
