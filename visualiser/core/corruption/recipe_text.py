"""Recipes in words: what changed between two of them, for markers and plans."""

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.experiment import CorruptionConfig, SpoiledParts, Spoiling

_ON: dict[SpoiledParts, str] = {
    "train": "training only",
    "validation": "validation only",
    "both": "validation too",
}


def ingredient_text(config: CorruptionConfig) -> str:
    """What it is and how much of it: “Wrong labels 20 %”."""
    return f"{corruption_named(config.name).title} {amount_text(config)}"


def amount_text(config: CorruptionConfig) -> str:
    """How much of it: “20 %”."""
    return corruption_named(config.name).amount.text(config.amount)


def spoiling_text(before: Spoiling, after: Spoiling) -> str:
    """What changed between two recipes: “Wrong labels 20 %”, “healed”; empty for nothing."""
    old, new = _active(before), _active(after)
    if not new and old:
        return "healed"
    parts = [
        _ingredient_text(name, old.get(name), new.get(name))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    ]
    if not parts and list(old) != list(new):
        return "in another order"
    return ", ".join(parts)


def subject(before: Spoiling, after: Spoiling) -> str:
    """The one corruption whose amount differs; empty where it is another change."""
    old, new = _active(before), _active(after)
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return changed[0] if len(changed) == 1 and changed[0] in new else ""


def _ingredient_text(name: str, old: CorruptionConfig | None, new: CorruptionConfig | None) -> str:
    if new is None:
        return f"{corruption_named(name).title} off"
    words = [ingredient_text(new)]
    if new.parts != ("train" if old is None else old.parts):
        words.append(_ON[new.parts])
    if old is not None and new.seed != old.seed:
        words.append("drawn anew")
    return words[0] if len(words) == 1 else f"{words[0]} ({', '.join(words[1:])})"


def _active(spoiling: Spoiling) -> dict[str, CorruptionConfig]:
    """By name, what of it does anything, in its order."""
    return {
        config.name: config
        for config in spoiling.corruptions
        if config.amount != corruption_named(config.name).amount.identity
    }
