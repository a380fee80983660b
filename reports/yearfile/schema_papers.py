"""What a year file tells of papers."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class IssuedPart:
    kind: str
    title: str
    issuer: str
    number: int
    symbol: str
    issued_on: date
    issued_at: datetime
    signer_name: str
    signer_title: str
    code: str
    sha256: str
