"""A column that gives the answer away.

Kaufman, Rosset, Perlich & Stitelman 2012, “Leakage in Data Mining”: a leak shows as a single
feature that predicts the target far better than it should, and as figures too good to be true. So
three things must come together: a look-up table of that column alone tells the target nearly
perfectly; no other column comes near it, or both would just be good evidence, as the two measures
of an iris's petal are, unless they say the same, as copies do; and the model goes by it, which is
seen by dealing its values out anew (permutation importance, Breiman 2001). Where clean validation
rows do not have the relation, the column leaks in training only, and a weaker relation is enough:
chance and honest evidence are the same in both parts. The column that makes the groups is known of
each row beforehand: where it goes with the labels, they are biased, which is told of the groups.
"""

from visualiser.core.data.isolated_name import in_quotes, isolated
from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Bar, Bars, Figure, Table
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.diagnosis.skill_words import skill_text
from visualiser.core.questions.reliance import RELIANCE, Clue, Reliance

_NEARLY_ALL = 0.8
"""Skill of the column alone: four of five errors are gone. The best honest single column in the
bundled tables that stands alone reaches 0.56 (area of a house), the best with rivals 0.89."""
_AHEAD = 0.3
"""Of the next best column, in skill."""
_MUCH, _GONE = 0.5, 0.3
"""For a leak in training only: skill there, and how much of it clean rows must lack."""
_LEANS = 0.4
"""Share of the model's skill that is lost when the column is dealt out anew."""
_SHOWN = 5


def _find(case: Case) -> Finding | Verdict:
    if case.snapshot.info.dataset.modality != "table":
        return NOT_HERE
    reliance = case.snapshot.answer(RELIANCE)
    if reliance is None or not case.is_settled:
        return TOO_EARLY
    for clue in reliance.clues:
        if case.snapshot.info.dataset.group_title in clue.names:
            continue
        if clue.kind in ("column", "columns") and _leans(reliance, clue):
            only_training = clue.rule_validation < clue.rule - _GONE
            if _alone_nearly_perfect(reliance, clue) or (only_training and clue.rule > _MUCH):
                return _finding(case, reliance, clue, only_training)
    return NOTHING


def _leans(reliance: Reliance, clue: Clue) -> bool:
    return reliance.skill > 0 and reliance.skill - clue.without > _LEANS * reliance.skill


def _alone_nearly_perfect(reliance: Reliance, clue: Clue) -> bool:
    others = [skill for name, skill in reliance.rules if name not in clue.names and skill == skill]
    return clue.rule >= _NEARLY_ALL and clue.rule - max([0.0, *others]) >= _AHEAD


def _finding(case: Case, reliance: Reliance, clue: Clue, only_training: bool) -> Finding:
    target = isolated(case.snapshot.info.dataset.target)
    return Finding(
        "leaked_column",
        (_of_one if len(clue.names) == 1 else _of_several)(clue, target, only_training),
        "alarm",
        "Ask whether that is known when the model is to answer. If it is written down only "
        "afterwards, leave it out and train again.",
        (_columns(reliance, clue), _leaning(reliance, clue)),
        view="influence",
    )


def _of_one(clue: Clue, target: str, only_training: bool) -> str:
    where, held = _held(only_training, "it tells")
    return (
        f"The column {in_quotes(clue.names)} {where}seems to give “{target}” away: by itself it "
        f"removes {_percent(clue.rule)} of the errors, and the model leans on it.{held}"
    )


def _of_several(clue: Clue, target: str, only_training: bool) -> str:
    where, held = _held(only_training, "they tell")
    return (
        f"The columns {in_quotes(clue.names)} {where}each seem to give “{target}” away: the best "
        f"alone removes {_percent(clue.rule)} of the errors, and the model leans on them.{held}"
    )


def _held(only_training: bool, they_tell: str) -> tuple[str, str]:
    """Where the relation holds, within the sentence and after it."""
    if not only_training:
        return "", ""
    return (
        "of the training data ",
        f" In clean data {they_tell} nothing of the kind, so that the model fails there.",
    )


def _columns(reliance: Reliance, clue: Clue) -> Bars:
    return Bars(
        "Share of the errors that a column alone removes",
        tuple(
            Bar(isolated(name), max(skill, 0.0), _percent(skill), warning=name in clue.names)
            for name, skill in reliance.rules[:_SHOWN]
        ),
        limit=max(reliance.skill, 0.0),
        limit_title="the model, with all columns",
    )


def _leaning(reliance: Reliance, clue: Clue) -> Table:
    what, one = (
        ("that column", "that column") if len(clue.names) == 1 else ("those columns", "one of them")
    )
    rows = [
        Figure("model, training rows", _percent(reliance.skill)),
        Figure(f"with {what} dealt out anew", _percent(clue.without)),
        Figure("model, clean validation rows", _percent(reliance.skill_validation)),
        Figure(f"{one} alone, clean rows", _percent(clue.rule_validation)),
    ]
    return Table("Share of the errors removed", tuple(rows))


def _percent(skill: float) -> str:
    return skill_text(skill)


CHECK = Check("leaked_column", "a leaked column", _find, frozenset({RELIANCE}))
