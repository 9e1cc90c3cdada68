"""What people drag onto a page: each opens, or gets a sentence that says what it is."""

import contextlib
import importlib.util
import io
import os
import runpy
import sqlite3
import struct
import tarfile
import wave
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from replearn.core.errors import InputError
from replearn.data.images import open_image
from replearn.data.picture import size

HEIC = runpy.run_path(str(Path(__file__).with_name("heic.py")))
UPRIGHT, TURNED = HEIC["UPRIGHT"], HEIC["TURNED"]


def refusal(source: object) -> str:
    with pytest.raises(InputError) as caught:
        open_image(source)  # type: ignore[arg-type]
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


def near(pixel: object, wanted: tuple[int, int, int], tolerance: int = 25) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, wanted, strict=True))


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def tarred() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.jpg"))
    return buffer.getvalue()


def sound() -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\0\0")
    return buffer.getvalue()


def ftyp(*brands: bytes) -> bytes:
    body = b"ftyp" + brands[0] + b"\0\0\0\0" + b"".join(brands[1:])
    return struct.pack(">I", len(body) + 4) + body + b"\0\0\0\x08mdat"


BROUGHT = {
    "paper.pdf": (b"%PDF-1.7\n1 0 obj << >> endobj", "is a PDF"),
    "figure.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9", "is a PostScript drawing"),
    "film.mp4": (ftyp(b"isom", b"iso2", b"avc1"), "is a video; save one of its frames"),
    "film.mov": (ftyp(b"qt  "), "is a video"),
    "film.webm": (b"\x1a\x45\xdf\xa3\x9f", "is a video"),
    "film.avi": (b"RIFF\x24\0\0\0AVI LIST", "is a video"),
    "voice.wav": (sound(), "is a sound recording"),
    "voice.m4a": (ftyp(b"M4A ", b"isom"), "is a sound recording"),
    "pictures.zip": (zipped("a.jpg", "b.jpg"), "is a zip archive; unpack it and name the folder"),
    "pictures.tar": (tarred(), "is a tar archive; unpack it and name the folder"),
    "pictures.tgz": (b"\x1f\x8b\x08\0", "is packed by gzip; unpack it"),
    "pictures.rar": (b"Rar!\x1a\x07\x01\0", "is a RAR archive; unpack it"),
    "pictures.7z": (b"7z\xbc\xaf\x27\x1c\0\x04", "is a 7z archive; unpack it"),
    "report.docx": (zipped("[Content_Types].xml", "word/document.xml"), "is an office document"),
    "table.ods": (zipped("mimetype") + b"opendocument", "is an office document"),
    "report.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an office document"),
    "report.rtf": (b"{\\rtf1\\ansi hello}", "is an office document"),
    "page.jpg": (b"\n<!DOCTYPE html><html><body><svg></svg></body>", "is a web page"),
    "page2.png": ("\ufeff<HTML><head>".encode(), "is a web page"),
    "place.url": (b"[InternetShortcut]\r\nURL=https://a.b/c.jpg\r\n", "is a shortcut to an addr"),
    "cat.lnk": (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0", "is a Windows shortcut"),
    "cat alias": (b"book\0\0\0\0mark\0\0\0\0", "is a Mac alias"),
    "pulled.jpg": (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "run git lfs pull"),
    "notes.jpg": ("just some text: ä, no picture".encode(), "is a text file, not a picture"),
    "notes16.txt": ("\ufeffjust some text".encode("utf-16-le"), "is a text file, not a picture"),
    "labels.csv": (b"path,label\na.png,cat\n", "is a text file, not a picture"),
    "data.xml": (b"<?xml version='1.0'?><note/>", "is an XML file"),
    "layers.psd": (b"8BPS\0\x01", "is a Photoshop document"),
    "photo.jxl": (b"\xff\x0a\xfa\x7f", "is a JPEG XL picture"),
    "photo.jp2": (b"\0\0\0\x0cjP  \r\n\x87\n", "is a JPEG 2000 picture"),
    "favicon.ico": (b"\0\0\x01\0\x01\0", "is an icon"),
    "scan.dcm": (b"\0" * 128 + b"DICM", "is a DICOM file"),
    "array.npy": (b"\x93NUMPY\x01\0", "is an array of NumPy; read it by numpy.load"),
    "raw.cr3": (ftyp(b"crx ", b"isom"), "is a camera's RAW file; export it as JPEG"),
    "raw.raf": (b"FUJIFILMCCD-RAW 0201", "is a camera's RAW file"),
    "raw.orf": (b"IIRO\x08\0\0\0", "is a camera's RAW file"),
    "raw.rw2": (b"IIU\0\x08\0\0\0", "is a camera's RAW file"),
}


