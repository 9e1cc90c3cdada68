"""The lexicon's nouns: ten thousand words for physical things."""

from collections import Counter

from replearn.data.lexicon.table import lexicon

COUNT = 10_000


def noun_texts() -> tuple[str, ...]:
    """Return the nouns that WordNet's tagged texts use most, then those with the most kinds.

    Each stands for its most usual sense; words of one or two letters are left out.
    """
    known = lexicon()
    kinds = Counter(row for above in known.parents for row in above)  # directly below each row
    usual = {word: min(senses) for word, senses in known.rows.items() if len(word) > 2}
    order = sorted(usual, key=lambda word: (-usual[word][1], -kinds[usual[word][2]], word))
    return tuple(order[:COUNT])
