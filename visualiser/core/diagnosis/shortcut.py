"""A model that goes by something beside the point: a border, a ground, a hum, one word.

Geirhos et al. 2020, “Shortcut Learning in Deep Neural Networks”; Ribeiro et al. 2016, whose wolves
were told by the snow. The thing is taken away by giving each example that of another one (as in
permutation importance, Breiman 2001, and the mixed backgrounds of Xiao et al. 2021, “Noise or
Signal”), a word by leaving it out. Told where it is needed, in that the model loses half of its
skill without it, and enough, in that the model keeps most of it with nothing else. What a whole
picture needs is needed but not enough: clothing reaches the border of its pictures. Where a twin
learnt from clean data, it is the better judge: what the twin can do without is no part of the
thing. Then clean rows must need it too, or it must be enough: a model that learns wrong labels by
heart tells its training rows apart by their every pixel, and goes by none of them elsewhere. Of
sounds a twin or clean rows must tell, since two voices do differ in their quietest moments.

Stronger evidence still is a thing that goes with the class in training rows and not in clean ones
of the same source, as a rule shows that knows nothing else (see probes/suspects.py): it was put
there. Then a model that loses a clear part of its skill goes by it, if the twin loses much less.
Nothing here knows what was done to the data.
"""

from visualiser.core.data.isolated_name import in_quotes
from visualiser.core.data.nouns import noun_of
from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Bar, Bars, Figure, Table
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.diagnosis.skill_words import skill_text
from visualiser.core.questions.reliance import RELIANCE, Clue, ClueKind, Reliance

_NEEDED, _ENOUGH = 0.5, 0.6
"""Shares of the model's skill: at most so much is left without the thing, at least so much with
it alone."""
_NEEDED_CLEAN = 0.4
"""As _NEEDED, of clean rows. It is 0.57 and more where wrong labels are learnt by heart, and less
than 0.1 of marks that all rows have."""
_SPARED = 0.75
"""Of the twin's skill: a twin that keeps so much does not need the thing."""
_SKILLED = 0.3
"""A model that can do next to nothing goes by nothing."""
_GOES, _GONE = 0.5, 0.3
"""For a thing in training only: skill of the rule there, and how much of it clean rows lack."""
_CLEARLY = 0.15
"""Share of the model's skill that must rest on such a thing. It is a quarter where two words of a
message are exchanged, for a model that has a thousand other words."""
_LEAST_OF_TWIN = 0.5
"""The twin's loss, as a share of the student's, that is still a small one."""
_ALL = 0.9
"""Share of the skill that a hum in training only must give alone: kits of drums hum too."""
_FEWEST_AT_STAKE = 20
"""Rows that one answer to all gets wrong: of fewer, half of the skill is a handful of rows."""
_CLOSELY: frozenset[ClueKind] = frozenset({"marks", "words"})
"""What was looked for place by place or word by word, and not as a border is, as a whole."""
_ALONE: frozenset[ClueKind] = frozenset({"border", "ground", "word"})
"""What can be judged without a twin."""

_WHAT: dict[ClueKind, str] = {
    "border": "the border of the {many}",
    "ground": "the colour behind the thing",
    "marks": "marks that only its training {many} have",
    "hum": "what sounds all along",
    "word": "the word {names}",
    "words": "the words {names}",
}
_ADVICE: dict[ClueKind, str] = {
    "border": "Look at the borders for marks, frames and writing, and cover them; or collect "
    "pictures in which they do not go with the label.",
    "marks": "Look at training pictures of one kind side by side: what have they at the same place "
    "that new ones have not? Cover it, or collect pictures without it.",
    "ground": "Collect pictures of each kind on other grounds, or cut the thing out.",
    "hum": "Listen to the quiet moments: a tone, a room, a microphone? Collect clips of each kind "
    "under the same conditions.",
    "word": "Read messages with that word: does it come from where they were collected? Leave it "
    "out, or collect messages without it.",
    "words": "Read messages with these words: do they come from where the messages were collected? "
    "Leave them out, or collect messages without them.",
}
_VIEWS: dict[ClueKind, str] = {
    "border": "looked_at",
    "ground": "looked_at",
    "marks": "looked_at",
    "hum": "looked_at",
    "word": "words",
    "words": "words",
}


