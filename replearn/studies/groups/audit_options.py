"""How prompts are audited, and which prompts and models can be."""

from collections.abc import Sequence
from dataclasses import dataclass

from replearn.core.errors import InputError
from replearn.data.labels import check_labels, check_templates
from replearn.encoders.base import Encoder
from replearn.encoders.registry import load_model

PARAPHRASES = ("{}", "a photo of {}", "a picture of {}", "an image of {}", "this is {}")
MOST_PROMPTS = 200
MOST_MODELS = 6


@dataclass(frozen=True)
class AuditOptions:
    """How prompts are audited.

    Attributes:
        trait: the column that tells the pictures of a pair apart; None takes "skin tone" of
            `emoji-people` and "trait" of other data.
        compared: two of its values; None takes light and dark, man and woman, or the first and
            the last.
        templates: paraphrases, texts with one `{}` where the prompt goes; at least two, for their
            spread is the yardstick.
        against: other prompts that WEAT sets the prompts against; none, no WEAT.
        seed: of the permutations, and of the pairs where there are more than `MOST_PAIRS`.
    """

    trait: str | None = None
    compared: tuple[str, str] | None = None
    templates: tuple[str, ...] = PARAPHRASES
    against: tuple[str, ...] = ()
    seed: int = 0


def checked_prompts(
    prompts: Sequence[str], options: AuditOptions
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return prompts, those against them, and paraphrases, cleaned.

    Raises:
        InputError: no prompt, too many, one that is too long, or fewer than two paraphrases.
    """
    if not any(one.strip() for one in prompts):
        raise InputError("Type at least one prompt, one on each line, for example a doctor.")
    for some in (prompts, options.against):
        if len(some) > MOST_PROMPTS:
            raise InputError(f"These are {len(some):,} prompts; give at most {MOST_PROMPTS}.")
    asked = check_labels(prompts).names
    against = check_labels(options.against).names if any(map(str.strip, options.against)) else ()
    twice = {one.casefold() for one in asked} & {one.casefold() for one in against}
    if twice:
        raise InputError(f"{sorted(twice)[0]!r} stands on both sides; leave it on one.")
    templates = check_templates(options.templates)
    if len(templates) < 2:
        raise InputError(
            "Give at least two paraphrases, each with {} where the prompt goes: how far they move "
            "the cosine is the yardstick."
        )
    return asked, against, templates


def checked_models(model: str | Sequence[str]) -> tuple[str, ...]:
    """Return the names of the models, each once.

    Raises:
        InputError: none, or too many.
    """
    given = (model,) if isinstance(model, str) else model
    names = tuple(dict.fromkeys(name.strip() for name in given if name.strip()))
    if not names:
        raise InputError("Choose at least one model that reads text, for example photo-clip.")
    if len(names) > MOST_MODELS:
        raise InputError(f"These are {len(names)} models; choose at most {MOST_MODELS}.")
    return names


def reading_encoder(name: str) -> Encoder:
    """Open a model that reads text.

    Raises:
        CapabilityError: it reads none.
    """
    encoder = load_model(name)
    if "text" not in encoder.card.capabilities:
        encoder.encode_text([])  # says which models can
    return encoder
