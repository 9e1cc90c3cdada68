"""How good is a learnt prior? Pictures rebuilt and drawn by it, named by other networks."""

from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image

from replearn.core.errors import InputError
from replearn.core.progress import Progress, silent
from replearn.core.statistics import mean_of
from replearn.data.shapes.dataset import Shapes
from replearn.data.shapes.vocabulary import FACTORS
from replearn.encoders.registry import load_model
from replearn.results.dreams import DrawnTrial, PriorTrial, Rebuilt
from replearn.studies.answering.opened_network import as_picture
from replearn.studies.dreams.dream_choice import DreamChoice
from replearn.studies.dreams.gallery import gallery_targets, shipped_gallery
from replearn.studies.dreams.priors.namers import Namer, by_head, by_probe, by_prompts
from replearn.studies.dreams.visualise import visualise
from replearn.training.decoder.network import watched_network
from replearn.visualisations.decoders.opened import OpenedDecoder, load_decoder

PICTURES, SEED, AT_ONCE = 1000, 7, 100
SEEDS = (0, 1, 2)
PROMPT = ("a small red striped torus", (("solid", "torus"), ("colour", "red")))
# networks that name nine solids of ten in pictures of `shapes` (their cards say so)
TELL_SOLIDS = (
    *("shapes-supervised", "shapes-supcon", "shapes-bagnet", "shapes-multiview"),
    "shapes-clip",
)
# networks whose layers still tell colours by a linear probe, each trained by another loss
TELL_COLOURS = ("shapes-supervised", "shapes-moco", "shapes-simclr")


def reads_text(model: str) -> bool:
    """Say whether a model is asked by texts."""
    return "text" in load_model(model).card.capabilities


def rebuilt_pictures(prior: OpenedDecoder, pictures: list[Image.Image]) -> list[Image.Image]:
    """Return what a decoder makes of a network's responses to pictures of its side."""
    network, found = watched_network(prior.model, ",".join(prior.layers), prior.cells), []
    stacked = np.stack([np.asarray(one.resize((prior.side, prior.side))) for one in pictures])
    for some in torch.split(torch.from_numpy(stacked).permute(0, 3, 1, 2), AT_ONCE):
        with torch.inference_mode():
            seen = network.seen(some.to(network.tower.device).float() / 255)
            made = prior.decoder(prior.code(network.means(seen).cpu()))
        found += [as_picture(one) for one in made]
    return found


def rebuilt_trial(prior: OpenedDecoder, n: int = PICTURES, progress: Progress = silent) -> Rebuilt:
    """Rebuild test pictures of `shapes`, and ask an independent network what they show.

    Args:
        prior: the decoder.
        n: pictures.
        progress: told as parts are done.
    """
    judge = "shapes-supervised" if reads_text(prior.model) else "shapes-clip"
    names = _names(judge)
    data = Shapes("test", SEED, n)
    pictures = [data[row].image for row in range(n)]
    truth = {factor: data.scenes(0, n).labels(factor) for factor in names}
    progress(1, 3, "parts")
    again = rebuilt_pictures(prior, pictures)
    progress(2, 3, "parts")

    def right(shown: list[Image.Image]) -> dict[str, np.ndarray]:
        return {factor: name(shown) == truth[factor] for factor, name in names.items()}

    before, after = right(pictures), right(again)
    quality = mean_of([_psnr(*pair) for pair in zip(pictures, again, strict=True)])
    progress(3, 3, "parts")
    return Rebuilt(
        judge=judge,
        psnr=(quality.value, quality.low, quality.high),
        solid=int(after["solid"].sum()),
        colour=int(after["colour"].sum()),
        both=int((after["solid"] & after["colour"]).sum()),
        before=int((before["solid"] & before["colour"]).sum()),
        n=n,
        seed=SEED,
    )


def _names(judge: str) -> dict[str, Namer]:
    if reads_text(judge):
        return {factor: by_prompts(judge, factor) for factor in ("solid", "colour")}
    return {"solid": by_head(judge), "colour": by_probe(judge, "colour")}


def _psnr(one: Image.Image, other: Image.Image) -> float:
    apart = np.asarray(one, np.float64) - np.asarray(other.resize(one.size), np.float64)
    return float(20 * np.log10(255) - 10 * np.log10(max(np.square(apart).mean(), 1e-6)))


def targets_of(model: str, what: str) -> tuple[str, ...]:
    """Return what is drawn: each solid, or a cube of each colour for a model that reads text."""
    encoder = load_model(model)
    every, count = gallery_targets(encoder), len(FACTORS["solid"])
    if reads_text(model):
        return every[:count] if what == "solid" else every[count:]
    return tuple(every[encoder.class_names.index(name)] for name in FACTORS[what])


