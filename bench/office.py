"""The annual review of a bloc of ten: our PDF in a warm worker against LibreOffice's conversion of our own DOCX.

Both in one run. Then the reviews of 40 blocs in the background with two workers, in papers a minute.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MAX_RATIO = 0.55  # aimed at
RUNS = 5
BLOC, YEAR = "do-20", 2025
BLOCS, WORKERS = 40, 2
# Measured as a worker works: figures, words and pages, after Django, style sheet and fonts are there.
CODE = """
import django, resource, sys, time
django.setup()
from io import BytesIO
from pathlib import Path
import pikepdf
from blocs.models import BlocYear
from reports.documents.registry import render_docx, render_pdf
def year():
    rows = BlocYear.objects.select_related("bloc__council__standing_agency")
    return rows.get(bloc__code=sys.argv[1], year=sys.argv[2])
render_pdf("annual-review", year())
seconds = []
for _ in range(int(sys.argv[4])):
    began = time.perf_counter()
    content = render_pdf("annual-review", year())
    seconds.append(time.perf_counter() - began)
began = time.perf_counter()
word = render_docx("annual-review", year())
writing = time.perf_counter() - began
Path(sys.argv[3]).write_bytes(word)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
with pikepdf.open(BytesIO(content)) as pdf:
    print(min(seconds), writing, peak, len(pdf.pages))
"""


def run_office() -> None:
    """Print the two times, their ratio and the peak memory; says so where LibreOffice is not there."""
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "tong-ket.docx"
        command = [sys.executable, "-c", CODE, BLOC, str(YEAR), str(word), str(RUNS)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        ours, writing, peak, pages = (float(each) for each in done.stdout.split())
        name = f"Báo cáo tổng kết của khối 10 đơn vị, {pages:.0f} trang"
        print(f"{name}: PDF {ours:.2f} s, Word {writing:.2f} s, tối đa {peak:.0f} MB bộ nhớ")
        theirs = conversion(word)
    if theirs is None:
        print("  Không có LibreOffice (soffice) trên máy này nên không so sánh được.")
        return
    ratio = ours / theirs
    kept = "đạt" if ratio <= MAX_RATIO else "CHƯA ĐẠT"
    print(f"  LibreOffice đổi cùng văn bản Word: {theirs:.2f} s; tỷ lệ {ratio:.2f} (mục tiêu ≤ {MAX_RATIO}: {kept})")


def conversion(word: Path) -> float | None:
    """Seconds of LibreOffice's whole conversion of ``word``, the best of three with a profile that is there already."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return None
    profile = f"-env:UserInstallation={(word.parent / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(word.parent), str(word)]
    seconds = []
    for _ in range(4):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True, timeout=300)  # noqa: S603
        seconds.append(time.perf_counter() - began)
    return min(seconds[1:])


def run_background() -> None:
    """Ask for the reviews of 40 blocs and let two workers make them; the time is from their start to the last file."""
    from accounts.models import User
    from blocs.models import BlocYear
    from reports.domain.paper_jobs import ask_for_paper
    from reports.models import PaperJob

    actor = User.objects.order_by("pk").first()
    assert actor is not None  # noqa: S101
    years = list(BlocYear.objects.filter(bloc__code__startswith="do-", year=YEAR).order_by("pk")[:BLOCS])
    for year in years:
        ask_for_paper("annual-review", year, actor=actor)
    asked = PaperJob.objects.filter(bloc_year__in=years, kind="annual-review", requested_by=actor)
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-reload", "--no-startup-delay"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    began = time.perf_counter()
    workers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        for _ in range(WORKERS)
    ]
    for worker in workers:
        worker.wait()
    seconds = time.perf_counter() - began
    made = asked.filter(error="").exclude(file="").count()
    print(
        f"Báo cáo tổng kết của {len(years)} khối, {WORKERS} tiến trình nền: {made} văn bản trong {seconds:.0f} s, "
        f"{made * 60 / seconds:.0f} văn bản mỗi phút"
    )
