"""One bloc-year from a year file or an archive: ``manage.py import_year FILE [--replace]``."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.domain.archive.reading import is_archive, restore
from reports.yearfile.faults import YearFileError
from reports.yearfile.loading import import_file


class Command(BaseCommand):
    help = "Nhập một năm thi đua của một khối từ tệp năm (YAML hoặc JSON). Nhập hết hoặc không nhập gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="tệp năm khoithidua/year@1, hoặc lưu trữ ZIP của một năm")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="xóa những gì trong ứng dụng mà tệp không nêu, trong năm của khối này",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, files = Path(options["file"]), 0
        try:
            if is_archive(path):
                restored = restore(path, replace=options["replace"])
                outcome, files = restored.outcome, restored.files
            else:
                outcome = import_file(path, replace=options["replace"])
        except YearFileError as error:
            for fault in error.faults:
                self.stderr.write(str(fault), style_func=str)
            sys.exit(1)
        if files:
            self.stdout.write(f"Đã đưa {files} tệp từ lưu trữ về chỗ.")
        if not outcome.changed:
            self.stdout.write(f"{outcome.bloc_year}: không có gì thay đổi.")
            return
        self.stdout.write(
            f"Đã nhập {outcome.bloc_year}: thêm {outcome.created}, sửa {outcome.updated}, xóa {outcome.deleted} mục."
        )
