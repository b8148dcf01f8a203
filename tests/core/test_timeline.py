from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.experiment import CorruptionConfig, Edit, Repair, Spoiling
from visualiser.core.timeline import (
    Amend,
    Entry,
    HealAll,
    Other,
    Rate,
    edits_of,
    entries_of,
    in_unit,
    rough,
)

NAMES = ("symmetric_label_noise", "feature_noise", "class_imbalance")
CONFIGS = st.builds(
    CorruptionConfig,
    name=st.sampled_from(NAMES),
    amount=st.sampled_from([0.1, 0.2, 0.5]),
    parts=st.sampled_from(["train", "both"]),
)
RECIPES = st.lists(CONFIGS, max_size=3, unique_by=lambda c: c.name).map(
    lambda configs: Spoiling(corruptions=tuple(sorted(configs, key=lambda c: NAMES.index(c.name))))
)


def as_sets(edits: tuple[Edit, ...]) -> list[tuple[int | None, frozenset[CorruptionConfig]]]:
    """When, and what is in force; of a recipe put together bit by bit the order may differ."""
    return [
        (edit.epoch, frozenset(c.name for c in edit.spoiling.corruptions))
        for edit in edits
        if edit.spoiling is not None
    ]


@given(RECIPES, st.lists(RECIPES, max_size=4))
def test_a_plan_taken_apart_and_put_together_does_the_same(
    start: Spoiling, recipes: list[Spoiling]
) -> None:
    edits = tuple(Edit(epoch=2 * n, spoiling=one) for n, one in enumerate(recipes, 1))
    before, kept = start, []
    for edit in edits:  # an edit that changes nothing is no entry
        if edit.spoiling != before:
            kept.append(edit)
            before = edit.spoiling
    entries = entries_of(start, edits, "epoch", 10.0)
    again = edits_of(start, entries, "epoch")
    last = dict(as_sets(again))
    for epoch, names in as_sets(tuple(kept)):
        assert last[epoch] == names


def test_the_demonstration_of_every_lesson() -> None:
    noisy = CorruptionConfig(name="symmetric_label_noise", amount=0.3)
    plan = [Entry(10, HealAll()), Entry(5, Amend(noisy)), Entry(10, Rate(0.01))]
    assert edits_of(Spoiling(), plan, "epoch") == (
        Edit(epoch=5, spoiling=Spoiling(corruptions=(noisy,))),
        Edit(epoch=10, spoiling=Spoiling(), learning_rate=0.01),
    )


def test_an_amount_that_spoils_nothing_leaves_the_ingredient_out() -> None:
    noisy = rough("feature_noise")
    start = Spoiling(corruptions=(noisy, rough("class_imbalance")))
    (edit,) = edits_of(start, [Entry(3, Amend(noisy.replace(amount=0.0)))], "step")
    assert edit.step == 3
    assert [c.name for c in edit.spoiling.corruptions] == ["class_imbalance"]


def test_what_is_not_of_data_quality_is_kept() -> None:
    edits = (Edit(step=4, repairs=(Repair(row=1),), learning_rate=0.1),)
    entries = entries_of(Spoiling(), edits, "step", 10.0)
    assert [type(entry.act) for entry in entries] == [Rate, Other]
    assert edits_of(Spoiling(), entries, "step") == edits


@given(st.lists(st.integers(0, 1000), max_size=5), st.integers(1, 500))
def test_epochs_are_as_many_steps_as_they_have(epochs: list[int], steps: int) -> None:
    plan = [Entry(at, HealAll()) for at in epochs]
    in_steps = in_unit(plan, "step", float(steps))
    assert [entry.at for entry in in_steps] == [at * steps for at in epochs]
    assert in_unit(in_steps, "epoch", float(steps)) == plan
