import csv
import io
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.made_snapshots import accuracy, dataset, prices, run_info, snapshot
from visualiser.core.training.wrong_labels import ChangedErrors, Memorised, WrongLabels
from visualiser.ui.views.by_heart_rows import KINDS, WrongRows

FATES = st.lists(
    st.one_of(st.integers(0, 5000), st.just("resisted"), st.just("neither")), min_size=1
)


def wrong_rows(fates: list[int | str], first: int = -1) -> WrongRows:
    """Rows of class 0 that are labelled 1: learnt since a step, resisted, or neither."""
    data, size = dataset(), len(fates)
    since = [fate if isinstance(fate, int) else -1 for fate in fates]
    answers = {"resisted": 0, "neither": 2}
    labels = WrongLabels(
        position=np.arange(size) % 500,
        rows=np.arange(size),
        given=np.full(size, 1),
        true=np.full(size, 0),
        answered=np.array([answers.get(str(fate), 1) for fate in fates]),
        since=np.array(since),
        first=np.full(size, first),
        resisted=np.array([fate == "resisted" for fate in fates]),
    )
    return WrongRows(data, run_info(data).split.train, labels, sampled=False)


def lines(rows: WrongRows, row: int) -> list[str]:
    return [line.text for line in rows.tile(row).lines]


@given(FATES)
@settings(max_examples=40, deadline=None)
def test_every_row_has_one_fate_and_the_first_learnt_are_on_top(fates: list[int | str]) -> None:
    rows = wrong_rows(fates)
    each = [rows.chosen(kind).tolist() for kind in KINDS]
    assert sorted(each[0]) == list(range(len(fates))) == sorted(chain(*each[1:]))
    assert [rows.count(kind) for kind in KINDS] == [len(found) for found in each]
    learnt = each[KINDS.index("learnt")]
    steps = [fates[row] for row in learnt]
    assert steps == sorted(steps) and each[0][: len(learnt)] == learnt


@given(FATES)
@settings(max_examples=40, deadline=None)
def test_half_are_learnt_by_the_step_that_so_many_are_learnt_by(fates: list[int | str]) -> None:
    step = wrong_rows(fates).half_learnt_by
    steps = [fate for fate in fates if isinstance(fate, int)]
    if step is None:
        assert 2 * len(steps) < len(fates)
    else:
        assert 2 * sum(s <= step for s in steps) >= len(fates)
        assert 2 * sum(s < step for s in steps) < len(fates)


def test_an_example_says_both_labels_the_answer_and_its_fate() -> None:
    rows = wrong_rows([1240, "resisted", "neither"])
    assert lines(rows, 0) == ["labelled b, is a", "answers b", "learnt at step 1,240"]
    assert lines(rows, 1) == ["labelled b, is a", "answers a", "resisted so far"]
    assert lines(rows, 2) == ["labelled b, is a", "answers c", "neither"]
    assert [rows.tile(row).lines[1].tone for row in range(3)] == ["wrong", "strong", "strong"]
    assert "since step 1,240" in rows.tile(0).tip


def test_a_mistake_that_was_made_before_the_label_was_wrong_is_not_said_to_be_learnt() -> None:
    rows = wrong_rows([60, 90], first=60)
    assert lines(rows, 0)[-1] == "so from the start"
    assert lines(rows, 1)[-1] == "learnt at step 90"


def test_rows_that_were_not_answered_yet_have_no_answer() -> None:
    rows = wrong_rows(["neither"])
    rows = replace(rows, labels=replace(rows.labels, answered=np.array([-1])))
    assert lines(rows, 0) == ["labelled b, is a", "not answered yet"]
    assert rows.csv_text("all").splitlines()[1] == "1,b,a,,,0"


def changed_prices() -> WrongRows:
    data = prices()
    labels = WrongLabels(
        position=np.arange(3),
        rows=np.arange(3),
        given=np.array([2e5, 2e5, 2e5]),
        true=np.array([1e5, 1e5, 1e5]),
        answered=np.array([1.9e5, 1.2e5, np.nan]),
        since=np.array([40, -1, -1]),
        first=np.array([0, 0, -1]),
        resisted=np.array([False, True, False]),
    )
    return WrongRows(data, run_info(data).split.train, labels, sampled=False)


def test_a_changed_number_is_said_to_be_near_and_not_to_be_learnt() -> None:
    rows = changed_prices()
    near = ["given $ 200,000", "truly $ 100,000", "answers $ 190,000", "near it since step 40"]
    assert [text.replace("\u00a0", " ") for text in lines(rows, 0)] == near
    assert lines(rows, 1)[-1] == "near the true one"
    assert lines(rows, 2)[-1] == "not answered yet"
    diverged = replace(rows, labels=replace(rows.labels, first=np.zeros(3, dtype=np.int64)))
    assert lines(diverged, 2)[-1] == "the answer is no number"


def test_a_table_of_the_rows_reads_back_as_they_are() -> None:
    told = list(csv.DictReader(io.StringIO(changed_prices().csv_text("all"))))
    assert [float(row["given"]) for row in told] == [2e5, 2e5, 2e5]
    assert [row["learnt_since_step"] for row in told] == ["40", "", ""]
    assert [row["seen_through"] for row in told] == ["0", "0", "1"]
    (only,) = csv.DictReader(io.StringIO(wrong_rows([7, "resisted"]).csv_text("resisted")))
    assert (only["row"], only["given"], only["true"], only["answered"]) == ("2", "b", "a", "a")


@pytest.mark.parametrize("sampled", [False, True])
def test_whether_the_rows_are_a_sample_comes_from_the_counts(sampled: bool) -> None:
    labels, figures = wrong_rows([1]).labels, accuracy(0.5)
    made = snapshot(
        figures, None, memorised=Memorised(1, 0, 1, sampled=sampled), wrong_labels=labels
    )
    of_amounts = replace(
        made, memorised=None, changed_errors=ChangedErrors(1.0, 1.0, 1.0, 1, sampled=sampled)
    )
    for told in (made, of_amounts):
        rows = WrongRows.of(told)
        assert rows is not None and rows.sampled == sampled
    assert WrongRows.of(replace(made, wrong_labels=None)) is None
