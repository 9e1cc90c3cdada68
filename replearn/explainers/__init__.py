"""Explainers by name, imported on use."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from replearn.core.configured import configured
from replearn.core.registry import resolve

if TYPE_CHECKING:
    from replearn.explainers.base import Explainer

EXPLAINERS = {
    "cam": "replearn.explainers.cam:Cam",
    "grad-cam": "replearn.explainers.grad_cam:GradCam",
    "grad-cam++": "replearn.explainers.grad_cam_plus_plus:GradCamPlusPlus",
    "layer-cam": "replearn.explainers.layer_cam:LayerCam",
    "score-cam": "replearn.explainers.score_cam:ScoreCam",
    "ablation-cam": "replearn.explainers.ablation_cam:AblationCam",
    "eigen-cam": "replearn.explainers.eigen_cam:EigenCam",
    "input-gradient": "replearn.explainers.input_gradient:InputGradient",
    "guided-backprop": "replearn.explainers.guided_backprop:GuidedBackprop",
    "guided-grad-cam": "replearn.explainers.guided_grad_cam:GuidedGradCam",
    "integrated-gradients": "replearn.explainers.integrated_gradients:IntegratedGradients",
    "occlusion": "replearn.explainers.occlusion:Occlusion",
    "rise": "replearn.explainers.rise:Rise",
    "attention-rollout": "replearn.explainers.attention_rollout:AttentionRollout",
    "attention-relevance": "replearn.explainers.attention_relevance:AttentionRelevance",
}


def load_explainer(name: str, settings: Mapping[str, Any] | None = None) -> "Explainer":
    """Make an explainer.

    Args:
        name: an entry of `EXPLAINERS`.
        settings: what differs from its own, as values or as text.

    Raises:
        InputError: there is no such explainer or setting; the message lists the valid names.
    """
    make = resolve("explainer", name, EXPLAINERS)
    found: Explainer = configured(name, make, settings or {})
    return found


def explainer_class(name: str) -> "type[Explainer]":
    """Return an explainer's class.

    Raises:
        InputError: there is no such explainer.
    """
    return cast("type[Explainer]", resolve("explainer", name, EXPLAINERS))
