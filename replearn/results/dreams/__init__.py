"""Pictures made for a network: class pictures, dreams, inversions, pictures that fool it."""

from replearn.results.dreams.deep_dream import DeepDreamed
from replearn.results.dreams.dream import Dream
from replearn.results.dreams.flips import Evolved, SmallestChange, Tried
from replearn.results.dreams.fooled import Fooled
from replearn.results.dreams.helps import HelpTrial, HelpTrials
from replearn.results.dreams.inversion import Inversion
from replearn.results.dreams.priors import DrawnTrial, PriorTrial, Rebuilt
from replearn.results.dreams.row import DreamRow
from replearn.results.dreams.said import Judgement, Undone

__all__ = [
    "DeepDreamed",
    "DrawnTrial",
    "Dream",
    "DreamRow",
    "Evolved",
    "Fooled",
    "HelpTrial",
    "HelpTrials",
    "Inversion",
    "Judgement",
    "PriorTrial",
    "Rebuilt",
    "SmallestChange",
    "Tried",
    "Undone",
]
