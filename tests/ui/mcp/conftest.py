"""The tools of `--mcp`, served by themselves."""

import threading
import time

import pytest

from replearn.core.settings import Settings
from replearn.ui.mcp.route import mcp_route


@pytest.fixture
def address():
    """Serve the tools alone; tests/browser/test_teach.py finds them beside the page."""
    pytest.importorskip("mcp", reason="it is optional: requirements-mcp.txt")
    import uvicorn
    from starlette.applications import Starlette

    route, lifespan = mcp_route(Settings(mcp=True))
    app = Starlette(routes=[route], lifespan=lifespan)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.05)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield f"http://{host}:{port}/"
    server.should_exit = True
    thread.join(20)
