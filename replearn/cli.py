"""The command line: the same studies as the page, one command each."""

import argparse
import functools
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from replearn.core.errors import InputError, ReplearnError, StoppedError

# The hub's client reads these once, when it is first imported; only `download` switches it on.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


def _say_progress(done: int, total: int, what: str) -> None:
    if sys.stderr.isatty() and total > 1:
        print(f"\r{done:,} of {total:,} {what}   ", end="", file=sys.stderr, flush=True)


def _zero_shot(options: argparse.Namespace) -> int:
    from replearn.data.labels import parse_labels
    from replearn.studies.zero_shot import zero_shot

    labels = parse_labels(options.labels).names
    templates = options.template or None
    found = [
        (
            picture,
            zero_shot(
                picture,
                labels,
                options.model,
                templates,
                null_prompt=options.null_prompt,
                progress=_say_progress,
            ),
        )
        for picture in options.picture
    ]
    if options.json:
        print(json.dumps([{"picture": p, **answer.to_dict()} for p, answer in found], indent=2))
        return 0
    for picture, answer in found:
        print(picture)
        for i in answer.order[: options.top]:
            print(
                f"  {answer.probabilities[i]:.2f}  {answer.labels[i]}"
                f"  (cosine {answer.cosines[i]:.3f})"
            )
        print(f"  {answer.stamp}")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from replearn.core.results import to_json
    from replearn.data.labels import parse_labels
    from replearn.studies.evaluate import LabelOptions, evaluate, to_csv

    if options.dataset == "shape-bias":
        from replearn.commands.shape_bias import MODELS, print_shape_bias

        models = options.model.split(",") if options.model else MODELS
        print_shape_bias(_dataset_name(options.of or "shapes"), models)
        return 0
    options.model = options.model or "photo-clip"
    labels = parse_labels(options.labels).names if options.labels else None
    chosen = LabelOptions(labels, tuple(options.template) if options.template else None)
    found = evaluate(_dataset_name(options.dataset), options.model, chosen, _say_progress)
    if options.csv:
        Path(options.csv).write_text(to_csv(found.rows), encoding="utf-8")
    if options.json:
        print(to_json(found))
        return 0
    print(f"accuracy {found.accuracy}")
    print(f"expected calibration error {found.reliability.ece:.2f}")
    if found.unreadable:
        print(f"{len(found.unreadable)} pictures could not be opened: {found.unreadable[:5]}")
    print(found.stamp)
    return 0


def _dataset_name(given: str) -> str:
    return f"folder:{given}" if Path(given).is_dir() else given


def _suggest(options: argparse.Namespace) -> int:
    from replearn.data.labels import parse_labels
    from replearn.studies.evaluate import suggest_labels, to_csv

    labels = parse_labels(options.labels).names
    rows = list(
        suggest_labels(_dataset_name(options.dataset), labels, options.model, _say_progress)
    )
    print(to_csv(rows), end="")
    return 0


def _explain(options: argparse.Namespace) -> int:
    from replearn.plotting.heat_map_files import write_heat_map
    from replearn.studies.explain import explain

    target = Path(options.like) if options.like else options.target
    found = explain(
        options.picture,
        target,
        options.model,
        options.method,
        against=options.against,
        finer=options.finer,
        settings=dict(options.set or []),
        progress=_say_progress,
    )
    write_heat_map(found, Path(options.out))
    print(f"{found.target} = {found.score:.4f}; written to {options.out}")
    print(found.stamp)
    return 0


def _neighbours(options: argparse.Namespace) -> int:
    from replearn.studies.neighbours import neighbours

    query = int(options.query) if (options.query or "").isdigit() else options.query
    name = _dataset_name(options.dataset)
    found = neighbours(query, name, options.model, options.k, options.text, _say_progress)
    for cosine, caption, identity in zip(
        found.similarities, found.captions, found.ids, strict=True
    ):
        print(f"{cosine:.3f}  {caption}  [{identity}]")
    print(found.stamp)
    return 0


