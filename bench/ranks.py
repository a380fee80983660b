"""Seconds to rank all members of forty wide blocs anew, as after a change in each of them."""

import gc
import statistics
import time

from bench.data import Place
from scoring.domain.ranking import standings

TIMES, MAX_SECONDS = 3, 5.0


def run_ranks(place: Place) -> bool:
    """Print the median of ``TIMES`` runs over every wide bloc; True within ``MAX_SECONDS``."""
    taken = []
    for _ in range(TIMES):
        gc.collect()
        began = time.perf_counter()
        ranked = sum(len(standings(year)) for year in place.wide)
        taken.append(time.perf_counter() - began)
    seconds = statistics.median(taken)
    name = f"Xếp hạng lại {len(place.wide)} khối 20×120"
    print(f"{name:40} {seconds:8.2f} s ({ranked} đơn vị){'' if seconds <= MAX_SECONDS else '  VƯỢT'}")
    return seconds <= MAX_SECONDS
