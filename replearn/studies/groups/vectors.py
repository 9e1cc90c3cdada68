"""Where the answered pictures lie in a model's space; the last two sets stay in memory."""

from collections import OrderedDict
from threading import Lock

from replearn.core import fingerprint
from replearn.core.progress import Progress, silent
from replearn.encoders.registry import load_model
from replearn.store.encoded import Vectors, encode_dataset
from replearn.studies.groups.answers import Answers

KEPT = 2
_kept: OrderedDict[str, Vectors] = OrderedDict()
_lock = Lock()


def vectors_of(answers: Answers, model: str, progress: Progress = silent) -> Vectors:
    """Return unit vectors of the pictures that were answered, (n, d).

    Raises:
        InputError: a picture can't be opened any more.
    """
    data, encoder = answers.dataset(), load_model(model)
    rows = answers.rows.tobytes()
    key = fingerprint.of_parts([data.fingerprint(), encoder.fingerprint, rows])
    with _lock:
        found = _kept.pop(key, None)
        if found is None:
            found = encode_dataset(encoder, data, progress, answers.rows.tolist())
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return found
