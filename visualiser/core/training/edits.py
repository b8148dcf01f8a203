"""The edits of a run: planned ones to come, made ones to keep, and their markers."""

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.experiment import CorruptionConfig, Edit, Experiment, Spoiling
from visualiser.core.training.snapshot import Marker


class EditLog:
    """Keeps what was changed and when, so that the experiment can be replayed to the bit."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._planned = list(experiment.edits)
        self._made: list[Edit] = []
        self._markers: list[Marker] = []
        self.planned_applied = 0

    def take_planned(self, step: int) -> Edit | None:
        """The next planned edit that is due before the step after `step`."""
        if self._planned and self._planned[0].step <= step:
            self.planned_applied += 1
            return self._planned.pop(0)
        return None

    @property
    def next_planned_step(self) -> int | None:
        """The step of the next planned edit, if there is one."""
        return self._planned[0].step if self._planned else None

    def note(self, edit: Edit, epoch: float, text: str) -> None:
        """Keep an edit that was applied; one of the same kind at the same step is replaced.

        Before the first step it becomes a part of the experiment itself and leaves no marker.
        """
        if edit.step == 0:
            self._fold_in(edit)
            return
        self._made = [made for made in self._made if not _same_kind(made, edit)]
        self._made.append(edit)
        self._markers = [
            marker
            for marker in self._markers
            if marker.step != edit.step or _is_rate(marker) != (edit.learning_rate is not None)
        ]
        self._markers.append(Marker(edit.step, epoch, text))

    def _fold_in(self, edit: Edit) -> None:
        if edit.spoiling is not None:
            self._experiment = self._experiment.replace(spoiling=edit.spoiling)
        if edit.learning_rate is not None:
            training = self._experiment.training.replace(learning_rate=edit.learning_rate)
            self._experiment = self._experiment.replace(training=training)

    def experiment(self) -> Experiment:
        """The experiment with the edits made so far and those still planned."""
        edits = sorted([*self._made, *self._planned], key=lambda edit: edit.step)
        return self._experiment.replace(edits=tuple(edits))

    def markers(self) -> tuple[Marker, ...]:
        """In the order of their steps."""
        return tuple(self._markers)


_RATE = "learning rate "


def learning_rate_text(learning_rate: float) -> str:
    """“learning rate 0.01”."""
    return f"{_RATE}{learning_rate:g}"


def spoiling_text(before: Spoiling, after: Spoiling) -> str:
    """What changed between two spoilings: “Wrong labels 20 %”, “healed”."""
    old = {c.name: c for c in _active(before)}
    new = {c.name: c for c in _active(after)}
    if not new and old:
        return "healed"
    parts = []
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) == new.get(name):
            continue
        corruption = corruption_named(name)
        amount = new[name].amount if name in new else corruption.amount.identity
        word = corruption.amount.text(amount) if name in new else "off"
        parts.append(f"{corruption.title} {word}")
    if before.validation_too != after.validation_too:
        parts.append("validation spoiled too" if after.validation_too else "validation clean")
    return ", ".join(parts) or "no change"


def _active(spoiling: Spoiling) -> list[CorruptionConfig]:
    return [
        config
        for config in spoiling.corruptions
        if config.amount != corruption_named(config.name).amount.identity
    ]


def _is_rate(marker: Marker) -> bool:
    return marker.text.startswith(_RATE)


def _same_kind(first: Edit, second: Edit) -> bool:
    return first.step == second.step and (first.spoiling is None) == (second.spoiling is None)
