"""Formulas as MathML, made while the pages are built: a reader's browser needs no script."""

from typing import Any
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

INLINE = r"\$`([^`]+)`\$"
BEFORE_CODE = 195  # Markdown's own code between backticks has 190


class MathExtension(Extension):
    """Formulas in a line are written $`LaTeX`$."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Add the pattern."""
        md.inlinePatterns.register(_Inline(INLINE, md), "math", BEFORE_CODE)


class _Inline(InlineProcessor):
    def handleMatch(self, m: Any, data: str) -> tuple[str | Element, int, int]:  # noqa: ARG002
        return self.md.htmlStash.store(convert(m[1])), m.start(0), m.end(0)


def fence(source: str, *_: Any, **__: Any) -> str:
    """Return a formula on a line of its own, written in a block called math."""
    return f'<div class="formula">{convert(source, display="block")}</div>'
