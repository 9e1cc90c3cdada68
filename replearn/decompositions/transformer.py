"""What of a vision transformer its answer is a sum of: blocks, pooling and last layers."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True, eq=False)
class Block:
    """One layer of a transformer: attention, then an MLP, each added to what came before.

    Attributes:
        before: the norm before the attention; gives its input (n, t, d).
        mlp: gives what the MLP adds, (n, t, d), scaled.
        whole: the block; gives the tokens behind it, (n, t, d).
        heads: how many.
        joined: the weight and bias of queries, keys and values, (3 d, d) and (3 d,) or None.
        query_norm, key_norm: of each head's queries and keys, or the identity.
        out: the weight and bias of the attention's output, (d, d) and (d,) or None.
        scale: (d,), LayerScale's factors behind the attention, or None.
    """

    before: nn.Module
    mlp: nn.Module
    whole: nn.Module
    heads: int
    joined: tuple[Tensor, Tensor | None]
    query_norm: nn.Module
    key_norm: nn.Module
    out: tuple[Tensor, Tensor | None]
    scale: Tensor | None


@dataclass(frozen=True, eq=False)
class Transformer:
    """A vision transformer of which the answer is a sum over its parts.

    Attributes:
        embedding: gives the tokens that enter the first block, (n, t, d).
        blocks: in order.
        pooled: (t,), the weight of each token in the pooled vector: one at the class token, or the
            same for each patch.
        norm: the final norm, or None.
        norm_after_pooling: whether it norms the pooled vector and not each token.
        projection: the last linear layer's weight, (k, d), or None.
        projection_bias: (k,), or None.
    """

    embedding: nn.Module
    blocks: tuple[Block, ...]
    pooled: Tensor
    norm: nn.LayerNorm | None
    norm_after_pooling: bool
    projection: Tensor | None
    projection_bias: Tensor | None

    def read(self, rows: Tensor) -> Tensor:
        """Read rows (..., d) as the norm and the last layer do, without biases, (..., k).

        The norm's division by a token's deviation is left to the caller.
        """
        if self.norm is not None:
            rows = rows - rows.mean(-1, keepdim=True)
            rows = rows if self.norm.weight is None else rows * self.norm.weight
        return rows if self.projection is None else rows @ self.projection.T

    def bias(self) -> Tensor:
        """Return what the final norm's and the last layer's biases give, (k,)."""
        like = self.blocks[0].out[0]
        own = None if self.norm is None else self.norm.bias
        bias: Tensor = torch.zeros(like.shape[0]).to(like) if own is None else own
        if self.projection is not None:
            bias = bias @ self.projection.T
        return bias if self.projection_bias is None else bias + self.projection_bias
