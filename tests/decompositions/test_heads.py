"""The parts of a transformer's answer add up to it, whatever its kind."""

from unittest import mock

import pytest
import torch
from torch import nn

from replearn.core.errors import CapabilityError
from replearn.decompositions.heads import (
    head_directions,
    head_parts,
    head_states,
    token_scores,
)
from replearn.decompositions.laid_open import transformer
from replearn.encoders.open_clip.towers import image_tower
from replearn.encoders.tower import ImageTower
from replearn.explainers.attention import attentions

SIDE = 48
WITHIN = 1e-4  # of the longest vector


def randomised(network):
    """Fill biases, norms and scales too: a fresh network has zeros and ones there."""
    generator = torch.Generator().manual_seed(3)
    for name, parameter in network.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if parameter.ndim < 2:
            ones = 1.0 if "gamma" in name or "norm" in name or "ln_" in name else 0.0
            around = ones if name.endswith(("weight", "gamma")) else 0.0
            parameter.data = around + 0.3 * noise
        else:
            parameter.data = noise * parameter.shape[-1] ** -0.5
    return network.eval().requires_grad_(False)


class Holder(nn.Module):
    """What `image_tower` wants of an OpenCLIP model."""

    def __init__(self, visual):
        super().__init__()
        self.visual = visual


def of_open_clip(**changed):
    from open_clip.transformer import VisionTransformer

    settings = {
        "image_size": SIDE,
        "patch_size": 8,
        "width": 64,
        "layers": 3,
        "heads": 4,
        "mlp_ratio": 2.0,
        "output_dim": 24,
    }
    return Holder(VisionTransformer(**{**settings, **changed}))


def of_timm(pool="token", proj="linear", proj_bias=False, **changed):
    from open_clip.timm_model import TimmModel
    from timm.models.vision_transformer import VisionTransformer

    settings = {
        "img_size": SIDE,
        "patch_size": 8,
        "embed_dim": 64,
        "depth": 3,
        "num_heads": 4,
        "num_classes": 0,
        **changed,
    }

    network = VisionTransformer(**settings)
    network.default_cfg = {}
    with mock.patch("timm.create_model", return_value=network):
        return Holder(TimmModel("any", 24, SIDE, pool=pool, proj=proj, proj_bias=proj_bias))


VARIANTS = {
    "open_clip": of_open_clip,
    "open_clip, mean pooling": lambda: of_open_clip(pool_type="avg"),
    "open_clip, norm after mean pooling": lambda: of_open_clip(
        pool_type="avg", final_ln_after_pool=True
    ),
    "open_clip, LayerScale": lambda: of_open_clip(ls_init_value=0.1),
    "open_clip, no norm before": lambda: of_open_clip(no_ln_pre=True, patch_size=16),
    "timm": of_timm,
    "timm, mean pooling": lambda: of_timm(pool="avg"),
    "timm, norm after mean pooling": lambda: of_timm(
        pool="avg", global_pool="avg", class_token=False, pos_embed="learn"
    ),
    "timm, LayerScale and registers": lambda: of_timm(init_values=0.1, reg_tokens=2),
    "timm, query and key norms": lambda: of_timm(qk_norm=True, qkv_bias=False),
    "timm, a bias at the end": lambda: of_timm(proj_bias=True, pre_norm=True),
    "timm, prefix pooled too": lambda: of_timm(pool="avg", pool_include_prefix=True),
    "timm, no final norm": lambda: of_timm(final_norm=False),
}


def built(variant):
    torch.manual_seed(0)
    tower = image_tower(randomised(VARIANTS[variant]()))
    return tower, transformer(tower, variant), torch.randn(3, 3, SIDE, SIDE)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_parts_add_up_to_the_networks_own_vector(variant):
    tower, opened, pixels = built(variant)
    with torch.inference_mode():
        wanted = tower(pixels)
    parts = head_parts(tower, opened, pixels)
    error = (parts.sum() - wanted).norm(dim=1) / wanted.norm(dim=1)
    assert error.max() < WITHIN
    # every term is needed
    for term in (parts.heads.sum((1, 2)), parts.mlps.sum(1), parts.embedding):
        assert (term.norm(dim=1) > 10 * WITHIN * wanted.norm(dim=1)).all()
    assert not any(module._forward_hooks for module in tower.modules())


