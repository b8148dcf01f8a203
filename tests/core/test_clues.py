"""Clues in force, rows with a clue swapped, and what is said of the answers to them."""

import numpy as np
import pytest

from visualiser.core.clue_outcome import clue_sentence, outcome_of
from visualiser.core.clues import WAYS, Clue, clues_in_force, with_clue
from visualiser.core.corruption.spec import Context
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import Split, split_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, SplitConfig, Spoiling
from visualiser.core.questions.clue_test import ClueAnswers, ClueTest

MARKED = Spoiling(corruptions=(CorruptionConfig(name="spurious_shortcut", amount=0.8),))


def data(name: str, **options: object) -> tuple[Dataset, Split]:
    dataset = load_dataset(DatasetConfig.model_validate({"name": name, "options": options}), 0)
    return dataset, split_dataset(dataset, SplitConfig(), 0)


def test_marks_are_a_clue_while_they_spoil_the_training_and_tied_grounds_always() -> None:
    digits, _ = data("digits_8x8")
    assert clues_in_force(digits, Spoiling()) == ()
    assert clues_in_force(digits, MARKED) == ("mark",)
    only_measured = MARKED.done_to("validation")
    assert clues_in_force(digits, only_measured) == ()
    tied, _ = data("stamps", pictures=1)
    assert clues_in_force(tied, Spoiling()) == ("ground",)
    assert clues_in_force(tied, MARKED) == ("mark", "ground")
    plain, _ = data("stamps", pictures=1, background="random")
    assert clues_in_force(plain, Spoiling()) == ()


@pytest.mark.parametrize(
    ("name", "clue"),
    [("digits_8x8", "mark"), ("sms_spam", "mark"), ("drums", "mark"), ("stamps", "ground")],
)
def test_only_the_clue_differs_and_a_swapped_one_is_that_of_the_next_class(
    name: str, clue: Clue
) -> None:
    dataset, split = data(name)
    part = split.validation.take(np.arange(0, 60))
    context = Context(dataset, part, split.train)
    ways = {way: with_clue(part, clue, way, context) for way in WAYS}
    assert ways["as_it_is"] is part
    for way in WAYS:
        assert np.array_equal(ways[way].labels, part.labels)
        assert np.array_equal(ways[way].rows, part.rows)
    # A row that had the next label would be given as its own what this one is given as swapped.
    relabelled = part.with_values(labels=(part.labels + 1) % dataset.class_count)
    own = with_clue(relabelled, clue, "fitting", context)
    assert np.array_equal(np.asarray(own.features), np.asarray(ways["swapped"].features))
    assert not np.array_equal(np.asarray(own.features), np.asarray(ways["fitting"].features))


def answers(right: dict[str, int], twin: dict[str, int] | None = None) -> ClueAnswers:
    """Of 100 rows so many answered rightly in each way, the others with the next class."""
    _, split = data("stamps", pictures=2)
    part = split.train.take(np.arange(100))

    def output(counts: dict[str, int]) -> dict[str, np.ndarray]:
        chosen = {
            way: np.where(np.arange(100) < counts[way], part.labels, 1 - part.labels)
            for way in WAYS
        }
        return {way: np.eye(2)[codes] for way, codes in chosen.items()}

    parts = dict.fromkeys(WAYS, part)
    return ClueAnswers(7, parts, output(right), None if twin is None else output(twin))  # type: ignore[arg-type]


ASKED = ClueTest("ground", "test", 1)


def test_shares_of_right_answers_have_intervals_and_what_follows_the_clue_is_counted() -> None:
    dataset, _ = data("stamps", pictures=2)
    outcome = outcome_of(answers({"as_it_is": 90, "fitting": 100, "swapped": 10}), ASKED, dataset)
    student = outcome.student
    assert [student.right[way].value for way in WAYS] == [0.9, 1.0, 0.1]
    assert student.right["swapped"].low < 0.1 < student.right["swapped"].high < 0.2
    assert student.follows.value == pytest.approx(0.9) and student.clear
    assert student.lost == pytest.approx(0.9) and outcome.twin is None
    found = outcome.as_dict()
    assert found["student"]["accuracy"]["swapped"][0] == 0.1
    assert found["rows"] == 100 and found["part"] == "test"


@pytest.mark.parametrize(
    ("fitting", "swapped", "said"),
    [
        (100, 10, "it goes by the ground"),
        (95, 70, "it leans on the ground"),
        (90, 89, "it does not go by the ground"),
        (20, 90, "takes the ground the wrong way round"),
    ],
)
def test_the_sentence_says_more_only_where_it_is_more_than_chance(
    fitting: int, swapped: int, said: str
) -> None:
    dataset, _ = data("stamps", pictures=2)
    right = {"as_it_is": fitting, "fitting": fitting, "swapped": swapped}
    steady = {"as_it_is": 90, "fitting": 90, "swapped": 90}
    sentence = clue_sentence(outcome_of(answers(right, steady), ASKED, dataset), dataset)
    assert said in sentence and sentence.endswith("; its clean twin does not.")


@pytest.mark.parametrize(
    ("fitting", "swapped", "said"),
    [
        (80, 100, "; its clean twin rises from 80.0 % to 100.0 %."),
        (100, 80, "; its clean twin falls from 100.0 % to 80.0 %."),
    ],
)
def test_which_way_the_twin_goes_is_told_as_it_is(fitting: int, swapped: int, said: str) -> None:
    dataset, _ = data("stamps", pictures=2)
    right = {"as_it_is": 90, "fitting": 90, "swapped": 10}
    twin = {"as_it_is": 90, "fitting": fitting, "swapped": swapped}
    sentence = clue_sentence(outcome_of(answers(right, twin), ASKED, dataset), dataset)
    assert sentence.replace(NO_BREAK, " ").endswith(said)
