"""Lessons as HTML: what a teacher wrote is shown as text, whatever it is."""

from collections.abc import Iterable
from html import escape

from replearn.lessons.lesson import Paragraph

_TAGS = {"strong": "strong", "em": "em", "code": "code", "claim": "b"}


def inline(paragraph: Paragraph) -> str:
    """Return a paragraph's spans."""
    return "".join(_span(*span) for span in paragraph)


def blocks(tag: str, paragraphs: Iterable[Paragraph]) -> str:
    """Return each paragraph in an element of its own."""
    return "".join(f"<{tag}>{inline(one)}</{tag}>" for one in paragraphs)


def document(title: str, style: str, body: str, head: str = "") -> str:
    """Return a whole page, which asks for nothing else.

    Args:
        title: text.
        style: CSS.
        body, head: HTML.
    """
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{head}<title>{escape(title)}</title><style>{style}</style></head>"
        f"<body>{body}</body></html>"
    )


def _span(kind: str, text: str, to: str = "") -> str:
    said = escape(text)
    if kind == "link":
        return f'<a href="{escape(to)}" rel="noopener noreferrer">{said}</a>'
    tag = _TAGS.get(kind)
    return f"<{tag}>{said}</{tag}>" if tag else said
