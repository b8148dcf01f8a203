"""A day or a month that is chosen, typed or changed, and its forecast."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.core.data.series_tables import made
from tests.ui.views.tried import Tried
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.ui.tries.column_control import CategoryControl
from visualiser.ui.tries.period import TakePeriod
from visualiser.ui.tries.row import RowMaker
from visualiser.ui.views.try_it import TryView


def test_a_day_is_chosen_by_its_date(tried: Callable[..., Tried]) -> None:
    trial = tried("bike_daily")
    maker = trial.page.maker
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    first = np.datetime64(maker.take.words.text().split()[-1])
    maker.take.slider.setValue(maker.take.slider.value() + 10)
    later = first + 10
    assert maker.take.words.text() == f"{later.item():%A} {later}"
    assert maker.take.date.text() == str(later)
    assert maker.take.slider.accessibleName() == "Day to foretell"
    assert trial.page.truth.text().endswith(maker.truth())


def typed(take: TakePeriod, date: str) -> str:
    """What stands beside the date after it was typed."""
    take.date.setText(date)
    take.date.editingFinished.emit()
    return take.words.text()


def test_any_known_day_can_be_typed_and_one_of_training_is_told(
    tried: Callable[..., Tried],
) -> None:
    trial = tried("bike_daily")
    maker, times = trial.page.maker, trial.trainer.info.dataset.times
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    assert times is not None
    split = trial.trainer.info.split
    assert maker.take.slider.maximum() + 1 == len(split.train) + len(split.validation)
    before = trial.page.student.answer.text()
    words = typed(maker.take, "2011-07-04")
    assert words == "Monday 2011-07-04 · this day was learnt from"
    assert trial.page.student.answer.text() != before
    row = int(np.flatnonzero(times == np.datetime64("2011-07-04"))[0])
    dataset = trial.trainer.info.dataset
    assert maker.truth() == dataset.label_text(float(dataset.labels[row]))
    sealed = str(times[split.test.rows].max())
    for unknown in (sealed, "1999-01-01", "no date"):
        assert typed(maker.take, unknown).startswith("Known are 2011-01-15 to ")
        assert maker.truth() == dataset.label_text(float(dataset.labels[row]))
    assert typed(maker.take, str(times[split.validation.rows].max())).count("learnt") == 0


def test_a_day_whose_weekday_was_changed_is_told_to_be_changed(
    tried: Callable[..., Tried],
) -> None:
    maker = tried("bike_daily").page.maker
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    date = maker.take.date.text()
    assert maker.take.words.text().endswith(f"day {date}")
    weekday = next(
        control
        for control in maker.findChildren(CategoryControl)
        if control.accessibleName() == "weekday"
    )
    known = weekday.get()
    for code, words in (((known + 1) % 7, f"{date}, changed"), (known, f"day {date}")):
        weekday.put(code)
        weekday.edited.emit()
        assert maker.take.words.text().endswith(words)


def test_a_typed_day_is_of_the_same_series(tried: Callable[..., Tried]) -> None:
    trial = tried("retail_daily", steps=0)
    maker = trial.page.maker
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    take = maker.take
    for place in range(take.slider.value(), take.slider.value() + 3):
        take.slider.setValue(place)
        series = take.words.text().split(" · ")[1]
        date = str(np.datetime64(take.date.text()) - 7)
        words = typed(take, date)
        assert words.split(" · ")[1] == series and date in words


def test_a_month_is_chosen_where_the_series_has_months(
    open_view: Callable[..., TryView], tmp_path: Path
) -> None:
    path = str(made(tmp_path, "monthly"))
    experiment = starting_point(DatasetConfig(name="own_series", options={"path": path}))
    trial = Tried(open_view(TryView), Trainer(experiment, load_dataset(experiment.dataset, 0)))
    maker = trial.page.maker
    assert isinstance(maker, RowMaker) and isinstance(maker.take, TakePeriod)
    months = trial.trainer.info.dataset.times
    assert months is not None
    months = np.sort(months[trial.trainer.info.split.validation.rows])
    maker.take.slider.setValue(maker.take.slider.value() + 3)
    assert maker.take.date.text() == str(months[3])
    assert maker.take.words.text() == f"{months[3].item():%B %Y}"
    assert maker.take.slider.accessibleName() == "Month to foretell"
    assert "with what was known the month before" in maker.take.slider.toolTip()
    assert trial.page.truth.text().endswith(maker.truth())
