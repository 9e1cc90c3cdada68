"""What each part adds to a score, as bars: kinds and layers, then single heads or channels."""

from replearn.plotting.figures import ACCENT, COMPARISON, GREY, Figure
from replearn.results.parts import Contributions, Part

SHOWN = 14
ROW = 24  # pixels


def part_name(part: Part) -> str:
    """Return what a part is called, its layers and heads counted from 1."""
    if len(part) == 2:
        return f"layer {part[0] + 1}, head {part[1] + 1}"
    return f"channel {part[0]}"


def part_called(name: str) -> Part:
    """Return the part that `part_name` calls so."""
    numbers = [int(word.strip(",")) for word in name.split() if word.strip(",").isdigit()]
    return (numbers[0] - 1, numbers[1] - 1) if len(numbers) == 2 else (numbers[0],)


def kind_bars(found: Contributions) -> Figure:
    """Return a bar for each layer's heads and MLP, the embedding and the biases."""
    rows: list[tuple[str, float]] = []
    if found.main == "heads":
        heads, mlps = found.scores("heads").sum(1), found.scores("MLPs")
        for layer, (by_heads, by_mlp) in enumerate(zip(heads, mlps, strict=True)):
            rows += [
                (f"layer {layer + 1}, heads", float(by_heads)),
                (f"layer {layer + 1}, MLP", float(by_mlp)),
            ]
        rows.append(("first embedding", float(found.scores("first embedding"))))
        biases = found.scores("biases behind heads").sum() + found.scores("last bias")
        rows.append(("all biases", float(biases)))
    else:
        shares = found.scores("channels")
        rows = [
            (
                f"{int((shares > 0).sum()):,} channels for it",
                float(shares[shares > 0].sum()),
            ),
            (
                f"{int((shares < 0).sum()):,} against it",
                float(shares[shares < 0].sum()),
            ),
            ("bias", float(found.scores("last bias"))),
        ]
    return _bars(rows, "what kinds of parts add", None)


def part_bars(found: Contributions) -> Figure:
    """Return a bar for each of the strongest heads or channels, and the rest as one."""
    strongest = found.strongest(SHOWN)
    rows = [(part_name(part), share) for part, share in strongest]
    rest = found.score - sum(share for _, share in strongest)
    rows.append(("all the rest", rest))
    return _bars(rows, f"what single {found.main} add", len(strongest))


def _bars(rows: list[tuple[str, float]], label: str, clickable: int | None) -> Figure:
    colours = [ACCENT if value >= 0 else COMPARISON for _, value in rows]
    if clickable is not None:
        colours[clickable:] = [GREY] * (len(rows) - clickable)
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [value for _, value in rows],
        "y": [name for name, _ in rows],
        "marker": {"color": colours},
        "hovertemplate": "%{y}: %{x:.4f}<extra></extra>",
    }
    if clickable is not None:
        trace["customdata"] = [i if i < clickable else None for i in range(len(rows))]
    return {
        "label": label,
        "traces": [trace],
        "layout": {
            "height": ROW * len(rows) + 70,
            "margin": {"l": 10, "r": 10, "t": 6, "b": 36},
            "showlegend": False,
            "xaxis": {"title": {"text": "added"}, "zeroline": True},
            "yaxis": {"autorange": "reversed", "automargin": True},
        },
    }
