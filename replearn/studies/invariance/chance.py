"""How alike are two pictures that have nothing in common? The cosine that counts for nothing."""

from collections import OrderedDict

from replearn.core.errors import InputError
from replearn.core.seeds import generator
from replearn.data.base import Dataset
from replearn.studies.invariance.models_at_work import Look, chance_cosine
from replearn.studies.invariance.pictures import readable

REFERENCES = 64  # pictures, 2,016 pairs
KEPT = 64
_known: OrderedDict[tuple[str, ...], dict[str, float]] = OrderedDict()


def reference_chance(look: Look, data: Dataset) -> dict[str, float]:
    """Return the mean cosine between different pictures of a data set, for each layer.

    The last few answers are kept, for a page asks at every move of a slider.

    Raises:
        InputError: fewer than two pictures can be opened.
    """
    key = (look.encoder.name, look.encoder.fingerprint, data.fingerprint(), *look.names)
    if key not in _known:
        count = min(REFERENCES, len(data))
        rows = generator(0, "reference").choice(len(data), count, replace=False)
        samples = readable(data, rows.tolist())
        if len(samples) < 2:
            raise InputError(f"{data.name} has too few pictures to say what chance is.")
        vectors = look.vectors(look.encoder.preprocess([sample.image for sample in samples]))
        _known[key] = {name: chance_cosine(part) for name, part in vectors.items()}
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return dict(_known[key])
