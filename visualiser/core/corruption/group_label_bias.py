"""A history of unfair decisions against one group."""

import numpy as np

from visualiser.core.corruption.lookup import group_code, positive_code, refuse_without_groups
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value


class GroupLabelBiasOptions(Value):
    """Whom it hits, by name; empty means the smallest group and the favourable class.

    Where the data set does not say which class is favourable, it is the second.
    """

    group: str = ""
    positive: str = ""


def corrupt(
    part: Part,
    amount: float,
    options: GroupLabelBiasOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Turn each positive label of the group negative with probability `amount`.

    Historical bias as in Baumann et al., “Bias on Demand” (2023).

    Raises:
        UserError: the group or the class is unknown.
    """
    dataset = context.dataset
    group = group_code(context, options.group)
    positive = positive_code(dataset, options.positive)
    dice = generator.random(len(context.clean))[part.origin]
    eligible = (part.labels == positive) & (part.groups == group)
    hit = eligible & (dice < amount)
    change = Change(
        "group_label_bias",
        amount,
        int(np.count_nonzero(hit)),
        int(np.count_nonzero(eligible)),
        f"“{isolated(dataset.class_names[positive])}” labels of "
        f"“{isolated(dataset.group_names[group])}”",
        "changed",
        part.origin[hit],
    )
    return part.with_values(labels=np.where(hit, 1 - positive, part.labels)), change


def _refuse(dataset: Dataset) -> str | None:
    if dataset.class_count != 2:
        return "it needs two classes, a favourable and an unfavourable one"
    return refuse_without_groups(dataset)


CORRUPTION = Corruption(
    name="group_label_bias",
    flag="group-bias",
    title="Biased labels",
    dimension="Bias",
    touches="labels",
    story="Those who decided in the past turned down people of one group who deserved a yes.",
    source="P(positive becomes negative | group); Baumann et al., Bias on Demand, 2023",
    amount=Amount("group_label_bias", 0.0, 1.0, "share"),
    options=GroupLabelBiasOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
