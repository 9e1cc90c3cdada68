import numpy as np
import pytest
import torch

from replearn.core.errors import CapabilityError, InputError, StoppedError
from replearn.data.photos import Photos
from replearn.encoders.registry import load_model
from replearn.explainers import EXPLAINERS, load_explainer
from replearn.explainers.cam import Cam, bias_share
from replearn.explainers.grad_cam import GradCam
from replearn.explainers.occlusion import Occlusion
from replearn.explainers.scores import ClassScore, CosineScore
from replearn.studies.heat_maps.explain import explain

pytestmark = pytest.mark.slow

CHEETAH = 293
# fewer passes than a user would take: the contract is the same
FEW = {
    "rise": {"masks": 30},
    "input-gradient": {"samples": 3},
    "integrated-gradients": {"steps": 4},
    "occlusion": {"steps": 4, "patch": 0.25},
}


@pytest.fixture(scope="module")
def picture():
    photos = Photos()
    return next(photos[i].image for i in range(len(photos)) if photos[i].id == "cheetah1")


def question_of(model, picture):
    encoder = load_model(model)
    pixels = encoder.preprocess([picture])
    if model == "imagenet":
        return encoder, pixels, ClassScore(CHEETAH, "cheetah")
    if "logits" in encoder.card.capabilities:
        return encoder, pixels, ClassScore(1, encoder.class_names[1])
    return encoder, pixels, CosineScore(encoder.encode_text(["a cheetah"])[0], "cheetah")


@pytest.fixture(scope="module", params=["imagenet", "photo-clip"])
def asked(request, picture):
    return question_of(request.param, picture)


@pytest.mark.parametrize("name", EXPLAINERS)
@pytest.mark.parametrize(
    "model", ["imagenet", "photo-clip", "shapes-supervised", "shapes-clip", "tiny-vit"]
)
def test_every_explainer(name, model, picture, request):
    if name == "score-cam" and model in {"imagenet", "photo-clip"}:
        pytest.skip("1,280 channels, a forward pass each; the small networks take the same path")
    chosen = request.getfixturevalue("tiny_vit") if model == "tiny-vit" else model
    encoder, pixels, score = question_of(chosen, picture)
    before = pixels.copy()
    method = load_explainer(name, FEW.get(name))
    tower = encoder.tower()
    if not method.fits(tower):
        with pytest.raises(CapabilityError, match=r"choose|imagenet"):
            method.explain(encoder, pixels, score)
        return
    modes = [module.training for module in tower.modules()]
    asking = [parameter.requires_grad for parameter in tower.parameters()]
    maps = method.explain(encoder, pixels, score)
    assert maps.dtype == np.float32
    assert maps.ndim == 3
    assert len(maps) == 1
    assert np.isfinite(maps).all()
    assert maps.std() > 0
    assert (pixels == before).all()
    for module in tower.modules():
        assert not module._forward_hooks
        assert not module._backward_hooks
        assert not module._forward_pre_hooks
    assert [module.training for module in tower.modules()] == modes
    assert [parameter.requires_grad for parameter in tower.parameters()] == asking
    assert all(parameter.grad is None for parameter in tower.parameters())
    np.testing.assert_allclose(method.explain(encoder, pixels, score), maps, atol=1e-4)
    assert method.paper.startswith("https://")
    assert method.place(tower, torch.from_numpy(pixels))


def test_cam_adds_up_to_the_score(asked):
    encoder, pixels, score = asked
    total = Cam().explain(encoder, pixels, score).mean() + bias_share(encoder, pixels, score)[0]
    with torch.inference_mode():
        exact = float(score(encoder.tower()(torch.from_numpy(pixels)))[0])
    assert total == pytest.approx(exact, abs=1e-4)


def test_grad_cam_is_the_positive_part_of_cam_up_to_a_factor(asked):
    encoder, pixels, score = asked
    if encoder.name != "imagenet":
        pytest.skip("a cosine isn't linear in the features: its gradient has another part")
    cam = np.maximum(Cam().explain(encoder, pixels, score), 0)
    grad = GradCam().explain(encoder, pixels, score)
    np.testing.assert_allclose(grad * cam.shape[1] * cam.shape[2], cam, atol=1e-3)


def test_grad_cam_equals_the_known_library(picture):
    from pytorch_grad_cam import GradCAM
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    encoder = load_model("imagenet")
    pixels = encoder.preprocess([picture])
    tower = encoder.tower()
    ours = GradCam().explain(encoder, pixels, ClassScore(CHEETAH, "cheetah"))[0]
    with GradCAM(model=tower, target_layers=[tower.trunk]) as library:
        found = library(
            input_tensor=torch.from_numpy(pixels).requires_grad_(True),
            targets=[ClassifierOutputTarget(CHEETAH)],
        )[0]
    step = found.shape[0] // ours.shape[0]
    small = found[step // 2 :: step, step // 2 :: step]
    assert np.corrcoef(small.ravel(), ours.ravel())[0, 1] > 0.97
    import cv2

    scaled = (ours - ours.min()) / (ours.max() - ours.min())
    enlarged = cv2.resize(scaled, found.shape[::-1])
    assert np.corrcoef(enlarged.ravel(), found.ravel())[0, 1] >= 0.999


def test_occlusion_equals_a_slow_double_loop(asked):
    encoder, pixels, score = asked
    found = Occlusion(patch=0.25, steps=4).explain(encoder, pixels, score)[0]
    side = pixels.shape[2]
    size = side // 4

    def scored(batch):
        return float(score(torch.from_numpy(encoder.outputs(batch)))[0])

    clean = scored(pixels)
    for row in range(4):
        for column in range(4):
            covered = pixels.copy()
            covered[:, :, row * size : (row + 1) * size, column * size : (column + 1) * size] = 0
            assert found[row, column] == pytest.approx(clean - scored(covered), abs=2e-3)


def test_random_weights_change_the_map(picture):
    encoder = load_model("imagenet")
    pixels = encoder.preprocess([picture])
    score = ClassScore(CHEETAH, "cheetah")
    before = Cam().explain(encoder, pixels, score)[0]
    tower = encoder.tower()
    state = {name: value.clone() for name, value in tower.state_dict().items()}
    try:
        torch.manual_seed(0)
        with torch.no_grad():
            for parameter in tower.parameters():
                if parameter.ndim > 1:
                    parameter.copy_(torch.randn_like(parameter) * parameter.std())
        after = Cam().explain(encoder, pixels, score)[0]
    finally:
        tower.load_state_dict(state)
    assert abs(np.corrcoef(before.ravel(), after.ravel())[0, 1]) < 0.9


def test_stopping_leaves_the_model_usable(asked):
    encoder, pixels, score = asked

    def stop(done, total, what):
        raise StoppedError("stopped")

    with pytest.raises(StoppedError):
        Occlusion(steps=3).explain(encoder, pixels, score, stop)
    assert np.isfinite(Occlusion(steps=3).explain(encoder, pixels, score)).all()


def test_the_study_names_what_cannot_be_found(picture):
    with pytest.raises(InputError, match=r"no class called 'cheetahh'.*cheetah"):
        explain(picture, "cheetahh", "imagenet")
    with pytest.raises(InputError, match="Type what to look for"):
        explain(picture, "  ", "photo-clip")
