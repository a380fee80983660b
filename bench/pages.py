"""Times of the six busiest pages and of the widest one against a bare page and against Django admin's changelist."""

import gc
import statistics
import time
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench.data import Place
from bench.dossiers import Big, page_of

ROUNDS, WARM = 60, 8
MAX_FLOOR, MAX_CHANGELIST = 12.0, 1 / 3
# A whole bloc of 20 units × 120 criteria in one page is 2,400 cells; a dossier shows 50 of its 500 nominations.
MAX_WIDE, MAX_DOSSIER = 1.5, 1.0


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one address and its queries."""

    name: str
    median: float
    p95: float
    queries: int


def measure(targets: list[tuple[str, Client, str]]) -> list[Timing]:
    """Each address ROUNDS times, in turn with all others, so that what disturbs one disturbs all.

    Raises on anything but 200.
    """
    queries = [count_queries(client, url) for _, client, url in targets]
    samples: list[list[float]] = [[] for _ in targets]
    gc.collect()
    for number in range(WARM + ROUNDS):
        for place, (_, client, url) in enumerate(targets):
            began = time.perf_counter()
            client.get(url)
            if number >= WARM:
                samples[place].append((time.perf_counter() - began) * 1000)
    return [
        Timing(name, statistics.median(taken), sorted(taken)[int(ROUNDS * 0.95) - 1], count)
        for (name, _, _), taken, count in zip(targets, samples, queries, strict=True)
    ]


def count_queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    if response.status_code != 200:
        raise SystemExit(f"{url} answered {response.status_code}")
    return len(captured)


def signed_in(user: User) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def busiest(place: Place) -> list[tuple[str, User, str]]:
    """The six pages that people open most, as the person who opens them."""
    year = place.year.pk
    return [
        ("Việc cần làm", place.secretary, "/"),
        ("Danh sách khối (200 khối-năm)", place.standing, "/khoi/"),
        ("Một năm của khối", place.secretary, f"/khoi/{year}/"),
        ("Phiếu chấm 20 tiêu chí", place.secretary, f"/phieu-cham/{place.sheet.pk}/"),
        ("Bảng điểm 10 đơn vị × 20 tiêu chí", place.secretary, f"/khoi/{year}/bang-diem/"),
        ("Soạn báo cáo sơ kết", place.secretary, f"/bao-cao-khoi/{place.review.pk}/"),
    ]


def widest(place: Place) -> tuple[str, User, str]:
    """The consolidated table of the largest bloc, all cells, as the secretariat opens it."""
    return ("Bảng điểm 20 đơn vị × 120 tiêu chí", place.wide_secretary, f"/khoi/{place.wide[0].pk}/bang-diem/")


def run_pages(place: Place, dossier: Big) -> bool:
    """Print the table; True when every page keeps its limits."""
    admin = get_user_model().objects.create_superuser("quantri@example.vn", full_name="Quản trị")
    yardsticks = [
        ("Trang nền (đăng nhập, 1 KB)", signed_in(place.secretary), "/bench/san/"),
        ("Django admin: 100 dòng, 3 khóa ngoại", signed_in(admin), "/bench/admin/scoring/criterion/"),
    ]
    pages = [(name, signed_in(user), url) for name, user, url in [*busiest(place), widest(place)]]
    timings = measure([*yardsticks, *pages, page_of(dossier, signed_in(dossier.maker))])
    floor, changelist = timings[:2]
    large = {timings[-2].name: MAX_WIDE, timings[-1].name: MAX_DOSSIER}
    print(f"{'Trang':40} {'trung vị':>10} {'p95':>9} {'truy vấn':>9} {'× nền':>7} {'× admin':>8}")
    kept = True
    for timing in timings:
        to_floor, to_admin = timing.median / floor.median, timing.median / changelist.median
        good = timing in (floor, changelist) or (
            to_admin <= large[timing.name]
            if timing.name in large
            else to_floor <= MAX_FLOOR and to_admin <= MAX_CHANGELIST
        )
        kept = kept and good
        print(
            f"{timing.name:40} {timing.median:8.2f}ms {timing.p95:7.2f}ms {timing.queries:9d} "
            f"{to_floor:7.1f} {to_admin:8.2f}{'' if good else '  VƯỢT'}"
        )
    return kept
