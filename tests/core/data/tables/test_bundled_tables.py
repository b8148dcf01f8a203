"""What the cards of the bundled tables promise, counted in the tables."""

import re
from collections import Counter

import numpy as np
import pytest

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.registry import SOURCES, load_dataset
from visualiser.core.data.split import split_dataset
from visualiser.core.experiment import DatasetConfig, SplitConfig

SHAPES = {
    "spambase": (4601, 57, 0),
    "sacramento": (932, 5, 2),
    "ames": (2930, 25, 20),
    "mortgage_hmda": (2380, 6, 7),
    "adult_10k": (10_000, 5, 7),
    "hiring_resumes": (784, 2, 23),
    "titanic": (1309, 1, 2),
    "penguins": (344, 4, 2),
    "iris": (150, 4, 0),
    "wine": (178, 13, 0),
    "breast_cancer": (569, 30, 0),
}
GROUPED = ["mortgage_hmda", "adult_10k", "hiring_resumes", "titanic"]


def load(name: str, **options: object) -> Dataset:
    return load_dataset(DatasetConfig.model_validate({"name": name, "options": options}), 0)


def table_of(dataset: Dataset) -> Table:
    assert isinstance(dataset.features, Table)
    return dataset.features


def card_text(dataset: Dataset) -> str:
    return " ".join((dataset.card.what, dataset.card.size, *dataset.card.weaknesses))


def rates(dataset: Dataset) -> dict[str, float]:
    """The share of each group with the favourable outcome, in percent."""
    assert dataset.groups is not None
    won = dataset.labels == dataset.positive_class
    return {
        name: 100 * float(won[dataset.groups == code].mean())
        for code, name in enumerate(dataset.group_names)
    }


def test_every_bundled_table_is_tested_here() -> None:
    assert {*SHAPES} == {n for n, s in SOURCES.items() if s.modality == "table"}


@pytest.mark.parametrize("name", SHAPES)
def test_a_table_has_its_rows_and_columns(name: str) -> None:
    dataset = load(name)
    table = table_of(dataset)
    assert (len(dataset), len(table.numeric_names), len(table.categorical_names)) == SHAPES[name]
    assert dataset.feature_names == table.names
    assert len({*table.names}) == len(table.names)


@pytest.mark.parametrize("name", SHAPES)
def test_every_category_is_in_use_and_has_one_name(name: str) -> None:
    table = table_of(load(name, **({"balanced": False} if name == "hiring_resumes" else {})))
    for place, names in enumerate(table.categories):
        codes = table.categorical[:, place]
        assert {*np.unique(codes[codes >= 0])} == {*range(len(names))}
        assert len({*names}) == len(names)
        assert all(text and "_" not in text for text in names)


@pytest.mark.parametrize("name", SHAPES)
def test_no_feature_alone_gives_the_answer_away(name: str) -> None:
    dataset = load(name)
    table, labels = table_of(dataset), dataset.labels
    if dataset.task == "regression":
        for column in table.numeric.T:
            kept = ~np.isnan(column)
            assert abs(np.corrcoef(column[kept], labels[kept])[0, 1]) < 0.85
    for place in range(len(table.categorical_names)):
        by_code: dict[int, set[float]] = {}
        for code, label in zip(table.categorical[:, place], labels, strict=True):
            by_code.setdefault(int(code), set()).add(float(label))
        assert any(len(answers) > 1 for answers in by_code.values())


@pytest.mark.parametrize("name", SHAPES)
def test_a_card_has_three_weaknesses_or_more_in_whole_sentences(name: str) -> None:
    card = load(name).card
    assert len(card.weaknesses) >= 3
    assert all(sentence.endswith(".") for sentence in (card.what, *card.weaknesses))


