import torch

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.models.layers import parameter_count
from visualiser.core.models.matrix_factorisation import FactorOptions, factor_layers
from visualiser.core.models.purchase_layers import Basket, ProductTower
from visualiser.core.models.two_tower import TowerOptions, tower_layers
from visualiser.core.network.build import build_network
from visualiser.core.network.modules import module_of

PAIRS = Inputs((2,), (5, 30))
BASKETS = Inputs((7,), (31,))


def test_matrix_factorisation_is_an_inner_product_with_biases_of_products() -> None:
    layers = factor_layers(FactorOptions(dimensions=4, dropout=0.0), PAIRS, 30)
    network = build_network(layers, seed=3)
    assert sum(weight.numel() for weight in network.parameters()) == parameter_count(layers)
    customers, products = network
    pairs = torch.tensor([[2.0, 9.0], [2.0, 11.0], [4.0, 9.0]])
    scores = network(pairs)
    expected = customers.weight[[2, 2, 4]] @ products.weight.T + products.bias
    assert torch.allclose(scores, expected)
    assert torch.equal(scores[0], scores[1])


def test_a_basket_is_the_mean_of_its_products_in_any_order() -> None:
    basket = module_of(Basket(30, 4, length=3))
    mean = (basket.weight[4] + basket.weight[9]) / 2
    codes = torch.tensor([[5.0, 10.0, 0.0], [0.0, 10.0, 5.0], [0.0, 0.0, 0.0]])
    vectors = basket(codes)
    assert torch.allclose(vectors[0], mean) and torch.allclose(vectors[1], mean)
    assert not vectors[2].any()


def test_the_two_towers_count_their_numbers_and_name_their_matrices() -> None:
    layers = tower_layers(TowerOptions(dimensions=4, neurons=6, dropout=0.1), BASKETS, 30)
    network = build_network(layers, seed=3)
    assert sum(weight.numel() for weight in network.parameters()) == parameter_count(layers)
    assert network(torch.zeros(2, 7)).shape == (2, 30)
    for layer, module in zip(layers, network, strict=True):
        for matrix in layer.matrices:
            assert module.get_parameter(matrix.weight).shape == (matrix.outputs, matrix.inputs)
    tower = layers[-1]
    assert isinstance(tower, ProductTower)
    assert network[-1].vectors().shape == (30, 4)
