"""“The questions to ask of any model”, answered for a run."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Edit, Experiment, Spoiling
from visualiser.core.report import cost
from visualiser.core.report.build import QUESTIONS, report_of
from visualiser.core.report.html import html_of
from visualiser.core.report.spec import TWIN, YOURS, Answer, Material, Picture, Report, Table
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


EVERY = [question.text for question in QUESTIONS]


def test_every_question_of_the_mission_is_answered(penguins: Snapshot) -> None:
    told = answers(report_of(penguins))
    assert list(told) == EVERY
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
        "digits_8x8",
    ],
)
def test_every_kind_of_data_has_a_report(name: str) -> None:
    report = report_of(run(name, steps=3))
    told = answers(report)
    assert list(told) == EVERY and all(told.values())
    assert "nothing is known" not in " ".join(told.values())
    page = html_of(report, {})
    assert "nan" not in re.sub(r"<[^>]*>", " ", page).lower().split()
    HTMLParser().feed(page)


def test_purchases_are_told_by_places_and_by_what_sells_best() -> None:
    told = answers(report_of(run("retail_purchases", steps=3)))
    assert "held-out purchases" in told["Where does it fail?"]
    assert "The 10 products that sell best" in told["Were they representative?"]
    assert "not measured for purchases" in told["What does it give away of its examples?"]


def with_output(snapshot: Snapshot, output: np.ndarray) -> Snapshot:
    assert snapshot.predictions is not None
    return replace(snapshot, predictions=replace(snapshot.predictions, output=output))


def test_without_a_mistake_it_is_said_that_none_was_made(penguins: Snapshot) -> None:
    labels = penguins.info.split.validation.labels[penguins.info.watched]
    told = answers(report_of(with_output(penguins, np.eye(3)[labels])))
    rows = f"None of the {len(labels)} clean validation rows is answered wrongly."
    assert told["Where does it fail?"] == rows


@pytest.mark.parametrize("name", ["penguins", "adult_10k", "sacramento", "dutch_names"])
def test_a_run_that_broke_down_says_so_where_it_is_asked_how_it_fails(name: str) -> None:
    snapshot = run(name, steps=2)
    assert snapshot.predictions is not None
    broken = with_output(snapshot, np.full_like(snapshot.predictions.output, np.nan))
    told = answers(report_of(broken))
    assert list(told) == EVERY
    assert "broke down" in told["Where does it fail?"]


def test_a_twin_that_is_the_same_model_is_not_shown_beside_it() -> None:
    told = answers(report_of(run("adult_10k", steps=3, exam=True)))
    words = told["Whom does it serve less well?"] + told["Where does it fail?"]
    assert "The gap between the groups is" in words and "twin" not in words


def test_figures_are_those_of_the_run_with_their_chance(penguins: Snapshot) -> None:
    told = answers(report_of(penguins))["What was it tested on, and how well did it do?"]
    accuracy = penguins.validation.values["accuracy"]
    assert f"{100 * accuracy:.1f} %\n" in told
    assert penguins.exam is not None
    assert f"{100 * penguins.exam.figures.values['accuracy']:.1f} %" in told
    assert "opened at step 60" in told


def cells_below(report: Report, question: str, name: str) -> dict[str, tuple[str, ...]]:
    """Rows of the table that answers a question, below the heading `name`, by their names."""
    answer = next(a for a in report.answers if a.question == question)
    table = next(block for block in answer.blocks if isinstance(block, Table))
    rows, inside = {}, False
    for row in table.rows:
        if not any(row[1:]):
            inside = row[0] == name
        elif inside:
            rows[row[0]] = row[1:]
    return rows


TESTED = "What was it tested on, and how well did it do?"


def test_the_difference_to_the_twin_has_a_range_of_its_own(penguins: Snapshot) -> None:
    rows = cells_below(report_of(penguins), TESTED, "Macro F1")
    mine, twin, gap = (rows[n][1].split("\n") for n in ("your model", "clean twin", "difference"))
    values = [x.values["f1"] for x in (penguins.validation, penguins.twin_validation) if x]
    assert mine[0] == f"{values[0]:.3f}" and twin[0] == f"{values[1]:.3f}"
    assert gap[0].replace("−", "-").strip("+±") == f"{values[0] - values[1]:.3f}".replace(
        "-0.000", "0.000"
    )
    assert all(" to " in cell[1] for cell in (mine, twin, gap))


@pytest.mark.parametrize("name", ["bike_daily", "sacramento", "dutch_names", "retail_purchases"])
def test_first_figures_of_any_task_have_a_range(name: str) -> None:
    report = report_of(run(name, steps=3))
    answer = next(a for a in report.answers if a.question == TESTED)
    table = next(block for block in answer.blocks if isinstance(block, Table))
    low, high = table.rows[1][2].split("\n")[1].split(" to ")
    assert float(low.replace(",", "").split()[0].strip("−")) and float(high.replace(",", ""))


def test_stale_data_is_told_as_it_was_trained_on() -> None:
    stale = CorruptionConfig(name="stale_data", amount=0.8)
    snapshot = run("bike_daily", stale, steps=3)
    times = snapshot.info.dataset.times
    assert times is not None
    last = times[snapshot.spoiled_train.rows].max()
    told = answers(report_of(snapshot))
    assert f"as your model has it 2011-01-15 {last}" in told["Has the world changed?"]
    rows = len(snapshot.spoiled_train)
    assert f"rows 501 {rows}" in told["Were they representative?"]
    assert f"from {rows} training days, its clean twin from 501" in told[TESTED]
    assert "training, 501" not in told[TESTED]


def test_where_a_text_model_fails_is_told_by_characters() -> None:
    told = answers(report_of(run("dutch_names", steps=3)))["Where does it fail?"]
    assert "later letters" in told and "Least foreseen" in told


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
