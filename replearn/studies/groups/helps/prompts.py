"""Reworded prompts: the same pictures, the same classes, other sentences."""

import numpy as np

from replearn.classifiers.zero_shot import mean_prompt
from replearn.data.labels import TEMPLATE_PRESETS
from replearn.results.groups.comparison import GroupComparison
from replearn.studies.answering.prompts import encode_prompts
from replearn.studies.groups.helps.base import Case
from replearn.studies.groups.vectors import vectors_of

USUAL = TEMPLATE_PRESETS["seven of CLIP's"]


def reworded(case: Case) -> GroupComparison:
    """Ask again with other templates; nothing is fitted, so all pictures count.

    Raises:
        InputError: a template can't be used.
        CapabilityError: the model reads no text.
    """
    encoder, answers = case.reader(), case.answers
    templates = case.templates or USUAL
    vectors = vectors_of(answers, encoder.name, case.progress)
    prompts = encode_prompts(encoder, answers.classes, templates, progress=case.progress)
    said = (vectors @ mean_prompt(prompts.vectors).T).argmax(1)
    return case.told(
        answers.right,
        np.asarray(said == answers.truth),
        ("as asked", f"{len(templates)} other templates"),
        "All pictures: prompts aren't fitted on any.",
    )
