"""The page and its scripts come from memory, and only what is the same for all."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest

from replearn.ui.frame.serving.kept_files import HOSTS, KeptFiles

HTML = (b"content-type", b"text/html; charset=utf-8")
PACKS = (b"accept-encoding", b"gzip, br")


class Page:
    """An app that counts how often it is asked.

    Args:
        headers: of its answers.
        status: of them.
    """

    def __init__(self, headers=(HTML,), status=200):
        self.headers, self.status, self.asked = list(headers), status, 0

    async def __call__(self, scope, receive, send):
        self.asked += 1
        await asyncio.sleep(0.02)
        body = f"{dict(scope['headers']).get(b'host')} {scope['path']}".encode()
        headers = [*self.headers, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body[:5], "more_body": True})
        await send({"type": "http.response.body", "body": body[5:]})


def request(path="/", host=b"here", query=b"", headers=(PACKS,), method="GET"):
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "scheme": "http",
        "headers": [(b"host", host), *headers],
    }


def answers(app, *together):
    """Return the answers to requests: status, headers, unpacked body.

    Args:
        app: what answers.
        together: lists of requests; those of one list come at once, one list after the other.
    """

    async def one(scope):
        sent = []

        async def send(message):
            sent.append(message)

        await app(scope, None, send)
        body = b"".join(message.get("body", b"") for message in sent[1:])
        headers = dict(sent[0]["headers"])
        assert int(headers[b"content-length"]) == len(body)
        if headers.get(b"content-encoding") == b"br":
            body = brotli.decompress(body)
        return sent[0]["status"], headers, body

    async def all_of_them():
        found = []
        for scopes in together:
            found += await asyncio.gather(*(one(scope) for scope in scopes))
        return found

    # on a thread of its own, for a browser test of this process may have left a loop running here
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, all_of_them()).result()


def test_thirty_who_open_the_page_together_are_answered_by_one():
    page = Page()
    found = answers(KeptFiles(page, page=True), [request()] * 30)
    assert page.asked == 1
    assert {body for _, _, body in found} == {b"b'here' /"}
    assert all(headers[b"content-encoding"] == b"br" for _, headers, _ in found)
    assert all(headers[b"vary"] == b"accept-encoding" for _, headers, _ in found)


def test_each_name_of_the_computer_has_its_own_page_and_a_thousand_fill_no_memory():
    page = Page()
    kept = KeptFiles(page, page=True)
    hosts = [f"host{number}".encode() for number in range(HOSTS + 20)]
    proxied = [request(headers=(PACKS, (b"x-forwarded-proto", value))) for value in (b"a", b"b")]
    found = answers(kept, [request(host=host) for host in hosts], proxied)
    assert [body for _, _, body in found[:-2]] == [f"{host} /".encode() for host in hosts]
    assert len(kept._pages) == HOSTS
    assert page.asked == len(hosts) + 2


def test_a_link_is_the_same_page_and_a_script_the_same_file_for_every_host():
    page = Page()
    kept = KeptFiles(page, page=True)
    scripts = [request("/assets/a.js"), request("/assets/a.js", host=b"there")]
    answers(kept, [request(), request(query=b"tab=map&seed=3")], scripts)
    assert page.asked == 2


@pytest.mark.parametrize(
    "scope",
    [
        request(headers=()),  # it can't unpack
        request(headers=(PACKS, (b"range", b"bytes=0-4"))),
        request(method="HEAD"),
        request("/gradio_api/file=/tmp/a.png"),
        request(query=b"deep_link=abc"),
    ],
)
def test_what_is_somebodys_own_is_asked_each_time(scope):
    page = Page()
    found = answers(KeptFiles(page, page=True), [scope, scope])
    assert page.asked == 2
    assert all(b"content-encoding" not in headers for _, headers, _ in found)


@pytest.mark.parametrize(
    "page", [Page(status=404), Page([HTML, (b"set-cookie", b"a=b")])], ids=["404", "a cookie"]
)
def test_an_answer_that_is_no_file_is_passed_on(page):
    found = answers(KeptFiles(page, page=True), [request("/assets/none.js")] * 2)
    assert page.asked == 2
    assert [status for status, _, _ in found] == [page.status] * 2


def test_behind_a_login_the_page_is_made_for_each():
    page = Page()
    answers(KeptFiles(page, page=False), [request()] * 2)
    assert page.asked == 2


def test_what_is_packed_already_is_not_packed_again():
    page = Page([(b"content-type", b"font/woff2")])
    found = answers(KeptFiles(page, page=True), [request("/static/a.woff2")] * 2)
    assert page.asked == 1
    assert all(b"content-encoding" not in headers for _, headers, _ in found)
