"""One bloc-year from a year file: ``manage.py import_year FILE [--replace]``."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.yearfile.faults import YearFileError
from reports.yearfile.loading import import_file


class Command(BaseCommand):
    help = "Nhập một năm thi đua của một khối từ tệp năm (YAML hoặc JSON). Nhập hết hoặc không nhập gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="tệp năm, khoithidua/year@1")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="xóa những gì trong ứng dụng mà tệp không nêu, trong năm của khối này",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = import_file(Path(options["file"]), replace=options["replace"])
        except YearFileError as error:
            for fault in error.faults:
                self.stderr.write(str(fault), style_func=str)
            sys.exit(1)
        if not outcome.changed:
            self.stdout.write(f"{outcome.bloc_year}: không có gì thay đổi.")
            return
        self.stdout.write(
            f"Đã nhập {outcome.bloc_year}: thêm {outcome.created}, sửa {outcome.updated}, xóa {outcome.deleted} mục."
        )
