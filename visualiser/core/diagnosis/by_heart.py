"""Wrong labels that are learnt by heart, taken over as a rule or as a bias, or seen through.

Arpit et al. 2017, “A Closer Look at Memorization in Deep Networks”; how it is told apart from mere
mistakes stands in outcome_wrong_labels.
"""

from visualiser.core.data.isolated_name import isolated
from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Bar, Bars, Example, Examples
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, Check, Finding, Kind, Verdict
from visualiser.core.numerals import share_text
from visualiser.core.outcome_sentences import baseline_words, wrong_label_words
from visualiser.core.outcome_wrong_labels import learning, same_mistakes
from visualiser.core.training.snapshot import Snapshot

_SHOWN = 5
_ADVICE = {
    "by heart": "Stop earlier, or hold the model back with dropout or weight decay; better still, "
    "look for the wrong labels and put them right.",
    "as a rule": "The labels are wrong in one way: find out who or what mixes these classes up.",
    "bias": "More data with the same bias will not help: find out how that group was labelled.",
    "resisted": "",
}


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    if snapshot.memorised is None:
        return NOT_HERE
    if snapshot.step == 0 or snapshot.state == "diverged":
        return NOTHING
    sentence = wrong_label_words(snapshot, baseline_words(snapshot, case.validation))
    if not sentence:
        return NOTHING
    how = learning(snapshot)
    kind: Kind = "note" if how == "resisted" else "alarm"
    return Finding(
        "by_heart",
        sentence,
        kind,
        _ADVICE.get(how, ""),
        (_bars(snapshot), *_examples(snapshot)),
        view="by_heart",
    )


def _bars(snapshot: Snapshot) -> Bars:
    counts = snapshot.memorised
    assert counts is not None
    bars = [
        _bar("as wrongly given", counts.learnt / counts.total, learning(snapshot) != "resisted"),
        _bar("with the true label", counts.resisted / counts.total),
    ]
    others = same_mistakes(snapshot)
    if others is not None:
        bars.append(_bar("such mistakes on new rows", others.share))
    whole = "a sample of " if counts.sampled else ""
    return Bars(f"Answers to {whole}{counts.total:,} wrong labels", tuple(bars))


def _bar(title: str, share: float, warning: bool = False) -> Bar:
    return Bar(title, share, share_text(share), warning=warning)


def _examples(snapshot: Snapshot) -> tuple[Examples, ...]:
    """Those that were learnt first."""
    wrong, names = snapshot.wrong_labels, snapshot.info.dataset.class_names
    if wrong is None:
        return ()
    learnt = [(since, place) for place, since in enumerate(wrong.since.tolist()) if since >= 0]
    rows = tuple(
        Example(
            int(wrong.rows[place]),
            f"labelled “{isolated(names[wrong.given[place]])}”, truly "
            f"“{isolated(names[wrong.true[place]])}”, repeated since step {since:,}",
        )
        for since, place in sorted(learnt)[:_SHOWN]
    )
    return (Examples("Wrong labels that it repeats", rows),) if rows else ()


CHECK = Check("by_heart", "wrong labels learnt by heart", _find)
