"""A shop that shows best sellers only, so that little else is bought."""

import numpy as np

from visualiser.core.corruption.mistaken_purchases import refuse_other_than_purchases
from visualiser.core.corruption.retained import enough_to_train_on, removed_words
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.split import Part

BEST = 0.2
"""Share of the products that count as best sellers."""


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Keep the share `amount` of the purchases of all products but the best sellers.

    Exposure or popularity bias: what is not shown cannot be bought (Chen et al., “Bias and Debias
    in Recommender System”, 2023). Which products sell best is told by the clean training part.
    """
    assert context.dataset.catalogue is not None
    products = len(context.dataset.catalogue.products)
    sold = np.bincount(context.reference.labels, minlength=products)
    best = np.zeros(products, dtype=np.bool_)
    best[np.argsort(-sold, kind="stable")[: max(1, round(BEST * products))]] = True
    dice = generator.random(len(context.clean))
    # By the clean label, so that a purchase changed before is lost or kept as it would have been.
    dice[best[context.clean.labels]] = -1
    wanted = dice < amount
    kept = enough_to_train_on(wanted, dice, part.origin)
    gone = part.origin[~kept]
    change = Change(
        "best_sellers",
        amount,
        len(gone),
        int(np.count_nonzero(~best[context.clean.labels[part.origin]])),
        "purchases of other products",
        removed_words(wanted[part.origin], kept, "purchases"),
        gone,
    )
    return part.take(np.flatnonzero(kept)), change


CORRUPTION = Corruption(
    name="best_sellers",
    flag="best-sellers",
    title="Only best sellers shown",
    dimension="Balance",
    touches="rows",
    story="The shop shows the fifth of its products that sell best: what nobody sees nobody buys, "
    "and the model learns that nobody wants it.",
    source="Exposure bias; Chen et al., Bias and Debias in Recommender System, 2023",
    amount=Amount("retained_share", 1.0, 0.0, "retained"),
    options=NoOptions,
    refuses=refuse_other_than_purchases,
    corrupt=corrupt,
)
