"""Gradio's scripts with five passages mended: two were slow, three hard to read for some.

Gradio 6.31 looks through all listeners of the page for every component, twice, and through all
components for every listener: with a thousand components and seven hundred listeners that is two of
the four seconds until the first answer. The answers are the same. What it says of an empty picture
had no role, and code on white had colours of a contrast from 1.6 to 4.1, comments in dark code of
3.7, where 4.5 is asked for. Where a version has other passages, its own script is sent as it is.
"""

import functools
from pathlib import Path
from typing import Any

# which listeners a component has: asked of a table that is made once for each list of listeners
_SEARCHED = (
    "find_attached_events(e,t){let n=t.filter(t=>t.targets.find(([t])=>t===e.id)).map("
    "t=>{let n=t.targets.find(([t])=>t===e.id);return n?n[1]:null}).filter(Boolean);"
    "return e.props.shared_props.attached_events=n,e}"
)
_LOOKED_UP = (
    "find_attached_events(e,t){let w=globalThis.__rlListeners??=new WeakMap,m=w.get(t);"
    "if(!m){m=new Map;for(let d of t){let s=new Set;for(let[i,v]of d.targets){"
    "if(s.has(i))continue;s.add(i);v&&(m.has(i)?m.get(i).push(v):m.set(i,[v]))}}w.set(t,m)}"
    "return e.props.shared_props.attached_events=[...m.get(e.id)??[]],e}"
)
# what an event sets on its component: nothing, nearly always, and then no component is looked for
_ALWAYS = "async set_event_args(e,t){let n={},r=await this.get_state_cb?.(e);"
_IF_ANY = (
    "async set_event_args(e,t){if(!Object.keys(t).length)return()=>{};"
    "let n={},r=await this.get_state_cb?.(e);"
)
# an empty picture or piece of code
_NAMED = '<div aria-label="Empty value">'
_WITH_ROLE = '<div role="img" aria-label="Empty value">'
# of words, strings and numbers in light code
_PALE = (
    "ja=`#8fbcbb`,Ma=`#88c0d0`,Na=`#81a1c1`,X=`#5e81ac`,Pa=`#bf616a`,Z=`#d08770`,"
    "Fa=`#ebcb8b`,Ia=`#a3be8c`,La=`#b48ead`"
)
_DARKER = (
    "ja=`#1f6664`,Ma=`#1b5f73`,Na=`#3a5f88`,X=`#2e5c91`,Pa=`#a3313c`,Z=`#974726`,"
    "Fa=`#735600`,Ia=`#3d6623`,La=`#7a4873`"
)
# of comments in dark code
_DIM = "ca=`#808080`,la=`#000000`"
_BRIGHTER = "ca=`#a3abb5`,la=`#000000`"
PASSAGES = {
    "core-": ((_SEARCHED, _LOOKED_UP),),
    "Blocks-": ((_ALWAYS, _IF_ANY),),
    "src-": ((_NAMED, _WITH_ROLE),),
    "Index-": ((_PALE, _DARKER), (_DIM, _BRIGHTER)),
}


@functools.cache
def mended_scripts() -> dict[str, bytes]:
    """Return the mended scripts by their file's name."""
    import gradio

    folder = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"
    found = {}
    for prefix, passages in PASSAGES.items():
        for path in folder.glob(f"{prefix}*.js"):
            text = path.read_text(encoding="utf-8")
            if all(text.count(own) == 1 for own, _ in passages):
                for own, mended in passages:
                    text = text.replace(own, mended)
                found[path.name] = text.encode()
    return found


class MendedScripts:
    """Send the mended scripts in place of Gradio's own."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request for one of them; pass any other on."""
        folder, _, name = scope.get("path", "").rpartition("/")
        if scope["type"] != "http" or not folder.endswith("/assets") or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        if name not in mended_scripts():
            await self._app(scope, receive, send)
            return
        body = mended_scripts()[name]
        headers = [
            (b"content-type", b"text/javascript; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            # not for ever, as Gradio's own: the name is that of another content
            (b"cache-control", b"no-cache"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
