"""Locked-image tuning from the closed form (Zhai et al. 2022, https://arxiv.org/abs/2111.07991)."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replearn.core.progress import Progress, silent
from replearn.encoders.photo_clip.model import CARD
from replearn.training.recipes.run_recipe import Bounds, RunRecipe

if TYPE_CHECKING:
    from replearn.encoders.photo_clip.model import PhotoClip
    from replearn.training.loop import Loop
    from replearn.training.photo_clip.retrieval import Retrieval
    from replearn.training.recipes.method import Method
    from replearn.training.schedule import Schedule
    from replearn.training.sources.batch import Batch, Source

MOST_KEPT_OUT = 1000  # pictures


@dataclass(frozen=True)
class Lit(RunRecipe):
    """photo-clip's heads, tuned on captioned pictures; its image trunk stays locked.

    Command: python -m replearn train lit --dataset folder:PICTURES --name mine
    Takes about two minutes on two cores for 2,000 pictures. Expected on shapes: of 396 captions
    kept out, a picture's own comes first for 0.27 (0.01 before), at rank 4 in the median (133.5).

    A fifth of the pictures is kept out; metrics.json says how often a picture finds its caption
    among theirs, before and after.

    Attributes:
        distance: weight of the squared distance from photo-clip's closed form; 0 lets go of it.
        most: at most so many pictures, spread evenly over the data set.
        nouns: at most so many of the captions' nouns are learnt from, the most frequent.
    """

    dataset: str = "shapes"
    epochs: int = 12
    batch: int = 128
    learning_rate: float = 1e-3
    weight_decay: float = 0.0
    temperature: float = 0.04
    precision: str = "float32"
    distance: float = 10.0
    most: int = 2000
    nouns: int = 1000

    def bounds(self) -> Bounds:
        """Return the lowest and highest value of settings, by name."""
        own: Bounds = {"distance": (0, 1e6), "most": (20, 10**6), "nouns": (1, 5000)}
        return super().bounds() | own

    def source(self, progress: Progress = silent) -> "Source":
        """Return pooled features and captions.

        Raises:
            InputError: the data set doesn't exist, or has too few captions.
        """
        from replearn.data.shapes.scenes import LEVELS
        from replearn.training.photo_clip.pooled_source import PooledSource
        from replearn.training.sources.by_name import opened

        rendered: dict[str, Any] = {"seed": self.seed, "size": self.most}
        data = opened(self.dataset, self.most, **(rendered if self.dataset in LEVELS else {}))
        return PooledSource(data, 224, self.seed, progress)

    def method(self, source: "Source") -> "Method":
        """Return both heads as the closed form has them."""
        from replearn.encoders.photo_clip.model import load
        from replearn.training.photo_clip.caption_features import caption_features
        from replearn.training.photo_clip.lit_method import LitMethod

        closed = load()
        batch = source.probe("fit", source.pictures or 0)
        features = caption_features(batch.texts, closed.text_kernel, self.nouns)
        texts = tuple(dict.fromkeys(batch.texts))
        return LitMethod(closed.projection, features, texts, self.temperature, self.distance)

    def assembled(
        self, method: "Method", source: "Source", schedule: "Schedule", out: Path
    ) -> "Loop":
        """Return the loop over features, which are never changed."""
        from replearn.training.photo_clip.pooled_loop import UNCHANGED, PooledLoop

        return PooledLoop(method, source, UNCHANGED, schedule, out, self.settings())

    def export(self, loop: "Loop", folder: Path) -> None:
        """Write heads.safetensors, card.json and metrics.json, with captions found by pictures."""
        from replearn.encoders.photo_clip.model import load
        from replearn.training.photo_clip.heads import write_heads
        from replearn.training.photo_clip.lit_method import LitMethod

        assert isinstance(loop.method, LitMethod)
        write_heads(folder, *loop.method.heads())
        batch = loop.source.probe("test", MOST_KEPT_OUT)
        found = {
            "before": _found(load(), batch),
            "after": _found(load(folder), batch),
        }
        metrics = {"recipe": asdict(self), "held-out pairs": {k: str(v) for k, v in found.items()}}
        (folder / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
        card = {
            **asdict(CARD),
            "summary": f"photo-clip tuned on the captions of {self.dataset}",
            "trained_on": f"{self.dataset}, {loop.source.pictures:,} captioned pictures, seed "
            f"{self.seed}; before that: {CARD.trained_on}",
            "published": f"Captions kept out: {found['after']}; photo-clip: {found['before']}",
        }
        (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _found(model: "PhotoClip", batch: "Batch") -> "Retrieval":
    """Return how pictures that were kept out find their captions."""
    from replearn.encoders.photo_clip.text_kernel import unit
    from replearn.training.photo_clip.retrieval import retrieval

    different = list(dict.fromkeys(batch.texts))
    row = {text: number for number, text in enumerate(different)}
    images = unit(batch.pictures[0].numpy() @ model.projection.T)
    return retrieval(images, model.encode_text(different), [row[text] for text in batch.texts])
