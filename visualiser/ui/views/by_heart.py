"""What becomes of wrong labels: learnt by heart and since when, or seen through."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.numerals import share_text
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.by_heart_chart import ByHeartChart
from visualiser.ui.views.by_heart_curves import any_recorded
from visualiser.ui.views.by_heart_rows import KINDS, Kind, WrongRows
from visualiser.ui.views.by_heart_saving import ChartSaving, RowsSaving
from visualiser.ui.views.example_answers import Pace
from visualiser.ui.views.gallery import MOST_EXAMPLES
from visualiser.ui.views.tiles import ExampleTiles
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.flow_layout import FlowLayout

_BESIDE = 60
"""Letters of width from which on the rows stand beside the chart."""
_LEAST_ROWS = 5
"""Lines of text that the list is high at least."""
_NO_ROWS = np.zeros(0, dtype=np.int64)


class ByHeartView(Fitted, QWidget):
    """A chart of how many wrong labels are learnt, and the examples that have them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: WrongRows | None = None
        self._marked: tuple[int, float] | None = None
        self._placed = False
        self._order: list[int] = []
        self._pace = Pace()
        self._titles = self._titles_of(classes=True)
        self.words = _wrapped_label(self)
        self.invitation = _wrapped_label(self)
        self.invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.chart = ByHeartChart(self)
        self.tiles = ExampleTiles(self)
        self.tiles.setAccessibleName(self.tr("Examples with a wrong label"))
        self.savings = (
            ChartSaving(self.chart),
            RowsSaving(self.tiles, self._kind_text, self._table),
        )
        self.buttons: dict[Kind, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.epochs = self._button(
            self.tr("Epochs"),
            self.tr("Counts along the bottom in epochs, passes over the data, instead of steps."),
        )
        self.whole = self._button(
            self.tr("Show all"), self.tr("Shows the whole run again after zooming.")
        )
        self.parts = QSplitter(Qt.Orientation.Horizontal, self)
        self.pages = QStackedWidget(self)
        self._build()

    def _build(self) -> None:
        top = FlowLayout(gap=4)
        for number, (kind, tip) in enumerate(self._tips().items()):
            button = self._button(self._titles[kind], tip)
            button.setCheckable(True)
            self._group.addButton(button, number)
            self.buttons[kind] = button
            top.addWidget(button)
        self.buttons["all"].setChecked(True)
        self._group.idClicked.connect(self._show_kind)
        self.epochs.setCheckable(True)
        self.epochs.toggled.connect(self.chart.count_epochs)
        self.whole.clicked.connect(self.chart.fit)
        self.whole.hide()
        self.chart.zoom_changed.connect(self._follow_zoom)
        top.add_right(self.whole)
        top.add_right(self.epochs)
        self.tiles.walked.connect(self._mark_walked)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(12)
        self.parts.splitterMoved.connect(self._keep_place)
        for part in (self.chart, self.tiles):
            self.parts.addWidget(part)
            self.parts.setStretchFactor(self.parts.indexOf(part), 1)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(top)
        self._column.addWidget(self.words)
        self._column.addWidget(self.parts, 1)
        for widget in (self.invitation, page):
            self.pages.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def _titles_of(self, classes: bool) -> dict[Kind, str]:
        return {
            "all": self.tr("All"),
            "learnt": self.tr("Learnt") if classes else self.tr("Near the given"),
            "resisted": self.tr("Resisted") if classes else self.tr("Near the true"),
            "neither": self.tr("Neither"),
        }

    def _tips(self) -> dict[Kind, str]:
        return {
            "all": self.tr("First what is answered as wrongly given, then neither, then truly."),
            "learnt": self.tr("Answered as wrongly given; what is so for longest is on top."),
            "resisted": self.tr("Answered truly, though the model is shown a wrong answer."),
            "neither": self.tr("Answered neither as wrongly given nor truly."),
        }

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setProperty("role", "flat")
        return button

    @property
    def kind(self) -> Kind:
        """Which rows are shown."""
        return KINDS[self._group.checkedId()]

    # -- what the window calls ------------------------------------------------------------------

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run, and say what this is for."""
        self._rows, self._marked, self._order = None, None, []
        self._titles = self._titles_of(info.dataset.predicts_classes)
        self._pace.reset()
        self.chart.start_run(info)
        for saving in self.savings:
            saving.forget()
        if info.dataset.predicts_classes:
            text = self.tr(
                "No label is wrong. Give wrong labels in Data quality, under Labels: here it is "
                "seen which of them the model learns by heart, and when."
            )
        else:
            text = self.tr(
                "No target was changed. Make targets imprecise in Data quality, under Labels: here "
                "it is seen whether the model learns the wrong ones by heart."
            )
        self.invitation.setText(text)
        self.words.setToolTip(
            ""
            if info.dataset.predicts_classes
            else self.tr(
                "An answer counts as given, or as true, where it is off by a quarter at most of "
                "what the target was changed by."
            )
        )
        self.pages.setCurrentIndex(0)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the run: the chart at each measurement, the rows slowly enough to be read."""
        if snapshot.wrong_labels is None and not any_recorded(snapshot):
            self.pages.setCurrentIndex(0)
            return
        first = self.pages.currentIndex() == 0
        self.pages.setCurrentIndex(1)
        self.chart.show_snapshot(snapshot)
        for saving in self.savings:
            saving.follow(snapshot)
        if self._pace.lets(snapshot) or first:
            self._rows = WrongRows.of(snapshot)
            self._show_rows()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.chart.apply_palette(palette)
        self.tiles.apply_palette(palette)
        for saving in self.savings:
            saving.apply_palette(palette)

    def fit(self) -> None:
        """The rows beside the chart where there is room, or below it."""
        metrics = self.fontMetrics()
        beside = self.width() >= _BESIDE * metrics.averageCharWidth()
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted != self.parts.orientation():
            self.parts.setOrientation(wanted)
            self._placed = False
        if not self._placed:
            self.parts.setSizes([1000, 1000])  # alike, until the user decides
        self.tiles.setMinimumHeight(_LEAST_ROWS * metrics.height())
        self._keep_room()

    def _keep_place(self) -> None:
        self._placed = True

    def _keep_room(self) -> None:
        """Never squeeze lines that are wrapped: Qt asks for their height at another width."""
        self.setMinimumHeight(self._column.minimumHeightForWidth(self.width()))

    # -- the rows -------------------------------------------------------------------------------

    def _show_kind(self, number: int) -> None:
        self.tiles.rewind()
        self._marked = None
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self._rows
        for kind, button in self.buttons.items():
            count = 0 if rows is None else rows.count(kind)
            button.setText(f"{self._titles[kind]}  {count:,}")
        self.words.setText(self._sentence(rows))
        self._keep_room()
        order = _NO_ROWS if rows is None else rows.chosen(self.kind)[:MOST_EXAMPLES]
        self._order = order.tolist()
        if rows is None or not self._order:
            self.tiles.show_nothing(self._nothing(rows))
            self.chart.mark(None)
            return
        self._keep_marked(rows)
        tiles = tuple(rows.tile(row) for row in self._order)
        self.tiles.show_examples(rows.dataset, rows.features(order), tiles)

    def _keep_marked(self, rows: WrongRows) -> None:
        """The keys stay at the example that they were at, wherever it stands now."""
        marked = [p for p, row in enumerate(self._order) if rows.identity(row) == self._marked]
        if marked:
            self.tiles.place = marked[0]
        self._mark(self._order[marked[0]] if marked else None)

    def _mark_walked(self) -> None:
        """The keys or the pointer went to an example: the chart shows when it was learnt."""
        if self._rows is not None and self.tiles.place < len(self._order):
            row = self._order[self.tiles.place]
            self._marked = self._rows.identity(row)
            self._mark(row)

    def _mark(self, row: int | None) -> None:
        since = -1 if row is None or self._rows is None else int(self._rows.labels.since[row])
        self.chart.mark(since if since >= 0 else None)

    def _sentence(self, rows: WrongRows | None) -> str:
        if rows is None:
            return self.tr("Nothing is given wrongly any more.")
        if rows.dataset.predicts_classes:
            text = self.tr(
                "Of {count} wrong labels {learnt} are answered as given, {resisted} truly."
            )
        else:
            text = self.tr(
                "Of {count} changed targets {learnt} are answered near the given value, "
                "{resisted} near the true one."
            )
        sample = self.tr("a sample of {count:,}") if rows.sampled else "{count:,}"
        text = text.format(
            count=sample.format(count=len(rows)),
            learnt=share_text(rows.share("learnt")),
            resisted=share_text(rows.share("resisted")),
        )
        step = rows.half_learnt_by
        if step is not None and rows.dataset.predicts_classes:
            text += " " + self.tr("Half were learnt by step {step:,}.").format(step=step)
        return text

    def _nothing(self, rows: WrongRows | None) -> str:
        if rows is None:
            return self.tr("The data is right again; the chart shows what was learnt before.")
        nothing: dict[Kind, str] = {
            "all": self.tr("Nothing is given wrongly."),
            "learnt": self.tr("Not one is answered as wrongly given."),
            "resisted": self.tr("Not one is answered truly."),
            "neither": self.tr("Every one is answered either as given or truly."),
        }
        return nothing[self.kind]

    def _kind_text(self) -> str:
        return self._titles[self.kind].lower()

    def _table(self) -> str:
        return "" if self._rows is None else self._rows.csv_text(self.kind)

    def _follow_zoom(self) -> None:
        self.whole.setVisible(self.chart.zoom is not None)


def _wrapped_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label
