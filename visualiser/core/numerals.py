"""Numbers and shares as the user reads them: one way of writing very small and very large ones."""

import math

_LEAST, _MOST = 1e-5, 1e7
"""Outside of these a number has an exponent. The smallest learning rate of the slider has none."""
_SMALL = 0.001
"""Shares closer to none or to all than this are called less than it, or more than all but it."""
_NO_BREAK = "\u00a0"


def numeral(value: float, digits: int = 9) -> str:
    """A finite number in significant digits: “1,400”, “0.00003”, “−0.5”, “1.3e29”, “1e−10”."""
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    rounded = float(f"{mantissa}e{power}")
    if rounded == 0:
        return "0"
    if _LEAST <= abs(rounded) < _MOST:
        places = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
        text = _short(f"{rounded:,.{places}f}")
    else:
        text = f"{_short(mantissa)}e{int(power)}"
    return text.replace("-", "−")


def share_text(share: float) -> str:
    """A share in per cent: “8 %”, “0.4 %”, “> 99.9 %”.

    Only what is exactly none reads “0 %”, only what is all “100 %”: shares that add up to one never
    contradict each other. No line breaks within. NaN is “–”.
    """
    if math.isnan(share):
        return "–"
    sign, number = "", f"{100 * share:.0f}"
    if 0 < share < _SMALL:
        sign, number = f"<{_NO_BREAK}", "0.1"
    elif 1 - _SMALL < share < 1:
        sign, number = f">{_NO_BREAK}", "99.9"
    elif 0 < share < 0.01 or 0.99 < share < 1:
        number = f"{100 * share:.1f}"
    return f"{sign}{number}{_NO_BREAK}%"


def probability_text(probability: float) -> str:
    """As `share_text`, of a softmax: that is never quite 0 or 1 but where floats are rounded."""
    return share_text(min(max(probability, math.ulp(0.0)), math.nextafter(1.0, 0.0)))


def compact(value: float) -> str:
    """A finite number in as few letters as tell it, three digits: “150k”, “1.2M”, “−42”."""
    rounded = float(f"{value:.3g}")
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if size <= abs(rounded) < 1e3 * size:
            return numeral(rounded / size, 3) + letter
    return numeral(rounded, 3)


def _short(decimal: str) -> str:
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal
