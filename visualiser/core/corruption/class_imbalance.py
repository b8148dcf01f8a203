"""Classes with few examples."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.lookup import refuse_without_classes
from visualiser.core.corruption.retained import enough_to_train_on, removed_words
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
    rarity = _rarity(options.profile, context)
    # Truncated as in LDAM; the nudge keeps 0.29 × 100 = 28.999… from losing one to rounding.
    room = np.maximum((counts * amount**rarity + 1e-9).astype(np.int64), 1)
    rank = _rank_in_class(generator.random(len(labels)), labels, counts)
    wanted = rank < room[labels]
    kept = enough_to_train_on(wanted, _leaving(rank, labels, counts, rarity), part.origin)
    gone = part.origin[~kept]
    lost = np.bincount(labels[gone], minlength=len(counts))
    left = np.bincount(labels[part.origin[kept]], minlength=len(counts))
    verb = removed_words(wanted[part.origin], kept, noun_of(context.dataset).many)
    change = Change(
        "class_imbalance",
        amount,
        len(gone),
        len(part),
        noun_of(context.dataset).many,
        verb + _most(lost, left, context.dataset),
        gone,
    )
    return part.take(np.flatnonzero(kept)), change


def _most(lost: IntArray, left: IntArray, dataset: Dataset) -> str:
    """“, “9” lost most; smallest to largest class 1 : 24”.

    `lost` and `left` (K,) are how many rows each class lost and has. The ratio is `amount` only
    where the classes were of one size.
    """
    sizes = left[left > 0]
    ratio = numeral(float(sizes.max() / sizes.min()), 3) if len(sizes) else "1"
    ratio = f"smallest to largest class 1 : {ratio}"
    most = int(lost.max(initial=0))
    if np.count_nonzero(lost == most) > 1:
        return f"; {ratio}"
    name = isolated(dataset.class_names[int(lost.argmax())])
    whose = f"all from “{name}”" if most == lost.sum() else f"“{name}” lost most"
    return f", {whose}; {ratio}"


def _rarity(profile: str, context: Context) -> NDArray[np.float64]:
    """(K,): the power of the amount that is the share of each class; 0 where all are kept."""
    classes = context.dataset.class_count
    sizes = np.bincount(context.reference.labels, minlength=classes)
    place = np.empty(classes, dtype=np.int64)
    place[np.argsort(-sizes, kind="stable")] = np.arange(classes)
    if profile == "step":
        return (place >= classes // 2).astype(np.float64)
    return np.asarray(place / (classes - 1))


def _leaving(
    rank: IntArray, labels: IntArray, counts: IntArray, rarity: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(N,): the logarithm of the amount below which each row is lost; −∞ where it never is."""
    power = rarity[labels]
    lost = (rank > 0) & (power > 0)
    leaving = np.full(len(rank), -np.inf)
    leaving[lost] = np.log((rank + 1) / counts[labels])[lost] / power[lost]
    return leaving


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
