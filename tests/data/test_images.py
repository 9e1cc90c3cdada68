"""Pictures as users bring them: odd, damaged, enormous, or not pictures at all."""

import base64
import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile

from replearn.core.errors import InputError
from replearn.data.images import MAX_PIXELS, open_image, thumbnail, to_data_uri

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def refusal(source: Image.Image | str | Path) -> str:
    """Return the message of a refused picture, having checked that it is one sentence."""
    with pytest.raises(InputError) as caught:
        open_image(source)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


def png(width: int, height: int, depth: int, colour: int, data: bytes, extra: bytes = b"") -> bytes:
    """Return the bytes of a PNG, written without PIL."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [
        chunk(b"IHDR", header),
        extra,
        chunk(b"IDAT", zlib.compress(data)),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def half_and_half(width: int = 40, height: int = 20) -> Image.Image:
    """Return a picture with a red left and a blue right half."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def near(pixel: object, wanted: tuple[int, int, int], tolerance: int = 12) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, wanted, strict=True))


# enormous


def test_an_enormous_png_is_refused_from_its_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = b"\0" * (30_000 * (1 + 30_000 // 8))  # 1-bit black, 112 MB once unpacked
    path = tmp_path / "bomb.png"
    path.write_bytes(png(30_000, 30_000, 1, 0, rows))
    del rows
    assert path.stat().st_size < 1_100_000
    monkeypatch.setattr(ImageFile.ImageFile, "load", None)  # nothing is decoded
    message = refusal(path)
    assert "bomb.png is 30,000 x 30,000 pixels (900 million)" in message
    assert "at most 50 million" in message


@pytest.mark.parametrize("side", [8_000, 10_000, 20_000])  # below, at and above PIL's own limits
def test_pil_s_own_bomb_warning_never_shows(side: int, tmp_path: Path) -> None:
    path = tmp_path / "big.png"
    path.write_bytes(png(side, side, 1, 0, b"\0"))  # hardly any data: decoding would fail otherwise
    assert f"{side:,} x {side:,}" in refusal(path)


def test_an_open_picture_is_measured_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "big.png"
    path.write_bytes(png(8_000, 8_000, 1, 0, b"\0"))
    with Image.open(path) as lazy:
        assert "64 million" in refusal(lazy)


def test_the_limit_itself_is_allowed() -> None:
    width = 10_000
    assert open_image(Image.new("1", (width, MAX_PIXELS // width))).size == (10_000, 5_000)
    refusal(Image.new("1", (width, MAX_PIXELS // width + 1)))


# not pictures


def test_what_is_no_known_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "icon.ppm").write_bytes(b"P6 1 1 255 \0\0\0")
    message = refusal(tmp_path / "icon.ppm")
    assert message.startswith("icon.ppm isn't a picture that can be opened; choose a JPEG, PNG")


def test_missing_folder_and_empty_are_told_apart(tmp_path: Path) -> None:
    assert "There is no file called" in refusal(tmp_path / "nowhere.png")
    assert "is a folder" in refusal(tmp_path)
    (tmp_path / "empty.png").touch()
    assert "empty.png is empty" in refusal(tmp_path / "empty.png")
    assert "There is no file called" in refusal("a\0b.png")
    assert "can't be read" in refusal("x" * 5_000)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "secret.png"
    half_and_half().save(path)
    path.chmod(0)
    assert "secret.png can't be read" in refusal(path)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_refused(kind: str, share: float, tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, kind)
    whole = buffer.getvalue()
    path = tmp_path / f"cut.{kind.lower()}"
    path.write_bytes(whole)
    assert open_image(path).size == (64, 64)
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "cut off or damaged" in refusal(path)


def test_a_picture_without_pixels_is_refused() -> None:
    assert "has no pixels" in refusal(Image.new("RGB", (0, 4)))


def test_the_caller_s_name_is_used(tmp_path: Path) -> None:
    path = tmp_path / "temporary.png"
    path.write_text("no")
    with pytest.raises(InputError, match=r"^dogs/rex\.png is a text file, not a picture"):
        open_image(path, name="dogs/rex.png")


# modes


@pytest.mark.parametrize(
    "mode",
    ["1", "L", "P", "RGB", "RGBA", "LA", "La", "RGBa", "RGBX", "PA", "YCbCr", "HSV", "LAB", "CMYK"],
)
def test_every_mode_becomes_the_same_red_or_grey(mode: str) -> None:
    source = Image.new("RGB", (3, 3), WHITE if mode in {"1", "La"} else RED)
    step = source.convert("LA" if mode == "La" else "RGBA" if mode == "RGBa" else mode)
    image = open_image(step.convert(mode))
    assert image.mode == "RGB"
    grey = {"1": WHITE, "La": WHITE, "L": (76, 76, 76), "LA": (76, 76, 76)}
    assert near(image.getpixel((1, 1)), grey.get(mode, RED), 6)


def test_a_16_bit_png_keeps_its_greys(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    row = b"\0" + struct.pack(">5H", 0, 257, 32_896, 65_280, 65_535)
    path.write_bytes(png(5, 1, 16, 0, row))
    with Image.open(path) as raw:
        assert raw.mode == "I;16"
    assert [open_image(path).getpixel((x, 0)) for x in range(5)] == [
        (0, 0, 0),
        (1, 1, 1),
        (128, 128, 128),
        (254, 254, 254),
        (255, 255, 255),
    ]


@pytest.mark.parametrize("order", ["<u2", ">u2"])
def test_a_16_bit_tiff_keeps_its_greys(order: str, tmp_path: Path) -> None:
    path = tmp_path / "deep.tiff"
    mode = "I;16" if order == "<u2" else "I;16B"
    values = np.array([[0, 25_700, 65_535]], dtype=order)
    Image.frombytes(mode, (3, 1), values.tobytes()).save(path)
    assert [open_image(path).getpixel((x, 0)) for x in range(3)] == [
        (0, 0, 0),
        (100, 100, 100),
        (255, 255, 255),
    ]


@pytest.mark.parametrize(
    ("dtype", "values", "wanted"),
    [
        (np.int32, [0, 32_768, 65_535], [0, 128, 255]),  # 16-bit numbers in 32
        (np.int32, [0, 128, 255], [0, 128, 255]),
        (np.int32, [-100, 0, 100], [0, 128, 255]),
        (np.float32, [0.0, 0.5, 1.0], [0, 128, 255]),
        (np.float32, [0.0, 51.0, 255.0], [0, 51, 255]),
        (np.float32, [np.nan, 0.5, 1.0], [128, 128, 255]),
        (np.float32, [np.nan, np.inf, -np.inf], [0, 0, 0]),
    ],
)
def test_wide_numbers_are_scaled(dtype: type, values: list[float], wanted: list[int]) -> None:
    image = open_image(Image.fromarray(np.array([values], dtype=dtype)))
    assert [image.getpixel((x, 0)) for x in range(3)] == [(w, w, w) for w in wanted]


def test_an_adobe_cmyk_jpeg_isn_t_inverted(tmp_path: Path) -> None:
    path = tmp_path / "print.jpg"
    Image.new("RGB", (32, 32), (220, 30, 40)).convert("CMYK").save(path, quality=95)
    content = path.read_bytes()
    assert b"Adobe" in content  # PIL writes CMYK as Adobe does: inverted, and says so
    assert near(open_image(path).getpixel((16, 16)), (220, 30, 40))


def test_transparent_pictures_stand_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    clear.putpixel((0, 0), (255, 0, 0, 255))
    clear.putpixel((1, 0), (0, 0, 0, 128))
    clear.save(tmp_path / "clear.png")
    clear.save(tmp_path / "clear.webp", lossless=True)
    for name in ("clear.png", "clear.webp"):
        image = open_image(tmp_path / name)
        assert image.getpixel((0, 0)) == RED
        assert near(image.getpixel((1, 0)), (127, 127, 127), 1)
        assert image.getpixel((3, 3)) == WHITE


def test_a_transparent_palette_stands_on_white(tmp_path: Path) -> None:
    palette = Image.new("P", (2, 1))
    palette.putpalette([0, 0, 0, 0, 0, 255])
    palette.putpixel((1, 0), 1)
    palette.save(tmp_path / "palette.png", transparency=0)
    palette.save(tmp_path / "palette.gif", transparency=0)
    for name in ("palette.png", "palette.gif"):
        image = open_image(tmp_path / name)
        assert [image.getpixel((x, 0)) for x in range(2)] == [WHITE, BLUE]


# the way up


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [
        (1, (0, 0)),
        (2, (3, 0)),
        (3, (3, 1)),
        (4, (0, 1)),
        (5, (0, 0)),
        (6, (1, 0)),
        (7, (1, 3)),
        (8, (0, 3)),
        (9, (0, 0)),
    ],
)
@pytest.mark.parametrize("suffix", ["png", "webp", "tiff"])
def test_exif_orientation_turns_the_picture(
    orientation: int, red_at: tuple[int, int], suffix: str, tmp_path: Path
) -> None:
    image = Image.new("RGB", (4, 2), BLUE)
    image.putpixel((0, 0), RED)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned.{suffix}"
    image.save(path, exif=exif, lossless=True)  # only WebP heeds this
    upright = open_image(path)
    assert upright.size == ((2, 4) if 5 <= orientation <= 8 else (4, 2))
    assert upright.getpixel(red_at) == RED
    colours = upright.getcolors()
    assert colours is not None
    assert sorted(colours) == [(1, RED), (7, BLUE)]


def test_a_turned_jpeg_isn_t_turned_twice(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    half_and_half().save(tmp_path / "phone.jpg", exif=exif, quality=95)
    once = open_image(tmp_path / "phone.jpg")
    assert once.size == (20, 40)
    assert near(once.getpixel((10, 5)), RED)  # left became top
    assert near(once.getpixel((10, 35)), BLUE)
    assert open_image(once).tobytes() == once.tobytes()


def test_damaged_exif_counts_as_upright() -> None:
    image = half_and_half()
    image.info["exif"] = b"Exif\0\0garbage"
    assert open_image(image).getpixel((0, 0)) == RED


def test_the_given_picture_isn_t_changed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    source = half_and_half()
    source.info["exif"] = exif.tobytes()
    before = source.tobytes()
    turned = open_image(source)
    turned.putpixel((0, 0), WHITE)
    assert near(turned.getpixel((39, 19)), RED)
    assert source.tobytes() == before
    assert "exif" in source.info
    assert "exif" not in turned.info


# frames and shapes


@pytest.mark.parametrize("suffix", ["gif", "webp", "png"])
def test_the_first_frame_of_an_animation_is_taken(suffix: str, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, BLUE, WHITE)]
    path = tmp_path / f"moving.{suffix}"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=50)
    with Image.open(path) as moving:
        assert getattr(moving, "n_frames", 1) == 3
    assert near(open_image(path).getpixel((4, 4)), RED)


@pytest.mark.parametrize("size", [(1, 1), (1, 5_000), (5_000, 1)])
def test_tiny_and_thin_pictures_open(size: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "thin.png"
    Image.new("RGB", size, RED).save(path)
    image = open_image(str(path))
    assert image.size == size
    small = thumbnail(image, 32)
    assert small.size == (32, 32)
    assert near(small.getpixel((16, 16)), RED, 1)


def test_a_thumbnail_is_the_centre() -> None:
    image = Image.new("RGB", (90, 30), RED)
    image.paste(BLUE, (30, 0, 60, 30))
    small = thumbnail(image, 10)
    assert near(small.getpixel((5, 5)), BLUE, 0)
    assert near(small.getpixel((0, 5)), BLUE, 20)  # the filter's edge


def test_a_data_uri_holds_the_picture() -> None:
    head, _, body = to_data_uri(half_and_half()).partition(",")
    assert head == "data:image/jpeg;base64"
    decoded = Image.open(io.BytesIO(base64.b64decode(body)))
    assert decoded.size == (40, 20)
    assert near(decoded.getpixel((5, 10)), RED)
