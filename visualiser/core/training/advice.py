"""One sentence where something is wrong with a run, or takes long."""

EXPLODED = 100.0
"""A loss so many times the starting loss is not learning any more."""
_MILLION = 1_000_000
_SMALL_BATCH = 16
"""Half of it saves hardly any time: what a step costs besides its batch remains."""

DIVERGED = (
    "The loss is not a number any more: the steps were too long. Lower the learning rate, then "
    "reset."
)
FELL_BACK = "The accelerator ran out of memory: training goes on on the CPU."


def shorter_steps(batch_size: int) -> str:
    """What makes steps shorter than they are with batches of that size."""
    if batch_size > _SMALL_BATCH:
        return f"Batches smaller than {batch_size:,} make shorter steps."
    return "A smaller model makes shorter steps."


def exploded(first: float, peak: float, now: float) -> str:
    """For the training loss at the start, its highest and now; empty if it did not explode."""
    if not (peak > EXPLODED * first and now > first):
        return ""
    times = peak / first
    text = f"{times:,.0f}" if times < _MILLION else "more than a million"
    return (
        f"The loss rose to {text} times what it was at the start: the learning rate is too high. "
        "Lower it, then reset."
    )
