"""Which column of a table holds what, by what people call it, or by what stands in it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from replearn.data.images import SUFFIXES

Records = Sequence[Mapping[str, str]]

# the first that is there is taken; names are compared without case, blanks and underscores
OURS = ("path", "file")
_PICTURES = (
    *OURS,
    *("filename", "filepath", "imagepath", "image", "imagefile", "imagefilename", "imagename"),
    *("imgpath", "img", "imgname", "imgfile", "picture", "picturepath", "photo", "photopath"),
    *("relativepath", "relpath", "fullpath", "imageurl", "url", "imageid", "imgid"),
)
_LABELS = (
    *("classname", "label", "labels", "class", "classes", "category", "categories"),
    *("categoryname", "labelname", "classlabel", "target", "species", "breed", "tag"),
    *("topic", "topics", "object"),
    *("klasse", "kategorie", "classe", "categorie", "catégorie", "clase", "categoria"),
    *("categoría", "etikett", "etiquette", "étiquette", "etiqueta", "etichetta"),
)
_CAPTIONS = ("caption", "captions", "text", "description", "title")
_LOOKED_AT = 50  # lines


def picture_column(records: Records) -> str | None:
    """Return the column of pictures: by its name, else the one that holds files' names."""
    known = _named(records, _PICTURES)
    if known is not None:
        return known
    holding = (name for name in records[0] if _holds_files(records, name))
    # an id may be a file's name without its suffix
    return next(holding, None) or _named(records, ("id",))


def our_picture_column(records: Records) -> str | None:
    """Return the column that is called path or file."""
    return next((name for name in OURS if name in records[0]), None)


def label_column(records: Records, taken: str) -> str | None:
    """Return the column of labels, which isn't the one that is taken for pictures."""
    return _named(records, _LABELS, taken)


def caption_column(records: Records, pictures: str) -> str | None:
    """Return the column of captions; beside path or file, only what is called so."""
    return _named(records, _CAPTIONS[:1] if pictures in OURS else _CAPTIONS, pictures)


def is_file_name(text: str) -> bool:
    """Say whether a text ends like a picture's name."""
    return PurePosixPath(text.replace("\\", "/")).suffix.lower() in SUFFIXES


def _named(records: Records, names: Sequence[str], but: str = "") -> str | None:
    there: dict[str, str] = {}
    for column in records[0]:
        there.setdefault(re.sub(r"[\s_.-]", "", column).lower(), column)
    found = (there[name] for name in names if name in there)
    return next((column for column in found if column != but), None)


def _holds_files(records: Records, column: str) -> bool:
    texts = [record[column] for record in records[:_LOOKED_AT] if record.get(column)]
    return bool(texts) and all(map(is_file_name, texts))
