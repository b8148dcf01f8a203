"""How long a probe may take at a look, where an answer is longer than that in the making."""

from time import perf_counter

_SECONDS = 0.01
"""At a look, for both models together: training and frames wait for so long."""
_SHARE, _LONGEST = 0.08, 4
"""Of the time since the look before, where that is more; at most so many times as long. With large
models looks are seldom, and an answer would take as long as a hundred steps."""
_AT_REST = 5
"""Times as long for the first look, and while the run rests."""


class Patience:
    """Knows when it was last looked, and with the weights of which step."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        """`seconds` is what a look may take while the run goes on and looks are frequent."""
        self._seconds = seconds
        self._looked: tuple[int, float] | None = None

    def rests(self, step: int) -> bool:
        """Whether the run does: after each look of one that goes on comes a step."""
        return self._looked is not None and self._looked[0] == step

    def look(self, step: int) -> float:
        """Note a look at `step`; returns how many seconds it may take."""
        now = perf_counter()
        if self._looked is None or self.rests(step):
            patience = _AT_REST * _SECONDS
        else:
            share = _SHARE * (now - self._looked[1])
            patience = min(max(self._seconds, share), _LONGEST * _SECONDS)
        self._looked = step, now
        return patience
