"""How photo-clip is fitted: locked-image tuning (Zhai et al. 2022) from names alone."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.statistics import proportion
from replearn.data.labels import DEFAULT_TEMPLATES, fill
from replearn.data.wordnet import imagenet_taxonomy
from replearn.encoders.efficientnet_lite import classifier_weights
from replearn.encoders.photo_clip.sentences import sentence_vectors
from replearn.encoders.photo_clip.text_kernel import TextKernel, cosine_kernel, unit
from replearn.training.photo_clip.heads import write_heads
from replearn.training.photo_clip.image_side import ImageSide, image_side, labelled_features
from replearn.training.photo_clip.kernel_ridge import ridge_coefficients
from replearn.training.photo_clip.pairs import NULL_TEXTS, Pairs, pairs

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class PhotoClipRecipe:
    """photo-clip: names of classes and their hypernyms to the classifier's own weight vectors.

    Command: python -m replearn train photo-clip
    Takes about a minute on two cores. Expected with holdout=2/5 and pictures=FOLDER: about
    0.43 top-1 among the names of 200 classes whose names were never seen.

    Kernel ridge regression on sentence vectors, which the text side evaluates as it is: one kernel
    on the names of a node, one on its chain of hypernyms.

    Attributes:
        width: of the Gaussian kernels, on sentence vectors of unit length.
        kind_weight: how much the kernel of chains counts against that of names.
        ridge: of the regression.
        hypernym_weight: how much a node above the classes counts against a class.
        temperature: of the finished model.
        pictures: a folder with a labels.csv, from which the image side's statistics are taken anew
            and on which metrics are measured; empty takes the statistics that ship.
        holdout: "2/5" leaves out the classes whose index is 2 modulo 5, with all their names.
    """

    width: float = 0.5
    kind_weight: float = 2.0
    ridge: float = 0.3
    hypernym_weight: float = 0.3
    temperature: float = 0.04
    pictures: str = ""
    holdout: str = ""

    def fit(self, out: Path, progress: Progress = silent) -> None:
        """Fit and write heads.safetensors, statistics and metrics.json to `out`.

        Raises:
            InputError: the holdout or the folder of pictures can't be used.
        """
        held_out = _held_out(self.holdout)
        weights = classifier_weights()[0].numpy()  # (1000, 1280)
        kept = np.array([i for i in range(len(weights)) if i not in held_out])
        found = labelled_features(self.pictures, progress) if self.pictures else None
        side = image_side(weights[kept], weights.mean(0), found)
        prototypes = side.text_targets(weights)  # (1000, 512), unit length
        kernel = self._kernel(pairs(imagenet_taxonomy(), prototypes, held_out), side, progress)
        write_heads(out, side.projection, kernel, self.temperature)
        side.save(out / "statistics.safetensors")
        metrics: dict[str, Any] = {"recipe": asdict(self) | {"pictures": bool(self.pictures)}}
        if found is not None:
            metrics["figures"] = _measure(kernel, side, found, held_out)
        (out / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")

    def _kernel(self, learnt: Pairs, side: ImageSide, progress: Progress) -> TextKernel:
        null = list(NULL_TEXTS)
        names = unit(sentence_vectors([*(noun.names for noun in learnt.nouns), *null], progress))
        kinds = unit(sentence_vectors([*(noun.kind for noun in learnt.nouns), *null], progress))
        targets = np.concatenate([learnt.targets, np.tile(side.null_target(), (len(null), 1))])
        weights = np.where(learnt.is_class, 1.0, self.hypernym_weight)
        weights = np.concatenate([weights, np.ones(len(null))])
        by_kind = cosine_kernel(kinds, kinds, self.width)
        kernel = cosine_kernel(names, names, self.width) + self.kind_weight * by_kind
        coefficients = ridge_coefficients(kernel, targets, self.ridge, weights)
        return TextKernel(names, kinds, coefficients, self.width, self.kind_weight)


def _measure(
    kernel: TextKernel,
    side: ImageSide,
    found: tuple[Floats, npt.NDArray[np.int64]],
    held_out: frozenset[int],
) -> dict[str, Any]:
    features, labels = found
    names = imagenet_taxonomy().class_names
    offered = np.array(sorted(held_out) or range(len(names)))
    shown = np.isin(labels, offered)
    prompts = [fill(DEFAULT_TEMPLATES[0], names[i]) for i in offered]
    texts = unit(kernel(prompts, sentence_vectors))
    images = unit(features[shown] @ side.projection.T)
    cosines = images @ texts.T  # (pictures, names)
    right = np.searchsorted(offered, labels[shown])
    ranks = (cosines > cosines[np.arange(len(right)), right][:, None]).sum(1)
    best = min(np.geomspace(0.005, 0.2, 40), key=lambda tau: _surprise(cosines / tau, right))
    figures: dict[str, Any] = {"names": len(offered), "n": len(right)}
    for k in (1, 5):
        figures[f"top-{k}"] = str(proportion(int((ranks < k).sum()), len(ranks)))
    return figures | {"temperature of least surprise": round(float(best), 4)}


def _held_out(holdout: str) -> frozenset[int]:
    if not holdout:
        return frozenset()
    remainder, slash, modulus = holdout.partition("/")
    if not (slash and remainder.isdigit() and modulus.isdigit() and int(modulus) > 1):
        raise InputError(f"holdout is {holdout!r}; write it as 2/5, or leave it empty.")
    return frozenset(i for i in range(1000) if i % int(modulus) == int(remainder))


def _surprise(logits: Floats, right: npt.NDArray[np.intp]) -> float:
    shifted = logits - logits.max(1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(1))
    return float((log_sums - shifted[np.arange(len(right)), right]).mean())
