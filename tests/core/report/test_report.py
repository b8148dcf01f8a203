"""“The questions to ask of any model”, answered for a run."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Edit, Experiment, Spoiling
from visualiser.core.report import cost
from visualiser.core.report.build import QUESTIONS, TWIN, YOURS, report_of
from visualiser.core.report.html import html_of
from visualiser.core.report.spec import Answer, Material, Picture, Report, Table
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def run(name: str, *configs: CorruptionConfig, steps: int = 60, exam: bool = False) -> Snapshot:
    start = starting_point(DatasetConfig(name=name))
    experiment = start.replace(spoiling=Spoiling(corruptions=configs))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, experiment.seed))
    for _ in range(steps):
        trainer.step()
    if exam:
        trainer.open_test()
    return trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)


def text_of(answer: Answer) -> str:
    words = []
    for block in answer.blocks:
        if isinstance(block, Table):
            words += [cell for row in (block.head, *block.rows) for cell in row]
        else:
            words.append(block.caption if isinstance(block, Picture) else block)
    return " ".join(words).replace("\u00a0", " ")


def answers(report: Report) -> dict[str, str]:
    return {answer.question: text_of(answer) for answer in report.answers}


@pytest.fixture(scope="module")
def penguins() -> Snapshot:
    noise = CorruptionConfig(name="symmetric_label_noise", amount=0.3)
    return run("penguins", noise, exam=True)


def test_every_question_of_the_mission_is_answered(penguins: Snapshot) -> None:
    told = answers(report_of(penguins))
    for words in ("task", "examples", "representative", "rewarded", "tested", "fail", "world",
                  "wrong", "cost", "next"):  # fmt: skip
        assert any(words in question for question in told), words


@pytest.mark.parametrize(
    "name",
    [
        "bike_daily",
        "sacramento",
        "sms_spam",
        "adult_10k",
        "retail_purchases",
        "dutch_names",
        "drums",
    ],
)
def test_every_kind_of_data_has_a_report(name: str) -> None:
    report = report_of(run(name, steps=3))
    assert len(report.answers) >= len(QUESTIONS) - 4
    page = html_of(report, {})
    assert "nan" not in re.sub(r"<[^>]*>", " ", page).lower().split()
    HTMLParser().feed(page)


def test_figures_are_those_of_the_run_with_their_chance(penguins: Snapshot) -> None:
    told = answers(report_of(penguins))["What was it tested on, and how well did it do?"]
    accuracy = penguins.validation.values["accuracy"]
    rows = len(penguins.info.split.validation)
    error = 2 * np.sqrt(accuracy * (1 - accuracy) / rows)
    assert f"{100 * accuracy:.1f} % ± {100 * error:.1f} points" in told
    assert penguins.exam is not None
    assert f"{100 * penguins.exam.figures.values['accuracy']:.1f} %" in told
    assert "opened at step 60" in told


def test_a_sealed_test_set_has_no_figure() -> None:
    told = answers(report_of(run("iris", steps=10)))
    words = told["What was it tested on, and how well did it do?"]
    assert "still sealed" in words and "test, " not in words


def test_what_was_done_to_the_data_is_told_with_its_markers() -> None:
    noise = Spoiling(corruptions=(CorruptionConfig(name="feature_noise", amount=1.0),))
    plan = (Edit(step=5, spoiling=noise), Edit(step=9, learning_rate=0.5))
    experiment = Experiment(dataset=DatasetConfig(name="iris"), edits=plan)
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    for _ in range(12):
        trainer.step()
    told = answers(report_of(trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)))
    words = told["What was done to the data?"]
    assert "Noisy features 1 sd" in words and "learning rate 0.5" in words
    assert "Nothing" in answers(report_of(run("iris", steps=2)))["What was done to the data?"]


def test_the_cost_is_reckoned_from_the_run(penguins: Snapshot) -> None:
    material = Material(penguins, None)  # type: ignore[arg-type]
    assert cost.operations(material) == penguins.info.flops_per_step * 60
    assert cost.models_trained(material) == 2
    assert cost.energy(3600) == cost.WATTS
    told = answers(report_of(penguins))["What did it cost?"]
    assert "30 watts" in told and "Patterson et al. 2021" in told


def test_final_figures_take_the_place_of_the_snapshots(penguins: Snapshot) -> None:
    figures = {"train": penguins.train, "validation": penguins.train, "test": penguins.train}
    told = answers(report_of(penguins, {YOURS: figures, TWIN: figures}))
    words = told["What was it tested on, and how well did it do?"]
    assert words.count(f"{100 * penguins.train.values['accuracy']:.1f} %") >= 6


def test_names_from_the_users_data_are_no_markup() -> None:
    answer = Answer("<b>?", ("a < b & c", Table(("x",), (("<i>",),))))
    page = html_of(Report("<script>", "&", (answer,)), {})
    assert "<script>" not in page and "<i>" not in page and "<b>?" not in page
    assert "a &lt; b &amp; c" in page


def test_a_page_needs_nothing_beside_it() -> None:
    answer = Answer("?", (Picture("curves", "How it went."),))
    page = html_of(Report("t", "", (answer,)), {"curves": (b"\x89PNG", 10, 20)})
    assert 'src="data:image/png;base64,' in page and 'width="10" height="20"' in page
    assert not re.findall(r'(?:src|href)="(?!data:)', page)
    assert "img" not in html_of(Report("t", "", (answer,)), {}).split("<body>")[1]
