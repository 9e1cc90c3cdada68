"""An image vector as a sum over layers, attention heads and tokens (Gandelsman et al. 2024).

https://arxiv.org/abs/2310.05916. A transformer adds what each part gives to its tokens, and reads
the sum through a norm and a linear layer. With the norm's own mean and deviation of each token
taken as given, all of that is linear, so each part's share of the vector is exact.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from replearn.decompositions.transformer import Block, Transformer
from replearn.encoders.tower import ImageTower
from replearn.encoders.watched import watched


@dataclass(frozen=True, eq=False)
class HeadParts:
    """The terms that add up to image vectors (n, k), before they are scaled to length 1.

    Attributes:
        heads: (n, layers, heads, k), each head's; the bias of its values is in it.
        attention_biases: (n, layers, k), of the layers behind the heads.
        mlps: (n, layers, k).
        embedding: (n, k), of the tokens that enter the first layer.
        bias: (k,), of the final norm and the last layer; the same for all pictures.
    """

    heads: Tensor
    attention_biases: Tensor
    mlps: Tensor
    embedding: Tensor
    bias: Tensor

    def sum(self) -> Tensor:
        """Return the vectors, (n, k)."""
        layers = self.attention_biases.sum(1) + self.mlps.sum(1)
        return self.heads.sum((1, 2)) + layers + self.embedding + self.bias


@dataclass(frozen=True, eq=False)
class _Passed:
    """What one forward pass left behind: each block's input, and how tokens reach the answer."""

    before: list[Tensor]  # a block's (n, t, d), normed
    mlps: list[Tensor]  # a block's (n, t, d)
    embedding: Tensor  # (n, t, d)
    reach: Tensor  # (n, t), the pooling's weight over the final norm's deviation


def head_parts(tower: ImageTower, open_: Transformer, pixels: Tensor) -> HeadParts:
    """Split image vectors over layers and heads, at about the cost of two forward passes.

    Args:
        tower: the network.
        open_: the same, laid open.
        pixels: (n, 3, h, w).
    """
    with torch.inference_mode():
        passed = _passed(tower, open_, pixels)
        heads, biases = [], []
        for mixed, block in zip(_mixed(open_, passed), open_.blocks, strict=True):
            # mixed: (n, heads, t, head width); over where the values come from
            heads.append(torch.einsum("nhsw,hwk->nhk", mixed, _out(open_, block)))
            biases.append(_out_bias(open_, block, passed))
        return HeadParts(
            torch.stack(heads, 1),
            torch.stack(biases, 1),
            torch.stack([open_.read(_reached(passed, mlp)) for mlp in passed.mlps], 1),
            open_.read(_reached(passed, passed.embedding)),
            open_.bias(),
        )


def head_states(tower: ImageTower, open_: Transformer, pixels: Tensor) -> Tensor:
    """Return what heads give in their own few numbers, (n, layers, heads, head width).

    `head_parts(...).heads` is this times `head_directions`; it is smaller by their ratio.
    """
    with torch.inference_mode():
        passed = _passed(tower, open_, pixels)
        return torch.stack([mixed.sum(2) for mixed in _mixed(open_, passed)], 1)


def head_directions(open_: Transformer) -> Tensor:
    """Return where each head's own numbers lead, (layers, heads, head width, k)."""
    with torch.inference_mode():
        return torch.stack([_out(open_, block) for block in open_.blocks])


def token_scores(
    tower: ImageTower, open_: Transformer, pixels: Tensor, direction: Tensor
) -> Tensor:
    """Split a score over layers, heads and the tokens that heads read, (n, layers, heads, t).

    Args:
        tower: the network.
        open_: the same, laid open.
        pixels: (n, 3, h, w).
        direction: (n, k); a vector's score is its product with this.
    """
    with torch.inference_mode():
        passed = _passed(tower, open_, pixels)
        found = []
        for mixed, block in zip(_mixed(open_, passed), open_.blocks, strict=True):
            wanted = torch.einsum("hwk,nk->nhw", _out(open_, block), direction)
            found.append(torch.einsum("nhsw,nhw->nhs", mixed, wanted))
        return torch.stack(found, 1)


