"""Sums of money as papers print them."""

from decimal import Decimal

from django import template

from awards.law.money import dong as printed

register = template.Library()


@register.filter
def dong(amount: Decimal | int | None) -> str:
    """1490000 as "1.490.000"; unknown as an empty string, never as 0."""
    return "" if amount is None or amount == "" else printed(amount)
