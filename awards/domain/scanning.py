"""The virus scanner: clamd over its INSTREAM command, where ``CLAMD`` says "host:port" or a socket's path.

Without a setting nothing is scanned, and what is stored says so. A scanner that does not answer is no scanner:
the file is refused with a sentence, never kept unseen.
"""

import logging
import socket
import struct
from typing import Any

from django.conf import settings
from django.core.files.base import File

from accounts.domain.workflow import TransitionRefused
from awards.enums import ScanState

log = logging.getLogger(__name__)
SECONDS = 30
CHUNK = 64 * 1024
ANSWER_BYTES = 4096


def scanned(file: File[bytes]) -> ScanState:
    """CLEAN, or OFF where no scanner is set. TransitionRefused for an infected file, and when clamd fails."""
    if not is_on():
        return ScanState.OFF
    try:
        answer = ask_clamd(file)
    except OSError as error:
        log.exception("clamd did not answer")
        raise TransitionRefused(
            f"Chưa quét được vi-rút nên tệp «{file.name}» chưa được nhận. "
            "Hãy thử lại sau ít phút; nếu vẫn lỗi, hãy báo quản trị viên kiểm tra bộ quét."
        ) from error
    finally:
        file.seek(0)
    return verdict(answer, str(file.name))


def is_on() -> bool:
    return bool(getattr(settings, "CLAMD", ""))


def verdict(answer: str, name: str) -> ScanState:
    if answer.endswith("OK"):
        return ScanState.CLEAN
    if answer.endswith("FOUND"):
        found = answer.removeprefix("stream:").removesuffix("FOUND").strip()
        raise TransitionRefused(
            f"Tệp «{name}» có mã độc ({found}) nên không được nhận. Hãy quét máy của bạn rồi tải lên tệp sạch."
        )
    log.error("clamd answered %r", answer)
    raise TransitionRefused(
        f"Bộ quét vi-rút không kiểm tra được tệp «{name}» nên tệp chưa được nhận. Hãy báo quản trị viên."
    )


def ask_clamd(file: File[bytes]) -> str:
    """The scanner's one line for the content of ``file``. OSError when it cannot be reached or stops."""
    with connected() as line:
        line.sendall(b"zINSTREAM\0")
        file.seek(0)
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        return read_answer(line)


def read_answer(line: Any) -> str:
    found = b""
    while len(found) < ANSWER_BYTES and (part := line.recv(ANSWER_BYTES)):
        found += part
        if b"\0" in part:
            break
    if not found:
        raise OSError("clamd closed the connection without an answer")
    return found.rstrip(b"\0\n ").decode("utf-8", "replace")


def connected() -> socket.socket:
    place = str(settings.CLAMD)
    if place.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(place)
        return line
    host, _, port = place.rpartition(":")
    return socket.create_connection((host or "127.0.0.1", int(port)), timeout=SECONDS)
