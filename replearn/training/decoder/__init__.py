"""How a generator from a network's responses back to pictures is learnt."""
