"""Visitors are told apart by a cookie, and by nothing where there is none."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from replearn.ui.frame.serving.visitors import COOKIE, NOBODY, Visitors, visitor_of, who_asks


def asked(headers=(), kind=b"text/html; charset=utf-8", scheme="http"):
    """Return the headers of the answer to a request."""
    sent = []

    async def app(scope, receive, send):
        head = {"type": "http.response.start", "headers": [(b"content-type", kind)]}
        await send(head)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "scheme": scheme, "headers": list(headers)}
    with ThreadPoolExecutor(1) as own:  # this thread may have a loop of another test's
        own.submit(lambda: asyncio.run(Visitors(app)(scope, None, send))).result()
    return dict(sent[0]["headers"])


def test_a_browser_gets_its_number_once_and_with_a_page_alone():
    given = asked()[b"set-cookie"].decode()
    assert given.startswith(f"{COOKIE}=")
    assert "HttpOnly" in given
    assert "SameSite=Lax" in given
    assert "Secure" not in given
    own = given.partition(";")[0].encode()
    assert b"set-cookie" not in asked([(b"cookie", b"other=1; " + own)])
    assert b"set-cookie" not in asked(kind=b"application/json")
    assert asked()[b"set-cookie"] != asked()[b"set-cookie"]


def test_the_number_stays_in_a_hosts_frame_where_the_way_is_safe(monkeypatch):
    assert "; Secure" in asked(scheme="https")[b"set-cookie"].decode()
    monkeypatch.setenv("SPACE_ID", "somebody/replearn")
    framed = asked(scheme="https")[b"set-cookie"].decode()
    assert "SameSite=None; Partitioned; Secure" in framed
    assert "SameSite=Lax" in asked()[b"set-cookie"].decode()


def test_a_visitors_name_does_not_give_the_number_away():
    name = visitor_of(f"{COOKIE}=a-secret", "page-1")
    assert "a-secret" not in name
    assert name == visitor_of(f"other=2; {COOKIE}=a-secret", "page-2")
    assert name != visitor_of(f"{COOKIE}=another", "page-1")


@pytest.mark.parametrize("cookies", ["", "other=2", "=;;=", "a b=c;\x00"])
def test_without_a_number_it_is_the_page_that_was_loaded(cookies):
    assert visitor_of(cookies, "page-1") != visitor_of(cookies, "page-2") != NOBODY
    assert visitor_of(cookies, None) == NOBODY


def test_outside_of_a_listener_nobody_asks():
    assert who_asks() == NOBODY