@pytest.mark.parametrize("name", BROUGHT)
def test_a_file_that_is_no_picture_is_told_what_it_is(name: str, tmp_path: Path) -> None:
    content, said = BROUGHT[name]
    (tmp_path / name).write_bytes(content)
    message = refusal(tmp_path / name)
    assert message.startswith(name)
    assert said in message
    # told by what is in it: another name changes nothing
    (tmp_path / "holiday.jpg").write_bytes(content)
    assert said in refusal(tmp_path / "holiday.jpg")


def test_other_files_are_refused_as_no_picture(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "some.db") as base:
        base.execute("create table t (a)")
    for content in ((tmp_path / "some.db").read_bytes(), b"\0" * 5000, b"\x7fELF\x02\x01\0\0"):
        (tmp_path / "w").write_bytes(content)
        assert "w isn't a picture that can be opened; choose a JPEG" in refusal(tmp_path / "w")


@pytest.mark.parametrize("tag", [{50706: b"\1\4\0\0"}, {271: "NIKON", 254: 1}, {262: 32803}])
def test_raw_in_the_shape_of_a_tiff_doesn_t_pass_for_its_thumbnail(
    tag: dict[int, object], tmp_path: Path
) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for key, value in tag.items():
        tags[key] = value
    path = tmp_path / "DSC_0001.NEF"
    if 262 in tag:  # Pillow writes its own: put the sensor's in its place
        Image.new("L", (16, 12)).save(path, "TIFF")
        entry = struct.pack("<HHI", 262, 3, 1)
        content = path.read_bytes()
        assert entry in content
        at = content.index(entry) + 8
        path.write_bytes(content[:at] + struct.pack("<H", 32803) + content[at + 2 :])
    else:
        Image.new("RGB", (16, 12)).save(path, "TIFF", tiffinfo=tags)
    assert refusal(path) == "DSC_0001.NEF is a camera's RAW file; export it as JPEG."


def test_a_scanner_s_tiff_that_names_its_maker_opens(tmp_path: Path) -> None:
    Image.new("RGB", (16, 12)).save(tmp_path / "scan.tif", tiffinfo={271: "EPSON"})
    assert open_image(tmp_path / "scan.tif").size == (16, 12)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/cat.jpg",
        "HTTP://example.org",
        "www.example.org/cat.jpg",
        "ftp://example.org/cat.jpg",
        "file:///home/me/cat.jpg",
        "s3://bucket/cat.jpg",
        "data:image/png;base64," + "A" * 5000,
    ],
)
def test_an_address_is_no_path(address: str) -> None:
    message = refusal(address)
    assert "is an address; download the picture first, and give its path" in message
    assert len(message) < 200


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    assert "No picture is named" in refusal("")
    (tmp_path / "cat.jpg").symlink_to(tmp_path / "gone.jpg")
    message = refusal(tmp_path / "cat.jpg")
    assert "is a link to a file that isn't there any more" in message
    with pytest.raises(InputError, match=r"^There is no file called dogs/rex\.png; check"):
        open_image(tmp_path / "rex.png", name="dogs/rex.png")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")  # opening it would wait for ever
        assert "is no ordinary file" in refusal(tmp_path / "pipe.jpg")


@pytest.mark.parametrize("given", [None, 7, ["a.jpg"], {"path": "a.jpg"}, io.BytesIO(b"x")])
def test_what_is_no_source_of_a_picture_is_one_sentence(given: object) -> None:
    assert f"A {type(given).__name__} isn't a picture; give the path" in refusal(given)


def test_a_file_s_bytes_open() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (5, 4), "red").save(buffer, "PNG")
    assert open_image(buffer.getvalue()).size == (5, 4)
    assert "The picture is a PDF" in refusal(b"%PDF-1.7")


