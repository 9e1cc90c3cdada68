"""Which folders a page may open, and what lies inside one."""

import os
from pathlib import Path

from replearn.core.errors import InputError
from replearn.core.settings import from_environment


def refuse_uploads(path: str | Path, real: str) -> None:
    """Keep what others brought to the page out of sight.

    Raises:
        InputError: the folder holds it.
    """
    uploads = os.environ.get("GRADIO_TEMP_DIR")
    if uploads:
        there = os.path.realpath(uploads)
        # on Windows they may lie on two drives, which have nothing in common
        if Path(real).is_relative_to(there) or Path(there).is_relative_to(real):
            raise InputError(
                f"{path} holds what is brought to this page, by others too; choose another folder."
            )


def refuse_closed(path: str | Path, real: str) -> None:
    """Where others reach the page, open only what it was started with.

    Raises:
        InputError: the folder isn't among that.
    """
    opened = from_environment().folders
    if opened is None:
        return
    if not any(Path(real).is_relative_to(os.path.realpath(one)) for one in opened):
        raise InputError(
            f"{path} isn't open on this page, which others can reach; start it with "
            f"--folders {path} to open it."
        )


def leads_out(real_root: str, path: str) -> bool:
    """Say whether a file of a folder, whose own links are resolved, is a link to somewhere else."""
    return not Path(os.path.realpath(f"{real_root}/{path}")).is_relative_to(real_root)
