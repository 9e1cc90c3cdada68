"""OpenCLIP models worth downloading first, with what a download brings. Nothing is imported."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Download:
    """One pretrained OpenCLIP model on the hub.

    Attributes:
        name: `open_clip:ARCHITECTURE/TAG`.
        hub: repository on the hub, with a trailing slash.
        megabytes: size of the weights file.
        licence: of the weights.
        imagenet_top1: published zero-shot top-1 on ImageNet, per cent (OpenCLIP's results table
            or the model's own card).
        note: when to choose it.
    """

    name: str
    hub: str
    megabytes: int
    licence: str
    imagenet_top1: float
    note: str

    @property
    def published(self) -> str:
        """The published figure in words."""
        return f"ImageNet zero-shot top-1 {self.imagenet_top1} %"


CATALOGUE = (
    Download(
        name="open_clip:ViT-B-32/laion2b_s34b_b79k",
        hub="laion/CLIP-ViT-B-32-laion2B-s34B-b79K/",
        megabytes=605,
        licence="MIT",
        imagenet_top1=66.6,
        note="OpenCLIP's own CLIP on 2 billion pairs: the one to try first",
    ),
    Download(
        name="open_clip:MobileCLIP2-S0/dfndr2b",
        hub="timm/MobileCLIP2-S0-OpenCLIP/",
        megabytes=300,
        licence="Apple AMLR (research only)",
        imagenet_top1=71.5,
        note="MobileCLIP2-S0: the smallest download",
    ),
    Download(
        name="open_clip:ViT-B-32-quickgelu/openai",
        hub="timm/vit_base_patch32_clip_224.openai/",
        megabytes=605,
        licence="MIT",
        imagenet_top1=63.3,
        note="OpenAI's CLIP, ViT-B/32",
    ),
    Download(
        name="open_clip:RN50-quickgelu/openai",
        hub="timm/resnet50_clip.openai/",
        megabytes=408,
        licence="MIT",
        imagenet_top1=59.8,
        note="OpenAI's CLIP, convolutional",
    ),
    Download(
        name="open_clip:ViT-B-16-SigLIP/webli",
        hub="timm/ViT-B-16-SigLIP/",
        megabytes=813,
        licence="Apache-2.0",
        imagenet_top1=76.0,
        note="SigLIP, trained with the sigmoid loss",
    ),
)
