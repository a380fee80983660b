"""What the digital signatures of an uploaded PDF say, in sentences (docs/decisions/0015-reading-signatures.md)."""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from council.domain.decisions.signature_reader import ENCRYPTED, TOO_MANY, UNREADABLE

log = logging.getLogger(__name__)
SECONDS = 30
FAULTS = {
    ENCRYPTED: "Tệp có mật khẩu nên không đọc được chữ ký số. Hãy tải lên bản không đặt mật khẩu.",
    TOO_MANY: "Tệp có quá nhiều chữ ký số nên hệ thống không kiểm tra. Hãy kiểm tra bằng phần mềm ký số.",
    UNREADABLE: "Không đọc được chữ ký số: tệp PDF bị lỗi hoặc có cấu trúc bất thường. Hãy kiểm tra lại tệp.",
}
NO_ROOTS = "Chưa xác định độ tin cậy: hệ thống chưa được đặt danh sách chứng thư số gốc."
TRUSTED = "Chứng thư số được xác minh theo danh sách chứng thư số gốc của hệ thống."
UNTRUSTED = "Không xác minh được chứng thư số theo danh sách chứng thư số gốc của hệ thống."


@dataclass(frozen=True)
class Reading:
    """``signatures``: [{signer, at, valid, whole, trusted, words}]; ``fault``: why nothing could be read."""

    signatures: list[dict[str, Any]]
    fault: str = ""


def read_signatures(content: bytes) -> Reading:
    """Read the signatures of a PDF in a process of its own, within SECONDS; nothing is fetched from a network.

    Never raises: a hostile or broken file answers a sentence in ``fault``.
    """
    command = [sys.executable, "-m", "council.domain.decisions.signature_reader", str(settings.TRUST_ROOTS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, the file on its standard input
            command, input=content, capture_output=True, timeout=SECONDS, check=True, cwd=settings.BASE_DIR
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        log.warning("signatures could not be read", exc_info=True)
        return Reading([], FAULTS[UNREADABLE])
    if fault := answer.get("fault"):
        return Reading([], FAULTS.get(fault, FAULTS[UNREADABLE]))
    return Reading([told(each) for each in answer["signatures"]])


def told(facts: dict[str, Any]) -> dict[str, Any]:
    """What is kept of one signature; ``valid`` only when nothing was changed after signing."""
    sound = facts["intact"] and facts["valid"] and not facts["changed"]
    return {
        "signer": facts["signer"],
        "at": facts["at"],
        "valid": sound,
        "whole": facts["whole"],
        "trusted": facts["trusted"] if sound else None,
        "words": words_of(facts, sound),
    }


def words_of(facts: dict[str, Any], sound: bool) -> str:
    if not facts["intact"]:
        return "KHÔNG HỢP LỆ: nội dung đã bị sửa sau khi ký, hoặc chữ ký bị hỏng."
    if not facts["valid"]:
        return "KHÔNG HỢP LỆ: chữ ký không khớp với chứng thư số."
    if not sound:
        return "KHÔNG HỢP LỆ: tệp đã bị thay đổi sau khi ký, ngoài phần chữ ký bảo vệ."
    covers = (
        "chữ ký bao trùm toàn bộ tệp."
        if facts["whole"]
        else "sau chữ ký này tệp chỉ được thêm chữ ký khác; phần đã ký còn nguyên."
    )
    trust = NO_ROOTS if facts["trusted"] is None else TRUSTED if facts["trusted"] else UNTRUSTED
    return f"Hợp lệ: {covers} {trust}"


def moment_of(facts: dict[str, Any]) -> datetime | None:
    """When the signer's clock said it was signed, in the time of Vietnam."""
    try:
        found = datetime.fromisoformat(facts.get("at") or "")
    except ValueError:
        return None
    return timezone.localtime(found) if found.tzinfo else timezone.make_aware(found)
