"""The tools: the studies with typed arguments; what each takes is told to the client."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from mcp.types import CallToolResult, ImageContent, TextContent
from PIL import Image
from pydantic import Field

from replearn.core.progress import Progress, silent
from replearn.distortions import DISTORTIONS
from replearn.explainers import EXPLAINERS
from replearn.ui.dreams.endpoints import MOST_STEPS
from replearn.ui.mcp.pictures import png, told_picture
from replearn.ui.mcp.plain import as_text, coarse

Picture = Annotated[
    str,
    Field(
        description="An example's name (resource replearn://examples), data:image/...;base64,..., "
        "or the path of a file on the computer that runs replearn."
    ),
]
Model = Annotated[str, Field(description="A model's name (resource replearn://models).")]
Data = Annotated[str, Field(description="A data set's name (resource replearn://datasets).")]
Labels = Annotated[
    list[str], Field(description="What to choose from, in words: cat, dog, sofa.", max_length=1000)
]
Target = Annotated[
    str, Field(description="A class of the model; any text, where the model reads text.")
]
Seed = Annotated[int, Field(description="Fixes what is random.", ge=0)]


def zero_shot(
    image: Picture,
    labels: Labels,
    model: Model = "photo-clip",
    progress: Progress = silent,
) -> dict[str, Any]:
    """Say what a picture shows: compare it with labels.

    Returns the probability and the cosine of each label, the prompts, the temperature and a stamp.
    """
    from replearn.studies.zero_shot.zero_shot import zero_shot as study

    return study(told_picture(image), labels, model, progress=progress).to_dict()


def explain(
    image: Picture,
    target: Target,
    model: Model = "photo-clip",
    method: Annotated[
        str,
        Field(
            description="How (resource replearn://methods).",
            json_schema_extra={"enum": list(EXPLAINERS)},
        ),
    ] = "cam",
    progress: Progress = silent,
) -> CallToolResult:
    """Show where in a picture a model finds a class or a text: a heat map.

    Returns the map over the picture, and its raw values averaged to at most 14 x 14 cells, from
    the top left, with the score that they explain and a stamp.
    """
    from replearn.plotting.heat_maps.files import stated
    from replearn.studies.heat_maps.explain import explain as study

    found = study(told_picture(image), target, model, method, progress=progress)
    return _drawn(found.overlay(), {"cells": coarse(found.values), **stated(found)})


def neighbours(
    dataset: Data,
    model: Model = "photo-clip",
    image: Annotated[str, Field(description="The query as a picture; see zero_shot.")] = "",
    text: Annotated[str, Field(description="The query as a text.")] = "",
    id: Annotated[str, Field(description="The query as one of the data set's pictures.")] = "",
    k: Annotated[int, Field(description="How many.", ge=1, le=100)] = 8,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Find a data set's pictures nearest to a picture, a text or one of its own, in all dimensions.

    Give one of image, text and id. Returns ids, captions and cosines, the nearest first.
    """
    from replearn.studies.map.embed import embed

    query = told_picture(image) if image else None
    table = embed(dataset, model, progress=progress)
    found = table.neighbours(id=id or None, text=text or None, image=query, k=k)
    return {
        "query": found.query,
        "ids": found.ids,
        "captions": found.captions,
        "similarities": found.similarities.tolist(),
        "stamp": str(found.stamp),
    }


def distort(
    image: Picture,
    distortion: Annotated[
        str,
        Field(
            description="Which (resource replearn://distortions).",
            json_schema_extra={"enum": list(DISTORTIONS)},
        ),
    ],
    level: Annotated[float, Field(description="How much, in the distortion's own unit.")],
    labels: Annotated[
        list[str],
        Field(description="What to choose from; may be empty for a model with classes."),
    ],
    model: Model = "photo-clip",
    seed: Seed = 0,
) -> CallToolResult:
    """Distort a picture and ask again: what changes a model's mind?

    Returns the distorted picture, the answers before and after, and the cosine between both.
    """
    from replearn.distortions.stack import NOTHING
    from replearn.studies.distortions.distorted_answer import distorted_answer, distorted_picture

    picture = told_picture(image)
    found = distorted_answer(picture, distortion, level, model, _some(labels), seed)
    answer = {
        "clean": found.clean.to_dict(),
        "changed": found.changed.to_dict(),
        "cosine_to_clean": found.cosine_to_clean,
        "stamp": str(found.stamp),
    }
    return _drawn(distorted_picture(picture, NOTHING.then(distortion, level), seed), answer)


def decompose(
    image: Picture,
    target: Target = "",
    model: Model = "shapes-clip",
    against: Annotated[
        str, Field(description="Another class or text, whose score is taken off.")
    ] = "",
) -> dict[str, Any]:
    """Split a model's score into what each part adds: heads and MLPs, or channels.

    Returns the score and each part's share of it; the shares add up to the score exactly.
    """
    from replearn.studies.parts.decompose import decompose as study

    return study(told_picture(image), model, target, against=against).to_dict()


def visualise(
    target: Annotated[str, Field(description="A class, or a text; empty for a unit.")] = "",
    model: Model = "imagenet",
    layer: Annotated[str, Field(description="Of the unit.")] = "",
    unit: Annotated[int | None, Field(description="A unit of the layer instead.", ge=0)] = None,
    steps: Annotated[int, Field(description="Of gradient ascent.", ge=1, le=MOST_STEPS)] = 192,
    seed: Seed = 0,
    progress: Progress = silent,
) -> CallToolResult:
    """Make a picture that a model answers strongly, by gradient ascent; takes some twenty seconds.

    Returns the picture, and how the model answers it.
    """
    from replearn.studies.dreams.dream_choice import USUAL, DreamChoice
    from replearn.studies.dreams.visualise import visualise as study

    choice = DreamChoice(USUAL, steps, seed)
    found = study(target, model, layer=layer, unit=unit, choice=choice, progress=progress)
    return _drawn(found.image, found.to_dict())


def groups(
    dataset: Data,
    model: Model = "photo-clip",
    by: Annotated[
        list[str], Field(description="Columns of the data set; empty takes all.", max_length=8)
    ] = [],  # noqa: B006  (pydantic copies it)
    labels: Annotated[
        list[str], Field(description="What to choose from; empty takes the data set's.")
    ] = [],  # noqa: B006
    progress: Progress = silent,
) -> dict[str, Any]:
    """Say for whom a model works: accuracy by group, with intervals, gaps and tests.

    Returns every group with its n, accuracy and Wilson interval, and the gaps between groups.
    """
    from replearn.studies.groups.groups import groups as study

    return study(dataset, model, _some(by), _some(labels), progress=progress).to_dict()


TOOLS: tuple[Callable[..., Any], ...] = (
    zero_shot,
    explain,
    neighbours,
    distort,
    decompose,
    visualise,
    groups,
)


def _some(given: Sequence[str]) -> Sequence[str] | None:
    return given or None


def _drawn(image: Image.Image, answer: dict[str, Any]) -> CallToolResult:
    """Return a picture and what belongs to it."""
    return CallToolResult(
        content=[
            ImageContent(type="image", data=png(image), mimeType="image/png"),
            TextContent(type="text", text=as_text(answer)),
        ],
        structuredContent=answer,
    )
