"""A queue in which one visitor's long work leaves room for the others'."""

from contextlib import nullcontext
from typing import Any

from gradio.queueing import Event, Queue

from replearn.core.settings import Settings
from replearn.core.visitors.precedence import QUESTIONS
from replearn.ui.frame.serving.visitors import visitor_of

LONG = 1  # the limit of listeners of which one goes at a time: what takes long
WAITING = 40  # of one visitor's, at the most; a page that is opened sends about ten at once
MANY = "You have {n} questions waiting, which is what this page allows."
GOING = (
    "You have something going that takes long, and this page allows {n} at once: stop that, or "
    "wait for it."
)


class FairQueue(Queue):
    """Gradio's queue, with bounds for each visitor and for all.

    What one visitor asks beyond theirs is refused, and the page asks again by itself
    (static/full.js); what all ask beyond the sum waits its turn.

    Args:
        made: the page's queue so far.
        settings: of the launch, with its bounds.
    """

    def __init__(self, made: Queue, settings: Settings) -> None:
        super().__init__(
            live_updates=made.live_updates,
            concurrency_count=made.max_thread_count,
            update_intervals=made.update_intervals,
            max_size=made.max_size,
            blocks=made.blocks,
            default_concurrency_limit=made.default_concurrency_limit,
        )
        self._per_visitor, self._in_sum = settings.per_visitor, settings.in_sum

    async def push(self, body: Any, request: Any, username: str | None) -> Any:
        """Take a question, or say why not now."""
        said = self._too_much(body, request)
        if said:
            return False, said, "queue_full"
        return await super().push(body, request, username)

    def get_events(self) -> Any:
        """Return what goes next; long work waits while as much goes as may."""
        going = sum(_is_long(job[0].fn) for job in self.active_jobs if job)
        if self._in_sum is None or going < self._in_sum:
            return super().get_events()
        every = self.event_queue_per_concurrency_id
        self.event_queue_per_concurrency_id = {
            name: one
            for name, one in every.items()
            if not one.queue or not _is_long(one.queue[0].fn)
        }
        try:
            return super().get_events()
        finally:
            self.event_queue_per_concurrency_id = every

    async def process_events(self, events: Any, batch: bool, begin_time: float, fn: Any) -> None:
        """Answer; what takes long meanwhile lets a short question pass."""
        with nullcontext() if _is_long(fn) else QUESTIONS.asked():
            await super().process_events(events, batch, begin_time, fn)

    def _too_much(self, body: Any, request: Any) -> str | None:
        fn = self.blocks.fns.get(body.fn_index) if body.fn_index is not None else None
        if self._per_visitor is None or fn is None:
            return None
        who = visitor_of(request.headers.get("cookie", ""), body.session_hash)
        waiting = [
            one for queue in self.event_queue_per_concurrency_id.values() for one in queue.queue
        ]
        going = [one for job in self.active_jobs if job for one in job if one.alive]
        own = [one for one in (*waiting, *going) if _of(one) == who]
        if len(own) >= WAITING:
            return MANY.format(n=len(own))
        long = sum(_is_long(one.fn) for one in own)
        if _is_long(fn) and long >= self._per_visitor:
            return GOING.format(n=self._per_visitor)
        return None


def _is_long(fn: Any) -> bool:
    return bool(fn.concurrency_limit == LONG)


def _of(event: Event) -> str:
    return visitor_of(event.request.headers.get("cookie", ""), event.session_hash)