def head_share(open_: Transformer, layer: int, head: int, before: Tensor, last: Tensor) -> Tensor:
    """Return what one head adds to image vectors, (n, k), with gradients through all of it.

    The same as `head_parts(...).heads[:, layer, head]`, from what two modules gave.

    Args:
        open_: the network, laid open.
        layer, head: counted from 0.
        before: (n, t, d), of `open_.blocks[layer].before`.
        last: (n, t, d), of the last block.
    """
    block, asking = open_.blocks[layer], open_.pooled.nonzero()[:, 0]
    reach = _reach(open_, last)[:, asking]
    mixed = _mixed_by(block, before, reach, asking)[:, head].sum(1)  # (n, head width)
    return mixed @ _out(open_, block)[head]


def _passed(tower: ImageTower, open_: Transformer, pixels: Tensor) -> _Passed:
    before: list[Tensor] = []
    mlps: list[Tensor] = []
    embedding: list[Tensor] = []
    last: list[Tensor] = []
    with ExitStack() as stack:
        stack.enter_context(watched(open_.embedding, embedding.append))
        for block in open_.blocks:
            stack.enter_context(watched(block.before, before.append))
            stack.enter_context(watched(block.mlp, mlps.append))
        stack.enter_context(watched(open_.blocks[-1].whole, last.append))
        tower(pixels)
    return _Passed(before, mlps, embedding[0], _reach(open_, last[0]))


def _reach(open_: Transformer, tokens: Tensor) -> Tensor:
    """Return each token's weight in the pooled vector, over the norm's deviation, (n, t)."""
    weights = open_.pooled.to(tokens).expand(tokens.shape[:2])
    if open_.norm is None:
        return weights
    if open_.norm_after_pooling:
        tokens = torch.einsum("nt,ntd->nd", weights, tokens)[:, None]  # (n, 1, d)
    variance = tokens.var(-1, correction=0)  # (n, t) or (n, 1)
    return weights / (variance + open_.norm.eps).sqrt()


def _reached(passed: _Passed, tokens: Tensor) -> Tensor:
    """Return what of a part's tokens (n, t, d) reaches the answer, (n, d)."""
    return torch.einsum("nt,ntd->nd", passed.reach, tokens)


def _mixed(open_: Transformer, passed: _Passed) -> Iterator[Tensor]:
    """Yield each block's values by the tokens they come from, (n, heads, t, head width)."""
    asking = open_.pooled.nonzero()[:, 0]  # tokens that reach the answer
    reach = passed.reach[:, asking]
    for before, block in zip(passed.before, open_.blocks, strict=True):
        yield _mixed_by(block, before, reach, asking)


def _mixed_by(block: Block, before: Tensor, reach: Tensor, asking: Tensor) -> Tensor:
    """Return one block's values by the tokens they come from, (n, heads, t, head width)."""
    query, key, value = _queries_keys_values(block, before, asking)
    scaled = query @ key.transpose(2, 3) / query.shape[-1] ** 0.5
    attention = scaled.softmax(-1)  # (n, heads, asking, t)
    weights = torch.einsum("na,nhat->nht", reach, attention)
    return weights[..., None] * value


def _queries_keys_values(
    block: Block, before: Tensor, asking: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Return (n, heads, asking, w), (n, heads, t, w) and (n, heads, t, w)."""
    weight, bias = block.joined
    biases = (None,) * 3 if bias is None else bias.chunk(3)
    inputs = (before[:, asking], before, before)
    parts = [
        F.linear(given, one, beside)
        .reshape(len(given), given.shape[1], block.heads, -1)
        .transpose(1, 2)
        for given, one, beside in zip(inputs, weight.chunk(3), biases, strict=True)
    ]
    return block.query_norm(parts[0]), block.key_norm(parts[1]), parts[2]


def _out(open_: Transformer, block: Block) -> Tensor:
    """Return how a head's numbers become a vector, (heads, head width, k)."""
    weight = block.out[0].T  # (d, d)
    if block.scale is not None:
        weight = weight * block.scale
    return open_.read(weight).reshape(block.heads, weight.shape[0] // block.heads, -1)


def _out_bias(open_: Transformer, block: Block, passed: _Passed) -> Tensor:
    """Return the bias behind a block's heads, as it reaches the answer, (n, k)."""
    bias = block.out[1]
    if bias is None:
        bias = torch.zeros_like(block.out[0][0])
    if block.scale is not None:
        bias = bias * block.scale
    return passed.reach.sum(1, keepdim=True) * open_.read(bias[None])
