import hashlib
import re
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import sklearn.datasets
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.data.encoded import encoder_of
from visualiser import paths
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.encoding_spec import inputs_of
from visualiser.core.data.registry import SOURCES, load_dataset, source_named
from visualiser.core.data.shapes import ShapesOptions
from visualiser.core.data.split import split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, SplitConfig
from visualiser.core.models.registry import model_layers
from visualiser.core.starting_point import starting_point

BUNDLED = [name for name, source in SOURCES.items() if source.file is None]
SHAPES = ["blobs", "circle", "xor", "moons", "spiral"]


def load(name: str, seed: int = 0, **options: object) -> Dataset:
    return load_dataset(DatasetConfig.model_validate({"name": name, "options": options}), seed)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_data_set_is_what_its_source_says(name: str) -> None:
    source, dataset = SOURCES[name], load(name)
    assert (dataset.name, dataset.modality, dataset.task) == (
        source.name,
        source.modality,
        source.task,
    )
    card = dataset.card
    assert all((card.what, card.source, card.licence, card.size, card.weaknesses))
    assert f"{len(dataset):,}" in card.size
    if dataset.task == "classification":
        assert set(np.unique(dataset.labels)) == set(range(dataset.class_count))
        assert dataset.labels.dtype == np.int64
    else:
        assert dataset.labels.dtype == (np.float64 if dataset.predicts_amounts else np.int64)
        assert np.isfinite(dataset.labels).all()


def test_data_sets_of_one_job_stand_together() -> None:
    jobs = [source.job for source in SOURCES.values()]
    starts = [job for before, job in pairwise([None, *jobs]) if job != before]
    assert len(starts) == len({*jobs})


@pytest.mark.parametrize("name", BUNDLED)
def test_the_defaults_of_a_data_set_fit_its_model(name: str) -> None:
    dataset = load(name)
    train = split_dataset(dataset, SplitConfig(), 0).train
    model = starting_point(DatasetConfig(name=name)).model
    encoder = encoder_of(dataset, train, {}, model.name)
    assert model_layers(model, inputs_of(encoder), 2)
    encoded = encoder.transform(train.features)
    assert encoded.shape == (len(train), *encoder.shape)
    assert encoded.dtype == np.float32
    assert np.isfinite(encoded).all()


@pytest.mark.parametrize("name", BUNDLED)
def test_nobody_can_write_into_a_data_set(name: str) -> None:
    dataset = load(name)
    arrays = [dataset.labels]
    if isinstance(dataset.features, Table):
        arrays += [dataset.features.numeric, dataset.features.categorical]
    else:
        arrays.append(dataset.features)
    assert not any(array.flags.writeable for array in arrays)


def test_an_unknown_data_set_is_answered_with_those_there_are() -> None:
    with pytest.raises(UserError, match="sms_spam"):
        source_named("spam")


@pytest.mark.parametrize("name", ["mnist_5k", "sms_spam"])
@pytest.mark.parametrize("damage", ["missing", "damaged", "truncated"])
def test_a_missing_or_damaged_bundled_file_is_one_sentence(
    name: str, damage: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = next(path for path in paths.datasets_dir().iterdir() if path.name.startswith(name))
    content = {"missing": b"", "damaged": b"nonsense", "truncated": source.read_bytes()[:5000]}
    if damage != "missing":
        (tmp_path / source.name).write_bytes(content[damage])
    monkeypatch.setattr("visualiser.core.data.bundled.datasets_dir", lambda: tmp_path)
    with pytest.raises(UserError, match=source.name):
        load(name)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=15, deadline=None)
@given(
    classes=st.integers(2, 4),
    points=st.integers(50, 800),
    noise=st.floats(0, 1),
    seed=st.integers(0, 1000),
)
def test_shapes_are_balanced_repeatable_and_in_view(
    shape: str, classes: int, points: int, noise: float, seed: int
) -> None:
    options = {"shape": shape, "classes": classes, "points": points, "noise": noise}
    dataset, again = load("shapes", seed, **options), load("shapes", seed, **options)
    features = np.asarray(dataset.features)
    assert features.shape == (points, 2)
    assert np.array_equal(features, np.asarray(again.features))
    assert np.array_equal(dataset.labels, again.labels)
    assert np.ptp(np.bincount(dataset.labels, minlength=classes)) <= 1
    assert np.abs(features).max() <= 8
    assert np.abs(features).mean() < 6


@pytest.mark.parametrize("shape", SHAPES)
def test_more_noise_moves_the_same_points_further_the_same_way(shape: str) -> None:
    clean, little, much = (
        np.asarray(load("shapes", 3, shape=shape, noise=noise).features) for noise in (0, 0.1, 0.2)
    )
    inside = (np.abs(much) < 8).all(axis=1)
    assert np.allclose((much - clean)[inside], 2 * (little - clean)[inside], atol=1e-5)
    assert not np.allclose(little, clean)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("classes", [2, 3, 4])
def test_without_noise_the_nearest_other_point_is_of_the_same_class(
    shape: str, classes: int
) -> None:
    from sklearn.neighbors import KNeighborsClassifier

    dataset = load("shapes", 1, shape=shape, classes=classes, points=2000, noise=0)
    features, half = np.asarray(dataset.features), 1000
    nearest = KNeighborsClassifier(1).fit(features[:half], dataset.labels[:half])
    assert nearest.score(features[half:], dataset.labels[half:]) > 0.97


