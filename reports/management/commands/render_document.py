"""``manage.py render_document KIND BLOC YEAR --format pdf|docx|xlsx --out FILE``, and ``--list``."""

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from blocs.models import BlocYear
from reports.documents.fonts import FontsMissing
from reports.documents.registry import KINDS, render_docx, render_pdf, render_xlsx
from reports.documents.subjects import NoSubject
from reports.domain.paper_subjects import SCORE_SHEET

RENDERERS: dict[str, Callable[..., bytes | None]] = {
    "pdf": render_pdf,
    "docx": render_docx,
    "xlsx": render_xlsx,
}
AT_FAULT, WRONG_USAGE = 1, 2


class Command(BaseCommand):
    help = "Writes one official paper of a bloc-year to a file. Exit 1: the input is at fault; 2: wrong usage."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", nargs="?", help="kind of paper; --list prints them")
        parser.add_argument("bloc", nargs="?", help="code of the bloc")
        parser.add_argument("year", nargs="?", type=int)
        parser.add_argument("--format", default="pdf", choices=RENDERERS)
        parser.add_argument("--out", type=Path, help="file to write")
        parser.add_argument("--agency", default="", help="code of the unit, for a score sheet")
        parser.add_argument("--subject", default="", help="key of a movement, conference or poll; see --subjects")
        parser.add_argument("--subjects", action="store_true", help="print what the paper may be about, one a line")
        parser.add_argument("--list", action="store_true", help="print the kinds, one a line")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self.stdout.write("\n".join(KINDS))
            return
        kind, out = options["kind"], options["out"]
        if options["subjects"] and kind in KINDS and options["bloc"] and options["year"]:
            self.list_subjects(kind, self.bloc_year(options["bloc"], options["year"]))
            return
        if kind is None or options["bloc"] is None or options["year"] is None or out is None:
            self.refuse(
                WRONG_USAGE,
                "Cần đủ: loại văn bản, mã khối, năm và --out TỆP. Ví dụ: "
                "render_document mid-year-review qn-tham-muu-iii 2020 --format pdf --out so-ket.pdf",
            )
        if kind not in KINDS:
            self.refuse(WRONG_USAGE, f"Không có loại văn bản «{kind}». Các loại: {', '.join(KINDS)}.")
        wanted = options["format"]
        if wanted == "xlsx" and not KINDS[kind].tabular:
            self.refuse(AT_FAULT, "Loại văn bản này không có bảng nên không có định dạng xlsx. Hãy dùng --format pdf.")
        if kind == SCORE_SHEET and not options["agency"]:
            self.refuse(WRONG_USAGE, "Bảng chấm điểm là của một đơn vị: hãy thêm --agency MÃ, ví dụ --agency syt.")
        subject = options["agency"] if kind == SCORE_SHEET else options["subject"]
        content = self.render(kind, self.bloc_year(options["bloc"], options["year"]), wanted, subject)
        try:
            write_atomically(out, content)
        except OSError as error:
            self.refuse(
                AT_FAULT,
                f"Không ghi được tệp {out}: {error.strerror}. Hãy chọn thư mục khác hoặc kiểm tra quyền ghi.",
            )
        self.stderr.write(f"Đã ghi {out}.")

    def bloc_year(self, bloc: str, year: int) -> BlocYear:
        years = BlocYear.objects.select_related("bloc__council__standing_agency")
        found = years.filter(bloc__code=bloc, year=year).first()
        if found is None:
            self.refuse(AT_FAULT, f"Không có khối «{bloc}» trong năm {year}. Hãy kiểm tra lại mã khối và năm.")
        return found

    def list_subjects(self, kind: str, bloc_year: BlocYear) -> None:
        subjects = KINDS[kind].subjects
        self.stdout.write("\n".join(f"{each.key}\t{each.title}" for each in (subjects(bloc_year) if subjects else ())))

    def render(self, kind: str, bloc_year: BlocYear, wanted: str, subject: str) -> bytes:
        try:
            content = RENDERERS[wanted](kind, bloc_year, subject=subject)
        except (FontsMissing, NoSubject) as refusal:
            self.refuse(AT_FAULT, str(refusal))
        if content is None:
            self.refuse(
                AT_FAULT, "Văn bản này chưa có bảng số liệu nào nên không có gì để xuất ra xlsx. Hãy dùng --format pdf."
            )
        return content

    def refuse(self, code: int, sentence: str) -> NoReturn:
        """Says ``sentence`` on standard error and leaves with ``code``."""
        self.stderr.write(sentence)
        sys.exit(code)


def write_atomically(path: Path, content: bytes) -> None:
    """The whole file or nothing: a half-written paper never stands under its name."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
