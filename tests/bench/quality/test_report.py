"""Tables say what was measured, and why a line falls short."""

import pytest

from tests.bench.quality.records import record
from visualiser.bench.quality import report
from visualiser.bench.quality.record import Ranking
from visualiser.bench.quality.report import markdown, text_table


def test_a_line_has_mean_and_spread_of_the_seeds() -> None:
    line = text_table([record("iris", "classification", [0.90, 0.92, 0.94], 0.333, 0.95)])
    assert "92.0 ± 2.0\u00a0%" in line
    assert "33.3 ± 0.0\u00a0%" in line


def test_amounts_stand_in_their_unit() -> None:
    line = text_table([record("ames", "regression", [20_000, 22_000], 60_000, 19_000)])
    assert "$\u00a021,000 ± 1,414" in line


def test_a_missed_aim_is_said_and_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(report.REASONS, "bike_daily", "A hurricane.")
    missed = record("bike_daily", "forecasting", [0.9], 1.6, 0.9)
    assert "aim ≤ 0.8 missed" in text_table([missed])
    assert "bike_daily: A hurricane." in text_table([missed])
    met = record("bike_daily", "forecasting", [0.7], 1.6, 0.9)
    assert "aim ≤ 0.8 met" in text_table([met])
    assert "A hurricane." not in text_table([met])


def test_where_one_class_is_rare_the_ranking_is_said_too() -> None:
    ranking = Ranking(of="denied", model=0.8, strong=0.79, standard_error=0.04)
    measured = record("mortgage_hmda", "classification", [0.9], 0.88, 0.9, ranking=ranking)
    text = text_table([measured])
    assert "clearly by AUC of “denied” (0.800 ± 0.000; strong 0.790 ± 0.000" in text
    by_chance = ranking.model_copy(update={"model": 0.55})
    measured = record("mortgage_hmda", "classification", [0.9], 0.88, 0.9, ranking=by_chance)
    assert "not clearly by AUC of “denied”" in text_table([measured])


def test_the_page_says_how_settings_were_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(report.CHOICES, "bike_daily", "By validation.")
    page = markdown([record("bike_daily", "forecasting", [0.7], 1.6, 0.9)], limit=120)
    assert "## How settings were chosen\n\n- bike_daily: By validation.\n" in page
    assert "How settings" not in markdown([record("iris", "classification", [1], 0, 1)], limit=120)


def test_the_page_has_a_row_of_equal_length_for_each_data_set() -> None:
    records = [
        record("iris", "classification", [0.9], 0.3, None),
        record("a|b", "regression", [1], 2, 1),
    ]
    page = markdown(records, limit=120)
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert len(rows) == 4
    assert {row.replace("\\|", "").count("|") for row in rows} == {8}
    assert "with 1 seed," in page


def test_the_page_names_what_was_not_measured() -> None:
    records = [record("iris", "classification", [0.9], 0.3, None)]
    assert "## Not measured yet\n\n- wine\n" in markdown(records, limit=120, missing=["wine"])
    assert "Not measured" not in markdown(records, limit=120)


def test_the_terminal_gets_no_markup() -> None:
    assert "*" not in text_table([record("mnist_5k", "classification", [0.1], 0.1, 0.9)])
