import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from tests.core.data.encoded import encoder_of
from visualiser.core.data import encoding_table, encoding_text
from visualiser.core.data.bag_of_words import tokens
from visualiser.core.data.dataset import DataCard, Dataset, Table, read_only
from visualiser.core.data.encoding import ENCODINGS, encoding_for
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.encoding_table import TableOptions, fit_table
from visualiser.core.data.encoding_text import TextOptions, fit_text
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import Split, part_of, split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, SplitConfig
from visualiser.core.models.registry import model_encoding


def loaded(name: str) -> tuple[Dataset, Split]:
    dataset = load_dataset(DatasetConfig(name=name), 0)
    return dataset, split_dataset(dataset, SplitConfig(), 0)


def table(numeric: np.ndarray, codes: np.ndarray, categories: tuple[tuple[str, ...], ...]) -> Table:
    return Table(
        read_only(numeric.astype(np.float32)),
        tuple(f"n{index}" for index in range(numeric.shape[1])),
        read_only(codes.astype(np.int32)),
        tuple(f"c{index}" for index in range(codes.shape[1])),
        categories,
    )


def test_points_are_standardised_as_scikit_learn_does() -> None:
    dataset, split = loaded("shapes")
    encoder = encoder_of(dataset, split.train)
    oracle = StandardScaler().fit(np.asarray(split.train.features, dtype=np.float64))
    expected = oracle.transform(np.asarray(split.test.features, dtype=np.float64))
    assert np.allclose(encoder.transform(split.test.features), expected, atol=1e-6)
    assert encoder.names == ("x1", "x2")


def test_points_can_be_left_as_they_are() -> None:
    dataset, split = loaded("shapes")
    encoder = encoder_of(dataset, split.train, {"standardise": False})
    unchanged = np.asarray(split.test.features)
    assert np.array_equal(encoder.transform(unchanged), unchanged)


def test_pictures_stay_as_they_are() -> None:
    dataset, split = loaded("mnist_5k")
    encoder = encoder_of(dataset, split.train)
    assert encoder.shape == (1, 28, 28)
    assert encoder.names == ()
    unchanged = np.asarray(split.test.features)
    assert np.array_equal(encoder.transform(unchanged), unchanged)


def test_numbers_and_categories_are_encoded_as_scikit_learn_does() -> None:
    dataset, split = loaded("sacramento")
    train, test = split.train.features, split.test.features
    assert isinstance(train, Table)
    assert isinstance(test, Table)
    encoded = encoder_of(dataset, split.train, {}).transform(test)
    scaler = StandardScaler().fit(train.numeric.astype(np.float64))
    one_hot = OneHotEncoder(handle_unknown="ignore", sparse_output=False, drop="if_binary")
    one_hot.fit(train.categorical)
    expected = np.hstack([scaler.transform(test.numeric), one_hot.transform(test.categorical)])
    assert np.allclose(encoded, expected, atol=1e-4)


def test_a_missing_number_becomes_the_training_mean_and_gets_a_mark() -> None:
    generator = np.random.default_rng(0)
    numeric = generator.normal(5, 3, (60, 2))
    numeric[::7, 0] = np.nan
    data = table(numeric, np.zeros((60, 0)), ())
    encoder = fit_table(data, 60, TableOptions())
    filled = SimpleImputer(add_indicator=True).fit_transform(data.numeric.astype(np.float64))
    present = numeric[~np.isnan(numeric[:, 0]), 0]
    encoded = encoder.transform(data)
    assert encoder.names == ("n0", "n0: missing", "n1")
    assert np.allclose(encoded[:, 0], (filled[:, 0] - present.mean()) / present.std(), atol=1e-5)
    assert np.array_equal(encoded[:, 1], filled[:, 2])
    assert "n0" in encoder.notes[1]


