"""The program's own shortcut is found, and what else is done to data is not taken for one.

That there is none in data as it comes is among what test_healthy_runs.py watches.
"""

from functools import cache

import pytest

from tests.core.diagnosis.made_runs import findings, trained
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.registry import load_dataset
from visualiser.core.diagnosis.evidence import Table
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, ModelConfig, Spoiling
from visualiser.core.questions.reliance import RELIANCE
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot

STEPS = {"digits_8x8": 250, "voices_nl": 21, "drums": 54, "sms_spam": 400}
"""Enough to be settled. Larger pictures, which take longer, are tried by hand."""


@cache
def run(name: str, amount: float, twin: bool = True, seed: int = 0, way: str = "") -> Snapshot:
    start = starting_point(DatasetConfig(name=name), seed=seed)
    spoiling = CorruptionConfig(name=way or "spurious_shortcut", amount=amount)
    changed = start.replace(
        training=start.training.replace(twin=twin), spoiling=Spoiling(corruptions=(spoiling,))
    )
    return trained(changed, load_dataset(changed.dataset, seed), STEPS[name])


@pytest.mark.parametrize(
    ("name", "what", "twin"),
    [
        ("digits_8x8", "marks that only its training pictures have", True),
        ("digits_8x8", "marks that only its training pictures have", False),
        ("voices_nl", "what sounds all along", True),
        ("drums", "what sounds all along", False),
        ("sms_spam", "the words “nothing” and “true”", True),
        ("sms_spam", "the words “nothing” and “true”", False),
    ],
)
def test_a_mark_that_goes_by_class_is_found_with_a_twin_and_without(name, what, twin):
    found = findings(run(name, 1.0, twin))["shortcut"]
    assert what in found.sentence
    told = next(one for one in found.evidence if isinstance(one, Table))
    given, clean = (row.text for row in told.rows)
    assert int(given.removesuffix(f"{NO_BREAK}%")) > 75
    assert clean == "none" or int(clean.removesuffix(f"{NO_BREAK}%")) < 25


def test_words_are_found_in_messages_that_are_read_word_by_word():
    start = starting_point(DatasetConfig(name="sms_spam"))
    marks = CorruptionConfig(name="spurious_shortcut", amount=1.0)
    changed = start.replace(
        model=ModelConfig(name="word_average"),
        training=start.training.replace(learning_rate=0.01),
        spoiling=Spoiling(corruptions=(marks,)),
    )
    shot = trained(changed, load_dataset(changed.dataset, 0), 300)
    assert "the words “nothing” and “true”" in findings(shot)["shortcut"].sentence


@pytest.mark.parametrize(
    ("name", "way", "amount"),
    [
        ("digits_8x8", "symmetric_label_noise", 0.4),
        ("digits_8x8", "class_imbalance", 0.05),
        ("digits_8x8", "image_corruption", 3),
        ("digits_8x8", "fewer_examples", 0.1),
        ("digits_8x8", "missing_region", 0.0),
        ("drums", "background_noise", 10),
        ("drums", "class_imbalance", 0.2),
        ("sms_spam", "class_imbalance", 0.1),
        ("sms_spam", "word_noise", 0.4),
    ],
)
def test_what_else_is_done_to_the_data_is_not_taken_for_a_shortcut(name, way, amount):
    assert "shortcut" not in findings(run(name, amount, way=way))


@pytest.mark.parametrize(
    ("amount", "width", "rate", "steps"), [(0.5, 128, 0.005, 1500), (0.4, 256, 0.003, 4000)]
)
def test_what_wrong_labels_are_learnt_by_heart_from_is_no_shortcut(amount, width, rate, steps):
    """Every pixel helps to know the training rows again, those of the border among them."""
    start = starting_point(DatasetConfig(name="digits_8x8"))
    noise = CorruptionConfig(name="symmetric_label_noise", amount=amount)
    changed = start.replace(
        model=ModelConfig(name="mlp", options={"hidden": [width]}),
        training=start.training.replace(learning_rate=rate),
        spoiling=Spoiling(corruptions=(noise,)),
    )
    shot = trained(changed, load_dataset(changed.dataset, 0), steps)
    reliance = shot.answer(RELIANCE)
    assert reliance is not None
    border = next(clue for clue in reliance.clues if clue.kind == "border")
    assert border.without < 0.5 * reliance.skill
    assert "shortcut" not in findings(shot)


def test_marks_that_are_dealt_out_are_those_that_were_made():
    """Where pictures were marked the model is lost without, and the twin is not."""
    shot = run("digits_8x8", 1.0)
    reliance = shot.answer(RELIANCE)
    assert reliance is not None
    marks = next(clue for clue in reliance.clues if clue.kind == "marks")
    assert marks.without < 0.5 * reliance.skill
    assert marks.twin_without > 0.7 * reliance.twin_skill


def test_a_handful_of_rows_is_no_evidence_of_a_shortcut():
    """Of 400 messages six are spam: half of what the model can do is three of them."""
    shot = run("sms_spam", 0.1, way="class_imbalance")
    reliance = shot.answer(RELIANCE)
    assert reliance is not None
    assert 0 < reliance.at_stake < 20
    assert "shortcut" not in findings(shot)
