"""Where training's pictures come from, and how they are augmented."""