def _embed(options: argparse.Namespace) -> int:
    from replearn.core.pace import Pace
    from replearn.studies.embed import embed

    watched = sys.stderr.isatty()
    say = functools.partial(print, end="   \r" if watched else "\n", file=sys.stderr, flush=True)
    pace = Pace(say, every=0.5 if watched else 10.0)
    table = embed(_dataset_name(options.dataset), options.model, pace, options.engine)
    rows, width = table.search.shape
    print(f"{rows:,} pictures of {options.dataset}, {width} numbers each, under {options.model}")
    if table.search.recall < 1:
        print(f"neighbours by an index on disk; its recall at 10 is {table.search.recall:.3f}")
    return 0


def _map(options: argparse.Namespace) -> int:
    from replearn.map_command import write_map
    from replearn.studies.embedding_map import MapChoice

    chosen = dict(options.set or [])
    choice = MapChoice(
        _dataset_name(options.dataset),
        options.model,
        options.projection,
        options.seed,
        tuple(sorted(chosen.items())),
    )
    found = write_map(choice, Path(options.out) if options.out else None, _say_progress)
    print(found.stamp, file=sys.stderr)
    return 0


_DISTORTIONS = {
    "distort": "distort a picture and ask again",
    "robustness": "accuracy over a distortion's levels",
    "sweep": "models on distortions: a row for each answer",
}


def _add_distortions(command: Callable[..., argparse.ArgumentParser], name: str, text: str) -> None:
    from replearn.commands import distortions

    getattr(distortions, f"add_{name}")(command(name, getattr(distortions, f"run_{name}"), text))


def _models(options: argparse.Namespace) -> int:  # noqa: ARG001
    from replearn.encoders.registry import models

    for row in models():
        where = "on disk" if row.on_disk else f"download {row.download_megabytes} MB"
        print(f"{row.name}\n    {row.summary}; {row.licence}; {row.published} [{where}]")
    return 0


def _download(options: argparse.Namespace) -> int:
    from replearn.data.downloads import download_dataset, is_downloadable
    from replearn.encoders.downloads import download

    if is_downloadable(options.name):
        download_dataset(options.name)
    else:
        download(options.name)
    print(f"{options.name} is on this computer now.")
    return 0


def _train(options: argparse.Namespace) -> int:
    from replearn.training import train

    overrides = dict(options.set or [])
    for name in ("dataset", "epochs", "batch", "temperature", "seed"):
        value = getattr(options, name)
        if value is not None:
            overrides[name] = value
    folder = Path(options.out) if options.out else None
    out = train(options.recipe, folder, options.name, _say_progress, **overrides)
    print(f"written to {out}")
    return 0


def _probe(options: argparse.Namespace) -> int:
    from replearn.studies.factor_probe import factor_probe

    found = factor_probe(options.model, options.level, options.size, options.seed, _say_progress)
    print("| factor | linear probe | kNN | chance |")
    print("| --- | --- | --- | --- |")
    for row in found.rows:
        print(f"| {row.factor} | {row.probe} | {row.knn} | {row.chance:.2f} |")
    print(found.stamp)
    return 0


def _benchmark(options: argparse.Namespace) -> int:
    from replearn.core.benchmark_results import figures
    from replearn.plotting.benchmark_table import benchmark_table
    from replearn.studies.explainer_benchmark import BenchmarkChoice, explainer_trials
    from replearn.studies.explainer_rows import shipped_explainer_trials, write_explainer_trials

    if options.subject != "explainers":
        raise InputError(f"There is no benchmark of {options.subject!r}; there is explainers.")
    dataset = _dataset_name(options.dataset)
    methods, measures = (
        tuple(name.strip() for name in given.split(",") if name.strip())
        for given in (options.methods, options.measures)
    )
    sizes = (options.mosaics, options.pictures, options.twins, options.scenes)
    choice = BenchmarkChoice(options.model, dataset, methods, measures, *sizes, options.seed)
    out = Path(options.out) if options.out else shipped_explainer_trials()
    trials = []
    for some in explainer_trials(choice, _say_progress):
        write_explainer_trials(some, out)  # a run that is stopped keeps the methods it has done
        trials += some
    headings, rows = benchmark_table(figures(trials), options.model)
    for row in (headings, ["---"] * len(headings), *rows):
        print("|", " | ".join(row), "|")
    print(f"{options.model} on {options.dataset}, seed {options.seed}; written to {out}")
    return 0


