"""Answers made by hand, for tests that ask no model."""

import numpy as np

from replearn.results.rows import Words
from replearn.results.stamp import Stamp
from replearn.studies.groups.answers import Answers

CLASSES = ("cat", "dog")


def words(texts):
    names = list(dict.fromkeys(texts))
    return Words(np.array([names.index(text) for text in texts], np.int32), tuple(names))


def answers(truth, said, columns, classes=CLASSES, confidence=None):
    n = len(truth)
    sure = np.full(n, 0.8) if confidence is None else np.asarray(confidence)
    return Answers(
        "made",
        classes,
        np.arange(n, dtype=np.int32),
        np.asarray(truth, np.int32),
        np.asarray(said, np.int32),
        sure.astype(np.float32),
        {name: words(list(texts)) for name, texts in columns.items()},
        (),
        Stamp("nobody", "abc", 0.0, n),
    )
