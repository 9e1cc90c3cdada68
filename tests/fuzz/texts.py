"""Seeded texts as nobody means them: bidi, zero width, control characters, halves, a megabyte."""

import numpy as np

PIECES = (
    *("cat", "a photo of a ", "{}", "{", "}", "{0}", "%s", "\\", "'", '"', "<b>", "&amp;", "$x$"),
    *(
        ",",
        ";",
        "\n",
        "\r\n",
        "\t",
        " ",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0b",
        "\x1b[31m",
        "\0",
        "\x7f",
    ),
    *("\u202e", "\u2066", "\u2069", "\u200f", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u0301"),
    *("\ud800", "\udfff", "\ufffe", "\U0001f468", "\U0010ffff", "\ue000", "ﷺ", "İ", "ß", "ﬁ", "猫"),
    *("-1", "nan", "1e999", "#281", "#-1", "run:", "folder:", "../", "open_clip:", "C:\\"),
    *("the the the ", "an one two ", "x-y-z ", "of of of ", "-" * 40, "a" * 400, "of a " * 90),
)
LONG = 1_000_000  # characters


def strange_text(seed: int) -> str:
    """Return a text of some of these pieces; every thousandth has a megabyte."""
    random = np.random.default_rng(seed)
    chosen = random.choice(len(PIECES), int(random.integers(1, 9)))
    text = "".join(PIECES[int(at)] for at in chosen)
    return (text * (LONG // len(text) + 1))[:LONG] if seed % 1000 == 999 else text
