"""How the small BagNet's patches lie on a picture; without torch, so that the page can say it."""

PATCH = 17  # pixels a side that one cell of the last map sees
STRIDE = 4  # pixels from one cell's patch to the next
