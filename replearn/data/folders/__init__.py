"""How people lay out their pictures: class folders, splits, and tables beside them."""
