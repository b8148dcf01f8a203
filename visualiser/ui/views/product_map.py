"""A map of the products, drawn from what a model has learnt of them so far."""

from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visualiser.core.numerals import share_text
from visualiser.core.questions.product_map import Neighbours, Places, ProductMap
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.customer_purchases import best_sellers
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.product_map_plot import ProductMapPlot
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.bar_rows import BarRow, BarRows
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_STUDENT, _TWIN = "student", "twin"
_NOBODY = np.zeros(0, dtype=np.int64)

_WORDS = 10
"""Letters of width that the words beside the picture need at least."""


class ProductMapView(Fitted, QWidget):
    """Dots for products, and what a chosen one is most like.

    Signals:
        questions_changed: another product was chosen.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._snapshot: Snapshot | None = None
        self.plot = ProductMapPlot(self)
        self.plot.picked.connect(self._pick)
        self.plot.chosen.connect(self._say_product)
        self.model = Choice(
            ((_STUDENT, self.tr("your model")), (_TWIN, self.tr("clean twin"))), self
        )
        self.model.setAccessibleName(self.tr("Which model"))
        self.model.setToolTip(self.tr("Whose map is drawn; the twin learns from clean data only."))
        self.model.edited.connect(self._draw)
        self.legend = Legend(self)
        self.words = paragraph("muted")
        self.product = paragraph()
        self.neighbours = BarRows("")
        self.neighbours.setToolTip(
            self.tr(
                "The cosine of the angle between the lists of numbers that describe two products: "
                "1 is the same direction, 0 nothing in common."
            )
        )
        self.saving = PictureSaving(
            self.plot, "products", self.tr("Product map"), self.legend, self._which
        )
        self._build()
        self._say_empty()

    def fit(self) -> None:
        """Words stand beside the picture, or below it where that is too narrow."""
        self._side.fit(self._layout, _WORDS, 3)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run; the chosen product stays where the products are the same."""
        book = info.dataset.catalogue
        assert book is not None
        chosen = self.plot.chosen_product if book.products == self._names else None
        self._names = book.products
        self.plot.start(book.products, best_sellers(info))
        self.plot.choose(chosen)
        self.model.put(_STUDENT)
        self.model.hide()
        self._say_empty()

    def questions(self) -> frozenset[Question[Any]]:
        """Places of all products, and the neighbours of the chosen one."""
        return frozenset((self._question(),))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the map of this step."""
        places = snapshot.answer(self._question())
        if places is None:
            if self._snapshot is not None and snapshot.state == "diverged":
                self._say_empty(self.tr("The map is no numbers any more (NaN)."))
            return
        self._snapshot = snapshot
        if places.twin is None:
            self.model.put(_STUDENT)
        self.model.setVisible(places.twin is not None)
        self.saving.follow(snapshot)
        self._show(places)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for part in (self.plot, self.legend, self.saving):
            part.apply_palette(palette)

    def _build(self) -> None:
        parts = (self.model, self.legend, self.product, self.neighbours, self.words)
        self._side = SideColumn(*parts, parent=self)
        self._layout = turning_layout(self, 14)
        self._layout.addWidget(self.plot, 5)
        self._layout.addWidget(self._side, 2)

    def _question(self) -> ProductMap:
        return ProductMap(self.plot.chosen_product)

    def _which(self) -> str:
        return self.model.currentText() if self.model.isVisibleTo(self) else ""

    def _pick(self, product: int) -> None:
        self._say_product("" if product < 0 else self._names[product])
        self.neighbours.show_rows([])
        self.questions_changed.emit()

    def _say_product(self, sentence: str) -> None:
        self.product.setText(sentence)
        self.product.setVisible(bool(sentence))

    def _draw(self) -> None:
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def _say_empty(self, why: str = "") -> None:
        self._snapshot = None
        self.plot.show_nothing(
            why or self.tr("The map appears with the first answer of the model.")
        )
        self.saving.forget()
        self.words.clear()
        self._say_product("")
        self.legend.show_entries(())
        self.neighbours.show_rows([])

    def _show(self, places: Places) -> None:
        student, near = places.student, places.neighbours
        if self.model.get() == _TWIN and places.twin is not None:
            student, near = places.twin, places.twin_neighbours
        self.plot.show_places(student, _NOBODY if near is None else near.products)
        self._show_neighbours(near)
        text = self.tr(
            "{count:,} products, seen from where the model tells them apart most: this shows "
            "{share} of all that it knows of them. Near each other lie products for the same "
            "customers."
        ).format(count=len(self._names), share=share_text(places.shown))
        if near is None:
            text += " " + self.tr("Click on a product to see what is most like it.")
        if text != self.words.text():
            self.words.setText(text)
        self.legend.show_entries(self._entries(near is not None))

    def _show_neighbours(self, near: Neighbours | None) -> None:
        chosen = self.plot.chosen_product
        if near is None or chosen is None:
            self.neighbours.show_rows([])
            return
        self._say_product("")
        self.neighbours.set_title(self.tr("Most like “{name}”").format(name=self._names[chosen]))
        pairs = zip(near.products.tolist(), near.likeness.tolist(), strict=True)
        self.neighbours.show_rows(
            [
                BarRow(self._names[code], likeness, f"{likeness:.2f}".replace("-", "−"))
                for code, likeness in pairs
            ]
        )

    def _entries(self, chosen: bool) -> tuple[Entry, ...]:
        tip = self.tr("The more customers bought it, the darker a product is drawn.")
        entries = [Entry("dot", "accent", self.tr("darker: bought by more"), tip)]
        if chosen:
            entries.append(Entry("hollow", "spoiled", self.tr("chosen")))
            entries.append(Entry("hollow", "text", self.tr("most like it")))
        return tuple(entries)
