"""Amounts of money: figures with points, and the same in words (bằng chữ), as payment papers write them."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu")
BILLION = 1_000_000_000
UNKNOWN_AMOUNT = "chưa xác định"


def in_words(number: int) -> str:
    """A whole number, zero or more, in Vietnamese words: 1005 is "một nghìn không trăm linh năm".

    Promises mốt, tư and lăm after mươi, lăm after mười, linh for an empty ten, and "tỷ" again for each nine
    figures. Raises ValueError below zero.
    """
    if number < 0:
        raise ValueError("an amount below zero has no words here")
    if number == 0:
        return DIGITS[0]
    if number >= BILLION:
        rest = number % BILLION
        parts = [in_words(number // BILLION), "tỷ", *([below_billion(rest, inner=True)] if rest else [])]
        return " ".join(parts)
    return below_billion(number, inner=False)


def below_billion(number: int, *, inner: bool) -> str:
    """``inner``: something stands before it, so that an empty hundred is said."""
    parts: list[str] = []
    for place in (2, 1, 0):
        group = number // 1000**place % 1000
        if group:
            parts.append(below_thousand(group, inner=inner or bool(parts)))
            parts += [SCALES[place]] if place else []
    return " ".join(parts)


def below_thousand(number: int, *, inner: bool) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [f"{DIGITS[hundreds]} trăm"] if hundreds or inner else []
    if rest:
        parts.append(below_hundred(rest, after=bool(parts)))
    return " ".join(parts)


def below_hundred(number: int, *, after: bool) -> str:
    """1 to 99; ``after`` a hundred, a single figure comes with "linh"."""
    tens, unit = divmod(number, 10)
    if tens == 0:
        return f"linh {DIGITS[unit]}" if after else DIGITS[unit]
    if tens == 1:
        last = {0: "", 5: " lăm"}.get(unit, f" {DIGITS[unit]}")
        return f"mười{last}"
    last = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}.get(unit, f" {DIGITS[unit]}")
    return f"{DIGITS[tens]} mươi{last}"


def money_words(amount: int) -> str:
    """ "Ba triệu bảy trăm linh tám nghìn đồng"."""
    words = in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def dong(amount: int | None) -> str:
    """ "3.708.000"; what is not known is never zero."""
    return UNKNOWN_AMOUNT if amount is None else f"{amount:,}".replace(",", ".")
