"""A picture that is sent again is the same file, untouched."""

from pathlib import Path

import gradio as gr
import numpy as np
from gradio import processing_utils
from PIL import Image

from replearn.ui.frame.serving.sent_once import send_pictures_once


def picture(seed):
    draws = np.random.default_rng(seed).integers(0, 256, (40, 40, 3), np.uint8)
    return Image.fromarray(draws)


def test_a_file_that_may_be_read_at_this_moment_is_not_written_again(monkeypatch, tmp_path):
    # undone after the test, which other tests don't know of
    monkeypatch.setattr(processing_utils, "save_pil_to_cache", processing_utils.save_pil_to_cache)
    send_pictures_once()
    gallery, shown = gr.Gallery(format="webp"), gr.Image(format="webp")
    gallery.GRADIO_CACHE = shown.GRADIO_CACHE = str(tmp_path)
    sent = gallery.postprocess([picture(0), (picture(1), "its name")])
    first, second = (Path(one.image.path) for one in sent.root)
    assert first != second
    assert Image.open(first).size == (40, 40)
    first.write_bytes(b"as it was")  # whoever writes the file again would overwrite this
    again = gallery.postprocess([picture(0), np.asarray(picture(1))])
    assert [Path(one.image.path) for one in again.root] == [first, second]
    assert Path(shown.postprocess(picture(0)).path) == first
    assert first.read_bytes() == b"as it was"
    assert sorted(tmp_path.rglob("*.*")) == sorted([first, second])  # no part is left
