"""The card of a trained model, for the app's list of models."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import nn

    from replearn.training.recipes.recipe import LabRecipe


def write_card(
    recipe: "LabRecipe",
    image: "nn.Module",
    text_parameters: int,
    folder: Path,
    abilities: list[str],
) -> None:
    """Write card.json: what the app says of the model.

    Args:
        recipe: how it was trained.
        image: the image network as it is kept.
        text_parameters: a count, 0 without a text tower.
        folder: the run's.
        abilities: the model's capabilities.
    """
    said = (type(recipe).__doc__ or "").splitlines()[0].rstrip(".")
    pictures = recipe.epochs * recipe.epoch_pictures
    card = {
        "summary": f"{said}; trained from scratch in the lab",
        "trained_on": f"{recipe.dataset}, {pictures:,} pictures of {recipe.side} pixels, "
        f"seed {recipe.seed}",
        "licence": "Apache-2.0",
        "image_parameters": sum(p.numel() for p in image.parameters()),
        "text_parameters": text_parameters,
        "capabilities": abilities,
        "published": "",
        "paper": "",
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
