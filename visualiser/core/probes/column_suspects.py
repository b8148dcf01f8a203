"""Columns of a table that tell the target by themselves, and those that hide behind each other."""

from dataclasses import dataclass

import numpy as np

from visualiser.core.data.dataset import FloatArray, IntArray, Table
from visualiser.core.data.encoding_table import TableEncoder
from visualiser.core.probes.clues import Places, column_at
from visualiser.core.probes.look_alikes import spread
from visualiser.core.probes.simple_rules import cells_of, rank_correlation, rule_skill
from visualiser.core.probes.suspect import RULE_ROWS, SUSPECTS, Finder, Found, Suspect
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.preparation import Preparation

_FEWEST_COLUMNS = 3
"""With fewer, one of them always tells most."""
_MUCH, _GONE = 0.5, 0.3
"""Skill of a column in given rows, and how much of it clean rows lack: what was put there."""
_ALL = 0.93
"""Skill from which two columns say the same, namely the target: where amounts are cut into cells, a
perfect one has its errors in the cell between the classes. Petals of irises have 0.89 and 0.73."""
_SAME, _IN_STEP = 0.9, 0.98
"""From which on two columns say the same: skill of each in telling the other, or size of their rank
correlation. Copies of an amount with many equal values fall into other cells by rounding."""


@dataclass(frozen=True, eq=False)
class _Column:
    """What a rule makes of one column; `cells` and `first` numbers are those of the given rows."""

    name: str
    span: tuple[int, int]
    cells: IntArray
    first: FloatArray
    rule: float
    rule_validation: float

    @property
    def only_given(self) -> bool:
        """Whether it goes with the target in given rows and not in clean ones."""
        return self.rule > _MUCH and self.rule_validation < self.rule - _GONE


def columns_finder(preparation: Preparation, held_out: EncodedPart) -> Finder | None:
    """Suspects of tables: the columns that tell most, each alone and with those that say the same.

    A model that has a column twice loses nothing where one of the two is dealt out anew, so that
    each would hide the other.
    """
    encoder, table = preparation.encoder, preparation.split.train.features
    if not isinstance(encoder, TableEncoder) or not isinstance(table, Table):
        return None
    names, spans, dataset = table.names, encoder.spans, preparation.dataset
    classes = dataset.class_count if dataset.predicts_classes else 0
    if len(names) < _FEWEST_COLUMNS:
        return None

    def find(train: EncodedPart) -> Found:
        places = spread(len(train.inputs), RULE_ROWS)
        inputs = np.concatenate([train.inputs[places], held_out.inputs])
        targets = np.concatenate([np.asarray(train.targets)[places], held_out.targets])
        given = np.arange(len(inputs)) < len(places)
        columns = []
        for name, span in zip(names, spans, strict=True):
            cells = cells_of(inputs[:, slice(*span)])
            rule = _both_ways(cells[given], targets[given], classes)
            clean = rule_skill(cells, targets, given, classes)
            first = inputs[given, span[0]]
            columns.append(_Column(name, span, cells[given], first, rule, clean))
        columns.sort(key=lambda one: -one.rule if one.rule == one.rule else np.inf)
        rules = tuple((column.name, column.rule) for column in columns)
        return _suspects(columns, encoder.shape), rules

    return find


def _both_ways(cells: IntArray, targets: np.ndarray, classes: int) -> float:
    """Mean skill of the rule on each half of the rows, made from the other."""
    even = np.arange(len(cells)) % 2 == 0
    return float(np.mean([rule_skill(cells, targets, known, classes) for known in (even, ~even)]))


def _suspects(columns: list[_Column], shape: tuple[int, ...]) -> list[Suspect]:
    """The best first; those that say the same as it, and those only given, as one more each."""
    alone = [_suspect([column], shape) for column in columns[:SUSPECTS]]
    first, *others = columns
    crowds = (
        [first, *(one for one in others if _say_the_same(first, one))],
        [one for one in columns if one.only_given],
    )
    together = {
        tuple(one.name for one in crowd): _suspect(crowd, shape)
        for crowd in crowds
        if len(crowd) > 1
    }
    return [*alone, *together.values()]


def _suspect(columns: list[_Column], shape: tuple[int, ...]) -> Suspect:
    mask = np.any([column_at(shape, column.span).mask for column in columns], axis=0)
    return Suspect(
        "column" if len(columns) == 1 else "columns",
        tuple(column.name for column in columns),
        Places(mask),
        max(column.rule for column in columns),
        max(column.rule_validation for column in columns),
    )


def _say_the_same(one: _Column, other: _Column) -> bool:
    if not one.rule - other.rule <= 1 - _SAME:
        return False
    if other.rule >= _ALL or rank_correlation(one.first, other.first) >= _IN_STEP:
        return True
    pairs = ((one.cells, other.cells), (other.cells, one.cells))
    return min(_both_ways(known, told, int(told.max()) + 1) for known, told in pairs) >= _SAME
