"""Where a model fails: classes taken for others, amounts missed, characters not foretold, clues."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from visualiser.core.clue_outcome import ByClue, ClueOutcome, clue_sentence
from visualiser.core.clues import WAYS, Way, clue_noun, clues_of_run
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.intervals import Estimate
from visualiser.core.metrics.ranking import TOP
from visualiser.core.numerals import numeral, share_text
from visualiser.core.outcome_figures import watched_labels
from visualiser.core.report.spec import Block, Material, Picture, Question, Table
from visualiser.core.tasks.language import next_characters

_FEWEST, _MOST = 20, 6
"""Times that a character has to come to be judged, and how many of the hardest are named."""
_GALLERY = Picture("gallery", "Its surest mistakes on validation examples.")
BROKE_DOWN = "The run broke down: its answers are not numbers, so that none can be looked at."
_NAMES = {" ": "space", "\n": "end of a line"}


def _fails(material: Material) -> tuple[Block, ...]:
    dataset = material.snapshot.info.dataset
    predictions = material.snapshot.predictions
    if predictions is None or not np.isfinite(predictions.output).all():
        return (BROKE_DOWN,)
    blocks = _confused(material) if dataset.predicts_classes else []
    if dataset.predicts_amounts:
        blocks += _missed(material)
    if dataset.task == "language":
        blocks += _unforeseen(material)
    if dataset.modality == "purchases":
        blocks.append(_not_found(predictions.output[:, 1]))
    for clue in dict.fromkeys(outcome.clue for outcome in material.clues):
        blocks += _by_clue(material, [one for one in material.clues if one.clue == clue])
    return tuple(blocks)


def _not_found(place: NDArray[np.float64]) -> str:
    """Of purchases that were held out, by the place that each has on its customer's list."""
    missed, text = int((place > TOP).sum()), f"{len(place):,} held-out purchases"
    return (
        f"Of {text} {missed:,} ({share_text(missed / max(len(place), 1))}) are not among the first "
        f"{TOP} products that it would show their customer; half stand at place "
        f"{numeral(float(np.median(place)))} or further down."
    )


def _confused(material: Material) -> list[Block]:
    confusions = material.outcome.confusions
    if not confusions:
        return _hardly_wrong(material)
    twin = material.snapshot.twin_differs and any(c.twin_share is not None for c in confusions)
    head = ("is taken for", "of its class", *(["by the twin"] if twin else []))
    rows = []
    for c in confusions:
        cells = [f"“{isolated(c.true)}” as “{isolated(c.predicted)}”", f"{100 * c.share:.0f} %"]
        if twin:
            cells.append("–" if c.twin_share is None else f"{100 * c.twin_share:.0f} %")
        rows.append(tuple(cells))
    return [Table(head, tuple(rows)), _GALLERY]


def _hardly_wrong(material: Material) -> list[Block]:
    """Where no class is taken for another often enough to be listed."""
    info, predictions = material.snapshot.info, material.snapshot.predictions
    assert predictions is not None
    labels = watched_labels(info)
    wrong = int((predictions.output.argmax(axis=1) != labels).sum())
    rows = noun_of(info.dataset).counted(len(labels), "clean validation")
    if not wrong:
        return [f"None of the {rows} is answered wrongly."]
    text = f"Of {rows} {wrong:,} {'is' if wrong == 1 else 'are'} answered wrongly"
    return [f"{text}: no class is often taken for one other.", _GALLERY]


def _missed(material: Material) -> list[Block]:
    info, predictions = material.snapshot.info, material.snapshot.predictions
    assert predictions is not None
    errors = np.abs(predictions.output - watched_labels(info))
    text = info.dataset.amount_text
    half, most = np.percentile(errors, [50, 95])
    return [
        f"Half of its answers are off by {text(half)} or more, one in twenty by more than "
        f"{text(most)}; the worst by {text(float(errors.max()))}.",
        Picture("scatter", "What it answered, and what was true."),
    ]


