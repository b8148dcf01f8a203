"""What a sweep shows, in words: how much the data can take."""

from itertools import pairwise

from visualiser.core.sweep.summary import Curve, Summary

_HALF = 0.5


def sentences(summary: Summary) -> tuple[str, ...]:
    """How much the data can take, a sentence for each line that is complete."""
    if summary.measure is None:
        return ()
    told = (_verdict(curve, summary) for curve in summary.curves)
    return tuple(sentence for sentence in told if sentence)


def _verdict(curve: Curve, summary: Summary) -> str:
    """What the last amount costs, and at which one half of the lead is gone."""
    measure, kind = summary.measure, summary.amount
    complete = all(len(point.values) + point.lost == point.wanted for point in curve.points)
    if measure is None or not complete or len(curve.drawn) < 2:
        return ""
    first, last = curve.drawn[0], curve.drawn[-1]
    worse = last.mean - first.mean if measure.lower_is_better else first.mean - last.mean
    name = f"{curve.label}: " if curve.label else ""
    ends = f"from {measure.text(first.mean)} to {measure.text(last.mean)}"
    what = f"between {kind.text(first.amount)} and {kind.text(last.amount)}"
    moved = "falls" if worse > 0 and not measure.lower_is_better else "rises" if worse > 0 else ""
    sentence = (
        f"{name}{measure.title} {moved} {ends} {what}."
        if moved
        else f"{name}{measure.title} goes {ends} {what}: no worse."
    )
    half = _half_way(curve, summary)
    if half is not None:
        sentence += f" Half of its lead over an answer without a model is gone at {half}."
    return sentence


def _half_way(curve: Curve, summary: Summary) -> str | None:
    """About which amount has cost half of what the clean model is better than the baseline."""
    baseline, measure = summary.baseline, summary.measure
    points = curve.drawn
    if baseline is None or measure is None:
        return None
    lead = points[0].mean - baseline
    if lead == 0 or (lead > 0) == measure.lower_is_better:
        return None
    for before, after in pairwise(points):
        left = [(point.mean - baseline) / lead for point in (before, after)]
        if left[0] >= _HALF > left[1]:
            share = (left[0] - _HALF) / (left[0] - left[1])
            amount = before.amount + share * (after.amount - before.amount)
            return f"about {summary.amount.text(float(f'{amount:.2g}'))}"
    return None
