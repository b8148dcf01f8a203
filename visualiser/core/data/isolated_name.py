"""Names written from right to left, within sentences that are written from left to right."""

import unicodedata
from collections.abc import Sequence

_ISOLATE, _END = "\u2068", "\u2069"
"""First strong isolate and its end: by Unicode's bidirectional algorithm (UAX #9) the name has an
order of its own, and takes no part in that of the sentence."""
_FROM_THE_RIGHT = frozenset(["R", "AL", "AN"])
_CONTROLS = frozenset(["LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"])
_OWN_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
"""Of a name's own: one that is not ended, or ends twice, would break ours open."""


def isolated(name: str) -> str:
    """The name as it may stand in a sentence; one without letters from the right as it is.

    Otherwise a figure or quotation mark beside it, and after a control character the whole rest of
    the sentence, would be drawn on its other side.
    """
    if name.isascii():
        return name
    kinds = {unicodedata.bidirectional(letter) for letter in name}
    if kinds.isdisjoint(_FROM_THE_RIGHT | _CONTROLS):
        return name
    return f"{_ISOLATE}{name.translate(_OWN_ISOLATES)}{_END}"


def in_quotes(names: Sequence[str]) -> str:
    """“one”, or “one”, “two” and “three”, isolated; of none nothing."""
    quoted = [f"“{isolated(name)}”" for name in names]
    return " and ".join([part for part in (", ".join(quoted[:-1]), *quoted[-1:]) if part])
