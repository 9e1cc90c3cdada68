"""A session as a notebook, in a zip with its pictures."""

import io
import platform
import sys
import zipfile
from collections.abc import Mapping, Sequence

from replearn import __version__
from replearn.taking_home.asked import Cell, Table
from replearn.taking_home.log import Entry

FOLDER = "replearn-session"
NAME = "session.ipynb"


def notebook(
    entries: Sequence[Entry], pictures: Mapping[str, bytes], page: str = "", left_out: int = 0
) -> bytes:
    """Return a zip with a notebook that runs from top to bottom and gives the same numbers.

    Args:
        entries: in the order in which they were asked.
        pictures: the files that their code names, by their places beside the notebook.
        page: the page's address, without a query; "" leaves links out.
        left_out: how many older entries aren't kept any more.
    """
    import nbformat
    from nbformat import v4

    cells = [v4.new_markdown_cell(_first(len(entries), left_out))]
    for number, one in enumerate(entries, 1):
        cells.append(v4.new_markdown_cell(_told(number, one, page)))
        cells.append(v4.new_code_cell(one.code))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # the same session makes the same file
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.validate(made)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(f"{FOLDER}/{NAME}", nbformat.writes(made))
        for place, content in pictures.items():
            bundle.writestr(f"{FOLDER}/{place}", content)
    return buffer.getvalue()


def _first(count: int, left_out: int) -> str:
    import torch

    older = f" {left_out} older ones weren't kept." if left_out else ""
    return (
        f"# What was asked\n\n{count} answers, in order.{older} The numbers in the text are those "
        "of the page; running a cell gives them again.\n\n"
        "Once, in replearn's folder:\n\n"
        "```\npip install -r requirements.txt && pip install .\n```\n\n"
        f"Made with replearn {__version__}, Python {platform.python_version()}, torch "
        f"{torch.__version__} on {sys.platform}. Another machine may differ in the last digits. "
        "Models of your own and folders are named as on the computer that served the page."
    )


def _told(number: int, one: Entry, page: str) -> str:
    parts = [f"## {number}. {plain(one.tab)}: {plain(one.question)}"]
    if one.table.rows:
        parts.append(markdown_table(one.table))
    if one.note:
        parts.append(plain(one.note))
    parts.append(f"{plain(one.stamp)}")
    if page and one.link:
        parts.append(f"[This state on the page]({page}?{one.link})")
    return "\n\n".join(parts)


def markdown_table(table: Table) -> str:
    """Return a table in Markdown; what a person typed in it stays text."""
    lines = ["| " + " | ".join(plain(name) for name in table.columns) + " |"]
    lines.append("| " + " | ".join("---" for _ in table.columns) + " |")
    lines += ["| " + " | ".join(plain(shown(cell)) for cell in row) + " |" for row in table.rows]
    return "\n".join(lines)


def shown(cell: Cell) -> str:
    """Return a cell as it is read."""
    return cell if isinstance(cell, str) else f"{cell:.3g}"


def plain(text: str) -> str:
    """Return a text that Markdown shows as it was written, on one line."""
    escaped = "".join(f"\\{one}" if one in "\\`*_{}[]()#!|~<>&$" else one for one in text)
    return " ".join(escaped.split())
