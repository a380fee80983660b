"""``python -m bench``: exit 1 when a page is slower than its limits."""

import os
import sys
import time


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from bench.data import build_province
    from bench.pages import run_pages
    from bench.papers import run_papers

    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("load_demo", stdout=open(os.devnull, "w"))  # noqa: SIM115
    place = build_province()
    print(f"Dữ liệu: bản mẫu và 40 khối × 10 đơn vị × 5 năm, lập trong {time.perf_counter() - began:.0f} s")
    kept = run_pages(place)
    run_papers()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
