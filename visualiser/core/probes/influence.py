"""What columns of a table do to the answers: values dealt out anew, or all set to one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, Table, read_only
from visualiser.core.data.encoding_table import TableEncoder
from visualiser.core.data.split import Part
from visualiser.core.probes.spec import Probe
from visualiser.core.questions.influence import (
    ColumnImportance,
    Dependence,
    DependenceCurve,
    Importance,
)
from visualiser.core.tasks.registry import task_of
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

MULTIPLY_ADDS = 10_000_000
"""A look costs each model about this, a few milliseconds; what does not fit waits for the next."""
_NUMBERS = 500_000
"""Encoded numbers laid out in a look, at most about."""
_MOST_ROWS, _FEWEST_ROWS = 300, 50
_GRID = 24
"""Values of a column of numbers at which the curve is measured."""
_SPARE_GRID = read_only(np.linspace(-2, 2, _GRID))
"""Of a column that holds 0 in clean rows and, where it is spoiled, values of unit variance."""
_TAILS = 0.01
"""Share of the training values left out at either end of the curve."""
_MOST_CATEGORIES = 30


def importance_probe(preparation: Preparation) -> "Probe[Importance] | None":
    """For tables that are encoded column by column."""
    encoder = preparation.encoder
    return ImportanceProbe(preparation, encoder) if isinstance(encoder, TableEncoder) else None


def dependence_probe(preparation: Preparation) -> "Probe[Dependence] | None":
    """For tables that are encoded column by column."""
    encoder = preparation.encoder
    return DependenceProbe(preparation, encoder) if isinstance(encoder, TableEncoder) else None


def _cost(preparation: Preparation) -> float:
    """Of one row, as a share of what a look may cost."""
    multiplications = sum(layer.multiply_adds for layer in preparation.layers)
    return max(multiplications / MULTIPLY_ADDS, preparation.encoder.shape[0] / _NUMBERS)


def _watched(preparation: Preparation, most: float) -> Part:
    """So many of the watched rows at most, spread evenly."""
    rows = int(np.clip(most, _FEWEST_ROWS, _MOST_ROWS))
    watched = preparation.watched
    places = np.linspace(0, len(watched) - 1, min(rows, len(watched))).astype(np.int64)
    return preparation.split.validation.take(watched[np.unique(places)])


class ImportanceProbe:
    """A few columns a look, in turn, shown when all had theirs; between two steps each has one."""

    def __init__(self, preparation: Preparation, encoder: TableEncoder) -> None:
        self._judge = preparation.judge
        self._metric = task_of(preparation.dataset).metrics[0]
        cost = _cost(preparation)
        self._rows = _watched(preparation, 0.25 / cost)
        self._encoded = encoder.transform(self._rows.features)
        self._inputs = torch.from_numpy(self._encoded)
        self._spans = encoder.spans
        table = self._rows.features
        assert isinstance(table, Table)
        self._names, columns = table.names, len(table.names)
        self._a_look = max(1, int(1 / (cost * max(len(self._rows), 1))) - 1)
        self._next = 0
        self._rise = np.full((2, columns), np.nan)
        self._measured_at = np.full(columns, -1, dtype=np.int64)
        self._had_turn = np.zeros(columns, dtype=bool)
        self._with_twin = False
        self._finished = self._figures()
        # One order for each column, always the same: bars move because the model does.
        generator = np.random.default_rng(0)
        self._orders = [generator.permutation(len(self._rows)) for _ in range(columns)]
        self._dealt = _dealt(self._encoded, preparation, self._spans, table)

    def answer(
        self, question: Importance, student: Learner, twin: Learner | None, step: int
    ) -> ColumnImportance:
        """Of both models, with the figures of the last round that was finished."""
        if self._with_twin != (twin is not None):
            self._with_twin = twin is not None
            self._had_turn[:] = False  # a round is of both models or of one
            self._measured_at[:] = -1
            self._finished = replace(self._finished, twin_rise=None)
        turn = self._in_turn(step)
        if turn:
            for number, model in enumerate((student, twin)):
                if model is not None:
                    self._measure(number, model, turn)
            self._measured_at[turn] = step
            self._had_turn[turn] = True
        if self._had_turn.all() or (turn and (self._measured_at == step).all()):
            self._had_turn[:] = False
            self._finished = self._figures()
        turns = int(self._had_turn.sum())
        return replace(self._finished, turns=turns or len(self._names))

    def _figures(self) -> ColumnImportance:
        return ColumnImportance(
            self._names,
            read_only(self._rise[0].copy()),
            read_only(self._measured_at.copy()),
            read_only(self._rise[1].copy()) if self._with_twin else None,
            len(self._rows),
            len(self._names),
        )

    def _in_turn(self, step: int) -> list[int]:
        columns = len(self._names)
        order = [(self._next + place) % columns for place in range(columns)]
        turn = [column for column in order if self._measured_at[column] != step][: self._a_look]
        if turn:
            self._next = (turn[-1] + 1) % columns
        return turn

    def _measure(self, number: int, model: Learner, turn: list[int]) -> None:
        usual = self._figure(model.outputs(self._inputs))
        shuffled = np.repeat(self._encoded[None], len(turn), axis=0)
        for place, column in enumerate(turn):
            span = slice(*self._spans[column])
            shuffled[place, :, span] = self._dealt[self._orders[column], span]
        outputs = model.outputs(torch.from_numpy(shuffled.reshape(-1, self._encoded.shape[1])))
        sign = 1 if self._metric.lower_is_better else -1
        for column, answers in zip(turn, np.split(outputs, len(turn)), strict=True):
            self._rise[number, column] = sign * (self._figure(answers) - usual)

    def _figure(self, outputs: FloatArray) -> float:
        return self._judge.figures(outputs, self._rows).values[self._metric.name]


def _dealt(
    encoded: FloatArray, preparation: Preparation, spans: Sequence[tuple[int, int]], table: Table
) -> FloatArray:
    """(n, names) what the rows have, and of spare columns what spoiling fills them with.

    Clean rows all have 0 there, which would tell nothing of what a model took from them.
    """
    dealt, generator = encoded.copy(), np.random.default_rng(1)
    for name in preparation.dataset.spare_columns:
        first, last = spans[table.names.index(name)]
        dealt[:, first:last] = generator.standard_normal((len(encoded), last - first))
    return dealt


class DependenceProbe:
    """Every row is given each value of a column in turn; rows stay few where that is costly."""

    def __init__(self, preparation: Preparation, encoder: TableEncoder) -> None:
        self._encoder, self._judge = encoder, preparation.judge
        self._rows = _watched(preparation, 1 / (_cost(preparation) * _GRID))
        self._encoded = encoder.transform(self._rows.features)
        assert isinstance(preparation.split.train.features, Table)
        self._train = preparation.split.train.features
        self._spare = frozenset(preparation.dataset.spare_columns)
        self._column = -1
        self._values: NDArray[np.float64] = np.zeros(0)
        self._inputs = torch.empty(0)

    def answer(
        self, question: Dependence, student: Learner, twin: Learner | None, step: int
    ) -> DependenceCurve:
        """Of both models."""
        if question.column != self._column:
            self._lay_out(question.column)
        return DependenceCurve(
            self._values,
            self._mean(student),
            None if twin is None else self._mean(twin),
            len(self._rows),
        )

    def _lay_out(self, column: int) -> None:
        table = self._train
        spare = table.names[column] in self._spare
        self._values = _SPARE_GRID if spare else grid_of(table, column)
        as_rows = table.take(np.zeros(len(self._values), dtype=np.int64))
        numbers = len(table.numeric_names)
        numeric, categorical = as_rows.numeric.copy(), as_rows.categorical.copy()
        if column < numbers:
            numeric[:, column] = self._values
        else:
            categorical[:, column - numbers] = self._values.astype(np.int32)
        encoded = self._encoder.transform(as_rows.with_values(numeric, categorical))
        span = slice(*self._encoder.spans[column])
        given = np.repeat(self._encoded[None], len(self._values), axis=0)
        given[:, :, span] = encoded[:, None, span]
        self._inputs = torch.from_numpy(given.reshape(-1, given.shape[2]))
        self._column = column

    def _mean(self, model: Learner) -> FloatArray:
        outputs = np.split(model.outputs(self._inputs), max(len(self._values), 1))
        means = [
            self._judge.answers(values, self._rows.features).mean(axis=0) for values in outputs
        ]
        return read_only(np.asarray(means, dtype=np.float32).reshape(len(means), -1))


def grid_of(table: Table, column: int) -> NDArray[np.float64]:
    """(G,) values of a column of training rows from low to high, or its most frequent codes."""
    numbers = len(table.numeric_names)
    if column >= numbers:
        codes = table.categorical[:, column - numbers]
        counts = np.bincount(codes[codes >= 0], minlength=len(table.categories[column - numbers]))
        kept = np.argsort(-counts, kind="stable")[:_MOST_CATEGORIES]
        found = kept[counts[kept] > 0]
        return read_only((found if len(found) else np.zeros(1, int)).astype(np.float64))
    values = table.numeric[:, column].astype(np.float64)
    present = values[np.isfinite(values)]
    if not len(present):
        return read_only(np.zeros(1))
    different = np.unique(present)
    if len(different) <= _GRID:
        return read_only(different)
    low, high = np.quantile(present, [_TAILS, 1 - _TAILS])
    return read_only(np.linspace(low, high if high > low else low + 1, _GRID))
