"""What each network said of some cue-conflict pictures, as a table."""

from collections.abc import Sequence

from replearn.results.shape import ConflictPicture, CueAnswer


def conflict_caption(found: ConflictPicture) -> str:
    """Return what a picture shows, in words."""
    return f"form: {found.shape}, texture: {' or '.join(found.textures)}"


def conflict_table(found: Sequence[ConflictPicture]) -> str:
    """Return a row for each network, in Markdown; each cell says which cue the answer went with."""
    if not found:
        return ""
    heads = [
        f"{number}: {one.shape} in {' or '.join(one.textures)}"
        for number, one in enumerate(found, start=1)
    ]
    lines = [f"| network | {' | '.join(heads)} |", "| --- " * (len(found) + 1) + "|"]
    for model in found[0].answers:
        cells = [_said(one.answers[model]) for one in found if model in one.answers]
        lines.append(f"| `{model}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def _said(one: CueAnswer) -> str:
    cue = "form" if one.by_shape else "**texture**" if one.by_texture else "neither"
    return f"{one.answer} ({cue})"
