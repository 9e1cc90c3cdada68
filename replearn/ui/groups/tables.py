"""Tables of groups as Markdown; what a data set or a user named is shown as it was written."""

from collections.abc import Sequence

from replearn.ui.frame.components import inert


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows of plain texts as a Markdown table."""
    lines = [headings, ["---"] * len(headings), *([inert(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def paragraphs(sentences: Sequence[str]) -> str:
    """Return plain sentences as paragraphs."""
    return "\n\n".join(inert(one) for one in sentences)
