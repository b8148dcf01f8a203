"""The check that a program makes of itself, in this process."""

import logging
import zipfile
from pathlib import Path

import pytest

from tests.core.data.test_own_kinds import MADE
from visualiser.app.smoke import EXIT_FAILED, smoke_test
from visualiser.core.data.own_kinds import OWN_KINDS
from visualiser.ui.views.gallery import GalleryView


@pytest.fixture
def picture(qapp: object, tmp_path: Path) -> Path:
    return tmp_path / "smoke.png"


def test_bundled_and_own_data_are_tried_with_every_view_and_a_line_for_each(
    picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clips = MADE["own_sounds"](tmp_path)
    assert smoke_test(["iris", str(clips)], picture) == 0
    said, errors = capsys.readouterr()
    iris, own, _ = said.splitlines()
    assert iris.startswith("iris: Iris flowers, 150 rows; ")
    assert iris.endswith("Gallery, Looked at, What moves it, Remove one, Try it")
    assert own.startswith(f"{clips}: {OWN_KINDS['own_sounds'].noun}, 12 rows; ")
    assert "Spectrogram" in own
    assert own.endswith("Try it")
    assert errors == ""
    assert picture.is_file()


def test_what_is_refused_is_a_sentence_and_the_rest_is_tried(
    picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "rows.csv"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "nothing")
    gone = tmp_path / "gone.csv"
    assert smoke_test([str(archive), str(gone), "iris"], picture) == EXIT_FAILED
    said, errors = capsys.readouterr()
    assert said.startswith("iris: ")
    refused, missing = errors.splitlines()
    assert refused.startswith(f"visualiser: {archive}: rows.csv is a zip archive, not a table.")
    assert "does not exist" in missing


def test_a_warning_in_the_log_is_a_failure(
    picture: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start_run = GalleryView.start_run

    def start_and_complain(view: GalleryView, info: object) -> None:
        logging.getLogger("gallery").warning("a tile is missing")
        start_run(view, info)

    monkeypatch.setattr(GalleryView, "start_run", start_and_complain)
    assert smoke_test(["iris"], picture) == EXIT_FAILED
    assert "iris: the log has: a tile is missing" in capsys.readouterr().err
