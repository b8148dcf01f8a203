"""Saving curves from their context menu: as a picture, a drawing, or figures."""

from pathlib import Path
from typing import TYPE_CHECKING

from visualiser.ui.views.saving_menu import SavingMenu

if TYPE_CHECKING:
    from visualiser.ui.views.curves import CurvesView


class CurvesSaving(SavingMenu):
    """The context menu of the curves; besides saving it shows all of a zoomed curve again."""

    def __init__(self, view: "CurvesView") -> None:
        super().__init__(view, "curves")
        self._view = view
        self._offer("png", self.tr("Save curves as PNG…"), self.tr("Picture (*.png)"))
        self._offer("svg", self.tr("Save curves as SVG…"), self.tr("Drawing (*.svg)"))
        self._offer("csv", self.tr("Save all figures as CSV…"), self.tr("Table (*.csv)"))
        self.menu.addSeparator()
        self.show_all = self.menu.addAction(self.tr("Show all"))
        self.show_all.triggered.connect(view.fit)

    def _something(self) -> bool:
        return self._view.snapshot is not None

    def _write(self, suffix: str, path: Path) -> None:
        # Imported here, as it imports the view.
        from visualiser.ui.views.export import save_curves_png, save_history_csv, save_svg

        snapshot = self._view.snapshot
        if suffix == "png":
            save_curves_png(self._view, path)
        elif suffix == "svg":
            save_svg(self._view, path)
        elif snapshot is not None:
            save_history_csv(snapshot.history, snapshot.info, path)
