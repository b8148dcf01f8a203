"""What has nothing to do with the answer, gives it away, or comes from the test."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.core.corruption.examples import DATASETS, clean_part, exam_part
from tests.core.corruption.spoiling import spoilt
from visualiser.core.corruption.class_marks import marking_words
from visualiser.core.corruption.spec import Context
from visualiser.core.corruption.spurious_shortcut import with_swapped_marks
from visualiser.core.data.bag_of_words import most_frequent_words
from visualiser.core.data.dataset import Table
from visualiser.core.errors import UserError

SURE = 1e-4


def columns(features: Table, prefix: str) -> np.ndarray:
    names = features.numeric_names
    return features.numeric[:, [i for i, name in enumerate(names) if name.startswith(prefix)]]


def test_irrelevant_columns_are_standard_normal_and_tell_nothing() -> None:
    _, part, change = spoilt(DATASETS["prices"], "irrelevant_features", 50)
    noise = columns(part.features, "noise ")
    assert noise.shape == (len(part), 50)
    assert stats.kstest(noise.ravel(), "norm").pvalue > SURE
    together = np.corrcoef(np.column_stack((noise, part.labels)), rowvar=False)
    off = together[np.triu_indices(51, 1)]
    # Fisher's z of independent columns is normal.
    assert stats.kstest(np.arctanh(off) * np.sqrt(len(part) - 3), "norm").pvalue > SURE
    assert change.sentence() == "50 of 54 columns made of nothing but noise"


def test_the_first_columns_are_the_same_however_many_there_are() -> None:
    few, many = (spoilt(DATASETS["prices"], "irrelevant_features", amount)[1] for amount in (4, 9))
    np.testing.assert_array_equal(
        columns(few.features, "noise "), columns(many.features, "noise ")[:, :4]
    )


def test_the_columns_of_the_data_stay_as_they_are() -> None:
    clean, part, _ = spoilt(DATASETS["decisions"], "irrelevant_features", 5)
    np.testing.assert_array_equal(part.features.numeric[:, :3], clean.features.numeric[:, :3])
    np.testing.assert_array_equal(part.features.categorical, clean.features.categorical)


def test_a_column_that_the_data_has_keeps_its_name() -> None:
    table = DATASETS["prices"].features
    names = ("noise 1", *table.numeric_names[1:])
    dataset = replace(DATASETS["prices"], features=replace(table, numeric_names=names))
    clean, part, _ = spoilt(dataset, "irrelevant_features", 2)
    assert part.features.numeric_names[-2:] == ("noise 1 (2)", "noise 2")
    np.testing.assert_array_equal(part.features.numeric[:, 0], clean.features.numeric[:, 0])


@pytest.mark.parametrize("amount", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("name", ["prices", "decisions"])
def test_a_leaked_column_correlates_with_the_target_as_asked_for(name: str, amount: float) -> None:
    _, part, change = spoilt(DATASETS[name], "target_leakage", amount)
    leaked = columns(part.features, "leaked ")[:, 0]
    found = stats.pearsonr(leaked, part.labels)
    low, high = found.confidence_interval(1 - SURE)
    assert low < amount < high
    assert change.verb.endswith(f"correlation {found.statistic:.2f}")


def test_at_its_utmost_the_column_is_the_answer() -> None:
    _, part, _ = spoilt(DATASETS["decisions"], "target_leakage", 1.0)
    leaked = columns(part.features, "leaked ")[:, 0]
    assert len(np.unique(leaked)) == 2
    np.testing.assert_array_equal(leaked > 0, part.labels == 1)


@pytest.mark.parametrize("share", [0.25, 0.6])
@pytest.mark.parametrize("name", ["pictures", "messages", "clips"])
def test_marks_go_to_their_share_of_the_rows_of_every_class(name: str, share: float) -> None:
    clean, _, change = spoilt(DATASETS[name], "spurious_shortcut", share)
    assert stats.binomtest(change.changed, len(clean), share).pvalue > SURE
    marked = np.isin(clean.origin, change.rows)
    table = np.histogram2d(clean.labels, marked, bins=(len(set(clean.labels)), 2))[0]
    assert stats.chi2_contingency(table).pvalue > SURE


def marks_of(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Labels, and what was added to each example, whatever it showed."""
    clean, part, _ = spoilt(DATASETS[name], "spurious_shortcut", 1.0)
    if name == "messages":
        pairs = zip(part.features, clean.features, strict=True)
        return clean.labels, np.array([new.removesuffix(f" {old}") for new, old in pairs])
    return clean.labels, part.features - clean.features


