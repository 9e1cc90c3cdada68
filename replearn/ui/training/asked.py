"""A prediction and what was revealed, as they are taken home."""

from replearn.results.training import Reveal
from replearn.taking_home.asked import Asked, Table


def reveal_entry(name: str, found: Reveal, stamp: str) -> Asked:
    """Return an experiment with the learner's prediction.

    Args:
        name: of the experiment.
        found: what was revealed.
        stamp: where it comes from.
    """
    rows = [(one.name, one.value, one.low, one.high) for one in found.readings]
    return Asked(
        "Training",
        found.question,
        (name, found.predicted),
        lambda _: (
            "from replearn.studies.training.predict import reveal\n\n"
            f"found = reveal({name!r}, {found.predicted})\n"
            "print(found.choices[found.measured])\n"
            "for one in found.readings:\n    print(one.name, one.value)\n"
        ),
        stamp,
        Table(("reading", found.unit, "95 % from", "to"), tuple(rows)),
        f"Predicted: {found.choices[found.predicted]}. Measured: {found.choices[found.measured]}. "
        f"Expected: {found.expected}",
    )
