"""A two-layer head that imitates a slower function (Hinton et al. 2015)."""

import numpy as np
import numpy.typing as npt

from replearn.core.progress import Progress

Floats = npt.NDArray[np.float32]
HIDDEN = 448  # OpenCLIP's own rule: the mean of the text tower's width and the joint space's
BATCH = 1024
LEARNING_RATE = 2e-3
NOISE = 0.03  # of a sentence vector's length


def distil(
    inputs: Floats,
    targets: Floats,
    nothing: Floats,
    null_target: Floats,
    epochs: int,
    seed: int,
    progress: Progress,
) -> dict[str, Floats]:
    """Train the text tower's head, by cosine, to give the targets.

    A target counts by its length: where the teacher knows little it says little. Noise is added,
    for texts that stand beside the known ones.

    Args:
        inputs: sentence vectors (n, 384).
        targets: what to give, (n, 512), their length is their weight.
        nothing: sentence vectors of texts that say nothing, (m, 384).
        null_target: what those shall give, a unit vector (512,).
        epochs: passes over the inputs.
        seed: of weights, order and noise.
        progress: told after each epoch.
    """
    import torch
    from torch import nn
    from torch.nn import functional as F

    random = torch.Generator().manual_seed(seed)
    first = torch.empty(HIDDEN, inputs.shape[1])
    second = torch.empty(targets.shape[1], HIDDEN)
    for weight in (first, second):
        nn.init.kaiming_uniform_(weight, a=5**0.5, generator=random)
    parameters = [nn.Parameter(first), nn.Parameter(second)]
    optimizer = torch.optim.AdamW(parameters, lr=LEARNING_RATE, weight_decay=1e-4)
    x, y = torch.from_numpy(inputs), torch.from_numpy(targets)
    empty, aim = torch.from_numpy(nothing), torch.from_numpy(null_target)
    steps = max(1, len(x) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, epochs * steps)
    for epoch in range(epochs):
        progress(epoch, epochs, "epochs of imitation")
        order = torch.randperm(len(x), generator=random)
        for step in range(steps):
            rows = order[step * BATCH : (step + 1) * BATCH]
            vectors, wanted = x[rows], y[rows]
            length = vectors.norm(dim=1, keepdim=True) / vectors.shape[1] ** 0.5
            noise = torch.randn(vectors.shape, generator=random)
            vectors = vectors + NOISE * length * noise
            given = F.gelu(torch.cat([vectors, empty]) @ parameters[0].T) @ parameters[1].T
            known, null = F.normalize(given[: len(rows)], dim=1), given[len(rows) :]
            loss = wanted.norm(dim=1).mean() - (known * wanted).sum(1).mean()
            loss = loss + 0.02 * (1 - F.cosine_similarity(null, aim[None])).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    progress(epochs, epochs, "epochs of imitation")
    return {
        "text.proj.0.weight": parameters[0].detach().numpy(),
        "text.proj.2.weight": parameters[1].detach().numpy(),
    }