@pytest.mark.parametrize(
    "variant", ["open_clip", "timm, mean pooling", "timm, query and key norms"]
)
def test_heads_are_what_a_slow_walk_over_queries_finds(variant):
    tower, opened, pixels = built(variant)
    parts = head_parts(tower, opened, pixels)
    layer, head, picture = 1, 2, 0
    block = opened.blocks[layer]
    seen = []
    handle = block.before.register_forward_hook(lambda _m, _i, out: seen.append(out))
    last = []
    other = opened.blocks[-1].whole.register_forward_hook(lambda _m, _i, out: last.append(out))
    with torch.inference_mode():
        attention = attentions(tower, variant, pixels)[0][layer][picture, head]  # (t, t)
    handle.remove()
    other.remove()
    before, residual = seen[-1][picture], last[-1][picture]
    wide = before.shape[1] // block.heads
    rows = slice(2 * before.shape[1] + head * wide, 2 * before.shape[1] + (head + 1) * wide)
    weight, bias = block.joined
    value = before @ weight[rows].T + (0 if bias is None else bias[rows])  # (t, w)
    given = attention @ value @ block.out[0][:, head * wide : (head + 1) * wide].T  # (t, d)
    total = torch.zeros(24)
    for token, share in enumerate(opened.pooled):
        deviation = (residual[token].var(correction=0) + opened.norm.eps).sqrt()
        centred = given[token] - given[token].mean()
        total += share * (centred / deviation * opened.norm.weight) @ opened.projection.T
    torch.testing.assert_close(parts.heads[picture, layer, head], total, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("variant", ["open_clip", "timm, mean pooling"])
def test_tokens_add_up_to_heads_and_states_lead_to_them(variant):
    tower, opened, pixels = built(variant)
    heads = head_parts(tower, opened, pixels).heads
    direction = torch.randn(3, 24)
    scores = token_scores(tower, opened, pixels, direction)
    assert scores.shape == (3, 3, 4, 37)
    wanted = torch.einsum("nlhk,nk->nlh", heads, direction)
    torch.testing.assert_close(scores.sum(-1), wanted, atol=1e-4, rtol=1e-4)
    states = head_states(tower, opened, pixels)
    led = torch.einsum("nlhw,lhwk->nlhk", states, head_directions(opened))
    torch.testing.assert_close(led, heads, atol=1e-4, rtol=1e-4)


@pytest.mark.slow
def test_a_full_size_vit_adds_up():
    import open_clip

    torch.manual_seed(0)
    model = open_clip.create_model("ViT-B-32", load_weights=False)
    tower = image_tower(Holder(randomised(model.visual)))
    pixels = torch.randn(2, 3, 224, 224)
    with torch.inference_mode():
        wanted = tower(pixels)
    found = head_parts(tower, transformer(tower, "ViT-B-32"), pixels).sum()
    assert ((found - wanted).norm(dim=1) / wanted.norm(dim=1)).max() < WITHIN


REFUSED = {
    "attention": lambda: of_open_clip(attentional_pool=True, attn_pooler_heads=4),
    "of another kind": lambda: of_open_clip(block_type="custom", qk_norm=True),
    "linear layer follows": lambda: of_timm(proj="mlp"),
    "pools its tokens by max": lambda: of_timm(pool="max"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_no_sum_is_refused_with_models_that_are(why):
    tower = image_tower(REFUSED[why]())
    with pytest.raises(CapabilityError, match=rf"{why}.*shapes-clip, emoji-clip"):
        transformer(tower, "somebody's")


def test_a_convolutional_network_is_refused():
    from replearn.encoders.registry import load_model

    tower: ImageTower = load_model("shapes-supervised").tower()
    with pytest.raises(CapabilityError, match="it isn't a plain vision transformer"):
        transformer(tower, "shapes-supervised")
