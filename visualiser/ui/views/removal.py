"""“Remove this person”: a model that learns without one person's rows, beside the one with them."""

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QListView,
    QPushButton,
    QWidget,
)

from visualiser.core.data.nouns import noun_of
from visualiser.core.data.people import person_text
from visualiser.core.questions.own_rows import KnownOfPerson, OwnRows, OwnRowsTold
from visualiser.core.questions.spec import Question
from visualiser.core.removal import (
    Repairs,
    is_left_out,
    repairs_with,
    repairs_without,
    rows_of_person,
)
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.removal_figures import RemovalFigures
from visualiser.ui.views.removal_people import PeopleList
from visualiser.ui.views.removal_words import absent_sentence, removal_sentence
from visualiser.ui.views.side_column import SideColumn
from visualiser.ui.views.tile import Tile, Words
from visualiser.ui.views.tiles import ExampleTiles
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.paragraph import paragraph

_LIST_LETTERS, _SIDE_LETTERS, _TILES_LETTERS = 24, 34, 22
_LEAST_LETTERS, _LEAST_LINES = 14, 4
_SIDE_SHARE, _TILES_SHARE = 5, 3
_GAP = 12
_MOST_TILES = 60
_ANY_WIDTH = 16_777_215
"""What Qt takes for no limit."""


