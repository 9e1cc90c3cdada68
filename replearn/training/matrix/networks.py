"""What each network of the fine-tuning matrix is trained on."""

from replearn.distortions.geirhos2018 import MANIPULATIONS

_ALL = tuple(m.name for m in MANIPULATIONS)
_NOISE, _SALT = "uniform_noise_0.35", "salt_and_pepper_0.2"
# network -> what it is trained on, in equal parts
NETWORKS: dict[str, tuple[str, ...]] = {
    **{f"A{i}": (name,) for i, name in enumerate(_ALL, 1)},
    **{f"B{i}": tuple(dict.fromkeys((name, _NOISE))) for i, name in enumerate(_ALL, 1)},
    "C1": tuple(name for name in _ALL if name != _NOISE),
    "C2": tuple(name for name in _ALL if name != _SALT),
}
