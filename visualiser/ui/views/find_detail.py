"""The current suspect in full: the example, the one that it repeats, and why it is suspect."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from visualiser.core.data.dataset import Table
from visualiser.core.findings.search import Findings
from visualiser.core.findings.spec import Suspects
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.example_picture import example_image, is_picture, picture_ratio
from visualiser.ui.views.find_words import example_words, label_words
from visualiser.ui.widgets.paragraph import paragraph

_LINES = 6
"""Height of a picture, in lines of text."""
_MOST_LETTERS = 600


class SuspectDetail(QScrollArea):
    """Pictures large, words whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._shown: tuple[Findings, Suspects, int] | None = None
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(4)
        self.label = paragraph("heading")
        self.pictures = (QLabel(), QLabel())
        row = QHBoxLayout()
        row.setSpacing(8)
        for picture in self.pictures:
            picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            row.addWidget(picture)
        row.addStretch(1)
        self.example, self.why, self.other = paragraph(), paragraph("muted"), paragraph("muted")
        column.addWidget(self.label)
        column.addLayout(row)
        for words in (self.example, self.why, self.other):
            column.addWidget(words)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("The suspect in full"))

    def show_suspect(self, findings: Findings, suspects: Suspects, position: int) -> None:
        """The row at a position of the part."""
        self._shown = findings, suspects, position
        dataset, part = findings.search.dataset, findings.part
        related = int(suspects.related[position])
        label = label_words(dataset, float(part.labels[position]))
        number = int(part.rows[position]) + 1
        self.label.setText(
            self.tr("Row {number:,}, labelled “{label}”").format(number=number, label=label)
        )
        self.example.setText(example_words(findings, position)[:_MOST_LETTERS])
        self.why.setText(suspects.reasons.get(position, ""))
        other = example_words(findings, related)[:_MOST_LETTERS] if related >= 0 else ""
        self.other.setText(self.tr("The other: {example}").format(example=other) if other else "")
        for words in (self.example, self.why, self.other):
            words.setVisible(bool(words.text()))
        self._show_pictures()

    def show_nothing(self) -> None:
        """No row is the current one."""
        self._shown = None
        for words in (self.label, self.example, self.why, self.other, *self.pictures):
            words.clear()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._show_pictures()

    def sizeHint(self) -> QSize:
        return QSize(190, 80)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 2 * self.fontMetrics().height())

    def _show_pictures(self) -> None:
        for picture in self.pictures:
            picture.hide()
        if self._shown is None:
            return
        findings, suspects, position = self._shown
        dataset, features = findings.search.dataset, findings.part.features
        if not is_picture(dataset) or isinstance(features, Table):
            return
        side = _LINES * self.fontMetrics().height()
        size = QSize(round(side * picture_ratio(dataset)), side)
        places = (position, int(suspects.related[position]))
        for picture, place in zip(self.pictures, places, strict=True):
            if place >= 0:
                image = example_image(dataset, features[place], self._palette)
                picture.setPixmap(
                    QPixmap.fromImage(image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio))
                )
                picture.show()
