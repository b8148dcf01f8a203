"""The menu behind ☰ and the actions in it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from visualiser.ui.main_window import MainWindow


@dataclass(frozen=True)
class RecentMenus:
    """Menus of what was opened last."""

    experiments: QMenu
    data: QMenu


@dataclass(frozen=True)
class Actions:
    """Actions of the window; each says its shortcut in menus and tooltips."""

    open_experiment: QAction
    save: QAction
    save_as: QAction
    open_data: QAction
    open_folder: QAction
    runs: QAction
    report: QAction
    sweep: QAction
    picture: QAction
    system: QAction
    light: QAction
    dark: QAction
    larger: QAction
    smaller: QAction
    normal: QAction
    side_by_side: QAction
    present: QAction
    left_column: QAction
    messages: QAction
    shortcuts: QAction
    about: QAction


def make_actions(parent: QWidget) -> Actions:
    """All actions, with their shortcuts, not yet connected."""
    tr = _tr

    def action(text: str, *shortcuts: str, checkable: bool = False) -> QAction:
        made = QAction(text, parent)
        made.setShortcuts([QKeySequence(shortcut) for shortcut in shortcuts])
        made.setCheckable(checkable)
        parent.addAction(made)
        return made

    actions = Actions(
        open_experiment=action(tr("Open an experiment…"), "Ctrl+O"),
        save=action(tr("Save the experiment"), "Ctrl+S"),
        save_as=action(tr("Save the experiment as…"), "Ctrl+Shift+S"),
        open_data=action(tr("Open data of your own…"), "Ctrl+T"),
        open_folder=action(tr("Open a folder of your own…"), "Ctrl+Shift+T"),
        runs=action(tr("Runs, overlay and export…"), "Ctrl+L"),
        report=action(tr("Questions to ask of this model…"), "Ctrl+R"),
        sweep=action(tr("Sweep: how much noise can this take?…"), "Ctrl+K"),
        picture=action(tr("Save a picture of the window…"), "Ctrl+P"),
        system=action(tr("As the system has it"), checkable=True),
        light=action(tr("Light"), checkable=True),
        dark=action(tr("Dark"), checkable=True),
        larger=action(tr("Larger text"), "Ctrl++", "Ctrl+="),
        smaller=action(tr("Smaller text"), "Ctrl+-"),
        normal=action(tr("Text at 100 %"), "Ctrl+0"),
        side_by_side=action(tr("Two views side by side"), "Ctrl+2", checkable=True),
        present=action(tr("Present"), "F11", checkable=True),
        left_column=action(tr("Show the left column"), "F9", checkable=True),
        messages=action(tr("Last messages")),
        shortcuts=action(tr("Keyboard shortcuts"), "F1"),
        about=action(tr("About Training Visualiser")),
    )
    actions.left_column.setChecked(True)
    themes = QActionGroup(parent)
    for theme in (actions.system, actions.light, actions.dark):
        themes.addAction(theme)
    return actions


def make_recent_menus(parent: QWidget) -> RecentMenus:
    """Menus of recent files, empty as yet."""
    return RecentMenus(
        QMenu(_tr("Recent experiments"), parent), QMenu(_tr("Open recent data"), parent)
    )


def fill_menu(menu: QMenu, actions: Actions, recent: RecentMenus) -> None:
    """Lay out the menu."""
    menu.addActions([actions.open_data, actions.open_folder])
    menu.addMenu(recent.data)
    menu.addAction(actions.open_experiment)
    menu.addMenu(recent.experiments)
    menu.addActions([actions.save, actions.save_as])
    menu.addSeparator()
    menu.addActions([actions.runs, actions.sweep, actions.report, actions.picture])
    menu.addSeparator()
    menu.addActions([actions.side_by_side, actions.left_column, actions.present])
    appearance = menu.addMenu(_tr("Appearance"))
    appearance.addActions([actions.system, actions.light, actions.dark])
    appearance.addSeparator()
    appearance.addActions([actions.larger, actions.smaller, actions.normal])
    menu.addSeparator()
    menu.addActions([actions.messages, actions.shortcuts, actions.about])


def connect_actions(actions: Actions, window: "MainWindow") -> None:
    """What the actions do; those of the appearance are connected with it."""
    desk = window.desk
    actions.open_experiment.triggered.connect(desk.ask_open)
    actions.save.triggered.connect(desk.save)
    actions.save_as.triggered.connect(desk.ask_save)
    actions.open_data.triggered.connect(window.column.data.imports.ask_file)
    actions.open_folder.triggered.connect(window.column.data.imports.ask_folder)
    actions.runs.triggered.connect(window.show_runs)
    actions.report.triggered.connect(window.report.show)
    actions.sweep.triggered.connect(window.sweeps.show)
    actions.picture.triggered.connect(desk.ask_picture)
    actions.side_by_side.toggled.connect(window.stage.show_two)
    actions.messages.triggered.connect(desk.show_messages)
    actions.shortcuts.triggered.connect(desk.show_shortcuts)
    actions.about.triggered.connect(desk.show_about)


def shortcuts_html(actions: Actions) -> str:
    """The page of shortcuts."""
    rows = [
        (_tr("Play, pause"), "Space"),
        (_tr("One step"), "→"),
        (_tr("One epoch"), "Shift+→"),
        (_tr("Reset, same starting weights"), "R"),
        (_tr("Reset, new starting weights"), "Shift+R"),
    ]
    for action in vars(actions).values():
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys:
            rows.append((action.text().rstrip("…"), keys))
    rows += [(_tr("Close messages"), "Esc"), (_tr("Menu"), "Alt+M")]
    cells = "".join(
        f"<tr><td style='padding:3px 24px 3px 0'>{text}</td>"
        f"<td style='padding:3px 0'><b>{keys}</b></td></tr>"
        for text, keys in rows
    )
    return f"<h3>{_tr('Keyboard shortcuts')}</h3><table>{cells}</table>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menu", text)
