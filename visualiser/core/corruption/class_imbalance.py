"""Classes with few examples."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.lookup import refuse_without_classes
from visualiser.core.corruption.retained import enough_to_train_on
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value
from visualiser.core.numerals import numeral


class ClassImbalanceOptions(Value):
    """`profile`: shares fall from class to class (exponential), or half the classes are rare."""

    profile: Literal["exponential", "step"] = "exponential"


def corrupt(
    part: Part,
    amount: float,
    options: ClassImbalanceOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Remove examples until the rarest class keeps the share `amount` and the largest all.

    On balanced data the counts are those of Cao et al., “Learning Imbalanced Datasets with
    Label-Distribution-Aware Margin Loss” (LDAM, 2019). Where the classes differ in size from the
    start, the same shares apply to each, largest class first, so that rare ones get rarer. Which
    class an example belongs to is told by its clean label. Each class keeps an example or more.
    """
    labels = np.asarray(context.clean.labels, dtype=np.int64)
    counts = np.bincount(labels, minlength=context.dataset.class_count)
    shares = _shares(amount, options.profile, context)
    # Truncated as in LDAM; the nudge keeps 0.29 × 100 = 28.999… from losing one to rounding.
    kept = np.maximum((counts * shares + 1e-9).astype(np.int64), 1)
    dice = generator.random(len(labels))
    keep = (_rank_in_class(dice, labels, counts) < kept[labels])[part.origin]
    keep = enough_to_train_on(keep, dice[part.origin])
    gone = part.origin[~keep]
    lost = np.bincount(labels[gone], minlength=len(counts))
    left = np.bincount(labels[part.origin[keep]], minlength=len(counts))
    change = Change(
        "class_imbalance",
        amount,
        len(gone),
        len(part),
        noun_of(context.dataset).many,
        _removed(lost, left, context.dataset),
        gone,
    )
    return part.take(np.flatnonzero(keep)), change


def _removed(lost: IntArray, left: IntArray, dataset: Dataset) -> str:
    """“removed, “9” lost most; smallest to largest class 1 : 24”.

    `lost` and `left` (K,) are how many rows each class lost and has. The ratio is `amount` only
    where the classes were of one size.
    """
    sizes = left[left > 0]
    ratio = numeral(float(sizes.max() / sizes.min()), 3) if len(sizes) else "1"
    ratio = f"smallest to largest class 1 : {ratio}"
    most = int(lost.max(initial=0))
    if np.count_nonzero(lost == most) > 1:
        return f"removed; {ratio}"
    name = isolated(dataset.class_names[int(lost.argmax())])
    whose = f"all from “{name}”" if most == lost.sum() else f"“{name}” lost most"
    return f"removed, {whose}; {ratio}"


def _shares(factor: float, profile: str, context: Context) -> NDArray[np.float64]:
    """(K,): the share that each class keeps."""
    classes = context.dataset.class_count
    sizes = np.bincount(context.reference.labels, minlength=classes)
    place = np.empty(classes, dtype=np.int64)
    place[np.argsort(-sizes, kind="stable")] = np.arange(classes)
    if profile == "step":
        return np.where(place < classes // 2, 1.0, factor)
    return np.asarray(factor ** (place / (classes - 1)))


def _rank_in_class(dice: NDArray[np.float64], labels: IntArray, counts: IntArray) -> IntArray:
    """(N,): for each row how many of its class have a lower number in `dice`."""
    order = np.lexsort((dice, labels))
    rank = np.empty(len(labels), dtype=np.int64)
    rank[order] = np.arange(len(labels)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rank


CORRUPTION = Corruption(
    name="class_imbalance",
    flag="imbalance",
    title="Rare classes",
    dimension="Balance",
    touches="rows",
    story="Some things happen seldom, so that there is little of them to learn from. Of the rarest "
    "class so much is kept, of the largest all.",
    source="Imbalance factor, exponential or step; Cao et al., LDAM, 2019",
    amount=Amount("imbalance_factor", 1.0, 0.01, "factor"),
    options=ClassImbalanceOptions,
    refuses=refuse_without_classes,
    corrupt=corrupt,
)
