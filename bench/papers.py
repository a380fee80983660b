"""Seconds and peak memory of the mid-year review as PDF, each in a process of its own."""

import resource
import subprocess
import sys
import time

from bench.office import run_background, run_office

CODE = """
import django, resource, sys, time
django.setup()
from blocs.models import BlocYear
from reports.documents.registry import render_pdf
year = BlocYear.objects.get(bloc__code=sys.argv[1], year=int(sys.argv[2]))
began = time.perf_counter()
content = render_pdf("mid-year-review", year)
first = time.perf_counter() - began
began = time.perf_counter()
render_pdf("mid-year-review", year)
again = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{first:.2f} s lần đầu, {again:.2f} s lần sau, tối đa {peak:.0f} MB bộ nhớ, {len(content) // 1024} KB")
"""


def run_papers() -> None:
    """Print time and memory for the demo's review and a generated bloc's, beside LibreOffice, and for many at once."""
    for name, code, year in (
        ("Báo cáo sơ kết 2020 (dữ liệu thật)", "qn-tham-muu-iii", "2020"),
        ("Báo cáo sơ kết của khối 10 đơn vị", "do-20", "2025"),
    ):
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", CODE, code, year], capture_output=True, text=True, check=True)  # noqa: S603
        whole = time.perf_counter() - began
        print(f"{name:40} {done.stdout.strip()}; cả tiến trình {whole:.2f} s")
    print(f"(tiến trình đo trang: tối đa {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB)")
    run_office()
    run_background()
