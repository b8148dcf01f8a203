import numpy as np
import pytest

from visualiser.core.training.history import COLUMNS, History


def test_rows_come_back_as_written_and_missing_figures_are_nan() -> None:
    history = History()
    for step in range(1000):
        history.append({"step": step, "train_loss": step / 2})
    view = history.view()
    assert len(view) == 1000
    assert np.array_equal(view["step"], np.arange(1000))
    assert np.array_equal(view["train_loss"], np.arange(1000) / 2)
    assert np.isnan(view["twin_train_loss"]).all()
    assert set(view.columns) == set(COLUMNS)


def test_a_view_stays_as_it_was_while_the_history_grows() -> None:
    history = History()
    history.append({"step": 0, "train_loss": 1.0})
    history.extend_batch_loss(np.array([5.0], dtype=np.float32))
    view = history.view()
    for step in range(1, 3000):
        history.append({"step": step})
        history.extend_batch_loss(np.full(3, step, dtype=np.float32))
    assert len(view) == 1 and view["train_loss"][0] == 1.0 and view.batch_loss.tolist() == [5.0]
    assert len(history.view().batch_loss) == 1 + 3 * 2999


def test_a_view_cannot_be_written_to() -> None:
    history = History()
    history.append({"step": 0})
    with pytest.raises(ValueError, match="read-only"):
        history.view()["step"][0] = 1


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(KeyError):
        History().append({"stepp": 1})


def test_a_column_that_gets_figures_late_is_empty_before_and_takes_no_memory_until_then() -> None:
    history = History()
    for step in range(600):
        history.append({"step": step, "ece": float("nan")})
    assert history.view()["ece"].base.nbytes == 8
    for step in range(600, 700):
        history.append({"step": step, "ece": step / 1000})
    history.append({"step": 700})
    late = history.view()["ece"]
    assert np.isnan(late[:600]).all() and np.isnan(late[700])
    assert np.array_equal(late[600:700], np.arange(600, 700) / 1000)
