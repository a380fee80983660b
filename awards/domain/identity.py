"""National ids: never stored, only a keyed hash to find them again and the last three digits to show."""

import hashlib
import hmac

from django.conf import settings

LENGTHS = (9, 12)
SEPARATORS = str.maketrans("", "", " .-\u00a0")
LABEL = b"khoithidua/national-id"


class NotAnIdentity(ValueError):
    """What was typed is no national id; the message says what is expected, and never repeats the number."""


def digits_of(number: str) -> str:
    """The digits of a national id; spaces, dots and hyphens between them do not matter.

    Raises NotAnIdentity unless 12 digits (CCCD, căn cước) or 9 (CMND) remain.
    """
    digits = number.translate(SEPARATORS)
    if not (digits.isascii() and digits.isdigit() and len(digits) in LENGTHS):
        raise NotAnIdentity("Số định danh gồm 12 chữ số (căn cước), hoặc 9 chữ số (chứng minh nhân dân). Hãy ghi lại.")
    return digits


def keys() -> list[str]:
    """The key in use first, then those that older rows may have been written with."""
    return list(dict.fromkeys([settings.IDENTITY_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]))


def hash_with(key: str, digits: str) -> str:
    own = hmac.new(key.encode(), LABEL, hashlib.sha256).digest()
    return hmac.new(own, digits.encode(), hashlib.sha256).hexdigest()


def hash_id(number: str) -> str:
    """HMAC-SHA-256 of the digits with the key in use. Raises NotAnIdentity."""
    return hash_with(keys()[0], digits_of(number))


def all_hashes(number: str) -> list[str]:
    """The hashes that a row with this number may hold, one for each key. Raises NotAnIdentity."""
    digits = digits_of(number)
    return [hash_with(key, digits) for key in keys()]


def tail(number: str) -> str:
    """The last three digits, which pages show. Raises NotAnIdentity."""
    return digits_of(number)[-3:]
