"""Neighbours by the whole vector and by heads, as pictures in rows."""

from PIL import Image

from replearn.plotting.parts.bars import part_name
from replearn.results.head_neighbours import HeadNeighbours, NearRow


def neighbour_pictures(found: HeadNeighbours) -> list[tuple[Image.Image, str]]:
    """Return pictures with captions, one row after another; the first of a row says whose it is."""
    return [
        (one.picture, f"{_whose(row)}: {one.cosine:.2f}" if place == 0 else f"{one.cosine:.2f}")
        for row in found.rows
        for place, one in enumerate(row.pictures)
    ]


def _whose(row: NearRow) -> str:
    if not row.heads:
        return "whole vector"
    return part_name(row.heads[0]) if len(row.heads) == 1 else "these heads together"
