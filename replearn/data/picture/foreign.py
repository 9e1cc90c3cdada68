"""What files are that aren't pictures, each with what to do instead; told by how they begin."""

import re
from typing import IO

from PIL import TiffImagePlugin

from replearn.data.picture.rgb import DAMAGED

HEAD = 4096  # bytes of a file that are looked at

_UNPACK = "unpack it and name the folder"
_VIDEO = "is a video; save one of its frames as a picture, for example by a screenshot"
_SOUND = "is a sound recording; choose a picture"
_DOCUMENT = "is an office document; save the picture inside it as PNG or JPEG"
_RAW = "is a camera's RAW file; export it as JPEG"
_EXPORT = "which can't be read; export it as PNG or JPEG"

# (offset, bytes there, what it is)
_MAGIC = (
    (0, b"%PDF", "is a PDF; save the page or the picture as PNG, for example by a screenshot"),
    (0, b"%!PS", f"is a PostScript drawing, {_EXPORT}"),
    (0, b"\xc5\xd0\xd3\xc6", f"is a PostScript drawing, {_EXPORT}"),
    (0, b"8BPS", f"is a Photoshop document, {_EXPORT}"),
    (0, b"gimp xcf", f"is a GIMP document, {_EXPORT}"),
    (0, b"\xff\x0a", f"is a JPEG XL picture, {_EXPORT}"),
    (0, b"\0\0\0\x0cJXL ", f"is a JPEG XL picture, {_EXPORT}"),
    (0, b"\0\0\0\x0cjP  ", f"is a JPEG 2000 picture, {_EXPORT}"),
    (0, b"\xff\x4f\xff\x51", f"is a JPEG 2000 picture, {_EXPORT}"),
    (0, b"\0\0\x01\0", f"is an icon, {_EXPORT}"),
    (0, b"\0\0\x02\0", f"is a cursor, {_EXPORT}"),
    (0, b"\xd7\xcd\xc6\x9a", f"is a Windows metafile, {_EXPORT}"),
    (0, b"v/1\x01", f"is an OpenEXR picture, {_EXPORT}"),
    (0, b"#?RADIANCE", f"is a Radiance picture, {_EXPORT}"),
    (0, b"qoif", f"is a QOI picture, {_EXPORT}"),
    (0, b"SIMPLE  =", f"is a FITS file, {_EXPORT}"),
    (128, b"DICM", f"is a DICOM file, {_EXPORT}"),
    (40, b" EMF", f"is a Windows metafile, {_EXPORT}"),
    (0, b"IIRO", _RAW),
    (0, b"IIRS", _RAW),
    (0, b"MMOR", _RAW),
    (0, b"IIU\0", _RAW),
    (0, b"FUJIFILMCCD-RAW", _RAW),
    (0, b"FOVb", _RAW),
    (0, b"\0MRM", _RAW),
    (0, b"\x1a\x45\xdf\xa3", _VIDEO),
    (0, b"\0\0\x01\xba", _VIDEO),
    (0, b"\0\0\x01\xb3", _VIDEO),
    (0, b"FLV\x01", _VIDEO),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", _VIDEO),
    (8, b"AVI ", _VIDEO),
    (4, b"moov", _VIDEO),
    (4, b"mdat", _VIDEO),
    (8, b"WAVE", _SOUND),
    (0, b"ID3", _SOUND),
    (0, b"fLaC", _SOUND),
    (0, b"OggS", "is a video or a sound recording; save one of its frames as a picture"),
    (0, b"Rar!", f"is a RAR archive; {_UNPACK}"),
    (0, b"7z\xbc\xaf\x27\x1c", f"is a 7z archive; {_UNPACK}"),
    (0, b"\x1f\x8b", f"is packed by gzip; {_UNPACK}"),
    (0, b"BZh", f"is packed by bzip2; {_UNPACK}"),
    (0, b"\xfd7zXZ\0", f"is packed by xz; {_UNPACK}"),
    (0, b"\x28\xb5\x2f\xfd", f"is packed by zstandard; {_UNPACK}"),
    (257, b"ustar", f"is a tar archive; {_UNPACK}"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _DOCUMENT),
    (0, b"{\\rtf", _DOCUMENT),
    (0, b"L\0\0\0\x01\x14\x02\0", "is a Windows shortcut; choose the file that it stands for"),
    (0, b"book\0\0\0\0mark", "is a Mac alias; choose the file that it stands for"),
    (0, b"\0\x05\x16\x07", "is a note that a Mac keeps beside a picture; choose the picture"),
    (0, b"PAR1", "is a Parquet table; name its folder as a data set"),
    (0, b"\x93NUMPY", "is an array of NumPy; read it by numpy.load and give the array"),
    (0, b"\x89HDF", "is an HDF5 file; read the array of a picture from it and give that"),
)
_ZIPPED = (
    (re.compile(rb"\[Content_Types\]\.xml|word/|ppt/|xl/|opendocument"), _DOCUMENT),
    (re.compile(rb"epub\+zip"), "is an e-book; choose a picture"),
    (re.compile(rb"\.npy"), "holds arrays of NumPy; read it by numpy.load and give an array"),
)
_TEXTS = (
    (
        re.compile(r"<(!doctype\s+html|html|head|body)\b", re.I),
        "is a web page, not a picture; open it in a browser and save the picture itself",
    ),
    (
        re.compile(r"version https://git-lfs"),
        "is only Git LFS's note of a picture; run git lfs pull to fetch it",
    ),
    (
        re.compile(r"\[InternetShortcut\]|<\?xml[^>]*>\s*<!DOCTYPE plist", re.I),
        "is a shortcut to an address; open it in a browser and save the picture itself",
    ),
    (re.compile(r"<\?xml"), "is an XML file, not a picture; choose a picture"),
)


