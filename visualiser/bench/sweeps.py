"""What training the models of a sweep at once saves, against the same runs one after another."""

from statistics import fmean, median
from time import process_time

from visualiser.core.experiment import DatasetConfig, ModelConfig
from visualiser.core.experiment_file import experiment_text
from visualiser.core.starting_point import starting_point
from visualiser.core.sweep.lines import even_amounts
from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.sweep import Sweep, cells_of
from visualiser.core.sweep.work import train_cells

_AMOUNTS, _SEEDS = 7, 5


def digits_sweep(epochs: int, amounts: int = _AMOUNTS, seeds: int = _SEEDS) -> Sweep:
    """Wrong labels up to 60 %, for the 64-64-10 perceptron on digits of 8 × 8 pixels."""
    base = starting_point(DatasetConfig(name="digits_8x8"))
    return Sweep(
        base=base.replace(
            model=ModelConfig(name="mlp", options={"hidden": [64]}),
            training=base.training.replace(epochs=epochs),
        ),
        corruption="symmetric_label_noise",
        amounts=even_amounts(0.0, 0.6, amounts),
        seeds=tuple(range(seeds)),
    )


def sweep_figures(sweep: Sweep, rounds: int) -> dict[str, float]:
    """How many times as long the runs take one after another, and how far their figures differ.

    In processor time of one thread, both ways in turns, with the preparation of the data; “gap” is
    the largest difference between mean accuracies, in points.
    """
    texts = [experiment_text(cell.experiment) for cell in cells_of(sweep)]
    next(iter(train_cells(texts[:1])))  # what is loaded once is no part of it
    ratios, gap = [], 0.0
    for _ in range(rounds):
        started = process_time()
        at_once = list(train_cells(texts))
        middle = process_time()
        one_by_one = [result for text in texts for result in train_cells([text])]
        ratios.append((process_time() - middle) / (middle - started))
        gap = max(gap, _gap(sweep, at_once, one_by_one))
    return {
        "sweep_over_one_by_one": round(median(ratios), 3),
        "sweep_gap_points": round(gap, 3),
    }


def _gap(sweep: Sweep, first: list[CellResult], second: list[CellResult]) -> float:
    keys = [cell.key for cell in cells_of(sweep)]
    means = []
    for results in (first, second):
        value = {result.key: result.value("accuracy") for result in results}
        by_amount = [keys[place :: len(sweep.amounts)] for place in range(len(sweep.amounts))]
        means.append([fmean(value[key] for key in of_amount) for of_amount in by_amount])
    return float(100 * max(abs(a - b) for a, b in zip(*means, strict=True)))
