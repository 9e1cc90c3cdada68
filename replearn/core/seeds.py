"""Random numbers that depend on nothing but a seed and a name."""

import hashlib

import numpy as np


def generator(seed: int, *names: str | int) -> np.random.Generator:
    """Return a generator for (seed, names): the same numbers everywhere, in any order."""
    return np.random.default_rng(_digest(seed, names, 16))


def seed_for(seed: int, *names: str | int) -> int:
    """Return a seed for one of many, e.g. a picture by its id: whatever their order and number."""
    return _digest(seed, names, 7)


def _digest(seed: int, names: tuple[str | int, ...], size: int) -> int:
    text = "/".join(map(str, (seed, *names)))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=size).digest(), "little")
