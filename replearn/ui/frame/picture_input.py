"""A picture that comes in by upload, clipboard or camera, unopened."""

from typing import Any

import gradio as gr
from gradio.data_classes import ImageData
from pydantic import ValidationError

from replearn.core.errors import InputError


class UploadedPicture(ImageData):
    """What the browser or a client sends of an uploaded picture."""

    @classmethod
    def model_validate(cls, obj: Any, **how: Any) -> "UploadedPicture":
        """Read it; anything else is refused in one sentence."""
        try:
            return super().model_validate(obj, **how)
        except ValidationError as error:
            raise gr.Error(
                "Give a picture by uploading it (in Python: gradio_client.handle_file).",
                print_exception=False,
            ) from error


class PictureInput(gr.Image):
    """A picture that reaches Python as the path of the uploaded file, unopened.

    gr.Image would decode it first, whatever its size; here `open_image` looks at the header.
    """

    is_template = True  # Gradio: the browser draws it as the parent class
    data_model = UploadedPicture

    def preprocess(self, payload: Any) -> str | None:
        """Return the uploaded file's path."""
        return None if payload is None else payload.path


def given_picture(path: str | None) -> str:
    """Return the path of a picture that was given.

    Raises:
        InputError: there is none.
    """
    if path is None:
        raise InputError("Give a picture.")
    return path
