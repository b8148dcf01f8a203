"""Wrong labels between classes that are easily confused."""

import numpy as np

from visualiser.core.corruption.lookup import class_code, refuse_wrong_classes
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value


class PairFlipOptions(Value):
    """The pair, by class names.

    Without `from_class` every class c loses labels to c + 1, the last one to the first. With it
    only that class does, to `to_class` or, without that, to the class after it. `to_class` alone
    takes labels from all the others.
    """

    from_class: str = ""
    to_class: str = ""


def corrupt(
    part: Part,
    amount: float,
    options: PairFlipOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Give each label of the class or classes chosen, with probability `amount`, the other one.

    Pair flipping as in Han et al., “Co-teaching” (2018).

    Raises:
        UserError: a class is unknown.
    """
    dice = generator.random(len(context.clean))[part.origin]
    becomes = _becomes(options, context)[part.labels]
    eligible = becomes != part.labels
    hit = eligible & (dice < amount)
    noun = f"“{options.from_class}” labels" if options.from_class else "labels"
    change = Change(
        "pair_flip",
        amount,
        int(np.count_nonzero(hit)),
        int(np.count_nonzero(eligible)),
        noun,
        _changed(options, context),
        part.origin[hit],
    )
    return part.with_values(labels=np.where(hit, becomes, part.labels)), change


def _changed(options: PairFlipOptions, context: Context) -> str:
    """“changed to “9””, or to the next class where that is another one for each."""
    names = context.dataset.class_names
    if options.from_class:
        code = int(_becomes(options, context)[class_code(context.dataset, options.from_class)])
        return f"changed to “{isolated(names[code])}”"
    if options.to_class:
        return f"changed to “{isolated(options.to_class)}”"
    return "changed to the next class" if len(names) > 2 else "changed"


def _becomes(options: PairFlipOptions, context: Context) -> IntArray:
    """(K,): for each class the one its labels are flipped to; itself where they are not."""
    classes = np.arange(context.dataset.class_count, dtype=np.int64)
    following = np.roll(classes, -1)
    if not options.from_class and not options.to_class:
        return following
    if not options.from_class:
        return np.full_like(classes, class_code(context.dataset, options.to_class))
    given = classes == class_code(context.dataset, options.from_class)
    if not options.to_class:
        return np.where(given, following, classes)
    return np.where(given, class_code(context.dataset, options.to_class), classes)


CORRUPTION = Corruption(
    name="pair_flip",
    flag="pair-flip",
    title="Confused labels",
    dimension="Labels",
    touches="labels",
    story="Two classes look alike to the people who label, and one is taken for the other.",
    source="Pair flipping, an asymmetric label noise; Han et al., Co-teaching, 2018",
    amount=Amount("pair_flip_rate", 0.0, 0.45, "share"),
    options=PairFlipOptions,
    refuses=refuse_wrong_classes,
    corrupt=corrupt,
)
