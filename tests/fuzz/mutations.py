"""Seeded damage: what happens to a file on its way, and what somebody does to it on purpose."""

import numpy as np

EXTREMES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\x80", b"\1\0\0\0")


def damaged(content: bytes, seed: int) -> bytes:
    """Return a file with one to four changes; the same seed makes the same."""
    random = np.random.default_rng(seed)
    for _ in range(int(random.integers(1, 5))):
        if not content:
            return content
        content = CHANGES[int(random.integers(len(CHANGES)))](content, random)
    return content


def _place(content: bytes, random: np.random.Generator) -> int:
    """Return a place: headers are hit as often as all the rest."""
    end = min(len(content), 64) if random.random() < 0.5 else len(content)
    return int(random.integers(end))


def _flipped(content: bytes, random: np.random.Generator) -> bytes:
    at = _place(content, random)
    return content[:at] + bytes([content[at] ^ (1 << int(random.integers(8)))]) + content[at + 1 :]


def _extreme(content: bytes, random: np.random.Generator) -> bytes:
    at, size = _place(content, random), int(random.integers(1, 5))
    return (
        content[:at] + EXTREMES[int(random.integers(len(EXTREMES)))][:size] + content[at + size :]
    )


def _cut(content: bytes, random: np.random.Generator) -> bytes:
    return content[: int(random.integers(len(content)))]


def _without(content: bytes, random: np.random.Generator) -> bytes:
    at = _place(content, random)
    return content[:at] + content[at + int(random.integers(1, 65)) :]


def _repeated(content: bytes, random: np.random.Generator) -> bytes:
    at = _place(content, random)
    return content[:at] + content[at : at + 64] * int(random.integers(2, 20)) + content[at + 64 :]


def _noise(content: bytes, random: np.random.Generator) -> bytes:
    at, some = _place(content, random), random.bytes(int(random.integers(1, 65)))
    return content[:at] + some + content[at + len(some) :]


def _swapped(content: bytes, random: np.random.Generator) -> bytes:
    first, second = sorted((_place(content, random), int(random.integers(len(content)))))
    return content[:first] + content[second:] + content[first:second]


CHANGES = (_flipped, _flipped, _extreme, _extreme, _cut, _without, _repeated, _noise, _swapped)