def _build(options: argparse.Namespace) -> int:
    from replearn.studies.model_card import build_model
    from replearn.training.shipped_models import SHIPPED_MODELS

    out = Path(options.out) if options.out else None
    for name in SHIPPED_MODELS if options.model == "all" else [options.model]:
        print(f"written to {build_model(name, out, _say_progress)}")
    return 0


def _assets(options: argparse.Namespace) -> int:
    from replearn.studies.shipped import build_map, build_shipped

    if options.map:
        dataset, model = options.map
        build_map(dataset, model, _say_progress)
    else:
        build_shipped(_say_progress)
    return 0


def _key_value(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} must be key=value")
    return key, value


def _add_probe(added: argparse.ArgumentParser) -> None:
    added.add_argument("--level", default="shapes")
    added.add_argument("--size", type=int, default=2000)
    added.add_argument("--seed", type=int, default=7)


def _add_benchmark(added: argparse.ArgumentParser) -> None:
    added.add_argument("--model", default="imagenet")
    added.add_argument("--dataset", default="photos", help="e.g. a folder with labels.csv, shapes")
    added.add_argument("--methods", default="", help="a,b,c; default: all that fit but score-cam")
    added.add_argument(
        "--measures",
        default="",
        help="a,b,c; default: all but milliseconds, which want a run on an idle machine",
    )
    for name, count in (("mosaics", 25), ("pictures", 25), ("twins", 10), ("scenes", 50)):
        added.add_argument(f"--{name}", type=int, default=count)
    added.add_argument("--seed", type=int, default=0)
    added.add_argument(
        "--out", help="a CSV file, whose other rows stay; default: the one that ships"
    )


def _add_embed(added: argparse.ArgumentParser) -> None:
    added.add_argument("dataset", help="a name or a folder; work that was stopped goes on")
    added.add_argument("--engine", default="local", help="local, or ray for a Ray cluster")


def _add_neighbours(added: argparse.ArgumentParser) -> None:
    added.add_argument("query", nargs="?", help="a picture, or a row of the data set")
    added.add_argument("--text", help="asked for instead of a picture")
    added.add_argument("--dataset", default="emoji")
    added.add_argument("-k", type=int, help="default: 12, or all where there are fewer")


def _add_explain(added: argparse.ArgumentParser) -> None:
    asked = added.add_mutually_exclusive_group(required=True)
    asked.add_argument("--target", help="a class of the head, #281, or any text")
    asked.add_argument("--like", metavar="PICTURE", help="why is it like this second picture?")
    added.add_argument("--against", default="", help="another class or text, which is taken off")
    added.add_argument("--method", default="cam")
    added.add_argument("--finer", action="store_true", help="at twice the network's own side")
    added.add_argument("--set", type=_key_value, action="append", metavar="KEY=VALUE")
    added.add_argument("--out", default="heat-map.png", help="a .png, or .npz for the raw values")


def _add_map(added: argparse.ArgumentParser) -> None:
    added.add_argument("dataset", nargs="?", default="emoji")
    added.add_argument("--projection", default="umap")
    added.add_argument("--seed", type=int, default=0)
    added.add_argument("--set", type=_key_value, action="append", metavar="PARAMETER=VALUE")
    added.add_argument("--out", help="map.html or map.csv; default: CSV to the terminal")


