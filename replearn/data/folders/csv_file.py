"""A CSV as spreadsheets write it: any usual encoding, separator and decimal sign."""

import csv
import io
import re
from pathlib import Path

from replearn.core.errors import InputError

SEPARATORS = (",", ";", "\t", "|")
Lines = list[list[str]]

_SAID = re.compile(r'"?sep=(.)"?', re.I)  # Excel's own first line
_DECIMAL_COMMA = re.compile(r"[-+]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?(e[-+]?\d+)?", re.I)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_csv(path: Path) -> Lines:
    """Return the cells of a CSV, the headings first; lines may differ in length.

    Numbers with a decimal comma get a point, in columns that hold nothing else.

    Raises:
        InputError: the file isn't text, or no CSV.
    """
    text = _decoded(path)
    said = _SAID.fullmatch(text[:20].partition("\n")[0].strip())
    if said:
        text = text.partition("\n")[2]
    try:
        separator = said[1] if said else _separator(text)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        lines = [[cell.strip() for cell in line] for line in reader if line]
    except csv.Error as error:
        raise InputError(f"{path.name} isn't a readable CSV ({error}); save it again.") from error
    return lines if separator == "," else _with_points(lines)


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    text = _text(content)
    if "\0" in text:
        raise InputError(f"{path.name} isn't a text file; save the table as CSV.")
    return text


def _text(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # what spreadsheets in Western Europe write; five of its bytes mean nothing
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """Return what divides the first line into the most cells; a comma where nothing does."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    counts = {one: len(next(csv.reader([first], delimiter=one), [])) for one in SEPARATORS}
    return max(SEPARATORS, key=lambda one: counts[one])


def _with_points(lines: Lines) -> Lines:
    """Write decimal points for decimal commas."""
    width = max(map(len, lines), default=0)
    for column in range(width):
        rows = [line for line in lines[1:] if len(line) > column and line[column]]
        cells = [line[column] for line in rows]
        if any("," in cell for cell in cells) and all(map(_DECIMAL_COMMA.fullmatch, cells)):
            for line in rows:
                line[column] = line[column].replace(".", "").replace(",", ".")
    return lines
