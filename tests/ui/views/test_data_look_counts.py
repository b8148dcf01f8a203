from collections.abc import Callable

import numpy as np
import pytest

from tests.ui.views.conftest import show
from tests.ui.views.looked_at_rows import (
    IMBALANCE,
    MORTGAGES,
    SPAM,
    experiment,
)
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import Part, part_of
from visualiser.core.experiment import DatasetConfig
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.data_look import (
    DataLookView,
)
from visualiser.ui.views.data_look_counts import (
    MOST_BARS,
    label_kinds,
    label_rows,
    left_out_note,
)

Trained = Callable[..., Snapshot]


@pytest.fixture
def view(open_view: Callable[[type[DataLookView]], DataLookView]) -> DataLookView:
    return open_view(DataLookView)


def test_bars_count_the_labels_that_the_model_sees(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(IMBALANCE))
    counts = np.bincount(snapshot.spoiled_train.labels, minlength=10)
    assert [bar.text for bar in view.counts.rows] == [f"{count:,}" for count in counts]
    assert any(bar.warning for bar in view.counts.rows)
    clean = np.bincount(snapshot.info.split.train.labels, minlength=10)
    most = max(counts.max(), clean.max())
    for bar, count, was in zip(view.counts.rows, counts, clean, strict=True):
        assert bar.mark == (None if count == was else was / most)


def test_groups_are_counted_where_the_data_has_them(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(MORTGAGES))
    groups = snapshot.spoiled_train.groups
    assert groups is not None
    assert [bar.text for bar in view.groups.rows] == [f"{n:,}" for n in np.bincount(groups)]
    show(view, trained(SPAM))
    assert not view.groups.isVisible()


def test_ranges_of_a_number_hold_every_row(trained: Trained) -> None:
    snapshot = trained(experiment("sacramento", "target_noise", 2.0))
    bars = label_rows(snapshot.info.dataset, snapshot.spoiled_train, snapshot.info.split.train)
    assert sum(int(bar.text.replace(",", "")) for bar in bars) == len(snapshot.spoiled_train)


def test_more_classes_than_fit_are_said_to_be_more() -> None:
    dataset, part = many_classes(MOST_BARS + 8)
    assert len(label_rows(dataset, part, part)) == MOST_BARS
    assert "8" in left_out_note(dataset.class_count)
    assert left_out_note(MOST_BARS) == ""


def test_of_a_text_characters_are_counted_and_the_most_frequent_come_first() -> None:
    dataset = load_dataset(DatasetConfig(name="dutch_names"), 0)
    part = part_of(dataset, np.arange(50))
    bars = label_rows(dataset, part, part)
    counts = [int(bar.text.replace(",", "")) for bar in bars]
    assert len(bars) == MOST_BARS and counts == sorted(counts, reverse=True)
    written = dataset.text_of(np.asarray(part.features)[:, 1:].ravel())
    assert counts[0] == max(written.count(letter) for letter in dataset.alphabet)
    assert {"e", "a", "n"} <= {bar.title for bar in bars}
    assert label_kinds(dataset) == len(dataset.alphabet)


def many_classes(count: int) -> tuple[Dataset, Part]:
    dataset = Dataset(
        name="own",
        title="Own",
        card=DataCard("", "", "", ""),
        modality="points",
        task="classification",
        features=np.zeros((count, 2), dtype=np.float32),
        labels=np.arange(count),
        target="class",
        class_names=tuple(map(str, range(count))),
    )
    return dataset, part_of(dataset, np.arange(count))
