from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.core.made_shop import made_shop, shop_experiment
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views.customer_choice import CustomerChoice
from visualiser.ui.views.product_map import ProductMapView
from visualiser.ui.views.recommended import RecommendedView
from visualiser.ui.views.registry import VIEWS

# Tooltips ask to be raised, which a display in memory cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")
MISTAKES = Spoiling(corruptions=(CorruptionConfig(name="mistaken_purchases", amount=0.5),))
LOST = Spoiling(corruptions=(CorruptionConfig(name="best_sellers", amount=0.0),))


class Run:
    """A run that a view is looking at."""

    def __init__(self, view: Any, steps: int = 0, **changes: object) -> None:
        self.view = view
        self.trainer = Trainer(shop_experiment(**changes), made_shop())
        view.start_run(self.info)
        self.go(steps)

    @property
    def info(self) -> RunInfo:
        return self.trainer.info

    def go(self, steps: int = 0) -> Snapshot:
        for _ in range(steps):
            self.trainer.step()
        want = Want(questions=self.view.questions())
        snapshot = self.trainer.snapshot(want, "paused", fresh=True)
        self.view.show_snapshot(snapshot)
        return snapshot


@pytest.fixture
def view(open_view: Callable[..., RecommendedView]) -> RecommendedView:
    return open_view(RecommendedView)


@pytest.fixture
def product_map(open_view: Callable[..., ProductMapView]) -> ProductMapView:
    return open_view(ProductMapView)


def names_in(view: RecommendedView, column: int) -> list[str]:
    return [line.text for line in view.columns.columns[column].lines]


def bought_of(run: Run, part: str, customer: int) -> set[str]:
    rows = getattr(run.info.split, part)
    book = run.info.dataset.catalogue
    assert book is not None
    pairs = np.asarray(rows.features)
    return {book.products[code] for code in pairs[pairs[:, 0] == customer, 1]}


def test_a_customer_has_what_was_bought_recommended_and_held_out(view: RecommendedView) -> None:
    run = Run(view, 200)
    customer = view.customer.code
    assert len(view.columns.columns) == 3
    assert {*names_in(view, 0)} == bought_of(run, "train", customer)
    assert {*names_in(view, 2)} == bought_of(run, "validation", customer)
    recommended = names_in(view, 1)
    assert len(recommended) == 10
    assert not {*recommended} & {*names_in(view, 0)}


def test_hits_are_the_held_out_products_among_the_ten(view: RecommendedView) -> None:
    run = Run(view, 200)
    for customer in range(20):
        view.customer.chosen.emit(customer)
        view.customer._code = customer
        run.go()
        _, recommended, held_out = view.columns.columns
        hits = {line.text for line in recommended.lines if line.mark == "hit"}
        assert hits == {*names_in(view, 1)} & {*names_in(view, 2)}
        assert hits == {line.text for line in held_out.lines if line.mark == "hit"}
        assert held_out.title == f"Held out: {len(hits)} of {len(held_out.lines)}"


def test_the_lists_change_as_the_model_learns_and_say_how(view: RecommendedView) -> None:
    run = Run(view, 1)
    before = names_in(view, 1)
    assert not any(line.move for line in view.columns.columns[1].lines)
    run.go(12)  # past the end of an epoch
    lines = view.columns.columns[1].lines
    assert names_in(view, 1) != before
    assert any(line.move for line in lines)
    moved = next(line for line in lines if line.move)
    assert ("up since" if moved.move > 0 else "down since") in moved.tip


def test_the_clean_twin_has_a_column_of_its_own_on_spoiled_data(view: RecommendedView) -> None:
    run = Run(view, 100, spoiling=MISTAKES)
    titles = [column.title for column in view.columns.columns]
    assert titles[2] == "Clean twin recommends" and len(titles) == 4
    changed = [line for line in view.columns.columns[0].lines if line.mark == "changed"]
    seen = run.trainer.snapshot(Want.NOTHING, "paused").spoiled_train
    mine = np.asarray(seen.features)[:, 0] == view.customer.code
    true = run.trainer.info.split.train.labels[seen.origin]
    assert len(changed) == np.count_nonzero((seen.labels != true)[mine])
    assert all(" → " in line.text and "is told" in line.tip for line in changed)
    assert "clean twin" in view.words.text()


def test_purchases_that_are_kept_from_the_model_are_struck_out(view: RecommendedView) -> None:
    Run(view, 5, spoiling=LOST)
    lines = view.columns.columns[0].lines
    assert any(line.mark == "removed" for line in lines)
    assert any("left out of what the model learns" in line.tip for line in lines)


def test_another_customer_is_asked_about_and_shown(view: RecommendedView, qtbot: QtBot) -> None:
    run = Run(view, 50)
    first = view.customer.code
    with qtbot.waitSignal(view.questions_changed):
        view.customer.after.click()
    assert view.customer.code == first + 1
    assert not view.columns.columns
    run.go()
    assert {*names_in(view, 0)} == bought_of(run, "train", first + 1)


def test_the_customer_stays_when_the_run_starts_again(view: RecommendedView) -> None:
    run = Run(view, 5)
    view.customer.after.click()
    chosen = view.customer.code
    view.start_run(run.info)
    assert view.customer.code == chosen
    assert not view.columns.columns


def test_a_diverged_run_is_told(view: RecommendedView) -> None:
    run = Run(view, 3)
    for weight in run.trainer._pair.student.model.parameters():
        weight.data.fill_(float("nan"))
    run.go()
    assert not view.columns.columns
    assert "no numbers any more" in view.columns._nothing


