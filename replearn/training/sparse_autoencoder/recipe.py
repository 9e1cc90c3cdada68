"""How a dictionary on top of a model is learnt."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replearn.core.errors import InputError, TrainingError
from replearn.core.progress import Progress, silent

if TYPE_CHECKING:
    from replearn.encoders.base import Encoder
    from replearn.encoders.small.sparse_autoencoder import SparseAutoencoder

HELD_BACK = 10  # a tenth of the vectors is measured on


@dataclass(frozen=True)
class SaeRecipe:
    """A TopK sparse autoencoder on a model's vectors, or on a layer's tokens or cells.

    Command: python -m replearn train sae --dataset shapes --name mine
    Takes one to three minutes on two cores; expect 0.99 of the variance of `shapes-clip`'s vectors.

    Gao et al. 2024, https://arxiv.org/abs/2406.04093. The run opens as `run:NAME`: its units are
    the features.

    Attributes:
        model: any model.
        layer: whose tokens or cells are written; empty takes the model's vector.
        dataset: whose pictures are shown to it.
        pictures: how many at the most.
        latents: features that there may be.
        k: of them, in which a vector is written at most.
        steps: of Adam.
        batch: vectors a step.
        learning_rate: at its highest.
        seed: of pictures, directions and batches.
    """

    model: str = "shapes-clip"
    layer: str = ""
    dataset: str = "shapes"
    pictures: int = 10_000
    latents: int = 256
    k: int = 16
    steps: int = 1500
    batch: int = 256
    learning_rate: float = 2e-3
    seed: int = 0

    def __post_init__(self) -> None:
        bounds: dict[str, tuple[float, float]] = {
            "latents": (2, 65_536),
            "k": (1, 1024),
            "pictures": (1, 10**7),
        }
        bounds |= {"steps": (1, 10**7), "batch": (1, 65_536), "learning_rate": (1e-7, 1)}
        for name, (low, high) in bounds.items():
            if not low <= getattr(self, name) <= high:
                raise InputError(f"{name} is {getattr(self, name)}; it goes from {low} to {high}.")
        if self.k >= self.latents:
            raise InputError(f"k is {self.k}; it must be below the {self.latents} latents.")

    def fit(self, out: Path, progress: Progress = silent) -> None:
        """Learn, and write model.safetensors, config.json, card.json and metrics.json to `out`.

        Raises:
            InputError: there is no such model, layer or data set, or too few pictures.
            TrainingError: the files can't be written.
            StoppedError: a stop was asked for; nothing is kept.
        """
        from safetensors import SafetensorError

        from replearn.encoders.registry import load_model
        from replearn.training.sparse_autoencoder import fitting, inputs

        start = time.perf_counter()
        encoder = load_model(self.model)
        layer = inputs.checked_place(encoder, self.layer)
        data = inputs.opened_data(self.dataset, self.pictures, self.seed)
        vectors = inputs.vectors_of(encoder, layer, data, self.pictures, progress)
        kept = max(1, len(vectors) // HELD_BACK)
        how = fitting.Fit(
            self.latents, self.k, self.steps, self.batch, self.learning_rate, self.seed
        )
        network = fitting.fitted(vectors[:-kept], how, progress)
        metrics: dict[str, Any] = {
            "recipe": asdict(self),
            "figures": {
                "explained variance": round(
                    fitting.explained_variance(network, vectors[-kept:]), 4
                ),
                "dead features": round(fitting.dead_share(network, vectors), 4),
                "vectors": len(vectors),
                "measured on": kept,
            },
            "seconds": round(time.perf_counter() - start, 1),
        }
        try:
            self._write(out, encoder, network, metrics)
        except (OSError, SafetensorError) as error:
            raise TrainingError(
                f"The run can't write to {out} ({error}); free some space and start it again."
            ) from error

    def _write(
        self, out: Path, encoder: "Encoder", network: "SparseAutoencoder", metrics: dict[str, Any]
    ) -> None:
        from safetensors.torch import save_file

        from replearn.encoders.sparse_features import CONFIG, KIND, METRICS, WEIGHTS, tower_below

        # without its card there is no run, until all of the new one is there
        (out / "card.json").unlink(missing_ok=True)
        state = {name: value.half().contiguous() for name, value in network.state_dict().items()}
        save_file(state, out / WEIGHTS)
        width = network.encoder.shape[1]
        config = {
            "kind": KIND,
            "model": encoder.name,
            "fingerprint": encoder.fingerprint,
            "layer": self.layer,
            "width": width,
            "latents": self.latents,
            "k": self.k,
        }
        below = sum(p.numel() for p in tower_below(encoder, self.layer).parameters())
        card = {
            "summary": f"{self.latents} features of {encoder.name}'s "
            f"{f'layer {self.layer}' if self.layer else 'vector'}, at most {self.k} at a time: a "
            "sparse autoencoder",
            "trained_on": f"{self.dataset}, {metrics['figures']['vectors']:,} vectors of "
            f"{encoder.name}, seed {self.seed}",
            "licence": encoder.card.licence,
            "image_parameters": below + self.latents * (width + 1),
            "text_parameters": 0,
            "capabilities": ["image", "sparse-features"],
            "published": "",
            "paper": "https://arxiv.org/abs/2406.04093",
        }
        for name, said in ((CONFIG, config), (METRICS, metrics), ("card.json", card)):
            (out / name).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
