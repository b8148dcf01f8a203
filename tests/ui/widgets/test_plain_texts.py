from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget

from visualiser.ui.widgets.bar_rows import BarRows
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.plain_tip import plain_tip

NAME = "<s>no</s> & more"


def test_a_tooltip_shows_tags_of_somebodys_data_as_they_are():
    assert plain_tip("plain\ntext & more") == "plain\ntext & more"
    assert plain_tip(f"{NAME}\nand") == "<p>&lt;s&gt;no&lt;/s&gt; &amp; more<br>and</p>"


def test_headings_and_notes_of_bars_are_plain_text(qtbot):
    rows = BarRows(NAME)
    qtbot.addWidget(rows)
    rows.set_note(NAME)
    for label in rows.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_an_elided_name_is_plain_in_its_tooltip_too(qtbot):
    label = ElidedLabel(NAME)
    qtbot.addWidget(label)
    label.resize(20, 20)
    label.show()
    assert label.elided
    assert "&lt;s&gt;" in label.toolTip()


class LayoutRequests(QObject):
    """Counts how often a widget was asked to lay itself out anew."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_counter_does_not_lay_its_window_out_at_every_number(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    row, label = QHBoxLayout(window), ElidedLabel("step 1,000 · 0.1 s")
    row.addWidget(label)
    window.show()
    QApplication.processEvents()
    requests = LayoutRequests(window)
    for step in range(1001, 1400, 7):
        label.setText(f"step {step:,} · {step / 10_000:.1f} s")
        QApplication.processEvents()
    before = requests.count
    assert before <= 2
    label.setText("a text that is much longer than the counters were")
    QApplication.processEvents()
    assert requests.count > before


def test_a_label_has_the_looks_of_the_role_that_it_is_given_after_it_is_made(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet('*[role="muted"] { color: #123456; font-weight: 600; }')
    label = ElidedLabel("quiet", window)
    label.setProperty("role", "muted")
    window.show()
    assert label.palette().color(label.foregroundRole()).name() == "#123456"
    assert label.font().weight() == 600
