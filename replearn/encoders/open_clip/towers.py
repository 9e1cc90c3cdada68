"""The two towers of an OpenCLIP model, and the image tower cut for heat maps."""

from typing import Any, cast

from torch import Tensor, nn

from replearn.encoders.tower import ImageTower, TokenGrid


class ImageOutputs(nn.Module):
    """The image tower alone: pixels (n, 3, h, w) to embeddings (n, d), not normalised."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, pixels: Tensor) -> Tensor:
        """Return (n, d)."""
        embedding: Tensor = self.model.encode_image(pixels)  # type: ignore[operator]
        return embedding


class TextOutputs(nn.Module):
    """The text tower alone: token ids (m, length) to embeddings (m, d), not normalised."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor) -> Tensor:
        """Return (m, d)."""
        embedding: Tensor = self.model.encode_text(ids)  # type: ignore[operator]
        return embedding


class CausalTextOutputs(nn.Module):
    """The same of a tower whose tokens look back alone, for ids (m, length) of any length.

    OpenCLIP adds all positions to ids of the full length, though nothing after a text's end
    reaches its embedding; most labels end after some ten of 77 tokens.
    """

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model: Any = model

    def forward(self, ids: Tensor) -> Tensor:
        """Return (m, d)."""
        from open_clip.transformer import text_global_pool

        model, length = self.model, ids.shape[1]
        kind = model.transformer.get_cast_dtype()
        tokens = model.token_embedding(ids).to(kind)  # (m, length, width)
        tokens = tokens + model.positional_embedding[:length].to(kind)
        tokens = model.transformer(tokens, attn_mask=model.attn_mask[:length, :length])
        ends = getattr(model, "text_eos_id", None)
        read = text_global_pool(
            model.ln_final(tokens), ids, model.text_pool_type, eos_token_id=ends
        )
        projection = model.text_projection
        if projection is None:
            return cast(Tensor, read)
        if isinstance(projection, nn.Linear):
            return cast(Tensor, projection(read))
        return cast(Tensor, read @ projection)


def looks_back(model: nn.Module) -> bool:
    """Return whether tokens after a text's end change nothing of its embedding."""
    from open_clip.model import CLIP

    causal = isinstance(model, CLIP) and model.attn_mask is not None
    return causal and model.text_pool_type in ("argmax", "eos")


class _TimmTrunk(nn.Module):
    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> Tensor:
        features: Tensor = self.network.forward_features(pixels)  # type: ignore[operator]
        return features


class _TimmHead(nn.Module):
    def __init__(self, network: nn.Module, last: nn.Module) -> None:
        super().__init__()
        self.network = network
        self.last = last

    def forward(self, features: Tensor) -> Tensor:
        pooled = self.network.forward_head(features, pre_logits=True)  # type: ignore[operator]
        outputs: Tensor = self.last(pooled)
        return outputs


def timm_tower(network: nn.Module, last: nn.Module) -> ImageTower:
    """Cut a timm network between its feature map and its pooling; `last` gives the outputs."""
    pooling = getattr(network, "global_pool", None)
    spatial = getattr(pooling, "pool_type", None) == "avg"
    layers = [
        layer
        for layer in (last if isinstance(last, nn.Sequential) else [last])
        if not isinstance(layer, nn.Dropout | nn.Identity)
    ]
    only = layers[0] if len(layers) == 1 else None
    return ImageTower(
        trunk=_TimmTrunk(network),
        head=_TimmHead(network, last),
        spatial=spatial,
        linear=only if spatial and isinstance(only, nn.Linear) else None,
        tokens=_token_grid(network),
    )


def _token_grid(network: nn.Module) -> TokenGrid | None:
    """Return how a timm transformer's tokens lie, as the network itself says."""
    grid = getattr(getattr(network, "patch_embed", None), "grid_size", None)
    if grid is None or not hasattr(network, "num_prefix_tokens"):
        return None
    prefix: int = network.num_prefix_tokens  # type: ignore[assignment]
    return TokenGrid(prefix, *grid)


def image_tower(model: nn.Module) -> ImageTower:
    """Return an OpenCLIP model's image tower, cut at its feature map where it has one."""
    visual: nn.Module = model.visual  # type: ignore[assignment]
    network = getattr(visual, "trunk", None)
    if network is not None:
        return timm_tower(network, visual.head)  # type: ignore[arg-type]
    grid = getattr(visual, "grid_size", None)
    tokens = TokenGrid(1, *grid) if grid is not None and hasattr(visual, "transformer") else None
    return ImageTower(trunk=visual, head=nn.Identity(), spatial=False, linear=None, tokens=tokens)
