"""How photo-clip's heads are trained: locked-image tuning (Zhai et al. 2022) from names alone."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from replearn.core.assets import asset_path
from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.statistics import proportion
from replearn.data.emoji import Emoji
from replearn.data.labels import DEFAULT_TEMPLATES, fill
from replearn.data.wordnet import imagenet_taxonomy, read_glosses
from replearn.encoders.efficientnet_lite0 import classifier_weights
from replearn.training.distil import distil
from replearn.training.image_side import ImageSide, image_side, labelled_features
from replearn.training.kernel_ridge import KernelRidge, fit_kernel_ridge
from replearn.training.pairs import NULL_TEXTS, Pairs, pairs, vocabulary, written_out
from replearn.training.sentences import sentence_vectors

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class PhotoClipRecipe:
    """The heads of photo-clip: names of classes to the classifier's own weight vectors.

    Command: python -m replearn train photo-clip
    Takes about eight minutes on two cores. Expected with holdout=2/5 and pictures=FOLDER: about
    0.30 top-1 among the names of 200 classes whose names were never seen.

    First kernel ridge regression from sentence vectors to prototypes, then a two-layer head that
    imitates it, for OpenCLIP's text tower knows no kernels.

    Attributes:
        seed: of the order and noise of the imitation.
        width: of the Gaussian kernel, on sentence vectors of unit length.
        ridge: of the regression.
        gloss_weight: how much a definition counts against a name, 0 leaves them out.
        hypernym_weight: how much a node above the classes counts against a class.
        epochs: of the imitation.
        words: how many words and definitions it uses at most.
        temperature: of the finished model.
        glosses: a JSON file of definitions (`data.wordnet.read_glosses`); empty does without.
        pictures: a folder with a labels.csv, from which the image side's statistics are taken anew
            and on which metrics are measured; empty takes the statistics that ship.
        holdout: "2/5" leaves out the classes whose index is 2 modulo 5, with all their names.
    """

    seed: int = 0
    width: float = 0.5
    ridge: float = 0.3
    gloss_weight: float = 1.0
    hypernym_weight: float = 0.3
    epochs: int = 150
    words: int = 100_000
    temperature: float = 0.04
    glosses: str = ""
    pictures: str = ""
    holdout: str = ""

    def fit(self, out: Path, progress: Progress = silent) -> None:
        """Train and write heads.safetensors, config.json, statistics and metrics.json to `out`.

        Raises:
            InputError: the holdout or the folder of pictures can't be used.
        """
        from safetensors.numpy import save_file

        held_out = _held_out(self.holdout)
        taxonomy = imagenet_taxonomy()
        weights = classifier_weights()[0].numpy()  # (1000, 1280)
        kept = np.array([i for i in range(len(weights)) if i not in held_out])
        found = labelled_features(self.pictures, progress) if self.pictures else None
        side = image_side(weights[kept], weights.mean(0), found)
        prototypes = side.text_targets(weights)  # (1000, 512), unit length
        glosses = read_glosses(Path(self.glosses)) if self.glosses else {}
        teacher = self._teacher(pairs(taxonomy, prototypes, held_out, glosses), progress)
        words = vocabulary(taxonomy, held_out, glosses, Emoji(frozenset()).names)
        heads = self._student(teacher, side, words[: self.words], progress)
        heads["visual.head.proj.weight"] = side.projection
        heads["logit_scale"] = np.array(np.log(1 / self.temperature), np.float32)
        stored = {
            name: np.ascontiguousarray(value.astype(np.float16 if value.ndim else np.float32))
            for name, value in heads.items()
        }
        save_file(stored, out / "heads.safetensors")
        side.save(out / "statistics.safetensors")
        config = asset_path("photo-clip", "config.json").read_text(encoding="utf-8")
        (out / "config.json").write_text(config, encoding="utf-8")
        metrics: dict[str, Any] = {
            "recipe": asdict(self)
            | {
                "glosses": bool(self.glosses),
                "pictures": bool(self.pictures),
            }
        }
        if found is not None:
            features, labels = found
            metrics["figures"] = self._measure(heads, features, labels, held_out)
        (out / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")

    def _teacher(self, learnt: Pairs, progress: Progress) -> KernelRidge:
        weights = learnt.weights(self.gloss_weight, self.hypernym_weight)
        used = weights > 0
        texts = [text for text, use in zip(learnt.texts, used, strict=True) if use]
        inputs = unit(sentence_vectors(texts, progress))
        return fit_kernel_ridge(inputs, learnt.targets[used], self.width, self.ridge, weights[used])

    def _student(
        self, teacher: KernelRidge, side: ImageSide, words: list[str], progress: Progress
    ) -> dict[str, Floats]:
        plain = sentence_vectors(words, progress)
        answers = teacher(unit(plain))  # (words, 512)
        texts, rows = written_out(words)
        inputs = np.concatenate([plain, sentence_vectors(texts, progress)])
        targets = np.concatenate([answers, answers[rows]])
        nothing = sentence_vectors(NULL_TEXTS)
        return distil(
            inputs, targets, nothing, side.null_target(), self.epochs, self.seed, progress
        )

    def _measure(
        self,
        heads: dict[str, Floats],
        features: Floats,
        labels: npt.NDArray[np.int64],
        held_out: frozenset[int],
    ) -> dict[str, Any]:
        names = imagenet_taxonomy().class_names
        offered = np.array(sorted(held_out) or range(len(names)))
        shown = np.isin(labels, offered)
        prompts = [fill(DEFAULT_TEMPLATES[0], names[i]) for i in offered]
        texts = unit(text_head(heads, sentence_vectors(prompts)))
        images = unit(features[shown] @ heads["visual.head.proj.weight"].T)
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


def unit(vectors: npt.NDArray[Any]) -> Floats:
    """Return rows of unit length."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def text_head(heads: dict[str, Floats], pooled: Floats) -> Floats:
    """Run the text tower's head on sentence vectors, (n, 384) to (n, 512)."""
    import torch
    from torch.nn import functional as F

    hidden = F.gelu(torch.from_numpy(pooled @ heads["text.proj.0.weight"].T))
    return np.asarray(hidden.numpy() @ heads["text.proj.2.weight"].T, np.float32)
