"""A token embedding of which a file holds some rows alone: small on disk, whole once it is read.

A model that learnt its words from a few captions leaves most of a vocabulary of 49,408 tokens
untouched. A token whose row isn't kept has a zero vector: the text tower then knows its place in
the sentence and nothing of the word.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

    Weights = dict[str, Tensor]

TABLE = "token_embedding.weight"
TOKENS = "token_embedding.tokens"
ROWS = "token_embedding.rows"


def with_rows_of(weights: "Weights", tokens: Iterable[int]) -> "Weights":
    """Return weights whose token embedding holds the rows of `tokens` and of the last token.

    Args:
        weights: by name, with the whole table, (vocabulary, width).
        tokens: ids whose rows are kept. The last token, which in CLIP's vocabulary ends every text,
            always is, for it tells how long the table was.

    Returns:
        The same tensors, with `TOKENS` (k,), int32, and `ROWS` (k, width) in place of the table.
    """
    import torch

    table = weights[TABLE]
    kept = torch.tensor(sorted({*tokens, len(table) - 1}), dtype=torch.int32)
    others = {name: value for name, value in weights.items() if name != TABLE}
    return others | {TOKENS: kept, ROWS: table[kept.long()].contiguous()}


def with_whole_table(weights: "Weights") -> "Weights":
    """Return weights with the whole token embedding, zero where no row was kept.

    Weights that hold a whole table already, or none, are returned as they are.

    Raises:
        LookupError: the rows don't fit the tokens.
    """
    if TOKENS not in weights or ROWS not in weights:
        return weights
    tokens, rows = weights[TOKENS].long(), weights[ROWS]
    if not len(tokens) or len(tokens) != len(rows) or int(tokens.min()) < 0:
        raise LookupError(f"{len(rows)} rows for {len(tokens)} tokens")
    table = rows.new_zeros((int(tokens.max()) + 1, *rows.shape[1:]))
    table[tokens] = rows
    others = {name: value for name, value in weights.items() if name not in (TOKENS, ROWS)}
    return others | {TABLE: table}