def test_pointing_at_a_line_tells_all_of_it(view: RecommendedView) -> None:
    Run(view, 50)
    columns = view.columns
    line = 1.25 * columns.fontMetrics().height()
    first = columns.columns[0].lines[0]
    assert columns.read(QPointF(5, 1.7 * line)) == first.tip
    assert first.text in first.tip
    assert columns.read(QPointF(5, 2)) == columns.columns[0].tip
    assert columns.read(QPointF(5, 4000)) == ""


@pytest.fixture
def choice(qtbot: QtBot) -> CustomerChoice:
    choice = CustomerChoice()
    qtbot.addWidget(choice)
    choice.offer(["customer 1", "customer 2", "Ann", "Bo"], 1)
    choice.show()
    return choice


def test_a_part_of_a_name_finds_a_customer(choice: CustomerChoice, qtbot: QtBot) -> None:
    choice.field.setText("an")
    with qtbot.waitSignal(choice.chosen) as heard:
        QTest.keyClick(choice.field, Qt.Key.Key_Return)
    assert heard.args == [2] and choice.field.text() == "Ann"


def test_a_name_that_nobody_has_changes_nothing(choice: CustomerChoice, qtbot: QtBot) -> None:
    choice.field.setText("nobody")
    with qtbot.assertNotEmitted(choice.chosen):
        QTest.keyClick(choice.field, Qt.Key.Key_Return)
    assert choice.code == 1 and choice.field.text() == "customer 2"


def test_one_goes_from_customer_to_customer_and_around(choice: CustomerChoice) -> None:
    for _ in range(2):
        choice.before.click()
    assert choice.code == 3
    choice.after.click()
    assert choice.code == 0
    for _ in range(20):
        choice.by_chance.click()
        assert 0 <= choice.code < 4


def test_a_click_on_a_product_asks_what_is_most_like_it(
    product_map: ProductMapView, qtbot: QtBot
) -> None:
    run = Run(product_map, 200)
    plot = product_map.plot
    assert not product_map.neighbours.rows and plot.filled
    place = plot.place_of(4).toPoint()
    with qtbot.waitSignal(product_map.questions_changed):
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place)
    product = plot.chosen_product
    assert product is not None
    run.go()
    book = run.info.dataset.catalogue
    assert book is not None
    assert book.products[product] in product_map.neighbours.title
    assert len(product_map.neighbours.rows) == 8
    assert [entry.text for entry in product_map.legend.entries][1:] == ["chosen", "most like it"]
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.rect().topLeft())
    run.go()
    assert plot.chosen_product is None and not product_map.neighbours.rows


def test_arrow_keys_and_enter_choose_a_product(product_map: ProductMapView) -> None:
    run = Run(product_map, 20)
    QTest.keyClick(product_map.plot, Qt.Key.Key_Right)
    book = run.info.dataset.catalogue
    assert book is not None
    assert product_map.product.text() == book.products[0]
    QTest.keyClick(product_map.plot, Qt.Key.Key_Return)
    assert product_map.plot.chosen_product == 0


def test_the_twin_has_a_map_of_its_own(product_map: ProductMapView) -> None:
    clean = Run(product_map, 10)
    assert not product_map.model.isVisibleTo(product_map)
    del clean
    Run(product_map, 60, spoiling=MISTAKES)
    assert product_map.model.isVisibleTo(product_map)
    mine = product_map.plot.place_of(0)
    product_map.model.put("twin")
    product_map.model.edited.emit()
    assert product_map.plot.place_of(0) != mine


def test_the_wheel_zooms_and_a_double_click_shows_all(product_map: ProductMapView) -> None:
    Run(product_map, 20)
    plot = product_map.plot
    whole = plot.frame
    plot._see(whole.zoomed(whole.box.center(), 2.0))
    assert plot.frame.x[1] - plot.frame.x[0] == pytest.approx((whole.x[1] - whole.x[0]) / 2)
    QTest.mouseDClick(plot, Qt.MouseButton.LeftButton)
    assert plot.frame == whole


@pytest.mark.parametrize("kind", [RecommendedView, ProductMapView])
@pytest.mark.parametrize("size", [(300, 160), (780, 330), (1400, 900)])
def test_both_views_draw_in_any_size_and_theme(
    open_view: Callable[..., Any], kind: type, size: tuple[int, int]
) -> None:
    view = open_view(kind)
    view.resize(*size)
    run = Run(view, 5, spoiling=MISTAKES)
    for palette in (LIGHT, DARK):
        view.apply_palette(palette)
        run.go()
        assert not view.grab().isNull()


def test_other_data_has_nobody_to_recommend_to(snapshot_of: Callable[..., Snapshot]) -> None:
    info = snapshot_of("shapes", (), 2).info
    specs = {spec.name: spec for spec in VIEWS}
    for name in ("recommended", "product_map"):
        assert "Only purchases" in (specs[name].refuses(info) or "")


def test_views_of_classes_and_numbers_say_that_products_are_ranked() -> None:
    info = Trainer(shop_experiment(), made_shop()).info
    specs = {spec.name: spec for spec in VIEWS}
    for name in ("confusion", "gallery", "scatter"):
        assert "see Recommended" in (specs[name].refuses(info) or "")
    for name in ("network", "boundary", "filters", "forecast"):
        assert specs[name].refuses(info)
    for name in ("data", "weights", "distributions", "recommended", "product_map"):
        assert specs[name].refuses(info) is None
