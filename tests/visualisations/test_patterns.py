import math

import numpy as np
import pytest

from replearn.visualisations.patterns import (
    GENES,
    HIDDEN,
    Evolution,
    drawn,
    evolving,
    painted,
)


def colour_by_hand(genes, right, down):
    """Return the colour of one place, as the paper's networks paint it."""
    place = np.array([right, down, math.hypot(right, down) / math.sqrt(2), 1])
    sizes = [4 * HIDDEN, (HIDDEN + 4) * HIDDEN, HIDDEN * 3]
    first, second, third = np.split(genes.astype(np.float64), np.cumsum(sizes)[:2])
    third_of = HIDDEN // 3

    def bent(sums):
        return np.array(
            [
                math.sin(math.pi * value)
                if i < third_of
                else math.exp(-(value**2))
                if i < 2 * third_of
                else math.tanh(value)
                for i, value in enumerate(sums)
            ]
        )

    hidden = bent(place @ first.reshape(4, HIDDEN))
    hidden = bent(np.concatenate([hidden, place]) @ second.reshape(HIDDEN + 4, HIDDEN))
    return 1 / (1 + np.exp(-(hidden @ third.reshape(HIDDEN, 3))))


def test_a_pattern_is_painted_place_by_place():
    genes = drawn(2, np.random.default_rng(0)) / 4  # weak ones: single precision is near enough
    pictures = painted(genes, 5).numpy()
    assert pictures.shape == (2, 3, 5, 5)
    for which in range(2):
        for row in range(5):
            for column in range(5):
                wanted = colour_by_hand(genes[which], column / 2 - 1, row / 2 - 1)
                np.testing.assert_allclose(pictures[which, :, row, column], wanted, atol=1e-4)


@pytest.mark.parametrize("generations", [1, 12])
def test_the_best_lives_on_and_every_pattern_is_looked_at_once(generations):
    seen, wanted = [], np.linspace(-1, 1, GENES)

    def fitness(genes):
        seen.extend(genes.tobytes() for genes in genes)
        return -np.square(genes - wanted).sum(1).astype(np.float64)

    settings = Evolution(generations, children=10, parents=4)
    found = list(
        evolving(fitness, drawn(20, np.random.default_rng(1)), settings, np.random.default_rng(2))
    )
    assert len(found) == generations
    assert [one.evaluations for one in found] == [20 + 10 * i for i in range(generations)]
    assert len(set(seen)) == found[-1].evaluations
    values = [one.fitness for one in found]
    assert values == sorted(values)
    assert generations == 1 or values[-1] > values[0]
    best = -np.square(found[-1].best[0] - wanted).sum()
    assert best == pytest.approx(values[-1])