def test_a_long_table_is_encoded_in_blocks_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(0)
    numeric = generator.normal(5, 3, (50, 2))
    numeric[::7, 0] = np.nan
    data = table(numeric, generator.integers(-1, 3, (50, 1)), (("a", "b", "c"),))
    encoder = fit_table(data, 50, TableOptions())
    whole = encoder.transform(data)
    monkeypatch.setattr(encoding_table, "_BLOCK", 7)
    assert np.array_equal(encoder.transform(data), whole)


def test_unscaled_numbers_keep_their_values_and_gaps_become_the_mean() -> None:
    data = table(np.array([[1.0], [np.nan], [3.0]]), np.zeros((3, 0)), ())
    encoded = fit_table(data, 3, TableOptions(standardise=False)).transform(data)
    assert encoded.tolist() == [[1, 0], [2, 1], [3, 0]]


def test_a_category_that_training_never_saw_is_all_zeros() -> None:
    train = table(np.zeros((4, 0)), np.array([[0], [1], [2], [0]]), (("a", "b", "c", "d"),))
    encoder = fit_table(train, 5, TableOptions())
    unseen = table(np.zeros((2, 0)), np.array([[3], [-1]]), train.categories)
    assert encoder.names == ("c0: a", "c0: b", "c0: c")
    assert encoder.transform(unseen).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_missing_categories_get_a_mark_and_two_categories_one_number() -> None:
    train = table(np.zeros((4, 0)), np.array([[0], [1], [-1], [0]]), (("no", "yes"),))
    encoder = fit_table(train, 4, TableOptions())
    assert encoder.names == ("c0: yes", "c0: missing")
    assert encoder.transform(train).tolist() == [[0, 0], [1, 0], [0, 1], [0, 0]]


@settings(max_examples=40, deadline=None)
@given(
    numeric=arrays(
        np.float32, (12, 3), elements=st.floats(width=32, allow_infinity=False, allow_nan=True)
    ),
    codes=arrays(np.int32, (12, 2), elements=st.integers(-1, 3)),
)
def test_an_encoded_table_has_no_gaps_whatever_is_in_it(
    numeric: np.ndarray, codes: np.ndarray
) -> None:
    data = table(numeric, codes, (("a", "b", "c", "d"),) * 2)
    train, rest = data.take(np.arange(6)), data.take(np.arange(6, 12))
    for standardise in (True, False):
        encoder = fit_table(train, 12, TableOptions(standardise=standardise))
        encoded = encoder.transform(rest)
        assert encoded.shape == (6, len(encoder.names))
        assert not np.isnan(encoded).any()


def test_a_wide_table_keeps_only_the_categories_that_fit_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(encoding_table, "MAX_BYTES", 4 * 100 * 12)
    codes = np.column_stack([np.arange(100) % 40, np.arange(100) % 30])
    names = tuple(f"v{value}" for value in range(40))
    data = table(np.zeros((100, 1)), codes, (names, names[:30]))
    encoder = fit_table(data, 100, TableOptions())
    assert encoder.transform(data).nbytes <= encoding_table.MAX_BYTES
    assert "to fit in memory" in encoder.notes[-1]


def test_the_vocabulary_is_that_of_scikit_learn() -> None:
    dataset, split = loaded("sms_spam")
    encoder = encoder_of(dataset, split.train, {"size": 300})
    everything = CountVectorizer(tokenizer=tokens, token_pattern=None, binary=True, lowercase=False)
    found = np.asarray(everything.fit_transform(split.train.features).sum(axis=0)).ravel()
    frequency = dict(zip(everything.get_feature_names_out(), found.tolist(), strict=True))
    assert min(frequency[word] for word in encoder.names) >= sorted(found)[-300]
    oracle = CountVectorizer(
        tokenizer=tokens, token_pattern=None, binary=True, vocabulary=list(encoder.names)
    )
    expected = oracle.transform(split.validation.features).toarray()
    assert np.array_equal(encoder.transform(split.validation.features), expected)