def _add_evaluate(added: argparse.ArgumentParser) -> None:
    added.add_argument("dataset", help="a folder or data set; or shape-bias, then a folder")
    added.add_argument("of", nargs="?", metavar="FOLDER", help="of cue-conflict pictures")
    added.add_argument("--model", help="default: photo-clip; for shape-bias a,b may be given")
    added.add_argument("--labels", help="default: the data set's own class names")
    added.add_argument("--template", action="append")
    added.add_argument("--csv", help="write a row per picture here")
    added.add_argument("--json", action="store_true")


def _add_train(added: argparse.ArgumentParser) -> None:
    added.add_argument("--set", type=_key_value, action="append", metavar="KEY=VALUE")
    added.add_argument("--dataset", help="shapes, emoji, folder:PATH, torchvision:NAME, ...")
    for name in ("epochs", "batch", "temperature", "seed"):
        added.add_argument(f"--{name}")
    added.add_argument("--name", help="of the run; it opens as run:NAME")
    added.add_argument("--out", help="a folder; default: the cache folder's runs")


def _invariance(options: argparse.Namespace) -> int:
    from replearn.commands.invariance import run_invariance

    return run_invariance(options, _say_progress)


def _matrix(options: argparse.Namespace) -> int:
    from replearn.commands.matrix import run_matrix

    return run_matrix(options)


def _parser() -> argparse.ArgumentParser:
    from replearn.commands.invariance import add_invariance
    from replearn.commands.matrix import add_matrix

    parser = argparse.ArgumentParser(prog="python -m replearn", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], text: str, *positional: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        for argument in positional:
            added.add_argument(argument)
        return added

    def with_model(added: argparse.ArgumentParser) -> argparse.ArgumentParser:
        added.add_argument("--model", default="photo-clip")
        return added

    added = with_model(command("zero-shot", _zero_shot, "compare pictures with labels"))
    added.add_argument("picture", nargs="+")
    added.add_argument("--labels", required=True, help="a,b,c or one a line")
    added.add_argument("--template", action="append", help="a text with {}; may be repeated")
    added.add_argument("--null-prompt", help='e.g. "a photo": lets "none of these" win')
    added.add_argument("--top", type=int, default=5)
    added.add_argument("--json", action="store_true")

    _add_evaluate(command("evaluate", _evaluate, "accuracy on labelled pictures; shape bias"))

    added = with_model(command("suggest", _suggest, "suggest labels for a folder", "dataset"))
    added.add_argument("--labels", required=True)

    added = with_model(command("explain", _explain, "a heat map", "picture"))
    _add_explain(added)

    _add_embed(with_model(command("embed", _embed, "embed a data set, or what is new of it")))
    _add_neighbours(with_model(command("neighbours", _neighbours, "nearest pictures")))

    _add_map(with_model(command("map", _map, "a data set's map: one offline page, or CSV")))

    for name, text in _DISTORTIONS.items():
        _add_distortions(command, name, text)
    _add_benchmark(command("benchmark", _benchmark, "compare the heat maps' methods", "subject"))
    command("models", _models, "list the models")
    command("download", _download, "fetch an OpenCLIP model's weights, or a data set", "name")
    _add_train(
        command("train", _train, "train a model, or go on where a run was cut off", "recipe")
    )
    add_invariance(command("invariance", _invariance, "what leaves a model's features unmoved"))
    add_matrix(command("matrix", _matrix, "train on one manipulation, test on all"))
    added = command("build", _build, "train, measure and write a shipped model, or all", "model")
    added.add_argument("--out", help="where the run is kept; default: the cache folder's runs")
    _add_probe(command("probe", _probe, "which factors of shapes a model keeps", "model"))
    added = command("assets", _assets, "compute the maps and curves that ship with the project")
    added.add_argument("--map", nargs=2, metavar=("DATASET", "MODEL"), help="this map alone")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; an error that a user can mend is one sentence and exit status 2."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except (StoppedError, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
        return 130
    except ReplearnError as error:
        print(error, file=sys.stderr)
        return 2
    return status
