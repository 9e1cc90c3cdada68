"""A client is told how far a tool is, and may take its call back."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from replearn.core.progress import Progress, silent

pytest.importorskip("mcp", reason="it is optional: requirements-mcp.txt")
import anyio
from mcp import ClientSession, McpError
from mcp.client.streamable_http import streamablehttp_client
from mcp.types import CancelledNotification, CancelledNotificationParams, ClientNotification

from replearn.ui.mcp import server
from replearn.ui.mcp.reporting import Rising

MANY = 20_000  # steps, of a millisecond each


class Work:
    """What the tool does, seen from the test."""

    def __init__(self) -> None:
        self.steps, self.ended = 0, threading.Event()


@pytest.fixture
def work(monkeypatch):
    """Serve one tool, which counts in two stages."""
    found = Work()

    def counts(steps: int, progress: Progress = silent) -> int:
        """Count."""
        try:
            for stage in ("opening", "counting"):
                for done in range(steps):
                    progress(done, steps, stage)
                    found.steps += 1
                    time.sleep(0.001)
            return found.steps
        finally:
            found.ended.set()

    monkeypatch.setattr(server, "TOOLS", (counts,))
    return found


def talking(conversation):
    """Return what a conversation returns, held on a thread of its own."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(anyio.run, conversation).result()


def client_of(address):
    return streamablehttp_client(f"{address}mcp")


def test_progress_rises_through_all_stages_and_isnt_an_argument(work, address):
    told = []

    async def conversation():
        async with (
            client_of(address) as (reads, writes, _),
            ClientSession(reads, writes) as client,
        ):
            await client.initialize()
            (tool,) = (await client.list_tools()).tools

            async def tell(done, total, stage):
                told.append((done, total, stage))

            answer = await client.call_tool("counts", {"steps": 5}, progress_callback=tell)
            quiet = await client.call_tool("counts", {"steps": 1})
            return tool.inputSchema["properties"], answer, quiet

    given, answer, quiet = talking(conversation)
    assert set(given) == {"steps"}
    assert answer.structuredContent == {"result": 10}
    assert not quiet.isError
    steps = [done for done, _, _ in told]
    assert steps == sorted(set(steps))
    assert steps[-1] > 5, "the second stage goes on from the first"
    assert {stage for _, _, stage in told} == {"opening", "counting"}
    assert all(done < total for done, total, _ in told)


def test_a_call_that_is_taken_back_stops(work, address):
    async def conversation():
        async with (
            client_of(address) as (reads, writes, _),
            ClientSession(reads, writes) as client,
        ):
            await client.initialize()
            number = client._request_id  # of the next request

            async def take_back(done, total, stage):
                told = CancelledNotificationParams(requestId=number, reason="enough")
                await client.send_notification(
                    ClientNotification(
                        CancelledNotification(method="notifications/cancelled", params=told)
                    )
                )

            with pytest.raises(McpError, match="cancelled"):
                await client.call_tool("counts", {"steps": MANY}, progress_callback=take_back)
            return (await client.list_tools()).tools

    assert talking(conversation), "the session goes on"
    assert work.ended.wait(60)
    assert 0 < work.steps < MANY


def test_steps_that_are_said_again_arent_told():
    rising = Rising()
    assert rising.counted(0, 4, "a") == (0, 4)
    assert rising.counted(3, 4, "a") == (3, 4)
    assert rising.counted(3, 4, "a") is None
    assert rising.counted(0, 2, "b") is None  # as far as before
    assert rising.counted(1, 2, "b") == (4, 5)
    assert rising.counted(0, 2, "b") is None  # the stage began anew
    assert rising.counted(2, 2, "b") == (6, 6)
