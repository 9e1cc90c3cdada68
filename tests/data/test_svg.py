"""SVG drawings: drawn, within bounds, and shut off from the computer's files."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from replearn.core.errors import InputError
from replearn.data.images import open_image
from replearn.data.picture import svg

pytestmark = pytest.mark.slow

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
RED = '<rect width="100" height="50" fill="red"/>'


def drawn(text: str) -> Image.Image:
    return open_image(text.encode(), "drawing.svg")


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        drawn(text)
    message = str(caught.value)
    assert message.startswith(("drawing.svg", "A picture inside drawing.svg"))
    assert message.endswith(".")
    assert "\n" not in message
    return message


def png(side: int) -> str:
    buffer = io.BytesIO()
    Image.new("RGB", (side, side), "blue").save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 100 50"', (1024, 512)),
        ('width="100" height="50"', (1024, 512)),
        ('width="50px" height="100px" viewBox="0 0 50 100"', (512, 1024)),
        ('viewBox="0,0,50,100" width="100%"', (512, 1024)),
    ],
)
def test_a_drawing_is_drawn_on_white(attributes: str, size: tuple[int, int]) -> None:
    image = drawn(f'<?xml version="1.0"?><!-- made by hand -->{HEAD}{attributes}>{RED}</svg>')
    assert image.mode == "RGB"
    assert image.size == size
    assert image.getpixel((5, 5)) == (255, 0, 0)
    if size[1] > size[0]:
        assert image.getpixel((5, size[1] - 5)) == (255, 255, 255)


def test_a_drawing_without_its_namespace_opens() -> None:
    assert drawn(f'<svg viewBox="0 0 100 50">{RED}</svg>').getpixel((5, 5)) == (255, 0, 0)


def test_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (8, 8), "red").save(secret)
    for key in ("href", "xlink:href"):
        for address in (secret, secret.as_uri(), "secret.png", "https://example.org/a.png"):
            inside = f'<image {key}="{address}" width="100" height="50"/>'
            image = drawn(f'{HEAD}viewBox="0 0 100 50">{inside}</svg>')
            assert image.getcolors() == [(1024 * 512, (255, 255, 255))]
    assert "entities" in refusal(
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret}">]>{HEAD}viewBox="0 0 9 9">&x;</svg>'
    )


def test_a_picture_inside_is_drawn_unless_it_is_too_large() -> None:
    inside = '<image xlink:href="{}" width="100" height="50"/>'
    image = drawn(f'{HEAD}viewBox="0 0 100 50">{inside.format(png(20))}</svg>')
    assert image.getpixel((512, 256)) == (0, 0, 255)
    assert "pixels" in refusal(f'{HEAD}viewBox="0 0 100 50">{inside.format(png(8000))}</svg>')


def test_damaged_and_endless_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "cut off or damaged" in refusal(f'{HEAD}viewBox="0 0 9 9"><rect')
    assert "can't be drawn" in refusal(f'{HEAD}width="0" height="0"></svg>')
    monkeypatch.setattr(svg, "LARGEST", 50)
    assert "export it as PNG" in refusal(f'{HEAD}viewBox="0 0 100 50">{RED}</svg>')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{HEAD}width="9" height="9">{"<g>" * 20_000}{"</g>" * 20_000}</svg>', "nested too deep"),
        (f"{HEAD}{' '.join(f'a{n}=' + chr(34) * 2 for n in range(2000))}/>", "can't be drawn"),
        (f'<!DOCTYPE svg [<!ENTITY x "a">]>{HEAD}viewBox="0 0 9 9">&x;</svg>', "with entities"),
    ],
)
def test_what_no_program_draws_is_refused(text: str, said: str) -> None:
    assert said in refusal(text)


def test_entities_are_refused_in_any_encoding() -> None:
    text = f'<!DOCTYPE svg [<!ENTITY x "a">]>{HEAD}viewBox="0 0 9 9">&x;</svg>'
    with pytest.raises(InputError, match="with entities"):
        open_image(text.encode("utf-16"), "drawing.svg")


def test_sizes_that_are_no_numbers_leave_a_square() -> None:
    assert drawn(f'{HEAD}width="1.2.3" height="5">{RED}</svg>').width == 1024


def test_a_drawing_that_grows_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg, "SECONDS", 2.0)
    groups = ['<g id="a0"><rect width="9" height="9"/></g>']
    for n in range(1, 12):
        uses = f'<use href="#a{n - 1}"/>' * 10
        groups.append(f'<g id="a{n}">{uses}</g>')
    text = f'{HEAD}viewBox="0 0 9 9"><defs>{"".join(groups)}</defs><use href="#a11"/></svg>'
    assert "export it as PNG" in refusal(text)  # unstopped, it would outlive the test run
