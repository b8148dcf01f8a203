"""Which products a customer should be shown: what was bought before what was not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, FloatArray, IntArray
from visualiser.core.data.split import Part
from visualiser.core.metrics.paired import PairedTest, paired_errors
from visualiser.core.metrics.ranking import ndcgs, ranks, recalls
from visualiser.core.tasks.spec import Baseline, Figures, Metric, Task, Wording

RECALL = Metric(
    "recall_at_10",
    "recall@10",
    "share",
    lower_is_better=False,
    wording=Wording("finds", "", "of the held-out purchases with ten guesses", "on"),
)
NDCG = Metric(
    "ndcg_at_10",
    "NDCG@10",
    "number",
    lower_is_better=False,
    wording=Wording("reaches an NDCG@10", "of", "", "on"),
)

_ROWS = 1024
"""Scored at once: all products of more rows fall out of the processor's cache."""


@dataclass(frozen=True, eq=False)
class RankingJudge:
    """A pair is compared with all products that its customer did not buy in training.

    Rows that were held out make up one list for each customer, in which what was bought in
    training has no place. A training row is a list of its own: its product among those that were
    not bought. Who bought what is known from the clean training part, for spoiled rows as well, so
    that figures compare; the loss that is trained goes by what its own part says.

    Attributes:
        bought: (customers, products) whether the clean training part has the pair.
    """

    bought: NDArray[np.bool_]

    def targets(self, rows: Part) -> IntArray:
        """(N, 2) customers and the products that are given as bought."""
        return np.stack((np.asarray(rows.features)[:, 0], rows.labels), axis=1).astype(np.int64)

    def figures(self, outputs: FloatArray, rows: Part) -> Figures:
        """BPR's loss over rows; means over customers of recall@10 and NDCG@10.

        `outputs` are (N, products) scores.
        """
        if not (np.isfinite(outputs).all() and len(rows)):
            nothing = float("nan")
            return Figures(nothing, {RECALL.name: nothing, NDCG.name: nothing})
        targets = self.targets(rows)
        lists, rank = self._lists(targets), self._ranks(outputs, targets)
        found = recalls(lists, rank)
        values = {RECALL.name: float(found.mean()), NDCG.name: float(ndcgs(lists, rank).mean())}
        return Figures(self._loss(outputs, targets), values, _error_of_mean(found))

    def row_losses(self, outputs: FloatArray, rows: Part) -> NDArray[np.float64]:
        """None: what a pair costs depends on all others of its customer."""
        return np.zeros(0)

    def answers(self, outputs: FloatArray, features: Features) -> NDArray[np.float64]:
        """(N, 2): to which list each pair belongs, and the place of its product in it.

        Places are NaN where the scores are no numbers.
        """
        pairs = np.asarray(features)
        rank = np.full(len(pairs), np.nan)
        if np.isfinite(outputs).all():
            rank = self._ranks(outputs, pairs).astype(np.float64)
        return np.stack((self._lists(pairs).astype(np.float64), rank), axis=1)

    def _lists(self, pairs: IntArray) -> IntArray:
        """(N,) codes of the lists: customers, or single rows of what was learnt from."""
        customer, product = pairs.T
        row = len(self.bought) + np.arange(len(pairs))
        keys = np.where(self.bought[customer, product], row, customer)
        return np.unique(keys, return_inverse=True)[1].astype(np.int64)

    def _ranks(self, outputs: FloatArray, pairs: IntArray) -> IntArray:
        pieces = [
            ranks(outputs[rows], pairs[rows, 1], ~self.bought[pairs[rows, 0]])
            for rows in _pieces(len(pairs))
        ]
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)

    def _loss(self, outputs: FloatArray, pairs: IntArray) -> float:
        """Mean of −log σ(score of the pair − score of what was not bought), as core/network."""
        total = 0.0
        for rows in _pieces(len(pairs)):
            customer, product = pairs[rows].T
            each = np.arange(len(product))
            others = ~self.bought[customer]
            others[each, product] = False
            lead = outputs[rows] - outputs[rows][each, product][:, None]
            # log(1 + eˣ), without overflow
            worse = np.maximum(lead, 0) + np.log1p(np.exp(-np.abs(lead)))
            compared = np.maximum(np.count_nonzero(others, axis=1), 1)
            total += float(
                (np.where(others, worse, 0).sum(axis=1, dtype=np.float64) / compared).sum()
            )
        return total / len(pairs)


def _pieces(rows: int) -> Iterator[slice]:
    return (slice(start, start + _ROWS) for start in range(0, rows, _ROWS))


def _error_of_mean(values: NDArray[np.float64]) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")


def bought_in(dataset: Dataset, part: Part) -> NDArray[np.bool_]:
    """(customers, products) whether a part has the pair, spoiled or not."""
    catalogue = dataset.catalogue
    assert catalogue is not None
    bought = np.zeros((len(catalogue.customers), len(catalogue.products)), dtype=np.bool_)
    bought[tuple(np.asarray(part.features).T)] = True
    return bought


def _judge(dataset: Dataset, train: Part) -> RankingJudge:
    return RankingJudge(bought_in(dataset, train))


def _outputs(dataset: Dataset) -> int:
    """A score for each product."""
    assert dataset.catalogue is not None
    return len(dataset.catalogue.products)


def _standard_error(figures: Figures, rows: int) -> float:
    return figures.standard_error


def _paired(labels: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> PairedTest:
    """Customer by customer: those with much to find are easier for both models."""
    lists = first[:, 0].astype(np.int64)
    return paired_errors(recalls(lists, first[:, 1]), recalls(lists, second[:, 1]))


def popularity(dataset: Dataset, train: Part) -> FloatArray:
    """(products,) how many customers bought each in training."""
    return np.bincount(np.asarray(train.features)[:, 1], minlength=_outputs(dataset)).astype(
        np.float32
    )


def _baseline(dataset: Dataset, train: Part, rows: Part) -> Baseline:
    judge = _judge(dataset, train)
    scores = np.broadcast_to(popularity(dataset, train), (len(rows), _outputs(dataset)))
    answers = judge.answers(scores, rows.features)
    found = recalls(answers[:, 0].astype(np.int64), answers[:, 1])
    return Baseline(
        float(found.mean()) if len(found) else float("nan"),
        "always recommending the ten best sellers",
    )


TASK = Task(
    name="ranking",
    title="Ranking",
    loss_title="BPR, pairwise ranking",
    metrics=(RECALL, NDCG),
    outputs=_outputs,
    judge=_judge,
    standard_error=_standard_error,
    paired=_paired,
    baseline=_baseline,
)
