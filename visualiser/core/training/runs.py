"""A run of this session, kept for the list of runs, for overlay and for export."""

from dataclasses import dataclass, replace

import numpy as np

from visualiser.core.data.split import Part, Split
from visualiser.core.training.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class RunRecord:
    """A finished run.

    Attributes:
        number: 1 for the first run of the session, then counting up.
        title: as the list shows it: “Handwritten digits, MLP, wrong labels 20 %”.
        snapshot: the newest one; its history is the whole run.
    """

    number: int
    title: str
    snapshot: Snapshot


def without_examples(snapshot: Snapshot) -> Snapshot:
    """The same with history and figures, but without examples, weights and predictions.

    A session keeps all its runs: with their examples, each would cost tens of megabytes.
    """
    info = snapshot.info
    split = Split(*(_empty(part) for part in (info.split.train, info.split.validation,
                                              info.split.test)))  # fmt: skip
    return replace(
        snapshot,
        info=replace(info, split=split),
        spoiled_train=split.train,
        exam=None,
        predictions=None,
        layers=(),
        twin_layers=(),
        distributions=(),
        responses=None,
    )


def _empty(part: Part) -> Part:
    return part.take(np.empty(0, dtype=np.int64))
