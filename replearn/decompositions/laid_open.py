"""OpenCLIP's and timm's vision transformers laid open.

Whatever can't be written as a sum is refused, with the models that can.
"""

from typing import Any

import torch
from torch import Tensor, nn

from replearn.core.errors import CapabilityError
from replearn.decompositions.transformer import Block, Transformer
from replearn.encoders.tower import ImageTower


def is_transformer(tower: ImageTower) -> bool:
    """Say whether a network is a vision transformer, of a kind that can be laid open or not."""
    return tower.tokens is not None


def transformer(tower: ImageTower, name: str) -> Transformer:
    """Lay a network open.

    Args:
        tower: the model's image network.
        name: the model's, for the sentence that refuses it.

    Raises:
        CapabilityError: its answer isn't a sum over heads and tokens.
    """
    import timm.models.vision_transformer as timm_vit
    from open_clip.transformer import VisionTransformer

    network: Any = getattr(tower.trunk, "network", tower.trunk)
    if type(network) is VisionTransformer:
        return _of_open_clip(network, name)
    if type(network) is timm_vit.VisionTransformer:
        return _of_timm(network, tower, name)
    raise _refused(name, "it isn't a plain vision transformer")


def _refused(name: str, why: str) -> CapabilityError:
    return CapabilityError(
        f"{name} can't be split over attention heads, for {why}; shapes-clip, emoji-clip and "
        "OpenCLIP's ViT-B-32 can."
    )


def _of_open_clip(network: Any, name: str) -> Transformer:
    from open_clip.transformer import ResidualAttentionBlock

    if network.attn_pool is not None:
        raise _refused(name, "it pools its tokens by attention")
    if network.pool_type not in {"tok", "avg"}:
        raise _refused(name, "it doesn't pool its tokens into one vector")
    blocks = []
    for block in network.transformer.resblocks:
        plain = type(block) is ResidualAttentionBlock and block.attn.in_proj_weight is not None
        if not plain:
            raise _refused(name, "its blocks are of another kind")
        attention = block.attn
        blocks.append(
            Block(
                block.ln_1,
                block.ls_2,
                block,
                attention.num_heads,
                (attention.in_proj_weight, attention.in_proj_bias),
                nn.Identity(),
                nn.Identity(),
                (attention.out_proj.weight, attention.out_proj.bias),
                getattr(block.ls_1, "gamma", None),
            )
        )
    count = network.grid_size[0] * network.grid_size[1]
    weights = _pooled(1, count, "token" if network.pool_type == "tok" else "avg", False)
    projection = None if network.proj is None else network.proj.T
    return Transformer(
        network.ln_pre,
        tuple(blocks),
        weights,
        _norm(network.ln_post, name),
        bool(network.final_ln_after_pool),
        projection,
        None,
    )


def _of_timm(network: Any, tower: ImageTower, name: str) -> Transformer:
    from timm.models.vision_transformer import Attention
    from timm.models.vision_transformer import Block as TimmBlock

    if network.attn_pool is not None:
        raise _refused(name, "it pools its tokens by attention")
    if network.global_pool not in {"token", "avg"}:
        raise _refused(name, f"it pools its tokens by {network.global_pool or 'nothing'}")
    blocks = []
    for block in network.blocks:
        attention = block.attn
        plain = type(block) is TimmBlock and type(attention) is Attention
        gated = getattr(attention, "gate", None) is not None  # since timm 1.0.25 or so
        if not plain or gated or not isinstance(attention.norm, nn.Identity):
            raise _refused(name, "its blocks are of another kind")
        blocks.append(
            Block(
                block.norm1,
                block.ls2,
                block,
                attention.num_heads,
                (attention.qkv.weight, attention.qkv.bias),
                attention.q_norm,
                attention.k_norm,
                (attention.proj.weight, attention.proj.bias),
                getattr(block.ls1, "gamma", None),
            )
        )
    count = network.patch_embed.num_patches
    after = not isinstance(network.fc_norm, nn.Identity)
    if after and not isinstance(network.norm, nn.Identity):
        raise _refused(name, "it has two final norms")
    if not isinstance(network.head, nn.Identity) and tower.head.last is not network.head:
        raise _refused(name, "more than one linear layer follows its pooling")
    last = _last_linear(tower.head.last, name)
    return Transformer(
        network.norm_pre,
        tuple(blocks),
        _pooled(network.num_prefix_tokens, count, network.global_pool, network.pool_include_prefix),
        _norm(network.fc_norm if after else network.norm, name),
        after,
        None if last is None else last.weight,
        None if last is None else last.bias,
    )


def _last_linear(head: Any, name: str) -> nn.Linear | None:
    layers = [
        layer
        for layer in (head if isinstance(head, nn.Sequential) else [head])
        if not isinstance(layer, nn.Dropout | nn.Identity)
    ]
    if not layers:
        return None
    if len(layers) > 1 or not isinstance(layers[0], nn.Linear):
        raise _refused(name, "more than one linear layer follows its pooling")
    return layers[0]


def _norm(norm: nn.Module, name: str) -> nn.LayerNorm | None:
    if isinstance(norm, nn.Identity):
        return None
    if not isinstance(norm, nn.LayerNorm):
        raise _refused(name, f"its final norm is a {type(norm).__name__}")
    return norm


def _pooled(prefix: int, patches: int, how: str, with_prefix: bool) -> Tensor:
    """Return the weight of each token in the pooled vector, (t,)."""
    weights = torch.zeros(prefix + patches)
    if how == "token":
        weights[0] = 1
    else:
        start = 0 if with_prefix else prefix
        weights[start:] = 1 / (prefix + patches - start)
    return weights