@pytest.mark.parametrize("name", [n for n in SHAPES if SOURCES[n].task == "classification"])
def test_a_card_counts_the_classes(name: str) -> None:
    dataset = load(name, **({"balanced": False} if name == "hiring_resumes" else {}))
    counts = np.bincount(dataset.labels)
    said = {int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", dataset.card.size)}
    assert said & {*counts.tolist()}
    assert len({*counts.tolist()} - said) <= 1


@pytest.mark.parametrize("name", GROUPED)
def test_a_group_can_be_hidden_from_the_model_and_is_still_known(name: str) -> None:
    shown, hidden = load(name), load(name, use_group=False)
    assert hidden.groups is not None
    assert {*shown.feature_names} - {*hidden.feature_names} == {shown.group_title}
    assert shown.positive_class is not None


@pytest.mark.parametrize("name", [name for name in SHAPES if name not in GROUPED])
def test_a_table_without_groups_has_no_switch_for_them(name: str) -> None:
    assert load(name).groups is None
    assert "use_group" not in SOURCES[name].options.model_fields


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("adult_10k", {}, {"men": "30.4", "women": "11.6"}),
        ("adult_10k", {"group_by": "race"}, {"white": "25.6", "Black": "12.2"}),
        (
            "hiring_resumes",
            {"balanced": False},
            {"white-sounding": "9.7", "Black-sounding": "6.4"},
        ),
        (
            "hiring_resumes",
            {"balanced": False, "group_by": "gender"},
            {"women's names": "8.2", "men's names": "7.4"},
        ),
        ("titanic", {}, {"women": "72.7", "men": "19.1"}),
        (
            "titanic",
            {"group_by": "class"},
            {"first class": "61.9", "second class": "43.0", "third class": "25.5"},
        ),
    ],
)
def test_the_gap_between_groups_is_the_one_on_the_card(
    name: str, options: dict[str, object], expected: dict[str, str]
) -> None:
    dataset = load(name, **options)
    found = rates(dataset)
    for group, share in expected.items():
        assert f"{found[group]:.1f}" == share
        assert f"{share} %" in card_text(dataset)


@pytest.mark.parametrize(
    ("name", "size"), [("penguins", 52), ("iris", 22), ("wine", 27), ("hiring_resumes", 118)]
)
def test_a_small_test_part_has_the_size_that_the_card_speaks_of(name: str, size: int) -> None:
    dataset = load(name)
    assert len(split_dataset(dataset, SplitConfig(), 0).test) == size


def test_cvs_without_a_call_are_drawn_until_there_are_as_many_as_with_one() -> None:
    one = load("hiring_resumes")
    again = load("hiring_resumes")
    assert np.bincount(one.labels).tolist() == [392, 392]
    assert np.array_equal(table_of(one).numeric, table_of(again).numeric)
    other = load_dataset(DatasetConfig(name="hiring_resumes"), 1)
    assert not np.array_equal(table_of(one).numeric, table_of(other).numeric)
    assert len(load("hiring_resumes", balanced=False)) == 4870


def test_the_sex_shows_in_the_family_of_the_census() -> None:
    table = table_of(load("adult_10k", use_group=False))
    place = table.categorical_names.index("place in the family")
    assert {"husband", "wife"} <= {*table.categories[place]}


def test_the_census_has_education_once() -> None:
    names = [name for name in load("adult_10k").feature_names if "education" in name]
    assert names == ["education (1 none … 16 doctorate)"]


def test_ages_on_the_titanic_are_missing_as_the_card_says() -> None:
    dataset = load("titanic")
    unknown = np.isnan(table_of(dataset).numeric[:, 0])
    assert unknown.sum() == 263
    shares = [round(100 * unknown[dataset.labels == code].mean()) for code in (0, 1)]
    assert shares == [23, 15]


def test_penguins_have_the_gaps_and_islands_of_the_card() -> None:
    dataset = load("penguins")
    table = table_of(dataset)
    assert (np.isnan(table.numeric).any(axis=1).sum(), (table.categorical < 0).sum()) == (2, 11)
    island = table.categorical[:, table.categorical_names.index("island")]
    homes = {
        species: {table.categories[0][code] for code in island[dataset.labels == label]}
        for label, species in enumerate(dataset.class_names)
    }
    assert homes["Chinstrap"] == {"Dream"}
    assert homes["Gentoo"] == {"Biscoe"}


def test_spam_mails_repeat_and_know_george_as_the_card_says() -> None:
    columns = read_columns("spambase.csv.gz")
    assert len(columns["type"]) - len(Counter(zip(*columns.values(), strict=True))) == 391
    named = columns["george"].astype(float) > 0
    assert (named.sum(), (columns["type"][named] == "spam").sum()) == (780, 8)


def test_houses_in_ames_are_as_the_card_says() -> None:
    dataset = load("ames")
    table = table_of(dataset)
    areas = table.numeric[:, table.numeric_names.index("living area (sq ft)")]
    frontage = table.numeric[:, table.numeric_names.index("plot along the street (ft)")]
    sale = table.categorical[:, table.categorical_names.index("sale")]
    names = table.categories[table.categorical_names.index("sale")]
    large = areas > 4000
    assert large.sum() == 5
    assert (sale[large] == names.index("house not finished")).sum() == 3
    assert (dataset.labels > 500_000).sum() == 17
    assert np.isnan(frontage).sum() == 490
    assert dataset.label_text(215_000.0) == "$\N{NO-BREAK SPACE}215,000"
    assert f"{len(dataset.feature_names)} features" in dataset.card.size
