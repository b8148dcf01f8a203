"""What is told does not flicker."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.made_snapshots import accuracy, change, dataset, history, snapshot
from visualiser.core.diagnosis import no_better, registry, steady
from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.finding import Finding
from visualiser.core.diagnosis.steady import SteadyDiagnosis
from visualiser.core.outcome import describe
from visualiser.core.training.snapshot import Snapshot

BASE = snapshot(accuracy(0.8), accuracy(0.9), state="running")
SUMMARY = Finding("comparison", "It stands.", "summary")
ALARM = Finding("overfitting", "It overfits.", "alarm")
CALM = Finding("healthy", "Nothing stands out.", "calm")


@pytest.fixture
def said(monkeypatch):
    """What the checks are made to say, whatever they are shown."""
    now: list[tuple[Finding, ...]] = [()]
    monkeypatch.setattr(steady, "diagnose", lambda case: now[0])

    def follow(*turns: tuple[Finding, ...], state: str = "running") -> list[set[str]]:
        diagnosis, told = SteadyDiagnosis(), []
        for turn, findings in enumerate(turns):
            now[0] = findings
            shown = replace(BASE, measured_at=10 * turn, state=state if turn else "running")
            told.append({one.name for one in diagnosis.of(case_of(shown))})
        return told

    return follow


def case_of(shown: Snapshot) -> Case:
    return Case(shown, describe(BASE).validation, None)


def test_an_alarm_of_one_evaluation_is_not_told(said):
    assert said((SUMMARY,), (SUMMARY, ALARM), (SUMMARY,)) == [{"comparison"}] * 3


def test_an_alarm_is_told_from_its_second_evaluation_on(said):
    told = said((SUMMARY,), (SUMMARY, ALARM), (SUMMARY, ALARM))
    assert told[1:] == [{"comparison"}, {"comparison", "overfitting"}]


def test_an_alarm_that_pauses_stays_and_one_that_is_gone_goes(said):
    found, gone = (SUMMARY, ALARM), (SUMMARY,)
    told = said(gone, found, found, gone, gone, found, gone, gone, gone)
    shown = ["overfitting" in names for names in told]
    assert shown == [False, False, True, True, True, True, True, True, False]


def test_nobody_is_told_to_wait_while_an_alarm_is_still_told(monkeypatch):
    even = dataset(2)
    alone = snapshot(accuracy(0.5), None, even, twin_differs=False, state="running")
    case = Case(alone, describe(alone).validation, None)
    note = no_better.CHECK.find(case)
    assert isinstance(note, Finding) and "time first" in note.advice
    turns = iter([(note,), (note, ALARM), (note, ALARM), (note,)])
    monkeypatch.setattr(steady, "diagnose", lambda case: next(turns))
    diagnosis = SteadyDiagnosis()
    for turn in range(4):
        told = diagnosis.of(replace(case, snapshot=replace(alone, measured_at=10 * turn)))
    assert {one.name: one.advice for one in told} == {"overfitting": "", "no_better": ""}


def test_nothing_is_called_calm_while_an_alarm_is_still_told(said):
    told = said((SUMMARY,), (SUMMARY, ALARM), (SUMMARY, ALARM), (SUMMARY, CALM), (SUMMARY, CALM))
    assert "healthy" not in told[-1]
    assert "overfitting" in told[-1]


def test_a_run_that_rests_is_told_of_as_it_is(said):
    told = said((SUMMARY,), (SUMMARY, ALARM), state="paused")
    assert told[-1] == {"comparison", "overfitting"}


def test_how_the_run_stands_is_never_held_back(said):
    moved = replace(SUMMARY, sentence="It stands elsewhere.")
    diagnosis_told = said((SUMMARY,), (moved,))
    assert diagnosis_told == [{"comparison"}] * 2


def test_figures_of_what_is_told_are_those_of_now(monkeypatch):
    sentences = iter(("It overfits by 1.", "It overfits by 2.", "It overfits by 3."))
    monkeypatch.setattr(
        steady, "diagnose", lambda case: (replace(ALARM, sentence=next(sentences)),)
    )
    diagnosis = SteadyDiagnosis()
    last = [
        diagnosis.of(case_of(replace(BASE, measured_at=10 * turn, state="running")))
        for turn in range(3)
    ][-1]
    assert [one.sentence for one in last] == ["It overfits by 3."]


def test_a_run_started_over_forgets_the_alarms_of_the_one_before(said, monkeypatch):
    monkeypatch.setattr(steady, "diagnose", lambda case: (SUMMARY, ALARM))
    diagnosis = SteadyDiagnosis()
    diagnosis.of(case_of(replace(BASE, measured_at=100)))
    monkeypatch.setattr(steady, "diagnose", lambda case: (SUMMARY,))
    told = diagnosis.of(case_of(replace(BASE, measured_at=0, step=0)))
    assert told == (SUMMARY,)


def test_the_same_evaluation_is_diagnosed_once(monkeypatch):
    asked = []
    monkeypatch.setattr(steady, "diagnose", lambda case: asked.append(case) or (SUMMARY,))
    diagnosis = SteadyDiagnosis()
    for _ in range(5):
        diagnosis.of(case_of(BASE))
    assert len(asked) == 1
    diagnosis.of(case_of(replace(BASE, measured_at=300)))
    assert len(asked) == 2


def test_every_check_has_a_name_and_a_title_of_its_own():
    assert len({check.name for check in registry.CHECKS}) == len(registry.CHECKS)
    assert len({check.title for check in registry.CHECKS}) == len(registry.CHECKS)
    for check in registry.CHECKS:
        assert check.explained_by <= {one.name for one in registry.CHECKS}
        assert check.questions <= registry.WANT.questions


def test_what_another_finding_explains_is_not_told():
    rising = history(np.exp(-np.linspace(0, 3, 60)), 1 + np.linspace(0, 1, 60) ** 2)
    overfitting = snapshot(accuracy(0.8), accuracy(0.9), history=rising, changes=())
    assert "overfitting" in {one.name for one in describe(overfitting).findings}
    shot = replace(
        overfitting,
        advice="The loss rose to 1,000 times what it was at the start: lower it.",
        history=history(
            np.concatenate([[0.5, 600.0], 5 * np.exp(-np.linspace(0, 2, 58))]),
            np.concatenate([[0.5, 600.0], 5 + np.linspace(0, 3, 58)]),
        ),
    )
    assert {one.name for one in describe(shot).findings} == {"comparison", "learning_rate_high"}


def test_findings_of_spoiled_data_come_after_how_the_run_stands():
    shown = snapshot(accuracy(0.6), accuracy(0.9), changes=(change(),))
    assert describe(shown).findings[0].name == "comparison"
