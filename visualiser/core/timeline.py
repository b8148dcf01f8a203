"""A plan as a list of small changes, each on top of the one before, and the edits they come to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.experiment import CorruptionConfig, Edit, Spoiling

_ROUGH = 0.375
"""Of the range of a way of spoiling: 30 % of wrong labels."""

Unit = Literal["epoch", "step"]


@dataclass(frozen=True)
class Amend:
    """A way of spoiling gets another amount; it keeps its options, or has the usual ones."""

    config: CorruptionConfig


@dataclass(frozen=True)
class HealAll:
    """All data is clean from there on."""


@dataclass(frozen=True)
class Rate:
    """Another learning rate."""

    learning_rate: float


@dataclass(frozen=True)
class Other:
    """What a plan may hold besides, such as a stroke: kept as it is."""

    edit: Edit


Act = Amend | HealAll | Rate | Other


@dataclass(frozen=True)
class Entry:
    """One change of a plan: after `at` epochs or steps."""

    at: int
    act: Act


def entries_of(
    spoiling: Spoiling, edits: Sequence[Edit], unit: Unit, steps_per_epoch: float
) -> list[Entry]:
    """A plan for data spoiled so, as a list of changes; each edit may be several."""
    entries: list[Entry] = []
    for edit in edits:
        at = _converted(edit, unit, steps_per_epoch)
        acts: list[Act] = []
        if edit.spoiling is not None:
            acts += _changes(spoiling, edit.spoiling)
            spoiling = edit.spoiling
        if edit.learning_rate is not None:
            acts.append(Rate(edit.learning_rate))
        if any(part is not None for part in (edit.dataset, edit.stroke, edit.repairs)):
            acts.append(Other(edit.replace(spoiling=None, learning_rate=None)))
        entries += [Entry(at, act) for act in acts]
    return entries


def edits_of(spoiling: Spoiling, entries: Sequence[Entry], unit: Unit) -> tuple[Edit, ...]:
    """The edits that a list of changes comes to, in the order of their times."""
    edits: list[Edit] = []
    for entry in sorted(entries, key=lambda entry: entry.at):
        when: dict[str, int | None] = {"step": None, "epoch": None, unit: entry.at}
        match entry.act:
            case Amend(config):
                spoiling = _amended(spoiling, config)
                change: dict[str, object] = {"spoiling": spoiling}
            case HealAll():
                spoiling = Spoiling()
                change = {"spoiling": spoiling}
            case Rate(rate):
                change = {"learning_rate": rate}
            case Other(edit):
                kept = ("dataset", "stroke", "repairs")
                change = {name: getattr(edit, name) for name in kept}
        if edits and (edits[-1].epoch, edits[-1].step) == (when["epoch"], when["step"]):
            edits[-1] = edits[-1].replace(**change)
        else:
            edits.append(Edit.model_validate({**when, **change}))
    return tuple(edits)


def rough(name: str, share: float = _ROUGH) -> CorruptionConfig:
    """So much of a way of spoiling as everybody can see what it does; `share` is of its range."""
    amount = corruption_named(name).amount
    size = amount.identity + share * (amount.extreme - amount.identity)
    places = 0 if amount.whole else 2
    config = CorruptionConfig(name=name, amount=round(size, places))
    return config.replace(parts=corruption_named(name).parts)


def in_unit(entries: Sequence[Entry], unit: Unit, steps_per_epoch: float) -> list[Entry]:
    """The same changes, counted in the other unit until now, to the nearest whole one."""
    factor = steps_per_epoch if unit == "step" else 1 / steps_per_epoch
    return [replace(entry, at=round(entry.at * factor)) for entry in entries]


def _changes(before: Spoiling, after: Spoiling) -> list[Act]:
    if not after.corruptions:
        return [HealAll()]
    old = {config.name: config for config in before.corruptions}
    acts: list[Act] = [Amend(c) for c in after.corruptions if old.pop(c.name, None) != c]
    for name, config in old.items():  # what is left out from there on
        identity = corruption_named(name).amount.identity
        acts.append(Amend(config.replace(amount=identity)))
    return acts


def _amended(spoiling: Spoiling, config: CorruptionConfig) -> Spoiling:
    """The recipe with an ingredient changed where it stands, put at its end, or left out."""
    spoils = config.amount != corruption_named(config.name).amount.identity
    configs = {one.name: one for one in spoiling.corruptions}
    configs[config.name] = config
    if not spoils:
        del configs[config.name]
    return Spoiling(corruptions=tuple(configs.values()))


def _converted(edit: Edit, unit: Unit, steps_per_epoch: float) -> int:
    if unit == "epoch":
        return round((edit.step or 0) / steps_per_epoch) if edit.epoch is None else edit.epoch
    return round((edit.epoch or 0) * steps_per_epoch) if edit.step is None else edit.step
