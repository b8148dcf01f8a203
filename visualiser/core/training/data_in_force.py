"""The data that a run goes on with: it may be spoiled, get more columns, or become another set."""

from dataclasses import replace

from visualiser.core.corruption.registry import spare_columns
from visualiser.core.experiment import DatasetConfig, Experiment, Spoiling
from visualiser.core.probes.registry import Probes
from visualiser.core.training.other_data import prepare_other
from visualiser.core.training.pair import Pair
from visualiser.core.training.preparation import Preparation, describe_run
from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.widening import SpareColumns, widened, widening


class DataInForce:
    """Lets the models of a run learn from other data, and answers for what it is now.

    Attributes:
        info: what does not change during the run; another one after other data came.
        probes: answer questions about the models on this data.
    """

    def __init__(self, experiment: Experiment, preparation: Preparation, pair: Pair) -> None:
        self._base, self._pair = preparation, pair
        self._spare = SpareColumns()
        self.info = describe_run(experiment, preparation)
        self.probes = Probes(preparation)

    def spoil(self, spoiling: Spoiling, step: int) -> None:
        """Let the student learn from data so spoiled, with room for the columns that it fills.

        Raises:
            UserError: it does not fit the data; nothing is changed.
        """
        spare, at_start = self._spare, step == 0
        names = spare.wanted(spare_columns(spoiling, self._base.dataset), step)
        if names == spare.names:
            self._pair.use(spoiling, at_start)
            return
        preparation = widened(self._base, names)
        seed = self.info.experiment.seed_of_weights
        wider = widening(self._base, spare.names, names, spare.kept(step), seed)
        self._pair.widen(preparation, wider, spoiling, at_start)
        spare.take(names, step)
        self._see(preparation, self.info)

    def prepare(self, dataset: DatasetConfig, step: int) -> tuple[Preparation, RunInfo]:
        """Another data set of the same kind, ready to `take`; nothing is changed yet.

        Raises:
            UserError: it cannot be read or split, or is of another kind.
        """
        return prepare_other(self._base, self.info, dataset, at_start=step == 0)

    def take(self, prepared: tuple[Preparation, RunInfo], step: int) -> None:
        """Go on with data from `prepare`; weights stay.

        Raises:
            UserError: the spoiling in force does not fit it; nothing is changed.
        """
        base, info = prepared
        preparation = widened(base, self._spare.names)
        self._pair.take_data(preparation, at_start=step == 0)
        self._base = base
        self._see(preparation, info)

    def _see(self, preparation: Preparation, info: RunInfo) -> None:
        """Another RunInfo: of such data, for the experiment and at the pace of `info`."""
        described = describe_run(info.experiment, preparation)
        self.info = replace(described, evaluate_every=info.evaluate_every)
        self.probes = Probes(preparation)
