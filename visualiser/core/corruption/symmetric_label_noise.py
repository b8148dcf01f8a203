"""Wrong labels, completely at random."""

import numpy as np

from visualiser.core.corruption.lookup import refuse_wrong_classes
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Give each label, with probability `amount`, one of the K − 1 others at random.

    Symmetric noise as in Han et al., “Co-teaching” (2018).
    """
    rows, classes = len(context.clean), context.dataset.class_count
    dice = generator.random(rows)[part.origin]
    # A step of 1 … K − 1 around the circle of classes never lands on the label itself.
    step = generator.integers(1, classes, rows)[part.origin]
    hit = dice < amount
    labels = np.where(hit, (part.labels + step) % classes, part.labels)
    change = Change(
        "symmetric_label_noise",
        amount,
        int(np.count_nonzero(hit)),
        len(part),
        "labels",
        "changed",
        part.origin[hit],
    )
    return part.with_values(labels=labels), change


CORRUPTION = Corruption(
    name="symmetric_label_noise",
    flag="label-noise",
    title="Wrong labels",
    dimension="Labels",
    touches="labels",
    story="Tired people give the labels and slip at random: any class may become any other.",
    source="Symmetric label noise; Han et al., Co-teaching, 2018",
    amount=Amount("label_noise_rate", 0.0, 0.8, "share"),
    options=NoOptions,
    refuses=refuse_wrong_classes,
    corrupt=corrupt,
)
