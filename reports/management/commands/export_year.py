"""One bloc-year as a year file: ``manage.py export_year BLOC YEAR [--out FILE]``."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from blocs.models import Bloc, BlocYear
from reports.yearfile.dumping import dump_year
from reports.yearfile.dumping_results import left_out


class Command(BaseCommand):
    help = "Xuất một năm thi đua của một khối ra tệp năm (YAML), kèm kết quả đã tính."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bloc", metavar="BLOC", help="mã khối")
        parser.add_argument("year", metavar="YEAR", type=int, help="năm")
        parser.add_argument("--out", metavar="FILE", help="tệp để ghi; không có thì in ra màn hình")

    def handle(self, *args: Any, **options: Any) -> None:
        bloc_year = self.find(options["bloc"], options["year"])
        text = dump_year(bloc_year)
        for sentence in left_out(bloc_year):
            self.stderr.write(sentence, style_func=str)
        if not options["out"]:
            self.stdout.write(text, ending="")
            return
        try:
            write_whole(Path(options["out"]), text)
        except OSError as error:
            self.refuse(f"Không ghi được tệp «{options['out']}»: {error.strerror or error}.")

    def find(self, code: str, year: int) -> BlocYear:
        bloc = Bloc.objects.filter(code=code).first()
        if bloc is None:
            self.refuse(f"Không có khối nào với mã «{code}». Hãy kiểm tra lại mã khối.")
        found = BlocYear.objects.select_related("bloc__council__standing_agency").filter(bloc=bloc, year=year).first()
        if found is None:
            known = ", ".join(str(each.year) for each in BlocYear.objects.filter(bloc=bloc).order_by("year"))
            self.refuse(f"{bloc} không có năm {year}. Các năm đã có: {known or 'chưa có năm nào'}.")
        return found

    def refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence, style_func=str)
        sys.exit(1)


def write_whole(path: Path, text: str) -> None:
    """Write beside the target and move into place: a reader never finds half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
