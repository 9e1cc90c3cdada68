"""The subject in a link: picture and square, models and data set, checked as they come."""

from collections.abc import Mapping

import gradio as gr

from replearn.core.errors import InputError, ReplearnError
from replearn.core.page_link import Value
from replearn.core.settings import from_environment
from replearn.data.photos import Photos
from replearn.ui.frame.dataset_checks import DatasetChecks
from replearn.ui.frame.examples import example_why, first_example
from replearn.ui.frame.figure import Shown
from replearn.ui.frame.framing import CENTRE, OWN, Frame, framed_path, framing_value
from replearn.ui.frame.subject import Subject
from replearn.ui.frame.subject_bar import FIRST_DATA
from replearn.ui.frame.subject_checks import usable_model
from replearn.ui.frame.subject_names import NO_COMPARISON, choices, model_line, with_own
from replearn.ui.links.pictures import EXAMPLE, named_picture, picture_name


def told_subject(subject: Subject, told: Mapping[str, Value]) -> tuple[Shown, str]:
    """Return what the subject becomes, and a sentence where a part of it can't be had."""
    at, refused = subject.choosers, []
    try:
        model = usable_model(str(told.get("model", subject.models[0])))
    except ReplearnError as error:
        model = subject.models[0]
        refused.append(f"The link names a model that can't be opened: {error}")
    settings = from_environment()
    if settings.fixed_model not in (None, model):
        refused.append(f"This page works with {settings.fixed_model}; the link names {model}.")
        model = str(settings.fixed_model)
    names, compared, _ = choices(settings)
    found: Shown = {
        at.model: gr.Dropdown(with_own(model, names), value=model),
        subject.model: model,
        at.card: model_line(model),
    }
    try:
        given = str(told.get("picture", picture_name(first_example())))
        path = named_picture(given)
        frame = _frame_of(told.get("frame"))
        found |= subject.of_picture(path, model) | {at.picture: path}
        if frame != CENTRE:
            found |= {
                subject.frame: frame,
                subject.picture: framed_path(path, frame, model),
                at.framing: framing_value(frame, model),
            }
        found[at.why] = _why_of(given)
    except ReplearnError as error:
        refused.append(str(error))
    try:
        wanted = str(told.get("compare", NO_COMPARISON))
        beside = wanted if wanted == NO_COMPARISON else usable_model(wanted)
        lists = with_own(beside, compared)
        found |= {subject.compare: beside, at.compare: gr.Dropdown(lists, value=beside)}
    except ReplearnError as error:
        refused.append(f"The link compares with a model that can't be opened: {error}")
    data = str(told.get("dataset", FIRST_DATA))
    taken = DatasetChecks(subject).checked_dataset(data, "")
    if subject.dataset in taken:
        found |= {at.dataset: data, **taken}
    else:
        refused.append(str(taken.get(at.refused_name) or f"The link's data set {data} isn't here."))
    return found, " ".join(refused)


def usual_subject(model: str) -> dict[str, Value]:
    """Return the subject of a fresh page, as a link tells it; what is so isn't carried.

    Args:
        model: the page's first.
    """
    return {
        "picture": picture_name(first_example()),
        "frame": told_frame_value(CENTRE),
        "model": model,
        "compare": NO_COMPARISON,
        "dataset": FIRST_DATA,
    }


def _why_of(name: str) -> str:
    """Say what to try on a picture of a link; nothing of an upload."""
    if not name.startswith(EXAMPLE):
        return ""
    return example_why(Photos().index(name.removeprefix(EXAMPLE)))


def told_frame_value(frame: Frame) -> Value:
    """Return what a link says of the square that the model sees."""
    return [frame.mode, *(frame.square or ())]


def _frame_of(told: Value) -> Frame:
    if not isinstance(told, list) or not told:
        return CENTRE
    mode, *square = told
    if mode != OWN:
        return Frame(str(mode))
    if len(square) != 3 or not all(isinstance(one, int | float) for one in square):
        raise InputError("The link's square isn't one; the middle of the picture is taken.")
    left, top, side = (float(one) for one in square if isinstance(one, int | float))
    return Frame(OWN, (left, top, side))
