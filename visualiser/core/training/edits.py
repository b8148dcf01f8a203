"""The edits of a run: planned ones to come, made ones to keep, and their markers."""

from dataclasses import dataclass, replace
from typing import Literal

from visualiser.core.corruption.recipe_text import spoiling_text, subject
from visualiser.core.data.strokes import change_of_data
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    MOST_EDITS,
    DatasetConfig,
    Edit,
    Experiment,
    Repair,
    Spoiling,
    Stroke,
)
from visualiser.core.numerals import numeral
from visualiser.core.training.snapshot import Marker, Plan

_RATE = "learning rate"
_Kind = Literal["rate", "spoiling", "repairs", "data"]

_ONE_GESTURE_SECONDS = 0.3
"""Edits of one kind that follow each other so closely are a slider being dragged."""


@dataclass(frozen=True)
class Moment:
    """When an edit was made.

    Attributes:
        seconds: trained so far.
        planned: it was planned, not made by hand.
    """

    step: int
    epoch: float
    seconds: float
    planned: bool = False


@dataclass(frozen=True)
class _Mark:
    """What was changed at one step, of one kind: all edits of it there together.

    Attributes:
        made: when the last of them was made.
        subject: what is being changed: a corruption's name or the learning rate; empty where it
            is more than one thing.
        kind: what was changed.
        before: the spoiling before the first of them; None where it was not changed.
        gesture: equal for the marks of one drag of a slider.
    """

    marker: Marker
    made: Moment
    subject: str
    kind: _Kind
    before: Spoiling | None
    gesture: int


