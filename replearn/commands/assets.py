"""`python -m replearn assets`: the maps, curves, rows, responses and pictures that ship."""

from argparse import ArgumentParser, Namespace

from replearn.commands.frame.arguments import pace


def add_options(parser: ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--map", nargs=2, metavar=("DATASET", "MODEL"), help="this map alone")
    parser.add_argument(
        "--curves", nargs=2, metavar=("DATASET", "MODEL"), help="these curves alone"
    )
    parser.add_argument("--units", metavar="MODEL", help="this model's units alone")
    parser.add_argument("--features", action="store_true", help="the dictionary alone")
    parser.add_argument("--concepts", action="store_true", help="accuracy in few words alone")
    parser.add_argument("--dreams", metavar="MODEL", help="this model's class pictures alone")
    parser.add_argument("--audit", action="store_true", help="the audits of prompts alone")
    parser.add_argument("--helps", action="store_true", help="which helps help, alone")
    parser.add_argument("--groups", action="store_true", help="the answers by group alone")
    parser.add_argument("--recordings", action="store_true", help="the recorded runs alone")
    parser.add_argument("--decoders", action="store_true", help="the learnt priors alone")


def run(options: Namespace) -> int:
    """Compute them anew."""
    from replearn.studies.distortions.shipped_curves import build_curves_of, shipped_curves
    from replearn.studies.dreams.gallery import build_gallery
    from replearn.studies.dreams.help_trials import help_trials, write_help_trials
    from replearn.studies.dreams.priors.shipped import build_priors
    from replearn.studies.generalisation.shift import make_shifts
    from replearn.studies.groups.shipped import build_answers
    from replearn.studies.groups.shipped_audit import build_audit
    from replearn.studies.parts.build_features import build_features
    from replearn.studies.parts.concept_accuracy import build_concept_accuracy
    from replearn.studies.parts.units.build_responses import build_responses
    from replearn.studies.shipping.shipped import build_map, build_shipped
    from replearn.studies.training.build_recordings import build_recordings

    if options.map:
        dataset, model = options.map
        build_map(dataset, model, pace())
    elif options.curves:
        build_curves_of(shipped_curves(*options.curves), pace())
    elif options.units:
        build_responses(options.units, pace())
    elif options.features:
        print(build_features(pace()).verdict)
    elif options.concepts:
        build_concept_accuracy(pace())
    elif options.dreams:
        build_gallery(options.dreams, pace())
    elif options.audit:
        build_audit(pace())
    elif options.recordings:
        build_recordings(pace())
    elif options.decoders:
        build_priors(pace())
    elif options.helps:
        write_help_trials(help_trials(progress=pace()))
    elif options.groups:
        build_answers(pace())
    else:
        build_features(pace())  # responses of its features follow
        build_concept_accuracy(pace())
        build_shipped(pace())
        build_priors(pace())  # beside the class pictures that were just drawn without them
        make_shifts(progress=pace())
        build_audit(pace())
        build_answers(pace())
        build_recordings(pace())
    return 0
