"""What a sweep may compare: models, training sizes, or another way of spoiling besides."""

from collections.abc import Iterable, Sequence
from itertools import product

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, ModelConfig, Options
from visualiser.core.models.registry import model_named
from visualiser.core.numerals import numeral
from visualiser.core.sweep.sweep import FEWER, Line

_MOST_AMOUNTS = 100


def model_lines(models: Iterable[ModelConfig]) -> tuple[Line, ...]:
    """A line for each model; where several have one name their options tell them apart."""
    models = tuple(models)
    names = [model.name for model in models]
    return tuple(
        Line(label=_model_label(model, names.count(model.name) > 1), model=model)
        for model in models
    )


def size_lines(shares: Iterable[float]) -> tuple[Line, ...]:
    """A line for each share of the training rows that is kept."""
    return tuple(
        Line(
            label="all examples" if share == 1 else f"{share_words(share)} of the examples",
            besides=(CorruptionConfig(name=FEWER, amount=share),),
        )
        for share in shares
    )


def second_lines(name: str, amounts: Iterable[float], options: Options) -> tuple[Line, ...]:
    """A line for each amount of a second way of spoiling."""
    corruption = corruption_named(name)
    return tuple(
        Line(
            label=amount_label(name, amount),
            besides=(CorruptionConfig(name=corruption.name, amount=amount, options=options),),
        )
        for amount in amounts
    )


def against_lines(names: Iterable[str]) -> tuple[Line, ...]:
    """A line for each way of spoiling that is swept over the same amounts.

    Raises:
        UserError: their amounts are of different kinds, so that no axis could show both.
    """
    corruptions = [corruption_named(name) for name in names]
    first = corruptions[0]
    for other in corruptions[1:]:
        if not share_an_axis(first.name, other.name):
            raise UserError(
                f"{first.title} and {other.title} cannot share an axis: their amounts are not of "
                "one kind.",
                "Compare ways of spoiling that are both a share.",
            )
    return tuple(Line(label=one.title, instead=one.name) for one in corruptions)


def share_an_axis(one: str, other: str) -> bool:
    """Whether the amounts of two ways of spoiling are of one kind, and begin at the same one."""
    first, second = corruption_named(one).amount, corruption_named(other).amount
    return (first.unit, first.identity) == (second.unit, second.identity)


def crossed(*groups: Sequence[Line]) -> tuple[Line, ...]:
    """Every combination of what is compared; the plain line where nothing is."""
    return tuple(_joined(lines) for lines in product(*(group for group in groups if group)))


def amount_label(name: str, amount: float) -> str:
    """“Wrong labels: 20 %”, “Wrong labels: none” where the amount spoils nothing."""
    corruption = corruption_named(name)
    if amount == corruption.amount.identity:
        return f"{corruption.title}: none"
    return f"{corruption.title}: {corruption.amount.text(amount)}"


def share_words(share: float) -> str:
    """“10 %”."""
    return f"{numeral(100 * share, 3)} %"


def even_amounts(low: float, high: float, count: int, whole: bool = False) -> tuple[float, ...]:
    """So many amounts from the first to the last, evenly spaced; `whole` ones as nearly as goes."""
    if count < 2:
        return (low,)
    step = (high - low) / (count - 1)
    amounts = tuple(round(low + place * step, 9) for place in range(count))
    return tuple(dict.fromkeys(float(round(amount)) for amount in amounts)) if whole else amounts


def amounts_from(text: str, where: str) -> tuple[float, ...]:
    """“0:0.6:7” (seven from 0 to 0.6) or “0, 0.1, 0.3” as numbers.

    Raises:
        UserError: it is neither, too many, or one stands there twice; names `where` it stands.
    """
    example = "Write 0:0.6:7 for seven amounts from 0 to 0.6, or 0,0.1,0.3."
    try:
        if ":" in text:
            low, high, count = (part.strip() for part in text.split(":"))
            if not 1 <= int(count) <= _MOST_AMOUNTS:
                raise UserError(f"{where}: {count} amounts do not fit.", f"Up to {_MOST_AMOUNTS}.")
            amounts = even_amounts(float(low), float(high), int(count))
        else:
            amounts = tuple(float(part) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise UserError(f"{where}: “{text}” is no list of amounts.", example) from error
    if not amounts:
        raise UserError(f"{where}: there is no amount.", example)
    if len(set(amounts)) < len(amounts):
        raise UserError(f"{where}: an amount stands there twice.", example)
    return amounts


def _model_label(model: ModelConfig, with_options: bool) -> str:
    title = model_named(model.name).title
    if not with_options or not model.options:
        return title
    return f"{title}, " + ", ".join(_option_text(*item) for item in model.options.items())


def _option_text(name: str, value: object) -> str:
    text = "–".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{name} {text or 'none'}"


def _joined(lines: Sequence[Line]) -> Line:
    """One line that is all of them."""
    return Line(
        label=", ".join(line.label for line in lines if line.label),
        model=next((line.model for line in lines if line.model is not None), None),
        besides=tuple(config for line in lines for config in line.besides),
        instead=next((line.instead for line in lines if line.instead), ""),
    )