def _find(case: Case) -> Finding | Verdict:
    if case.snapshot.info.dataset.modality not in ("images", "sound", "text"):
        return NOT_HERE
    reliance = case.snapshot.answer(RELIANCE)
    if reliance is None or not case.is_settled:
        return TOO_EARLY
    if not (reliance.skill > _SKILLED and reliance.at_stake >= _FEWEST_AT_STAKE):
        return NOTHING
    # What is known most closely is told, and the stronger evidence first.
    clues = sorted(reliance.clues, key=lambda clue: clue.kind not in _CLOSELY)
    for shows_it in (_only_in_training, _is_beside_the_point):
        for clue in clues:
            if shows_it(reliance, clue):
                return _finding(case, reliance, clue)
    return NOTHING


def _only_in_training(reliance: Reliance, clue: Clue) -> bool:
    """Whether the thing was put into the training rows, and the model goes by it."""
    if not (clue.rule > _GOES and clue.rule_validation < clue.rule - _GONE):
        return False
    if clue.kind == "hum":
        spared = not clue.twin_alone > _SPARED * clue.alone
        needed = clue.without <= _NEEDED * reliance.skill
        return needed and clue.alone >= _ALL * reliance.skill and spared
    lost = reliance.skill - clue.without
    twin_lost = reliance.twin_skill - clue.twin_without
    return lost >= _CLEARLY * reliance.skill and not twin_lost > _LEAST_OF_TWIN * lost


def _is_beside_the_point(reliance: Reliance, clue: Clue) -> bool:
    """Whether the model can do without all but the thing, and not without the thing."""
    if clue.without > _NEEDED * reliance.skill:
        return False
    enough = clue.alone >= _ENOUGH * reliance.skill
    if reliance.twin_skill > _SKILLED and clue.twin_without == clue.twin_without:
        spared = clue.twin_without >= _SPARED * reliance.twin_skill
        return spared and (enough or _is_needed_by_clean_rows(reliance, clue))
    return clue.kind in _ALONE and (enough or clue.kind == "word")


def _is_needed_by_clean_rows(reliance: Reliance, clue: Clue) -> bool:
    skill = reliance.skill_validation
    return skill > 0 and clue.without_validation <= _NEEDED_CLEAN * skill


def _finding(case: Case, reliance: Reliance, clue: Clue) -> Finding:
    noun = noun_of(case.snapshot.info.dataset)
    what = _WHAT[clue.kind].format(many=noun.many, names=in_quotes(clue.names))
    return Finding(
        "shortcut",
        f"The model takes a shortcut: without {what}, it loses "
        f"{_lost(reliance, clue)} of what it can do on its training {noun.many}.",
        "alarm",
        _ADVICE[clue.kind],
        (_bars(reliance, clue, what), *_rules(reliance, clue)),
        view=_VIEWS[clue.kind],
    )


def _rules(reliance: Reliance, clue: Clue) -> tuple[Table, ...]:
    """What a rule makes of the thing, where training rows differ from clean ones."""
    if not _only_in_training(reliance, clue):
        return ()
    rows = (
        Figure("in training rows", skill_text(clue.rule)),
        Figure("in clean rows", skill_text(clue.rule_validation)),
    )
    return (Table("Errors removed by a rule that knows nothing else", rows),)


def _lost(reliance: Reliance, clue: Clue) -> str:
    lost = 1 - max(clue.without, 0.0) / reliance.skill
    return "all" if lost >= 0.995 else skill_text(lost)


def _bars(reliance: Reliance, clue: Clue, what: str) -> Bars:
    bars = [
        _bar("with everything", reliance.skill),
        _bar("without it", clue.without, reliance, clue.twin_without, warning=True),
    ]
    if clue.alone == clue.alone:
        bars.append(_bar("with it alone", clue.alone, warning=bool(clue.alone > clue.without)))
    bars.append(_bar("clean validation", reliance.skill_validation))
    bars.append(_bar("the same, without it", clue.without_validation))
    tick = "the clean twin" if clue.twin_without == clue.twin_without else ""
    return Bars(f"Errors removed, with and without {what}", tuple(bars), limit_title=tick)


def _bar(
    title: str,
    skill: float,
    reliance: Reliance | None = None,
    twin: float = float("nan"),
    warning: bool = False,
) -> Bar:
    mark = max(twin, 0.0) if reliance is not None and twin == twin else None
    return Bar(title, max(skill, 0.0), skill_text(skill), mark=mark, warning=warning)


CHECK = Check("shortcut", "a shortcut", _find, frozenset({RELIANCE}))
