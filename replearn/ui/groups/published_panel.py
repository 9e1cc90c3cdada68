"""What is published: soap that is called food, and accuracy by income and region."""

import gradio as gr

from replearn.data.published import (
    DE_VRIES_2019,
    GOYAL_2022,
    OPEN_CLIP_RESULTS,
    OQUAB_2023,
    RAMASWAMY_2023,
    RICHARDS_2023,
    ROJAS_2022,
    dollar_street_groups,
    open_clip_geography,
    soap_answers,
)
from replearn.plotting.groups.published_figure import published_figure
from replearn.ui.frame.components import described, plot
from replearn.ui.frame.figure import Shown
from replearn.ui.frame.turns import QUIET, Turns

NAME, TAB = "published", "groups"
LAYOUT = """Whoever has [Dollar Street](https://www.kaggle.com/datasets/mlcommons/the-dollar-street-dataset)
or [GeoDE](https://geodiverse-data-collection.cs.princeton.edu/) as a folder gets the same for own
models: write a `labels.csv` beside the pictures with the columns `path`, `topic` (what is in the
picture), `income` and `region`; the first is the picture's file, `topic` is read as the label, the
other two are groups. Then choose `folder:PATH` and the groups `income` and `region` above.

| column | Dollar Street calls it | GeoDE calls it |
| --- | --- | --- |
| `path` | `imageRelPath` | `file_path` |
| `topic` | `topics`, one of them | `object` |
| `income` | `income`, dollars a month | has none |
| `region` | `region.id` | `region` |
"""


def published_panel(turns: Turns) -> None:
    """Build the panel, folded; what it shows never changes.

    Args:
        turns: tell when it is open: the figure waits for it.
    """
    with gr.Accordion(
        "What is published: soap, and accuracy by income and region", open=False, elem_id=NAME
    ) as panel:
        described(
            "**The same soap, two households.** What six services said of a photograph of soap "
            "from Nepal and of one from the United Kingdom, in 2019.",
            "Left: not one of the six said soap of the first picture, all six said food. Right: "
            "two said soap dispenser of the second. Below, accuracy on household items by income "
            "and region, and how little a better ImageNet model tells of it.",
            "Two photographs are an example, not a measurement. The services of 2019 are not those "
            "of today. Income and region go together, and with what stands in a picture: a group "
            "may be hard because its pictures are. No intervals were published.",
            ("De Vries et al. 2019", DE_VRIES_2019),
        )
        gr.Markdown(soap_table(), elem_id="published-soap")
        gr.Markdown(
            "In that study the services' error was about 10 % larger for households below 50 "
            "dollars a month than for those above 3,500, and accuracy 15 to 20 points higher for "
            f"pictures from the United States than from Somalia and Burkina Faso ([De Vries et al. "
            f"2019]({DE_VRIES_2019})). Of nearly a hundred later models, CLIP's among them, all "
            "differ by 7 to 20 points between regions ([Richards et al. 2023]"
            f"({RICHARDS_2023})).",
            elem_id="published-gaps",
        )
        gr.Markdown(
            f"### Accuracy by group of Dollar Street\n[Oquab et al. 2023]({OQUAB_2023}), by the "
            f"protocol of [Goyal et al. 2022]({GOYAL_2022}): 94 things, n = 16,073 pictures of 289 "
            "households in 54 countries."
        )
        drawn = plot("published-plot")
        gr.Markdown(groups_table(), elem_id="published-groups")
        gr.Markdown(
            "### ImageNet beside Dollar Street and GeoDE\nZero-shot accuracy of some of OpenCLIP's "
            f"models, from [its results table]({OPEN_CLIP_RESULTS}) (read in November 2026)."
        )
        gr.Markdown(open_clip_table(), elem_id="published-open-clip")
        gr.Markdown(
            f"Left out, for we found no source that prints them: accuracy by income of [Rojas et "
            f"al. 2022]({ROJAS_2022}) and by region of [Ramaswamy et al. 2023]({RAMASWAMY_2023})."
        )
        gr.Markdown(LAYOUT, elem_id="published-layout")

    def published_shown() -> Shown:
        return {drawn: published_figure(dollar_street_groups())}

    box = turns.panel_alone(NAME, TAB, panel)
    box.change(published_shown, None, [drawn], **QUIET)


def soap_table() -> str:
    """Return what the services said, a row for each, a column for each household."""
    rows = soap_answers()
    homes = list(dict.fromkeys((row.country, row.income) for row in rows))
    headings = ["service", *(f"soap, {country}, {income:,} $ a month" for country, income in homes)]
    lines = [headings, ["---"] * len(headings)]
    for service in dict.fromkeys(row.service for row in rows):
        said = {row.country: ", ".join(row.answers) for row in rows if row.service == service}
        lines.append([service, *(said[country] for country, _ in homes)])
    return _markdown(lines)


def groups_table() -> str:
    """Return accuracy by income and region, a row for each group, and the differences."""
    rows = dollar_street_groups()
    names = list(dict.fromkeys(row.model for row in rows))
    groups = list(dict.fromkeys((row.kind, row.group) for row in rows))
    known = {(row.model, row.kind, row.group): row.accuracy for row in rows}
    lines = [["group", *names], ["---"] * (1 + len(names))]
    for kind, group in groups:
        called = f"{group} income" if kind == "income" else group
        lines.append([called, *(f"{known[name, kind, group]:.3f}" for name in names)])
    for kind, high, low in (("income", "high", "low"), ("region", "Europe", "Africa")):
        differences = [known[name, kind, high] - known[name, kind, low] for name in names]
        lines.append([f"{high} minus {low}", *(f"{one:+.3f}" for one in differences)])
    return _markdown(lines)


def open_clip_table() -> str:
    """Return ImageNet, Dollar Street and GeoDE by model."""
    lines = [["model", "ImageNet", "Dollar Street", "GeoDE"], ["---"] * 4]
    lines += [
        [f"`{row.model}`", f"{row.imagenet:.3f}", f"{row.dollar_street:.3f}", f"{row.geode:.3f}"]
        for row in open_clip_geography()
    ]
    return _markdown(lines)


def _markdown(lines: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
