"""A run of a second: its words, and the files that it leaves."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--dataset", "shapes", "--option", "points=100", "--epochs", "1", "--quiet")
FILES = {"run.json", "history.csv", "curves.png", "experiment.experiment.json"}