def drawn_pictures(
    model: str, what: str, choice: DreamChoice, progress: Progress = silent
) -> list[Image.Image]:
    """Draw each solid, or a cube of each colour."""
    found, targets = [], targets_of(model, what)
    for number, target in enumerate(targets):
        progress(number, len(targets), "pictures drawn")
        found.append(visualise(target, model, choice=choice).image)
    return found


def drawn_without(model: str, what: str) -> list[Image.Image]:
    """Return the class pictures that ship, which were drawn without a prior.

    Raises:
        InputError: none ship for the model's weights.
    """
    ships = dict(zip(gallery_targets(load_model(model)), shipped_gallery(model), strict=False))
    if not ships:
        raise InputError(f"Draw the gallery first: python -m replearn assets --dreams {model}.")
    return [ships[target].image for target in targets_of(model, what)]


def namers_of(model: str, what: str) -> dict[str, Namer]:
    """Return the networks that had no part in a model's pictures and can name what they show."""
    if what == "colour":
        return {name: by_probe(name, what) for name in TELL_COLOURS if name != model}
    return {
        name: by_prompts(name, what) if reads_text(name) else by_head(name)
        for name in TELL_SOLIDS
        if name != model
    }


def drawn_trial(
    model: str, what: str, prior: str, drawings: Sequence[list[Image.Image]]
) -> DrawnTrial:
    """Count the classes that most of the judges name right.

    Args:
        model: for which they were drawn.
        what: "solid" or "colour".
        prior: the decoder, or nothing.
        drawings: a picture of each class, once for each seed.
    """
    judges, wanted = namers_of(model, what), np.arange(len(FACTORS[what]))
    right = []
    for pictures in drawings:
        votes = np.stack([name(pictures) == wanted for name in judges.values()])  # (judges, k)
        right.append(int((votes.mean(0) > 0.5).sum()))
    helps = DreamChoice(prior=prior).counted
    return DrawnTrial(what, prior, helps, tuple(right), len(wanted), tuple(judges))


def prompt_trial(
    model: str, prior: str
) -> tuple[tuple[tuple[str, int, int], ...], Image.Image | None]:
    """Draw the prompt by a prior; return how many judges name each of its words, and the picture.

    A model that reads no text gives nothing.
    """
    if not reads_text(model):
        return (), None
    text, words = PROMPT
    picture = visualise(text, model, choice=DreamChoice(prior=prior)).image
    named = []
    for what, word in words:
        judges, wanted = namers_of(model, what), FACTORS[what].index(word)
        right = sum(int(name([picture])[0]) == wanted for name in judges.values())
        named.append((word, right, len(judges)))
    return tuple(named), picture


def prior_trial(
    name: str, seeds: tuple[int, ...] = SEEDS, n: int = PICTURES, progress: Progress = silent
) -> tuple[PriorTrial, dict[str, list[Image.Image]]]:
    """Measure a decoder: some ten minutes on two cores.

    Args:
        name: of a decoder that ships, or "run:NAME".
        seeds: of the drawing.
        n: pictures that are rebuilt.
        progress: told as the work goes.

    Returns:
        The figures, and pictures to show: rows of equally many, by what they are.
    """
    prior = load_decoder(name)
    model, drawn = prior.model, []
    shown: dict[str, list[Image.Image]] = {}
    for what in ("solid", "colour") if reads_text(model) else ("solid",):
        by = [
            drawn_pictures(model, what, DreamChoice(seed=seed, prior=name), progress)
            for seed in seeds
        ]
        without = drawn_without(model, what)
        drawn += [
            drawn_trial(model, what, name, by),
            drawn_trial(model, what, "", [without]),
        ]
        shown |= {f"{what}s, by the prior": by[0], f"{what}s, without it": without}
    named, picture = prompt_trial(model, name)
    data = Shapes("test", SEED, len(FACTORS["solid"]))
    held_out = [data[row].image for row in range(len(data))]
    shown["kept out"], shown["rebuilt"] = held_out, rebuilt_pictures(prior, held_out)
    if picture is not None:
        shown[PROMPT[0]] = [picture]
    found = PriorTrial(
        model=model,
        decoder=name,
        fingerprint=prior.fingerprint,
        rebuilt=rebuilt_trial(prior, n, progress),
        drawn=tuple(drawn),
        prompt=PROMPT[0] if named else "",
        named=named,
        steps=DreamChoice().steps,
        seeds=seeds,
    )
    return found, shown
