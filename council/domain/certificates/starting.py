"""Ready-made layouts to begin with, for A4 across. Every measure is an example to be set by the office's own form.

What stands where follows the described form of giấy khen and of titles (NĐ 98/2023, Điều 104: A4 across; title of the
signer and the award in red; decision and "số sổ vàng" below left; place, day and signer below right), which a decision
replaced after 31/12/2025. For bằng khen of a province no measures are known to us: theirs are examples as well.
"""

from decimal import Decimal
from typing import Any

from accounts.models import User
from blocs.models import Council
from council.domain.certificates.keys import Key
from council.domain.certificates.layouts import Draft, add_layout
from council.models import CertificateLayout, LayoutElement

RED, BLACK = "#C00000", "#000000"
A4 = {"width": Decimal(297), "height": Decimal(210)}


def element(key: Key, left: float, top: float, width: float, size: float, **looks: Any) -> dict[str, Any]:
    given = {"left": Decimal(str(left)), "top": Decimal(str(top)), "width": Decimal(str(width))}
    return {"key": key.value, "size": Decimal(str(size)), "colour": BLACK} | given | looks


def common(award_size: float) -> list[dict[str, Any]]:
    """The parts that all of them have, from the upper edge down."""
    return [
        element(Key.ISSUER, 33.5, 52, 230, 20, bold=True, capitals=True, colour=RED, lines=1),
        element(Key.GIVING, 33.5, 63, 230, 18, bold=True, capitals=True),
        element(Key.AWARD, 33.5, 71, 230, award_size, bold=True, capitals=True, colour=RED),
        element(Key.NAME, 33.5, 91, 230, 24, bold=True, lines=2),
        element(Key.POST_UNIT, 43.5, 113, 210, 15, lines=2),
        element(Key.CITATION, 43.5, 128, 210, 15, italic=True, lines=3),
        element(Key.PLACE_DATE, 160, 151, 105, 14, italic=True),
        element(Key.SIGNER_TITLE, 160, 158, 105, 14, bold=True, capitals=True, lines=2),
        element(Key.SIGNER_NAME, 160, 190, 105, 15, bold=True),
        element(Key.QR, 32, 155, 20, 10),
    ]


def starts() -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """The layouts on offer: by a word for the address, the name and the elements."""
    beside: dict[str, Any] = {"align": "left"}
    left = element(Key.DECISION, 32, 178, 110, 12, lines=2, **beside)
    return {
        "bang-khen": (
            "Bằng khen (ví dụ, A4 ngang)",
            [*common(40), left, element(Key.BOOK, 32, 190, 60, 12, **beside)],
        ),
        "giay-khen": (
            "Giấy khen (ví dụ, A4 ngang)",
            [*common(38), left, element(Key.GOLDEN_BOOK, 32, 190, 60, 12, **beside)],
        ),
        "danh-hieu": (
            "Bằng chứng nhận danh hiệu (ví dụ, A4 ngang)",
            [*common(30), left, element(Key.GOLDEN_BOOK, 32, 190, 60, 12, **beside)],
        ),
    }


def begin_layout(council: Council, which: str, *, actor: User | None) -> CertificateLayout:
    """One of ``starts`` as a general layout of the council. Raises KeyError, TransitionRefused (the name is there)."""
    name, elements = starts()[which]
    fields = {"name": name, "issuer": None, "award": None, "active": True} | A4
    return add_layout(council, Draft(fields, [LayoutElement(**each) for each in elements]), actor=actor)
