"""The tab Distortions and its panels."""
