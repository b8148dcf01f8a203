"""What a run came to, in words: plain sentences, each true to the figures it is drawn from."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.classification import confusion_matrix, recall, share_error
from visualiser.core.metrics.fairness import FEWEST_IN_GROUP
from visualiser.core.metrics.paired import CLEARLY
from visualiser.core.numerals import numeral
from visualiser.core.outcome_figures import (
    Comparison,
    compare,
    figure_text,
    standard_error,
    watched_labels,
)
from visualiser.core.outcome_groups import GroupGap
from visualiser.core.outcome_healing import healed_at
from visualiser.core.outcome_wrong_labels import learning, same_mistakes
from visualiser.core.training.snapshot import Predictions, Snapshot

MOST = 3
"""As many sentences are read; what matters most comes first."""


_THIN_OUT = frozenset({"class_imbalance", "missing_region"})
"""Ways of spoiling that take examples from some classes more than from others."""


def before_the_start(snapshot: Snapshot) -> str:
    """What to do."""
    if not snapshot.changes:
        return "Press Play to train. The model has learnt nothing yet: its weights are random."
    if snapshot.twin_validation is None:
        return "Press Play to train on the spoiled data."
    return "Press Play: the model trains on the spoiled data, its clean twin on the clean data."


def broke_down(snapshot: Snapshot, validation: Comparison) -> tuple[str, ...]:
    """What happened, what to do, and where there is one how a twin stands that did not."""
    what = (
        f"Training broke down by step {snapshot.step:,}, at a learning rate of "
        f"{numeral(snapshot.learning_rate)}."
    )
    advice = snapshot.advice or (
        "The weights grew beyond all bounds. Lower the learning rate, then reset."
    )
    twin = snapshot.twin_validation
    if snapshot.twin_differs and twin is not None and np.isfinite(twin.loss):
        return (what, advice, f"The clean twin did not: it stands at {validation.twin_text}.")
    return (what, advice)


def comparison_words(snapshot: Snapshot, validation: Comparison) -> str:
    """Where the student stands against its twin, or alone."""
    if validation.twin is None:
        healed = healed_at(snapshot)
        clean = "The" if healed is None else f"The data is clean again since step {healed:,}: the"
        return f"{clean} model {_result(snapshot, validation)}."
    if not snapshot.twin_differs:
        if snapshot.changes:
            return "The data is spoiled from the next step on."
        return "The data is clean: the model and its twin are one and the same."
    if validation.effect is None:
        return "The clean twin's answers are not numbers any more: there is nothing to compare."
    if not snapshot.changes:
        return _after_healing(snapshot, validation)
    return _price(snapshot, validation)


def _price(snapshot: Snapshot, validation: Comparison) -> str:
    noun = noun_of(snapshot.info.dataset)
    mine, other = validation.student_text, validation.twin_text
    if validation.effect == "worse":
        cost = _cost(snapshot, validation)
        twin = " ".join(filter(None, (snapshot.info.metric.wording.preposition, other)))
        return (
            f"Trained on spoiled data, the model {_result(snapshot, validation)}; its clean twin "
            f"{twin}. The spoiling costs {cost}."
        )
    if validation.effect == "better":
        return (
            f"Trained on spoiled data, the model does better than its clean twin, {mine} against "
            f"{other}: that happens by luck, or where it learns less by heart."
        )
    if validation.too_few_rows:
        return (
            f"Too few {noun.many} to tell what the spoiling does: {mine} against {other} of the "
            f"clean twin can be chance on {noun.counted(validation.rows, 'validation')}."
        )
    return (
        f"The spoiling makes no clear difference so far: {mine} against {other} of the clean twin "
        f"is within chance on {noun.counted(validation.rows, 'validation')}."
    )


def _cost(snapshot: Snapshot, validation: Comparison) -> str:
    """The size of the difference: “12.5 points”, “$ 3,100”, “0.163 bits a character”."""
    metric = snapshot.info.metric
    unit = metric.wording.tail if metric.unit == "number" else ""
    return " ".join(filter(None, (validation.difference_text.lstrip("+−"), unit)))


def _after_healing(snapshot: Snapshot, validation: Comparison) -> str:
    healed = healed_at(snapshot)
    by = _cost(snapshot, validation)
    place = {
        "worse": f"still behind its twin by {by}",
        "better": f"ahead of its twin by {by}",
        "no clear difference": "level with its twin, as far as one can tell",
    }[validation.effect or "no clear difference"]
    since = "" if healed is None else f" since step {healed:,}"
    return f"The data is clean again{since}, and the model is {place}."


def _result(snapshot: Snapshot, validation: Comparison) -> str:
    """“is right on 81.7 % of 525 clean validation pictures”."""
    where = noun_of(snapshot.info.dataset).counted(validation.rows, "clean validation")
    return snapshot.info.metric.wording.result_over(validation.student_text, where)


def misleading_validation(snapshot: Snapshot, validation: Comparison) -> str:
    """Told where spoiled validation rows show another figure than clean ones."""
    if snapshot.spoiled_validation is None:
        return ""
    info = snapshot.info
    spoiled = compare(info, snapshot.spoiled_validation, snapshot.validation, validation.rows)
    if spoiled.difference is None or spoiled.effect == "no clear difference":
        return ""
    return (
        f"Spoiled validation data misleads: it shows {spoiled.student_text}, the clean one "
        f"{spoiled.twin_text}."
    )


def group_words(snapshot: Snapshot, groups: GroupGap | None) -> str:
    """The gap between groups, where spoiling changed it or where it is there without."""
    if groups is None or not np.isfinite(groups.student):
        return ""
    rows = [row for row in groups.groups if row.rows >= FEWEST_IN_GROUP]
    low = min(rows, key=lambda row: row.student)
    high = max(rows, key=lambda row: row.student)
    if not high.student > low.student:
        return ""  # all groups are alike: a gap of the twin's only is closed, and nobody behind
    names = isolated(low.name), isolated(high.name)
    gap = f"“{names[0]}” {low.student_text}, “{names[1]}” {high.student_text}"
    whole = f"{_capital(groups.measure)}: {gap}, a gap of {groups.student_text}"
    if not snapshot.twin_differs or groups.twin is None:
        clean = "" if snapshot.changes else ", on clean data"
        return f"{whole}, more than chance explains{clean}." if groups.beyond_chance else ""
    grew = groups.beyond_twin and groups.student > groups.twin
    if not (grew or groups.beyond_chance):
        return ""
    chance = "" if groups.beyond_twin else ", a difference within chance"
    return f"{whole}; the twin's is {groups.twin_text}{chance}."


def wrong_label_words(snapshot: Snapshot, comparison: str) -> str:
    """Whether wrong labels were learnt; `comparison` is told where the model knows next to nothing.

    A model that gives one answer to all repeats some wrong labels and “sees through” the others.
    """
    memorised, how = snapshot.memorised, learning(snapshot)
    if memorised is None or not how:
        return ""
    learnt = _per_cent(memorised.learnt / memorised.total)
    many = noun_of(snapshot.info.dataset).many
    if how == "bias":
        return f"The model repeats {learnt} of the biased labels: it took over the bias."
    if how == "as a rule":
        return (
            f"The model repeats {learnt} of the wrong labels, and errs as often in the same way on "
            f"new {many}: it has learnt the mistake as a rule."
        )
    if how == "by heart":
        others = same_mistakes(snapshot)
        if others is None:
            return f"The model repeats {learnt} of the wrong labels: it learns by heart."
        return (
            f"The model repeats {learnt} of the wrong labels, but makes such mistakes on "
            f"{_per_cent(others.share)} of new {many}: it learns by heart."
        )
    resisted = _per_cent(memorised.resisted / memorised.total)
    return "" if comparison else f"The model sees through {resisted} of the wrong labels."


def thins_out(snapshot: Snapshot) -> bool:
    """Whether the data in force has lost examples of some classes more than of others."""
    return any(change.name in _THIN_OUT for change in snapshot.changes)


def rare_class_words(snapshot: Snapshot) -> str:
    """The class that lost examples and suffers most, where it is clearly worse off than before."""
    predictions = snapshot.predictions
    if not thins_out(snapshot) or predictions is None or predictions.twin_output is None:
        return ""
    student, twin, rows = _recalls(snapshot, predictions)
    if not (np.isfinite(predictions.output).all() and np.isfinite(predictions.twin_output).all()):
        return ""
    gone = np.bincount(snapshot.spoiled_train.labels, minlength=len(rows)) == 0
    # Of a class that is gone there is no doubt why; of others too few rows say nothing.
    loss = np.where((rows >= FEWEST_IN_GROUP) | (gone & (rows > 0)), twin - student, 0.0)
    worst = int(np.argmax(loss))
    count = int(rows[worst])
    error = np.hypot(share_error(student[worst], count), share_error(twin[worst], count))
    if not loss[worst] > CLEARLY * error:
        return ""
    name, many = (
        isolated(snapshot.info.dataset.class_names[worst]),
        noun_of(snapshot.info.dataset).many,
    )
    fate = "is missing from the training data" if gone[worst] else "suffers most"
    return (
        f"“{name}” {fate}: the model recognises {_per_cent(student[worst])} of its {many}, "
        f"the twin {_per_cent(twin[worst])}."
    )


def _recalls(
    snapshot: Snapshot, predictions: Predictions
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """(K,) recall of student and twin, NaN for a class without examples, and (K,) examples."""
    assert predictions.twin_output is not None
    labels, classes = watched_labels(snapshot.info), snapshot.info.dataset.class_count
    student = confusion_matrix(labels, predictions.output.argmax(axis=1), classes)
    twin = confusion_matrix(labels, predictions.twin_output.argmax(axis=1), classes)
    return recall(student), recall(twin), student.sum(axis=1)


def baseline_words(snapshot: Snapshot, validation: Comparison) -> str:
    """Told where the model is not clearly better than an answer without any model."""
    info = snapshot.info
    base = info.baseline
    lead = validation.student - base.figure
    if info.metric.lower_is_better:
        lead = -lead
    if not lead <= CLEARLY * standard_error(info, snapshot.validation, validation.rows):
        return ""
    result = info.metric.wording.result(figure_text(info, base.figure))
    return f"For comparison: {base.words} {result}."


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}{NO_BREAK}%"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
