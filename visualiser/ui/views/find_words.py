"""What is said of suspects, decisions and scores."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.findings.review import Decision, Review, ReviewScore, Verdict
from visualiser.core.findings.search import Findings
from visualiser.core.findings.truth import Truth
from visualiser.core.numerals import probability_text, share_text
from visualiser.core.repair import columns_text
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.example_text import example_text


def example_words(findings: Findings, position: int) -> str:
    """The example in one line: a message, a row, what is said in a clip."""
    dataset, part = findings.search.dataset, findings.part
    if dataset.captions:
        return dataset.captions[int(part.rows[position])]
    return example_text(dataset, part.features, position)


def label_words(dataset: Dataset, label: float) -> str:
    """A label as it stands in the table."""
    return dataset.label_text(label)


def thought_words(findings: Findings, position: int) -> str:
    """What a model that was not shown the row thinks: “7 93 %, label 2 %”."""
    told, dataset = findings.foretold, findings.search.dataset
    if told is None:
        return ""
    answer = told.output[position]
    if dataset.predicts_amounts:
        return dataset.label_text(float(answer))
    best, given = int(np.argmax(answer)), int(findings.part.labels[position])
    text = f"{dataset.label_text(best)} {probability_text(float(answer[best]))}"
    if best == given:
        return text
    return _tr("{answer}, label {share}").format(
        answer=text, share=probability_text(float(answer[given]))
    )


def decision_words(dataset: Dataset, decision: Decision | None) -> str:
    """“→ 7”, “left out”, “label is right”, “skipped”; empty without a decision."""
    if decision is None:
        return ""
    if decision.verdict == "relabel" and decision.label is not None:
        return f"→ {dataset.label_text(decision.label)}"
    words: dict[Verdict, str] = {
        "accept": _tr("label is right"),
        "drop": _tr("left out"),
        "skip": _tr("skipped"),
        "relabel": "",
    }
    return words[decision.verdict]


def truth_words(findings: Findings, truth: Truth, position: int) -> str:
    """What is really wrong with a row: “truly 7”, “spoiled values”, “a copy”, “right”."""
    dataset = findings.search.dataset
    words = []
    if truth.label[position]:
        label = dataset.label_text(float(truth.true_labels[position]))
        words.append(_tr("truly {label}").format(label=label))
    if truth.values[position]:
        words.append(_tr("spoiled values"))
    if truth.copy[position]:
        words.append(_tr("a copy"))
    return ", ".join(words) or _tr("right")


def progress_words(findings: Findings, finder: str, looked_at: int) -> str:
    """“17 of 230 looked at”."""
    flagged = int(findings.suspects[finder].flagged.sum())
    return _tr("{looked:,} of {flagged:,} looked at").format(looked=looked_at, flagged=flagged)


def searched_words(findings: Findings, finder: str) -> str:
    """How many rows were searched, and what came of it where it is nothing."""
    rows = noun_of(findings.search.dataset).counted(len(findings.part))
    if findings.suspects[finder].flagged.any():
        return _tr("{rows} were searched.").format(rows=rows)
    return _tr("This finder suspects none of {rows}.").format(rows=rows)


def repairs_words(dataset: Dataset, review: Review) -> str:
    """“12 relabelled, 3 left out, 2 found right”; a sentence where nothing was decided."""
    counts, noun = review.counts(), noun_of(dataset)
    parts = [columns_text(review.columns)] if review.columns else []
    if counts["relabel"]:
        parts.append(_tr("{count:,} relabelled").format(count=counts["relabel"]))
    if counts["drop"]:
        parts.append(_tr("{rows} left out").format(rows=noun.counted(counts["drop"])))
    if counts["accept"]:
        parts.append(_tr("{count:,} found right").format(count=counts["accept"]))
    return ", ".join(parts) if parts else _tr("Nothing is decided yet.")


def comparison_words(snapshot: Snapshot) -> str:
    """The third model beside the others on clean validation rows; empty without one."""
    cleaned = snapshot.cleaned_validation
    if cleaned is None:
        return ""
    metric, dataset = snapshot.info.metric, snapshot.info.dataset

    def text(name: str, value: float) -> str:
        return f"{name} {metric.text(value, dataset)}" if np.isfinite(value) else f"{name} –"

    models = [
        text(_tr("repaired"), cleaned.values[metric.name]),
        text(_tr("spoiled"), snapshot.validation.values[metric.name]),
    ]
    if snapshot.twin_validation is not None:
        models.append(text(_tr("clean"), snapshot.twin_validation.values[metric.name]))
    title = f"{metric.title[:1].upper()}{metric.title[1:]}"
    return _tr("{metric} on clean validation rows: {models}").format(
        metric=title, models=" · ".join(models)
    )


def review_words(score: ReviewScore, finder: str) -> str:
    """How well a person decided, and as many of the finder's suspects beside it."""
    if not score.changed and not score.accepted:
        return _tr("You have not decided on any row yet.")
    sentences = []
    if score.changed:
        sentences.append(
            _tr(
                "You changed {changed:,}: {hits:,} of them are really wrong (precision {precision},"
                " recall {recall}). Of its {changed:,} most suspicious rows, {finder} is right in "
                "{own:,}."
            ).format(
                changed=score.changed,
                hits=score.hits,
                precision=share_text(score.precision),
                recall=share_text(score.recall),
                finder=f"“{isolated(finder)}”",
                own=score.finder_hits,
            )
        )
    if score.relabelled:
        sentences.append(
            _tr("Wrong labels that you replaced: {count:,}, by the true one in {right}.").format(
                count=score.relabelled, right=share_text(score.rightly / score.relabelled)
            )
        )
    if score.accepted:
        sentences.append(
            _tr("Labels that you called right: {count:,}, of which {missed:,} wrong.").format(
                count=score.accepted, missed=score.missed
            )
        )
    return " ".join(sentences)


def silent_words(silent: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Which finders have nothing to look at, and why; one reason once."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in silent.items():
        by_reason.setdefault(reason, []).append(titles[name])
    return " ".join(f"{', '.join(names)}: {reason}." for reason, names in by_reason.items())


def _tr(text: str) -> str:
    return QCoreApplication.translate("FindIt", text)
