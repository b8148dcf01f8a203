import sys
from pathlib import Path

import pytest

from visualiser import paths


def test_the_user_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chosen = tmp_path / "my lessons" / "deep"
    monkeypatch.setenv("VISUALISER_HOME", str(chosen))
    assert paths.user_data_dir() == chosen
    assert paths.settings_file().parent == chosen
    assert paths.log_file().parent == chosen
    monkeypatch.setenv("VISUALISER_HOME", "~nobody-at-all/lessons")
    assert paths.user_data_dir() == Path("~nobody-at-all/lessons")


def test_without_a_choice_the_user_folder_follows_the_operating_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("VISUALISER_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.user_data_dir() == tmp_path / "training-visualiser"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    assert paths.user_data_dir() == tmp_path / "Roaming" / "training-visualiser"
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert paths.user_data_dir().is_relative_to(tmp_path / "Library" / "Application Support")


def test_bundled_folders_are_found_from_source() -> None:
    assert (paths.datasets_dir() / "LICENSES.md").is_file()
    assert paths.assets_dir().parent == paths.datasets_dir().parent


def test_bundled_folders_of_the_packaged_program_come_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.datasets_dir() == tmp_path / "datasets"
    assert paths.assets_dir() == tmp_path / "assets"


def test_bundled_folders_of_the_wheel_lie_inside_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "_data" / "datasets").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    assert paths.datasets_dir() == tmp_path / "_data" / "datasets"
