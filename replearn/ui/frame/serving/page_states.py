"""What the server remembers of each open page: its states, and what was changed on it.

Gradio 6.31 describes every component anew for each page that is opened, 0.3 s of a core in which
nobody else is answered, and keeps the descriptions for links of its own that this page doesn't use;
and it forgets none of ten thousand pages: some megabytes each.
"""

from typing import Any

from gradio.state_holder import SessionState, StateHolder

MOST = 300  # pages; of one that is beyond, the states begin anew when it asks again


class PageState(SessionState):
    """The states of one page, without descriptions of its components.

    Args:
        blocks: the page.
    """

    def __init__(self, blocks: Any) -> None:
        super().__init__(_Undescribed(blocks))  # type: ignore[arg-type]

    def __setitem__(self, key: int, value: Any) -> None:
        """Keep a state, or a component that was changed on this page."""
        super().__setitem__(key, value)
        self.config_values.clear()

    def _update_config(self, key: int) -> None:
        """Describe nothing."""

    def _update_value_in_config(self, key: int, value: Any) -> None:
        """Describe nothing."""


class PageStates(StateHolder):
    """The states of the pages that asked last.

    Args:
        made: the holder so far.
    """

    def __init__(self, made: StateHolder) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.set_blocks(made.blocks)
        self.capacity = MOST

    def __getitem__(self, session: str) -> SessionState:
        """Return a page's states, which begin with its first question."""
        if session not in self.session_data:
            self.session_data[session] = PageState(self.blocks)
        return super().__getitem__(session)


class _Undescribed:
    """A page of which nothing is to be described."""

    def __init__(self, blocks: Any) -> None:
        self._page, self.blocks = blocks, dict[int, Any]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)
