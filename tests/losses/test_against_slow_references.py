"""Each loss against loops written from its paper's formula."""

import math

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from replearn.losses.clip import clip_loss
from replearn.losses.moco import moco_loss
from replearn.losses.nt_xent import nt_xent
from replearn.losses.siglip import siglip_loss
from replearn.losses.simsiam import simsiam_loss
from replearn.losses.sup_con import sup_con

GRID = [(n, d, t) for n in (2, 3, 8) for d in (2, 16) for t in (0.05, 0.2, 1.0)]


def unit(n: int, d: int, seed: int) -> torch.Tensor:
    random = torch.Generator().manual_seed(seed)
    return F.normalize(torch.randn(n, d, generator=random, dtype=torch.float64), dim=1)


def log_share(scores: list[float], chosen: float) -> float:
    return chosen - math.log(sum(math.exp(score) for score in scores))


@pytest.mark.parametrize(("n", "d", "t"), GRID)
def test_nt_xent(n, d, t):
    first, second = unit(n, d, 0), unit(n, d, 1)
    both = torch.cat([first, second]).numpy()
    total = 0.0
    for i in range(2 * n):
        others = [both[i] @ both[j] / t for j in range(2 * n) if j != i]
        total -= log_share(others, both[i] @ both[(i + n) % (2 * n)] / t)
    assert float(nt_xent(first, second, t)) == pytest.approx(total / (2 * n), abs=1e-9)


@pytest.mark.parametrize(("n", "d", "t"), GRID)
def test_sup_con(n, d, t):
    vectors = unit(2 * n, d, 2)
    labels = torch.arange(2 * n) % max(2, n // 2)
    values, of_anchor = vectors.numpy(), []
    for i in range(2 * n):
        positives = [j for j in range(2 * n) if j != i and labels[j] == labels[i]]
        others = [values[i] @ values[j] / t for j in range(2 * n) if j != i]
        shares = [log_share(others, values[i] @ values[j] / t) for j in positives]
        of_anchor.append(-np.mean(shares))
    assert float(sup_con(vectors, labels, t)) == pytest.approx(np.mean(of_anchor), abs=1e-9)


def test_sup_con_with_one_positive_each_is_nt_xent():
    first, second = unit(6, 8, 3), unit(6, 8, 4)
    labels = torch.arange(6).repeat(2)
    torch.testing.assert_close(
        sup_con(torch.cat([first, second]), labels, 0.3), nt_xent(first, second, 0.3)
    )
    with pytest.raises(ValueError, match="no two rows"):
        sup_con(first, torch.arange(6))


@pytest.mark.parametrize(("n", "d", "t"), GRID)
def test_clip(n, d, t):
    images, texts = unit(n, d, 5), unit(n, d, 6)
    cosines = (images @ texts.T).numpy() * min(100, 1 / t)
    rows = [-log_share(list(cosines[i]), cosines[i, i]) for i in range(n)]
    columns = [-log_share(list(cosines[:, i]), cosines[i, i]) for i in range(n)]
    found = float(clip_loss(images, texts, torch.tensor(math.log(1 / t))))
    assert found == pytest.approx((np.mean(rows) + np.mean(columns)) / 2, abs=1e-6)


def test_clips_temperature_stays_at_a_hundredth():
    images, texts = unit(4, 8, 0), unit(4, 8, 1)
    at_limit = clip_loss(images, texts, torch.tensor(math.log(100.0)))
    torch.testing.assert_close(clip_loss(images, texts, torch.tensor(9.0)), at_limit)


@pytest.mark.parametrize(("n", "d", "t"), GRID)
def test_siglip(n, d, t):
    images, texts, bias = unit(n, d, 7), unit(n, d, 8), -3.0
    total = 0.0
    for i in range(n):
        for j in range(n):
            logit = float(images[i] @ texts[j]) / t + bias
            total += math.log(1 + math.exp(-logit if i == j else logit))
    found = siglip_loss(images, texts, torch.tensor(math.log(1 / t)), torch.tensor(bias))
    assert float(found) == pytest.approx(total / n, rel=1e-5)


@pytest.mark.parametrize(("n", "d", "t"), GRID)
def test_moco(n, d, t):
    queries, keys, queue = unit(n, d, 9), unit(n, d, 10), unit(7, d, 11)
    total = 0.0
    for i in range(n):
        own = float(queries[i] @ keys[i]) / t
        total -= log_share([own, *((queue @ queries[i]) / t).tolist()], own)
    assert float(moco_loss(queries, keys, queue, t)) == pytest.approx(total / n, abs=1e-9)


def test_simsiam_stops_the_targets_gradient():
    made = [unit(5, 8, seed).requires_grad_() for seed in range(12, 16)]
    loss = simsiam_loss((made[0], made[1]), (made[2], made[3]))
    loss.backward()
    values = [made_one.detach() for made_one in made]
    slow = [float(values[p][i] @ values[t][i]) for p, t in ((0, 3), (1, 2)) for i in range(5)]
    assert float(loss.detach()) == pytest.approx(-np.mean(slow), abs=1e-9)
    assert made[0].grad is not None
    assert made[2].grad is None


def test_shapes_that_do_not_fit_are_named():
    scale = torch.tensor(1.0)
    calls = [
        nt_xent,
        lambda a, b: clip_loss(a, b, scale),
        lambda a, b: siglip_loss(a, b, scale, scale),
        lambda a, b: moco_loss(a, b, b),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=r"\(3, 4\).*\(2, 4\)"):
            call(unit(3, 4, 0), unit(2, 4, 1))
    with pytest.raises(ValueError, match=r"\(3, 4\).*\(2,\)"):
        sup_con(unit(3, 4, 0), torch.zeros(2))
