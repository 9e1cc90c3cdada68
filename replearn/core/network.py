"""Is there a network? Asked only when the user wants a download."""

import socket
import urllib.request
from urllib.parse import urlsplit

CONNECT_SECONDS = 3.0


def reachable(address: str) -> bool:
    """Say within a few seconds whether a host answers; behind a proxy it is taken to answer.

    Args:
        address: with its scheme, e.g. "https://huggingface.co".
    """
    parts = urlsplit(address)
    if urllib.request.getproxies().get(parts.scheme):
        return True
    port = parts.port or (80 if parts.scheme == "http" else 443)
    try:
        with socket.create_connection((parts.hostname or "", port), timeout=CONNECT_SECONDS):
            return True
    except OSError:
        return False
