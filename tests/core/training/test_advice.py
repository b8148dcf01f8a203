from visualiser.core.training.advice import shorter_steps


def test_smaller_batches_are_advised_only_where_they_are_large() -> None:
    assert "smaller than 512" in shorter_steps(512)
    assert "atch" not in shorter_steps(8)
