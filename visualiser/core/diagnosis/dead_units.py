"""ReLUs that answer zero to everything and so never learn again.

Maas, Hannun & Ng 2013; Lu et al. 2019, “Dying ReLU and Initialization”. CS231n warns of 40 % of a
network; but behind convolutions half of a dense layer is silent in every CNN that this program
starts with, from the first steps on, and these do well; in the first steps up to three quarters
were seen to fall silent and come back. So it is told from four fifths of a layer on, and when it
has been so at three evaluations in a row.
"""

import numpy as np

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Bar, Bars, Curves, line
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.models.layers import Activation, Dense, Dropout, Flatten
from visualiser.core.training.vitals import relu_places, relu_units

_MANY = 0.8
_IN_A_ROW = 3
_FEWEST_UNITS = 3
"""Of a layer of two units one is half of it by mere chance."""


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    places = relu_places(snapshot.info.layers)
    if not places:
        return NOT_HERE
    vitals = snapshot.vitals
    if vitals is None or not case.is_settled:
        return TOO_EARLY
    layers = [relu_units(snapshot.info.layers, place) for place in places]
    lasting = vitals.silent[-_IN_A_ROW:].min(axis=0)
    lasting = np.where([units >= _FEWEST_UNITS for _, units in layers], lasting, 0.0)
    worst = int(np.argmax(np.nan_to_num(lasting)))
    if not lasting[worst] > _MANY:
        return NOTHING
    name, units = layers[worst]
    silent = round(float(vitals.silent[-1, worst]) * units)
    all_of_it = "" if silent < units else ", so that the model gives one answer to everything"
    return Finding(
        "dead_units",
        f"{silent:,} of {units:,} ReLUs in {name} are dead: they answer zero to every training "
        f"example and cannot learn any more{all_of_it}.",
        "alarm",
        "Lower the learning rate and reset: a step too long pushes them out of reach. Or use tanh, "
        "which cannot die.",
        (
            Bars(
                "ReLUs that are silent, by layer",
                tuple(
                    Bar(
                        title,
                        float(share),
                        f"{round(float(share) * count):,} of {count:,}",
                        warning=number == worst,
                    )
                    for number, ((title, count), share) in enumerate(
                        zip(layers, vitals.silent[-1], strict=True)
                    )
                ),
                limit=_MANY,
                limit_title="worth worrying about",
            ),
            _since(case, worst, name),
        ),
        # Where neurons cannot be drawn, as behind convolutions, their weights are.
        view="network" if _is_drawn(case) else "weights",
    )


def _is_drawn(case: Case) -> bool:
    dense = Dense | Activation | Dropout | Flatten
    return all(isinstance(layer, dense) for layer in case.snapshot.info.layers)


def _since(case: Case, layer: int, name: str) -> Curves:
    vitals = case.snapshot.vitals
    assert vitals is not None
    shares = vitals.silent[:, layer].tolist()
    return Curves(
        f"silent share of {name}",
        (line("silent", "other", vitals.steps.tolist(), shares),),
        limit=_MANY,
    )


CHECK = Check("dead_units", "dead ReLUs", _find)
