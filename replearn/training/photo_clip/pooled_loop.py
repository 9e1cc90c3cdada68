"""The loop over pooled features: there are no views to make and nothing to scale."""

from torch import Tensor

from replearn.training.loop import Loop
from replearn.training.recipes.method import Views
from replearn.training.sources.augment import Augmentation
from replearn.training.sources.batch import Batch

UNCHANGED = Augmentation(crop=1.0, flip=0.0, colour=0.0, grey=0.0, blur=0.0)


class PooledLoop(Loop):
    """One training run on features (n, d) that stay as the locked trunk gave them."""

    def views(self, batch: Batch, step: int) -> Views:  # noqa: ARG002  (no chance in it)
        """Return the features of a batch, on the training device."""
        features = batch.pictures[0].to(self.device)
        return Views((features,), batch.labels.to(self.device), batch.texts)

    def scaled(self, pictures: Tensor) -> Tensor:
        """Return features (n, d) as they are, on the training device."""
        return pictures.to(self.device)
