"""Where a model fails: classes taken for others, amounts missed, characters not foretold, clues."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.clue_outcome import ClueOutcome, clue_sentence
from visualiser.core.clues import WAYS, Way, clue_noun, clues_of_run
from visualiser.core.data.isolated_name import isolated
from visualiser.core.numerals import share_text
from visualiser.core.outcome_figures import watched_labels
from visualiser.core.report.spec import Block, Material, Picture, Question, Table
from visualiser.core.tasks.language import next_characters

_FEWEST, _MOST = 20, 6
"""Times that a character has to come to be judged, and how many of the hardest are named."""
_NAMES = {" ": "space", "\n": "end of a line"}


def _fails(material: Material) -> tuple[Block, ...]:
    info, predictions = material.snapshot.info, material.snapshot.predictions
    blocks = [*_confused(material)]
    finite = predictions is not None and bool(np.isfinite(predictions.output).all())
    if finite and info.dataset.predicts_amounts:
        blocks += _missed(material)
    if finite and info.dataset.task == "language":
        blocks += _unforeseen(material)
    for outcome in material.clues:
        blocks += _by_clue(material, outcome)
    return tuple(blocks)


def _confused(material: Material) -> list[Block]:
    confusions = material.outcome.confusions
    if not confusions:
        return []
    twin = any(c.twin_share is not None for c in confusions)
    head = ("is taken for", "of its class", *(["by the twin"] if twin else []))
    rows = []
    for c in confusions:
        cells = [f"“{isolated(c.true)}” as “{isolated(c.predicted)}”", f"{100 * c.share:.0f} %"]
        if twin:
            cells.append("–" if c.twin_share is None else f"{100 * c.twin_share:.0f} %")
        rows.append(tuple(cells))
    return [
        Table(head, tuple(rows)),
        Picture("gallery", "Its surest mistakes on validation examples."),
    ]


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


def _by_clue(material: Material, outcome: ClueOutcome) -> list[Block]:
    """What was answered with the clue swapped, of validation or test rows."""
    dataset = material.snapshot.info.dataset
    noun = clue_noun(dataset, outcome.clue)
    models = [outcome.student, *([outcome.twin] if outcome.twin is not None else [])]
    names = ("your model", "clean twin")[: len(models)]
    titles: dict[Way, str] = {
        "as_it_is": "as they are",
        "fitting": f"with the {noun} of their class",
        "swapped": f"with the {noun} of another",
    }
    rows = [(titles[way], *(_share(model.right[way].value) for model in models)) for way in WAYS]
    follows = (f"answered as the swapped {noun} says", *(_share(m.follows.value) for m in models))
    healed = next(
        (o.healed_at for o in clues_of_run(material.snapshot) if o.clue == outcome.clue), None
    )
    said = clue_sentence(outcome, dataset)
    if healed is not None:
        said += f" Training has been without the {noun} since step {healed:,}."
    return [Table((f"right, {outcome.part}", *names), (*rows, follows)), said]


def _share(share: float) -> str:
    return f"{100 * share:.1f} %"


QUESTION = Question("Where does it fail?", _fails)
