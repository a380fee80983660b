"""One bloc-year as an archive: ``manage.py archive_year BLOC YEAR --out FILE [--bloc-only]``."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from reports.domain.archive.writing import write_archive
from reports.management.commands import export_year


class Command(export_year.Command):
    help = "Gói một năm thi đua thành lưu trữ ZIP: tệp năm, văn bản, minh chứng, hồ sơ, danh mục mã băm, mục lục."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bloc", metavar="BLOC", help="mã khối")
        parser.add_argument("year", metavar="YEAR", type=int, help="năm")
        parser.add_argument("--out", metavar="FILE", required=True, help="tệp để ghi")
        parser.add_argument("--bloc-only", action="store_true", help="chỉ phần của khối, không có hồ sơ khen thưởng")

    def handle(self, *args: Any, **options: Any) -> None:
        bloc_year = self.find(options["bloc"], options["year"])
        path = Path(options["out"])
        try:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        except OSError as error:
            self.refuse(f"Không ghi được tệp «{path}»: {error.strerror or error}.")
        try:
            with os.fdopen(handle, "w+b") as file:
                contents = write_archive(bloc_year, file, whole=not options["bloc_only"], told=self.told)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
        for each in contents.missing:
            self.stderr.write(f"Không có tệp: {each['title']}.", style_func=str)
        self.stdout.write(f"Đã ghi {len(contents.entries)} tệp vào lưu trữ.")

    def told(self, done: int, of: int) -> None:
        if self.stderr.isatty() and (done == of or done % 20 == 0):
            self.stderr.write(f"\r{done}/{of} tệp", ending="\n" if done == of else "", style_func=str)
