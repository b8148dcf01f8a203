"""Whether the names, options and amounts of an experiment are any that the registries know."""

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.corruption.spec import Corruption
from visualiser.core.data.registry import source_named
from visualiser.core.data.strokes import check_data_edits
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment, Spoiling, check_options
from visualiser.core.models.registry import model_encoding, model_named


def check_names(experiment: Experiment) -> None:
    """Refuse what no registry knows, before any data is loaded.

    Raises:
        UserError: a data set, model or corruption is unknown, a corruption is named twice or
            its amount is out of range, or an option or a stroke does not fit.
    """
    source = source_named(experiment.dataset.name)
    check_options(source.options, experiment.dataset.options, source.title)
    model = model_named(experiment.model.name)
    if source.modality is not None:  # of an own table it is known once it is read
        encoding = model_encoding(model.name, source.modality)
        check_options(encoding.options, experiment.dataset.encoding, f"{source.title}, encoding")
    check_options(model.options, experiment.model.options, model.title)
    for spoiling in (experiment.spoiling, *(edit.spoiling for edit in experiment.edits)):
        if spoiling is not None:
            _check_spoiling_names(spoiling)
    check_data_edits(experiment)


def _check_spoiling_names(spoiling: Spoiling) -> None:
    seen: set[str] = set()
    for config in spoiling.corruptions:
        corruption = corruption_named(config.name)
        if config.name in seen:
            raise UserError(
                f"{corruption.title} ({config.name}) is named twice.", "Name each way once."
            )
        seen.add(config.name)
        if not corruption.amount.contains(config.amount):
            raise _misfit_amount(corruption, config.amount)
        check_options(corruption.options, config.options, corruption.title)


def _misfit_amount(corruption: Corruption, amount: float) -> UserError:
    name, kind = f"{corruption.title} ({corruption.name})", corruption.amount
    low, high = sorted((kind.identity, kind.extreme))
    if kind.whole and low <= amount <= high:
        said = f"{name}: {amount:g} is not a whole number."
    else:
        said = f"{name}: {amount:g} is out of range."
    what = "a whole number" if kind.whole else "an amount"
    return UserError(said, f"Choose {what} from {low:g} to {high:g}.")
