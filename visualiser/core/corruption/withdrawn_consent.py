"""People who want their records back: all rows of theirs have to go."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.retained import enough_to_train_on, removed_words
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.people import people_of
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Remove all rows of the share `amount` of the people, drawn at random.

    Who a person is, people_of() says.
    Right to erasure, GDPR, article 17; trained anew without them, it is the exact forgetting that
    machine unlearning is compared with (Bourtoule et al., “Machine Unlearning”, 2021).
    """
    person = people_of(context.dataset, context.clean.rows)
    people, of_row = np.unique(person, return_inverse=True)
    turn = np.argsort(np.argsort(generator.random(len(people)), kind="stable"), kind="stable")
    gone = (turn < round(amount * len(people)))[of_row]
    kept = enough_to_train_on(~gone, -turn[of_row].astype(np.float64), part.origin)
    many = noun_of(context.dataset).many
    verb = removed_words(~gone[part.origin], kept, many) + _of_people(context.dataset, gone, of_row)
    lost = part.origin[~kept]
    change = Change("withdrawn_consent", amount, len(lost), len(part), many, verb, lost)
    return part.take(np.flatnonzero(kept)), change


def _of_people(dataset: Dataset, gone: NDArray[np.bool_], of_row: IntArray) -> str:
    """“, all of 12 of 40 customers”; nothing where each row is a person."""
    withdrawn, all_of_them = len(np.unique(of_row[gone])), len(np.unique(of_row))
    if dataset.modality == "purchases":
        return f", all of {withdrawn:,} of {all_of_them:,} customers"
    if dataset.blocks is None:
        return ""
    return f", {withdrawn:,} of {all_of_them:,} blocks that belong together"


def _refuse(dataset: Dataset) -> str | None:
    return None


CORRUPTION = Corruption(
    name="withdrawn_consent",
    flag="withdrawn",
    title="Withdrawn consent",
    dimension="Permissions",
    touches="rows",
    story="Some people never agreed, or no longer do: all that is recorded of them has to go, and "
    "the model has to do without.",
    source="Right to erasure (GDPR, article 17); retraining as of Bourtoule et al., Machine "
    "Unlearning, 2021",
    amount=Amount("withdrawn_share", 0.0, 0.95, "share"),
    options=NoOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
