"""Decode the HEIC on standard input: its mode and size in a line, then the pixels; run by path."""

import contextlib
import io
import sys

MEMORY = 4 << 30  # bytes


def main() -> None:
    """Write the picture, or its size alone where it has more pixels than the argument says."""
    from pi_heif import HeifImageFile

    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    image = HeifImageFile(io.BytesIO(sys.stdin.buffer.read()), "")
    fits = image.width * image.height <= int(sys.argv[1])
    if fits:
        image.load()
        if image.mode not in {"RGB", "RGBA"}:
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    sys.stdout.buffer.write(f"{image.mode} {image.width} {image.height}\n".encode())
    if fits:
        sys.stdout.buffer.write(image.tobytes())


if __name__ == "__main__":
    main()
