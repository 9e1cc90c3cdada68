"""Which learnt priors a model has, and where one comes from."""

from typing import TYPE_CHECKING

from replearn.core.errors import InputError
from replearn.core.registry import nearest
from replearn.encoders.registry import load_model
from replearn.visualisations.decoders.folders import decoders_of

if TYPE_CHECKING:
    from replearn.visualisations.decoders.opened import OpenedDecoder

NONE_HERE = (
    "No learnt prior is here for this model. `python -m replearn train decoder --set model={model} "
    "--name mine` learns one on rendered shapes, as run:mine; for photographs it would have to be "
    "learnt on photographs, many thousands of them, and such a generator doesn't ship."
)


def priors_of(model: str) -> tuple[str, ...]:
    """Return the learnt priors for a model's pictures, those that ship first."""
    return decoders_of(model)


def without_prior(model: str) -> str:
    """Return the sentence for a model that has none."""
    return NONE_HERE.format(model=model)


def opened_prior(model: str, name: str) -> "OpenedDecoder":
    """Open a learnt prior for a model's pictures.

    Args:
        model: the network that pictures are made for.
        name: of a decoder that ships, or "run:NAME".

    Raises:
        InputError: there is none of this name, or it inverts another model.
        ModelError: its files can't be read or are of other weights.
    """
    from replearn.visualisations.decoders.opened import load_decoder

    found = load_decoder(name)
    if found.model != load_model(model).name:
        valid = priors_of(model)
        others = f"choose {' or '.join(valid)}" if valid else without_prior(model)
        raise InputError(
            f"{name} makes pictures of {found.model}'s responses, not of {model}'s; {others}"
            f"{nearest(name, valid)}"
        )
    return found
