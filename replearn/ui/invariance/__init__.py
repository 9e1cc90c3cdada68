"""The tab Invariance and its panels."""
