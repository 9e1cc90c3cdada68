"""How far a tool is, told to a client that wants to know; a call that is taken back stops."""

from typing import Any

from anyio import from_thread
from mcp.server.fastmcp import Context

from replearn.core.progress import Progress


class Rising:
    """Steps counted through all of a study's stages, for they must only ever rise."""

    def __init__(self) -> None:
        self._before = 0  # steps of the stages that are over
        self._stage, self._done = "", 0
        self._said = -1

    def counted(self, done: int, total: int, stage: str) -> tuple[int, int] | None:
        """Return how many steps are done, and of how many; None where that is no news."""
        if stage != self._stage or done < self._done:
            self._before += self._done
            self._stage = stage
        self._done = done
        if self._before + done <= self._said:
            return None
        self._said = self._before + done
        return self._said, self._before + total


def reporting(context: Context[Any, Any, Any]) -> Progress:
    """Return a study's progress function, to be called in the thread where the study runs.

    Args:
        context: of the call; its client is told only if it sent a token for it.
    """
    meta = context.request_context.meta
    wanted = meta is not None and meta.progressToken is not None
    rising = Rising()

    def progress(done: int, total: int, what: str) -> None:
        from_thread.check_cancelled()
        counted = rising.counted(done, total, what) if wanted else None
        if counted is not None:
            from_thread.run(context.report_progress, *counted, what)

    return progress
