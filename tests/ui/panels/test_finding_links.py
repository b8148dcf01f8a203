"""The view that a finding links to is one that its data set and model are offered."""

from collections.abc import Callable

import pytest

from tests.core.diagnosis import made_runs
from tests.core.diagnosis.test_made_runs import bundled
from visualiser.core.experiment import CorruptionConfig, Edit, ModelConfig, Spoiling
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.panels.evidence_pane import CURVES
from visualiser.ui.views.registry import VIEWS


def spoiled(name: str, way: str, amount: float, steps: int, **fields: object) -> Snapshot:
    recipe = Spoiling(corruptions=(CorruptionConfig(name=way, amount=amount),))
    return bundled(name, steps, spoiling=recipe, **fields)  # type: ignore[arg-type]


def dead(model: ModelConfig) -> Snapshot:
    edits = (Edit(step=40, learning_rate=0.003),)
    return bundled("digits_8x8", 400, model=model, edits=edits, learning_rate=0.3)


RUNS: dict[str, tuple[str, Callable[[], Snapshot]]] = {
    "groups": ("left_behind", lambda: made_runs.trained(
        made_runs.experiment(options={"hidden": [8]}, learning_rate=0.01),
        made_runs.groups_apart(), 300)),
    "by_heart": ("by_heart", lambda: spoiled(
        "digits_8x8", "symmetric_label_noise", 0.4, 1200,
        model=ModelConfig(name="mlp", options={"hidden": [128]}), learning_rate=0.005)),
    "calibration": ("overconfidence", lambda: made_runs.trained(
        made_runs.experiment(options={"hidden": [64]}, learning_rate=0.01),
        made_runs.noisy_rule(700, 12, mistakes=0.3), 500)),
    "looked_at": ("shortcut", lambda: spoiled("digits_8x8", "spurious_shortcut", 1.0, 250)),
    "words": ("shortcut", lambda: spoiled("sms_spam", "spurious_shortcut", 1.0, 400)),
    "influence": ("leaked_column", made_runs.leaked),
    "network": ("dead_units", lambda: dead(ModelConfig(name="mlp", options={"hidden": [32]}))),
    "weights": ("dead_units", lambda: dead(ModelConfig(name="cnn"))),
    CURVES: ("overfitting", made_runs.overfitting),
}  # fmt: skip


@pytest.mark.parametrize("view", RUNS)
def test_a_finding_links_to_the_view_that_shows_it_and_that_is_offered(view: str) -> None:
    name, run = RUNS[view]
    snapshot = run()
    found = made_runs.findings(snapshot)
    assert found[name].view == view
    specs = {spec.name: spec for spec in VIEWS}
    for finding in found.values():
        if finding.view not in ("", CURVES):
            assert specs[finding.view].refuses(snapshot.info) is None
