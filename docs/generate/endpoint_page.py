"""What the running app answers over HTTP, as Gradio describes it."""

from typing import Any

from tab_texts import built_page


def endpoints() -> str:
    """Return every public endpoint with what it takes."""
    found: dict[str, Any] = dict(built_page().get_api_info()["named_endpoints"])
    return "\n\n".join(_section(name, one) for name, one in found.items())


def _section(name: str, endpoint: dict[str, Any]) -> str:
    rows = [f"| {' | '.join(_cells(one))} |" for one in endpoint["parameters"]]
    table = "\n".join(["| takes | type | default |", "| --- | --- | --- |", *rows])
    return f"## `{name}` {{: #{name.removeprefix('/')} }}\n\n{endpoint['description']}\n\n{table}"


def _cells(parameter: dict[str, Any]) -> tuple[str, str, str]:
    kind = parameter["python_type"]["type"].partition("(")[0]
    return f"`{parameter['parameter_name']}`", kind, _default(parameter)


def _default(parameter: dict[str, Any]) -> str:
    if not parameter["parameter_has_default"]:
        return "must be given"
    return f"`{parameter['parameter_default']!r}`"
