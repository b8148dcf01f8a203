"""What does not fit is told in the program's own words, whatever the field and the value."""

import re
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.data.encoding import ENCODINGS
from visualiser.core.data.registry import SOURCES
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    Edit,
    Experiment,
    SplitConfig,
    TrainingConfig,
    Value,
    check_options,
)
from visualiser.core.misfit import misfit
from visualiser.core.models.registry import MODELS

ENTRIES = (*SOURCES.values(), *MODELS.values(), *CORRUPTIONS.values(), *ENCODINGS)
OPTIONS = sorted({entry.options for entry in ENTRIES}, key=lambda model: model.__qualname__)
WITH_FIELDS = [model for model in OPTIONS if model.model_fields]
VALUES: list[type[Value]] = [*WITH_FIELDS, Experiment, SplitConfig, TrainingConfig, Edit]
WORDS_OF_PYDANTIC = re.compile(
    r"Input should|Extra inputs|[Vv]alue error|Field required|unable to|after validation|"
    r"valid (string|integer|number|tuple|boolean|dict)|dictionary|instance of|pydantic"
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("ab7 -.", max_size=9),
    lambda inner: st.lists(inner, max_size=12) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=12,
)


@given(model=st.sampled_from(VALUES), value=ANYTHING, data=st.data())
def test_no_word_of_pydantic_comes_through(
    model: type[Value], value: Any, data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from([*model.model_fields, "nowhere"]))
    try:
        model.model_validate({field: value})
    except ValidationError as error:
        sentence = misfit(error, model).sentence
        assert not WORDS_OF_PYDANTIC.search(sentence)
        assert sentence.endswith(".") and "\n" not in sentence
        assert field in sentence or "must add up" in sentence or "is missing" in sentence


@given(model=st.sampled_from(OPTIONS), value=ANYTHING, data=st.data())
def test_an_option_that_does_not_fit_is_told_with_its_owner(
    model: type[Value], value: Any, data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from([*model.model_fields, "nowhere"]))
    try:
        check_options(model, {field: value}, "The kettle")
    except UserError as error:
        assert error.message.startswith("The kettle")
        assert field in error.message
        assert not WORDS_OF_PYDANTIC.search(str(error))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"seed": 1.5}, "seed is 1.5 and must be a whole number from 0 to 2,147,483,647."),
        ({"title": 3}, "title is 3 and must be text of at most 200 characters."),
        ({"edits": 3}, "edits is 3 and must be a list of objects in braces { }."),
        ({"edits": [{}]}, "edits.0 does not fit: an edit is made at a step or at an epoch"),
        ({"model": {"options": {}}, "spoiling": {"corruptions": [{}]}}, "name is missing."),
        ({"weights_seed": "x"}, "weights_seed is “x” and must be a whole number from 0 to"),
        ({"training": {"twin": "maybe"}}, "training.twin is “maybe” and must be true or false."),
        ({"training": {"learning_rate": float("nan")}}, "is nan and must be a number above 0, up"),
        ({"split": {"train": 2}}, "split.train is 2 and must be a number from 0.01 to 0.98."),
        ({"split": {"train": 0.2}}, "split does not fit: the shares for training, validation"),
        ({"colour": 1}, "colour is not known here."),
        ({"dataset": {"name": None}}, "dataset.name is null and must be text."),
        ({"dataset": {"name": ["a"]}}, "dataset.name is a list of 1 and must be text."),
    ],
)
def test_a_sentence_says_what_is_there_and_what_should_be(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        Experiment.model_validate(changes)
    assert sentence in misfit(caught.value, Experiment).sentence


class Union(Value):
    size: Literal["auto"] | Annotated[int, Field(ge=1)] = "auto"
    marks: tuple[Literal["a", "b"], ...] = ()
    sign: Literal["", ",", ";"] = ""
    names: Annotated[tuple[str, ...], Field(min_length=2)] = ("a", "b")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"size": "many"}, "“auto”, or a whole number of at least 1."),
        ({"marks": 3}, "marks is 3 and must be a list of values out of a, b."),
        ({"sign": "x"}, "sign is “x” and must be one of “”, “,”, “;”."),
        ({"names": []}, "names is an empty list and must be a list of at least 2 texts."),
    ],
)
def test_choices_and_lists_are_told_in_words(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Union.model_validate(changes)
    assert sentence in misfit(caught.value, Union).sentence
