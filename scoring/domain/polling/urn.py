"""The sealed urn of an electronic ballot: one text that tells nothing to who reads the database.

Ballots and receipts are two lists, shuffled apart with every ballot that comes in: even who opens
the urn cannot say whose receipt belongs to which ballot. The text is padded to one length for the
life of the urn and sealed anew each time with AES-256-GCM under a fresh nonce. Nothing in it is a
time. docs/decisions/0009-secret-ballots.md says what is promised by this and what is not.

This module knows ballots as tuples of numbers: no polls, no blocs, no database.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

NONCE_BYTES = 12
TAG_BYTES = 16
# Without letters and digits that look alike on paper: 31 signs, ten of them are 49 bits.
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
RECEIPT_LENGTH = 10
RECEIPT_GROUPS = 2

Ballot = tuple[int, ...]


class UrnDamaged(Exception):
    """The urn does not open with this installation's key, or is not the one that was sealed."""


@dataclass(frozen=True)
class Contents:
    """What lies in the urn; the two lists have no common order."""

    ballots: tuple[Ballot, ...] = ()
    receipts: tuple[str, ...] = ()


def empty_urn(*, name: str, voters: int, longest: int) -> str:
    """A sealed urn with room for what ``voters`` cast, each at most ``longest`` characters as JSON."""
    room = len(plain_of(Contents())) + voters * (longest + RECEIPT_LENGTH + RECEIPT_GROUPS + 5)
    return seal(Contents(), name=name, room=room)


@sensitive_variables()
def drop_in(sealed: str, cast: Iterable[Ballot], *, name: str) -> tuple[str, str]:
    """The urn with what one voter ``cast``, shuffled and sealed anew at the same length, and the voter's receipt.

    One ballot; or several pieces, where a whole ballot would be recognised: then they lie apart. UrnDamaged when
    it does not open; ValueError when it is full.
    """
    held = unseal(sealed, name=name)
    receipt = new_receipt()
    ballots = [*held.ballots, *(tuple(sorted(ballot)) for ballot in cast)]
    receipts = [*held.receipts, receipt]
    chance = secrets.SystemRandom()
    chance.shuffle(ballots)
    chance.shuffle(receipts)
    return seal(Contents(tuple(ballots), tuple(receipts)), name=name, room=room_of(sealed)), receipt


@sensitive_variables()
def unseal(sealed: str, *, name: str) -> Contents:
    """What lies in the urn ``name``. UrnDamaged when the key is another or the text was touched."""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except binascii.Error as error:
        raise UrnDamaged(name) from error
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            plain = AESGCM(key_of(secret, name)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError):
            continue
        held = json.loads(plain)
        return Contents(tuple(tuple(each) for each in held["ballots"]), tuple(held["receipts"]))
    raise UrnDamaged(name)


@sensitive_variables()
def seal(contents: Contents, *, name: str, room: int) -> str:
    """``contents`` padded to ``room`` bytes and sealed for the urn ``name`` alone."""
    plain = plain_of(contents)
    if len(plain) > room:
        raise ValueError(f"The urn {name} is full.")
    nonce = secrets.token_bytes(NONCE_BYTES)
    closed = AESGCM(key_of(settings.SECRET_KEY, name)).encrypt(nonce, plain.ljust(room), name.encode())
    return base64.b64encode(nonce + closed).decode("ascii")


def plain_of(contents: Contents) -> bytes:
    rows = {"ballots": contents.ballots, "receipts": contents.receipts}
    return json.dumps(rows, separators=(",", ":")).encode("ascii")


def room_of(sealed: str) -> int:
    return len(base64.b64decode(sealed)) - NONCE_BYTES - TAG_BYTES


def key_of(secret: str, name: str) -> bytes:
    """A key for this urn alone, from the installation's secret (HKDF, RFC 5869)."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=b"khoithidua.urn", info=name.encode())
    return derive.derive(secret.encode())


def new_receipt() -> str:
    """Ten signs in two groups, from the system's randomness: ``7KQ2M-PX4DA``."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(RECEIPT_LENGTH))
    half = RECEIPT_LENGTH // RECEIPT_GROUPS
    return f"{signs[:half]}-{signs[half:]}"
