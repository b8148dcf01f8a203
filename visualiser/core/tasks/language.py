"""The next character, at each character of a window of text."""

from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, FloatArray, IntArray
from visualiser.core.data.split import Part
from visualiser.core.metrics.paired import PairedTest, paired_errors
from visualiser.core.tasks.spec import Baseline, Figures, Metric, Task, Wording

BITS = Metric(
    "bits_per_character",
    "bits per character",
    "number",
    lower_is_better=True,
    wording=Wording("", "needs", "bits a character", "over"),
)
"""Mean of −log₂ of the probability given to the character that came (Shannon 1951)."""
PERPLEXITY = Metric(
    "perplexity",
    "perplexity",
    "number",
    lower_is_better=True,
    wording=Wording("is as unsure as between", "", "characters", "over"),
)
"""2 to the power of the bits: as unsure as among so many equally probable characters."""
_PRIOR = 5.0
"""Pairs that are taken to have been seen beforehand of each first character, as often as single
characters are, so that no pair is impossible (MacKay & Peto 1995)."""


@dataclass(frozen=True)
class NextCharacterJudge:
    """Nothing is fitted: what follows each character stands in the window.

    Outputs that it judges are condensed (network/losses.py): (N, L) nats of the characters that
    came. Logits of all characters would take a hundred times the memory.
    """

    def targets(self, rows: Part) -> IntArray:
        """(N, L) codes of the characters that follow."""
        return next_characters(rows.features)

    def figures(self, outputs: FloatArray, rows: Part) -> Figures:
        """Cross-entropy in nats; bits per character and perplexity.

        The standard error is that of the bits of whole windows, whose characters hang together.
        """
        windows = outputs.mean(axis=1, dtype=np.float64)
        loss = float(windows.mean()) if len(windows) else float("nan")
        with np.errstate(over="ignore", invalid="ignore"):
            values = {BITS.name: loss / log(2), PERPLEXITY.name: float(np.exp(loss))}
        error = float(windows.std()) / np.sqrt(len(windows)) if len(windows) else float("nan")
        return Figures(loss, values, standard_error=error / log(2))

    def row_losses(self, outputs: FloatArray, rows: Part) -> NDArray[np.float64]:
        """(N,) mean nats a character of each window."""
        return np.asarray(outputs.mean(axis=1, dtype=np.float64))

    def answers(self, outputs: FloatArray, features: Features) -> FloatArray:
        """(N, L) bits that each following character was worth to the model."""
        return outputs / np.float32(log(2))


def next_characters(features: Features) -> IntArray:
    """(N, L + 1) windows → (N, L) what follows each character but the last."""
    return np.ascontiguousarray(np.asarray(features)[:, 1:])


def bigram_bits(dataset: Dataset, train: Part, rows: Part) -> FloatArray:
    """(N, L) bits of the characters in `rows`, by how often pairs occur in `train`."""
    codes = len(dataset.alphabet)
    windows = np.asarray(train.features)
    pairs = np.zeros((codes, codes))
    np.add.at(pairs, (windows[:, :-1], windows[:, 1:]), 1)
    single = (pairs.sum(axis=0) + 1) / (pairs.sum() + codes)
    shares = (pairs + _PRIOR * single) / (pairs.sum(axis=1, keepdims=True) + _PRIOR)
    asked = np.asarray(rows.features)
    bits: FloatArray = -np.log2(shares[asked[:, :-1], asked[:, 1:]]).astype(np.float32)
    return bits


def _judge(dataset: Dataset, train: Part) -> NextCharacterJudge:
    return NextCharacterJudge()


def _outputs(dataset: Dataset) -> int:
    return len(dataset.alphabet)


def _standard_error(figures: Figures, rows: int) -> float:
    return figures.standard_error


def _paired(labels: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> PairedTest:
    """By windows, whose characters hang together."""
    return paired_errors(first.mean(axis=1), second.mean(axis=1))


def _baseline(dataset: Dataset, train: Part, rows: Part) -> Baseline:
    return Baseline(
        float(bigram_bits(dataset, train, rows).mean(dtype=np.float64)),
        "going by the last character alone",
    )


TASK = Task(
    name="language",
    title="Language modelling",
    loss_title="cross-entropy",
    metrics=(BITS, PERPLEXITY),
    outputs=_outputs,
    judge=_judge,
    standard_error=_standard_error,
    paired=_paired,
    baseline=_baseline,
)
