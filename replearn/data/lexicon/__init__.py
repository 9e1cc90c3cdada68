"""What nouns mean: the physical things of WordNet 3.0 (Miller 1995), and looking a label up."""

from replearn.data.lexicon.lookup import Reading, read, senses, with_sense
from replearn.data.lexicon.table import Sense, lexicon

__all__ = ["Reading", "Sense", "lexicon", "read", "senses", "with_sense"]
