"""What is to be learnt, in words."""

from visualiser.core.data.dataset import Dataset


def prediction_sentence(dataset: Dataset) -> str:
    """What is to be learnt, in words: the target, and whether it is a class or a number."""
    kind = f"one of {dataset.class_count} classes (classification)"
    if dataset.catalogue is not None:
        kind = f"one of {len(dataset.catalogue.products)} of each customer (ranking)"
    if dataset.alphabet:
        kind = f"one of {len(dataset.alphabet)}, after each character (language)"
    if dataset.seasons is not None:
        ahead, cadence = dataset.seasons.ahead, dataset.seasons.cadence
        far = cadence.a if ahead == 1 else cadence.count(ahead)
        kind = f"a number {far} ahead (forecasting)"
    elif dataset.predicts_amounts:
        kind = f"a {'date' if dataset.target_is_date else 'number'} (regression)"
    return f"Predicts “{dataset.target}”, {kind}."
