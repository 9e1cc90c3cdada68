import numpy as np
import pytest
from scipy.stats import binomtest

from replearn.core.errors import InputError
from replearn.core.registry import resolve
from replearn.core.settings import from_environment, writable_folder
from replearn.core.statistics import Estimate, proportion, reliability, two_figures


@pytest.mark.parametrize(("right", "n"), [(0, 5), (3, 10), (50, 100), (9_999, 10_000), (7, 7)])
def test_the_interval_is_wilsons(right, n):
    expected = binomtest(right, n).proportion_ci(method="wilson")
    found = proportion(right, n)
    assert found.value == right / n
    assert found.low == pytest.approx(expected.low, abs=1e-4)
    assert found.high == pytest.approx(expected.high, abs=1e-4)
    assert f"(n = {n:,})" in str(found)


def test_two_figures_have_no_exponent():
    shown = [two_figures(value) for value in (123.4, 4321, 0.0456, 7, -1.26, float("nan"))]
    assert shown == ["120", "4300", "0.046", "7", "-1.3", "nan"]
    assert str(Estimate(123.4, 98.7, 145, 9)) == "120 [99, 140] (n = 9)"


def test_calibration_error_equals_a_slow_count():
    random = np.random.default_rng(0)
    confidence = random.uniform(0, 1, 500)
    correct = random.uniform(0, 1, 500) < confidence**2
    found = reliability(confidence, correct)
    bins = 10
    slow = 0.0
    for b in range(bins):
        low, high = b / bins, (b + 1) / bins
        inside = [
            i
            for i in range(500)
            if (low < confidence[i] <= high) or (b == 0 and confidence[i] == 0)
        ]
        if inside:
            gap = abs(np.mean(confidence[inside]) - np.mean(correct[inside]))
            slow += len(inside) / 500 * gap
    assert found.ece == pytest.approx(slow, abs=0.01)


def test_an_unknown_name_lists_the_valid_ones_and_the_nearest():
    with pytest.raises(InputError, match=r"choose one of cam, grad-cam.*Did you mean grad-cam"):
        resolve("explainer", "gradcam", {"cam": "a:b", "grad-cam": "a:c"})


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("REPLEARN_PORT", "8123")
    monkeypatch.setenv("REPLEARN_CACHE_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("REPLEARN_OFFLINE", "1")
    found = from_environment()
    assert (found.port, found.cache_dir, found.offline) == (8123, tmp_path / "c", True)


def test_a_cache_folder_that_cannot_be_is_none(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    assert writable_folder(file / "below") is None
    assert writable_folder(tmp_path / "new" / "deep") == tmp_path / "new" / "deep"