def _unforeseen(material: Material) -> list[Block]:
    """Bits by where in a word a character stands, and the characters that surprise it most."""
    snapshot, info = material.snapshot, material.snapshot.info
    assert snapshot.predictions is not None
    windows = np.asarray(info.split.validation.take(info.watched).features)
    before, came = windows[:, :-1].ravel(), next_characters(windows).ravel()
    mine = snapshot.predictions.output.ravel().astype(np.float64)
    other = snapshot.predictions.twin_output if snapshot.twin_differs else None
    twin = None if other is None else other.ravel().astype(np.float64)
    letters = np.array([char.isalpha() for char in info.dataset.alphabet])
    first = letters[came] & ~letters[before]
    kinds = {
        "first letter of a word": first,
        "later letters": letters[came] & ~first,
        "spaces, digits and signs": ~letters[came],
    }
    rows = tuple(_bits_row(name, at, mine, twin) for name, at in kinds.items() if at.any())
    head = (
        "bits for each character",
        "share",
        "your model",
        *(["clean twin"] if twin is not None else []),
    )
    return [Table(head, rows), _hardest(info.dataset.alphabet, came, mine)]


def _bits_row(
    name: str, at: NDArray[np.bool_], mine: NDArray[np.float64], twin: NDArray[np.float64] | None
) -> tuple[str, ...]:
    means = [mine[at].mean(), *([] if twin is None else [twin[at].mean()])]
    return (name, share_text(float(at.mean())), *(f"{mean:.2f}" for mean in means))


def _hardest(
    alphabet: tuple[str, ...] | str, came: NDArray[np.int64], bits: NDArray[np.float64]
) -> str:
    counts = np.bincount(came, minlength=len(alphabet))
    sums = np.bincount(came, weights=bits, minlength=len(alphabet))
    means = np.where(counts >= _FEWEST, sums / np.maximum(counts, 1), -np.inf)
    codes = [code for code in np.argsort(-means).tolist()[:_MOST] if np.isfinite(means[code])]
    if not codes:
        return ""
    named = ", ".join(
        f"“{isolated(_NAMES.get(alphabet[code], alphabet[code]))}” ({means[code]:.1f})"
        for code in codes
    )
    return f"Least foreseen of those that come {_FEWEST} times or more, in bits: {named}."


def _by_clue(material: Material, outcomes: Sequence[ClueOutcome]) -> list[Block]:
    """What was answered with a clue swapped, of validation rows and, where opened, of test rows.

    The sentence is on the last part: the test says what counts.
    """
    dataset, last = material.snapshot.info.dataset, outcomes[-1]
    noun = clue_noun(dataset, last.clue)
    names = ("your model", "clean twin")[: 1 if last.twin is None else 2]
    titles: dict[Way, str] = {
        "as_it_is": "as they are",
        "fitting": f"with the {noun} of their class",
        "swapped": f"with the {noun} of another",
    }
    rows = [(titles[way], *_shares(outcomes, partial(_right, way))) for way in WAYS]
    rows.append((f"answered as the swapped {noun} says", *_shares(outcomes, lambda m: m.follows)))
    healed = next(
        (o.healed_at for o in clues_of_run(material.snapshot) if o.clue == last.clue), None
    )
    said = clue_sentence(last, dataset)
    if healed is not None:
        said += f" Training has been without the {noun} since step {healed:,}."
    parts = " · ".join(outcome.part for outcome in outcomes)
    return [Table((f"right, {parts}", *names), tuple(rows)), said]


def _right(way: Way, model: ByClue) -> Estimate:
    return model.right[way]


def _shares(
    outcomes: Sequence[ClueOutcome], share: Callable[[ByClue], Estimate]
) -> tuple[str, ...]:
    """For each model a cell with a share of every part: “87.2 · 79.4 %”."""
    models = [[one.student for one in outcomes]]
    if all(one.twin is not None for one in outcomes):
        models.append([one.twin for one in outcomes if one.twin is not None])
    return tuple(
        " · ".join(f"{100 * share(model).value:.1f}" for model in of_parts) + f"{NO_BREAK}%"
        for of_parts in models
    )


QUESTION = Question("Where does it fail?", _fails)
