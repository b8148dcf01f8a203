"""Messages as weighted words and pairs of words (TF-IDF) into a logistic regression."""

from visualiser.bench.quality.references.spec import Answer, Reference, log_probabilities
from visualiser.core.training.preparation import Preparation

_MARGIN_COST = 10.0
_ITERATIONS = 2_000
_WORD = r"(?u)\b\w+\b|[£$€!?]"
"""Single letters and the signs of advertising too, which scikit-learn leaves out by itself."""


def _fit(preparation: Preparation, seed: int) -> Answer:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    train = preparation.split.train
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=_WORD),
        LogisticRegression(C=_MARGIN_COST, max_iter=_ITERATIONS),
    )
    model.fit(train.features, train.labels)
    classes = preparation.dataset.class_count
    return lambda part: log_probabilities(
        model.predict_proba(part.features), model.classes_, classes
    )


REFERENCE = Reference(
    "TF-IDF + LogisticRegression", frozenset({"classification"}), frozenset({"text"}), _fit
)
