"""`python -m replearn evaluate shape-bias`: form against texture on cue-conflict pictures."""

from collections.abc import Sequence

from replearn.commands.frame.arguments import pace
from replearn.data.published import shape_biases
from replearn.studies.shape.shape_bias import shape_bias

MODELS = ("imagenet", "photo-clip")


def print_shape_bias(dataset: str, models: Sequence[str] = MODELS) -> None:
    """Print each model's shape bias with its interval, by category, beside the published ones."""
    for model in models:
        found = shape_bias(dataset, model, pace())
        print(f"{model}: shape bias {found.overall}")
        print(f"  answered by form or texture: {found.either}")
        for name, share in found.by_shape.items():
            print(f"  {name:12} {share}")
        print(f"  {found.stamp}")
    for observer, value in shape_biases().items():
        print(f"published, {observer}: {value:.2f}")
