"""Draw the SVG on standard input as PNG to standard output; run by path, with little memory."""

import contextlib
import sys

MEMORY = 2 << 30  # bytes
SECONDS = 8  # of work


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows; there the time alone is limited
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def main() -> None:
    """Draw with one side as long as the arguments say."""
    import resvg_py

    _limit()
    text = sys.stdin.buffer.read().decode()
    of, side = sys.argv[1], int(sys.argv[2])
    png = resvg_py.svg_to_bytes(
        svg_string=text,
        background="#ffffff",
        skip_system_fonts="<text" not in text and ":text" not in text,
        width=side if of == "width" else None,
        height=side if of == "height" else None,
    )
    sys.stdout.buffer.write(bytes(png))


if __name__ == "__main__":
    main()
