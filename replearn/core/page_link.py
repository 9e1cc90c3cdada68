"""A state of the page as a short text that an address carries."""

import base64
import json
import urllib.parse
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from replearn.core.errors import InputError

Value = str | float | bool | None | list["Value"]
LONGEST = 64_000  # characters of a link
LARGEST = 1 << 20  # bytes of what it unpacks to
DAMAGED = "The link is damaged or cut off; copy it again, whole."


@dataclass(frozen=True)
class PageState:
    """What a link brings back.

    Attributes:
        tab: the open tab's name, as in `?tab=parts`.
        unfolded: ids of panels.
        pressed: id of the button that drew what is shown; "" where the tab draws by itself.
        subject: picture, model, compare and dataset, those that aren't the usual ones; None leaves
            the subject that is there.
        inputs: values of controls by id, those that aren't the usual ones.
    """

    tab: str = ""
    unfolded: tuple[str, ...] = ()
    pressed: str = ""
    subject: Mapping[str, Value] | None = None
    inputs: Mapping[str, Value] = field(default_factory=dict)


def link_query(state: PageState) -> str:
    """Return what stands behind the question mark of the page's address.

    Where to go is readable in it, and values are packed.

    Raises:
        InputError: the values are too many for an address.
    """
    found = {"tab": state.tab, "open": ",".join(state.unfolded), "press": state.pressed}
    kept: dict[str, object] = {"inputs": dict(state.inputs)} if state.inputs else {}
    if state.subject is not None:
        kept["subject"] = dict(state.subject)
    if kept:
        text = json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode()
        packed = base64.urlsafe_b64encode(zlib.compress(text, 9)).decode()
        found["state"] = packed.rstrip("=")
    query = urllib.parse.urlencode({name: text for name, text in found.items() if text})
    if len(query) > LONGEST:
        raise InputError("This is too much text for a link; shorten the labels or templates.")
    return query


def read_link(query: str) -> PageState:
    """Read what `link_query` wrote, or the query of a whole address.

    Raises:
        InputError: it is damaged, or longer than any of ours.
    """
    if len(query) > LONGEST:
        raise InputError("The link is longer than any of this page; copy it again.")
    given = {name: texts[-1] for name, texts in urllib.parse.parse_qs(query.lstrip("?")).items()}
    kept = _unpacked(given["state"]) if "state" in given else {}
    subject, inputs = kept.get("subject"), kept.get("inputs", {})
    if not isinstance(subject, dict | None) or not isinstance(inputs, dict):
        raise InputError(DAMAGED)
    unfolded = tuple(name for name in given.get("open", "").split(",") if name)
    return PageState(given.get("tab", ""), unfolded, given.get("press", ""), subject, inputs)


def value_of(text: str) -> Value:
    """Return a number, a truth or a list where a text is one (JSON), and the text itself elsewhere.

    `\\n` parts the lines of a text, as labels have them.
    """
    try:
        found = json.loads(text)
    except ValueError:
        return text.replace("\\n", "\n")
    kind = isinstance(found, bool | int | float | list)
    return found if kind else text


def _unpacked(text: str) -> dict[str, object]:
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        unpacking = zlib.decompressobj()
        found = json.loads(unpacking.decompress(packed, LARGEST))
    except (ValueError, zlib.error, RecursionError) as error:
        raise InputError(DAMAGED) from error
    if not unpacking.eof or not isinstance(found, dict):
        raise InputError(DAMAGED)
    return found