@pytest.mark.parametrize(
    ("shape", "separable"), [("blobs", True), ("circle", False), ("xor", False)]
)
def test_a_straight_line_tells_blobs_apart_but_no_circle_and_no_xor(
    shape: str, separable: bool
) -> None:
    from sklearn.linear_model import LogisticRegression

    dataset = load("shapes", 0, shape=shape, noise=0.05)
    score = LogisticRegression().fit(np.asarray(dataset.features), dataset.labels)
    accuracy = score.score(np.asarray(dataset.features), dataset.labels)
    assert accuracy > 0.98 if separable else accuracy < 0.75


def test_another_seed_draws_other_points() -> None:
    one, other = load("shapes", 0), load("shapes", 1)
    assert not np.array_equal(np.asarray(one.features), np.asarray(other.features))


@pytest.mark.parametrize(
    "options", [{"classes": 5}, {"points": 10}, {"noise": 2}, {"shape": "star"}, {"colour": "red"}]
)
def test_options_out_of_range_are_refused_by_name(options: dict[str, object]) -> None:
    with pytest.raises(UserError, match=next(iter(options))):
        load("shapes", 0, **options)
    assert ShapesOptions().points == 500


def test_digits_are_pictures_between_paper_and_ink() -> None:
    pictures = np.asarray(load("mnist_5k").features)
    assert pictures.shape == (5000, 1, 28, 28)
    assert pictures.dtype == np.float32
    assert (pictures.min(), pictures.max()) == (0, 1)


def test_messages_are_text_with_few_spam() -> None:
    dataset = load("sms_spam")
    assert all(isinstance(message, str) for message in np.asarray(dataset.features))
    assert np.bincount(dataset.labels).tolist() == [3517, 468]


def test_messages_are_fit_for_a_school_class() -> None:
    coarse = re.compile(
        r"sexy|porn|fuc?k|shit|booty|weed|whore|slut|fagg|naked|horny|dubsack", re.I
    )
    assert [text for text in np.asarray(load("sms_spam").features) if coarse.search(text)] == []


def test_house_prices_are_in_dollars_and_rare_places_are_together() -> None:
    dataset = load("sacramento")
    assert isinstance(dataset.features, Table)
    assert dataset.label_text(212_000.0) == "$\xa0212,000"
    places = dataset.features.categorical[:, 0]
    counts = np.bincount(places, minlength=len(dataset.features.categories[0]))
    assert counts[:-1].min() >= 10
    assert dataset.features.categories[0][-1] == "other"


def test_mortgage_decisions_keep_the_known_gap_between_groups() -> None:
    dataset = load("mortgage_hmda")
    assert dataset.groups is not None
    assert dataset.positive_class == 1
    black = dataset.groups == dataset.group_names.index("Black applicants")
    assert np.mean(dataset.labels[black] == 0) == pytest.approx(0.283, abs=0.001)
    assert np.mean(dataset.labels[~black] == 0) == pytest.approx(0.093, abs=0.001)


def listed_with_licence() -> dict[str, str]:
    """Row by row of the page of licences: a file, or a folder's clips with a star; its licence."""
    lines = (paths.datasets_dir() / "LICENSES.md").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line.startswith("| `")]
    assert len(rows) == len({cells[1] for cells in rows})
    return {cells[1].strip(" `"): cells[4] for cells in rows}


def bundled_files() -> list[Path]:
    return [path for path in paths.datasets_dir().rglob("*") if path.is_file()]


def test_every_bundled_file_is_listed_with_its_licence() -> None:
    folder, listed = paths.datasets_dir(), listed_with_licence()
    for path in bundled_files():
        name = path.relative_to(folder).as_posix()
        assert sum(fnmatch(name, pattern) for pattern in listed) == 1, name


def test_every_listed_file_is_bundled() -> None:
    folder = paths.datasets_dir()
    assert all(any(folder.glob(name)) for name in listed_with_licence())


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer"])
def test_tables_from_scikit_learn_have_its_numbers(name: str) -> None:
    bunch = getattr(sklearn.datasets, f"load_{name}")()
    features = load(name).features
    assert isinstance(features, Table)
    columns = {title: features.numeric[:, i] for i, title in enumerate(features.numeric_names)}
    assert len(columns) == bunch.data.shape[1]
    expected = np.sort(bunch.data.astype(np.float32), axis=0)
    found = np.sort(np.stack(list(columns.values()), axis=1), axis=0)
    assert {tuple(column) for column in found.T} == {tuple(column) for column in expected.T}


def test_small_digits_are_those_of_scikit_learn() -> None:
    bunch, dataset = sklearn.datasets.load_digits(), load("digits_8x8")
    np.testing.assert_array_equal(np.asarray(dataset.features)[:, 0] * 16, bunch.images)
    np.testing.assert_array_equal(dataset.labels, bunch.target)


def test_data_under_the_gpl_lies_in_its_own_folder_with_the_licence_text() -> None:
    folder = paths.datasets_dir()
    for name, licence in listed_with_licence().items():
        if name not in ("gpl/GPL-2.txt", "gpl/GPL-3.txt"):
            assert name.startswith("gpl/") == ("`gpl/GPL-2.txt`" in licence), name
    text = (folder / "gpl" / "GPL-2.txt").read_bytes()
    assert hashlib.sha256(text).hexdigest().startswith("8177f97513213526")
