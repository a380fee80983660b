"""Judge the nominees of an eligibility file by the law of their date: ``manage.py eligibility FILE``."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from awards.eligibility.answering import as_json
from awards.eligibility.faults import EligibilityFileError
from awards.eligibility.schema import read_file
from awards.law.engine import judge_all


class Command(BaseCommand):
    help = "Xét điều kiện khen thưởng của các đề nghị trong một tệp (YAML hoặc JSON); in kết quả JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="tệp điều kiện, khoithidua/eligibility@1")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            nominees = read_file(Path(options["file"]))
        except EligibilityFileError as error:
            for fault in error.faults:
                self.stderr.write(str(fault), style_func=str)
            sys.exit(1)
        self.stdout.write(as_json(judge_all(nominees)), ending="")
