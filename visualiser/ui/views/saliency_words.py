"""What is said of a look at an example: how much of what speaks for an answer lies where."""

import numpy as np
from PySide6.QtCore import QCoreApplication

from visualiser.core.clues import clue_noun
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.numerals import numeral, probability_text, share_text
from visualiser.core.questions.saliency import TOLERANCE, Attribution, Baseline, LookedAt

_DIGITS = 3
_FEW = 3
"""Words and columns that are named."""


def answer_words(dataset: Dataset, looked: LookedAt, model: Attribution) -> str:
    """“mammal 98 %”, of the class in question; or the predicted target."""
    if looked.code is None:
        return dataset.label_text(float(model.output))
    name = isolated(dataset.class_names[looked.code])
    return f"{name} {probability_text(float(model.output[looked.code]))}"


def subject_words(dataset: Dataset, looked: LookedAt) -> str:
    """What parts speak for: ““mammal””, or “a higher price”."""
    if looked.code is None:
        return _tr("a higher {target}").format(target=isolated(dataset.target))
    return f"“{isolated(dataset.class_names[looked.code])}”"


def looked_sentence(dataset: Dataset, looked: LookedAt) -> str:
    """Where most of it lies, as far as that is known."""
    if not np.isfinite(looked.student.values).all():
        return _tr("The answers are no numbers any more (NaN): the run has diverged.")
    if looked.region is not None:
        return _region_sentence(dataset, looked, looked.region)
    if looked.spans or looked.names:
        return _names_sentence(dataset, looked)
    return _tr("Blue speaks for {subject}, orange against it.").format(
        subject=subject_words(dataset, looked)
    )


def _region_sentence(dataset: Dataset, looked: LookedAt, region: np.ndarray) -> str:
    """“84 % of what speaks for “mammal” comes from the ground, 61 % of the picture”.

    Signed sums, not what is above zero alone: those add up to the answer, and grain does not count.
    """
    on_clue = looked.region_is == "clue"
    shown = region if on_clue else 1 - region
    words = {
        "clue": clue_noun(dataset, "mark" if on_clue else "ground"),
        "rest": _tr("the rest") if on_clue else _tr("the thing"),
        "subject": subject_words(dataset, looked),
        "example": noun_of(dataset).one,
        "part": share_text(float(shown.mean())),
    }
    of_clue, of_rest = sums_within(looked.student, shown)
    figures = {"a": value_words(of_clue), "b": value_words(of_rest)}
    if of_clue > 0 and of_rest > 0:
        figures["share"] = share_text(of_clue / (of_clue + of_rest))
        text = _tr(
            "{share} of what speaks for {subject} comes from the {clue} ({part} of the {example})"
        )
    elif of_clue > 0:
        text = _tr("The {clue} speaks for {subject} ({a}), {rest} against it ({b})")
    elif of_rest > 0:
        text = _tr("The {clue} speaks against {subject} ({a}), {rest} for it ({b})")
    else:
        text = _tr("Both the {clue} and {rest} speak against {subject}")
    text = text.format(**words, **figures)
    if looked.twin is not None:
        twin_clue, twin_rest = map(value_words, sums_within(looked.twin, shown))
        text += _tr("; in its clean twin the {clue} adds {a}, {rest} {b}").format(
            a=twin_clue, b=twin_rest, **words
        )
    return f"{text}."


def sums_within(model: Attribution, region: np.ndarray) -> tuple[float, float]:
    """What all parts within a region in 0 … 1 add to the score together, and what all others do."""
    inside = float((model.values * region).sum(dtype=np.float64))
    return inside, float(model.values.sum(dtype=np.float64)) - inside


def part_names(dataset: Dataset, looked: LookedAt) -> list[str]:
    """Words as they stand in the message, or columns with the values of the row."""
    if looked.spans:
        text = str(np.asarray(looked.features)[0])
        return [text[start:end] for start, end in looked.spans]
    if isinstance(looked.features, Table):
        table = looked.features
        return [f"{name}: {table.text(0, n)}" for n, name in enumerate(table.names)]
    return list(looked.names)


def _names_sentence(dataset: Dataset, looked: LookedAt) -> str:
    """Which words or columns speak most for and against."""
    values = looked.student.values
    names = [f"“{isolated(name)}”" for name in part_names(dataset, looked)]
    order = np.argsort(-values, kind="stable").tolist()
    pulling = list(dict.fromkeys(names[at] for at in order if values[at] > 0))[:_FEW]
    against = list(dict.fromkeys(names[at] for at in order[::-1] if values[at] < 0))[:_FEW]
    subject, parts = subject_words(dataset, looked), []
    if pulling:
        parts.append(
            _tr("For {subject} speak {names}").format(subject=subject, names=_and(pulling))
        )
    if against:
        text = _tr("against it {names}") if pulling else _tr("Against {subject} speak {names}")
        parts.append(text.format(subject=subject, names=_and(against)))
    return "; ".join(parts) + "." if parts else _tr("No part speaks for any answer.")


def _and(names: list[str]) -> str:
    *first, last = names
    return _tr("{names} and {last}").format(names=", ".join(first), last=last) if first else last


def baseline_words(dataset: Dataset, baseline: Baseline) -> str:
    """What the example is compared with."""
    if baseline == "mean":
        text = _tr("the mean of the training {examples}")
        return text.format(examples=noun_of(dataset).many)
    words = {
        "images": _tr("a black picture"),
        "text": _tr("a message without words"),
        "sound": _tr("silence"),
    }
    return words[dataset.modality]


def method_words(dataset: Dataset, looked: LookedAt, baseline: Baseline) -> str:
    """How it is measured, and whether it adds up."""
    model = looked.student
    unit = _tr("log-odds") if looked.code is not None else (dataset.unit or dataset.target)
    text = _tr(
        "Integrated gradients at {steps} points on the way from {baseline}. All parts add up to "
        "{sum} of the {wanted} ({unit}) that the answer differs by."
    ).format(
        steps=model.steps,
        baseline=baseline_words(dataset, baseline),
        sum=_number(float(model.values.sum())),
        wanted=_number(model.score - model.baseline),
        unit=unit,
    )
    return text if adds_up(model) else text + _tr(" That is not close: take it with care.")


def adds_up(model: Attribution) -> bool:
    """Whether the parts add up to what they should, about; amounts are of any size."""
    wanted = abs(model.score - model.baseline)
    return abs(model.gap) <= 5 * TOLERANCE * max(wanted, 1.0 if model.output.ndim else 0.0)


def value_words(value: float) -> str:
    """“+0.31”, “−1.2”."""
    return ("+" if value > 0 else "") + _number(value)


def _number(value: float) -> str:
    return numeral(value, _DIGITS) if np.isfinite(value) else "–"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Saliency", text)
