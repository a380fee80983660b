"""``python -m bench``: exit 1 when a page is slower than its limits."""

import os
import sys
import time


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from bench.annex import run_annex
    from bench.council import run_council
    from bench.data import build_province
    from bench.dossiers import build_dossier
    from bench.pages import run_pages
    from bench.papers import run_papers
    from bench.ranks import run_ranks

    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("load_demo", stdout=open(os.devnull, "w"))  # noqa: SIM115
    place = build_province()
    seconds = time.perf_counter() - began
    print(f"Dữ liệu: bản mẫu, 40 khối × 10 đơn vị × 5 năm và 40 khối 20×120, lập trong {seconds:.0f} s")
    dossier, in_time = build_dossier(place)
    kept = run_pages(place, dossier) and in_time
    kept = run_ranks(place) and kept
    kept = run_council(place) and kept
    run_papers()
    kept = run_annex() and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
