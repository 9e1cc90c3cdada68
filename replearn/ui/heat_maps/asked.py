"""A heat map as it is taken home."""

from dataclasses import replace
from pathlib import Path

from replearn.results.heat_map import HeatMap
from replearn.taking_home.answers import heat_map_table, picture_shot
from replearn.taking_home.asked import Asked, Place, Shot
from replearn.ui.frame.code import explain_code
from replearn.ui.frame.picture_code import at_home, called
from replearn.ui.heat_maps.controls import DrawnMap


def heat_map_entry(shown: DrawnMap, found: HeatMap) -> Asked:
    """Return the question that a finished map answers."""

    def code(place: Place) -> str:
        target = shown.asked.target
        told = Path(at_home(place, str(target))) if isinstance(target, Path) else target
        asked = replace(shown.asked, target=told)
        return explain_code(at_home(place, shown.picture), shown.model, asked)

    return Asked(
        "Heat maps",
        f"Where does {shown.model} look in {called(shown.picture)} for {found.target}? "
        f"By {found.method}",
        (shown.picture, shown.model, str(shown.asked.target), shown.asked.against, found.method),
        code,
        str(found.stamp),
        heat_map_table(found),
        shots=(picture_shot(shown.picture), Shot(found.overlay(), f"{found.method}")),
    )
