"""`python -m replearn audit`: what prompts give away about pictures that differ in one trait."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from replearn.commands.frame.arguments import dataset_name, pace, words
from replearn.commands.frame.json_answers import add_json, tell_json
from replearn.commands.frame.telling import tell
from replearn.core.errors import InputError
from replearn.results.audit import Audit


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("pairs", nargs="?", default="emoji-people", help="a data set, or a folder")
    parser.add_argument("--prompts", default="", help='a,b,c: "a doctor,a nurse"; default: ours')
    parser.add_argument("--prompt-file", metavar="FILE", help="prompts, one a line")
    parser.add_argument("--models", default="photo-clip", help="a,b,c, of those that read text")
    parser.add_argument("--trait", help="the column that tells a pair's pictures apart")
    parser.add_argument("--values", help="a,b: which two of its values")
    parser.add_argument("--template", action="append", help="a wording with {}; at least two")
    parser.add_argument("--against", default="", help="a,b,c: prompts for WEAT to set against")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--csv", help="a file for a row per model and prompt")
    add_json(parser)


def run(options: Namespace) -> int:
    """Ask the models, and print a line for each prompt."""
    from replearn.results.rows.audit import write_audit_rows
    from replearn.studies.groups.audit import audit
    from replearn.studies.groups.audit_options import PARAPHRASES, AuditOptions
    from replearn.studies.groups.shipped_audit import PROMPTS

    values = words(options.values or "")
    if options.values and len(values) != 2:
        raise InputError("Give two values, with a comma between: --values light,dark.")
    chosen = AuditOptions(
        trait=options.trait,
        compared=(values[0], values[1]) if values else None,
        templates=tuple(options.template or PARAPHRASES),
        against=words(options.against),
        seed=options.seed,
    )
    pairs = dataset_name(options.pairs)
    tell(pairs)
    found = audit(_prompts(options) or PROMPTS, pairs, words(options.models), chosen, pace())
    if options.csv:
        try:
            write_audit_rows(found, Path(options.csv))
        except OSError as error:
            raise InputError(f"{options.csv} can't be written ({error.strerror}).") from error
    if not tell_json(options, found.to_dict()):
        _print(found)
    return 0


def _prompts(options: Namespace) -> tuple[str, ...]:
    if not options.prompt_file:
        return words(options.prompts)
    try:
        text = Path(options.prompt_file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{options.prompt_file} can't be read as text.") from error
    return (*words(options.prompts), *text.splitlines())


def _print(found: Audit) -> None:
    first, second = found.compared
    for model in found.models:
        print(f"{model}: cosine with {second} minus cosine with {first}")
        for one in found.of(model):
            print(
                f"  {one.prompt:24} {one.difference}  rewording {one.wording:.3f}"
                f"  p {one.corrected:.2g}  SC-WEAT {one.effect:+.2f}  {one.verdict}"
            )
        print(f"  all prompts together {found.common[model]}")
        if model in found.weat:
            print(f"  WEAT {found.weat[model].effect:+.2f} (p {found.weat[model].p:.2g})")
    print(found.stamp)