def brands(head: bytes) -> frozenset[bytes]:
    """Return which kinds of film or picture an ISO file (MP4, HEIC, AVIF, ...) says it is."""
    if head[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return frozenset({head[8:12], *(head[at : at + 4] for at in range(16, end, 4))})


def what_it_is(head: bytes) -> str | None:
    """Return what a file is that begins so, and what to do, as "is a ...; do ..."; or None."""
    if found := brands(head):
        return _RAW if b"crx " in found else _SOUND if b"M4A " in found else _VIDEO
    if head.startswith(b"PK\x03\x04"):
        zipped = (said for pattern, said in _ZIPPED if pattern.search(head))
        return next(zipped, f"is a zip archive; {_UNPACK}")
    for offset, magic, said in _MAGIC:
        if head[offset:].startswith(magic):
            return said
    text = _text(head)
    if text is None:
        return None
    texts = (said for pattern, said in _TEXTS if pattern.match(text))
    return next(texts, "is a text file, not a picture; choose a picture")


def is_svg(head: bytes) -> bool:
    """Say whether a file that begins so is an SVG drawing."""
    text = _text(head)
    if text is None or not text.startswith("<") or _TEXTS[0][0].match(text):
        return False
    return re.search(r"<(\w+:)?svg[\s>]", text) is not None


def is_raw_tiff(file: IO[bytes]) -> bool:
    """Say whether a TIFF is a camera's RAW file: what opens of it is at most its thumbnail."""
    start = file.read(16)
    try:
        # a BigTIFF, with the number 43, has a longer header
        tags = TiffImagePlugin.ImageFileDirectory_v2(start if 43 in start[2:4] else start[:8])
        file.seek(tags.next)
        tags.load(file)
        of_camera = tags.get(_MAKER) is not None and tags.get(_SUBFILE) == _REDUCED
        raw = start[8:10] == b"CR" or _DNG in tags or of_camera
        return raw or tags.get(_PHOTOMETRIC) in _SENSOR
    except DAMAGED:
        return False
    finally:
        file.seek(0)


# tags of TIFF, and what they say
_SUBFILE, _REDUCED = 254, 1
_PHOTOMETRIC, _SENSOR = 262, {32803, 34892}
_MAKER = 271
_DNG = 50706


def _text(head: bytes) -> str | None:
    """Return the beginning of a text file; None where it isn't text."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, errors="replace").lstrip()
    if b"\0" in head:
        return None
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # else a letter is cut in two where the head ends
            return None
        text = head[: error.start].decode("utf-8-sig")
    return text.lstrip()
