"""Headers that tell a browser what it may do with the page, and whom a launch lets in."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from replearn.core.settings import OPEN_TO_ALL, Settings
from replearn.ui.frame.page import build_page
from replearn.ui.frame.serving.safe_headers import SafeHeaders


def answered(embedded, headers=(), own=()):
    """Return the headers of an answer."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": list(own)})
        await send({"type": "http.response.body", "body": b""})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "headers": list(headers)}
    # on a thread of its own, for a browser test of this process may have left a loop running here
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, SafeHeaders(app, embedded)(scope, None, send)).result()
    assert sent[1] == {"type": "http.response.body", "body": b""}
    return dict(sent[0]["headers"])


def test_a_page_of_this_computer_is_shown_in_no_other_sites_frame():
    found = answered(embedded=False)
    assert found[b"x-content-type-options"] == b"nosniff"
    assert found[b"content-security-policy"] == b"frame-ancestors 'self'"


@pytest.mark.parametrize(
    ("embedded", "headers"), [(True, []), (False, [(b"x-forwarded-host", b"demo.example")])]
)
def test_a_hosted_page_may_stand_in_a_frame(embedded, headers):
    found = answered(embedded, headers)
    assert found[b"x-content-type-options"] == b"nosniff"
    assert b"content-security-policy" not in found


def test_what_an_answer_says_itself_stays():
    assert answered(False, own=[(b"referrer-policy", b"no-referrer")])[b"referrer-policy"] == (
        b"no-referrer"
    )


@pytest.mark.parametrize(
    ("settings", "open_to_all"),
    [
        (Settings(), False),
        (Settings(host="0.0.0.0"), True),
        (Settings(host="0.0.0.0", auth="a:b"), False),
        (Settings(host="192.168.0.4"), True),
    ],
)
def test_a_page_that_all_can_use_says_so(settings, open_to_all, monkeypatch):
    monkeypatch.delenv("SPACE_ID", raising=False)
    assert settings.open_to_all is open_to_all
    said = [one.value for one in build_page(settings).blocks.values() if hasattr(one, "value")]
    assert (OPEN_TO_ALL in said) is open_to_all


def test_a_public_demo_is_meant_for_all(monkeypatch):
    monkeypatch.setenv("SPACE_ID", "owner/replearn")
    assert not Settings(host="0.0.0.0").open_to_all
