"""Check the whole audit trail: ``manage.py verify_audit`` (0 sound, 1 tampered with)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from accounts.domain.audit import faults
from accounts.models import AuditEntry


class Command(BaseCommand):
    help = "Kiểm tra nhật ký: tìm mục bị sửa, bị thiếu hoặc bị chèn."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for sentence in faults():
            self.stderr.write(sentence)
            found += 1
        if found:
            self.stderr.write(f"Nhật ký có {found} lỗi.")
            sys.exit(1)
        self.stdout.write(f"Nhật ký nguyên vẹn: {AuditEntry.objects.count()} mục.")
