"""Where the example photographs lie that live answers are about."""


def path_of(stem: str) -> str:
    """Return the file of an example photograph.

    Raises:
        InputError: there is none of this name.
    """
    from replearn.data.photos import Photos

    photos = Photos()
    return str(photos.path(photos.index(stem)))
