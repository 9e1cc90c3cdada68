"""An audit of prompts as rows of a file: one for each model and prompt."""

from pathlib import Path

from replearn.results.audit import Audit
from replearn.results.rows import Column, Table

_WORDS = ("model", "prompt", "trait", "first", "second")
_MEASURED = ("difference", "low", "high")
_TESTED = ("p", "p_holm", "effect", "effect_p")
_FORMULA = ("=", "+", "-", "@")
TABLE = Table(
    (
        *(Column(name) for name in _WORDS),
        *(Column(name, "double", text=".6g", parse=float) for name in _MEASURED),
        Column("pairs", "int64", parse=int),
        Column("wording", "double", text=".6g", parse=float),
        Column("same_sign", "int64", parse=int),
        Column("paraphrases", "int64", parse=int),
        *(Column(name, "double", text=".6g", parse=float) for name in _TESTED),
        Column("verdict"),
    )
)


def write_audit_rows(found: Audit, path: Path) -> None:
    """Write the rows as CSV, or as Parquet where the file's name ends so.

    A text that a spreadsheet would run is quoted.

    Raises:
        OSError: the file can't be written.
    """
    rows = found.rows()
    values = {name: [_inert(row[name]) for row in rows] for name in TABLE.names}
    TABLE.write(values, path)


def _inert(cell: object) -> object:
    is_formula = isinstance(cell, str) and cell.startswith(_FORMULA)
    return f"'{cell}" if is_formula else cell
