"""Many pictures: the matrix of cosines, accuracy on a folder, labels for an unlabelled one."""

from replearn.ui.frame.question import QuestionBox
from replearn.ui.frame.subject import Subject
from replearn.ui.lessons.introduced import introduced
from replearn.ui.many_pictures.accuracy_panel import accuracy_panel
from replearn.ui.many_pictures.cosines_panel import cosines_panel
from replearn.ui.many_pictures.suggestions_panel import suggestions_panel


def batch_tab(subject: Subject, question: QuestionBox) -> None:
    """Build the tab; labels and templates are those of the zero-shot tab."""
    introduced(
        "batch",
        "**Does it hold for many pictures?** Labels and templates are those of the zero-shot tab.",
        "The matrix is CLIP's own figure: pictures down, sentences across, the cosine in each "
        "cell. Accuracy carries its 95 % interval; the reliability diagram asks whether answers "
        "given with 80 % confidence are right 80 % of the time.",
        "The accuracy is that of these labels on these pictures. Zero-shot confidence is usually "
        "badly calibrated, and a model may have seen your pictures in training.",
        ("Guo et al. 2017 (calibration)", "https://arxiv.org/abs/1706.04599"),
    )
    cosines_panel(subject, question)
    accuracy_panel(subject, question)
    suggestions_panel(subject, question)
