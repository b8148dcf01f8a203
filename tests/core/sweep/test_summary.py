import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.sweep.small_sweeps import MOONS, sweep_of, trained
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.experiment import DatasetConfig
from visualiser.core.sweep.lines import size_lines
from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.summary import Point, place_of, summarise, write_csv
from visualiser.core.sweep.sweep import Sweep, cells_of
from visualiser.core.sweep.verdict import sentences


def result_of(key: str, accuracy: float | None, baseline: float = 0.5) -> CellResult:
    figures = {"accuracy": accuracy, "f1": accuracy, "loss": None if accuracy is None else 1.0}
    return CellResult(
        key=key,
        figures={"test": figures},
        baseline=baseline,
        rows=84,
        steps=12,
        seconds=0.1,
        data="Two moons",
        task="classification",
    )


def test_runs_under_way_are_sketched_and_count_for_nothing_else() -> None:
    sweep = sweep_of()
    keys = [cell.key for cell in cells_of(sweep)]  # three amounts of each seed
    done = {keys[0]: result_of(keys[0], 0.9)}
    early = {key: result_of(key, 0.5) for key in (keys[0], keys[1], keys[3])}
    summary = summarise(sweep, done, early=early)
    points = summary.curves[0].points
    assert [point.values for point in points] == [(0.9,), (), ()]
    assert [point.early for point in points] == [(0.5,), (0.5,), ()]
    assert [point.so_far for point in points[:2]] == [0.5, 0.5]
    assert summary.curves[0].sketched == points[:2]
    assert summary.curves[0].drawn == points[:1]
    assert (summary.done, sentences(summary)) == (1, ())
    assert summarise(sweep, {}, early=early).measure is not None
    assert summarise(sweep, done).curves[0].sketched == ()


def results_of(sweep: Sweep, accuracies: list[float | None]) -> dict[str, CellResult]:
    cells = cells_of(sweep)[: len(accuracies)]
    return {
        cell.key: result_of(cell.key, accuracy)
        for cell, accuracy in zip(cells, accuracies, strict=True)
    }


@given(st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_mean_and_deviation_are_those_of_numpy(values: list[float]) -> None:
    point = Point(0.1, tuple(values), 0, len(values))
    assert point.mean == pytest.approx(float(np.mean(values)))
    assert point.deviation == pytest.approx(float(np.std(values, ddof=1)), abs=1e-9)


def test_one_run_has_a_mean_and_no_deviation() -> None:
    assert Point(0.1, (0.7,), 0, 1).mean == 0.7
    assert math.isnan(Point(0.1, (0.7,), 0, 1).deviation)


def test_it_says_what_is_there_while_runs_are_still_to_come() -> None:
    sweep = sweep_of()
    assert summarise(sweep, {}).measure is None
    summary = summarise(sweep, results_of(sweep, [0.9, 0.8, 0.6, 0.7]))
    assert (summary.done, summary.wanted) == (4, 6)
    assert [point.values for point in summary.curves[0].points] == [(0.9, 0.7), (0.8,), (0.6,)]
    assert summary.baseline == 0.5
    assert sentences(summary) == ()  # not before all is there


def test_a_run_without_a_loss_is_counted_and_not_averaged() -> None:
    sweep = sweep_of()
    summary = summarise(sweep, results_of(sweep, [0.9, 0.8, 0.6, 0.7, None, 0.6]))
    middle = summary.curves[0].points[1]
    assert (middle.values, middle.lost) == ((0.8,), 1)


def test_in_words_it_says_what_the_noise_costs_and_where_half_is_gone() -> None:
    sweep = sweep_of(seeds=(0,))
    (sentence,) = sentences(summarise(sweep, results_of(sweep, [0.9, 0.8, 0.6])))
    assert "falls from 90.0\u00a0% to 60.0\u00a0% between 0 % and 40 %" in sentence
    # Half of 0.4 is gone at 0.7, midway between 20 and 40 %.
    assert "gone at about 30 %" in sentence
    (sentence,) = sentences(summarise(sweep, results_of(sweep, [0.8, 0.8, 0.9])))
    assert sentence.endswith("no worse.")


def test_an_error_rises_and_has_a_unit(tmp_path: Path) -> None:
    houses = MOONS.replace(dataset=DatasetConfig(name="sacramento"))
    houses = houses.replace(training=houses.training.replace(epochs=1))
    sweep = sweep_of(houses, corruption="target_noise", amounts=(0.0, 2.0))
    summary = summarise(sweep, trained(sweep, tmp_path))
    assert summary.measure is not None
    assert summary.measure.axis_title == "mean error on clean test rows ($)"
    assert summary.measure.text(42_100.2) == "$\u00a042,100"


@pytest.mark.parametrize("entry", CORRUPTIONS.values(), ids=CORRUPTIONS.keys())
def test_amounts_stand_from_none_on_the_left_to_more_on_the_right(entry) -> None:
    kind = entry.amount
    middle = (kind.identity + kind.extreme) / 2
    places = [place_of(amount, kind) for amount in (kind.identity, middle, kind.extreme)]
    assert places[0] == 0
    assert places == sorted(places) and len(set(places)) == 3


def test_the_table_has_every_figure_of_every_line(tmp_path: Path) -> None:
    sweep = sweep_of(lines=size_lines((0.5, 1.0)))
    results = trained(sweep, tmp_path)
    write_csv(summarise(sweep, results), results, tmp_path / "sweep.csv")
    with (tmp_path / "sweep.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * 3 * 3  # lines, amounts, figures
    first = next(r for r in rows if r["figure"] == "accuracy" and r["line"] == "all examples")
    keys = [c.key for c in cells_of(sweep) if c.line == 1 and c.amount == 0]
    values = [results[key].value("accuracy") for key in keys]
    assert float(first["mean"]) == pytest.approx(np.mean(values))
    assert float(first["standard_deviation"]) == pytest.approx(np.std(values, ddof=1))
    assert (first["n"], first["lost"], first["runs"]) == ("2", "0", "2")
