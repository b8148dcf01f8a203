"""Numbers as the user reads them: one way of writing very small and very large ones."""

import math

_LEAST, _MOST = 1e-5, 1e7
"""Outside of these a number has an exponent. The smallest learning rate of the slider has none."""


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


def _short(decimal: str) -> str:
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal
