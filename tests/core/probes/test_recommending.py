import numpy as np
import pytest

from tests.core.made_shop import made_shop, shop_experiment
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.probes.product_map import best_turn, nearer_the_axes, principal_plane
from visualiser.core.questions.product_map import ProductMap
from visualiser.core.questions.recommendations import Recommendations
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

MISTAKES = Spoiling(corruptions=(CorruptionConfig(name="mistaken_purchases", amount=0.5),))
MODELS = ("matrix_factorisation", "two_tower")


def trained(experiment: Experiment, steps: int = 200) -> Trainer:
    trainer = Trainer(experiment, made_shop())
    for _ in range(steps):
        trainer.step()
    return trainer


@pytest.mark.parametrize("model", MODELS)
def test_customers_are_shown_what_others_of_their_taste_buy(model: str) -> None:
    trainer = trained(shop_experiment(model), 300)
    products = np.array(trainer.info.dataset.catalogue.products)
    for customer in (2, 3):
        question = Recommendations(customer)
        scores = trainer.snapshot(Want.answers_to(question), "paused").answer(question)
        assert scores is not None and scores.twin is None
        top = products[np.argsort(-scores.student)[:10]]
        taste = "tea" if customer % 2 == 0 else "tool"
        assert sum(name.startswith(taste) for name in top) >= 8


@pytest.mark.parametrize("model", MODELS)
def test_scores_of_a_customer_are_those_of_the_held_out_rows(model: str) -> None:
    trainer = trained(shop_experiment(model), 20)
    part = trainer.info.split.validation
    customer = int(np.asarray(part.features)[0, 0])
    question = Recommendations(customer)
    snapshot = trainer.snapshot(Want.PREDICTIONS | Want.answers_to(question), "paused", fresh=True)
    scores = snapshot.answer(question)
    assert scores is not None and snapshot.predictions is not None
    bought = np.asarray(trainer.info.split.train.features)
    bought = bought[bought[:, 0] == customer, 1]
    candidates = np.delete(np.arange(len(scores.student)), bought)
    place = 1 + np.count_nonzero(scores.student[candidates] > scores.student[part.labels[0]])
    assert snapshot.predictions.output[0, 1] == place


def test_both_models_answer_where_purchases_are_spoiled() -> None:
    trainer = trained(shop_experiment(spoiling=MISTAKES))
    asked = Recommendations(0), ProductMap(3)
    snapshot = trainer.snapshot(Want.answers_to(*asked), "paused")
    scores, places = (snapshot.answer(question) for question in asked)
    assert scores.twin is not None and not np.allclose(scores.student, scores.twin)
    assert places.twin is not None and places.twin_neighbours is not None


def test_products_of_one_taste_lie_together_and_are_neighbours() -> None:
    trainer = trained(shop_experiment(), 400)
    products = trainer.info.dataset.catalogue.products
    question = ProductMap(0)
    places = trainer.snapshot(Want.answers_to(question), "paused").answer(question)
    assert places is not None and places.neighbours is not None
    assert 0.2 < places.shown <= 1
    kind = products[0].split()[0]
    alike = [products[code] for code in places.neighbours.products]
    assert len(alike) == 8 and products[0] not in alike
    assert sum(name.startswith(kind) for name in alike) >= 7
    assert (np.diff(places.neighbours.likeness) <= 0).all()
    tea = np.array([name.startswith("tea") for name in products])
    gap = places.student[tea].mean(axis=0) - places.student[~tea].mean(axis=0)
    assert np.linalg.norm(gap) > places.student[tea].std(axis=0).max()


def test_the_map_does_not_jump_from_step_to_step() -> None:
    trainer = trained(shop_experiment(), 100)
    question = ProductMap()
    before = None
    for _ in range(10):
        places = trainer.snapshot(Want.answers_to(question), "paused").answer(question)
        assert places is not None
        if before is not None:
            moved = np.linalg.norm(places.student - before, axis=1)
            assert np.median(moved) < 0.2 * np.abs(before).max()
        before = places.student
        for _ in range(3):
            trainer.step()


def test_the_plane_of_most_variance_is_that_of_scikit_learn() -> None:
    from sklearn.decomposition import PCA

    vectors = np.random.default_rng(3).normal(size=(50, 6)).astype(np.float32)
    vectors[:, 2] *= 4
    places, shown = principal_plane(vectors)
    oracle = PCA(2).fit(vectors)
    assert np.allclose(np.abs(places), np.abs(oracle.transform(vectors)), atol=1e-4)
    assert shown == pytest.approx(oracle.explained_variance_ratio_.sum())


def test_a_map_of_one_dimension_is_a_line() -> None:
    places, shown = principal_plane(np.arange(5, dtype=np.float32)[:, None])
    assert places.shape == (5, 2) and not places[:, 1].any()
    assert shown == pytest.approx(1.0)


def turn_of(angle: float, mirrored: bool) -> np.ndarray:
    side = -1 if mirrored else 1
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array([[cosine, side * sine], [-sine, side * cosine]], np.float32)


@pytest.mark.parametrize("mirrored", [True, False])
def test_a_turned_and_mirrored_map_is_turned_back(mirrored: bool) -> None:
    model = np.random.default_rng(1).normal(size=(20, 2)).astype(np.float32)
    places = model @ turn_of(2.0, mirrored)
    assert np.allclose(places @ best_turn(places, model), model, atol=1e-5)


@pytest.mark.parametrize("mirrored", [True, False])
@pytest.mark.parametrize("angle", [0.0, 0.4, -1.3, 2.9, -2.0])
def test_a_map_settles_along_the_components_without_a_jump(angle: float, mirrored: bool) -> None:
    turn = turn_of(angle, mirrored)
    for _ in range(200):
        new = nearer_the_axes(turn)
        assert np.allclose(new @ new.T, np.eye(2), atol=1e-4)
        assert np.linalg.det(new) * np.linalg.det(turn) > 0
        assert np.abs(new - turn).max() < 0.2
        turn = new
    assert np.allclose(np.abs(turn), np.eye(2), atol=1e-3)


@pytest.mark.parametrize("model", MODELS)
def test_a_run_is_the_same_to_the_bit_whether_it_was_asked_or_not(model: str) -> None:
    asked, alone = (Trainer(shop_experiment(model, spoiling=MISTAKES), made_shop()) for _ in "12")
    questions = Want.answers_to(Recommendations(1), ProductMap(2))
    for _ in range(30):
        asked.step()
        asked.snapshot(questions, "running")
        alone.step()
    assert (
        asked.history.view()["train_loss"].tolist() == alone.history.view()["train_loss"].tolist()
    )
    first, second = (run.snapshot(Want.WEIGHTS, "paused").layers for run in (asked, alone))
    for mine, other in zip(first, second, strict=True):
        assert np.array_equal(mine.weight, other.weight)


def test_other_data_has_no_products_to_ask_about() -> None:
    experiment = Experiment(dataset=DatasetConfig(name="shapes"))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    snapshot = trainer.snapshot(Want.answers_to(Recommendations(0), ProductMap()), "ready")
    assert snapshot.answer(Recommendations(0)) is None
    assert snapshot.answer(ProductMap()) is None
