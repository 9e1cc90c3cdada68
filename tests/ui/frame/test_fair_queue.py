"""One visitor's long work leaves room for the others'."""

import threading
import time
from contextlib import contextmanager

import gradio as gr
import httpx
import pytest

from replearn.core.settings import Settings
from replearn.ui.frame.serving.fair_queue import WAITING, FairQueue
from replearn.ui.frame.serving.visitors import COOKIE, who_asks

LONG, OTHER, SHORT = 0, 1, 2
ENOUGH = 30.0  # seconds


class Served:
    def __init__(self, settings):
        self.gate, self.begun = threading.Event(), []
        with gr.Blocks() as page:
            for limit in (1, 1, 2):
                gr.Button().click(self._work(), None, None, concurrency_limit=limit)
        page.queue(max_size=100)
        page._queue = FairQueue(page._queue, settings)
        self.page = page
        _, address, _ = page.launch(prevent_thread_lock=True, quiet=True, server_name="127.0.0.1")
        self.address = address.rstrip("/")

    def _work(self):
        def waits():
            self.begun.append(who_asks())
            self.gate.wait(ENOUGH)

        return waits

    def ask(self, which, visitor, page="page"):
        body = {"data": [], "fn_index": which, "session_hash": f"{page}-{visitor}"}
        cookies = {"cookie": f"{COOKIE}={visitor}"}
        place = f"{self.address}/gradio_api/queue/join"
        return httpx.post(place, json=body, headers=cookies, timeout=ENOUGH)

    def began(self, count):
        end = time.monotonic() + ENOUGH
        while len(self.begun) < count and time.monotonic() < end:
            time.sleep(0.01)
        return len(self.begun)


@contextmanager
def served(**bounds):
    found = Served(Settings(**bounds))
    try:
        yield found
    finally:
        found.gate.set()
        found.page.close()


def test_beyond_their_share_a_visitor_is_told_and_others_are_not():
    with served(per_visitor=1) as one:
        assert one.ask(LONG, "ann").status_code == 200
        assert one.began(1) == 1
        refused = one.ask(OTHER, "ann", "another page")
        assert refused.status_code == 503
        assert refused.json()["detail"].startswith("You have something going that takes long")
        assert one.ask(SHORT, "ann").status_code == 200
        assert one.ask(OTHER, "ben").status_code == 200
        assert one.began(3) == 3
        assert len(set(one.begun)) == 2
        one.gate.set()
        end = time.monotonic() + ENOUGH
        while one.ask(OTHER, "ann").status_code != 200:
            assert time.monotonic() < end
            time.sleep(0.05)


def test_long_work_of_all_waits_its_turn_and_short_questions_do_not():
    with served(in_sum=1) as one:
        assert one.ask(LONG, "ann").status_code == 200
        assert one.began(1) == 1
        assert one.ask(OTHER, "ben").status_code == 200
        assert one.ask(SHORT, "eve").status_code == 200
        assert one.began(2) == 2
        time.sleep(0.3)
        assert len(one.begun) == 2, "what ben asked waits for what ann asked"
        one.gate.set()
        assert one.began(3) == 3


def test_a_flood_of_short_questions_is_refused_to_its_sender_alone():
    with served(per_visitor=1) as one:
        answers = [one.ask(SHORT, "ann").status_code for _ in range(WAITING + 1)]
        assert answers == [200] * WAITING + [503]
        assert one.ask(SHORT, "ben").status_code == 200


@pytest.mark.parametrize("which", [LONG, SHORT])
def test_on_ones_own_computer_there_is_no_bound(which):
    with served() as one:
        assert {one.ask(which, "ann").status_code for _ in range(WAITING + 2)} == {200}
