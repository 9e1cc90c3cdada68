"""Eigen-CAM against pytorch-grad-cam, and at a size that its decomposition can't take."""

import resource

import numpy as np
import pytest

from replearn.explainers.eigen_cam import EigenCam
from replearn.explainers.layer_explainer import library_map


@pytest.mark.parametrize("size", [(2, 6, 5, 7), (1, 40, 4, 3), (3, 8, 14, 14)])
def test_it_is_the_librarys_map(size):
    from pytorch_grad_cam import EigenCAM

    maps = np.random.default_rng(0).normal(size=size).astype(np.float32)
    ours = EigenCam().joined(maps, np.zeros_like(maps))
    theirs = library_map(EigenCAM, maps, np.zeros_like(maps))
    np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_an_early_layer_of_a_finer_map_fits():
    maps = np.random.default_rng(0).normal(size=(1, 8, 160, 160)).astype(np.float32)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert EigenCam().joined(maps, maps).shape == (1, 160, 160)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 300_000  # kB; with all left vectors 2.6 GB
