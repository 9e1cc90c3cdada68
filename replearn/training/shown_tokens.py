"""The tokens that an image-text model of the lab ships: those of texts it was shown or is asked.

Training touches the rows of the captions' tokens alone; those of the app's own texts stay as they
were drawn, so that every shipped figure can be had again. All others are left out of the file.
"""

from pathlib import Path
from typing import Any

from replearn.data import load_dataset
from replearn.data.emoji import LABELS, Emoji
from replearn.data.labels import TEMPLATE_PRESETS, fill, preset_labels, preset_names
from replearn.data.photos import Photos
from replearn.data.shapes.captions import phrases
from replearn.data.shapes.scenes import LEVELS
from replearn.data.shapes.vocabulary import NAMES
from replearn.data.vocabularies import VOCABULARIES, vocabulary

SAID = (
    "Its file holds the vectors of the words that its captions or this app's own texts have; any "
    "other word has a zero vector: the model reads that a word stands there, and not which."
)


def keep_shown_tokens(path: Path, dataset: str) -> None:
    """Leave the rows of all other tokens out of a model's file, in place.

    Args:
        path: open_clip_model.safetensors, as `Clip.export` wrote it.
        dataset: on whose captions the model was trained.

    Raises:
        InputError: there is no such data set, or one of its pictures can't be opened.
    """
    from safetensors.torch import load_file, save_file

    from replearn.encoders.open_clip.token_rows import TABLE, with_rows_of

    weights = load_file(path)
    if TABLE in weights:
        save_file(with_rows_of(weights, shown_tokens(dataset)), path)


def shown_tokens(dataset: str) -> list[int]:
    """Return the ids of CLIP's tokens in a data set's captions and in the app's own texts.

    The tokens that begin, end and fill up a text are among them.
    """
    import open_clip

    tokenizer: Any = open_clip.SimpleTokenizer()
    ids: list[int] = tokenizer([*caption_texts(dataset), *own_texts()]).unique().tolist()
    return ids


def caption_texts(dataset: str) -> tuple[str, ...]:
    """Return texts that hold every word of a data set's captions."""
    if dataset in LEVELS:
        return phrases()
    data = load_dataset(dataset)
    return tuple(data[index].caption for index in range(len(data)))


def own_texts() -> tuple[str, ...]:
    """Return what the app itself asks with: labels, templates, class names and vocabularies."""
    photos = Photos()
    labels = [label for name in preset_names() for label in preset_labels(name)]
    labels += [label for index in range(len(photos)) for label in photos.labels(index)]
    labels += [name for names in NAMES.values() for name in names]
    labels += [name for label in LABELS for name in Emoji(label=label).class_names]
    templates = ["a {}", "an {}", *(one for kind in TEMPLATE_PRESETS.values() for one in kind)]
    # put together, for ")." is one token
    asked = [fill(template, label) for template in templates for label in dict.fromkeys(labels)]
    return (*asked, *(text for name in VOCABULARIES for text in vocabulary(name)))