# phones


def test_a_phone_s_heic_opens_the_right_way_up() -> None:
    image = open_image(UPRIGHT)
    assert image.mode == "RGB"
    assert image.size == (64, 32)
    assert near(image.getpixel((10, 16)), (255, 0, 0))
    assert near(image.getpixel((54, 16)), (0, 0, 255))
    turned = open_image(TURNED)
    assert turned.size == (32, 64)
    assert near(turned.getpixel((16, 10)), (255, 0, 0))
    for share in (0.1, 0.5, 0.9):
        assert "is cut off or damaged" in refusal(UPRIGHT[: int(len(UPRIGHT) * share)])


def test_a_large_heic_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(size, "MAX_PIXELS", 100)
    assert "The picture is 64 x 32 pixels" in refusal(UPRIGHT)


@pytest.mark.slow
def test_a_heic_that_crashes_its_decoder_is_damaged() -> None:
    random = np.random.default_rng(1)
    for _ in range(20):
        content = bytearray(UPRIGHT)
        for at in random.integers(40, 400, 8):
            content[at] = random.integers(256)
        with contextlib.suppress(InputError):  # a crash would end the test itself
            open_image(bytes(content))


def test_without_pi_heif_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert "run pip install pi-heif, or export the photograph as JPEG" in refusal(UPRIGHT)


# large scans


def test_a_large_jpeg_is_reduced_while_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(size, "MAX_PIXELS", 100 * 80)
    image = Image.new("RGB", (400, 200), "red")
    image.paste("blue", (200, 0, 400, 200))
    image.save(tmp_path / "scan.jpg", quality=95)
    found = open_image(tmp_path / "scan.jpg")
    assert found.size == (100, 50)  # by a whole power of two, to at most the limit
    assert near(found.getpixel((20, 20)), (255, 0, 0))
    monkeypatch.setattr(size, "MOST_REDUCED", 400 * 200 - 1)
    assert "scan.jpg is 400 x 200 pixels" in refusal(tmp_path / "scan.jpg")
    image.save(tmp_path / "web.jpg", progressive=True)
    monkeypatch.setattr(size, "MOST_PROGRESSIVE", 400 * 200 - 1)
    assert "web.jpg is 400 x 200 pixels" in refusal(tmp_path / "web.jpg")
    image.save(tmp_path / "scan.png")
    assert "scan.png is 400 x 200 pixels" in refusal(tmp_path / "scan.png")


@pytest.mark.parametrize("side", [10_000, 20_000])  # at and above Pillow's own limits
def test_an_enormous_gif_is_refused_from_its_header(side: int) -> None:
    buffer = io.BytesIO()
    Image.new("P", (4, 4)).save(buffer, "GIF")
    content = bytearray(buffer.getvalue())
    content[6:10] = struct.pack("<HH", side, side)
    at = content.index(b",")  # the frame's own size
    content[at + 5 : at + 9] = struct.pack("<HH", side, side)
    assert "million" in refusal(bytes(content))


def test_a_tiff_of_unusual_numbers_says_what_to_do(tmp_path: Path) -> None:
    # three channels of 32-bit floats, as Photoshop writes high dynamic range
    pixels = np.zeros((2, 2, 3), np.float32).tobytes()
    entries = [
        (256, 3, 1, 2),
        (257, 3, 1, 2),
        (258, 3, 3, 150),
        (259, 3, 1, 1),
        (262, 3, 1, 2),
        (273, 4, 1, 170),
        (277, 3, 1, 3),
        (278, 3, 1, 2),
        (279, 4, 1, len(pixels)),
        (339, 3, 3, 160),
    ]
    body = struct.pack("<2sHIH", b"II", 42, 8, len(entries))
    body += b"".join(struct.pack("<HHII", *entry) for entry in entries) + b"\0\0\0\0"
    body = body.ljust(150, b"\0") + struct.pack("<3H", 32, 32, 32)
    body = body.ljust(160, b"\0") + struct.pack("<3H", 3, 3, 3)
    (tmp_path / "hdr.tif").write_bytes(body.ljust(170, b"\0") + pixels)
    message = refusal(tmp_path / "hdr.tif")
    assert message.startswith("hdr.tif is a TIFF with numbers of an unusual kind")
