"""Examples in docstrings as griffe wants them headed."""

import re
from typing import Any

from griffe import Extension, Object


class Examples(Extension):
    """Reads `Example:` as `Examples:`, so that >>> is a prompt and not a quotation."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Head them anew."""
        if obj.docstring:
            obj.docstring.value = re.sub(
                r"^Example:$", "Examples:", obj.docstring.value, flags=re.M
            )
