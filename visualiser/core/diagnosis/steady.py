"""A diagnosis that does not flicker: what is told was seen more than once."""

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.finding import Finding
from visualiser.core.diagnosis.no_better import beside_each_other
from visualiser.core.diagnosis.registry import CHECKS, diagnose
from visualiser.core.training.snapshot import RunInfo, Snapshot

_COMES, _GOES = 2, 3
"""Evaluations in a row that a finding is there before it is told, and gone before it is not."""

_ORDER = {check.name: place for place, check in enumerate(CHECKS)}


class SteadyDiagnosis:
    """Follows one run after the other, a snapshot at a time.

    While a run goes on an alarm waits for a second evaluation, and leaves after the third without
    it; a run that rests is told of as it is. How the run stands is never held back.
    """

    def __init__(self) -> None:
        self._info: RunInfo | None = None
        self._key: tuple[object, ...] = ()
        self._raw: tuple[Finding, ...] = ()
        self._measured_at = -1
        self._shown: dict[str, Finding] = {}
        self._seen: dict[str, int] = {}
        self._missed: dict[str, int] = {}

    def of(self, case: Case) -> tuple[Finding, ...]:
        """What is to be told of it, the most important first."""
        snapshot = case.snapshot
        fresh = self._look(case)
        started_over = snapshot.info is not self._info or snapshot.measured_at < self._measured_at
        if started_over or snapshot.state != "running":
            self._settle(snapshot)
        elif fresh:
            self._count(snapshot)
        return self._told()

    def _look(self, case: Case) -> bool:
        """Diagnose, unless nothing is new; whether there is a new evaluation."""
        snapshot = case.snapshot
        key = (
            id(snapshot.info),
            snapshot.measured_at,
            len(snapshot.history),
            snapshot.state,
            snapshot.changes,
            snapshot.markers,
            snapshot.advice,
            *(id(answer) for answer in snapshot.answers.values()),
        )
        if key != self._key:
            self._key, self._raw = key, diagnose(case)
        return snapshot.measured_at != self._measured_at

    def _settle(self, snapshot: Snapshot) -> None:
        self._info, self._measured_at = snapshot.info, snapshot.measured_at
        self._shown = {finding.name: finding for finding in self._raw}
        self._seen = dict.fromkeys(self._shown, _COMES)
        self._missed = {}

    def _count(self, snapshot: Snapshot) -> None:
        self._measured_at = snapshot.measured_at
        found = {finding.name: finding for finding in self._raw}
        for name in [name for name in self._seen if name not in found]:
            if name not in self._shown:
                del self._seen[name]
                continue
            self._missed[name] = self._missed.get(name, 0) + 1
            if self._missed[name] >= _GOES:
                del self._shown[name], self._seen[name], self._missed[name]
        for name, finding in found.items():
            self._missed.pop(name, None)
            self._seen[name] = self._seen.get(name, 0) + 1
            if self._seen[name] >= _COMES or finding.kind == "summary":
                self._shown[name] = finding

    def _told(self) -> tuple[Finding, ...]:
        for finding in self._raw:  # figures in what is shown are those of now
            if finding.name in self._shown or finding.kind == "summary":
                self._shown[finding.name] = finding
        alarmed = any(finding.kind == "alarm" for finding in self._shown.values())
        told = [one for one in self._shown.values() if not (alarmed and one.kind == "calm")]
        return beside_each_other(sorted(told, key=lambda one: _ORDER.get(one.name, len(_ORDER))))
