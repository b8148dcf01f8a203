"""What of the window is remembered, and how it comes back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMargins, QSize

from visualiser.ui.settings import Settings
from visualiser.ui.theme import Theme
from visualiser.ui.views.curves_choices import Choices

if TYPE_CHECKING:
    from visualiser.ui.main_window import MainWindow


_SIZE = QSize(1280, 800)
"""Of the window at its first start, where the screen has it."""
_FRAME = QMargins(8, 40, 8, 8)
"""What the frame around a window takes at most; it is not known before the window is shown."""


def restore(window: "MainWindow", settings: Settings) -> None:
    """Put a new window in the state that the settings keep, as far as they fit."""
    room = window.screen().availableGeometry().marginsRemoved(_FRAME)
    window.resize(_SIZE.boundedTo(room.size()))
    if settings.geometry:
        kept = QByteArray.fromBase64(settings.geometry.encode("ascii", "ignore"))
        window.restoreGeometry(kept)
    window.columns.restore(settings.splitters)
    for name, section in window.column.sections.items():
        section.setProperty("folded", name in settings.folded)
    window.stage.choose(settings.view, settings.second_view)
    window.actions_.side_by_side.setChecked(settings.side_by_side)
    window.actions_.left_column.setChecked(settings.left_column)
    window.curves.set_choices(Choices.of(settings.curves))
    window.transport.speed.choose(settings.speed)
    window.desk.take_up(settings)


def settings_of(window: "MainWindow", theme: Theme) -> Settings:
    """What is to be remembered of a window as it stands.

    The next start has the open file as it is, or where it was changed the set-up on screen: its
    spoiling and learning rate from the first step on, without the edits of the run.
    """
    file = window.desk.open_experiment
    return Settings(
        theme=theme.mode,
        text_scale=theme.scale,
        geometry=window.saveGeometry().toBase64().toStdString(),
        splitters=window.columns.places(),
        folded=tuple(n for n, section in window.column.sections.items() if section.folded),
        view=window.stage.first.chosen,
        second_view=window.stage.second.chosen,
        side_by_side=window.actions_.side_by_side.isChecked(),
        left_column=window.actions_.left_column.isChecked(),
        curves=window.curves.choices.chosen,
        speed=window.transport.speed.steps_per_second,
        recent=window.desk.recent.paths,
        recent_data=window.desk.recent_data.paths,
        file="" if file.path is None else str(file.path.absolute()),
        experiment=file.unchanged or window.experiment,
    )
