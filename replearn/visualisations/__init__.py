"""Pictures made for a network: by gradient ascent towards a score, a unit or a vector."""
