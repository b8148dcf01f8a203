"""Another experiment, from the wish for it until its run stands."""

from visualiser.core.experiment import Experiment
from visualiser.ui.experiment_column import ExperimentColumn
from visualiser.ui.message_bar import MessageBar
from visualiser.ui.transport import Transport


class WantedExperiment:
    """Has the panels show what is wanted: at once, or where other data is loaded when it is there.

    Until then they show the run as it stands.

    Attributes:
        why: what the user changed, so that the run starts over; empty where nothing was.
    """

    def __init__(
        self, column: ExperimentColumn, transport: Transport, messages: MessageBar
    ) -> None:
        self._column, self._transport, self._messages = column, transport, messages
        self._run_stands = False
        self.why = ""

    def show(self, experiment: Experiment) -> None:
        """Show it now."""
        self.why = ""
        self._column.show_experiment(experiment)
        self._transport.show_experiment(experiment)

    def open(self, experiment: Experiment) -> None:
        """Whole, as from a file."""
        self.why = ""
        self._messages.withdraw("opening")
        if not self._waits_for_data(experiment):
            self.show(experiment)

    def change(self, experiment: Experiment, why: str) -> None:
        """As the panels have it, and what was changed there."""
        self.why = why
        self._messages.withdraw("opening")
        self._messages.move_on()
        if not self._waits_for_data(experiment):
            if experiment != self._column.experiment:
                self._column.show_experiment(experiment)
            self._transport.show_experiment(experiment)

    def start_run(self, experiment: Experiment) -> None:
        """Its run is ready for its first step."""
        if self._waits_for_data(experiment):
            self.show(experiment)
        self._run_stands = True
        self.why = ""

    def _waits_for_data(self, experiment: Experiment) -> bool:
        return self._run_stands and experiment.dataset != self._column.experiment.dataset
