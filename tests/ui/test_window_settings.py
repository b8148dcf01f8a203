from pytestqt.qtbot import QtBot

from tests.ui.shown_window import SHAPES
from visualiser.paths import settings_file
from visualiser.ui.main_window import MainWindow
from visualiser.ui.settings import Settings, load_settings
from visualiser.ui.theme import Theme
from visualiser.ui.views.curves_content import Choices


def test_layout_theme_and_experiment_are_remembered_on_closing(
    window: MainWindow, theme: Theme, qtbot: QtBot
) -> None:
    theme.set_mode("dark")
    theme.set_scale(1.2)
    window.stage.choose("weights")
    window.column.sections["model"].setProperty("folded", True)
    window.actions_.side_by_side.setChecked(True)
    window.stage.second.choose("confusion")
    window.actions_.left_column.setChecked(False)
    window.curves.toolbar.smooth.click()
    window.transport.speed.slider.setValue(4)
    with qtbot.waitSignal(window.closing):
        window.close()
    kept, problem = load_settings(settings_file())
    assert problem == ""
    assert (kept.theme, kept.text_scale, kept.folded) == ("dark", 1.2, ("model",))
    assert kept.experiment == SHAPES
    again = MainWindow(theme, kept)
    qtbot.addWidget(again)
    assert again.column.sections["model"].property("folded")
    again.show()
    assert again.stage.second.isVisible()
    assert again.stage.second.chosen == "confusion"
    assert again.column.isHidden()
    assert again.curves.choices == Choices(smooth=True)
    assert again.transport.speed.steps_per_second == 20


def test_foreign_geometry_does_not_keep_the_window_from_opening(theme: Theme, qtbot: QtBot) -> None:
    settings = Settings(geometry="bm90IGEgZ2VvbWV0cnk=", splitters={"columns": (1, 2)})
    made = MainWindow(theme, settings)
    qtbot.addWidget(made)
    made.show()
    assert made.width() >= 800
