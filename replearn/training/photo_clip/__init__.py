"""How photo-clip's heads are trained: from names alone."""
