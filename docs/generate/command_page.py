"""Every command with its options, as argparse has them."""

import argparse
import functools
import importlib
import inspect
from pathlib import Path

from replearn.cli import COMMANDS

WIDTH = 72


def commands() -> str:
    """Return a table of all commands, and a section for each."""
    rows = [f"| [`{name}`](#{name}) | {said} |" for name, (said, _) in COMMANDS.items()]
    table = "\n".join(["| command | what it does |", "| --- | --- |", *rows])
    return "\n\n".join([table, *(_section(name) for name in COMMANDS)])


def _section(name: str) -> str:
    said, module = COMMANDS[name]
    command = importlib.import_module(module)
    parser = argparse.ArgumentParser(
        prog=f"python -m replearn {name}",
        formatter_class=functools.partial(argparse.HelpFormatter, width=WIDTH),
    )
    command.add_options(parser)
    usage = parser.format_usage().removeprefix("usage: ")
    more = inspect.getdoc(command) or ""
    more = more.partition("\n\n")[2]
    rows = [_row(parser, one) for one in parser._actions if one.dest != "help"]
    options = "\n".join(["| option | default | what it is |", "| --- | --- | --- |", *rows])
    parts = [f"## `{name}` {{: #{name} }}", f"{said[:1].upper()}{said[1:]}.", more]
    return "\n\n".join(part for part in [*parts, f"```\n{usage}```", options] if part)


def _row(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    taken = action.metavar if isinstance(action.metavar, str) else ""
    names = f"{', '.join(action.option_strings) or action.dest} {taken}".strip()
    said = (action.help or "") % {**vars(action), "prog": parser.prog}
    if action.choices:
        said = f"{said} ({', '.join(map(str, action.choices))})".strip()
    cells = (f"`{names}`", _default(action), said)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(action: argparse.Action) -> str:
    if action.required:
        return "must be given"
    default = action.default
    if default in (None, False, True, argparse.SUPPRESS):
        return ""
    text = ",".join(map(str, default)) if isinstance(default, list | tuple) else str(default)
    return f"`{text.replace(str(Path.home()), '~')}`" if text else ""
