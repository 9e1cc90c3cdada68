"""Gram matrices against a slow version, written out by hand."""

import torch

from replearn.visualisations.style import SameStyle, gram

MAPS = torch.randn(2, 3, 4, 5, generator=torch.Generator().manual_seed(0))


def slow_gram(maps):
    n, c, h, w = maps.shape
    found = torch.zeros(n, c, c)
    for picture in range(n):
        for one in range(c):
            for other in range(c):
                total = 0.0
                for row in range(h):
                    for column in range(w):
                        first, second = maps[picture, one, row, column], maps[picture, other]
                        total += float(first) * float(second[row, column])
                found[picture, one, other] = total / (h * w)
    return found


def test_gram_matrices_are_mean_products_of_channels():
    torch.testing.assert_close(gram(MAPS), slow_gram(MAPS), atol=1e-6, rtol=1e-5)


def test_a_style_doesn_t_know_where_things_are_but_a_channel_s_own_place_counts():
    wanted = gram(MAPS[:1])
    style = SameStyle("layer", wanted)
    assert style.reads == ("layer",)
    cells = torch.randperm(20, generator=torch.Generator().manual_seed(1))
    moved = MAPS[:1].flatten(2)[..., cells].reshape(1, 3, 4, 5)
    assert float(style.value({"layer": moved})) > -1e-10
    first_alone_moved = torch.cat([moved[:, :1], MAPS[:1, 1:]], 1)
    assert float(style.value({"layer": first_alone_moved})) < -1e-3


def test_its_value_is_the_squared_distance_as_a_share():
    wanted = slow_gram(MAPS[:1])
    expected = [
        -float(((one - wanted[0]) ** 2).sum() / (wanted[0] ** 2).sum()) for one in slow_gram(MAPS)
    ]
    found = SameStyle("layer", wanted).value({"layer": MAPS})
    torch.testing.assert_close(found, torch.tensor(expected), atol=1e-6, rtol=1e-5)
