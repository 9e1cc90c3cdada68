"""What a learner answered in the lessons."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LessonAnswer:
    """One question of a lesson.

    Attributes:
        lesson: its title.
        question: as it was asked.
        chosen: what the learner said.
        right: what is right.
    """

    lesson: str
    question: str
    chosen: str
    right: str

    @property
    def is_right(self) -> bool:
        """Whether that is the same."""
        return self.chosen == self.right