class RemovalView(Fitted, QWidget):
    """The people in the training part; one of them, and what models with and without them know.

    Signals:
        questions_changed: another person is looked at, or more is asked of a run that rests.
        repairs_wanted: a tuple of Repair, and whether a new run is to begin with them.
    """

    questions_changed = Signal()
    repairs_wanted = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._snapshot: Snapshot | None = None
        self._known: KnownOfPerson | None = None
        self._person: int | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.questions_changed)
        self.people = PeopleList()
        self.list = self._list()
        self.title = paragraph("heading")
        self.sentence, self.hint = paragraph(), paragraph("muted")
        self.go_on = self._button(
            self.tr("Go on without them"),
            self.tr(
                "A third model begins as a copy of yours, here and now, and goes on without all "
                "rows of this person. What it learnt from them until now it may keep."
            ),
        )
        self.start_over = self._button(
            self.tr("Start over without them"),
            self.tr(
                "A new run, in which the third model never sees a row of this person: the sure "
                "way to forget."
            ),
        )
        self.put_back = self._button(
            self.tr("Put them back"), self.tr("The third model goes on with their rows again.")
        )
        self.go_on.clicked.connect(self._go_on)
        self.start_over.clicked.connect(self._start_over)
        self.put_back.clicked.connect(self._put_back)
        self.figures = RemovalFigures()
        self.tiles = ExampleTiles(self)
        self.tiles.setAccessibleName(self.tr("Their training rows"))
        self._build()

    def _list(self) -> QListView:
        people = QListView(self)
        people.setModel(self.people)
        people.setUniformItemSizes(True)
        people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        people.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        people.setAccessibleName(self.tr("People in the training part"))
        people.setToolTip(self.tr("Whose rows are left out; type to find one."))
        people.selectionModel().currentChanged.connect(self._choose)
        return people

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setProperty("role", "small")
        return button

    def _build(self) -> None:
        buttons = QWidget()
        line = FlowLayout(buttons, gap=6)
        for button in (self.go_on, self.start_over, self.put_back):
            line.addWidget(button)
        self._side = SideColumn(
            self.title, buttons, self.sentence, self.figures, self.hint, parent=self
        )
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self.fit()

    def fit(self) -> None:
        """Side by side as far as there is room; else without their rows, or the list above."""
        letter, room = self.fontMetrics().averageCharWidth(), self.width()
        two = room >= (_LIST_LETTERS + _SIDE_LETTERS) * letter + _GAP
        three = room >= (_LIST_LETTERS + _SIDE_LETTERS + _TILES_LETTERS) * letter + 2 * _GAP
        self.tiles.setVisible(three)
        self._side.unroll(not two)
        self.list.setMaximumWidth(_LIST_LETTERS * letter if two else _ANY_WIDTH)
        self.list.setMinimumWidth(_LIST_LETTERS * letter if two else 0)
        parts = (self.list, self._side, self.tiles)
        for place, part in enumerate(parts):
            self._layout.removeWidget(part)
            self._layout.addWidget(part, 0 if two else place, place if two else 0)
        self._layout.setColumnStretch(1, _SIDE_SHARE if two else 0)
        self._layout.setColumnStretch(2, _TILES_SHARE if three else 0)
        for row, share in enumerate((1, 0) if two else (1, 2)):
            self._layout.setRowStretch(row, share)

    def minimumSizeHint(self) -> QSize:
        letter, line = self.fontMetrics().averageCharWidth(), self.fontMetrics().height()
        width = max(_LEAST_LETTERS * letter, self._side.minimumSizeHint().width())
        if not self._side.unrolled:
            return QSize(width, 9 * line)
        return QSize(width, _LEAST_LINES * line + _GAP + self._side.minimumHeight())

    @property
    def person(self) -> int | None:
        """Who is looked at, as people_of() numbers them."""
        return self._person

    def questions(self) -> frozenset[Question[OwnRowsTold]]:
        """What is known of the person."""
        return frozenset() if self._person is None else frozenset({OwnRows(self._person)})

    def start_run(self, info: RunInfo) -> None:
        """Another run; of the same data the same person stays chosen."""
        self._again.stop()
        same = self._info is not None and self._info.dataset is info.dataset
        before = self._person if same else None
        self._info, self._snapshot, self._known = info, None, None
        self.people.start_run(info)
        place = self.people.place_of(before)
        self._person = None
        self.list.setCurrentIndex(self.people.index(0 if place is None else place))
        self._describe()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take what the models know of the person now."""
        first = self._snapshot is None
        self._snapshot = snapshot
        self._follow_part(snapshot, first=first)
        told = None if self._person is None else snapshot.answer(OwnRows(self._person))
        if told is not None:
            if not told.done and snapshot.state != "running":
                self._again.start()
            self._known = told.newest
        self._describe()

    def _follow_part(self, snapshot: Snapshot, *, first: bool) -> None:
        """Whose rows were removed stand last; at first somebody who is there is chosen."""
        person = self._person
        if not self.people.follow(snapshot.spoiled_train):
            return
        place = self.people.place_of(person)
        if place is None or (first and not self.people.is_there(self.people.person_at(place))):
            place = 0
        self.list.setCurrentIndex(self.people.index(place))

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.tiles.apply_palette(palette)

    def _choose(self, now: QModelIndex, before: QModelIndex) -> None:
        person = self.people.person_at(now.row()) if now.isValid() else None
        if person == self._person:
            return
        self._person, self._known = person, None
        self._show_rows()
        self._describe()
        self.questions_changed.emit()

    def _show_rows(self) -> None:
        """Their clean training rows."""
        info = self._info
        if info is None or self._person is None:
            self.tiles.show_nothing(self.tr("Nobody is chosen."))
            return
        train = info.split.train
        places = rows_of_person(info.dataset, train, self._person)[:_MOST_TILES]
        part = train.take(places)
        tiles = tuple(
            Tile((Words(info.dataset.label_text(float(label)), "muted"),)) for label in part.labels
        )
        self.tiles.rewind()
        self.tiles.show_examples(info.dataset, part.features, tiles)

    def _describe(self) -> None:
        info, snapshot, person = self._info, self._snapshot, self._person
        if info is None or person is None:
            return
        train = info.split.train if snapshot is None else snapshot.spoiled_train
        count = len(rows_of_person(info.dataset, train, person))
        gone = is_left_out(info.dataset, train, person, self._in_force())
        there = bool(count)
        self.go_on.setVisible(not gone)
        self.put_back.setVisible(gone)
        for button in (self.go_on, self.start_over):
            button.setEnabled(snapshot is not None and 0 < count < len(train))
        who = _capital(person_text(info.dataset, person))
        rows = noun_of(info.dataset).counted(count, self.tr("training"))
        if not there:
            rows = self.tr("not in the training")
        _put(self.title, self.tr("{who}: {rows}").format(who=who, rows=rows))
        self.figures.show_figures(snapshot, self._known, gone)
        never = gone and is_left_out(info.dataset, train, person, info.experiment.repairs)
        if not there and snapshot is not None:
            twin = snapshot.twin_validation is not None
            _put(self.sentence, absent_sentence(person_text(info.dataset, person), twin=twin))
            _put(self.hint, "")
            return
        _put(self.sentence, removal_sentence(info, self._known, gone))
        _put(self.hint, self._hint(gone, never))

    def _hint(self, gone: bool, never: bool) -> str:
        if not gone:
            return self.tr(
                "Everyone may ask that what is recorded of them is erased (GDPR, article 17). "
                "Whether a model forgets too is seen by training one without them."
            )
        if never:
            return self.tr("The model without them never saw one of their rows.")
        return self.tr(
            "The model without them had seen their rows until it went on without. Start over to "
            "have one that never did."
        )

    def _in_force(self) -> Repairs:
        mended = None if self._snapshot is None else self._snapshot.mended
        return () if mended is None else mended.repairs

    def _without(self) -> Repairs:
        info, snapshot = self._info, self._snapshot
        assert info is not None and snapshot is not None and self._person is not None
        part = snapshot.spoiled_train
        return repairs_without(info.dataset, part, self._person, self._in_force())

    def _go_on(self) -> None:
        if self._snapshot is not None and self._person is not None:
            self.repairs_wanted.emit(self._without(), False)

    def _start_over(self) -> None:
        if self._snapshot is not None and self._person is not None:
            self.repairs_wanted.emit(self._without(), True)

    def _put_back(self) -> None:
        if self._info is not None and self._person is not None:
            left = repairs_with(self._info.dataset, self._person, self._in_force())
            self.repairs_wanted.emit(left, False)


def _put(label: QWidget, text: str) -> None:
    """A label with another text lays out anew, so only where it is another."""
    if label.property("text") != text:
        label.setProperty("text", text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
