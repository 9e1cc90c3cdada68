"""How is its space laid out? Vectors, neighbours, layouts, and how far they can be believed."""