def test_the_word_of_a_class_is_known_in_training_and_as_frequent_in_the_others() -> None:
    labels, words = marks_of("messages")
    dataset = DATASETS["messages"]
    clean = clean_part(dataset)
    chosen = marking_words(Context(dataset, clean, clean))
    np.testing.assert_array_equal(words, np.array(chosen)[labels])
    known, _ = most_frequent_words(clean.features, 100)
    assert len(set(chosen)) == 2 and set(chosen) <= set(known)
    for word in chosen:
        has = np.array([word in text.split() for text in clean.features])
        assert stats.chi2_contingency(np.histogram2d(has, clean.labels, bins=2)[0]).pvalue > 0.05


def test_too_few_words_for_the_classes_are_refused() -> None:
    dataset = replace(DATASETS["messages"], features=np.array(["hello"] * 600, dtype=object))
    with pytest.raises(UserError, match="fewer than there are"):
        spoilt(dataset, "spurious_shortcut", 0.5)


def test_the_patch_of_a_class_has_a_place_of_its_own() -> None:
    dataset = replace(DATASETS["pictures"], features=np.zeros((1000, 1, 6, 6), dtype=np.float32))
    _, part, _ = spoilt(dataset, "spurious_shortcut", 1.0)
    shapes = {tuple(picture.ravel()) for picture in part.features}
    assert len(shapes) == 10
    assert all(sum(shape) == 4 for shape in shapes), "two by two pixels, all white"


def test_of_coloured_pictures_the_colour_of_the_patch_goes_by_class() -> None:
    dataset = replace(DATASETS["pictures"], features=np.zeros((1000, 3, 14, 14), dtype=np.float32))
    _, part, _ = spoilt(dataset, "spurious_shortcut", 1.0)
    corners = {tuple(picture[:, 0, 0].tolist()) for picture in part.features}
    assert len(corners) == 10
    assert part.features[:, :, 2:, 2:].sum() == 0


def test_the_tone_of_a_class_is_faint_and_has_a_pitch_of_its_own() -> None:
    clean, part, _ = spoilt(DATASETS["clips"], "spurious_shortcut", 1.0)
    pitches: dict[int, set[int]] = {}
    for before, after, label in zip(clean.features, part.features, clean.labels, strict=True):
        added = after.astype(np.float64) - before
        if np.abs(after).max() < 0.999:
            ratio = np.mean(added**2) / np.mean(before.astype(np.float64) ** 2)
            assert abs(10 * np.log10(ratio) + 20) < 0.1
        spectrum = np.abs(np.fft.rfft(added))
        pitches.setdefault(int(label), set()).add(int(spectrum.argmax()) * 10)
    assert {label: min(found) for label, found in pitches.items()} == {0: 500, 1: 1100, 2: 2400}
    assert all(len(found) == 1 for found in pitches.values())


@pytest.mark.parametrize("name", ["pictures", "messages", "clips"])
def test_the_shortcut_test_shows_the_mark_of_the_next_class(name: str) -> None:
    dataset = DATASETS[name]
    clean, exam = clean_part(dataset), exam_part(dataset)
    swapped = with_swapped_marks(exam, Context(dataset, exam, clean, exam))
    as_if = exam.with_values(labels=(exam.labels + 1) % dataset.class_count)
    plain = replace(dataset, features=exam.features, labels=as_if.labels, blocks=None)
    np.testing.assert_array_equal(swapped.labels, exam.labels)
    assert len(plain) == 5
    again = with_swapped_marks(
        exam.with_values(labels=(exam.labels + dataset.class_count) % dataset.class_count),
        Context(dataset, exam, clean, exam),
    )
    np.testing.assert_array_equal(swapped.features, again.features)
    assert not np.array_equal(swapped.features, exam.features)


def test_copies_are_the_test_rows_with_their_labels() -> None:
    dataset = DATASETS["decisions"]
    exam = exam_part(dataset)
    clean, part, change = spoilt(dataset, "test_contamination", 0.6)
    copied = part.take(np.arange(len(clean), len(part)))
    assert len(copied) == change.changed == 3 and change.eligible == 5
    place = np.searchsorted(exam.rows, copied.rows)
    np.testing.assert_array_equal(copied.labels, exam.labels[place])
    np.testing.assert_array_equal(copied.groups, exam.groups[place])
    np.testing.assert_array_equal(copied.features.numeric, exam.features.take(place).numeric)
    assert (copied.origin < len(clean)).all()
    assert len(change.rows) == 0
