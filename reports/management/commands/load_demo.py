"""The demo bloc-years and accounts: ``manage.py load_demo``. Twice changes nothing."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

import reports.demo
from blocs.models import BlocYear
from reports.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD, ensure_account
from reports.demo.awarded import ensure_awarded
from reports.demo.council import ensure_council
from reports.yearfile.faults import YearFileError
from reports.yearfile.loading import load
from reports.yearfile.reading import read_file

FILES = ("qn-tham-muu-iii-2019.yaml", "qn-tham-muu-iii-2020.yaml", "mau-khoi-1-2025.yaml", "mau-khoi-1-2026.yaml")
FOLDER = Path(reports.demo.__file__).parent


class Command(BaseCommand):
    help = "Nạp dữ liệu thử: khối tham mưu III Quảng Nam (2019, 2020), một khối hư cấu (2025) và các tài khoản thử."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="nạp cả trên máy chủ chính thức")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["force"]:
            self.stderr.write(
                "Đây là máy chủ chính thức (KTD_PRODUCTION): tài khoản thử có mật khẩu ai cũng biết. "
                "Nếu vẫn muốn nạp, hãy thêm --force.",
                style_func=str,
            )
            sys.exit(1)
        try:
            changed = load_all()
        except YearFileError as error:
            for fault in error.faults:
                self.stderr.write(str(fault), style_func=str)
            sys.exit(1)
        self.stdout.write("Đã nạp dữ liệu thử." if changed else "Dữ liệu thử đã có, không có gì thay đổi.")
        self.stdout.write("\n".join(account_table()))


@transaction.atomic
def load_all() -> bool:
    """The bloc-years and the accounts, all or nothing; True when anything was new."""
    loaded = [load_missing(FOLDER / name) for name in FILES]
    made = [ensure_account(account) for account in DEMO_ACCOUNTS]
    return any([*loaded, *made, ensure_council(), ensure_awarded()])


def load_missing(path: Path) -> bool:
    """Load one demo file unless its bloc-year is there: what people did with it since is theirs."""
    year_file, _ = read_file(path)
    if BlocYear.objects.filter(bloc__code=year_file.bloc.code, year=year_file.year).exists():
        return False
    return load(year_file).changed


def account_table() -> list[str]:
    """Role, e-mail and password of each account, in columns."""
    rows = [("Vai trò", "Thư điện tử", "Mật khẩu")]
    rows += [(account.role, account.email, DEMO_PASSWORD) for account in DEMO_ACCOUNTS]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
