"""Where does it look? Heat maps, whether they can be trusted, and how the methods compare."""
