"""The table of models by factors that ships, and what it shows."""

from replearn.core.errors import ReplearnError
from replearn.plotting.invariance.table import invariance_table
from replearn.studies.invariance.findings import findings
from replearn.studies.invariance.shipped_table import read_invariance


def table_text(measure: str) -> str:
    """Return the shipped table, or the sentence that says how to make it."""
    try:
        found = read_invariance()
    except ReplearnError as error:
        return str(error)
    if found is None:
        return "The table isn't here: `python -m replearn invariance --all` makes it."
    return invariance_table(found.factors, measure)


def findings_text() -> str:
    """Return what the shipped table shows, in sentences with its numbers."""
    try:
        found = read_invariance()
    except ReplearnError:
        return ""  # the table's place says it
    return "" if found is None else "\n".join(f"- {one}" for one in findings(found))
