"""How probable something is by chance, as it is written behind a figure."""

_LEAST = 0.001


def chance_text(p: float) -> str:
    """“p = 0.02”, “p < 0.001”: of smaller ones nobody could say how small they are."""
    return "p < 0.001" if p < _LEAST else f"p = {p:.1g}"
