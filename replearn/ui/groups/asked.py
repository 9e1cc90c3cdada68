"""Accuracy by group, as Python and as it is taken home."""

from collections.abc import Sequence

from replearn.core.question import Question
from replearn.plotting.groups.sentences import gap_sentence
from replearn.results.audit import Audit
from replearn.results.groups import Columns, GroupReport
from replearn.taking_home.asked import Asked, Table
from replearn.ui.frame.code import question_code
from replearn.ui.groups.asking import OWN, Wanted
from replearn.ui.groups.audit_asked import AuditAsked, audit_code


def groups_code(wanted: Wanted, by: Columns) -> str:
    """Return lines that count the same groups."""
    question: Question | None = wanted.question if wanted.view == OWN else None
    asked = "" if question is None else "from replearn.core.question import Question\n"
    words = "" if question is None else question_code(question)
    given = "" if question is None else ", question"
    given += f", largest={wanted.kept}" if wanted.kept else ""
    return (
        f"import replearn\n{asked}\n{words}by = {by!r}\n"
        f"for model in {list(wanted.models)!r}:\n"
        f"    found = replearn.groups({wanted.dataset!r}, model, by{given})\n"
        "    print(model, found.overall.value)\n"
        "    for group in found.groups(by):\n"
        "        print(group.name, group.accuracy.value)\n"
    )


def groups_entry(wanted: Wanted, reports: Sequence[GroupReport]) -> Asked:
    """Return the question behind reports of one view."""
    by = reports[0].by[-1]
    rows = [
        (one.stamp.model, row.name, row.accuracy.value, str(row.accuracy.n))
        for one in reports
        for row in one.groups(by)
    ]
    named = " and ".join(wanted.models)
    return Asked(
        "Groups",
        f"For whom do {named} work on {wanted.dataset}, by {' and '.join(by)}?",
        (wanted.view, wanted.dataset, by),
        lambda _: groups_code(wanted, by),
        "; ".join(str(one.stamp) for one in reports),
        Table(("model", "group", "accuracy", "n"), tuple(rows)),
        " ".join(f"{one.stamp.model}: {gap_sentence(one, by)}" for one in reports),
    )


def audit_entry(asked: AuditAsked, found: Audit) -> Asked:
    """Return the question behind an audit of prompts."""
    rows = [
        (one.prompt, one.model, one.verdict, one.difference.value) for one in found.associations
    ]
    first, second = found.compared
    columns = ("prompt", "model", "verdict", f"cosine, {second} minus {first}")
    return Asked(
        "Groups",
        f"To whom do {len(found.prompts)} prompts stand nearer, by {found.trait}?",
        ("audit", found.dataset, found.trait),
        lambda _: audit_code(asked),
        str(found.stamp),
        Table(columns, tuple(rows)),
    )
