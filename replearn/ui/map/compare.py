"""Below the map: several models on its data set, two maps face to face, PCA's axes."""

from replearn.ui.frame.subject import Subject
from replearn.ui.frame.turns import Turns
from replearn.ui.map.axes_panel import axes_panel
from replearn.ui.map.facing import facing_panel
from replearn.ui.map.model_rows import UNTRAINED, model_rows
from replearn.ui.map.parts import MapParts


def map_compare(turns: Turns, parts: MapParts, subject: Subject) -> None:
    """Build the panels."""
    names = list(dict.fromkeys([*subject.models, UNTRAINED]))
    model_rows(turns, parts, subject, names)
    facing_panel(turns, parts, subject, names)
    axes_panel(turns, parts)
