"""The product's settings on a database of the benchmark's own."""

import os
import tempfile
from pathlib import Path

if "KTD_BENCH_DATABASE_URL" not in os.environ:
    # Handed down to the processes that measure papers.
    folder = Path(tempfile.mkdtemp(prefix="ktd-bench-"))
    os.environ["KTD_BENCH_DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite3'}"
os.environ["DATABASE_URL"] = os.environ["KTD_BENCH_DATABASE_URL"]

from khoithidua.settings import *  # noqa: F403
from khoithidua.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "templates"]