class EditLog:
    """Keeps what was changed and when, so that the experiment can be replayed to the bit."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self.plan = Plan(experiment.spoiling, experiment.dataset, experiment.edits)
        self._made: list[Edit] = []
        self._marks: list[_Mark] = []
        self._gestures = 0
        self._data_before: tuple[int, DatasetConfig] | None = None
        """The step at which data was changed last, and what it was before."""

    @property
    def has_plan(self) -> bool:
        """Whether something planned is still to come."""
        return bool(self.plan.to_come)

    def take_planned(self, step: int, epochs_done: int) -> Edit | None:
        """The next planned edit that is due before the step after `step`.

        It is kept with the step at which it was made, so that it comes there again.
        """
        plan = self.plan
        if not plan.to_come or not plan.to_come[0].is_due(step, epochs_done):
            return None
        edit = plan.to_come[0]
        self.plan = replace(plan, done=plan.done + 1)
        if step > 0:
            self._made.append(edit if edit.epoch is None else edit.replace(step=step, epoch=None))
        return edit

    def drop_plan(self) -> None:
        """Forget what is planned and not yet made: the user has taken over."""
        self.plan = replace(self.plan, edits=self.plan.edits[: self.plan.done])

    def take_plan(self, plan: Plan) -> None:
        """Another plan from here on, in place of what was still to come.

        Raises:
            UserError: with it there would be more changes than an experiment may have.
        """
        if len(self._made) + len(plan.edits) > MOST_EDITS:
            raise _too_many()
        self.plan = plan

    def check_room(self, edit: Edit) -> None:
        """Refuse a change that would be one more than an experiment may have.

        Raises:
            UserError: so many changes have been made in this run.
        """
        full = len(self._made) >= MOST_EDITS and self._made[-1].step != edit.step
        if edit.step and full:
            raise _too_many()

    def note_learning_rate(self, learning_rate: float, now: Moment) -> None:
        """Keep a change of the learning rate.

        Before the first step it becomes a part of the experiment itself and leaves no marker.
        """
        if now.step == 0:
            training = self._experiment.training.replace(learning_rate=learning_rate)
            self._experiment = self._experiment.replace(training=training)
            return
        self._keep(now, learning_rate=learning_rate)
        self._mark(f"{_RATE} {numeral(learning_rate)}", now, _RATE, "rate")

    def note_spoiling(self, before: Spoiling, after: Spoiling, now: Moment) -> None:
        """Keep a change of the spoiling; as for the learning rate."""
        if now.step == 0:
            self._experiment = self._experiment.replace(spoiling=after)
            return
        self._keep(now, spoiling=after)
        here = self._last("spoiling")
        if here is not None and here.marker.step == now.step and here.before is not None:
            before = here.before
        self._mark(spoiling_text(before, after), now, subject(before, after), "spoiling", before)

    def note_repairs(self, repairs: tuple[Repair, ...], text: str, now: Moment) -> None:
        """Keep what is repaired from here on, with a few words on it; as for the learning rate."""
        if now.step == 0:
            self._experiment = self._experiment.replace(repairs=repairs)
            return
        self._keep(now, repairs=repairs)
        self._mark(text, now, "", "repairs")

    def note_data(
        self, before: DatasetConfig, after: DatasetConfig, text: str, now: Moment
    ) -> None:
        """Keep a change of the data set, with a few words on it; as for the learning rate."""
        if now.step == 0:
            self._experiment = self._experiment.replace(dataset=after, repairs=())
            return
        if self._data_before is None or self._data_before[0] != now.step:
            self._data_before = now.step, before
        change = change_of_data(self._data_before[1], after)
        is_stroke = isinstance(change, Stroke)
        self._keep(now, stroke=change if is_stroke else None, dataset=None if is_stroke else change)
        self._mark(text, now, "", "data")

    def _keep(self, now: Moment, **change: object) -> None:
        """One edit a step: of several changes of one kind there only the last has an effect.

        A planned edit stands in the log already, as it was planned.
        """
        if now.planned:
            return
        if self._made and self._made[-1].step == now.step:
            self._made[-1] = self._made[-1].replace(**change)
        else:
            self._made.append(Edit.model_validate({"step": now.step, **change}))

    def _mark(
        self, text: str, now: Moment, subject: str, kind: _Kind, before: Spoiling | None = None
    ) -> None:
        """One mark for a step; what it says of the step stands there, wherever a slider goes on."""
        last, marker = self._last(kind), Marker(now.step, now.epoch, text)
        if last is not None and last.marker.step == now.step:
            self._marks.remove(last)
            gesture = last.gesture
        elif last is not None and _goes_on(last, now, subject):
            gesture = last.gesture
        else:
            self._gestures += 1
            gesture = self._gestures
        if text:
            self._marks.append(_Mark(marker, now, subject, kind, before, gesture))

    def _last(self, kind: _Kind) -> _Mark | None:
        """The last mark of a change of that kind."""
        return next((mark for mark in reversed(self._marks) if mark.kind == kind), None)

    def experiment(self) -> Experiment:
        """The experiment with the edits made so far and those still planned."""
        return self._experiment.replace(edits=(*self._made, *self.plan.to_come))

    def markers(self) -> tuple[Marker, ...]:
        """In the order of their steps; of a slider that was dragged where it began and ended."""
        first = {mark.gesture: mark for mark in reversed(self._marks)}
        last = {mark.gesture: mark for mark in self._marks}
        ends = (
            mark.marker
            for mark in self._marks
            if mark is first[mark.gesture] or mark is last[mark.gesture]
        )
        return tuple(sorted(ends, key=lambda marker: marker.step))


def _too_many() -> UserError:
    return UserError(
        f"This run has been changed {MOST_EDITS:,} times, as often as an experiment can record.",
        "Reset it: the new run begins with the data and the learning rate as they are.",
    )


def _goes_on(last: _Mark, now: Moment, subject: str) -> bool:
    """Whether a slider that was moved at `last` is still being dragged."""
    by_hand = not (now.planned or last.made.planned)
    soon = now.seconds - last.made.seconds < _ONE_GESTURE_SECONDS
    return by_hand and soon and subject == last.subject != ""
