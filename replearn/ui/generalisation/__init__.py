"""The tab Generalisation: the matrix, and shifts of the data."""
