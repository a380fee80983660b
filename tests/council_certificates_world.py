"""Layouts and printings of certificates for tests."""

from decimal import Decimal
from typing import Any

from council.domain.certificates.layouts import Draft, add_layout
from council.domain.certificates.printing import print_certificates, printed_lines
from council.domain.certificates.starting import begin_layout
from council.models import CertificateLayout, CertificatePrint, Decision, LayoutElement
from tests.world import World

ZERO = Decimal(0)


def start_layout(world: World, which: str = "bang-khen") -> CertificateLayout:
    """A ready-made layout of the council, or the one that is there."""
    found = CertificateLayout.objects.filter(council=world.council).first()
    return found or begin_layout(world.council, which, actor=world.person("standing"))


def element(key: str = "name", **rest: Any) -> LayoutElement:
    given = {"left": Decimal(20), "top": Decimal(30), "width": Decimal(100), "size": Decimal(14)}
    return LayoutElement(**{"key": key} | given | rest)


def layout_of(world: World, *elements: LayoutElement, **rest: Any) -> CertificateLayout:
    fields: dict[str, Any] = {
        "name": f"Mẫu {CertificateLayout.objects.count() + 1}",
        "issuer": None,
        "award": None,
        "width": Decimal(297),
        "height": Decimal(210),
        "active": True,
    }
    return add_layout(world.council, Draft(fields | rest, elements), actor=world.person("standing"))


def printing(
    world: World, decision: Decision, layout: CertificateLayout | None = None, dx: Any = ZERO, dy: Any = ZERO
) -> CertificatePrint:
    """All lines of ``decision`` printed."""
    made = print_certificates(
        decision,
        layout or start_layout(world),
        lines=[each.line for each in printed_lines(decision)],
        dx=Decimal(dx),
        dy=Decimal(dy),
        actor=world.person("standing"),
    )
    rows = CertificatePrint.objects.select_related("layout", "decision__issuer", "decision__council")
    return rows.get(pk=made.pk)
