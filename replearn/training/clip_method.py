"""Two towers and a learnt temperature."""

import math
from typing import Any

import open_clip
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from replearn.losses.clip import LARGEST_SCALE, clip_loss
from replearn.training.distributed import gathered
from replearn.training.method import Method, Views


class ClipMethod(Method):
    """An OpenCLIP model under the symmetric N-pair loss.

    Args:
        model: an OpenCLIP model.
        temperature: to begin with.
    """

    view_count = 1

    def __init__(self, model: nn.Module, temperature: float) -> None:
        super().__init__()
        self.model: Any = model
        with torch.no_grad():
            self.model.logit_scale.fill_(math.log(1 / temperature))
        self._tokenizer = open_clip.SimpleTokenizer(context_length=model.context_length)
        self._known: dict[str, Tensor] = {}

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
        images, texts = self.embedded(views)
        loss = clip_loss(gathered(images), gathered(texts), self.model.logit_scale)
        return loss, images, texts

    def embedded(self, views: Views) -> tuple[Tensor, Tensor]:
        """Return unit vectors of pictures and captions, (n, 128) each."""
        images = self.model.encode_image(views.pixels[0])
        texts = self.model.encode_text(self.tokens(views.texts))
        return F.normalize(images.float(), dim=1), F.normalize(texts.float(), dim=1)

    @torch.no_grad()
    def after_step(self) -> None:
        """Keep the temperature at 0.01 or more."""
        self.model.logit_scale.clamp_(max=math.log(LARGEST_SCALE))