def test_the_vocabulary_does_not_depend_on_the_order_of_the_messages() -> None:
    messages = np.array(["b a", "c a", "d e b", "e"], dtype=object)
    options = TextOptions(size=16)
    assert fit_text(messages, 4, options).names == fit_text(messages[::-1], 4, options).names


def test_words_come_out_of_a_message_as_people_read_them() -> None:
    assert tokens("Don't WIN £100_now!! naïve-ness 2 U?") == [
        *("don't", "win", "£", "100", "now", "!", "!", "naïve", "ness", "2", "u", "?")
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_hashed_words_depend_only_on_the_words_of_a_message(texts: list[str]) -> None:
    messages = np.array(texts, dtype=object)
    encoder = fit_text(messages, len(texts), TextOptions(words="hashed", size=64))
    encoded = encoder.transform(messages)
    assert encoded.shape == (len(texts), 64)
    for text, row in zip(texts, encoded, strict=True):
        again = encoder.transform(np.array([" ".join(reversed(tokens(text)))], dtype=object))
        assert np.array_equal(again[0], row)
        assert row.sum() <= len(set(tokens(text)))


def test_messages_without_any_word_still_encode() -> None:
    messages = np.array(["...", ""], dtype=object)
    for words in ("vocabulary", "hashed"):
        encoder = fit_text(messages, 2, TextOptions.model_validate({"words": words}))
        assert not encoder.transform(messages).any()


def test_many_messages_get_fewer_words_to_fit_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding_text, "MAX_BYTES", 4 * 1000 * 20)
    messages = np.array([f"word{n} again" for n in range(100)], dtype=object)
    encoder = fit_text(messages, 1000, TextOptions())
    assert encoder.shape == (20,)
    assert "to fit in memory" in encoder.notes[-1]


@pytest.mark.parametrize("name", ["shapes", "mnist_5k", "sms_spam", "mortgage_hmda"])
def test_only_training_rows_are_looked_at(name: str) -> None:
    dataset, split = loaded(name)
    train = split.train
    alone = dataclasses.replace(
        dataset, features=train.features, labels=train.labels, groups=train.groups
    )
    own_rows = part_of(alone, np.arange(len(train)))
    with_rest, without = (
        encoder_of(dataset, train, {}),
        encoder_of(alone, own_rows, {}),
    )
    assert with_rest == without


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda way: f"{way.modality} {way.form}")
def test_encoding_options_have_defaults(encoding: Encoding) -> None:
    assert encoding.options()


def test_a_model_gets_the_first_of_its_forms_that_the_data_has() -> None:
    way = encoding_for("images", ("vector", "grid"))
    assert way is not None and way.form == "grid"
    assert encoding_for("text", ("grid",)) is None
    with pytest.raises(UserError, match="a convolution needs pictures"):
        model_encoding("cnn", "text")


def test_an_unknown_encoding_option_is_one_sentence() -> None:
    dataset, split = loaded("shapes")
    with pytest.raises(UserError, match="colour"):
        encoder_of(dataset, split.train, {"colour": True})


def test_encoders_are_plain_values() -> None:
    card = DataCard("", "", "", "")
    dataset = Dataset(
        "t",
        "T",
        card,
        "points",
        "classification",
        np.zeros((20, 2), np.float32),
        np.arange(20) % 2,
        "y",
        ("a", "b"),
        feature_names=("x", "y"),
    )
    encoder = encoder_of(dataset, part_of(dataset, np.arange(10)), {})
    assert dataclasses.is_dataclass(encoder)
    assert np.array_equal(encoder.transform(dataset.features), np.zeros((20, 2)))


def test_an_option_of_another_way_of_encoding_is_refused_with_a_sentence() -> None:
    dataset = load_dataset(DatasetConfig(name="sms_spam"), 0)
    train = split_dataset(dataset, SplitConfig(), 0).train
    with pytest.raises(UserError) as caught:
        encoder_of(dataset, train, {"words": "hashed"}, model="text_cnn")
    assert "“words”" in caught.value.message
    assert "length, vocabulary" in caught.value.hint
