"""The edits of a run: planned ones to come, made ones to keep, and their markers."""

from dataclasses import dataclass

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.errors import UserError
from visualiser.core.experiment import MOST_EDITS, CorruptionConfig, Edit, Experiment, Spoiling
from visualiser.core.training.snapshot import Marker

_RATE = "learning rate"

_ONE_GESTURE_SECONDS = 0.3
"""Edits of one kind that follow each other so closely share a marker: a slider being dragged."""


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
    """A marker, with what is needed to tell whether the next edit continues it.

    Attributes:
        made: when the last edit of the gesture was made.
        subject: what is being changed: a corruption's name or the learning rate; empty where it
            is more than one thing.
        before: the spoiling before the first edit of a gesture; None for a learning rate.
    """

    marker: Marker
    made: Moment
    subject: str
    before: Spoiling | None


class EditLog:
    """Keeps what was changed and when, so that the experiment can be replayed to the bit."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._planned = list(experiment.edits)
        self._made: list[Edit] = []
        self._marks: list[_Mark] = []
        self.planned_applied = 0

    def take_planned(self, step: int) -> Edit | None:
        """The next planned edit that is due before the step after `step`."""
        if self._planned and self._planned[0].step <= step:
            self.planned_applied += 1
            return self._planned.pop(0)
        return None

    def drop_plan(self) -> None:
        """Forget what is planned and not yet made: the user has taken over."""
        self._planned.clear()

    def check_room(self, edit: Edit) -> None:
        """Refuse a change that would be one more than an experiment may have.

        Raises:
            UserError: so many changes have been made in this run.
        """
        if edit.step > 0 and len(self._others(edit)) >= MOST_EDITS:
            raise UserError(
                f"This run has been changed {MOST_EDITS:,} times, as often as an experiment can "
                "record.",
                "Reset it: the new run begins with the data and the learning rate as they are.",
            )

    def note_learning_rate(self, learning_rate: float, now: Moment) -> None:
        """Keep a change of the learning rate.

        Before the first step it becomes a part of the experiment itself and leaves no marker.
        """
        if now.step == 0:
            training = self._experiment.training.replace(learning_rate=learning_rate)
            self._experiment = self._experiment.replace(training=training)
            return
        self._keep(Edit(step=now.step, learning_rate=learning_rate))
        old = self._continued(now, _RATE, None)
        self._replace(old, f"{_RATE} {learning_rate:g}", now, _RATE, None)

    def note_spoiling(self, before: Spoiling, after: Spoiling, now: Moment) -> None:
        """Keep a change of the spoiling; as for the learning rate."""
        if now.step == 0:
            self._experiment = self._experiment.replace(spoiling=after)
            return
        self._keep(Edit(step=now.step, spoiling=after))
        subject = _subject(before, after)
        old = self._continued(now, subject, before)
        start = before if old is None or old.before is None else old.before
        self._replace(old, spoiling_text(start, after), now, subject, start)

    def _keep(self, edit: Edit) -> None:
        """Of several edits of one kind at one step only the last has an effect."""
        self._made = [*self._others(edit), edit]

    def _others(self, edit: Edit) -> list[Edit]:
        """The edits made that `edit` does not replace."""
        rate = edit.learning_rate is not None
        return [
            made
            for made in self._made
            if made.step != edit.step or (made.learning_rate is not None) != rate
        ]

    def _continued(self, now: Moment, subject: str, before: Spoiling | None) -> _Mark | None:
        """The mark that an edit continues: of the same step, or of a slider still being dragged."""
        for mark in reversed(self._marks):
            if (mark.before is None) == (before is None):
                by_hand = not (now.planned or mark.made.planned)
                dragged = by_hand and subject == mark.subject != ""
                soon = now.seconds - mark.made.seconds < _ONE_GESTURE_SECONDS
                return mark if mark.marker.step == now.step or (dragged and soon) else None
        return None

    def _replace(
        self, old: _Mark | None, text: str, now: Moment, subject: str, before: Spoiling | None
    ) -> None:
        marker = Marker(now.step, now.epoch, text)
        if old is not None:
            marker = Marker(old.marker.step, old.marker.epoch, text)
            self._marks.remove(old)
        if text:
            self._marks.append(_Mark(marker, now, subject, before))

    def experiment(self) -> Experiment:
        """The experiment with the edits made so far and those still planned."""
        edits = sorted([*self._made, *self._planned], key=lambda edit: edit.step)
        return self._experiment.replace(edits=tuple(edits))

    def markers(self) -> tuple[Marker, ...]:
        """In the order of their steps."""
        return tuple(sorted((mark.marker for mark in self._marks), key=lambda m: m.step))


def spoiling_text(before: Spoiling, after: Spoiling) -> str:
    """What changed between two spoilings: “Wrong labels 20 %”, “healed”; empty for nothing."""
    old = {c.name: c for c in _active(before)}
    new = {c.name: c for c in _active(after)}
    if not new and old:
        return "healed"
    parts = []
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) == new.get(name):
            continue
        corruption = corruption_named(name)
        word = corruption.amount.text(new[name].amount) if name in new else "off"
        parts.append(f"{corruption.title} {word}")
    if before.validation_too != after.validation_too:
        parts.append("validation spoiled too" if after.validation_too else "validation clean")
    return ", ".join(parts)


def _subject(before: Spoiling, after: Spoiling) -> str:
    """The one corruption whose amount differs; empty where it is another change."""
    old = {c.name: c for c in _active(before)}
    new = {c.name: c for c in _active(after)}
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return changed[0] if len(changed) == 1 and changed[0] in new else ""


def _active(spoiling: Spoiling) -> list[CorruptionConfig]:
    return [
        config
        for config in spoiling.corruptions
        if config.amount != corruption_named(config.name).amount.identity
    ]
