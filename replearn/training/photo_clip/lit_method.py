"""photo-clip's two heads under the symmetric contrastive loss, held near the closed form."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from replearn.encoders.photo_clip.text_kernel import Floats, TextKernel
from replearn.losses.clip import LARGEST_SCALE, clip_loss
from replearn.training.distributed import gathered
from replearn.training.photo_clip.caption_features import (
    CaptionFeatures,
    remembered,
    squared_norm,
)
from replearn.training.recipes.method import Method, Views


class LitMethod(Method):
    """An image map and a map of captions' features, both beginning as the closed form.

    The loss adds distance * (|W - W0|^2 / |W0|^2 + |f - f0|^2 / |f0|^2): W the image map, f the
    text side in its kernel's norm.

    Args:
        projection: the closed form's image map W0, (512, 1280).
        captions: the text side, closed form and features.
        texts: the captions that batches may hold.
        temperature: to begin with.
        distance: weight of the penalty.
    """

    view_count = 1

    def __init__(
        self,
        projection: Floats,
        captions: CaptionFeatures,
        texts: Sequence[str],
        temperature: float,
        distance: float,
    ) -> None:
        super().__init__()
        begun = torch.from_numpy(projection)
        vectors = remembered(texts)
        self.captions = captions
        self.register_buffer("begun", begun, persistent=False)
        # embeddings by the closed form (u, 512), not normalised, and features (u, r)
        for name, side in (("closed", captions.closed), ("known", captions.own)):
            self.register_buffer(name, torch.from_numpy(side(texts, vectors)), persistent=False)
        rank = captions.own.coefficients.shape[1]
        self.image_map = nn.Parameter(begun.clone())  # (512, 1280)
        self.text_map = nn.Parameter(torch.zeros(rank, len(begun)))  # (r, 512)
        self.logit_scale = nn.Parameter(torch.tensor(math.log(1 / temperature)))
        self._row = {text: row for row, text in enumerate(texts)}
        self._norms = float(begun.square().sum()), squared_norm(captions.closed)
        self._distance = distance

    def features(self, pixels: Tensor) -> Tensor:
        """Return image embeddings (n, 512) of pooled features (n, 1280)."""
        return pixels @ self.image_map.T

    def embedded(self, texts: tuple[str, ...]) -> Tensor:
        """Return unit vectors of captions, (n, 512)."""
        rows = [self._row[text] for text in texts]
        closed: Tensor = self.closed[rows]  # type: ignore[index]
        known: Tensor = self.known[rows]  # type: ignore[index]
        return F.normalize(closed + known @ self.text_map, dim=1)

    def loss(self, views: Views) -> tuple[Tensor, Tensor, Tensor]:
        """Return the symmetric cross entropy in nats with the penalty; the pair is what it says."""
        images = F.normalize(self.features(views.pixels[0]).float(), dim=1)
        texts = self.embedded(views.texts).float()
        loss = clip_loss(gathered(images), gathered(texts), self.logit_scale)
        return loss + self._distance * self.moved(), images, texts

    def moved(self) -> Tensor:
        """Return the squared distance from the closed form, relative to its size: a scalar."""
        begun: Tensor = self.begun  # type: ignore[assignment]
        image, text = self._norms
        moved = (self.image_map - begun).square().sum() / image
        return moved + self.text_map.square().sum() / text

    @torch.no_grad()
    def after_step(self) -> None:
        """Keep the temperature at 0.01 or more."""
        self.logit_scale.clamp_(max=math.log(LARGEST_SCALE))

    def heads(self) -> tuple[Floats, TextKernel, float]:
        """Return what was learnt: the image map, the text side, the temperature."""
        image, text = (one.detach().cpu().numpy() for one in (self.image_map, self.text_map))
        return image, self.captions.tuned(text), math.exp(-float(self.logit_scale.detach()))
