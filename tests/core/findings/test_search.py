"""A whole search: on data spoiled in known ways, and as something that can be stopped."""

import json

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from tests.core.findings.made_rows import bundled, searched, spoiled
from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.experiment import Experiment
from visualiser.core.findings.files import COLUMNS, findings_document, suspects_text
from visualiser.core.findings.foretold import FOLDS, fold_of_rows
from visualiser.core.findings.neighbours import nearest_rows
from visualiser.core.findings.registry import DATA_FINDERS, ROW_FINDERS
from visualiser.core.findings.scores import score_of
from visualiser.core.findings.search import Search, look, refusal
from visualiser.core.findings.truth import truth_of
from visualiser.core.findings.vectors import vectors_of


@pytest.mark.parametrize("corruption", ["symmetric_label_noise", "pair_flip"])
@pytest.mark.parametrize("name", ["penguins", "digits_8x8"])
def test_most_wrong_labels_are_found_and_the_right_ones_proposed(
    name: str, corruption: str
) -> None:
    findings, split = searched(name, corruption, 0.2)
    truth = truth_of(findings.search.dataset, findings.part, split.train)
    score = score_of(findings.suspects["confident"], truth.label, truth.true_labels)
    assert score.average_precision > 0.9
    assert score.precision > 0.8 and score.recall > 0.8 and score.right_proposals > 0.8


def test_a_search_says_why_a_finder_is_silent() -> None:
    findings, _ = searched("penguins", "symmetric_label_noise", 0.2)
    assert set(findings.suspects) | set(findings.silent) == set(ROW_FINDERS)
    assert "recorded" in findings.silent["margin"] and "amounts" in findings.silent["residual"]
    able = {one.name for one in DATA_FINDERS if one.refuses(findings.search.dataset) is None}
    assert {one.kind for one in findings.data} == able


@pytest.mark.parametrize("name", ["shapes", "bike_daily", "drums", "sms_spam", "ames"])
def test_every_kind_of_data_can_be_searched(name: str) -> None:
    dataset, split = bundled(name)
    keep = np.arange(min(len(split.train), 150))
    part = split.train.take(keep)
    findings = look(Search(dataset, part, split.validation, 0, None))
    assert findings.suspects and findings.data
    for found in findings.suspects.values():
        assert len(found.score) == len(part)
        assert all(found.reasons[int(row)].endswith(".") for row in found.ranked)


def test_the_same_search_finds_the_same() -> None:
    dataset, split, part = spoiled("penguins", "pair_flip", 0.3)
    first, second = (look(Search(dataset, part, split.validation, 1, None)) for _ in range(2))
    for name, found in first.suspects.items():
        assert np.array_equal(found.score, second.suspects[name].score)
    assert first.data == second.data


def test_rows_without_a_label_of_their_own_are_refused() -> None:
    assert refusal(bundled("dutch_names")[0]) is not None
    assert refusal(bundled("retail_purchases")[0]) is not None
    assert refusal(bundled("iris")[0]) is None


def test_a_search_that_is_cancelled_stops() -> None:
    class Stopping(Progress):
        told = 0

        def check(self) -> None:
            if self.told > 5:
                raise Cancelled

        def update(self, done: float, text: str) -> None:
            assert 0 <= done <= 1 and text
            self.told += 1

    dataset, split = bundled("penguins")
    with pytest.raises(Cancelled):
        look(Search(dataset, split.train, split.validation, 0, None), Stopping())


def test_copies_and_blocks_are_in_one_fold_and_folds_have_their_share_of_each_class() -> None:
    dataset, split = bundled("stamps")
    assert dataset.blocks is not None
    folds = fold_of_rows(dataset, split.train, 0)
    for block in np.unique(dataset.blocks[split.train.rows]):
        assert len(set(folds[dataset.blocks[split.train.rows] == block])) == 1
    dataset, split = bundled("penguins")
    twice = split.train.take(np.repeat(np.arange(len(split.train)), 2))
    folds = fold_of_rows(dataset, twice, 0)
    assert (folds[::2] == folds[1::2]).all()
    for code in range(3):
        counts = np.bincount(folds[twice.labels == code], minlength=FOLDS)
        assert counts.max() - counts.min() <= 2


def test_nearest_rows_are_those_of_scikit_learn() -> None:
    dataset, split = bundled("wine")
    (vectors,) = vectors_of(dataset, split.train).parts
    near = nearest_rows(split.train.features, vectors, False, 0, Progress())
    model = NearestNeighbors(n_neighbors=11).fit(vectors)
    distance, position = model.kneighbors(vectors)
    assert np.allclose(near.distance, distance[:, 1:], atol=1e-4)
    assert np.mean(near.position == position[:, 1:]) > 0.99


def test_the_spread_of_rows_in_a_plane_has_two_directions() -> None:
    points = np.random.default_rng(0).normal(size=(1500, 2)).astype(np.float32)
    bent = np.stack([*points.T, points[:, 0] ** 2], axis=1)
    assert nearest_rows(bent, bent, False, 0, Progress()).dimension == pytest.approx(2, abs=0.3)


def test_files_of_a_search_are_read_back() -> None:
    findings, split = searched("penguins", "symmetric_label_noise", 0.2)
    truth = truth_of(findings.search.dataset, findings.part, split.train)
    document = json.loads(json.dumps(findings_document(findings, truth, Experiment())))
    assert document["wrong"]["label"] == int(truth.label.sum())
    assert document["finders"]["confident"]["average_precision"] > 0.9
    assert document["finders"]["duplicates"]["recall"] is None
    lines = suspects_text(findings, truth).splitlines()
    assert tuple(lines[0].split(",")) == COLUMNS
    assert len(lines) == 1 + sum(int(one.flagged.sum()) for one in findings.suspects.values())
