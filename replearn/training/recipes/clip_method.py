"""Two towers and a learnt temperature, with the words of the captions as a second task."""

import math
from collections import Counter
from typing import Any

import open_clip
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from replearn.losses.clip import LARGEST_SCALE, clip_loss
from replearn.training.distributed import gathered
from replearn.training.recipes.method import Method, Views

MOST_WORDS = 1000
EMBEDDED = 128


def _words(text: str) -> list[str]:
    return text.replace(",", " ").lower().split()


class ClipMethod(Method):
    """An OpenCLIP model under the symmetric N-pair loss.

    A linear layer also predicts which words the caption has (Joulin et al. 2016,
    https://arxiv.org/abs/1511.02251): a small ViT learns form from it much sooner than from
    pairs alone. It isn't kept.

    Args:
        model: an OpenCLIP model.
        temperature: to begin with.
        captions: from which the words are taken; empty leaves the second task out.
        word_weight: of the second task.
    """

    view_count = 1

    def __init__(
        self, model: Any, temperature: float, captions: tuple[str, ...], word_weight: float
    ) -> None:
        super().__init__()
        self.model: Any = model
        with torch.no_grad():
            self.model.logit_scale.fill_(math.log(1 / temperature))
        self._tokenizer = open_clip.SimpleTokenizer(context_length=model.context_length)
        self._known: dict[str, Tensor] = {}
        counted = Counter(word for text in captions for word in set(_words(text)))
        common = [word for word, _ in counted.most_common(MOST_WORDS)]
        self._places = {word: place for place, word in enumerate(common)}
        self.words = nn.Linear(EMBEDDED, len(common)) if common and word_weight else None
        self._word_weight = word_weight

    def features(self, pixels: Tensor) -> Tensor:
        """Return image embeddings, (n, 128)."""
        embeddings: Tensor = self.model.encode_image(pixels)
        return embeddings

    def tokens(self, texts: tuple[str, ...]) -> Tensor:
        """Return token ids, (n, 32); texts seen before are looked up."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._tokenizer(new), strict=True))
        ids = torch.stack([self._known[text] for text in texts])
        return ids.to(self.model.logit_scale.device)

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return the symmetric cross entropy in nats; the pair is picture and caption."""
        raw = self.model.encode_image(views.pixels[0])
        images, texts = F.normalize(raw.float(), dim=1), self.embedded(views.texts)
        loss = self.pair_loss(gathered(images), gathered(texts))
        return loss + self.word_loss(raw, views.texts), images, texts

    def pair_loss(self, images: Tensor, texts: Tensor) -> Tensor:
        """Return the loss of the global batch's unit vectors."""
        return clip_loss(images, texts, self.model.logit_scale)

    def embedded(self, texts: tuple[str, ...]) -> Tensor:
        """Return unit vectors of captions, (n, 128)."""
        return F.normalize(self.model.encode_text(self.tokens(texts)).float(), dim=1)

    def word_loss(self, images: Tensor, texts: tuple[str, ...]) -> Tensor:
        """Return the weighted binary cross entropy of the captions' words, a caption's mean."""
        if self.words is None:
            return images.new_zeros(())
        present = torch.zeros(len(texts), len(self._places), device=images.device)
        for row, text in enumerate(texts):
            places = [self._places[word] for word in _words(text) if word in self._places]
            present[row, places] = 1
        logits = self.words(images).float()
        each = F.binary_cross_entropy_with_logits(logits, present, reduction="none").sum(1)
        return self._word_weight * each.mean()

    @torch.no_grad()
    def after_step(self) -> None:
        """Keep the temperature at 0.01 or more."""
        self.model.logit_scale.clamp_(max=math.log(LARGEST_SCALE))
