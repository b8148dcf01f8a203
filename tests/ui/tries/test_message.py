"""A message to try that is typed."""

from pytestqt.qtbot import QtBot

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.ui.tries.message import MessageMaker


def test_a_message_that_cannot_be_read_says_so(qtbot: QtBot) -> None:
    experiment = starting_point(DatasetConfig(name="sms_spam"))
    maker = MessageMaker()
    qtbot.addWidget(maker)
    maker.start_run(Trainer(experiment, load_dataset(experiment.dataset, 0)).info)
    assert maker.words.isHidden(), "a message of the data is of known words"
    for text in ("", "zzxxqq"):
        maker.text.setPlainText(text)
        assert "knows no word" in maker.words.text() and not maker.words.isHidden()
        assert "biases alone" in maker.words.text()
    maker.text.setPlainText("free " * 6000)
    assert maker.words.text() == "Only the first 20,000 characters are read."
    assert len(maker.example()[0]) == 20_000
    maker.text.setPlainText("free")
    assert maker.words.isHidden()
